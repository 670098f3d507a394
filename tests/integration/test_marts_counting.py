"""Traps of double counting: trees of offices, versions, renditions, repeated tables, two stages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from raw_warehouse import RawWarehouse, failures

Row = dict[str, Any]
PDF = {"media_type": "application/pdf", "extraction_method": "pdf_text"}
WORD = {
    "media_type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "extraction_method": "office",
}
SHEET = {
    "media_type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "extraction_method": "office",
}


def listing(
    document: str,
    items: dict[str, str],
    total: str,
    code: str = "F3",
    table: int = 1,
    **more: Any,
) -> Iterator[Row]:
    """Yield a listing of function items with its total line."""
    base = {"document_key": document, "statement_code": code, "table_index": table, **more}
    yield {
        **base,
        "line_no": 1,
        "label_key": "row_total",
        "line_role": "total",
        "published_text": total,
    }
    for no, (function, text) in enumerate(items.items(), start=2):
        yield {
            **base,
            "line_no": no,
            "function_code": function,
            "function_name": f"科目{function}",
            "line_label": f"科目{function}",
            "published_text": text,
        }


def overview(
    document: str, lines: dict[str, str], code: str = "F1", table: int = 0, **more: Any
) -> Iterator[Row]:
    """Yield lines of an overview table by label key."""
    sources = [
        "fiscal_appropriation_general",
        "fiscal_appropriation_fund",
        "business_income",
        "other_income",
    ]
    for no, (key, text) in enumerate(lines.items(), start=1):
        yield {
            "document_key": document,
            "statement_code": code,
            "table_index": table,
            "measure_code": "amount",
            "line_no": no,
            "label_key": key,
            "line_label": key,
            "line_role": "leaf" if key in sources or key.endswith("balance") else "subtotal",
            "revenue_source": key if key in sources else None,
            "published_text": text,
            **more,
        }


def figure(document: str, subject: str, text: str, **more: Any) -> Row:
    return {"document_key": document, "subject": subject, "published_text": text, **more}


def office(key: str, department: str, level: str = "unit", **more: Any) -> Row:
    return {
        "document_key": key,
        "department_id": department,
        "short_name": department,
        "department_name": department,
        "reporting_level": level,
        **more,
    }


ITEMS = {"2010101": "60.00", "2010102": "40.00"}
MANY = {f"20101{no:02d}": f"{no}.00" for no in range(1, 61)}
"""Sixty items, so that one of them is less than one in fifty figures."""
MANY_TOTAL = "1830.00"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> RawWarehouse:
    made = RawWarehouse(tmp_path_factory.mktemp("counting") / "work.duckdb")
    documents: list[Row] = []
    cells: list[Row] = []
    prose: list[Row] = []

    # A department, its headquarters, two units and an office below one of the units.
    documents += [
        office("tree", "t/bureau", "department"),
        office("tree-hq", "t/bureau-hq", "headquarters", parent_department_id="t/bureau"),
        office("tree-u1", "t/unit1", parent_department_id="t/bureau"),
        office("tree-u2", "t/unit2", parent_department_id="t/bureau"),
        office("tree-sub", "t/office", parent_department_id="t/unit2"),
        office("lonely", "t/lonely", parent_department_id="t/absent"),
    ]
    for key, text in (
        ("tree", "100.00"),
        ("tree-hq", "50.00"),
        ("tree-u1", "30.00"),
        ("tree-u2", "20.00"),
        ("tree-sub", "5.00"),
        ("lonely", "7.00"),
    ):
        cells += listing(key, {"2010101": text}, text)
        cells += overview(key, {"other_income": text, "revenue_current_total": text})

    # Three formats of one disclosure; the PDF misreads one item.
    for key, form in (("same-txt", {}), ("same-pdf", PDF), ("same-docx", WORD)):
        documents.append(office(key, "r/same", "department", **form))
        items = {**MANY, "2010107": "7.01"} if key == "same-pdf" else MANY
        cells += listing(key, items, MANY_TOTAL)

    # The same file type with one figure changed is a correction; so is a change of a total.
    documents += [
        office("fixed-1", "r/fixed", "department", **PDF),
        office("fixed-2", "r/fixed", "department", title="某局2023年度决算（更正）", **PDF),
        office("total-1", "r/total", "department", published_on="2024-09-30", **WORD),
        office("total-2", "r/total", "department", published_on="2024-08-30", **PDF),
    ]
    cells += listing("fixed-1", MANY, MANY_TOTAL)
    cells += listing("fixed-2", {**MANY, "2010107": "7.01"}, MANY_TOTAL)
    cells += listing("total-1", {**MANY, "2010160": "61.00"}, "1831.00")
    cells += listing("total-2", MANY, MANY_TOTAL)

    # A workbook holds the tables, a Word file the prose: nothing in common, nothing differs.
    documents += [
        office("parts-xlsx", "r/parts", "department", **SHEET),
        office("parts-docx", "r/parts", "department", **WORD),
    ]
    cells += listing("parts-xlsx", ITEMS, "100.00")
    prose += [figure("parts-docx", "expenditure_current_total", "100.00")]

    # A draft that the final account repeats figure by figure.
    documents += [
        office("draft", "r/draft", "department", title="2023年度决算（草案）"),
        office("final", "r/draft", "department", title="2023年度决算", **PDF),
    ]
    for key in ("draft", "final"):
        cells += listing(key, ITEMS, "100.00")

    # Budget and account of one year; the account repeats the budget and the year before.
    documents += [
        office("b-2023", "y/bureau", "department", document_kind="budget"),
        office("a-2023", "y/bureau", "department"),
        office("a-2022", "y/bureau", "department", fiscal_year=2022),
    ]
    for key, code, stage, text in (
        ("b-2023", "B3", "initial_budget", "80.00"),
        ("b-2023", "B3", "prior_year_budget", "75.00"),
        ("a-2023", "F3", "final_account", "100.00"),
        ("a-2023", "F3", "initial_budget", "81.00"),
        ("a-2023", "F3", "prior_year_final", "50.00"),
        ("a-2022", "F3", "final_account", "50.00"),
    ):
        cells += listing(key, {"2010101": text}, text, code, amount_stage=stage)
        overview_code = "B1" if code == "B3" else "F1"
        cells += overview(
            key,
            {"other_income": text, "revenue_current_total": text},
            overview_code,
            amount_stage=stage,
        )

    # One file with the statement of a unit before that of the department.
    documents.append(office("twice", "w/bureau", "department"))
    cells += listing("twice", {"2010101": "40.00"}, "40.00", table=1)
    cells += overview("twice", {"other_income": "40.00", "revenue_current_total": "40.00"})
    cells += listing("twice", ITEMS, "100.00", table=9)
    cells += overview(
        "twice", {"other_income": "100.00", "revenue_current_total": "100.00"}, table=8
    )
    prose += [figure("twice", "expenditure_current_total", "100.00")]

    # Tables that disagree: two places print 100, the listing prints 90.
    documents.append(office("torn", "w/torn", "department"))
    cells += listing("torn", {"2010101": "90.00"}, "90.00")
    cells += overview("torn", {"expenditure_current_total": "100.00"})
    prose += [figure("torn", "expenditure_current_total", "100.00")]

    # Funds of performance forms are no expenditure.
    documents.append(office("forms", "w/forms", "department"))
    cells += listing("forms", ITEMS, "100.00")
    cells += [
        {
            "document_key": "forms",
            "statement_code": "PF",
            "table_index": 5,
            "line_no": 1,
            "label_key": "funds_total",
            "line_role": role,
            "measure_code": "amount",
            "amount_stage": stage,
            "expenditure_type": "project",
            "published_text": "70.00",
        }
        for role in ("total", "leaf")
        for stage in ("final_account", "execution")
    ]

    # 财政拨款收入 whose fund is not told, is told by proof, and is split in the table.
    documents += [
        office("untold", "v/untold", "department"),
        office("proved", "v/proved", "department"),
        office("split", "v/split", "department"),
    ]
    for key in ("untold", "proved"):
        prose += [
            figure(key, "revenue_current_total", "100.00"),
            figure(key, "revenue_item", "90.00", item_name="财政拨款收入"),
            figure(key, "revenue_item", "10.00", revenue_source="other_income"),
            figure(key, "balance", "3.00", revenue_source="opening_balance"),
        ]
    prose += [
        figure("proved", subject, text, fund_source=fund, value_status=status)
        for subject, fund, text, status in (
            ("government_fund_expenditure", "government_fund", "0.00", "zero"),
            ("state_capital_expenditure", "state_capital", "0.00", "zero"),
            ("general_public_budget_expenditure", "general_public_budget", "90.00", "reported"),
        )
    ]
    cells += overview(
        "split",
        {
            "fiscal_appropriation": "90.00",
            "fiscal_appropriation_general": "85.00",
            "fiscal_appropriation_fund": "5.00",
            "other_income": "10.00",
            "revenue_current_total": "100.00",
            "opening_balance": "4.00",
        },
    )

    made.add_all({"document": documents, "statement_cell": cells, "narrative_figure": prose})
    with duckdb.connect(str(made.path)) as connection:
        connection.execute(
            "INSERT INTO raw.manifest BY NAME SELECT document_key AS content_sha256, file_name, "
            "'loaded' AS status, 1 AS attempts, "
            "? + INTERVAL (row_number() OVER ()) HOUR AS first_seen_at FROM raw.document",
            [dt.datetime(2025, 1, 1)],
        )
    assert failures(made.build("--exclude-resource-type", "unit_test")) == []
    return made


def spent(warehouse: RawWarehouse, department: str, where: str = "true") -> Decimal | None:
    """Return the blind sum of a department in 万元."""
    total = warehouse.value(
        "SELECT sum(fact.amount_yuan) FROM marts.fact_expenditure AS fact "
        "JOIN marts.dim_department AS department USING (department_key) "
        f"WHERE department.department_id LIKE '{department}' AND {where}"
    )
    return None if total is None else Decimal(total) / 10000


def versions(warehouse: RawWarehouse, department: str) -> dict[str, tuple[int, bool, str | None]]:
    rows = warehouse.query(
        "SELECT document_key, version_no, document.is_current, supersedes_document_key "
        "FROM marts.dim_document AS document JOIN marts.dim_department USING (department_key) "
        f"WHERE department_id = '{department}'"
    )
    return {key: (number, current, before) for key, number, current, before in rows}


@pytest.mark.parametrize("fact", ["fact_expenditure", "fact_revenue"])
def test_an_office_below_a_consolidated_department_is_no_rollup_base(
    warehouse: RawWarehouse, fact: str
) -> None:
    flags = dict(
        warehouse.query(
            f"SELECT DISTINCT document_key, is_rollup_base FROM marts.{fact} "
            "WHERE document_key LIKE 'tree%' OR document_key = 'lonely'"
        )
    )
    assert flags == {
        "tree": True,
        "tree-hq": False,
        "tree-u1": False,
        "tree-u2": False,
        "tree-sub": False,
        "lonely": True,
    }


def test_a_sum_over_organisations_counts_the_department_alone(warehouse: RawWarehouse) -> None:
    assert spent(warehouse, "t/%", "is_rollup_base") == 107
    assert spent(warehouse, "t/bureau") == 100
    assert spent(warehouse, "t/bureau-hq") == 50


def test_formats_are_one_version_in_spite_of_a_misread_figure(warehouse: RawWarehouse) -> None:
    found = versions(warehouse, "r/same")
    assert {number for number, _, _ in found.values()} == {1}
    assert [key for key, (_, current, _) in found.items() if current] == ["same-txt"]
    assert spent(warehouse, "r/same") == Decimal(MANY_TOTAL)


def test_the_misread_figure_is_listed_with_both_places(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT document_key, scope LIKE '%2010107%', left_value, right_value, left_source_key "
        "<> right_source_key FROM audit.fact_reconciliation WHERE rule_id = 'VERSION-01'"
    )
    assert rows == [("same-pdf", True, Decimal(70100), Decimal(70000), True)]


def test_one_changed_figure_in_the_same_format_is_a_new_version(warehouse: RawWarehouse) -> None:
    assert versions(warehouse, "r/fixed") == {
        "fixed-1": (1, False, None),
        "fixed-2": (2, True, "fixed-1"),
    }


def test_a_changed_total_is_a_new_version_and_the_date_orders_them(
    warehouse: RawWarehouse,
) -> None:
    assert versions(warehouse, "r/total") == {
        "total-2": (1, False, None),
        "total-1": (2, True, "total-2"),
    }
    assert spent(warehouse, "r/total") == 1831


def test_tables_in_one_file_and_prose_in_another_are_one_version(warehouse: RawWarehouse) -> None:
    found = versions(warehouse, "r/parts")
    assert found["parts-xlsx"] == (1, True, None)
    assert found["parts-docx"] == (1, False, None)
    assert spent(warehouse, "r/parts") == 100
    rows = warehouse.query(
        "SELECT document_key, left_value FROM audit.fact_reconciliation"
        " WHERE rule_id = 'VERSION-02'"
    )
    assert rows == [("parts-docx", 1)]


def test_of_a_draft_and_an_equal_account_the_account_counts(warehouse: RawWarehouse) -> None:
    found = versions(warehouse, "r/draft")
    assert {key: current for key, (_, current, _) in found.items()} == {
        "draft": False,
        "final": True,
    }
    assert spent(warehouse, "r/draft") == 100


@pytest.mark.parametrize("fact", ["fact_expenditure", "fact_revenue"])
def test_each_stage_of_a_year_is_counted_from_one_document(
    warehouse: RawWarehouse, fact: str
) -> None:
    rows = warehouse.query(
        "SELECT fact.fiscal_year, fact.amount_stage, min(fact.document_key), "
        f"sum(fact.amount_yuan) / 10000 FROM marts.{fact} AS fact "
        "JOIN marts.dim_department USING (department_key) "
        "WHERE department_id = 'y/bureau' GROUP BY ALL ORDER BY ALL"
    )
    assert rows == [
        (2022, "final_account", "a-2022", 50),
        (2023, "final_account", "a-2023", 100),
        (2023, "initial_budget", "b-2023", 80),
        (2023, "prior_year_budget", "b-2023", 75),
        (2023, "prior_year_final", "a-2023", 50),
    ]


def test_history_keeps_what_the_marts_leave_out(warehouse: RawWarehouse) -> None:
    total = warehouse.value(
        "SELECT sum(amount_yuan) FROM history.fact_expenditure WHERE document_key = 'a-2023' "
        "AND amount_stage = 'initial_budget'"
    )
    assert total == Decimal(810000)


def test_documents_of_one_department_are_held_against_one_another(
    warehouse: RawWarehouse,
) -> None:
    rows = warehouse.query(
        "SELECT rule_id, outcome, left_value, right_value FROM audit.fact_reconciliation "
        "WHERE document_key = 'a-2023' AND rule_id IN ('X-01', 'X-03') ORDER BY rule_id"
    )
    assert rows == [
        ("X-01", "violation", Decimal(810000), Decimal(800000)),
        ("X-03", "pass", Decimal(500000), Decimal(500000)),
    ]
    units = warehouse.query(
        "SELECT outcome, left_value, right_value FROM audit.fact_reconciliation "
        "WHERE document_key = 'tree' AND rule_id = 'X-04'"
    )
    assert units == [("pass", Decimal(1000000), Decimal(1000000))]


def test_of_a_statement_printed_twice_the_one_with_the_total_of_the_document_counts(
    warehouse: RawWarehouse,
) -> None:
    assert spent(warehouse, "w/bureau") == 100
    revenue = warehouse.value(
        "SELECT sum(amount_yuan) FROM marts.fact_revenue WHERE document_key = 'twice'"
    )
    assert revenue == Decimal(1000000)


def test_disagreeing_tables_are_published_as_printed_and_found(warehouse: RawWarehouse) -> None:
    assert spent(warehouse, "w/torn") == 90
    rows = warehouse.query(
        "SELECT left_value, right_value FROM audit.fact_reconciliation "
        "WHERE document_key = 'torn' AND rule_id = 'CUT-01' AND outcome = 'violation'"
    )
    assert rows == [(Decimal(900000), Decimal(1000000))]


def test_funds_of_performance_forms_are_no_expenditure(warehouse: RawWarehouse) -> None:
    assert spent(warehouse, "w/forms") == 100
    stages = warehouse.query(
        "SELECT DISTINCT amount_stage, statement_code FROM marts.fact_expenditure "
        "WHERE document_key = 'forms'"
    )
    assert stages == [("final_account", "F3")]


def test_appropriation_keeps_its_fund_open_unless_the_document_proves_it(
    warehouse: RawWarehouse,
) -> None:
    rows = warehouse.query(
        "SELECT document_key, revenue_source, fund_source, amount_yuan / 10000, is_carry_over "
        "FROM marts.fact_revenue WHERE document_key IN ('untold', 'proved', 'split') "
        "AND value_origin = 'published' AND NOT is_residual ORDER BY ALL"
    )
    assert rows == [
        ("proved", "fiscal_appropriation_general", "general_public_budget", 90, False),
        ("proved", "opening_balance", "carry_over", 3, True),
        ("proved", "other_income", "unit_funds", 10, False),
        ("split", "fiscal_appropriation_fund", "government_fund", 5, False),
        ("split", "fiscal_appropriation_general", "general_public_budget", 85, False),
        ("split", "opening_balance", "carry_over", 4, True),
        ("split", "other_income", "unit_funds", 10, False),
        ("untold", "opening_balance", "carry_over", 3, True),
        ("untold", "other_income", "unit_funds", 10, False),
        ("untold", None, "all", 90, False),
    ]


@pytest.mark.parametrize("key", ["untold", "proved", "split", "twice", "tree"])
def test_revenue_without_carry_over_is_the_published_total(
    warehouse: RawWarehouse, key: str
) -> None:
    total = warehouse.value(
        "SELECT sum(amount_yuan) FROM marts.fact_revenue "
        f"WHERE document_key = '{key}' AND NOT is_carry_over"
    )
    assert total == Decimal(1000000)


def test_ratios_of_the_wide_tables_are_sums_over_sums(warehouse: RawWarehouse) -> None:
    ((initial, final, prior, execution, deviation, growth),) = warehouse.query(
        "SELECT initial_budget_yuan, final_account_yuan, prior_year_final_yuan, execution_ratio, "
        "deviation_ratio, growth_ratio FROM marts.mart_budget_execution "
        "JOIN marts.dim_department USING (department_key) WHERE department_id = 'y/bureau' "
        "AND fiscal_year = 2023 AND function_level = 0"
    )
    assert (initial, final, prior) == (800000, 1000000, 500000)
    assert (execution, deviation, growth) == (Decimal("1.25"), Decimal("0.25"), 1)
    ((year_initial, year_final, year_execution, documents),) = warehouse.query(
        "SELECT initial_budget_yuan, final_account_yuan, execution_ratio, n_documents "
        "FROM marts.mart_department_year WHERE department_id = 'y/bureau' AND fiscal_year = 2023"
    )
    assert (year_initial, year_final, year_execution, documents) == (
        800000,
        1000000,
        Decimal("1.25"),
        2,
    )
