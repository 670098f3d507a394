"""What a cell holds: figures broken by narrow columns, percent signs and units behind."""

from __future__ import annotations

import pytest

from extract.recognise.figures import is_number, is_unreadable, read_figure


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("10,122.3773\n76", "10122.377376", None),
        ("15.25\n9200", "15.259200", None),
        ("1,234,\n567.89", "1234567.89", None),
        ("12.5%", "12.5", "%"),
        ("-3.20％", "-3.20", "%"),
        ("18.5万元", "18.5", "万元"),
        ("（12.00）", "-12.00", None),
        ("3 人", "3", "人"),
        ("3,000元", "3000", "元"),
        ("¥8 万元", "8", "万元"),
        ("-1.5\n万元", "-1.5", "万元"),
        ("12.5①万元", "12.5", "万元"),
    ],
)
def test_figure(text: str, number: str, unit: str | None) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert (figure.number.number_text, figure.unit) == (number, unit)
    assert is_number(text)


@pytest.mark.parametrize("text", ["100\n200", "1,23,456", "12.50\n3.20", "100 200万元"])
def test_two_figures_or_torn_grouping_are_no_figure(text: str) -> None:
    figure = read_figure(text)
    assert figure is None or figure.number.problem == "NUMBER_GRAMMAR"


@pytest.mark.parametrize("text", ["培训支出", "2080101-行政运行", "", "—"])
def test_no_number(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize("text", ["#REF!", "＃DIV/0!", "#N/A", "####", "12.5?", "约3万"])
def test_an_error_or_digits_in_no_known_writing_stand_for_a_figure(text: str) -> None:
    assert read_figure(text) is None
    assert is_unreadable(text)


@pytest.mark.parametrize(
    "text",
    [
        "见附件",
        "#",
        "按实际人数3人、每人每年标准和核定的月数分别测算后汇总并报主管部门审核确定的数额",
    ],
)
def test_plain_words_and_sentences_stand_for_none(text: str) -> None:
    assert not is_unreadable(text)
