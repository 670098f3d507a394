"""Text dumps of office documents (文本): rows end with a blank line, cells start with a TAB.

Prose is a line a paragraph, except where a line is plainly the rest of the one before.
Every cell and paragraph keeps the line numbers of the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.document import Cell, Place
from extract.readers.align import align
from extract.readers.blocks import MAX_LINES, Blocks, Line, cell_text, clean
from extract.readers.body_rows import is_figure
from extract.readers.broken_lines import Wrap, goes_on, wrap_of
from extract.readers.captions import is_caption_row, is_table_name, opens_header
from extract.readers.torn import Fragment, fragments, is_title, mend, unrepeated

_LOOK_BACK = 8
"""Rows of a table that tell whether its body has begun."""
_UNIT_LINE = re.compile(r"[（(]?\s*(?:金额)?(?:计量)?单位\s*[:：]?")


def read_text(text: str, blocks: Blocks) -> None:
    """Read a decoded text into ``blocks``."""
    lines = text.split("\n") if "\n" in text else text.split("\r")  # as editors count them
    rows: list[Fragment] = []
    prose = _Prose([], wrap_of([line for line in lines if not line.startswith("\t")]))
    for piece in map(unrepeated, mend(fragments(lines))):
        if piece.loose:
            _flush_table(rows, blocks)
            if piece.gap:
                _flush_prose(prose, blocks)
            prose.lines.extend(piece.loose)
        if piece.cells:
            _flush_prose(prose, blocks)
            if rows and _opens_table(piece, rows):
                _flush_table(rows, blocks)
            rows.append(Fragment(piece.gap, [], piece.cells))
    _flush_table(rows, blocks)
    _flush_prose(prose, blocks)


def _opens_table(piece: Fragment, rows: Sequence[Fragment]) -> bool:
    """True for a row that another table begins with: a title, or a caption under a body.

    After the blank lines that end a table, the first row of a header is one too.
    """
    if piece.width == 1 and (piece.gap > 1 or _is_title(piece)):
        return True
    texts = _row_texts(piece)
    before = [_row_texts(row) for row in rows[-_LOOK_BACK:]]
    if piece.gap > 1 and opens_header(texts) and any(is_figure(t) for row in before for t in row):
        return True
    return is_caption_row(texts) and not all(len(r) == 1 or is_caption_row(r) for r in before)


def _row_texts(piece: Fragment) -> list[str]:
    return ["".join(text for _, text in cell).strip() for cell in piece.cells]


def _is_title(piece: Fragment) -> bool:
    """True for a row of one cell that titles a table, numbered or by its name alone."""
    lines = piece.cells[0]
    return is_title(piece) or (len(lines) == 1 and is_table_name(lines[0][1]))


@dataclass(slots=True)
class _Prose:
    """Loose lines not yet written, and how the text was broken into lines."""

    lines: list[tuple[int, str]]
    wrap: Wrap


def _flush_prose(prose: _Prose, blocks: Blocks) -> None:
    """Add the loose lines as paragraphs and forget them."""
    current: list[Line] = []
    for number, text in prose.lines:
        last = current[-1].text if current else ""
        if current and (
            len(current) == MAX_LINES or not goes_on(last, text, prose.wrap.fills(last))
        ):
            blocks.paragraph(current)
            current = []
        current.append(Line(text, Place(line_start=number, line_end=number)))
    blocks.paragraph(current)
    prose.lines.clear()


def _flush_table(rows: list[Fragment], blocks: Blocks) -> None:
    """Add the collected rows as one table and forget them."""
    start = 0
    wide = max((i for i, row in enumerate(rows) if row.width > 1), default=-1)
    while start < len(rows) and _is_caption(rows[start], over=start <= wide):
        for cell in rows[start].cells:
            for number, text in cell:
                blocks.paragraph([Line(text, Place(line_start=number, line_end=number))])
        start += 1
    grid = rows[start:]
    if all(row.width == 1 for row in grid):
        for row in grid:
            _flush_prose(_Prose(row.cells[0], Wrap()), blocks)
    else:
        _add_table(grid, blocks)
    rows.clear()


def _is_caption(row: Fragment, *, over: bool) -> bool:
    """A title, a unit line or an empty row above the first row of the table proper.

    ``over`` says that a row of several cells is this one or follows.
    """
    texts = _row_texts(row)
    shown = [text for text in texts if text]
    if not shown:
        return over
    if is_caption_row(texts):
        return True
    if len(shown) > 1:
        return False
    return len(texts) == 1 or bool(_UNIT_LINE.match(shown[0]))


def _add_table(grid: Sequence[Fragment], blocks: Blocks) -> None:
    texts = [[cell_text(text for _, text in cell) for cell in row.cells] for row in grid]
    layout = align(texts)
    cells: list[Cell] = []
    for r, row in enumerate(grid):
        for text, slot, source in zip(texts[r], layout[r], row.cells, strict=True):
            if slot.covered:
                continue
            cells.append(
                Cell(
                    clean(text),
                    r,
                    slot.column,
                    _lines(source),
                    slot.row_span,
                    slot.column_span,
                )
            )
    blocks.table(
        cells,
        len(grid),
        max(cell.column + cell.column_span for cell in cells),
        Place(line_start=grid[0].cells[0][0][0], line_end=grid[-1].cells[-1][-1][0]),
    )


def _lines(cell: Sequence[tuple[int, str]]) -> Place:
    """The lines on which the text of the cell stands."""
    numbers = [number for number, text in cell if text.strip()] or [cell[0][0]]
    return Place(line_start=numbers[0], line_end=numbers[-1])
