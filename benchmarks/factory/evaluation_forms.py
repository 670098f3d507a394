"""Other forms of self-evaluation (自评表式): C, D, E and G of the genre.

C has neither weights nor scores, D states operator, value and unit apart, E is about a
whole department, G evaluates decision and process besides output and benefit.
"""

from __future__ import annotations

from decimal import Decimal

from benchmarks.factory.blocks import (
    Block,
    Cell,
    Fact,
    IndicatorTruth,
    Paragraph,
    ProjectTruth,
    Row,
    Table,
)
from benchmarks.factory.model import PERSON, PHONE, Account, Indicator, Project
from benchmarks.factory.money import percent
from benchmarks.factory.tabulate import spread

_DONE = {"产出指标": "项目完成指标", "成本指标": "项目完成指标", "效益指标": "项目效果指标"}


def _wan(amount: Decimal) -> str:
    return f"{(amount / 10000).normalize():f}"


def _funds(label: str, amounts: list[tuple[str, Decimal]], statement: str = "PF") -> list[Cell]:
    cells = []
    for stage, amount in amounts:
        text = _wan(amount)
        fact = Fact(statement, label, "amount", stage, text, "万元", Decimal(text) * 10000)
        cells.append(Cell(text, fact))
    return cells


def _target(line: Indicator) -> str:
    sign = "" if line.operator == "定性" else line.operator
    return f"{sign}{line.value}{line.unit}"


def _levels(lines: tuple[Indicator, ...], position: int, name: str) -> Cell | None:
    """Return the level 1 cell of a row: merged over its group, None below its start."""
    group = [i for i, other in enumerate(lines) if other.level1 == lines[position].level1]
    return Cell(name, None, len(group)) if group[0] == position else None


def _blocks(
    title: str, account: Account, rows: list[Row], widths: tuple[float, ...]
) -> list[Block]:
    return [
        Paragraph((title,), "caption"),
        Paragraph((f"（{account.year}年度）",), "right"),
        Table(tuple(map(tuple, rows)), 0, widths),
    ]


def form_c(
    account: Account, project: Project, _index: int
) -> tuple[list[Block], ProjectTruth, list[IndicatorTruth]]:
    """目标完成情况表: targets and outcomes, no marks."""
    office, name, lines = account.office.name, project.name, project.indicators
    amounts = [("initial_budget", project.initial), ("execution", project.executed)]
    rows: list[Row] = [
        spread([("项目名称", 1, 2), (name, 1, 4)], 6),
        spread([("主管部门", 1, 2), (office, 1, 2), ("实施单位", 1, 1), (office, 1, 1)], 6),
        spread(
            [("项目资金（万元）", 2, 1), ("", 1, 1), ("年初预算数", 1, 2), ("全年执行数", 1, 2)], 6
        ),
    ]
    first, second = _funds("年度资金总额", amounts)
    money: Row = [
        None,
        Cell("年度资金总额"),
        Cell(first.text, first.fact, 1, 2),
        None,
        Cell(second.text, second.fact, 1, 2),
        None,
    ]
    rows.append(money)
    heads = ("一级指标", "二级指标", "三级指标", "预期指标值", "实际完成指标值")
    rows.append([Cell("绩效指标", None, len(lines) + 1), *map(Cell, heads)])
    truths = []
    for position, line in enumerate(lines):
        level1 = _DONE.get(line.level1, line.level1)
        group = [i for i, x in enumerate(lines) if _DONE.get(x.level1, x.level1) == level1]
        top = Cell(level1, None, len(group)) if group[0] == position else None
        cells = (line.level2, line.level3, _target(line), line.actual)
        rows.append([None, top, *map(Cell, cells)])
        truths.append(
            IndicatorTruth(name, level1, *cells[:3], line.operator, line.actual, None, None)
        )
    blocks = _blocks("项目绩效目标完成情况表", account, rows, (1.2, 1.6, 1.8, 2.4, 2.2, 2.2))
    return blocks, ProjectTruth(name, project.initial, project.executed, None), truths


def form_d(
    account: Account, project: Project, index: int
) -> tuple[list[Block], ProjectTruth, list[IndicatorTruth]]:
    """项目支出绩效自评表 whose targets are split into operator, value and unit."""
    office, name, lines = account.office.name, project.name, project.indicators
    score = (min(Decimal(1), project.executed / project.initial) * 10).quantize(Decimal("0.01"))
    total = score + sum((Decimal(line.score) for line in lines), Decimal(0))
    width = 9
    amounts = [
        ("initial_budget", project.initial),
        ("adjusted_budget", project.initial),
        ("execution", project.executed),
    ]
    rows: list[Row] = [
        spread([("项目名称", 1, 2), (name, 1, 7)], width),
        spread([("主管部门", 1, 2), (office, 1, 3), ("实施单位", 1, 2), (office, 1, 2)], width),
        spread([("联系人", 1, 2), (PERSON, 1, 3), ("联系电话", 1, 2), (PHONE, 1, 2)], width),
        spread(
            [
                ("预算执行情况（万元）", 1, 2),
                ("年初预算数", 1, 1),
                ("调整后预算数", 1, 1),
                ("预算执行数", 1, 1),
                ("预算执行率", 1, 2),
                ("权重", 1, 1),
                ("得分", 1, 1),
            ],
            width,
        ),
        [
            Cell("总额", None, 1, 2),
            None,
            *_funds("总额", amounts),
            Cell(percent(project.executed, project.initial) + "%", None, 1, 2),
            None,
            Cell("10"),
            Cell(str(score)),
        ],
    ]
    heads = (
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "完成值",
        "权重",
        "得分",
    )
    rows.append([Cell(h) for h in heads])
    truths = []
    for position, line in enumerate(lines):
        rows.append(
            [
                _levels(lines, position, line.level1),
                *(
                    Cell(t)
                    for t in (
                        line.level2,
                        line.level3,
                        line.operator,
                        line.value,
                        line.unit,
                        line.actual,
                        str(line.weight),
                        line.score,
                    )
                ),
            ]
        )
        truths.append(
            IndicatorTruth(
                name,
                line.level1,
                line.level2,
                line.level3,
                line.value,
                line.operator,
                line.actual,
                str(line.weight),
                line.score,
            )
        )
    rows.append([Cell("合计", None, 1, 7), *([None] * 6), Cell("100"), Cell(str(total))])
    widths = (1.5, 1.7, 2.4, 1.0, 1.4, 1.0, 1.4, 0.9, 0.9)
    blocks = _blocks(f"{index}.{account.year}年项目支出绩效自评表", account, rows, widths)
    return blocks, ProjectTruth(name, project.initial, project.executed, str(total)), truths


def form_g(
    account: Account, project: Project, index: int
) -> tuple[list[Block], ProjectTruth, list[IndicatorTruth]]:
    """评价指标体系 of decision, process, output and benefit, with standards and scores."""
    name = project.name
    lines = (
        ("决策", "项目立项", "立项依据充分性", "10", "10"),
        ("决策", "绩效目标", "绩效目标合理性", "10", "9.5"),
        ("过程", "资金管理", "资金使用合规性", "15", "14.2"),
        ("过程", "组织实施", "制度执行有效性", "10", "9"),
        ("产出", "产出数量", f"{name}任务完成率", "25", "24.6"),
        ("效益", "项目效益", "服务对象满意程度", "30", "28.75"),
    )
    total = sum((Decimal(line[4]) for line in lines), Decimal(0))
    rows: list[Row] = [
        spread([("项目名称", 1, 1), (name, 1, 4)], 5),
        [Cell(h) for h in ("一级指标", "二级指标", "三级指标", "分值", "得分")],
    ]
    truths = []
    for position, line in enumerate(lines):
        group = [i for i, other in enumerate(lines) if other[0] == line[0]]
        top = Cell(line[0], None, len(group)) if group[0] == position else None
        rows.append([top, *map(Cell, line[1:])])
        truths.append(IndicatorTruth(name, *line[:3], "", "", None, line[3], line[4]))
    rows.append([Cell("合计", None, 1, 3), None, None, Cell("100"), Cell(str(total))])
    blocks = _blocks(
        f"{index}.项目支出绩效评价指标评分表", account, rows, (1.4, 1.8, 3.0, 1.0, 1.0)
    )
    return blocks, ProjectTruth(name, None, None, str(total)), truths


def form_e(account: Account) -> tuple[list[Block], ProjectTruth, list[IndicatorTruth]]:
    """部门整体支出绩效自评表: planned and reached values of the whole department."""
    office = account.office.name
    lines = account.projects[0].indicators
    total, spent = account.sum("initial"), account.sum("final")
    rows: list[Row] = [
        spread([("部门名称", 1, 1), (office, 1, 5)], 6),
        [
            Cell("年度资金（万元）", None, 2),
            Cell(""),
            *map(Cell, ("年初预算数", "全年预算数", "全年执行数", "执行率")),
        ],
        [
            None,
            Cell("年度资金总额"),
            *_funds(
                "年度资金总额",
                [("initial_budget", total), ("adjusted_budget", total), ("execution", spent)],
                "PD",
            ),
            Cell(percent(spent, total) + "%"),
        ],
        [Cell(h) for h in ("一级指标", "二级指标", "三级指标", "计划值", "完成值", "偏差原因")],
    ]
    truths = []
    for position, line in enumerate(lines):
        cells = (line.level2, line.level3, _target(line), line.actual)
        rows.append([_levels(lines, position, line.level1), *map(Cell, cells), Cell("")])
        truths.append(
            IndicatorTruth("", line.level1, *cells[:3], line.operator, line.actual, None, None)
        )
    blocks = _blocks("部门整体支出绩效自评表", account, rows, (1.5, 1.8, 2.6, 1.9, 1.9, 2.0))
    return blocks, ProjectTruth("", total, spent, None), truths


FORMS = {"C": form_c, "D": form_d, "G": form_g}
