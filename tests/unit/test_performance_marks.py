"""Labels and marks of bands: 分值/得分 in one cell, 绩效指标完成情况, 资金来源."""

from __future__ import annotations

import pytest
from performance_documents import Rows, Spec, document, read


@pytest.mark.parametrize(
    ("printed", "weight", "score"),
    [
        ("20/18.5", "20", "18.5"),
        ("20分／20分", "20", "20"),
        ("18.5/20", None, None),
        ("20", None, None),
        ("", None, None),
    ],
)
def test_weight_and_score_in_one_cell(printed: str, weight: str, score: str) -> None:
    rows: Rows = [
        [("项目名称", 2), ("桥梁检测", 5)],
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "实际完成值", "分值/得分"],
        ["产出指标", "数量指标", "检测桥梁", "≥", "30", "28座", printed],
    ]
    (indicator,) = read(document(rows)).result.indicators
    assert (indicator.level3, indicator.target_text) == ("检测桥梁", "30")
    assert (indicator.weight_text, indicator.score_text) == (weight, score)


def test_label_of_the_band_is_no_column_of_values() -> None:
    rows: Rows = [
        [("部门预算项目名称", 2), ("渠道清淤", 4)],
        [
            ("绩效\n指标\n完成\n情况", 1, 3),
            "一级指标",
            "二级指标",
            "三级指标",
            "预期指标值",
            "实际完成指标值",
        ],
        ["项目完成", "数量指标", "清淤长度", "40公里", "42公里"],
        ["效益指标", "社会效益指标", "受益村庄", "9个", "8个"],
    ]
    found = read(document(rows)).result.indicators
    assert [(i.level3, i.target_text, i.actual_text) for i in found] == [
        ("清淤长度", "40公里", "42公里"),
        ("受益村庄", "9个", "8个"),
    ]


def test_list_of_projects_with_funds_of_the_year() -> None:
    rows: Rows = [
        [
            "项目名称",
            "年度预算资金（元）",
            "年度目标",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值",
        ],
        ["校车补贴", "310000.00", "保障接送", "产出指标", "数量指标", "线路", "6条"],
    ]
    result = read(document(rows)).result
    assert [(c.measure_code, c.number_text, c.published_unit) for c in result.cells] == [
        ("project_funds", "310000.00", "元")
    ]
    assert [(i.level3, i.target_text) for i in result.indicators] == [("线路", "6条")]


def test_labels_of_funds_under_a_header_of_their_own() -> None:
    rows: Rows = [
        [("部门名称", 2), ("某县水利局", 6)],
        [
            ("部门资金情况\n（元）", 1, 4),
            "资金来源",
            "年初预算数",
            "全年预算数（A）",
            "全年执行数（B）",
            "分值",
            "执行率（B/A）",
            "得分",
        ],
        ["年度资金总额", "90.00", "100.00", "95.00", "10", "95.00", "9.5"],
        ["其中：基本支出", "60.00", "60.00", "60.00", "-", "100.00", "-"],
        ["项目支出", "30.00", "40.00", "35.00", "-", "87.50", "-"],
        ["", "一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"],
        ["", "产出指标", "数量指标", "巡查次数", "12次", "12次", "90", "90"],
    ]
    cells = read(document(rows)).result.cells
    assert [(c.label_key, c.amount_stage, c.number_text) for c in cells] == [
        (line, stage, figure)
        for line, figures in (
            ("funds_total", ("90.00", "100.00", "95.00")),
            ("basic", ("60.00", "60.00", "60.00")),
            ("project", ("30.00", "40.00", "35.00")),
        )
        for stage, figure in zip(
            ("initial_budget", "adjusted_budget", "execution"), figures, strict=True
        )
    ]
    assert {c.line_label for c in cells} == {"年度资金总额", "其中：基本支出", "项目支出"}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (["900.00", "900.00", ""], [("funds_total", "900.00"), ("fiscal", "900.00")]),
        (["900.00", "", "900.00"], [("funds_total", "900.00"), ("other_funds", "900.00")]),
        (["900.00", "约900", ""], []),
    ],
)
def test_labels_over_figures_one_of_them_blank(
    printed: list[Spec], expected: list[tuple[str, str]]
) -> None:
    rows: Rows = [
        ["部门名称", ("某县水利局", 6)],
        [("年度部门整体支出预算（元）", 1, 2), "资金总额", "财政拨款", "其他资金"],
        printed,
        ["", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"],
        ["", "产出指标", "数量指标", "巡查次数", "≥", "12", "次"],
    ]
    cells = read(document(rows)).result.cells
    assert [(c.label_key, c.number_text) for c in cells] == expected
    assert {c.published_unit for c in cells} == ({"元"} if expected else set())
