"""A scanned page as a page like any other (扫描页): characters, rulings, confidence.

What was recognised is put in the form that PDF engines give, so that one set of rules
makes tables and paragraphs of both; how sure each line is, is kept beside it and put
on cells and spans when they exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from extract.document import Block, Paragraph, Place, Table, Turn
from extract.readers.ocr import TextLine, engine
from extract.readers.ocr_ink import Ink, ink_of
from extract.readers.ocr_turned import looks_turned, turned, turns_of
from extract.readers.pdf_page import Char, Page

if TYPE_CHECKING:
    from extract.readers.ocr import Gray

NAME = "ocr"
_POINTS_PER_INCH = 72.0
_FEW = 3
_SLACK = 1.5
"""Points by which the middle of a line may lie outside the box of its cell."""


class Mark(NamedTuple):
    """The middle of a recognised line in points, and how sure its text is."""

    x: float
    y: float
    confidence: float


class Scan(NamedTuple):
    """A recognised page, upright, and its marks."""

    page: Page
    marks: list[Mark]
    turn: Turn | None = None
    """How the page had to be turned."""


def recognise_page(picture: Gray, number: int, dots_per_inch: float) -> Scan:
    """Recognise a picture of a page. Raises ImportError where no engine is installed."""
    ink = ink_of(picture)
    lines = engine().lines(ink.picture, ink.lines)
    quarters = turns_of(picture, engine()) if looks_turned(ink, lines) else 0
    if not quarters:
        return scan_of(ink, lines, number, dots_per_inch)
    height, width = (side * _POINTS_PER_INCH / dots_per_inch for side in picture.shape)
    ink = ink_of(turned(picture, quarters))
    scan = scan_of(ink, engine().lines(ink.picture, ink.lines), number, dots_per_inch)
    return scan._replace(turn=Turn(quarters, width, height))


def scan_of(ink: Ink, lines: Sequence[TextLine], number: int, dots_per_inch: float) -> Scan:
    """Put lines and rulings of a picture into a page, measured in points."""
    scale = _POINTS_PER_INCH / dots_per_inch
    height, width = ink.picture.shape
    chars = [char for line in lines for char in _characters(line, scale)]
    return Scan(
        Page(
            number=number,
            width=width * scale,
            height=height * scale,
            chars=chars,
            verticals=[(p * scale, a * scale, b * scale) for p, a, b in ink.verticals],
            horizontals=[(p * scale, a * scale, b * scale) for p, a, b in ink.horizontals],
            image_share=1.0,
            engine=NAME,
            doubt="scan",
        ),
        [
            Mark((box[0] + box[2]) / 2 * scale, (box[1] + box[3]) / 2 * scale, confidence)
            for box, _, confidence in lines
        ],
    )


def _characters(line: TextLine, scale: float) -> list[Char]:
    """The characters side by side in the box of their line, ASCII half as wide."""
    x0, top, x1, bottom = (value * scale for value in line.box)
    shares = [0.5 if char.isascii() else 1.0 for char in line.text]
    step = (x1 - x0) / sum(shares)
    # The type is as large as its characters are wide; their ink is of any height.
    size = step if len(line.text) > _FEW else bottom - top
    ends = list(accumulate(shares, initial=0.0))
    return [
        Char(char, x0 + ends[i] * step, top, x0 + ends[i + 1] * step, bottom, size)
        for i, char in enumerate(line.text)
        if not char.isspace()
    ]


def with_confidence(blocks: Iterable[Block], marks: dict[int, list[Mark]]) -> list[Block]:
    """Put the confidence of each recognised line on the cells and spans it stands in.

    ``marks`` are by page. A cell with several lines is as sure as the least of them;
    one with text but without a mark is not sure at all.
    """
    sorted_marks = {page: _Marks(found) for page, found in marks.items()}
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and block.place.page in sorted_marks:
            found = sorted_marks[block.place.page]
            cells = tuple(
                replace(cell, confidence=found.within(cell.place)) if cell.text else cell
                for cell in block.cells
            )
            out.append(replace(block, cells=cells))
        elif isinstance(block, Paragraph):
            spans = tuple(
                replace(span, confidence=sorted_marks[span.place.page].within(span.place))
                if span.place.page in sorted_marks
                else span
                for span in block.spans
            )
            out.append(replace(block, spans=spans))
        else:
            out.append(block)
    return out


class _Marks:
    """Marks of a page, to be asked for by place."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._bands: dict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            self._bands[int(mark.y // 10)].append(mark)

    def within(self, place: Place) -> float:
        if place.x0 is None or place.x1 is None or place.y0 is None or place.y1 is None:
            return 0.0
        left, right = place.x0 - _SLACK, place.x1 + _SLACK
        top, bottom = place.y0 - _SLACK, place.y1 + _SLACK
        return min(
            (
                mark.confidence
                for band in range(int(top // 10), int(bottom // 10) + 1)
                for mark in self._bands.get(band, ())
                if left <= mark.x <= right and top <= mark.y <= bottom
            ),
            default=0.0,
        )
