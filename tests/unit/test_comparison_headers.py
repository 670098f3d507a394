"""Headers that set two years or a budget and its outcome against each other (增减, 完成, 占比)."""

from __future__ import annotations

import pytest

from extract.recognise.headers import lookup
from extract.recognise.statements import Statements
from tests.unit.table_documents import recognise, table

CODES = "科目编码|科目名称"
ROW = "2130301|行政运行"


def listing(head: str, under: str, *figures: str) -> Statements:
    """A budget by function of 2024 whose last two columns stand under one header."""
    blank = "|".join("^" for _ in CODES.split("|"))
    text = f"{CODES}|2024年预算数|{head}|<\n{blank}|^|{under}\n{ROW}|{'|'.join(figures)}"
    return recognise("一般公共预算支出表", "单位：万元", table(text), kind="budget", year=2024)


def told(made: Statements) -> list[tuple[str, str | None, str | None]]:
    return [(c.measure_code, c.number_text, c.published_unit) for c in made.cells]


@pytest.mark.parametrize(
    "head",
    [
        "2024年预算数与上年预算数",
        "2024年预算数与2023年预算数对比",
        "2024年预算数比2023年执行数",
        "2024年较2023年",
        "比上年增减",
        "较上年增减",
        "与上年对比",
        "同比增减",
        "增减变动情况",
    ],
)
@pytest.mark.parametrize("under", ["增减额|增减%", "金额|%", "额|率", "金额|比例"])
def test_a_difference_and_its_rate_stand_under_any_comparison(head: str, under: str) -> None:
    made = listing(head, under, "81.00", "-9.00", "-10.00")
    assert told(made) == [
        ("amount", "81.00", "万元"),
        ("change", "-9.00", "万元"),
        ("growth_ratio", "-10.00", "%"),
    ]
    assert not made.quarantined


def test_an_amount_of_its_own_year_under_a_comparison_is_that_amount() -> None:
    made = listing("与上年对比", "2023年预算数|增减额", "81.00", "90.00", "-9.00")
    assert [(c.measure_code, c.amount_stage) for c in made.cells] == [
        ("amount", "initial_budget"),
        ("amount", "prior_year_budget"),
        ("change", "initial_budget"),
    ]


def test_a_comparison_alone_says_neither_amount_nor_rate() -> None:
    text = f"{CODES}|2024年预算数|与上年对比\n{ROW}|81.00|9.50"
    made = recognise("一般公共预算支出表", "单位：万元", table(text), kind="budget", year=2024)
    assert told(made) == [("amount", "81.00", "万元")]
    assert [q.code for q in made.quarantined] == ["HEADER_UNMAPPED"]


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        ("完成年初预算的%", "execution_ratio"),
        ("完成年初预算（%）", "execution_ratio"),
        ("决算数为年初预算数的%", "execution_ratio"),
        ("占年初预算的比重", "execution_ratio"),
        ("预算执行进度", "execution_ratio"),
        ("控制率（%）", "execution_ratio"),
        ("预算调整率", "growth_ratio"),
        ("差异率（%）", "growth_ratio"),
        ("同比增长率", "growth_ratio"),
        ("较2023年增减%", "growth_ratio"),
        ("占总支出的%", "share_ratio"),
        ("构成（%）", "share_ratio"),
        ("资金到位数", "funds_received"),
        ("资金到位率", "received_ratio"),
        ("较2023年增减额", "change"),
    ],
)
def test_rates_and_differences_are_told_apart(header: str, measure: str) -> None:
    rule = lookup(header, "F5", 2024)
    assert rule is not None
    assert (rule.role, rule.measure_code) == ("measure", measure)


def test_what_is_carried_over_beside_the_revenue_is_no_comparison() -> None:
    assert lookup("本年收入与上年结转合计", "B3", 2024) is None


def test_lines_between_the_title_and_the_unit_of_a_grid_are_captions() -> None:
    made = recognise(
        table(
            "单位支出总表|<|<|<|<\n单位公开表3|<|<|<|<\n编报：青山县水库管理所|<|<|单位：万元|<\n"
            f"{CODES}|合计|基本支出|项目支出\n{ROW}|7.50|5.00|2.50"
        ),
        kind="budget",
        year=2024,
    )
    assert [(t.statement_code, t.unit) for t in made.tables] == [("B3", "万元")]
    assert [c.number_text for c in made.cells] == ["7.50", "5.00", "2.50"]


def test_a_motto_between_the_title_and_the_unit_ends_no_table() -> None:
    made = recognise(
        table(
            "一般公共预算支出表|<|<|<|<\n随部门预算一并公开|<|<|<|<\n单位：万元|<|<|<|<\n"
            f"{CODES}|合计|基本支出|项目支出\n{ROW}|7.50|5.00|2.50"
        ),
        kind="budget",
        year=2024,
    )
    assert [t.statement_code for t in made.tables] == ["B6"]
    assert not made.quarantined
