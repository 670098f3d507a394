"""The parsed dbt project: made once, beside the project, for every warehouse."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dagster_project import transform
from dagster_project.settings import DBT_PROJECT, Settings, load_settings


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A dbt project of one model, with the profile of the real one."""
    folder = tmp_path / "project"
    (folder / "models").mkdir(parents=True)
    (folder / "models" / "answer.sql").write_text("select 42 as answer\n")
    (folder / "dbt_project.yml").write_text("name: tiny\nprofile: mingzhang\n")
    shutil.copy(DBT_PROJECT / "profiles.yml", folder)
    return folder


@pytest.fixture
def invoked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The dbt commands that a test caused, in order."""
    commands: list[str] = []
    invoke = transform._invoke

    def noted(settings: Settings, arguments: Sequence[str], *rest: Any) -> Any:
        commands.append(arguments[0])
        return invoke(settings, arguments, *rest)

    monkeypatch.setattr(transform, "_invoke", noted)
    return commands


def warehouse(tmp_path: Path, name: str, project: Path) -> Settings:
    environ = {"WAREHOUSE_DIR": str(tmp_path / name), "LANDING_DIR": str(tmp_path / "landing")}
    settings = load_settings(environ, root=tmp_path, dbt_dir=project)
    for folder in (settings.dbt_target, settings.database.parent):
        folder.mkdir(parents=True)
    return settings


def test_a_project_parsed_ahead_serves_every_warehouse(
    tmp_path: Path, project: Path, invoked: list[str]
) -> None:
    first, second = (warehouse(tmp_path, name, project) for name in ("one", "two"))
    transform.parse_ahead(first)
    transform.parse_ahead(first)
    assert "model.tiny.answer" in transform.read_manifest(second)["nodes"]
    assert invoked == ["parse"]
    results = transform.build(second)
    assert [(r.unique_id, r.passed) for r in results] == [("model.tiny.answer", True)]
    assert invoked == ["parse", "build"]


def test_a_run_parses_once_and_into_its_own_warehouse(
    tmp_path: Path, project: Path, invoked: list[str]
) -> None:
    before = set(project.rglob("*"))
    settings = warehouse(tmp_path, "one", project)
    for _ in range(2):
        assert "model.tiny.answer" in transform.read_manifest(settings)["nodes"]
    assert invoked == ["parse"]
    assert set(project.rglob("*")) == before


def test_of_two_processes_that_parse_one_wins_and_none_fails(tmp_path: Path, project: Path) -> None:
    settings = warehouse(tmp_path, "one", project)
    transform.parse_ahead(settings)
    (folder,) = (project / "target").glob("parsed-*")
    made = {path.name: path.stat().st_ino for path in folder.iterdir()}
    transform._parse(settings, folder)
    assert {path.name: path.stat().st_ino for path in folder.iterdir()} == made


def test_a_changed_project_is_parsed_anew(
    tmp_path: Path, project: Path, invoked: list[str]
) -> None:
    settings = warehouse(tmp_path, "one", project)
    transform.parse_ahead(settings)
    (project / "models" / "question.sql").write_text("select null as question\n")
    transform.project_digest.cache_clear()
    assert "model.tiny.question" in transform.read_manifest(settings)["nodes"]
    assert invoked == ["parse", "parse"]


def test_a_project_that_does_not_parse_says_so(tmp_path: Path, project: Path) -> None:
    (project / "models" / "broken.sql").write_text("select * from {{ ref('nothing') }}\n")
    with pytest.raises(transform.TransformError, match="nothing"):
        transform.read_manifest(warehouse(tmp_path, "one", project))


def test_a_build_may_hold_what_its_raw_rows_need(tmp_path: Path, project: Path) -> None:
    settings = warehouse(tmp_path, "one", project)
    assert transform.memory_limit_mb(settings) == 256
    with duckdb.connect(str(settings.database)) as connection:
        connection.execute("CREATE SCHEMA raw")
        connection.execute("CREATE TABLE raw.source AS SELECT range AS n FROM range(3_000_000)")
        connection.execute("CREATE TABLE other AS SELECT range AS n FROM range(3_000_000)")
    assert transform.memory_limit_mb(settings) == 3 * 180


def test_a_build_never_holds_more_than_the_machine_has(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = warehouse(tmp_path, "one", project)
    duckdb.connect(str(settings.database)).close()
    monkeypatch.setattr(transform.storage, "count_raw_rows", lambda _: 10**12)
    machine_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    assert transform.memory_limit_mb(settings) == int(machine_mb * 0.7)
