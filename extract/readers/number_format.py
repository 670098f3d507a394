"""How a spreadsheet prints a stored value (数字格式).

Values keep all fifteen digits that a spreadsheet holds to be significant; what lies
beyond is the noise of binary fractions. A format may add zeros, grouping or a percent
sign, but never takes digits away.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE = re.compile(r"[ymd]", re.IGNORECASE)
_DECIMALS = re.compile(r"\.(0+)")
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "yyyy-mm-dd",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    43: "#,##0.00",
    44: "#,##0.00",
}
_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_MAX_DIGITS = 400


def built_in(number: int) -> str:
    """Return the format code of a built-in format id (General where there is none)."""
    if 27 <= number <= 36 or 50 <= number <= 58:
        return "yyyy-mm-dd"  # the East Asian date formats
    return _BUILT_IN.get(number, "General")


def plain(value: float) -> str:
    """Return a double as plain decimal text: 10122.377376, never 10122.37737600001."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    text = format(Decimal(f"{value:.15g}"), "f")
    return text[:-2] if text.endswith(".0") else text


def shown(stored: str, code: str, epoch_1904: bool = False) -> str:
    """Return the stored number as its format prints it, no digit rounded away.

    ``stored`` is the text of the file, such as ``2101.105`` or ``1.0E-2``; texts that
    are no number are returned unchanged.
    """
    try:
        value = float(stored)
    except ValueError:
        return stored
    text = plain(value)
    if not text or len(text) > _MAX_DIGITS:
        return stored
    bare = _LITERAL.sub("", code.split(";")[0])
    if bare != "General" and _DATE.search(bare) and "0" not in bare:
        return _as_date(value, epoch_1904) or text
    if "%" in bare:
        return _padded(format(Decimal(text).scaleb(2), "f"), bare) + "%"
    return _padded(text, bare)


def _padded(text: str, code: str) -> str:
    """Add the zeros and the grouping that the format asks for."""
    whole, _, decimals = text.partition(".")
    wanted = _DECIMALS.search(code)
    decimals = decimals.ljust(len(wanted.group(1)) if wanted else 0, "0")
    if "," in code.split(".")[0]:
        sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        whole = sign + f"{int(digits):,}"
    elif re.fullmatch(r"0{2,}", code) and not decimals:
        whole = whole.zfill(len(code))  # codes such as 03 kept as numbers
    return f"{whole}.{decimals}" if decimals else whole


def _as_date(value: float, epoch_1904: bool) -> str | None:
    if not 1 <= value < 2958466:
        return None
    start = _EPOCH_1904 if epoch_1904 else _EPOCH_1900
    return (datetime.combine(start, datetime.min.time()) + timedelta(days=int(value))).strftime(
        "%Y-%m-%d"
    )
