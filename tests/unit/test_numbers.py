"""The grammar of printed figures."""

from __future__ import annotations

import pytest

from extract.recognise.numbers import Number, money_unit, read_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10,122.377376", "10122.377376"),
        ("０．５", "0.5"),
        ("41，561.38", "41561.38"),
        ("△12.30", "-12.30"),
        ("(12.3)", "-12.3"),
        ("—12", "-12"),
        ("36,\n079,450.01", "36079450.01"),
        ("29,400,5\n00.00", "29400500.00"),
        (" 7.8 ", "7.8"),
        (".5", "0.5"),
        ("007", "7"),
        ("123.45①", "123.45"),
        ("1,234¹ ", "1234"),
        ("①12.5", "12.5"),
        ("¹2,345.00", "2345.00"),
        ("(12.5)②", "-12.5"),
    ],
)
def test_reads_the_figure_as_printed(text: str, expected: str) -> None:
    assert read_number(text) == Number(expected, "reported")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", "blank"),
        ("\u3000", "blank"),
        ("—", "not_applicable"),
        ("无", "not_applicable"),
        ("涉密", "not_disclosed"),
    ],
)
def test_ways_of_saying_nothing_differ(text: str, status: str) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.number_text, number.value_status) == (None, status)


def test_zero_is_a_value() -> None:
    assert read_number("0.00") == Number("0.00", "zero")


@pytest.mark.parametrize(
    "text",
    [
        "1,23,456",
        "1²2",
        "9999999999999999",
        "12.3.4",
        "1,2345",
        "12.",
        "100 200",
        "100\n200",
        "77 4,290.50",
        "(7 290,388.48)",
        "7\n4,290.50",
    ],
)
def test_a_token_against_its_own_grammar_has_no_value(text: str) -> None:
    assert read_number(text) == Number(None, "reported", "NUMBER_GRAMMAR")


@pytest.mark.parametrize("text", ["行政运行", "一、本年收入", "3人", "50%", "1、2"])
def test_text_is_no_figure(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("金额单位：万元", "万元"),
        ("单位:元", "元"),
        ("项目资金（万元）", "万元"),
        ("单位：万元 / 单位：元", None),
        ("编制单位：某某局", None),
        ("单位：人民币亿元", "亿元"),
    ],
)
def test_unit_line(text: str, unit: str | None) -> None:
    assert money_unit(text) == unit
