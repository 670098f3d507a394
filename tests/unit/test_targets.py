"""Targets and actual values as printed."""

from __future__ import annotations

import time

import pytest

from extract.recognise.performance.targets import (
    Target,
    reached_value,
    read_columns,
    read_operator,
    read_target,
)

YEAR = 2022


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不少于1300人", Target("ge", "1300", unit="人")),
        ("≥95%", Target("ge", "95", unit="%")),
        ("≧９５％", Target("ge", "95", unit="%")),
        ("不低于每人每月标准2420元/人/月", Target("ge", "2420", unit="元/人/月")),
        ("90%以上", Target("ge", "90", unit="%")),
        ("90分及以上", Target("ge", "90", unit="分")),
        ("达到100%", Target("ge", "100", unit="%")),
        ("2000多名学员", Target("ge", "2000", unit="名")),
        ("1.02万余人次", Target("ge", "1.02", unit="万人次")),
        ("至少三次", Target("ge", "3", unit="次")),
        ("≥6.5万亩次", Target("ge", "6.5", unit="万亩次")),
        ("≤21元/亩次", Target("le", "21", unit="元/亩次")),
        ("≥3台次/年", Target("ge", "3", unit="台次/年")),
        ("≤2个次品", Target("le", "2", unit="个")),
        ("不超过134,350元", Target("le", "134350", unit="元")),
        ("控制在5%以内", Target("le", "5", unit="%")),
        ("≤3个工作日", Target("le", "3", unit="个工作日")),
        ("15日内", Target("le", "15", unit="日")),
        ("大于95%", Target("gt", "95", unit="%")),
        ("低于2起", Target("lt", "2", unit="起")),
        ("约20人", Target("approx", "20", unit="人")),
        ("100人左右", Target("approx", "100", unit="人")),
        ("近1000人", Target("approx", "1000", unit="人")),
        ("超3次", Target("gt", "3", unit="次")),
        ("〉5", Target("gt", "5")),
        ("＜=3", Target("le", "3")),
        ("未超过3%", Target("le", "3", unit="%")),
        ("85%（含）以上", Target("ge", "85", unit="%")),
        ("10+", Target("ge", "10")),
        ("“≥98%”", Target("ge", "98", unit="%")),
        ("每年不少于3次", Target("ge", "3", unit="次")),
        ("≥-5%", Target("ge", "-5", unit="%")),
    ],
)
def test_words_and_signs_of_comparison(text: str, expected: Target) -> None:
    assert read_target(text, YEAR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("70人", Target("eq", "70", unit="人")),
        ("1684.5平米", Target("eq", "1684.5", unit="平米")),
        ("13个支部", Target("eq", "13", unit="个")),
        ("预算控制数7.8万元", Target("eq", "7.8", unit="万元")),
        ("1.5万张", Target("eq", "1.5", unit="万张")),
        ("5次/年", Target("eq", "5", unit="次/年")),
        ("0", Target("eq", "0")),
        ("20000", Target("eq", "20000")),
        ("下降5个百分点", Target("eq", "5", unit="个百分点")),
        ("三次", Target("eq", "3", unit="次")),
        ("两千人", Target("eq", "2000", unit="人")),
        ("一万二千人", Target("eq", "12000", unit="人")),
        ("百分之九十", Target("eq", "90", unit="%")),
        ("-5%", Target("eq", "-5", unit="%")),
        ("达标率95%", Target("eq", "95", unit="%")),
        ("提前10%", Target("eq", "10", unit="%")),
        ("12月底前100%完成", Target("eq", "100", unit="%")),
        ("每季度1次", Target("eq", "1", unit="次/季度")),
        ("每月2次", Target("eq", "2", unit="次/月")),
        ("12345热线办结率100%", Target("eq", "100", unit="%")),
        ("27874.36元（余款3.5元退回）", Target("eq", "27874.36", unit="元")),
    ],
)
def test_a_bare_figure_is_equal_and_keeps_its_unit(text: str, expected: Target) -> None:
    assert read_target(text, YEAR) == expected


@pytest.mark.parametrize("text", ["90%-95%", "90～95%", "90%至95%", "90—95%"])
def test_ranges(text: str) -> None:
    assert read_target(text) == Target("between", "90", "95", "%")


@pytest.mark.parametrize(
    "text",
    ["≥90%且≤95%", "90%≤X≤95%", "不少于90%，不超过95%", "≥90%-95%", "90%~95%"],
)
def test_two_bounds_are_a_range(text: str) -> None:
    assert read_target(text) == Target("between", "90", "95", "%")


@pytest.mark.parametrize("text", ["95%-90%", "≤90%且≥95%", "≥90人且≤95%"])
def test_bounds_that_contradict_each_other_are_none(text: str) -> None:
    assert read_target(text) == Target("qualitative")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("12月底前完成", "2022-12-31"),
        ("年底前完成", "2022-12-31"),
        ("2021年底完成", "2021-12-31"),
        ("2023年6月30日前", "2023-06-30"),
        ("2023/6/30前", "2023-06-30"),
        ("2023.06.30前完成", "2023-06-30"),
        ("6月份完成", "2022-06-30"),
        ("12月前", "2022-11-30"),
        ("第三季度前完成", "2022-09-30"),
        ("上半年完成", "2022-06-30"),
        ("2月末前", "2022-02-28"),
    ],
)
def test_deadlines(text: str, date: str) -> None:
    assert read_target(text, YEAR) == Target("before", date=date)


def test_a_month_without_a_year_has_no_date() -> None:
    assert read_target("12月底前完成") == Target("before", date=None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "满意",
        "按时完成",
        "2020年",
        "2019年全年",
        "2019年1-5月",
        "3月-11月",
        "1月份84.95%，6月份15.05%",
        "3人24小时值班",
        "购置阅读器60台，单价1300元/台",
        "落实“四个意识”",
        "一次性补齐",
        "每月10日前",
        "为辖区内8个乡镇的流动人员档案管理工作提供保障",
        "使用STAR-56型设备",
        "三分之二",
        "2/3以上",
        "1:1.5",
        "全省前3名",
        "前三名",
        "前10%",
        "二级甲等",
        "5A级",
        "一级",
        "T+1",
        "±5%",
        "≤±5%",
        "1 234人",
        "20221231",
        "2022/12/31",
        "长" * 5000,
    ],
)
def test_no_single_figure_is_qualitative(text: str) -> None:
    assert read_target(text, YEAR) == Target("qualitative")


@pytest.mark.parametrize(
    ("operator", "value", "unit", "expected"),
    [
        ("≥", "90", "%", Target("ge", "90", unit="%")),
        ("＝", "259.12", "万元", Target("eq", "259.12", unit="万元")),
        ("≤", "８", "小时", Target("le", "8", unit="小时")),
        ("定性", "得到提升", "元", Target("qualitative", unit="元")),
        ("定性", "1", "", Target("qualitative")),
        ("", "不少于5", "场", Target("ge", "5", unit="场")),
        ("=", "一季度", None, Target("qualitative")),
        ("≥", "三", "次", Target("ge", "3", unit="次")),
        ("反向", "5", "%", Target("le", "5", unit="%")),
    ],
)
def test_columns_win_over_words(
    operator: str, value: str, unit: str | None, expected: Target
) -> None:
    assert read_columns(operator, value, unit, YEAR) == expected


@pytest.mark.parametrize(
    ("target", "actual", "value"),
    [
        ("≥90%", "92%", "92"),
        ("≥90%", "95%以上", "95"),
        ("≥90%", "低于95%", None),
        ("≥90%", "90%-95%", "90"),
        ("≤5天", "3-6天", "6"),
        ("≤5天", "超过5天", None),
        ("≤5%", "3%以内", "3"),
        ("100%", "90%以上", None),
        ("100%", "≥100%", "100"),
        ("50人", "超过40人", None),
        ("50人", "40-60人", None),
        ("提升", "95%以上", "95"),
    ],
)
def test_a_bound_is_a_value_only_where_it_proves_its_target(
    target: str, actual: str, value: str | None
) -> None:
    assert reached_value(read_target(target), read_target(actual)) == value


def test_operator_cells() -> None:
    assert read_operator(" ＝ ") == "eq"
    assert read_operator("定性") == "qualitative"
    assert read_operator("90") is None


@pytest.mark.parametrize("piece", ["1", "一", "12月", "不少于", "(", "1,", "“", "A1-", "百分之"])
def test_reading_stays_fast_on_hostile_text(piece: str) -> None:
    text = (piece * 2000)[:2000]
    start = time.process_time()
    read_target(text, YEAR)
    assert time.process_time() - start < 0.5
