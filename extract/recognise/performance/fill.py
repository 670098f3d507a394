"""The rows of an indicator table to indicators (指标行): levels filled down, cells split.

Level 1 and 2 are printed once for several rows; here each indicator gets its own, within
one form only. Also reads what a list of projects prints in the first row of a project.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.recognise.numbers import fold, read_number
from extract.recognise.performance.heads import Head
from extract.recognise.performance.layout import FUNDS_TOTAL, FundsLabel, units
from extract.recognise.performance.marks import parted_marks
from extract.recognise.performance.model import Form, FundsLine, IndicatorLine
from extract.recognise.performance.rows import Row, Slot, extended, flat, text_of
from extract.recognise.performance.targets import read_operator

_ELLIPSIS = frozenset({"", "…", "……", "...", "......", "-", "—", "——", "/", "无"})
_HEADING = re.compile(
    r"^\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]?[、.．]?)?\s*(?P<name>.{2,16}?)[:：。]?\s*$"
)
_LEVEL1_HEADING = re.compile(
    r"^(?P<name>产出|效益|效果|满意度|成本|决策|过程)(?:指标)?(?:完成|实现)(?:情况)?(?:分析)?$"
)
_LEVEL2_HEADING = re.compile(
    r"^(?:产出(?:数量|质量|时效|进度|成本)|(?:经济|社会|环境|生态|可持续)\w{0,6}(?:效益|影响)(?:指标)?|(?:数量|质量|时效|成本)指标)$"
)
_MOBILE = re.compile(r"(?:\+?86-?)?1[3-9]\d{9}|(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:-\d{1,5})?")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff·]{2,6}")
_ITEM_MARK = re.compile(r"(?<![\d.])(\d{1,2})(?:[、.．)）](?!\d)|(?=[\u4e00-\u9fff]))")
_PRINTED = ("level3", "target", "actual", "weight", "score")
_OPEN_END = re.compile(r"(?:^|[。；;])[(（]?\d{1,2}[)）]?[、.．]?$")
_BLOCK = ("operator", "target", "unit")
_CUT_MARKS = ("weight", "score", "operator")
_CUT_TEXTS = ("level3", "target", "actual", "reason")
_AMOUNT_LINES = {
    "amount_total": FUNDS_TOTAL,
    "amount_fiscal": FundsLabel("fiscal", "of_which", "all", "project"),
    "amount_other": FundsLabel("other_funds", "of_which", "unit_funds", "project"),
}


class Levels:
    """The levels that hold for the next row of the open form."""

    def __init__(self, year: int | None) -> None:
        self._year = year
        self._heading1: str | None = None
        self._heading2: str | None = None
        self.reset()

    def reset(self) -> None:
        """Forget everything: a new form begins."""
        self.restart()
        self._heading1 = self._heading2 = None

    def restart(self) -> None:
        """Forget the levels of the rows: a new table begins."""
        self._level1: str | None = None
        self._level2: str | None = None

    def heading(self, text: str) -> bool:
        """Take a level from a heading over a table, such as （1）产出数量."""
        found = _HEADING.match(text)
        name = found["name"].strip() if found else ""
        level1 = _LEVEL1_HEADING.match(name)
        if level1:
            self._heading1, self._heading2 = level1["name"], None
            return True
        if _LEVEL2_HEADING.match(name):
            self._heading2 = name
            return True
        return False

    def lines(self, row: Row, cells: dict[str, Slot], head: Head) -> list[IndicatorLine]:
        """Return the indicators of one row: none, one, or one per numbered item."""
        cells = parted_marks(cells)
        level1 = text_of(cells.get("level1"))
        level2 = text_of(cells.get("level2"))
        if level1 and level1 != self._level1:
            self._level1, self._level2 = level1, None
        if level2:
            self._level2 = level2
        level3 = text_of(cells.get("level3"))
        target = text_of(cells.get("target"))
        content = head.lists_contents
        if (level3 or "") in _ELLIPSIS and (target or "") in _ELLIPSIS:
            return []
        if not _prints_an_indicator(cells):
            return []
        in_row = "level1" in cells  # a header over all levels has no column of level 1
        printed1 = self._level1 if head.has("level1") or in_row else self._heading1
        printed2 = self._level2 if head.has("level2") or in_row else self._heading2
        slots = self._from_level3(row, cells)
        if content and "level3" in cells:
            return _items(printed1, printed2, cells, slots)
        return [IndicatorLine(printed1, printed2, level3, cells, slots)]

    @staticmethod
    def _from_level3(row: Row, cells: dict[str, Slot]) -> tuple[Slot, ...]:
        own = next(
            (
                cells[r]
                for r in ("level3", "target", "actual")
                if r in cells and cells[r].own and cells[r].text
            ),
            row.slots[0],
        )
        return row.slots[row.slots.index(own) :]


def _prints_an_indicator(cells: dict[str, Slot]) -> bool:
    """Tell whether a row prints an indicator of its own.

    A row covered from above by all its cells prints none, nor does one whose name is a bare
    figure, or one text that runs over the columns of names and of values alike.
    """
    own = [cells[role] for role in _PRINTED if role in cells and cells[role].own]
    name = cells.get("level3")
    values = [cells[role] for role in ("target", "actual") if role in cells]
    if not any(slot.text for slot in own) or (name is not None and name.is_figure):
        return False
    return name is None or not values or any(value is not name for value in values)


def adjusted(cells: dict[str, Slot]) -> dict[str, Slot]:
    """Return the cells with the target that was adjusted in the year, where one is printed."""
    later = cells.get("adjusted_target")
    if later is None or later.text in _ELLIPSIS:
        return cells
    return {**cells, "target": later}


def cut_by_page(before: IndicatorLine, cells: dict[str, Slot]) -> bool:
    """Tell whether the first row of a page is the rest of the last row of the page before.

    A row that a page break cut has its marks (or its operator) in one half only, and
    prints no levels again.
    """
    if any(cells[role].own and cells[role].text for role in ("level1", "level2") if role in cells):
        return False
    texts = [role for role in _CUT_TEXTS if role in cells and cells[role].text]
    above = [bool(before.cells[role].text) for role in _CUT_MARKS if role in before.cells]
    below = [bool(cells[role].text) for role in _CUT_MARKS if role in cells]
    if len(above) != len(below) or not texts:
        return False
    return (all(above) and not any(below)) or (all(below) and not any(above))


def is_unfinished(line: IndicatorLine) -> bool:
    """Tell whether an indicator ends with the number of an item that does not follow: 6、."""
    return _OPEN_END.search(line.level3 or "") is not None


def continued(line: IndicatorLine, text: str) -> IndicatorLine:
    """Join the rest of an item that the file holds outside the table."""
    rest = flat(text)
    cells = {role: extended(slot, rest) for role, slot in line.cells.items()}
    return replace(line, level3=(line.level3 or "") + rest, cells=line.cells | cells)


def joined(before: IndicatorLine, cells: dict[str, Slot]) -> IndicatorLine:
    """Join the rest of a row that a page break cut to its beginning."""
    whole = {
        role: (extended(slot, cells[role].text) if slot.text else cells[role])
        if role in cells and cells[role].text and role not in ("level1", "level2")
        else slot
        for role, slot in before.cells.items()
    }
    level3 = whole["level3"].text if "level3" in whole else before.level3
    return replace(before, level3=level3, cells=whole)


def _items(
    level1: str | None, level2: str | None, cells: dict[str, Slot], slots: tuple[Slot, ...]
) -> list[IndicatorLine]:
    """Split a cell that holds a numbered list into one indicator per item."""
    slot = cells["level3"]
    if slot.cell is None:
        return []
    text = slot.cell.text
    cuts = [0]
    expected = 1
    for mark in _ITEM_MARK.finditer(text):
        before = text[: mark.start()].rstrip()[-1:]
        bare = mark.group().isdigit()
        if int(mark.group(1)) == expected and (not bare or before in "。；;\n"):
            cuts.append(mark.start())
            expected += 1
    if expected < 3:
        cuts = [0]
    elif text[: cuts[1]].strip() == "":
        cuts.pop(0)
    lines: list[IndicatorLine] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        item = flat(text[start:end])
        if item:
            whole = len(cuts) == 1
            lines.append(
                IndicatorLine(
                    level1,
                    level2,
                    item,
                    {
                        "level3": slot,
                        "target": Slot(item, slot.cell, slot.column, slot.width, True),
                    },
                    slots,
                    None if whole else start,
                    None if whole else end,
                )
            )
    return lines


def next_of_list(form: Form, head: Head, row: Row, cells: dict[str, Slot]) -> Form | None:
    """Take the project that a row of a list prints; return its form where it is a new one.

    The first project takes the open form. A name without amounts of its own is the rest of
    the name above, which a page break cut.
    """
    name = cells.get("project_name")
    if name is None or not name.own or not name.text:
        return None
    amounts = [cells[role] for role in _AMOUNT_LINES if role in cells]
    begun: Form | None = None
    if form.name is not None:
        if amounts and not any(slot.own and slot.text for slot in amounts):
            form.name_more += name.text
            return None
        begun = Form(row.table.index, "project", True, funds_unit=form.funds_unit)
        begun.has_indicator_head = True
        begun.has_result = head.has("actual")
        form = begun
    form.name = name
    form.table_index = row.table.index
    form.fields |= {
        r: cells[r] for r in ("project_code", "organisation") if r in cells and cells[r].text
    }
    _take_listing_cells(form, head, cells)
    return begun


def _take_listing_cells(form: Form, head: Head, cells: dict[str, Slot]) -> None:
    """Take amounts and goal of the first row of a project; see whether columns are swapped."""
    columns = head.columns()
    for role, line in _AMOUNT_LINES.items():
        slot = cells.get(role)
        if slot is not None and slot.own and slot.text:
            form.funds.append(FundsLine(columns[role], line, {"initial_budget": slot}, (slot,)))
    goal = cells.get("goal")
    if goal is not None and goal.own and goal.text:
        form.goals.append(goal)
    person, phone = cells.get("person"), cells.get("phone")
    if person is not None and phone is not None and is_phone(person.text) and _is_name(phone.text):
        form.swapped = (columns["person"].text, columns["phone"].text)
        form.swapped_at = columns["person"]


def righted(form: Form, head: Head, cells: dict[str, Slot]) -> dict[str, Slot]:
    """Return the cells of a row with a rotated block 性质 | 指标值 | 度量单位 put right.

    Only where the types leave one reading: one of the three is an operator and stands in
    another column, one of the others is a figure and the last is none; or a unit stands
    under 指标值 and a figure under 度量单位. The form is marked.
    """
    target, measure = cells.get("target"), cells.get("unit")
    both = target is not None and measure is not None and target.own and measure.own
    if both and target and measure and measure.is_figure and fold(target.text) in units():
        form.swapped = tuple(head.columns()[role].text for role in ("target", "unit"))
        form.swapped_at = head.columns()["target"]
        return {**cells, "target": measure, "unit": target}
    block = {role: cells[role] for role in _BLOCK if role in cells and cells[role].own}
    if len(block) < len(_BLOCK) or read_operator(block["operator"].text) is not None:
        return cells
    marks = [role for role in ("target", "unit") if read_operator(block[role].text) is not None]
    rest = [slot for role, slot in block.items() if role not in marks]
    figures = [slot for slot in rest if slot.is_figure]
    if len(marks) != 1 or len(figures) != 1:
        return cells
    unit = next(slot for slot in rest if slot is not figures[0])
    columns = head.columns()
    form.swapped = tuple(columns[role].text for role in _BLOCK)
    form.swapped_at = columns["operator"]
    return {**cells, "operator": block[marks[0]], "target": figures[0], "unit": unit}


def is_phone(text: str) -> bool:
    """Tell whether a text is a telephone number and nothing else."""
    return _MOBILE.fullmatch(fold(text)) is not None


def _is_name(text: str) -> bool:
    return _HAN_NAME.fullmatch(fold(text)) is not None and read_number(text) is None
