"""Questions about the warehouse (查询): what is in it, what was kept out.

Reads only. The published copy answers while a load runs; what only the working database
knows is not available then, which shows as ``duckdb.IOException``.
"""

from __future__ import annotations

from dagster_project import storage
from dagster_project.schema import ManifestRow
from dagster_project.settings import Settings


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
