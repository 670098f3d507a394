"""The funds block of a form (项目资金): lines by source, figures by stage."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extract.recognise.numbers import fold, is_money_unit, money_unit, read_number
from extract.recognise.performance.header_roles import roles_of
from extract.recognise.performance.heads import Head
from extract.recognise.performance.layout import FUNDS_TOTAL, STAGES, funds_label
from extract.recognise.performance.model import Form, FundsLine
from extract.recognise.performance.money import cell_amount
from extract.recognise.performance.rows import Row, Slot

_GOAL = re.compile(r"(?:年度|总体|预期|绩效|实施期|中期|项目|设定|当年){1,4}(?:总体|绩效)?目标")
_BLOCK = re.compile(r"资金|预算执行情况|预算情况|预算申请")
_SEVERAL_YEARS = re.compile(r"实施期|中期|长期|总投资")
_ANNUAL = re.compile(r"年度|当年|本年")
_MANY_COLUMNS = 10_000
_MIN_TEXT = 9
_MAX_LABEL_REST = 8


def stated_unit(row: Row) -> str | None:
    """Return the unit of money that a row states: 项目资金（万元）, 金额单位 | 万元."""
    stated = next((unit for text in row.texts if (unit := money_unit(text)) is not None), None)
    return stated or unit_line(row)


def unit_line(row: Row) -> str | None:
    """Return the unit that a row states for the rows below it: 单位：万元, 金额单位 | 万元.

    A unit in brackets holds for its own row alone.
    """
    own = [text for slot in row.slots if slot.own and (text := fold(slot.text))]
    if not any("单位" in text for text in own):
        return None
    told = (money_unit(text) for text in own if "单位" in text)
    beside = (
        unit
        for label, unit in itertools.pairwise(own)
        if label.rstrip(":") in ("单位", "金额单位") and is_money_unit(unit)
    )
    return next((unit for unit in itertools.chain(told, beside) if unit is not None), None)


def names_block(row: Row, year: int | None) -> bool:
    """Tell whether a funds header says itself that it is of a form, with a rate or a mark."""
    named = _BLOCK.search("".join(row.texts[:2])) is not None
    return named and bool(
        {"ratio", "score", "weight"} & set(roles_of(row.own_texts, "funds", year))
    )


def starts_block(row: Row) -> bool:
    """Tell whether a row begins with the title of a funds block (项目资金, 预算执行情况)."""
    return _BLOCK.search("".join(row.texts[:2])) is not None


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


def unnamed_line(row: Row, head: Head, cells: dict[str, Slot]) -> FundsLine | None:
    """Return the line of figures that stand under the header with no label of their own."""
    if not any(role in cells and cells[role].own and cells[role].is_figure for role in STAGES):
        return None
    label = next((slot for slot in head.slots if slot.text), head.slots[0])
    return FundsLine(label, FUNDS_TOTAL, cells, tuple(slot for slot in row.slots if slot.own))


def paired_line(row: Row, year: int | None) -> FundsLine | None:
    """Return the line that a row tells in pairs: 预算数 | 50.00 | 执行数 | 48.00 | 执行率 | 96%."""
    own = [slot for slot in row.slots if slot.own and slot.text]
    cells: dict[str, Slot] = {}
    printed: list[Slot] = []
    for label, value in itertools.pairwise(own):
        role = roles_of([label.text], "funds", year)[0]
        if role is not None and _is_mark(value):
            cells.setdefault(role, value)
            printed += [label, value]
    if len(cells) < 2 or not set(STAGES).intersection(cells):
        return None
    return FundsLine(printed[0], FUNDS_TOTAL, cells, tuple(printed))


def rate_beside(row: Row, above: Row | None, line: FundsLine, year: int | None) -> Slot | None:
    """Return the rate at the end of a row of pairs whose header stands in the row above."""
    last = next((slot for slot in reversed(row.slots) if slot.own and slot.text), None)
    if last is None or above is None or last in line.slots or "ratio" in line.cells:
        return None
    heads = (s for s in above.slots if s.own and s.column == last.column and s.width == last.width)
    roles = roles_of([slot.text for slot in heads], "funds", year)
    return last if roles == ["ratio"] and _is_mark(last) else None


def line_under_pairs(row: Row, pairs: FundsLine, year: int | None) -> FundsLine | None:
    """Return the line of a row that repeats its label before each figure under a row of pairs.

    其中：财政资金 | 40.00 | 其中：财政资金 | 38.00 under 预算数 | 50.00 | 执行数 | 48.00.
    """
    roles = {slot.column: role for role, slot in pairs.cells.items()}
    own = [slot for slot in row.slots if slot.own and slot.text]
    labels, values = own[::2], own[1::2]
    line = funds_label(labels[0].text, year) if labels else None
    if line is None or len(labels) != len(values) or len({s.text for s in labels}) > 1:
        return None
    if not all(_is_mark(slot) and slot.column in roles for slot in values):
        return None
    return FundsLine(labels[0], line, {roles[s.column]: s for s in values}, tuple(own))


def _is_mark(slot: Slot) -> bool:
    read = read_number(fold(slot.text).rstrip("%"))
    return read is not None and read.number_text is not None


def take_loose(form: Form, row: Row, below: Row | None, unit: str | None, year: int | None) -> None:
    """Take a row outside the bands: money printed as label and figure, or texts of goals.

    Forms of targets print 资金总额 | 1,000.00, or the labels over their figures; the figure
    is the budget. ``unit`` is the one that the row or the table states.
    """
    own = [slot for slot in row.slots if slot.own and slot.text]
    lines: list[FundsLine] = []
    if not form.has_result:
        form.longer = _longer(own) or form.longer
        beside = _beside([slot for slot in own if not _is_longer(form, slot)], year)
        lines = beside or _above(row, below, year)
    if form.funds_unit is None and not form.indicators:
        form.funds_unit = unit if lines else stated_unit(row)
    form.funds.extend(lines)
    if not lines:
        form.goals.extend(slot for slot in own if len(slot.text) >= _MIN_TEXT)


def _longer(own: Sequence[Slot]) -> tuple[int, int] | None:
    """Return the columns of the money of several years, where it stands beside the year's."""
    longer = next((s.column for s in own if _SEVERAL_YEARS.search(s.text)), None)
    annual = next((s.column for s in own if _ANNUAL.match(s.text)), None)
    if longer is None or annual is None:
        return None
    return (longer, annual) if longer < annual else (longer, _MANY_COLUMNS)


def _is_longer(form: Form, slot: Slot) -> bool:
    return form.longer is not None and form.longer[0] <= slot.column < form.longer[1]


def _inline(slot: Slot) -> tuple[Slot, Slot] | None:
    """Split a cell that holds a label and its amount: 资金总额：120.50万元."""
    label, colon, value = slot.text.replace("：", ":").rpartition(":")
    if not colon or not value.strip():
        return None
    return (
        Slot(label, slot.cell, slot.column, slot.width, slot.own),
        Slot(value.strip(), slot.cell, slot.column, slot.width, slot.own),
    )


def _beside(own: Sequence[Slot], year: int | None) -> list[FundsLine]:
    lines: list[FundsLine] = []
    inline = [pair for slot in own if (pair := _inline(slot)) is not None]
    for label, value in (*itertools.pairwise(own), *inline):
        line = funds_label(label.text, year)
        if line is not None and cell_amount(value.text)[0] is not None:
            lines.append(FundsLine(label, line, {"initial_budget": value}, (label, value)))
    return lines


def _above(row: Row, below: Row | None, year: int | None) -> list[FundsLine]:
    """Read labels that stand over their figures: at least two, and nothing but figures below.

    A blank leaves its label without a figure where the two rows have the same cells.
    """
    labels = [s for s in row.slots if s.own and s.text and funds_label(s.text, year) is not None]
    if below is None or below.table.index != row.table.index or len(labels) < 2:
        return []
    figures = [slot for slot in below.slots if slot.own and slot.text]
    if not figures or not all(slot.is_figure for slot in figures):
        return []
    pairs = list(zip(labels, figures, strict=False))
    if len(figures) != len(labels):
        beneath = zip(row.slots, below.slots, strict=True) if _alike(row, below) else ()
        pairs = [(label, value) for label, value in beneath if label in labels and value.text]
        if [value for _, value in pairs] != figures:
            return []
    return [
        FundsLine(label, line, {"initial_budget": value}, (label, value))
        for label, value in pairs
        if (line := funds_label(label.text, year)) is not None
    ]


def _alike(row: Row, below: Row) -> bool:
    """Tell whether two rows have the same cells, column by column."""
    places = [[(slot.column, slot.width) for slot in r.slots] for r in (row, below)]
    return places[0] == places[1]


def proved_unit(form: Form) -> str | None:
    """The unit of the funds, proved by an indicator that states the same amount with one."""
    figures = {
        n.number_text.rstrip("0").rstrip(".")
        for line in form.funds
        for s in line.cells.values()
        if (n := read_number(s.text)) is not None and n.number_text and "." in n.number_text
    }
    for line in form.indicators:
        target, measure = line.cells.get("target"), line.cells.get("unit")
        unit = measure.text if measure is not None else ""
        read = read_number(target.text) if target is not None else None
        if not unit or read is None or read.number_text is None or not is_money_unit(unit):
            continue
        if read.number_text.rstrip("0").rstrip(".") in figures:
            return unit
    return None
