"""Tables of a final account that some provinces add or lay out otherwise (F5, F9 to F14)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from benchmarks.factory.blocks import Block, Cell, Row
from benchmarks.factory.catalogue import economic_name, function_name
from benchmarks.factory.final_tables import FINAL, FINAL_TABLES, f5, f8, f9
from benchmarks.factory.keeps import (
    both,
    fiscal,
    funds_of,
    general,
    is_basic,
    is_project,
    public,
)
from benchmarks.factory.model import Account, Keep
from benchmarks.factory.style import Style
from benchmarks.factory.tabulate import (
    Measure,
    Sheet,
    code_cells,
    code_headers,
    finish,
    function_table,
)
from benchmarks.factory.three_public import fund_three_public, rows, six, twelve

Table = Callable[[Account, Style, int], list[Block]]


def f5_flow(account: Account, style: Style, number: int) -> list[Block]:
    """一般公共预算财政拨款收入支出决算表: from the balance brought forward to that carried on."""
    sheet = Sheet(account, style, "F5", number, "一般公共预算财政拨款收入支出决算表")
    measures = []
    for group, field, code, natures in (
        ("年初结转和结余", "opening", "opening_balance", ("基本支出结转", "项目支出结转和结余")),
        ("本年收入", "revenue", "revenue", ("基本支出", "项目支出")),
        ("本年支出", "final", "expenditure", ("基本支出", "项目支出")),
        ("年末结转和结余", "closing", "closing_balance", ("基本支出结转", "项目支出结转和结余")),
    ):
        spent = field == "final"
        measures += [
            Measure("合计", code, FINAL, field, group=group),
            Measure(natures[0], "basic" if spent else "part", FINAL, field, is_basic, group),
            Measure(natures[1], "project" if spent else "part", FINAL, field, is_project, group),
        ]
    return function_table(sheet, measures, general)


def _by_economic_class(
    account: Account, style: Style, number: int, code: str, title: str, keep: Keep
) -> list[Block]:
    """Build a table by function with the economic classes and their items as columns."""
    sheet = Sheet(account, style, code, number, title)
    measures = [Measure("合计", "total", FINAL, "final")]
    used = sorted({leaf.economic for leaf in account.leaves if keep(leaf)})
    for head in sorted({item[:3] for item in used}):
        name = economic_name(head, account.year)
        measures.append(Measure("小计", "economic_class", FINAL, "final", _of(head), name, name))
        for item in (x for x in used if x.startswith(head)):
            label = economic_name(item, account.year)
            measures.append(
                Measure(label, "economic_class", FINAL, "final", _of(item), name, label)
            )
    return function_table(sheet, measures, keep)


def _of(economic: str) -> Keep:
    return lambda leaf: leaf.economic.startswith(economic)


def f10(account: Account, style: Style, number: int) -> list[Block]:
    """财政拨款支出决算明细表."""
    return _by_economic_class(account, style, number, "F10", "财政拨款支出决算明细表", fiscal)


def f11(account: Account, style: Style, number: int) -> list[Block]:
    """一般公共预算财政拨款支出决算明细表."""
    title = "一般公共预算财政拨款支出决算明细表"
    return _by_economic_class(account, style, number, "F11", title, general)


def f12(account: Account, style: Style, number: int) -> list[Block]:
    """一般公共预算财政拨款项目支出决算表: by function, or with a line per project under its 项."""
    sheet = Sheet(account, style, "F12", number, "一般公共预算财政拨款项目支出决算表")
    keep = both(general, is_project)
    if style.codes != "one":
        return function_table(sheet, [Measure("金额", "amount", FINAL, "final")], keep)
    labels = code_headers(style)
    header: list[Row] = [[*map(Cell, labels), Cell("项目名称"), Cell("本年支出")]]
    body: list[Row] = []
    for leaf in sorted(filter(keep, account.leaves), key=lambda x: (x.function, x.project or "")):
        name = function_name(leaf.function, account.year)
        amount = sheet.money(name, "amount", FINAL, leaf.final, code=leaf.function)
        body.append(
            [*code_cells(style, leaf.function, account.year), Cell(str(leaf.project)), amount]
        )
    total = sheet.money("合计", "amount", FINAL, account.sum("final", keep))
    body.insert(0, [Cell("合计", None, 1, 3), None, None, total])
    return finish(sheet, header, body, (1.6, 3.2, 3.6, 2.0))


def f13(account: Account, style: Style, number: int) -> list[Block]:
    """政府性基金预算财政拨款“三公”经费支出决算表."""
    sheet = Sheet(account, style, "F13", number, "政府性基金预算财政拨款“三公”经费支出决算表")
    budget, final = fund_three_public(account)
    return twelve(sheet, budget, final)


def f14(account: Account, style: Style, number: int) -> list[Block]:
    """机构运行信息表: amounts and counts below each other, in two blocks or in one."""
    sheet = Sheet(account, style, "F14", number, "机构运行信息表")
    three = account.three_public
    total, abroad, vehicles, buy, run, host = six(three.final)
    goods, works, services = account.procurement

    def item(field_code: str) -> Decimal:
        return account.sum("final", lambda x: general(x) and x.economic == field_code)

    def money(label: str, measure: str, amount: Decimal) -> tuple[str, Cell]:
        return label, sheet.money(label, measure, FINAL, amount)

    running = account.sum("final", both(public, general))
    lines: list[tuple[str, Cell]] = [
        ("一、“三公”经费支出", Cell("—")),
        money("（一）支出合计", "three_public_total", total),
        money("1．因公出国（境）费", "overseas_travel", abroad),
        money("2．公务用车购置及运行维护费", "vehicle_total", vehicles),
        money("（1）公务用车购置费", "vehicle_purchase", buy),
        money("（2）公务用车运行维护费", "vehicle_operation", run),
        money("3．公务接待费", "reception", host),
        money("（1）国内接待费", "amount", host),
        ("（二）相关统计数", Cell("—")),
        ("1．公务用车保有量（辆）", Cell(str(three.vehicles))),
        ("2．国内公务接待批次（个）", Cell(str(three.reception_batches))),
        ("其中：外事接待批次（个）", Cell("0")),
        ("3．国内公务接待人次（人）", Cell(str(three.reception_persons))),
        money("二、会议费", "meeting", item("30215")),
        money("三、培训费", "training", item("30216")),
        money("四、机关运行经费", "operating_expenses", running),
        money("（一）行政单位", "amount", running),
        ("五、资产信息", Cell("—")),
        ("（一）车辆数合计（辆）", Cell(str(three.vehicles))),
        ("1．机要通信用车", Cell("1")),
        ("2．应急保障用车", Cell(str(three.vehicles - 1))),
        ("（二）单价100万元（含）以上设备（台，套）", Cell("2")),
        ("六、政府采购支出信息", Cell("—")),
        money("（一）政府采购支出合计", "amount", goods + works + services),
        money("1．政府采购货物支出", "amount", goods),
        money("2．政府采购工程支出", "amount", works),
        money("3．政府采购服务支出", "amount", services),
        money("（二）政府采购授予中小企业合同金额", "amount", goods),
    ]
    numbered = [[Cell(label), Cell(str(n)), cell] for n, (label, cell) in enumerate(lines, 1)]
    head: Row = [Cell("项目"), Cell("行次"), Cell("统计数" if style.line_numbers else "金额")]
    if not style.line_numbers:
        return finish(sheet, [head], [list(row) for row in numbered], (5.0, 0.8, 2.2))
    cut = (len(numbered) + 1) // 2
    blank = [Cell(""), Cell(""), Cell("")]
    pairs = zip(numbered[:cut], [*numbered[cut:], blank][:cut], strict=True)
    body: list[Row] = [[*left, *right] for left, right in pairs]
    return finish(sheet, [[*head, *head]], body, (4.4, 0.8, 2.0) * 2)


_EXTRAS: dict[str, Table] = {"F10": f10, "F11": f11, "F12": f12, "F13": f13, "F14": f14}


def final_tables(account: Account, style: Style) -> list[Table]:
    """Return the makers of the tables that an office of this style prints, in their order."""
    made: list[Table] = []
    for table in FINAL_TABLES:
        if table is f8 and "state_capital" not in funds_of(account.year):
            continue
        if table is f5 and style.flow:
            made.append(f5_flow)
        elif table is f9 and style.three_public in ("rows", "counts"):
            made.append(lambda a, s, n: rows(a, s, n, "F9"))
        else:
            made.append(table)
    return made + [table for code, table in _EXTRAS.items() if code in style.extras]
