"""The profile of a document (文件概况): who publishes it, for which year, as what.

Resolved once, before any table is read. Unknown stays unknown: what cannot be told, or
is told in two ways, is left empty with a reason, and the reasons that forbid loading
the document at all are ``Profile.blocking``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extract.datasets import DocumentRow, FindingRow
from extract.document import Document
from extract.recognise.candidates import as_printed, collect
from extract.recognise.department import Name, is_located
from extract.recognise.fiscal_year import YearVerdict, resolve_year, years_in_file_name
from extract.recognise.kind import KindVerdict, kinds_in_title, resolve_kind
from extract.recognise.numbers import fold, money_unit
from extract.recognise.publisher import Publisher, named_in_file, resolve_publisher
from extract.recognise.segments import Segment, cover, segments
from extract.sources import SourceLedger

_MAX_FINDINGS = 20
_CONTEXT_LENGTH = 200_000
_THREE_PUBLIC = re.compile("三公")
_UNIT_LOOKBACK = 5
_PUBLISHED = re.compile(
    r"(?:公开|发布|公布|发文)(?:时间|日期)?[::]?(?P<y>20\d\d)(?:年|-|/|\.)(?P<m>\d{1,2})(?:月|-|/|\.)(?P<d>\d{1,2})日?"
)
_DATE_LINE = re.compile(r"^(?P<y>20\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日$")


@dataclass(frozen=True, slots=True)
class Profile:
    """The resolved profile: the row, what was noticed, and what forbids loading.

    ``blocking`` holds (code, detail) pairs; a document with any goes to quarantine.
    ``only_unit`` is the unit of money that every unit line of the document states: a table
    without one is held to be in it. Where the lines differ there is none.
    """

    row: DocumentRow
    findings: tuple[FindingRow, ...]
    blocking: tuple[tuple[str, str], ...]
    only_unit: str | None = None


def resolve_profile(document: Document, sources: SourceLedger) -> Profile:
    """Resolve the profile of a document from its content, the file name as last resort."""
    stream = segments(document)
    context = "".join(s.text for s in stream)[:_CONTEXT_LENGTH]
    kind = resolve_kind(stream)
    year = resolve_year(stream, document.own_name)
    names = collect(stream, year.year, context)
    evidence: dict[str, object] = {
        "document_kind": kind.evidence,
        "fiscal_year": {
            "source": year.source,
            "votes": {str(k): v for k, v in sorted(year.votes.items())},
        },
    }
    blocking = [*_kind_blocking(kind, document), *_year_blocking(year)]
    department = resolve_publisher(names, stream, kind, year.year, context, fold(document.own_name))
    if department.unknown_because:
        blocking.append(("DEPARTMENT_UNKNOWN", department.unknown_because))
    evidence["department"] = department.evidence
    unit, unit_votes = default_unit(stream)
    evidence["default_unit"] = unit_votes
    resolved_kind = kind.kind or _kind_of_file_name(kind, document)
    if kind.kind is None and resolved_kind:
        kind.evidence["source"] = "file_name"
    row = DocumentRow(
        document_key=document.key,
        file_name=document.file_name,
        media_type=document.media_type,
        extraction_method=document.extraction_method,
        page_count=document.page_count,
        encoding=document.encoding,
        document_kind=resolved_kind,
        fiscal_year=year.year,
        title=_printed_title(stream, kind.title),
        department_name=department.name,
        department_code=department.code,
        department_id=department.id,
        short_name=department.short_name,
        reporting_level=department.reporting_level,
        parent_department_name=department.parent_name,
        parent_department_id=department.parent_id,
        organisation_type=department.organisation_type,
        region_code=department.region.code if department.region else None,
        region_name=department.region.name if department.region else None,
        administrative_level=department.level,
        default_unit=unit,
        published_on=published_on(stream),
        profile_evidence=json.dumps(evidence, ensure_ascii=False, sort_keys=True),
    )
    guessed = [
        item
        for item, from_name in (
            ("document_kind", kind.kind is None and resolved_kind is not None),
            ("fiscal_year", year.source == "file_name"),
            ("department_name", department.origin == "file_name"),
        )
        if from_name
    ]
    findings = [
        *_findings(document, stream, sources, year, department, guessed),
        *_contradictions(document, row, department, context),
    ]
    only_unit = unit if len(unit_votes) == 1 else None
    return Profile(row, tuple(findings), tuple(blocking), only_unit)


def _kind_of_file_name(kind: KindVerdict, document: Document) -> str | None:
    named = kinds_in_title(fold(document.own_name))
    return named[0] if kind.conflict is None and len(named) == 1 else None


def _kind_blocking(kind: KindVerdict, document: Document) -> list[tuple[str, str]]:
    if kind.conflict:
        return [("DOC_TYPE_AMBIGUOUS", kind.conflict)]
    if kind.kind is None and _kind_of_file_name(kind, document) is None:
        return [("KIND_UNKNOWN", json.dumps(kind.evidence, ensure_ascii=False))]
    return []


def _year_blocking(year: YearVerdict) -> list[tuple[str, str]]:
    if year.conflict:
        return [("YEAR_CONFLICT", year.conflict)]
    if year.year is None:
        return [("YEAR_UNKNOWN", "no year beside the words for the account")]
    return []


def _printed_title(stream: Sequence[Segment], title: str | None) -> str | None:
    """Return the title as printed; one joined from several lines gets full-width brackets."""
    if title is None:
        return None
    found = as_printed(stream, title)
    return found.replace("(", "（").replace(")", "）") if found == title else found


def default_unit(stream: Sequence[Segment]) -> tuple[str | None, dict[str, int]]:
    """Return the unit of the majority of unit lines outside the “三公” table, and all votes.

    The “三公” table and the prose keep units of their own; a tie gives no default.
    """
    votes = Counter[str]()
    for index, segment in enumerate(stream):
        if "单位" not in segment.text or len(segment.text) > 80:
            continue
        unit = money_unit(segment.text)
        if unit is None:
            continue
        above = stream[max(0, index - _UNIT_LOOKBACK) : index + 1]
        if any(_THREE_PUBLIC.search(s.text) and len(s.text) <= 60 for s in above):
            continue
        votes[unit] += 1
    ranked = votes.most_common(2)
    tie = len(ranked) == 2 and ranked[0][1] == ranked[1][1]
    return (None if tie or not ranked else ranked[0][0]), dict(votes)


def published_on(stream: Sequence[Segment]) -> str | None:
    """Return the date of publication that the document states, as ISO text, or None."""
    lines = [*cover(stream), *stream[-3:]]
    for segment in lines:
        match = _PUBLISHED.search(segment.text) or _DATE_LINE.match(segment.text)
        if match:
            try:
                day = date(int(match.group("y")), int(match.group("m")), int(match.group("d")))
            except ValueError:
                continue
            return day.isoformat()
    return None


def _contradictions(
    document: Document, row: DocumentRow, department: Publisher, context: str
) -> Iterator[FindingRow]:
    """Yield what the name of the file says against the content, which is followed."""
    kinds = kinds_in_title(fold(document.file_name))
    years = years_in_file_name(document.file_name)
    named = named_in_file(document.file_name, row.fiscal_year, context)
    against: list[str] = []
    if row.document_kind and kinds and row.document_kind not in kinds:
        against.append(f"document_kind: {' / '.join(kinds)}")
    if row.fiscal_year and years and row.fiscal_year not in years:
        against.append(f"fiscal_year: {' / '.join(map(str, years))}")
    if named and not _same_body(named, department):
        against.append(f"department_name: {named.printed}")
    for detail in against:
        yield FindingRow(document.key, "FILE_NAME_MISMATCH", detail, None)


def _same_body(named: Name, department: Publisher) -> bool:
    """Tell whether a name and the publisher may be one: short name and region agree or are open."""
    here, there = named.region, department.region
    if department.short_name and fold(department.short_name) not in named.printed:
        return False
    if here is None or there is None or here.code == there.code:
        return True
    return here.lies_in(there) or there.lies_in(here)


def _findings(
    document: Document,
    stream: Sequence[Segment],
    sources: SourceLedger,
    year: YearVerdict,
    department: Publisher,
    from_file_name: Sequence[str],
) -> list[FindingRow]:
    """Return what a reader should know: doubtful years, open regions, odd labels."""
    rows: list[FindingRow] = []
    # Torn years in prose are reported with their exact place where the prose is read.
    torn = [m for m in year.torn if stream[m.segment].table_index is not None]
    for mention in (*torn, *year.doubtful)[:_MAX_FINDINGS]:
        segment = stream[mention.segment]
        key = sources.key(segment.place, segment.raw)
        rows.append(FindingRow(document.key, "YEAR_DOUBTFUL", mention.text, key))
    rows += [FindingRow(document.key, "FILE_NAME_EVIDENCE", i, None) for i in from_file_name]
    if department.name and department.id and not is_located(department.id):
        rivals = " / ".join(f"{r.code} {r.province}{r.name}" for r in department.region_rivals)
        rows.append(
            FindingRow(document.key, "DEPARTMENT_REGION_UNKNOWN", rivals or department.name, None)
        )
    if department.other_names:
        names = " / ".join((department.name or "", *department.other_names))
        rows.append(FindingRow(document.key, "DEPARTMENT_MISMATCH", names, None))
    if department.labelled_otherwise:
        rows.append(FindingRow(document.key, "LEVEL_MISMATCH", department.name or "", None))
    return rows
