"""Runs dbt in this process (转换): the manifest once per project version, then the build.

Says which nodes passed, failed or were skipped; what that means for assets and checks
belongs to ``assets/marts.py``. No SQL and no model knowledge here.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dagster_project.manifest import digest_of
from dagster_project.settings import Settings

GENERATED = frozenset({"target", "logs", "dbt_packages"})
PASSED = frozenset({"success", "pass", "warn", "no-op"})
FAILED = frozenset({"error", "fail", "runtime error", "partial success"})


class TransformError(RuntimeError):
    """dbt could not start or a node failed; the message names the nodes."""


@dataclass(frozen=True, slots=True)
class NodeResult:
    """What became of one dbt node (model, seed, snapshot or test)."""

    unique_id: str
    status: str
    seconds: float
    message: str
    failures: int

    @property
    def passed(self) -> bool:
        """Whether the node did what it should; a warning passes."""
        return self.status in PASSED

    @property
    def failed(self) -> bool:
        """Whether the node itself failed (a skipped one did not)."""
        return self.status in FAILED

    @property
    def name(self) -> str:
        """The node without its kind and package."""
        return self.unique_id.split(".", 2)[-1]


@functools.cache
def project_digest(dbt_dir: Path) -> str:
    """Return a digest of every source file of the dbt project."""
    files = (
        path
        for path in dbt_dir.rglob("*")
        if path.is_file()
        and not GENERATED.intersection(path.relative_to(dbt_dir).parts)
        and not path.name.startswith(".")
    )
    return digest_of(files)


def manifest_path(settings: Settings) -> Path:
    """Return dbt's manifest of this project version; parse the project where there is none yet.

    Raises :class:`TransformError` where the project does not parse.
    """
    target = settings.dbt_target / "target" / "manifest.json"
    stamp = settings.dbt_target / "manifest.digest"
    digest = project_digest(settings.dbt_dir)
    if target.exists() and stamp.exists() and stamp.read_text() == digest:
        return target
    result = _invoke(settings, ["parse"])
    if not result.success:
        raise TransformError(f"dbt parse: {result.exception or 'failed'}")
    stamp.write_text(digest)
    return target


def read_manifest(settings: Settings) -> Mapping[str, Any]:
    """Return the parsed manifest."""
    manifest: Mapping[str, Any] = json.loads(manifest_path(settings).read_text(encoding="utf-8"))
    return manifest


def build(
    settings: Settings, select: Sequence[str] = (), *, full_refresh: bool = False
) -> list[NodeResult]:
    """Build the selected nodes (default: all) with their tests, unit tests left to ``make test``.

    ``select`` holds dbt arguments such as ``["--select", "..."]``. Returns every node's
    result, failed and skipped ones included. Raises :class:`TransformError` where dbt
    itself could not run. A build that was cut off is repeated as a full refresh.
    """
    unfinished = settings.dbt_target / "unfinished"
    refresh = full_refresh or unfinished.exists()
    unfinished.touch()
    arguments = ["build", "--exclude-resource-type", "unit_test", *select]
    outcome = _invoke(settings, [*arguments, *(["--full-refresh"] if refresh else [])])
    if outcome.result is None or outcome.exception is not None:
        raise TransformError(f"dbt build: {outcome.exception or 'failed'}")
    results = [
        NodeResult(
            unique_id=item.node.unique_id,
            status=str(getattr(item.status, "value", item.status)),
            seconds=float(item.execution_time),
            message=str(item.message or ""),
            failures=int(item.failures or 0),
        )
        for item in outcome.result.results
    ]
    if all(result.passed for result in results):
        unfinished.unlink()
    return results


def _invoke(settings: Settings, arguments: Sequence[str]) -> Any:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    folder = str(settings.dbt_dir)
    options = ["--project-dir", folder, "--profiles-dir", folder]
    quiet = ["--quiet", "--no-use-colors", "--log-level-file", "info"]
    with _environment(settings):
        try:
            return dbtRunner().invoke([*quiet, *arguments, *options])
        finally:  # else the database stays open, and shut to readers, as long as this process
            DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]


@contextmanager
def _environment(settings: Settings) -> Iterator[None]:
    """Let dbt see the settings in the environment, and nobody else afterwards."""
    before = dict(os.environ)
    os.environ.update(settings.environment())
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def describe_failures(results: Sequence[NodeResult]) -> str:
    """Name the failed nodes with their first line, and count the skipped ones."""
    failed = [
        f"{r.name}: {r.message.strip().splitlines()[0:1] or r.status}" for r in results if r.failed
    ]
    skipped = sum(not r.passed and not r.failed for r in results)
    return "; ".join(failed[:5]) + (f" ({skipped} nodes skipped)" if skipped else "")
