"""One load (一次装载), from the landing folder to committed raw tables.

Each step calls the one before it when that has not happened yet, so a step run alone
from the Dagster page does what it needs. Until :meth:`Load.commit` nothing but the
candidate folder of this load has changed; a load that stops leaves the warehouse as
it was.
"""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dagster_project import gating, storage
from dagster_project.candidate import CandidateWriter, files_of, parts_of
from dagster_project.files import scan
from dagster_project.manifest import Content, Plan, parser_version, plan
from dagster_project.schema import REFERENCE, Commit, GateRow, ManifestRow, RejectedRow
from dagster_project.settings import PACKAGES, Settings
from expectations.checks import Outcome
from expectations.gate import warm_up
from extract.extraction import Extraction, Rejection

OnResult = Callable[[Path, Extraction | Rejection], None]
Extractor = Callable[[Sequence[Path], int, OnResult], None]
"""Extract files with so many processes and hand each result over as it comes."""

Progress = Callable[[int, int], None]
"""Called with (documents done, documents in all)."""

STALE_SECONDS = 3600
"""Age at which what libraries left in the temporary folder is nobody's any more."""

LAYOUTS = PACKAGES / "extract" / "layouts"


class LoadStopped(Exception):
    """The load may not go on and nothing of it is kept; the message says why."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one document that was read."""

    content: Content
    media_type: str | None
    rows: int
    reason_code: str | None = None
    detail: str | None = None

    @property
    def loaded(self) -> bool:
        """Whether the document goes into the warehouse."""
        return self.reason_code is None


def pool_extractor(paths: Sequence[Path], workers: int, on_result: OnResult) -> None:
    """Extract with the process pool of the extraction library."""
    from extract.pool import extract_files

    for path, result in extract_files(paths, workers=workers):
        on_result(path, result)


class Load:
    """The state of one load while it runs. Use under the lock of the warehouse."""

    def __init__(
        self,
        settings: Settings,
        *,
        extractor: Extractor = pool_extractor,
        progress: Progress | None = None,
        retry: bool = False,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC).replace(tzinfo=None),
    ) -> None:
        self.settings = settings
        self.started_at = now()
        self.load_id = f"{self.started_at:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.attempts: dict[str, Attempt] = {}
        self.outcomes: list[Outcome] = []
        self.rejected: list[RejectedRow] = []
        self.pages: Counter[tuple[str, str | None]] = Counter()
        """Pages of the PDFs that were read, by engine and by why no faster one read them."""
        self.rows_written: Mapping[str, int] = {}
        self.committed = False
        self.quarantined_by_marts: Mapping[str, str] = {}
        self._extractor = extractor
        self._progress = progress
        self._retry = retry
        self.now = now
        self._plan: Plan | None = None
        self._extraction: Future[None] | None = None
        self._extracted = False
        self._landing_checked = False

    @property
    def folder(self) -> Path:
        """The candidate folder of this load."""
        return self.settings.loads_dir / self.load_id

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Add the time of the block to a step of the summary."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] += time.perf_counter() - start

    def plan(self) -> Plan:
        """Find out what must be read; also removes what dead loads left behind."""
        if self._plan is None:
            with self.timed("scan"), storage.connect(self.settings.database) as connection:
                storage.ensure_schema(connection)
                self._remove_leftovers(storage.read_load_ids(connection))
                self._plan = plan(
                    scan(self.settings.landing_dir),
                    storage.read_known(connection),
                    parser_version(),
                    retry=self._retry,
                )
        return self._plan

    def _remove_leftovers(self, committed: Sequence[str]) -> None:
        for folder in self.settings.loads_dir.iterdir():
            if folder.name not in committed and folder.name != self.load_id:
                shutil.rmtree(folder, ignore_errors=True)
        for folder in self.settings.temporary_dir.iterdir():
            if time.time() - folder.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)

    def begin_extraction(self) -> None:
        """Start reading now, in a thread; the work is done by other processes."""
        self.plan()
        executor = ThreadPoolExecutor(1)
        self._extraction = executor.submit(self._extract)
        executor.shutdown(wait=False)

    def extract(self) -> Mapping[str, Attempt]:
        """Read every planned document into the candidate folder; return what became of each."""
        if self._extraction is not None:
            extraction, self._extraction = self._extraction, None
            extraction.result()
        elif not self._extracted:
            self._extract()
        return self.attempts

    def _extract(self) -> None:
        work = self.plan()
        self.attempts.clear()
        self.pages.clear()
        with self.timed("extraction"):
            shutil.rmtree(self.folder, ignore_errors=True)  # of a try that failed on I/O
            writer = CandidateWriter(self.folder)
            by_path = {content.file.path: content for content in work.to_read}

            def on_result(path: Path, result: Extraction | Rejection) -> None:
                attempt = _attempt(by_path[path], result)
                if attempt.loaded and isinstance(result, Extraction):
                    attempt = replace(attempt, rows=writer.add(result.rows))
                    self.pages.update(result.pages())
                self.attempts[attempt.content.key] = attempt
                if self._progress:
                    self._progress(len(self.attempts), len(by_path))

            for content in work.to_read:
                if content.refusal is not None:
                    on_result(content.file.path, Rejection(*content.refusal))
            readable = [c.file.path for c in work.to_read if c.refusal is None]
            if readable:
                warm_up()
                self._extractor(readable, self.settings.workers, on_result)
            writer.close()
            missing = by_path.keys() - {a.content.file.path for a in self.attempts.values()}
            for path in sorted(missing):  # the pool owes a result for every path
                on_result(path, Rejection("PARSER_ERROR", "no result"))
        self._extracted = True

    def gate_landing(self) -> list[Outcome]:
        """Check the batch of documents. Raises :class:`LoadStopped` where it must not go on."""
        self.extract()
        if not self._landing_checked and self.attempts:
            with self.timed("gates"):
                self._check_batch("landing")
        self._landing_checked = True
        return [o for o in self.outcomes if o.suite.gate == "landing"]

    def gate_raw(self) -> list[Outcome]:
        """Check the raw rows; take out rows and documents that fail.

        Raises :class:`LoadStopped` where a check could not run or too much failed.
        """
        self.gate_landing()
        with self.timed("gates"):
            for part in parts_of(self.folder):
                verdict = gating.check_part(part, self.load_id, self.now().date())
                self.outcomes += verdict.outcomes
                self.rejected += verdict.rows
                for key, detail in verdict.documents.items():
                    self._quarantine(key, detail)
            if any(o.suite.gate == "raw" for o in self.outcomes):
                self._stop_on([o for o in self.outcomes if o.suite.gate == "raw"])
                self._check_batch("raw")
        return [o for o in self.outcomes if o.suite.gate == "raw"]

    def _quarantine(self, key: str, detail: str) -> None:
        attempt = self.attempts[key]
        self.attempts[key] = replace(attempt, reason_code="GATE_FAILED", detail=detail, rows=0)

    def start_again_without(self, documents: Mapping[str, str]) -> None:
        """Forget documents that the mart gate took out (document_key to detail)."""
        for key in documents.keys() & self.attempts.keys():
            self._quarantine(key, documents[key])
        self.outcomes = [o for o in self.outcomes if o.suite.gate != "marts"]
        self.quarantined_by_marts = {}

    def _check_batch(self, gate: str) -> None:
        """Check the documents as a whole, among others how many of them failed."""
        outcomes = gating.check_batch(gate, self.attempts, self.settings.max_failed_share)
        self.outcomes += outcomes
        self._stop_on(outcomes)

    def _stop_on(self, outcomes: Sequence[Outcome]) -> None:
        stops = [o for o in outcomes if o.stops_load]
        if stops:
            raise LoadStopped("; ".join(gating.describe(o) for o in stops[:3]))

    def commit(self) -> Mapping[str, int]:
        """Gate what was read and make it the state of the raw tables, in one transaction."""
        if self.committed:
            return self.rows_written
        work = self.plan()
        self.gate_raw()
        with self.timed("raw"), storage.connect(self.settings.database) as connection:
            for table in REFERENCE:
                storage.load_reference(connection, table, LAYOUTS / f"{reference_file(table)}.csv")
            if not work.empty:
                known = {row.content_sha256: row for row in storage.read_manifest(connection)}
                self.rows_written = storage.commit_load(connection, self._commit(work, known))
        self.committed = True
        return self.rows_written

    def _commit(self, work: Plan, known: Mapping[str, ManifestRow]) -> Commit:
        manifest = self.manifest_rows(known)
        touched = work.arrived - self.attempts.keys()
        manifest += [
            replace(known[key], last_seen_at=self.started_at)
            for key in sorted(touched & known.keys())
        ]
        return Commit(
            load_id=self.load_id,
            loaded_at=self.started_at,
            attempted=list(self.attempts),
            loaded=[key for key, attempt in self.attempts.items() if attempt.loaded],
            candidates=files_of(self.folder),
            rejected=self.rejected,
            manifest=manifest,
            landing_files=work.seen,
            archives=[member for members in work.archives.values() for member in members],
            gone=sorted(work.gone),
            vanished=sorted(work.vanished),
            gate_results=self.gate_rows(("landing", "raw")),
        )

    def manifest_rows(self, known: Mapping[str, ManifestRow]) -> list[ManifestRow]:
        """Return what this load says about the documents that it read."""
        return [self._manifest_row(a, known.get(key)) for key, a in self.attempts.items()]

    def gate_rows(self, gates: Sequence[str]) -> list[GateRow]:
        """Return the outcomes of some gates as rows of ``raw.gate_result``."""
        chosen = [o for o in self.outcomes if o.suite.gate in gates]
        return gating.gate_rows(chosen, self.load_id, self.now())

    def _manifest_row(self, attempt: Attempt, before: ManifestRow | None) -> ManifestRow:
        file = attempt.content.file
        return ManifestRow(
            content_sha256=attempt.content.key,
            path=file.shown,
            file_name=file.name,
            size_bytes=file.size_bytes,
            mtime_ns=file.mtime_ns,
            media_type=attempt.media_type,
            parser_version=parser_version(),
            status="loaded" if attempt.loaded else "quarantined",
            rows=attempt.rows,
            reason_code=attempt.reason_code,
            detail=attempt.detail,
            first_seen_at=before.first_seen_at if before else self.started_at,
            last_seen_at=self.started_at,
            attempts=(before.attempts if before else 0) + 1,
            load_id=self.load_id,
        )


def reference_file(table: str) -> str:
    """Return the layout file of a reference table: ``reason`` lies in ``reasons.csv``."""
    return f"{table}s"


def _attempt(content: Content, result: Extraction | Rejection) -> Attempt:
    if isinstance(result, Rejection):
        return Attempt(content, result.media_type, 0, result.code, result.detail)
    if result.document_key != content.key:
        return Attempt(content, result.media_type, 0, "READ_ERROR", "changed while being read")
    return Attempt(content, result.media_type, 0)
