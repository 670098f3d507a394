"""What a line is within its table (行角色): leaf, subtotal, total, of_which or memo.

Decided by the codes present (a code with deeper codes under it is a subtotal), by
numbering in the two-sided tables, and by lines.csv for standard lines. A line counts
as the sum of others only where those others carry figures.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise

from extract.recognise.columns import THREE_PUBLIC, TWO_SIDED
from extract.recognise.sums import sum_lines
from extract.recognise.table_line import TOTALS, Line

_BALANCES = {"opening_balance": "opening_balance", "closing_balance": "closing_balance"}
_DIMENSIONS = ("function", "department_economic", "government_economic", "project", "organisation")
_MANY_DIGITS = 4
_DEEPEST = 5
"""Rows of a department, its units and kinds that may stand right above an item."""
_MANY_LINES = 3000
"""Beyond this a table is no account table of one body; the work per line is bounded."""


def assign_roles(lines: list[Line], statement_code: str) -> None:
    """Set ``role``, ``key`` and ``staff_split`` of every line of one table."""
    three_public = statement_code in THREE_PUBLIC
    for line in lines:
        rule, read = line.rule, line.read
        if read is not None and read.of_which and not three_public:
            line.role = "of_which"
        elif rule is not None and rule.line_role:
            line.role = rule.line_role
        elif read is not None and read.text in TOTALS:
            line.role = "total"
    if statement_code in TWO_SIDED:
        _by_numbering(lines)
        return
    _by_codes(lines)
    _repeated(lines)
    if any(map(_is_item, lines)):
        _uncoded_sums(lines)
    if not any(line.codes for line in lines) and statement_code not in THREE_PUBLIC:
        _by_indent(lines)
        _by_sums(lines)
    _suspects(lines)
    if statement_code in ("F6", "F15", "B7"):
        _staff_split(lines)


def _by_numbering(lines: list[Line]) -> None:
    """A line is a subtotal when the lines right under it are numbered deeper.

    Funds listed under 其中 without their own numbers are parts of the same 其中.
    """
    inside = False
    _current_totals(lines)
    _grand_totals(lines)
    for line in lines:
        fund = line.rule is not None and line.rule.label_key in _FUND_LINES
        if line.role == "of_which":
            inside = True
        elif inside and fund and line.read is not None and not line.read.level:
            line.role = "of_which"
        else:
            inside = False
    for position, line in enumerate(lines):
        key = line.rule.label_key if line.rule else None
        level = line.read.level if line.read else 0
        parts: list[Line] = []
        for other in lines[position + 1 :]:
            depth = other.read.level if other.read else 0
            fund = other.rule is not None and other.rule.label_key in _FUND_LINES
            if other.block != line.block or (other.rule is not None and not fund and level == 0):
                break
            if depth <= level and not (key in _BALANCES and fund and depth == 0):
                break
            if not (other.read and other.read.of_which):
                parts.append(other)
        if key in _BALANCES:
            for part in parts:
                part.key = key
        elif key in _FUND_LINES and not any(map(_is_source, parts)):
            # 经费拨款 under 一般公共预算拨款: the fund is the source, what it consists of is not.
            for part in parts:
                part.role = "of_which"
        parts = [part for part in parts if part.role != "of_which"]
        filled = any(part.has_figures for part in parts)
        if line.role == "leaf" and filled and (level > 0 or key in _PARENTS):
            line.role = "subtotal"
        if line.key in _BALANCES:
            line.role = "leaf"


def _is_source(line: Line) -> bool:
    return line.rule is not None and line.rule.revenue_source is not None


def _current_totals(lines: list[Line]) -> None:
    """小计 printed once in a side, above its 总计, is the total of the year."""
    found: dict[int, list[Line]] = {}
    last = {line.block: line for line in lines if line.role == "total"}
    for line in lines:
        if line.read is not None and line.read.text == "小计":
            found.setdefault(line.block, []).append(line)
    for block, sums in found.items():
        if len(sums) == 1 and block in last and last[block].line_no > sums[0].line_no:
            sums[0].key = "expenditure_current_total" if block else "revenue_current_total"


def _grand_totals(lines: list[Line]) -> None:
    """收入合计 under the balance brought forward is the grand total, whatever its name."""
    balanced: set[int] = set()
    for line in lines:
        key = line.rule.label_key if line.rule else None
        if key in _BALANCES:
            balanced.add(line.block)
        elif key in _GRAND_TOTALS and line.block in balanced:
            line.key, line.role = _GRAND_TOTALS[key], "total"


_GRAND_TOTALS = {
    "revenue_current_total": "revenue_total",
    "expenditure_current_total": "expenditure_total",
}
_FUND_LINES = frozenset(
    {
        "fiscal_appropriation_general",
        "fiscal_appropriation_fund",
        "fiscal_appropriation_state_capital",
        "special_account",
        "unit_funds",
    }
)
_PARENTS = frozenset({"opening_balance", "closing_balance", "fiscal_appropriation", "unit_funds"})


def _ancestors(code: str) -> list[str]:
    """Return the code, the codes above it, and the empty code (all)."""
    return [code] + [code[:n] for n in (9, 7, 6, 5, 3) if n < len(code)] + [""]


def _by_codes(lines: list[Line]) -> None:
    """A line is a subtotal when another line of the table refines it."""
    coded = [line for line in lines if line.codes]
    used = [d for d in _DIMENSIONS if any(d in line.codes for line in coded)]
    if not used:
        return
    if len(coded) > _MANY_LINES:
        used = used[:2]
    above: set[tuple[str, ...]] = set()
    for line in coded:
        if not line.has_figures:
            continue
        own = tuple(line.codes.get(d, "") for d in used)
        keys: list[tuple[str, ...]] = [()]
        for code, dimension in zip(own, used, strict=True):
            steps = [code, ""] if dimension == "project" else _ancestors(code)
            keys = [(*key, step) for key in keys for step in dict.fromkeys(steps)]
        above.update(key for key in keys if key != own and any(key))
    for line in coded:
        own = tuple(line.codes.get(d, "") for d in used)
        if line.role == "leaf" and own in above:
            line.role = "subtotal"


def _repeated(lines: list[Line]) -> None:
    """A row that repeats the row before it, codes and figures, is no second amount.

    PDF engines copy rows at page breaks. Projects may repeat each other; a code may not.
    """
    for before, line in pairwise(lines):
        if not line.codes or "project" in line.names or line.block != before.block:
            continue
        same = line.codes == before.codes and line.names == before.names
        figures = [cell.text for _, cell, _ in line.figures]
        if same and figures and figures == [cell.text for _, cell, _ in before.figures]:
            line.role, line.repeated = "memo", True


def _suspects(lines: list[Line]) -> None:
    """Mark an item that prints the same figures as the other item right above it.

    One equal figure is chance, and a 款 repeats its only 项; two items side by side that
    agree in several figures of many digits are cells that an engine copied.
    """
    for before, line in pairwise(lines):
        if line.role != "leaf" or before.role != "leaf" or line.block != before.block:
            continue
        figures = [cell.text for _, cell, _ in line.figures]
        long = {text for text in figures if sum(map(str.isdigit, text)) >= _MANY_DIGITS}
        if len(long) > 1 and figures == [cell.text for _, cell, _ in before.figures]:
            line.suspect = line.label != before.label


def _by_indent(lines: list[Line]) -> None:
    """Without codes, a line is a subtotal when the next line stands further in."""
    for line, below in pairwise(lines):
        if line.role != "leaf" or line.read is None or below.read is None:
            continue
        deeper = below.read.indent > line.read.indent
        if line.block == below.block and deeper and not below.read.of_which and below.has_figures:
            line.role = "subtotal"


def _leading_figures(lines: list[Line]) -> dict[int, Decimal]:
    """Return, by line number, the figures of the first amount column that most lines fill."""
    filled: Counter[int] = Counter()
    for line in lines:
        filled.update({c.index for c, _, f in line.figures if f.number.number_text and c.role})
    if not filled:
        return {}
    most = max(filled.values())
    index = min(column for column, count in filled.items() if count == most)
    return {
        line.line_no: Decimal(figure.number.number_text)
        for line in lines
        for column, _, figure in line.figures
        if column.index == index and figure.number.number_text
    }


def _by_sums(lines: list[Line]) -> None:
    """Without codes and indents, a line is a subtotal where the sums of the table say so."""
    if any(line.role == "subtotal" for line in lines) or len({x.block for x in lines}) > 1:
        return
    values = _leading_figures(lines)
    totals = [line for line in lines if line.role == "total" and line.line_no in values]
    leaves = [line for line in lines if line.role == "leaf" and line.line_no in values]
    if len(totals) != 1 or not 2 <= len(leaves) <= _MANY_LINES:
        return
    found = sum_lines([values[x.line_no] for x in leaves], values[totals[0].line_no])
    for position in found or ():
        leaves[position].role = "subtotal"


def _is_item(line: Line) -> bool:
    """Tell whether the line is of an item: a code other than a unit's, or a project, is there."""
    return bool(line.codes.keys() - {"organisation"}) or "project" in line.names


def _uncoded_sums(lines: list[Line]) -> None:
    """Among items, a line that is none and adds up those under it is a subtotal.

    Units and kinds of projects print a row of their own above their items in places, and a
    department one above those of its units.
    """
    values = _leading_figures(lines)
    for position in reversed(range(len(lines))):
        line = lines[position]
        if _is_item(line) or line.role != "leaf" or line.line_no not in values:
            continue
        below = Decimal(0)
        for distance, other in enumerate(lines[position + 1 :]):
            if not _is_item(other):
                ends = below and below == values[line.line_no]
                if other.role == "leaf" or ends or (not below and distance > _DEEPEST):
                    break
            elif other.role == "leaf" and other.block == line.block:
                below += values.get(other.line_no, Decimal(0))
        if below and below == values[line.line_no]:
            line.role = "subtotal"


def _staff_split(lines: list[Line]) -> None:
    """Tell 人员 from 公用 by the total that closes a block, as printed; never by code."""
    found: dict[int, set[str]] = {}
    for line in lines:
        key = line.rule.label_key if line.rule else None
        if key in ("personnel_total", "public_total"):
            line.staff_split = "personnel" if key == "personnel_total" else "public"
            found.setdefault(line.block, set()).add(line.staff_split)
    blocks = {line.block for line in lines}
    if len(blocks) < 2:
        return
    later: str | None = None
    for block in sorted(blocks, reverse=True):
        kinds = found.get(block, set())
        if len(kinds) == 1:
            later = next(iter(kinds))
        elif len(kinds) > 1:
            later = None
        if later is None:
            continue
        for line in lines:
            if line.block == block and line.role in ("leaf", "subtotal"):
                line.staff_split = line.staff_split or later
