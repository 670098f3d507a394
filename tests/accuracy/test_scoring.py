"""The accuracy measurement itself: it finds what is missing and what is wrong."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import accuracy
from benchmarks.corpus import FORMATS, SPLITS, case, cases
from benchmarks.factory.style import DEVELOPMENT, HOLDOUT
from benchmarks.factory.writers import write
from benchmarks.scoring import Tally


def test_a_missing_and_a_wrong_figure_are_counted_and_named() -> None:
    tally = Tally()
    tally.add("a.txt", [("F1", 1), ("F1", 1), ("F2", 5)], [("F1", 1), ("F2", 6)])
    assert (tally.expected, tally.extracted, tally.common) == (3, 2, 1)
    assert tally.recall == pytest.approx(1 / 3)
    assert tally.precision == pytest.approx(1 / 2)
    assert tally.missed == ["a.txt: F1 | 1", "a.txt: F2 | 5"]
    assert tally.wrong == ["a.txt: F2 | 6"]


def test_a_case_is_the_same_every_time() -> None:
    def digest() -> str:
        made = case("holdout", 7)
        return hashlib.sha256(write(made.disclosure, made.suffix).data).hexdigest()

    assert digest() == digest()


def test_the_splits_share_no_publishing_tradition() -> None:
    assert not {s.family for s in DEVELOPMENT} & {s.family for s in HOLDOUT}
    for split in SPLITS:
        drawn = list(cases(split, 60))
        assert {c.suffix for c in drawn} == set(FORMATS)
        assert {c.disclosure.kind for c in drawn} == {"budget", "final_account"}
        assert len({c.disclosure.year for c in drawn}) > 8


@pytest.mark.parametrize("suffix", [s for s in FORMATS if s != ".xlsx"])
def test_a_writer_places_every_fact_once(suffix: str) -> None:
    disclosure = case("development", 2).disclosure
    placed = Counter(fact for fact, _ in write(disclosure, suffix).facts)
    assert placed == Counter(disclosure.facts)


def test_a_line_of_a_text_dump_holds_its_figure() -> None:
    made = case("development", 0)
    written = write(made.disclosure, ".txt")
    lines = written.data.decode().split("\n")
    assert all(fact.text in lines[(spot.line or 0) - 1] for fact, spot in written.facts)


def test_a_floor_that_is_not_measured_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = tmp_path / "floor.csv"
    floor.write_text("name,floor\na_recall,0.9\nb_recall,0.5\n", encoding="utf-8")
    monkeypatch.setattr(accuracy, "FLOOR", floor)
    assert accuracy.below_floor({"a_recall": 0.95}) == ["b_recall: not measured < 0.5"]
    assert accuracy.below_floor({"a_recall": 0.85, "b_recall": 0.5}) == ["a_recall: 0.8500 < 0.9"]
