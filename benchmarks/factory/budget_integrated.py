"""Budget tables as the integrated budget system prints them (预算管理一体化表样): B1, B2, B4, B5.

单位资金 stands in its parts, the carry-over (上年结转结余) by fund beside this year's money.
"""

from __future__ import annotations

from decimal import Decimal

from benchmarks.factory.blocks import Block, Cell, Row
from benchmarks.factory.budget_tables import BUDGET
from benchmarks.factory.final_tables import class_lines
from benchmarks.factory.keeps import (
    FUNDS,
    both,
    fiscal,
    is_project,
    of_fund,
    own_money,
)
from benchmarks.factory.model import ZERO, Account, Keep, everything, nothing
from benchmarks.factory.style import Style
from benchmarks.factory.tabulate import Sheet, chinese, finish, spread, two_sided

SINCE = 2021
_FUND_NAMES = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
_OWN = (
    ("事业收入", "business_income", "business_income"),
    ("事业单位经营收入", "operating_income", "operating_income"),
    ("上级补助收入", "superior_subsidy", "superior_subsidy"),
    ("附属单位上缴收入", "remitted_by_subordinate", ""),
    ("其他收入", "other_income", "unit_funds"),
)


def _keep(fund: str) -> Keep:
    return of_fund(fund) if fund else nothing


def _bracketed(names: list[str]) -> list[str]:
    return [f"（{chinese(index + 1)}）{name}" for index, name in enumerate(names)]


def b1(account: Account, style: Style, number: int) -> list[Block]:
    """收支总表 with 单位资金 in its parts."""
    sheet = Sheet(account, style, "B1", number, "收支总表")

    def line(label: str, amount: Decimal, role: str = "") -> tuple[str, str, Cell]:
        return label, role, sheet.money(label, "amount", BUDGET, amount)

    def allotted(keep: Keep) -> Decimal:
        return account.sum("allotted", keep)

    left = [
        line(f"{chinese(n)}、{name}拨款收入", allotted(of_fund(fund)))
        for n, (name, fund) in enumerate(zip(_FUND_NAMES, FUNDS, strict=True), 1)
    ]
    left.append(line("四、财政专户管理资金收入", allotted(of_fund("special_account"))))
    left.append(line("五、单位资金", allotted(own_money)))
    left += [
        line(label, allotted(_keep(fund)))
        for label, (_, _, fund) in zip(_bracketed([n for n, _, _ in _OWN]), _OWN, strict=True)
    ]
    carried, total = account.sum("opening"), account.sum("initial")
    left += [
        line("本年收入合计", total - carried, "foot"),
        line("上年结转结余", carried, "foot"),
        line("收入总计", total, "foot"),
    ]
    right = class_lines(sheet, "initial", {"amount": everything}, BUDGET)
    for label, amount in (("本年支出合计", total), ("年终结转结余", ZERO), ("支出总计", total)):
        right.append((label, "foot", [sheet.money(label, "amount", BUDGET, amount)]))
    return two_sided(sheet, left, right, "预算数", ["预算数"])


def b2(account: Account, style: Style, number: int) -> list[Block]:
    """收入总表: a line per unit; 单位资金 in its parts, the carry-over by fund."""
    sheet = Sheet(account, style, "B2", number, "收入总表")
    funds = [*zip(_FUND_NAMES, FUNDS, strict=True), ("财政专户管理资金", "special_account")]
    columns: list[tuple[str, str, Keep]] = [("total", "initial", everything)]
    columns.append(("revenue", "allotted", everything))
    columns += [(fund, "allotted", of_fund(fund)) for _, fund in funds]
    columns.append(("unit_funds", "allotted", own_money))
    columns += [(code, "allotted", _keep(fund)) for _, code, fund in _OWN]
    columns.append(("carry_over", "opening", everything))
    columns += [("carry_over", "opening", of_fund(fund)) for _, fund in funds]
    columns.append(("carry_over", "opening", own_money))
    office = account.office
    body: list[Row] = []
    for code, name in (("合计", ""), (office.code, office.name), (f"{office.code}001", "本级")):
        label = {"": "合计", "本级": f"{office.name}（本级）"}.get(name, name)
        start: Row = [Cell(code), Cell(label)] if name else [Cell(code, None, 1, 2), None]
        body.append(
            [
                *start,
                *(
                    sheet.money(label, measure, BUDGET, account.sum(field, keep))
                    for measure, field, keep in columns
                ),
            ]
        )
    names = [name for name, _ in funds]
    width = 2 + len(columns)
    header = [
        spread(
            [
                ("部门（单位）代码", 3, 1),
                ("部门（单位）名称", 3, 1),
                ("合计", 3, 1),
                ("本年收入", 1, 11),
                ("上年结转结余", 1, 6),
            ],
            width,
        ),
        [
            *([None] * 3),
            *spread(
                [
                    *((name, 2, 1) for name in ("小计", *names)),
                    ("单位资金", 1, 6),
                    *((name, 2, 1) for name in ("小计", *names, "单位资金")),
                ],
                width - 3,
            ),
        ],
        [
            *([None] * 8),
            *(Cell(name) for name in ("小计", *(name for name, _, _ in _OWN))),
            *([None] * 6),
        ],
    ]
    return finish(sheet, header, body, (1.2, 3.0, *([1.5] * len(columns))))


def b4(account: Account, style: Style, number: int) -> list[Block]:
    """项目支出表: a line per project, the carry-over by fund."""
    sheet = Sheet(account, style, "B4", number, "项目支出表")
    columns: list[tuple[str, str, Keep]] = [("total", "initial", everything)]
    columns += [(fund, "allotted", of_fund(fund)) for fund in FUNDS]
    columns += [("carry_over", "opening", of_fund(fund)) for fund in FUNDS]
    columns.append(("special_account", "initial", of_fund("special_account")))
    columns.append(("unit_funds", "initial", own_money))
    body: list[Row] = []
    total: Row = [Cell("合计", None, 1, 3), None, None]
    total += [
        sheet.money("合计", m, BUDGET, account.sum(field, both(is_project, keep)))
        for m, field, keep in columns
    ]
    for leaf in filter(is_project, account.leaves):
        name = str(leaf.project)
        cells = [
            sheet.money(name, m, BUDGET, getattr(leaf, field) if keep(leaf) else ZERO)
            for m, field, keep in columns
        ]
        kind = "特定目标类" if fiscal(leaf) else "其他运转类"
        body.append([Cell(kind), Cell(name), Cell(account.office.name), *cells])
    header = [
        spread(
            [
                ("类型", 2, 1),
                ("项目名称", 2, 1),
                ("项目单位", 2, 1),
                ("合计", 2, 1),
                ("本年拨款", 1, 3),
                ("财政拨款结转结余", 1, 3),
                ("财政专户管理资金", 2, 1),
                ("单位资金", 2, 1),
            ],
            12,
        ),
        [*([None] * 4), *map(Cell, _FUND_NAMES), *map(Cell, _FUND_NAMES), None, None],
    ]
    body = [total, *body] if style.total_first else [*body, total]
    return finish(sheet, header, body, (1.6, 3.0, 2.6, *([1.6] * 9)))


def b5(account: Account, style: Style, number: int) -> list[Block]:
    """财政拨款收支总表: 本年 and 上年结转, each by fund."""
    sheet = Sheet(account, style, "B5", number, "财政拨款收支总表")
    left: list[tuple[str, str, Cell]] = []
    for head, field in (("一、本年收入", "allotted"), ("二、上年结转", "opening")):
        amount = account.sum(field, fiscal)
        left.append((head, "", sheet.money(head, "amount", BUDGET, amount)))
        for label, fund in zip(_bracketed([f"{n}拨款" for n in _FUND_NAMES]), FUNDS, strict=True):
            amount = account.sum(field, of_fund(fund))
            left.append((label, "", sheet.money(label, "amount", BUDGET, amount)))
    total = account.sum("initial", fiscal)
    left.append(("收入总计", "foot", sheet.money("收入总计", "amount", BUDGET, total)))
    right: list[tuple[str, str, list[Cell]]] = []
    lines = class_lines(sheet, "initial", {"amount": fiscal}, BUDGET)
    for label, amount in (("一、本年支出", total), ("二、年终结转结余", ZERO)):
        right.append((label, "", [sheet.money(label, "amount", BUDGET, amount)]))
        if amount:
            names = _bracketed([name.partition("、")[2] for name, _, _ in lines])
            right += [
                (name, role, cells) for name, (_, role, cells) in zip(names, lines, strict=True)
            ]
    right.append(("支出总计", "foot", [sheet.money("支出总计", "amount", BUDGET, total)]))
    return two_sided(sheet, left, right, "预算数", ["预算数"])
