"""The nine standard tables of a final account (决算公开表 F1 to F9)."""

from __future__ import annotations

from decimal import Decimal

from benchmarks.factory.blocks import Block, Cell, Row
from benchmarks.factory.catalogue import economic_name, function_classes
from benchmarks.factory.keeps import (
    FUNDS,
    both,
    fiscal,
    funds_of,
    general,
    is_basic,
    is_operating,
    is_project,
    of_fund,
)
from benchmarks.factory.model import ZERO, Account, Keep, Leaf, everything, nothing
from benchmarks.factory.style import Style
from benchmarks.factory.tabulate import (
    Measure,
    Sheet,
    chinese,
    finish,
    function_table,
    spread,
    two_sided,
)
from benchmarks.factory.three_public import twelve

FINAL = "final_account"


def numbered_labels(names: list[str]) -> list[str]:
    """Put 一、二、… before the labels."""
    return [f"{chinese(index + 1)}、{name}" for index, name in enumerate(names)]


def class_lines(
    sheet: Sheet, field: str, keeps: dict[str, Keep], stage: str
) -> list[tuple[str, str, list[Cell]]]:
    """Return the right half: a line per 类, a cell per measure code of ``keeps``."""
    account = sheet.account
    chosen = []
    for code, name in function_classes(account.year):
        if sheet.style.all_classes or any(
            leaf.function.startswith(code) and any(k(leaf) for k in keeps.values())
            for leaf in account.leaves
        ):
            chosen.append((code, name))
    labels = numbered_labels([name for _, name in chosen])
    lines = []
    for (code, _), label in zip(chosen, labels, strict=True):
        cells = [
            sheet.money(
                label,
                measure,
                stage,
                account.sum(
                    field, lambda leaf, c=code, k=keep: leaf.function.startswith(c) and k(leaf)
                ),
                code=code,
            )
            for measure, keep in keeps.items()
        ]
        lines.append((label, "", cells))
    return lines


def f1(account: Account, style: Style, number: int) -> list[Block]:
    """收入支出决算总表."""
    sheet = Sheet(account, style, "F1", number, "收入支出决算总表")
    names = [
        "一般公共预算财政拨款收入",
        "政府性基金预算财政拨款收入",
        "国有资本经营预算财政拨款收入",
        "上级补助收入",
        "事业收入",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    ]
    keeps: list[Keep] = [
        *map(of_fund, FUNDS),
        of_fund("superior_subsidy"),
        business,
        of_fund("operating_income"),
        nothing,
        of_fund("unit_funds"),
    ]
    if "state_capital" not in funds_of(account.year):
        del names[2], keeps[2]
    values = [account.sum("revenue", keep) for keep in keeps]
    revenue = account.sum("revenue")
    opening, closing, spent = (account.sum(f) for f in ("opening", "closing", "final"))

    def line(label: str, measure: str, amount: Decimal, role: str) -> tuple[str, str, Cell]:
        return label, role, sheet.money(label, measure, FINAL, amount)

    left = [
        line(label, "amount", value, "")
        for label, value in zip(numbered_labels(names), values, strict=True)
    ]
    left += [
        line("本年收入合计", "amount", revenue, "foot"),
        line("使用非财政拨款结余", "amount", ZERO, "foot"),
        line("年初结转和结余", "amount", opening, "foot"),
        line("总计", "amount", revenue + opening, "foot"),
    ]
    right = class_lines(sheet, "final", {"amount": everything}, FINAL)
    for label, amount in (
        ("本年支出合计", spent),
        ("结余分配", ZERO),
        ("年末结转和结余", closing),
        ("总计", spent + closing),
    ):
        right.append((label, "foot", [sheet.money(label, "amount", FINAL, amount)]))
    header = style.word("决算数")
    return two_sided(sheet, left, right, header, [header])


def business(leaf: Leaf) -> bool:
    """Whether the leaf is paid from 事业收入, fees of the special account included."""
    return leaf.fund in ("business_income", "special_account")


def _business(style: Style) -> list[Measure]:
    """Return the column of 事业收入, with the fees in it beside it where the style shows them."""
    if not style.fees:
        return [Measure("事业收入", "business_income", FINAL, "revenue", business)]
    fees = of_fund("special_account")
    return [
        Measure("小计", "business_income", FINAL, "revenue", business, "事业收入"),
        Measure("其中：教育收费", "part", FINAL, "revenue", fees, "事业收入"),
    ]


def f2(account: Account, style: Style, number: int) -> list[Block]:
    """收入决算表."""
    sheet = Sheet(account, style, "F2", number, "收入决算表")
    measures = [
        Measure("本年收入合计", "total", FINAL, "revenue"),
        Measure("财政拨款收入", "fiscal_appropriation", FINAL, "revenue", fiscal),
        Measure("上级补助收入", "superior_subsidy", FINAL, "revenue", of_fund("superior_subsidy")),
        *_business(style),
        Measure("经营收入", "operating_income", FINAL, "revenue", of_fund("operating_income")),
        Measure("附属单位上缴收入", "remitted_by_subordinate", FINAL, "revenue", nothing),
        Measure("其他收入", "other_income", FINAL, "revenue", of_fund("unit_funds")),
    ]
    return function_table(sheet, measures, lambda leaf: leaf.revenue != 0)


def f3(account: Account, style: Style, number: int) -> list[Block]:
    """支出决算表."""
    sheet = Sheet(account, style, "F3", number, "支出决算表")
    measures = [
        Measure("本年支出合计", "total", FINAL, "final"),
        Measure("基本支出", "basic", FINAL, "final", is_basic),
        Measure("项目支出", "project", FINAL, "final", is_project),
        Measure("上缴上级支出", "remitted_to_superior", FINAL, "final", nothing),
        Measure("经营支出", "operating", FINAL, "final", is_operating),
        Measure("对附属单位补助支出", "subsidy_to_subordinate", FINAL, "final", nothing),
    ]
    return function_table(sheet, measures, everything)


def f4(account: Account, style: Style, number: int) -> list[Block]:
    """财政拨款收入支出决算总表."""
    sheet = Sheet(account, style, "F4", number, "财政拨款收入支出决算总表")
    funds = funds_of(account.year)
    names = ["一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]
    names = names[: len(funds)]
    labels = numbered_labels(names)
    left = [
        (label, "", sheet.money(label, "amount", FINAL, account.sum("revenue", of_fund(fund))))
        for label, fund in zip(labels, funds, strict=True)
    ]
    revenue = account.sum("revenue", fiscal)
    opening = account.sum("opening", fiscal)
    for label, amount in (
        ("本年收入合计", revenue),
        ("年初财政拨款结转和结余", opening),
        ("总计", revenue + opening),
    ):
        left.append((label, "foot", sheet.money(label, "amount", FINAL, amount)))
    keeps: dict[str, Keep] = {"total": fiscal}
    keeps |= {fund: of_fund(fund) for fund in funds}
    right = class_lines(sheet, "final", keeps, FINAL)
    for label, fields in (
        ("本年支出合计", ("final",)),
        ("年末财政拨款结转和结余", ("closing",)),
        ("总计", ("final", "closing")),
    ):
        cells = [
            sheet.money(label, measure, FINAL, sum((account.sum(f, keep) for f in fields), ZERO))
            for measure, keep in keeps.items()
        ]
        right.append((label, "foot", cells))
    return two_sided(sheet, left, right, style.word("决算数"), ["合计", *names])


def f5(account: Account, style: Style, number: int) -> list[Block]:
    """一般公共预算财政拨款支出决算表."""
    sheet = Sheet(account, style, "F5", number, "一般公共预算财政拨款支出决算表")
    measures = [
        Measure(
            "小计" if style.line_numbers else "合计", "total", FINAL, "final", group="本年支出"
        ),
        Measure("基本支出", "basic", FINAL, "final", is_basic, "本年支出"),
        Measure("项目支出", "project", FINAL, "final", is_project, "本年支出"),
    ]
    return function_table(sheet, measures, general)


def economic_lines(
    account: Account, field: str, codes: tuple[str, ...]
) -> list[tuple[str, str, Decimal]]:
    """Return (code, name, amount) of 类 and 款 of basic expenditure under ``codes``.

    Counts the general public budget, as the tables by economic class do.
    """
    counted = both(is_basic, general)
    lines = []
    for head in codes:
        used = sorted(
            {
                leaf.economic
                for leaf in account.leaves
                if counted(leaf) and leaf.economic.startswith(head)
            }
        )
        for code in [head, *used] if used else []:
            amount = account.sum(
                field, lambda leaf, c=code: counted(leaf) and leaf.economic.startswith(c)
            )
            lines.append((code, economic_name(code, account.year), amount))
    return lines


def f6(account: Account, style: Style, number: int) -> list[Block]:
    """一般公共预算财政拨款基本支出决算表: personnel beside two blocks of public items."""
    sheet = Sheet(account, style, "F6", number, "一般公共预算财政拨款基本支出决算表")
    people = economic_lines(account, "final", ("301", "303"))
    public = economic_lines(account, "final", ("302", "310"))
    cut = (len(public) + 1) // 2
    blocks = [("personnel", people), ("public", public[:cut]), ("public", public[cut:])]
    height = max(len(lines) for _, lines in blocks)
    body: list[Row] = []
    for index in range(height):
        row: Row = []
        for measure, lines in blocks:
            if index < len(lines):
                code, name, amount = lines[index]
                row += [
                    Cell(code),
                    Cell(name),
                    sheet.money(name, measure, FINAL, amount, economic=code),
                ]
            else:
                row += [Cell(""), Cell(""), Cell("")]
        body.append(row)
    for_people = sum((a for c, _, a in people if len(c) == 3), ZERO)
    for_public = sum((a for c, _, a in public if len(c) == 3), ZERO)
    body.append(
        [
            Cell("人员经费合计", None, 1, 2),
            None,
            sheet.money("人员经费合计", "personnel", FINAL, for_people),
            Cell("公用经费合计", None, 1, 5),
            None,
            None,
            None,
            None,
            sheet.money("公用经费合计", "public", FINAL, for_public),
        ]
    )
    header = [
        spread([("人员经费", 1, 3), ("公用经费", 1, 6)], 9),
        [Cell(t) for _ in range(3) for t in ("科目编码", "科目名称", "决算数")],
    ]
    return finish(sheet, header, body, (1.1, 2.8, 1.8) * 3)


def f7(account: Account, style: Style, number: int) -> list[Block]:
    """政府性基金预算财政拨款收入支出决算表."""
    sheet = Sheet(account, style, "F7", number, "政府性基金预算财政拨款收入支出决算表")
    measures = [
        Measure("年初结转和结余", "opening_balance", FINAL, "opening"),
        Measure("本年收入", "revenue", FINAL, "revenue"),
        Measure("小计", "subtotal", FINAL, "final", group="本年支出"),
        Measure("基本支出", "basic", FINAL, "final", is_basic, "本年支出"),
        Measure("项目支出", "project", FINAL, "final", is_project, "本年支出"),
        Measure("年末结转和结余", "closing_balance", FINAL, "closing"),
    ]
    keep = of_fund("government_fund")
    empty = not any(map(keep, account.leaves))
    note = "说明：本部门本年度无政府性基金预算财政拨款收支，此表为空表。" if empty else ""
    return function_table(sheet, measures, keep, note)


def f8(account: Account, style: Style, number: int) -> list[Block]:
    """国有资本经营预算财政拨款支出决算表."""
    sheet = Sheet(account, style, "F8", number, "国有资本经营预算财政拨款支出决算表")
    measures = [
        Measure("合计", "total", FINAL, "final", group="本年支出"),
        Measure("基本支出", "basic", FINAL, "final", is_basic, "本年支出"),
        Measure("项目支出", "project", FINAL, "final", is_project, "本年支出"),
    ]
    keep = of_fund("state_capital")
    empty = not any(map(keep, account.leaves))
    note = "说明：本部门本年度无国有资本经营预算财政拨款支出，此表为空表。" if empty else ""
    return function_table(sheet, measures, keep, note)


def f9(account: Account, style: Style, number: int) -> list[Block]:
    """财政拨款“三公”经费支出决算表: twelve figures in one line."""
    sheet = Sheet(account, style, "F9", number, "财政拨款“三公”经费支出决算表")
    return twelve(sheet, account.three_public.budget, account.three_public.final)


FINAL_TABLES = (f1, f2, f3, f4, f5, f6, f7, f8, f9)
