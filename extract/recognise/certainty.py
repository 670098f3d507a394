"""What is certain of a scan (识别把握): doubtful figures are held back, not published.

A recognised figure is doubtful where the recogniser was not sure of it, and where it
takes part in a printed sum that does not add up. Runs after all recognisers, on their
rows; documents that were not scanned pass through untouched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from extract.datasets import (
    NarrativeFigureRow,
    PerformanceIndicatorRow,
    PerformanceProjectRow,
    QuarantinedRow,
    SourceRow,
    StatementCellRow,
)
from extract.document import Document, Place, Table

CODE = "OCR_UNCERTAIN"
FLOOR = 0.9
"""Least confidence, of the least certain character, of a figure that is published."""

_CODE = re.compile(r"\s*\d{2,7}\D*", re.ASCII)
Row = TypeVar("Row", StatementCellRow, NarrativeFigureRow, PerformanceIndicatorRow)
_Spot = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Doubts:
    """The figures that may not be published, by source key, each with what was seen."""

    by_source: Mapping[str, str]
    code: str = CODE

    def certain(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """Return the rows whose figures may be published."""
        return tuple(row for row in rows if row.source_key not in self.by_source)

    def funds(self, project: PerformanceProjectRow) -> PerformanceProjectRow:
        """Return the project without the amounts that may not be published."""
        hidden = self.by_source
        return replace(
            project,
            initial_budget_text=None
            if project.initial_budget_source_key in hidden
            else project.initial_budget_text,
            adjusted_budget_text=None
            if project.adjusted_budget_source_key in hidden
            else project.adjusted_budget_text,
            executed_text=None if project.executed_source_key in hidden else project.executed_text,
        )

    def held_back(self, dataset: str, rows: Sequence[Row]) -> Iterator[QuarantinedRow]:
        """Yield a quarantined row for each figure that may not."""
        for row in rows:
            why = self.by_source.get(row.source_key)
            if why is not None:
                yield QuarantinedRow(
                    row.document_key,
                    dataset,
                    self.code,
                    f"{_printed(row)}: {why}",
                    row.source_key,
                )


def doubts(
    document: Document,
    sources: Iterable[SourceRow],
    cells: Sequence[StatementCellRow],
    figures: Sequence[NarrativeFigureRow],
    indicators: Sequence[PerformanceIndicatorRow] = (),
) -> Doubts:
    """Find the recognised figures of a document that are not certain."""
    confidence = _Confidence(document)
    if not confidence:
        return Doubts({})
    places = {row.source_key: row for row in sources}
    found: dict[str, str] = {}
    for key in (*(row.source_key for row in cells), *(row.source_key for row in figures)):
        sure = confidence.of(places[key])
        if sure is not None and sure < FLOOR:
            found[key] = f"confidence {sure:.2f}"
        elif confidence.is_doubtful_line(places[key]):
            found[key] = "the code of its line is not certain"
    for indicator in indicators:
        # Target, result and score stand in other cells than the name.
        if confidence.has_doubtful_figure(places[indicator.source_key]):
            found[indicator.source_key] = "a figure of its line is not certain"
    recognised = [row for row in cells if confidence.of(places[row.source_key]) is not None]
    for group, why in _broken_sums(recognised):
        for row in group:
            found.setdefault(row.source_key, why)
    return Doubts(found)


class _Confidence:
    """How sure the text of a place is: None where it was not recognised."""

    def __init__(self, document: Document) -> None:
        self._cells: dict[_Spot, float] = {}
        self._spans: dict[int | None, list[tuple[Place, float]]] = defaultdict(list)
        self._lines: set[tuple[int | None, int | None]] = set()
        self._figures: set[tuple[int | None, int | None]] = set()
        for block in document.blocks:
            if isinstance(block, Table):
                for cell in block.cells:
                    if cell.confidence is not None:
                        self._cells[block.index, cell.row, cell.column] = cell.confidence
                        doubtful = cell.confidence < FLOOR
                        if doubtful and _CODE.fullmatch(cell.text):
                            self._lines.add((block.index, cell.row))
                        if doubtful and any(char.isdigit() for char in cell.text):
                            self._figures.add((block.index, cell.row))
            else:
                for span in block.spans:
                    if span.confidence is not None:
                        self._spans[span.place.page].append((span.place, span.confidence))

    def __bool__(self) -> bool:
        return bool(self._cells or self._spans)

    def of(self, source: SourceRow) -> float | None:
        if source.table_index is not None:
            spot = (source.table_index, source.row_index, source.column_index)
            return self._cells.get(spot)
        return min(
            (sure for place, sure in self._spans.get(source.page, ()) if _touches(place, source)),
            default=None,
        )

    def is_doubtful_line(self, source: SourceRow) -> bool:
        """True where the code that says what a line is may be misread."""
        return (source.table_index, source.row_index) in self._lines

    def has_doubtful_figure(self, source: SourceRow) -> bool:
        """True where any figure of the place's row may be misread."""
        return (source.table_index, source.row_index) in self._figures


def _printed(row: StatementCellRow | NarrativeFigureRow | PerformanceIndicatorRow) -> str:
    if isinstance(row, PerformanceIndicatorRow):
        return row.level3 or row.level2 or ""
    return row.published_text


def _touches(place: Place, source: SourceRow) -> bool:
    if place.y0 is None or place.y1 is None or source.y0 is None or source.y1 is None:
        return False
    return place.y0 < source.y1 - 0.5 and source.y0 < place.y1 - 0.5


def _broken_sums(
    cells: Sequence[StatementCellRow],
) -> Iterator[tuple[list[StatementCellRow], str]]:
    """Yield the cells of each printed sum that does not add up, with what was seen."""
    columns: dict[tuple[object, ...], list[StatementCellRow]] = defaultdict(list)
    lines: dict[tuple[int, int], list[StatementCellRow]] = defaultdict(list)
    for row in cells:
        if _value(row) is not None:
            # Not by place: a listing may go on in a second column beside the first.
            what = (row.measure_code, row.amount_stage, row.fund_source, row.expenditure_type)
            columns[row.table_index, what].append(row)
            lines[row.table_index, row.line_no].append(row)
    for column in columns.values():
        yield from _broken_column(column)
    for line in lines.values():
        yield from _broken_line(line)


def _broken_column(
    column: Sequence[StatementCellRow],
) -> Iterator[tuple[list[StatementCellRow], str]]:
    """Classes that are not the sum of their items: 208, 20805, 2080501."""
    by_code: dict[str, list[StatementCellRow]] = defaultdict(list)
    for row in column:
        code = row.function_code or row.department_economic_code or ""
        if code.isdigit() and len(code) in (3, 5, 7):
            by_code[code].append(row)
    if any(len(rows) > 1 for rows in by_code.values()):
        return  # listed by project or by unit: no plain hierarchy
    below: dict[str, list[StatementCellRow]] = defaultdict(list)
    for code, (row,) in by_code.items():
        if code[:-2] in by_code and len(code) > 3:
            below[code[:-2]].append(row)
    for code, parts in below.items():
        (whole,) = by_code[code]
        if _total(parts) != _value(whole):
            yield [whole, *parts], f"the lines under {code} add up to {_total(parts)}"


def _broken_line(
    line: Sequence[StatementCellRow],
) -> Iterator[tuple[list[StatementCellRow], str]]:
    """A total beside basic and project expenditure that is not their sum."""
    stages: dict[tuple[str, str], dict[str, StatementCellRow]] = defaultdict(dict)
    for row in line:
        stages[row.amount_stage, row.fund_source].setdefault(row.measure_code, row)
    for of_stage in stages.values():
        whole = of_stage.get("total")
        parts = [row for code, row in of_stage.items() if code in _EXPENDITURE]
        if whole and {"basic", "project"} <= of_stage.keys() and _total(parts) != _value(whole):
            yield [whole, *parts], f"the line adds up to {_total(parts)}"


_EXPENDITURE = frozenset(
    ("basic", "project", "remitted_to_superior", "operating", "subsidy_to_subordinate")
)


def _value(row: StatementCellRow) -> Decimal | None:
    return None if row.number_text is None else Decimal(row.number_text)


def _total(rows: Iterable[StatementCellRow]) -> Decimal:
    return sum((_value(row) or Decimal(0) for row in rows), Decimal(0))
