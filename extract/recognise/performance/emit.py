"""Forms to raw rows (输出): projects, indicators, funds cells, amounts, findings.

The only place here that registers sources. Cells with personal names or telephone
numbers never reach it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extract.datasets import (
    DocumentRow,
    FindingRow,
    PerformanceIndicatorRow,
    PerformanceProjectRow,
    QuarantinedRow,
)
from extract.document import Place
from extract.recognise.numbers import fold, read_number
from extract.recognise.performance.funds import proved_unit
from extract.recognise.performance.funds_rows import funds_rows
from extract.recognise.performance.layout import STAGES, level1_code
from extract.recognise.performance.model import Form, FundsLine, IndicatorLine
from extract.recognise.performance.money import cell_amount
from extract.recognise.performance.narrative import MoneyInTexts, within
from extract.recognise.performance.result import Performance
from extract.recognise.performance.rows import Slot, extent, text_of
from extract.recognise.performance.targets import reached_value, read_columns, read_target
from extract.recognise.performance.totals import chosen, weights_in_names
from extract.sources import SourceLedger

_CODED_NAME = re.compile(r"(?P<code>[0-9A-Z]{10,32})[-－—_](?P<name>.+)", re.DOTALL)


class Emitter:
    """Writes forms as rows of one document."""

    def __init__(self, document: DocumentRow, sources: SourceLedger, out: Performance) -> None:
        self._key = document.document_key
        self._year = document.fiscal_year
        self._sources = sources
        self._out = out
        self._money = MoneyInTexts(document.document_key, sources, out)
        self._unread: set[str] = set()
        self._swapped: set[tuple[str, ...]] = set()

    def forms(self, forms: list[Form]) -> None:
        """Write the forms of the document in their order.

        What proves the unit of one project of a list proves it for the list. A form that
        neither states nor proves its unit has none: the tables beside it prove nothing.
        """
        proofs = {unit for form in forms if form.listing and (unit := proved_unit(form))}
        listed = proofs.pop() if len(proofs) == 1 else None
        for form in forms:
            proof = listed if form.listing else proved_unit(form)
            form.funds_unit = form.funds_unit or form.cell_unit() or proof
            self._form(form)

    def _form(self, form: Form) -> None:
        number = len(self._out.projects) + 1
        code, name = project_name(form)
        phase = "result" if form.has_result else "target"
        if form.table_index >= 0:  # sentences are no statement
            for row in funds_rows(form, self._key, code, name, self._source):
                if isinstance(row, QuarantinedRow):
                    self._out.quarantined.append(row)
                else:
                    self._out.cells.append(row)
        if form.repeats:
            return
        named = weights_in_names(form)
        for line in form.indicators:
            self._indicator(form, line, number, phase, named.get(line.level3 or ""))
        for goal in form.goals:
            self._money.texts(goal)
        self._out.projects.append(self._project(form, number, phase, code, name))
        for slot in form.unread:
            if fold(slot.text) not in self._unread:
                self._unread.add(fold(slot.text))
                self._out.findings.append(
                    FindingRow(self._key, "HEADER_UNMAPPED", slot.text, self._source(slot))
                )
        if form.swapped and form.swapped_at is not None and form.swapped not in self._swapped:
            self._swapped.add(form.swapped)
            key = self._source(form.swapped_at)
            self._out.findings.append(
                FindingRow(self._key, "COLUMNS_SWAPPED", " / ".join(form.swapped), key)
            )

    def _source(self, slot: Slot | None) -> str | None:
        if slot is None or slot.cell is None:
            return None
        return self._sources.key(slot.cell.place, slot.cell.text)

    # --- the project ---------------------------------------------------------------

    def _project(
        self, form: Form, number: int, phase: str, code: str | None, name: str | None
    ) -> PerformanceProjectRow:
        total = next((f for f in form.funds if f.line.line_key == "funds_total"), None)
        cells = total.cells if total is not None else {}
        figures = {stage: cells.get(stage) for stage in STAGES}
        return PerformanceProjectRow(
            document_key=self._key,
            project_no=number,
            phase=phase,
            scope=form.scope,
            table_index=form.table_index if form.table_index >= 0 else None,
            project_name=name,
            project_code=code,
            supervising_department=text_of(form.fields.get("supervising_department")),
            implementing_unit=text_of(
                form.fields.get("implementing_unit")
                or form.fields.get("organisation")
                or form.fields.get("department_name")
            ),
            funds_unit=form.funds_unit,
            initial_budget_text=_amount(form, figures["initial_budget"]),
            adjusted_budget_text=_amount(form, figures["adjusted_budget"]),
            executed_text=_amount(form, figures["execution"]),
            initial_budget_source_key=self._figure_source(form, figures["initial_budget"]),
            adjusted_budget_source_key=self._figure_source(form, figures["adjusted_budget"]),
            executed_source_key=self._figure_source(form, figures["execution"]),
            execution_ratio_text=_mark(cells.get("ratio")),
            execution_weight_text=_mark(cells.get("weight")),
            execution_score_text=_mark(cells.get("score")),
            total_weight_text=_mark(form.total_weight),
            total_score_text=_mark(form.total_score),
            grade_text=chosen(text_of(form.fields.get("grade")) or ""),
            source_key=self._project_source(form, total),
        )

    def _figure_source(self, form: Form, slot: Slot | None) -> str | None:
        return self._source(slot) if _amount(form, slot) is not None else None

    def _project_source(self, form: Form, total: FundsLine | None) -> str:
        slots: tuple[Slot, ...] = ()
        if total is not None and not form.listing:
            slots = total.slots
        elif form.name is not None:
            slots = (form.name,)
        elif form.indicators:
            slots = form.indicators[0].slots
        place = extent(slots)
        if place is None:
            return self._sources.key(Place(table_index=form.table_index), "")
        return self._sources.key(*place)

    # --- indicators ----------------------------------------------------------------

    def _indicator(
        self, form: Form, line: IndicatorLine, project_no: int, phase: str, named: str | None
    ) -> None:
        cells = line.cells
        weight, score = _own_mark(cells.get("weight")) or named, _own_mark(cells.get("score"))
        target, actual = cells.get("target"), cells.get("actual")
        operator, unit = cells.get("operator"), _unit(cells.get("unit"))
        if target is None or not target.text:
            read = None
        elif operator is not None or unit is not None:
            read = read_columns(text_of(operator), target.text, unit, self._year)
        else:
            read = read_target(target.text, self._year)
        reached = (
            read_target(actual.text, self._year) if actual is not None and actual.text else None
        )
        whole_year = reached is not None and not form.of_part_year
        value = reached_value(read, reached) if reached is not None and whole_year else None
        actual_unit = reached.unit if reached is not None and value is not None else None
        if value is not None and actual_unit is None:
            actual_unit = unit
        self._out.indicators.append(
            PerformanceIndicatorRow(
                document_key=self._key,
                project_no=project_no,
                indicator_no=len(self._out.indicators) + 1,
                scope=form.scope,
                phase=phase,
                level1=line.level1,
                level2=line.level2,
                level3=line.level3,
                level1_code=level1_code(line.level1, line.level2, self._year),
                target_text=text_of(target),
                target_operator=read.operator if read is not None else None,
                target_value_text=read.value if read is not None else None,
                target_value_high_text=read.value_high if read is not None else None,
                target_unit=read.unit if read is not None else unit,
                target_date=read.date if read is not None else None,
                actual_text=text_of(actual),
                actual_value_text=value,
                actual_unit=actual_unit,
                weight_text=weight,
                score_text=score,
                deviation_reason=text_of(
                    cells.get("reason") or _common_reason(form, weight, score)
                ),
                source_key=self._indicator_source(line),
            )
        )
        self._money.indicator(line)

    def _indicator_source(self, line: IndicatorLine) -> str:
        slot = line.cells.get("level3")
        if line.char_start is not None and slot is not None and slot.cell is not None:
            return within(
                self._sources, slot.cell, line.char_start, line.char_end or line.char_start
            )
        place = extent(line.slots)
        assert place is not None
        return self._sources.key(*place)


def project_name(form: Form) -> tuple[str | None, str | None]:
    """Return code and name of the project: ``11010223T000002005350-名称`` gives both."""
    if form.name is None:
        return text_of(form.fields.get("project_code")), None
    text = form.name.text + form.name_more
    coded = _CODED_NAME.fullmatch(text)
    if coded and sum(c.isdigit() for c in coded["code"]) >= 8:
        return coded["code"], coded["name"].strip()
    return text_of(form.fields.get("project_code")), text


def _common_reason(form: Form, weight: str | None, score: str | None) -> Slot | None:
    """The reason at the foot of a form, for each indicator that lost marks."""
    full, own = read_number(weight or ""), read_number(score or "")
    if full is None or own is None or not full.number_text or not own.number_text:
        return None
    short = Decimal(own.number_text) < Decimal(full.number_text)
    return form.fields.get("reason") if short else None


def _figure(slot: Slot | None) -> str | None:
    """The figure of a cell as plain digits; a blank or a dash is none."""
    read = read_number(slot.text) if slot is not None else None
    return read.number_text if read is not None else None


def _amount(form: Form, slot: Slot | None) -> str | None:
    """The amount of a cell in the unit of the form; none where the cell prints another unit."""
    read, unit = cell_amount(slot.text) if slot is not None else (None, None)
    return read.number_text if read is not None and unit in (None, form.funds_unit) else None


def _mark(slot: Slot | None) -> str | None:
    """Marks or a rate: plain digits, or the printed words when they say more (10分, 98%)."""
    if slot is None or not any(char.isdigit() for char in slot.text):
        return None
    return _figure(slot) or fold(slot.text)


def _unit(slot: Slot | None) -> str | None:
    """The unit of a column of units; a dash or 无 is none."""
    read = read_number(slot.text) if slot is not None else None
    return None if read is not None and read.number_text is None else text_of(slot)


def _own_mark(slot: Slot | None) -> str | None:
    """Marks printed in the row itself: those of several rows in one cell count once."""
    return _mark(slot) if slot is not None and slot.own else None
