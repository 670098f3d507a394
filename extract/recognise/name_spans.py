"""Where the name of a public body begins and ends in running text (机构名称的边界).

Pure text work: no weights and no document. What a name says once it is cut out is the
work of :mod:`extract.recognise.department`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extract.recognise.department import local_prefixes, organisation_suffix, read_name
from extract.recognise.regions import RegionPrefix, load_regions, region_stem

LONGEST_NAME = 48
"""No name of a body is longer, in characters; every search is bounded by it."""

_CHINESE_YEAR = r"[二一][〇○零九Oo0][〇○零Oo0一二三四五六七八九]{2}"
YEAR = rf"(?:(?:19|20)\d\d年?[-—~至])?(?:(?:19|20)\d\d|{_CHINESE_YEAR})年度?"
"""A year, or a range of years, in Arabic or Chinese digits."""
NAME_CHARACTER = r"[一-鿿()·\dA-Za-z×*○□]"
"""What a name may be made of, the signs of placeholders included."""

_NOT_NAME = re.compile(NAME_CHARACTER.replace("[", "[^", 1))
_LEAD = re.compile(
    rf"^(?:第[一二三四五六七八九十\d]+(?:部分|章|篇)|附件\d*|关于|{YEAR}|\d+(?=[一-鿿])|[(][一二三四五六七八九十\d]+[)]"
    r"|公开|按照|根据|纳入|其中|包括|分别|为|由|是|即|本次|[^(]*\))+"
)
_NOT_OF_NAME = re.compile(r"\((?:部门|单位|汇总|盖章|公章|草案|(?:以下|下)?简称[^()]*)\)$")
_KIND_OF_BODY = re.compile(r"(?:部门|单位)$")
_SEVERAL = re.compile(r"各|等|所属|(?<![镇乡木])人民政府$|[省市县区]委$")
"""What 部门 and 单位 behind it are the bodies of, and not itself the body."""
_PARENT = re.compile(
    rf"(?:隶属于?|归属于?|下属于)({NAME_CHARACTER}{{3,40}})"
    rf"|(?:是|为|系|属于)({NAME_CHARACTER}{{3,40}}?)(?:下属|所属|直属|主管|管理)的?[^。;,]{{0,20}}(?:单位|机构|学校)"
)
_INNER_YEAR = re.compile(YEAR)
_STRONG_ENDINGS = frozenset("局厅院署馆")


def is_strong(ending: str) -> bool:
    """Tell whether an ending marks a body beyond doubt: 局 does, 部 or 社 alone do not."""
    return len(ending) >= 2 or ending in _STRONG_ENDINGS


@lru_cache(maxsize=4096)
def clean_name(text: str) -> str | None:
    """Return the name at the end of a stretch of text, or None where there is none.

    Takes off numbering, years and lead words, brackets that do not belong to the name,
    and whatever stands before the name of a region.
    """
    if len(text) > 2 * LONGEST_NAME:
        return None
    text = _NOT_OF_NAME.sub("", text)
    text = _LEAD.sub("", text) if text.count("(") != text.count(")") else _lead(text)
    if text.count("(") > text.count(")"):
        text = text[text.rindex("(") + 1 :]
    text = text.strip("()·") if text.count("(") != text.count(")") else text
    text = _without_kind(_without_owner(_without_year(_without_author(text))))
    if len(text) < 3 or len(text) > LONGEST_NAME:
        return None
    if not read_name(text).has_prefix and load_regions().prefix(text) is None:
        for start in range(1, len(text) - 4):
            found = load_regions().prefix(text[start:])
            if found and found.length < len(text) - start - 1 and _is_boundary(text[:start]):
                return _prefix_before(text[:start]) + _without_year(text[start:])
    return text


def _without_year(text: str) -> str:
    """Take a year out of a name that it stands in or behind: 某市2022年某局 is 某市某局.

    Within it only where a region and nothing else stands before the year; the name after it
    may begin with the region again. No name ends with a year: 某市某局2022年度.
    """
    year = _INNER_YEAR.search(text)
    if year is None or year.start() == 0:
        return text
    before, after = text[: year.start()], text[year.end() :]
    if not after:
        return before
    found = load_regions().prefix(before)
    if found is None or found.length != len(before):
        return text
    repeated = load_regions().prefix(after) is not None or after.startswith(_stems(found))
    return after if repeated else before + after


def _without_owner(text: str) -> str:
    """Return the unit of a name that begins with its department: 某局所属某市某中心."""
    owner, _, unit = text.rpartition("所属")
    stated = owner and load_regions().prefix(unit) is not None
    return unit if stated and is_strong(organisation_suffix(owner) or "") else text


def _without_kind(text: str) -> str:
    """Return the body of a name that says what it reports as: 某县某学校部门 is 某县某学校.

    Only behind the unmistakable ending of one body: 某县教育部门 and 某县人民政府部门 are
    several.
    """
    body = _KIND_OF_BODY.sub("", text)
    one = is_strong(organisation_suffix(body) or "") and _SEVERAL.search(body) is None
    return body if one else text


def _without_author(text: str) -> str:
    """Return the body that 关于 stands before where it is the author itself, else nothing.

    Whether 某厅关于批复某局 publishes for the one or the other is not ours to guess.
    """
    author, about, body = text.rpartition("关于")
    if not about:
        return text
    return body if author and author == body else ""


def _stems(found: RegionPrefix) -> tuple[str, ...]:
    return tuple(region_stem(region) for region in found.candidates)


def _lead(text: str) -> str:
    match = _LEAD.match(text)
    return text[match.end() :] if match and not text.startswith("(") else text


def _prefix_before(head: str) -> str:
    """Return the word that belongs to the name before its region (中共), if there is one."""
    return next((word for word in local_prefixes() if head.endswith(word)), "")


def _is_boundary(before: str) -> bool:
    """Tell whether a region may begin here: it must not be the middle of a name."""
    return not before.endswith(("局", "厅", "院", "部", "会"))


def name_before(text: str, end: int) -> str:
    """Return the stretch of name characters that ends at ``end``."""
    start = max(0, end - LONGEST_NAME)
    for boundary in _NOT_NAME.finditer(text, start, end):
        start = boundary.end()
    return text[start:end]


def parents_in(text: str) -> Iterator[str]:
    """Yield the bodies that a sentence puts above its subject (隶属于…, 是…所属单位)."""
    for match in _PARENT.finditer(text):
        name = match.group(1) or match.group(2)
        # The stretch may run on (隶属于某局管理): keep the longest head that is a name.
        for end in range(len(name), 3, -1):
            if is_strong(organisation_suffix(name[:end]) or ""):
                yield name[:end]
                break
