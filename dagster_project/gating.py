"""Between the load and its gates (把关): frames in, verdicts about rows and documents out."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dagster_project.files import NOT_A_FILE
from dagster_project.schema import GateRow, RejectedRow
from dagster_project.settings import MIN_FAILED_DOCUMENTS
from expectations.checks import Outcome, Suite
from expectations.gate import run_suite, run_suites
from expectations.suites.landing import TABLE, landing_suite
from expectations.suites.marts import mart_suites
from expectations.suites.raw import raw_suites
from extract.datasets import DATASETS
from extract.reasons import reasons

if TYPE_CHECKING:
    import pandas as pd

    from dagster_project.load import Attempt

CODE = "GATE_FAILED"
MART_ROWS = 50_000
"""Facts that one frame of the mart gate may hold, roughly."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate takes out of a batch."""

    outcomes: Sequence[Outcome]
    rows: Sequence[RejectedRow]
    documents: Mapping[str, str]
    """document_key to the first rule that it broke."""


def check_batch(
    gate: str, attempts: Mapping[str, Attempt], max_failed_share: float
) -> list[Outcome]:
    """Check the documents of a load as a whole; what is no file was never a document."""
    import pandas as pd

    attempts = {key: a for key, a in attempts.items() if a.reason_code != NOT_A_FILE}
    failed = sum(not attempt.loaded for attempt in attempts.values())
    bound = max_failed_share if failed >= MIN_FAILED_DOCUMENTS else None
    suite = landing_suite(reasons().keys(), bound)
    suite = Suite(f"{gate}.attempted", gate, TABLE, suite.checks)
    frame = pd.DataFrame(
        {
            "document_key": list(attempts),
            "path": [a.content.file.shown for a in attempts.values()],
            "size_bytes": [a.content.file.size_bytes for a in attempts.values()],
            "status": ["loaded" if a.loaded else "quarantined" for a in attempts.values()],
            "reason_code": pd.Series([a.reason_code for a in attempts.values()], dtype=object),
            "failed": [float(not a.loaded) for a in attempts.values()],
        }
    )
    return run_suite(suite, {TABLE: frame})


def check_part(part: Path, load_id: str, today: dt.date) -> Verdict:
    """Run the raw suites on one candidate part."""
    import pandas as pd

    frames = {name: pd.read_parquet(part / f"{name}.parquet") for name in DATASETS}
    outcomes = run_suites(raw_suites(today), frames)
    rows: dict[tuple[str, int], RejectedRow] = {}
    documents: dict[str, str] = {}
    for outcome in outcomes:
        dataset = outcome.suite.table
        frame = frames[dataset]
        for failure in outcome.failures:
            key = str(frame.at[failure.position, "document_key"])
            observed = f"{failure.check.name}: {failure.observed}"
            if failure.check.scope == "document":
                documents.setdefault(key, f"{outcome.suite.name}: {observed}")
                continue
            row = RejectedRow(
                load_id=load_id,
                document_key=key,
                dataset=dataset,
                code=CODE,
                observed=observed,
                source_key=_source_key(frame, failure.position),
                part=str(part / f"{dataset}.parquet"),
                position=failure.position,
            )
            rows.setdefault((dataset, failure.position), row)
    kept = [row for row in rows.values() if row.document_key not in documents]
    gc.collect()  # the library's objects hold the frames in circles
    return Verdict(outcomes, kept, documents)


def _source_key(frame: pd.DataFrame, position: int) -> str | None:
    if "source_key" not in frame:
        return None
    value = frame.at[position, "source_key"]
    return value if isinstance(value, str) else None


def check_marts(connection: duckdb.DuckDBPyConnection, documents: Sequence[str] | None) -> Verdict:
    """Run the mart suites on the built marts.

    ``documents`` limits facts and places to those of these documents (the batch that is
    new); None means all. Facts are read in bounded pieces of whole documents.
    """
    outcomes: list[Outcome] = []
    failed: dict[str, str] = {}
    built = _marts(connection)
    for suite in mart_suites():
        if suite.table not in built:
            continue
        for frame in _mart_frames(connection, suite.table, built[suite.table], documents):
            for outcome in run_suite(suite, {suite.table: frame}):
                outcomes.append(outcome)
                for failure in outcome.failures:
                    if failure.check.scope == "document":
                        key = str(frame.at[failure.position, "document_key"])
                        about = f"{failure.check.name}: {failure.observed}"
                        failed.setdefault(key, f"{suite.name}: {about}")
            gc.collect()  # as above
    return Verdict(outcomes, [], failed)


def _marts(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    rows = connection.execute(
        "SELECT table_name, list(column_name) FROM duckdb_columns() WHERE schema_name = 'marts' "
        "AND database_name = current_database() GROUP BY table_name"
    ).fetchall()
    return {table: set(names) for table, names in rows}


def _mart_frames(
    connection: duckdb.DuckDBPyConnection,
    mart: str,
    names: set[str],
    documents: Sequence[str] | None,
) -> Iterator[pd.DataFrame]:
    """Yield the mart as frames: whole for a dimension, by documents for the rest."""
    if "document_key" not in names:
        yield connection.execute(f"SELECT * FROM marts.{mart}").df()
        return
    counts = connection.execute(
        f"SELECT document_key, count(*) FROM marts.{mart} GROUP BY document_key ORDER BY 1"
    ).fetchall()
    wanted = None if documents is None else set(documents)
    chosen = [(key, n) for key, n in counts if wanted is None or key is None or key in wanted]
    for keys in _pieces(chosen):
        frame = connection.execute(
            f"SELECT * FROM marts.{mart} WHERE document_key IN (SELECT unnest(?)) "
            "OR (document_key IS NULL AND ?)",
            [[key for key in keys if key is not None], None in keys],
        ).df()
        yield frame


def _pieces(counts: Iterable[tuple[str | None, int]]) -> Iterator[list[str | None]]:
    """Cut into lists of bounded size; an empty batch is one empty list, so its checks show."""
    piece: list[str | None] = []
    size = 0
    empty = True
    for key, count in counts:
        piece.append(key)
        size += count
        if size >= MART_ROWS:
            yield piece
            piece, size = [], 0
            empty = False
    if piece or empty:
        yield piece


def gate_rows(outcomes: Sequence[Outcome], load_id: str, at: dt.datetime) -> list[GateRow]:
    """Return one row per suite and check; several parts are one, and fail if one fails."""
    merged: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in outcomes:
        merged.setdefault((outcome.suite.name, outcome.check.name), []).append(outcome)
    rows = []
    for (suite, check), parts in merged.items():
        telling = [p for p in parts if not p.success] or parts
        rows.append(
            GateRow(
                load_id=load_id,
                gate=parts[0].suite.gate,
                suite=suite,
                expectation=check,
                success=all(p.success for p in parts),
                observed="; ".join(p.error or p.observed for p in telling[:5]),
                checked_at=at,
            )
        )
    return rows


def describe(outcome: Outcome) -> str:
    """Say in one line what a check found."""
    if outcome.error is not None:
        return f"{outcome.suite.name}: {outcome.check.name} could not run ({outcome.error})"
    return f"{outcome.suite.name}: {outcome.check.name} observed {outcome.observed}"
