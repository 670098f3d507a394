"""Hierarchy told by sums (按合计推断层级): which lines add up other lines.

For tables that print names only. A line is taken for a sum only where the whole table
closes: all lines at the top must add up to the printed total. Otherwise nothing is
claimed. Knows figures only, no labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def sum_lines(values: Sequence[Decimal], total: Decimal) -> set[int] | None:
    """Return the positions of lines that are sums of the lines right under them.

    ``values`` are the figures of the lines in printed order, without the total. An
    empty set: the lines add up to ``total`` as they stand. None: no reading does.
    """
    if sum(values, Decimal(0)) == total:
        return set()
    parents: set[int] = set()
    ends = [0] * len(values)
    for position in range(len(values) - 1, -1, -1):
        ends[position] = _end(values, ends, position, parents)
    top = Decimal(0)
    position = 0
    while position < len(values):
        top += values[position]
        position = ends[position]
    return parents if top == total else None


def _end(values: Sequence[Decimal], ends: list[int], position: int, parents: set[int]) -> int:
    """Return where the lines under ``position`` end, and note it if it is their sum."""
    target = values[position]
    reached, below = Decimal(0), position + 1
    while target > 0 and below < len(values) and reached < target:
        reached += values[below]
        below = ends[below]
        if reached == target:
            parents.add(position)
            return below
    return position + 1
