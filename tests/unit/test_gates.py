"""Every suite is shown a sound batch, which it lets through, and a broken row, which it catches."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from expectations.checks import Check, Frames, Suite, not_null, one_of
from expectations.gate import run_suite, run_suites
from expectations.suites.landing import TABLE, landing_suite
from expectations.suites.marts import CHECKS, mart_suites
from expectations.suites.raw import raw_suites
from extract.datasets import DATASETS, columns

TODAY = dt.date(2024, 6, 1)
KEY = "ab" * 32
PLACE = "cd" * 12

SOUND: dict[str, dict[str, Any]] = {
    "document": {
        "document_key": KEY,
        "file_name": "a.txt",
        "media_type": "text/plain",
        "extraction_method": "text",
        "document_kind": "budget",
        "fiscal_year": 2023,
        "default_unit": "万元",
    },
    "source": {"source_key": PLACE, "document_key": KEY, "line_start": 1, "source_text": "12.50"},
    "statement_table": {
        "document_key": KEY,
        "table_index": 0,
        "statement_code": "B10",
        "status": "recognised",
        "n_rows": 3,
        "n_columns": 2,
    },
    "statement_header": {
        "document_key": KEY,
        "table_index": 0,
        "column_index": 1,
        "header_text": "合计",
    },
    "statement_cell": {
        "document_key": KEY,
        "table_index": 0,
        "statement_code": "B10",
        "line_no": 1,
        "line_role": "leaf",
        "measure_code": "total",
        "amount_stage": "initial_budget",
        "fund_source": "all",
        "expenditure_type": "unspecified",
        "published_text": "12.50",
        "number_text": "12.50",
        "value_status": "reported",
        "source_key": PLACE,
    },
    "narrative_figure": {
        "document_key": KEY,
        "figure_no": 1,
        "measure": "value",
        "comparator": "none",
        "direction": "none",
        "published_text": "12.50",
        "number_text": "12.50",
        "value_status": "reported",
        "source_key": PLACE,
    },
    "performance_project": {
        "document_key": KEY,
        "project_no": 1,
        "phase": "result",
        "scope": "project",
        "source_key": PLACE,
    },
    "performance_indicator": {
        "document_key": KEY,
        "project_no": 1,
        "indicator_no": 1,
        "scope": "project",
        "phase": "result",
        "target_operator": "ge",
        "target_value_text": "95",
        "source_key": PLACE,
    },
    "page_reading": {"document_key": KEY, "engine": "fast", "pages": 3},
    "finding": {"document_key": KEY, "code": "SHEET_HIDDEN", "detail": "x", "source_key": PLACE},
    "quarantined_row": {
        "document_key": KEY,
        "dataset": "statement_cell",
        "code": "NUMBER_GRAMMAR",
        "observed": "1,23",
    },
}

BROKEN_RAW = [
    ("document", {"fiscal_year": 1949}, "document"),
    ("document", {"fiscal_year": 2026}, "document"),
    ("document", {"document_kind": "novel"}, "document"),
    ("document", {"default_unit": "美元"}, "document"),
    ("document", {"media_type": None}, "document"),
    ("source", {"source_key": "short"}, "document"),
    ("source", {"document_key": "ef" * 32}, "document"),
    ("statement_table", {"status": "perhaps"}, "document"),
    ("statement_table", {"statement_code": "X9"}, "document"),
    ("statement_header", {"header_text": None}, "document"),
    ("statement_cell", {"number_text": "1,250.00"}, "row"),
    ("statement_cell", {"number_text": "１２"}, "row"),
    ("statement_cell", {"number_text": None}, "row"),
    ("statement_cell", {"value_status": "blank"}, "row"),
    ("statement_cell", {"value_status": "guessed"}, "row"),
    ("statement_cell", {"line_role": "root"}, "row"),
    ("statement_cell", {"amount_stage": "draft"}, "row"),
    ("statement_cell", {"published_text": "12\x0050"}, "row"),
    ("statement_cell", {"source_key": "ef" * 12}, "document"),
    ("narrative_figure", {"measure": "guess"}, "row"),
    ("narrative_figure", {"direction": "sideways"}, "row"),
    ("narrative_figure", {"number_text": "12.5.0"}, "row"),
    ("performance_project", {"scope": "world"}, "document"),
    ("performance_indicator", {"project_no": 9}, "document"),
    ("performance_indicator", {"target_operator": "maybe"}, "row"),
    ("performance_indicator", {"target_value_text": "95%"}, "row"),
    ("page_reading", {"engine": None}, "row"),
    ("page_reading", {"pages": 0}, "row"),
    ("finding", {"code": "not a code"}, "row"),
    ("quarantined_row", {"observed": None}, "row"),
]


def raw_frames(dataset: str = "", change: dict[str, Any] | None = None) -> dict[str, pd.DataFrame]:
    """A sound batch of one document; one more, changed row in ``dataset`` where given."""
    frames = {}
    for name, sound in SOUND.items():
        blank = dict.fromkeys(columns(name))
        rows = [{**blank, **sound}]
        if name == dataset and change is not None:
            rows = [{**rows[0], **change}]
        frames[name] = pd.DataFrame(rows, columns=list(blank)).astype(object)
    return frames


def test_every_raw_table_has_a_suite_and_a_sound_row() -> None:
    suites = {suite.table for suite in raw_suites(TODAY)}
    assert suites == set(DATASETS) == set(SOUND)
    assert {dataset for dataset, _, _ in BROKEN_RAW} == set(DATASETS)


def test_a_sound_batch_passes_every_raw_suite() -> None:
    outcomes = run_suites(raw_suites(TODAY), raw_frames())
    assert [(o.check.name, o.observed, o.error) for o in outcomes if not o.success] == []
    assert len(outcomes) > 100


@pytest.mark.parametrize(("dataset", "change", "scope"), BROKEN_RAW)
def test_a_broken_raw_row_is_caught(dataset: str, change: dict[str, Any], scope: str) -> None:
    suite = next(s for s in raw_suites(TODAY) if s.table == dataset)
    outcomes = run_suite(suite, raw_frames(dataset, change))
    failures = [failure for o in outcomes for failure in o.failures]
    assert {failure.position for failure in failures} == {0}
    assert scope in {failure.check.scope for failure in failures}
    assert not any(o.stops_load for o in outcomes)


def test_a_key_that_occurs_twice_is_caught() -> None:
    frames = raw_frames()
    frames["source"] = pd.concat([frames["source"]] * 2, ignore_index=True)
    suite = next(s for s in raw_suites(TODAY) if s.table == "source")
    caught = [o for o in run_suite(suite, frames) if not o.success]
    assert [o.check.expectation for o in caught] == ["expect_column_values_to_be_unique"]


def attempted(**change: Any) -> pd.DataFrame:
    sound = {
        "document_key": KEY,
        "path": "/in/a.txt",
        "size_bytes": 10,
        "status": "loaded",
        "reason_code": None,
        "failed": 0.0,
    }
    return pd.DataFrame([{**sound, **change}])


def test_a_sound_landing_batch_passes() -> None:
    outcomes = run_suite(landing_suite({"TIMEOUT"}, 0.5), {TABLE: attempted()})
    assert all(o.success for o in outcomes)


@pytest.mark.parametrize(
    "change",
    [
        {"document_key": "not a hash"},
        {"size_bytes": -1},
        {"status": "lost"},
        {"status": "quarantined", "reason_code": None},
        {"status": "quarantined", "reason_code": "NO_SUCH_REASON"},
        {"status": "quarantined", "reason_code": "TIMEOUT", "failed": 1.0},
    ],
)
def test_a_broken_landing_batch_stops_the_load(change: dict[str, Any]) -> None:
    outcomes = run_suite(landing_suite({"TIMEOUT"}, 0.5), {TABLE: attempted(**change)})
    assert any(o.stops_load for o in outcomes)


def sound_mart(mart: str) -> dict[str, Any]:
    """A row with a value in every column that the suite of the mart speaks of."""
    values: dict[str, Any] = {
        "document_key": KEY,
        "source_key": PLACE,
        "fiscal_year": 2023,
        "function_code": "2080101",
        "economic_code": "30101",
        "scheme": "department",
    }
    for check in CHECKS[mart]:
        for name in (check.arguments.get("column"), *check.arguments.get("column_list", ())):
            if name is not None and "value_set" in check.arguments:
                values[name] = check.arguments["value_set"][0]
            elif name is not None:
                values.setdefault(name, "文字 12.50" if "regex" in check.arguments else 1)
    return values


@pytest.mark.parametrize("suite", mart_suites(), ids=lambda suite: suite.table)
def test_every_mart_suite_passes_a_sound_row_and_catches_each_broken_one(suite: Suite) -> None:
    sound = sound_mart(suite.table)
    outcomes = run_suite(suite, {suite.table: pd.DataFrame([sound]).astype(object)})
    assert [o.check.name for o in outcomes if not o.success] == []
    for check in suite.checks:
        rows = [{**sound, **change} for change in _broken(check)]
        frame = pd.DataFrame(rows or [sound] * 2).astype(object)  # uniqueness: a row twice
        single = Suite(suite.name, suite.gate, suite.table, [check])
        [outcome] = run_suite(single, {suite.table: frame})
        assert not outcome.success, check.name
        assert outcome.error is None, check.name


def _broken(check: Check) -> list[dict[str, Any]]:
    column = check.arguments.get("column", "")
    broken: dict[str, list[Any]] = {
        "expect_column_values_to_not_be_null": [None],
        "expect_column_values_to_be_in_set": ["no such value"],
        "expect_column_values_to_match_regex": ["no such value"],
        "expect_column_values_to_not_match_regex": ["电话 13812345678", "11010119900307123X"],
        "expect_column_values_to_be_between": [-1],
    }
    return [{column: value} for value in broken.get(check.expectation, [])]


@pytest.mark.parametrize(
    "text", ["13,812,345,678.00", "13812345678.00", "112345678901", "2023年1380123456元"]
)
def test_amounts_are_not_taken_for_telephone_numbers(text: str) -> None:
    suite = next(s for s in mart_suites() if s.table == "dim_source")
    frame = pd.DataFrame([{"source_key": PLACE, "document_key": KEY, "source_text": text}])
    assert all(o.success for o in run_suite(suite, {"dim_source": frame}))


def test_a_check_that_cannot_run_is_never_a_pass() -> None:
    suite = Suite("t", "raw", "t", [one_of("missing", ["a"]), not_null("present")])
    broken, sound = run_suite(suite, {"t": pd.DataFrame({"present": ["x"]})})
    assert not broken.success
    assert broken.error is not None
    assert broken.stops_load
    assert sound.success


def test_a_table_that_is_absent_or_cannot_be_prepared_stops_the_load() -> None:
    def fail(_frame: pd.DataFrame, frames: Frames) -> pd.DataFrame:
        return frames["other table"]

    frame = pd.DataFrame({"a": [1]})
    for suite in (
        Suite("t", "raw", "t", [not_null("a")]),
        Suite("u", "raw", "u", [not_null("a")], fail),
    ):
        assert all(o.stops_load for o in run_suite(suite, {"u": frame}))


def test_an_empty_table_passes_rules_about_rows() -> None:
    suite = Suite("t", "raw", "t", [not_null("a")])
    [outcome] = run_suite(suite, {"t": pd.DataFrame({"a": []})})
    assert outcome.success


def test_a_failure_names_the_row_and_what_was_seen() -> None:
    suite = Suite("t", "raw", "t", [one_of("a", ["x"])])
    frame = pd.DataFrame({"a": ["x", "y", "x", "z"]}, index=[7, 7, 8, 9])
    [outcome] = run_suite(suite, {"t": frame})
    assert [(f.position, f.observed) for f in outcome.failures] == [(1, "y"), (3, "z")]
    assert outcome.observed == "2 of 4 rows fail"
