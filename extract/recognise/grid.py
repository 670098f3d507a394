"""Tables as dense matrices (稠密网格), physical and logical.

``dense`` lays the cells of one physical table out with its spans filled. A
``LogicalTable`` is one account table as a reader of the document sees it: its title,
its unit and its rows, over as many pages and physical tables as it takes. How the
physical tables are cut and joined is in :mod:`extract.recognise.logical`. Knows spans
and positions: no statements, no headers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.document import Cell, Table

Row = list[Cell | None]


def dense(table: Table) -> list[list[Cell | None]]:
    """Return the table as ``n_rows`` lists of ``n_columns`` cells.

    A position covered by a merged cell gives that cell, the identical object; a position
    that no cell covers gives None. Spans that reach beyond the grid are cut at its edge;
    where two cells claim one position, the one whose own position it is wins, then the
    earlier.
    """
    rows, columns = table.n_rows, table.n_columns
    grid: list[list[Cell | None]] = [[None] * columns for _ in range(rows)]
    merged: list[Cell] = []
    for cell in table.cells:
        if 0 <= cell.row < rows and 0 <= cell.column < columns:
            grid[cell.row][cell.column] = cell
            if cell.row_span > 1 or cell.column_span > 1:
                merged.append(cell)
    for cell in merged:
        for row in range(cell.row, min(cell.row + cell.row_span, rows)):
            line = grid[row]
            for column in range(cell.column, min(cell.column + cell.column_span, columns)):
                if line[column] is None:
                    line[column] = cell
    return grid


def distinct(row: Row) -> list[Cell]:
    """Return the cells of a row that hold text, each once, left to right."""
    seen: list[Cell] = []
    for cell in row:
        if cell is not None and (not seen or seen[-1] is not cell) and cell.text.strip():
            seen.append(cell)
    return seen


@dataclass(slots=True)
class LogicalTable:
    """One account table over all its pages (逻辑表).

    ``index`` counts the logical tables of the document from 0: it is the
    ``table_index`` of every dataset but the sources. ``rows`` are dense; the first
    ``n_header`` of them are the header. ``captions`` are the unit line, the form
    number and the like, ``notes`` the remarks under the table. ``joints`` are the rows
    that open a page: what stands there may be the rest of a cell of the page before.
    """

    index: int
    title: str | None
    rows: list[Row]
    n_columns: int
    n_header: int = 0
    page: int | None = None
    sheet: str | None = None
    captions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    physical: list[int] = field(default_factory=list)
    joints: list[int] = field(default_factory=list)

    @property
    def header(self) -> list[Row]:
        """The header rows."""
        return self.rows[: self.n_header]

    @property
    def body(self) -> list[Row]:
        """The rows under the header, blank ones included."""
        return self.rows[self.n_header :]


def column_intervals(rows: list[Row], n_columns: int) -> list[tuple[float, float]] | None:
    """Return the horizontal extent of each column, None without geometry.

    Taken from unmerged cells; where a column has none, from the merged cells over it.
    """
    found: list[tuple[float, float] | None] = [None] * n_columns
    for row in rows:
        for column, cell in enumerate(row):
            if cell is None or cell.column_span > 1 or found[column] is not None:
                continue
            place = cell.place
            if place.x0 is not None and place.x1 is not None:
                found[column] = (place.x0, place.x1)
    intervals = [extent for extent in found if extent is not None]
    return intervals if len(intervals) == n_columns else None


def fit_row(row: Row, intervals: list[tuple[float, float]]) -> Row:
    """Lay a row of another grid over the given columns by horizontal position.

    A cell covers each column whose middle lies within it; a cell that covers none goes
    to the column with the nearest middle.
    """
    middles = [(x0 + x1) / 2 for x0, x1 in intervals]
    fitted: Row = [None] * len(intervals)
    done: set[int] = set()
    for cell in row:
        if cell is None or id(cell) in done:
            continue
        done.add(id(cell))
        x0, x1 = cell.place.x0, cell.place.x1
        if x0 is None or x1 is None:
            continue
        covered = [c for c, middle in enumerate(middles) if x0 <= middle <= x1]
        if not covered:
            middle = (x0 + x1) / 2
            covered = [min(range(len(middles)), key=lambda c: abs(middles[c] - middle))]
        for column in covered:
            if fitted[column] is None:
                fitted[column] = cell
    return fitted
