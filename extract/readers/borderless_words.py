"""Words of a page in their lines (词与行): what stands apart in a line of print.

A word here is a run of characters without a wide gap: a figure, a label, a header, or a
whole line of prose, which is how prose is told from a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from extract.readers.pdf_page import Char

_GAP = 0.75
"""Of the size of the type, between two words."""
_FIGURE_GAP = 0.35
"""The same behind a number: the next column may begin close to its right edge."""
_SPREAD = frozenset(("合计", "小计", "总计", "项目", "金额", "科目", "名称", "编码"))
"""Words that are often printed with wide space between their two characters."""
_SPREAD_GAP = 4.5
_SAME_LINE = 0.35
"""Of the size of the type: how far the middles of two characters of a line lie apart."""
_NUMBER = re.compile(r"[-−－△▲]?\d[\d,，]*(?:\.\d+)?%?|[(（]\d[\d,，]*(?:\.\d+)?[)）]", re.ASCII)
_NOTHING = frozenset(("-", "--", "—", "——", "－", "/", "无"))
_text, _left, _top, _right, _bottom, _size = (itemgetter(i) for i in range(6))
_SENTENCE = re.compile(r"[。；！？]|，.*，")


class Word(NamedTuple):
    """A run of characters and the box around it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Half width of the box."""
        return (self.x0 + self.x1) / 2

    @property
    def is_figure(self) -> bool:
        """True for a number, and for what is printed where there is none."""
        return self.is_number or self.text in _NOTHING

    @property
    def is_number(self) -> bool:
        """True for a number alone."""
        return _NUMBER.fullmatch(self.text) is not None


Row = list[Word]


def words_in_lines(chars: Iterable[Char]) -> list[Row]:
    """Return the words of each line of print, lines from top to bottom."""
    lines: list[list[Char]] = []
    ends: list[tuple[float, float]] = []
    ordered = sorted([((c[2] + c[4]) / 2, c[1], i, c) for i, c in enumerate(chars)])
    for middle, _, _, char in ordered:
        if not char[0].strip():
            continue
        size = char[5]
        for place in range(max(len(lines) - 3, 0), len(lines)):
            last_middle, last_size = ends[place]
            if middle - last_middle < _SAME_LINE * min(last_size, size):
                lines[place].append(char)
                ends[place] = middle, size
                break
        else:
            lines.append([char])
            ends.append((middle, size))
    return [_words(line) for line in lines]


def _words(line: list[Char]) -> Row:
    line.sort(key=_left)
    runs: list[list[Char]] = []
    for char in line:
        if runs and not _stands_apart(runs[-1], char):
            runs[-1].append(char)
        else:
            runs.append([char])
    for i in range(len(runs) - 1, 0, -1):
        if len(runs[i - 1]) + len(runs[i]) > 2:
            continue
        pair = "".join(map(_text, (*runs[i - 1], *runs[i])))
        if pair in _SPREAD and runs[i][0].x0 - runs[i - 1][-1].x1 <= _SPREAD_GAP * line[0].size:
            runs[i - 1 : i + 1] = [runs[i - 1] + runs[i]]
    return [
        Word(
            "".join(map(_text, run)),
            min(map(_left, run)),
            min(map(_top, run)),
            max(map(_right, run)),
            max(map(_bottom, run)),
            max(map(_size, run)),
        )
        for run in runs
    ]


def _stands_apart(run: list[Char], char: Char) -> bool:
    """True where a gap is too wide for one word, or parts a figure from what follows."""
    gap = char[1] - run[-1][3]
    size = max(char[5], 1.0)
    if gap <= _FIGURE_GAP * size:
        return False
    return gap > _GAP * size or _NUMBER.fullmatch("".join(c.text for c in run)) is not None


def numbers_columns(row: Row) -> bool:
    """True for the row that numbers the columns (栏次): 1, 2, 3, wherever they stand."""
    numbers = [int(w.text) for w in row if w.text.isascii() and w.text.isdigit()]
    others = sum(w.is_number for w in row) - len(numbers)
    steps = {b - a for a, b in pairwise(numbers)}
    return len(numbers) > 1 and not others and steps == {1} and numbers[-1] < 100


def is_prose(row: Row) -> bool:
    """True for a line that is a sentence or a part of one."""
    return any(_SENTENCE.search(word.text) for word in row)
