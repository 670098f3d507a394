"""Columns, rows and header of a table without vertical rulings (无竖线表格的行列).

Columns are what white space divides in all rows of the body; figures end at common right
edges and labels start at common left edges, so it does. Columns that are empty are known
by their headers alone. Where a table stands on the page is another module's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from extract.readers.borderless_words import Row, Word, numbers_columns
from extract.readers.pdf_page import Box, Edge

_RIVER = 2.0
"""Points of white between two columns at least."""
_RARE = 0.12
"""Part of the rows that may run over a border: totals whose label is merged."""
_TOUCH = 2.0
_LEADING = 0.4
"""Of the size of the type: space between the lines of one header at most."""
_CENTRED = 2.0
_FOOT = 0.7
_TIGHT = 0.5
"""Of the usual space between rows: lines nearer than this are one cell's."""
_TIGHT_WRAPPED = 0.8
"""The same for a line that is plainly the rest of a label."""


def stacked(header: Sequence[Row]) -> list[Word]:
    """The header's words, those that are one text broken over lines joined to one."""
    blocks: list[Word] = []
    for word in (word for row in header for word in row):
        for i, block in enumerate(blocks):
            close = 0 <= word.top - block.bottom + _TOUCH < (_LEADING * word.size) + _TOUCH
            shared = min(word.x1, block.x1) - max(word.x0, block.x0)
            alike = abs(word.middle - block.middle) < _CENTRED or abs(word.x0 - block.x0) < 1.0
            if close and alike and shared > 0:
                blocks[i] = Word(
                    block.text + word.text,
                    min(block.x0, word.x0),
                    block.top,
                    max(block.x1, word.x1),
                    word.bottom,
                    word.size,
                )
                break
        else:
            blocks.append(word)
    return blocks


def column_edges(
    body: Sequence[Row], header: Sequence[Word], left: float, right: float
) -> list[float]:
    """Return the borders of the columns, outer ones included, from left to right."""
    columns = _columns([row for row in body if not numbers_columns(row)])
    leaves = [
        word
        for word in header
        if not word.is_number
        and not any(o.top > word.bottom - 1 and o.x0 < word.x1 and word.x0 < o.x1 for o in header)
    ]
    columns = _with_leaves(columns, leaves)
    columns = _widened(columns, [leaves]) if columns else [(left + _RIVER, right - _RIVER)]
    edges = [min(left, columns[0][0] - _RIVER)]
    for (_, end), (start, _) in pairwise(columns):
        edges.append((end + start) / 2)
    return [*edges, max(right, columns[-1][1] + _RIVER)]


def _with_leaves(
    columns: list[tuple[float, float]], leaves: Sequence[Word]
) -> list[tuple[float, float]]:
    """Add columns that only a header shows, and bring headers and figures together.

    A short figure at the right of a column may not reach under its centred header: what
    has no header stands beside what has nothing but one.
    """
    found: list[tuple[float, float, bool, bool]] = [
        (x0, x1, True, any(w.x0 < x1 + 1 and x0 - 1 < w.x1 for w in leaves)) for x0, x1 in columns
    ]
    for word in sorted(leaves, key=lambda w: w.x1 - w.x0):
        if not any(word.x0 < x1 + 1 and x0 - 1 < word.x1 for x0, x1, _, _ in found):
            found.append((word.x0, word.x1, False, True))
    merged: list[tuple[float, float, bool, bool]] = []
    for x0, x1, printed, named in sorted(found):
        last = merged[-1] if merged else None
        if last and leaves and (last[2:], (printed, named)) in _COMPLEMENTS:
            merged[-1] = (last[0], x1, True, True)
        else:
            merged.append((x0, x1, printed, named))
    return [(x0, x1) for x0, x1, _, _ in merged]


_COMPLEMENTS = (((True, False), (False, True)), ((False, True), (True, False)))


def _columns(body: Sequence[Row]) -> list[tuple[float, float]]:
    """Stretches of x that print stands in, cut where nearly no row prints anything."""
    ends: list[tuple[float, int]] = []
    for row in body:
        for word in row:
            ends.append((word.x0, 1))
            ends.append((word.x1, -1))
    ends.sort()
    rare = int(_RARE * len(body))
    stretches: list[tuple[float, float]] = []
    depth, start = 0, 0.0
    for x, change in ends:
        before, depth = depth, depth + change
        if before <= rare < depth:
            start = x
        elif depth <= rare < before:
            if stretches and start - stretches[-1][1] < _RIVER:
                stretches[-1] = (stretches[-1][0], x)
            else:
                stretches.append((start, x))
    if not stretches and rare:
        return _columns(body[:8])
    for word in (word for row in body for word in row):
        if not any(word.x0 < x1 + _RIVER and x0 - _RIVER < word.x1 for x0, x1 in stretches):
            stretches.append((word.x0, word.x1))
            stretches.sort()
    return _widened(stretches, body)


def _widened(
    stretches: list[tuple[float, float]], body: Sequence[Row]
) -> list[tuple[float, float]]:
    """Let each stretch take in the words that stand in it alone."""
    wide = list(stretches)
    for word in (word for row in body for word in row):
        hit = [i for i, (x0, x1) in enumerate(stretches) if word.x0 < x1 and x0 < word.x1]
        if len(hit) == 1:
            x0, x1 = wide[hit[0]]
            wide[hit[0]] = (min(x0, word.x0), max(x1, word.x1))
    for i in range(len(wide) - 1):
        if wide[i][1] > wide[i + 1][0]:
            border = (stretches[i][1] + stretches[i + 1][0]) / 2
            wide[i], wide[i + 1] = (wide[i][0], border), (border, wide[i + 1][1])
    return wide


def row_bands(body: Sequence[Row]) -> list[tuple[float, float]]:
    """Return top and bottom of each row: lines of one cell are one row."""
    bands: list[tuple[float, float, bool]] = []
    for row in sorted(body, key=lambda row: min(w.top for w in row)):
        top, bottom = min(w.top for w in row), max(w.bottom for w in row)
        counts = any(w.is_figure for w in row[1:])
        if bands and top < bands[-1][1] - 0.5 and not (counts and bands[-1][2]):
            last = bands[-1]
            bands[-1] = (last[0], max(last[1], bottom), counts or last[2])
        else:
            bands.append((top, bottom, counts))
    usual = _usual_space(bands)
    wrapped = _wrapped(body)
    joined: list[tuple[float, float, bool]] = []
    for top, bottom, counts in bands:
        last = joined[-1] if joined else (0.0, -1e9, False)
        tight = _TIGHT_WRAPPED if top in wrapped else _TIGHT
        if top - last[1] < tight * usual and not (counts and last[2]):
            joined[-1] = (last[0], bottom, counts or last[2])
        else:
            joined.append((top, bottom, counts))
    return [(top, bottom) for top, bottom, _ in joined]


def _wrapped(body: Sequence[Row]) -> set[float]:
    """Tops of the lines that are plainly the rest of the label in the line above.

    Such a line holds nothing else, and starts where a label starts above it that fills
    its column: no label of the same start ends further to the right.
    """
    ordered = sorted(body, key=lambda row: min(w.top for w in row))
    widest: dict[int, float] = {}
    for word in (word for row in ordered for word in row if not word.is_figure):
        start = round(word.x0)
        for near in (start - 1, start, start + 1):
            widest[near] = max(widest.get(near, 0.0), word.x1)
    return {
        row[0].top
        for above, row in pairwise(ordered)
        if len(row) == 1
        and not row[0].is_figure
        and any(
            abs(w.x0 - row[0].x0) < 1.0 and w.x1 > widest[round(w.x0)] - w.size
            for w in above
            if not w.is_figure and len(w.text) > 1
        )
    }


def _usual_space(bands: Sequence[tuple[float, float, bool]]) -> float:
    """Space between two rows that follow each other, both with figures."""
    spaces = [b[0] - a[1] for a, b in pairwise(bands) if a[2] and b[2]]
    return median(spaces) if len(spaces) > 1 else 0.0


def borders(bands: Sequence[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """The heights between the rows, the ends of the table included."""
    between = [(a[1] + b[0]) / 2 for a, b in pairwise(bands)]
    return [top, *between, bottom]


def body_cells(body: Sequence[Row], xs: Sequence[float], ys: Sequence[float]) -> list[Box]:
    """The boxes of all cells; a word that runs over a border merges what it stands in."""
    cells: list[Box] = []
    for top, bottom in pairwise(ys):
        inside = [w for row in body for w in row if top <= (w.top + w.bottom) / 2 < bottom]
        crossed = {x for x in xs[1:-1] for w in inside if w.x0 + 1 < x < w.x1 - 1}
        if len(inside) == 1 and abs(inside[0].middle - (xs[0] + xs[-1]) / 2) < _CENTRED:
            crossed = set(xs[1:-1])
        kept = [x for x in xs if x not in crossed]
        cells += [(a, top, b, bottom) for a, b in pairwise(kept)]
    return cells


def lead_lines(header: Sequence[Row]) -> int:
    """How many lines of a header stand above its columns: a title or a unit in the frame."""
    for i, row in enumerate(header):
        if len(row) > 1:
            return i
        below = header[i + 1] if i + 1 < len(header) else row
        space = min(w.top for w in below) - max(w.bottom for w in row)
        if space < 0.6 * row[0].size:
            return i
    return 0


def header_cells(
    words: Sequence[Word], xs: Sequence[float], top: float, bottom: float, rules: Iterable[Edge]
) -> list[Box]:
    """The boxes of the header: groups over the columns that they are of.

    ``rules`` are short rulings (y, left, right) inside the header: each closes a group
    over the columns that it spans.
    """
    groups = _ruled_groups(words, xs, top, rules) or _guessed_groups(words, xs, top)
    cells: list[Box] = []
    below: dict[int, float] = {}
    for first, last, start, end in sorted(groups):
        cells.append((xs[first], start, xs[last], end))
        for column in range(first, last):
            below[column] = max(end, below.get(column, top))
    for column in range(len(xs) - 1):
        start = below.get(column, top)
        cells.append((xs[column], start, xs[column + 1], bottom))
    return cells


_Group = tuple[int, int, float, float]
"""First column, column after the last, top and bottom."""


def _ruled_groups(
    words: Sequence[Word], xs: Sequence[float], top: float, rules: Iterable[Edge]
) -> list[_Group]:
    groups: list[_Group] = []
    starts: dict[int, float] = {}
    for y, x0, x1 in sorted(rules):
        inside = [i for i in range(len(xs) - 1) if x0 - 3 <= (xs[i] + xs[i + 1]) / 2 <= x1 + 3]
        if not inside:
            continue
        first, last = inside[0], inside[-1] + 1
        over = [w for w in words if w.bottom <= y + 2 and xs[first] <= w.middle <= xs[last]]
        start = max(starts.get(i, top) for i in inside)
        over = [w for w in over if w.top >= start - 2]
        if over and last - first > 1:
            groups.append((first, last, start, y))
            starts.update(dict.fromkeys(inside, y))
    return groups


def _guessed_groups(words: Sequence[Word], xs: Sequence[float], top: float) -> list[_Group]:
    """Groups without a ruling: a header above others, centred over their columns."""
    groups: list[_Group] = []
    lowest_of_all = max(w.bottom for w in words)
    for word in sorted(words, key=lambda w: w.top):
        # A header beside a group stands at half its height, those under it at its foot.
        least = word.bottom - 1 + _FOOT * (lowest_of_all - word.bottom)
        under = [w for w in words if w.top > word.bottom - 1 and w.bottom > least]
        ranges: list[tuple[float, int, int]] = []
        for first in range(len(xs) - 2):
            for last in range(first + 2, len(xs)):
                if not xs[first] < word.middle < xs[last]:
                    continue
                filled = all(
                    any(xs[i] <= w.middle < xs[i + 1] for w in under) for i in range(first, last)
                )
                others = [
                    w
                    for w in words
                    if w is not word
                    and w.top < word.bottom - 1
                    and w.bottom > word.top + 1
                    and xs[first] < w.middle < xs[last]
                ]
                if not filled or others:
                    continue
                ranges.append((abs((xs[first] + xs[last]) / 2 - word.middle), first, last))
        if not ranges:
            continue
        # Borders lie between prints, not where cells end: centres are known roughly.
        nearest = min(ranges)[0]
        off, first, last = max(
            (r for r in ranges if r[0] <= nearest + 0.03 * (xs[r[2]] - xs[r[1]])),
            key=lambda r: r[2] - r[1],
        )
        alone = next(i for i in range(len(xs) - 1) if xs[i] <= word.middle < xs[i + 1])
        off_alone = abs((xs[alone] + xs[alone + 1]) / 2 - word.middle)
        crosses = any(word.x0 + 1 < x < word.x1 - 1 for x in xs[1:-1])
        lowest = min(
            w.top for w in words if w.top > word.bottom - 1 and xs[first] <= w.middle < xs[last]
        )
        over = [group for group in groups if group[0] < last and first < group[1]]
        nested = all(f <= first and last <= e and end <= word.top + 1 for f, e, _, end in over)
        if nested and (crosses or off + 3 < off_alone):
            start = max((group[3] for group in over), default=top)
            groups.append((first, last, start, (word.bottom + lowest) / 2))
    return groups
