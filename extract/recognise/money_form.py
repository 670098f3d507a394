"""Money lines of forms (表单资金行): a label in one cell, its figure in the next.

The target form of a whole department (部门整体支出绩效目标申报表) is no grid of columns:
资金总额, 基本支出 and 项目支出 stand as labels beside their amounts.
"""

from __future__ import annotations

from itertools import pairwise

from extract.recognise.binding import Line
from extract.recognise.columns import Column
from extract.recognise.figures import read_figure
from extract.recognise.grid import LogicalTable, distinct
from extract.recognise.layout_rules import plain
from extract.recognise.lines import compact, read_label
from extract.recognise.numbers import money_unit

_LINES = {
    "资金总额": ("total", "total"),
    "年度资金总额": ("total", "total"),
    "预算资金总额": ("total", "total"),
    "部门预算总额": ("total", "total"),
    "预算总额": ("total", "total"),
    "收入总额": ("total", "total"),
    "支出总额": ("total", "total"),
    "年度预算总额": ("total", "total"),
    "部门整体支出": ("total", "total"),
    "基本支出": ("basic", "leaf"),
    "项目支出": ("project", "leaf"),
    "人员经费": ("personnel", "of_which"),
    "公用经费": ("public", "of_which"),
    "财政拨款": ("fiscal_appropriation", "of_which"),
    "其他资金": ("other_funds", "leaf"),
    "其他": ("other_funds", "leaf"),
}


def form_lines(table: LogicalTable) -> list[Line]:
    """Return one line per money label that a figure follows in its row."""
    lines: list[Line] = []
    unit: str | None = None
    for row in table.rows:
        cells = distinct(row)
        for cell in cells:
            unit = money_unit(cell.text) or unit
        for label, value in pairwise(cells):
            if len(label.text) > 30:
                continue
            text = read_label(plain(label.text)).text
            known = _LINES.get(text)
            figure = read_figure(value.text)
            if known is None or figure is None or figure.number.value_status == "blank":
                continue
            measure, role = known
            name = compact(label.text).rstrip("：:")
            line = Line(len(lines) + 1, 0, label=name, label_cell=label)
            line.read, line.role = read_label(label.text), role
            column = Column(
                value.column,
                (compact(label.text),),
                "measure",
                measure,
                None,
                None,
                money_unit(label.text) or unit,
            )
            line.figures.append((column, value, figure))
            lines.append(line)
    return lines
