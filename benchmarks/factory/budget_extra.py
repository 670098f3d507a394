"""Tables that some budgets add (B11, B12, B14): services bought, transfers, targets."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from benchmarks.factory import budget_integrated as integrated
from benchmarks.factory.blocks import Block, Cell, Row
from benchmarks.factory.budget_detail import BUDGET_TABLES, b9, b10
from benchmarks.factory.budget_tables import BUDGET, b1, b2, b4, b5
from benchmarks.factory.keeps import fiscal, funds_of, is_basic, is_project
from benchmarks.factory.model import ZERO, Account, Leaf
from benchmarks.factory.style import Style
from benchmarks.factory.tabulate import Sheet, finish, spread
from benchmarks.factory.three_public import by_unit, rows

Table = Callable[[Account, Style, int], list[Block]]
_SERVICES = frozenset({"30209", "30226", "30227"})
_COUNTIES = ("青山县", "柳河县", "云台县")


def b11(account: Account, style: Style, number: int) -> list[Block]:
    """政府购买服务预算表: the total stands in the column of numbers or over the names."""
    sheet = Sheet(account, style, "B11", number, "政府购买服务预算表")
    bought = [x for x in account.leaves if is_project(x) and x.economic in _SERVICES]
    columns = ("purchase_total", "fiscal_funds", "other_funds")

    def amounts(leaves: list[Leaf]) -> tuple[Decimal, ...]:
        whole = sum((x.initial for x in leaves), ZERO)
        paid = sum((x.initial for x in leaves if fiscal(x)), ZERO)
        return whole, paid, whole - paid

    def cells(label: str, leaves: list[Leaf]) -> list[Cell]:
        pairs = zip(columns, amounts(leaves), strict=True)
        return [sheet.money(label, measure, BUDGET, amount) for measure, amount in pairs]

    wide = style.codes == "joined"
    label_headers = ["序号", "单位名称", "购买服务项目名称"]
    catalogue = ["一级目录", "二级目录", "三级目录"]
    body: list[Row] = []
    for serial, leaf in enumerate(bought, 1):
        name = str(leaf.project)
        kinds = ["政府履职辅助性服务", "其他服务", "其他辅助性服务"]
        start = [str(serial), account.office.name, name, *(kinds if wide else kinds[1:2])]
        body.append([*map(Cell, start), *cells(name, [leaf])])
    labels = 6 if wide else 4
    total: Row = [Cell("合计"), *(Cell("") for _ in range(labels - 1)), *cells("合计", bought)]
    header = [
        spread(
            [
                *((name, 2, 1) for name in label_headers),
                ("指导性目录", 1, 3) if wide else ("购买内容", 2, 1),
                ("资金来源", 1, 3),
            ],
            labels + 3,
        ),
        [
            *([None] * 3),
            *(map(Cell, catalogue) if wide else [None]),
            *map(Cell, ("合计", "财政资金", "其他资金")),
        ],
    ]
    body = [total, *body] if style.total_first else [*body, total]
    widths = (0.8, 2.6, 3.0, *([1.8] * (labels - 3)), 1.8, 1.8, 1.8)
    return finish(sheet, header, body, widths)


def b12(account: Account, style: Style, number: int) -> list[Block]:
    """对下转移支付预算表: a line per project, the counties that it goes to as columns."""
    sheet = Sheet(account, style, "B12", number, "对下转移支付预算表")
    sent = [x for x in account.leaves if is_project(x) and fiscal(x)]
    funds = funds_of(account.year)

    def shares(amount: Decimal) -> list[Decimal]:
        third = (amount / 3 / account.quantum).quantize(Decimal(1)) * account.quantum
        return [third, third, amount - third - third]

    def cells(label: str, leaves: list[Leaf]) -> list[Cell]:
        whole = sum((x.initial for x in leaves), ZERO)
        parts = [sum((x.initial for x in leaves if x.fund == fund), ZERO) for fund in funds]
        counties = [
            sum(column, ZERO) for column in zip(*(shares(x.initial) for x in leaves), strict=True)
        ]
        measures = ("total", *funds, *(["part"] * len(_COUNTIES)))
        values = (whole, *parts, *counties)
        return [sheet.money(label, m, BUDGET, v) for m, v in zip(measures, values, strict=True)]

    body: list[Row] = [[Cell("合计"), *cells("合计", sent)]]
    body += [[Cell(str(leaf.project)), *cells(str(leaf.project), [leaf])] for leaf in sent]
    names = ("一般公共预算", "政府性基金预算", "国有资本经营预算")[: len(funds)]
    width = 2 + len(names) + len(_COUNTIES)
    header = [
        spread(
            [("单位名称（项目）", 2, 1), ("资金来源", 1, 1 + len(names)), ("地区", 1, 3)], width
        ),
        [None, *map(Cell, ("合计", *names, *_COUNTIES))],
    ]
    return finish(sheet, header, body, (3.4, *([1.7] * (width - 1))))


def b14(account: Account, style: Style, number: int) -> list[Block]:
    """部门整体支出绩效目标申报表: the tasks of the year with their money, then targets."""
    sheet = Sheet(account, style, "B14", number, "部门整体支出绩效目标申报表")
    projects = list(filter(is_project, account.leaves))

    def cells(label: str, leaves: list[Leaf]) -> list[Cell]:
        whole = sum((x.initial for x in leaves), ZERO)
        paid = sum((x.initial for x in leaves if fiscal(x)), ZERO)
        values = (whole, paid, whole - paid)
        measures = ("total", "fiscal_appropriation", "other_funds")
        return [sheet.money(label, m, BUDGET, v) for m, v in zip(measures, values, strict=True)]

    def line(first: Cell | None, label: str, leaves: list[Leaf]) -> Row:
        return [first, Cell(label), Cell(""), *cells(label, leaves)]

    lines = [(str(leaf.project), [leaf]) for leaf in projects]
    lines.append(("基本支出", list(filter(is_basic, account.leaves))))
    lines.append(("金额合计", [x for x in account.leaves if is_basic(x) or is_project(x)]))
    tasks = Cell("年度主要任务", None, 2 + len(lines))
    body: list[Row] = [
        spread([("部门（单位）名称", 1, 1), (account.office.name, 1, 5)], 6),
        [
            tasks,
            Cell("任务名称", None, 2),
            Cell("主要内容", None, 2),
            *spread([(f"预算金额（{style.numbers.unit}）", 1, 3)], 3),
        ],
        [None, None, None, Cell("总额"), Cell("财政拨款"), Cell("其他资金")],
        *(line(None, label, leaves) for label, leaves in lines),
        spread([("年度总体目标", 1, 1), ("按计划完成各项年度任务，保障机构正常运转。", 1, 5)], 6),
    ]
    return finish(sheet, [], body, (1.8, 3.0, 2.0, 2.0, 2.0, 2.0))


_EXTRAS: dict[str, Table] = {"B11": b11, "B12": b12, "B14": b14}
_INTEGRATED: dict[Table, Table] = {
    b1: integrated.b1,
    b2: integrated.b2,
    b4: integrated.b4,
    b5: integrated.b5,
}


def budget_tables(account: Account, style: Style) -> list[Table]:
    """Return the makers of the tables that an office of this style prints, in their order."""
    made: list[Table] = []
    for table in BUDGET_TABLES:
        if table is b9 and "state_capital" not in funds_of(account.year):
            continue
        if table is b10 and style.three_public == "units":
            made.append(by_unit)
        elif table is b10 and style.three_public in ("rows", "counts"):
            made.append(lambda a, s, n: rows(a, s, n, "B10"))
        elif style.integrated and account.year >= integrated.SINCE:
            made.append(_INTEGRATED.get(table, table))
        else:
            made.append(table)
    return made + [table for code, table in _EXTRAS.items() if code in style.extras]
