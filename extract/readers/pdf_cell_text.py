"""The text of a page's ruled tables exactly as pdfplumber prints it (单元格文本).

The reader itself forms the lines of a cell by rules of its own
(:mod:`extract.readers.pdf_lines`); these are the reference that engines are held to.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, groupby, pairwise
from operator import gt, itemgetter, ne
from typing import NamedTuple, TypeVar

from extract.readers.pdf_page import Box, Char, Page
from extract.readers.pdf_tables import Band, CharsByCell, Frame, find_frames
from extract.readers.pdf_turned import in_order, turned_words

_TOLERANCE = 3.0
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_LIGATURES = {"ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬁ": "fi", "ﬂ": "fl", "ﬆ": "st", "ﬅ": "st"}
_T = TypeVar("_T")
_left, _top = itemgetter(1), itemgetter(2)

Rows = list[list[str | None]]


def extract_tables(page: Page) -> list[Rows]:
    """Return what pdfplumber's ``page.extract_tables()`` returns for the page.

    One list of rows for each table; None stands where no cell begins.
    """
    frames = find_frames(page.verticals, page.horizontals)
    if not frames:
        return []
    if page.turned:
        text_of = _text_with_turned(page)
        chars = CharsByCell([char for _, char in in_order(page.chars, page.turned)])
        return [
            _rows(frame, (text_of(inside) for inside in chars.of(frame.cells).values()))
            for frame in frames
        ]
    texts = _TextByCell(CharsByCell(page.chars))
    return [_rows(frame, texts.of(frame.cells)) for frame in frames]


def _rows(frame: Frame, texts: Iterable[str]) -> Rows:
    columns = {x: i for i, x in enumerate(sorted({cell[0] for cell in frame.cells}))}
    rows: dict[float, list[str | None]] = {}
    for top in sorted({cell[1] for cell in frame.cells}):
        rows[top] = [None] * len(columns)
    for box, text in zip(frame.cells, texts, strict=True):
        rows[box[1]][columns[box[0]]] = text
    return list(rows.values())


def _text_with_turned(page: Page) -> Callable[[Sequence[Char]], str]:
    turned = {id(t.char) for t in page.turned}
    place = {id(c): i for i, (_, c) in enumerate(in_order(page.chars, page.turned))}

    def text(inside: Sequence[Char]) -> str:
        if all(id(char) not in turned for char in inside):
            return cell_text(inside) if inside else ""
        ordered = sorted(inside, key=lambda char: place[id(char)])
        runs = groupby(ordered, key=lambda char: id(char) in turned)
        return _joined(
            [
                word
                for is_turned, run in runs
                for word in (turned_words if is_turned else _lines_of_words)(list(run))
            ]
        )

    return text


class _Line(NamedTuple):
    """The characters of a band, as if they were one line of print."""

    texts: list[str]
    gaps: list[int]
    """Where a word ends because of the space after it."""
    steps: list[int]
    """Where the height of the characters changes."""


class _TextByCell:
    """The texts of cells, most of which hold one line of characters of one height."""

    def __init__(self, chars: CharsByCell) -> None:
        self._chars = chars
        self._lines: dict[int, _Line] = {}

    def of(self, cells: Iterable[Box]) -> Iterator[str]:
        """Yield the text of each cell."""
        for x0, top, x1, bottom in cells:
            band = self._chars.band(top, bottom)
            held = band.between(x0, x1)
            if isinstance(held, list):
                yield cell_text(band.chars.some(held)) if held else ""
                continue
            first, last = held
            if first == last:
                yield ""
                continue
            line = self._line(band)
            text = None if _any_between(line.steps, first, last) else _text(line, first, last)
            yield cell_text(band.chars.some(band.indexes[first:last])) if text is None else text

    def _line(self, band: Band) -> _Line:
        known = self._lines.get(id(band))
        if known is None:
            chars, places = band.chars, range(1, len(band.indexes))
            lefts = list(map(chars.lefts.__getitem__, band.indexes))
            tops = list(map(chars.tops.__getitem__, band.indexes))
            reaches = [chars.rights[i] + _TOLERANCE for i in band.indexes[:-1]]
            known = self._lines[id(band)] = _Line(
                list(map(chars.texts.__getitem__, band.indexes)),
                list(compress(places, map(gt, lefts[1:], reaches))),
                list(compress(places, map(ne, tops, tops[1:]))),
            )
        return known


def _any_between(places: Sequence[int], first: int, last: int) -> bool:
    at = bisect_right(places, first)
    return at < len(places) and places[at] < last


def _text(line: _Line, first: int, last: int) -> str | None:
    """The words of a stretch of one height; None where there is more to it."""
    text = "".join(line.texts[first:last])
    if len(text) != last - first or _LIGATURE.search(text):
        return None
    at = bisect_right(line.gaps, first)
    if at < len(line.gaps) and line.gaps[at] < last:
        ends = [place - first for place in line.gaps[at : bisect_left(line.gaps, last)]]
        parts = (text[a:b] for a, b in pairwise([0, *ends, last - first]))
        return " ".join([word for part in parts for word in part.split()])
    # No white space but the plain one is printable.
    return text if text.isprintable() and " " not in text else " ".join(text.split())


def cell_text(chars: Sequence[Char]) -> str:
    """The text of characters, given from left to right, by pdfplumber's rules."""
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
