"""Scans that lie on their side or upside down (旋转的扫描页): which way up?

A page is turned only where it reads badly as it lies and plainly better turned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

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
