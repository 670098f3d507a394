"""Cells with spans to a table (网格): what DOCX, HTML and XLSX share.

Readers hand over rows of cells as their format has them; this places them, mends the
spans that a converter guessed, and adds the table to the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.document import Cell, Place
from extract.readers.blocks import Blocks, Line, clean
from extract.readers.body_rows import is_figure
from extract.readers.shares import spread

_TOTAL = re.compile(r"\s*(?:合|总|小)\s*计\s*")

NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell of a row as the file has it: its text and how far it runs."""

    text: str
    column: int
    column_span: int = 1
    row_span: int = 1
    place: Place = NOWHERE


def add_grid(rows: Sequence[Sequence[Spanned]], blocks: Blocks, place: Place) -> None:
    """Add the rows as one table, with the spans mended where they are plainly a guess.

    Rows that all hold a single cell are a frame around text, not a grid: paragraphs.
    """
    if not any(rows):
        return
    if all(len(row) <= 1 for row in rows):
        for cell in (cell for row in rows for cell in row):
            for line in cell.text.split("\n"):
                blocks.paragraph([Line(line, cell.place)])
        return
    mended = mend_spans([list(row) for row in rows])
    cells = [
        Cell(clean(c.text), r, c.column, c.place, c.row_span, c.column_span)
        for r, row in enumerate(mended)
        for c in row
    ]
    width = max(cell.column + cell.column_span for cell in cells)
    blocks.table(cells, len(mended), width, place)


def mend_spans(rows: list[list[Spanned]]) -> list[list[Spanned]]:
    """Correct rows whose cells a converter stretched to fill the width.

    A converter that finds a row with too few cells lets the last one run to the right
    edge, or makes all equally wide. A header so stretched is spread over the row below,
    where that row proves it wrong; a row of totals gets the room for its label instead.
    """
    width = max((c.column + c.column_span for row in rows for c in row), default=0)
    for index in range(min(2, len(rows) - 2), -1, -1):
        _spread_header(rows, index, width)
    for index, row in enumerate(rows):
        if _is_stretched(row, width):
            rows[index] = _room_for_label(row, rows)
    return _join_halves(rows, width)


def _join_halves(rows: list[list[Spanned]], width: int) -> list[list[Spanned]]:
    """Join a row that was torn in two, each half stretched evenly to the full width.

    The first half begins with an empty cell, being indented under the row above; the
    second does not. Together they have a cell for every column.
    """
    joined: list[list[Spanned]] = []
    reach = 0  # first row that no cell above runs into
    for index, row in enumerate(rows):
        last = joined[-1] if joined else []
        if reach <= index and _are_halves(last, row, width):
            halves = enumerate((*last, *row))
            joined[-1] = [replace(c, column=i, column_span=1) for i, c in halves]
        else:
            joined.append(row)
        reach = max([reach, *(index + c.row_span for c in row)])
    return joined


def _are_halves(first: list[Spanned], second: list[Spanned], width: int) -> bool:
    return (
        bool(first and second)
        and len(first) + len(second) == width
        and all(c.column_span > 1 and c.row_span == 1 for c in (*first, *second))
        and not first[0].text
        and bool(second[0].text)
    )


def _is_stretched(row: Sequence[Spanned], width: int) -> bool:
    """True where the last cell alone is wide and ends at the right edge."""
    if len(row) < 2 or row[-1].column_span < 2:
        return False
    return row[-1].column + row[-1].column_span == width and all(
        c.column_span == 1 for c in row[:-1]
    )


def _spread_header(rows: list[list[Spanned]], index: int, width: int) -> None:
    """Spread the header row ``index`` over the row below, if that one proves it wrong."""
    row, below = rows[index], _with_covered(rows[index], rows[index + 1])
    if any(is_figure(c.text) for c in below) or not _is_proven_wrong(row, below, width):
        return
    for header in (row, [c for c in row if c.text]):
        counts = spread([c.text for c in header], [c.text for c in below])
        if counts is not None:
            break
    else:
        return
    placed: list[Spanned] = []
    covered: set[int] = set()
    position = 0
    for cell, count in zip(header, counts, strict=True):
        first, last = below[position], below[position + count - 1]
        span = last.column + last.column_span - first.column
        merged = count == 1 and not first.text and bool(cell.text)
        if merged:
            covered.add(position)
        placed.append(
            replace(
                cell, column=first.column, column_span=span, row_span=1 + merged * first.row_span
            )
        )
        position += count
    rows[index] = placed
    rows[index + 1] = [c for i, c in enumerate(below) if i not in covered]


def _with_covered(row: Sequence[Spanned], below: Sequence[Spanned]) -> list[Spanned]:
    """The row below with an empty cell wherever a cell of ``row`` runs into it."""
    gaps = [Spanned("", c.column, c.column_span, c.row_span - 1) for c in row if c.row_span > 1]
    return sorted([*below, *gaps], key=lambda c: c.column)


def _is_proven_wrong(row: list[Spanned], below: list[Spanned], width: int) -> bool:
    if _is_stretched(row, width):
        heads = {c.column for c in row[:-1] if c.row_span == 1 and c.text}
        return any(c.column in heads and c.text for c in below)
    even = len(row) > 1 and len({c.column_span for c in row}) == 1 and row[0].column_span > 1
    return even and any(
        len({bool(b.text) for b in below if c.column <= b.column < c.column + c.column_span}) == 2
        for c in row
    )


def _room_for_label(row: list[Spanned], rows: list[list[Spanned]]) -> list[Spanned]:
    """Move the figures of a total to the right, when one stands in a column of words."""
    last, missing = row[-1], row[-1].column_span - 1
    if last.text or not _TOTAL.fullmatch(row[0].text):
        return row
    peers = [
        c
        for other in rows
        if other is not row and len(other) == len(row) + missing
        for c in other
        if c.text
    ]
    figures = {c.column for c in peers if is_figure(c.text)}
    words = {c.column for c in peers if not is_figure(c.text)} - figures
    strayed = any(is_figure(c.text) and c.column in words for c in row[1:])
    if not strayed:
        return row
    return [replace(row[0], column_span=missing + 1)] + [
        replace(c, column=c.column + missing, column_span=1) for c in row[1:]
    ]
