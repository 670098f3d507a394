"""Tables of evaluation reports and target forms with words of their own (评价报告、目标表)."""

from __future__ import annotations

import pytest
from performance_documents import Rows, document, read

from extract.recognise.lines import read_label
from extract.recognise.statements import Statements
from tests.unit.table_documents import recognise, table


def report(*blocks: object) -> Statements:
    return recognise(*blocks, kind="performance", year=2022)  # type: ignore[arg-type]


def test_budget_and_outcome_line_by_line() -> None:
    made = report(
        "表1 2022年度部门收支预决算情况表",
        "单位：万元",
        table(
            "项目|年初预算数|调整预算数|决算数|比率（%）|<\n^|^|^|^|预算完成率|预算调整率\n"
            "一、收入合计|200.00|250.00|240.00|96.00|25.00\n"
            "其中：上年结转|20.00|25.00|25.00|100.00|—"
        ),
    )
    assert [t.statement_code for t in made.tables] == ["F20"]
    assert [(c.measure_code, c.amount_stage, c.number_text) for c in made.cells[:5]] == [
        ("amount", "initial_budget", "200.00"),
        ("amount", "adjusted_budget", "250.00"),
        ("amount", "final_account", "240.00"),
        ("execution_ratio", "final_account", "96.00"),
        ("growth_ratio", "adjusted_budget", "25.00"),
    ]


def test_projects_with_what_was_spent_on_them_are_no_budget() -> None:
    made = report(
        "2022年度项目支出明细表",
        "单位：万元",
        table("项目名称|年初预算|执行数|执行率|结转结余\n村道维护|90.00|81.00|90%|9.00"),
    )
    assert [t.statement_code for t in made.tables] == ["F16"]
    assert [(c.measure_code, c.amount_stage) for c in made.cells] == [
        ("amount", "initial_budget"),
        ("amount", "execution"),
        ("execution_ratio", "execution"),
        ("closing_balance", "final_account"),
    ]


def test_projects_without_an_outcome_are_a_budget_in_a_report_too() -> None:
    made = report(
        "项目支出明细表", "单位：万元", table("项目名称|年初预算\n村道维护|90.00\n渠道清淤|8.00")
    )
    assert [t.statement_code for t in made.tables] == ["B4"]


def test_a_rate_is_of_the_year_whose_outcome_stands_before_it() -> None:
    made = recognise(
        "一般公共预算支出表",
        "单位：万元",
        table(
            "科目编码|科目名称|2023年预算数|2023年执行数|执行率|2024年预算数\n"
            "2130301|行政运行|80.00|76.00|95.00|82.00"
        ),
        kind="budget",
        year=2024,
    )
    (rate,) = [c for c in made.cells if c.measure_code == "execution_ratio"]
    assert (rate.amount_stage, rate.published_unit) == ("prior_year_final", "%")


@pytest.mark.parametrize("unit", ["台、套", "台/套", "辆", "个、套", "人次"])
def test_things_are_counted_in_one_unit_or_two(unit: str) -> None:
    label = read_label(f"（二）单价50万元以上设备（{unit}）")
    assert (label.text, label.count_unit) == ("单价50万元以上设备", unit)


def test_a_class_named_in_brackets_is_no_count() -> None:
    assert read_label("对个人的补助（个人）").count_unit is None


def test_indicators_without_levels_and_the_total_beside_the_name() -> None:
    rows: Rows = [
        ["单位名称", ("青山县第三中学", 2), "支出预算总量", "865.71"],
        ["当年整体绩效目标", ("保障教学班正常运转，按计划完成招生。", 4)],
        ["绩效指标", "指标权重（%）", "计量单位", "指标性质", "指标值"],
        ["教学班数量", "60", "个", "＝", "24"],
        ["家长满意度", "40", "%", "≥", "92"],
    ]
    found = read(document("2024年单位整体绩效目标表", rows))
    assert [
        (i.level3, i.target_operator, i.target_value_text, i.target_unit, i.weight_text)
        for i in found.result.indicators
    ] == [("教学班数量", "eq", "24", "个", "60"), ("家长满意度", "ge", "92", "%", "40")]
    assert {i.scope for i in found.result.indicators} == {"department"}


def test_a_year_of_budget_with_what_each_level_gives() -> None:
    rows: Rows = [
        [("编制单位：青山县第三中学", 4), ("单位：万元", 3)],
        ["项目名称", ("校舍维修", 3), "主管部门", ("青山县教育局", 2)],
        ["当年预算", "92.50", "本级安排", "60.00", "上级补助", ("32.50", 2)],
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重（%）"],
        ["产出指标", "数量指标", "维修间数", "≥", "12", "间", "90"],
    ]
    found = read(document("2024年项目绩效目标申报表", rows))
    (project,) = found.result.projects
    assert project.initial_budget_text == "92.50"
    assert [(c.label_key, c.number_text) for c in found.result.cells] == [
        ("funds_total", "92.50"),
        ("fiscal_own_level", "60.00"),
        ("fiscal_superior", "32.50"),
    ]


def test_the_total_score_stands_behind_the_weights_of_all_levels() -> None:
    rows: Rows = [
        [
            "一级指标",
            "分值",
            "二级指标",
            "分值",
            "三级指标",
            "分值",
            "评分标准",
            "得分",
            "扣分原因",
        ],
        ["投入", "40", "目标设定", "40", "目标明确性", "40", "目标清晰得满分", "38.50", "未量化"],
        ["产出", "60", "数量指标", "60", "完工数量", "60", "按比例得分", "60.00", "—"],
        ["合计", "100", "", "100", "", "100", "", "98.50", ""],
    ]
    found = read(document("部门整体支出绩效评价指标体系及评分表", rows))
    (project,) = found.result.projects
    assert (project.total_weight_text, project.total_score_text) == ("100", "98.50")


def test_a_project_of_a_list_with_a_form_of_its_own_is_counted_once() -> None:
    summary: Rows = [
        [("单位：万元", 7)],
        ["序号", "项目名称", "预算数（调整后）", "到位数", "执行数", "自评得分", "自评等级"],
        ["1", "村道维护", "90.00", "88.00", "81.00", "96.5", "优"],
        ["2", "渠道清淤", "10.00", "10.00", "8.00", "88", "良"],
        ["", "合计", "100.00", "98.00", "89.00", "", ""],
    ]
    form: Rows = [
        ["基本情况", "项目名称", ("村道维护", 3), "实施单位", ("某局", 2)],
        [
            ("预算执行情况（万元）", 1, 4),
            ("预算安排情况", 2),
            ("资金到位情况", 2),
            ("资金执行情况", 2),
            "预算执行进度",
        ],
        ["预算数：", "90", "到位数：", "88", "执行数：", "81", ("90%", 1, 3)],
        ["其中：财政资金", "70", "其中：财政资金", "68", "其中：财政资金", "65"],
        ["其他", "20", "其他", "20", "其他", "16"],
        ["一级指标", "二级指标", "三级指标", ("预期指标值", 2), "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "维护里程", ("≥12公里", 2), "12公里", "90", "87.5"],
    ]
    found = read(document("项目支出绩效自评结果汇总表", summary, "项目绩效自评表", form))
    assert [
        (p.project_name, p.adjusted_budget_text, p.executed_text, p.execution_ratio_text)
        for p in found.result.projects
    ] == [("渠道清淤", "10.00", "8.00", None), ("村道维护", "90", "81", "90%")]
    assert [p.grade_text for p in found.result.projects] == ["良", "优"]
    lines = [
        (c.project_name, c.line_label, c.label_key, c.amount_stage, c.number_text)
        for c in found.result.cells
        if c.measure_code == "amount" and c.amount_stage == "execution"
    ]
    assert lines == [
        ("村道维护", "村道维护", "funds_total", "execution", "81.00"),
        ("渠道清淤", "渠道清淤", "funds_total", "execution", "8.00"),
        (None, "合计", "funds_total", "execution", "89.00"),
        ("村道维护", "预算数：", "funds_total", "execution", "81"),
        ("村道维护", "其中：财政资金", "fiscal", "execution", "65"),
        ("村道维护", "其他", "other_funds", "execution", "16"),
    ]
    received = [c.number_text for c in found.result.cells if c.measure_code == "funds_received"]
    assert received == ["88.00", "10.00", "98.00", "88", "68", "20"]
