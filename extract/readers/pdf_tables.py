"""Ruled tables of a page by pdfplumber's rules (有线表格): rulings to cells.

Strategy ``lines`` with all tolerances 3, as pdfplumber's ``find_tables`` has it by
default, in time that grows with the number of lines and crossings. Which characters
stand in a cell is told here, what text they form elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import le

from extract.readers.pdf_page import Box, Char, Edge
from extract.reasons import Rejected

_TOLERANCE = 3.0
_MIN_LENGTH_DRAWN = 1.0
_MIN_LENGTH_JOINED = 3.0
_MAX_STEPS = 5_000_000
"""Of the search for cells on one page; a dense real page takes some thousands."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A ruled table on a page: the box around it and the boxes of its cells."""

    box: Box
    cells: tuple[Box, ...]


def find_frames(verticals: Sequence[Edge], horizontals: Sequence[Edge]) -> list[Frame]:
    """Return the ruled tables of a page from top to bottom; single boxes are none.

    Raises Rejected with RESOURCE_LIMIT where the lines cross too often.
    """
    if not verticals or not horizontals:
        return []
    cells = _cells(_Crossings(_merged(verticals), _merged(horizontals)))
    return [
        Frame(
            (
                min(c[0] for c in table),
                min(c[1] for c in table),
                max(c[2] for c in table),
                max(c[3] for c in table),
            ),
            tuple(table),
        )
        for table in _tables(cells)
    ]


def _merged(edges: Sequence[Edge]) -> list[Edge]:
    """Snap lines that nearly coincide to their mean, then join those that nearly touch."""
    edges = [edge for edge in edges if edge[2] - edge[1] >= _MIN_LENGTH_DRAWN]
    cluster_of: dict[float, int] = {}
    cluster, last = -1, 0.0
    for position in sorted({edge[0] for edge in edges}):
        if cluster < 0 or position > last + _TOLERANCE:
            cluster += 1
        cluster_of[position] = cluster
        last = position
    sums, counts = [0.0] * (cluster + 1), [0] * (cluster + 1)
    spans: list[set[Point]] = [set() for _ in sums]
    for position, start, end in edges:
        cluster = cluster_of[position]
        sums[cluster] += position
        counts[cluster] += 1
        spans[cluster].add((start, end))
    joined: list[Edge] = []
    for total, count, members in zip(sums, counts, spans, strict=True):
        mean = total / count
        ordered = sorted(members)
        start, end = ordered[0]
        for next_start, next_end in ordered:
            if next_start > end + _TOLERANCE:
                if end - start >= _MIN_LENGTH_JOINED:
                    joined.append((mean, start, end))
                start, end = next_start, next_end
            elif next_end > end:
                end = next_end
        if end - start >= _MIN_LENGTH_JOINED:
            joined.append((mean, start, end))
    return joined


class _Crossings:
    """Where lines cross. Which lines meet there is kept as bits, one for each line."""

    def __init__(self, verticals: list[Edge], horizontals: list[Edge]) -> None:
        self.down: dict[float, dict[float, int]] = {}
        """By x, then by y from top to bottom: the vertical lines that meet there."""
        self.across: dict[float, dict[float, int]] = {}
        """By y, then by x from left to right: the horizontal lines that meet there."""
        reach = [y + _TOLERANCE for y, _, _ in horizontals]
        n, met = len(horizontals), 0
        for i, (x, top, bottom) in enumerate(verticals):
            bit = 1 << i
            j = bisect_left(reach, top)
            while j < n:
                y, left, right = horizontals[j]
                if y - _TOLERANCE > bottom:
                    break
                if left - _TOLERANCE <= x <= right + _TOLERANCE:
                    down = self.down.setdefault(x, {})
                    down[y] = down.get(y, 0) | bit
                    across = self.across.setdefault(y, {})
                    across[x] = across.get(x, 0) | 1 << j
                j += 1
                met += 1
            if met > _MAX_STEPS:
                raise Rejected("RESOURCE_LIMIT", "the lines of a page cross too often")


def _cells(crossings: _Crossings) -> list[Box]:
    """The smallest box that starts at each crossing, where its four sides are drawn."""
    cells: list[Box] = []
    across_at, down_at = crossings.across, crossings.down
    rights = {y: list(line) for y, line in across_at.items()}
    steps = 0
    for x, down in down_at.items():
        ys = sorted(down)
        for i, y in enumerate(ys[:-1], 1):
            across = across_at[y]
            xs, line = rights[y], across[x]
            first = bisect_left(xs, x) + 1
            steps += len(xs) - first
            near = [r for r in xs[first:] if across[r] & line]
            if not near:
                continue
            side = down[y]
            for below in ys[i:]:
                if not down[below] & side:
                    continue
                bottom = across_at[below]
                base = bottom[x]
                for right in near:
                    steps += 1
                    if bottom.get(right, 0) & base:
                        facing = down_at[right]
                        if facing[below] & facing[y]:
                            cells.append((x, y, right, below))
                            break
                else:
                    continue
                break
            if steps > _MAX_STEPS:
                raise Rejected("RESOURCE_LIMIT", "the lines of a page cross too often")
    return cells


def _tables(cells: list[Box]) -> list[list[Box]]:
    """Groups of cells that hang together by their corners, from top to bottom."""
    parent = list(range(len(cells)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    owner: dict[Point, int] = {}
    for i, (x0, top, x1, bottom) in enumerate(cells):
        own = i
        for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
            other = parent[owner.setdefault(corner, own)]
            if other != own:
                parent[root(own)] = own = root(other)
    groups: dict[int, list[Box]] = {}
    for i, cell in enumerate(cells):
        groups.setdefault(root(i), []).append(cell)
    tables = [group for group in groups.values() if len(group) > 1]
    return sorted(tables, key=lambda group: min((c[1], c[0]) for c in group))


class CharsByCell:
    """The characters of a page, to be asked for by cell."""

    def __init__(self, chars: Sequence[Char]) -> None:
        self._chars = chars
        self._lefts = [char[1] for char in chars]
        heights = [(char[2] + char[4]) / 2 for char in chars]
        self._order = sorted(range(len(heights)), key=heights.__getitem__)
        self._heights = [heights[i] for i in self._order]

    def of(self, cells: Sequence[Box]) -> dict[Box, list[Char]]:
        """The characters whose middle each cell holds, from left to right.

        A character between cells belongs to none, one in cells that overlap to each.
        """
        bands: dict[tuple[float, float], tuple[list[float], list[Char]]] = {}
        placed: dict[Box, list[Char]] = {}
        for cell in cells:
            x0, top, x1, bottom = cell
            band = bands.get((top, bottom))
            if band is None:
                band = bands[top, bottom] = self._band(top, bottom)
            middles, chars = band
            if middles:
                first = bisect_left(middles, x0)
                placed[cell] = chars[first : bisect_left(middles, x1, first)]
            else:
                placed[cell] = [c for c in chars if x0 <= (c[1] + c[3]) / 2 < x1]
        return placed

    def _band(self, top: float, bottom: float) -> tuple[list[float], list[Char]]:
        """The characters between two heights, by their left ends, and their middles.

        No middles are given where these are not in the same order.
        """
        first = bisect_left(self._heights, top)
        inside = self._order[first : bisect_left(self._heights, bottom, first)]
        inside.sort()
        inside.sort(key=self._lefts.__getitem__)
        chars = [self._chars[i] for i in inside]
        middles = [(char[1] + char[3]) / 2 for char in chars]
        return (middles if all(map(le, middles, middles[1:])) else []), chars
