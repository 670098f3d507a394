"""Versions, renditions, departments and the audit tables, from hand-made raw rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from raw_warehouse import RawWarehouse, failures


def total(document: str, text: str) -> Iterator[dict[str, Any]]:
    """Yield an overview line and a listing with one item, both of the same amount."""
    common = {"document_key": document, "published_text": text, "number_text": text}
    yield {
        **common,
        "statement_code": "F1",
        "line_no": 1,
        "label_key": "expenditure_current_total",
        "line_role": "subtotal",
        "line_label": "本年支出合计",
    }
    yield {
        **common,
        "statement_code": "F3",
        "table_index": 1,
        "line_no": 1,
        "label_key": "row_total",
        "line_role": "total",
    }
    yield {
        **common,
        "statement_code": "F3",
        "table_index": 1,
        "line_no": 2,
        "function_code": "2050803",
        "function_name": "培训支出",
    }


def natures(line_no: int, *, document: str = "budget", **amounts: str) -> Iterator[dict[str, Any]]:
    """Yield one line of a budget's table of expenditure by nature (支出总表)."""
    for measure, text in amounts.items():
        yield {
            "document_key": document,
            "statement_code": "B3",
            "table_index": line_no,  # each line a table of its own: columns differ
            "line_no": 1,
            "line_label": f"line {line_no}",
            "amount_stage": "initial_budget",
            "measure_code": measure,
            "published_text": text,
        }


def account(document: str, *amounts: str) -> Iterator[dict[str, Any]]:
    """Yield a total and its items of different functions."""
    whole = str(sum(map(Decimal, amounts)))
    yield from total(document, whole)
    for number, amount in enumerate(amounts):
        yield {
            "document_key": document,
            "statement_code": "F5",
            "table_index": 2,
            "line_no": number,
            "function_code": f"20{number:02}01",
            "published_text": amount,
        }


def evaluation(document: str, text: str) -> Iterator[dict[str, Any]]:
    """Yield the execution of the project of an evaluation."""
    yield {
        "document_key": document,
        "statement_code": "PF",
        "line_no": 1,
        "label_key": "funds_total",
        "line_role": "total",
        "amount_stage": "execution",
        "published_text": text,
    }


def reception(document: str, text: str) -> dict[str, Any]:
    """Return the figure of a sentence, in a document whose tables say nothing of it."""
    return {
        "document_key": document,
        "subject": "three_public",
        "item_name": "公务接待费",
        "amount_stage": "final_account",
        "published_text": text,
    }


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> RawWarehouse:
    made = RawWarehouse(tmp_path_factory.mktemp("documents") / "work.duckdb")
    cells = [
        *total("first-text", "10.00"),
        *total("first-pdf", "10.00"),
        *total("corrected", "11.00"),
        *total("draft", "20.00"),
        *total("final", "21.00"),
        *total("old-name", "5.00"),
        *total("new-name", "6.00"),
        *total("told-sheet", "30.00"),
        *total("told-text", "30.00"),
        *total("told-html", "30.00"),
        *total("told-again", "30.00"),
        *account("namesake", "3.00", "4.00"),
        *account("namesake-pdf", "3.00", "4.00"),
        *account("namesake-elsewhere", "5.00", "4.00"),
        *account("namesake-later", "6.00", "7.00"),
        *account("alone", "1.00", "2.00"),
        *account("alone-pdf", "1.00", "2.00"),
        *evaluation("road", "50.00"),
        *evaluation("road-again", "60.00"),
        *evaluation("bridge", "10.00"),
        *natures(7, document="parted", total="10.00"),
        *natures(8, document="whole", total="20.00"),
        *natures(1, total="10.00", personnel="4.00", public="3.00", project="3.00"),
        *natures(2, total="10.00", basic="7.00", personnel="4.00", public="3.00", project="3.00"),
        *natures(3, total="10.00", personnel="4.00", public="3.00", project="2.00"),
    ]
    made.add_all(
        {
            "document": [
                {"document_key": "first-text", "published_on": "2024-08-20"},
                {
                    "document_key": "first-pdf",
                    "published_on": "2024-08-20",
                    "extraction_method": "pdf_text",
                    "media_type": "application/pdf",
                },
                {"document_key": "corrected", "published_on": "2024-09-30"},
                {
                    "document_key": "budget",
                    "department_id": "region/budget",
                    "document_kind": "budget",
                },
                *(
                    {
                        "document_key": key,
                        "department_id": "region/told",
                        "media_type": media,
                        **more,
                    }
                    for key, media, more in (
                        ("told-sheet", "application/xlsx", {}),
                        ("told-text", "text/plain", {}),
                        ("told-html", "text/html", {}),
                        ("told-again", "text/plain", {"title": "2023年度决算（更正）"}),
                    )
                ),
                # Targets in a file of their own, beside a budget without any and one that has them.
                *(
                    {
                        "document_key": key,
                        "department_id": f"region/{office}",
                        "document_kind": "budget",
                    }
                    for key, office in (
                        ("parted", "parted"),
                        ("parted-targets", "parted"),
                        ("whole", "whole"),
                        ("whole-targets", "whole"),
                    )
                ),
                # A file for each project, and a later one for the first of them again.
                *(
                    {
                        "document_key": key,
                        "department_id": "region/evaluated",
                        "document_kind": "performance",
                        "published_on": published,
                    }
                    for key, published in (
                        ("road", "2024-03-01"),
                        ("bridge", "2024-03-01"),
                        ("road-again", "2024-05-01"),
                        ("evaluated-whole", "2024-03-01"),
                    )
                ),
                # One bare name, no region: offices of two counties.
                {"document_key": "namesake", "department_id": "unknown-name"},
                {"document_key": "namesake-elsewhere", "department_id": "unknown-name"},
                {
                    "document_key": "namesake-pdf",
                    "department_id": "unknown-name",
                    "media_type": "application/pdf",
                    "extraction_method": "pdf_text",
                },
                {
                    "document_key": "namesake-later",
                    "department_id": "unknown-name",
                    "fiscal_year": 2024,
                },
                {"document_key": "alone", "department_id": "unknown-alone"},
                {
                    "document_key": "alone-pdf",
                    "department_id": "unknown-alone",
                    "media_type": "application/pdf",
                    "extraction_method": "pdf_text",
                },
                {"document_key": "final", "department_id": "region/other", "title": "2023年度决算"},
                {
                    "document_key": "draft",
                    "department_id": "region/other",
                    "title": "2023年度决算（草案）",
                },
                {
                    "document_key": "old-name",
                    "department_id": "region/renamed",
                    "short_name": "旧局",
                    "fiscal_year": 2018,
                },
                # The county became a district: one office, another code.
                {
                    "document_key": "county",
                    "department_id": "110229-office",
                    "region_code": "110229",
                    "region_name": "延庆县",
                    "fiscal_year": 2014,
                    "reporting_level": "unit",
                    "parent_department_id": "110229-parent",
                    "parent_department_name": "北京市延庆县某委",
                },
                {
                    "document_key": "district",
                    "department_id": "110229-office",
                    "region_code": "110119",
                    "region_name": "延庆区",
                    "fiscal_year": 2023,
                    "reporting_level": "unit",
                    "parent_department_id": "nobody",
                },
                {
                    "document_key": "new-name",
                    "department_id": "region/renamed",
                    "short_name": "新局",
                    "fiscal_year": 2020,
                },
            ],
            "statement_cell": cells,
            "statement_table": [
                {"document_key": "corrected", "table_index": 0, "statement_code": "F1"},
                {
                    "document_key": "corrected",
                    "table_index": 7,
                    "statement_code": "F7",
                    "status": "declared_empty",
                },
            ],
            "performance_project": [
                {"document_key": key, "phase": "target", "project_name": "道路养护"}
                for key in ("parted-targets", "whole", "whole-targets")
            ]
            + [
                {"document_key": "road", "project_name": "道路养护"},
                {"document_key": "road-again", "project_name": "道路 养护"},
                {"document_key": "bridge", "project_name": "桥梁检测"},
                {"document_key": "evaluated-whole", "scope": "department"},
            ],
            "narrative_figure": [
                reception("told-text", "1.00"),
                reception("told-html", "1.00"),
                reception("told-again", "1.20"),
            ],
            "finding": [{"document_key": "corrected", "code": "TEMPLATE_RESIDUE", "detail": "x"}],
            "quarantined_row": [
                {
                    "document_key": "corrected",
                    "dataset": "statement_cell",
                    "code": "NUMBER_GRAMMAR",
                    "observed": "1,23",
                }
            ],
        }
    )
    with duckdb.connect(str(made.path)) as connection:
        connection.execute(
            "INSERT INTO raw.source BY NAME SELECT document_key, source_key, '' AS source_text, "
            "load_id, loaded_at "
            "FROM raw.statement_cell"
        )
        connection.execute(
            "INSERT INTO raw.manifest BY NAME SELECT 'broken' AS content_sha256, 'broken.pdf' AS "
            "file_name, "
            "'quarantined' AS status, 'EMPTY_FILE' AS reason_code, 2 AS attempts, ? AS "
            "first_seen_at",
            [dt.datetime(2025, 1, 1)],
        )
    assert failures(made.build("--exclude-resource-type", "unit_test")) == []
    return made


def versions(warehouse: RawWarehouse) -> dict[str, tuple[int, bool, str | None]]:
    return {
        key: (number, current, before)
        for key, number, current, before in warehouse.query(
            "SELECT document_key, version_no, is_current, supersedes_document_key FROM "
            "marts.dim_document"
        )
    }


def test_files_that_agree_are_one_version_and_a_correction_is_the_next(
    warehouse: RawWarehouse,
) -> None:
    found = versions(warehouse)
    assert found["first-text"] == (1, False, None)
    assert found["first-pdf"] == (1, False, None)
    assert found["corrected"] == (2, True, "first-text")


def test_a_corrected_sentence_is_a_new_version_although_the_sheet_agrees(
    warehouse: RawWarehouse,
) -> None:
    found = versions(warehouse)
    assert [found[f"told-{name}"][:2] for name in ("sheet", "text", "html", "again")] == [
        (1, False),
        (1, False),
        (1, False),
        (2, True),
    ]


def test_parts_of_basic_stand_for_it_only_where_it_is_not_printed(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT scope, outcome, left_value, right_value FROM audit.fact_reconciliation "
        "WHERE rule_id = 'BX-02' AND document_key = 'budget' ORDER BY outcome"
    )
    assert rows == [
        ("B3 line 1 (+1)", "pass", Decimal(100000), Decimal(100000)),
        ("B3 line 3", "violation", Decimal(100000), Decimal(90000)),
    ]


def test_a_draft_comes_before_the_approved_account(warehouse: RawWarehouse) -> None:
    found = versions(warehouse)
    assert found["draft"] == (1, False, None)
    assert found["final"] == (2, True, "draft")


def test_namesakes_of_no_known_region_are_no_versions_of_each_other(
    warehouse: RawWarehouse,
) -> None:
    found = versions(warehouse)
    assert {key: found[key][:2] for key in found if key.startswith("namesake")} == {
        "namesake": (1, True),
        "namesake-pdf": (1, False),  # its figures prove that it is of the same body
        "namesake-elsewhere": (1, True),
        "namesake-later": (1, True),
    }
    sums = {
        key: warehouse.expenditure(f"document_key = '{key}'")
        for key in ("namesake", "namesake-elsewhere", "namesake-later")
    }
    assert sums == {
        "namesake": Decimal("70000.00"),
        "namesake-elsewhere": Decimal("90000.00"),
        "namesake-later": Decimal("130000.00"),
    }
    # What cannot be told apart by name is not added up by department either.
    assert warehouse.query(
        "SELECT count(DISTINCT department_key) FROM marts.fact_expenditure "
        "WHERE document_key LIKE 'namesake%'"
    ) == [(3,)]


def test_a_bare_name_that_only_one_body_is_seen_to_bear_keeps_its_id(
    warehouse: RawWarehouse,
) -> None:
    found = versions(warehouse)
    assert sorted(found[key][:2] for key in ("alone", "alone-pdf")) == [(1, False), (1, True)]
    assert warehouse.query(
        "SELECT DISTINCT department_id FROM marts.dim_department WHERE department_id LIKE "
        "'unknown-alone%'"
    ) == [("unknown-alone",)]


def test_the_review_list_names_the_other_files_of_a_name(warehouse: RawWarehouse) -> None:
    rows = dict(
        warehouse.query(
            "SELECT file_name, detail FROM audit.department_review "
            "WHERE reason_code = 'DEPARTMENT_NAMESAKE'"
        )
    )
    assert rows["namesake.txt"] == "namesake-elsewhere.txt / namesake-later.txt"
    assert rows["namesake-elsewhere.txt"] == (
        "namesake-later.txt / namesake-pdf.txt / namesake.txt"
    )
    assert not any(name.startswith("alone") for name in rows)


def test_targets_of_a_file_of_their_own_do_not_hide_and_are_not_hidden(
    warehouse: RawWarehouse,
) -> None:
    found = versions(warehouse)
    assert {key: found[key][:2] for key in found if key.startswith(("parted", "whole"))} == {
        "parted": (1, True),
        "parted-targets": (1, True),
        "whole": (1, True),
        "whole-targets": (1, False),
    }
    assert warehouse.query(
        "SELECT document_key FROM marts.fact_project_performance WHERE phase = 'target' "
        "ORDER BY document_key"
    ) == [("parted-targets",), ("whole",)]


def test_files_of_single_projects_stand_beside_each_other(warehouse: RawWarehouse) -> None:
    found = versions(warehouse)
    assert {key: found[key] for key in ("road", "road-again", "bridge", "evaluated-whole")} == {
        "road": (1, False, None),
        "road-again": (2, True, "road"),
        "bridge": (1, True, None),
        "evaluated-whole": (1, True, None),
    }
    assert warehouse.query(
        "SELECT document_key FROM marts.fact_project_performance WHERE phase = 'result' "
        "ORDER BY document_key"
    ) == [("bridge",), ("evaluated-whole",), ("road-again",)]


def test_marts_hold_current_documents_and_history_all(warehouse: RawWarehouse) -> None:
    where = "document_key IN ('first-text', 'first-pdf', 'corrected')"
    assert warehouse.expenditure(where) == Decimal("110000.00")
    assert warehouse.value(
        f"SELECT sum(amount_yuan) FROM history.fact_expenditure WHERE {where}"
    ) == Decimal("310000.00")


def test_a_rename_opens_a_new_period_of_one_department(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT short_name, valid_from_year, valid_to_year, is_current FROM marts.dim_department "
        "WHERE department_id = 'region/renamed' ORDER BY valid_from_year"
    )
    assert rows == [("旧局", 2018, 2019, False), ("新局", 2020, None, True)]
    keys = warehouse.query(
        "SELECT document.document_key, department.short_name FROM marts.dim_document AS document "
        "JOIN marts.dim_department AS department USING (department_key) WHERE "
        "document.document_key LIKE '%-name'"
    )
    assert sorted(keys) == [("new-name", "新局"), ("old-name", "旧局")]


def test_a_new_code_of_the_region_opens_a_period_too(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT region_code, valid_from_year, valid_to_year, parent_department_id "
        "FROM marts.dim_department WHERE department_id = '110229-office' ORDER BY valid_from_year"
    )
    assert rows == [("110229", 2014, 2022, "110229-parent"), ("110119", 2023, None, None)]


def test_a_department_that_only_its_unit_names_has_a_row(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT department_name, short_name, reporting_level FROM marts.dim_department "
        "WHERE department_id = '110229-parent'"
    )
    assert rows == [("北京市延庆县某委", "某委", "department")]


def test_quarantine_says_why_and_what_would_release_it(warehouse: RawWarehouse) -> None:
    ((name, zh, en, hint, attempts),) = warehouse.query(
        "SELECT file_name, reason_zh, reason_en, release_hint, attempts FROM "
        "audit.quarantined_document"
    )
    assert (name, attempts) == ("broken.pdf", 2)
    assert all((zh, en, hint))
    rows = warehouse.query(
        'SELECT document_key, "table", reason_code, observed FROM audit.quarantined_row'
    )
    assert rows == [("corrected", "statement_cell", "NUMBER_GRAMMAR", "1,23")]


def test_coverage_tells_present_empty_and_missing_apart(warehouse: RawWarehouse) -> None:
    status = dict(
        warehouse.query(
            "SELECT statement_code, status FROM audit.disclosure_coverage WHERE document_key = "
            "'corrected'"
        )
    )
    assert status["F1"] == "present"
    assert status["F7"] == "declared_empty"
    assert status["F4"] == "missing"


def test_rules_across_tables_have_both_places(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT outcome, left_value, right_value, left_source_key IS NOT NULL, right_source_key "
        "IS NOT NULL "
        "FROM audit.fact_reconciliation WHERE rule_id = 'FX-02' AND document_key = 'corrected'"
    )
    assert rows == [("pass", Decimal(110000), Decimal(110000), True, True)]
    outcomes = dict(
        warehouse.query(
            "SELECT rule_id, outcome FROM audit.fact_reconciliation WHERE document_key = "
            "'corrected' "
            "AND rule_id IN ('F1-01', 'FX-05')"
        )
    )
    assert outcomes == {"F1-01": "not_evaluable", "FX-05": "not_applicable"}


def test_money_survives_without_a_float(warehouse: RawWarehouse) -> None:
    kinds = warehouse.query(
        "SELECT DISTINCT data_type FROM duckdb_columns() WHERE schema_name = 'marts' "
        "AND database_name = current_database() AND column_name LIKE '%\\_yuan' ESCAPE '\\'"
    )
    assert kinds == [("DECIMAL(20,2)",)]
