"""PDF with ruled tables that run over pages under a repeated header.

The font is a CID font that viewers bring themselves, so no font file is needed and the
bytes are the same everywhere.
"""

from __future__ import annotations

import io
from functools import cache

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.factory.blocks import Cell, Disclosure, Fact, PageBreak, Paragraph, Table
from benchmarks.factory.writers import Printing, Spot, Written

FONT = "STSong-Light"
MARGIN = 42.0
PADDING = 13.0
"""Room in a row above and below its lines, in points."""
_SIZES = {"title": 18.0, "heading": 12.0, "caption": 14.0, "right": 9.0, "note": 9.0, "body": 10.5}


@cache
def _register() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@cache
def _width(character: str) -> float:
    return pdfmetrics.stringWidth(character, FONT, 1)


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break text into printed lines no wider than ``width`` points."""
    lines: list[str] = []
    for part in text.split("\n"):
        line, used = "", 0.0
        for character in part:
            step = _width(character) * size
            if line and used + step > width:
                lines.append(line)
                line, used = "", 0.0
            line += character
            used += step
        lines.append(line)
    return lines


class _Page:
    """A canvas with a cursor: writes downwards, opens pages, counts them."""

    def __init__(self, title: str) -> None:
        self.width, self.height = landscape(A4)
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, (self.width, self.height), invariant=1, pageCompression=0)
        self.canvas.setTitle(title)
        self.number = 1
        self.y = self.height - MARGIN
        self.facts: list[tuple[Fact, Spot]] = []

    def turn(self) -> None:
        """Number the page at its foot and open the next one."""
        self.canvas.setFont(FONT, 9)
        self.canvas.drawCentredString(self.width / 2, 22, f"- {self.number} -")
        self.canvas.showPage()
        self.number += 1
        self.y = self.height - MARGIN

    def paragraph(self, block: Paragraph) -> None:
        size = _SIZES[block.style]
        indent = size * 2 if block.style == "body" else 0.0
        text = block.text
        room = self.width - 2 * MARGIN
        first = wrap(text, room - indent, size)[0]
        lines = [first, *(wrap(text[len(first) :], room, size) if len(first) < len(text) else [])]
        pages: list[int] = []
        for index, line in enumerate(lines):
            if self.y - size * 1.6 < MARGIN:
                self.turn()
            pages += [self.number] * len(line)
            self.y -= size * 1.6
            self.canvas.setFont(FONT, size)
            if block.style in ("title", "caption"):
                self.canvas.drawCentredString(self.width / 2, self.y, line)
            elif block.style == "right":
                self.canvas.drawRightString(self.width - MARGIN, self.y, line)
            else:
                self.canvas.drawString(MARGIN + (indent if index == 0 else 0), self.y, line)
        at = 0
        for piece in block.pieces:
            if isinstance(piece, Fact):
                self.facts.append((piece, Spot(page=pages[at])))
            at += len(piece if isinstance(piece, str) else piece.text)

    def table(self, table: Table) -> None:
        room = self.width - 2 * MARGIN
        scale = room / sum(table.widths)
        widths = [w * scale for w in table.widths]
        size = 9.0 if len(widths) <= 9 else 7.0
        heights = _heights(table, widths, size)
        self.y -= 6
        start = 0
        while start < len(table.rows):
            rows = list(range(table.header_rows)) if start else []
            used = sum(heights[r] for r in rows)
            end = start
            while end < len(table.rows) and used + heights[end] <= self.y - MARGIN:
                used += heights[end]
                end += 1
            if end == start or (start == 0 and end <= table.header_rows < len(table.rows)):
                if self.y < self.height - MARGIN - 1:
                    self.turn()
                    continue
                end = start + 1
            self._part(table, [*rows, *range(start, end)], widths, heights, size, start)
            start = end
            if start < len(table.rows):
                self.turn()
        self.y -= 6

    def _part(
        self,
        table: Table,
        rows: list[int],
        widths: list[float],
        heights: list[float],
        size: float,
        start: int,
    ) -> None:
        """Draw the rows that share one page; spans are cut at its edge."""
        shown: dict[tuple[int, int], tuple[int, Cell]] = {}
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                if cell is None:
                    continue
                inside = [i for i in rows if r <= i < r + cell.row_span]
                if inside:
                    shown[inside[0], c] = (r, cell)
        top = {}
        y = self.y
        for r in rows:
            top[r] = y
            y -= heights[r]
        left = [MARGIN + sum(widths[:c]) for c in range(len(widths) + 1)]
        for (r, c), (origin, cell) in shown.items():
            spanned = [i for i in rows if origin <= i < origin + cell.row_span and i >= r]
            height = sum(heights[i] for i in spanned)
            width = left[c + cell.column_span] - left[c]
            self.canvas.rect(left[c], top[r] - height, width, height)
            if origin != r:
                continue
            lines = wrap(cell.text, width - 4, size)
            base = top[r] - (height - len(lines) * size * 1.25) / 2 - size
            self.canvas.setFont(FONT, size)
            for index, line in enumerate(lines):
                x = left[c] + 2
                slack = width - 4 - sum(_width(ch) for ch in line) * size
                if cell.fact is not None:
                    x += slack
                elif origin < table.header_rows:
                    x += slack / 2
                self.canvas.drawString(x, base - index * size * 1.25, line)
            if cell.fact is not None and origin >= start:
                self.facts.append((cell.fact, Spot(page=self.number)))
        self.y = y


def _heights(table: Table, widths: list[float], size: float) -> list[float]:
    heights = [size * 1.25 + PADDING] * len(table.rows)
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            lines = len(wrap(cell.text, sum(widths[c : c + cell.column_span]) - 4, size))
            need = (lines * size * 1.25 + PADDING) / cell.row_span
            for i in range(r, r + cell.row_span):
                heights[i] = max(heights[i], need)
    return heights


def write(disclosure: Disclosure, _printing: Printing) -> Written:
    """Write landscape A4 pages; every statement starts a page."""
    _register()
    page = _Page(disclosure.title)
    for block in disclosure.blocks:
        if isinstance(block, PageBreak):
            if page.y < page.height - MARGIN - 1:
                page.turn()
        elif isinstance(block, Paragraph):
            page.paragraph(block)
        else:
            page.table(block)
    page.turn()
    page.canvas.save()
    return Written(page.out.getvalue(), tuple(page.facts))
