"""The text of a page's ruled tables exactly as pdfplumber prints it (单元格文本).

The reader itself forms the lines of a cell by rules of its own
(:mod:`extract.readers.pdf_lines`); these are the reference that engines are held to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise
from math import inf
from operator import itemgetter
from typing import TypeVar

from extract.readers.pdf_page import Char, Page
from extract.readers.pdf_tables import CharsByCell, Frame, find_frames
from extract.readers.pdf_turned import in_order, turned_words

_TOLERANCE = 3.0
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_LIGATURES = {"ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬁ": "fi", "ﬂ": "fl", "ﬆ": "st", "ﬅ": "st"}
_T = TypeVar("_T")
_text = itemgetter(0)
_left, _top = itemgetter(1), itemgetter(2)

Rows = list[list[str | None]]


def extract_tables(page: Page) -> list[Rows]:
    """Return what pdfplumber's ``page.extract_tables()`` returns for the page.

    One list of rows for each table; None stands where no cell begins.
    """
    frames = find_frames(page.verticals, page.horizontals)
    if not frames:
        return []
    turned = {id(t.char): t.place for t in page.turned}
    if not turned:
        chars = CharsByCell(page.chars)
        return [_rows(frame, chars, cell_text) for frame in frames]
    every = in_order(page.chars, page.turned)
    place = {id(char): i for i, (_, char) in enumerate(every)}

    def text_with_turned(inside: Sequence[Char]) -> str:
        if all(id(char) not in turned for char in inside):
            return cell_text(inside)
        ordered = sorted(inside, key=lambda char: place[id(char)])
        runs = groupby(ordered, key=lambda char: id(char) in turned)
        return _joined(
            [
                word
                for is_turned, run in runs
                for word in (turned_words if is_turned else _lines_of_words)(list(run))
            ]
        )

    chars = CharsByCell([char for _, char in every])
    return [_rows(frame, chars, text_with_turned) for frame in frames]


def _rows(frame: Frame, chars: CharsByCell, text_of: Callable[[Sequence[Char]], str]) -> Rows:
    columns = {x: i for i, x in enumerate(sorted({cell[0] for cell in frame.cells}))}
    rows: dict[float, list[str | None]] = {}
    for top in sorted({cell[1] for cell in frame.cells}):
        rows[top] = [None] * len(columns)
    for box, inside in chars.of(frame.cells).items():
        rows[box[1]][columns[box[0]]] = text_of(inside) if inside else ""
    return list(rows.values())


def cell_text(chars: Sequence[Char]) -> str:
    """The text of characters, given from left to right, by pdfplumber's rules."""
    height, reach = chars[0][2], inf
    for char in chars:  # most cells: one line without gaps
        if char[2] != height or char[1] > reach:
            break
        reach = char[3] + _TOLERANCE
    else:
        text = "".join(map(_text, chars))
        # No white space but the plain one is printable.
        if text.isprintable() and " " not in text and not _LIGATURE.search(text):
            return text
    tops = list(map(_top, chars))
    if max(tops) - min(tops) <= _TOLERANCE:
        return " ".join([word for word, _ in _words(chars)])
    return _joined(_lines_of_words(chars))


def _joined(words: Sequence[tuple[str, float]]) -> str:
    lines = _clustered(words, [top for _, top in words])
    return "\n".join(" ".join(word for word, _ in line) for line in lines)


def _lines_of_words(chars: Sequence[Char]) -> list[tuple[str, float]]:
    words: list[tuple[str, float]] = []
    for line in _clustered(chars, list(map(_top, chars))):
        words += _words(sorted(line, key=_left))
    return words


def _clustered(things: Sequence[_T], tops: Sequence[float]) -> list[list[_T]]:
    """Group things whose tops are a chain of small steps, in the order of height."""
    ordered = sorted(set(tops))
    cluster_of = dict.fromkeys(ordered[:1], 0)
    for last, top in pairwise(ordered):
        cluster_of[top] = cluster_of[last] + (top > last + _TOLERANCE)
    clusters: list[list[_T]] = [[] for _ in range(cluster_of[ordered[-1]] + 1 if ordered else 0)]
    for thing, top in zip(things, tops, strict=True):
        clusters[cluster_of[top]].append(thing)
    return clusters


def _words(chars: Sequence[Char]) -> list[tuple[str, float]]:
    """Words of a line with the height of their highest character."""
    words: list[tuple[str, float]] = []
    parts: list[str] = []
    highest = last_top = reach = 0.0
    for text, x0, top, x1, _, _ in chars:
        if text.isspace():
            if parts:
                words.append(("".join(parts), highest))
                parts = []
            continue
        if parts and (x0 > reach or abs(top - last_top) > _TOLERANCE):
            words.append(("".join(parts), highest))
            parts = []
        highest = min(highest, top) if parts else top
        parts.append(_LIGATURES.get(text, text))
        last_top, reach = top, x1 + _TOLERANCE
    if parts:
        words.append(("".join(parts), highest))
    return words
