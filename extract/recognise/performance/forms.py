"""From the stream of rows to forms (识别表单): head, funds block, goals, indicators, total.

One pass over the document. What opens a band is the signature of a header row; what
belongs to it is decided by its columns. A form that never shows a band is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.document import Document, Paragraph, Table
from extract.recognise.numbers import fold, money_unit, read_number
from extract.recognise.performance import fill, heads
from extract.recognise.performance.heads import Head
from extract.recognise.performance.layout import fields, funds_label, level1_code
from extract.recognise.performance.model import Form, FundsLine
from extract.recognise.performance.rows import Item, Row, Slot, items, mend, uncovered
from extract.recognise.performance.torn import header_in_paragraph, torn_head

_TOTAL = frozenset(
    {
        "总分",
        "合计",
        "总计",
        "总得分",
        "自评总分",
        "综合得分",
        "自评得分合计",
        "分值合计",
        "得分合计",
    }
)
_GOAL = re.compile(r"(?:年度|总体|预期|绩效|实施期|中期|项目|设定|当年){1,4}(?:总体|绩效)?目标")
_FUNDS_BLOCK = re.compile(r"资金|预算执行情况|预算情况")
_DEPARTMENT = re.compile(r"部门整体|整体支出|整体绩效|单位整体")
_NUMBERISH = re.compile(r"[\d.,%％—\-/]*")
_MAX_FIELD_SLOTS = 8
_PERSONAL = frozenset({"person", "phone"})


def read_forms(document: Document, year: int | None) -> list[Form]:
    """Return the evaluation forms of a document that have indicators or funds."""
    reader = _Reader(items(document), year)
    reader.run()
    return [form for form in reader.forms if form.is_complete]


class _Reader:
    """The state of the pass: the open form, the open band and its head."""

    def __init__(self, stream: Sequence[Item], year: int | None) -> None:
        self._stream = stream
        self._year = year
        self._fields = fields(year)
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._head: Head | None = None
        self._funds_head: Head | None = None
        self._band: str | None = None
        self._fill = fill.Levels(year)
        self._heading = ""
        self._department = False
        self._unit: str | None = None
        self._table: int | None = None
        self._last: Table | None = None
        self._spent: set[int] = set()

    def run(self) -> None:
        position = 0
        while position < len(self._stream):
            item = self._stream[position]
            if isinstance(item, Row):
                position = self._row(uncovered(item, self._spent), position)
            else:
                position = self._paragraph(item, position)

    def _paragraph(self, paragraph: Paragraph, position: int) -> int:
        header = self._header_in(paragraph)
        if header is not None:
            torn = torn_head(self._stream, position + 1, header, self._year)
            if torn is not None:
                return self._enter_indicators(header, *torn)
        text = paragraph.text.strip()
        if text and len(text) <= 60:
            self._caption(text)
        return position + 1

    def _header_in(self, paragraph: Paragraph) -> Row | None:
        """A header that stands in a paragraph, once a form is open."""
        if self._form is None or self._form.has_indicator_head or self._last is None:
            return None
        return header_in_paragraph(paragraph, self._last, self._year)

    def _caption(self, text: str) -> None:
        self._unit = money_unit(text) or self._unit
        self._heading = text
        if "绩效" in text:
            self._department = _DEPARTMENT.search(text) is not None
        if self._fill.heading(text):
            self._band = None
            self._head = None

    def _row(self, row: Row, position: int) -> int:
        self._last = row.table
        if row.table.index != self._table:
            self._table = row.table.index
            if self._is_stale(row):
                self._close()
            elif self._band == "indicator" and not self._continues(row, position):
                self._close()
        if row.blank():
            return position + 1
        if heads.indicator_roles(row, self._year):
            return self._open_indicators(position)
        below = self._below(position)
        if self._may_hold_funds(row) and (
            heads.funds_roles(row, self._year) or heads.torn_funds_roles(row, below, self._year)
        ):
            return self._open_funds(row, position)
        if self._head_fields(row):
            return position + 1
        if self._band == "indicator":
            return self._indicator(row, position)
        if self._band == "funds":
            return self._funds(row, position)
        self._goals_or_money(row)
        return position + 1

    def _is_stale(self, row: Row) -> bool:
        """A form that found no head within the next table is none."""
        form = self._form
        if form is None or form.has_indicator_head or form.has_funds_head:
            return False
        return row.table.index > form.table_index + 1

    def _below(self, position: int) -> Row | None:
        following = self._stream[position + 1] if position + 1 < len(self._stream) else None
        return following if isinstance(following, Row) else None

    # --- the head of a form -------------------------------------------------------

    def _head_fields(self, row: Row) -> bool:
        """Take the label and value pairs of a row such as 主管部门 | … | 实施单位 | …."""
        if self._band == "indicator" and self._head and len(row.slots) >= self._head.width:
            return False
        names = {name: value for name, value in self._pairs(row) if value is not None}
        if not names:
            return False
        if "project_name" in names:
            self._start("project", row, names["project_name"])
        elif "department_name" in names and (self._form is None or self._form.is_complete):
            self._start("department", row, None)
        if self._form is None:
            return False
        for name, value in names.items():
            if name not in _PERSONAL:
                self._form.fields.setdefault(name, value)
        return True

    def _pairs(self, row: Row) -> list[tuple[str, Slot | None]]:
        slots = [s for s in row.slots if s.own]
        if len(slots) > _MAX_FIELD_SLOTS:
            return []
        pairs: list[tuple[str, Slot | None]] = []
        label: str | None = None
        for slot in slots:
            if not slot.text:
                continue
            name, inline = self._label(slot)
            if label is not None:
                if name is not None:  # two labels side by side: a header row, not a form
                    return []
                pairs.append((label, slot))
                label = None
            elif name is not None and inline is not None:
                pairs.append((name, inline))
            elif name is not None:
                label = name
        if label is not None and pairs:
            pairs.append((label, None))
        return pairs

    def _label(self, slot: Slot) -> tuple[str | None, Slot | None]:
        key = fold(slot.text)
        name = self._fields.get(key.strip(":"))
        if name is not None:
            return name, None
        label, colon, value = slot.text.replace("：", ":").partition(":")
        name = self._fields.get(fold(label)) if colon and value.strip() else None
        if name is None:
            return None, None
        return name, Slot(value.strip(), slot.cell, slot.column, slot.width, slot.own)

    def _start(self, scope: str, row: Row, name: Slot | None) -> None:
        form = self._form
        if form is not None and not form.is_complete and form.name is None and scope == "project":
            form.name = name
            return
        self._form = Form(row.table.index, scope, name=name)
        self.forms.append(self._form)
        self._band = None
        self._head = None
        self._fill.restart()

    def _close(self) -> None:
        self._band = None
        self._head = None
        self._form = None
        self._fill.reset()

    def _ensure_form(self, row: Row) -> Form:
        if self._form is None:
            self._start("department" if self._department else "project", row, None)
        assert self._form is not None
        return self._form

    # --- funds --------------------------------------------------------------------

    def _may_hold_funds(self, row: Row) -> bool:
        if self._form is not None and self._band != "indicator":
            return True
        first = "".join(row.texts[:2])
        return _FUNDS_BLOCK.search(first) is not None and self._form is not None

    def _open_funds(self, row: Row, position: int) -> int:
        form = self._ensure_form(row)
        self._funds_head, two_lines = heads.build_head(
            "funds", row, self._below(position), self._year
        )
        form.funds_unit = form.funds_unit or self._stated_unit(row)
        form.has_funds_head = True
        form.has_result = form.has_result or self._funds_head.has("execution")
        self._band = "funds"
        return position + (2 if two_lines else 1)

    def _stated_unit(self, row: Row) -> str | None:
        for text in row.texts:
            unit = money_unit(text)
            if unit is not None:
                return unit
        return None

    def _funds(self, row: Row, position: int) -> int:
        assert self._funds_head is not None and self._form is not None
        head = self._funds_head
        if self._is_goal_row(row):
            self._band = "goals"
            self._goals_or_money(row)
            return position + 1
        after = position + 1
        mended = self._mended(row, position, head)
        if mended is not None:
            row, after = mended
        cells = head.bind(row)
        label = self._funds_label(row, head)
        if cells is None or label is None:
            self._band = "goals"
            self._goals_or_money(row)
            return position + 1
        first = row.slots.index(label)
        rest = self._label_rest(after, first)
        line = funds_label(label.text + rest, self._year)
        if line is None:
            rest, line = "", funds_label(label.text, self._year)
        if line is not None:
            whole = Slot(label.text + rest, label.cell, label.column, label.width, label.own)
            slots = (whole, *row.slots[first + 1 :])
            self._form.funds.append(FundsLine(whole, line, cells, slots))
        return after + (1 if rest else 0)

    def _label_rest(self, position: int, column: int) -> str:
        """The rest of a label that was printed in a row of its own: 财政 over 拨款."""
        row = self._below(position - 1)
        if row is None:
            return ""
        own = row.own_texts
        words = own[column] if column < len(own) else ""
        return words if words and len(words) <= 8 and sum(map(bool, own)) == 1 else ""

    @staticmethod
    def _funds_label(row: Row, head: Head) -> Slot | None:
        found: Slot | None = None
        limit = next(i for i, role in enumerate(head.roles) if role is not None)
        edge = head.slots[limit].column
        same = len(row.slots) == head.width
        for i, slot in enumerate(row.slots):
            before = i < limit if same else slot.column < edge
            if before and slot.text and slot.own:
                found = slot
        return found

    def _is_goal_row(self, row: Row) -> bool:
        return any(_GOAL.match(fold(t)) and len(t) < 20 for t in row.own_texts[:2] if t)

    def _goals_or_money(self, row: Row) -> None:
        """Outside the bands: the texts of the goals, and money printed as label and figure."""
        form = self._form
        if form is None:
            return
        own = [s for s in row.slots if s.own and s.text]
        form.funds_unit = form.funds_unit or (None if form.indicators else self._stated_unit(row))
        for label, value in zip(own, own[1:], strict=False):
            line = funds_label(label.text, self._year)
            number = read_number(value.text)
            if line is not None and number is not None and not form.has_result:
                first = row.slots.index(label)
                form.funds.append(
                    FundsLine(label, line, {"initial_budget": value}, row.slots[first:])
                )
                return
        form.goals.extend(s for s in own if len(s.text) > 8)

    # --- indicators ---------------------------------------------------------------

    def _open_indicators(self, position: int) -> int:
        row = self._stream[position]
        assert isinstance(row, Row)
        torn = torn_head(self._stream, position + 1, row, self._year)
        if torn is not None:
            return self._enter_indicators(row, *torn)
        head, two_lines = heads.build_head("indicator", row, self._below(position), self._year)
        return self._enter_indicators(row, head, position + (2 if two_lines else 1))

    def _enter_indicators(self, row: Row, head: Head, after: int) -> int:
        again = (
            self._head is not None and self._band == "indicator" and head.texts == self._head.texts
        )
        if self._form is not None and not again and self._belongs_elsewhere(self._form, head):
            self._close()
        form = self._ensure_form(row)
        form.listing = head.has("project_name")
        form.has_indicator_head = True
        form.has_result = form.has_result or head.has("actual")
        if form.listing:
            form.funds_unit = form.funds_unit or self._stated_unit(row) or self._unit
        if not again:
            self._fill.restart()
        self._head = head
        self._band = "indicator"
        self._spent.update(id(s.cell) for s in head.slots)
        return after

    @staticmethod
    def _belongs_elsewhere(form: Form, head: Head) -> bool:
        """Tell whether a new indicator head cannot be of the open form."""
        if form.listing or head.has("project_name"):
            return form.listing != head.has("project_name")
        return form.has_indicator_head and form.name is None

    def _continues(self, row: Row, position: int) -> bool:
        """Tell whether a new physical table goes on with the open indicator table."""
        assert self._head is not None
        if heads.indicator_roles(row, self._year) or self._is_total(row) or self._pairs(row):
            return True
        if len(row.slots) < self._head.width:
            return mend(self._stream, position, self._head.width) is not None
        if len(row.slots) != self._head.width:
            return False
        cells = self._head.bind(row) or {}
        levels = [cells[r].text for r in ("level1", "level2") if r in cells and cells[r].text]
        known = not levels or any(level1_code(t, None, self._year) for t in levels)
        figures = [cells[r].text for r in ("weight", "score") if r in cells]
        return known and all(_NUMBERISH.fullmatch(fold(t)) for t in figures)

    def _is_total(self, row: Row) -> bool:
        own = [s.text for s in row.slots if s.own and s.text]
        return bool(own) and fold(own[0]) in _TOTAL

    def _indicator(self, row: Row, position: int) -> int:
        assert self._head is not None and self._form is not None
        head, after = self._head, position + 1
        if self._is_total(row):
            self._total([s for s in row.slots if s.own and s.text][1:], head)
            return after
        mended = self._mended(row, position, head)
        if mended is not None:
            row, after = mended
        cells = head.bind(row)
        if cells is None:
            self._short_row(row, head)
            return after
        if self._blank_total(cells):
            self._total([cells[r] for r in ("weight", "score") if r in cells], head)
            return after
        if self._form.listing:
            self._listing(row, cells)
        assert self._form is not None
        self._form.indicators.extend(self._fill.lines(row, cells, head))
        return after

    def _mended(self, row: Row, position: int, head: Head) -> tuple[Row, int] | None:
        """Put a torn row together; the cells of its pieces are spent then."""
        if len(row.slots) >= head.width:
            return None
        mended = mend(self._stream, position, head.width)
        if mended is None:
            return None
        whole, after = mended
        self._spent.update(id(s.cell) for s in whole.slots)
        kept = tuple(
            new if new.text and new.own else old
            for new, old in zip(
                whole.slots, (*row.slots, *whole.slots[len(row.slots) :]), strict=True
            )
        )
        return Row(whole.table, whole.index, kept), after

    def _short_row(self, row: Row, head: Head) -> None:
        """A row that does not fit the head: a total without its label, a note, or the end."""
        assert self._form is not None
        figures = [s for s in row.slots if s.own and s.text]
        if len(figures) == 2 and all(read_number(s.text) for s in figures):
            self._total(figures, head)
        elif head.table_index != row.table.index:
            self._band = None
        else:
            self._form.goals.extend(s for s in figures if len(s.text) > 8)

    @staticmethod
    def _blank_total(cells: dict[str, Slot]) -> bool:
        if any(
            cells[r].text and cells[r].own
            for r in ("level2", "level3", "target", "actual")
            if r in cells
        ):
            return False
        score, weight = cells.get("score"), cells.get("weight")
        if score is None or weight is None:
            return False
        return bool(
            score.text and weight.text and read_number(score.text) and read_number(weight.text)
        )

    def _total(self, figures: Sequence[Slot], head: Head) -> None:
        assert self._form is not None
        numbers = [s for s in figures if (n := read_number(s.text)) is not None and n.number_text]
        if len(numbers) >= 2:
            self._form.total_weight, self._form.total_score = numbers[0], numbers[1]
        elif numbers and not head.has("weight"):
            self._form.total_score = numbers[0]
        elif numbers:
            self._form.total_weight = numbers[0]
        if head.has("score") or len(numbers) >= 1:
            self._fill.restart()

    def _listing(self, row: Row, cells: dict[str, Slot]) -> None:
        """Start the next project of a list when its own cells stand in the row."""
        assert self._form is not None and self._head is not None
        name = cells.get("project_name")
        amounts = [
            cells[r] for r in ("amount_total", "amount_fiscal", "amount_other") if r in cells
        ]
        if name is None or not name.own or not name.text:
            return
        opens = any(s.own and s.text for s in amounts) or not amounts
        if self._form.name is not None:
            if not opens:  # the rest of a name that a page break cut
                self._form.name_more += name.text
                return
            unit, head = self._form.funds_unit, self._head
            self._form = Form(row.table.index, "project", True, funds_unit=unit)
            self._form.has_indicator_head = True
            self._form.has_result = head.has("actual")
            self.forms.append(self._form)
            self._fill.restart()
        self._form.name = name
        self._form.table_index = row.table.index
        self._form.fields |= {
            r: cells[r] for r in ("project_code", "organisation") if r in cells and cells[r].text
        }
        fill.take_listing_cells(self._form, self._head, cells, row)
