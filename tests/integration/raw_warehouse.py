"""A raw schema made by hand, and dbt run on it in process: helpers of the mart tests."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.storage import ensure_schema, load_reference
from extract.datasets import DATASETS, columns

ROOT = Path(__file__).resolve().parents[2]
LOADED_AT = dt.datetime(2025, 1, 1)
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "document": {
        "media_type": "text/plain",
        "extraction_method": "text",
        "document_kind": "final_account",
        "fiscal_year": 2023,
        "department_id": "region/bureau",
        "department_name": "某市某局",
        "short_name": "某局",
        "reporting_level": "department",
    },
    "statement_table": {"status": "recognised", "n_rows": 1, "n_columns": 1},
    "statement_cell": {
        "table_index": 0,
        "line_role": "leaf",
        "measure_code": "total",
        "amount_stage": "final_account",
        "fund_source": "all",
        "expenditure_type": "unspecified",
        "published_unit": "万元",
        "value_status": "reported",
    },
    "narrative_figure": {
        "measure": "value",
        "comparator": "none",
        "direction": "none",
        "published_unit": "万元",
        "value_status": "reported",
    },
    "performance_project": {"project_no": 1, "phase": "result", "scope": "project"},
    "performance_indicator": {"project_no": 1, "phase": "result", "scope": "project"},
}


class RawWarehouse:
    """A working database whose raw rows a test writes itself.

    Keys that a row must have and a test does not care about are filled in: the document
    ``d1``, a source of its own per row, consecutive numbers.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._counter = 0
        with duckdb.connect(str(path)) as connection:
            ensure_schema(connection)
            for table, name in (
                ("reason", "reasons"),
                ("statement", "statements"),
                ("measure", "measures"),
            ):
                load_reference(connection, table, ROOT / "extract" / "layouts" / f"{name}.csv")

    def add(self, dataset: str, *rows: Mapping[str, Any]) -> None:
        """Insert rows of a dataset; columns not given take their default or stay null."""
        self.add_all({dataset: rows})

    def add_all(self, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
        """Insert rows of several datasets."""
        with duckdb.connect(str(self.path)) as connection:
            for dataset, given in rows.items():
                if prepared := [self._completed(dataset, row) for row in given]:
                    names = [*columns(dataset), "load_id", "loaded_at"]
                    marks = ", ".join("?" * len(names))
                    connection.executemany(
                        f"INSERT INTO raw.{dataset} ({', '.join(names)}) VALUES ({marks})",
                        [[row.get(name) for name in names] for row in prepared],
                    )

    def _completed(self, dataset: str, row: Mapping[str, Any]) -> dict[str, Any]:
        self._counter += 1
        full: dict[str, Any] = {
            "document_key": "d1",
            "load_id": "load-1",
            "loaded_at": LOADED_AT,
            **DEFAULTS.get(dataset, {}),
            **row,
        }
        if dataset == "document":
            full.setdefault("file_name", f"{full['document_key']}.txt")
        if dataset in ("statement_cell", "narrative_figure"):
            full.setdefault("number_text", full.get("published_text"))
            full.setdefault("figure_no", self._counter)
        if "source_key" in columns(dataset):
            full.setdefault("source_key", f"s{self._counter}")
        return full

    def _add_missing_sources(self) -> None:
        """Give every row its place, as extraction does."""
        with duckdb.connect(str(self.path)) as connection:
            for dataset in DATASETS:
                if dataset != "source" and "source_key" in columns(dataset):
                    connection.execute(
                        "INSERT INTO raw.source BY NAME SELECT DISTINCT ON (source_key) "
                        "document_key, source_key, '' AS source_text, load_id, loaded_at "
                        f"FROM raw.{dataset} WHERE source_key IS NOT NULL "
                        "AND source_key NOT IN (SELECT source_key FROM raw.source)"
                    )

    def build(self, *arguments: str) -> Any:
        """Run ``dbt build`` in process; return its result."""
        self._add_missing_sources()
        return run_dbt(self.path, "build", *arguments)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Return all rows of a query. Opened as dbt opens it, which keeps its connection."""
        with duckdb.connect(str(self.path)) as connection:
            return connection.execute(sql).fetchall()

    def value(self, sql: str) -> Any:
        """Return the one value of a query."""
        ((value,),) = self.query(sql)
        return value

    def expenditure(self, where: str = "true") -> Decimal | None:
        """Return the blind sum of marts.fact_expenditure."""
        result = self.value(f"SELECT sum(amount_yuan) FROM marts.fact_expenditure WHERE {where}")
        return None if result is None else Decimal(result)


def run_dbt(database: Path, *arguments: str) -> Any:
    """Run dbt in process against a database and return ``dbtRunnerResult``."""
    from dbt.cli.main import dbtRunner

    project = str(ROOT / "dbt")
    target = database.parent / "dbt-target"
    with _environment(MINGZHANG_DATABASE=str(database)):
        return dbtRunner().invoke(
            [
                "--quiet",
                "--log-path",
                str(target),
                *arguments,
                "--project-dir",
                project,
                "--profiles-dir",
                project,
                "--target-path",
                str(target),
            ]
        )


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def failures(result: Any) -> Sequence[str]:
    """Return the nodes of a dbt result that did not succeed, each with its message."""
    if result.exception is not None:
        return [str(result.exception)]
    return [
        f"{item.node.name}: {item.message}"
        for item in result.result
        if item.status not in ("success", "pass", "warn")
    ]


assert set(DEFAULTS) <= set(DATASETS)
