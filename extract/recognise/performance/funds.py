"""The funds block of a form (项目资金): lines by source, figures by stage."""

from __future__ import annotations

import itertools
import re

from extract.recognise.numbers import fold, money_unit, read_number
from extract.recognise.performance.heads import Head
from extract.recognise.performance.layout import funds_label
from extract.recognise.performance.model import Form, FundsLine
from extract.recognise.performance.rows import Row, Slot

_GOAL = re.compile(r"(?:年度|总体|预期|绩效|实施期|中期|项目|设定|当年){1,4}(?:总体|绩效)?目标")
_MIN_TEXT = 9
_MAX_LABEL_REST = 8


def stated_unit(row: Row) -> str | None:
    """Return the unit of money that a row states: 项目资金（万元）."""
    return next((unit for text in row.texts if (unit := money_unit(text)) is not None), None)


def is_goal_row(row: Row) -> bool:
    """Tell whether a row begins the goals of the form (年度总体目标)."""
    return any(_GOAL.match(fold(t)) and len(t) < 20 for t in row.own_texts[:2] if t)


def label_of(row: Row, head: Head) -> Slot | None:
    """Return the label of a funds row: the last printed cell before the figures."""
    limit = next(i for i, role in enumerate(head.roles) if role is not None)
    edge = head.slots[limit].column
    same = len(row.slots) == head.width
    found: Slot | None = None
    for i, slot in enumerate(row.slots):
        if (i < limit if same else slot.column < edge) and slot.text and slot.own:
            found = slot
    return found


def label_rest(label: Slot, row: Row, below: Row | None) -> str:
    """Return the rest of a label that was printed in a row of its own: 财政 over 拨款."""
    if below is None:
        return ""
    own = below.own_texts
    column = row.slots.index(label)
    words = own[column] if column < len(own) else ""
    return words if 0 < len(words) <= _MAX_LABEL_REST and sum(map(bool, own)) == 1 else ""


def funds_line(
    row: Row, label: Slot, rest: str, cells: dict[str, Slot], year: int | None
) -> tuple[FundsLine | None, bool]:
    """Return the line that a label names, and whether it needed the rest of the label."""
    for words in (rest, "") if rest else ("",):
        line = funds_label(label.text + words, year)
        if line is not None:
            whole = Slot(label.text + words, label.cell, label.column, label.width, label.own)
            after = row.slots[row.slots.index(label) + 1 :]
            return FundsLine(whole, line, cells, (whole, *after)), bool(words)
    return None, False


def take_loose(form: Form, row: Row, year: int | None) -> None:
    """Take a row outside the bands: money printed as label and figure, or texts of goals.

    Forms of targets print 资金总额 | 1,000.00 without a header; the figure is the budget.
    """
    own = [slot for slot in row.slots if slot.own and slot.text]
    if form.funds_unit is None and not form.indicators:
        form.funds_unit = stated_unit(row)
    for label, value in itertools.pairwise(own):
        line = funds_label(label.text, year)
        if line is not None and read_number(value.text) is not None and not form.has_result:
            slots = row.slots[row.slots.index(label) :]
            form.funds.append(FundsLine(label, line, {"initial_budget": value}, slots))
            return
    form.goals.extend(slot for slot in own if len(slot.text) >= _MIN_TEXT)
