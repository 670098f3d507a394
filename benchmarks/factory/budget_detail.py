"""The tables of a budget by economic class, by fund and of “三公” (B6 to B10)."""

from __future__ import annotations

from benchmarks.factory.blocks import Block, Cell, Row
from benchmarks.factory.budget_tables import BUDGET, b1, b2, b3, b4, b5, triples
from benchmarks.factory.final_tables import economic_lines
from benchmarks.factory.keeps import (
    both,
    general,
    is_basic,
    is_project,
    of_fund,
    personnel,
    public,
)
from benchmarks.factory.model import Account
from benchmarks.factory.style import Style
from benchmarks.factory.tabulate import Measure, Sheet, finish, function_table, spread


def b6(account: Account, style: Style, number: int) -> list[Block]:
    """一般公共预算支出表."""
    sheet = Sheet(account, style, "B6", number, "一般公共预算支出表")
    if style.family == "shanghai":
        measures = [
            Measure("合计", "total", BUDGET, "initial"),
            Measure("基本支出", "basic", BUDGET, "initial", is_basic),
            Measure("项目支出", "project", BUDGET, "initial", is_project),
        ]
        return function_table(sheet, measures, general)
    measures = [
        Measure("合计", "total", BUDGET, "initial"),
        Measure("小计", "basic", BUDGET, "initial", is_basic, "基本支出"),
        Measure("人员经费", "personnel", BUDGET, "initial", personnel, "基本支出"),
        Measure("公用经费", "public", BUDGET, "initial", public, "基本支出"),
        Measure("项目支出", "project", BUDGET, "initial", is_project),
    ]
    return function_table(sheet, measures, general)


def b7(account: Account, style: Style, number: int) -> list[Block]:
    """一般公共预算基本支出表, by economic class."""
    sheet = Sheet(account, style, "B7", number, "一般公共预算基本支出表")
    counted = both(is_basic, general)
    measures = [
        Measure("合计", "total", BUDGET, "initial"),
        Measure("人员经费", "personnel", BUDGET, "initial", personnel),
        Measure("公用经费", "public", BUDGET, "initial", public),
    ]
    if style.codes == "joined":
        labels, body = triples(sheet, counted, measures, total=True)
        header = [
            spread([*((t, 2, 1) for t in labels), ("本年预算数", 1, 3)], 6),
            [None, None, None, *(Cell(m.header) for m in measures)],
        ]
        return finish(sheet, header, body, (3.2, 3.0, 3.0, 1.8, 1.8, 1.8))
    three = style.codes == "three"
    body = []
    for code, name, _ in economic_lines(account, "initial", ("301", "302", "303", "310")):
        cells = [
            sheet.money(
                name,
                m.code,
                BUDGET,
                account.sum(
                    "initial",
                    lambda leaf, c=code, m=m: (
                        counted(leaf) and leaf.economic.startswith(c) and m.keep(leaf)
                    ),
                ),
                economic=code,
            )
            for m in measures
        ]
        label = [Cell(code[:3]), Cell(code[3:])] if three else [Cell(code)]
        body.append([*label, Cell(name), *cells])
    lead = 3 if three else 2
    total: Row = [Cell("合计", None, 1, lead), *([None] * (lead - 1))]
    total += [
        sheet.money(
            "合计",
            m.code,
            BUDGET,
            account.sum("initial", lambda leaf, m=m: counted(leaf) and m.keep(leaf)),
        )
        for m in measures
    ]
    if three:
        header = [
            spread(
                [
                    ("部门预算经济分类科目编码", 1, 2),
                    ("经济分类科目名称", 2, 1),
                    ("一般公共预算基本支出", 1, 3),
                ],
                6,
            ),
            [Cell("类"), Cell("款"), None, *(Cell(m.header) for m in measures)],
        ]
    else:
        header = [
            spread([("部门预算支出经济分类科目", 1, 2), ("本年一般公共预算基本支出", 1, 3)], 5),
            [Cell("科目编码"), Cell("科目名称"), *(Cell(m.header) for m in measures)],
        ]
    widths = (0.8, 0.8, 3.2) if three else (1.4, 3.2)
    return finish(
        sheet,
        header,
        [total, *body] if style.total_first else [*body, total],
        (*widths, 1.9, 1.9, 1.9),
    )


def _fund_table(
    account: Account, style: Style, number: int, code: str, title: str, fund: str, plain: str
) -> list[Block]:
    sheet = Sheet(account, style, code, number, title)
    measures = [
        Measure("合计", "total", BUDGET, "initial"),
        Measure("基本支出", "basic", BUDGET, "initial", is_basic),
        Measure("项目支出", "project", BUDGET, "initial", is_project),
    ]
    keep = of_fund(fund)
    empty = not any(map(keep, account.leaves))
    note = f"注：本单位本年度没有{plain}安排的支出，故本表无数据。" if empty else ""
    return function_table(sheet, measures, keep, note)


def b8(account: Account, style: Style, number: int) -> list[Block]:
    """政府性基金预算支出表."""
    return _fund_table(
        account, style, number, "B8", "政府性基金预算支出表", "government_fund", "政府性基金预算"
    )


def b9(account: Account, style: Style, number: int) -> list[Block]:
    """国有资本经营预算支出表."""
    return _fund_table(
        account, style, number, "B9", "国有资本经营预算支出表", "state_capital", "国有资本经营预算"
    )


def b10(account: Account, style: Style, number: int) -> list[Block]:
    """“三公”经费支出表: a line per item, or one line of columns."""
    sheet = Sheet(account, style, "B10", number, "“三公”经费支出表")
    abroad, buy, run, host = account.three_public.budget
    values = (abroad + buy + run + host, abroad, buy + run, buy, run, host)
    codes = (
        "three_public_total",
        "overseas_travel",
        "vehicle_total",
        "vehicle_purchase",
        "vehicle_operation",
        "reception",
    )
    if style.codes in ("joined", "one"):
        names = (
            "“三公”经费支出合计",
            "1.因公出国（境）费",
            "2.公务用车购置及运行维护费",
            "其中：公务用车购置费",
            "公务用车运行维护费",
            "3.公务接待费",
        )
        body: list[Row] = [
            [Cell(name), sheet.money(name, code, BUDGET, value)]
            for name, code, value in zip(names, codes, values, strict=True)
        ]
        return finish(sheet, [[Cell("项目"), Cell(f"{account.year}年预算数")]], body, (4.0, 2.4))
    header = [
        spread(
            [
                ("合计", 2, 1),
                ("因公出国（境）费", 2, 1),
                ("公务接待费", 2, 1),
                ("公务用车购置及运行费", 1, 3),
            ],
            6,
        ),
        [None, None, None, Cell("小计"), Cell("购置费"), Cell("运行费")],
    ]
    order = (0, 1, 5, 2, 3, 4)
    row: Row = [sheet.money("“三公”经费", codes[i], BUDGET, values[i]) for i in order]
    return finish(sheet, header, [row], (1.6,) * 6)


BUDGET_TABLES = (b1, b2, b3, b4, b5, b6, b7, b8, b9, b10)
