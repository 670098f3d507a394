"""Where on a PDF page the characters of a figure stand (字形位置).

A place in prose is a whole printed line, and one line may hold several figures. This finds
the one meant, so that a picture can mark its characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

Edges = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points from the top left corner of the medium."""

MAX_CHARS = 20_000
"""Characters of a page that are looked at; a fuller page keeps its line marked."""


def squeezed(text: str) -> str:
    """Return text for comparison: NFKC, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def find_characters(sheet: PdfPage, frame: Edges, text: str, before: str) -> list[Edges]:
    """Return one box per printed line for ``text`` inside ``frame``; empty if not found.

    ``before`` is what the frame prints ahead of the figure: it tells which of several
    equal figures is meant. A turned page is not searched.
    """
    needle = squeezed(text)
    if not needle or sheet.get_rotation() != 0:
        return []
    printed = _characters(sheet, frame)
    letters = "".join(letter for letter, _ in printed)
    at = -1
    for _ in range(squeezed(before).count(needle) + 1):
        at = letters.find(needle, at + 1)
        if at < 0:
            return []
    return _by_line([box for _, box in printed[at : at + len(needle)]])


def _characters(sheet: PdfPage, frame: Edges) -> list[tuple[str, Edges]]:
    """Single characters whose middle lies inside the frame, in the order of the page."""
    left, _, _, top = sheet.get_mediabox()
    page = sheet.get_textpage()
    found: list[tuple[str, Edges]] = []
    for index in range(min(page.count_chars(), MAX_CHARS)):
        x0, y1, x1, y0 = page.get_charbox(index)
        box = (x0 - left, top - y0, x1 - left, top - y1)
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        if frame[0] <= middle[0] <= frame[2] and frame[1] <= middle[1] <= frame[3]:
            found += [(letter, box) for letter in squeezed(page.get_text_range(index, 1))]
    return found


def _by_line(boxes: Sequence[Edges]) -> list[Edges]:
    lines: list[Edges] = []
    for box in boxes:
        if lines and box[0] >= lines[-1][0] and box[1] < lines[-1][3]:
            last = lines[-1]
            lines[-1] = (last[0], min(last[1], box[1]), box[2], max(last[3], box[3]))
        else:
            lines.append(box)
    return lines
