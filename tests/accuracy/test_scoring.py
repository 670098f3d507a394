"""The accuracy measurement itself: it finds what is missing and what is wrong."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import accuracy
from benchmarks.corpus import FORMATS, SPLITS, case, cases
from benchmarks.factory.blocks import Fact
from benchmarks.factory.style import DEVELOPMENT, HOLDOUT
from benchmarks.factory.writers import Spot, write
from benchmarks.scoring import Tally, meant_keys


def test_a_missing_and_a_wrong_figure_are_counted_and_named() -> None:
    tally = Tally()
    tally.add("a.txt", [("F1", 1), ("F1", 1), ("F2", 5)], [("F1", 1), ("F2", 6)])
    assert (tally.expected, tally.extracted, tally.common) == (3, 2, 1)
    assert tally.recall == pytest.approx(1 / 3)
    assert tally.precision == pytest.approx(1 / 2)
    assert tally.missed == ["a.txt: F1 | 1", "a.txt: F2 | 5"]
    assert tally.wrong == ["a.txt: F2 | 6"]


def prose(text: str, subject: str | None, measure: str = "value") -> tuple[Fact, Spot]:
    unit = "万元" if measure == "value" else "%"
    return Fact("prose", "", measure, "final_account", text, unit, None, subject=subject), Spot()


def narrated(number: str, subject: str, stage: str, measure: str = "value") -> SimpleNamespace:
    unit = "万元" if measure == "value" else "%"
    return SimpleNamespace(
        source_key="s",
        number_text=number,
        published_unit=unit,
        measure=measure,
        comparator="none",
        subject=subject,
        amount_stage=stage,
    )


def test_subject_and_stage_of_prose_are_compared_where_the_factory_knows_them() -> None:
    facts = [
        prose("1,250.50", "three_public"),
        prose("80.00", "procurement"),
        prose("66.00", "staff"),
        prose("7.00", "any"),
        prose("5.0", "basic_expenditure", "share_ratio"),
    ]
    rows = {
        "source": [SimpleNamespace(source_key="s", table_index=None)],
        "narrative_figure": [
            narrated("1250.50", "three_public", "final_account"),
            narrated("80.00", "procurement", "initial_budget"),
            narrated("66.00", "state_assets", "final_account"),
            narrated("7.00", "balance", "initial_budget"),
            narrated("5.0", "basic_expenditure", "initial_budget", "share_ratio"),
        ],
    }
    tally = Tally()
    tally.add("a.txt", *meant_keys(facts, rows))
    assert (tally.expected, tally.extracted, tally.common) == (4, 4, 2)
    assert tally.wrong == [
        "a.txt: 80 | 万元 | value | none | procurement | initial_budget",
        "a.txt: 66 | 万元 | value | none | state_assets | final_account",
    ]


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
