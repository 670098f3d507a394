"""The one type that every reader returns: a document as a sequence of blocks (文档).

A reader knows a file format and nothing about budgets; recognition knows budgets
and nothing about file formats. These types are the seam between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

ExtractionMethod = Literal["text", "pdf_text", "ocr", "office", "html"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed.

    Pages and lines count from 1 as a person would; table, row and column indexes
    and character offsets count from 0. Boxes are PDF points from the top left
    corner. What a format does not have is None.
    """

    page: int | None = None
    sheet: str | None = None
    table_index: int | None = None
    row_index: int | None = None
    column_index: int | None = None
    line_start: int | None = None
    line_end: int | None = None
    char_start: int | None = None
    char_end: int | None = None
    x0: float | None = None
    y0: float | None = None
    x1: float | None = None
    y1: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, with its own text only.

    A merged cell appears once, at its top left position, with its spans;
    the positions it covers hold no cell. ``text`` is what is printed, with ``\\n``
    between the lines of the cell.
    """

    text: str
    row: int
    column: int
    place: Place
    row_span: int = 1
    column_span: int = 1
    confidence: float | None = None
    """From 0 to 1 where the text was recognised in a picture; None where it was read."""


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells (表格), as one physical table of the file.

    ``index`` counts the tables of the document from 0. ``cells`` are in reading
    order. A table that runs over pages may arrive as several ``Table`` blocks;
    joining them is recognition's work, because only headers tell.
    """

    index: int
    n_rows: int
    n_columns: int
    cells: tuple[Cell, ...]
    place: Place

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the cells of each row, left to right; a row may be empty."""
        by_row: list[list[Cell]] = [[] for _ in range(self.n_rows)]
        for cell in self.cells:
            by_row[cell.row].append(cell)
        yield from by_row


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a paragraph that was printed in one line."""

    char_start: int
    char_end: int
    place: Place
    confidence: float | None = None
    """As for a cell."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose or a heading (段落).

    Printed lines that belong to one paragraph are joined in ``text`` without any
    separator, so that a number broken over two lines is whole again; ``spans``
    lead from each character back to its printed line.
    """

    text: str
    place: Place
    spans: tuple[Span, ...] = ()

    def place_of(self, start: int, end: int) -> Place:
        """Return the place of the characters ``start`` to ``end`` of the text.

        Lines (and boxes, where there are any) cover exactly the printed lines that
        the characters stand on; offsets are those in the paragraph.
        """
        hit = [s.place for s in self.spans if s.char_start < end and start < s.char_end]
        if not hit:
            hit = [self.place]
        first, last = hit[0], hit[-1]
        boxes = [p for p in hit if p.x0 is not None and p.page == first.page]
        return Place(
            page=first.page,
            sheet=first.sheet,
            line_start=first.line_start,
            line_end=last.line_end,
            char_start=start,
            char_end=end,
            x0=min((p.x0 for p in boxes if p.x0 is not None), default=None),
            y0=min((p.y0 for p in boxes if p.y0 is not None), default=None),
            x1=max((p.x1 for p in boxes if p.x1 is not None), default=None),
            y1=max((p.y1 for p in boxes if p.y1 is not None), default=None),
        )


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page was turned to be read: quarter turns to the left, its size before in points."""

    quarters: int
    width: float
    height: float

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the upright page is on the page as it lies."""
        if self.quarters == 1:
            return self.width - y, x
        if self.quarters == 2:
            return self.width - x, self.height - y
        return y, self.height - x


@dataclass(frozen=True, slots=True)
class PageReading:
    """How many pages of a document one engine read, and why it and no faster one."""

    engine: str
    """Name of the engine; ``none`` for pages that could not be read."""
    reason: str | None
    """Why the fast engine was not trusted with them; None where it read them."""
    pages: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its blocks in reading order (已读文档).

    ``key`` is the sha256 of the bytes in hex; the name of a member of an archive begins with
    that of the archive. ``notes`` are codes of
    ``layouts/reasons.csv`` for what the reader met and survived, each with a detail,
    such as a page without a text layer beside pages that have one.
    """

    key: str
    file_name: str
    media_type: str
    extraction_method: ExtractionMethod
    blocks: tuple[Block, ...]
    page_count: int | None = None
    encoding: str | None = None
    notes: tuple[tuple[str, str], ...] = field(default=())
    turns: Mapping[int, Turn] = field(default_factory=dict)
    """Pages that were turned; places on them are those of the upright page."""
    readings: tuple[PageReading, ...] = ()
    """The pages of a PDF by engine and reason; empty for other formats."""

    @property
    def own_name(self) -> str:
        """The file name without the archive that the file lay in."""
        return self.file_name.rpartition("/")[2]

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in reading order."""
        return tuple(b for b in self.blocks if isinstance(b, Table))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs, in reading order."""
        return tuple(b for b in self.blocks if isinstance(b, Paragraph))
