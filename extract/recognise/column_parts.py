"""Columns that print parts of other columns (其中项), and columns that say the same twice.

Looks at how columns stand beside each other: what splits a sum, what repeats it, and
what nothing tells apart. What a single header path says is the business of
:mod:`extract.recognise.header_paths`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from extract.recognise.column import Column
from extract.recognise.header_paths import ASSET_CLASS, ECONOMIC_CLASS, PART
from extract.recognise.headers import lookup
from extract.recognise.layout_rules import plain

_REPEATABLE = frozenset(
    {
        ASSET_CLASS,
        ECONOMIC_CLASS,
        PART,
        "quantity",
        "change",
        "growth_ratio",
        "execution_ratio",
        "share_ratio",
        "received_ratio",
    }
)
_NAMED = frozenset({ASSET_CLASS, ECONOMIC_CLASS, PART})
"""Measures of which only the header tells what the column is of."""
_SUM_WORDS = frozenset({"小计", "合计", "总计"})
_SUMS = frozenset({"total", "subtotal", "amount", "basic", "fiscal_appropriation", "other_funds"})
_OTHER_FUNDS = frozenset(
    {"government_fund", "state_capital", "special_account", "unit_funds", "other_funds"}
)
_SPENT = frozenset({"execution", "final_account", "prior_year_final", "prior"})
_BALANCES = frozenset({"opening_balance", "closing_balance"})


def flow_parts(columns: list[Column], scope: str | None, year: int | None) -> list[Column]:
    """Take 基本支出 under 本年收入 for a part of it where 本年支出 stands beside it.

    Tables of the whole flow, from 年初结转和结余 to 年末结转和结余, split each of its amounts
    by the nature of expenditure; elsewhere 本年拨款 > 基本支出 is expenditure.
    """
    if _BALANCES.isdisjoint(c.measure_code or "" for c in columns):
        return columns
    above = {
        c.index: {rule.measure_code for text in c.path[:-1] if (rule := lookup(text, scope, year))}
        for c in columns
    }
    if not any("expenditure" in codes for codes in above.values()):
        return columns
    return [
        replace(c, measure_code=PART) if "revenue" in above[c.index] and c.expenditure_type else c
        for c in columns
    ]


def beside_sums(columns: list[Column]) -> list[Column]:
    """Take a column that no rule knows for a part of the 小计 that its header begins with.

    项目支出 > 小计 | 专项资金. A lone 其他支出 among such parts is one of them, no class.
    """
    sums = {
        c.path[:-1]
        for c in columns
        if c.role == "measure" and len(c.path) > 1 and plain(c.path[-1]) in _SUM_WORDS
    }
    parts = {c.path[:-1] for c in columns if c.role is None and c.path[:-1] in sums}
    classes = Counter(c.path[:-1] for c in columns if c.measure_code == ECONOMIC_CLASS)
    made: list[Column] = []
    for column in columns:
        group = column.path[:-1]
        alone = column.measure_code == ECONOMIC_CLASS and classes[group] == 1
        if group in parts and (column.role is None or alone):
            column = replace(column, role="measure", measure_code=PART)
        made.append(column)
    return made


def funds_beside_total(columns: list[Column]) -> list[Column]:
    """Take the funds that pay “三公” items for parts of the total printed beside them.

    合计 | 一般公共预算拨款 | 政府性基金预算拨款: the first is of all funds.
    """
    funds = [c for c in columns if c.measure_code == "amount" and c.fund_source]
    totals = [c for c in columns if c.measure_code == "three_public_total" and not c.fund_source]
    if not funds or len(totals) != 1:
        return columns
    made = [replace(c, measure_code=PART) if c in funds else c for c in columns]
    return [replace(c, fund_source="all") if c in totals else c for c in made]


def of_all_funds(columns: list[Column]) -> list[Column]:
    """Take the sums of a table for those of all funds where other funds have columns beside them.

    A table of basic expenditure is of the general public budget, unless it says otherwise.
    """
    if not any(c.measure_code in _OTHER_FUNDS or c.fund_source in _OTHER_FUNDS for c in columns):
        return columns
    return [
        replace(c, fund_source="all") if c.measure_code in _SUMS and not c.fund_source else c
        for c in columns
    ]


def without_doubles(columns: list[Column]) -> list[Column]:
    """Unmap columns of one block that would say the same as another one does.

    Two amounts of one line cannot both be its 项目支出: the one printed as 小计, or else
    the one under the shortest path, is. What stands beside a 小计 under the same header
    are parts of it; other columns have no name of their own.
    """
    same: dict[tuple[object, ...], list[Column]] = {}
    for column in columns:
        if column.role != "measure":
            continue
        if column.measure_code not in _REPEATABLE:
            key = (column.block, column.measure_code, column.amount_stage, column.fund_source)
            same.setdefault(key, []).append(column)
        elif column.measure_code in _NAMED:
            same.setdefault((column.block, *column.path), []).append(column)
    unmapped: set[int] = set()
    parts: set[int] = set()
    for group in same.values():
        if len(group) < 2:
            continue
        sums = [c for c in group if plain(c.path[-1]) in _SUM_WORDS]
        depth = min(len(c.path) for c in group)
        keep = sums or [c for c in group if len(c.path) == depth]
        kept = keep[0] if len(keep) == 1 else None
        for column in group:
            if kept is not None and sums and column.path[: len(kept.path) - 1] == kept.path[:-1]:
                parts.add(column.index)
            unmapped.add(column.index)
        if kept is not None:
            unmapped.discard(kept.index)
            parts.discard(kept.index)
    return [
        replace(c, measure_code=PART)
        if c.index in parts
        else replace(c, role=None, measure_code=None)
        if c.index in unmapped
        else c
        for c in columns
    ]


def rates_of_outcome(columns: list[Column]) -> list[Column]:
    """Give a rate of execution without a stage that of what was spent, printed before it.

    上年预算数 | 上年执行数 | 执行率 | 本年预算数: the rate is of the year before.
    """
    settled: list[Column] = []
    spent: dict[int, str] = {}
    for column in columns:
        if column.role == "measure" and column.measure_code == "execution_ratio":
            stage = column.amount_stage or spent.get(column.block)
            column = replace(column, amount_stage=stage)
        elif column.role == "measure" and column.amount_stage in _SPENT:
            spent[column.block] = str(column.amount_stage)
        settled.append(column)
    return settled
