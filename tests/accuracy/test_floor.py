"""The floor of accuracy, on a small draw of every split: ``make accuracy`` takes a larger one."""

from __future__ import annotations

import pytest

from benchmarks.accuracy import below_floor, measure, values

DOCUMENTS = 16
"""Per split; every format is drawn."""


@pytest.mark.slow
def test_recall_and_precision_keep_their_floor() -> None:
    tallies = measure(DOCUMENTS)
    named = [
        leak for (_, what), tally in tallies.items() if what == "personal" for leak in tally.wrong
    ]
    assert named == []
    assert below_floor(values(tallies)) == []
