"""The working database (工作库): its raw schema and every SQL statement of the load.

One transaction per load: rows of the documents read, the manifest and the gate results
become visible together or not at all. Nothing here decides what is loaded; typing and
normalising belong to dbt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from dagster_project.manifest import Known
from dagster_project.schema import (
    OPERATIONAL,
    ArchivedMember,
    Commit,
    GateRow,
    ManifestRow,
    RejectedRow,
)
from extract.datasets import DATASETS, columns

if TYPE_CHECKING:
    import pyarrow as pa

SQL_TYPES = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN"}

REJECTED_POSITION = {"dataset": "VARCHAR", "part": "VARCHAR", "position": "BIGINT"}


MEMORY_LIMIT = "256MB"
"""For one connection that reads, copies or appends: what is larger spills to disk."""


@contextmanager
def connect(path: Path, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database and close it again. Raises duckdb.IOException while another writes."""
    connection = duckdb.connect(str(path), read_only=read_only)
    connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
    try:
        yield connection
    finally:
        connection.close()


def ensure_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what is missing in ``raw``; columns follow the dataclasses of this version."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS raw")
    tables = {name: dict(sql_columns(name)) for name in DATASETS}
    for table, wanted in {**tables, **OPERATIONAL}.items():
        listed = ", ".join(f'"{name}" {kind}' for name, kind in wanted.items())
        connection.execute(f'CREATE TABLE IF NOT EXISTS raw."{table}" ({listed})')
        present = _column_names(connection, table)
        for name in wanted.keys() - present:
            connection.execute(f'ALTER TABLE raw."{table}" ADD COLUMN "{name}" {wanted[name]}')
        for name in present - wanted.keys():
            connection.execute(f'ALTER TABLE raw."{table}" DROP COLUMN "{name}"')


def sql_columns(dataset: str) -> Iterator[tuple[str, str]]:
    """Yield column and SQL type of a raw table, the two columns of the load last."""
    for name, (python_type, _) in columns(dataset).items():
        yield name, SQL_TYPES[python_type]
    yield "load_id", "VARCHAR"
    yield "loaded_at", "TIMESTAMP"


def _column_names(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    rows = connection.execute(
        "SELECT column_name FROM duckdb_columns() "
        "WHERE schema_name = 'raw' AND table_name = ? AND database_name = current_database()",
        [table],
    ).fetchall()
    return {name for (name,) in rows}


def load_reference(connection: duckdb.DuckDBPyConnection, table: str, file: Path) -> int:
    """Replace a reference table by a layout file, all columns as text; return its row count."""
    connection.execute(
        f'CREATE OR REPLACE TABLE raw."{table}" AS SELECT * FROM '
        "read_csv(?, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')",
        [str(file)],
    )
    row = connection.execute(f'SELECT count(*) FROM raw."{table}"').fetchone()
    return int(row[0]) if row else 0


def read_manifest(connection: duckdb.DuckDBPyConnection) -> list[ManifestRow]:
    """Return the manifest, ordered by content."""
    names = ", ".join(item.name for item in fields(ManifestRow))
    query = f"SELECT {names} FROM raw.manifest ORDER BY content_sha256"
    return [ManifestRow(*row) for row in connection.execute(query).fetchall()]


def read_known(connection: duckdb.DuckDBPyConnection) -> Known:
    """Return what earlier loads saw of the landing folder."""
    names = ", ".join(item.name for item in fields(ArchivedMember))
    query = f"SELECT {names} FROM raw.archive_member ORDER BY archive_sha256, position"
    archives: defaultdict[str, list[ArchivedMember]] = defaultdict(list)
    for row in connection.execute(query).fetchall():
        archives[row[0]].append(ArchivedMember(*row))
    return Known(_read_landing_files(connection), dict(archives), read_manifest(connection))


def _read_landing_files(
    connection: duckdb.DuckDBPyConnection,
) -> dict[str, tuple[int, int, str]]:
    """Return path to (size, mtime_ns, content_sha256) as seen last."""
    query = "SELECT path, size_bytes, mtime_ns, content_sha256 FROM raw.landing_file"
    rows = connection.execute(query).fetchall()
    return {path: (size, mtime, content) for path, size, mtime, content in rows}


def read_load_ids(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the committed loads, oldest first."""
    rows = connection.execute("SELECT load_id FROM raw.load_run ORDER BY load_id").fetchall()
    return [load_id for (load_id,) in rows]


def count_raw_rows(connection: duckdb.DuckDBPyConnection) -> int:
    """Return how many rows the raw tables hold, as the database's catalogue estimates."""
    query = "SELECT coalesce(sum(estimated_size), 0) FROM duckdb_tables() WHERE schema_name = 'raw'"
    ((rows,),) = connection.execute(query).fetchall()
    return int(rows)


def read_gate_results(connection: duckdb.DuckDBPyConnection, load_id: str) -> list[GateRow]:
    """Return the gate results of one load, in the order of the checks."""
    names = ", ".join(item.name for item in fields(GateRow))
    query = f"SELECT {names} FROM raw.gate_result WHERE load_id = ?"
    return [GateRow(*row) for row in connection.execute(query, [load_id]).fetchall()]


def read_rejected_rows(connection: duckdb.DuckDBPyConnection, limit: int) -> list[RejectedRow]:
    """Return rows that gates took out, newest load first."""
    names = ", ".join(OPERATIONAL["gate_rejected_row"])
    query = f"SELECT {names} FROM raw.gate_rejected_row ORDER BY load_id DESC LIMIT ?"
    return [RejectedRow(*row) for row in connection.execute(query, [limit]).fetchall()]


def commit_load(connection: duckdb.DuckDBPyConnection, commit: Commit) -> dict[str, int]:
    """Apply a load in one transaction; return rows written per dataset."""
    connection.execute("BEGIN")
    try:
        counts = _apply(connection, commit)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return counts


def insert_gate_results(
    connection: duckdb.DuckDBPyConnection, load_id: str, gate: str, rows: Sequence[GateRow]
) -> None:
    """Replace the results of one gate of one load."""
    connection.execute(
        "DELETE FROM raw.gate_result WHERE load_id = ? AND gate = ?", [load_id, gate]
    )
    _insert(connection, "gate_result", [astuple(row) for row in rows])


def quarantine(
    connection: duckdb.DuckDBPyConnection, documents: Mapping[str, str], code: str
) -> None:
    """Take loaded documents out again (document_key to detail), in one transaction."""
    connection.execute("BEGIN")
    try:
        with _batch(
            connection, "banned", {"key": "VARCHAR", "detail": "VARCHAR"}, list(documents.items())
        ):
            for dataset in DATASETS:
                connection.execute(
                    f"DELETE FROM raw.{dataset} WHERE document_key IN (SELECT key FROM banned)"
                )
            connection.execute(
                "UPDATE raw.manifest SET status = 'quarantined', reason_code = ?, rows = 0, "
                "detail = banned.detail FROM banned WHERE content_sha256 = banned.key",
                [code],
            )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _apply(connection: duckdb.DuckDBPyConnection, commit: Commit) -> dict[str, int]:
    rejected = [(r.dataset, r.part, r.position) for r in commit.rejected if r.position >= 0]
    with (
        _batch(connection, "attempted", {"key": "VARCHAR"}, [(key,) for key in commit.attempted]),
        _batch(connection, "loaded", {"key": "VARCHAR"}, [(key,) for key in commit.loaded]),
        _batch(connection, "rejected", REJECTED_POSITION, rejected),
    ):
        counts = {name: _replace_rows(connection, name, commit) for name in DATASETS}
        connection.execute(
            "DELETE FROM raw.gate_rejected_row WHERE document_key IN (SELECT key FROM attempted)"
        )
    _insert(connection, "gate_rejected_row", [astuple(r)[:6] for r in commit.rejected])
    _upsert(connection, "manifest", "content_sha256", [astuple(row) for row in commit.manifest])
    _upsert(connection, "landing_file", "path", commit.landing_files)
    members = [astuple(member) for member in commit.archives]
    _upsert(connection, "archive_member", "archive_sha256", members)
    with _batch(connection, "gone", {"key": "VARCHAR"}, [(key,) for key in commit.gone]):
        connection.execute(
            "DELETE FROM raw.manifest WHERE content_sha256 IN (SELECT key FROM gone)"
        )
    with _batch(connection, "vanished", {"path": "VARCHAR"}, [(p,) for p in commit.vanished]):
        connection.execute("DELETE FROM raw.landing_file WHERE path IN (SELECT path FROM vanished)")
    _insert(connection, "gate_result", [astuple(row) for row in commit.gate_results])
    attempted, loaded = len(commit.attempted), len(commit.loaded)
    if attempted:
        run = (commit.load_id, commit.loaded_at, attempted, attempted - loaded)
        _insert(connection, "load_run", [(*run, sum(counts.values()))])
    return counts


def _replace_rows(connection: duckdb.DuckDBPyConnection, dataset: str, commit: Commit) -> int:
    connection.execute(
        f"DELETE FROM raw.{dataset} WHERE document_key IN (SELECT key FROM attempted)"
    )
    files = [str(path) for path in commit.candidates.get(dataset, ())]
    if not files or not commit.loaded:
        return 0
    names = ", ".join(f'"{name}"' for name in columns(dataset))
    row = connection.execute(
        f"""
        INSERT INTO raw.{dataset} BY NAME
        SELECT {names}, ? AS load_id, ? AS loaded_at
        FROM read_parquet(?, file_row_number = true, filename = true) AS batch
        WHERE document_key IN (SELECT key FROM loaded)
          AND NOT EXISTS (
            FROM rejected AS r
            WHERE r.dataset = ? AND r.part = batch.filename AND r.position = batch.file_row_number
          )
        """,
        [commit.load_id, commit.loaded_at, files, dataset],
    ).fetchone()
    return int(row[0]) if row else 0


@contextmanager
def _batch(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    kinds: Mapping[str, str],
    rows: Sequence[Sequence[Any]],
) -> Iterator[None]:
    """Make rows of this process readable as a table called ``name``, columns in order."""
    import pyarrow as pa

    values = list(zip(*rows, strict=True)) or [()] * len(kinds)
    arrays = [
        pa.array(column, _arrow_type(kind))
        for column, kind in zip(values, kinds.values(), strict=True)
    ]
    connection.register(name, pa.table(arrays, names=list(kinds)))
    try:
        yield
    finally:
        connection.unregister(name)


def _arrow_type(kind: str) -> pa.DataType:
    import pyarrow as pa

    return {
        "VARCHAR": pa.string(),
        "BIGINT": pa.int64(),
        "BOOLEAN": pa.bool_(),
        "TIMESTAMP": pa.timestamp("us"),
    }[kind]


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]
) -> None:
    with _batch(connection, "incoming", OPERATIONAL[table], rows):
        connection.execute(f"INSERT INTO raw.{table} BY NAME FROM incoming")


def _upsert(
    connection: duckdb.DuckDBPyConnection, table: str, key: str, rows: Sequence[Sequence[Any]]
) -> None:
    with _batch(connection, "incoming", OPERATIONAL[table], rows):
        connection.execute(f"DELETE FROM raw.{table} WHERE {key} IN (SELECT {key} FROM incoming)")
        connection.execute(f"INSERT INTO raw.{table} BY NAME FROM incoming")
