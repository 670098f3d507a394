"""Settings (设置) and the places that follow from them; nothing else reads the environment.

Everything that is written lies under ``warehouse_dir``: :meth:`Settings.prepare` points
the libraries that would write or send elsewhere (Dagster, dbt, Great Expectations) there
or switches that off.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from extract.readers.ocr import ENGINE_VARIABLE, ENGINES

PACKAGES = Path(__file__).resolve().parents[1]
"""Where the code lies; the project itself, unless it was installed as a copy."""
HOME_VARIABLE = "MINGZHANG_HOME"
ROOT = Path(os.environ.get(HOME_VARIABLE) or PACKAGES).expanduser().resolve()
"""The project folder: dbt, samples, ``.env``, and what relative settings count from."""
DBT_PROJECT = ROOT / "dbt"
DAGSTER_TEMPLATE = Path(__file__).with_name("dagster.yaml")

MIN_FAILED_DOCUMENTS = 3
"""Below this many failed documents a load is never called systemic."""


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to read, where to write, and when to stop."""

    landing_dir: Path
    warehouse_dir: Path
    max_failed_share: float
    """0..1; more than this share of failed documents in one load stops it."""
    workers: int
    dbt_dir: Path = DBT_PROJECT
    ocr_engine: str = ""
    """What reads scans; empty means the default."""

    @property
    def database(self) -> Path:
        """The working database: written by one run at a time, never by users."""
        return self.warehouse_dir / "work" / "mingzhang.duckdb"

    @property
    def published_dir(self) -> Path:
        """What users read."""
        return self.warehouse_dir / "published"

    @property
    def published(self) -> Path:
        """The published database."""
        return self.published_dir / "mingzhang.duckdb"

    @property
    def publication(self) -> Path:
        """The note of what was published last (fingerprint and identity of the file)."""
        return self.warehouse_dir / "work" / "publication.json"

    @property
    def loads_dir(self) -> Path:
        """Raw rows of every load as Parquet, append-only."""
        return self.warehouse_dir / "loads"

    @property
    def reports_dir(self) -> Path:
        """Pages for people."""
        return self.warehouse_dir / "reports"

    @property
    def shown_dir(self) -> Path:
        """Pictures of pages that ``mingzhang show`` has drawn."""
        return self.warehouse_dir / "show"

    @property
    def dagster_home(self) -> Path:
        """Dagster's own state."""
        return self.warehouse_dir / "dagster"

    @property
    def dbt_target(self) -> Path:
        """dbt's manifest, compiled SQL and logs."""
        return self.warehouse_dir / "dbt"

    @property
    def temporary_dir(self) -> Path:
        """What libraries put aside while they run."""
        return self.warehouse_dir / "tmp"

    @property
    def lock(self) -> Path:
        """Held by the one run that may write."""
        return self.warehouse_dir / "work" / "lock"

    def prepare(self) -> None:
        """Make the folders and keep every library inside the warehouse and offline."""
        for folder in (
            self.database.parent,
            self.published_dir,
            self.loads_dir,
            self.reports_dir,
            self.dbt_target,
            self.dagster_home,
            self.temporary_dir,
        ):
            folder.mkdir(parents=True, exist_ok=True)
        instance = self.dagster_home / "dagster.yaml"
        shutil.copyfile(DAGSTER_TEMPLATE, instance)
        os.environ.update(self.environment())
        tempfile.tempdir = None  # look at TMPDIR again

    def environment(self) -> dict[str, str]:
        """Environment variables under which the libraries must run."""
        return {
            "LANDING_DIR": str(self.landing_dir),
            "WAREHOUSE_DIR": str(self.warehouse_dir),
            "MINGZHANG_DATABASE": str(self.database),
            "DAGSTER_HOME": str(self.dagster_home),
            "TMPDIR": str(self.temporary_dir),
            "DAGSTER_DISABLE_TELEMETRY": "true",
            "DBT_TARGET_PATH": str(self.dbt_target / "target"),
            "DBT_LOG_PATH": str(self.dbt_target / "logs"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DBT_PARTIAL_PARSE": "true",
            "DO_NOT_TRACK": "1",
            ENGINE_VARIABLE: self.ocr_engine,
            "GX_ANALYTICS_ENABLED": "false",
        }


def load_settings(
    environ: Mapping[str, str] | None = None, *, root: Path = ROOT, dbt_dir: Path = DBT_PROJECT
) -> Settings:
    """Read the settings from ``environ`` (default: the process) over ``root/.env``.

    Relative folders count from ``root``. An empty value means the default.
    Raises :class:`SettingsError` for a value that cannot be used.
    """
    if not (dbt_dir / "dbt_project.yml").is_file():
        raise SettingsError(
            f"there is no dbt project in {dbt_dir}: Mingzhang runs from its source folder. Install "
            f"it there with `pip install -e .`, or let {HOME_VARIABLE} name that folder"
        )
    given = {**dotenv_values(root / ".env"), **(os.environ if environ is None else environ)}

    def value(name: str, default: str) -> str:
        return (given.get(name) or "").strip() or default

    landing = _folder(root, value("LANDING_DIR", "samples"))
    warehouse = _folder(root, value("WAREHOUSE_DIR", "warehouse"))
    if landing == warehouse or landing in warehouse.parents:
        raise SettingsError(f"WAREHOUSE_DIR {warehouse} must not lie in LANDING_DIR {landing}")
    return Settings(
        landing_dir=landing,
        warehouse_dir=warehouse,
        max_failed_share=_share("MAX_FAILED_SHARE", value("MAX_FAILED_SHARE", "0.85")),
        workers=_count("WORKERS", value("WORKERS", str(os.cpu_count() or 1))),
        dbt_dir=dbt_dir,
        ocr_engine=_engine(value(ENGINE_VARIABLE, "")),
    )


def _folder(root: Path, text: str) -> Path:
    return (root / Path(text).expanduser()).resolve()


def _engine(name: str) -> str:
    if name and name not in ENGINES:
        raise SettingsError(f"{ENGINE_VARIABLE} must be one of {', '.join(ENGINES)}, not {name!r}")
    return name


def _share(name: str, text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise SettingsError(f"{name} must be a number from 0 to 1, not {text!r}")
    return share


def _count(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise SettingsError(f"{name} must be a whole number from 1, not {text!r}")
    return int(text)
