"""Wordings in which provinces differ: whose figure it is, what it compares with, of what kind."""

from __future__ import annotations

import pytest

from extract.datasets import NarrativeFigureRow
from tests.unit.test_prose import line, read


def read_lines(*paragraphs: str, kind: str = "final_account", year: int = 2022) -> list[str]:
    return [line(row) for row in read(*paragraphs, kind=kind, year=year).figures]


def subjects(*paragraphs: str, kind: str = "final_account", year: int = 2022) -> list[str]:
    rows = read(*paragraphs, kind=kind, year=year).figures
    return [f"{row.subject} {row.published_text}" for row in rows]


def figure(text: str, *paragraphs: str, kind: str = "final_account") -> NarrativeFigureRow:
    """The one figure printed as ``text``."""
    (found,) = (r for r in read(*paragraphs, kind=kind).figures if r.published_text == text)
    return found


@pytest.mark.parametrize(
    ("heading", "sentence", "expected"),
    [
        (
            "一、收支总体情况",
            "2022年本部门收入为120万元，支出为110万元，较上年增加10万元。",
            [
                "revenue_current_total 120",
                "expenditure_current_total 110",
                "expenditure_current_total 10",
            ],
        ),
        (
            "一、收支总体情况",
            "本年收入为120万元，本年支出为110万元。",
            ["revenue_current_total 120", "expenditure_current_total 110"],
        ),
        (
            "八、政府性基金预算收入支出决算情况",
            "年初结转和结余0万元，本年收入30万元，本年支出25万元，年末结转和结余5万元。",
            ["balance 0", "revenue_item 30", "government_fund_expenditure 25", "balance 5"],
        ),
        (
            "八、政府性基金预算收入支出决算情况",
            "政府性基金预算财政拨款收入30万元；年初结转0万元；支出25万元，其中项目支出25万元。",
            [
                "revenue_item 30",
                "balance 0",
                "government_fund_expenditure 25",
                "project_expenditure 25",
            ],
        ),
        (
            "四、财政拨款收入支出决算总体情况说明",
            "财政拨款收入80万元，其中，一般公共预算财政拨款70万元，政府性基金预算财政拨款10"
            "万元。与上年相比，支出增加6万元。",
            [
                "revenue_item 80",
                "revenue_item 70",
                "revenue_item 10",
                "fiscal_appropriation_total 6",
            ],
        ),
        (
            "二、收入决算情况说明",
            "本年收入合计90万元；包括财政拨款收入80万元（其中：一般公共预算80万元），其他收入"
            "10万元。",
            ["revenue_current_total 90", "revenue_item 80", "revenue_item 80", "revenue_item 10"],
        ),
        (
            "一、收支总体情况",
            "收入合计90万元，其中：财政拨款80万元，占88.89%；其他收入10万元。",
            [
                "revenue_current_total 90",
                "revenue_item 80",
                "revenue_item 88.89",
                "revenue_item 10",
            ],
        ),
    ],
)
def test_a_bare_income_or_expenditure_is_that_of_its_section(
    heading: str, sentence: str, expected: list[str]
) -> None:
    assert subjects(heading, sentence) == expected


def test_a_fund_inside_an_expense_is_no_total_of_the_account() -> None:
    rows = read(
        "十二、机关运行经费支出决算情况说明",
        "机关运行经费支出决算7万元（其中：一般公共预算支出7万元；国有资本经营预算支出0万元）。",
    ).figures
    assert [(row.subject, row.fund_source, row.resource_metric) for row in rows] == [
        ("operating_expenses", None, "operating_expenses"),
        ("operating_expenses", "general_public_budget", None),
        ("operating_expenses", "state_capital", None),
    ]


def test_the_budget_of_a_named_expense_is_not_the_budget_of_the_department() -> None:
    budget, outcome = read(
        "（三）会议费支出决算情况说明", "财政拨款会议费支出预算5万元，支出决算3万元。"
    ).figures
    assert (budget.subject, budget.economic_code) == ("economic_class", "30215")
    assert (budget.amount_stage, outcome.amount_stage) == ("initial_budget", "final_account")


@pytest.mark.parametrize(
    "name",
    [
        "公务用车购置费及运行维护费",
        "公务用车购置、运行维护费",
        "公务用车购置费和公务用车运行维护费",
        "公务用车运行及购置费",
        "公务车购置及运行费",
    ],
)
def test_purchase_and_operation_of_vehicles_together_are_their_sum(name: str) -> None:
    row = figure("9", "七、“三公”经费支出", f"{name}支出决算9万元，占60%。")
    assert row.three_public_item == "vehicle_total"


def test_persons_and_batches_are_never_counted_for_money() -> None:
    groups, people = read(
        "七、“三公”经费支出", "全年使用一般公共预算财政拨款支出安排出国（境）团组2个，6人次。"
    ).figures
    assert (groups.subject, groups.three_public_item) == ("three_public", "overseas_travel")
    assert (people.subject, people.measure) == ("three_public", "count")


def test_foreign_guests_stated_first_are_not_the_guests_of_the_year() -> None:
    rows = read(
        "七、“三公”经费支出",
        "外宾接待支出0万元，接待0批次，0人次；其他国内公务接待支出7万元，接待98批次，1020人次。",
    ).figures
    counted = [(r.published_text, r.three_public_item) for r in rows if r.measure == "count"]
    assert counted == [("0", None), ("0", None), ("98", "reception"), ("1020", "reception")]


def test_figures_in_a_row_belong_to_names_in_a_row() -> None:
    assert subjects(
        "（四）一般公共预算财政拨款收入、支出分别为85万元、84万元，分别比上年增长5%、4%。",
        "政府性基金收入、支出决算数各为3万元、4万元。",
        "工资福利支出、商品和服务支出、对个人和家庭的补助分别为9万元、2万元和1万元。",
    ) == [
        "revenue_item 85",
        "general_public_budget_expenditure 84",
        "revenue_item 5",
        "general_public_budget_expenditure 4",
        "revenue_item 3",
        "government_fund_expenditure 4",
        "economic_class 9",
        "economic_class 2",
        "economic_class 1",
    ]


def test_an_amount_that_moves_from_one_year_to_the_next() -> None:
    assert read_lines(
        "三、支出情况", "支出总计由2021年度的81万元增加到2022年度的90万元，增加9万元，增长11.11%。"
    ) == [
        "expenditure_total 支出总计 value prior_year_final none none 81 万元",
        "expenditure_total 支出总计 value final_account none none 90 万元",
        "expenditure_total 支出总计 change final_account prior_year increase 9 万元",
        "expenditure_total 支出总计 growth_ratio final_account prior_year increase 11.11 %",
    ]


def test_what_a_ratio_is_a_ratio_of() -> None:
    rows = read(
        "财政拨款支出88万元，为年初预算80万元的110%；其中基本支出11万元，为年初预算的96%。",
        "政府采购预算17万元，其中：集中采购17万元，占政府采购预算的100%。",
        "机关运行经费预算数4万元，决算数3万元，预决算差异率-25%。",
    ).figures
    ratios = [(r.subject, r.number_text, r.measure, r.comparator) for r in rows]
    assert [r for r in ratios if r[2] != "value"] == [
        ("fiscal_appropriation_total", "110", "share_ratio", "initial_budget"),
        ("basic_expenditure", "96", "share_ratio", "initial_budget"),
        ("procurement", "100", "share_ratio", "whole"),
        ("operating_expenses", "-25", "growth_ratio", "initial_budget"),
    ]


def test_more_than_the_budget_compares_with_the_budget() -> None:
    sentence = "基本支出17万元，比上年减少2万元，决算数大于预算数3万元。"
    assert figure("3", "三、支出情况", sentence).comparator == "initial_budget"


def test_the_last_year_under_its_own_heading_is_its_outcome() -> None:
    row = figure("20.12", "二、2021年“三公”经费决算情况", "2021年度“三公”经费支出20.12万元。",
                 kind="budget")  # fmt: skip
    assert row.amount_stage == "prior_year_final"


def test_a_year_right_after_a_list_number_is_a_year() -> None:
    row = figure("30.5", "1.2021年度“三公”经费支出决算30.5万元。")
    assert row.amount_stage == "prior_year_final"


def test_parts_of_basic_expenditure_are_basic_under_any_heading() -> None:
    rows = read(
        "五、一般公共预算支出情况",
        "基本支出13万元，比上年减少2万元。其中：人员经费11万元，公用经费2万元。",
    ).figures
    parts = [(r.item_name, r.expenditure_type) for r in rows if r.subject == "economic_class"]
    assert parts == [("人员经费", "basic"), ("公用经费", "basic")]


def test_assets_stay_dated_and_a_value_is_no_area() -> None:
    rows = read(
        "截至2021年12月31日，本单位国有资产中房屋2300平方米，价值80万元。车辆价值40万元。",
        kind="budget",
    ).figures
    assert [(r.resource_metric, r.amount_stage) for r in rows] == [
        ("house_area", None),
        (None, "prior_year_final"),
        ("vehicles", "prior_year_final"),
    ]


def test_a_subheading_stays_within_the_expense_it_explains() -> None:
    row = figure(
        "10", "六、“三公”经费支出", "2.支出决算具体情况说明", "财政拨款开支的公务用车保有量为10辆。"
    )
    assert (row.subject, row.three_public_item) == ("three_public", "vehicle_operation")


def test_a_list_and_a_reason_go_on_with_the_comparison_before_them() -> None:
    rows = read(
        "七、“三公”经费支出",
        "“三公”经费支出决算比上年减少5万元。其中：公务接待费支出决算减少2万元，下降40%。",
    ).figures
    assert [row.comparator for row in rows] == ["prior_year", "prior_year", "prior_year"]


def test_a_year_in_brackets_is_not_the_year_of_what_follows() -> None:
    rows = read(
        "三、收支情况",
        "本年收入合计（含2021年结转）90万元，其中其他收入5万元（2021年3万元），财政拨款收入85万元。",
    ).figures
    stages = [(r.number_text, r.amount_stage) for r in rows]
    assert stages == [
        ("90", "final_account"),
        ("5", "final_account"),
        ("3", "prior_year_final"),
        ("85", "final_account"),
    ]


def test_one_figure_for_several_things_is_their_sum_and_none_of_them() -> None:
    rows = read(
        "三、支出决算情况说明",
        "支出合计9万元。其中：上缴上级支出、经营支出、对附属单位补助支出共2万元，占22.22%。",
    ).figures
    assert [(r.subject, r.expenditure_type) for r in rows[1:]] == [("other", None)] * 2


def test_a_total_named_after_its_parts_is_the_total() -> None:
    row = figure("27", "因公出国（境）费、公务接待费、公车运行费（“三公”经费）决算总额27万元。")
    assert row.three_public_item == "three_public_total"


def test_what_an_expense_was_spent_on_is_not_the_expense() -> None:
    rows = read(
        "一、机关运行经费支出情况",
        "机关运行经费支出90万元。机关运行经费主要用于办公费12万元，差旅费20万元。",
    ).figures
    metrics = [(r.item_name, r.resource_metric) for r in rows]
    assert metrics == [
        ("机关运行经费支出", "operating_expenses"),
        ("办公费", None),
        ("差旅费", None),
    ]


def test_a_gap_between_budget_and_outcome_is_a_change() -> None:
    row = figure(
        "3", "三、支出情况", "基本支出年初预算20万元，决算23万元，决算数与预算数相差3万元。"
    )
    assert (row.measure, row.comparator, row.direction) == ("change", "initial_budget", "none")


def test_shares_in_a_row_follow_the_names_of_the_row_before() -> None:
    rows = read(
        "政府采购支出情况",
        "货物、工程和服务采购金额分别为6万元、11万元和3万元，占比30%、55%和15%。"
        "授予中小微企业的采购额16万元，授予小微企业的采购额6万元。",
    ).figures
    assert [(r.number_text, r.resource_metric) for r in rows] == [
        ("6", "procurement_goods"),
        ("11", "procurement_works"),
        ("3", "procurement_services"),
        ("30", "procurement_goods"),
        ("55", "procurement_works"),
        ("15", "procurement_services"),
        ("16", "procurement_sme"),
        ("6", "procurement_micro"),
    ]


def test_assets_disposed_of_are_not_assets_held() -> None:
    rows = read("国有资产占用情况", "共有车辆3辆。处置车辆1辆，拟购置固定资产56万元。").figures
    assert [r.resource_metric for r in rows] == ["vehicles", None, None]


def test_an_average_belongs_to_what_was_counted() -> None:
    row = figure("156.25", "八、“三公”经费", "国内公务接待12批次、96人次，人均156.25元。")
    assert (row.item_name, row.measure) == ("国内公务接待", "average")


def test_a_comparison_without_a_figure_ends_the_reason_before_it() -> None:
    rows = read(
        "五、“三公”经费",
        "公务用车运行维护费支出比上年增加2万元，增加原因主要是下乡增加；公务接待费支出决算与预算"
        "一致，比去年增加1万元，增长50%。",
    ).figures
    assert [r.three_public_item for r in rows] == ["vehicle_operation", "reception", "reception"]


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("（三）会议费支出决算情况说明", "2022年度支出决算3万元，完成预算的60%。"),
        ("1.农林水支出（类）水利（款）行政运行（项）。", "支出决算为3万元，完成预算的60%。"),
        ("五、一般公共预算支出", "1.农林水（类）水利（款）行政运行（项）：支出决算为3万元。"),
    ],
)
def test_the_outcome_of_one_item_is_not_the_expenditure_of_the_year(
    heading: str, sentence: str
) -> None:
    row = figure("3", heading, sentence)
    assert row.subject in ("economic_class", "function_item")


def test_the_sum_of_a_list_is_that_of_what_the_list_is_about() -> None:
    rows = read("（三）政府采购支出：货物12万元，工程0元，服务36万元，合计48万元。").figures
    assert [r.resource_metric for r in rows] == [
        "procurement_goods",
        "procurement_works",
        "procurement_services",
        "procurement_total",
    ]


def test_money_after_a_count_is_money_of_what_was_counted_for() -> None:
    row = figure("1", "三、“三公”经费", "公务接待费9万元，接待15批次，78人次，比上年减少1万元。")
    assert (row.item_name, row.measure) == ("公务接待费", "change")


def test_where_a_change_starts_is_an_amount_of_the_other_stage() -> None:
    sentence = "机关运行经费比年初预算减少8万元，由98万元减少到90万元。"
    stages = {r.number_text: r.amount_stage for r in read(sentence).figures}
    assert (stages["98"], stages["90"]) == ("initial_budget", "final_account")


def test_other_expenditure_beside_basic_and_project_is_no_function() -> None:
    row = figure(
        "2",
        "三、支出情况",
        "基本支出13万元；项目支出10万元；其他支出（上缴上级支出、对附属单位补助支出）2万元。",
    )
    assert (row.subject, row.class_name) == ("expenditure_item", None)


def test_a_class_may_be_called_a_class_without_brackets() -> None:
    row = figure("28", "按功能分类", "教育支出类28万元，同比增加8万元。", kind="budget")
    assert (row.subject, row.item_name) == ("function_class", "教育支出")


def test_purchases_and_fleet_are_counted_apart() -> None:
    rows = read("（四）“三公”经费", "全年购置0辆，公务用车保有量12辆。").figures
    assert [(r.number_text, r.three_public_item) for r in rows] == [
        ("0", "vehicle_purchase"),
        ("12", "vehicle_operation"),
    ]


def test_one_service_bought_is_not_all_services() -> None:
    rows = read("四、政府采购", "服务类56万元（物业服务50万元、印刷服务6万元）。").figures
    assert [r.resource_metric for r in rows] == ["procurement_services", None, None]


def test_a_share_of_the_year_is_of_all_funds_under_any_heading() -> None:
    row = figure(
        "1012",
        "五、一般公共预算财政拨款支出决算情况说明",
        "一般公共预算财政拨款支出1011万元，占本年支出合计1012万元的99.9%。",
    )
    assert (row.subject, row.fund_source) == ("expenditure_current_total", "all")


def test_the_outcome_after_a_list_of_items_is_that_of_their_label() -> None:
    row = figure(
        "17",
        "五、一般公共预算财政拨款支出决算情况说明",
        "1.教育支出：2050201学前教育8万元；2050202小学教育9万元；支出决算为17万元，完成预算100%。",
    )
    assert (row.subject, row.item_name) == ("function_class", "教育支出")


def test_figures_of_several_years_have_their_years() -> None:
    rows = read(
        "2021、2022、2023年“三公”经费预算分别为10万元、12万元、9.5万元。"
        "2022年和2023年培训费预算分别为3万元和2万元。",
        kind="budget",
        year=2023,
    ).figures
    assert [(r.number_text, r.three_public_item, r.amount_stage) for r in rows] == [
        ("10", "three_public_total", None),
        ("12", "three_public_total", "prior_year_budget"),
        ("9.5", "three_public_total", "initial_budget"),
        ("3", None, "prior_year_budget"),
        ("2", None, "initial_budget"),
    ]


def test_income_and_expenditure_of_each_fund_in_pairs() -> None:
    rows = read(
        "四、财政拨款收入支出决算情况说明",
        "财政拨款本年收入53万元，比2021年度增加3万元；本年支出52万元，增加4万元。其中，一般公共预算"
        "财政拨款本年收入51万元；本年支出50万元。政府性基金预算财政拨款本年收入2万元；本年支出2万元，"
        "比上年增加1万元。",
    ).figures
    assert [(r.subject, r.number_text, r.comparator) for r in rows] == [
        ("revenue_item", "53", "none"),
        ("revenue_item", "3", "prior_year"),
        ("fiscal_appropriation_total", "52", "none"),
        ("fiscal_appropriation_total", "4", "prior_year"),
        ("revenue_item", "51", "none"),
        ("general_public_budget_expenditure", "50", "none"),
        ("revenue_item", "2", "none"),
        ("government_fund_expenditure", "2", "none"),
        ("government_fund_expenditure", "1", "prior_year"),
    ]
    assert rows[4].revenue_source == "fiscal_appropriation_general"


def test_a_number_of_other_things_is_no_number_of_groups() -> None:
    rows = read(
        "三、“三公”经费", "因公出国（境）支出16万元，为全市6个区中第3，全年出国团组2个。"
    ).figures
    assert [(r.number_text, r.three_public_item) for r in rows[1:]] == [
        ("6", None),
        ("2", "overseas_travel"),
    ]


def test_a_budget_that_was_adjusted_is_the_adjusted_budget() -> None:
    rows = read("项目支出预算由年初的23万元调整为24万元，调增1万元。").figures
    assert [(r.subject, r.amount_stage) for r in rows] == [
        ("project_expenditure", "initial_budget"),
        ("project_expenditure", "adjusted_budget"),
        ("project_expenditure", "adjusted_budget"),
    ]
    assert (rows[2].measure, rows[2].comparator) == ("change", "initial_budget")


def test_the_budget_of_the_year_after_is_no_budget_of_the_year() -> None:
    row = figure("30", "三、支出情况", "2023年项目支出预算安排30万元。")
    assert row.amount_stage is None


@pytest.mark.parametrize("join", ["", "-", "—"])
def test_a_code_may_be_joined_to_its_name_by_a_dash(join: str) -> None:
    row = figure(
        "800.5",
        "四、一般公共预算财政拨款支出决算情况（按项级科目分类统计）",
        f"（二）2130301{join}行政运行800.5万元，较上年决算数减少20万元。",
    )
    assert (row.subject, row.item_code, row.item_name) == ("function_item", "2130301", "行政运行")


def test_a_change_in_number_is_no_number_of_vehicles() -> None:
    rows = read(
        "（三）“三公”经费", "公务用车运行费25万元，主要原因是车辆减少1辆，年末公务用车保有量5辆。"
    ).figures
    assert [(r.number_text, r.three_public_item) for r in rows[1:]] == [
        ("1", None),
        ("5", "vehicle_operation"),
    ]


def test_a_paragraph_that_compares_goes_on_with_the_one_before() -> None:
    rows = read(
        "（一）收入预算说明",
        "2022年本部门总收入123万元，其中财政拨款120万元。",
        "比2021年预算121万元增加2万元，增幅1.65%。",
        "（二）支出预算说明",
        "比2021年预算增加9万元。",
        kind="budget",
    ).figures
    assert [r.subject for r in rows] == [
        "revenue_total",
        "revenue_item",
        "revenue_total",
        "revenue_total",
        "revenue_total",
        "other",
    ]


def test_the_second_of_a_list_is_not_the_second_chapter() -> None:
    rows = read(
        "一、“三公”经费财政拨款决算情况",
        "1.因公出国（境）费用",
        "决算数0元。",
        "2.公务用车购置及运行维护费",
        "年末公务用车保有量5辆。",
        "二、机关运行经费支出情况",
        "3、国有资产占用情况",
        "共有车辆5辆。",
    ).figures
    assert [(r.subject, r.three_public_item, r.resource_metric) for r in rows[1:]] == [
        ("three_public", "vehicle_operation", None),
        ("state_assets", None, "vehicles"),
    ]


def test_the_bare_name_of_a_section_is_its_heading() -> None:
    rows = read(
        "机关运行经费",
        "2022年支出120万元，比上年减少5万元。",
        "政府采购",
        "支出总额人民币1,200,000.00元，其中货物￥200,000.00元，工程¥1,000,000.00元。",
    ).figures
    assert [(r.number_text, r.resource_metric) for r in rows] == [
        ("120", "operating_expenses"),
        ("5", "operating_expenses"),
        ("1200000.00", "procurement_total"),
        ("200000.00", "procurement_goods"),
        ("1000000.00", "procurement_works"),
    ]


@pytest.mark.parametrize(
    ("printed", "number", "unit"),
    [
        ("100.00（万元）", "100.00", "万元"),
        ("95.5萬元", "95.5", "万元"),
        ("￥95.50元", "95.50", "元"),
        ("负5万元", "-5", "万元"),
        ("－5万元", "-5", "万元"),
    ],
)
def test_units_and_signs_as_some_print_them(printed: str, number: str, unit: str) -> None:
    (row,) = read(f"一、收支情况。年末结转和结余为{printed}。").figures
    assert (row.subject, row.number_text, row.published_unit) == ("balance", number, unit)


@pytest.mark.parametrize("amount", ["1亿2,345.67万元", "12万5000元", "3万5千元"])
def test_an_amount_in_two_units_is_never_published_by_its_tail(amount: str) -> None:
    prose = read(f"本年收入合计{amount}。")
    assert prose.figures == []
    assert [q.code for q in prose.quarantined] == ["NUMBER_GRAMMAR"]


def test_brackets_and_points_as_some_print_them() -> None:
    rows = read(
        "教育支出30.00万元[占60%]，科学技术支出20.00万元【占40%】.其他收入9万元,占5%."
    ).figures
    assert [(r.item_name, r.number_text) for r in rows] == [
        ("教育支出", "30.00"),
        ("教育支出", "60"),
        ("科学技术支出", "20.00"),
        ("科学技术支出", "40"),
        ("其他收入", "9"),
        ("其他收入", "5"),
    ]


def test_a_balance_of_a_fund_is_no_expenditure_of_it() -> None:
    rows = read(
        "（三）一般公共预算财政拨款支出决算情况说明",
        "年初一般公共预算财政拨款结转和结余13万元。年末一般公共预算财政拨款结转和结余9万元，较上年"
        "决算数减少4万元。",
    ).figures
    assert [(r.subject, r.fund_source, r.revenue_source) for r in rows] == [
        ("balance", "general_public_budget", "opening_balance"),
        ("balance", "general_public_budget", None),
        ("balance", "general_public_budget", None),
    ]


def test_a_label_of_one_side_holds_for_its_paragraph() -> None:
    rows = read(
        "三、部门收支总体情况",
        "（一）收入预算：包括财政拨款收入和单位资金。2023年年初预算数54万元，其中，一般公共预算拨款54"
        "万元。收入较去年增加2万元。",
        "（二）支出预算：2023年年初预算数54万元，其中，教育支出44万元。支出较去年增加2万元。",
        kind="budget",
        year=2023,
    ).figures
    assert [r.subject for r in rows] == [
        "revenue_current_total",
        "revenue_item",
        "revenue_current_total",
        "expenditure_current_total",
        "function_class",
        "expenditure_current_total",
    ]


def test_what_a_revenue_includes_is_revenue() -> None:
    rows = read(
        "（四）关于2024年财政拨款收支预算情况的总体说明",
        "2024年财政拨款收支总预算85万元。收入包括：一般公共预算当年拨款80万元、政府性基金预算当年拨款"
        "5万元；支出包括：教育支出80万元、城乡社区支出5万元。",
        kind="budget",
        year=2024,
    ).figures
    assert [(r.subject, r.revenue_source) for r in rows] == [
        ("fiscal_appropriation_total", None),
        ("revenue_item", "fiscal_appropriation_general"),
        ("revenue_item", "fiscal_appropriation_fund"),
        ("function_class", None),
        ("function_class", None),
    ]


def test_what_will_be_bought_or_scrapped_is_not_held() -> None:
    rows = read(
        "国有资产占用使用情况",
        "共有公务用车1辆。2023年拟报废处置公务用车2辆，拟新增配置公务用车1辆。",
    ).figures
    assert [r.resource_metric for r in rows] == ["vehicles", None, None]


def test_groups_and_their_guests_belong_to_the_reception() -> None:
    rows = read(
        "3.公务接待费支出情况说明",
        "公务接待费支出1万元。",
        "外宾接待0个团组，0人次。国内公务接待12个团组，96人次。",
    ).figures
    assert [(r.number_text, r.three_public_item) for r in rows[1:]] == [
        ("0", None),
        ("0", None),
        ("12", "reception"),
        ("96", "reception"),
    ]


def test_totals_of_the_appropriation_are_not_those_of_the_account() -> None:
    rows = read(
        "四、财政拨款收入支出决算总体情况说明",
        "财政拨款收入总计、支出总计均为64万元，与上年相比收入总计、支出总计均增加5万元。"
        "财政拨款收、支总计64万元，收、支总计各增加5万元。",
    ).figures
    assert {r.subject for r in rows} == {"fiscal_appropriation_total"}


def test_parts_after_budget_and_outcome_are_parts_of_the_outcome() -> None:
    rows = read(
        "七、“三公”经费",
        "“三公”经费支出预算20万元，支出决算15万元，完成75%，其中：公务接待费5万元。",
    ).figures
    assert rows[-1].amount_stage == "final_account"


def test_an_amount_in_the_bracket_of_a_comparison_is_of_the_year_before() -> None:
    row = figure("28", "“三公”经费支出25.5万元，比上年（28万元）下降8.93%。")
    assert row.amount_stage == "prior_year_final"


def test_money_after_a_score_is_of_what_was_scored() -> None:
    row = figure("80", "预算绩效情况", "审计业务费项目自评得分98分，全年预算数80万元。")
    assert (row.item_name, row.amount_stage) == ("审计业务费项目", "adjusted_budget")


def test_money_of_other_treasuries_is_no_appropriation() -> None:
    row = figure("300", "二、收入决算情况", "非同级财政拨款收入300万元，占1.3%。")
    assert (row.subject, row.revenue_source) == ("revenue_item", None)


def test_the_sides_of_the_whole_are_not_the_whole() -> None:
    assert subjects(
        "一、部门预算收支情况",
        "收支总预算34万元，其中：收入预算34万元，包括财政拨款34万元；支出预算34万元。",
        kind="budget",
    ) == [
        "revenue_expenditure_total 34",
        "revenue_current_total 34",
        "revenue_item 34",
        "expenditure_current_total 34",
    ]


def test_the_expenditure_of_a_part_of_the_department_is_not_its_own() -> None:
    heading = "三、支出决算情况"
    assert figure("30", heading, "监测中心支出30万元，执法大队支出50万元。").subject == "other"
    own = figure("90", heading, "某县水务局2022年度支出90万元。")
    assert own.subject == "expenditure_current_total"


def test_money_that_an_evaluation_concerns_is_not_the_money_of_the_year() -> None:
    rows = read(
        "十三、预算绩效情况说明",
        "组织对3个项目开展了部门评价，涉及一般公共预算支出60万元，政府性基金预算支出0万元。",
    ).figures
    assert [(r.subject, r.fund_source) for r in rows[1:]] == [
        ("performance", "general_public_budget"),
        ("performance", "government_fund"),
    ]
    goals = "4.绩效目标设置情况。12个项目均实行绩效目标管理，涉及一般公共预算当年拨款52万元。"
    assert figure("52", "（十）其他重要事项", goals, kind="budget").subject == "performance"


def test_a_gap_is_a_change_against_the_budget() -> None:
    rows = read("“三公”经费情况", "公务接待费3.1万元，年初预算为4.5万元，差值为1.4万元。").figures
    assert [(r.measure, r.amount_stage, r.comparator) for r in rows] == [
        ("value", "final_account", "none"),
        ("value", "initial_budget", "none"),
        ("change", "final_account", "initial_budget"),
    ]


def test_more_or_less_follows_the_amount_that_is_compared_with() -> None:
    rows = read("“三公”经费情况", "公务接待费7.2万元，比上年8万元少0.8万元。").figures
    assert [(r.published_text, r.measure, r.comparator, r.direction) for r in rows[1:]] == [
        ("8", "value", "none", "none"),
        ("0.8", "change", "prior_year", "decrease"),
    ]


@pytest.mark.parametrize("count", ["国内接待9批（次）、71人（次）", "国内接待9批(次)，71人(次)"])
def test_batches_may_be_printed_with_brackets(count: str) -> None:
    rows = read("“三公”经费情况", f"公务接待费2.4万元，{count}，比上年3万元减少0.6万元。").figures
    assert [(r.published_text, r.three_public_item) for r in rows] == [
        (text, "reception") for text in ("2.4", "9", "71", "3", "0.6")
    ]


@pytest.mark.parametrize(
    "title",
    [
        "某县政府采购中心2022年度部门决算“三公”经费说明",
        "2022年某县政府采购中心部门决算“三公”经费说明",
    ],
)
def test_the_name_of_the_body_is_no_topic(title: str) -> None:
    row = figure("6.3", title, "1、车辆运行维护费用6.3万元；")
    assert (row.subject, row.three_public_item) == ("three_public", "vehicle_operation")


def test_what_was_added_may_stand_after_its_amount() -> None:
    assert subjects(
        "一、收入支出决算总体情况",
        "收入总计700万元，比上年增加80万元，主要原因是新增了75万元道路养护资金。",
    ) == ["revenue_total 700", "revenue_total 80", "other 75"]
    assert subjects(
        "一、收入支出决算总体情况", "收入总计700万元，主要原因是增加了75万元左右。"
    ) == ["revenue_total 700", "revenue_total 75"]


def test_the_adjusted_figure_of_three() -> None:
    rows = read("三、支出", "项目支出预算数30万元，调整数32万元，决算数31万元。").figures
    stages = [r.amount_stage for r in rows]
    assert stages == ["initial_budget", "adjusted_budget", "final_account"]


@pytest.mark.parametrize("after", ["；公务接待费3万元", "，其中：公务接待费3万元"])
def test_the_year_of_a_reason_ends_with_it(after: str) -> None:
    told = "2022年公务用车运行维护费9万元，比上年增长4%，主要原因是2021年实行公车改革，停用较多"
    row = figure("3", "“三公”经费情况", f"{told}{after}，与上年持平。")
    assert (row.three_public_item, row.amount_stage) == ("reception", "final_account")


def test_an_amount_within_a_reason_is_of_the_year_it_names() -> None:
    told = (
        "教育支出90万元，主要原因：一是2021年下拨校舍资金20万元；二是人员增加。农林水支出30万元。"
    )
    assert figure("20", "三、支出决算情况", told).amount_stage == "prior_year_final"
    assert figure("30", "三、支出决算情况", told).amount_stage == "final_account"


def test_parts_of_a_fund_are_paid_by_it() -> None:
    rows = read(
        "二、收支情况",
        "一般公共预算财政拨款支出60万元，其中：基本支出40万元，比上年增加2万元，主要是增资。"
        "项目支出20万元，比上年减少1万元。",
    ).figures
    assert [r.fund_source for r in rows] == ["general_public_budget"] * 5
    rows = read(
        "二、收支情况",
        "一般公共预算财政拨款支出60万元。本年支出合计90万元，其中：基本支出40万元。",
    ).figures
    assert rows[-1].fund_source == "all"


def test_a_heading_that_names_an_expense_is_the_topic() -> None:
    assert subjects(
        "三、公务用车购置及运行维护费",
        "2022年购置公务用车0辆，车辆购置支出0万元。车辆运行维护费支出5万元。",
    )[1:] == ["three_public 0", "three_public 5"]


def test_a_bare_comparison_names_nothing() -> None:
    told = "公务接待费2022年预算8万元，2021年预算9万元；对比减少1万元。"
    row = figure("1", "“三公”经费情况", told, kind="budget")
    assert (row.three_public_item, row.measure) == ("reception", "change")
