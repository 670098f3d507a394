"""What the assets share during one run: the load, held under the lock of the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import duckdb

from dagster_project.load import Load
from dagster_project.pipeline import exclusive
from dagster_project.settings import load_settings

IO_RETRIES = 3
IO_RETRY_SECONDS = 5


@dg.resource(description="The load of this run; the lock makes it the only one that writes.")
def warehouse(_: dg.InitResourceContext) -> Iterator[Load]:
    settings = load_settings()
    settings.prepare()
    with exclusive(settings):
        yield Load(settings)


@contextmanager
def retry_io() -> Iterator[None]:
    """Ask for the step again where reading or writing failed, and for nothing else."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        raise dg.RetryRequested(IO_RETRIES, IO_RETRY_SECONDS) from error
