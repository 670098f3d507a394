"""What an amount moved to, and figures that print no unit or a doubtful sign."""

from __future__ import annotations

import pytest

from tests.unit.test_prose import line, read


def read_lines(*paragraphs: str, kind: str = "final_account", year: int = 2024) -> list[str]:
    return [line(row) for row in read(*paragraphs, kind=kind, year=year).figures]


@pytest.mark.parametrize(
    "turn",
    ["减少为", "下降为", "降为", "降至", "减至", "增加为", "增加到", "增至", "上升到", "压减至"],
)
def test_what_an_amount_moved_to_is_its_value(turn: str) -> None:
    assert read_lines("六、“三公”经费", f"公务接待费{turn}3.50万元，与2023年持平。") == [
        "three_public 公务接待费 value final_account none none 3.50 万元"
    ]


def test_an_amount_moved_to_is_of_the_year_whatever_it_is_compared_with() -> None:
    assert read_lines(
        "六、“三公”经费", "公务接待费支出决算较上年降至2万元，较上年减少1万元，下降33.3%。"
    ) == [
        "three_public 公务接待费支出 value final_account none none 2 万元",
        "three_public 公务接待费支出 change final_account prior_year decrease 1 万元",
        "three_public 公务接待费支出 growth_ratio final_account prior_year decrease 33.3 %",
    ]


def test_a_rate_and_the_amount_of_a_change_are_no_values() -> None:
    assert read_lines("六、“三公”经费", "公务接待费比上年增加额为3万元，增长为5%。") == [
        "three_public 公务接待费 change final_account prior_year increase 3 万元",
        "three_public 公务接待费 growth_ratio final_account prior_year increase 5 %",
    ]


@pytest.mark.parametrize(
    ("rate", "figure"),
    [
        ("占76.23", "76.23"),
        ("占支出合计的76", "76"),
        ("占支出合计的比重为76.2", "76.2"),
        ("增长12.5", "12.5"),
        ("下降3", "3"),
        ("完成年初预算的95", "95"),
        ("预算执行率为0.95", "0.95"),
    ],
)
def test_a_rate_without_its_sign_is_quarantined_and_never_guessed(rate: str, figure: str) -> None:
    prose = read("二、支出决算情况", f"教育支出（类）400.50万元，{rate}；项目支出10万元，占2%。")
    assert [(q.code, q.dataset, q.observed) for q in prose.quarantined] == [
        ("UNIT_UNKNOWN", "narrative_figure", figure)
    ]
    assert [row.published_text for row in prose.figures] == ["400.50", "10", "2"]


@pytest.mark.parametrize(
    "text", ["水库占地12.5，", "线路增长12、13号线", "增长12.5 %。", "占比3％。"]
)
def test_what_is_no_rate_without_sign_is_not_quarantined(text: str) -> None:
    assert read("二、支出决算情况", text).quarantined == []


@pytest.mark.parametrize(
    ("sentence", "item", "metric"),
    [
        ("甲县人民政府2024年末实有人员编制45人。", "实有人员编制", "staff_actual"),
        ("甲乡政府2024年末实有人员编制45人。", "实有人员编制", "staff_actual"),
        ("2024年末实有人员45人。", "实有人员", "staff_actual"),
        ("单位实有事业编制人员45人。", "实有事业编制人员", "staff_actual"),
        ("甲县水务局2024年末编制45人。", "编制", "staff_quota"),
        ("职工2024年末编制45人。", "职工编制", "staff_quota"),
        ("实有人员中离休45人。", "实有人员中离休", None),
    ],
)
def test_staff_that_is_there_is_told_from_the_posts(
    sentence: str, item: str, metric: str | None
) -> None:
    (row,) = read("一、人员情况", sentence).figures
    assert (row.subject, row.measure, row.number_text) == ("staff", "count", "45")
    assert (row.item_name, row.resource_metric) == (item, metric)


@pytest.mark.parametrize("fund", ["政府性基金预算", "国有资本经营预算", "一般公共预算"])
def test_the_budget_of_a_fund_before_its_account_is_a_budget(fund: str) -> None:
    assert read_lines("八、其他情况", f"{fund}5万元，决算数4万元，完成预算的80%。") == [
        f"other {fund} value initial_budget none none 5 万元",
        f"other {fund} value final_account none none 4 万元",
        f"other {fund} share_ratio final_account initial_budget none 80 %",
    ]


def test_the_name_of_a_fund_alone_is_no_stage() -> None:
    assert read_lines("八、其他情况", "政府性基金预算30万元，比上年增加2万元。") == [
        "other 政府性基金预算 value final_account none none 30 万元",
        "other 政府性基金预算 change final_account prior_year increase 2 万元",
    ]


@pytest.mark.parametrize(
    "printed", ["-12.3", "−12.3", "－12.3", "△12.3", "▲12.3", "Δ12.3", "负12.3"]
)
def test_a_negative_amount_keeps_its_sign(printed: str) -> None:
    (row,) = read("八、其他情况", f"年末结余为{printed}万元。").figures
    assert (row.subject, row.published_text, row.number_text) == ("balance", printed, "-12.3")


@pytest.mark.parametrize(
    "amount",
    [
        "（12.3）万元",
        "(12.3)万元",
        "（-12.3）万元",
        "为（12.3万元）",
        "—12.3万元",
        "为–12.3万元",
        "--12.3万元",
        "（净额）-12.3万元",
        "增长（12.3）%",
        "∆12.3万元",
    ],
)
def test_an_amount_that_may_be_negative_is_held_back(amount: str) -> None:
    prose = read("八、其他情况", f"年末结余{amount}，项目支出8万元。")
    assert [row.published_text for row in prose.figures] == ["8"]
    assert [q.code for q in prose.quarantined] == ["NUMBER_GRAMMAR"]


def test_brackets_and_dashes_that_are_no_signs() -> None:
    prose = read(
        "八、其他情况",
        "（1）人员经费5万元；（2）元旦慰问支出3万元，比上年（4万元）下降25%；其他支出——6万元。",
    )
    assert [row.number_text for row in prose.figures] == ["5", "3", "4", "25", "6"]
    assert prose.quarantined == []


@pytest.mark.parametrize("turn", ["减少到", "减少为", "降为", "降至"])
def test_where_a_change_starts_is_not_the_amount_of_the_year(turn: str) -> None:
    assert read_lines("六、“三公”经费", f"公务接待费由上年5万元{turn}3万元，减少2万元。") == [
        "three_public 公务接待费 value prior_year_final none none 5 万元",
        "three_public 公务接待费 value final_account none none 3 万元",
        "three_public 公务接待费 change final_account prior_year decrease 2 万元",
    ]
    rows = read("六、“三公”经费", f"公务接待费由5万元{turn}3万元。").figures
    assert [row.amount_stage for row in rows] == [None, "final_account"]
