"""Ink on a scanned page (图像处理): straighten it, find its rulings and its lines of text.

Geometry of pixels only; what the ink reads as is a recogniser's work.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from extract.readers.ocr import PixelBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extract.readers.ocr import Gray

_MAX_SKEW = 6.0
"""Degrees; a page fed more askew than this is not straightened."""
_FINE_SKEW = 0.05
_RULING = 45
"""A page is so many times as wide as the shortest stroke that is taken for a ruling."""
_ROW_LENGTH = 3
_SURE_LENGTH = 8
"""A horizontal stroke so many times the shortest ruling is no part of a character."""
_MAX_THICKNESS = 9
_MAX_LINES = 6000
"""Of one page; more components than this are noise or an attack, not text."""


class Ruling(NamedTuple):
    """A straight line in pixels: where it stands, where it starts and ends."""

    position: float
    start: float
    end: float


class Ink(NamedTuple):
    """What stands on an upright page."""

    picture: Gray
    verticals: list[Ruling]
    horizontals: list[Ruling]
    lines: list[PixelBox]
    """Boxes of the lines of text; none runs over a vertical ruling."""
    speckle: float
    """Part of the dark components that are too small for print: about 0 when clean."""


def ink_of(picture: Gray) -> Ink:
    """Straighten a picture and find what stands on it."""
    picture = _upright(picture)
    dark = _dark(picture)
    dark, speckle = _without_specks(dark)
    verticals, horizontals, (down, across) = _strokes(dark)
    text = dark & ~cv2.dilate(down | across, np.ones((3, 3), np.uint8))
    return Ink(picture, verticals, horizontals, _text_lines(text, down), speckle)


def _dark(picture: Gray) -> Gray:
    """255 where there is ink, whatever the shade of the paper around it."""
    blurred = cv2.GaussianBlur(picture, (3, 3), 0)
    found = cv2.adaptiveThreshold(
        blurred, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 14
    )
    return np.asarray(found, np.uint8)


def _upright(picture: Gray) -> Gray:
    """Turn the picture by the angle at which its rows of ink stand out most."""
    scale = min(1.0, 1000 / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = _dark(np.asarray(small, np.uint8))
    ys, xs = np.nonzero(dark)
    if len(ys) < 100:
        return picture
    if len(ys) > 60_000:
        step = len(ys) // 60_000 + 1
        ys, xs = ys[::step], xs[::step]
    coarse = max(np.arange(-_MAX_SKEW, _MAX_SKEW + 0.1, 0.4), key=lambda a: _relief(xs, ys, a))
    fine = np.arange(coarse - 0.4, coarse + 0.4, _FINE_SKEW)
    angle = float(max(fine, key=lambda a: _relief(xs, ys, a)))
    if abs(angle) < _FINE_SKEW:
        return picture
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(
        picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,)
    )
    return np.asarray(turned, np.uint8)


def _relief(xs: NDArray[Any], ys: NDArray[Any], angle: float) -> float:
    """How unevenly the ink falls on rows when the page is turned by ``angle`` degrees."""
    slope = math.tan(math.radians(angle))
    rows = np.round(ys - xs * slope).astype(np.int64)
    counts = np.bincount(rows - rows.min())
    return float((counts.astype(np.float64) ** 2).sum())


def _without_specks(dark: Gray) -> tuple[Gray, float]:
    """Drop components of a pixel or three, and tell how many of all they were."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    small = stats[:, cv2.CC_STAT_AREA] <= 3
    small[0] = False
    keep = np.where(small, 0, 255).astype(np.uint8)
    keep[0] = 0
    return keep[labels], float(small.sum()) / max(1, count - 1)


def _strokes(dark: Gray) -> tuple[list[Ruling], list[Ruling], Gray]:
    """Vertical and horizontal rulings, and the ink of the vertical and horizontal ones.

    A vertical stroke that does not run from one horizontal ruling to another is part of
    a large character, and stays text. So does a short horizontal one without a vertical
    stroke at either end: the strokes of neighbours in a title make one.
    """
    length = max(24, min(dark.shape) // _RULING)
    # A ruling that is askew by a fraction of a degree steps aside after some pixels.
    wide = cv2.dilate(dark, np.ones((1, 3), np.uint8))
    high = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    down = cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8)) & dark
    across = cv2.morphologyEx(high, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)) & dark
    # The strokes of a title are as long as the side of a small cell, but never a row's.
    reach = length // 2

    def is_joined(y: float, x0: float, x1: float) -> bool:
        if x1 - x0 >= _SURE_LENGTH * length:
            return True
        rows = slice(max(0, int(y) - reach), int(y) + reach + 1)
        return all(down[rows, max(0, int(x) - reach) : int(x) + reach + 1].any() for x in (x0, x1))

    horizontals, ink = _rulings(across.astype(np.uint8), _ROW_LENGTH * length, is_joined)

    def is_framed(x: float, top: float, bottom: float) -> bool:
        ends = [y for y, x0, x1 in horizontals if x0 - reach <= x <= x1 + reach]
        return all(any(abs(y - end) <= reach for y in ends) for end in (top, bottom))

    verticals, turned = _rulings(down.astype(np.uint8).T, length, is_framed)
    return verticals, horizontals, np.stack((turned.T, ink))


def _rulings(
    strokes: Gray, length: int, keep: Callable[[float, float, float], bool] | None = None
) -> tuple[list[Ruling], Gray]:
    """Rulings along x, where ``keep`` takes them, and their ink."""
    closed = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((3, 25), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    found: list[Ruling] = []
    shown = np.zeros(count, np.uint8)
    for label in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[label])
        # The thickness of a ruling is the ink in it over its length.
        if width < 0.8 * length or area / width > _MAX_THICKNESS or height > 4 * _MAX_THICKNESS:
            continue
        ruling = Ruling(y + height / 2, float(x), float(x + width))
        if keep is None or keep(*ruling):
            found.append(ruling)
            shown[label] = 255
    return found, shown[labels]


def _text_lines(text: Gray, barriers: Gray) -> list[PixelBox]:
    """Boxes of what stands in one line, from top to bottom."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(text, connectivity=8)
    sizes = np.sort(np.maximum(stats[1:count, 2], stats[1:count, 3]))
    sizes = sizes[sizes >= 8]
    if not len(sizes) or count > 50 * _MAX_LINES:
        return []
    size = int(np.percentile(sizes, 75))
    reach = max(5, round(0.9 * size)) | 1
    joined = cv2.morphologyEx(
        cv2.copyMakeBorder(text, 0, 0, reach, reach, cv2.BORDER_CONSTANT, value=(0,)),
        cv2.MORPH_CLOSE,
        np.ones((1, reach), np.uint8),
    )[:, reach:-reach]
    joined = np.asarray(joined, np.uint8) & ~cv2.dilate(barriers, np.ones((1, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    if count > _MAX_LINES:
        stats = stats[stats[:, cv2.CC_STAT_AREA] > size]
        count = min(len(stats), _MAX_LINES)
    boxes = [
        (int(x), int(y), int(x + w), int(y + h))
        for x, y, w, h, area in stats[1:count]
        if area >= 6 and w < text.shape[1]
    ]
    return [box for box in _joined(boxes, size, barriers) if _is_print(box, size)]


def _is_print(box: PixelBox, size: int) -> bool:
    """Leave out specks; a dash is as wide as a character, a point is not."""
    width, height = box[2] - box[0], box[3] - box[1]
    return height >= 0.4 * size or width >= 0.35 * size


def _joined(boxes: Sequence[PixelBox], size: int, barriers: Gray) -> list[PixelBox]:
    """Join the pieces of one line: parts of characters, points and commas."""
    lines: list[PixelBox] = []
    for box in sorted(boxes, key=lambda b: (b[1] - b[3], b[0])):
        for i, line in enumerate(lines):
            if _same_line(line, box, size) and not _parted(line, box, barriers):
                lines[i] = _around(line, box)
                break
        else:
            lines.append(box)
    merged = True
    while merged:
        merged = False
        kept: list[PixelBox] = []
        for box in sorted(lines, key=lambda b: (b[1], b[0])):
            for i in range(len(kept) - 1, max(-1, len(kept) - 40), -1):
                if _same_line(kept[i], box, size) and not _parted(kept[i], box, barriers):
                    kept[i] = _around(kept[i], box)
                    merged = True
                    break
            else:
                kept.append(box)
        lines = kept
    return lines


def _same_line(a: PixelBox, b: PixelBox, size: int) -> bool:
    gap = max(a[0], b[0]) - min(a[2], b[2])
    if gap > 1.2 * size:
        return False
    height = max(a[3], b[3]) - min(a[1], b[1])
    overlap = min(a[3], b[3]) - max(a[1], b[1])
    smaller = min(a[3] - a[1], b[3] - b[1])
    if overlap >= 0.6 * smaller:
        return height <= 1.6 * size or overlap >= 0.8 * smaller
    # A flat or a small sign, 一 and 、, beside others of its line.
    return (gap <= 0 or smaller < 0.6 * size) and height <= 1.25 * size


def _parted(a: PixelBox, b: PixelBox, barriers: Gray) -> bool:
    """True where a vertical ruling stands between two pieces."""
    left, right = min(a[2], b[2]), max(a[0], b[0])
    if right <= left:
        return False
    middle = (max(a[1], b[1]) + min(a[3], b[3])) // 2
    return bool(barriers[middle, left:right].any())


def _around(a: PixelBox, b: PixelBox) -> PixelBox:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
