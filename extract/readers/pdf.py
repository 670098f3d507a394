"""PDF: ruled tables by their lines, the rest as paragraphs (PDF 读取).

Works on :class:`~extract.readers.pdf_page.Page` only, so that any engine gives the same
cells; what a table is, :mod:`extract.readers.pdf_tables` says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.document import PageReading, Place
from extract.readers.blocks import Blocks, Line
from extract.readers.borderless import Borderless
from extract.readers.grid import Spanned, add_grid
from extract.readers.ocr_scans import Scans
from extract.readers.pdf_engine import pages
from extract.readers.pdf_lines import PrintedLine, printed_lines
from extract.readers.pdf_open_cells import with_open_cells
from extract.readers.pdf_page import BROKEN, Box, Char, Page
from extract.readers.pdf_tables import CharsByCell, Frame, find_frames

_TOLERANCE = 3.0
_PAGE_NUMBER = re.compile(
    r"\s*[-—–－·~第]*\s*\d{1,4}\s*[-—–－·~页]*\s*|\s*\d{1,4}\s*/\s*\d{1,4}\s*"
)
_FEW_CHARS = 10
_NONE = "none"
_NEW_ITEM = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}[、．]|第[一二三四五六七八九十]{1,3}部分)"
)
_SENTENCE_END = re.compile(r"[。；：:;！？…\d]\s*$|\.{4}|…{2}")


def read_pdf(data: bytes, blocks: Blocks) -> PdfRead:
    """Read a PDF into ``blocks``; pages that are pictures are recognised, where that can be."""
    count = 0
    unreadable: list[int] = []
    readings: Counter[tuple[str, str]] = Counter()
    reader, scans = PageReader(blocks), Scans(data)
    for page in pages(data, blocks.limits):
        count += 1
        read: Page | None = page
        if len(page.chars) < _FEW_CHARS and page.image_share > 0.3:
            read = scans.pdf_page(page.number)
        elif (page.has_pictures or page.image_share > 0.5) and scans.is_layered(page.number):
            read = scans.layered_page(page)
        readings[(read.engine, read.doubt) if read else (_NONE, "scan")] += 1
        if read is None:
            unreadable.append(page.number)
        elif read.chars:
            reader.add(read)
    reader.finish()
    if not blocks.items:
        raise scans.unreadable(f"none of the {count} pages has a text layer")
    if unreadable:
        listed = ", ".join(str(n) for n in unreadable[:20])
        blocks.note(scans.note_code(), f"{len(unreadable)} of {count} pages: {listed}")
    if broken := [(why, n) for (_, why), n in readings.items() if why.startswith(BROKEN)]:
        first = broken[0][0].removeprefix(BROKEN)
        blocks.note("PDF_IRREGULAR", f"{sum(n for _, n in broken)} of {count} pages: {first}")
    scans.mark(blocks)
    counted = tuple(
        PageReading(engine, doubt or None, pages) for (engine, doubt), pages in readings.items()
    )
    return PdfRead(count, scans.count == count - len(unreadable), counted)


class PdfRead(NamedTuple):
    """What is known of a PDF besides its blocks."""

    page_count: int
    is_scan: bool
    """True where every page that was read is a picture."""
    readings: tuple[PageReading, ...]


class PageReader:
    """Adds pages, in their order, to the blocks of a document."""

    def __init__(self, blocks: Blocks) -> None:
        self._prose, self._tables = _Prose(blocks), _Tables(blocks)
        self._borderless = Borderless()

    def add(self, page: Page) -> None:
        """Add the tables and paragraphs of a page."""
        _read_page(page, self._tables, self._prose, self._borderless)

    def finish(self) -> None:
        """End the paragraph that is open."""
        self._prose.flush()


def _read_page(page: Page, tables: _Tables, prose: _Prose, borderless: Borderless) -> None:
    frames = with_open_cells(find_frames(page.verticals, page.horizontals), page.verticals)
    inside, outside = _divided(page.chars, frames)
    unruled = borderless.frames(page, outside, frames)
    if unruled:
        frames = sorted([*frames, *unruled], key=lambda frame: frame.box[1])
        inside, outside = _divided(page.chars, frames)
    lines = [line for line in printed_lines(outside) if not _is_page_number(line, page)]
    margins = _margins(lines, page)
    for frame, chars in zip(frames, inside, strict=True):
        above = [line for line in lines if line.bottom <= frame.box[1] + _TOLERANCE]
        lines = [line for line in lines if line.bottom > frame.box[1] + _TOLERANCE]
        if above:
            tables.interrupt()
        prose.add(above, page, margins)
        prose.flush()
        tables.add(frame, chars, page)
    if lines:
        tables.interrupt()
    prose.add(lines, page, margins)


def _divided(chars: Sequence[Char], frames: Sequence[Frame]) -> tuple[list[list[Char]], list[Char]]:
    """The characters inside each frame, and those in none."""
    inside: list[list[Char]] = [[] for _ in frames]
    outside: list[Char] = []
    boxes = [(*frame.box, held) for frame, held in zip(frames, inside, strict=True)]
    for char in chars:
        _, x0, top, x1, bottom, _ = char
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        for left, upper, right, lower, held in boxes:
            if left <= x < right and upper <= y < lower:
                held.append(char)
                break
        else:
            outside.append(char)
    return inside, outside


class _Tables:
    """Adds the ruled tables and remembers the columns of one that may go on."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._columns: list[float] = []
        self._page = 0

    def interrupt(self) -> None:
        """Say that prose follows: the next table is no continuation."""
        self._columns = []

    def add(self, frame: Frame, chars: Sequence[Char], page: Page) -> None:
        """Add a table with the characters inside its frame."""
        columns = self._columns_of(frame, page)
        rows = _steps(y for box in frame.cells for y in (box[1], box[3]))
        placed = CharsByCell(chars).of(frame.cells)
        grid: list[list[Spanned]] = [[] for _ in range(len(rows) - 1)]
        for box, inside in placed.items():
            row, column = _step(rows, box[1]), _step(columns, box[0])
            grid[row].append(
                Spanned(
                    "\n".join(line.text for line in printed_lines(inside)),
                    column,
                    max(1, _step(columns, box[2]) - column),
                    max(1, _step(rows, box[3]) - row),
                    _place(page.number, box),
                )
            )
        for cells in grid:
            cells.sort(key=lambda cell: cell.column)
        add_grid(grid, self._blocks, _place(page.number, frame.box))

    def _columns_of(self, frame: Frame, page: Page) -> list[float]:
        """The column edges of the frame, or those of the table that it goes on with.

        A last page may hold nothing but the row of totals, whose label is merged: its
        few edges are all edges of the table before, which alone knows the columns.
        """
        own = _steps(x for box in frame.cells for x in (box[0], box[2]))
        known = self._columns
        goes_on = (
            page.number == self._page + 1
            and len(own) < len(known)
            and all(min(abs(x - k) for k in known) <= _TOLERANCE for x in own)
            and abs(own[0] - known[0]) <= _TOLERANCE
            and abs(own[-1] - known[-1]) <= _TOLERANCE
        )
        self._columns, self._page = known if goes_on else own, page.number
        return self._columns


def _steps(values: Iterable[float]) -> list[float]:
    """Distinct positions, those nearer than the tolerance taken as one."""
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > _TOLERANCE:
            steps.append(value)
    return steps


def _step(steps: Sequence[float], value: float) -> int:
    """The nearest of the steps, which rise."""
    if len(steps) < 2:
        return 0
    after = bisect_left(steps, value, 1, len(steps) - 1)
    return after - (value - steps[after - 1] <= steps[after] - value)


def _place(page: int, box: Box) -> Place:
    x0, y0, x1, y1 = (round(v, 2) for v in box)
    return Place(page=page, x0=x0, y0=y0, x1=x1, y1=y1)


def _is_page_number(line: PrintedLine, page: Page) -> bool:
    edge = line.bottom > 0.9 * page.height or line.top < 0.08 * page.height
    return edge and _PAGE_NUMBER.fullmatch(line.text) is not None


def _margins(lines: Sequence[PrintedLine], page: Page) -> tuple[float, float]:
    """Left and right end of the text on this page."""
    if not lines:
        return 0.0, page.width
    return min(line.x0 for line in lines), max(line.x1 for line in lines)


class _Prose:
    """Joins printed lines to paragraphs, over page ends too."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._open: list[Line] = []
        self._last: PrintedLine | None = None
        self._full = False
        self._page = 0

    def add(self, lines: Sequence[PrintedLine], page: Page, margins: tuple[float, float]) -> None:
        """Add lines of a page in reading order."""
        left, right = margins
        for line in lines:
            if not self._continues(line, page, left):
                self.flush()
            self._open.append(Line(line.text, line.place(page.number)))
            self._last, self._page = line, page.number
            self._full = line.x1 > 0.6 * page.width and (
                line.x1 > right - self._room(line, left, right)
            )

    def _room(self, line: PrintedLine, left: float, right: float) -> float:
        """How far from the right margin a line may end and still be full.

        A figure or a word in brackets does not break, so a line inside a sentence, or
        one of an indented paragraph, may end early.
        """
        first = self._open[0].place.x0 or 0.0
        if first > left + 0.7 * line.size:
            return 0.2 * (right - left)
        return (1.1 if _SENTENCE_END.search(line.text) else 6.0) * line.size

    def _continues(self, line: PrintedLine, page: Page, left: float) -> bool:
        """A line at the left margin goes on where the line before ran to the right one."""
        last = self._last
        if last is None or not self._full or line.x0 > left + 0.7 * line.size:
            return False
        if _NEW_ITEM.match(line.text) and not last.text.endswith(("，", "、", ",")):
            return False
        if abs(line.size - last.size) > 0.2 * max(line.size, last.size):
            return False
        if page.number != self._page:
            return True
        return line.top - last.bottom < 2.0 * last.size

    def flush(self) -> None:
        """End the paragraph that is open."""
        if self._open:
            self._blocks.paragraph(self._open, may_go_on=True)
        self._open, self._last, self._full = [], None, False
