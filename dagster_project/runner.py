"""Runs the Dagster job in this process (运行), as the command line and tests do.

The run is recorded in the instance of the warehouse, so the Dagster page shows it.
Raises nothing for a load that fails: the :class:`Report` says what happened.
"""

from __future__ import annotations

import functools
import gc
import logging
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dagster_project.load import Extractor, Load, Progress, pool_extractor
from dagster_project.pipeline import exclusive, up_to_date
from dagster_project.settings import Settings

if TYPE_CHECKING:
    import dagster as dg

MAX_BUILDS = 3
"""How often a run may build again without documents that the mart gate took out."""


@dataclass(slots=True)
class Report:
    """What a run did."""

    success: bool
    skipped: bool = False
    """Nothing was new and the last state is published."""
    load_id: str = ""
    loaded: int = 0
    quarantined: list[tuple[str, str, str]] = field(default_factory=list)
    """(file name, reason code, detail) of this load."""
    rows: int = 0
    pages: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    """Pages of the PDFs that were read, by engine and by why no faster one read them."""
    files_unchanged: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def run(
    settings: Settings,
    *,
    extractor: Extractor = pool_extractor,
    progress: Progress | None = None,
    rebuild: bool = False,
    retry: bool = False,
    started: float | None = None,
) -> Report:
    """Bring the warehouse up to date with the landing folder.

    ``rebuild`` builds and publishes although nothing changed; ``retry`` reads quarantined
    documents again. ``started`` is when the process began (``time.perf_counter``).
    Raises WarehouseBusy where another run is at work, FileNotFoundError without a
    landing folder.
    """
    begin = time.perf_counter() if started is None else started
    settings.prepare()
    with exclusive(settings):
        if not rebuild and not retry and up_to_date(settings):
            return Report(True, skipped=True, seconds={"total": time.perf_counter() - begin})
        load = Load(settings, extractor=extractor, progress=progress, retry=retry)
        work = load.plan()
        load.begin_extraction()  # meanwhile this process imports and parses
        failures: list[str] = []
        for _ in range(MAX_BUILDS):
            failures = _execute(load, begin)
            if not failures or not load.quarantined_by_marts:
                break
            load.start_again_without(load.quarantined_by_marts)
    load.seconds["total"] = time.perf_counter() - begin
    return Report(
        success=not failures,
        load_id=load.load_id,
        loaded=sum(a.loaded for a in load.attempts.values()),
        quarantined=sorted(
            (a.content.file.name, a.reason_code, a.detail or "")
            for a in load.attempts.values()
            if a.reason_code is not None
        ),
        rows=sum(load.rows_written.values()),
        pages=load.pages,
        files_unchanged=work.unchanged,
        seconds=dict(load.seconds),
        failures=failures,
    )


def _execute(load: Load, begin: float) -> list[str]:
    """Execute the job once; return what failed, in words, and nothing where all went well."""
    logging.getLogger("dagster").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dagster as dg

        job = _job(load.settings)
        gc.freeze()  # what the libraries made so far stays: no collection need look at it
        with dg.DagsterInstance.from_config(str(load.settings.dagster_home)) as instance:
            load.seconds.setdefault("start-up", time.perf_counter() - begin)
            result = job.execute_in_process(
                instance=instance,
                resources={"warehouse": load},
                raise_on_error=False,
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            )
    if result.success:
        return []
    return _failures(result) or ["the run failed: see the Dagster page"]


@functools.cache
def _job(settings: Settings) -> dg.JobDefinition:
    from dagster_project.job import build_definitions

    return build_definitions(settings).resolve_job_def("warehouse")


def _failures(result: object) -> list[str]:
    events = getattr(result, "all_events", [])
    messages: Counter[str] = Counter()
    for event in events:
        if event.event_type_value == "STEP_FAILURE":
            data = event.step_failure_data
            described = data.user_failure_data.description if data.user_failure_data else None
            error = data.error
            cause = error.cause if error is not None and error.cause is not None else error
            text = described or (cause.message if cause is not None else "failed")
            messages[f"{event.step_key}: {text.strip()}"] += 1
    return list(messages)
