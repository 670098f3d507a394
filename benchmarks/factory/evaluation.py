"""Self-evaluation forms of projects (项目支出绩效自评表): forms A and D of the genre."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from benchmarks.factory import evaluation_forms
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
from benchmarks.factory.style import Style
from benchmarks.factory.tabulate import spread

FUND_HEADERS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")


def _plain(amount: Decimal) -> str:
    """Print yuan in 万元 without trailing zeros, as the forms do."""
    return f"{(amount / 10000).normalize():f}"


def _target(line: Indicator) -> str:
    """Print a target with its operator and unit in one cell."""
    sign = "" if line.operator == "定性" else line.operator
    return f"{sign}{line.value}{line.unit}"


def execution_score(project: Project) -> Decimal:
    """Return 10 × min(1, execution rate), to two digits."""
    ratio = min(Decimal(1), project.executed / project.initial)
    return (ratio * 10).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _money(label: str, measure: str, stage: str, amount: Decimal) -> Cell:
    text = _plain(amount)
    return Cell(text, Fact("PF", label, measure, stage, text, "万元", Decimal(text) * 10000))


def form(
    account: Account, project: Project, style: Style, index: int
) -> tuple[list[Block], ProjectTruth, list[IndicatorTruth]]:
    """Print one form; the office is both supervising and implementing."""
    if style.self_evaluation in evaluation_forms.FORMS:
        return evaluation_forms.FORMS[style.self_evaluation](account, project, index)
    office = account.office.name
    name = project.name
    rate = percent(project.executed, project.initial) + "%"
    score = execution_score(project)
    total = score + sum((Decimal(line.score) for line in project.indicators), Decimal(0))
    width = 9
    rows: list[Row] = [
        spread([("项目名称", 1, 2), (name, 1, 7)], width),
        spread([("主管部门", 1, 2), (office, 1, 3), ("实施单位", 1, 2), (office, 1, 2)], width),
        spread([("项目负责人", 1, 2), (PERSON, 1, 3), ("联系电话", 1, 2), (PHONE, 1, 2)], width),
        spread([("项目资金（万元）", 5, 1), ("", 1, 2), *((t, 1, 1) for t in FUND_HEADERS)], width),
    ]
    stages = (
        ("initial_budget", project.initial),
        ("adjusted_budget", project.initial),
        ("execution", project.executed),
    )
    for label, measure in (
        ("年度资金总额", "project_funds"),
        ("其中：当年财政拨款", "fiscal_funds"),
    ):
        amounts = [_money(label, measure, stage, amount) for stage, amount in stages]
        tail = ("10", rate, str(score)) if measure == "project_funds" else ("—", rate, "—")
        rows.append([None, Cell(label, None, 1, 2), None, *amounts, *(Cell(t) for t in tail)])
    for label in ("上年结转资金", "其他资金"):
        rows.append(
            [
                None,
                Cell(label, None, 1, 2),
                None,
                Cell(""),
                Cell(""),
                Cell(""),
                Cell("—"),
                Cell(""),
                Cell("—"),
            ]
        )
    rows.append(spread([("年度总体目标", 2, 1), ("预期目标", 1, 4), ("实际完成情况", 1, 4)], width))
    goal = f"围绕年度重点任务推进{name}，保障业务平稳开展。"
    done = f"全年按计划推进{name}，任务基本完成。"
    row = spread([("", 1, 1), (goal, 1, 4), (done, 1, 4)], width)
    row[0] = None
    rows.append(row)
    headers = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    )
    truths: list[IndicatorTruth] = []
    lines = project.indicators
    rows.append([Cell("绩\n效\n指\n标", None, len(lines) + 1), *(Cell(h) for h in headers)])
    for position, line in enumerate(lines):
        group = [i for i, other in enumerate(lines) if other.level1 == line.level1]
        first: Cell | None = Cell(line.level1, None, len(group)) if group[0] == position else None
        short = Decimal(line.score) < line.weight
        reason = "受实际申报数量影响，后续将加强需求测算。" if short else ""
        rows.append(
            [
                None,
                first,
                Cell(line.level2),
                Cell(line.level3),
                Cell(_target(line)),
                Cell(line.actual),
                Cell(str(line.weight)),
                Cell(line.score),
                Cell(reason),
            ]
        )
        truths.append(
            IndicatorTruth(
                name,
                line.level1,
                line.level2,
                line.level3,
                _target(line),
                line.operator,
                line.actual,
                str(line.weight),
                line.score,
            )
        )
    rows.append([Cell("总分", None, 1, 6), *([None] * 5), Cell("100"), Cell(str(total)), Cell("")])
    blocks: list[Block] = [
        Paragraph(("项目支出绩效自评表",), "caption"),
        Paragraph((f"（{account.year}年度）",), "right"),
        Table(tuple(map(tuple, rows)), 0, (1.1, 1.5, 1.7, 2.2, 1.9, 1.9, 1.0, 1.3, 2.6)),
    ]
    if style.self_evaluation == "A":
        blocks = [Paragraph((f"{index}、{name}",), "body"), *blocks[2:]]
    return blocks, ProjectTruth(name, project.initial, project.executed, str(total)), truths
