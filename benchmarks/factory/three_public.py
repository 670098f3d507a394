"""“三公” tables that lie on their side (“三公”经费表的变体): items as rows, or a row per unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from benchmarks.factory.blocks import Block, Cell, Row
from benchmarks.factory.keeps import general
from benchmarks.factory.model import ZERO, Account
from benchmarks.factory.style import Style
from benchmarks.factory.tabulate import Sheet, finish, spread

_ITEMS = (
    ("“三公”经费合计", "three_public_total"),
    ("1.因公出国（境）费", "overseas_travel"),
    ("2.公务用车购置及运行维护费", "vehicle_total"),
    ("（1）公务用车购置费", "vehicle_purchase"),
    ("（2）公务用车运行维护费", "vehicle_operation"),
    ("3.公务接待费", "reception"),
)
_TITLES = {
    "F9": "财政拨款“三公”经费支出决算表",
    "F13": "政府性基金预算财政拨款“三公”经费支出决算表",
    "B10": "“三公”经费支出表",
}


def six(values: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return total, overseas, vehicles, purchase, operation, reception of the four items."""
    abroad, buy, run, host = values
    return (abroad + buy + run + host, abroad, buy + run, buy, run, host)


def twelve(sheet: Sheet, budget: Sequence[Decimal], final: Sequence[Decimal]) -> list[Block]:
    """Build the table of one line: six figures of the budget, six of the final account."""
    body: Row = [
        sheet.money("“三公”经费", code, stage, value)
        for stage, values in (("initial_budget", budget), ("final_account", final))
        for (_, code), value in zip(_ITEMS, six(values), strict=True)
    ]
    half = [
        ("合计", 2, 1),
        ("因公出国（境）费", 2, 1),
        ("公务用车购置及运行维护费", 1, 3),
        ("公务接待费", 2, 1),
    ]
    part: Row = [None, None, Cell("小计"), Cell("公务用车购置费"), Cell("公务用车运行维护费"), None]
    header = [
        spread([("预算数", 1, 6), ("决算数", 1, 6)], 12),
        spread([*half, *half], 12),
        [*part, *part],
    ]
    if sheet.style.line_numbers:
        header.append([Cell(str(i + 1)) for i in range(12)])
    return finish(sheet, header, [body], (1.6,) * 12)


def rows(account: Account, style: Style, number: int, code: str) -> list[Block]:
    """Build the table with a line per item: two amounts and the change between them."""
    sheet = Sheet(account, style, code, number, _TITLES[code])
    three, year = account.three_public, account.year
    final = code != "B10"
    stages = (
        ("initial_budget", "final_account") if final else ("prior_year_budget", "initial_budget")
    )
    values = (three.budget, three.final) if final else (three.final, three.budget)
    heads = ["年初预算数", "决算数"] if final else [f"{year - 1}年预算数", f"{year}年预算数"]
    counted = style.three_public == "counts" and final
    body: list[Row] = []
    for (name, measure), before, now in zip(_ITEMS, six(values[0]), six(values[1]), strict=True):
        row: Row = [
            Cell(name),
            sheet.money(name, measure, stages[0], before),
            sheet.money(name, measure, stages[1], now),
        ]
        if not counted:
            row.append(sheet.money(name, "change", stages[1], now - before))
        body.append(row)
    header: list[Row] = [[Cell("项目"), *map(Cell, heads)]]
    if not counted:
        header[0].append(Cell("增减额"))
        return finish(sheet, header, body, (4.0, 2.2, 2.2, 2.2))
    counts = (
        ("因公出国（境）团组数（个）", 0),
        ("因公出国（境）人次数（人）", 0),
        ("公务用车保有量（辆）", three.vehicles),
        ("国内公务接待批次（个）", three.reception_batches),
        ("其中：外事接待", 0),
        ("国内公务接待人次（人）", three.reception_persons),
    )
    header[0] += [Cell("项目"), Cell("统计数")]
    for row, (name, count) in zip(body, counts, strict=True):
        row += [Cell(name), Cell(str(count))]
    return finish(sheet, header, body, (4.0, 2.0, 2.0, 4.0, 1.6))


def by_unit(account: Account, style: Style, number: int) -> list[Block]:
    """Build the budget of “三公”, meetings and training: a line per unit, two years."""
    sheet = Sheet(account, style, "B10", number, "“三公”经费、会议费和培训费支出预算表")
    three, year = account.three_public, account.year

    def others(field: str) -> tuple[Decimal, Decimal]:
        return (
            account.sum(field, lambda x: general(x) and x.economic == "30215"),
            account.sum(field, lambda x: general(x) and x.economic == "30216"),
        )

    body: list[Row] = []
    for name in ("合计", account.office.name):
        row: Row = [Cell(name)]
        for stage, values, more in (
            ("prior_year_budget", three.final, others("final")),
            ("initial_budget", three.budget, others("initial")),
        ):
            row += [
                sheet.money(name, measure, stage, value)
                for (_, measure), value in zip(_ITEMS, six(values), strict=True)
            ]
            row += [
                sheet.money(name, measure, stage, value)
                for measure, value in zip(("meeting", "training"), more, strict=True)
            ]
        body.append(row)
    year_half = [("“三公”经费", 1, 6), ("会议费", 3, 1), ("培训费", 3, 1)]
    item_half = [
        ("小计", 2, 1),
        ("因公出国（境）费用", 2, 1),
        ("公务用车购置及运行费", 1, 3),
        ("公务接待费", 2, 1),
    ]
    part: Row = [None, None, Cell("小计"), Cell("公务用车购置费"), Cell("公务用车运行费"), None]
    header = [
        spread([("单位名称", 4, 1), (f"{year - 1}年", 1, 8), (f"{year}年", 1, 8)], 17),
        [None, *spread([*year_half, *year_half], 16)],
        [None, *spread(item_half, 6), None, None, *spread(item_half, 6), None, None],
        [None, *part, None, None, *part, None, None],
    ]
    return finish(sheet, header, body, (3.0, *([1.4] * 16)))


def fund_three_public(account: Account) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
    """Return the “三公” items paid from government funds: half of operation and reception."""
    if not any(leaf.fund == "government_fund" for leaf in account.leaves):
        return (ZERO,) * 4, (ZERO,) * 4

    def half(values: Sequence[Decimal]) -> tuple[Decimal, ...]:
        step = account.quantum
        return (ZERO, ZERO, *((x / 2 / step).quantize(Decimal(1)) * step for x in values[2:]))

    return half(account.three_public.budget), half(account.three_public.final)
