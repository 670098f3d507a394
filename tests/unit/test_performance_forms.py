"""Performance forms of several provinces, made by hand (各地绩效表式)."""

from __future__ import annotations

import pytest
from performance_documents import Rows, document, read

HEAD: Rows = [
    [("项目支出绩效自评表", 9)],
    [("项目名称", 2), ("社区食堂补助", 7)],
    [("主管部门", 2), ("某区民政局", 3), ("实施单位", 2), ("某区养老服务中心", 2)],
    [("项目负责人", 2), ("赵某某", 3), ("联系电话", 2), ("13800001234", 2)],
]


def test_form_with_spans_and_a_header_of_two_rows() -> None:
    """Sichuan: 调整后预算数, 权重, operator and unit in columns of their own."""
    form: Rows = [
        *HEAD,
        [
            ("项目资金\n（万元）", 2, 3),
            ("年初预算数", 2),
            ("调整后\n预算数", 1),
            ("执行数", 2),
            "权重",
            "得分",
        ],
        [("120.50", 2), "118.00", ("117.41", 2), "10", "9.95"],
    ]
    form[4] = [
        ("项目资金\n（万元）", 1, 3),
        "",
        ("年初预算数", 2),
        "调整后\n预算数",
        ("执行数", 2),
        "权重",
        "得分",
    ]
    form[5] = ["年度资金总额", ("120.50", 2), "118.00", ("117.41", 2), "10", "9.95"]
    form.append(["其中：财政拨款", ("120.50", 2), "118.00", ("117.41", 2), "—", "—"])
    form += [
        [
            ("绩\n效\n指\n标", 1, 5),
            ("一级指标", 1, 2),
            ("二级指标", 1, 2),
            ("三级指标", 1, 2),
            ("年度指标值", 3),
            ("全年完成值", 1, 2),
            ("得分", 1, 2),
        ],
        ["指标性质", "指标值", "度量单位"],
        [("产出指标", 1, 2), "数量指标", "新建食堂", "≥", "12", "个", "11", "18.33"],
        ["时效指标", "开业时间", "定性", "6月底前", "", "按期", "20"],
        ["满意度指标", "服务对象\n满意度指标", "老人满意率", "≥", "90", "%", "96.2", "10"],
        [("总分", 8), "98.28"],
    ]
    found = read(document(form)).result
    (project,) = found.projects
    assert (project.project_name, project.supervising_department) == ("社区食堂补助", "某区民政局")
    assert project.implementing_unit == "某区养老服务中心"
    assert (project.funds_unit, project.phase, project.scope) == ("万元", "result", "project")
    assert (project.initial_budget_text, project.adjusted_budget_text) == ("120.50", "118.00")
    assert (project.executed_text, project.execution_score_text) == ("117.41", "9.95")
    assert project.total_score_text == "98.28"
    assert [
        (i.level1, i.level2, i.level3, i.target_operator, i.target_value_text, i.target_unit)
        for i in found.indicators
    ] == [
        ("产出指标", "数量指标", "新建食堂", "ge", "12", "个"),
        ("产出指标", "时效指标", "开业时间", "qualitative", None, None),
        ("满意度指标", "服务对象满意度指标", "老人满意率", "ge", "90", "%"),
    ]
    assert [(i.actual_value_text, i.actual_unit, i.score_text) for i in found.indicators] == [
        ("11", "个", "18.33"),
        (None, None, "20"),
        ("96.2", "%", "10"),
    ]
    assert [i.level1_code for i in found.indicators] == ["output", "output", "satisfaction"]
    assert [
        (c.statement_code, c.line_role, c.amount_stage, c.number_text) for c in found.cells
    ] == [
        ("PF", "total", "initial_budget", "120.50"),
        ("PF", "total", "adjusted_budget", "118.00"),
        ("PF", "total", "execution", "117.41"),
        ("PF", "of_which", "initial_budget", "120.50"),
        ("PF", "of_which", "adjusted_budget", "118.00"),
        ("PF", "of_which", "execution", "117.41"),
    ]


def test_persons_and_telephones_are_never_registered() -> None:
    form: Rows = [
        *HEAD,
        [("一级指标", 2), ("二级指标", 2), "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        [("产出指标", 2), ("数量指标", 2), "受益老人", "不少于300人", "312人", "50", "50"],
    ]
    found = read(document(form))
    assert len(found.result.indicators) == 1
    assert "赵某某" not in found.published
    assert "13800001234" not in found.published


HALF_YEAR: Rows = [
    ["项目名称", ("河道保洁", 6)],
    ["项目资金（元）", "", "年初预算数", "1-6月执行数", "分值", "执行率", "自评得分"],
    ["", "年度资金总额", "1,200,000.00", "612,300.00", "10", "51.03%", "5.1"],
    ["", "其中：本级财政资金", "1,200,000.00", "612,300.00", "—", "", "—"],
    ["", "其他资金", "0", "", "—", "", "—"],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "半年完成值", "分值", "自评得分"],
    ["产出指标", "数量指标", "指标1：保洁河道长度", "86公里", "86公里", "20", "20"],
    ["", "", "指标2：清运垃圾", "≥1.2万吨", "0.7万吨", "10", "5.8"],
    ["", "成本指标", "指标1：年度成本", "不超过120万元", "61.23万元", "10", "10"],
    ["效益指标", "生态效益指标", "水质达标率", "95%以上", "97%", "30", "30"],
    ["总分", "", "", "", "", "70", "65.8"],
]


def test_half_year_form_without_spans_and_levels_filled_down() -> None:
    found = read(document(HALF_YEAR)).result
    assert [(i.level1, i.level2, i.level3) for i in found.indicators] == [
        ("产出指标", "数量指标", "指标1：保洁河道长度"),
        ("产出指标", "数量指标", "指标2：清运垃圾"),
        ("产出指标", "成本指标", "指标1：年度成本"),
        ("效益指标", "生态效益指标", "水质达标率"),
    ]
    assert [(i.target_operator, i.target_value_text, i.target_unit) for i in found.indicators] == [
        ("eq", "86", "公里"),
        ("ge", "1.2", "万吨"),
        ("le", "120", "万元"),
        ("ge", "95", "%"),
    ]
    (project,) = found.projects
    assert (project.total_weight_text, project.total_score_text) == ("70", "65.8")
    assert project.execution_ratio_text == "51.03%"
    assert [(c.line_label, c.value_status, c.published_unit) for c in found.cells][-1] == (
        "其他资金",
        "zero",
        "元",
    )
    assert [(n.item_name, n.number_text, n.published_unit) for n in found.narrative] == [
        ("指标1：年度成本", "120", "万元"),
        ("指标1：年度成本", "61.23", "万元"),
    ]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_form_goes_on_over_pages(repeated: bool) -> None:
    first, rest = HALF_YEAR[:7], HALF_YEAR[7:]
    second = [HALF_YEAR[5], *rest] if repeated else rest
    whole = read(document(HALF_YEAR)).result
    torn = read(document(first, "— 12 —", second)).result
    assert len(torn.projects) == 1
    assert [(i.level1, i.level2, i.level3, i.score_text) for i in torn.indicators] == [
        (i.level1, i.level2, i.level3, i.score_text) for i in whole.indicators
    ]
    assert torn.projects[0].total_score_text == "65.8"


def test_torn_header_row_and_label() -> None:
    """A file made from another: a row and a header in pieces, words between as paragraphs."""
    found = read(
        document(
            [
                ["项目名称", "桥梁检测"],
                ["项目资金（万元）", "", "年初预", "全年预", "全年"],
                ["", "", "算数", "算数", "执行数"],
                ["", "年度资金总额", "30", "28", "27.5"],
                ["", "其中：当年财政", "30", "28", "27.5"],
                ["", "拨款", "", "", ""],
                ["一级指标", "二级指标", "三级指标", "年度"],
            ],
            "指标值",
            "实际",
            "完成值",
            [
                ["分值", "得分"],
                ["产出指标", "数量指标", "检测桥梁", "40座", "41座", "50", "50"],
                ["效益指标", "社会效益"],
            ],
            "指标",
            [["通行安全", "无事故", "无事故", "40", "40"]],
        )
    ).result
    assert [c.line_label for c in found.cells] == ["年度资金总额"] * 3 + ["其中：当年财政拨款"] * 3
    assert [
        (i.level1, i.level2, i.level3, i.target_text, i.actual_text, i.weight_text, i.score_text)
        for i in found.indicators
    ] == [
        ("产出指标", "数量指标", "检测桥梁", "40座", "41座", "50", "50"),
        ("效益指标", "社会效益指标", "通行安全", "无事故", "无事故", "40", "40"),
    ]


@pytest.mark.parametrize("marks_above", [True, False])
def test_a_row_cut_by_a_page_is_one_indicator(marks_above: bool) -> None:
    marks, blank = ["20", "19.5"], ["", ""]
    upper, lower = (marks, blank) if marks_above else (blank, marks)
    head = HALF_YEAR[5]
    found = read(
        document(
            [
                HALF_YEAR[0],
                head,
                ["产出指标", "数量指标", "清理河道垃圾", "≥500吨", "520吨", "10", "10"],
                ["", "质量指标", "河道水面清洁", "无成片漂", "偶有零星", *upper],
            ],
            "— 3 —",
            [
                head,
                ["", "", "达标率", "浮物", "漂浮物", *lower],
                ["", "时效指标", "完成时间", "12月底前", "12月", "10", "10"],
            ],
        )
    ).result
    assert [
        (i.level2, i.level3, i.target_text, i.actual_text, i.score_text) for i in found.indicators
    ] == [
        ("数量指标", "清理河道垃圾", "≥500吨", "520吨", "10"),
        ("质量指标", "河道水面清洁达标率", "无成片漂浮物", "偶有零星漂浮物", "19.5"),
        ("时效指标", "完成时间", "12月底前", "12月", "10"),
    ]


LISTING: Rows = [
    [
        "单位名称",
        "项目名称",
        "责任人",
        "联系电话",
        "项目总额",
        ("其中：", 2),
        "绩效目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
    ],
    ["", "", "", "", "", "财政资金", "其他资金", "", "", "", "", "", "", ""],
    [
        "某局",
        "13010224T000001234567-防汛物资",
        "85551234",
        "钱某",
        "45.000000",
        "45.000000",
        "",
        "备足物资",
        "产出指标",
        "数量指标",
        "沙袋",
        "≥",
        "8000",
        "条",
    ],
    ["", "", "", "", "", "", "", "", "成本指标", "经济成本指标", "总成本", "≤", "45", "万元"],
    [
        "",
        "13010224T000001234568-排水管网",
        "孙某",
        "85551235",
        "60",
        "50",
        "10",
        "疏通管网",
        "产出指标",
        "数量指标",
        "疏通管网",
        "＝",
        "32",
        "公里",
    ],
]


def test_list_of_projects_with_swapped_columns() -> None:
    found = read(document(LISTING))
    result = found.result
    assert [(p.project_code, p.project_name, p.phase) for p in result.projects] == [
        ("13010224T000001234567", "防汛物资", "target"),
        ("13010224T000001234568", "排水管网", "target"),
    ]
    assert [i.project_no for i in result.indicators] == [1, 1, 2]
    assert [(f.code, f.detail) for f in result.findings] == [
        ("COLUMNS_SWAPPED", "责任人 / 联系电话")
    ]
    assert [
        (c.project_name, c.measure_code, c.number_text, c.published_unit) for c in result.cells
    ] == [
        ("防汛物资", "project_funds", "45.000000", "万元"),
        ("防汛物资", "fiscal_funds", "45.000000", "万元"),
        ("排水管网", "project_funds", "60", "万元"),
        ("排水管网", "fiscal_funds", "50", "万元"),
        ("排水管网", "other_funds", "10", "万元"),
    ]
    for secret in ("85551234", "钱某", "孙某", "85551235"):
        assert secret not in found.published
    (money,) = result.narrative
    assert (money.item_name, money.number_text, money.published_unit) == ("总成本", "45", "万元")


def test_unit_that_nothing_states_is_quarantined() -> None:
    rows = [row[:] for row in LISTING]
    rows[3][12] = "46"
    found = read(document(rows)).result
    assert found.cells == []
    assert {(q.code, q.observed) for q in found.quarantined} == {
        ("UNIT_UNKNOWN", text) for text in ("45.000000", "60", "50", "10")
    }
    assert len(found.indicators) == 3


def test_target_form_of_one_project() -> None:
    found = read(
        document(
            "单位：万元",
            [
                [("项目名称", 2), ("校舍修缮", 3)],
                [("主管部门及代码", 2), "某县教育局", "实施单位", "某中学"],
                [("项目资金\n（万元）", 1, 2), ("年度资金总额：", 2), ("250.00", 2)],
                [("其中：财政拨款", 2), ("250.00", 2)],
                [("总体目标", 1), ("修缮校舍4栋，预算控制在250万元以内。", 4)],
                [("绩效指标", 1, 3), "一级指标", "二级指标", "三级指标", "指标值"],
                ["产出指标", "数量指标", "修缮校舍", "4栋"],
                ["效益指标", "可持续影响指标", "使用年限", "≥15年"],
            ],
        ),
        unit="元",
    ).result
    (project,) = found.projects
    assert (project.phase, project.initial_budget_text, project.funds_unit) == (
        "target",
        "250.00",
        "万元",
    )
    assert [(c.statement_code, c.amount_stage, c.line_role) for c in found.cells] == [
        ("B13", "initial_budget", "total"),
        ("B13", "initial_budget", "of_which"),
    ]
    assert [(i.level3, i.target_value_text, i.target_unit) for i in found.indicators] == [
        ("修缮校舍", "4", "栋"),
        ("使用年限", "15", "年"),
    ]
    (money,) = found.narrative
    assert (money.item_name, money.published_text, money.published_unit) == ("预算", "250", "万元")


def test_targets_of_several_years_beside_those_of_the_year() -> None:
    found = read(
        document(
            [
                [("项目名称", 2), ("水源地保护", 5)],
                ["项目资金（万元）", "中期资金总额", ("900", 2), "年度资金总额", ("300", 2)],
                ["总体目标", ("中期目标（2022年-2024年）", 3), ("年度目标", 3)],
                ["", ("三年保护水源地9处。", 3), ("保护水源地3处。", 3)],
                ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
                ["产出指标", "数量指标", "保护水源地", "9处", "数量指标", "保护水源地", "3处"],
                ["效益指标", "", "", "", "社会效益指标", "供水人口", "≥12万人"],
            ]
        )
    ).result
    assert [
        (i.level1, i.level2, i.level3, i.target_value_text, i.target_unit) for i in found.indicators
    ] == [
        ("产出指标", "数量指标", "保护水源地", "3", "处"),
        ("效益指标", "社会效益指标", "供水人口", "12", "万人"),
    ]
    assert [(f.code, f.detail) for f in found.findings] == [
        ("HEADER_UNMAPPED", "二级指标"),
        ("HEADER_UNMAPPED", "三级指标"),
        ("HEADER_UNMAPPED", "指标值"),
    ]
    assert found.projects[0].initial_budget_text == "300"


def test_evaluation_tables_with_marks_only() -> None:
    found = read(
        document(
            [
                ["项目名称", ("垃圾分类", 6)],
                ["一级指标", "二级指标", "三级指标", "分值", "指标解释", "得分", "扣分原因"],
                ["决策", "项目立项", "立项依据充分性", "5", "是否符合规划。", "5", ""],
                ["过程", "资金管理", "预算执行率", "5", "执行是否到位。", "4.5", "年末支付滞后"],
                ["产出", "产出数量", "分类小区", "20", "覆盖情况。", "20", ""],
                ["总分", "", "", "30", "", "29.5", ""],
            ]
        )
    ).result
    assert [(i.level1_code, i.level3, i.weight_text, i.score_text) for i in found.indicators] == [
        ("decision", "立项依据充分性", "5", "5"),
        ("process", "预算执行率", "5", "4.5"),
        ("output", "分类小区", "20", "20"),
    ]
    assert {i.target_text for i in found.indicators} == {None}
    assert found.indicators[1].deviation_reason == "年末支付滞后"
    assert found.projects[0].total_score_text == "29.5"


def test_vertical_title_letter_by_letter_and_targets_under_their_year() -> None:
    found = read(
        document(
            [
                ["项目名称", ("古树名木保护", 5)],
                ["绩", "一级指标", "二级指标", "三级指标", "年度目标", "实际完成情况"],
                ["效", "产出指标", "数量指标", "保护古树", "120株", "120株"],
                ["指", "", "时效指标", "完成时间", "11月底前", "10月完成"],
                ["标", "总分", "", "", "", "96"],
            ]
        )
    ).result
    assert [
        (i.level2, i.target_operator, i.target_value_text, i.target_date) for i in found.indicators
    ] == [
        ("数量指标", "eq", "120", None),
        ("时效指标", "before", None, "2022-11-30"),
    ]
    assert found.projects[0].total_score_text == "96"


def test_department_forms() -> None:
    found = read(
        document(
            "部门整体支出绩效自评表",
            [
                ["部门名称", ("某市林业局", 5)],
                ["预算执行情况（万元）", "", "年初预算数", "全年预算数", "全年执行数", "执行率"],
                ["", "年度资金总额", "900", "950", "940.5", "99%"],
                ["", "（1）基本支出", "600", "600", "600", "100%"],
                ["", "（2）项目支出", "300", "350", "340.5", "97.29%"],
                ["一级指标", "二级指标", "三级指标", "计划值", "完成值", "偏差原因"],
                ["履职完成", "数量指标", "造林面积", "2万亩", "2.1万亩", ""],
                ["履职效果", "满意度", "群众满意度", "≥85%", "82%", "问卷回收少"],
            ],
            "（一）产出完成情况",
            "（1）产出质量",
            [
                ["序号", "三级指标", "计划值", "完成值", "偏差原因"],
                ["1", "苗木成活率", "90%", "93%", "　"],
            ],
        )
    ).result
    assert [p.scope for p in found.projects] == ["department", "department"]
    assert [(c.statement_code, c.expenditure_type, c.line_role) for c in found.cells][::3] == [
        ("PD", "unspecified", "total"),
        ("PD", "basic", "leaf"),
        ("PD", "project", "leaf"),
    ]
    assert [(i.level1_code, i.level2, i.level3, i.deviation_reason) for i in found.indicators] == [
        ("output", "数量指标", "造林面积", None),
        ("satisfaction", "满意度", "群众满意度", "问卷回收少"),
        ("output", "产出质量", "苗木成活率", None),
    ]


def test_numbered_items_in_one_cell() -> None:
    text = "1、开展培训20场。2、服务企业300家以上。3、预算支出控制在80万元内。"
    found = read(
        document(
            [
                ["部门（单位）名称", ("某区商务局", 3)],
                ["部门（单位）总体资金情况（万元）", "资金总额：", ("1,020.5", 2)],
                ["", "其他：", ("无", 2)],
                ["绩效指标", "一级指标", "二级指标", "具体指标（指标内容、指标值）"],
                ["", "产出指标", "产出数量指标", text],
                ["", "", "…", ""],
            ]
        )
    )
    result = found.result
    assert [(i.scope, i.level2, i.target_value_text, i.target_unit) for i in result.indicators] == [
        ("department", "产出数量指标", "20", "场"),
        ("department", "产出数量指标", "300", "家"),
        ("department", "产出数量指标", "80", "万元"),
    ]
    for indicator in result.indicators:
        source = found.sources[indicator.source_key]
        assert source.source_text == text[source.char_start : source.char_end]
    assert [(c.statement_code, c.number_text, c.value_status) for c in result.cells] == [
        ("B14", "1020.5", "reported"),
        ("B14", None, "not_applicable"),
    ]
    (money,) = result.narrative
    source = found.sources[money.source_key]
    assert text[source.char_start : source.char_end] == money.published_text == "80"


def test_what_a_page_break_put_between_two_halves_of_a_table() -> None:
    found = read(
        document(
            "部门整体支出绩效目标申报表",
            [
                ["单位名称", ("某局", 2)],
                ["一级指标", "二级指标", "具体指标（指标内容、指标值）"],
                ["产出指标", "产出质量指标", "1、甲事做好。2、乙事做好。3、"],
            ],
            "丙事做好。",
            "  产出进度指标 1上半年完成60%以上。2下半年全部完成。",
            [
                ["", "产出成本指标", ("不超过100万元", 1, 2)],
                ["", "…"],
                ["效果指标", "经济效益指标", "增收5%以上"],
            ],
            "数量指标完成情况良好。",
        )
    )
    assert [(i.level1, i.level2, i.level3) for i in found.result.indicators] == [
        ("产出指标", "产出质量指标", "1、甲事做好。"),
        ("产出指标", "产出质量指标", "2、乙事做好。"),
        ("产出指标", "产出质量指标", "3、丙事做好。"),
        ("产出指标", "产出进度指标", "1上半年完成60%以上。"),
        ("产出指标", "产出进度指标", "2下半年全部完成。"),
        ("产出指标", "产出成本指标", "不超过100万元"),
        ("效果指标", "经济效益指标", "增收5%以上"),
    ]
    progress = found.sources[found.result.indicators[4].source_key]
    assert progress.source_text == "2下半年全部完成。"


def test_a_table_of_few_columns_after_a_torn_item_is_read_and_does_not_stop_the_document() -> None:
    found = read(
        document(
            "部门整体支出绩效目标申报表",
            [
                ["单位名称", ("某局", 2)],
                ["一级指标", "二级指标", "具体指标（指标内容、指标值）"],
                ["产出指标", "产出质量指标", "1、甲事做好。2、"],
            ],
            "乙事做好。",
            [["产出成本指标", "不超过100万元"]],
        )
    )
    assert [(i.level1, i.level2, i.level3) for i in found.result.indicators][:1] == [
        ("产出指标", "产出质量指标", "1、甲事做好。"),
    ]


def test_a_figure_against_its_own_grouping_is_quarantined() -> None:
    rows = [row[:] for row in HALF_YEAR]
    rows[2][2] = "12,00,000.00"
    found = read(document(rows)).result
    assert ("NUMBER_GRAMMAR", "12,00,000.00") in {(q.code, q.observed) for q in found.quarantined}
    assert found.projects[0].initial_budget_text is None


def test_a_column_that_no_layout_knows_is_reported_once() -> None:
    rows: Rows = [
        ["项目名称", ("图书采购", 4)],
        ["一级指标", "三级指标", "年度指标值", "实际完成值", "群众评议"],
        ["产出指标", "采购图书", "5000册", "5000册", "好"],
    ]
    found = read(document(rows, [["项目名称", ("设备采购", 4)], *rows[1:]]))
    assert len(found.result.indicators) == 2
    (finding,) = found.result.findings
    assert (finding.code, finding.detail) == ("HEADER_UNMAPPED", "群众评议")
    assert found.sources[finding.source_key or ""].source_text == "群众评议"


def test_account_tables_are_no_forms() -> None:
    found = read(
        document(
            "单位：万元",
            [
                ["项目", "预算数", "执行数"],
                ["合计", "10", "9"],
                ["公务接待费", "2", "1"],
            ],
            [
                ["单位名称", "项目名称", "年初预算数", "全年执行数"],
                ["某局", "水利工程", "100", "90"],
            ],
            [
                ["购买服务一级目录", "购买服务二级目录", "购买服务三级目录", "金额"],
                ["政府履职辅助性服务", "法律服务", "法律顾问服务", "16"],
            ],
        ),
        unit="万元",
    ).result
    assert (found.projects, found.indicators, found.cells, found.narrative) == ([], [], [], [])


def test_indicators_in_prose() -> None:
    found = read(
        document(
            "（1）项目名称：乡村道路养护",
            "产出指标：①数量指标——养护里程：项目目标为不少于120公里。"
            "②质量指标——路面完好率：项目目标为路面完好率达到95%以上。",
            "满意度指标：①服务对象满意度指标——村民满意度≥90%。",
            "绩效自评总分：97.5分",
            "绩效自评等级：优秀。",
            "1.产出指标完成情况分析。",
            "（1）数量指标。养护里程：项目目标为不少于120公里，完成情况为126公里，完成项目目标。",
            "2.满意度指标完成情况分析。",
            "服务对象满意度指标：目标为村民满意度≥90%，完成情况为村民满意度92%，完成项目目标。",
        )
    )
    result = found.result
    (project,) = result.projects
    assert (project.project_name, project.total_score_text, project.grade_text) == (
        "乡村道路养护",
        "97.5",
        "优秀",
    )
    assert [
        (i.level1, i.level2, i.level3, i.target_operator, i.target_value_text, i.actual_value_text)
        for i in result.indicators
    ] == [
        ("产出指标", "数量指标", "养护里程", "ge", "120", "126"),
        ("产出指标", "质量指标", "路面完好率", "ge", "95", None),
        ("满意度指标", "服务对象满意度指标", "村民满意度", "ge", "90", "92"),
    ]
    assert [found.sources[i.source_key].line_start for i in result.indicators] == [2, 2, 3]


def test_projects_told_in_a_paragraph_each() -> None:
    found = read(
        document(
            "（二）项目绩效自评结果",
            "1.森林防火项目绩效自评综述：项目全年预算数为100.50万元，执行数为95.25万元，完成预算的"
            "94.78%。项目自评得分为96.5分，自评结论为“优”。",
            "2.“造林绿化”项目绩效自评综述",
            "该项目自评得分90分，全年预算２００万元，执行数1,995,000元。",
            "3.古树保护经费：年初预算50万元，预算执行率97%，自评得分88.7分，自评等级为良。",
            "4.甲项目绩效自评综述：自评得分90分，乙项目自评得分80分。",
            "部门整体支出绩效自评情况：自评得分为95分。",
            "重点项目：自评得分为91分。",
        )
    )
    assert [
        (
            p.scope,
            p.project_name,
            p.funds_unit,
            p.initial_budget_text,
            p.adjusted_budget_text,
            p.executed_text,
            p.execution_ratio_text,
            p.total_score_text,
            p.grade_text,
        )
        for p in found.result.projects
    ] == [
        ("project", "森林防火项目", "万元", None, "100.50", "95.25", "94.78%", "96.5", "优"),
        # Amounts in two units are not of one form: each has its unit in the prose.
        ("project", "造林绿化", None, None, None, None, None, "90", None),
        ("project", "古树保护经费", "万元", "50", None, None, "97%", "88.7", "良"),
        ("department", None, None, None, None, None, None, "95", None),
    ]
    assert found.result.cells == []
    executed = found.result.projects[0].executed_source_key
    assert executed is not None
    assert found.sources[executed].source_text == "95.25万元"


def test_sentences_of_projects_that_have_forms_count_once() -> None:
    found = read(
        document(
            "1.森林防火项目绩效自评综述：项目自评得分为96.5分。",
            [
                ["项目名称", ("森林防火", 6)],
                ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
                ["产出指标", "数量指标", "次数", "≥3次", "3次", "90", "86.5"],
            ],
        )
    )
    assert [p.project_name for p in found.result.projects] == ["森林防火"]


def test_money_in_indicators_told_in_prose_stands_where_it_is_printed() -> None:
    told = "产出指标：①成本指标——每公里养护费：项目目标为不高于1800元。"
    found = read(document("（1）项目名称：乡村道路养护", told))
    (amount,) = found.result.narrative
    place = found.sources[amount.source_key]
    assert (amount.published_text, amount.published_unit, place.line_start) == ("1800", "元", 2)
    assert place.char_start is not None
    assert told[place.char_start : place.char_end] == "1800"


def test_a_rotated_block_is_put_right_where_the_types_prove_it() -> None:
    head = ["项目名称", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]
    found = read(
        document(
            [
                head,
                ["桥梁检测", "产出指标", "数量指标", "检测桥梁", "12", "座", "≥"],
                ["", "", "质量指标", "检测合格率", "95", "%", "≥"],
                ["", "满意度指标", "服务对象满意度指标", "村民满意度", "≥", "90", "%"],
                ["", "效益指标", "社会效益指标", "出行便利", "良好", "定性", "无"],
            ]
        )
    )
    assert [
        (i.level3, i.target_operator, i.target_value_text, i.target_unit)
        for i in found.result.indicators
    ][:3] == [
        ("检测桥梁", "ge", "12", "座"),
        ("检测合格率", "ge", "95", "%"),
        ("村民满意度", "ge", "90", "%"),
    ]
    # Nothing proves where 良好 belongs: it stays where it is printed.
    assert found.result.indicators[3].target_text == "定性"
    assert [f.code for f in found.result.findings] == ["COLUMNS_SWAPPED"]


def test_a_unit_under_the_values_and_a_figure_under_the_units_are_put_right() -> None:
    head = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]
    rows: Rows = [
        ["项目名称", ("桥梁检测", 5)],
        [*head],
        ["产出指标", "数量指标", "检测桥梁", "≥", "座", "12"],
        ["产出指标", "质量指标", "合格率", "≥", "95", "%"],
        ["效益指标", "社会效益指标", "出行便利", "定性", "良好", "3"],
    ]
    found = read(document(rows))
    assert [
        (i.target_operator, i.target_text, i.target_value_text, i.target_unit)
        for i in found.result.indicators
    ] == [
        ("ge", "12", "12", "座"),
        ("ge", "95", "95", "%"),
        ("qualitative", "良好", None, "3"),
    ]
    assert [(f.code, f.detail) for f in found.result.findings] == [
        ("COLUMNS_SWAPPED", "指标值 / 度量单位")
    ]
