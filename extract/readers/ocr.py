"""Text recognition behind one small seam (文字识别): a picture in, lines of text out.

What an engine is, which ones there are and whether one is installed. Recognition is an
optional extra (``make ocr``): nothing here imports it before it is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]
    """A picture as rows of grey levels; 0 is black."""

PixelBox = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels from the top left corner of a picture."""

ENGINE_VARIABLE = "OCR_ENGINE"
"""Environment variable that names the engine: ``rapidocr`` (default) or ``faster-paddle``."""


class TextLine(NamedTuple):
    """A line of text in a picture. ``confidence`` is from 0 (a guess) to 1."""

    box: PixelBox
    text: str
    confidence: float


class Engine(Protocol):
    """Reads the text of a picture."""

    def lines(self, picture: Gray, ink: Sequence[PixelBox]) -> list[TextLine]:
        """Return the lines of text of an upright picture.

        ``ink`` tells where lines stand as far as the ink shows it; an engine that finds
        lines by itself need not follow it.
        """


def is_installed() -> bool:
    """Tell whether the chosen engine and what every engine needs are installed."""
    needed = ("cv2", "numpy", *_ENGINES[_chosen()][0])
    return all(find_spec(module) is not None for module in needed)


@cache
def engine() -> Engine:
    """Load the chosen engine once per process. Raises ImportError where it is missing."""
    return _ENGINES[_chosen()][1]()


def _chosen() -> str:
    name = os.environ.get(ENGINE_VARIABLE) or "rapidocr"
    if name not in _ENGINES:
        raise ValueError(f"{ENGINE_VARIABLE} is none of {', '.join(_ENGINES)}")
    return name


def _rapid() -> Engine:
    from extract.readers.ocr_rapid import RapidEngine

    return RapidEngine()


def _faster() -> Engine:
    from extract.readers.ocr_faster import FasterEngine

    return FasterEngine()


_ENGINES: dict[str, tuple[tuple[str, ...], Callable[[], Engine]]] = {
    "rapidocr": (("rapidocr", "onnxruntime"), _rapid),
    "faster-paddle": (("faster_paddle",), _faster),
}

ENGINES = tuple(_ENGINES)
"""Names of the engines, the default first."""
