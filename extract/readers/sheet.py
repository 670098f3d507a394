"""A worksheet to captions and tables (工作表): what XLSX and XLS share.

A sheet is one grid; a disclosure prints its titles, unit lines and notes into the same
grid. Rows with a single filled cell above a table are captions and become paragraphs;
a caption after a blank row starts the next table of the sheet, unless figures follow it
at once: then it is a line without figures, and the blank row stands within a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.document import Place
from extract.readers.blocks import Blocks, Line
from extract.readers.grid import Spanned, add_grid
from extract.reasons import Rejected

_NOTE = re.compile(r"\s*(?:注|备注|说明)\s*\d*\s*[:：、.]")
_FIGURE = re.compile(r"[-−－△()（）\d.．,，%％]+")
_CAPTION_LINES = 4
"""Title, number of the form, office and unit: no table has more lines above its header."""


@dataclass(slots=True)
class Sheet:
    """The filled cells of a sheet by (row, column) from 0, and its merged ranges.

    ``merges`` maps the top left position to (rows, columns).
    """

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


def add_sheet(sheet: Sheet, blocks: Blocks) -> None:
    """Add the captions and tables of a sheet. Places carry the sheet and its row number."""
    rows: dict[int, list[int]] = {}
    for row, column in sorted(sheet.cells):
        rows.setdefault(row, []).append(column)
    if len(rows) > blocks.limits.max_cells:
        raise Rejected("RESOURCE_LIMIT", f"{len(rows)} rows in a sheet")
    part: list[int] = []
    last = -1
    filled = sorted(rows)
    for position, row in enumerate(filled):
        after_gap = row > last + 1
        text = sheet.cells[row, rows[row][0]]
        is_caption = len(rows[row]) == 1 and _is_words(text)
        is_note = is_caption and _NOTE.match(text) is not None
        below = filled[position + 1 : position + 1 + _CAPTION_LINES]
        opens = is_caption and after_gap and not _is_spanned(sheet, last + 1)
        if part and opens and (is_note or not _goes_on(sheet, below, rows)):
            _add_table(sheet, part, rows, blocks)
            part = []
        if is_caption and not part:
            _add_caption(sheet, row, rows[row][0], blocks)
        elif is_note:
            _add_table(sheet, part, rows, blocks)
            part = []
            _add_caption(sheet, row, rows[row][0], blocks)
        else:
            part.append(row)
        last = row
    _add_table(sheet, part, rows, blocks)


def _goes_on(sheet: Sheet, below: Sequence[int], rows: dict[int, list[int]]) -> bool:
    """Tell whether the first row of several cells, few lines below, holds figures.

    The table that a caption opens begins with a header, which has none.
    """
    for row in below:
        texts = [sheet.cells[row, column] for column in rows[row]]
        if len(texts) > 1:
            return not all(map(_is_words, texts))
    return False


def _is_words(text: str) -> bool:
    return not _FIGURE.fullmatch(text.strip())


def _is_spanned(sheet: Sheet, start: int) -> bool:
    """True where a merged range reaches into the empty row ``start``: it is no gap."""
    return any(r < start and r + n > start for (r, _), (n, _) in sheet.merges.items())


def _add_caption(sheet: Sheet, row: int, column: int, blocks: Blocks) -> None:
    place = Place(sheet=sheet.name, line_start=row + 1, line_end=row + 1)
    for line in sheet.cells[row, column].split("\n"):
        blocks.paragraph([Line(line, place)])


def _add_table(
    sheet: Sheet, part: Sequence[int], rows: dict[int, list[int]], blocks: Blocks
) -> None:
    if not part:
        return
    first, last = part[0], part[-1]
    left = 0  # columns are those of the sheet, so that a place can be found again
    right = max(rows[row][-1] for row in part)
    heads = {
        (r, c): span for (r, c), span in sheet.merges.items() if first <= r <= last and c <= right
    }
    right = max([right, *(c + span[1] - 1 for (_, c), span in heads.items())])
    right = min(right, left + blocks.limits.max_columns)
    shown = (
        [r for r in range(first, last + 1) if r in rows]
        if last - first > 4 * len(part)
        else (list(range(first, last + 1)))
    )
    if len(shown) * (right - left + 1) > 8 * blocks.limits.max_cells:
        raise Rejected("RESOURCE_LIMIT", "a sheet of more cells than the limit, mostly blank")
    index = {row: i for i, row in enumerate(shown)}
    covered: set[tuple[int, int]] = set()
    grid: list[list[Spanned]] = []
    for row in shown:
        line: list[Spanned] = []
        for column in range(left, right + 1):
            if (row, column) in covered:
                continue
            height, width = heads.get((row, column), (1, 1))
            height = sum(1 for r in range(row, min(row + height, last + 1)) if r in index)
            width = min(width, right - column + 1)
            if height > 1 or width > 1:
                covered.update(
                    (r, c)
                    for r in range(row, min(row + heads[row, column][0], last + 1))
                    for c in range(column, column + width)
                )
            place = Place(sheet=sheet.name, line_start=row + 1, line_end=row + 1)
            text = sheet.cells.get((row, column), "")
            line.append(Spanned(text, column - left, width, height, place))
        grid.append(line)
    add_grid(grid, blocks, Place(sheet=sheet.name, line_start=first + 1, line_end=last + 1))
