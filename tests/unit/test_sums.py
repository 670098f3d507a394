"""Hierarchy told by sums: claimed only where the whole table closes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.recognise.sums import sum_lines


@pytest.mark.parametrize(
    ("values", "total", "parents"),
    [
        ("1 2 3", "6", set()),
        ("5 2 3 4 4", "9", {0, 3}),
        ("5 5 5 30 30 20 10", "35", {0, 1, 3, 4}),
        ("5 2 2 4", "9", None),
        ("0 0 7", "7", set()),
        ("", "0", set()),
    ],
)
def test_sum_lines(values: str, total: str, parents: set[int] | None) -> None:
    assert sum_lines([Decimal(v) for v in values.split()], Decimal(total)) == parents
