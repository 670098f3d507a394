"""Tables as dense matrices (稠密网格): every position of a grid leads to the cell over it.

Knows spans and nothing else: no titles, no headers, no budgets.
"""

from __future__ import annotations

from extract.document import Cell, Table


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
