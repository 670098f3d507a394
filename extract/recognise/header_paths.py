"""Header paths (表头路径): the texts over one column, top down, and what they say together.

The deepest header names the column, those above it give its fund, its nature and its
stage; the most specific one decides the measure. One path at a time: how columns stand
beside each other is the business of :mod:`extract.recognise.columns`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extract.document import Cell
from extract.recognise.grid import LogicalTable, Row, distinct
from extract.recognise.headers import (
    LABEL_ROLES,
    header_text,
    is_ordinal_row,
    lookup,
    printed_once,
)
from extract.recognise.layout_rules import HeaderRule, StatementRule, measures, plain
from extract.recognise.numbers import money_unit

ASSET_CLASS = "asset_class"
ECONOMIC_CLASS = "economic_class"
PART = "part"
_TOTALS = frozenset({"合计", "总计"})
_ENDINGS = frozenset({"%", "百分比", "比率", "率", "额", "数"})
"""Words that name a column only together with the header above them."""
_OF_WHICH = "其中"
_BALANCES = frozenset({"opening_balance", "closing_balance", "carry_over"})
_NATURES = frozenset({"basic", "project", "personnel", "public"})
_CODE_PARTS = {"类": "code_class", "款": "code_section", "项": "code_item"}
_FUNDS = frozenset(
    {
        "general_public_budget",
        "government_fund",
        "state_capital",
        "special_account",
        "unit_funds",
    }
)
_FUND_HEADS = frozenset({"资金来源", "按资金来源"})
"""Groups of columns of funds that head a column of their names where nothing stands under them."""
_COUNT_UNIT = re.compile(r"\((?:单位[:：])?(个|人|人次|辆|台|套|批次|批|次|家|台套|台/套)\)")
_RATIO_UNIT = re.compile(r"[(（][%％][)）]|%|％")


def header_paths(table: LogicalTable, year: int | None) -> list[tuple[str, ...]]:
    """Return the header path of each column, printed texts from the top down.

    A path ends in the texts of a short row where nobody can tell which of them stands
    over the column: no rule knows such a header, so nothing is bound by it.
    """
    rows = [(row, is_ordinal_row(row)) for row in table.header]
    first = next((row for row in table.body if distinct(row)), None)
    unsure = _short_rows([row for row, ordinal in rows if not ordinal], table.n_columns)
    paths: list[tuple[str, ...]] = []
    for column in range(table.n_columns):
        if column and all(_cell(row, column) is _cell(row, column - 1) for row in table.rows):
            paths.append(())  # one column over several edges of the page before
            continue
        path: list[str] = []
        doubts: list[str] = []
        last: object = None
        for row, ordinal in rows:
            if column >= unsure.get(id(row), column + 1):
                doubts += _doubts(row, unsure[id(row)], year)
                continue
            cell = row[column] if column < len(row) else None
            if cell is None or cell is last or not cell.text.strip():
                continue
            last = cell
            if ordinal and plain(cell.text) not in _CODE_PARTS:
                continue
            if path and plain(cell.text) in _TOTALS and _heads_labels(path[-1], year):
                continue
            text = printed_once(cell.text.strip())
            if not path or plain(path[-1]) != plain(text):  # merged cells may be printed in each
                path.append(text)
        if first is not None and column < len(first):
            part = first[column]
            if part is not None and plain(part.text) in _CODE_PARTS:
                path.append(part.text.strip())
        paths.append(tuple(_with_doubts(path, doubts, year)))
    return paths


def _cell(row: Row, column: int) -> Cell | None:
    return row[column] if column < len(row) else None


def _short_rows(rows: list[Row], n_columns: int) -> dict[int, int]:
    """Return, by identity, the header rows that end before the table does, and from where.

    Text dumps and careless HTML leave out what a merged cell covers. Up to the first name
    in the row below, a short row stands where it is printed; from there on it may not.
    """
    found: dict[int, int] = {}
    for row, below in pairwise(rows):
        cells = distinct(row)
        reach = max((c for c, cell in enumerate(row) if cell is not None), default=-1) + 1
        if len(cells) < 2 or reach >= n_columns or any(c.column_span > 1 for c in cells):
            continue
        named = (c for c, cell in enumerate(below) if cell is not None and cell.text.strip())
        start = next(named, n_columns)
        if start < reach:
            found[id(row)] = start
    return found


def _doubts(row: Row, start: int, year: int | None) -> list[str]:
    """Return the headers of a short row that would change what a column below them means."""
    texts = [cell.text.strip() for cell in row[start:] if cell is not None and cell.text.strip()]
    return [text for text in texts if not _is_mute(lookup(text, None, year))]


def _is_mute(rule: HeaderRule | None) -> bool:
    """Tell whether a header adds nothing to the columns under it: 资金来源, 备注."""
    if rule is None or rule.role not in ("group", "text"):
        return False
    return rule.measure_code is None and rule.amount_stage is None and rule.fund_source is None


def _with_doubts(path: list[str], doubts: list[str], year: int | None) -> list[str]:
    """Return the path with what may stand over it: parts are parts, whatever else they are."""
    rules = [lookup(text, None, year) for text in doubts]
    others = [t for t, r in zip(doubts, rules, strict=True) if r is None or r.measure_code != PART]
    if not doubts or others:
        return [*path, " | ".join(doubts)] if doubts else path
    known = bool(path) and lookup(path[-1], None, year) is not None
    return path if known else [doubts[0], *path]


def _heads_labels(text: str, year: int | None) -> bool:
    """Tell whether a header stands over labels: 合计 under it is a row's, not a column's."""
    rule = lookup(text, None, year)
    if rule is None:
        return False
    return rule.role in LABEL_ROLES or plain(text) in ("项目", "科目")


def label_role(
    rules: list[HeaderRule | None],
    path: tuple[str, ...],
    statement: StatementRule | None,
    year: int | None,
) -> str | None:
    """Return the label role of the path, None where the column is no label column."""
    leaf = rules[-1]
    if leaf is None or leaf.role == "measure" or (leaf.role == "group" and leaf.measure_code):
        return None
    if leaf.role == "group":
        if any(rule is not None and rule.role == "measure" for rule in rules[:-1]):
            return None
        text = header_text(path[-1], year)
        if text in _FUND_HEADS:
            return "fund_name"
        return "label" if text != "其中" else None
    if leaf.role == "text":
        return "ignored"
    if leaf.role.startswith("classification_"):
        return _scheme(rules, statement) + leaf.role.removeprefix("classification")
    return leaf.role


def _scheme(rules: list[HeaderRule | None], statement: StatementRule | None) -> str:
    """Return the classification that 科目编码 is of: its group says, else the statement."""
    for rule in reversed(rules[:-1]):
        if rule is None:
            continue
        for scheme in ("function", "department_economic", "government_economic"):
            if rule.role.startswith(scheme):
                return scheme
        if rule.role.startswith("organisation"):
            return "function"
    return statement.code_scheme if statement else "function"


def read_path(
    path: tuple[str, ...], scope: str | None, year: int | None
) -> list[HeaderRule | None]:
    """Return what each text of a path says, in the light of what stands above it.

    A bare % or 额 ends the header above it (完成预算 > %); 比例 under 增减 is a rate of change;
    an amount with a stage of its own (上年预算数) is no difference, though a comparison
    stands over it.
    """
    rules = [lookup(text, scope, year) for text in path]
    above = {rule.measure_code for rule in rules[:-1] if rule is not None}
    leaf, ending = rules[-1], plain(path[-1]).strip("()")
    if leaf is None and len(path) > 1 and ending in _ENDINGS:
        compared = "增减" if "change" in above else path[-2]
        leaf = rules[-1] = lookup(compared + ending, scope, year)
    if leaf is None or leaf.role != "measure":
        return rules
    if leaf.measure_code == "share_ratio" and "change" in above:
        rules[-1] = replace(leaf, measure_code="growth_ratio")
    if leaf.amount_stage is not None:
        return [None if is_comparison(rule) else rule for rule in rules]
    return rules


def is_comparison(rule: HeaderRule | None) -> bool:
    """Tell whether a header sets two amounts against each other (与上年对比) and says no more."""
    return rule is not None and rule.role == "group" and rule.measure_code == "change"


def nature_of(known: list[HeaderRule]) -> str | None:
    """Return the nature of expenditure of the deepest header that has one."""
    table = measures()
    for rule in reversed(known):
        measure = table.get(rule.measure_code or "")
        if measure is not None and measure.expenditure_type:
            return measure.expenditure_type
    return None


def fund_of(rule: HeaderRule) -> str | None:
    """Return the fund that a header names as the source of what stands under it."""
    if rule.fund_source:
        return rule.fund_source
    return rule.measure_code if rule.measure_code in _FUNDS else None


def measure_of(known: list[HeaderRule]) -> str | None:
    """Return the measure of a path: the most specific header names it, the deepest first."""
    best: str | None = None
    rank = -1
    table = measures()
    for rule in reversed(known):
        code = rule.measure_code
        if code is not None and code in table and table[code].rank > rank:
            best, rank = code, table[code].rank
    return best


def is_part(path: tuple[str, ...], rules: list[HeaderRule | None], code: str | None) -> bool:
    """Tell whether a column prints parts of the column beside it (其中项).

    They stand under a header that says so, are printed as 其中 without a meaning of their
    own, or split a balance (年初结转和结余 > 项目支出结转) by the nature of expenditure or
    into 结转 and 结余.
    ``code`` is the measure that the path as a whole gives, None where it gives none.
    """
    leaf = rules[-1]
    above = [rule.measure_code for rule in rules[:-1] if rule is not None and rule.measure_code]
    if PART in above or (leaf is not None and leaf.measure_code == PART and leaf.role == "measure"):
        return True
    parted = leaf is not None and leaf.measure_code in _NATURES | _BALANCES
    if parted and not _BALANCES.isdisjoint(above):
        return True
    if not plain(path[-1]).startswith(_OF_WHICH) or header_text(path[-1], None) == _OF_WHICH:
        return False
    return leaf is None or (code in above and code != leaf.measure_code)


def unit_of(text: str) -> str | None:
    """Return the unit that a header states, such as （万元）, （人） or %."""
    money = money_unit(text)
    if money:
        return money
    count = _COUNT_UNIT.search(plain(text))
    if count:
        return count.group(1)
    return "%" if _RATIO_UNIT.search(text) else None
