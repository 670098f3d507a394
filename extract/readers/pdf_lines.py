"""Characters to printed lines (字符成行): clustering by height, relative to the font.

Producers set digits a little higher or lower than the words beside them; a line is
therefore what overlaps in height by half a character, not what shares a base line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.document import Place
from extract.readers.pdf_page import Char

_SAME_LINE = 0.5
"""Part of the smaller character's height by which two characters of a line overlap."""
_WORD_GAP = 0.35
"""Gap, in characters, that is printed as a space beside Latin words or figures."""
_LATIN_GAP = 0.18
"""The same beside a Latin letter."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of print with its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    def place(self, page: int) -> Place:
        """The place of the line on a page."""
        return Place(
            page=page,
            x0=round(self.x0, 2),
            y0=round(self.top, 2),
            x1=round(self.x1, 2),
            y1=round(self.bottom, 2),
        )


def printed_lines(chars: Iterable[Char]) -> list[PrintedLine]:
    """Return the lines that the characters form, from top to bottom."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: (c.middle, c.x0)):
        if not char.text.strip():
            continue
        for line in lines[-3:]:
            if _same_line(line, char):
                line.append(char)
                break
        else:
            lines.append([char])
    printed = [_printed(line) for line in lines]
    return sorted(printed, key=lambda line: (line.top + line.bottom) / 2)


def _same_line(line: Sequence[Char], char: Char) -> bool:
    top = min(c.top for c in line[-8:])
    bottom = max(c.bottom for c in line[-8:])
    overlap = min(bottom, char.bottom) - max(top, char.top)
    height = min(bottom - top, char.bottom - char.top)
    return overlap > _SAME_LINE * height if height > 0 else abs(char.middle - top) < 1


def _printed(line: list[Char]) -> PrintedLine:
    line.sort(key=lambda c: (c.x0, c.top))
    parts: list[str] = []
    kept: list[Char] = []
    for char in line:
        if _is_struck_twice(kept[-3:], char):
            continue
        if kept and _needs_space(kept[-1], char):
            parts.append(" ")
        parts.append(char.text)
        kept.append(char)
    return PrintedLine(
        "".join(parts),
        min(c.x0 for c in kept),
        min(c.top for c in kept),
        max(c.x1 for c in kept),
        max(c.bottom for c in kept),
        max(c.size for c in kept),
    )


def _is_struck_twice(before: Sequence[Char], char: Char) -> bool:
    """Bold type made by printing a character twice, a hair apart."""
    hair = 0.15 * max(char.size, 1.0)
    return any(
        c.text == char.text and abs(c.x0 - char.x0) < hair and abs(c.top - char.top) < hair
        for c in before
    )


def _needs_space(left: Char, right: Char) -> bool:
    gap = right.x0 - left.x1
    size = max(left.size, right.size, 1.0)
    pair = left.text + right.text
    if pair.isascii() and (left.text.isalpha() or right.text.isalpha()):
        return gap > _LATIN_GAP * size
    if gap <= _WORD_GAP * size:
        return False
    return left.text.isascii() or right.text.isascii() or gap > 1.5 * left.size
