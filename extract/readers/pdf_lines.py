"""Characters to printed lines (字符成行): clustering by height, relative to the font.

Producers set digits a little higher or lower than the words beside them; a line is
therefore what overlaps in height by half a character, not what shares a base line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from extract.document import Place
from extract.readers.pdf_page import Char

_SAME_LINE = 0.5
"""Part of the smaller character's height by which two characters of a line overlap."""
_WORD_GAP = 0.35
"""Gap, in characters, that is printed as a space beside Latin words or figures."""
_LATIN_GAP = 0.18
"""The same beside a Latin letter."""
_NEIGHBOURS = 8
"""Characters by which the height of a line is told; it may slope."""

_top, _right, _bottom, _size = (itemgetter(i) for i in (2, 3, 4, 5))
_left_then_top = itemgetter(1, 2)


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


@dataclass(slots=True)
class _Line:
    """A line while it is gathered; its height is that of its last characters."""

    chars: list[Char]
    top: float
    bottom: float

    def takes(self, char: Char) -> bool:
        """True where the character stands in this line; it is added then."""
        _, _, top, _, bottom, _ = char
        if top == self.top and bottom == self.bottom:
            self.chars.append(char)
            return True
        height = min(self.bottom - self.top, bottom - top)
        if height > 0:
            if min(self.bottom, bottom) - max(self.top, top) <= _SAME_LINE * height:
                return False
        elif abs(char.middle - self.top) >= 1:
            return False
        self.chars.append(char)
        last = self.chars[-_NEIGHBOURS:]
        self.top, self.bottom = min(map(_top, last)), max(map(_bottom, last))
        return True


def printed_lines(chars: Iterable[Char]) -> list[PrintedLine]:
    """Return the lines that the characters form, from top to bottom."""
    ordered = sorted([((c[2] + c[4]) / 2, c[1], i, c) for i, c in enumerate(chars)])
    lines: list[_Line] = []
    recent: list[_Line] = []
    for _, _, _, char in ordered:
        if not char[0].strip():
            continue
        for line in recent:
            if line.takes(char):
                break
        else:
            lines.append(_Line([char], char[2], char[4]))
            recent = lines[-3:]
    printed = [_printed(line.chars) for line in lines]
    return sorted(printed, key=lambda line: (line.top + line.bottom) / 2)


def _printed(line: list[Char]) -> PrintedLine:
    line.sort(key=_left_then_top)
    parts: list[str] = []
    kept: list[Char] = []
    last: Char | None = None
    for char in line:
        if last is not None:
            if _is_struck_twice(kept, char):
                continue
            # No gap this small is printed as a space.
            if char[1] - last[3] > _LATIN_GAP * last[5] and _needs_space(last, char):
                parts.append(" ")
        parts.append(char[0])
        kept.append(char)
        last = char
    return PrintedLine(
        "".join(parts),
        kept[0][1],
        min(map(_top, kept)),
        max(map(_right, kept)),
        max(map(_bottom, kept)),
        max(map(_size, kept)),
    )


def _is_struck_twice(before: Sequence[Char], char: Char) -> bool:
    """Bold type made by printing a character twice, a hair apart."""
    for other in before[-3:]:
        if other[0] == char[0]:
            hair = 0.15 * max(char.size, 1.0)
            if abs(other.x0 - char.x0) < hair and abs(other.top - char.top) < hair:
                return True
    return False


def _needs_space(left: Char, right: Char) -> bool:
    gap = right.x0 - left.x1
    size = max(left.size, right.size, 1.0)
    pair = left.text + right.text
    if pair.isascii() and (left.text.isalpha() or right.text.isalpha()):
        return gap > _LATIN_GAP * size
    if gap <= _WORD_GAP * size:
        return False
    return left.text.isascii() or right.text.isascii() or gap > 1.5 * left.size
