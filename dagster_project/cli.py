"""The command line (命令行): ``mingzhang run``, ``status``, ``show``, ``unmapped``, ``quarantine``.

Words and exit codes only: 0 done, 1 the load failed or stopped, 2 wrong use or settings,
3 another run holds the warehouse.
"""

from __future__ import annotations

import time

STARTED = time.perf_counter()

import atexit  # noqa: E402 - the clock starts before anything is imported
import dataclasses  # noqa: E402
import gc  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Annotated, NoReturn  # noqa: E402

import typer  # noqa: E402

from dagster_project import console  # noqa: E402
from dagster_project.settings import ROOT, Settings, SettingsError, load_settings  # noqa: E402

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Mingzhang 明账: budget and final-account disclosures as a checked, traceable warehouse.",
)

FAILED, MISUSED, BUSY = 1, 2, 3


def main() -> None:
    """Entry point of ``mingzhang``."""
    # The libraries make a million objects that live until the end. To look through them for
    # garbage again and again, and once more on leaving, is a fifth of a short run.
    gc.set_threshold(100_000, 50, 100)
    atexit.register(gc.freeze)
    app()


@app.command()
def run(
    rebuild: Annotated[
        bool, typer.Option(help="Build and publish although nothing changed.")
    ] = False,
    retry_quarantined: Annotated[
        bool, typer.Option(help="Read quarantined documents again.")
    ] = False,
) -> None:
    """Load what is new in LANDING_DIR and publish the marts."""
    from dagster_project import runner
    from dagster_project.pipeline import WarehouseBusy

    settings = _settings()
    try:
        with console.progress() as progress:
            report = runner.run(
                settings,
                progress=progress,
                rebuild=rebuild,
                retry=retry_quarantined,
                started=STARTED,
            )
    except WarehouseBusy as busy:
        _fail(str(busy), BUSY)
    except FileNotFoundError as error:
        _fail(str(error), MISUSED)
    console.print_report(settings, report)
    if not report.success:
        raise typer.Exit(FAILED)


@app.command(hidden=True)
def parse() -> None:
    """Parse the dbt project ahead of the first run, as set-up does; touches no warehouse."""
    from dagster_project.transform import parse_ahead

    with tempfile.TemporaryDirectory() as nowhere:
        settings = dataclasses.replace(_settings(), warehouse_dir=Path(nowhere))
        settings.prepare()
        parse_ahead(settings)


@app.command()
def status() -> None:
    """Say what the warehouse holds and what the last run did."""
    from dagster_project import lookup

    settings = _settings()
    if not settings.published.exists():
        _fail(f"nothing is published in {settings.published_dir} yet: run `make warehouse`", FAILED)
    console.print_status(settings, lookup.published_counts(settings))


@app.command()
def show(
    source_key: Annotated[
        str, typer.Argument(help="The source_key of any fact, or a unique beginning of it.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    picture: Annotated[
        bool, typer.Option("--picture/--no-picture", help="Draw the page of a PDF.")
    ] = True,
) -> None:
    """Show where a figure was printed: file, place, headers, exact text, facts, the page."""
    from dagster_project import console_show
    from dagster_project.origin import AmbiguousKey
    from dagster_project.show import as_dict
    from dagster_project.show import show as find

    settings = _settings()
    try:
        with _readable(settings):
            shown = find(settings, source_key, with_picture=picture)
    except AmbiguousKey as error:
        _fail(f"{error}: {', '.join(error.matches)} …", FAILED)
    if shown is None:
        _fail(f"no place has a source_key {source_key!r} 没有这个出处", FAILED)
    if as_json:
        typer.echo(json.dumps(as_dict(shown), ensure_ascii=False, default=str))
    else:
        console_show.print_shown(console.out, shown)


@app.command()
def unmapped() -> None:
    """List table titles and column headers that no layout knows, and the rows to add."""
    from dagster_project import unmapped as unknown

    settings = _settings()
    with _readable(settings):
        titles, headers = unknown.read_unmapped(settings)
    console.print_unmapped(titles, headers)


@app.command()
def quarantine() -> None:
    """List the documents in quarantine, why, and what releases them."""
    from dagster_project import lookup

    settings = _settings()
    with _readable(settings):
        rows = lookup.read_quarantine(settings)
    console.print_quarantine(rows)


@app.command()
def dev() -> None:
    """Open the Dagster page on http://127.0.0.1:3000."""
    settings = _settings()
    short = os.environ.get("TMPDIR")
    settings.prepare()
    # Dagster's sockets lie in TMPDIR, and the path of a socket must be short.
    os.environ["TMPDIR"] = short or "/tmp"
    os.chdir(ROOT)
    arguments = ["-m", "dagster", "dev", "-w", str(ROOT / "workspace.yaml"), "-h", "127.0.0.1"]
    os.execv(sys.executable, [sys.executable, *arguments])


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as error:
        _fail(str(error), MISUSED)


@contextmanager
def _readable(settings: Settings) -> Iterator[None]:
    import duckdb

    try:
        yield
    except duckdb.IOException:
        if not settings.database.exists():
            _fail("there is no warehouse yet: run `make warehouse`", FAILED)
        _fail("a run is writing the warehouse: ask again when it is done", BUSY)


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)
