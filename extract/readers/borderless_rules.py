"""Horizontal rules of a page (横线): from what producers draw to what a reader sees.

Dots, dashes, the two sides of a thin box and pairs of a thick and a thin rule are one
rule each. What tables the rules close is another module's work.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.readers.pdf_page import Edge
from extract.readers.pdf_tables import Frame

_SAME_EXTENT = 1.5
_PIECES = 2.0
"""Points between the pieces of one rule at most."""


def joined_rules(horizontals: Sequence[Edge], ruled: Sequence[Frame]) -> list[Edge]:
    """Return the rules outside the ruled tables, from top to bottom."""
    rules: list[Edge] = []
    level: list[Edge] = []
    for edge in sorted(horizontals):
        if level and edge[0] - level[0][0] > _PIECES:
            rules += _joined(level)
            level = []
        if not any(f.box[1] - 2 <= edge[0] <= f.box[3] + 2 for f in ruled):
            level.append(edge)
    return rules + _joined(level)


def _joined(level: Sequence[Edge]) -> list[Edge]:
    """The pieces of one height, those that nearly touch joined, from left to right."""
    joined: list[Edge] = []
    for y, x0, x1 in sorted(level, key=lambda edge: edge[1:]):
        last = joined[-1] if joined else None
        if last is not None and x0 <= last[2] + _PIECES:
            joined[-1] = (min(last[0], y), last[1], max(last[2], x1))
        else:
            joined.append((y, x0, x1))
    return joined


def chains_of(long: Sequence[Edge]) -> list[list[Edge]]:
    """Return rules of one width below each other; those inside that width belong to the header."""
    chains: list[list[Edge]] = []
    for rule in long:
        last = chains[-1][0] if chains else None
        if last is not None and _same_extent(last, rule):
            chains[-1].append(rule)
        elif last is None or not last[1] - 3 <= rule[1] < rule[2] <= last[2] + 3:
            chains.append([rule])
    return chains


def _same_extent(a: Edge, b: Edge) -> bool:
    return abs(a[1] - b[1]) <= _SAME_EXTENT and abs(a[2] - b[2]) <= _SAME_EXTENT
