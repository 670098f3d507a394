"""Three-line and borderless tables of a page (三线表与无框线表格).

Finds where a table stands that no lattice shows: under a header between two horizontal
rules, between rules, or by figures that end at common right edges in three rows and two
columns at least. Prose with figures is none of these. Gives frames of cells, as ruled
tables have them.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from extract.readers.borderless_grid import (
    body_cells,
    borders,
    column_edges,
    header_cells,
    lead_lines,
    row_bands,
    stacked,
)
from extract.readers.borderless_rules import chains_of, joined_rules
from extract.readers.borderless_words import Row, is_prose, words_in_lines
from extract.readers.pdf_page import Box, Char, Edge, Page
from extract.readers.pdf_tables import Frame

_LONG = 0.35
"""Of the width of the page: the shortest rule that may close a table."""
_ALIGNED = 1.5
_PAIR = 5.0
"""Points between two rules that are one double rule at most."""
_REST = 0.45
"""Of the size of the type: space above a line that goes on with the label above it."""
_MIN_ROWS = 3
_MAX_CHARS = 20_000
_MAX_PIECES = 50_000
_MAX_RULES = 1_000
_MAX_LONG = 200
_MAX_HEADER = 300
_MAX_COLUMNS = 60
"""A page with more of any is no table that a person would print without vertical lines."""


@dataclass(slots=True)
class _Part:
    """A stretch of a page that holds a table: its header lines and its body lines."""

    header: list[Row]
    body: list[Row]
    top: float
    bottom: float
    left: float
    right: float


class Borderless:
    """Finds the tables without vertical rulings, page by page."""

    def __init__(self) -> None:
        self._page = 0
        self._edges: list[float] = []
        self._reached_end = False

    def frames(self, page: Page, chars: Sequence[Char], ruled: Sequence[Frame]) -> list[Frame]:
        """Return the frames of a page; ``chars`` are those outside the ruled tables."""
        if len(chars) > _MAX_CHARS or len(page.horizontals) > _MAX_PIECES:
            return []
        lines = [line for line in words_in_lines(chars) if not _is_foot(line, page)]
        rules = joined_rules(page.horizontals, ruled)[:_MAX_RULES]
        long = [rule for rule in rules if rule[2] - rule[1] >= _LONG * page.width][:_MAX_LONG]
        parts = _between_rules(lines, long)
        taken = [(part.top, part.bottom) for part in parts]
        taken += [(frame.box[1], frame.box[3]) for frame in ruled]
        free = [line for line in lines if not any(a <= _middle(line) <= b for a, b in taken)]
        known = self._edges if page.number == self._page + 1 and self._reached_end else []
        parts += _without_rules(free, lines, known)
        parts = [part for part in parts if sum(map(len, part.header)) <= _MAX_HEADER]
        parts.sort(key=lambda part: part.top)
        frames = [
            self._frame(part, lines, rules, known if i == 0 else []) for i, part in enumerate(parts)
        ]
        self._page = page.number
        self._reached_end = bool(parts) and not any(
            _middle(line) > parts[-1].bottom for line in lines
        )
        if not parts:
            self._edges = []
        return [frame for frame in frames if frame is not None]

    def _frame(
        self, part: _Part, lines: Sequence[Row], rules: Sequence[Edge], known: Sequence[float]
    ) -> Frame | None:
        lead = lead_lines(part.header)
        titles, words = part.header[:lead], stacked(part.header[lead:])
        xs = column_edges(part.body, words, part.left, part.right)
        first = bool(lines) and min(map(_middle, lines)) >= part.top
        if first and known and _fits(part.body, known) and len(xs) <= len(known):
            xs = list(known)
        if len(xs) > _MAX_COLUMNS:
            return None
        bands = row_bands(part.body)
        top = part.top
        cells: list[Box] = []
        if titles:
            ends = row_bands(titles)
            below = min(w.top for w in words) if words else part.bottom
            ys = borders(ends, top, (ends[-1][1] + below) / 2)
            cells += body_cells(titles, xs, ys)
            top = ys[-1]
        if words:
            foot = max(w.bottom for w in words)
            end = (foot + (bands[0][0] if bands else part.bottom)) / 2
            inner = [r for r in rules if top + 1 < r[0] < foot]
            cells += header_cells(words, xs, top, end, inner)
            top = end
        if bands:
            cells += body_cells(part.body, xs, borders(bands, top, part.bottom))
        self._edges = list(xs)
        return Frame((xs[0], part.top, xs[-1], part.bottom), tuple(cells))


def _between_rules(lines: Sequence[Row], long: Sequence[Edge]) -> list[_Part]:
    """Tables that horizontal rules of one width close."""
    parts: list[_Part] = []
    for chain in chains_of(long):
        parts += _of_chain(lines, chain)
    return [_with_numbers_in_body(part) for part in parts if _is_table(part)]


def _of_chain(lines: Sequence[Row], chain: Sequence[Edge]) -> list[_Part]:
    parts: list[_Part] = []
    part: _Part | None = None
    for (y, x0, x1), (end, _, _) in pairwise(chain):
        inside = [_within(line, x0, x1) for line in lines if y < _middle(line) < end]
        inside = [line for line in inside if line]
        if part is not None and not inside and end - y <= _PAIR:
            part.bottom = end
            continue
        tabular = sum(map(_is_tabular, inside))
        if not inside and part is not None and not part.body:
            part.bottom = end
        elif not inside or any(map(is_prose, inside)):
            part = None
        elif part is not None and (tabular or not part.body):
            part.body += inside
            part.bottom = end
        elif not tabular and _is_header(inside):
            # Rules that part the levels of a header are no end of it.
            part = _Part(inside, [], y, end, x0, x1)
            parts.append(part)
        elif tabular:
            lead = _leading_header(inside)
            part = _Part(inside[:lead], inside[lead:], y, end, x0, x1)
            parts.append(part)
        else:
            part = None
    if part is not None and part.header:
        _go_on(part, lines, chain[-1])
    return parts


def _within(line: Row, x0: float, x1: float) -> Row:
    """The words of a line that do not stand beside the rules."""
    return [w for w in line if w.x0 < x1 + 3 and w.x1 > x0 - 3]


def _go_on(part: _Part, lines: Sequence[Row], last: Edge) -> None:
    """Take in the rows below the last rule, where the page ends before the table does."""
    y, x0, x1 = last
    if part.body:
        return
    rows = _leading_rows([line for line in lines if _middle(line) > y], x0, x1)
    part.body += rows
    part.bottom = max((w.bottom for line in rows for w in line), default=y) + 2


def _is_header(lines: Sequence[Row]) -> bool:
    words = {w.text for line in lines for w in line}
    return any(len(line) > 1 for line in lines) and bool(words & _header_words())


def _leading_header(lines: Sequence[Row]) -> int:
    """How many lines come before the first with figures."""
    return next((i for i, line in enumerate(lines) if _is_tabular(line)), 0)


def _is_table(part: _Part) -> bool:
    tabular = sum(map(_is_tabular, part.body))
    if part.header:
        return tabular > 0 or _is_header(part.header)
    return tabular >= _MIN_ROWS and _figure_columns(part.body) >= 2


def _with_numbers_in_body(part: _Part) -> _Part:
    """Give the row of column numbers (栏次) at the foot of a header to the body."""
    while len(part.header) > 1 and _is_tabular(part.header[-1]):
        part.body.insert(0, part.header.pop())
    return part


def _without_rules(
    free: Sequence[Row], lines: Sequence[Row], known: Sequence[float]
) -> list[_Part]:
    """Tables that only the alignment of their figures shows."""
    parts: list[_Part] = []
    run: list[Row] = []
    for line in [*free, []]:
        goes_on = bool(line) and not is_prose(line) and (_is_tabular(line) or bool(run))
        if goes_on and run and min(w.top for w in line) - max(w.bottom for w in run[-1]) > 40:
            parts += _part_of(run, lines, known)
            run = [line] if _is_tabular(line) else []
        elif goes_on:
            run.append(line)
        else:
            parts += _part_of(run, lines, known)
            run = []
    return parts


def _part_of(run: list[Row], lines: Sequence[Row], known: Sequence[float]) -> list[_Part]:
    run = _without_foot(run)
    tabular = [line for line in run if _is_tabular(line)]
    continues = bool(known) and run and run[0] is lines[0] and _fits(run, known)
    if not continues and (
        len(tabular) < _MIN_ROWS or 2 * len(tabular) < len(run) or _figure_columns(run) < 2
    ):
        return []
    words = [w for line in run for w in line]
    header = [] if continues else _header_above(run, lines)
    top = min(w.top for row in (header or run[:1]) for w in row) - 2
    left, right = min(w.x0 for w in words) - 2, max(w.x1 for w in words) + 2
    return [_Part(header, run, top, max(w.bottom for w in words) + 2, left, right)]


def _header_above(run: Sequence[Row], lines: Sequence[Row]) -> list[Row]:
    """The lines of header words right above the figures."""
    header: list[Row] = []
    top = min(w.top for w in run[0])
    for line in reversed([line for line in lines if _middle(line) < top]):
        near = top - max(w.bottom for w in line) < 1.8 * line[0].size
        known = sum(w.text in _header_words() for w in line)
        if not near or is_prose(line) or not (len(line) > 1 or known) or _names_unit(line):
            break
        header.insert(0, line)
        top = min(w.top for w in line)
    return header if any(w.text in _header_words() for row in header for w in row) else []


def _names_unit(line: Row) -> bool:
    return any("：" in w.text or ":" in w.text for w in line)


@cache
def _header_words() -> frozenset[str]:
    text = files("extract").joinpath("layouts/headers.csv").read_text(encoding="utf-8")
    return frozenset(row["header"] for row in csv.DictReader(text.splitlines()))


def _leading_rows(lines: Sequence[Row], x0: float, x1: float) -> list[Row]:
    rows: list[Row] = []
    for line in lines:
        outside = any(w.x0 < x0 - 3 or w.x1 > x1 + 3 for w in line)
        if outside or is_prose(line):
            break
        rows.append(line)
    return _without_foot(rows)


def _without_foot(rows: list[Row]) -> list[Row]:
    """The rows up to the last with figures and the rest of its label."""
    end = max((i for i, row in enumerate(rows, 1) if _is_tabular(row)), default=0)
    while end and end < len(rows) and _goes_on(rows[end - 1], rows[end]):
        end += 1
    return rows[:end]


def _goes_on(above: Row, line: Row) -> bool:
    """True for a line that is the rest of a label in the line above."""
    space = min(w.top for w in line) - max(w.bottom for w in above)
    return (
        len(line) == 1
        and space < _REST * line[0].size
        and any(abs(w.x0 - line[0].x0) < 1.0 and not w.is_figure for w in above)
    )


def _is_tabular(line: Row) -> bool:
    return (
        len(line) > 1
        and any(w.is_figure for w in line[1:])
        and any(w.is_number for w in line)
        and not is_prose(line)
    )


def _figure_columns(lines: Iterable[Row]) -> int:
    """How many right edges figures share in three rows at least."""
    ends: Counter[float] = Counter()
    previous: float | None = None
    for x in sorted(w.x1 for line in lines for w in line if w.is_number):
        if previous is None or x - previous > _ALIGNED:
            previous = x
        ends[previous] += 1
    return sum(count >= _MIN_ROWS for count in ends.values())


def _fits(body: Sequence[Row], edges: Sequence[float]) -> bool:
    """True where hardly a word of the rows runs over an edge."""
    words = [w for row in body for w in row]
    inside = all(edges[0] - 3 <= w.x0 and w.x1 <= edges[-1] + 3 for w in words)
    crossing = sum(any(w.x0 + 1 < x < w.x1 - 1 for x in edges[1:-1]) for w in words)
    return inside and crossing <= max(1, len(words) // 20)


def _is_foot(line: Row, page: Page) -> bool:
    edge = line[0].top > 0.92 * page.height or line[0].bottom < 0.06 * page.height
    return edge and sum(len(w.text) for w in line) <= 10


def _middle(line: Row) -> float:
    return sum(w.top + w.bottom for w in line) / (2 * len(line))
