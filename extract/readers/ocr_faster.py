"""An optional faster recogniser (可选的快速引擎): faster-paddle, lines and text in one.

Finds its lines by itself. A line that runs over several boxes of ink may be two cells
read as one: it is a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2

from extract.readers.ocr import PixelBox, TextLine

if TYPE_CHECKING:
    from extract.readers.ocr import Gray

_APART = 3.0
"""Gap between two boxes of ink, in line heights, that no line of text has inside."""


class FasterEngine:
    """Reads pages with faster-paddle. Raises ImportError without it."""

    def __init__(self) -> None:
        from faster_paddle import OcrEngine

        self._engine = OcrEngine()

    def lines(self, picture: Gray, ink: Sequence[PixelBox]) -> list[TextLine]:
        """Return what the engine finds, whatever the ink says."""
        done, data = cv2.imencode(".bmp", picture)
        if not done:
            return []
        found: list[TextLine] = []
        for bound in self._engine.ocr(data.tobytes())["bounds"].values():
            (x0, y0), (x1, y1) = bound["topLeftCoord"], bound["bottomRightCoord"]
            box = (int(x0), int(y0), int(x1), int(y1))
            sure = 0.0 if _spans_cells(box, ink) else float(bound["confidence"])
            if bound["text"].strip():
                found.append(TextLine(box, bound["text"], sure))
        return found


def _spans_cells(box: PixelBox, ink: Sequence[PixelBox]) -> bool:
    """True where boxes of ink far apart from each other lie under one line."""
    middle = (box[1] + box[3]) / 2
    under = sorted(
        (b[0], b[2])
        for b in ink
        if b[1] <= middle <= b[3] and box[0] <= (b[0] + b[2]) / 2 <= box[2]
    )
    gaps = [right[0] - left[1] for left, right in pairwise(under)]
    return max(gaps, default=0) > _APART * (box[3] - box[1])
