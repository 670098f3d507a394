"""Lines of prose that belong together: figures and sentences broken by a line end."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extract.readers.broken_lines import Wrap, goes_on, wrap_of

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


def test_lines_of_one_width_go_on_unless_they_end_a_sentence() -> None:
    lines = [
        "2022年度一般公共预算财政拨款安排的“三公”经费支",
        "出决算总额为5.48万元，比预算增加0万元，比上年增加",
        "1.55万元，增长39.4%，主要原因是公务用车运行支出有",
        "所增加，导致“三公”经费支出增加，其中因公出国支出",
        "决算与预算相同，公务用车购置支出决算与预算相同，公",
        "务用车运行维护费支出决算与上年相比增加1.05万元。",
    ]
    wrap = wrap_of(lines)
    assert [wrap.fills(line) for line in lines] == [True] * 6
    joined = [goes_on(a, b, wrap.fills(a)) for a, b in pairwise(lines)]
    assert joined == [True] * 5
    assert not goes_on(lines[-1], "经营收入0万元。", wrap.fills(lines[-1]))
    assert not goes_on(lines[0], "（二）公务用车购置支出0万元。", full=True)


def test_paragraphs_of_different_lengths_were_not_broken() -> None:
    lines = ["本部门" + "决算情况说明" * n + "。" for n in range(4, 14)]
    assert wrap_of(lines) == Wrap()
