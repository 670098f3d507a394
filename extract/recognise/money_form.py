"""Money lines of forms (表单资金行): a label in one cell, its figure in the next or in the same.

The target form of a whole department (部门整体支出绩效目标申报表) is no grid of columns:
资金总额, 基本支出 and 项目支出 stand as labels beside their amounts, and a small grid in
the midst of the form lists the tasks of the year under 总额, 财政拨款 and 其他资金.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extract.document import Cell
from extract.recognise.column import Column
from extract.recognise.figures import Figure, is_unreadable, read_figure
from extract.recognise.grid import LogicalTable, Row, distinct
from extract.recognise.layout_rules import plain
from extract.recognise.lines import compact, read_label
from extract.recognise.numbers import money_unit
from extract.recognise.table_line import Line

_TOTAL = ("total", "total")
_LINES = {
    "资金总额": _TOTAL,
    "支出预算总量": _TOTAL,
    "支出预算总额": _TOTAL,
    "预算支出总量": _TOTAL,
    "预算资金总量": _TOTAL,
    "资金总量": _TOTAL,
    "预算总量": _TOTAL,
    "年度支出总额": _TOTAL,
    "支出预算": _TOTAL,
    "年度资金总额": _TOTAL,
    "预算资金总额": _TOTAL,
    "部门预算总额": _TOTAL,
    "预算总额": _TOTAL,
    "收入总额": _TOTAL,
    "支出总额": _TOTAL,
    "年度预算总额": _TOTAL,
    "部门整体支出": _TOTAL,
    "基本支出": ("basic", "leaf"),
    "项目支出": ("project", "leaf"),
    "人员经费": ("personnel", "of_which"),
    "公用经费": ("public", "of_which"),
    "财政拨款": ("fiscal_appropriation", "of_which"),
    "一般公共预算": ("general_public_budget", "of_which"),
    "一般公共预算拨款": ("general_public_budget", "of_which"),
    "一般公共预算财政拨款": ("general_public_budget", "of_which"),
    "政府性基金": ("government_fund", "of_which"),
    "政府性基金拨款": ("government_fund", "of_which"),
    "政府性基金预算": ("government_fund", "of_which"),
    "政府性基金预算拨款": ("government_fund", "of_which"),
    "国有资本经营预算": ("state_capital", "of_which"),
    "国有资本经营预算拨款": ("state_capital", "of_which"),
    "财政专户管理资金": ("special_account", "of_which"),
    "单位资金": ("unit_funds", "of_which"),
    "其他资金": ("other_funds", "leaf"),
    "其他": ("other_funds", "leaf"),
}
_HEADS = {
    "总额": "total",
    "合计": "total",
    "小计": "total",
    "预算金额": "total",
    "财政拨款": "fiscal_appropriation",
    "财政资金": "fiscal_appropriation",
    "其中财政拨款": "fiscal_appropriation",
    "其他资金": "other_funds",
    "基本支出": "basic",
    "项目支出": "project",
}
_SUMS = frozenset({"金额合计", "合计", "总计"})
_TOLD = re.compile(
    r"^((?:其中[:：])?[^\d:：]{2,20})[:：]\s{0,4}([\d,，.．]{1,20}\s{0,2}(?:亿元|万元|千元|元)?)$"
)
_LONGEST = 30


def form_lines(table: LogicalTable) -> list[Line]:
    """Return one line per money label that a figure follows, and per line of the task grid."""
    lines: list[Line] = []
    unit: str | None = None
    heads: list[Column] = []
    for row in table.rows:
        cells = distinct(row)
        for cell in cells:
            unit = money_unit(cell.text) or unit
        heads = _heads(cells, unit) or _still(heads, cells)
        listed = _listed(row, heads)
        found = [listed] if listed else [*_beside(cells, unit), *_within(cells, unit)]
        lines += [replace(x, line_no=len(lines) + n) for n, x in enumerate(found, start=1)]
    return lines


def _beside(cells: list[Cell], unit: str | None) -> list[Line]:
    """Return the lines of a row whose label and figure stand in two cells."""
    lines: list[Line] = []
    for label, value in pairwise(cells):
        known = _known(label.text)
        figure = read_figure(value.text)
        if known is None or (figure is not None and figure.number.value_status == "blank"):
            continue
        if figure is not None or is_unreadable(value.text):
            lines.append(_line(label, value, figure, known, money_unit(label.text) or unit))
    return lines


def _within(cells: list[Cell], unit: str | None) -> list[Line]:
    """Return the lines of a row whose label and figure stand in one cell (资金总额：12.50)."""
    lines: list[Line] = []
    for cell in cells:
        told = _TOLD.match(cell.text.strip())
        known = _known(told.group(1)) if told else None
        figure = read_figure(told.group(2)) if told else None
        if told and known is not None and figure is not None and figure.is_number:
            line = _line(cell, cell, figure, known, unit)
            line.label = compact(told.group(1))
            lines.append(line)
    return lines


def _known(text: str) -> tuple[str, str] | None:
    return _LINES.get(read_label(plain(text)).text) if len(text) <= _LONGEST else None


def _line(
    label: Cell, value: Cell, figure: Figure | None, known: tuple[str, str], unit: str | None
) -> Line:
    measure, role = known
    name = compact(label.text).rstrip("：:")
    line = Line(0, 0, label=name, label_cell=label)
    line.read, line.role = read_label(label.text), role
    column = Column(value.column, (compact(label.text),), "measure", measure, None, None, unit)
    if figure is None:
        line.unread.append((column, value))
    else:
        line.figures.append((column, value, figure))
    return line


def _heads(cells: list[Cell], unit: str | None) -> list[Column]:
    """Return the money columns that a row opens: 总额 | 财政拨款 | 其他资金, else none."""
    heads = [
        Column(c.column, (compact(c.text),), "measure", measure, None, None, unit)
        for c in cells
        if (measure := _HEADS.get(read_label(plain(c.text)).text)) is not None
    ]
    return heads if len(heads) > 1 and heads[0].measure_code == "total" else []


def _still(heads: list[Column], cells: list[Cell]) -> list[Column]:
    """Return the heads as long as nothing but figures stands under them."""
    for cell in cells:
        if not heads or "指标" in cell.text:
            return []
        figure = read_figure(cell.text)
        if cell.column >= heads[0].index and (figure is None or figure.unit == "%"):
            return []
    return heads


def _listed(row: Row, heads: list[Column]) -> Line | None:
    """Return the line of a row with figures under the heads, named by the text before them."""
    if not heads:
        return None
    named = [c for c in distinct(row) if c.column < heads[0].index and read_figure(c.text) is None]
    line = Line(0, 0)
    for head in heads:
        cell = row[head.index] if head.index < len(row) else None
        figure = read_figure(cell.text) if cell is not None else None
        if cell is not None and figure is not None and figure.number.value_status != "blank":
            line.figures.append((head, cell, figure))
    if not line.has_figures or not named:
        return None
    sums = [c for c in named if plain(c.text) in _SUMS]
    fresh = [c for c in named if c.row_span == 1] or named
    line.label_cell = sums[0] if sums else fresh[0]
    line.label = compact(line.label_cell.text)
    line.read, line.role = read_label(line.label), "total" if sums else "leaf"
    return line
