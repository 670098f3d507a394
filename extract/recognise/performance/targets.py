"""Targets and actual values as printed, read as figures (目标值与完成值).

One text in, one reading out; no tables, no documents. A text that states one figure gives
that figure; a text that states none, or several that are not a range, is qualitative:
which of several figures would be *the* target is not ours to guess. A bare figure with
its unit (``70人``) reads as ``eq``, as an auditor reads it; so does one whose
noun follows (``13个支部``), but not a figure deep inside a sentence.

Every expression here is bounded, so reading is linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extract.recognise.numbers import without_marks
from extract.recognise.performance.dates import read_deadline
from extract.recognise.performance.layout import operators, units

MAX_TEXT = 2_000
"""Longer texts are descriptions; they are qualitative without being read."""
_MAX_TAIL = 8
"""More words than this after a bare figure make it part of a sentence, not a target."""
_PUNCTUATION = ",;。、!"

_CHINESE = "零〇一二两三四五六七八九十百千万亿"
_PREFIX = operators("before")
_PREFIX_RE = re.compile(
    # A word of one sign or character may be part of another word (达标率): it stands at the figure.
    "|".join(
        word if len(word) > 1 or not "\u4e00" <= word <= "\u9fff" else rf"{word}(?=[\d{_CHINESE}])"
        for word in sorted(map(re.escape, _PREFIX), key=len, reverse=True)
    )
)
_SUFFIX = operators("after")
_SUFFIX_RE = re.compile("[(]?(" + "|".join(sorted(_SUFFIX, key=len, reverse=True)) + ")")

_DIGITS = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,10})?|\d{1,16}(?:\.\d{1,10})?"
_CHINESE_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_QUOTED = re.compile(r"[“\"「『][^”\"」』]{0,80}[”\"」』]|《[^》]{0,120}》")
_NAMES = re.compile(
    r"[A-Za-z][A-Za-z0-9]{0,20}[-_+ ]?\d{1,10}(?:-\d{1,10})?"  # model numbers
    rf"|\d{{1,2}}A{{1,5}}级?|[\d{_CHINESE}]{{1,3}}级|(?<!\d)(?:19|20)\d{{6}}(?!\d)"  # grades, days
    r"|\d{4,5}(?:服务)?(?:热线|平台)|热线\d{4,8}"
    r"|[\[〔(]\d{4}[\]〕)]\d{0,5}号?|\d{1,6}号|第[\d" + _CHINESE + r"]{1,8}"
    r"|^指标\d{1,2}[:、.]?|^[(]?\d{1,2}[)、.](?!\d)|[①-⑳]"
    r"|(?:19|20)\d{2}(?:年度?|[-~至](?:19|20)\d{2}年度?)"
    rf"|(?<![提之以目当])前[\d{_CHINESE}]{{1,4}}(?:[名位强%]|$)"  # ranks
    rf"|近[\d{_CHINESE}]{{1,3}}年"  # spans
)
_FRACTION = re.compile(
    rf"(?<![百千])[{_CHINESE}]{{1,3}}(?<![百千])分之[{_CHINESE}]{{1,3}}"
    r"|(?<![\d.,])\d{1,4}(?:\.\d{1,4})?[/:]\d{1,4}(?:\.\d{1,4})?(?![\d.])"
)
"""A fraction or a proportion (三分之二, 1:3) is no figure in one unit."""
_TWO_FIGURES = re.compile(r"\d[ \t\u3000]+\d")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[./-](\d{1,2})[./-](\d{1,2})(?!\d)")
_INCLUSIVE = re.compile(r"[(]含[^()]{0,4}[)]")
_QUOTED_WHOLE = re.compile(r"[“\"「『]([^“”\"「」『』]*)[”\"」』]")
_RATE = re.compile(r"每(?P<time>月|季度|季|周|日|天)(?!度)")
"""A count per month is no count of the year; one per year (每年3次) is."""
_BOUNDED = re.compile(r"(?:≤|<=)[^\d,;。≤<]{0,12}(?:≤|<=)")
"""What stands between two bounds: 90%≤X≤100%."""
_BOTH = re.compile(r"[,;、]?[且并和]?$")
_BRACKETED = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]")
_CLAUSE = re.compile(r"[,;。;、!]")
_RANGE_LINK = re.compile(r"^(?:-|~|—|–|至|到)$")


@dataclass(frozen=True, slots=True)
class Target:
    """One target or actual value as read.

    ``value`` and ``value_high`` are decimal text in the printed ``unit`` (``1.5`` with
    ``万张``); ``value_high`` only for ``between``. ``date`` is ISO, for ``before``, and
    null where the year is unknown.
    """

    operator: str
    value: str | None = None
    value_high: str | None = None
    unit: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class _Measure:
    start: int
    end: int
    value: str
    unit: str | None
    more: bool


QUALITATIVE = Target("qualitative")


def read_operator(text: str) -> str | None:
    """Read an operator cell (指标性质): ``≥``, ``＝``, 定性; None when it is no operator."""
    return operators("column").get(_plain(text))


def read_target(text: str, fiscal_year: int | None = None) -> Target:
    """Read a target or an actual value out of the text of its cell.

    ``fiscal_year`` gives 12月底前 its year; the year printed in the text goes first.
    """
    plain = _plain(text)
    if not plain or len(plain) > MAX_TEXT or _TWO_FIGURES.search(text) or "±" in plain:
        return QUALITATIVE
    quoted = _blank(_QUOTED, plain)
    deadline = read_deadline(quoted, fiscal_year)
    rest = _blank(_NAMES, _blank(_FRACTION, deadline.rest))
    measures = _measures(rest)
    if deadline.found and not measures:
        return Target("before", date=deadline.date) if deadline.limit else QUALITATIVE
    if not measures:
        return QUALITATIVE
    if len(measures) == 2 and _is_range(rest, measures):
        low, high = measures
        if Decimal(low.value) > Decimal(high.value):
            return QUALITATIVE
        return Target("between", low.value, high.value, high.unit or low.unit)
    if len(measures) > 1:
        main = _outside_brackets(rest, measures)
        if main is None:
            return QUALITATIVE
        return _single(rest, main)
    return _single(rest, measures[0])


def read_columns(operator: str | None, value: str, unit: str | None, year: int | None) -> Target:
    """Read a target that the form spreads over columns: 指标性质, 指标值, 度量单位.

    Printed columns win over words in the value; the unit stays as printed. A 定性 target
    has no value, even where a figure stands in its cell.
    """
    code = read_operator(operator or "")
    printed_unit = (unit or "").strip() or None
    if code == "qualitative":
        return Target("qualitative", unit=printed_unit)
    read = read_target(value, year)
    numeral = _chinese_number(_plain(value)) if read.value is None and not read.date else None
    if numeral is not None:
        read = Target("eq", numeral)
    if code is not None and read.value is not None and read.operator != "between":
        return Target(code, read.value, None, printed_unit or read.unit, read.date)
    if printed_unit is not None:
        return Target(read.operator, read.value, read.value_high, printed_unit, read.date)
    return read


_UPWARD, _DOWNWARD = frozenset({"ge", "gt"}), frozenset({"le", "lt"})


def reached_value(target: Target | None, reached: Target) -> str | None:
    """Return the one figure of an actual value that may be held against its target.

    A bound says where the value lies and not what it is: 低于95% proves nothing of a target
    of at least 90 %, 95%以上 proves it. Of a range the worse end counts.
    """
    wanted = target.operator if target is not None else None
    if reached.operator == "between":
        if wanted in _UPWARD:
            return reached.value
        return reached.value_high if wanted in _DOWNWARD else None
    if wanted in _UPWARD and reached.operator in _DOWNWARD:
        return None
    if wanted in _DOWNWARD and reached.operator in _UPWARD:
        return None
    if wanted in {"eq", "approx", "between"} and reached.operator in {"gt", "lt"}:
        return None
    least = reached.operator == "ge" and reached.value is not None
    if least and wanted in {"eq", "approx"} and not _covers(reached, target):
        return None
    return reached.value


def _covers(reached: Target, target: Target | None) -> bool:
    wanted = target.value if target is not None else None
    return None not in (wanted, reached.value) and Decimal(reached.value or 0) >= Decimal(
        wanted or 0
    )


def comparator_at(text: str, start: int, end: int) -> int | None:
    """Return where the first comparing word before a figure stands: 不少于, ≥; else None."""
    found = _PREFIX_RE.search(text, start, end)
    if found is None or not any(c.isdigit() for c in text[found.end() : found.end() + 24]):
        return None
    return found.start()


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", without_marks(text, "；").lstrip("；"))
    plain = re.sub(r"\s+", "", folded).replace("〜", "~").replace("∼", "~").replace("−", "-")
    plain = _DAY.sub(r"\1年\2月\3日", plain)
    whole = _QUOTED_WHOLE.fullmatch(plain)
    return _INCLUSIVE.sub("", whole.group(1) if whole else plain)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Blank out what matches, keeping the length."""
    return pattern.sub(lambda m: "□" * len(m.group()), text)


@cache
def _measure_re() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, units()), key=len, reverse=True))
    per = r"/[^\d\s,;。、()/]{1,4}?(?=$|[/,;。、()]|[^\w])"
    again = r"(?:次(?![\u4e00-\u9fff]))?"  # 亩次, 台次: what is done to a thing as often as told
    unit = rf"(?:[十百千万亿]{{0,2}})(?:{names}){again}(?:{per}){{0,3}}"
    return re.compile(
        rf"(?P<percent>[百千]分之)(?P<cpart>[{_CHINESE}点]{{1,9}})"
        rf"|(?P<number>{_DIGITS})(?P<more>[多余几+]?)(?P<scale>[十百千万亿]{{0,2}})(?P<more2>[多余]?)"
        rf"(?P<unit>(?:{unit})?)(?P<more3>\+?)"
        rf"|(?P<chinese>[{_CHINESE}]{{1,12}})(?P<cmore>[多余]?)(?P<cunit>{unit})(?![性致律流])"
    )


def _measures(text: str) -> list[_Measure]:
    found: list[_Measure] = []
    for match in _measure_re().finditer(text):
        if match["percent"]:
            value = _chinese_number(match["cpart"])
            unit: str | None = "%" if match["percent"][0] == "百" else "‰"
            more = False
        elif match["number"]:
            value = match["number"].replace(",", "")
            value = f"-{value}" if _is_negative(text, match.start()) else value
            unit = (match["scale"] + match["unit"]) or None
            more = bool(match["more"] or match["more2"] or match["more3"])
        else:
            value = _chinese_number(match["chinese"])
            unit, more = match["cunit"], bool(match["cmore"])
        if value is not None:
            found.append(_Measure(match.start(), match.end(), value, unit, more))
    return found


def _is_negative(text: str, start: int) -> bool:
    """Tell whether a sign stands before a figure; a dash after a figure or a word is none."""
    if text[start - 1 : start] != "-":
        return False
    return start == 1 or text[: start - 1].endswith(tuple(_PREFIX))


def _chinese_number(text: str) -> str | None:
    """Return a Chinese numeral as decimal digits: 一万二千 -> 12000; None when it is none."""
    whole, _, fraction = text.partition("点")
    total = section = digit = 0
    for char in whole:
        if char in _CHINESE_DIGIT:
            digit = digit * 10 + _CHINESE_DIGIT[char]
        elif char in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        elif char in "万亿":
            total = (total + section + digit) * (10_000 if char == "万" else 100_000_000)
            section = digit = 0
        else:
            return None
    if not whole or whole in ("万", "亿", "百", "千"):
        return None
    decimals = "".join(str(_CHINESE_DIGIT[c]) for c in fraction if c in _CHINESE_DIGIT)
    return f"{total + section + digit}" + (f".{decimals}" if decimals else "")


def _is_range(text: str, pair: list[_Measure]) -> bool:
    """Tell whether two figures bound one value: 1-2次, 90%≤X≤100%, ≥90%且≤100%."""
    low, high = pair
    if low.unit is not None and high.unit is not None and low.unit != high.unit:
        return False
    link = text[low.end : high.start]
    if _RANGE_LINK.match(link) or _BOUNDED.fullmatch(link):
        return True
    first, second = _PREFIX_RE.match(text), _PREFIX_RE.search(link + "0")
    if first is None or second is None or first.end() != low.start:
        return False
    both = _PREFIX[first.group()] == "ge" and _PREFIX[second.group()] == "le"
    return both and second.end() == len(link) and _BOTH.match(link[: second.start()]) is not None


def _outside_brackets(text: str, measures: list[_Measure]) -> _Measure | None:
    inside = [m.span() for m in _BRACKETED.finditer(text)]
    outer = [m for m in measures if not any(a < m.start < b for a, b in inside)]
    return outer[0] if len(outer) == 1 else None


def _single(text: str, measure: _Measure) -> Target:
    if text[measure.end :].startswith(("前", "以前", "之前")):
        return QUALITATIVE  # 每月10日前: a date without a month, no quantity
    operator = _operator_after(text, measure) or _operator_before(text, measure)
    if operator is None and measure.more:
        operator = "ge"
    if operator is None:
        tail = _BRACKETED.sub("", text[measure.end :]).strip(_PUNCTUATION)
        if len(tail) > _MAX_TAIL:
            return QUALITATIVE
        operator = "eq"
    unit = measure.unit or _noun_unit(text, measure)
    rate = _RATE.search(text[: measure.start])
    if rate is not None and unit is not None and "/" not in unit:
        unit = f"{unit}/{rate['time']}"
    return Target(operator, measure.value, None, unit)


def _operator_before(text: str, measure: _Measure) -> str | None:
    clause = text[max(0, measure.start - 40) : measure.start]
    for cut in _CLAUSE.finditer(clause):
        last = cut.end()
        clause = "□" * last + clause[last:]
    words = [m.group() for m in _PREFIX_RE.finditer(clause + "0")]
    return _PREFIX[words[-1]] if words else None


def _operator_after(text: str, measure: _Measure) -> str | None:
    found = _SUFFIX_RE.match(text, measure.end)
    return _SUFFIX[found.group(1)] if found else None


def _noun_unit(text: str, measure: _Measure) -> str | None:
    """Return an unlisted unit: the short noun that ends the text after the figure."""
    tail = text[measure.end :]
    found = re.fullmatch(r"[^\d\s,;。、()□≥≤<>=]{1,4}", tail)
    return tail if found and not _SUFFIX_RE.match(tail) else None
