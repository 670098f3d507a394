"""The form of project performance targets in a budget (项目支出绩效目标申报表 B13)."""

from __future__ import annotations

from benchmarks.factory.blocks import Block, Cell, IndicatorTruth, ProjectTruth, Row
from benchmarks.factory.budget_tables import BUDGET
from benchmarks.factory.keeps import FUNDS
from benchmarks.factory.model import PERSON, PHONE, ZERO, Account
from benchmarks.factory.style import Style
from benchmarks.factory.tabulate import Sheet, finish, spread


def b13(
    account: Account, style: Style, number: int
) -> tuple[list[Block], list[ProjectTruth], list[IndicatorTruth]]:
    """项目支出绩效目标申报表: all projects in one table, project cells merged down."""
    sheet = Sheet(account, style, "B13", number, "项目支出绩效目标申报表")
    header = [
        spread(
            [
                ("单位名称", 2, 1),
                ("项目名称", 2, 1),
                ("项目类别", 2, 1),
                ("项目责任人", 2, 1),
                ("项目责任人电话", 2, 1),
                ("项目总额", 2, 1),
                ("其中：", 1, 2),
                ("绩效目标", 2, 1),
                *(
                    (t, 2, 1)
                    for t in (
                        "一级指标",
                        "二级指标",
                        "三级指标",
                        "绩效指标性质",
                        "本年绩效指标值",
                        "绩效度量单位",
                    )
                ),
            ],
            15,
        ),
        [*([None] * 6), Cell("财政资金"), Cell("其他资金"), *([None] * 7)],
    ]
    body: list[Row] = []
    projects: list[ProjectTruth] = []
    indicators: list[IndicatorTruth] = []
    unit = f"{account.office.code}001-{account.office.name}（本级）"
    fund = {leaf.project: leaf.fund for leaf in account.leaves}
    for project in account.projects:
        name = f"{project.name}（{account.year}）"
        span = len(project.indicators)
        people = (PERSON, PHONE) if len(projects) % 3 else (PHONE, PERSON)  # some swap them
        own = fund[project.name] not in FUNDS
        amounts = (
            ("project_funds", project.initial),
            ("fiscal_funds", ZERO if own else project.initial),
            ("other_funds", project.initial if own else ZERO),
        )
        head: Row = [
            Cell(unit, None, span),
            Cell(f"{project.code}-{name}", None, span),
            Cell("31-部门项目", None, span),
            *(Cell(text, None, span) for text in people),
        ]
        for code, amount in amounts:
            cell = sheet.money(name, code, BUDGET, amount)
            head.append(Cell(cell.text, cell.fact, span))
        head.append(Cell(f"按年度计划完成{project.name}各项任务，资金使用合规。", None, span))
        projects.append(ProjectTruth(name, project.initial, None, None))
        for index, line in enumerate(project.indicators):
            start = head if index == 0 else [None] * len(head)
            body.append(
                [
                    *start,
                    *(
                        Cell(t)
                        for t in (
                            line.level1,
                            line.level2,
                            line.level3,
                            line.operator,
                            line.value,
                            line.unit,
                        )
                    ),
                ]
            )
            indicators.append(
                IndicatorTruth(
                    name,
                    line.level1,
                    line.level2,
                    line.level3,
                    line.value,
                    line.operator,
                    None,
                    None,
                    None,
                )
            )
    blocks = finish(
        sheet,
        header,
        body,
        (2.4, 2.6, 1.2, 1.1, 1.3, 1.5, 1.5, 1.2, 2.6, 1.3, 1.5, 2.2, 0.9, 1.4, 0.9),
    )
    return blocks, projects, indicators
