"""The grammar of printed figures (数字): one token in, one reading out.

Knows digits, grouping, signs and the words for "nothing here". Knows no units of money
conversion, no tables and no sentences. Nothing is repaired silently: a token that
contradicts its own grouping is reported as such and has no value.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

ValueStatus = Literal["reported", "zero", "blank", "not_applicable", "not_disclosed"]
NumberProblem = Literal["NUMBER_GRAMMAR"]

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_DASHES = frozenset({"-", "--", "—", "——", "―", "–", "−", "－", "/", "／", "\\", "*", "…", "——-"})
_NOTHING = {
    "无": "not_applicable",
    "不涉及": "not_applicable",
    "不适用": "not_applicable",
    "未公开": "not_disclosed",
    "不公开": "not_disclosed",
    "涉密": "not_disclosed",
    "略": "not_disclosed",
}
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_TORN = re.compile(r"\d\s+\d")
_MARK = r"(?:(?<![mM米])[¹²³]|[⁰⁴-⁹₀-₉①-⓿❶-➓])"
"""Marks of notes and of lists: folded, each would be one more digit of the figure beside it."""
_LEADING_MARKS = re.compile(rf"^\s*{_MARK}{{1,4}}(?=\s*\S)")
_TRAILING_MARKS = re.compile(rf"(?<=[\d)）])\s*{_MARK}{{1,4}}(?=\s*(?:$|[一-鿿%％]))")
_ANY_MARK = re.compile(_MARK)
_MAX_DIGITS = 15
"""More than any account prints: 999 trillion yuan."""
_NUMBERISH = re.compile(r"[\d,.]+")
_NEGATIVE_PREFIX = ("-", "−", "–", "—", "△", "▲", "Δ")


@dataclass(frozen=True, slots=True)
class Number:
    """One printed figure as read.

    ``number_text`` is plain decimal text in the printed unit, digits as printed
    (``10122.377376``, ``0.00``); null when the token says that there is no number or when
    ``problem`` is set.
    """

    number_text: str | None
    value_status: ValueStatus
    problem: NumberProblem | None = None


def fold(text: str) -> str:
    """Return text for comparison: NFKC, invisible characters and all white space removed."""
    folded = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    return re.sub(r"\s+", "", folded)


def without_marks(text: str, by: str = " ") -> str:
    """Return the text with ``by`` for every mark of a note or a list: ①95% is 95%."""
    return _ANY_MARK.sub(by, text)


def is_mark(char: str) -> bool:
    """Tell whether the character is a mark and not a digit, although it folds to one."""
    return _ANY_MARK.fullmatch(char) is not None


def read_number(text: str) -> Number | None:
    """Read a cell or token that holds nothing but one figure.

    Returns None when the text is no figure at all (a label, a sentence). Percent signs
    and units are not accepted here: the caller strips what it understands.
    """
    text = _TRAILING_MARKS.sub("", _LEADING_MARKS.sub("", text))
    if _ANY_MARK.search(text):
        numeric = any(c.isdecimal() for c in text)
        return Number(None, "reported", "NUMBER_GRAMMAR") if numeric else None
    token = fold(text)
    if token == "":
        return Number(None, "blank")
    torn = _TORN.search(unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).strip())
    if token in _DASHES:
        return Number(None, "not_applicable")
    if token in _NOTHING:
        return Number(None, _NOTHING[token])  # type: ignore[arg-type]
    token = token.replace("，", ",").replace("．", ".")
    token = token.lstrip("¥￥")
    negative = False
    if token.startswith("(") and token.endswith(")"):
        negative, token = True, token[1:-1]
    elif token.startswith(_NEGATIVE_PREFIX):
        negative, token = True, token[1:]
    elif token.startswith("+"):
        token = token[1:]
    if not token or not _NUMBERISH.fullmatch(token) or not any(c.isdigit() for c in token):
        return None
    if _PLAIN.fullmatch(token):
        digits = token
    elif _GROUPED.fullmatch(token):
        digits = token.replace(",", "")
        torn = torn if _may_be_two(text) else None
    else:
        return Number(None, "reported", "NUMBER_GRAMMAR")
    if torn is not None:
        # "100 200" may be two figures in one cell: only intact grouping proves it is one.
        return Number(None, "reported", "NUMBER_GRAMMAR")
    if digits.startswith("."):
        digits = "0" + digits
    integer, dot, fraction = digits.partition(".")
    if len(integer.lstrip("0")) > _MAX_DIGITS:
        return Number(None, "reported", "NUMBER_GRAMMAR")
    digits = (integer.lstrip("0") or "0") + dot + fraction
    if not digits.replace("0", "").replace(".", ""):
        return Number(digits, "zero")
    return Number(("-" if negative else "") + digits, "reported")


def _may_be_two(text: str) -> bool:
    """Tell whether the parts of a figure with a gap may be figures of their own.

    ``77 4,290.50`` may be two, and so may lines of which the second is the longer one:
    a narrow column breaks a figure where its line is full. ``1,234, 567`` is one.
    """
    whole = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).strip()
    parts = whole.strip("-()").split()
    if len(parts) != 2 or not all(_GROUPED.fullmatch(x) or _PLAIN.fullmatch(x) for x in parts):
        return False
    return "\n" not in whole or len(parts[1]) > len(parts[0])


_MONEY_UNITS = ("亿元", "千万元", "百万元", "万元", "千元", "元")
_UNIT_LINE = re.compile(
    r"(?:金额)?单位\s*[:：为]?\s*(?:人民币)?\s*(亿元|百万元|千万元|万元|千元|元)"
    r"|[(（]\s*(?:金额)?(?:单位)?[:：]?\s*(亿元|万元|千元|元)\s*[)）]"
)


def money_unit(text: str) -> str | None:
    """Return the unit of money that a unit line or a header states, such as 单位：万元 or （万元）.

    Null when none is stated. A text that states two different units gives null as well:
    which one holds is not ours to guess.
    """
    plain = fold(text)  # a narrow column breaks （万元） over lines
    found = {m.group(1) or m.group(2) for m in _UNIT_LINE.finditer(plain)}
    return found.pop() if len(found) == 1 else None


def is_money_unit(text: str) -> bool:
    """Tell whether the text is exactly a unit of money."""
    return text in _MONEY_UNITS
