"""The load from files to the published copy, with stand-ins for extraction and dbt."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fakes import fake_extractor, fake_settings, write_dbt_project, write_document
from killed_run import killed_run

from dagster_project import load, pipeline, publish, runner, storage
from dagster_project.load import OnResult
from dagster_project.origin import paths_of
from dagster_project.original import find_file
from dagster_project.settings import Settings


@pytest.fixture(autouse=True)
def _environment_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs set the environment of their libraries; it must not leak into other tests."""
    for name in fake_settings_names():
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setattr(tempfile, "tempdir", None)
    for module in (load, pipeline):
        monkeypatch.setattr(module, "parser_version", lambda: "fake")


def fake_settings_names() -> list[str]:
    return ["LANDING_DIR", "WAREHOUSE_DIR", "MINGZHANG_DATABASE", "DAGSTER_HOME", "TMPDIR"]


def run(settings: Settings, **options: Any) -> runner.Report:
    return runner.run(settings, extractor=fake_extractor, **options)


def query(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with storage.connect(settings.published, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def published(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """Everything published but for times and load ids, which differ from run to run."""
    volatile = "('loaded_at', 'load_id', 'checked_at', 'first_seen_at', 'last_seen_at')"
    tables = query(
        settings,
        "SELECT schema_name, table_name, list(column_name ORDER BY column_index) "
        f"FROM duckdb_columns() WHERE NOT internal AND column_name NOT IN {volatile} GROUP BY ALL",
    )
    return {
        f"{schema}.{table}": query(
            settings, f"SELECT {', '.join(names)} FROM {schema}.{table} ORDER BY ALL"
        )
        for schema, table, names in tables
    }


def make_landing(settings: Settings) -> None:
    write_document(settings.landing_dir, "a.json", ["1.00", "2.50"])
    write_document(settings.landing_dir / "2022", "b.json", ["7.00", "x9"], year=2022)
    write_document(settings.landing_dir, "ancient.json", ["7.00"], year=1950)
    (settings.landing_dir / "junk.bin").write_bytes(b"\x00\x01")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = fake_settings(tmp_path)
    make_landing(made)
    return made


def test_a_first_run_loads_quarantines_and_publishes(settings: Settings) -> None:
    report = run(settings)
    assert report.success, report.failures
    assert report.loaded == 2
    assert [(name, code) for name, code, _ in report.quarantined] == [
        ("ancient.json", "GATE_FAILED"),
        ("junk.bin", "BINARY_JUNK"),
    ]
    total = query(settings, "SELECT sum(amount_yuan) FROM marts.fact_statement_line")
    assert total == [(Decimal("10.50"),)]
    schemas = query(settings, "SELECT DISTINCT schema_name FROM duckdb_tables() ORDER BY 1")
    assert schemas == [("audit",), ("history",), ("marts",)]
    files = sorted(path.name for path in (settings.published_dir / "parquet").iterdir())
    assert files == [
        "dim_document.parquet",
        "dim_source.parquet",
        "fact_statement_line.parquet",
        "gate_result.parquet",
        "quarantined_document.parquet",
    ]
    gates = query(settings, "SELECT DISTINCT gate FROM audit.gate_result ORDER BY 1")
    assert gates == [("landing",), ("marts",), ("raw",)]


def test_a_row_that_a_gate_takes_out_is_kept_with_its_reason(settings: Settings) -> None:
    run(settings)
    with storage.connect(settings.database) as connection:
        [row] = storage.read_rejected_rows(connection, 10)
        rows = connection.execute("SELECT published_text FROM raw.statement_cell ORDER BY 1")
        assert rows.fetchall() == [("1.00",), ("2.50",), ("7.00",)]
    assert (row.dataset, row.code) == ("statement_cell", "GATE_FAILED")
    assert row.observed == "expect_column_values_to_match_regex(number_text): x9"
    assert row.source_key is not None


def test_nothing_is_written_outside_the_warehouse(settings: Settings, tmp_path: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in settings.landing_dir.rglob("*")}
    dbt_files = set(settings.dbt_dir.rglob("*"))
    run(settings)
    assert {p: p.stat().st_mtime_ns for p in settings.landing_dir.rglob("*")} == before
    assert set(settings.dbt_dir.rglob("*")) == dbt_files
    assert {p.name for p in tmp_path.iterdir()} == {"landing", "dbt", "warehouse"}


def test_an_unchanged_run_does_nothing_and_a_rebuild_changes_nothing(settings: Settings) -> None:
    run(settings)
    first, identity = published(settings), settings.published.stat().st_ino
    assert run(settings).skipped
    assert settings.published.stat().st_ino == identity
    assert not run(settings, rebuild=True).skipped
    assert settings.published.stat().st_ino != identity
    again = published(settings)
    assert again == first


def test_new_files_are_added_and_removed_files_stay(settings: Settings) -> None:
    run(settings)
    (settings.landing_dir / "a.json").unlink()
    write_document(settings.landing_dir, "c.json", ["5.00"])
    report = run(settings)
    assert (report.loaded, report.files_unchanged) == (1, 3)
    total = query(settings, "SELECT sum(amount_yuan) FROM marts.fact_statement_line")
    assert total == [(Decimal("15.50"),)]


def test_pages_are_counted_by_engine_and_reason(settings: Settings) -> None:
    pages = [["fast", None, 20], ["pdfplumber", "rotated", 2]]
    write_document(settings.landing_dir, "paged.json", ["7.00"], pages=pages)
    report = run(settings)
    assert report.pages == {("fast", None): 20, ("pdfplumber", "rotated"): 2}
    page = (settings.reports_dir / "gates.html").read_text()
    assert "<td>pdfplumber</td><td>rotated</td><td>2</td>" in page


def test_a_lost_publication_is_made_again(settings: Settings) -> None:
    run(settings)
    first = published(settings)
    settings.published.unlink()
    assert run(settings).success
    assert published(settings) == first


def test_a_load_in_which_too_much_fails_publishes_nothing(settings: Settings) -> None:
    run(settings)
    first, loads = published(settings), sorted(settings.loads_dir.iterdir())
    for number in range(4):
        (settings.landing_dir / f"junk{number}.pdf").write_bytes(bytes([0, number, 9]))
    report = run(settings)
    assert not report.success
    assert "expect_column_mean_to_be_between(failed)" in report.failures[0]
    assert {code for _, code, _ in report.quarantined} == {"BINARY_JUNK"}
    assert published(settings) == first
    page = (settings.reports_dir / "gates.html").read_text()
    assert "junk3.pdf" in page
    assert "nothing published" in page
    assert not run(settings).success, "a second try fails as well"
    for number in range(4):
        (settings.landing_dir / f"junk{number}.pdf").unlink()
    assert run(settings).skipped
    run(settings, rebuild=True)
    assert sorted(settings.loads_dir.iterdir()) == loads, "nothing of the stopped load is kept"


def test_few_failures_are_never_systemic(tmp_path: Path) -> None:
    settings = fake_settings(tmp_path)
    for number in range(2):
        (settings.landing_dir / f"junk{number}.pdf").write_bytes(bytes([0, number]))
    report = run(settings)
    assert report.success, report.failures
    assert query(settings, "SELECT count(*) FROM marts.dim_document") == [(0,)]
    assert query(settings, "SELECT count(*) FROM audit.quarantined_document") == [(2,)]


def test_gate_failures_count_towards_a_systemic_failure(tmp_path: Path) -> None:
    settings = fake_settings(tmp_path)
    for number in range(3):
        write_document(settings.landing_dir, f"{number}.json", [f"{number}.00"], year=1900)
    report = run(settings)
    assert not report.success
    assert not settings.published.exists()


def test_a_failing_dbt_test_stops_the_publication_and_skips_what_follows(tmp_path: Path) -> None:
    write_dbt_project(
        tmp_path / "dbt", tests="select * from {{ ref('dim_document') }} where fiscal_year < 2023"
    )
    settings = fake_settings(tmp_path)
    make_landing(settings)
    report = run(settings)
    assert not report.success
    assert "assert_fake" in report.failures[0]
    assert not settings.published.exists()
    (settings.dbt_dir / "tests" / "assert_fake.sql").write_text("select 1 where false")
    from dagster_project.transform import project_digest

    project_digest.cache_clear()
    assert run(settings).success
    assert query(settings, "SELECT count(*) FROM marts.dim_document") == [(2,)]


def test_a_failing_model_names_itself_and_publishes_nothing(tmp_path: Path) -> None:
    broken = {"marts/dim_document": "select no_such_column from {{ source('raw', 'document') }}"}
    write_dbt_project(tmp_path / "dbt", models=broken)
    settings = fake_settings(tmp_path)
    make_landing(settings)
    report = run(settings)
    assert not report.success
    assert "dim_document" in report.failures[0]
    assert not settings.published.exists()


def test_a_document_that_breaks_the_mart_gate_is_taken_out(settings: Settings) -> None:
    write_document(settings.landing_dir, "phone.json", ["13812345678"])
    report = run(settings)
    assert report.success, report.failures
    assert ("phone.json", "GATE_FAILED") in [(n, code) for n, code, _ in report.quarantined]
    assert query(settings, "SELECT count(*) FROM marts.dim_document") == [(2,)]
    assert run(settings).skipped


def test_another_run_is_told_that_the_warehouse_is_busy(settings: Settings) -> None:
    settings.prepare()
    with pipeline.exclusive(settings), pytest.raises(pipeline.WarehouseBusy):
        run(settings)


def test_a_document_that_changes_while_it_is_read_is_not_believed(settings: Settings) -> None:
    target = settings.landing_dir / "a.json"

    def change_then_extract(paths: Sequence[Path], workers: int, on_result: OnResult) -> None:
        write_document(settings.landing_dir, "a.json", ["9.00"])
        fake_extractor(paths, workers, on_result)

    report = runner.run(settings, extractor=change_then_extract)
    assert (target.name, "READ_ERROR") in [(n, code) for n, code, _ in report.quarantined]
    assert run(settings).loaded == 1
    assert query(settings, "SELECT sum(amount_yuan) FROM marts.fact_statement_line") == [
        (Decimal("16.00"),)
    ]


def test_members_of_an_archive_are_loaded_and_quarantined_one_by_one(settings: Settings) -> None:
    landing = settings.landing_dir
    inner = write_document(landing, "c.json", ["3.00"]).read_bytes()
    (landing / "c.json").unlink()
    with zipfile.ZipFile(landing / "z.zip", "w") as archive:
        archive.writestr("2023/c.json", inner)
        archive.writestr("a.json", (landing / "a.json").read_bytes())  # lies there as a file, too
        archive.writestr("../out.json", inner)
    os.mkfifo(landing / "pipe")
    report = run(settings)
    assert report.success, report.failures
    assert report.loaded == 3
    assert [name for name, code, _ in report.quarantined if code == "ARCHIVE_UNSAFE_MEMBER"] == [
        "z.zip/__/out.json"
    ]
    assert query(
        settings,
        "SELECT file_name, reason_code FROM audit.quarantined_document "
        "WHERE reason_code IN ('NOT_A_FILE', 'ARCHIVE_UNSAFE_MEMBER') ORDER BY 1",
    ) == [("pipe", "NOT_A_FILE"), ("z.zip/__/out.json", "ARCHIVE_UNSAFE_MEMBER")]
    assert run(settings).skipped

    key = hashlib.sha256(inner).hexdigest()
    assert find_file(landing, "2023/c.json", key) is None
    assert find_file(landing, "z.zip/2023/c.json", key) == landing / "z.zip/2023/c.json"
    assert paths_of(settings, key) == (str(landing / "z.zip/2023/c.json"),)

    (landing / "pipe").unlink()
    assert run(settings).success
    assert query(
        settings, "SELECT count(*) FROM audit.quarantined_document WHERE reason_code = 'NOT_A_FILE'"
    ) == [(0,)]


def test_a_path_without_a_result_is_quarantined(settings: Settings) -> None:
    def forgetful(paths: Sequence[Path], workers: int, on_result: OnResult) -> None:
        fake_extractor([p for p in paths if p.name != "b.json"], workers, on_result)

    report = runner.run(settings, extractor=forgetful)
    assert ("b.json", "PARSER_ERROR") in [(n, code) for n, code, _ in report.quarantined]


BEFORE_AND_AFTER = (
    ("dagster_project.candidate.CandidateWriter.close", "after"),
    ("dagster_project.storage.commit_load", "before"),
    ("dagster_project.storage._replace_rows", "after"),
    ("dagster_project.storage.commit_load", "after"),
    ("dagster_project.transform.build", "before"),
    ("dagster_project.transform.build", "after"),
    ("dagster_project.storage.insert_gate_results", "after"),
    ("dagster_project.publish._copy", "after"),
    ("dagster_project.publish._write_parquet", "after"),
    ("dagster_project.publish._replace_text", "before"),
    ("dagster_project.publish._replace_text", "after"),
)


def test_a_run_that_is_killed_anywhere_ends_the_same(tmp_path: Path) -> None:
    """Kill runs one after the other at each seam, then compare with a run left alone."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["dagster", "dbt.cli.main", "expectations.gate", "killed_run"])
    processes.Process(target=int).start()  # the server's socket needs the short TMPDIR of now
    calm = fake_settings(tmp_path / "calm")
    make_landing(calm)
    assert run(calm).success
    killed = fake_settings(tmp_path / "killed")
    make_landing(killed)
    for seam, when in BEFORE_AND_AFTER:
        process = processes.Process(target=killed_run, args=(tmp_path / "killed", seam, when))
        process.start()
        process.join(120)
        assert process.exitcode == -9, (seam, when)
        if killed.published.exists():
            assert published(killed) == published(calm), (seam, when)
    report = run(killed)
    assert report.success, report.failures
    assert published(killed) == published(calm)
    leftovers = [p.name for p in killed.published_dir.rglob("*") if p.name.startswith(".")]
    assert leftovers == []
    assert len(list(killed.loads_dir.iterdir())) == 1
    assert run(killed).skipped


READER = """
import sqlalchemy, sys, pathlib
engine = sqlalchemy.create_engine(
    "duckdb:///" + sys.argv[1],
    connect_args={"read_only": True},
    poolclass=sqlalchemy.pool.NullPool,
)
count = 0
while count < 5 or not pathlib.Path(sys.argv[2]).exists():
    with engine.connect() as connection:
        total = "SELECT sum(amount_yuan) FROM marts.fact_statement_line"
        assert str(connection.execute(sqlalchemy.text(total)).scalar_one()) == "10.50"
    assert "fact_statement_line" in sqlalchemy.inspect(engine).get_table_names(schema="marts")
    count += 1
print(count)
"""


def test_bi_tools_read_all_through_loads(settings: Settings, tmp_path: Path) -> None:
    """Connect as Superset does, from a process of its own, while copies are swapped in."""
    run(settings)
    done = tmp_path / "done"
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(settings.published), str(done)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    held = duckdb.connect(str(settings.published), read_only=True)
    try:
        for _ in range(2):
            assert run(settings, rebuild=True).success
        for _ in range(10):
            publish.publish(settings)
    finally:
        done.touch()
        out, errors = reader.communicate(timeout=60)
    assert reader.returncode == 0, errors
    assert int(out) >= 5
    count = held.execute("SELECT count(*) FROM marts.fact_statement_line").fetchone()
    held.close()
    assert count == (3,), "who holds the old file keeps it"


def test_the_copy_keeps_descriptions(settings: Settings) -> None:
    run(settings)
    with storage.connect(settings.database) as connection:
        connection.execute("COMMENT ON TABLE marts.dim_document IS '文件''s'")
        connection.execute("COMMENT ON COLUMN marts.dim_document.file_name IS '文件名'")
    publish.publish(settings)
    assert query(
        settings, "SELECT comment FROM duckdb_tables() WHERE table_name = 'dim_document'"
    ) == [("文件's",)]
    assert query(
        settings,
        "SELECT comment FROM duckdb_columns() WHERE column_name = 'file_name' "
        "AND table_name = 'dim_document'",
    ) == [("文件名",)]


def test_progress_counts_every_document(settings: Settings) -> None:
    calls: list[tuple[int, int]] = []
    run(settings, progress=lambda done, total: calls.append((done, total)))
    assert calls == [(1, 4), (2, 4), (3, 4), (4, 4)]
