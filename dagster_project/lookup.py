"""Questions about the warehouse (查询): where a figure came from, what is not understood.

Reads only. The published copy answers while a load runs; what only the working database
knows is not available then, which shows as ``duckdb.IOException``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from dagster_project import storage
from dagster_project.schema import ManifestRow
from dagster_project.settings import Settings


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a published table that leads to a place."""

    table: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """A place and everything that was read from it."""

    source: dict[str, Any]
    document: dict[str, Any]
    path: str | None
    """The file as it lay in the landing folder."""
    context: Sequence[dict[str, Any]]
    """Title, line and header that bind the figure, where the raw tables tell."""
    facts: Sequence[Fact]


def find_origin(settings: Settings, source_key: str) -> Origin | None:
    """Return what is known of a ``source_key``, or None where no place has it.

    Raises duckdb.IOException where nothing is published yet.
    """
    with storage.connect(settings.published, read_only=True) as published:
        sources = _rows(published, "FROM marts.dim_source WHERE source_key = ?", [source_key])
        if not sources:
            return None
        key = sources[0]["document_key"]
        documents = _rows(published, "FROM marts.dim_document WHERE document_key = ?", [key])
        facts = [
            Fact(table, row)
            for table in _tables_with_source(published)
            for row in _rows(published, f"FROM marts.{table} WHERE source_key = ?", [source_key])
        ]
    path, context = _raw_context(settings, key, source_key)
    return Origin(sources[0], documents[0] if documents else {}, path, context, facts)


def _tables_with_source(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "SELECT table_name FROM duckdb_columns() WHERE schema_name = 'marts' "
        "AND column_name = 'source_key' AND table_name <> 'dim_source' ORDER BY 1"
    ).fetchall()
    return [name for (name,) in rows]


def _raw_context(
    settings: Settings, document_key: str, source_key: str
) -> tuple[str | None, list[dict[str, Any]]]:
    try:
        with storage.connect(settings.database, read_only=True) as working:
            path = working.execute(
                "SELECT path FROM raw.manifest WHERE content_sha256 = ?", [document_key]
            ).fetchone()
            context = _rows(
                working,
                "SELECT table_title, line_label, header_text, measure_code, line_role "
                "FROM raw.statement_cell WHERE source_key = ?",
                [source_key],
            )
            context += _rows(
                working,
                "SELECT section_path, subject, item_name, measure "
                "FROM raw.narrative_figure WHERE source_key = ?",
                [source_key],
            )
    except duckdb.IOException:
        return None, []
    return (path[0] if path else None), context


def read_unmapped(settings: Settings) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return (titles, headers) that no layout knows, most frequent first."""
    with storage.connect(settings.database, read_only=True) as working:
        titles = _rows(
            working,
            "SELECT table_title, header_text, count(*) AS tables, "
            "count(DISTINCT document_key) AS documents "
            "FROM raw.statement_table WHERE status = 'unmapped' "
            "GROUP BY ALL ORDER BY tables DESC, table_title, header_text",
        )
        headers = _rows(
            working,
            "SELECT header_text, statement_code, count(*) AS columns, "
            "count(DISTINCT document_key) AS documents "
            "FROM raw.statement_header WHERE role IS NULL AND trim(header_text) <> '' "
            "GROUP BY ALL ORDER BY columns DESC, header_text, statement_code",
        )
    return titles, headers


def read_quarantine(settings: Settings) -> list[ManifestRow]:
    """Return the quarantined documents, by file name."""
    with storage.connect(settings.database, read_only=True) as working:
        rows = storage.read_manifest(working)
    return sorted((r for r in rows if r.status == "quarantined"), key=lambda r: r.file_name)


def published_counts(settings: Settings) -> dict[str, int]:
    """Return rows per published mart and audit table."""
    with storage.connect(settings.published, read_only=True) as published:
        names = published.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
            "WHERE schema_name IN ('marts', 'audit') ORDER BY schema_name DESC, table_name"
        ).fetchall()
        counts = {}
        for (name,) in names:
            row = published.execute(f"SELECT count(*) FROM {name}").fetchone()
            counts[name] = int(row[0]) if row else 0
    return counts


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[Any] = ()
) -> list[dict[str, Any]]:
    cursor = connection.execute(query, list(parameters))
    names = [item[0] for item in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
