"""The command line: words, exit codes, and the way from a figure back to its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes import fake_extractor, fake_settings, write_document
from typer.testing import CliRunner

from dagster_project import cli, pipeline, runner
from dagster_project.settings import Settings


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A warehouse with one document, one quarantined row and one quarantined file."""
    settings = fake_settings(tmp_path_factory.mktemp("cli"))
    write_document(settings.landing_dir, "a.json", ["1.00", "x9"])
    (settings.landing_dir / "junk.bin").write_bytes(b"\x00")
    with pytest.MonkeyPatch.context() as patch:
        for name in settings.environment():
            patch.setenv(name, "")
        assert runner.run(settings, extractor=fake_extractor).success
    return settings


def invoke(settings: Settings, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    monkeypatch.setattr(cli, "load_settings", lambda: settings)
    for name in settings.environment():
        monkeypatch.setenv(name, "")
    result = CliRunner().invoke(cli.app, list(arguments), catch_exceptions=False)
    return result.exit_code, result.output


def source_key(settings: Settings) -> str:
    import duckdb

    with duckdb.connect(str(settings.published), read_only=True) as connection:
        row = connection.execute("SELECT source_key FROM marts.fact_statement_line").fetchone()
    assert row is not None
    return str(row[0])


def test_show_leads_back_to_the_printed_figure(
    loaded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, output = invoke(loaded, monkeypatch, "show", source_key(loaded))
    assert code == 0
    assert str(loaded.landing_dir / "a.json") in output
    assert "lines 第1–1行" in output
    assert "text 原文      1.00" in output
    assert "line_label=第1行" in output
    assert "fact_statement_line" in output
    code, output = invoke(loaded, monkeypatch, "show", "--json", source_key(loaded))
    origin = json.loads(output)
    assert origin["source"]["source_text"] == "1.00"
    assert origin["facts"][0]["values"]["amount_yuan"] == "1.00"


def test_show_of_an_unknown_key_fails(loaded: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    code, output = invoke(loaded, monkeypatch, "show", "nothing")
    assert code == 1
    assert "nothing" in output


def test_quarantine_names_reason_and_release(
    loaded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, output = invoke(loaded, monkeypatch, "quarantine")
    assert code == 0
    assert "junk.bin" in output
    assert "BINARY_JUNK" in output
    assert "release" in output


def test_status_counts_tables(loaded: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    code, output = invoke(loaded, monkeypatch, "status")
    assert code == 0
    assert "marts.fact_statement_line" in output
    assert str(loaded.published) in output


def test_unmapped_answers(loaded: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    code, output = invoke(loaded, monkeypatch, "unmapped")
    assert code == 0
    assert "Table titles 表名: 0" in output


def test_an_unchanged_run_says_so(loaded: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    code, output = invoke(loaded, monkeypatch, "run")
    assert code == 0
    assert "up to date" in output


def test_a_busy_warehouse_and_a_missing_folder_have_their_own_exit_codes(
    loaded: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pipeline.exclusive(loaded):
        code, output = invoke(loaded, monkeypatch, "run")
    assert (code, "another run" in output) == (3, True)
    empty = fake_settings(tmp_path)
    empty.landing_dir.rmdir()
    code, output = invoke(empty, monkeypatch, "run")
    assert (code, "LANDING_DIR" in output) == (2, True)


@pytest.mark.parametrize("command", ["status", "quarantine", "unmapped", "show x"])
def test_questions_before_the_first_run_are_answered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    code, output = invoke(fake_settings(tmp_path), monkeypatch, *command.split())
    assert code == 1
    assert "make warehouse" in output


def test_the_report_escapes_what_came_from_files(loaded: Settings) -> None:
    page = (loaded.reports_dir / "gates.html").read_text()
    assert "junk.bin" in page
    assert "http" not in page.replace("http-equiv", ""), "nothing is fetched"
    assert "<script" not in page
