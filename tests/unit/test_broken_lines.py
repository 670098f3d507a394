"""Lines of prose that belong together: figures and sentences broken by a line end."""

from __future__ import annotations

import pytest

from extract.readers.broken_lines import goes_on

BODY = "本部门当年一般公共预算财政拨款支出决算为"


@pytest.mark.parametrize(
    ("line", "following"),
    [
        (BODY + "36,", "079,450.01元，比上年增加。"),
        (BODY + "38,295", "7.77元，增长较多。"),
        (BODY + "382,95", "7.77元，增长较多。"),
        (BODY + "17", "3.3万元；"),
        (BODY + "173.", "3万元；"),
        (BODY + "173", ".3万元；"),
        (BODY + "，占本年支出的", "8.07%，其余为项目支出。"),
    ],
)
def test_a_figure_broken_by_the_line_end_is_one(line: str, following: str) -> None:
    assert goes_on(line, following)


@pytest.mark.parametrize(
    ("line", "following"),
    [
        (BODY + "2023", "1、部门概况"),
        (BODY + "2023", "1．部门概况"),
        ("2023", "2024"),
        (BODY + "1,234.56元。", "3.公务接待费2万元。"),
        (BODY + "1,234.56", "2.公务接待费，2万元。"),
    ],
)
def test_a_new_line_stays_new(line: str, following: str) -> None:
    assert not goes_on(line, following)
