"""Puts a whole disclosure together: title, text, tables, self-evaluations (成文)."""

from __future__ import annotations

from benchmarks.factory import prose, prose_topics, prose_turns, provinces
from benchmarks.factory.blocks import (
    Block,
    Disclosure,
    IndicatorTruth,
    PageBreak,
    Paragraph,
    ProjectTruth,
)
from benchmarks.factory.budget_extra import budget_tables
from benchmarks.factory.budget_targets import b13
from benchmarks.factory.evaluation import form
from benchmarks.factory.evaluation_forms import form_e
from benchmarks.factory.final_detail import final_tables
from benchmarks.factory.model import Account
from benchmarks.factory.style import Style


def budget(account: Account, style: Style, targets: bool = False) -> Disclosure:
    """Return the budget of the account's year; ``targets`` adds the target form B13."""
    office, year = account.office, account.year
    title = (
        f"{office.name}{year}年部门预算"
        if office.level != "unit"
        else (f"{office.name}{year}年单位预算")
    )
    blocks: list[Block] = [
        Paragraph((title,), "title"),
        *prose.opening(account, style, "budget"),
        *prose.budget_totals(account, style),
        *prose.by_item(account, style, "budget"),
        *prose_topics.three_public(account, style, "budget"),
        *prose_topics.other_matters(account, style, "budget"),
        *prose.glossary(),
    ]
    tables = budget_tables(account, style)
    for number, table in enumerate(tables, 1):
        blocks += table(account, style, number)
    projects: list[ProjectTruth] = []
    indicators: list[IndicatorTruth] = []
    if targets:
        more, projects, indicators = b13(account, style, len(tables) + 1)
        blocks += more
    return Disclosure(
        title,
        "budget",
        year,
        office.name,
        office.region_code,
        tuple(blocks),
        tuple(projects),
        tuple(indicators),
    )


def final_account(account: Account, style: Style, evaluations: int = 0) -> Disclosure:
    """Return the final account; ``evaluations`` projects print a self-evaluation form."""
    office, year = account.office, account.year
    word = "单位" if office.level == "unit" else "部门"
    title = f"{office.name}{year}年度{word}决算"
    blocks: list[Block] = [Paragraph((title,), "title")]
    if style.prose_only:
        blocks += [
            Paragraph(("第一部分  决算报表",), "heading"),
            Paragraph((f"{office.name}{year}年度决算报表详见附件。",)),
            Paragraph(("第二部分  决算说明",), "heading"),
        ]
    blocks += prose.opening(account, style, "final_account")
    if not style.prose_only and style.prose_template != "north":
        for number, table in enumerate(final_tables(account, style), 1):
            blocks += table(account, style, number)
        blocks.append(PageBreak("说明"))
    if style.manner:
        blocks += provinces.explanation(account, style, style.manner)
        blocks += prose_turns.turns(account, style)
    else:
        blocks += _explanation(account, style)
    blocks += prose.glossary()
    if not style.prose_only and style.prose_template == "north":
        for number, table in enumerate(final_tables(account, style), 1):
            blocks += table(account, style, number)
    projects: list[ProjectTruth] = []
    indicators: list[IndicatorTruth] = []
    if evaluations:
        blocks += [PageBreak("绩效自评"), Paragraph(("项目支出绩效自评情况",), "heading")]
    for index, project in enumerate(account.projects[:evaluations], 1):
        more, truth, lines = form(account, project, style, index)
        blocks += more
        projects.append(truth)
        indicators += lines
    if style.overall and evaluations:
        more, truth, lines = form_e(account)
        blocks += more
        projects.append(truth)
        indicators += lines
    return Disclosure(
        title,
        "final_account",
        year,
        office.name,
        office.region_code,
        tuple(blocks),
        tuple(projects),
        tuple(indicators),
    )


def _explanation(account: Account, style: Style) -> list[Block]:
    """Return the explanation of a final account in one of the four common voices."""
    blocks = prose.totals(account, style)
    if style.prose_template in ("north", "south"):
        blocks += prose.by_function(account, style)
    if style.prose_template in ("west", "east", "south") and not style.prose_only:
        blocks += prose.by_item(account, style, "final_account")
    blocks += prose_topics.three_public(account, style, "final_account")
    return blocks + prose_topics.other_matters(account, style, "final_account")
