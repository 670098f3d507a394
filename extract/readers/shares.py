"""Header cells shared out over the row below (表头分栏): how many cells each of them covers.

Certain where one way fits: an empty cell below stands under a header of its own, groups
open with 小计 or repeat each other. Rows as a whole are the business of
:mod:`extract.readers.align`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

GROUP_OPENERS = frozenset({"小计", "合计", "总计", "金额"})
_UNIT = re.compile(r"[（(][^（）()]*[)）]$")
_BLANKS = re.compile(r"\s+")
_MAX_RUNS = 4
_MAX_SHARED = 24
"""More filled stretches, or header cells over them, than these are not shared out."""


def spread(header: Sequence[str], below: Sequence[str]) -> list[int] | None:
    """Return how many cells of the row below each header cell covers, or None if unsure.

    An empty cell below stands under a header of its own (the two are merged). The
    headers left over share the filled stretches, which break where a group opens.
    """
    header = [_BLANKS.sub("", text) for text in header]
    below = [_BLANKS.sub("", text) for text in below]
    for shown in (header, _without_empty_tail(header)):
        counts = _spread(shown, below)
        if counts is not None and len(shown) == len(header):
            return counts
    return None


def _without_empty_tail(header: Sequence[str]) -> Sequence[str]:
    end = len(header)
    while end and not header[end - 1]:
        end -= 1
    return header[:end]


def _spread(header: Sequence[str], below: Sequence[str]) -> list[int] | None:
    runs: list[list[int]] = []
    for i, text in enumerate(below):
        if text and runs and below[runs[-1][-1]]:
            runs[-1].append(i)
        else:
            runs.append([i])
    filled = [run for run in runs if below[run[0]]]
    left = len(header) - (len(runs) - len(filled))
    if not filled or left < len(filled):
        return None
    found: list[list[int]] = []
    for shares in _shares(left, len(filled)):
        counts = _shared(header, below, runs, shares)
        if counts is not None and counts not in found:
            found.append(counts)
    return found[0] if len(found) == 1 else None


def _shares(total: int, runs: int) -> list[tuple[int, ...]]:
    """Return the ways to share header cells among the filled stretches, each getting one."""
    if runs == 1:
        return [(total,)]
    if runs > _MAX_RUNS or total > _MAX_SHARED:
        return [(1,) * runs] if total == runs else []
    return [
        (first, *rest)
        for first in range(1, total - runs + 2)
        for rest in _shares(total - first, runs - 1)
    ]


def _shared(
    header: Sequence[str], below: Sequence[str], runs: list[list[int]], shares: tuple[int, ...]
) -> list[int] | None:
    """Return what each header cell covers where the filled stretches get so many of them."""
    counts: list[int] = []
    of_run = iter(shares)
    for run in runs:
        if not below[run[0]]:
            counts.append(1)
            continue
        names = header[len(counts) : len(counts) + next(of_run)]
        sizes = _groups([below[i] for i in run], names)
        if sizes is None:
            return None
        counts.extend(sizes)
    return counts if len(counts) == len(header) else None


def _groups(leaves: list[str], names: Sequence[str]) -> list[int] | None:
    """Cut the leaves into as many groups as there are names, where the cut is certain."""
    leaves = [_UNIT.sub("", leaf) for leaf in leaves]
    if len(names) == 1:
        return [len(leaves)]
    if len(names) == len(leaves):
        return [1] * len(leaves)
    for starts in (
        [i for i, leaf in enumerate(leaves) if leaf == leaves[0]],
        [i for i, leaf in enumerate(leaves) if i == 0 or leaf in GROUP_OPENERS],
        _repeats(leaves),
        _named(leaves, names),
    ):
        if len(starts) == len(names):
            return [b - a for a, b in zip(starts, [*starts[1:], len(leaves)], strict=True)]
    return None


def _repeats(leaves: list[str]) -> list[int]:
    starts, seen = [0], set[str]()
    for i, leaf in enumerate(leaves):
        if leaf in seen:
            starts.append(i)
            seen = set()
        seen.add(leaf)
    return starts


def _named(leaves: list[str], names: Sequence[str]) -> list[int]:
    starts = [0]
    for name in names[1:]:
        hits = [i for i in range(starts[-1] + 1, len(leaves)) if name and name in leaves[i]]
        if not hits:
            return []
        starts.append(hits[0])
    return starts
