"""Which year a document accounts for (年度), from all the years that it mentions.

The year of a disclosure stands with its kind (2023年度部门决算); the year before stands
beside it for comparison. Every mention is weighed; what contradicts the outcome is
returned as doubtful, never corrected.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract.recognise.segments import Segment, cover

_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "O": "0",
    "o": "0",
}
_YEAR = r"(?<![\d.])(?P<year>(?:19|20)\d\d|[二一][〇○零九Oo0][〇○零Oo0一二三四五六七八九]{2})"
_MENTION = re.compile(_YEAR + r"年(?!\d{1,2}月)(?=度?(?P<after>[^,。;:()]{0,52}))")
_NEXT_YEAR = re.compile(r"(?:19|20)\d\d年")
_STANDING = re.compile(r"^[(]?" + _YEAR + r"年?度?[)]?$")
_BOUND = re.compile(r"预算|决算|绩效|自评|收入|支出|收支|收、支|三公|项目")
_TOTAL = re.compile(r"总计|本年收入|本年支出|收、支|收支合计")
_KIND_FOLLOWS = re.compile(r"(?:[省市区县州]级)?(?:部门|单位)?(?:整体)?(?:综合)?(?:预算|决算|绩效)")
_KIND_BEFORE = re.compile(r"(?:(?:部门|单位)(?:综合)?(?:预算|决算)|绩效|自评)[^,。;:()\d]{0,8}\($")
_RANGE = re.compile(r"\d{4}年?[-—~至]$")
_ACCOUNTED = re.compile(_BOUND.pattern + "|费")
_TITLED = re.compile(
    r"[一-鿿()]{0,44}?(?:部门|单位|[省市区县州]级|整体支出)(?:\(单位\))?(?:整体支出)?"
    r"(?:项目支出)?(?:收支)?(?:综合)?(?:预算|决算|绩效)|^(?:项目支出)?绩效自评|^(?:预算|决算)(?:公开|说明|情况|报告)"
)
_COMPARATIVE = re.compile(r"(?:比|较|与|同|上年|去年|相比)(?:上年)?[(]?$")
_TORN = re.compile(r"(?<!\d)(?P<torn>20\d|20\d{3})年度?(?=部门|单位|决算|预算)")
_LEVEL_BRACKET = re.compile(r"\((?:[局委厅办院会])?(?:机关)?(?:本级|本部|机关|汇总)\)")
_HEADING_LENGTH = 60
_REACH = 24
"""How far after a year a word binds it to the account, in characters."""
_STANDING_LENGTH = 9
_COVER_WEIGHT, _TITLE_WEIGHT, _STANDING_WEIGHT = 6, 3, 2
_BODY_FLOOR = 2
_FILE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)")
_FIRST_YEAR, _LAST_YEAR = 1994, 2100


@dataclass(frozen=True, slots=True)
class Mention:
    """A year as mentioned: where, and how closely it is bound to the account."""

    year: int
    segment: int
    text: str
    weight: int
    role: str
    """cover, title, standing, body, column; comparative and whole_year have no weight."""


@dataclass(frozen=True, slots=True)
class YearVerdict:
    """The resolved year, or the contradiction that forbids one."""

    year: int | None
    conflict: str | None
    votes: dict[int, int]
    doubtful: tuple[Mention, ...]
    torn: tuple[Mention, ...]
    """Years that are no years, such as 202年度: ``year`` is 0."""
    source: str | None
    """The role of the strongest witness, or ``file_name``."""


def read_year(text: str) -> int | None:
    """Return the year that four Arabic or Chinese digits write, or None."""
    try:
        year = int("".join(_DIGITS.get(c, c) for c in text))
    except ValueError:
        return None
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def mentions(stream: Sequence[Segment]) -> tuple[list[Mention], list[Mention]]:
    """Return all mentions of years that say something about the account, and torn years."""
    found: list[Mention] = []
    torn: list[Mention] = []
    n_cover = len(cover(stream))
    for index, segment in enumerate(stream):
        text = segment.text
        if len(text) <= _HEADING_LENGTH and "(" in text:
            text = _LEVEL_BRACKET.sub("", text)  # 2021年度某局（本级）单位决算
        if "年" not in text and len(text) > _STANDING_LENGTH:
            continue
        if len(text) <= _STANDING_LENGTH:
            standing = _STANDING.match(text)
            year = read_year(standing.group("year")) if standing else None
            if year and ("年" in text):
                following = stream[index + 1].text if index + 1 < len(stream) else ""
                # A year alone on a cover may be that of printing: 2024年 over a title of 2023.
                titled = "年度" in text or _KIND_FOLLOWS.match(following) is not None
                role = "cover" if index < n_cover and titled else "standing"
                weight = _COVER_WEIGHT if role == "cover" else _STANDING_WEIGHT
                found.append(Mention(year, index, text, weight, role))
                continue
        for match in _MENTION.finditer(text):
            is_cell = segment.table_index is not None
            mention = _mention(match, text, index, n_cover, is_cell=is_cell)
            if mention:
                found.append(mention)
        torn += [
            Mention(0, index, text[m.start() : m.end() + 4], 0, "torn")
            for m in _TORN.finditer(text)
        ]
    return found, torn


def _mention(
    match: re.Match[str], text: str, index: int, n_cover: int, *, is_cell: bool
) -> Mention | None:
    year = read_year(match.group("year"))
    # What follows belongs to the nearest year: 2024年开展2023年度绩效自评 is about 2023.
    whole = _NEXT_YEAR.split(match.group("after"))[0]
    after = whole[:_REACH]
    if year is None or _RANGE.search(text[max(0, match.start() - 6) : match.start()]):
        return None
    shown = text[match.start() : match.end() + len(after)]
    compared = _COMPARATIVE.search(text[max(0, match.start() - 4) : match.start()])
    if compared and _ACCOUNTED.search(after):
        return Mention(year, index, shown, 0, "comparative")
    if after.startswith("全年"):
        return Mention(year, index, shown, 0, "whole_year")
    if len(text) <= _HEADING_LENGTH and _KIND_BEFORE.search(text[: match.start()]):
        return _titled(year, index, shown, n_cover)
    if compared or after.startswith(("初预算", "初安排", "末", "至", "-", "—")):
        return None
    if len(text) <= _HEADING_LENGTH and _TITLED.match(whole):
        return _titled(year, index, shown, n_cover)
    if not _BOUND.search(after):
        return None
    return Mention(year, index, shown, 1, "column" if is_cell else "body")


def _titled(year: int, index: int, shown: str, n_cover: int) -> Mention:
    if index < n_cover:
        return Mention(year, index, shown, _COVER_WEIGHT, "cover")
    return Mention(year, index, shown, _TITLE_WEIGHT, "title")


def resolve_year(stream: Sequence[Segment], file_name: str = "") -> YearVerdict:
    """Resolve the fiscal year; the file name counts only where the content is silent."""
    found, torn = mentions(stream)
    votes = Counter[int]()
    for mention in found:
        votes[mention.year] += mention.weight
    votes = +votes
    if not votes:
        year = _from_file_name(file_name)
        return YearVerdict(year, None, {}, (), tuple(torn), "file_name" if year else None)
    strong = Counter[int]()
    body = Counter[int]()
    for mention in found:
        (strong if mention.role in {"cover", "title"} else body)[mention.year] += mention.weight
    year = _claimed(found) or _heaviest(votes, found)
    conflict = _conflict(year, found, strong, body) if year else _tie(votes)
    if conflict:
        return YearVerdict(None, conflict, dict(votes), (), tuple(torn), None)
    assert year is not None
    roles = [m.role for m in found if m.year == year and m.weight]
    source = next((r for r in ("cover", "title", "standing", "body", "column") if r in roles), None)
    doubtful = tuple(m for m in found if _is_doubtful(m, year))
    return YearVerdict(year, None, dict(votes), doubtful, tuple(torn), source)


def _claimed(found: Sequence[Mention]) -> int | None:
    """Return the year of the cover, or None where it states none or several."""
    years = {m.year for m in found if m.role == "cover"}
    return years.pop() if len(years) == 1 else None


def _heaviest(votes: Counter[int], found: Sequence[Mention]) -> int | None:
    ranked = votes.most_common(2)
    if len(ranked) == 1 or ranked[0][1] > ranked[1][1]:
        return ranked[0][0]
    years = {ranked[0][0], ranked[1][0]}
    # Columns of two neighbouring years side by side: the earlier is the comparison.
    columns = all(m.role == "column" for m in found if m.year in years and m.weight)
    return max(years) if columns and max(years) == min(years) + 1 else None


def _tie(votes: Counter[int]) -> str:
    ranked = votes.most_common(2)
    return " / ".join(f"{year}: {weight}" for year, weight in sorted(ranked))


def _conflict(
    year: int, found: Sequence[Mention], strong: Counter[int], body: Counter[int]
) -> str | None:
    """Say why title and text cannot both be right about the year, or None.

    The year before stands in columns for comparison, so only sentences contradict; two
    that state totals are enough, three of any other kind.
    """
    prose = Counter(m.year for m in found if m.role == "body" and m.year != year)
    for other, weight in prose.most_common(3):
        totals = any(_TOTAL.search(m.text) for m in found if m.year == other and m.role == "body")
        if weight >= (_BODY_FLOOR if totals else _BODY_FLOOR + 1) and 4 * body[year] <= weight:
            return f"title {year}, text {other} ({weight} mentions against {body[year]})"
    total = strong + body
    for other, weight in strong.most_common(3):
        rivals = weight >= strong[year] and 2 * total[other] > total[year]
        if other != year and rivals and weight >= _TITLE_WEIGHT:
            return f"titles name {year} and {other}"
    return None


def _is_doubtful(mention: Mention, year: int) -> bool:
    if mention.role == "comparative":
        return mention.year not in {year, year - 1}
    if mention.role == "whole_year":
        return mention.year > year
    close = re.match(r"[^,。;]{0,4}(?:预算|决算)|收入|支出|收支", mention.text[5:])
    return close is not None and mention.year not in {year, year - 1}


def years_in_file_name(file_name: str) -> tuple[int, ...]:
    """Return the years that a file name states, in order: 2023年, 2023年度."""
    found = (read_year(m.group(1)) for m in _FILE_YEAR.finditer(file_name))
    return tuple(year for year in found if year is not None)


def _from_file_name(file_name: str) -> int | None:
    return next(iter(years_in_file_name(file_name)), None)
