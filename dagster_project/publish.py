"""Publishing (发布): a fresh copy of the marts, swapped in as one file.

Readers that hold the old file open keep it; whoever opens the name next gets the new
one. A note beside the working database says which state is published, so that a run
that was killed anywhere is noticed and an unchanged one has nothing to do.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from dagster_project import storage
from dagster_project.manifest import digest_of
from dagster_project.settings import PACKAGES, Settings
from dagster_project.transform import project_digest

SCHEMAS = ("marts", "history", "audit")
PARQUET_SCHEMAS = ("marts", "audit")


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published last."""

    fingerprint: str
    """Of the raw state and of the code that made the marts."""
    load_id: str
    """The last load that it contains; empty where there was none."""
    project: str
    """Digest of dbt project and gates."""
    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One table of the published database."""

    schema: str
    name: str
    rows: int


def code_digest(settings: Settings) -> str:
    """Return a digest of everything but the data that decides what the marts hold."""
    code = [*(PACKAGES / "expectations").rglob("*.py"), *Path(__file__).parent.rglob("*.py")]
    return hashlib.sha256((project_digest(settings.dbt_dir) + digest_of(code)).encode()).hexdigest()


def fingerprint(connection: duckdb.DuckDBPyConnection, settings: Settings) -> str:
    """Return a digest of the raw state (by content, not by time) and of the code."""
    digest = hashlib.sha256(code_digest(settings).encode())
    for row in storage.read_manifest(connection):
        state = (row.content_sha256, row.status, row.reason_code, row.parser_version, row.rows)
        digest.update(repr(state).encode())
    return digest.hexdigest()


def last_publication(settings: Settings) -> Publication | None:
    """Return the note of the last publication, if the published file is still that one."""
    try:
        note = Publication(**json.loads(settings.publication.read_text()))
        status = settings.published.stat()
    except (OSError, ValueError, TypeError):
        return None
    same = (status.st_size, status.st_mtime_ns) == (note.size_bytes, note.mtime_ns)
    return note if same else None


def publish(settings: Settings) -> list[PublishedTable]:
    """Copy the marts out of the working database and swap the copy in.

    Returns the published tables with their row counts. Raises OSError or duckdb.Error;
    whatever was published before then still is.
    """
    folder = settings.published_dir
    parquet = folder / "parquet"
    parquet.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(folder, parquet)
    partial = folder / f".mingzhang.{os.getpid()}.duckdb"
    with storage.connect(settings.database) as connection:
        state = fingerprint(connection, settings)
        load_ids = storage.read_load_ids(connection)
        tables = _copy(connection, partial)
        for table in tables:
            if table.schema in PARQUET_SCHEMAS:
                _write_parquet(connection, table, parquet)
    _sync(partial)
    partial.replace(settings.published)
    _sync(folder)
    current = {f"{t.name}.parquet" for t in tables if t.schema in PARQUET_SCHEMAS}
    for file in parquet.glob("*.parquet"):
        if file.name not in current:
            file.unlink()
    status = settings.published.stat()
    last = load_ids[-1] if load_ids else ""
    note = Publication(state, last, code_digest(settings), status.st_size, status.st_mtime_ns)
    _replace_text(settings.publication, json.dumps(asdict(note)))
    return tables


def _remove_leftovers(folder: Path, parquet: Path) -> None:
    for file in [*folder.glob(".mingzhang.*"), *parquet.glob(".*.tmp")]:
        file.unlink(missing_ok=True)


def _copy(connection: duckdb.DuckDBPyConnection, target: Path) -> list[PublishedTable]:
    """Write the published schemas, comments included, into a new database file."""
    source = connection.execute("SELECT current_database()").fetchone()
    assert source is not None
    origin = _quoted(source[0])
    tables = []
    with _attached(connection, target):
        for schema in SCHEMAS:
            connection.execute(f"CREATE SCHEMA publication.{schema}")
        for schema, name in _relations(connection):
            table = f"{schema}.{_quoted(name)}"
            connection.execute(f"CREATE TABLE publication.{table} AS FROM {origin}.{table}")
            row = connection.execute(f"SELECT count(*) FROM publication.{table}").fetchone()
            tables.append(PublishedTable(schema, name, int(row[0]) if row else 0))
        for statement in _comments(connection):
            connection.execute(statement)
    return tables


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, target: Path) -> Iterator[None]:
    connection.execute(f"ATTACH {_literal(str(target))} AS publication")
    try:
        yield
    finally:
        connection.execute("DETACH publication")


def _relations(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return tables and views of the published schemas."""
    return connection.execute(
        "SELECT schema_name, name FROM ("
        "  SELECT schema_name, table_name AS name, database_name FROM duckdb_tables()"
        "  UNION ALL SELECT schema_name, view_name, database_name FROM duckdb_views()"
        ") WHERE database_name = current_database() AND list_contains(?, schema_name) "
        "AND NOT name LIKE '%\\_\\_dbt\\_%' ESCAPE '\\' ORDER BY ALL",
        [list(SCHEMAS)],
    ).fetchall()


def _comments(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return statements that give the copy the descriptions that dbt put on the originals."""
    wanted = dict.fromkeys(_relations(connection))
    about_tables = connection.execute(
        "SELECT schema_name, table_name, comment FROM duckdb_tables() "
        "WHERE comment IS NOT NULL AND database_name = current_database() ORDER BY ALL"
    ).fetchall()
    about_columns = connection.execute(
        "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns() "
        "WHERE comment IS NOT NULL AND database_name = current_database() ORDER BY ALL"
    ).fetchall()
    statements = [
        f"COMMENT ON TABLE publication.{schema}.{_quoted(name)} IS {_literal(text)}"
        for schema, name, text in about_tables
        if (schema, name) in wanted
    ]
    statements += [
        f"COMMENT ON COLUMN publication.{schema}.{_quoted(name)}.{_quoted(column)} "
        f"IS {_literal(text)}"
        for schema, name, column, text in about_columns
        if (schema, name) in wanted
    ]
    return statements


def _write_parquet(
    connection: duckdb.DuckDBPyConnection, table: PublishedTable, folder: Path
) -> None:
    partial = folder / f".{table.name}.tmp"
    connection.execute(
        f"COPY {table.schema}.{_quoted(table.name)} TO {_literal(str(partial))} "
        "(FORMAT parquet, COMPRESSION zstd)"
    )
    _sync(partial)
    partial.replace(folder / f"{table.name}.parquet")


def _replace_text(target: Path, text: str) -> None:
    partial = target.with_suffix(".tmp")
    partial.write_text(text)
    _sync(partial)
    partial.replace(target)


def _sync(path: Path) -> None:
    """Make sure that what was written survives a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
