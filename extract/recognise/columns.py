"""Columns of an account table (列): header paths bound to label roles and measures.

From the header rows each column gets its path from the top down; the rules of
headers.csv turn the path into one role or one measure with its stage and fund. What no
rule knows stays unmapped, and says so.
"""

from __future__ import annotations

from dataclasses import replace

from extract.recognise.codes import SCHEMES, plain_code
from extract.recognise.column import Column
from extract.recognise.column_parts import (
    beside_sums,
    flow_parts,
    funds_beside_total,
    of_all_funds,
    rates_of_outcome,
    without_doubles,
)
from extract.recognise.figures import is_number, read_figure
from extract.recognise.grid import LogicalTable
from extract.recognise.header_paths import (
    ECONOMIC_CLASS,
    PART,
    fund_of,
    header_paths,
    is_comparison,
    is_part,
    label_role,
    measure_of,
    nature_of,
    read_path,
    unit_of,
)
from extract.recognise.headers import LABEL_ROLES, lookup
from extract.recognise.layout_rules import StatementRule, function_classes, plain
from extract.recognise.lines import read_label, split_code

_AMOUNT = "amount"
THREE_PUBLIC = frozenset({"F9", "F13", "B10"})
TWO_SIDED = frozenset({"F1", "F4", "B1", "B5"})
_LISTINGS = frozenset({"F2", "F3", "F5", "F8", "F10", "F11", "B2", "B3", "B6", "B8", "B9", "B17"})
_TEXT_ROLES = ("label", "fund_name", "line_no")
_LABEL_WORDS = frozenset({"项目", "科目", "支出项目", "经济分类"})


def bind_columns(
    table: LogicalTable, statement: StatementRule | None, year: int | None
) -> list[Column]:
    """Return the columns of the table, each in its block (两侧、并列栏)."""
    scope = statement.code if statement else None
    paths = header_paths(table, year)
    columns = [_bind(index, path, scope, statement, year) for index, path in enumerate(paths)]
    columns = beside_sums(flow_parts(columns, scope, year))
    columns = [_check_ancestors(c, columns, paths, scope, year) for c in columns]
    columns = _by_codes(_by_content(columns, table), table)
    columns = _blocks(columns, scope in TWO_SIDED)
    if scope in _LISTINGS:
        columns = _row_totals(columns)
    if scope in THREE_PUBLIC:
        columns = funds_beside_total(columns)
    columns = without_doubles(rates_of_outcome(columns))
    return of_all_funds(columns) if scope == "B7" else columns


def _bind(
    index: int,
    path: tuple[str, ...],
    scope: str | None,
    statement: StatementRule | None,
    year: int | None,
) -> Column:
    if not path:
        return Column(index, path, None)
    rules = read_path(path, scope, year)
    unit = next((u for u in map(unit_of, reversed(path)) if u), None)
    known = [rule for rule in rules if rule is not None]
    code = measure_of(known)
    if is_part(path, rules, code):
        code = PART
    elif any(r is not None and r.measure_code == ECONOMIC_CLASS for r in rules[:-1]):
        # 工资福利支出 > 基本工资: the parts of an economic class are economic items.
        code = ECONOMIC_CLASS
    elif rules[-1] is None or is_comparison(rules[-1]):
        code = None  # 比上年 alone says neither amount nor rate
    elif rules[-1].role == "group" and rules[-1].fund_source:
        code = code or _AMOUNT  # a fund is no label: 一般公共预算拨款 over the figures of items
    else:
        role = label_role(rules, path, statement, year)
        if role is not None:
            return Column(index, path, role)
    stage = next((r.amount_stage for r in reversed(known) if r.amount_stage), None)
    fund = next((f for f in map(fund_of, reversed(known)) if f), None)
    role = "measure" if code else None
    return Column(index, path, role, code, stage, fund, unit, nature_of(known))


def _check_ancestors(
    column: Column,
    columns: list[Column],
    paths: list[tuple[str, ...]],
    scope: str | None,
    year: int | None,
) -> Column:
    """Unmap a measure under a header that nobody knows and that sets it apart from others."""
    if column.role != "measure":
        return column
    amounts = [c.index for c in columns if c.role == "measure"]
    for depth, text in enumerate(column.path[:-1]):
        if lookup(text, scope, year) is not None:
            continue
        here = plain(text)
        under = [i for i in amounts if len(paths[i]) > depth and plain(paths[i][depth]) == here]
        if len(under) < len(amounts):
            return replace(column, role=None, measure_code=None)
    return column


def _by_content(columns: list[Column], table: LogicalTable) -> list[Column]:
    """Settle what headers leave open by what stands in the column.

    A label column that holds nothing but decimals is no label column; an unmapped
    column without a single figure is no loss and is ignored.
    """
    settled: list[Column] = []
    for column in columns:
        if column.role == "measure" and plain(column.path[-1]) in _LABEL_WORDS:
            column = _label_of(column, table)
        if column.role in (None, *_TEXT_ROLES):
            texts = [
                cell.text
                for row in table.body
                if column.index < len(row)
                and (cell := row[column.index]) is not None
                and cell.column_span == 1
                and cell.text.strip()
            ]
            numbers = [t for t in texts if is_number(t)]
            decimals = [t for t in numbers if "." in t or "," in t or "，" in t]
            if column.role is None and not numbers:
                if not any(read_figure(t) for t in texts):
                    before = settled[-1].role if settled else "measure"
                    label = (
                        column.path and texts and before == "measure" and _opens(columns, column)
                    )
                    column = replace(column, role="label" if label else "ignored")
            elif decimals and (column.role == "line_no" or len(numbers) * 2 > len(texts)):
                column = replace(column, role=None)
        settled.append(column)
    return settled


def _label_of(column: Column, table: LogicalTable) -> Column:
    """Return the column 人员经费 > 项目 as one of labels where it holds words and no figure."""
    cells = (row[column.index] for row in table.body if column.index < len(row))
    texts = [c.text for c in cells if c is not None and c.column_span == 1 and c.text.strip()]
    if texts and not any(read_figure(text) for text in texts):
        return replace(column, role="label", measure_code=None)
    return column


def _by_codes(columns: list[Column], table: LogicalTable) -> list[Column]:
    """Read 项目编码 and 项目名称 over codes of a classification as what they are.

    Account tables call a line 项目 as well as a project; the codes in it tell which.
    """
    settled = list(columns)
    for column in columns:
        if column.role not in ("project_code", "project_name"):
            continue
        cells = (row[column.index] for row in table.body if column.index < len(row))
        texts = {cell.text.strip() for cell in cells if cell is not None and cell.text.strip()}
        texts.discard(column.path[-1])  # the header, repeated on another page
        codes = [split_code(plain_code(text))[0] or "" for text in texts]
        matches = [code for code in codes if len(code) in (3, 5, 7)]
        schemes = {SCHEMES.get(code[0]) for code in matches}
        others = sum(not any(mark in text for mark in ("合计", "总计")) for text in texts)
        if len(schemes) != 1 or None in schemes or len(matches) * 3 < others * 2:
            if column.role == "project_name" and not matches:
                settled[column.index] = replace(column, role=_listed_class(texts) or column.role)
            continue
        scheme = schemes.pop()
        if column.role == "project_name":
            settled[column.index] = replace(column, role=scheme)
            continue
        settled[column.index] = replace(column, role=f"{scheme}_code")
        after = settled[column.index + 1] if column.index + 1 < len(settled) else None
        if after is not None and after.role == "project_name":
            settled[after.index] = replace(after, role=f"{scheme}_name")
    return settled


def _listed_class(texts: set[str]) -> str | None:
    """Return the role of a column of names that lists classes of a classification, else None.

    农林水支出 and 工资福利支出 are names of no project.
    """
    names = {read_label(text).text for text in texts}
    if not names.isdisjoint(function_classes()):
        return "function_name"
    rules = (lookup(name, None, None) for name in names)
    economic = any(rule is not None and rule.measure_code == ECONOMIC_CLASS for rule in rules)
    return "department_economic_name" if economic else None


def _opens(columns: list[Column], column: Column) -> bool:
    """Tell whether an amount, or a line number and an amount, follow the column at once.

    Where no column has labels so far, others that nobody knows may stand between them.
    """
    first = not any(c.role in LABEL_ROLES for c in columns[: column.index])
    after = (c.role for c in columns[column.index + 1 :])
    following = [role for role in after if role is not None or not first][:2]
    return following[:1] == ["measure"] or following == ["line_no", "measure"]


def _blocks(columns: list[Column], two_sided: bool) -> list[Column]:
    """Number the blocks: a label role that comes again behind amounts opens the next.

    In a two-sided statement every label column behind amounts does.
    """
    block = 0
    roles: set[str] = set()
    amounts = False
    numbered: list[Column] = []
    for position, column in enumerate(columns):
        role = column.role
        if role in LABEL_ROLES or role == "line_no":
            plain_label = bool(roles) and (role == "label" or "label" in roles)
            label = role in roles or plain_label or (two_sided and bool(roles))
            follows = any(c.role in ("measure", None) for c in columns[position + 1 :])
            if amounts and label and follows:
                block, amounts, roles = block + 1, False, set()
            roles.add(str(role))
        elif role == "measure" or (role is None and column.path):
            amounts = True
        numbered.append(replace(column, block=block))
    return numbered


def _row_totals(columns: list[Column]) -> list[Column]:
    """Name the 小计 of 本年支出 the row's total where no column is printed as 合计.

    Where revenue and expenditure stand side by side, neither is the total of the row.
    """
    sums: dict[tuple[int, str | None], list[Column]] = {}
    for column in columns:
        if column.measure_code in ("total", "subtotal", "expenditure", "revenue"):
            sums.setdefault((column.block, column.amount_stage), []).append(column)
    alone = {group[0].index for group in sums.values() if len(group) == 1}
    return [replace(c, measure_code="total") if c.index in alone else c for c in columns]
