"""Rows of a form as a person reads them (表行): cells left to right, torn rows mended.

Forms continue over pages and, where a file was made from another, break in the middle of
a row, with the rest of a cell standing between two tables as a paragraph of its own. So
a form is read as one stream of rows and paragraphs, not table by table. Nothing here
knows what the cells mean.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.document import Cell, Document, Paragraph, Place, Table
from extract.recognise.grid import dense
from extract.recognise.numbers import read_number

MAX_FRAGMENTS = 8
MAX_WIDTH = 60
_MAX_LOOSE = 40
_EDGES = " \t\r\u3000\xa0"
_PAGE_NUMBER = re.compile(r"^[-—–\s第]*\d{1,4}[-—–\s页]*$")


def flat(text: str) -> str:
    """Return the text of a cell in one line: line breaks are layout, not content.

    Latin words keep a blank where a line ended between them.
    """
    whole = ""
    for piece in filter(None, (line.strip(_EDGES) for line in text.split("\n"))):
        latin = (whole[-1:] + piece[0]).isascii() and whole[-1:].isalpha() and piece[0].isalpha()
        whole += f" {piece}" if latin else piece
    return whole


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell of a row; ``own`` is false where a merged cell of a row above covers it."""

    text: str
    cell: Cell | None
    column: int
    width: int
    own: bool

    @property
    def is_figure(self) -> bool:
        """Whether the cell holds one figure and nothing else."""
        read = read_number(self.text)
        return read is not None and read.number_text is not None


def text_of(slot: Slot | None) -> str | None:
    """Return the text of a cell, None where it is blank or there is none."""
    return (slot.text or None) if slot is not None else None


@dataclass(frozen=True, slots=True)
class Row:
    """One row, or several fragments of one row joined."""

    table: Table
    index: int
    slots: tuple[Slot, ...]

    @property
    def texts(self) -> list[str]:
        return [slot.text for slot in self.slots]

    @property
    def own_texts(self) -> list[str]:
        """Texts printed in this very row: a cell that runs down from above counts once."""
        return [slot.text if slot.own else "" for slot in self.slots]

    def blank(self) -> bool:
        return not any(self.own_texts)


Item = Row | Paragraph


def items(document: Document, accounts: Collection[int] = ()) -> list[Item]:
    """Return the rows of all tables and the paragraphs between, in reading order.

    The tables of ``accounts`` are left out: account tables are no forms.
    """
    found: list[Item] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        elif block.index not in accounts:
            found.extend(_rows(block))
    return found


def _rows(table: Table) -> Iterator[Row]:
    if table.n_columns > MAX_WIDTH:
        return
    for index, line in enumerate(dense(table)):
        slots: list[Slot] = []
        last: Cell | None = None
        for column, cell in enumerate(line):
            if cell is not None and cell is last:
                old = slots[-1]
                slots[-1] = Slot(old.text, old.cell, old.column, old.width + 1, old.own)
            else:
                text = flat(cell.text) if cell is not None else ""
                slots.append(Slot(text, cell, column, 1, cell is None or cell.row == index))
            last = cell
        while slots and slots[-1].cell is None:
            slots.pop()
        if slots:
            yield Row(table, index, tuple(slots))


def is_loose_piece(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph may be the rest of a torn cell."""
    text = paragraph.text.strip()
    return 0 < len(text) <= _MAX_LOOSE and not text.endswith("。")


def is_page_number(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is nothing but the number of a page, or blank."""
    return _PAGE_NUMBER.match(paragraph.text.strip()) is not None or not paragraph.text.strip()


def uncovered(row: Row, spent: Collection[int]) -> Row:
    """Blank the cells that cover a row but belong to a row read before.

    ``spent`` holds the identities of cells of headers and of mended rows: a file that
    tore its rows lets them run on downwards, where they say nothing.
    """
    if not any(not s.own and id(s.cell) in spent for s in row.slots):
        return row
    return Row(
        row.table,
        row.index,
        tuple(
            Slot("", s.cell, s.column, s.width, False) if not s.own and id(s.cell) in spent else s
            for s in row.slots
        ),
    )


def mend(stream: Sequence[Item], start: int, width: int) -> tuple[Row, int] | None:
    """Join the fragments of a row from ``start`` on until ``width`` cells are together.

    A paragraph between two fragments is the rest of the cell before it; one that is a
    figure is a cell of its own, because figures are never torn. Returns the whole row
    and the position after it, or None when the pieces do not add up to exactly
    ``width``: then nothing is joined.
    """
    first = stream[start]
    assert isinstance(first, Row)
    slots = list(first.slots)
    for position in range(start + 1, min(start + 2 * MAX_FRAGMENTS, len(stream))):
        item = stream[position]
        if isinstance(item, Row):
            slots.extend(item.slots)
        elif not is_loose_piece(item):
            if item.text.strip():
                return None
        elif read_number(item.text) is not None:
            slots.append(paragraph_slot(item))
        else:
            slots[-1] = extended(slots[-1], item.text)
        if len(slots) >= width:
            break
    else:
        return None
    if len(slots) != width:
        return None
    return Row(first.table, first.index, tuple(slots)), position + 1


def row_below(stream: Sequence[Item], position: int) -> Row | None:
    """Return the row that follows a position, or None where a paragraph or nothing does."""
    following = stream[position + 1] if position + 1 < len(stream) else None
    return following if isinstance(following, Row) else None


def is_grid(stream: Sequence[Item], position: int) -> bool:
    """Tell whether the rows of a table from a position on all have as many cells, and are several.

    The pieces of a torn row do not: such a table is one of its own.
    """
    first = stream[position]
    assert isinstance(first, Row)
    rows = itertools.takewhile(
        lambda item: isinstance(item, Row) and item.table.index == first.table.index,
        stream[position : position + MAX_FRAGMENTS],
    )
    widths = [len(row.slots) for row in rows if isinstance(row, Row)]
    return len(widths) > 1 and len(set(widths)) == 1


class Mender:
    """Puts torn rows of one stream together and knows which cells are spent by that."""

    def __init__(self, stream: Sequence[Item]) -> None:
        self._stream = stream
        self._spent: set[int] = set()

    def spend(self, slots: Iterable[Slot]) -> None:
        """Mark cells as read: where a file lets them run on downwards they say nothing."""
        self._spent.update(id(slot.cell) for slot in slots)

    def uncovered(self, row: Row) -> Row:
        """Return a row without what spent cells lay over it."""
        return uncovered(row, self._spent)

    def mended(self, row: Row, position: int, width: int) -> tuple[Row, int] | None:
        """Return a torn row as a whole, and the position after it; None where it is not torn."""
        if len(row.slots) >= width:
            return None
        mended = mend(self._stream, position, width)
        if mended is None:
            return None
        whole, after = mended
        whole = self.uncovered(whole)
        self.spend(slot for slot in whole.slots if slot.own)
        return whole, after


def paragraph_slot(paragraph: Paragraph) -> Slot:
    """A cell that the file holds as a paragraph, because its row has no other."""
    cell = Cell(paragraph.text, -1, -1, paragraph.place)
    return Slot(flat(paragraph.text), cell, -1, 1, True)


def extended(slot: Slot, text: str) -> Slot:
    return Slot(slot.text + flat(text), slot.cell, slot.column, slot.width, slot.own)


def extent(slots: Sequence[Slot]) -> tuple[Place, str] | None:
    """Return the place from the first to the last printed cell, and the text between.

    Only cells of one table make one place; its box covers the cells of the first page.
    """
    cells = [s.cell for s in slots if s.cell is not None and s.text]
    if not cells:
        return None
    first = cells[0].place
    if len(cells) == 1:
        return first, cells[0].text
    same = [
        c.place
        for c in cells
        if (c.place.page, c.place.table_index) == (first.page, first.table_index)
    ]
    ends = [p.line_end for p in same if p.line_end is not None]
    starts = [p.line_start for p in same if p.line_start is not None]
    boxed = [p for p in same if p.x0 is not None]
    place = Place(
        page=first.page,
        sheet=first.sheet,
        table_index=first.table_index,
        row_index=first.row_index,
        column_index=first.column_index,
        line_start=min(starts, default=None),
        line_end=max(ends, default=None),
        x0=min((p.x0 for p in boxed if p.x0 is not None), default=None),
        y0=min((p.y0 for p in boxed if p.y0 is not None), default=None),
        x1=max((p.x1 for p in boxed if p.x1 is not None), default=None),
        y1=max((p.y1 for p in boxed if p.y1 is not None), default=None),
    )
    return place, "\t".join(s.text for s in slots if s.text)
