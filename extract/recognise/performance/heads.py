"""Heads of the bands of a form (表头): which column holds what.

Dispatch is on the words of the header row alone, never on titles or numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.recognise.numbers import fold, read_number
from extract.recognise.performance.header_roles import COLUMN_MARKS, LEVELS, roles_of
from extract.recognise.performance.layout import STAGES, level1_code
from extract.recognise.performance.rows import Row, Slot

_NUMBERISH = re.compile(r"[\d.,%％—\-/]*")
_LONGER = re.compile(r"实施期|中期|长期")
_MAX_CAPTION = 60
_MAX_TITLE = 12
_VALUES = frozenset({"target", "actual", "operator"})


@dataclass(frozen=True, slots=True)
class Head:
    """A header row: one text and one role per column of the rows below."""

    band: str
    table_index: int
    roles: tuple[str | None, ...]
    texts: tuple[str, ...]
    slots: tuple[Slot, ...]

    @property
    def width(self) -> int:
        return len(self.roles)

    def has(self, role: str) -> bool:
        return role in self.roles

    @property
    def lists_contents(self) -> bool:
        """Whether the name column holds whole indicators: no column of values, known or not."""
        marks = _VALUES | {"weight", "score"}
        return not marks.intersection(r for r in self.roles if r) and not self.unknown()

    def columns(self) -> dict[str, Slot]:
        """First header cell of each role."""
        found: dict[str, Slot] = {}
        for role, slot in zip(self.roles, self.slots, strict=True):
            if role is not None:
                found.setdefault(role, slot)
        return found

    def bind(self, row: Row) -> dict[str, Slot] | None:
        """Bind the cells of a row to roles; None when the row does not fit the head.

        Rows of as many cells as the head bind in order. Others bind by column where
        spans show the columns.
        """
        if len(row.slots) == self.width:
            found: dict[str, Slot] = {}
            for role, slot in zip(self.roles, row.slots, strict=True):
                if role is not None:
                    found.setdefault(role, slot)
            return found
        by_column = self._bind_by_column(row)
        if by_column and "target" in by_column and by_column["target"] is by_column.get("level3"):
            # One cell for name and value: the columns were dealt, and not printed.
            by_column = self._bind_levels(row) or by_column
        return self._bind_in_order(row) or by_column or self._bind_levels(row)

    def _bind_levels(self, row: Row) -> dict[str, Slot] | None:
        """Bind a row that merges its levels otherwise than the head, in a file without spans.

        预算执行率 may run over all levels, or one header over three columns of names. The marks
        at the end of the row have to prove which cell stands under which header.
        """
        if self.band != "indicator" or not self.has("level3") or len(row.slots) == self.width:
            return None
        at = self.roles.index("level3")
        tail = self.width - at - 1
        first = next(i for i, role in enumerate(self.roles) if role in LEVELS)
        names = row.slots[: max(0, len(row.slots) - tail)]
        if not tail or len(names) <= first:
            return None
        if len(names) > at + 1 and (self.has("level1") or len(names) > at + 3):
            return None
        found: dict[str, Slot] = {}
        for role, slot in zip(self.roles[at + 1 :], row.slots[-tail:], strict=True):
            if role is not None:
                found.setdefault(role, slot)
        marks = [found[role] for role in ("weight", "score") if role in found]
        if not marks or not all(slot.is_figure for slot in marks):
            return None
        levels = _levels_under(list(names[first:]))
        if self.has("level1"):  # one cell over several levels is printed for each of them
            levels = {role: levels.get(role, names[first]) for role in self.roles if role in LEVELS}
        return found | levels

    def _bind_in_order(self, row: Row) -> dict[str, Slot] | None:
        """Bind a short funds row of a dump: as many figures at its end as there are roles.

        A header merged sideways leaves blank cells where its row of figures has none.
        """
        roles = [role for role in self.roles if role is not None]
        blank = sum(role is None and not text for role, text in self._columns())
        cells = row.slots[-len(roles) :]
        if self.band != "funds" or len(row.slots) != self.width - blank + 1:
            return None
        if any(slot.text and read_number(slot.text) is None for slot in cells):
            return None
        return dict(zip(roles, cells, strict=True))

    def _columns(self) -> list[tuple[str | None, str]]:
        return list(zip(self.roles, self.texts, strict=True))

    def unknown(self) -> list[Slot]:
        """Header cells right of the first known one that no layout knows."""
        known = [i for i, role in enumerate(self.roles) if role is not None]
        return [
            slot
            for role, slot in zip(self.roles[known[0] :], self.slots[known[0] :], strict=True)
            if role is None and len(fold(slot.text)) > 1
        ]

    def suits(self, row: Row, year: int | None) -> bool:
        """Tell whether a row of the next page may stand under this head."""
        if len(row.slots) != self.width:
            return False
        cells = self.bind(row) or {}
        levels = [cells[r].text for r in ("level1", "level2") if r in cells and cells[r].text]
        known = not levels or any(level1_code(text, None, year) for text in levels)
        marks = [cells[r].text for r in ("weight", "score") if r in cells]
        if not all(_NUMBERISH.fullmatch(fold(text)) for text in marks):
            return False
        return known or (len(marks) > 1 and all(map(_has_digit, marks)))

    def _bind_by_column(self, row: Row) -> dict[str, Slot] | None:
        if row.table.index != self.table_index:
            return None
        last = self.slots[-1]
        end = last.column + last.width
        if row.slots[-1].column + row.slots[-1].width != end:
            return None
        found: dict[str, Slot] = {}
        for role, head in zip(self.roles, self.slots, strict=True):
            if role is None:
                continue
            under = [
                s
                for s in row.slots
                if s.column < head.column + head.width and head.column < s.column + s.width
            ]
            if role == "level3" and len(under) > 1 and not self.has("level1"):
                found |= _levels_under(under)
                continue
            printed = next((s for s in under if s.text), under[0] if under else None)
            if printed is not None:
                found.setdefault(role, printed)
        return found


def _levels_under(slots: list[Slot]) -> dict[str, Slot]:
    """Deal the cells under one header of names to levels: the last is the indicator."""
    found = {"level1": slots[0], "level3": slots[-1]} if len(slots) > 1 else {"level3": slots[0]}
    return found | {"level2": slots[-2]} if len(slots) > 2 else found


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def indicator_roles(row: Row, year: int | None) -> bool:
    """Tell whether a row is, or begins, the header of an indicator table."""
    texts = row.own_texts
    if any(len(t) > 40 for t in texts) or not any("指标" in t for t in texts):
        return False
    roles = [r for r in roles_of(texts, "indicator", year) if r]
    levels = LEVELS.intersection(roles)
    if len(levels) >= 2:
        return True
    if "level3" not in levels or "target" not in roles:
        return False
    return "actual" in roles or len(COLUMN_MARKS.intersection(roles)) > 1


def funds_roles(row: Row, year: int | None) -> bool:
    """Tell whether a row is, or begins, the header of a funds block."""
    texts = row.own_texts
    if any(len(t) > 30 for t in texts):
        return False
    roles = {r for r in roles_of(texts, "funds", year) if r}
    return len(roles & set(STAGES)) >= 2


def torn_funds_roles(row: Row, below: Row | None, year: int | None) -> bool:
    """Tell whether two rows together are the header of a funds block: 年初预 over 算数."""
    if below is None or len(below.slots) != len(row.slots) or funds_roles(below, year):
        return False
    joined = [a + b for a, b in zip(row.own_texts, below.own_texts, strict=True)]
    if any(len(t) > 30 for t in joined):
        return False
    roles = {r for r in roles_of(joined, "funds", year) if r}
    return len(roles & set(STAGES)) >= 2


def annual_first(row: Row) -> bool | None:
    """Tell whether the targets of the year stand left of those of several years.

    None where a row does not name both.
    """
    words = "".join(row.own_texts)
    longer = _LONGER.search(words)
    if longer is None or len(words) > _MAX_CAPTION or "年度" not in words:
        return None
    return words.index("年度") < longer.start()


def of_several_years(row: Row) -> bool | None:
    """Tell whether a header is of several years (长期绩效指标) or of the year; else None."""
    words = "".join(text for text in row.texts[:2] if len(text) <= _MAX_TITLE)
    longer = _LONGER.search(words) is not None
    return longer if longer != ("年度" in words) else None


def annual_block(head: Head, annual_is_first: bool) -> tuple[Head, tuple[Slot, ...]]:
    """Keep the targets of the year where those of several years stand beside them.

    Forms of targets print 实施期 (or 中期) and 年度 indicators side by side, under one
    level 1. Returns the head with the other block unbound, and the header cells of that block.
    """
    level3 = [i for i, role in enumerate(head.roles) if role == "level3"]
    if len(level3) != 2:
        return head, ()
    first, second = (_block_start(head.roles, i) for i in level3)
    kept = range(first, second) if annual_is_first else range(second, head.width)
    shared = head.roles.index("level1") if head.has("level1") else -1
    roles = tuple(
        role if i < first or i in kept or i == shared else None for i, role in enumerate(head.roles)
    )
    other = range(second, head.width) if annual_is_first else range(first, second)
    skipped = tuple(head.slots[i] for i in other if i != shared and head.texts[i])
    return replace(head, roles=roles), skipped


def _block_start(roles: tuple[str | None, ...], level3: int) -> int:
    start = level3
    while start > 0 and roles[start - 1] in ("level1", "level2"):
        start -= 1
    return start


def build_head(band: str, row: Row, below: Row | None, year: int | None) -> tuple[Head, bool]:
    """Return the head of a band and whether the row below belongs to it."""
    second = _second_line(band, row, below, year)
    if second is None:
        texts, slots = row.texts, row.slots
    else:
        texts, slots = second
    roles = roles_of(list(texts), band, year)
    head = Head(band, row.table.index, tuple(roles), tuple(texts), tuple(slots))
    return head, second is not None


def _second_line(
    band: str, row: Row, below: Row | None, year: int | None
) -> tuple[list[str], tuple[Slot, ...]] | None:
    """Join a second header line to the first, or None when there is none."""
    if below is None:
        return None
    # Only words make a header line: figures, and the words that levels are filled with, do not.
    own = below.own_texts
    if not any(own) or any(len(t) > 16 for t in own):
        return None
    if any(read_number(t) is not None for t in own if t):
        return None
    if len(below.slots) == len(row.slots):
        joined = [
            a if a == b or not slot.own else a + b
            for a, b, slot in zip(row.texts, below.texts, below.slots, strict=True)
        ]
        before = sum(r is not None for r in roles_of(row.texts, band, year))
        after = roles_of(joined, band, year)
        if sum(r is not None for r in after) <= before:
            return None
        return joined, row.slots
    return _expanded(band, row, below, year)


def _expanded(
    band: str, row: Row, below: Row, year: int | None
) -> tuple[list[str], tuple[Slot, ...]] | None:
    """Expand a group header over its members: 其中： over 财政资金 and 其他资金."""
    extra = len(below.slots) - len(row.slots)
    printed = [i for i, t in enumerate(below.own_texts) if t]
    if extra <= 0 or printed[-1] - printed[0] + 1 != len(printed):
        return None
    first, count = printed[0], len(printed)
    if count != extra + 1 or first >= len(row.slots):
        return None
    above = row.texts
    texts = (
        above[:first]
        + [f"{above[first]}|{t}" for t in below.own_texts[first : first + count]]
        + above[first + 1 :]
    )
    slots = row.slots[:first] + below.slots[first : first + count] + row.slots[first + 1 :]
    members = roles_of(texts[first : first + count], band, year)
    return (texts, slots) if any(members) else None
