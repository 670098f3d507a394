"""What happens after the raw tables (后半程): build, gate, publish; and whether a run is needed.

Used alike by the Dagster assets and the command line; holds the order of the steps and
the lock, none of their work.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from dagster_project import gating, publish, storage
from dagster_project.files import scan
from dagster_project.load import Load, LoadStopped
from dagster_project.manifest import has_new, parser_version, plan
from dagster_project.settings import Settings
from expectations.checks import Outcome


class WarehouseBusy(RuntimeError):
    """Another run holds the lock of the warehouse."""


@contextmanager
def exclusive(settings: Settings) -> Iterator[None]:
    """Hold the warehouse for one run. The lock dies with its process, so none is left behind.

    Raises :class:`WarehouseBusy` at once where another process holds it.
    """
    settings.lock.parent.mkdir(parents=True, exist_ok=True)
    with settings.lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WarehouseBusy(f"another run is working on {settings.warehouse_dir}") from None
        yield


def up_to_date(settings: Settings) -> bool:
    """Whether a run would change nothing: no new file, and the last state is published.

    Costs a stat per file and a look at the manifest. Use under the lock.
    """
    note = publish.last_publication(settings)
    if note is None or not settings.database.exists():
        return False
    with storage.connect(settings.database) as connection:
        files, known = scan(settings.landing_dir), storage.read_known(connection)
        if has_new(files, known):
            return False  # hashed once, by the load
        work = plan(files, known, parser_version())
        return work.empty and publish.fingerprint(connection, settings) == note.fingerprint


def gate_marts(load: Load) -> list[Outcome]:
    """Check the built marts and keep the results.

    Documents with failing rows are quarantined, so that the next build goes without them.
    Raises :class:`LoadStopped` where a check fails: nothing may be published then.
    """
    settings = load.settings
    with load.timed("gates"), storage.connect(settings.database) as connection:
        verdict = gating.check_marts(connection, _batch(connection, settings))
        load.outcomes += verdict.outcomes
        loads = storage.read_load_ids(connection)
        load_id = loads[-1] if loads else load.load_id
        rows = gating.gate_rows(verdict.outcomes, load_id, load.now())
        storage.insert_gate_results(connection, load_id, "marts", rows)
        if verdict.documents:
            storage.quarantine(connection, verdict.documents, gating.CODE)
    failed = [outcome for outcome in verdict.outcomes if not outcome.success]
    load.quarantined_by_marts = dict(verdict.documents)
    if failed:
        raise LoadStopped("; ".join(gating.describe(outcome) for outcome in failed[:3]))
    return list(verdict.outcomes)


def _batch(connection: duckdb.DuckDBPyConnection, settings: Settings) -> Sequence[str] | None:
    """Return the documents to check: of the loads not yet published, at least of the last one.

    None means all of them, because the code that makes the marts is not the one that made
    those published.
    """
    note = publish.last_publication(settings)
    if note is None or note.project != publish.code_digest(settings):
        return None
    rows = storage.read_manifest(connection)
    newest = max((row.load_id for row in rows), default="")
    return [r.content_sha256 for r in rows if r.load_id > note.load_id or r.load_id == newest]


def publish_marts(load: Load) -> list[publish.PublishedTable]:
    """Swap in a fresh copy of the marts."""
    with load.timed("publish"):
        return publish.publish(load.settings)
