"""Header cells shared out over the row below (表头分栏): how many cells each of them covers.

Certain where one way fits: an empty cell below stands under a header of its own, groups
open with 小计 or repeat each other, 类 | 款 | 项 are the parts of a code, 增减额 belongs to
the header that compares. Rows as a whole are the business of :mod:`extract.readers.align`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_SUMS = frozenset({"小计", "合计", "总计"})
GROUP_OPENERS = _SUMS | {"金额"}
_UNIT = re.compile(r"[（(][^（）()]*[)）]$")
_PARTS = ("类", "款", "项")
_CODE = re.compile(r"编码|代码")
_LABEL = re.compile(r"(?:名称|编码|代码)$|^[类款项]$")
_OF_LABELS = re.compile(r"^项目$|科目$|分类$|编码$|代码$")
_SECOND = re.compile(r"名称$|^[款项]$|计$")
_MAY_HEAD_LABELS = re.compile(r"科目|项目$|分类|类别|编码|代码|名称|单位|部门")
_AMOUNT = re.compile(r"(?:数|额|率|[%％]|年度?)$")
_RATE = re.compile(r"[%％率]$|(?:比例|百分比|幅度)$")
_CHANGE_AMOUNT = re.compile(r"(?:增减|增长|变动)[额数]?$|差额$|(?:增减|增长|变动)金额$")
_CHANGE = re.compile(f"{_RATE.pattern}|{_CHANGE_AMOUNT.pattern}")
_BARE_AMOUNTS = frozenset({"金额", "数额", "额", "绝对额", "绝对数"})
"""Names of an amount that leave to the header above what it is of."""
_COMPARES = re.compile(r"比|与|较|增减|增长")
_SPENDING = re.compile(r"功能分类|经济分类|支出性质|支出用途|支出功能|支出经济")
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
    unsure = False
    for shares in _shares(left, len(filled)):
        counts = _shared(header, below, runs, shares)
        if counts is None:
            unsure = True
        elif counts not in found and _names_agree(header, below, counts):
            found.append(counts)
    if len(found) != 1 or (unsure and _stacks(header, below, found[0])):
        return None
    return found[0]


def _names_agree(header: Sequence[str], below: Sequence[str], counts: Sequence[int]) -> bool:
    """Tell whether no name of a label stands under a name of an amount: 科目名称 under 预算数.

    Names of labels alone stand under 科目, 项目 and the like and under nothing else.
    """
    at = 0
    for name, count in zip(header, counts, strict=True):
        leaves = below[at : at + count]
        at += count
        labels = [bool(_LABEL.search(leaf)) for leaf in leaves]
        if any(labels) and is_amount_name(name):
            return False
        if all(labels) and name and not _MAY_HEAD_LABELS.search(name):
            return False
    return True


def _stacks(header: Sequence[str], below: Sequence[str], counts: Sequence[int]) -> bool:
    """Tell whether several names stand over one name each: they fit by number, not by sense."""
    at, stacked = 0, 0
    for name, count in zip(header, counts, strict=True):
        stacked += bool(count == 1 and name and below[at])
        at += count
    return stacked > 1


def is_amount_name(text: str) -> bool:
    """Tell whether a header names amounts (预算数, 金额) and so cannot stand over labels."""
    return _AMOUNT.search(_UNIT.sub("", _BLANKS.sub("", text))) is not None


def opens_half(text: str) -> bool:
    """Tell whether a name can open one of the equal halves of a table: no amount, no second label.

    An empty cell is none either: what opens a half is named.
    """
    text = _BLANKS.sub("", text)
    return bool(text) and not is_amount_name(text) and not _SECOND.search(text)


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
    parts = _parts(leaves)
    if parts and _CODE.search(names[0]):
        return _cut(leaves, parts, names, 1)
    if len(names) == len(leaves):
        return [1] * len(leaves)
    change = _change(leaves, names)
    if change:
        return _cut(leaves, change, names, len(names) - 1)
    labels = next((i for i, leaf in enumerate(leaves) if not _LABEL.search(leaf)), 0)
    of_labels = next((i for i, name in enumerate(names) if not _OF_LABELS.search(name)), 0)
    if labels and of_labels:
        return _cut(leaves, labels, names, of_labels)
    each = len(leaves) // len(names)
    if each > 1 and leaves == leaves[:each] * len(names):
        return [each] * len(names)
    sums = [i for i, leaf in enumerate(leaves) if i == 0 or leaf in _SUMS]
    sides = _sides(leaves, names)
    cuts = [
        starts
        for starts in (
            sums,
            sides,
            [i for i, leaf in enumerate(leaves) if leaf == leaves[0]],
            [i for i, leaf in enumerate(leaves) if i == 0 or leaf in GROUP_OPENERS],
            _repeats(leaves),
            _named(leaves, names),
            [i for i, leaf in enumerate(leaves) if leaf == leaves[0] or leaf in GROUP_OPENERS],
        )
        if len(starts) == len(names) and (starts == sides or _sums_open(leaves, starts))
    ]
    if not cuts or (cuts[0] not in (sums, sides) and any(cut != cuts[0] for cut in cuts)):
        return None
    return [b - a for a, b in pairwise([*cuts[0], len(leaves)])]


def _sums_open(leaves: list[str], starts: list[int]) -> bool:
    """Tell whether each sum (小计) opens a group, or follows one that does, and not alone."""
    inside = (i for i, leaf in enumerate(leaves) if leaf in _SUMS and i not in starts)
    alone = (a for a, b in pairwise([*starts, len(leaves)]) if b - a == 1 and leaves[a] in _SUMS)
    return not any(alone) and all(leaves[i - 1] in _SUMS and i - 1 in starts for i in inside)


def _cut(leaves: list[str], at: int, names: Sequence[str], under: int) -> list[int] | None:
    """Share the leaves before ``at`` among those before ``under``, the others among the rest."""
    if not 0 < at < len(leaves) or at < under or len(leaves) - at < len(names) - under:
        return None
    left, right = _groups(leaves[:at], names[:under]), _groups(leaves[at:], names[under:])
    return left + right if left is not None and right is not None else None


def _parts(leaves: list[str]) -> int:
    """Return how many of the first leaves are parts of one code (类 | 款 | 项, 类 | 款)."""
    return next((n for n in (3, 2) if tuple(leaves[:n]) == _PARTS[:n]), 0)


def _change(leaves: list[str], names: Sequence[str]) -> int:
    """Return where the changes (增减额, 增减%) begin that the last name alone compares, or 0.

    They are an amount, a rate or both, in this order.
    """
    if not _COMPARES.search(names[-1]) or any(map(_COMPARES.search, names[:-1])):
        return 0
    *_, last_but_one, last = ["", *leaves]
    if not _CHANGE.search(last):
        return 0
    amount = last_but_one in _BARE_AMOUNTS or _CHANGE_AMOUNT.search(last_but_one)
    return len(leaves) - (2 if _RATE.search(last) and amount else 1)


def _sides(leaves: list[str], names: Sequence[str]) -> list[int]:
    """Return where 收入 and 支出 begin: only 支出 is listed by function or economic class."""
    if not ("收" in names[0] and "支" in names[-1]) or len(names) != 2:
        return []
    return [0, *(i for i, leaf in enumerate(leaves) if i and _SPENDING.search(leaf))][:2]


def _repeats(leaves: list[str]) -> list[int]:
    starts, seen = [0], set[str]()
    for i, leaf in enumerate(leaves):
        if leaf in seen:
            starts.append(i)
            seen = set()
        seen.add(leaf)
    return starts


def _named(leaves: list[str], names: Sequence[str]) -> list[int]:
    """Return where the leaves begin that bear a name and more: 项目支出数 under 项目支出."""
    starts = [0]
    for name in names[1:]:
        after = range(starts[-1] + 1, len(leaves))
        hits = [i for i in after if name and name in leaves[i] and name != leaves[i]]
        if not hits:
            return []
        starts.append(hits[0])
    return starts
