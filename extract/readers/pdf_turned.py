"""Text that does not stand upright (转向文字): sideways pages, and words along a margin.

A page whose text is mostly turned was printed sideways and is turned back here. On
other pages turned words are water marks and notes, and left out of what is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from extract.readers.pdf_page import Box, Char, Edge, Page, TurnedChar

_TOLERANCE = 3.0


def turned_back(page: Page) -> Page:
    """Return the page so that most of its text stands upright.

    Boxes are then those of the turned page, whose width and height are exchanged.
    """
    rising = [t for t in page.turned if t.rises is True]
    falling = [t for t in page.turned if t.rises is False]
    most = max(rising, falling, key=len)
    if len(most) <= len(page.chars):
        return page
    ups = most is rising
    width, height = page.width, page.height

    def turn(x: float, y: float) -> tuple[float, float]:
        return (height - y, x) if ups else (y, width - x)

    def turn_box(box: Box) -> Box:
        (ax, ay), (bx, by) = turn(box[0], box[1]), turn(box[2], box[3])
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    chars = [Char(char.text, *turn_box(char[1:5]), char.x1 - char.x0) for _, _, char in most]
    verticals: list[Edge] = []
    horizontals: list[Edge] = []
    for x, top, bottom in page.verticals:
        left, y, right, _ = turn_box((x, top, x, bottom))
        horizontals.append((y, left, right))
    for y, left, right in page.horizontals:
        x, top, _, bottom = turn_box((left, y, right, y))
        verticals.append((x, top, bottom))
    return page._replace(
        width=height,
        height=width,
        chars=chars,
        turned=(),
        verticals=verticals,
        horizontals=horizontals,
        doubt=page.doubt or "turned page",
    )


def in_order(chars: Sequence[Char], turned: Sequence[TurnedChar]) -> list[tuple[bool, Char]]:
    """All characters as the page prints them, each with whether it stands upright."""
    every: list[tuple[bool, Char]] = []
    upright = iter(chars)
    for place, _, char in turned:
        while len(every) < place:
            every.append((True, next(upright)))
        every.append((False, char))
    return every + [(True, char) for char in upright]


def turned_words(chars: Sequence[Char]) -> list[tuple[str, float]]:
    """Words of characters that are read from top to bottom, with the top of each.

    As pdfplumber does it, which reads them downwards even where they rise.
    """
    words: list[tuple[str, float]] = []
    for line in _columns(chars):
        line.sort(key=itemgetter(2, 4))
        word: list[Char] = []
        for char in line:
            last = word[-1] if word else None
            blank = char.text.isspace()
            apart = last is not None and (
                char.top > last.bottom + _TOLERANCE or abs(char.x0 - last.x0) > _TOLERANCE
            )
            if word and (blank or apart):
                words.append(("".join(c.text for c in word), word[0].top))
                word = []
            if not blank:
                word.append(char)
        if word:
            words.append(("".join(c.text for c in word), word[0].top))
    return words


def _columns(chars: Sequence[Char]) -> list[list[Char]]:
    ordered = sorted({char.x0 for char in chars})
    number, column_of = 0, {}
    for index, x in enumerate(ordered):
        number += index > 0 and x > ordered[index - 1] + _TOLERANCE
        column_of[x] = number
    key = itemgetter(0)
    placed = sorted(((column_of[char.x0], char) for char in chars), key=key)
    return [[char for _, char in group] for _, group in groupby(placed, key)]
