"""Headers and totals of dumped tables: over which columns do their merged cells run?"""

from __future__ import annotations

import pytest

from extract.readers.align import align
from extract.readers.shares import spread

PARTS = ["类", "款", "项", "栏次", "1", "2"]


def spans(rows: list[list[str]], index: int) -> list[tuple[int, int]]:
    return [(s.column, s.column_span) for s in align(rows)[index] if not s.covered]


@pytest.mark.parametrize(
    ("header", "below", "expected"),
    [
        (["科目编码", "科目名称", "", ""], PARTS, [3, 1, 1, 1]),
        (["科目编码", "名称", "合计", "甲"], ["类", "款", "", "", "x", "y"], [2, 1, 1, 2]),
        (
            ["科目编码", "名称", "合计", "甲", "乙"],
            ["类", "款", "", "", "小计", "其他", "小计", "其他"],
            [2, 1, 1, 2, 2],
        ),
        (["收入", "支出"], ["项目", "金额", "按功能分类", "金额", "按支出用途", "金额"], [2, 4]),
        (
            ["拨款收入", "拨款支出"],
            ["项目", "合计", "功能分类", "合计", "一般公共预算", "政府性基金"],
            [2, 4],
        ),
        (
            ["本年预算", "支出预算"],
            ["基本支出", "项目支出", "合计", "基本支出", "项目支出"],
            [2, 3],
        ),
        (
            ["年初结转", "本年支出", "结余"],
            ["基本支出", "项目支出", "合计", "基本支出", "项目支出", "结转", "结余数"],
            None,
        ),
        (
            ["项目", "本年收入合计", "总计", "上年结转", "本年预算比上年预算"],
            ["编码", "名称", "", "", "小计", "人员经费", "公用经费", "增减额", "增减%"],
            [2, 1, 1, 3, 2],
        ),
        (["甲", "基金预算"], ["小计", "基本支出", "一般公共预算", "基金预算"], None),
        (["项目", "结转", "支出"], ["编码", "名称", "甲", "乙", "甲", "乙"], [2, 2, 2]),
        (["甲", "乙"], ["公共预算", "基金", "合计", "公共预算", "基金", "合计"], [3, 3]),
        (
            ["部门经济科目", "政府经济科目", "基本支出"],
            ["编码", "名称", "编码", "名称", "合计", "人员经费", "公用经费"],
            [2, 2, 3],
        ),
        (
            ["功能科目", "上年预算数", "本年预算数", "本年与上年预算数比较"],
            ["科目编码", "科目名称", "", "小计", "基本支出", "项目支出", "增减额", "增减%"],
            [2, 1, 3, 2],
        ),
        (
            ["功能科目", "2015年度", "2016年度", "比上年增减"],
            ["科目编码", "科目名称", "", "支出合计", "基本支出", "项目支出", "金额", "%"],
            [2, 1, 3, 2],
        ),
        (
            ["功能科目", "上年预算数", "本年预算数", "说明"],
            ["科目编码", "科目名称", "", "小计", "基本支出", "项目支出", "附注一", "附注二"],
            None,
        ),
    ],
)
def test_spread_by_what_the_names_say(
    header: list[str], below: list[str], expected: list[int] | None
) -> None:
    assert spread(header, below) == expected


def test_two_halves_are_not_cut_between_a_label_and_its_amount() -> None:
    rows = [["甲", "乙"], ["项目", "预算数", "事项", "预算数", "用途", "预算数"], ["a", "1"] * 3]
    assert spans(rows, 0) == [(0, 1), (1, 1)]


def test_a_total_without_a_code_keeps_the_cells_of_the_code_apart() -> None:
    rows = [
        ["科目编码", "名称", "合计", "基本支出"],
        ["类", "款", "项", "栏次", "1", "2"],
        ["", "", "", "合计", "9.00", "8.00"],
        ["205", "教育支出", "9.00", "8.00"],
        ["20508", "进修及培训", "9.00", "8.00"],
        ["2050803", "培训支出", "9.00", "8.00"],
    ]
    figures = [[s.column for s in row if not s.covered][-2:] for row in align(rows)]
    assert len({tuple(row) for row in figures}) == 1


BLOCKS = [
    ["编码", "名称", "决算数"] * 3,
    ["301", "工资", "1.00", "302", "水费", "2.00", "310", "设备", "3.00"],
    ["30101", "津贴", "1.00", "30201", "电费", "2.00", "31002", "购置", "3.00"],
]


def test_a_total_of_each_block_stands_in_its_column_of_figures() -> None:
    rows = [*BLOCKS, ["人员合计", "1.00", "公用合计", "2.00", "合计", "6.00"]]
    assert spans(rows, 3) == [(0, 2), (2, 1), (3, 2), (5, 1), (6, 2), (8, 1)]


def test_a_total_of_all_blocks_stands_at_the_right_edge() -> None:
    assert spans([*BLOCKS, ["支出合计", "6.00"]], 3) == [(0, 8), (8, 1)]


def test_a_single_total_under_columns_of_several_names_stays_where_it_came() -> None:
    rows = [["名称", "合计", "基本"], ["工资", "1.00", "1.00"], ["津贴", "1.00", "1.00"]]
    assert spans([*rows, ["合计", "2.00"]], 3) == [(0, 1), (1, 1)]


def test_a_body_of_nothing_but_totals_keeps_the_width_of_its_header() -> None:
    rows = [["科目编码", "科目名称", "合计", "基本支出"], ["合计", "—", "—"]]
    assert spans(rows, 1)[1:] == [(2, 1), (3, 1)]


def test_a_total_of_a_block_within_a_form_moves_with_its_figures() -> None:
    rows = [
        ["任务", "名称", "内容", "金额", "拨款", "其他"],
        ["", "修渠", "主干渠道", "3.00", "2.00", "1.00"],
        ["", "金额合计", "3.00", "2.00", "1.00"],
        ["指标", "一级", "二级", "三级", "性质", "指标值", "单位", "权重"],
    ]
    assert spans(rows, 2) == [(0, 1), (1, 2), (3, 1), (4, 1), (5, 1)]


def test_a_total_under_a_line_of_figures_stays_where_it_came() -> None:
    rows = [
        ["", "甲", "4.00", "3.00", "2.00", "1.00"],
        ["", "合计", "3.00", "2.00", "1.00"],
        ["指标", "一级", "二级", "三级", "性质", "指标值", "单位", "权重"],
    ]
    assert spans(rows, 1) == [(column, 1) for column in range(5)]


def test_an_item_that_runs_on_keeps_its_code_over_all_lines() -> None:
    rows = [
        ["科目编码", "科目名称", "科目编码", "科目名称", "合计"],
        ["301", "工资福利支出", "", "", "6.00"],
        ["30101", "基本工资", "50101", "工资奖金津补贴", "3.00"],
        ["", "", "50501", "工资福利支出", "2.00"],
        ["30102", "津贴补贴", "50101", "工资奖金津补贴", "1.00"],
    ]
    layout = align(rows)
    assert [(s.row_span, s.covered) for s in layout[2][:3]] == [(2, False), (2, False), (1, False)]
    assert [s.covered for s in layout[3]] == [True, True, False, False, False]
    assert not any(s.covered for index in (1, 4) for s in layout[index])


def test_a_total_under_a_single_line_keeps_its_figures_off_the_codes() -> None:
    rows = [
        ["类", "款", "项", "科目名称", "合计", "拨款", "其他"],
        ["221", "02", "01", "住房公积金", "5.00", "5.00", ""],
        ["合计", "9.00", "8.00", "1.00"],
    ]
    assert spans(rows, 2) == [(0, 4), (4, 1), (5, 1), (6, 1)]
