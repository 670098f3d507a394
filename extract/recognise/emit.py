"""One figure to one raw row (单元格行): unit, stage, fund and nature of each figure settled.

The header speaks first, then the line, then the measure, then the statement. No figure
is read and no label is interpreted here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.datasets import StatementCellRow
from extract.document import Cell
from extract.recognise.column import Column
from extract.recognise.columns import THREE_PUBLIC, TWO_SIDED
from extract.recognise.figures import Figure
from extract.recognise.grid import LogicalTable
from extract.recognise.header_paths import ECONOMIC_CLASS, PART
from extract.recognise.headers import header_text, lookup
from extract.recognise.layout_rules import (
    FUND_WORDS,
    Measure,
    StatementRule,
    function_classes,
    measures,
    plain,
)
from extract.recognise.lines import compact
from extract.recognise.numbers import is_money_unit, money_unit
from extract.recognise.row_labels import is_unit
from extract.recognise.table_line import Line

_UNIT = re.compile(r"[（(](?:单位[:：])?(?:亿元|万元|千元|元)[)）]$")
_BY_GOVERNMENT = re.compile(r"政府(?:预算)?(?:支出)?经济|\(政府预算\)")
_GENERIC = frozenset({"amount", "total", "subtotal"})
_SPLITS = _GENERIC | {"basic", "project"}
_THREE_PUBLIC_ROLES = {
    "three_public_total": "total",
    "vehicle_total": "subtotal",
    "operating_expenses": "memo",
}
_DEPARTMENT, _GOVERNMENT = "department_economic", "government_economic"
_GOVERNMENT_CLASSES = ("机关工资福利", "机关商品和服务", "机关资本性", "对事业单位")
"""What classes of the government's economic classification begin with, and no other."""
_LISTINGS = frozenset({"F2", "F3", "F5", "F6", "F7", "F8", "B3", "B6", "B7", "B8", "B9"})
_REVENUE_BY_COLUMN = frozenset({"F2", "B2"})
_RATIOS = frozenset({"ratio"})


@dataclass(frozen=True, slots=True)
class CellContext:
    """What all figures of one table share."""

    document_key: str
    table: LogicalTable
    statement: StatementRule
    document_kind: str | None
    unit: str | None
    budget_is_adjusted: bool
    """A note says that 预算数 is 全年预算数."""

    @property
    def final(self) -> bool:
        """True for a table of final accounts."""
        return self.statement.document_kind == "final_account"


def table_unit(table: LogicalTable) -> tuple[str | None, bool]:
    """Return the unit of money that captions or title state, and whether they contradict.

    Two different units over one table leave none: which one holds is not ours to guess.
    """
    found = {u for text in table.captions if (u := money_unit(text))}
    if not found and table.title:
        found = {u for u in (money_unit(table.title),) if u}
    return (next(iter(found)), False) if len(found) == 1 else (None, len(found) > 1)


def cell_row(
    context: CellContext, line: Line, column: Column, cell: Cell, figure: Figure, key: str
) -> StatementCellRow:
    """Return the raw row of one figure.

    ``published_unit`` is None where nobody states the unit: a counted thing may have
    none, an amount without one may not be published.
    """
    measure = _measure(line, column)
    rule = line.rule
    statement = context.statement
    two_sided = statement.code in TWO_SIDED
    label_key = line.key or (rule.label_key if rule else None)
    revenue = rule.revenue_source if rule else None
    if line.key is not None:
        revenue = "opening_balance" if line.key == "opening_balance" else None
    if statement.code in _REVENUE_BY_COLUMN:
        revenue = measure.revenue_source
    names, codes = dict(line.names), line.codes
    if two_sided and not codes:
        names.clear()
        scheme = _two_sided_scheme(line)
        if scheme and line.block > 0 and label_key is None and line.read is not None:
            names[_listed_scheme(scheme, line.read.text)] = line.read.text
    elif _names_a_class(context, line):
        dimension = "organisation" if is_unit(line.label or "") else statement.code_scheme
        names[dimension] = line.label or ""
    elif rule is not None and rule.line_role == "total" and not codes:
        names = {dimension: name for dimension, name in names.items() if name != line.label}
    if measure.code == ECONOMIC_CLASS:
        names[_economic_scheme(context, column)] = _economic_name(column)
    return StatementCellRow(
        document_key=context.document_key,
        table_index=context.table.index,
        statement_code=statement.code,
        table_title=context.table.title.strip() if context.table.title else None,
        line_no=line.line_no,
        line_label=line.label,
        line_role=_role(context, line, measure),
        label_key=label_key,
        function_code=codes.get("function"),
        function_name=names.get("function"),
        department_economic_code=codes.get("department_economic"),
        department_economic_name=names.get("department_economic"),
        government_economic_code=codes.get("government_economic"),
        government_economic_name=names.get("government_economic"),
        project_code=codes.get("project"),
        project_name=names.get("project"),
        organisation_code=codes.get("organisation"),
        organisation_name=names.get("organisation"),
        header_text=column.header or None,
        measure_code=measure.code,
        amount_stage=_stage(context, line, column),
        fund_source=_fund(context, line, column, measure),
        expenditure_type=_nature(context, line, column, measure),
        staff_split=measure.staff_split or line.staff_split,
        revenue_source=revenue,
        three_public_item=measure.three_public_item or (rule.three_public_item if rule else None),
        published_text=cell.text.strip(),
        published_unit=_unit(context, line, column, figure, measure),
        number_text=figure.number.number_text,
        value_status=figure.number.value_status,
        source_key=key,
    )


def _measure(line: Line, column: Column) -> Measure:
    table = measures()
    measure = table[column.measure_code or "amount"]
    if line.as_header is not None and line.as_header.measure_code != "amount":
        return table[line.as_header.measure_code or "amount"]
    if measure.code in _GENERIC or measure.code == "three_public_total":
        if line.rule is not None and line.rule.measure_code:
            return table[line.rule.measure_code]
        if line.read is not None and line.read.count_unit:
            return table["quantity"]
    return measure


def _economic_name(column: Column) -> str:
    """Return the economic class or item that a column is of.

    小计, 决算数 and 基本支出 under a class are of the class above them.
    """
    name = column.path[-1]
    for text in reversed(column.path):
        rule = lookup(text, None, None)
        if rule is None or rule.measure_code not in _SPLITS:
            name = text
            break
    return _UNIT.sub("", compact(name))


def _economic_scheme(context: CellContext, column: Column) -> str:
    """Return the economic classification of a column: the title says which, or else its class."""
    if _BY_GOVERNMENT.search(plain(context.table.title or "")):
        return _GOVERNMENT
    above = (_UNIT.sub("", compact(text)).startswith(_GOVERNMENT_CLASSES) for text in column.path)
    return _GOVERNMENT if any(above) else _DEPARTMENT


def _names_a_class(context: CellContext, line: Line) -> bool:
    """Tell whether a bare label of a listing is the name of a class printed without code."""
    if context.statement.code not in _LISTINGS or line.codes or line.names:
        return False
    return line.label is not None and line.rule is None and line.as_header is None


def _role(context: CellContext, line: Line, measure: Measure) -> str:
    """Return the role of the figure: “三公” items and parts of a column have theirs by column."""
    if measure.code == PART:
        return "of_which"
    if context.statement.code in THREE_PUBLIC and line.rule is None and line.role == "leaf":
        return _THREE_PUBLIC_ROLES.get(measure.code, line.role)
    return line.role


def _two_sided_scheme(line: Line) -> str | None:
    """Return the classification that the labels of a block of a two-sided table name.

    The block of 支出功能分类 or of plain 项目 lists function classes; others list
    economic classes or, under 支出性质 and 支出类别, no classification at all.
    """
    column = line.label_column
    if column is None:
        return None
    header = "".join(column.path)
    if any(word in header for word in ("性质", "类别", "用途")):
        return "department_economic" if "经济" in header else None
    if column.role in ("government_economic", "department_economic"):
        return column.role
    return "function"


def _listed_scheme(scheme: str, name: str) -> str:
    """Return the classification that a name is of: 工资福利支出 is no class of functions."""
    if scheme != "function" or plain(name) in function_classes():
        return scheme
    rule = lookup(name, None, None)
    listed = rule is not None and rule.measure_code == ECONOMIC_CLASS
    return _DEPARTMENT if listed else scheme


def _stage(context: CellContext, line: Line, column: Column) -> str:
    by_line = line.as_header.amount_stage if line.as_header else None
    stage = by_line or column.amount_stage
    if stage is None:
        return "final_account" if context.final else "initial_budget"
    if stage == "prior":
        return "prior_year_final" if context.final else "prior_year_budget"
    if not (context.final and context.budget_is_adjusted):
        return stage
    named = (line.label or "",) if by_line else column.path
    bare = any(header_text(text, None) == "预算数" for text in named)
    return "adjusted_budget" if bare and stage == "initial_budget" else stage


def _fund(context: CellContext, line: Line, column: Column, measure: Measure) -> str:
    if column.fund_source:
        return column.fund_source
    by_line = line.fund or (line.rule.fund_source if line.rule else None)
    return by_line or measure.fund_source or _fund_of_title(context)


def _fund_of_title(context: CellContext) -> str:
    """Return the fund of the statement; a list of projects may be that of one fund by its title.

    一般公共预算项目支出预算表 is no list of all projects.
    """
    fund, title = context.statement.fund_source, context.table.title or ""
    if fund != "all" or context.statement.expenditure_type != "project":
        return fund
    named = [each for each, word in FUND_WORDS.items() if word in title]
    return named[0] if len(named) == 1 else fund


def _nature(context: CellContext, line: Line, column: Column, measure: Measure) -> str:
    by_line = line.rule.expenditure_type if line.rule else None
    by_header = measure.expenditure_type or column.expenditure_type
    return by_line or by_header or context.statement.expenditure_type


def _unit(
    context: CellContext, line: Line, column: Column, figure: Figure, measure: Measure
) -> str | None:
    if measure.flow in _RATIOS:
        return "%"
    if figure.unit:
        return figure.unit
    if measure.flow == "quantity":
        return (line.read.count_unit if line.read else None) or column.unit
    if column.unit and (is_money_unit(column.unit) or column.unit != "%"):
        return column.unit
    label = line.label_cell.text if line.label_cell is not None else ""
    if "元" in label and (own := money_unit(label)):
        return own
    return context.unit
