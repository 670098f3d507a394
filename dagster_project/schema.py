"""The tables of the pipeline itself (运行表), beside the datasets of ``extract.datasets``.

Columns are written once, here; ``storage`` creates and fills the tables.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

OPERATIONAL: Mapping[str, Mapping[str, str]] = {
    "manifest": {
        "content_sha256": "VARCHAR",
        "path": "VARCHAR",
        "file_name": "VARCHAR",
        "size_bytes": "BIGINT",
        "mtime_ns": "BIGINT",
        "media_type": "VARCHAR",
        "parser_version": "VARCHAR",
        "status": "VARCHAR",
        "rows": "BIGINT",
        "reason_code": "VARCHAR",
        "detail": "VARCHAR",
        "first_seen_at": "TIMESTAMP",
        "last_seen_at": "TIMESTAMP",
        "attempts": "BIGINT",
        "load_id": "VARCHAR",
    },
    "landing_file": {
        "path": "VARCHAR",
        "size_bytes": "BIGINT",
        "mtime_ns": "BIGINT",
        "content_sha256": "VARCHAR",
    },
    "archive_member": {
        "archive_sha256": "VARCHAR",
        "position": "BIGINT",
        "name": "VARCHAR",
        "size_bytes": "BIGINT",
        "content_sha256": "VARCHAR",
        "reason_code": "VARCHAR",
        "detail": "VARCHAR",
    },
    "gate_result": {
        "load_id": "VARCHAR",
        "gate": "VARCHAR",
        "suite": "VARCHAR",
        "expectation": "VARCHAR",
        "success": "BOOLEAN",
        "observed": "VARCHAR",
        "checked_at": "TIMESTAMP",
    },
    "gate_rejected_row": {
        "load_id": "VARCHAR",
        "document_key": "VARCHAR",
        "dataset": "VARCHAR",
        "code": "VARCHAR",
        "observed": "VARCHAR",
        "source_key": "VARCHAR",
    },
    "load_run": {
        "load_id": "VARCHAR",
        "committed_at": "TIMESTAMP",
        "attempted": "BIGINT",
        "quarantined": "BIGINT",
        "rows": "BIGINT",
    },
}
"""Tables of the pipeline itself, beside the datasets: table, column, SQL type."""

REFERENCE = ("reason", "statement", "measure")
"""Layout files that dbt reads, loaded as they are."""


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One row of ``raw.manifest``: what became of one content (by its sha256)."""

    content_sha256: str
    path: str
    file_name: str
    size_bytes: int
    mtime_ns: int
    media_type: str | None
    parser_version: str
    status: str
    rows: int
    reason_code: str | None
    detail: str | None
    first_seen_at: dt.datetime
    last_seen_at: dt.datetime
    attempts: int
    load_id: str


@dataclass(frozen=True, slots=True)
class ArchivedMember:
    """One row of ``raw.archive_member``: a document in an archive, or why it is none."""

    archive_sha256: str
    position: int
    """Order in the archive, from 0."""
    name: str
    """Path below the archive."""
    size_bytes: int
    content_sha256: str
    """Of its bytes; a digest of archive and name where they are refused."""
    reason_code: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class GateRow:
    """One row of ``raw.gate_result``."""

    load_id: str
    gate: str
    suite: str
    expectation: str
    success: bool
    observed: str
    checked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row that a gate took out, with its place in the candidate file."""

    load_id: str
    document_key: str
    dataset: str
    code: str
    observed: str
    source_key: str | None
    part: str = ""
    position: int = -1


@dataclass(frozen=True, slots=True)
class Commit:
    """Everything that one load changes."""

    load_id: str
    loaded_at: dt.datetime
    attempted: Sequence[str]
    """Contents whose rows are replaced."""
    loaded: Sequence[str]
    """Those of them whose rows go in; the others are quarantined and lose theirs."""
    candidates: Mapping[str, Sequence[Path]]
    """Dataset to its Parquet files."""
    rejected: Sequence[RejectedRow]
    manifest: Sequence[ManifestRow]
    landing_files: Sequence[tuple[str, int, int, str]]
    archives: Sequence[ArchivedMember]
    """The members of archives that were looked into."""
    gone: Sequence[str]
    """Contents that the manifest forgets: no document, and no longer there."""
    vanished: Sequence[str]
    """Paths at which nothing lies any more."""
    gate_results: Sequence[GateRow]
