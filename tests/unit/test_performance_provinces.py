"""Forms as provinces print them: other headers, other blocks, the same facts."""

from __future__ import annotations

import pytest
from performance_documents import Read, Rows, Spec, document, read

from extract.datasets import PerformanceIndicatorRow


def facts(found: Read) -> list[tuple[str | None, ...]]:
    """Name, operator, value, unit, actual value, weight and score of each indicator."""

    def of(i: PerformanceIndicatorRow) -> tuple[str | None, ...]:
        wanted = (i.level3, i.target_operator, i.target_value_text, i.target_unit)
        return (*wanted, i.actual_value_text, i.weight_text, i.score_text)

    return [of(indicator) for indicator in found.result.indicators]


def funds(found: Read) -> list[tuple[str | None, ...]]:
    return [
        (c.label_key, c.amount_stage, c.number_text, c.published_unit) for c in found.result.cells
    ]


def codes(found: Read) -> list[str]:
    rows = (*found.result.findings, *found.result.quarantined)
    return [row.code for row in rows]


def test_area_form_of_a_transfer_with_a_block_of_management() -> None:
    rows: Rows = [
        [("转移支付（项目）名称", 2), ("农田建设补助", 5)],
        [("中央主管部门", 2), ("某部", 5)],
        [("地方主管部门", 2), ("某省农业厅", 2), "资金使用单位", ("某县农业局", 2)],
        [
            ("资金投入情况（万元）", 1, 4),
            "",
            "全年预算数（A）",
            ("全年执行数（B）", 2),
            ("预算执行率（B/A×100%）", 2),
        ],
        ["年度资金总额：", "5000", ("4500", 2), ("90.00%", 2)],
        ["其中：中央财政资金", "4000", ("3600", 2), ("90.00%", 2)],
        ["地方资金", "1000", ("900", 2), ("90.00%", 2)],
        [("资金管理情况", 1, 2), "", ("情况说明", 3), ("存在问题和改进措施", 2)],
        ["分配科学性", ("按因素法分配", 3), ("无", 2)],
        [
            ("绩效指标", 1, 3),
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值",
            "全年实际完成值",
            ("未完成原因", 1),
        ],
        ["产出指标", "数量指标", "建设面积", "5万亩", "5万亩", ""],
        ["成本指标", "经济成本指标", "亩均投入", "≤1500元/亩", "1450元/亩", ""],
    ]
    found = read(document(rows))
    (project,) = found.result.projects
    assert (project.project_name, project.adjusted_budget_text, project.executed_text) == (
        "农田建设补助",
        "5000",
        "4500",
    )
    assert project.execution_ratio_text == "90.00%"
    assert ("fiscal_superior", "execution", "3600", "万元") in funds(found)
    assert facts(found) == [
        ("建设面积", "eq", "5", "万亩", "5", None, None),
        ("亩均投入", "le", "1500", "元/亩", "1450", None, None),
    ]


def test_verdict_under_a_header_of_its_own_is_no_indicator() -> None:
    rows: Rows = [
        [("项目名称", 2), ("户厕改造", 9)],
        [
            ("", 1, 2),
            ("一级指标", 1, 2),
            ("二级指标", 1, 2),
            ("三级指标", 1, 2),
            ("年度指标值", 3),
            ("实际完成值", 1, 2),
            ("分值", 1, 2),
            ("得分", 1, 2),
            ("偏差原因分析及改进措施", 1, 2),
        ],
        ["指标性质", "指标值", "度量单位"],
        ["", "产出指标", "数量指标", "改造数", "≥", "500", "座", "480座", "50", "48", "农户外出"],
        ["", "效益指标", "社会效益指标", "环境", "=", "改善", "是/否", "改善", "40", "40", ""],
        [("总分", 1, 2), ("总分值", 3), ("总得分", 4), ("自评等级", 3)],
        [("100", 3), ("88.00", 4), ("良", 3)],
    ]
    found = read(document(rows))
    (project,) = found.result.projects
    assert (project.total_weight_text, project.total_score_text, project.grade_text) == (
        "100",
        "88.00",
        "良",
    )
    assert facts(found) == [
        ("改造数", "ge", "500", "座", "480", "50", "48"),
        ("环境", "qualitative", None, "是/否", None, "40", "40"),
    ]


def test_department_form_whose_funds_stand_before_its_name_is_known() -> None:
    rows: Rows = [
        [("省级预算部门（单位）名称", 2), ("某县林业局", 6)],
        [
            ("年度预算申请（万元）", 1, 4),
            "",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
        ],
        ["年度资金总额", "2000.00", "2100.00", "2050.00", "10", "97.62%", "9.8"],
        [("按收入性质分：", 4), ("按支出性质分：", 3)],
        [("其中：一般公共预算：1900.00", 4), ("其中：基本支出：1500.00", 3)],
        [
            ("绩效指标", 1, 2),
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
        ],
        ["产出指标", "质量指标", "成活率", "85%以上", "86%", "50", "50"],
        [("总分", 6), "100", "98.8"],
    ]
    found = read(document("部门整体支出绩效自评表", rows))
    (project,) = found.result.projects
    assert (project.scope, project.implementing_unit, project.funds_unit) == (
        "department",
        "某县林业局",
        "万元",
    )
    assert funds(found) == [
        ("funds_total", "initial_budget", "2000.00", "万元"),
        ("funds_total", "adjusted_budget", "2100.00", "万元"),
        ("funds_total", "execution", "2050.00", "万元"),
    ]
    assert (project.execution_score_text, project.total_score_text) == ("9.8", "98.8")
    assert codes(found) == []  # a text over all columns is no amount


def test_unit_line_of_the_table_and_several_amounts_in_a_row() -> None:
    rows: Rows = [
        [("某县人社局", 4), ("单位：万元", 2)],
        ["项目编码", "13052023P00123456789", "项目名称", ("培训经费", 3)],
        ["预算规模及资金用途", "预算数", "50.00", "其中：财政资金", "40.00", "其他资金"],
        ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
        ["产出指标", "数量指标", "培训人数", "全年人数", "≥1000人", "工作计划"],
    ]
    found = read(document(rows))
    (project,) = found.result.projects
    assert project.project_code == "13052023P00123456789"
    assert (project.initial_budget_text, project.funds_unit) == ("50.00", "万元")
    assert funds(found) == [
        ("funds_total", "initial_budget", "50.00", "万元"),
        ("fiscal", "initial_budget", "40.00", "万元"),
    ]
    assert facts(found) == [("培训人数", "ge", "1000", "人", None, None, None)]


def test_a_unit_in_brackets_of_an_indicator_is_no_unit_of_the_funds() -> None:
    rows: Rows = [
        ["项目名称", ("甲", 3)],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["成本指标", "经济成本指标", "总成本（万元）", "30"],
        ["项目名称", ("乙", 3)],
        ["资金总额", "20", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "次数", "3次"],
    ]
    found = read(document(rows))
    assert [p.funds_unit for p in found.result.projects] == [None, None]
    assert codes(found) == ["UNIT_UNKNOWN"]


def test_funds_told_in_pairs_and_a_target_under_a_group() -> None:
    rows: Rows = [
        ["项目名称", ("培训经费", 8)],
        ["项目实施单位", ("某局", 3), "金额单位", ("万元", 4)],
        ["预算安排情况", "预算数", "50.00", "到位数", "50.00", "执行数", "48.00", "执行率", "96%"],
        [
            ("一级指标", 1, 2),
            ("二级指标", 1, 2),
            ("三级指标", 1, 2),
            ("年度指标值", 3),
            ("实际完成值", 1, 2),
            ("分值", 1, 2),
            ("得分", 1, 2),
        ],
        ["符号", "值", "单位（文字描述）"],
        ["产出指标", "数量指标", "培训人数", "≥", "1000", "人", "1100", "50", "50"],
        ["效益指标", "社会效益指标", "就业率", "≥", "60", "%", "58", "40", "38.67"],
    ]
    found = read(document(rows))
    (project,) = found.result.projects
    assert (project.adjusted_budget_text, project.executed_text, project.funds_unit) == (
        "50.00",
        "48.00",
        "万元",
    )
    assert project.execution_ratio_text == "96%"
    assert facts(found) == [
        ("培训人数", "ge", "1000", "人", "1100", "50", "50"),
        ("就业率", "ge", "60", "%", "58", "40", "38.67"),
    ]
    assert codes(found) == []


def test_figures_right_under_the_funds_header_and_a_text_over_all_columns() -> None:
    rows: Rows = [
        ["单位名称", ("某市博物馆", 6)],
        ["项目名称", ("免费开放", 6)],
        [("预算执行情况（万元）", 1, 2), "预算数(A)", "执行数(B)", "执行率(B/A)", "得分", "", ""],
        ["120", "118", "98.33%", "19.67", "", ""],
        [
            ("年度绩效目标", 1, 2),
            "一级指标",
            "二级指标",
            "三级指标",
            "年初目标值(A)",
            "实际完成值(B)",
            "得分",
        ],
        ["产出指标", "数量指标", "接待人次(20分)", "30万人次", "28.5万人次", "19"],
        [("总分", 6), "98.67"],
        ["未完成原因分析", ("客流减少", 6)],
    ]
    found = read(document(rows))
    (project,) = found.result.projects
    assert (project.scope, project.project_name) == ("project", "免费开放")
    assert (project.adjusted_budget_text, project.executed_text) == ("120", "118")
    assert (project.execution_score_text, project.total_score_text) == ("19.67", "98.67")
    assert facts(found) == [("接待人次(20分)", "eq", "30", "万人次", "28.5", None, "19")]


def test_target_adjusted_in_the_year_and_score_in_the_head() -> None:
    rows: Rows = [
        [
            "项目名称",
            ("人才经费", 3),
            "项目编码",
            ("50010622T000002083465", 2),
            "自评总分（分）",
            "98.2",
        ],
        [
            ("项目资金（万元）", 1, 2),
            "年初预算数",
            "全年（调整）预算数",
            "全年执行数",
            "执行率（%）",
            "执行率权重",
            "执行率得分（分）",
            "",
        ],
        ["100.00", "90.00", "81.00", "90.00", "10.00", "9.00", ""],
        [
            ("绩效指标", 1, 3),
            "指标名称",
            "计量单位",
            "指标性质",
            "指标值",
            "调整指标值",
            "全年完成值",
            "指标权重",
            "指标得分（分）",
        ],
        ["引进人数", "人", "≥", "10", "8", "8", "40", "40"],
        ["满意度", "%", "≥", "90", "", "88.5", "30", "29.2"],
    ]
    found = read(document(rows))
    (project,) = found.result.projects
    assert (project.initial_budget_text, project.adjusted_budget_text) == ("100.00", "90.00")
    assert (project.execution_weight_text, project.execution_score_text) == ("10.00", "9.00")
    assert project.total_score_text == "98.2"
    assert facts(found) == [
        ("引进人数", "ge", "8", "人", "8", "40", "40"),
        ("满意度", "ge", "90", "%", "88.5", "30", "29.2"),
    ]


def test_targets_of_half_the_year_are_not_those_of_the_year() -> None:
    rows: Rows = [
        ["单位名称", ("某市科技局", 4)],
        ["一级指标", "二级指标", "三级指标", "上半年指标值", "全年指标值"],
        ["过程", "预算执行", "预算执行率", "≥50%", "=100%"],
    ]
    found = read(document("部门整体支出绩效目标申报表", rows))
    assert facts(found) == [("预算执行率", "eq", "100", "%", None, None, None)]


def test_a_name_beside_a_column_that_no_layout_knows_is_not_its_target() -> None:
    rows: Rows = [
        ["项目名称", ("甲", 3)],
        ["一级指标", "二级指标", "三级指标", "指标取值口径"],
        ["产出指标", "数量指标", "次数", "3次"],
    ]
    found = read(document(rows))
    assert facts(found) == [("次数", None, None, None, None, None, None)]
    assert codes(found) == ["HEADER_UNMAPPED"]


def test_labels_over_their_amounts() -> None:
    rows: Rows = [
        ["部门名称", ("某县司法局", 3)],
        [("年度部门整体支出预算（万元）", 1, 2), "资金总额", "财政拨款", "其他资金"],
        ["1000.00", "900.00", "100.00"],
        ["", "一级指标", "二级指标", "三级指标", "绩效指标性质", "绩效指标值", "绩效度量单位"],
        ["", "产出指标", "数量指标", "普法场次", "≥", "50", "场"],
    ]
    found = read(document("部门整体支出绩效目标表", rows))
    assert funds(found) == [
        ("funds_total", "initial_budget", "1000.00", "万元"),
        ("fiscal", "initial_budget", "900.00", "万元"),
        ("other_funds", "initial_budget", "100.00", "万元"),
    ]


def test_weight_of_the_indicator_beside_those_of_its_levels() -> None:
    rows: Rows = [
        ["项目名称", ("甲", 8)],
        ["一级指标", "权重", "二级指标", "权重", "三级指标", "权重", "目标值", "完成值", "得分"],
        [("产出指标", 1, 2), ("50%", 1, 2), "数量指标", "30%", "次数", "30%", "5次", "5次", "30"],
        ["质量指标", "20%", "合格率", "20%", "90%", "91%", "20"],
    ]
    found = read(document(rows))
    assert facts(found) == [
        ("次数", "eq", "5", "次", "5", "30%", "30"),
        ("合格率", "eq", "90", "%", "91", "20%", "20"),
    ]


def test_an_empty_form_is_no_project() -> None:
    rows: Rows = [
        ["项目名称", ("甲", 5)],
        ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "执行率", "得分"],
        ["年度资金总额", "", "—", "", "", ""],
    ]
    assert read(document(rows)).result.projects == []


def test_a_funds_line_that_no_layout_knows_is_reported() -> None:
    rows: Rows = [
        ["项目名称", ("甲", 5)],
        ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "执行率", "得分"],
        ["年度资金总额", "10", "10", "9", "90%", "9"],
        ["债券周转金", "5", "5", "4", "80%", ""],
    ]
    found = read(document(rows))
    assert [f.detail for f in found.result.findings] == ["债券周转金"]
    assert len(funds(found)) == 3


@pytest.mark.parametrize(
    ("printed", "grade"),
    [
        ("优□ 良☑ 中□ 差□", "良"),
        ("□优 ☑良 □中 □差", "良"),
        ("优（√） 良（ ） 中（ ） 差（ ）", "优"),
        ("√优 良 中 差", "优"),
        ("■优□良□中□差", "优"),
        ("优", "优"),
        ("□优□良□中□差", None),
        ("☑优 ☑良 □中", None),
    ],
)
def test_grade_is_the_option_that_is_ticked(printed: str, grade: str | None) -> None:
    rows: Rows = [
        ["项目名称", ("甲", 6)],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "次数", "≥3次", "3次", "90", "89.5"],
        ["自评等级", (printed, 6)],
    ]
    (project,) = read(document(rows)).result.projects
    assert project.grade_text == grade


def test_levels_under_one_header_of_names() -> None:
    rows: Rows = [
        ["项目名称", ("甲", 6)],
        [("指标名称", 3), "指标值", "完成值", "分值", "得分"],
        [("产出指标", 1, 2), "数量指标", "次数", "5次", "5次", "50", "50"],
        ["质量指标", "合格率", "≥90%", "91%", "40", "40"],
        [("满意度指标", 2), "群众满意度", "≥90%", "91%", "10", "10"],
    ]
    found = read(document(rows))
    assert [(i.level1, i.level2, i.level3) for i in found.result.indicators] == [
        ("产出指标", "数量指标", "次数"),
        ("产出指标", "质量指标", "合格率"),
        ("满意度指标", None, "群众满意度"),
    ]


SUMMARY: Rows = [
    ["序号", "项目名称", "全年预算数", "全年执行数", "执行率", "自评得分", "自评等级"],
    ["1", "办公楼维修", "100.00", "95.00", "95%", "96.5", "优"],
    ["2", "系统运维", "50.00", "—", "", "88", "良"],
    [("合计", 2), "150.00", "145.00", "96.67%", "", ""],
]


def test_list_of_evaluated_projects() -> None:
    found = read(document("项目支出绩效自评结果汇总表（单位：万元）", SUMMARY))
    assert [
        (
            p.phase,
            p.project_name,
            p.adjusted_budget_text,
            p.executed_text,
            p.execution_ratio_text,
            p.total_score_text,
            p.grade_text,
        )
        for p in found.result.projects
    ] == [
        ("result", "办公楼维修", "100.00", "95.00", "95%", "96.5", "优"),
        ("result", "系统运维", "50.00", None, None, "88", "良"),
    ]
    assert set(codes(found)) == {"UNIT_UNKNOWN"}  # no table states it


def test_a_project_of_the_list_with_a_form_of_its_own_counts_once() -> None:
    form: Rows = [
        ["项目名称", ("系统运维", 6)],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "次数", "≥3次", "3次", "90", "80"],
    ]
    found = read(document(SUMMARY, "附表", form))
    assert [(p.project_name, p.total_score_text) for p in found.result.projects] == [
        ("办公楼维修", "96.5"),
        ("系统运维", None),
    ]


def test_a_list_of_names_holds_no_projects() -> None:
    names: Rows = [["序号", "项目名称", "实施单位"], ["1", "办公楼维修", "某局"]]
    assert read(document(names)).result.projects == []


def test_a_list_goes_on_over_a_page() -> None:
    found = read(document(SUMMARY[:2], "- 2 -", [SUMMARY[2]]))
    assert [p.project_name for p in found.result.projects] == ["办公楼维修", "系统运维"]


def test_amounts_that_print_their_own_unit() -> None:
    rows: Rows = [
        ["项目名称", ("市民中心运行", 6)],
        ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "执行率", "得分"],
        ["", "年度资金总额", "150万", "150", "1252500元", "83.5%", "8.4"],
        ["", "其中：当年财政拨款", "150万", "150万", "125.25万", "", ""],
    ]
    found = read(document(rows))
    assert funds(found) == [
        ("funds_total", "initial_budget", "150", "万元"),
        ("funds_total", "adjusted_budget", "150", "万元"),
        ("funds_total", "execution", "1252500", "元"),
        ("fiscal_current_year", "initial_budget", "150", "万元"),
        ("fiscal_current_year", "adjusted_budget", "150", "万元"),
        ("fiscal_current_year", "execution", "125.25", "万元"),
    ]
    (project,) = found.result.projects
    assert (project.initial_budget_text, project.executed_text) == ("150", None)


def test_two_blocks_of_indicators_of_one_project() -> None:
    head = ["一级指标", "二级指标", "三级指标", "年初目标值(A)", "实际完成值(B)", "得分"]
    rows: Rows = [
        ["项目名称", ("水土保持监测", 6)],
        [("年度绩效目标1(40分)", 1, 2), *head],
        ["产出指标", "质量指标", "数据合格率", "100%", "100%", "40"],
        [("年度绩效目标2(40分)", 1, 2), *head],
        ["效益指标", "社会效益指标", "整编率", "98%", "97%", "39.6"],
        [("总分", 6), "99.6"],
    ]
    found = read(document(rows))
    (project,) = found.result.projects
    assert project.total_score_text == "99.6"
    assert [i.project_no for i in found.result.indicators] == [1, 1]
    assert facts(found) == [
        ("数据合格率", "eq", "100", "%", "100", None, "40"),
        ("整编率", "eq", "98", "%", "97", None, "39.6"),
    ]


@pytest.mark.parametrize("spans", [True, False])
def test_a_name_over_all_levels_with_and_without_spans(*, spans: bool) -> None:
    def over(text: str, columns: int) -> tuple[str, int] | str:
        return (text, columns) if spans else text

    rows: Rows = [
        ["项目名称", over("甲", 6)],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
        [over("预算执行率", 3), "100%", "98.5%", "10", "9.85"],
        [over("满意度指标", 2), "群众满意度", "≥90%", "91%", "10", "10"],
        ["产出指标", "数量指标", "次数", "5次", "4次", "80", "64"],
        [over("总分", 5), "100", "83.85"],
    ]
    found = read(document(rows))
    assert [
        (i.level1, i.level2, i.level3, i.target_value_text, i.actual_value_text, i.score_text)
        for i in found.result.indicators
    ] == [
        ("预算执行率", "预算执行率", "预算执行率", "100", "98.5", "9.85"),
        ("满意度指标", "满意度指标", "群众满意度", "90", "91", "10"),
        ("产出指标", "数量指标", "次数", "5", "4", "64"),
    ]
    (project,) = found.result.projects
    assert (project.total_weight_text, project.total_score_text) == ("100", "83.85")


def test_a_value_that_was_dealt_the_column_of_the_name_keeps_its_own() -> None:
    rows: Rows = [
        ["项目名称", ("甲", 6)],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
        ["满意度指标", "群众满意度", ("≥90%", 2), "91%", "10", "10"],
    ]
    (indicator,) = read(document(rows)).result.indicators
    assert (indicator.level1, indicator.level2, indicator.level3, indicator.target_value_text) == (
        "满意度指标",
        "满意度指标",
        "群众满意度",
        "90",
    )


def test_one_header_over_names_of_three_levels_without_spans() -> None:
    rows: Rows = [
        ["项目名称", "甲"],
        ["指标名称", "指标值", "完成值", "分值", "得分"],
        ["产出指标", "数量指标", "次数", "5次", "5次", "90", "90"],
        ["满意度指标", "群众满意度", "≥90%", "91%", "10", "10"],
    ]
    found = read(document(rows))
    assert [(i.level1, i.level2, i.level3) for i in found.result.indicators] == [
        ("产出指标", "数量指标", "次数"),
        ("满意度指标", None, "群众满意度"),
    ]


def test_money_of_several_years_is_none_of_the_year() -> None:
    rows: Rows = [
        [("项目名称", 2), ("某专项", 4)],
        [("项目资金（万元）", 2, 3), "实施期资金总额：", "300.00", "年度资金总额：", "100.00"],
        ["其中：财政拨款", "280.00", "其中：财政拨款", "90.00"],
        ["其他资金", "20.00", "其他资金", "10.00"],
        ["", "一级指标", "二级指标", "三级指标", "指标值", "分值权重(90)"],
        ["", "产出指标", "数量指标", "培训", "≥5次", "90"],
    ]
    found = read(document(rows))
    assert [(key, number) for key, _, number, _ in funds(found)] == [
        ("funds_total", "100.00"),
        ("fiscal", "90.00"),
        ("other_funds", "10.00"),
    ]


def test_amounts_in_the_cells_of_their_labels() -> None:
    rows: Rows = [
        ["项目名称", ("某项目", 2)],
        ["资金总额：120.50万元", "其中：财政拨款：100万元", "其他资金：20.5万元"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "次数", "3次"],
    ]
    found = read(document(rows))
    assert [(key, number, unit) for key, _, number, unit in funds(found)] == [
        ("funds_total", "120.50", "万元"),
        ("fiscal", "100", "万元"),
        ("other_funds", "20.5", "万元"),
    ]
    assert found.result.projects[0].initial_budget_text == "120.50"


def test_unit_in_the_first_of_two_header_lines() -> None:
    rows: Rows = [
        [("项目名称", 1, 2), ("预算金额（万元）", 2), ("年度目标", 1, 2), ("绩效指标", 4)],
        ["总额", "财政拨款", "一级指标", "二级指标", "三级指标", "指标值"],
        ["甲项目", "100.00", "90.00", "建设", "产出指标", "数量指标", "数量", "3个"],
        ["乙项目", "10.00", "10.00", "维护", "产出指标", "数量指标", "数量", "≥1个"],
    ]
    found = read(document(rows))
    assert [
        (p.project_name, p.initial_budget_text, p.funds_unit) for p in found.result.projects
    ] == [
        ("甲项目", "100.00", "万元"),
        ("乙项目", "10.00", "万元"),
    ]
    assert codes(found) == []


def test_what_was_reached_in_a_part_of_the_year_decides_nothing() -> None:
    rows: Rows = [
        ["项目名称", ("某项目", 5)],
        ["项目资金（万元）", "年初预算数", "1-7月执行数", "1-7月执行率", "", ""],
        ["年度资金总额", "100", "60", "60%", "", ""],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "1-7月执行情况", "全年预计完成情况"],
        ["产出指标", "数量指标", "次数", "10次", "6次", "10次"],
    ]
    found = read(document(rows))
    (indicator,) = found.result.indicators
    assert (indicator.target_value_text, indicator.actual_text) == ("10", "6次")
    assert indicator.actual_value_text is None
    assert found.result.projects[0].execution_ratio_text == "60%"


INDICATORS: Rows = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    ["产出指标", "数量指标", "次数", "≥3次", "3次", "100", "100"],
]


@pytest.mark.parametrize(
    "names",
    [
        [["序号", "项目名称", "实施内容"], ["1", "甲项目", "修路"]],
        [["项目名称", "实施内容"], ["甲项目", "修路"]],
        [["项目名称", "实施单位"], ["甲项目", "某局"]],
    ],
)
def test_a_list_of_names_gives_its_header_to_no_form(names: Rows) -> None:
    found = read(document("项目清单", names, "部门整体支出绩效自评表", INDICATORS))
    assert [(p.scope, p.project_name) for p in found.result.projects] == [("department", None)]


def test_lines_over_tables_name_their_projects() -> None:
    found = read(document("项目名称：甲项目", INDICATORS, "项目名称：乙项目", INDICATORS))
    assert [p.project_name for p in found.result.projects] == ["甲项目", "乙项目"]
    assert [i.project_no for i in found.result.indicators] == [1, 2]


def test_another_title_begins_another_form_and_the_same_goes_on() -> None:
    found = read(document("甲项目绩效自评表", INDICATORS, "乙项目绩效自评表", INDICATORS))
    assert [i.project_no for i in found.result.indicators] == [1, 2]
    named: Rows = [["项目名称", ("甲项目", 6)], *INDICATORS]
    pages = read(document("项目支出绩效自评表", named, "项目支出绩效自评表", INDICATORS))
    assert [i.project_no for i in pages.result.indicators] == [1, 1]


def test_a_table_of_its_own_after_a_form_is_no_torn_row() -> None:
    words: Rows = [["名词", "解释"], ["基本支出", "保障机构运转"], ["项目支出", "完成特定任务"]]
    rows: Rows = [
        ["项目名称", ("甲项目", 5)],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "偏差原因"],
        ["产出指标", "数量指标", "次数", "≥3次", "3次", ""],
    ]
    found = read(document(rows, "附：名词解释", words))
    assert facts(found) == [("次数", "ge", "3", "次", "3", None, None)]


LONG_AND_ANNUAL: Rows = [
    ["项目名称", ("镇域建设", 5)],
    [("长期绩效指标", 1, 2), "一级指标", "二级指标", "指标内容", "指标值", "备注"],
    ["产出指标", "数量指标", "整治河道", "30公里", ""],
    [("年度绩效指标", 1, 2), "一级指标", "二级指标", "指标内容", "指标值", "备注"],
    ["产出指标", "数量指标", "整治河道", "10公里", ""],
]


def test_targets_of_several_years_above_those_of_the_year() -> None:
    found = read(document(LONG_AND_ANNUAL))
    assert facts(found) == [("整治河道", "eq", "10", "公里", None, None, None)]
    assert [f.detail for f in found.result.findings] == ["长期绩效指标"]
    alone = read(document(LONG_AND_ANNUAL[:3]))
    assert facts(alone) == [("整治河道", "eq", "30", "公里", None, None, None)]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (
            ["一级指标", "二级指标", "绩效标准", "当年预期实现值"],
            ["数量指标", "维修次数", "全年", "≥80次"],
        ),
        (["一级指标", "二级指标", "指标", "指标值"], ["产出指标", "数量指标", "维修次数", "≥80次"]),
    ],
)
def test_names_where_no_third_level_is_printed(head: list[str], row: list[str]) -> None:
    found = read(document([["项目名称", ("大楼保障", 3)], [*head], [*row]]))
    assert facts(found) == [("维修次数", "ge", "80", "次", None, None, None)]
    assert found.result.indicators[0].level1_code == "output"


def test_titles_in_rows_of_the_sheet_tell_forms_apart() -> None:
    rows: Rows = [
        [("项目支出绩效自评表", 7)],
        ["项目名称", ("甲项目", 6)],
        *INDICATORS,
        [("部门整体支出绩效自评表", 7)],
        [("（2022年度）", 7)],
        *INDICATORS,
    ]
    found = read(document(rows))
    assert [(p.scope, p.project_name) for p in found.result.projects] == [
        ("project", "甲项目"),
        ("department", None),
    ]
    assert [i.project_no for i in found.result.indicators] == [1, 2]


@pytest.mark.parametrize(
    ("total", "weight", "score"),
    [
        ([("总分", 5), "", "97.5", ""], None, "97.5"),
        ([("总分", 5), "100", "", ""], "100", None),
        ([("总分", 5), ("97.5", 2), ""], None, "97.5"),
        ([("总得分", 7), "97.5"], None, "97.5"),
        ([("合计", 5), "100", "97.5分", ""], "100", "97.5分"),
        ([("总分：97.5分", 8)], None, "97.5分"),
        (["总分", "97.5"], None, "97.5"),
        (["总分", "100"], "100", None),
        (["总分", "88"], None, "88"),
        (["合计", "90"], "90", None),
        (["总分", "100", "97.5"], "100", "97.5"),
        ([("总分", 5), "100", "97.5", "自评等级：优"], "100", "97.5"),
    ],
)
def test_a_single_total_is_weight_or_score_by_its_column_or_the_sums(
    total: list[Spec], weight: str | None, score: str | None
) -> None:
    rows: Rows = [
        ["项目名称", ("甲", 7)],
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因",
        ],
        ["产出指标", "数量指标", "次数", "≥3次", "3次", "90", "88", ""],
        total,
    ]
    (project,) = read(document(rows)).result.projects
    assert (project.total_weight_text, project.total_score_text) == (weight, score)


def test_marks_of_several_indicators_in_one_cell_count_once() -> None:
    rows: Rows = [
        ["项目名称", ("甲", 6)],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", ("数量指标", 1, 2), "次数", "≥3次", "3次", ("50", 1, 2), ("48", 1, 2)],
        ["产出指标", "人数", "≥30人", "31人"],
        ["效益指标", "社会效益指标", "就业率", "≥60%", "61%", "40", "40"],
    ]
    found = read(document(rows))
    assert [(i.level2, i.weight_text, i.score_text) for i in found.result.indicators] == [
        ("数量指标", "50", "48"),
        ("数量指标", None, None),
        ("社会效益指标", "40", "40"),
    ]


@pytest.mark.parametrize("printed", ["/", "无", "—", ""])
def test_a_dash_under_the_units_is_no_unit(printed: str) -> None:
    rows: Rows = [
        ["项目名称", ("甲", 6)],
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值"],
        ["产出指标", "数量指标", "次数", "≥", "3次", printed, "4次"],
    ]
    (indicator,) = read(document(rows)).result.indicators
    assert (indicator.target_unit, indicator.actual_unit) == ("次", "次")


def test_persons_beside_the_money_are_never_registered() -> None:
    listed: Rows = [
        ["项目名称", "负责人", "联系电话", "全年预算数", "全年执行数", "自评得分"],
        ["办公楼维修", "某甲乙", "13900000000", "100.00", "95.00", "96.5"],
    ]
    paired: Rows = [
        ["项目名称", ("培训经费", 7)],
        ["项目负责人", "某丙丁", "预算数", "50.00", "执行数", "48.00", "执行率", "96%"],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "备注"],
        ["产出指标", "数量指标", "人数", "≥10人", "11人", "100", "100", ""],
    ]
    for rows in (listed, paired):
        published = read(document(rows)).published
        assert not any(text in published for text in ("某甲乙", "13900000000", "某丙丁"))
    (first,) = read(document(listed)).result.projects
    assert (first.project_name, first.executed_text) == ("办公楼维修", "95.00")


def test_who_signs_a_form_is_no_indicator() -> None:
    rows: Rows = [
        ["项目名称", "甲项目", "项目负责人", "某甲乙", "联系电话", "13900000000", ""],
        *INDICATORS,
        ["项目负责人：某甲乙", "", "", "财务负责人：某丙丁", "", "", ""],
        ["项目名称", "乙项目", "项目负责人", "某丙丁", "联系电话", "13900000000", ""],
        *INDICATORS,
    ]
    found = read(document(rows))
    assert [p.project_name for p in found.result.projects] == ["甲项目", "乙项目"]
    assert [i.level3 for i in found.result.indicators] == ["次数", "次数"]
    assert not any(text in found.published for text in ("某甲乙", "某丙丁", "13900000000"))


@pytest.mark.parametrize(
    ("names", "weights"),
    [
        (("发放人数（60分）", "发放及时率（40分）"), ["60", "40"]),
        (("发放人数", "平均成绩（90分）"), [None, None]),
        (("平均成绩（90分）", "最低成绩（60分）"), [None, None]),
    ],
)
def test_weights_behind_the_names_of_all_indicators(
    names: tuple[str, str], weights: list[str | None]
) -> None:
    rows: Rows = [
        ["项目名称", ("甲", 5)],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分"],
        ["产出指标", "数量指标", names[0], "≥3", "3", "10"],
        ["产出指标", "时效指标", names[1], "100", "100", "20"],
    ]
    indicators = read(document(rows)).result.indicators
    assert [(i.level3, i.weight_text) for i in indicators] == list(zip(names, weights, strict=True))


def test_a_reason_at_the_foot_is_that_of_every_indicator_that_lost_marks() -> None:
    rows: Rows = [
        ["项目名称", ("甲", 6)],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "次数", "≥3次", "2次", "50", "40"],
        ["产出指标", "时效指标", "及时率", "100%", "100%", "50", "50"],
        [("总分", 5), "100", "90"],
        ["偏差大或目标未完成原因分析", ("雨季长，工期推迟。", 6)],
    ]
    indicators = read(document(rows)).result.indicators
    assert [i.deviation_reason for i in indicators] == ["雨季长，工期推迟。", None]
