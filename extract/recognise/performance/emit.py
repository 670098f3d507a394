"""Forms to raw rows (输出): projects, indicators, funds cells, amounts, findings.

The only place here that registers sources. Cells with personal names or telephone
numbers never reach it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extract.datasets import (
    DocumentRow,
    FindingRow,
    NarrativeFigureRow,
    PerformanceIndicatorRow,
    PerformanceProjectRow,
    QuarantinedRow,
    SourceLedger,
    StatementCellRow,
)
from extract.document import Cell, Place
from extract.recognise.numbers import fold, is_money_unit, read_number
from extract.recognise.performance.fill import is_phone
from extract.recognise.performance.layout import level1_code
from extract.recognise.performance.model import Form, FundsLine, IndicatorLine
from extract.recognise.performance.money import Amount, amounts
from extract.recognise.performance.rows import Slot, extent
from extract.recognise.performance.targets import read_columns, read_target

_CODED_NAME = re.compile(r"(?P<code>[0-9A-Z]{10,32})[-－—_](?P<name>.+)", re.DOTALL)
_STAGES = ("initial_budget", "adjusted_budget", "execution")
_TEXT_CELLS = ("level3", "target", "actual", "reason")


@dataclass(slots=True)
class Performance:
    """Everything that the performance forms of a document say."""

    projects: list[PerformanceProjectRow] = field(default_factory=list)
    indicators: list[PerformanceIndicatorRow] = field(default_factory=list)
    cells: list[StatementCellRow] = field(default_factory=list)
    narrative: list[NarrativeFigureRow] = field(default_factory=list)
    findings: list[FindingRow] = field(default_factory=list)
    quarantined: list[QuarantinedRow] = field(default_factory=list)


class Emitter:
    """Writes forms as rows of one document."""

    def __init__(self, document: DocumentRow, sources: SourceLedger, out: Performance) -> None:
        self._document = document
        self._key = document.document_key
        self._year = document.fiscal_year
        self._sources = sources
        self._out = out
        self._amount_keys: set[str] = set()
        self._swapped: set[tuple[str, ...]] = set()

    def forms(self, forms: list[Form]) -> None:
        """Write the forms of the document in their order.

        What proves the unit of one project of a list proves it for the list.
        """
        proofs = {unit for form in forms if form.listing and (unit := _unit_by_evidence(form))}
        listed = proofs.pop() if len(proofs) == 1 else None
        for form in forms:
            proof = listed if form.listing else _unit_by_evidence(form)
            form.funds_unit = form.funds_unit or proof or self._default_unit()
            self._form(form)

    def _form(self, form: Form) -> None:
        number = len(self._out.projects) + 1
        code, name = project_name(form)
        phase = "result" if form.has_result else "target"
        self._funds(form, code, name)
        for line in form.indicators:
            self._indicator(form, line, number, phase)
        for goal in form.goals:
            self._texts(goal)
        self._out.projects.append(self._project(form, number, phase, code, name))
        if form.swapped and form.swapped_at is not None and form.swapped not in self._swapped:
            self._swapped.add(form.swapped)
            key = self._source(form.swapped_at)
            self._out.findings.append(
                FindingRow(self._key, "COLUMNS_SWAPPED", " / ".join(form.swapped), key)
            )

    def _default_unit(self) -> str | None:
        unit = self._document.default_unit
        return unit if unit is not None and is_money_unit(unit) else None

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
        figures = {stage: cells.get(stage) for stage in _STAGES}
        return PerformanceProjectRow(
            document_key=self._key,
            project_no=number,
            phase=phase,
            scope=form.scope,
            table_index=form.table_index,
            project_name=name,
            project_code=code,
            supervising_department=_text(form.fields.get("supervising_department")),
            implementing_unit=_text(
                form.fields.get("implementing_unit")
                or form.fields.get("organisation")
                or form.fields.get("department_name")
            ),
            funds_unit=form.funds_unit,
            initial_budget_text=_figure(figures["initial_budget"]),
            adjusted_budget_text=_figure(figures["adjusted_budget"]),
            executed_text=_figure(figures["execution"]),
            initial_budget_source_key=self._figure_source(figures["initial_budget"]),
            adjusted_budget_source_key=self._figure_source(figures["adjusted_budget"]),
            executed_source_key=self._figure_source(figures["execution"]),
            execution_ratio_text=_text(cells.get("ratio")),
            execution_weight_text=_figure(cells.get("weight")),
            execution_score_text=_figure(cells.get("score")),
            total_weight_text=_text(form.total_weight),
            total_score_text=_text(form.total_score),
            grade_text=_text(form.fields.get("grade")),
            source_key=self._project_source(form, total),
        )

    def _figure_source(self, slot: Slot | None) -> str | None:
        return self._source(slot) if _figure(slot) is not None else None

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

    # --- funds ---------------------------------------------------------------------

    def _funds(self, form: Form, code: str | None, name: str | None) -> None:
        result = form.has_result
        statement = (
            ("PD" if result else "B14")
            if form.scope == "department"
            else ("PF" if result else "B13")
        )
        for number, line in enumerate(form.funds, 1):
            for stage in _STAGES:
                slot = line.cells.get(stage)
                if slot is None or slot.cell is None or not slot.own or not fold(slot.text):
                    continue
                self._funds_cell(form, statement, number, line, stage, slot, code, name)

    def _funds_cell(
        self,
        form: Form,
        statement: str,
        line_no: int,
        line: FundsLine,
        stage: str,
        slot: Slot,
        code: str | None,
        name: str | None,
    ) -> None:
        read = read_number(slot.text)
        key = self._source(slot)
        assert key is not None
        if read is None or read.problem is not None:
            reason = "NUMBER_GRAMMAR"
            self._out.quarantined.append(
                QuarantinedRow(self._key, "statement_cell", reason, slot.text, key)
            )
            return
        if form.funds_unit is None:
            self._out.quarantined.append(
                QuarantinedRow(self._key, "statement_cell", "UNIT_UNKNOWN", slot.text, key)
            )
            return
        department = form.scope == "department"
        self._out.cells.append(
            StatementCellRow(
                document_key=self._key,
                table_index=form.table_index,
                statement_code=statement,
                table_title=None,
                line_no=line_no,
                line_label=line.label.text,
                line_role=line.line.line_role,
                label_key=line.line.line_key,
                function_code=None,
                function_name=None,
                department_economic_code=None,
                department_economic_name=None,
                government_economic_code=None,
                government_economic_name=None,
                project_code=code,
                project_name=name,
                organisation_code=None,
                organisation_name=_text(form.fields.get("organisation")),
                header_text=stage,
                measure_code=_measure(form, line),
                amount_stage=stage,
                fund_source=line.line.fund_source,
                expenditure_type=_expenditure_type(line, department),
                staff_split=None,
                revenue_source=None,
                three_public_item=None,
                published_text=slot.text,
                published_unit=form.funds_unit,
                number_text=read.number_text,
                value_status=read.value_status,
                source_key=key,
            )
        )

    # --- indicators ----------------------------------------------------------------

    def _indicator(self, form: Form, line: IndicatorLine, project_no: int, phase: str) -> None:
        cells = line.cells
        target, actual = cells.get("target"), cells.get("actual")
        operator, unit = cells.get("operator"), cells.get("unit")
        if target is None or not target.text:
            read = None
        elif operator is not None or unit is not None:
            read = read_columns(_text(operator), target.text, _text(unit), self._year)
        else:
            read = read_target(target.text, self._year)
        reached = (
            read_target(actual.text, self._year) if actual is not None and actual.text else None
        )
        actual_unit = reached.unit if reached is not None else None
        if reached is not None and reached.value is not None and actual_unit is None:
            actual_unit = _text(unit)
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
                target_text=_text(target),
                target_operator=read.operator if read is not None else None,
                target_value_text=read.value if read is not None else None,
                target_value_high_text=read.value_high if read is not None else None,
                target_unit=read.unit if read is not None else _text(unit),
                target_date=read.date if read is not None else None,
                actual_text=_text(actual),
                actual_value_text=reached.value if reached is not None else None,
                actual_unit=actual_unit,
                weight_text=_text(cells.get("weight")),
                score_text=_text(cells.get("score")),
                deviation_reason=_text(cells.get("reason")),
                source_key=self._indicator_source(line),
            )
        )
        self._indicator_money(line)

    def _indicator_source(self, line: IndicatorLine) -> str:
        slot = line.cells.get("level3")
        if line.char_start is not None and slot is not None and slot.cell is not None:
            return self._within(slot.cell, line.char_start, line.char_end or line.char_start)
        place = extent(line.slots)
        assert place is not None
        return self._sources.key(*place)

    def _within(self, cell: Cell, start: int, end: int) -> str:
        return self._sources.key(_place_within(cell, start, end), cell.text[start:end])

    def _indicator_money(self, line: IndicatorLine) -> None:
        target, unit = line.cells.get("target"), _text(line.cells.get("unit"))
        if target is not None and target.cell is not None and unit is not None:
            money = _money_column_unit(unit, line)
            read = read_number(target.text)
            if money is not None and read is not None and read.number_text is not None:
                key = self._source(target)
                assert key is not None
                self._narrative(target.text, money, line.level3, read.number_text, key)
                return
        for role in _TEXT_CELLS:
            slot = line.cells.get(role)
            if slot is not None and slot.own:
                self._texts(slot, line.level3 if role in ("target", "actual") else None)

    def _texts(self, slot: Slot, label: str | None = None) -> None:
        if slot.cell is None or is_phone(slot.text):
            return
        for amount in amounts(slot.cell.text):
            self._amount(slot.cell, amount, label)

    def _amount(self, cell: Cell, amount: Amount, label: str | None) -> None:
        read = read_number(amount.published_text)
        if read is None:
            return
        key = self._within(cell, amount.start, amount.end)
        if read.problem is not None:
            self._out.quarantined.append(
                QuarantinedRow(
                    self._key, "narrative_figure", read.problem, amount.published_text, key
                )
            )
            return
        self._narrative(
            amount.published_text, amount.unit, amount.item or label, read.number_text, key
        )

    def _narrative(
        self, text: str, unit: str, item: str | None, number: str | None, key: str
    ) -> None:
        if key in self._amount_keys:  # two forms may share a merged cell
            return
        self._amount_keys.add(key)
        self._out.narrative.append(
            NarrativeFigureRow(
                document_key=self._key,
                figure_no=len(self._out.narrative) + 1,
                section_path=None,
                subject="performance",
                item_name=item,
                item_code=None,
                class_name=None,
                section_name=None,
                measure="value",
                amount_stage=None,
                comparator="none",
                direction="none",
                fund_source=None,
                expenditure_type=None,
                economic_code=None,
                revenue_source=None,
                three_public_item=None,
                resource_metric=None,
                published_text=text,
                published_unit=unit,
                number_text=number,
                value_status="zero" if number and not number.strip("0.") else "reported",
                source_key=key,
            )
        )


def project_name(form: Form) -> tuple[str | None, str | None]:
    """Return code and name of the project: ``11010223T000002005350-名称`` gives both."""
    if form.name is None:
        return _text(form.fields.get("project_code")), None
    text = form.name.text + form.name_more
    coded = _CODED_NAME.fullmatch(text)
    if coded and sum(c.isdigit() for c in coded["code"]) >= 8:
        return coded["code"], coded["name"].strip()
    return _text(form.fields.get("project_code")), text


def _measure(form: Form, line: FundsLine) -> str:
    if form.has_result or not form.listing:
        return "amount"
    return {"funds_total": "project_funds", "fiscal": "fiscal_funds"}.get(
        line.line.line_key, "other_funds"
    )


def _expenditure_type(line: FundsLine, department: bool) -> str:
    if department and line.line.expenditure_type == "project" and line.line.line_key != "project":
        return "unspecified"
    return line.line.expenditure_type


def _text(slot: Slot | None) -> str | None:
    return (slot.text or None) if slot is not None else None


def _figure(slot: Slot | None) -> str | None:
    """The printed text of a figure; a blank or a dash is none."""
    if slot is None:
        return None
    read = read_number(slot.text)
    return slot.text if read is not None and read.number_text is not None else None


def _place_within(cell: Cell, start: int, end: int) -> Place:
    """The place of some characters of a cell, narrowed to their lines where these are known."""
    place = replace(cell.place, char_start=start, char_end=end)
    first, last = cell.place.line_start, cell.place.line_end
    if first is None or last is None or cell.text.count("\n") != last - first:
        return place
    return replace(
        place,
        line_start=first + cell.text.count("\n", 0, start),
        line_end=first + cell.text.count("\n", 0, end),
    )


def _money_column_unit(unit: str, line: IndicatorLine) -> str | None:
    """The unit of a figure whose unit stands in a column of its own.

    万 alone is money where the indicator is of cost: 全年总成本 … 355.8 | 万.
    """
    plain = fold(unit)
    if is_money_unit(plain):
        return plain
    cost = any(
        word in (line.level3 or "") for word in ("成本", "预算", "资金", "经费", "费用", "支出")
    )
    return plain + "元" if plain in ("万", "亿") and cost else None


def _unit_by_evidence(form: Form) -> str | None:
    """The unit of the funds, proved by an indicator that states the same amount with one."""
    figures = {
        n.number_text.rstrip("0").rstrip(".")
        for line in form.funds
        for s in line.cells.values()
        if (n := read_number(s.text)) is not None and n.number_text and "." in n.number_text
    }
    for line in form.indicators:
        target, unit = line.cells.get("target"), _text(line.cells.get("unit"))
        read = read_number(target.text) if target is not None else None
        if unit is None or read is None or read.number_text is None or not is_money_unit(unit):
            continue
        if read.number_text.rstrip("0").rstrip(".") in figures:
            return unit
    return None
