"""The default recogniser (默认识别引擎): the models of rapidocr, line by line.

The package brings its models in its wheel, so no network is needed. Lines are found by
their ink and read in batches of like width, which is several times faster than to look
for them with a model and to pad each to the same width. A line with a figure that leaves
a doubt is read again, smaller and softened: figures that then differ are a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import cv2
import numpy as np

from extract.readers.ocr import PixelBox, TextLine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extract.readers.ocr import Gray

_MODEL = "models/PP-OCRv6_rec_small.onnx"
_HEIGHT = 48
"""Of a line as the model wants it, in pixels."""
_MAX_WIDTH = 3200
_STEP = 32
_BATCH = 4
_BEYOND_DOUBT = 0.999
"""A line whose figures are all read with this confidence is not read again."""
_MARGIN = 0.12
"""White around the ink that a line is cut out with, in parts of its height."""
_SECOND_MARGIN = 0.22
_FIGURE_CHARS = frozenset("0123456789.,-－−—%")
_AMOUNT = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d")
"""Where a figure begins that is no year."""
_FIGURE = re.compile(r"[-−—]?[\d.,]+")


class RapidEngine:
    """Reads lines with rapidocr's recognition model. Raises ImportError without it."""

    def __init__(self) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # Workers share the cores: a thread that waits must not keep one busy.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        model = files("rapidocr").joinpath(_MODEL).read_bytes()
        self._session = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"]
        )
        listed = self._session.get_modelmeta().custom_metadata_map["character"]
        self._characters = ["", *listed.splitlines(), " "]
        self._input = self._session.get_inputs()[0].name

    def lines(self, picture: Gray, ink: Sequence[PixelBox]) -> list[TextLine]:
        """Read each line of ink; lines that read as nothing are left out."""
        first = self._read([_cut(picture, box, _MARGIN) for box in ink])
        again = [
            i
            for i, (text, confidence) in enumerate(first)
            if confidence < _BEYOND_DOUBT and any(c.isdigit() for c in text)
        ]
        second = self._read(
            [cv2.GaussianBlur(_cut(picture, ink[i], _SECOND_MARGIN), (3, 3), 0) for i in again]
        )
        for i, (text, confidence) in zip(again, second, strict=True):
            same = _figures(text) == _figures(first[i][0])
            first[i] = (first[i][0], max(first[i][1], confidence) if same else 0.0)
        return [
            TextLine(box, text, confidence)
            for box, (text, confidence) in zip(ink, first, strict=True)
            if text.strip()
        ]

    def _read(self, cuts: Sequence[Gray]) -> list[tuple[str, float]]:
        """Text and confidence of each line that was cut out."""
        widths = [
            min(_MAX_WIDTH, max(_STEP, round(cut.shape[1] * _HEIGHT / cut.shape[0])))
            for cut in cuts
        ]
        order = sorted(range(len(cuts)), key=widths.__getitem__)
        found: list[tuple[str, float]] = [("", 0.0)] * len(cuts)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            width = -(-widths[batch[-1]] // _STEP) * _STEP
            data = np.zeros((len(batch), 3, _HEIGHT, width), np.float32)
            for row, i in enumerate(batch):
                scaled = cv2.resize(
                    cuts[i], (widths[i], _HEIGHT), interpolation=cv2.INTER_AREA
                    if cuts[i].shape[0] > _HEIGHT else cv2.INTER_LINEAR
                )  # fmt: skip
                data[row, :, :, : widths[i]] = scaled.astype(np.float32) / 127.5 - 1.0
            scores = self._session.run(None, {self._input: data})[0]
            for row, i in enumerate(batch):
                found[i] = self._decoded(scores[row])
        return found

    def _decoded(self, scores: NDArray[Any]) -> tuple[str, float]:
        """The text of the best path and the probability of its least certain character.

        In a line with figures only their characters count; in one with none but years, such
        as a title, its words do, too. Which bracket or comma a word stands beside is often
        doubtful, and of no consequence.
        """
        best = scores.argmax(axis=1)
        worth = scores[np.arange(len(best)), best]
        starts = np.flatnonzero((best != 0) & (best != np.concatenate(([0], best[:-1]))))
        if not len(starts):
            return "", 0.0
        text = "".join(self._characters[best[i]] for i in starts)
        counts = _FIGURE_CHARS.__contains__ if _AMOUNT.search(text) else str.isalnum
        telling = [i for i, char in zip(starts, text, strict=True) if counts(char)]
        return text, float(worth[telling or starts].min())


def _figures(text: str) -> list[str]:
    return _FIGURE.findall(normalize("NFKC", text))


def _cut(picture: Gray, box: PixelBox, margin: float) -> Gray:
    """The line with a margin, white where the margin leaves the picture."""
    x0, y0, x1, y1 = box
    room = max(2, round((y1 - y0) * margin))
    height, width = picture.shape
    inside = picture[
        max(0, y0 - room) : min(height, y1 + room), max(0, x0 - room) : min(width, x1 + room)
    ]
    return inside
