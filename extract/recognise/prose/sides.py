"""The two sides of an account (收支): what a bare 收入 or 支出 can speak of after an item.

Knows which subjects are revenue, which expenditure, which their sums. Knows no words of
comparison and keeps nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.recognise.prose.item import Item

REVENUES = frozenset(("revenue_item", "revenue_total", "revenue_current_total"))
_SPENT = frozenset(("expenditure_total", "expenditure_current_total", "expenditure_item"))
_SPENT_OF = {
    "general_public_budget": "general_public_budget_expenditure",
    "government_fund": "government_fund_expenditure",
    "state_capital": "state_capital_expenditure",
}
_EXPENSES = frozenset(("three_public", "operating_expenses", "procurement", "purchased_services"))
_LABEL = re.compile(
    r"(收入|支出)(?:预算|决算|合计|总计)?(?:按[一-鿿]{2,10})?(?:主要)?(?:包括|构成|来源|分|为)?"
)
_OPENED = re.compile(r"(?:本年|当年)?(收入|支出)(?:主要)?(?:包括|为)(?=.)")
_WITHIN = re.compile(r"(?:本年|当年)?(收入|支出)中")
NATURES = frozenset(("basic_expenditure", "project_expenditure"))


def side_labelled(name: str) -> str | None:
    """Return the side that a label is of: 收入包括：, 支出按功能分类分为：."""
    found = _LABEL.fullmatch(name)
    return found and found[1]


def side_opened(piece: str) -> str | None:
    """Return the side that the words before a figure open a list of: 收入包括财政拨款9万元."""
    found = _OPENED.match(piece)
    return found and found[1]


def side_within(piece: str) -> str | None:
    """Return the side that a piece alone names: 本年收入中，财政拨款9万元."""
    found = _WITHIN.fullmatch(piece)
    return found and found[1]


def opposes(name: str, item: Item) -> bool:
    """Tell whether a bare 收入 or 支出 cannot speak of the item: 结转0万元；支出100万元.

    It is one side of 收支总计, and what is said of the appropriation may be its expenditure.
    """
    if item.subject == "revenue_expenditure_total":
        return name in ("收入", "支出")
    if item.subject == "fiscal_appropriation_total":
        return False
    if name == "支出":
        return item.subject in REVENUES or item.subject == "balance"
    spent = item.subject.endswith("_expenditure") or item.subject in _SPENT
    return name == "收入" and (spent or item.subject == "balance")


def is_total(item: Item) -> bool:
    """Tell whether the item is a sum of the account, so that another may follow it in a list."""
    sums = item.subject.endswith(("_total", "_expenditure"))
    return sums or item.subject in REVENUES or item.subject == "balance"


def of_same_fund(item: Item, before: Item, fresh: bool) -> Item:
    """Return the other side of a fund: 政府性基金本年收入2万元；本年支出1万元."""
    fund = before.fund_source or ""
    income = (item.name or "").replace("支出", "收入")
    paired = income in ("本年收入", "当年收入") or (income == "收入" and not fresh)
    if fund not in _SPENT_OF or income == item.name or not paired:
        return item
    if before.subject not in REVENUES or not (before.name or "").endswith(income):
        return item
    return replace(item, subject=_SPENT_OF[fund], fund_source=fund)


_SOURCE_OF = {
    "government_fund": "fiscal_appropriation_fund",
    "state_capital": "fiscal_appropriation_state_capital",
}
_LISTED = frozenset(
    ("economic_class", "state_assets", "revenue_item", "operating_expenses", "procurement")
)
_APPROPRIATION = "fiscal_appropriation"
_OF_THE_YEAR = frozenset(("本年收入", "本年支出", "当年收入", "当年支出", "收入", "支出"))


def within_fund(item: Item, fund: str | None) -> Item:
    """Return 本年收入 and 本年支出 of a sentence that opened with a fund as those of the fund.

    政府性基金年初结转0万元，本年收入2万元，本年支出2万元 is no account of the whole.
    """
    if fund not in _SOURCE_OF or item.name not in _OF_THE_YEAR:
        return item
    if item.name.endswith("支出"):
        return replace(item, subject=_SPENT_OF[fund], fund_source=fund)
    source = _SOURCE_OF[fund]
    return replace(item, subject="revenue_item", revenue_source=source, fund_source=fund)


def part_of_fund(item: Item, whole: Item | None) -> Item:
    """Return 当年拨款 as money of the fund: 一般公共预算支出9万元，其中当年拨款8万元.

    It is a part of what the fund spends and not the whole of it.
    """
    if whole is None:
        return item
    if whole.revenue_source == _APPROPRIATION and item.subject == "revenue_current_total":
        # 财政拨款收入9万元，其中：本年收入8万元
        return replace(
            item, subject="revenue_item", revenue_source=_APPROPRIATION, fund_source=None
        )
    if whole.subject not in _SPENT_OF.values() or item.name != "拨款":
        return item
    return replace(item, subject="other", fund_source=whole.fund_source, known=True)


def by_nature(item: Item, before: Item) -> Item:
    """Return 其他支出 after 基本支出 and 项目支出 as what it is: no class of the functions.

    And 其他3万元 after 办公费2万元 is the rest of such items.
    """
    if item.subject == "function_class" and item.name == "其他" and before.subject in _LISTED:
        source = "other_income" if before.subject == "revenue_item" else None
        return Item(item.name, before.subject, revenue_source=source, known=True)
    listed = before.subject in NATURES or before.subject == "expenditure_item"
    if listed and item.subject == "function_class" and (item.name or "").startswith("其他支出"):
        return replace(item, subject="expenditure_item", class_name=None)
    return item


def fund_of_natures(whole: Item, known: str | None) -> str | None:
    """Return the fund that pays 基本支出 and 项目支出 where these are parts of ``whole``.

    一般公共预算支出10万元，其中：基本支出9万元 is not the 基本支出 of all funds.
    """
    if whole.subject in _SPENT_OF.values():
        return whole.fund_source
    return None if whole.subject in _SPENT else known


def part_by_fund(item: Item, whole: Item | None) -> Item:
    """Return what a fund paid of an expense: “三公”经费9万元（其中：一般公共预算支出9万元）."""
    if whole is None or whole.subject not in _EXPENSES or item.subject not in _SPENT_OF.values():
        return item
    return replace(item, subject=whole.subject)


def evaluated(item: Item) -> Item:
    """Return money that an evaluation concerns: 涉及一般公共预算支出9万元 is not all of it."""
    if item.subject not in _SPENT_OF.values():
        return item
    return replace(item, subject="performance")


def beside(item: Item, before: Item, whole: Item | None, fresh: bool) -> Item:
    """Return an item as what was named before it, and what it is a part of, tell it to be.

    ``fresh`` says that it begins a new member of a list.
    """
    item = by_nature(of_same_fund(item, before, fresh), before)
    return part_by_fund(part_of_fund(item, whole), whole)


def other_side(name: str, before: Item) -> Item | None:
    """Return what a bare 支出 is after a revenue: 政府性基金预算收入2万元，支出1万元."""
    if name != "支出" or before.subject not in REVENUES:
        return None
    fund = before.fund_source or ""
    if fund in _SPENT_OF:
        return Item(name, _SPENT_OF[fund], fund_source=fund, known=True)
    if before.revenue_source == _APPROPRIATION:
        return Item(name, "fiscal_appropriation_total", known=True)
    return None


_BOTH = {
    "revenue_total": "expenditure_total",
    "revenue_current_total": "expenditure_current_total",
}


def both_sides(revenue: Item, expenditure: Item) -> Item | None:
    """Return the item of what is said of both: 收入总计9万元，支出总计9万元，比上年增加1万元."""
    if _BOTH.get(revenue.subject) != expenditure.subject:
        return None
    name = f"{revenue.name}、{expenditure.name}" if revenue.name and expenditure.name else None
    return replace(expenditure, name=name, subject="revenue_expenditure_total")
