"""How a spreadsheet prints a stored value (数字格式).

Values keep all fifteen digits that a spreadsheet holds to be significant; what lies
beyond, and what sums of binary fractions leave far behind the sixth decimal, is noise. A
format may add zeros, grouping or a percent sign, print by the thousand or print words in
place of a value, but never takes digits away.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

_LITERAL = re.compile(r'"[^"]*"|[\\!].|\[[^\]]*\]|_.|\*.')
_WORDS = re.compile(r'"([^"]*)"|[\\!](.)|\[[^\]]*\]|_.|\*.|\?')
_PRINTS = re.compile(r"[0#@ymdhseg]", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d{1,15}(?:\.\d{1,15})?)\]")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_PRINTED_POINT = re.compile(r'[\\!]\.|"\."')
_SHIFTED = re.compile(r"[0#?]\ue000([0#?]+)(,*)")
_THOUSANDS = re.compile(r"[0#?](,+)(?![0#?,])")
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
_MEANT_DECIMALS = 6
"""No disclosure prints more; 元 in 万元 takes six."""
_NOISE = Decimal("1e-9")


def built_in(number: int) -> str:
    """Return the format code of a built-in format id (General where there is none)."""
    if 27 <= number <= 36 or 50 <= number <= 58:
        return "yyyy-mm-dd"  # the East Asian date formats
    return _BUILT_IN.get(number, "General")


def plain(value: float) -> str:
    """Return a double as plain decimal text: 10122.377376, never 10122.37737600001."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    text = format(_without_noise(Decimal(f"{value:.15g}")), "f")
    return text[:-2] if text.endswith(".0") else text


def _without_noise(value: Decimal) -> Decimal:
    """Drop what stands alone far behind the sixth decimal: 1234.5600000001 is 1234.56."""
    if not value or -int(value.as_tuple().exponent) <= _MEANT_DECIMALS or abs(value) >= 10**15:
        return value
    rounded = round(value, _MEANT_DECIMALS)
    if abs(value - rounded) > _NOISE:
        return value
    return rounded.normalize() if rounded else Decimal(0)


def shown(stored: str, code: str, epoch_1904: bool = False) -> str:
    """Return the stored number as its format prints it, no digit rounded away.

    ``stored`` is the text of the file, such as ``2101.105`` or ``1.0E-2``; texts that
    are no number are returned unchanged. A format that prints words for a value, such as
    a dash for zero, or nothing, gives those.
    """
    try:
        value = float(stored)
    except ValueError:
        return stored
    text = plain(value)
    if not text or len(text) > _MAX_DIGITS:
        return stored
    section = _section(code, value)
    bare = _LITERAL.sub("", section)
    if "General" not in bare and not _PRINTS.search(bare):
        return _WORDS.sub(lambda m: m.group(1) or m.group(2) or "", section).strip()
    if bare != "General" and _DATE.search(bare) and "0" not in bare:
        return _as_date(value, epoch_1904) or text
    places = 2 * bare.count("%") - _scale(section)
    if places:
        text = format(Decimal(text).scaleb(places).normalize(), "f")
    return _padded(text, bare) + ("%" if "%" in bare else "")


def _section(code: str, value: float) -> str:
    """The part of a format that a value is printed by: for positive, negative, zero."""
    sections = _split(code)
    if _CONDITION.search(code):
        return next((part for part in sections if _holds(part, value)), sections[-1])
    if len(sections) == 1:
        return sections[0]
    if value < 0:
        return sections[1] or sections[0]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _holds(section: str, value: float) -> bool:
    condition = _CONDITION.search(section)
    return condition is None or _COMPARE[condition.group(1)](value, float(condition.group(2)))


def _split(code: str) -> list[str]:
    """Cut a format at its semicolons, but for those in quotes and escapes."""
    parts, start = [], 0
    masked = _LITERAL.sub(lambda m: "x" * len(m.group()), code)
    for position, char in enumerate(masked):
        if char == ";":
            parts.append(code[start:position])
            start = position + 1
    return [*parts, code[start:]]


def _scale(section: str) -> int:
    """How many places a format shifts the point to the left.

    A comma behind the digits prints thousands; with a point written as a literal
    (``0!.0,``) it prints ten thousands, which Excel has no other way for.
    """
    bare = _LITERAL.sub("", _PRINTED_POINT.sub("\ue000", section))
    if shifted := _SHIFTED.search(bare):
        return len(shifted.group(1)) + 3 * len(shifted.group(2))
    thousands = _THOUSANDS.search(bare)
    return 3 * len(thousands.group(1)) if thousands else 0


def _padded(text: str, code: str) -> str:
    """Add the zeros and the grouping that the format asks for."""
    whole, _, decimals = text.partition(".")
    wanted = _DECIMALS.search(code)
    decimals = decimals.ljust(len(wanted.group(1)) if wanted else 0, "0")
    if "," in code.split(".")[0].rstrip(","):
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
