"""Money of a form to raw rows (资金行输出): each printed amount with its line and its stage.

Forms of projects and departments, and the rows of lists of evaluated projects. Nothing is
read here, and no project is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extract.datasets import QuarantinedRow, StatementCellRow
from extract.recognise.numbers import fold
from extract.recognise.performance.layout import RECEIVED, STAGES
from extract.recognise.performance.model import Form, FundsLine
from extract.recognise.performance.money import cell_amount
from extract.recognise.performance.rows import Slot, text_of

Source = Callable[[Slot | None], str | None]


def funds_rows(
    form: Form, document_key: str, code: str | None, name: str | None, source: Source
) -> Iterator[StatementCellRow | QuarantinedRow]:
    """Yield the amounts of a form; one that cannot be read, or has no unit, is held back.

    ``code`` and ``name`` are those of the project, ``source`` registers the place of a cell.
    """
    result = form.has_result
    if form.scope == "department":
        statement = "PD" if result else "B14"
    else:
        statement = "PF" if result else "B13"
    for number, line in enumerate(form.funds, 1):
        for role in (*STAGES, RECEIVED):
            slot = line.cells.get(role)
            key = source(slot) if slot is not None and slot.own and fold(slot.text) else None
            if slot is None or key is None:
                continue
            read, own_unit = cell_amount(slot.text)
            unit = own_unit or form.funds_unit
            problem: str | None = "NUMBER_GRAMMAR" if read is None else read.problem
            if problem is None and unit is None:
                problem = "UNIT_UNKNOWN"
            if read is None or problem is not None:
                yield QuarantinedRow(document_key, "statement_cell", problem or "", slot.text, key)
                continue
            received = role == RECEIVED
            yield StatementCellRow(
                document_key=document_key,
                table_index=form.table_index,
                statement_code=statement,
                table_title=None,
                line_no=number,
                line_label=line.label.text,
                line_role="memo" if received else line.line.line_role,
                label_key=None if received else line.line.line_key,
                function_code=None,
                function_name=None,
                department_economic_code=None,
                department_economic_name=None,
                government_economic_code=None,
                government_economic_name=None,
                project_code=code,
                project_name=name,
                organisation_code=None,
                organisation_name=text_of(form.fields.get("organisation")),
                header_text=role,
                measure_code="funds_received" if received else _measure(form, line),
                amount_stage="execution" if received else role,
                fund_source=line.line.fund_source,
                expenditure_type=_expenditure_type(line, form.scope == "department"),
                staff_split=None,
                revenue_source=None,
                three_public_item=None,
                published_text=slot.text,
                published_unit=unit,
                number_text=read.number_text,
                value_status=read.value_status,
                source_key=key,
            )


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
