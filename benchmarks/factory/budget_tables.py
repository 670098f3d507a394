"""The standard tables of a budget of revenue, expenditure and projects (预算公开表 B1 to B5)."""

from __future__ import annotations

from benchmarks.factory.blocks import Block, Cell, Row
from benchmarks.factory.catalogue import economics, function_name
from benchmarks.factory.final_tables import (
    class_lines,
    fiscal,
    is_basic,
    is_project,
    numbered_labels,
    of_fund,
)
from benchmarks.factory.model import ZERO, Account, Keep, Leaf, everything, nothing
from benchmarks.factory.style import Style
from benchmarks.factory.tabulate import Measure, Sheet, finish, function_table, spread, two_sided

BUDGET = "initial_budget"
FUNDS = ("general_public_budget", "government_fund", "state_capital")


def personnel(leaf: Leaf) -> bool:
    """Whether the leaf is personnel expenditure (人员经费)."""
    return leaf.staff_split == "personnel"


def public(leaf: Leaf) -> bool:
    """Whether the leaf is public expenditure (公用经费)."""
    return leaf.staff_split == "public"


def unit_money(leaf: Leaf) -> bool:
    """Whether the leaf is paid from the unit's own funds."""
    return leaf.fund == "unit_funds"


def b1(account: Account, style: Style, number: int) -> list[Block]:
    """收支总表."""
    sheet = Sheet(account, style, "B1", number, "收支总表")
    names = [
        "一般公共预算拨款收入",
        "政府性基金预算拨款收入",
        "国有资本经营预算拨款收入",
        "财政专户管理资金收入",
        "事业收入",
        "上级补助收入",
        "附属单位上缴收入",
        "事业单位经营收入",
        "其他收入",
    ]
    values = [
        *(account.sum("initial", of_fund(f)) for f in FUNDS),
        ZERO,
        ZERO,
        ZERO,
        ZERO,
        ZERO,
        account.sum("initial", unit_money),
    ]
    left = [
        (label, "", sheet.money(label, "amount", BUDGET, value))
        for label, value in zip(numbered_labels(names), values, strict=True)
    ]
    total = account.sum("initial")
    for label, amount in (("本年收入合计", total), ("上年结转结余", ZERO), ("收入总计", total)):
        left.append((label, "foot", sheet.money(label, "amount", BUDGET, amount)))
    right = class_lines(sheet, "initial", {"amount": everything}, BUDGET)
    for label, amount in (("本年支出合计", total), ("年终结转结余", ZERO), ("支出总计", total)):
        right.append((label, "foot", [sheet.money(label, "amount", BUDGET, amount)]))
    return two_sided(sheet, left, right, "预算数", ["预算数"])


def b2(account: Account, style: Style, number: int) -> list[Block]:
    """收入总表: by unit where codes are joined (Beijing), else by function."""
    sheet = Sheet(account, style, "B2", number, "收入总表")
    if style.codes != "joined":
        measures = [
            Measure("合计", "total", BUDGET, "initial"),
            Measure("财政拨款收入", "fiscal_appropriation", BUDGET, "initial", fiscal),
            Measure("事业收入", "business_income", BUDGET, "initial", nothing),
            Measure("事业单位经营收入", "operating_income", BUDGET, "initial", nothing),
            Measure("其他收入", "other_income", BUDGET, "initial", unit_money),
        ]
        return function_table(sheet, measures, everything)
    heads = (
        "小计",
        "一般公共预算资金",
        "政府性基金预算资金",
        "国有资本经营预算资金",
        "财政专户管理资金",
        "事业收入",
        "其他收入",
    )
    codes = ("revenue", *FUNDS, "special_account", "business_income", "other_income")
    width = 3 + len(heads) + 1
    header = [
        spread(
            [
                ("部门（单位）代码", 2, 1),
                ("部门（单位）名称", 2, 1),
                ("合计", 2, 1),
                ("本年收入", 1, len(heads)),
                ("上年结转结余", 2, 1),
            ],
            width,
        ),
        [None, None, None, *(Cell(h) for h in heads), None],
    ]
    total = account.sum("initial")
    values = [
        total,
        *(account.sum("initial", of_fund(f)) for f in FUNDS),
        ZERO,
        ZERO,
        account.sum("initial", unit_money),
    ]
    office = account.office
    body: list[Row] = []
    for code, name in (
        (office.code, office.name),
        (f"{office.code}001", f"{office.name}（本级）"),
        ("合    计", ""),
    ):
        label = name or "合计"
        cells = [sheet.money(label, m, BUDGET, v) for m, v in zip(codes, values, strict=True)]
        start: Row = [Cell(code), Cell(name)] if name else [Cell(code, None, 1, 2), None]
        body.append([*start, sheet.money(label, "total", BUDGET, total), *cells, Cell("")])
    return finish(sheet, header, body, (1.2, 3.4, *([1.8] * (width - 2))))


def joined(code: str, name: str) -> Cell:
    """Return a ``code-name`` cell."""
    return Cell(f"{code}-{name}")


def triples(
    sheet: Sheet, keep: Keep, measures: list[Measure], total: bool
) -> tuple[list[str], list[Row]]:
    """Return labels and rows by function, government and department economic class."""
    account = sheet.account
    rows: list[Row] = []
    keys = sorted({(leaf.function, leaf.economic) for leaf in account.leaves if keep(leaf)})
    for function, economic in keys:
        item = economics()[economic]
        row: Row = [
            joined(function, function_name(function, account.year)),
            joined(item.government_code, item.government_name),
            joined(economic, item.name),
        ]
        for m in measures:
            amount = account.sum(
                m.field,
                lambda leaf, k=(function, economic), m=m: (
                    (leaf.function, leaf.economic) == k and keep(leaf) and m.keep(leaf)
                ),
            )
            row.append(
                sheet.money(
                    function_name(function, account.year),
                    m.code,
                    m.stage,
                    amount,
                    code=function,
                    economic=economic,
                )
            )
        rows.append(row)
    if total:
        row = [Cell("合    计", None, 1, 3), None, None]
        row += [
            sheet.money(
                "合计",
                m.code,
                m.stage,
                account.sum(m.field, lambda leaf, m=m: keep(leaf) and m.keep(leaf)),
            )
            for m in measures
        ]
        rows.append(row)
    return ["支出功能分类科目", "政府支出经济分类科目", "部门支出经济分类科目"], rows


def b3(account: Account, style: Style, number: int) -> list[Block]:
    """支出总表: by three classifications (Beijing) or by function."""
    sheet = Sheet(account, style, "B3", number, "支出总表")
    measures = [
        Measure("合计", "total", BUDGET, "initial"),
        Measure("基本支出", "basic", BUDGET, "initial", is_basic),
        Measure("项目支出", "project", BUDGET, "initial", is_project),
    ]
    if style.codes != "joined":
        return function_table(sheet, measures, everything)
    more = [
        Measure(name, code, BUDGET, "initial", nothing)
        for name, code in (
            ("事业单位经营支出", "operating"),
            ("上缴上级支出", "remitted_to_superior"),
            ("对附属单位补助支出", "subsidy_to_subordinate"),
        )
    ]
    labels, body = triples(sheet, everything, [*measures, *more], total=True)
    header = [
        spread(
            [*((t, 2, 1) for t in (*labels, "合计", "基本支出", "项目支出")), ("其中", 1, 3)], 9
        ),
        [None] * 6 + [Cell(m.header) for m in more],
    ]
    return finish(sheet, header, body, (3.2, 3.0, 3.0, *([1.8] * 6)))


def b4(account: Account, style: Style, number: int) -> list[Block]:
    """项目支出表: a line per project."""
    sheet = Sheet(account, style, "B4", number, "项目支出表")
    unit = f"{account.office.code}001-{account.office.name}（本级）"
    header = [
        spread(
            [
                ("项目单位", 2, 1),
                ("类型", 2, 1),
                ("项目名称", 2, 1),
                ("支出功能分类科目", 2, 1),
                ("政府支出经济分类科目", 2, 1),
                ("部门支出经济分类科目", 2, 1),
                ("合计", 2, 1),
                ("本年拨款", 1, 3),
                ("单位资金", 2, 1),
            ],
            11,
        ),
        [
            *([None] * 7),
            *(Cell(f"{fund}预算") for fund in ("一般公共", "政府性基金", "国有资本经营")),
            None,
        ],
    ]
    body: list[Row] = []
    for leaf in filter(is_project, account.leaves):
        item = economics()[leaf.economic]
        name = function_name(leaf.function, account.year)
        amounts = [
            leaf.initial,
            *(leaf.initial if leaf.fund == f else ZERO for f in (*FUNDS, "unit_funds")),
        ]
        cells = [
            sheet.money(name, m, BUDGET, a, code=leaf.function, economic=leaf.economic)
            for m, a in zip(("total", *FUNDS, "unit_funds"), amounts, strict=True)
        ]
        body.append(
            [
                Cell(unit),
                Cell("1-行政单位"),
                Cell(f"{leaf.project}（{account.year}）"),
                joined(leaf.function, name),
                joined(item.government_code, item.government_name),
                joined(leaf.economic, item.name),
                *cells,
            ]
        )
    totals = [
        account.sum("initial", is_project),
        *(
            account.sum("initial", lambda leaf, f=f: is_project(leaf) and leaf.fund == f)
            for f in (*FUNDS, "unit_funds")
        ),
    ]
    body.append(
        [
            Cell("合    计", None, 1, 6),
            *([None] * 5),
            *(
                sheet.money("合计", m, BUDGET, a)
                for m, a in zip(("total", *FUNDS, "unit_funds"), totals, strict=True)
            ),
        ]
    )
    return finish(sheet, header, body, (3, 1.6, 2.4, 2.8, 2.6, 2.6, *([1.7] * 5)))


def b5(account: Account, style: Style, number: int) -> list[Block]:
    """财政拨款收支总表."""
    sheet = Sheet(account, style, "B5", number, "财政拨款收支总表")
    names = ["一般公共预算资金", "政府性基金预算资金", "国有资本经营预算资金"]
    left = [
        (label, "", sheet.money(label, "amount", BUDGET, account.sum("initial", of_fund(fund))))
        for label, fund in zip(numbered_labels(names), FUNDS, strict=True)
    ]
    total = account.sum("initial", fiscal)
    left.append(("收入总计", "foot", sheet.money("收入总计", "amount", BUDGET, total)))
    keeps: dict[str, Keep] = {"total": fiscal}
    keeps |= {fund: of_fund(fund) for fund in FUNDS}
    if style.codes == "joined":
        keeps = {"amount": fiscal}
    right = class_lines(sheet, "initial", keeps, BUDGET)
    right.append(
        (
            "支出总计",
            "foot",
            [
                sheet.money("支出总计", m, BUDGET, account.sum("initial", k))
                for m, k in keeps.items()
            ],
        )
    )
    heads = (
        ["预算数"]
        if len(keeps) == 1
        else ["合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"]
    )
    return two_sided(sheet, left, right, "预算数", heads)
