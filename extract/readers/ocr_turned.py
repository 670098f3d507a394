"""Scans that lie on their side or upside down (旋转的扫描页): which way up, and the way back.

A page is turned only where it reads badly as it lies and plainly better turned. Places are
given on the page as it lies, so that they are found again there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from extract.document import Block, Paragraph, Place
from extract.readers.ocr import Engine, TextLine
from extract.readers.ocr_ink import Ink, ink_of

if TYPE_CHECKING:
    from extract.readers.ocr import Gray

_WIDE = 1.5
_FEW_WIDE = 0.4
"""Of the lines of ink: on a page on its side they are single characters."""
_POOR = 0.7
"""Mean confidence, by characters, that a page upside down stays below."""
_SAMPLE = 24
_BETTER = 1.5
"""How many times as much a turned page must give to be believed."""


class Turn(NamedTuple):
    """A page that was turned: quarter turns to the left, and its size as it lay, in points."""

    quarters: int
    width: float
    height: float

    def back(self, place: Place) -> Place:
        """Return the place on the page as it lay."""
        if None in (place.x0, place.y0, place.x1, place.y1):
            return place
        corners = [self._point(place.x0, place.y0), self._point(place.x1, place.y1)]
        (x0, x1), (y0, y1) = (sorted(values) for values in zip(*corners, strict=True))
        return replace(place, x0=round(x0, 2), y0=round(y0, 2), x1=round(x1, 2), y1=round(y1, 2))

    def _point(self, x: float | None, y: float | None) -> tuple[float, float]:
        assert x is not None
        assert y is not None
        if self.quarters == 1:
            return self.width - y, x
        if self.quarters == 2:
            return self.width - x, self.height - y
        return y, self.height - x


def looks_turned(ink: Ink, lines: Sequence[TextLine]) -> bool:
    """Tell whether a page may lie on its side or upside down, by how it was read."""
    if not ink.lines:
        return False
    wide = sum(x1 - x0 > _WIDE * (y1 - y0) for x0, y0, x1, y1 in ink.lines)
    chars = sum(len(line.text) for line in lines)
    return wide < _FEW_WIDE * len(ink.lines) or _read_well(lines) < _POOR * chars


def turns_of(picture: Gray, engine: Engine) -> int:
    """Return by how many quarter turns to the left the picture reads best; 0 as it lies."""
    worth = [_worth(picture, quarters, engine) for quarters in range(4)]
    best = max(range(4), key=worth.__getitem__)
    return best if worth[best] > _BETTER * worth[0] else 0


def turned(picture: Gray, quarters: int) -> Gray:
    """Turn a picture to the left."""
    return np.ascontiguousarray(np.rot90(picture, quarters))


def _worth(picture: Gray, quarters: int, engine: Engine) -> float:
    """How many characters of the longest lines are read, each as sure as it is."""
    ink = ink_of(turned(picture, quarters))
    longest = sorted(ink.lines, key=lambda box: box[0] - box[2])[:_SAMPLE]
    return _read_well(engine.lines(ink.picture, longest)[:_SAMPLE])


def _read_well(lines: Iterable[TextLine]) -> float:
    return sum(line.confidence * len(line.text) for line in lines)


def turned_back(blocks: Iterable[Block], turns: Mapping[int, Turn]) -> list[Block]:
    """Give the places of blocks on turned pages as the pages lay; ``turns`` are by page."""

    def back(place: Place) -> Place:
        turn = turns.get(place.page or 0)
        return place if turn is None else turn.back(place)

    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            spans = tuple(replace(span, place=back(span.place)) for span in block.spans)
            out.append(replace(block, place=back(block.place), spans=spans))
        else:
            cells = tuple(replace(cell, place=back(cell.place)) for cell in block.cells)
            out.append(replace(block, place=back(block.place), cells=cells))
    return out
