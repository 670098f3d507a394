"""Rows of an account table bound to their labels (行绑定): one ``Line`` per row and block.

Takes the columns as bound and reads codes, names and figures off each row: codes split
over cells are joined, parts that a row leaves out are taken from the row above. What a
line means within its table is decided in :mod:`extract.recognise.roles`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.document import Cell
from extract.recognise.codes import CODE_ROLES, PARTS, SCHEMES, code_group, inherit, join_parts
from extract.recognise.columns import TWO_SIDED, Column
from extract.recognise.figures import Figure, decimals_of, read_figure, rejoined
from extract.recognise.grid import LogicalTable, Row, distinct
from extract.recognise.headers import LABEL_ROLES, amount_word, is_ordinal_row
from extract.recognise.layout_rules import HeaderRule, LineRule
from extract.recognise.lines import (
    Label,
    compact,
    line_rule,
    read_label,
    split_code,
    split_project,
)

TOTALS = frozenset({"合计", "总计", "总合计"})
_LABEL_ORDER = (
    "project",
    "function",
    "department_economic",
    "government_economic",
    "organisation",
)
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
_PART_WORDS = frozenset({"类", "款", "项", "类款项"})


@dataclass(slots=True)
class Line:
    """One line of one block, with all that its labels say and the figures it holds."""

    line_no: int
    block: int
    position: int = -1
    """Of its row within the table."""
    label: str | None = None
    label_cell: Cell | None = None
    label_column: Column | None = None
    read: Label | None = None
    rule: LineRule | None = None
    as_header: HeaderRule | None = None
    codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    padded: bool = False
    repeated: bool = False
    suspect: bool = False
    """The line above is another item with the very same figures."""
    figures: list[tuple[Column, Cell, Figure]] = field(default_factory=list)
    unread: list[tuple[Column, Cell]] = field(default_factory=list)
    role: str = "leaf"
    staff_split: str | None = None
    key: str | None = None

    @property
    def has_figures(self) -> bool:
        """True when at least one cell of the line holds digits."""
        return any(figure.is_number for _, _, figure in self.figures)


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
            parts = _labels(line, row, mine, parts)
            _figures(line, row, mine, taken)
            if line.label is None and not line.codes and not line.figures:
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
    _rejoin(lines)
    return lines


def _rejoin(lines: list[Line]) -> None:
    """Read figures broken over the lines of their cells as the others of the column show."""
    if not any(f.number.problem and "\n" in cell.text for x in lines for _, cell, f in x.figures):
        return
    decimals: dict[int, set[int]] = {}
    for line in lines:
        for column, cell, figure in line.figures:
            if figure.number.number_text and figure.number.value_status == "reported":
                decimals.setdefault(column.index, set()).add(decimals_of(cell.text))
    for line in lines:
        for place, (column, cell, figure) in enumerate(line.figures):
            seen = decimals.get(column.index, set())
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

    It has neither figures nor codes, no numbering, and is no standard line; the line
    before has codes, or a label that does not end as labels do.
    """
    if line.figures or line.codes or line.read is None or line.rule is not None:
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


def _labels(
    line: Line, row: Row, columns: list[Column], above: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Read codes and names of a row; return its code parts for the row below."""
    groups: dict[str, list[str]] = {}
    group = ""
    seen: set[int] = set()
    total: Cell | None = None
    for column in columns:
        role = column.role
        cell = row[column.index] if column.index < len(row) else None
        if role is None or role not in LABEL_ROLES:
            if role == "ignored" and cell is not None and compact(cell.text) in TOTALS:
                total = cell
            continue
        fresh = cell is not None and id(cell) not in seen and bool(cell.text.strip())
        if role in CODE_ROLES:
            group = code_group(role, column.index, group)
            text = compact(cell.text).strip("[]") if cell is not None and fresh else ""
            groups.setdefault(group, []).append(text if text.isdigit() else "")
            fresh = fresh and not text.isdigit() and text not in _PART_WORDS
        if cell is not None:
            seen.add(id(cell))
            if fresh:
                _name(line, column, cell)
    for name, parts in groups.items():
        if any(parts):
            groups[name] = inherit(parts, above.get(name, []))
            code, padded = join_parts(groups[name])
            line.codes[SCHEMES.get(code[:1], name.split(":")[0])] = code
            line.padded = line.padded or padded
        else:
            groups[name] = above.get(name, parts)
    _settle_names(line)
    if total is not None and line.label is None:
        line.label, line.label_cell = compact(total.text), total
    return groups


def _name(line: Line, column: Column, cell: Cell) -> None:
    """Take a name, with the code printed in front of it, into the line."""
    role = str(column.role)
    text = compact(cell.text)
    if role in ("project_code", "organisation_code"):
        if any(c.isdigit() for c in text):
            line.codes[role.removesuffix("_code")] = text
        else:
            _set_label(line, "label", text, cell, column)
        return
    if role == "project_name":
        code, name = split_project(cell.text)
        if code:
            line.codes["project"] = code
        _set_label(line, "project", name, cell, column)
        return
    dimension = role.removesuffix("_name").removesuffix("_code")
    if role in PARTS or role == "label":
        dimension = "label"
    code, name = split_code(cell.text)
    if dimension == "organisation":
        if code:
            line.codes["organisation"] = code
    elif code and len(code) in (3, 5, 6, 7):
        scheme = SCHEMES.get(code[0], dimension)
        if dimension != "label" or (scheme != "label" and name):
            line.codes[scheme] = code
            dimension = scheme
        else:
            name = text
    elif code:
        name = text
    _set_label(line, dimension, name, cell, column)


def _set_label(line: Line, dimension: str, name: str | None, cell: Cell, column: Column) -> None:
    if name is None:
        return
    if dimension != "label":
        line.names[dimension] = name
    if line.label is None or dimension == "label":
        line.label, line.label_cell, line.label_column = name, cell, column


def _settle_names(line: Line) -> None:
    """Give a name the scheme of the code beside it, where header and digits differ."""
    for scheme in ("function", "department_economic", "government_economic"):
        if scheme in line.names and scheme not in line.codes:
            bare = [s for s in SCHEMES.values() if s in line.codes and s not in line.names]
            if len(bare) == 1:
                line.names[bare[0]] = line.names.pop(scheme)
    named = [line.names[d] for d in _LABEL_ORDER if d in line.names]
    total = next((n for n in named if read_label(n).text in TOTALS), None)
    if total is not None:
        line.names = {d: n for d, n in line.names.items() if n != total}
        line.label, line.label_cell = total, None
    elif named and (line.label_column is None or line.label_column.role != "label"):
        line.label = line.label if line.label in TOTALS else named[0]


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
            if column.role == "measure" and any(c.isdigit() for c in text) and len(text) < 40:
                line.unread.append((column, cell))
                taken.add(id(cell))
            continue
        taken.add(id(cell))
        if figure.number.value_status != "blank":
            line.figures.append((column, cell, figure))
