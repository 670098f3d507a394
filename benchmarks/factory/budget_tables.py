"""The standard tables of a budget of revenue, expenditure and projects (预算公开表 B1 to B5)."""

from __future__ import annotations

from benchmarks.factory.blocks import Block, Cell, Row
from benchmarks.factory.catalogue import economics, function_name
from benchmarks.factory.final_tables import class_lines, numbered_labels
from benchmarks.factory.keeps import (
    FUNDS,
    both,
    fiscal,
    funds_of,
    is_basic,
    is_operating,
    is_project,
    of_fund,
    own_money,
)
from benchmarks.factory.model import ZERO, Account, Keep, everything, nothing
from benchmarks.factory.style import Style
from benchmarks.factory.tabulate import Measure, Sheet, finish, function_table, spread, two_sided

BUDGET = "initial_budget"
_FUND_NAMES = {
    "general_public_budget": "一般公共",
    "government_fund": "政府性基金",
    "state_capital": "国有资本经营",
}


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
    sources = [
        *FUNDS,
        "special_account",
        "business_income",
        "superior_subsidy",
        "remitted_by_subordinate",
        "operating_income",
        "unit_funds",
    ]
    if "state_capital" not in funds_of(account.year):
        del names[2], sources[2]
    values = [account.sum("initial", of_fund(source)) for source in sources]
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
            *(
                Measure(name, code, BUDGET, "initial", of_fund(code))
                for name, code in (
                    ("财政专户管理资金", "special_account"),
                    ("上级补助收入", "superior_subsidy"),
                )
                if any(leaf.fund == code for leaf in account.leaves)
            ),
            Measure("事业收入", "business_income", BUDGET, "initial", of_fund("business_income")),
            Measure(
                "事业单位经营收入",
                "operating_income",
                BUDGET,
                "initial",
                of_fund("operating_income"),
            ),
            Measure("其他收入", "other_income", BUDGET, "initial", of_fund("unit_funds")),
        ]
        return function_table(sheet, measures, everything)
    columns = [
        ("一般公共预算资金", "general_public_budget"),
        ("政府性基金预算资金", "government_fund"),
        ("国有资本经营预算资金", "state_capital"),
        ("财政专户管理资金", "special_account"),
        ("事业收入", "business_income"),
        *(
            (name, fund)
            for name, fund in (
                ("上级补助收入", "superior_subsidy"),
                ("事业单位经营收入", "operating_income"),
            )
            if any(leaf.fund == fund for leaf in account.leaves)
        ),
        ("其他收入", "unit_funds"),
    ]
    if "state_capital" not in funds_of(account.year):
        del columns[2]
    heads = ("小计", *(name for name, _ in columns))
    codes = ("revenue", *(f.replace("unit_funds", "other_income") for _, f in columns))
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
    values = [total, *(account.sum("initial", of_fund(fund)) for _, fund in columns)]
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
    more = [
        Measure(name, code, BUDGET, "initial", keep)
        for name, code, keep in (
            ("事业单位经营支出", "operating", is_operating),
            ("上缴上级支出", "remitted_to_superior", nothing),
            ("对附属单位补助支出", "subsidy_to_subordinate", nothing),
        )
    ]
    if style.codes != "joined":
        operating = any(map(is_operating, account.leaves))
        return function_table(sheet, [*measures, *more[: int(operating)]], everything)
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
    funds = funds_of(account.year)
    columns: list[tuple[str, str, Keep]] = [
        (f"{_FUND_NAMES[fund]}预算", fund, of_fund(fund)) for fund in funds
    ]
    if any(leaf.fund == "special_account" for leaf in account.leaves):
        columns.append(("财政专户管理资金", "special_account", of_fund("special_account")))
    columns.append(("单位资金", "unit_funds", own_money))
    codes = ("total", *(code for _, code, _ in columns))
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
                ("本年拨款", 1, len(funds)),
                *((name, 2, 1) for name, _, _ in columns[len(funds) :]),
            ],
            7 + len(columns),
        ),
        [
            *([None] * 7),
            *(Cell(name) for name, _, _ in columns[: len(funds)]),
            *([None] * (len(columns) - len(funds))),
        ],
    ]
    body: list[Row] = []
    for leaf in filter(is_project, account.leaves):
        item = economics()[leaf.economic]
        name = function_name(leaf.function, account.year)
        amounts = [leaf.initial, *(leaf.initial if keep(leaf) else ZERO for _, _, keep in columns)]
        cells = [
            sheet.money(name, m, BUDGET, a, code=leaf.function, economic=leaf.economic)
            for m, a in zip(codes, amounts, strict=True)
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
        *(account.sum("initial", both(is_project, keep)) for _, _, keep in columns),
    ]
    body.append(
        [
            Cell("合    计", None, 1, 6),
            *([None] * 5),
            *(sheet.money("合计", m, BUDGET, a) for m, a in zip(codes, totals, strict=True)),
        ]
    )
    widths = (3, 1.6, 2.4, 2.8, 2.6, 2.6, *([1.7] * (1 + len(columns))))
    return finish(sheet, header, body, widths)


def b5(account: Account, style: Style, number: int) -> list[Block]:
    """财政拨款收支总表."""
    sheet = Sheet(account, style, "B5", number, "财政拨款收支总表")
    funds = funds_of(account.year)
    names = [f"{_FUND_NAMES[fund]}预算资金" for fund in funds]
    left = [
        (label, "", sheet.money(label, "amount", BUDGET, account.sum("initial", of_fund(fund))))
        for label, fund in zip(numbered_labels(names), funds, strict=True)
    ]
    total = account.sum("initial", fiscal)
    left.append(("收入总计", "foot", sheet.money("收入总计", "amount", BUDGET, total)))
    keeps: dict[str, Keep] = {"total": fiscal}
    keeps |= {fund: of_fund(fund) for fund in funds}
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
        ["预算数"] if len(keeps) == 1 else ["合计", *(f"{_FUND_NAMES[fund]}预算" for fund in funds)]
    )
    return two_sided(sheet, left, right, "预算数", heads)
