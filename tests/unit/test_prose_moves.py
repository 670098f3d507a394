"""What an amount moved to, and figures that print no unit or a doubtful sign."""

from __future__ import annotations

import pytest

from tests.unit.test_prose import line, read


def read_lines(*paragraphs: str, kind: str = "final_account", year: int = 2024) -> list[str]:
    return [line(row) for row in read(*paragraphs, kind=kind, year=year).figures]


@pytest.mark.parametrize(
    "turn",
    ["减少为", "下降为", "降为", "降至", "减至", "增加为", "增加到", "增至", "上升到", "压减至"],
)
def test_what_an_amount_moved_to_is_its_value(turn: str) -> None:
    assert read_lines("六、“三公”经费", f"公务接待费{turn}3.50万元，与2023年持平。") == [
        "three_public 公务接待费 value final_account none none 3.50 万元"
    ]


def test_an_amount_moved_to_is_of_the_year_whatever_it_is_compared_with() -> None:
    assert read_lines(
        "六、“三公”经费", "公务接待费支出决算较上年降至2万元，较上年减少1万元，下降33.3%。"
    ) == [
        "three_public 公务接待费支出 value final_account none none 2 万元",
        "three_public 公务接待费支出 change final_account prior_year decrease 1 万元",
        "three_public 公务接待费支出 growth_ratio final_account prior_year decrease 33.3 %",
    ]


def test_a_rate_and_the_amount_of_a_change_are_no_values() -> None:
    assert read_lines("六、“三公”经费", "公务接待费比上年增加额为3万元，增长为5%。") == [
        "three_public 公务接待费 change final_account prior_year increase 3 万元",
        "three_public 公务接待费 growth_ratio final_account prior_year increase 5 %",
    ]
