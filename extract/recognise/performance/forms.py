"""From the stream of rows to forms (识别表单): head, funds block, goals, indicators, total.

One pass over the document. What opens a band is the signature of a header row; what
belongs to it is decided by its columns. A form that never shows a band is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from extract.document import Document, Paragraph, Table
from extract.recognise.performance import fill, heads
from extract.recognise.performance.captions import captions, names_persons, public
from extract.recognise.performance.funds_band import FundsBand
from extract.recognise.performance.heads import Head
from extract.recognise.performance.layout import is_part_year
from extract.recognise.performance.lead import MAX_CAPTION, Lead
from extract.recognise.performance.model import NO_UNITS, Form, Units
from extract.recognise.performance.rows import (
    Item,
    Mender,
    Row,
    Slot,
    is_grid,
    items,
    mend,
    row_below,
)
from extract.recognise.performance.summaries import summary_form, summary_head, with_repeated_marked
from extract.recognise.performance.torn import header_in_paragraph, row_in_paragraph, torn_head
from extract.recognise.performance.totals import headed_total, take_row_total, total_figures

_NOTE = re.compile(r"其[他它]?(?:需要)?说明|备注|填表|填报|注[:：]|说明[:：]?$")
_MAX_BETWEEN = 8


def read_forms(
    document: Document, year: int | None, units: Units = NO_UNITS, accounts: Collection[int] = ()
) -> list[Form]:
    """Return the evaluation forms of a document that have indicators or funds.

    ``units`` are those stated over tables, by index; ``accounts`` are tables that are no forms.
    """
    reader = _Reader(items(document, accounts), year, units)
    reader.run()
    return with_repeated_marked([form for form in reader.forms if form.is_complete])


class _Reader:
    """The state of the pass: the open form, the open band and its head."""

    def __init__(self, stream: Sequence[Item], year: int | None, units: Units) -> None:
        self._stream = stream
        self._year = year
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._head: Head | None = None
        self._band: str | None = None
        self._fill = fill.Levels(year)
        self._lead = Lead()
        self._mender = Mender(stream)
        self._funds = FundsBand(stream, self._mender, units, year)
        self._table: int | None = None
        self._last: Table | None = None
        self._touched = 0
        self._indicator_table = -1
        self._annual_first = False
        self._first_rows: dict[int, list[str]] = {}
        for item in stream:
            if isinstance(item, Row):
                self._first_rows.setdefault(item.table.index, item.texts)

    def run(self) -> None:
        position = 0
        while position < len(self._stream):
            item = self._stream[position]
            if isinstance(item, Row):
                position = self._row(self._mender.uncovered(item), position)
            else:
                position = self._paragraph(item, position)

    def _paragraph(self, paragraph: Paragraph, position: int) -> int:
        header = self._header_in(paragraph)
        if header is not None:
            torn = torn_head(self._stream, position + 1, header, self._year)
            if torn is not None:
                return self._enter_indicators(header, *torn)
        if not self._rest_of_table(paragraph, position):
            self._caption(paragraph)
        return position + 1

    def _rest_of_table(self, paragraph: Paragraph, position: int) -> bool:
        """Take what a page break put between two halves of a table of contents.

        It is a row of its own where it begins with a level 2, or the rest of an item of which
        the table holds nothing but the number.
        """
        form, head = self._form, self._head
        if form is None or head is None or self._band != "indicator" or not head.lists_contents:
            return False
        ahead = self._stream[position + 1 : position + 1 + _MAX_BETWEEN]
        rows = (n for n, item in enumerate(ahead, position + 1) if isinstance(item, Row))
        after = next(rows, position)
        below = self._stream[after]
        if not isinstance(below, Row) or not self._continues(below, after):
            return False
        cells = row_in_paragraph(paragraph)
        if cells is not None:
            row = Row(below.table, -1, tuple(cells.values()))
            form.indicators.extend(self._fill.lines(row, cells, head))
            return True
        if not form.indicators or not fill.is_unfinished(form.indicators[-1]):
            return False
        form.indicators[-1] = fill.continued(form.indicators[-1], paragraph.text)
        return True

    def _header_in(self, paragraph: Paragraph) -> Row | None:
        """A header that stands in a paragraph, once a form is open."""
        if not self._form or self._form.has_indicator_head or self._last is None:
            return None
        return header_in_paragraph(paragraph, self._last, self._year)

    def _caption(self, paragraph: Paragraph) -> None:
        """Take a title or a heading of levels; the title of another form ends a complete one."""
        self._end_with(another=self._lead.read(paragraph))
        text = paragraph.text.strip()
        if len(text) <= MAX_CAPTION and self._fill.heading(text):
            self._band = self._head = None

    def _end_with(self, *, another: bool) -> None:
        """Close a complete form where the title of another was met."""
        if another and self._form is not None and self._form.is_complete:
            self._close()

    def _row(self, row: Row, position: int) -> int:
        self._last = row.table
        if row.table.index != self._table:
            self._table = row.table.index
            if not self._is_stale(row) and self._repeats_first_row(row):
                return position + 1  # a page that repeats the first row of the one before
            if self._is_stale(row) or self._ends(row, position):
                self._close()
        if row.blank():
            return position + 1
        self._end_with(another=self._lead.read_row(row))
        named = self._lead.take_named()
        if named is not None:
            self._start("project", row, named)
        self._funds.note(row)
        if heads.indicator_roles(row, self._year):
            return self._open_indicators(position)
        if self._take_summary(row):
            return position + 1
        indicators = self._band == "indicator"
        if self._funds.opens(self._form, row, position, in_indicators=indicators):
            return self._open_funds(row, position)
        first = heads.annual_first(row)
        self._annual_first = self._annual_first if first is None else first
        if self._take_captions(row):
            return position + 1
        if self._band == "indicator":
            return self._indicator(row, position)
        if self._form is None:
            return position + 1
        if self._band == "funds":
            after = self._funds.take(self._form, row, position)
            if after is not None:
                return after
            self._band = "goals"
        self._funds.take_loose(self._form, row, position)
        return position + 1

    def _ends(self, row: Row, position: int) -> bool:
        """Tell whether the open band ends with the table before this row."""
        if self._band == "summary":
            return self._head is not None and len(row.slots) != self._head.width
        return self._band == "indicator" and not self._continues(row, position)

    def _take_summary(self, row: Row) -> bool:
        """Take the header or a row of a list of evaluated projects."""
        head = summary_head(row, self._year)
        if head is not None:
            self._close()
            self._band, self._head = "summary", head
        elif self._band == "summary" and self._head is not None:
            form = summary_form(row, self._head, self._funds.stated(row))
            self.forms.extend([form] if form is not None else [])
        return self._band == "summary"

    def _repeats_first_row(self, row: Row) -> bool:
        same = row.texts == self._first_rows.get(row.table.index - 1)
        return self._band == "indicator" and same and not heads.indicator_roles(row, self._year)

    def _is_stale(self, row: Row) -> bool:
        """A form that found no head within the next table is none."""
        form = self._form
        headed = form is None or form.has_indicator_head or form.has_funds_head
        return not headed and row.table.index > self._touched + 1

    def _take_captions(self, row: Row) -> bool:
        """Take the label and value pairs of a row; a project or department begins a form."""
        found = captions(row, self._year)
        full = self._band == "indicator" and self._head and len(row.slots) >= self._head.width
        heads_a_form = "project_name" in found and len(found) > 1
        if full and self._head and not heads_a_form:
            label = "department_name" if self._lead.of_department else "project_name"
            if label not in found or len(found) > 1 or row.table.index == self._head.table_index:
                return False
        if "project_name" in found:
            self._start("project", row, found["project_name"])
        elif "department_name" in found and (self._form is None or self._form.is_complete):
            self._start("department", row, None)
        if not found or self._form is None:
            return False
        self._touched = row.table.index
        if self._band == "indicator" and self._head is not None:
            take_row_total(self._form, row, self._head)  # 总分 | 100 | 97.5 | 自评等级：优
        for name, value in public(found).items():
            self._form.fields.setdefault(name, value)
        score = found.get("total_score")
        if score is not None and score.is_figure:
            self._form.take_verdict({"score": score})
        return True

    def _start(self, scope: str, row: Row, name: Slot | None) -> None:
        form = self._form
        if form is not None and form.is_repeated(row, name):
            return
        if form is not None and not form.is_complete and form.name is None and scope == "project":
            form.name, form.scope = name, scope
            return
        self._touched = row.table.index
        self._form = Form(row.table.index, scope, name=name)
        self.forms.append(self._form)
        self._band = self._head = None
        if name is None:
            self._fill.restart()
        else:
            self._fill.reset()

    def _close(self) -> None:
        self._band = self._head = self._form = None
        self._fill.restart()

    def _ensure_form(self, row: Row) -> Form:
        if self._form is None:
            self._start("department" if self._lead.of_department else "project", row, None)
            assert self._form is not None
        return self._form

    def _open_funds(self, row: Row, position: int) -> int:
        form = self._ensure_form(row)
        if form.indicators:  # not the head of a page again: the next form of the same project
            known = dict(form.fields)
            self._form = form = Form(row.table.index, form.scope, name=form.name, fields=known)
            self.forms.append(form)
            self._fill.restart()
        self._band = "funds"
        return self._funds.open(form, row, position)

    def _open_indicators(self, position: int) -> int:
        row = self._stream[position]
        assert isinstance(row, Row)
        torn = torn_head(self._stream, position + 1, row, self._year)
        if torn is not None:
            return self._enter_indicators(row, *torn)
        head, two_lines = heads.build_head(
            "indicator", row, row_below(self._stream, position), self._year
        )
        return self._enter_indicators(row, head, position + (2 if two_lines else 1))

    def _enter_indicators(self, row: Row, head: Head, after: int) -> int:
        again = (
            self._head is not None and self._band == "indicator" and head.texts == self._head.texts
        )
        unknown = head.unknown()
        head, skipped = heads.annual_block(head, self._annual_first)
        if self._form is not None and not again and not self._form.takes(head.has("project_name")):
            self._close()
        form = self._ensure_form(row)
        form.begin_block(row.slots[0] if row.slots else None, heads.of_several_years(row))
        form.listing = head.has("project_name")
        form.has_indicator_head = True
        form.unread.extend([*skipped, *unknown])
        form.has_result = form.has_result or head.has("actual")
        form.of_part_year = head.has("actual") and is_part_year(head.columns()["actual"].text)
        if form.listing:
            form.funds_unit = form.funds_unit or self._funds.stated(row)
        if not again:
            self._fill.restart()
        self._head = head
        self._band = "indicator"
        self._mender.spend(head.slots)
        return after

    def _continues(self, row: Row, position: int) -> bool:
        """Tell whether a new physical table goes on with the open indicator table."""
        assert self._head is not None
        head_again = heads.indicator_roles(row, self._year)
        if head_again or captions(row, self._year) or total_figures(row, None, self._head):
            return True
        if len(row.slots) < self._head.width:
            own = {t for t in row.own_texts if t}
            known = own <= set(self._head.texts)
            torn = not is_grid(self._stream, position)
            return known or (torn and mend(self._stream, position, self._head.width) is not None)
        return self._head.suits(row, self._year)

    def _indicator(self, row: Row, position: int) -> int:
        assert self._head is not None
        assert self._form is not None
        head, after = self._head, position + 1
        own = [slot.text for slot in row.slots if slot.own and slot.text]
        if len(row.slots) < head.width:
            if set(own) <= set(head.texts):
                return after  # the end of a torn header, printed again on the next page
            if _NOTE.match(own[0]):
                return after
        if names_persons(row, self._year):
            return after  # who signs the form
        headed = headed_total(row, row_below(self._stream, position))
        if headed is not None:
            self._form.take_verdict(headed)
            return after + 1
        if take_row_total(self._form, row, head):
            self._fill.restart()
            return after
        mended = self._mender.mended(row, position, head.width)
        if mended is not None:
            row, after = mended
        cells = head.bind(row)
        if cells is None:
            self._band = self._band if head.table_index == row.table.index else None
            return after
        if self._form.listing and (begun := fill.next_of_list(self._form, head, row, cells)):
            self._form = begun
            self.forms.append(begun)
            self._fill.restart()
        cells = fill.righted(self._form, head, fill.adjusted(cells))
        told = self._form.indicators
        if told and self._indicator_table != row.table.index and fill.cut_by_page(told[-1], cells):
            told[-1] = fill.joined(told[-1], cells)
        else:
            told.extend(self._fill.lines(row, cells, head))
        self._indicator_table = row.table.index
        return after
