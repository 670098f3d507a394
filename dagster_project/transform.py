"""Runs dbt in this process (转换): the manifest once per project version, then the build.

Says which nodes passed, failed or were skipped; what that means for assets and checks
belongs to ``assets/marts.py``. No SQL and no model knowledge here.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dagster_project import storage
from dagster_project.manifest import digest_of
from dagster_project.settings import Settings

MEMORY_LEAST_MB, MEMORY_PER_MILLION_ROWS_MB = 256, 180
"""What a build may hold at once. Windows and sorted lists cannot spill all they hold: 250
documents (170,000 raw rows) fail with 128 MB; 1,000 pass with 256; 10,000 (6.7 million) fail with
512 and pass with 1,024; 20,000 pass with 2,400."""
MEMORY_SHARE = 0.7
"""Of the machine's memory, which no build exceeds."""
MANIFEST_JSON, MANIFEST_PACKED = "manifest.json", "manifest.msgpack"
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


def read_manifest(settings: Settings) -> Mapping[str, Any]:
    """Return dbt's manifest of this project version as its JSON artifact has it.

    Raises :class:`TransformError` where the project does not parse.
    """
    text = (_parsed(settings) / MANIFEST_JSON).read_text(encoding="utf-8")
    manifest: Mapping[str, Any] = json.loads(text)
    return manifest


def parse_ahead(settings: Settings) -> None:
    """Parse the project and keep the outcome beside it, for the first run of any warehouse.

    It holds nothing of a warehouse, and parsing takes about as long as building. Set-up
    does this; a run writes to its own warehouse alone. Raises :class:`TransformError` where
    the project does not parse, OSError where it may not be written to.
    """
    folder = settings.dbt_dir / "target" / _parsed_name(settings)
    if not folder.is_dir():
        _parse(settings, folder)


def _parsed(settings: Settings) -> Path:
    """Return the folder of the parsed project; parse it into the warehouse where nobody has."""
    name = _parsed_name(settings)
    folder = settings.dbt_target / name
    for ready in (settings.dbt_dir / "target" / name, folder):
        if ready.is_dir():
            return ready
    _parse(settings, folder)
    return folder


def _parse(settings: Settings, folder: Path) -> None:
    """Parse the project into a new folder; of two processes that do, one wins, both are right."""
    result = _invoke(settings, ["parse"])
    if not result.success:
        raise TransformError(f"dbt parse: {result.exception or 'failed'}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as partial:
        made = Path(partial) / folder.name
        made.mkdir()
        (made / MANIFEST_PACKED).write_bytes(result.result.to_msgpack())
        text = json.dumps(result.result.writable_manifest().to_dict(omit_none=False))
        (made / MANIFEST_JSON).write_text(text, encoding="utf-8")
        try:
            made.rename(folder)
        except OSError:  # a folder that is not empty: the other process was first
            if not folder.is_dir():
                raise


def _parsed_name(settings: Settings) -> str:
    """Name the parsed project by what it was made of, where that lies, and the dbt that read it."""
    versions = [f"{package} {version(package)}" for package in ("dbt-core", "dbt-duckdb")]
    parts = [project_digest(settings.dbt_dir), str(settings.dbt_dir), *versions]
    return "parsed-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


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
    outcome = _invoke(
        settings, [*arguments, *(["--full-refresh"] if refresh else [])], _parsed(settings)
    )
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


def _invoke(settings: Settings, arguments: Sequence[str], parsed: Path | None = None) -> Any:
    """Run dbt, which parses the project where it is not given in ``parsed``."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest

    folder = str(settings.dbt_dir)
    options = ["--project-dir", folder, "--profiles-dir", folder]
    quiet = ["--quiet", "--no-use-colors", "--log-level-file", "info"]
    # Read anew for every build: dbt writes into the manifest that it is given.
    packed = None if parsed is None else (parsed / MANIFEST_PACKED).read_bytes()
    manifest = None if packed is None else Manifest.from_msgpack(packed)
    limits = {"MINGZHANG_MEMORY_LIMIT": f"{memory_limit_mb(settings)}MB"}
    with _environment({**settings.environment(), **limits}):
        try:
            return dbtRunner(manifest=manifest).invoke([*quiet, *arguments, *options])
        finally:  # else the database stays open, and shut to readers, as long as this process
            DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]


def memory_limit_mb(settings: Settings) -> int:
    """Return what dbt's database may hold in memory: enough for the raw rows, and no more."""
    rows = 0
    if settings.database.exists():
        with storage.connect(settings.database) as connection:
            rows = storage.count_raw_rows(connection)
    wanted = rows * MEMORY_PER_MILLION_ROWS_MB // 1_000_000
    machine_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return max(MEMORY_LEAST_MB, min(wanted, int(machine_mb * MEMORY_SHARE)))


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Let dbt see the variables in the environment, and nobody else afterwards."""
    before = dict(os.environ)
    os.environ.update(variables)
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
