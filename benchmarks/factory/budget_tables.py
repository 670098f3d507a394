"""The standard tables of a budget (预算公开表 B1 to B10 and B13)."""

from __future__ import annotations

from benchmarks.factory.blocks import Block, Cell, IndicatorTruth, ProjectTruth, Row
from benchmarks.factory.catalogue import economics, function_name
from benchmarks.factory.final_tables import (
    class_lines,
    economic_lines,
    fiscal,
    general,
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
    names = ["一般公共预算拨款收入", "政府性基金预算拨款收入", "国有资本经营预算拨款收入",
             "财政专户管理资金收入", "事业收入", "上级补助收入", "附属单位上缴收入",
             "事业单位经营收入", "其他收入"]
    values = [*(account.sum("initial", of_fund(f)) for f in FUNDS),
              ZERO, ZERO, ZERO, ZERO, ZERO, account.sum("initial", unit_money)]
    left = [(label, "", sheet.money(label, "amount", BUDGET, value))
            for label, value in zip(numbered_labels(names), values, strict=True)]
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
    heads = ("小计", "一般公共预算资金", "政府性基金预算资金", "国有资本经营预算资金",
             "财政专户管理资金", "事业收入", "其他收入")
    codes = ("revenue", *FUNDS, "special_account", "business_income", "other_income")
    width = 3 + len(heads) + 1
    header = [
        spread([("部门（单位）代码", 2, 1), ("部门（单位）名称", 2, 1), ("合计", 2, 1),
                ("本年收入", 1, len(heads)), ("上年结转结余", 2, 1)], width),
        [None, None, None, *(Cell(h) for h in heads), None],
    ]
    total = account.sum("initial")
    values = [total, *(account.sum("initial", of_fund(f)) for f in FUNDS),
              ZERO, ZERO, account.sum("initial", unit_money)]
    office = account.office
    body: list[Row] = []
    for code, name in ((office.code, office.name), (f"{office.code}001", f"{office.name}（本级）"),
                       ("合    计", "")):
        label = name or "合计"
        cells = [sheet.money(label, m, BUDGET, v) for m, v in zip(codes, values, strict=True)]
        start: Row = [Cell(code), Cell(name)] if name else [Cell(code, None, 1, 2), None]
        body.append([*start, sheet.money(label, "total", BUDGET, total), *cells, Cell("")])
    return finish(sheet, header, body, (1.2, 3.4, *([1.8] * (width - 2))))


def joined(code: str, name: str) -> Cell:
    """Return a ``code-name`` cell."""
    return Cell(f"{code}-{name}")


def triples(sheet: Sheet, keep: Keep, measures: list[Measure],
            total: bool) -> tuple[list[str], list[Row]]:
    """Return labels and rows by function, government and department economic class."""
    account = sheet.account
    rows: list[Row] = []
    keys = sorted({(leaf.function, leaf.economic) for leaf in account.leaves if keep(leaf)})
    for function, economic in keys:
        item = economics()[economic]
        row: Row = [joined(function, function_name(function, account.year)),
                    joined(item.government_code, item.government_name),
                    joined(economic, item.name)]
        for m in measures:
            amount = account.sum(m.field, lambda leaf, k=(function, economic), m=m:
                                 (leaf.function, leaf.economic) == k and keep(leaf)
                                 and m.keep(leaf))
            row.append(sheet.money(function_name(function, account.year), m.code, m.stage,
                                   amount, code=function, economic=economic))
        rows.append(row)
    if total:
        row = [Cell("合    计", None, 1, 3), None, None]
        row += [sheet.money("合计", m.code, m.stage,
                            account.sum(m.field, lambda leaf, m=m: keep(leaf) and m.keep(leaf)))
                for m in measures]
        rows.append(row)
    return ["支出功能分类科目", "政府支出经济分类科目", "部门支出经济分类科目"], rows


def b3(account: Account, style: Style, number: int) -> list[Block]:
    """支出总表: by three classifications (Beijing) or by function."""
    sheet = Sheet(account, style, "B3", number, "支出总表")
    measures = [Measure("合计", "total", BUDGET, "initial"),
                Measure("基本支出", "basic", BUDGET, "initial", is_basic),
                Measure("项目支出", "project", BUDGET, "initial", is_project)]
    if style.codes != "joined":
        return function_table(sheet, measures, everything)
    more = [Measure(name, code, BUDGET, "initial", nothing) for name, code in (
        ("事业单位经营支出", "operating"), ("上缴上级支出", "remitted_to_superior"),
        ("对附属单位补助支出", "subsidy_to_subordinate"))]
    labels, body = triples(sheet, everything, [*measures, *more], total=True)
    header = [spread([*((t, 2, 1) for t in (*labels, "合计", "基本支出", "项目支出")),
                      ("其中", 1, 3)], 9),
              [None] * 6 + [Cell(m.header) for m in more]]
    return finish(sheet, header, body, (3.2, 3.0, 3.0, *([1.8] * 6)))


def b4(account: Account, style: Style, number: int) -> list[Block]:
    """项目支出表: a line per project."""
    sheet = Sheet(account, style, "B4", number, "项目支出表")
    unit = f"{account.office.code}001-{account.office.name}（本级）"
    header = [
        spread([("项目单位", 2, 1), ("类型", 2, 1), ("项目名称", 2, 1), ("支出功能分类科目", 2, 1),
                ("政府支出经济分类科目", 2, 1), ("部门支出经济分类科目", 2, 1),
                ("合计", 2, 1),
                ("本年拨款", 1, 3), ("单位资金", 2, 1)], 11),
        [*([None] * 7),
         *(Cell(f"{fund}预算") for fund in ("一般公共", "政府性基金", "国有资本经营")), None],
    ]
    body: list[Row] = []
    for leaf in filter(is_project, account.leaves):
        item = economics()[leaf.economic]
        name = function_name(leaf.function, account.year)
        amounts = [leaf.initial, *(leaf.initial if leaf.fund == f else ZERO
                                   for f in (*FUNDS, "unit_funds"))]
        cells = [sheet.money(name, m, BUDGET, a, code=leaf.function, economic=leaf.economic)
                 for m, a in zip(("total", *FUNDS, "unit_funds"), amounts, strict=True)]
        body.append([Cell(unit), Cell("1-行政单位"), Cell(f"{leaf.project}（{account.year}）"),
                     joined(leaf.function, name),
                     joined(item.government_code, item.government_name),
                     joined(leaf.economic, item.name), *cells])
    totals = [account.sum("initial", is_project),
              *(account.sum("initial", lambda leaf, f=f: is_project(leaf) and leaf.fund == f)
                for f in (*FUNDS, "unit_funds"))]
    body.append([Cell("合    计", None, 1, 6), *([None] * 5),
                 *(sheet.money("合计", m, BUDGET, a) for m, a in
                   zip(("total", *FUNDS, "unit_funds"), totals, strict=True))])
    return finish(sheet, header, body, (3, 1.6, 2.4, 2.8, 2.6, 2.6, *([1.7] * 5)))


def b5(account: Account, style: Style, number: int) -> list[Block]:
    """财政拨款收支总表."""
    sheet = Sheet(account, style, "B5", number, "财政拨款收支总表")
    names = ["一般公共预算资金", "政府性基金预算资金", "国有资本经营预算资金"]
    left = [(label, "", sheet.money(label, "amount", BUDGET,
                                    account.sum("initial", of_fund(fund))))
            for label, fund in zip(numbered_labels(names), FUNDS, strict=True)]
    total = account.sum("initial", fiscal)
    left.append(("收入总计", "foot", sheet.money("收入总计", "amount", BUDGET, total)))
    keeps: dict[str, Keep] = {"total": fiscal}
    keeps |= {fund: of_fund(fund) for fund in FUNDS}
    if style.codes == "joined":
        keeps = {"amount": fiscal}
    right = class_lines(sheet, "initial", keeps, BUDGET)
    right.append(("支出总计", "foot", [
        sheet.money("支出总计", m, BUDGET, account.sum("initial", k))
        for m, k in keeps.items()]))
    heads = ["预算数"] if len(keeps) == 1 else ["合计", "一般公共预算", "政府性基金预算",
                                              "国有资本经营预算"]
    return two_sided(sheet, left, right, "预算数", heads)


def b6(account: Account, style: Style, number: int) -> list[Block]:
    """一般公共预算支出表."""
    sheet = Sheet(account, style, "B6", number, "一般公共预算支出表")
    if style.family == "shanghai":
        measures = [Measure("合计", "total", BUDGET, "initial"),
                    Measure("基本支出", "basic", BUDGET, "initial", is_basic),
                    Measure("项目支出", "project", BUDGET, "initial", is_project)]
        return function_table(sheet, measures, general)
    measures = [Measure("合计", "total", BUDGET, "initial"),
                Measure("小计", "basic", BUDGET, "initial", is_basic, "基本支出"),
                Measure("人员经费", "personnel", BUDGET, "initial", personnel, "基本支出"),
                Measure("公用经费", "public", BUDGET, "initial", public, "基本支出"),
                Measure("项目支出", "project", BUDGET, "initial", is_project)]
    return function_table(sheet, measures, general)


def b7(account: Account, style: Style, number: int) -> list[Block]:
    """一般公共预算基本支出表, by economic class."""
    sheet = Sheet(account, style, "B7", number, "一般公共预算基本支出表")
    measures = [Measure("合计", "total", BUDGET, "initial"),
                Measure("人员经费", "personnel", BUDGET, "initial", personnel),
                Measure("公用经费", "public", BUDGET, "initial", public)]
    if style.codes == "joined":
        labels, body = triples(sheet, is_basic, measures, total=True)
        header = [spread([*((t, 2, 1) for t in labels), ("本年预算数", 1, 3)], 6),
                  [None, None, None, *(Cell(m.header) for m in measures)]]
        return finish(sheet, header, body, (3.2, 3.0, 3.0, 1.8, 1.8, 1.8))
    three = style.codes == "three"
    body = []
    for code, name, _ in economic_lines(account, "initial", ("301", "302", "303", "310")):
        cells = [sheet.money(name, m.code, BUDGET, account.sum(
            "initial", lambda leaf, c=code, m=m: is_basic(leaf) and leaf.economic.startswith(c)
            and m.keep(leaf)), economic=code) for m in measures]
        label = [Cell(code[:3]), Cell(code[3:])] if three else [Cell(code)]
        body.append([*label, Cell(name), *cells])
    lead = 3 if three else 2
    total: Row = [Cell("合计", None, 1, lead), *([None] * (lead - 1))]
    total += [sheet.money("合计", m.code, BUDGET, account.sum(
        "initial", lambda leaf, m=m: is_basic(leaf) and m.keep(leaf))) for m in measures]
    if three:
        header = [spread([("部门预算经济分类科目编码", 1, 2), ("经济分类科目名称", 2, 1),
                          ("一般公共预算基本支出", 1, 3)], 6),
                  [Cell("类"), Cell("款"), None, *(Cell(m.header) for m in measures)]]
    else:
        header = [spread([("部门预算支出经济分类科目", 1, 2),
                          ("本年一般公共预算基本支出", 1, 3)], 5),
                  [Cell("科目编码"), Cell("科目名称"), *(Cell(m.header) for m in measures)]]
    widths = (0.8, 0.8, 3.2) if three else (1.4, 3.2)
    return finish(sheet, header, [total, *body] if style.total_first else [*body, total],
                  (*widths, 1.9, 1.9, 1.9))


def _fund_table(account: Account, style: Style, number: int, code: str, title: str, fund: str,
                plain: str) -> list[Block]:
    sheet = Sheet(account, style, code, number, title)
    measures = [Measure("合计", "total", BUDGET, "initial"),
                Measure("基本支出", "basic", BUDGET, "initial", is_basic),
                Measure("项目支出", "project", BUDGET, "initial", is_project)]
    keep = of_fund(fund)
    empty = not any(map(keep, account.leaves))
    note = f"注：本单位本年度没有{plain}安排的支出，故本表无数据。" if empty else ""
    return function_table(sheet, measures, keep, note)


def b8(account: Account, style: Style, number: int) -> list[Block]:
    """政府性基金预算支出表."""
    return _fund_table(account, style, number, "B8", "政府性基金预算支出表", "government_fund",
                       "政府性基金预算")


def b9(account: Account, style: Style, number: int) -> list[Block]:
    """国有资本经营预算支出表."""
    return _fund_table(account, style, number, "B9", "国有资本经营预算支出表", "state_capital",
                       "国有资本经营预算")


def b10(account: Account, style: Style, number: int) -> list[Block]:
    """“三公”经费支出表: a line per item, or one line of columns."""
    sheet = Sheet(account, style, "B10", number, "“三公”经费支出表")
    abroad, buy, run, host = account.three_public.budget
    values = (abroad + buy + run + host, abroad, buy + run, buy, run, host)
    codes = ("three_public_total", "overseas_travel", "vehicle_total", "vehicle_purchase",
             "vehicle_operation", "reception")
    if style.codes in ("joined", "one"):
        names = ("“三公”经费支出合计", "1.因公出国（境）费", "2.公务用车购置及运行维护费",
                 "其中：公务用车购置费", "公务用车运行维护费", "3.公务接待费")
        body: list[Row] = [[Cell(name), sheet.money(name, code, BUDGET, value)]
                           for name, code, value in zip(names, codes, values, strict=True)]
        return finish(sheet, [[Cell("项目"), Cell(f"{account.year}年预算数")]], body, (4.0, 2.4))
    header = [spread([("合计", 2, 1), ("因公出国（境）费", 2, 1), ("公务接待费", 2, 1),
                      ("公务用车购置及运行费", 1, 3)], 6),
              [None, None, None, Cell("小计"), Cell("购置费"), Cell("运行费")]]
    order = (0, 1, 5, 2, 3, 4)
    row: Row = [sheet.money("“三公”经费", codes[i], BUDGET, values[i]) for i in order]
    return finish(sheet, header, [row], (1.6,) * 6)


def b13(account: Account, style: Style, number: int
        ) -> tuple[list[Block], list[ProjectTruth], list[IndicatorTruth]]:
    """项目支出绩效目标申报表: all projects in one table, project cells merged down."""
    sheet = Sheet(account, style, "B13", number, "项目支出绩效目标申报表")
    header = [
        spread([("单位名称", 2, 1), ("项目名称", 2, 1), ("项目类别", 2, 1), ("项目总额", 2, 1),
                ("其中：", 1, 2), ("绩效目标", 2, 1), *((t, 2, 1) for t in (
                    "一级指标", "二级指标", "三级指标", "绩效指标性质", "本年绩效指标值",
                    "绩效度量单位"))], 13),
        [*([None] * 4), Cell("财政资金"), Cell("其他资金"), *([None] * 7)],
    ]
    body: list[Row] = []
    projects: list[ProjectTruth] = []
    indicators: list[IndicatorTruth] = []
    unit = f"{account.office.code}001-{account.office.name}（本级）"
    fund = {leaf.project: leaf.fund for leaf in account.leaves}
    for project in account.projects:
        name = f"{project.name}（{account.year}）"
        span = len(project.indicators)
        own = fund[project.name] == "unit_funds"
        amounts = (("project_funds", project.initial),
                   ("fiscal_funds", ZERO if own else project.initial),
                   ("other_funds", project.initial if own else ZERO))
        head: Row = [Cell(unit, None, span), Cell(f"{project.code}-{name}", None, span),
                     Cell("31-部门项目", None, span)]
        for code, amount in amounts:
            cell = sheet.money(name, code, BUDGET, amount)
            head.append(Cell(cell.text, cell.fact, span))
        head.append(Cell(f"按年度计划完成{project.name}各项任务，资金使用合规。", None, span))
        projects.append(ProjectTruth(name, project.initial, None, None))
        for index, line in enumerate(project.indicators):
            start = head if index == 0 else [None] * len(head)
            body.append([*start, *(Cell(t) for t in (
                line.level1, line.level2, line.level3, line.operator, line.value, line.unit))])
            indicators.append(IndicatorTruth(name, line.level1, line.level2, line.level3,
                                             line.value, line.operator, None, None, None))
    blocks = finish(sheet, header, body, (2.4, 2.6, 1.2, 1.5, 1.5, 1.2, 2.6, 1.3, 1.5, 2.2, 0.9,
                                          1.4, 0.9))
    return blocks, projects, indicators


BUDGET_TABLES = (b1, b2, b3, b4, b5, b6, b7, b8, b9, b10)

