"""Rows of an account table bound to their labels (行绑定): one ``Line`` per row and block.

Takes the columns as bound and reads labels and figures off each row; labels torn by a
page, figures torn in their cell and totals named in the block before are put together.
What a line means within its table is decided in :mod:`extract.recognise.roles`.
"""

from __future__ import annotations

from dataclasses import replace

from extract.recognise.column import Column
from extract.recognise.columns import TWO_SIDED
from extract.recognise.figures import Figure, decimals_of, is_unreadable, read_figure, rejoined
from extract.recognise.grid import LogicalTable, Row, distinct
from extract.recognise.headers import amount_word, is_ordinal_row
from extract.recognise.lines import compact, line_rule, read_label
from extract.recognise.numbers import money_unit
from extract.recognise.row_labels import read_labels
from extract.recognise.table_line import Line

_LABEL_ENDS = (
    "支出",
    "收入",
    "合计",
    "总计",
    "结余",
    "结转",
    "拨款",
    "资金",
    "预算",
    "费",
    "补助",
    "分配",
)


def bind_lines(
    table: LogicalTable, columns: list[Column], scope: str, year: int | None
) -> list[Line]:
    """Return the lines of all blocks, the left block first; blank rows have none."""
    header_cells = {id(cell) for row in table.header for cell in row if cell is not None}
    repeated = {_texts(row) for row in table.header}
    joints = set(table.joints)
    rows = [
        (
            [None if cell is None or id(cell) in header_cells else cell for cell in row],
            position in joints,
            position,
        )
        for position, row in enumerate(table.rows)
        if position >= table.n_header
        and distinct(row)
        and not is_ordinal_row(row)
        and _texts(row) not in repeated
    ]
    lines: list[Line] = []
    taken: set[int] = set()
    blocks = max((c.block for c in columns), default=0) + 1
    for block in range(blocks):
        mine = [c for c in columns if c.block == block]
        parts: dict[str, list[str]] = {}
        for row, opens_page, position in rows:
            line = Line(len(lines) + 1, block, position)
            parts = read_labels(line, row, mine, parts)
            _figures(line, row, mine, taken)
            if not (line.label is not None or line.codes or line.figures or line.unread):
                continue
            if line.label is not None:
                line.read = read_label(_printed(line))
                line.rule = line_rule(line.read.text, scope, year, block > 0)
                if line.rule is None and not line.codes and not line.names:
                    # 预算数 and 决算数 as rows: the table lies on its side.
                    line.as_header = amount_word(line.label, year)
            if opens_page and lines and _is_rest(line, lines[-1]):
                _append_rest(lines, line)
                continue
            lines.append(line)
    if scope not in TWO_SIDED:
        _borrow_totals(lines)
    _inherit_counts(lines)
    rejoin(lines)
    return lines


def _inherit_counts(lines: list[Line]) -> None:
    """Give the parts of a count its unit: 主要领导干部用车 under 车辆数合计（辆） counts 辆 too.

    What stands under 其中 without a number is as deep as the count that it is of.
    """
    above: Line | None = None
    for line in lines:
        read = line.read
        if read is None:
            continue
        if read.count_unit is not None:
            if above is None or read.level or not read.of_which:
                above = line
        elif above is not None and above.read is not None and above.block == line.block:
            deeper = read.level > above.read.level or (not read.level and read.of_which)
            if deeper and money_unit(line.label or "") is None:
                line.read = replace(read, count_unit=above.read.count_unit)
            else:
                above = None


def rejoin(lines: list[Line]) -> None:
    """Read figures broken over the lines of their cells as the others of the column show.

    A column without others, as in a table of one line, goes by the whole table. Counts
    have no decimals and say nothing of amounts.
    """
    if not any(f.number.problem and "\n" in cell.text for x in lines for _, cell, f in x.figures):
        return
    decimals: dict[int, set[int]] = {}
    whole: list[int] = []
    for line in lines:
        if line.read is not None and line.read.count_unit is not None:
            continue
        for column, cell, figure in line.figures:
            if figure.number.number_text and figure.number.value_status == "reported":
                decimals.setdefault(column.index, set()).add(decimals_of(cell.text))
                whole.append(decimals_of(cell.text))
    of_table = set(whole) if len(whole) > 1 else set[int]()
    for line in lines:
        for place, (column, cell, figure) in enumerate(line.figures):
            seen = decimals.get(column.index, of_table)
            if figure.number.problem is None or len(seen) != 1 or "\n" not in cell.text:
                continue
            number = rejoined(cell.text, next(iter(seen)))
            if number is not None:
                line.figures[place] = (column, cell, Figure(number, figure.unit))


def _borrow_totals(lines: list[Line]) -> None:
    """Give a figure without a label the total named in the block before, if that has none.

    公用经费合计 is printed once under two blocks of items; its figure stands in the last.
    """
    named = {
        (line.position, line.block): line
        for line in lines
        if not line.figures and line.rule is not None and line.rule.line_role == "total"
    }
    for line in lines:
        owner = named.get((line.position, line.block - 1))
        if owner is not None and line.figures and line.label is None and not line.codes:
            line.label, line.label_cell = owner.label, owner.label_cell
            line.read, line.rule = owner.read, owner.rule


def _printed(line: Line) -> str:
    """Return the label as printed where its cell holds nothing else, indent included."""
    cell = line.label_cell
    if cell is not None and compact(cell.text) == line.label:
        return cell.text
    return line.label or ""


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in distinct(row))


def _is_rest(line: Line, torn: Line) -> bool:
    """Tell whether a line at the head of a page is the rest of a label torn by the page.

    It has neither figures nor codes, read or not, no numbering, and is no standard line; the line
    before has codes, or a label that does not end as labels do.
    """
    if line.figures or line.unread or line.codes or line.read is None or line.rule is not None:
        return False
    if line.block != torn.block or line.read.level or line.read.of_which:
        return False
    return bool(torn.codes) or not (torn.label or "").endswith(_LABEL_ENDS)


def _append_rest(lines: list[Line], rest: Line) -> None:
    """Put the rest of a torn label to the line, or the lines of one merged cell, before."""
    torn = lines[-1]
    cell, names = torn.label_cell, dict(torn.names)
    for line in reversed(lines):
        if line is not torn and (cell is None or line.label_cell is not cell):
            break
        for dimension, name in rest.names.items():
            if line.names.get(dimension) == names.get(dimension):
                line.names[dimension] = names.get(dimension, "") + name
        if line.label is not None:
            line.label += rest.label or ""


def _figures(line: Line, row: Row, columns: list[Column], taken: set[int]) -> None:
    """Read the figures of a row; a merged cell is read once, where it begins."""
    for column in columns:
        if column.role not in ("measure", None) or column.index >= len(row):
            continue
        cell = row[column.index]
        if cell is None or id(cell) in taken or cell is line.label_cell:
            continue
        text = cell.text
        if not text.strip():
            continue
        figure = read_figure(text)
        if figure is None:
            if column.role == "measure" and is_unreadable(text):
                line.unread.append((column, cell))
                taken.add(id(cell))
            continue
        taken.add(id(cell))
        if figure.number.value_status != "blank":
            line.figures.append((column, cell, figure))
