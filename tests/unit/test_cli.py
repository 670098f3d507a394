"""The command line: words, exit codes, and the way from a figure back to its place."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import astuple
from pathlib import Path

import duckdb
import pytest
from fakes import fake_extractor, fake_settings, row, write_document
from typer.testing import CliRunner

from dagster_project import cli, console, pipeline, report, runner, storage
from dagster_project.settings import Settings
from extract.datasets import RawRow, columns


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
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        row = connection.execute("SELECT source_key FROM marts.fact_statement_line").fetchone()
    assert row is not None
    return str(row[0])


def test_show_leads_back_to_the_printed_figure(
    loaded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = source_key(loaded)
    code, output = invoke(loaded, monkeypatch, "show", key)
    assert code == 0
    said = [" ".join(line.split()) for line in output.splitlines()]
    assert f"file 文件 {loaded.landing_dir / 'a.json'}" in said
    assert "document 文档 final_account 决算 2023" in said
    assert "place 位置 lines 第1行" in said
    assert "row 行 第1行 (line 第1行, leaf)" in said
    assert "text 原文 1.00" in said
    assert "fact 数据 marts.fact_statement_line final_account amount 1.00 元" in said
    [printed] = [line for line in said if line.startswith("1 ▶")]
    assert '"amounts": ["【1.00】", "x9"]' in printed

    code, output = invoke(loaded, monkeypatch, "show", "--json", key)
    origin = json.loads(output)
    assert origin["source"]["source_text"] == "1.00"
    assert origin["uses"][0]["amount_yuan"] == "1.00"
    assert origin["bindings"][0]["row"] == ["第1行"]
    assert origin["picture"] is None


def test_show_takes_the_beginning_of_a_key(
    loaded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = source_key(loaded)
    code, output = invoke(loaded, monkeypatch, "show", key[:12])
    assert (code, key in output) == (0, True)


@pytest.mark.parametrize("key", ["nothing", "", "%", "0" * 24])
def test_show_of_an_unknown_key_fails(
    loaded: Settings, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    code, output = invoke(loaded, monkeypatch, "show", key)
    assert code == 1
    assert output.startswith(f"no place has a source_key {key!r}")


def test_show_of_an_ambiguous_key_names_some_that_match(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = fake_settings(tmp_path)
    settings.published.parent.mkdir(parents=True)
    keys = ["ab" + "0" * 22, "ab" + "1" * 22]
    with duckdb.connect(str(settings.published)) as connection:
        connection.execute("CREATE SCHEMA marts")
        connection.execute(
            "CREATE TABLE marts.dim_source AS SELECT unnest(?) AS source_key", [keys]
        )
    code, output = invoke(settings, monkeypatch, "show", "ab")
    assert code == 1
    assert "several places" in output
    assert all(key in output for key in keys)


def test_show_answers_while_a_run_writes(loaded: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", writer, str(loaded.database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    try:
        shown = invoke(loaded, monkeypatch, "show", source_key(loaded))
        unknown = invoke(loaded, monkeypatch, "show", "nothing")
        unmapped = invoke(loaded, monkeypatch, "unmapped")
    finally:
        process.communicate("\n", timeout=30)
    assert (shown[0], "【1.00】" in shown[1]) == (0, True)
    assert unknown[0] == 1
    assert (unmapped[0], "a run is writing" in unmapped[1]) == (3, True)


def test_show_says_that_the_original_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = fake_settings(tmp_path)
    path = write_document(settings.landing_dir, "a.json", ["1.00"])
    for name in settings.environment():
        monkeypatch.setenv(name, "")
    assert runner.run(settings, extractor=fake_extractor).success
    renamed = path.rename(path.with_name("b.json"))
    code, output = invoke(settings, monkeypatch, "show", source_key(settings))
    assert (code, "no longer lies in LANDING_DIR" in output) == (0, True)
    renamed.write_text(renamed.read_text() + " ", encoding="utf-8")
    renamed.rename(path)
    code, output = invoke(settings, monkeypatch, "show", source_key(settings))
    assert (code, "no longer lies in LANDING_DIR" in output) == (0, True)
    assert "1.00" in output


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


def test_unmapped_proposes_the_rows_to_add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = fake_settings(tmp_path)
    settings.database.parent.mkdir(parents=True)
    fill_unmapped(settings.database)
    code, output = invoke(settings, monkeypatch, "unmapped")
    assert code == 0
    said = [" ".join(line.split()) for line in output.splitlines()]
    assert "Table titles 表名: 1" in said
    assert "2 附表3 2024年示例市档案馆经费去向明细表" in said
    assert "in 2 documents 个文件, such as a.pdf page 第7页, table 第4个表" in said
    assert "titles.csv: ?,经费去向明细表,,final_account,2024,," in said
    assert "Column headers 表头: 1" in said
    assert "1 支出 > 基本性开支 [F3]" in said
    assert "headers.csv: F3,基本性开支,measure,?,,,2024,," in said


def fill_unmapped(database: Path) -> None:
    """Two documents with a table of unknown title, one of them with an unknown header."""
    rows: dict[str, list[RawRow]] = {"document": [], "statement_table": [], "statement_header": []}
    for key in ("a", "b"):
        rows["document"].append(
            row(
                "document",
                document_key=key,
                file_name=f"{key}.pdf",
                document_kind="final_account",
                fiscal_year=2024,
                department_name="示例市档案馆",
            )
        )
        rows["statement_table"].append(
            row(
                "statement_table",
                document_key=key,
                table_index=3,
                table_title="附表3 2024年示例市档案馆经费去向明细表",
                header_text="项目 | 合计",
                status="unmapped",
                page=7,
            )
        )
    rows["statement_header"].append(
        row(
            "statement_header",
            document_key="a",
            table_index=9,
            column_index=2,
            header_text="支出 > 基本性开支",
            statement_code="F3",
        )
    )
    with storage.connect(database) as connection:
        storage.ensure_schema(connection)
        for name, listed in rows.items():
            names = list(columns(name))
            marks = ", ".join("?" * len(names))
            query = f"INSERT INTO raw.{name} ({', '.join(names)}) VALUES ({marks})"
            connection.executemany(query, [astuple(r) for r in listed])


def test_an_unchanged_run_says_so(loaded: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    code, output = invoke(loaded, monkeypatch, "run")
    assert code == 0
    assert "up to date" in output


def test_the_summary_counts_pages_by_engine_and_reason(
    loaded: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {("fast", None): 1200, ("pdfplumber", "rotated"): 2, ("pdfplumber", "cropped"): 7}
    console.print_report(loaded, runner.Report(True, pages=Counter(pages), seconds={"total": 1.0}))
    line = "PDF pages PDF 页  fast 1,200, pdfplumber 9 (cropped 7, rotated 2)"
    assert line in capsys.readouterr().out.splitlines()


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


def test_the_report_says_what_a_finding_means() -> None:
    page = report._findings([("YEAR_MALFORMED", 1234), ("NOT_A_CODE", 1)])
    for text in ("YEAR_MALFORMED", "文中年度不是完整的四位年份", "1,234", "NOT_A_CODE"):
        assert text in page
