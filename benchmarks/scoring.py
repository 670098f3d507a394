"""Compares what was extracted with what was printed (召回与准确).

Three depths: ``figures`` asks for the amount in the right statement, ``bound`` for line,
measure and stage too, ``places`` for the place on top. Of figures in prose ``bound`` asks
for measure and comparator, ``meant`` for subject and stage too. Figures are compared as multisets,
because one amount may be printed in many cells.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from benchmarks.factory.blocks import Disclosure, Fact
from benchmarks.factory.model import PERSON, PHONE
from benchmarks.factory.writers import Spot

FACTORS = {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}
_ORDINAL = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[)）、.．]")
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Tally:
    """Counts of one measure: expected, extracted, in common; and what differed."""

    expected: int = 0
    extracted: int = 0
    common: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of what is printed that was extracted; 1 where nothing is printed."""
        return self.common / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        """The share of what was extracted that is printed; 1 where nothing was."""
        return self.common / self.extracted if self.extracted else 1.0

    def add(
        self,
        document: str,
        expected: Iterable[tuple[Any, ...]],
        extracted: Iterable[tuple[Any, ...]],
    ) -> None:
        """Count one document's keys."""
        want, got = Counter(expected), Counter(extracted)
        common = want & got
        self.expected += want.total()
        self.extracted += got.total()
        self.common += common.total()
        self.missed += [f"{document}: {_show(key)}" for key in (want - got).elements()]
        self.wrong += [f"{document}: {_show(key)}" for key in (got - want).elements()]


def _show(key: tuple[Any, ...]) -> str:
    return " | ".join("" if part is None else str(part) for part in key)


def plain(text: str | None) -> str:
    """Return a label without blanks and ordinal, for comparison."""
    return _ORDINAL.sub("", _SPACE.sub("", text or ""))


def yuan(number: str | None, unit: str | None) -> Decimal | None:
    """Return an extracted figure in yuan, None where it is no money."""
    if number is None or unit not in FACTORS:
        return None
    try:
        return (Decimal(number) * FACTORS[unit]).normalize() + 0
    except InvalidOperation:
        return None


def _amount(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.normalize() + 0


_WHOLE = dict.fromkeys(
    (
        "total",
        "subtotal",
        "amount",
        "expenditure",
        "three_public_total",
        "project_funds",
        "fiscal_funds",
        "purchase_total",
    ),
    "whole",
)
"""Measures that all mean the whole of their line; which word is used is a matter of the form."""
_NAMELESS = frozenset({"PF", "B13", "F9", "F13", "B10"})
"""Tables whose lines may stand as columns, so that a figure has no label of its own."""
_TOTAL_LABELS = {"合计", "“三公”经费"}


def _line(code: str | None, economic: str | None, label: str | None) -> str:
    """Return what identifies a line: function code, economic code or label."""
    if code or economic:
        return f"{code or ''}/{economic or ''}"
    name = plain(label)
    return "" if name in _TOTAL_LABELS or not name else name


def _spot(spot: Spot) -> tuple[Any, ...]:
    if spot.line is not None:
        return ("line", spot.line)
    if spot.page is not None:
        return ("page", spot.page)
    return ("cell", spot.sheet, spot.row, spot.column)


def _place(row: Any, suffix: str) -> tuple[Any, ...]:
    if suffix == ".txt":
        return ("line", row.line_start)
    if suffix == ".pdf":
        return ("page", row.page)
    if suffix == ".xlsx":  # a row of the sheet counts from 1 as its lines do
        return ("cell", row.sheet, (row.line_start or 0) - 1, row.column_index)
    return ("cell", row.sheet, row.row_index, row.column_index)


def table_keys(facts: Iterable[tuple[Fact, Spot]]) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """Yield the keys of printed table figures at the three depths."""
    for fact, spot in facts:
        if fact.family == "prose":
            continue
        figure = (fact.family, _amount(fact.amount))
        two_sided = fact.family in ("F1", "F4", "B1", "B5")
        line = _line(None if two_sided else fact.code, fact.economic, fact.label)
        if fact.family in _NAMELESS:
            line = ""
        if fact.measure == "economic_class":
            line += f"/{plain(fact.subject)}"
        bound = (*figure, line, _WHOLE.get(fact.measure, fact.measure), fact.stage)
        yield figure, bound, (*bound, *_spot(spot))


def cell_keys(rows: dict[str, Any], suffix: str) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """Yield the keys of extracted table figures at the three depths."""
    sources = {row.source_key: row for row in rows["source"]}
    for cell in rows["statement_cell"]:
        amount = yuan(cell.number_text, cell.published_unit)
        if amount is None:
            if cell.number_text is None:
                continue
            amount = Decimal(cell.number_text)
        if cell.measure_code == "quantity":
            continue
        figure = (cell.statement_code, amount)
        two_sided = cell.statement_code in ("F1", "F4", "B1", "B5")
        line = _line(
            None if two_sided else cell.function_code,
            cell.department_economic_code,
            cell.line_label,
        )
        if cell.statement_code in _NAMELESS:
            line = ""
        measure = cell.measure_code
        if measure == "economic_class":
            line += f"/{plain(cell.department_economic_name)}"
        bound = (*figure, line, _WHOLE.get(measure, measure), cell.amount_stage)
        yield figure, bound, (*bound, *_place(sources[cell.source_key], suffix))


_MEASURES = {"value": "value", "average": "value"}


def prose_keys(facts: Iterable[tuple[Fact, Spot]]) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """Yield the keys of figures stated in prose at the three depths."""
    for fact, spot in facts:
        if fact.family == "prose":
            figure = _figure(fact.text, fact.unit)
            bound = (*figure, fact.measure, fact.comparator)
            place = ("line", spot.line) if spot.line is not None else (spot.page,)
            yield figure, bound, (*bound, *place)


def narrative_keys(rows: dict[str, Any], suffix: str) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """Yield the keys of extracted prose figures at the three depths."""
    sources = {row.source_key: row for row in rows["source"]}
    for row in rows["narrative_figure"]:
        source = sources[row.source_key]
        if row.number_text is None or source.table_index is not None:
            continue  # amounts inside the cells of a form are counted with its indicators
        figure = _figure(row.number_text, row.published_unit)
        bound = (*figure, _MEASURES.get(row.measure, row.measure), row.comparator)
        place: tuple[Any, ...] = ("line", source.line_start) if suffix == ".txt" else (source.page,)
        yield figure, bound, (*bound, *place)


_OF_BUDGET = {
    "revenue_current_total": "revenue_total",
    "expenditure_current_total": "expenditure_total",
}
"""收入预算 may be that of the year or that with the carry-over; the words do not tell."""
_STAGED = frozenset({"value", "change"})
"""Measures that have a stage of the budget; a head count and a rate have none of their own."""


def meant_keys(
    facts: Iterable[tuple[Fact, Spot]], rows: dict[str, Any]
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Return what prose figures mean, as written and as read: subject and stage on top.

    Sentences in the wording of a province know no subject of their figures. A figure that
    one of them prints is left out on both sides, wherever else it stands; that it is read
    at all is the other keys' concern.
    """
    stated = [fact for fact, _ in facts if fact.family == "prose"]
    unknown = {_figure(fact.text, fact.unit) for fact in stated if fact.subject in (None, "any")}
    written = [
        _meant(_figure(f.text, f.unit), f.measure, f.comparator, f.subject, f.stage)
        for f in stated
        if _figure(f.text, f.unit) not in unknown
    ]
    printed = {_figure(fact.text, fact.unit) for fact in stated} - unknown
    sources = {row.source_key: row for row in rows["source"]}
    read = [
        _meant(figure, row.measure, row.comparator, row.subject, row.amount_stage)
        for row in rows["narrative_figure"]
        if row.number_text is not None
        and sources[row.source_key].table_index is None
        and (figure := _figure(row.number_text, row.published_unit)) in printed
    ]
    return written, read


def _figure(text: str, unit: str | None) -> tuple[Decimal, str | None]:
    number = Decimal(unicodedata.normalize("NFKC", text).replace(",", ""))
    return abs(number.normalize() + 0), unit


def _meant(
    figure: tuple[Decimal, str | None],
    measure: str,
    comparator: str,
    subject: str | None,
    stage: str | None,
) -> tuple[Any, ...]:
    measure = _MEASURES.get(measure, measure)
    if stage == "initial_budget":
        subject = _OF_BUDGET.get(subject or "", subject)
    return (*figure, measure, comparator, subject, stage if measure in _STAGED else None)


def leaks(rows: dict[str, Any]) -> Iterator[str]:
    """Yield the fields that hold the name or the telephone number of a person."""
    for name, dataset in rows.items():
        for row in dataset:
            for column in fields(row):
                value = getattr(row, column.name)
                if isinstance(value, str) and (PERSON in value or PHONE in value):
                    yield f"{name}.{column.name}: {value[:60]}"


def indicator_keys(disclosure: Disclosure) -> Iterator[tuple[Any, ...]]:
    """Yield the printed indicators."""
    for line in disclosure.indicators:
        yield (
            plain(line.level1),
            plain(line.level2),
            _SPACE.sub("", line.level3),
            _SPACE.sub("", line.target),
            _SPACE.sub("", line.actual or ""),
            line.weight or "",
            line.score or "",
        )


def extracted_indicators(rows: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the extracted indicators."""
    for row in rows["performance_indicator"]:
        target = row.target_text or ""
        yield (
            plain(row.level1),
            plain(row.level2),
            _SPACE.sub("", row.level3 or ""),
            _SPACE.sub("", target),
            _SPACE.sub("", row.actual_text or ""),
            row.weight_text or "",
            row.score_text or "",
        )


def project_keys(disclosure: Disclosure) -> Iterator[tuple[Any, ...]]:
    """Yield the printed projects: name, initial budget and executed in yuan, score."""
    for project in disclosure.projects:
        yield (
            plain(project.name),
            _amount(project.initial),
            _amount(project.executed),
            project.total_score or "",
        )


def extracted_projects(rows: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the extracted projects."""
    for row in rows["performance_project"]:
        yield (
            plain(row.project_name),
            _funds(row.initial_budget_text, row.funds_unit),
            _funds(row.executed_text, row.funds_unit),
            row.total_score_text or "",
        )


def _funds(text: str | None, unit: str | None) -> Decimal | None:
    return yuan(text.replace(",", "") if text else None, unit)


def profile_keys(disclosure: Disclosure) -> Iterator[tuple[Any, ...]]:
    """Yield the profile fields that every document must give."""
    yield "kind", disclosure.kind
    yield "fiscal_year", disclosure.year
    yield "department_name", disclosure.department
    yield "region_code", disclosure.region_code


def extracted_profile(rows: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the extracted profile fields."""
    row = rows["document"][0]
    yield "kind", row.document_kind
    yield "fiscal_year", row.fiscal_year
    yield "department_name", row.department_name
    yield "region_code", row.region_code
