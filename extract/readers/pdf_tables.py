"""Ruled tables of a page by pdfplumber's rules (有线表格): rulings to cells.

Strategy ``lines`` with all tolerances 3, as pdfplumber's ``find_tables`` has it by
default, in time that grows with the number of lines and crossings. Which characters
stand in a cell is told here, what text they form elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import le

from extract.readers.pdf_page import Box, Char, Chars, Edge
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
    return [Frame(_around(table), tuple(table)) for table in _tables(cells)]


def _around(cells: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


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
            across, xs, below = across_at[y], rights[y], ys[i]
            first = bisect_left(xs, x) + 1
            if first == len(xs):
                continue
            right = xs[first]
            if across[right] & across[x] and down[below] & down[y]:
                bottom = across_at[below]
                if bottom.get(right, 0) & bottom[x]:
                    facing = down_at[right]
                    if facing[below] & facing[y]:  # as nearly always: the next lines close it
                        cells.append((x, y, right, below))
                        continue
            steps += len(xs) - first
            near = [r for r in xs[first:] if across[r] & across[x]]
            cell, tried = _smallest(crossings, (x, y), near, ys[i:] if near else ())
            steps += tried
            if cell is not None:
                cells.append(cell)
            if steps > _MAX_STEPS:
                raise Rejected("RESOURCE_LIMIT", "the lines of a page cross too often")
    return cells


def _smallest(
    crossings: _Crossings, corner: Point, near: Sequence[float], ys: Sequence[float]
) -> tuple[Box | None, int]:
    """The smallest closed box from a corner, and how many were tried for it.

    ``near`` are the crossings to the right along the line of the corner.
    """
    (x, y), steps = corner, 0
    down_at, side = crossings.down, crossings.down[x]
    for below in ys:
        if not side[below] & side[y]:
            continue
        bottom = crossings.across[below]
        for right in near:
            steps += 1
            if bottom.get(right, 0) & bottom[x]:
                facing = down_at[right]
                if facing[below] & facing[y]:
                    return (x, y, right, below), steps
        if steps > _MAX_STEPS:
            break
    return None, steps


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


@dataclass(frozen=True, slots=True)
class Band:
    """The characters between two heights, from left to right."""

    chars: Chars
    """Those of the page."""
    indexes: list[int]
    middles: list[float]
    """In the order of ``indexes``; empty where they do not rise."""

    def between(self, x0: float, x1: float) -> tuple[int, int] | list[int]:
        """Which of the band a cell holds: from where to where, or else each index."""
        if self.middles:
            first = bisect_left(self.middles, x0)
            return first, bisect_left(self.middles, x1, first)
        lefts, rights = self.chars.lefts, self.chars.rights
        return [i for i in self.indexes if x0 <= (lefts[i] + rights[i]) / 2 < x1]


class CharsByCell:
    """The characters of a page, to be asked for by cell."""

    def __init__(self, chars: Iterable[Char]) -> None:
        self._chars = Chars.of(chars)
        tops, bottoms = self._chars.tops, self._chars.bottoms
        heights = [(top + bottom) / 2 for top, bottom in zip(tops, bottoms, strict=True)]
        self._order = sorted(range(len(heights)), key=heights.__getitem__)
        self._heights = [heights[i] for i in self._order]
        self._bands: dict[tuple[float, float], Band] = {}

    def of(self, cells: Iterable[Box]) -> dict[Box, list[Char]]:
        """The characters whose middle each cell holds, from left to right.

        A character between cells belongs to none, one in cells that overlap to each.
        """
        placed: dict[Box, list[Char]] = {}
        for cell in cells:
            band = self.band(cell[1], cell[3])
            held = band.between(cell[0], cell[2])
            if isinstance(held, tuple):
                held = band.indexes[held[0] : held[1]]
            placed[cell] = [self._chars[i] for i in held]
        return placed

    def band(self, top: float, bottom: float) -> Band:
        """The characters whose middle lies between two heights."""
        known = self._bands.get((top, bottom))
        if known is None:
            known = self._bands[top, bottom] = self._band(top, bottom)
        return known

    def _band(self, top: float, bottom: float) -> Band:
        first = bisect_left(self._heights, top)
        inside = self._order[first : bisect_left(self._heights, bottom, first)]
        lefts, rights = self._chars.lefts, self._chars.rights
        inside.sort()
        inside.sort(key=lefts.__getitem__)
        middles = [(lefts[i] + rights[i]) / 2 for i in inside]
        rising = all(map(le, middles, middles[1:]))
        return Band(self._chars, inside, middles if rising else [])
