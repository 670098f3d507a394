"""The project builds on nothing, on rows that say nothing, and its documentation is whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from raw_warehouse import RawWarehouse, failures

from extract.datasets import DATASETS, columns

SCHEMAS = {"staging", "intermediate", "marts", "history", "audit"}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> RawWarehouse:
    made = RawWarehouse(tmp_path_factory.mktemp("empty") / "work.duckdb")
    assert failures(made.build()) == []
    return made


def test_an_empty_raw_schema_builds_with_all_unit_and_data_tests(empty: RawWarehouse) -> None:
    assert empty.value("SELECT count(*) FROM marts.fact_expenditure") == 0
    assert empty.value("SELECT count(*) FROM marts.dim_function_class") > 100


def test_models_stand_in_exactly_the_public_schemas(empty: RawWarehouse) -> None:
    found = {
        name
        for (name,) in empty.query(
            "SELECT DISTINCT schema_name FROM duckdb_columns() WHERE database_name = "
            "current_database() "
            "AND schema_name NOT IN ('raw', 'information_schema', 'main', 'pg_catalog') "
            "AND table_name NOT LIKE '%\\_\\_dbt\\_%' ESCAPE '\\'"
        )
    }
    assert found == SCHEMAS


def test_history_has_the_columns_of_the_marts(empty: RawWarehouse) -> None:
    query = (
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = '{}' "
        "AND database_name = current_database() AND table_name LIKE 'fact%' ORDER BY ALL"
    )
    history = empty.query(query.format("history"))
    assert history == empty.query(query.format("marts"))
    assert len({table for table, _, _ in history}) == 8


def test_every_model_and_column_is_described_and_exists(empty: RawWarehouse) -> None:
    manifest = json.loads(
        (Path(empty.path).parent / "dbt-target" / "manifest.json").read_text(encoding="utf-8")
    )
    models = [
        node for node in manifest["nodes"].values() if node["resource_type"] in ("model", "seed")
    ]
    assert models
    for node in models:
        actual = {
            column
            for (column,) in empty.query(
                f"SELECT column_name FROM duckdb_columns() WHERE schema_name = '{node['schema']}' "
                f"AND table_name = '{node['alias']}' AND database_name = current_database()"
            )
        }
        documented = {
            name for name, column in node["columns"].items() if column["description"].strip()
        }
        assert node["description"].strip(), node["name"]
        assert documented == actual, node["name"]


def test_rows_without_any_value_do_no_harm(tmp_path: Path) -> None:
    made = RawWarehouse(tmp_path / "work.duckdb")
    made.add("document", {"fiscal_year": None, "department_id": None, "document_kind": None})
    required = {
        dataset: {
            name: "x" if kind is str else 1
            for name, (kind, nullable) in columns(dataset).items()
            if not nullable
        }
        for dataset in DATASETS
        if dataset != "document"
    }
    codes = {
        "line_role": "leaf",
        "amount_stage": "final_account",
        "fund_source": "all",
        "expenditure_type": "unspecified",
        "value_status": "blank",
        "measure_code": "total",
        "measure": "value",
        "comparator": "none",
        "direction": "none",
        "phase": "result",
        "scope": "project",
        "statement_code": "F3",
        "status": "unmapped",
        "source_key": "s1",
        "document_key": "d1",
    }
    for dataset, row in required.items():
        filled = {name: codes.get(name, value) for name, value in row.items()}
        made.add(dataset, {**filled, "published_unit": None, "number_text": None})
    assert failures(made.build("--exclude-resource-type", "unit_test")) == []
