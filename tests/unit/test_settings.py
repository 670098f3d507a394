from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from dagster_project.settings import PACKAGES, SettingsError, load_settings


def test_defaults_lie_in_the_project(tmp_path: Path) -> None:
    settings = load_settings({}, root=tmp_path)
    assert settings.landing_dir == tmp_path / "samples"
    assert settings.warehouse_dir == tmp_path / "warehouse"
    assert settings.max_failed_share == 0.85
    assert settings.workers == os.cpu_count()


def test_environment_wins_over_env_file_and_empty_means_default(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LANDING_DIR=from_file\nWAREHOUSE_DIR=store\n")
    settings = load_settings({"LANDING_DIR": "from_env", "WORKERS": " "}, root=tmp_path)
    assert settings.landing_dir == tmp_path / "from_env"
    assert settings.warehouse_dir == tmp_path / "store"
    assert settings.workers == os.cpu_count()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_FAILED_SHARE", "1.5"),
        ("MAX_FAILED_SHARE", "nan"),
        ("MAX_FAILED_SHARE", "half"),
        ("WORKERS", "0"),
        ("WORKERS", "-2"),
        ("WORKERS", "two"),
        ("OCR_ENGINE", "crystal-ball"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load_settings({name: value}, root=tmp_path)


def test_the_engine_for_scans_reaches_the_workers_from_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OCR_ENGINE=faster-paddle\n")
    assert load_settings({}, root=tmp_path).environment()["OCR_ENGINE"] == "faster-paddle"


def test_a_copy_without_the_project_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"pip install -e \.|MINGZHANG_HOME"):
        load_settings({}, root=tmp_path, dbt_dir=tmp_path / "dbt")


def test_the_project_may_lie_elsewhere_than_its_code(tmp_path: Path) -> None:
    (tmp_path / "dbt").mkdir()
    (tmp_path / "dbt" / "dbt_project.yml").touch()
    code = "from dagster_project.settings import *; print(load_settings().landing_dir, PACKAGES)"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "MINGZHANG_HOME": str(tmp_path), "LANDING_DIR": ""},
        cwd=PACKAGES,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == [str(tmp_path / "samples"), str(PACKAGES)]


@pytest.mark.parametrize("warehouse", [".", "in", "in/side"])
def test_warehouse_may_not_lie_in_the_landing_folder(tmp_path: Path, warehouse: str) -> None:
    given = {"LANDING_DIR": ".", "WAREHOUSE_DIR": warehouse}
    with pytest.raises(SettingsError, match="WAREHOUSE_DIR"):
        load_settings(given, root=tmp_path)


def test_prepare_keeps_every_library_inside_the_warehouse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings({}, root=tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", tempfile.gettempdir())
    for name in settings.environment():
        monkeypatch.setenv(name, "before")
    settings.prepare()
    assert {path.name for path in tmp_path.iterdir()} == {"warehouse"}
    for name in ("MINGZHANG_DATABASE", "DAGSTER_HOME", "DBT_TARGET_PATH", "DBT_LOG_PATH", "TMPDIR"):
        assert Path(os.environ[name]).is_relative_to(settings.warehouse_dir)
    template = (settings.dagster_home / "dagster.yaml").read_text()
    assert "enabled: false" in template
