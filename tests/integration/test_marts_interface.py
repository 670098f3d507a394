"""The columns, types and codes of the published tables are those that users were promised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from raw_warehouse import RawWarehouse, failures

KEY = "VARCHAR"
MONEY = "DECIMAL(20,2)"
RATIO = "DECIMAL(18,6)"
FACT = {"document_key": KEY, "department_key": KEY, "fiscal_year": "INTEGER"}
PUBLISHED = {"published_text": KEY, "published_unit": KEY, "value_status": KEY}
COUNTED = {
    **FACT,
    "amount_stage": KEY,
    "fund_source": KEY,
    "function_code": KEY,
    "function_name": KEY,
    "statement_code": KEY,
    "basis": KEY,
    "amount_yuan": MONEY,
    **PUBLISHED,
    "value_origin": KEY,
    "is_residual": "BOOLEAN",
    "is_rollup_base": "BOOLEAN",
    "source_key": KEY,
}


def texts(names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), KEY)


def integers(names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), "INTEGER")


MARTS: dict[str, dict[str, str]] = {
    "dim_department": {
        **texts(
            "department_key department_id department_name short_name published_code "
            "reporting_level parent_department_id region_code region_name administrative_level "
            "organisation_type"
        ),
        **integers("valid_from_year valid_to_year"),
        "is_current": "BOOLEAN",
    },
    "dim_document": {
        **texts(
            "document_key file_name media_type document_kind department_key title default_unit "
            "extraction_method supersedes_document_key parser_version"
        ),
        **integers("fiscal_year page_count version_no"),
        "is_current": "BOOLEAN",
        "published_on": "DATE",
        "loaded_at": "TIMESTAMP",
    },
    "dim_source": {
        **texts("source_key document_key sheet source_text"),
        **integers(
            "page table_index row_index column_index line_start line_end char_start char_end"
        ),
        **dict.fromkeys(["x0", "y0", "x1", "y1"], "DOUBLE"),
    },
    "dim_function_class": {
        **texts(
            "function_class_key function_code function_name parent_function_code class_name "
            "section_name"
        ),
        **integers("level valid_from_year valid_to_year"),
    },
    "dim_economic_class": {
        **texts("economic_class_key scheme economic_code economic_name parent_economic_code"),
        **integers("level valid_from_year valid_to_year"),
    },
    "dim_statement": texts("statement_code statement_name document_kind grain description"),
    "dim_narrative_subject": texts("subject subject_name description"),
    "dim_project": {
        **texts("project_key project_code project_name department_key"),
        **integers("first_year last_year"),
    },
    "fact_statement_line": {
        **FACT,
        **texts(
            "statement_code table_title line_label line_role function_code "
            "department_economic_code government_economic_code project_key measure_code "
            "amount_stage fund_source expenditure_type source_key"
        ),
        **PUBLISHED,
        "line_no": "INTEGER",
        "amount_yuan": MONEY,
        "quantity": "DECIMAL(20,4)",
    },
    "fact_expenditure": {
        **COUNTED,
        **texts(
            "expenditure_type staff_split department_economic_code government_economic_code "
            "project_key"
        ),
    },
    "fact_revenue": {**COUNTED, "revenue_source": KEY},
    "fact_three_public": {
        **FACT,
        **texts("amount_stage item value_status source_key"),
        "amount_yuan": MONEY,
        **dict.fromkeys(["event_count", "person_count", "vehicle_count"], "BIGINT"),
    },
    "fact_resource": {
        **FACT,
        **texts("metric quantity_unit value_status source_key"),
        "quantity": "DECIMAL(20,4)",
        "amount_yuan": MONEY,
    },
    "fact_narrative_figure": {
        **FACT,
        **texts(
            "subject item_name function_code measure amount_stage comparator quantity_unit "
            "direction published_text published_unit source_key"
        ),
        "amount_yuan": MONEY,
        "ratio": RATIO,
        "quantity": "DECIMAL(20,4)",
    },
    "fact_project_performance": {
        **FACT,
        **texts("project_key project_name grade_published source_key"),
        **dict.fromkeys(["initial_budget_yuan", "adjusted_budget_yuan", "executed_yuan"], MONEY),
        "execution_ratio_published": RATIO,
        "execution_ratio": RATIO,
        **dict.fromkeys(
            ["execution_score", "total_score_published", "total_score"], "DECIMAL(9,4)"
        ),
    },
    "fact_performance_indicator": {
        **FACT,
        **texts(
            "project_key project_name scope phase level1 level2 level3 level1_code target_text "
            "target_operator target_unit actual_text actual_unit attainment_status "
            "deviation_reason source_key"
        ),
        "indicator_no": "INTEGER",
        **dict.fromkeys(["target_value", "target_value_high", "actual_value"], "DECIMAL(24,6)"),
        "target_date": "DATE",
        "attainment_ratio": RATIO,
        "weight": "DECIMAL(9,4)",
        "score": "DECIMAL(9,4)",
        "recomputed_score_low": "DECIMAL(9,2)",
        "recomputed_score_high": "DECIMAL(9,2)",
        "full_marks_missed": "BOOLEAN",
    },
    "mart_budget_execution": {
        **texts("department_key department_name function_code function_name expenditure_type"),
        "fiscal_year": "INTEGER",
        "fiscal_year_end": "DATE",
        **dict.fromkeys(
            [
                "initial_budget_yuan",
                "adjusted_budget_yuan",
                "final_account_yuan",
                "prior_year_final_yuan",
            ],
            MONEY,
        ),
        **dict.fromkeys(["execution_ratio", "deviation_ratio", "growth_ratio"], RATIO),
    },
    "mart_department_year": {
        "department_key": KEY,
        "fiscal_year": "INTEGER",
        "fiscal_year_end": "DATE",
        "final_account_yuan": MONEY,
        "n_findings": "BIGINT",
        "attainment_ratio": RATIO,
        "execution_ratio": RATIO,
    },
}
AUDIT: dict[str, dict[str, str]] = {
    "fact_reconciliation": {
        **FACT,
        **texts(
            "rule_id scope outcome severity cause_key message_zh message_en left_source_key "
            "right_source_key"
        ),
        **dict.fromkeys(["left_value", "right_value", "difference", "tolerance"], "DECIMAL(24,6)"),
    },
    "quarantined_document": {
        **texts("document_key file_name reason_code reason_zh reason_en release_hint"),
        "first_seen_at": "TIMESTAMP",
        "last_seen_at": "TIMESTAMP",
        "attempts": "INTEGER",
    },
    "quarantined_row": texts(
        "document_key table reason_code reason_zh reason_en observed source_key"
    ),
    "gate_result": {
        **texts("load_id gate suite expectation observed"),
        "success": "BOOLEAN",
        "checked_at": "TIMESTAMP",
    },
    "disclosure_coverage": texts("document_key statement_code status"),
}
STAGES = "initial_budget adjusted_budget final_account execution prior_year_budget prior_year_final"
FUNDS = (
    "all general_public_budget government_fund state_capital special_account unit_funds carry_over"
)
NATURES = "basic project remitted_to_superior operating subsidy_to_subordinate unspecified"
STATUS = "reported zero blank not_applicable not_disclosed"
CODES: dict[tuple[str, str], str] = {
    ("dim_department", "reporting_level"): "department headquarters unit",
    (
        "dim_department",
        "administrative_level",
    ): "national province prefecture county township",
    ("dim_document", "document_kind"): "budget final_account performance",
    ("dim_document", "extraction_method"): "text pdf_text ocr office html",
    ("dim_economic_class", "scheme"): "department government",
    ("dim_function_class", "level"): "1 2 3",
    ("history_fact_statement_line", "line_role"): "leaf subtotal total of_which memo",
    **{
        (f"history_fact_{fact}", column): codes
        for fact in ("statement_line", "expenditure")
        for column, codes in (
            ("amount_stage", STAGES),
            ("fund_source", FUNDS),
            ("expenditure_type", NATURES),
            ("value_status", STATUS),
        )
    },
    ("history_fact_expenditure", "staff_split"): "personnel public",
    ("history_fact_expenditure", "basis"): "table narrative",
    ("history_fact_expenditure", "value_origin"): "published derived",
    ("history_fact_revenue", "amount_stage"): STAGES,
    ("history_fact_revenue", "fund_source"): FUNDS,
    ("history_fact_revenue", "value_origin"): "published derived",
    ("history_fact_revenue", "revenue_source"): (
        "fiscal_appropriation_general fiscal_appropriation_fund "
        "fiscal_appropriation_state_capital special_account superior_subsidy business_income "
        "operating_income remitted_by_subordinate other_income opening_balance use_of_reserves"
    ),
    (
        "history_fact_three_public",
        "item",
    ): "overseas_travel vehicle_purchase vehicle_operation reception",
    ("history_fact_three_public", "value_status"): STATUS,
    ("history_fact_resource", "value_status"): STATUS,
    (
        "history_fact_narrative_figure",
        "measure",
    ): "value change growth_ratio share_ratio count average score",
    ("history_fact_narrative_figure", "comparator"): "prior_year initial_budget whole none",
    ("history_fact_narrative_figure", "direction"): "increase decrease flat none",
    ("history_fact_performance_indicator", "scope"): "project department",
    ("history_fact_performance_indicator", "phase"): "target result",
    (
        "history_fact_performance_indicator",
        "level1_code",
    ): "output benefit satisfaction cost decision process",
    (
        "history_fact_performance_indicator",
        "target_operator",
    ): "ge le gt lt eq approx between before qualitative",
    (
        "history_fact_performance_indicator",
        "attainment_status",
    ): "met partly_met not_met unknown",
    (
        "fact_reconciliation",
        "outcome",
    ): "pass rounding violation not_evaluable not_applicable",
    ("fact_reconciliation", "severity"): "info warning error",
    ("disclosure_coverage", "status"): "present declared_empty missing not_evaluable",
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> RawWarehouse:
    made = RawWarehouse(tmp_path_factory.mktemp("interface") / "work.duckdb")
    assert failures(made.build("--exclude-resource-type", "unit_test")) == []
    return made


def actual(warehouse: RawWarehouse, schema: str, table: str) -> dict[str, str]:
    return dict(
        warehouse.query(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = "
            f"current_database() AND schema_name = '{schema}' AND table_name = '{table}'"
        )
    )


@pytest.mark.parametrize("table", sorted(MARTS))
def test_a_mart_has_its_columns(empty: RawWarehouse, table: str) -> None:
    found = actual(empty, "marts", table)
    assert {name: found.get(name) for name in MARTS[table]} == MARTS[table]


@pytest.mark.parametrize("table", sorted(name for name in MARTS if name.startswith("fact")))
def test_history_has_the_columns_of_a_fact(empty: RawWarehouse, table: str) -> None:
    assert actual(empty, "history", table) == actual(empty, "marts", table)


@pytest.mark.parametrize("table", sorted(AUDIT))
def test_an_audit_table_has_its_columns(empty: RawWarehouse, table: str) -> None:
    found = actual(empty, "audit", table)
    assert {name: found.get(name) for name in AUDIT[table]} == AUDIT[table]


def test_names_say_what_a_column_holds(empty: RawWarehouse) -> None:
    rows = empty.query(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE database_name = "
        "current_database() AND schema_name IN ('marts', 'history')"
    )
    wrong = [
        row
        for row in rows
        if (row[1].endswith("_yuan") and row[2] != MONEY)
        or ((row[1].endswith("_ratio") or row[1] == "ratio") and row[2] != RATIO)
        or (row[2] in ("DOUBLE", "FLOAT") and row[1] not in ("x0", "y0", "x1", "y1"))
    ]
    assert wrong == []


@pytest.fixture(scope="module")
def promised_codes(empty: RawWarehouse) -> dict[tuple[str, str], list[str]]:
    """Codes that the tests of the project hold each column to."""
    manifest: dict[str, Any] = json.loads(
        (Path(empty.path).parent / "dbt-target" / "manifest.json").read_text(encoding="utf-8")
    )
    found: dict[tuple[str, str], list[str]] = {}
    for node in manifest["nodes"].values():
        metadata = node.get("test_metadata") or {}
        for column, codes in (metadata.get("kwargs", {}).get("codes") or {}).items():
            found[node["attached_node"].rsplit(".", 1)[-1], column] = codes
    return found


@pytest.mark.parametrize(("table", "column"), sorted(CODES))
def test_codes_are_exactly_those_promised(
    promised_codes: dict[tuple[str, str], list[str]], table: str, column: str
) -> None:
    assert sorted(promised_codes[table, column]) == sorted(CODES[table, column].split())
