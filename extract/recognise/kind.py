"""What kind of disclosure a document is (文件种类): budget, final account or self-evaluation.

Title, table titles and the verbs of the prose are three witnesses. The title alone
decides only where the others do not contradict it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from extract.recognise.segments import Segment, cover

DocumentKind = Literal["budget", "final_account", "performance"]

_TITLE_LENGTH = 60
_TITLE_LINES = 60
_TABLE_TITLE_LENGTH = 44
_NUMBERING = re.compile(r"^(?:附?表?[\d一二三四五六七八九十-]+[、.．::表]?|附件\d*[:：]?)+")
_AFTER_TITLE = re.compile(r"(?:\([^)]*\)|[.…·]{2,}\d*|\d+)+$")
_NOT_TITLE = re.compile(r"[。;]|[:,、]$|年初预算|预算数|决算数|编制范围|单位包括")
_ALL_TABLES = re.compile(r"\d年度?(?:部门|单位)(?:预算|决算)表$")
_VERBS = {
    "final_account": re.compile(r"决算(?:数|支出|收入)?(?:为|是|合计|总计)?[\d.,]+(?:亿|千|万)?元"),
    "budget": re.compile(
        r"(?<!年初)(?<!年)(?<!度)(?<!公共)(?<!基金)(?<!经营)(?<!完成)(?<!项目)预算(?:数|支出|收入|安排|总额|总计)*(?:为|是|合计)?[\d.,]+(?:亿|千|万)?元"
    ),
}
_OWN_VERB_FLOOR = 3


@dataclass(frozen=True, slots=True)
class KindVerdict:
    """The kind, or a conflict of the witnesses; ``evidence`` says what each one holds."""

    kind: DocumentKind | None
    title: str | None
    """The line that names the document, folded, without the number of its part."""
    conflict: str | None
    evidence: dict[str, object]


@lru_cache(maxsize=2)
def _markers(place: str) -> tuple[tuple[str, DocumentKind], ...]:
    """Return the markers of a place with their kinds, the longest first."""
    source = files("extract").joinpath("layouts", "document_kinds.csv").read_text("utf-8")
    rows = [r for r in csv.DictReader(source.splitlines()) if r["place"] == place]
    rows.sort(key=lambda r: -len(r["text"]))
    return tuple((r["text"], r["kind"]) for r in rows)  # type: ignore[misc]


def kinds_in_title(text: str) -> list[DocumentKind]:
    """Return the kinds that a title names, without repetition.

    A self-evaluation of a budget or of a project is a self-evaluation; a final account
    that has its self-evaluations in an annex is a final account.
    """
    text = text.replace("预算执行", "")  # carried out, and so a word of final accounts
    named: list[DocumentKind] = []
    for marker, kind in _markers("title"):
        if marker in text and kind not in named:
            named.append(kind)
    if "performance" in named:
        named = ["final_account"] if _names_account(text) else ["performance"]
    return named


def _names_account(text: str) -> bool:
    return "部门决算" in text or "单位决算" in text


def table_kind(text: str) -> DocumentKind | None:
    """Return the kind that the title of a table belongs to, or None if it is no such title."""
    if len(text) > _TABLE_TITLE_LENGTH or "表" not in text:
        return None
    plain = _AFTER_TITLE.sub("", _NUMBERING.sub("", text))
    if not plain.endswith("表"):
        return None
    return next((kind for marker, kind in _markers("table") if plain.endswith(marker)), None)


def title_lines(stream: Sequence[Segment]) -> Iterator[str]:
    """Yield the lines that may be the title, the cover before the headings.

    A cover that breaks its title over lines is given as one line as well.
    """
    lines = cover(stream)
    for index, line in enumerate(lines):
        if kinds_in_title(line.text):
            yield _with_name(lines, index)
    joined = "".join(line.text for line in lines)
    if joined and len(joined) <= 2 * _TITLE_LENGTH:
        yield joined
    for segment in stream[:_TITLE_LINES]:
        text = segment.text
        if len(text) <= _TITLE_LENGTH and not _NOT_TITLE.search(text):
            yield text


def _with_name(lines: Sequence[Segment], index: int) -> str:
    """Join the lines of the name above with a line that begins at the year (2024年度部门决算)."""
    text = lines[index].text
    if not re.match(r"(?:19|20)\d\d|[二一][〇○零九Oo0]|部门|单位", text):
        return text
    above = [line.text for line in lines[:index] if not re.search(r"[::]|附件", line.text)]
    return "".join(above) + text


def resolve_kind(stream: Sequence[Segment]) -> KindVerdict:
    """Let title, table titles and verbs vote; contradictions are a verdict of their own."""
    title, titled = _title(stream)
    tables: dict[str, set[str]] = {}
    for segment in stream:
        kind = table_kind(segment.text)
        if kind is not None:
            tables.setdefault(kind, set()).add(segment.text[:30])
    verbs = {
        kind: sum(len(pattern.findall(s.text)) for s in stream if "算" in s.text)
        for kind, pattern in _VERBS.items()
    }
    counts = {kind: len(titles) for kind, titles in tables.items()}
    evidence: dict[str, object] = {"title": title, "tables": counts, "verbs": verbs}
    if len(titled) == 1:
        conflict = _contradiction(titled[0], counts, verbs)
        if conflict and _names_both(stream):
            # Headings of both kinds: an early mention of the other account is no title.
            return KindVerdict(_without_title(counts, verbs), title, None, evidence)
        return KindVerdict(None if conflict else titled[0], title, conflict, evidence)
    return KindVerdict(_without_title(counts, verbs), title, None, evidence)


def _title(stream: Sequence[Segment]) -> tuple[str | None, list[DocumentKind]]:
    for text in title_lines(stream):
        kinds = kinds_in_title(text)
        if kinds and (table_kind(text) is None or _ALL_TABLES.search(text)):
            return re.sub(r"^第[一二三四五六七八九十\d]+部分", "", text), kinds
    return None, []


def _names_both(stream: Sequence[Segment]) -> bool:
    """Tell whether, below a cover that says nothing, headings name a budget and an account."""
    if any(kinds_in_title(line.text) for line in cover(stream)):
        return False
    named = {kind for text in title_lines(stream) for kind in kinds_in_title(text)}
    return {"budget", "final_account"} <= named


def _contradiction(
    titled: DocumentKind, tables: dict[str, int], verbs: dict[str, int]
) -> str | None:
    """Say how tables or prose contradict the title, or None where they do not."""
    other = {"budget": "final_account", "final_account": "budget"}.get(titled)
    if other is None:
        return None
    own_tables, other_tables = tables.get(titled, 0), tables.get(other, 0)
    if other_tables > 0 and own_tables == 0:
        return f"title says {titled}, {other_tables} table titles say {other}"
    if other_tables >= 3 and other_tables > 3 * own_tables:
        return f"title says {titled}, {other_tables} of {own_tables + other_tables} tables {other}"
    own_verbs, other_verbs = verbs.get(titled, 0), verbs.get(other, 0)
    if own_tables == 0 and own_verbs == 0 and other_verbs >= _OWN_VERB_FLOOR:
        return f"title says {titled}, {other_verbs} amounts in prose are of the {other}"
    return None


def _without_title(tables: dict[str, int], verbs: dict[str, int]) -> DocumentKind | None:
    """Decide without a title: account tables first, then the forms, then the prose."""
    budget, final = tables.get("budget", 0), tables.get("final_account", 0)
    if budget != final and max(budget, final) > 0:
        return "budget" if budget > final else "final_account"
    if budget == 0 and tables.get("performance", 0) > 0:
        return "performance"
    if verbs["budget"] != verbs["final_account"] and max(verbs.values()) >= _OWN_VERB_FLOOR:
        return "budget" if verbs["budget"] > verbs["final_account"] else "final_account"
    return None
