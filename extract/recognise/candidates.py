"""Which names a document gives as its publisher (部门名称的候选).

Collects every name that stands where a publisher's name stands (cover, labels, unit
columns, set phrases of the genre) with a weight, and names of parents. Choosing among
them is the work of :mod:`extract.recognise.profile`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from extract.recognise.department import (
    Name,
    has_placeholder,
    organisation_suffix,
    read_name,
)
from extract.recognise.name_spans import (
    LONGEST_NAME,
    NAME_CHARACTER,
    YEAR,
    clean_name,
    is_strong,
    name_before,
    parents_in,
)
from extract.recognise.numbers import fold
from extract.recognise.segments import Segment, cover, printed

_KIND = r"(?:整体)?(?:支出)?(?:收支)?(?:综合)?(?:项目)?(?:支出)?(?:预决?算|决算|绩效|自评)"
_THREE_PUBLIC = (
    r"(?:一般公共预算|政府性基金)?(?:财政拨款)?(?:安排的?)?(?:支出)?[“\"]?三公[”\"]?经费"
)
_ONE_PART = (
    rf"(?:{_THREE_PUBLIC}|机关运行经费|政府采购|政府购买服务|国有资产(?:占[用有])?"
    r"|(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?)?(?:财政拨款)?(?:收支|收入支出|支出)?)"
)
_PART = rf"(?:{_ONE_PART}(?:支出)?(?:[、和及与]{_ONE_PART}(?:支出)?){{0,4}})?"
"""What of the account a disclosure may be about and nothing else: 2018年“三公”经费决算."""
_AFTER_NAME = re.compile(
    rf"(?P<title>(?:关于)?{YEAR}(?:[省市区县州]?级)?(?:部门|单位|机关)?"
    rf"(?:{_PART}{_KIND}|{_THREE_PUBLIC}))"
    rf"|(?P<kind>(?:部门|单位|机关)(?:\(单位\))?{_KIND}|整体(?:支出)?绩效|(?:预算|决算)(?:公开|信息|说明|情况说明)"
    r"|[“\"]?三公[”\"]?经费)"
    r"|(?P<short>\((?:以下|下)?简称)"
    r"|(?P<head>(?:\(部门\)|\(单位\))?(?:概况|基本情况|主要职[能责]|职能简介|机构设置|[部单][门位]职责))"
    r"|(?P<being>(?:\((?:部门|本级)\))?(?:是|为|属于?|系)"
    r"(?=[^。;是为]{0,40}(?:工作部门|派出机关|派出机构|事业单位|行政单位|职能部门|组成部门|直属机构"
    r"|审判机关|法律监督机关|权力机关|行政机关|人民团体|群众团体|群团组织)))"
    r"|(?P<offices>(?:共)?(?:内设|下设)(?!机构))"
    r"|(?P<level>\((?:本级|本部|机关)\)|本级|本部)"
)
_WEIGHTS = {
    "title": 3.0,
    "kind": 3.0,
    "short": 3.0,
    "head": 3.0,
    "being": 2.0,
    "level": 1.0,
    "offices": 1.0,
}
_CAPS = {
    "cover": 20.0,
    "title": 9.0,
    "kind": 9.0,
    "head": 6.0,
    "level": 2.0,
    "offices": 2.0,
    "code": 3.0,
    "form": 3.0,
}
_COVER_WEIGHT = 20.0
_COVER_LINE_WEIGHT = 8.0
_COVER_LABEL_WEIGHT = 8.0
_MAKER = re.compile(r"[(]?(?:印|监|编)?制[)]?$")
_GENERIC = re.compile(
    r"^(?:本|我|该|各|全|某|其他|其它|所属|下属|直属|相关|有关|上级|同级|内设|一级|二级|基层|[区县市省州旗](?!中))"
)
_BRACKETED = re.compile(r"(?:预算|决算)[^()]{0,8}\(([^()]{4,40})\)$")
_CODED = re.compile(rf"^\[?(\d{{3,12}})\]?[-_—–]?([一-鿿(]{NAME_CHARACTER}+)$")
_CODE = re.compile(r"^\d{3,12}$")
_CODE_STARTS = frozenset("[0123456789")
_CUE_CHARACTERS = frozenset("三算绩称概况职机构本属是为系设")
"""Every phrase of _AFTER_NAME and _PARENT holds one of these: most segments hold none."""
_NAME_LINES = 4
_NO_NAME = re.compile(rf"[(]?(?:{YEAR})?[)]?|附件\d*[:]?|目录|.{{0,8}}(?:日期|时间|电话).*")
"""Lines of a cover that stand between the lines of a name and are none of it."""


@dataclass(slots=True)
class Candidate:
    """One body with all that speaks for it; spellings of one body are one candidate."""

    name: Name
    weight: float = 0.0
    cues: dict[str, float] = field(default_factory=dict)
    spellings: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    """Printed code to the spelling that it stood with."""
    cover_spelling: str | None = None
    """The spelling on the cover, if it stands there."""

    def add(self, cue: str, weight: float) -> None:
        """Count a cue; each cue has a cap, so that no repeated form outvotes a title."""
        before = self.cues.get(cue, 0.0)
        after = min(before + weight, max(_CAPS.get(cue, 12.0), before))
        self.cues[cue] = after
        self.weight += after - before


@dataclass(slots=True)
class Candidates:
    """All names found: publishers, parents, and the placeholders of a template."""

    publishers: list[Candidate]
    parents: list[Candidate]
    placeholders: list[str]


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, tuple[str, float]]:
    source = files("extract").joinpath("layouts", "department_labels.csv").read_text("utf-8")
    rows = csv.DictReader(source.splitlines())
    return {row["label"]: (row["role"], float(row["weight"])) for row in rows}


@lru_cache(maxsize=1)
def _label_line() -> re.Pattern[str]:
    words = sorted(_labels(), key=len, reverse=True)
    return re.compile(
        rf"(?:^|(?<=[,;。)表]))(?P<label>{'|'.join(map(re.escape, words))}):"
        rf"(?:\[?(?P<code>\d{{3,12}})\]?[-_]?)?"
        rf"(?P<name>{NAME_CHARACTER}{{3,45}}?)(?=金额单位|单位:|填报|编制[日时人单]|日期|$|[,。;:])"
    )


class _Collector:
    """Gathers candidates; equal keys in compatible regions are one body."""

    def __init__(self, year: int | None, context: str) -> None:
        self._year = year
        self._context = context
        self._names: dict[str, Name] = {}
        self.publishers: dict[str, list[Candidate]] = {}
        self.parents: dict[str, list[Candidate]] = {}
        self.placeholders: list[str] = []

    def name(self, text: str) -> Name:
        if text not in self._names:
            self._names[text] = read_name(text, self._year, self._context)
        return self._names[text]

    def offer(
        self, text: str, cue: str, weight: float, *, strict: bool, parent: bool = False
    ) -> Candidate | None:
        """Take a name if it is one; ``strict`` asks for a region or an unmistakable ending."""
        cleaned = clean_name(text)
        if cleaned is None:
            return None
        if has_placeholder(cleaned):
            self.placeholders.append(cleaned)
            return None
        name = self.name(cleaned)
        located = name.region is not None or name.region_candidates or name.has_prefix
        ending = organisation_suffix(fold(name.short_name)) or ""
        if name.short_name == "" or (not ending and name.level != "national"):
            return None
        if not located and (_GENERIC.match(cleaned) or (strict and not is_strong(ending))):
            return None
        groups = self.parents if parent else self.publishers
        candidate = _same_body(groups.setdefault(name.key, []), name)
        candidate.add(cue, weight)
        candidate.spellings[cleaned] = candidate.spellings.get(cleaned, 0) + 1
        return candidate


def _same_body(group: list[Candidate], name: Name) -> Candidate:
    """Return the candidate of the same key whose region is the same or not stated."""
    for candidate in group:
        here, there = candidate.name.region, name.region
        if here is None or there is None or here.code == there.code:
            if here is None and there is not None:
                candidate.name = name
            return candidate
    group.append(Candidate(name))
    return group[-1]


def collect(stream: Sequence[Segment], year: int | None, context: str) -> Candidates:
    """Collect all names with their weights; the order is that of first appearance."""
    found = _Collector(year, context)
    _from_cover(found, cover(stream))
    for index, segment in enumerate(stream):
        text = segment.text
        if ":" in text:
            _from_labels(found, text)
        if segment.table_index is not None:
            _from_cell(found, stream, index)
        if len(text) >= 5 and not _CUE_CHARACTERS.isdisjoint(text):
            _from_phrases(found, segment)
    publishers = [c for group in found.publishers.values() for c in group]
    parents = [c for group in found.parents.values() for c in group]
    return Candidates(publishers, parents, found.placeholders)


def _from_cover(found: _Collector, lines: Sequence[Segment]) -> None:
    """Read the name before the year or the kind on the cover, over several lines if need be."""
    for index, line in enumerate(lines):
        for match in _AFTER_NAME.finditer(line.text):
            if match.lastgroup not in {"title", "kind"}:
                continue
            text = _located(found, name_before(line.text, match.start()), lines[:index])
            candidate = found.offer(text, "cover", _COVER_WEIGHT, strict=False)
            if candidate:
                candidate.cover_spelling = clean_name(text)
                return
    for index, line in enumerate(lines):
        if ":" in line.text:
            _from_labels(found, line.text, on_cover=True)
            continue
        if _MAKER.search(line.text):
            continue  # who made the form: 某市财政局（制）
        bracketed = _BRACKETED.search(line.text)
        whole = _located(found, line.text, lines[:index]) if organisation_suffix(line.text) else ""
        text = bracketed.group(1) if bracketed else whole or line.text
        candidate = found.offer(text, "cover_line", _COVER_LINE_WEIGHT, strict=True)
        if candidate and candidate.cover_spelling is None:
            candidate.cover_spelling = clean_name(text)


def _located(found: _Collector, text: str, above: Sequence[Segment]) -> str:
    """Join lines above to a name until it begins with a region; else return it as it is.

    A cover may break a name anywhere, so that its last line alone (资源局, or 陵县审计局
    of 黄陵县审计局) looks whole. A line above belongs to the name if it only adds to the
    region: what is left of the name must not grow.
    """
    joined, best, shortest = "", "", 0
    named = [line.text for line in above if not _NO_NAME.fullmatch(line.text)]
    for line in (text, *reversed(named[-_NAME_LINES:])):
        joined = line + joined
        cleaned = clean_name(joined)
        if cleaned is None or has_placeholder(cleaned):
            continue
        name = found.name(cleaned)
        located = name.region or name.region_candidates or name.has_prefix
        if not located or not name.organisation_type:
            continue
        if not best or (cleaned == joined and len(name.key) <= shortest):
            best, shortest = joined, len(name.key)
    if best:
        return best
    return joined if len(text) < 3 or has_placeholder(joined) else text


def _from_labels(found: _Collector, text: str, *, on_cover: bool = False) -> None:
    """Read 填报单位：某局; on the cover a label says more than a line without one."""
    for match in _label_line().finditer(text):
        role, weight = _labels()[match["label"]]
        parent = role == "parent"
        if on_cover and not parent:
            found.offer(match["name"], "cover_label", _COVER_LABEL_WEIGHT, strict=True)
            continue
        candidate = found.offer(match["name"], "label", weight, strict=True, parent=parent)
        if candidate and match["code"]:
            candidate.codes.setdefault(match["code"], match["name"])


def _from_cell(found: _Collector, stream: Sequence[Segment], index: int) -> None:
    """Read label cells with their value cell, and codes with names (257001-名称)."""
    segment = stream[index]
    coded = _CODED.match(segment.text) if segment.text[0] in _CODE_STARTS else None
    if coded:
        _offer_coded(found, coded.group(1), coded.group(2))
    following = stream[index + 1] if index + 1 < len(stream) else None
    if following is None or following.table_index != segment.table_index:
        return
    if following.row != segment.row:
        return
    label = _labels().get(segment.text.rstrip(":"))
    if label is not None:
        role, weight = label
        value = _CODED.match(following.text)
        cue = "form" if weight <= 2 else "label"
        text = value.group(2) if value else following.text
        found.offer(text, cue, weight, strict=True, parent=role == "parent")
    elif _CODE.match(segment.text):
        _offer_coded(found, segment.text, following.text)


def _offer_coded(found: _Collector, code: str, text: str) -> None:
    if len(text) > LONGEST_NAME or not (text.endswith(")") or organisation_suffix(text)):
        return
    name = found.name(text)
    if name.region is None and not name.region_candidates and not name.has_prefix:
        return  # a code of a classification item, not of an organisation
    candidate = found.offer(text, "code", 1.0, strict=True)
    if candidate:
        candidate.codes.setdefault(code, text)


def _from_phrases(found: _Collector, segment: Segment) -> None:
    text = segment.text
    for match in _AFTER_NAME.finditer(text):
        cue = match.lastgroup or ""
        if cue == "head" and len(text) > LONGEST_NAME:
            continue
        before = name_before(text, match.start())
        if len(before) < 3:
            continue
        whole = before + match.group() if cue == "level" else before
        found.offer(whole, cue, _WEIGHTS[cue], strict=True)
    if "属" in text or "管" in text:
        for name in parents_in(text):
            found.offer(name, "prose", 3.0, strict=True, parent=True)


def as_printed(stream: Sequence[Segment], name: str) -> str:
    """Return a folded name as it was printed where it first stands in one segment."""
    for segment in stream:
        at = segment.text.find(name)
        if at >= 0:
            return printed(segment, at, at + len(name))
    return name
