"""The funds block of the open form while it is read (资金块): its header, and which rows are its.

Keeps the header and the units that unit lines state. What a row of the block says is read
in :mod:`extract.recognise.performance.funds`.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.recognise.performance import heads
from extract.recognise.performance.funds import (
    funds_line,
    is_goal_row,
    label_of,
    label_rest,
    line_under_pairs,
    names_block,
    paired_line,
    rate_beside,
    starts_block,
    stated_unit,
    take_loose,
    unit_line,
    unnamed_line,
)
from extract.recognise.performance.heads import Head
from extract.recognise.performance.model import Form, FundsLine, Units
from extract.recognise.performance.rows import Item, Mender, Row, row_below


class FundsBand:
    """The header of the block, and the units stated over the rows of each table."""

    def __init__(
        self, stream: Sequence[Item], mender: Mender, units: Units, year: int | None
    ) -> None:
        self._stream = stream
        self._mender = mender
        self._units = units
        self._year = year
        self._told: dict[int, str | None] = {}
        self._above: tuple[Row | None, Row | None] = (None, None)
        self._head: Head | None = None
        self._pairs: FundsLine | None = None

    def note(self, row: Row) -> None:
        """Remember the row, and the unit line of its table: 单位：万元."""
        self._above = (self._above[1], row)
        self._told[row.table.index] = unit_line(row) or self._told.get(row.table.index)

    def stated(self, row: Row) -> str | None:
        """Return the unit of money that a row, its table or the line over its table states."""
        table = row.table.index
        own = stated_unit(row) or self._stated_above(row)
        return own or self._told.get(table) or self._units.get(table)

    def _stated_above(self, row: Row) -> str | None:
        """Return the unit in the first line of a header of two lines: 预算金额（万元）."""
        above, current = self._above
        if above is None or current is not row or above.table.index != row.table.index:
            return None
        return (
            None if any(slot.is_figure for slot in above.slots if slot.text) else stated_unit(above)
        )

    def opens(self, form: Form | None, row: Row, position: int, *, in_indicators: bool) -> bool:
        """Tell whether a row is the header of a block; without a form it has to say so."""
        if form is None and not names_block(row, self._year):
            return False
        if in_indicators and not starts_block(row):
            return False
        if paired_line(row, self._year) is not None:
            return False
        below = row_below(self._stream, position)
        return heads.funds_roles(row, self._year) or heads.torn_funds_roles(row, below, self._year)

    def open(self, form: Form, row: Row, position: int) -> int:
        """Take the header of a block; return the position after it."""
        below = row_below(self._stream, position)
        self._head, two_lines = heads.build_head("funds", row, below, self._year)
        form.funds_unit = stated_unit(row) or form.funds_unit or self.stated(row)
        form.has_funds_head = True
        form.unread.extend(self._head.unknown())
        form.has_result = form.has_result or self._head.has("execution")
        return position + (2 if two_lines else 1)

    def take(self, form: Form, row: Row, position: int) -> int | None:
        """Take a row of the block; return the position after it, or None where the block ends."""
        assert self._head is not None
        if is_goal_row(row):
            return None
        mended = self._mender.mended(row, position, self._head.width)
        whole, after = mended if mended is not None else (row, position + 1)
        cells, label = self._head.bind(whole), label_of(whole, self._head)
        if cells is None:
            return None
        if label is None or label in cells.values():
            # Figures right under the header; a text over all columns is none of the block.
            line = None if form.funds else unnamed_line(whole, self._head, cells)
            if line is None:
                return None
            form.funds.append(line)
            return after
        rest = label_rest(label, whole, row_below(self._stream, after - 1))
        line, needed_rest = funds_line(whole, label, rest, cells, self._year)
        if line is not None:
            form.funds.append(line)
        elif any(slot.own and slot.is_figure for slot in cells.values()):
            form.unread.append(label)
        return after + (1 if needed_rest else 0)

    def take_loose(self, form: Form, row: Row, position: int) -> None:
        """Take a row outside of blocks: amounts beside or under their labels, or texts of goals."""
        line = None if form.funds or form.indicators else paired_line(row, self._year)
        pairs = self._pairs
        if line is None and pairs is not None and form.funds and form.funds[0] is pairs:
            part = line_under_pairs(row, pairs, self._year)
            if part is not None:
                form.funds.append(part)
                return
        if line is None:
            below = row_below(self._stream, position)
            take_loose(form, row, below, self.stated(row), self._year)
            return
        form.funds_unit = form.funds_unit or self.stated(row)
        form.has_funds_head = True
        form.has_result = form.has_result or "execution" in line.cells
        rate = rate_beside(row, self._above[0], line, self._year)
        if rate is not None:
            line.cells["ratio"] = rate
        form.funds.append(line)
        self._pairs = line
