"""What the warehouse tells of a place: facts, labels that bound it, checks that failed there."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from fakes import fake_settings

from dagster_project.origin import AmbiguousKey, find_origin
from dagster_project.settings import Settings

CELL, EXECUTED, OLD, SENTENCE, BLOCKED, RAW = (c * 24 for c in "abcdef")

LINE = """
    SELECT * FROM (VALUES
        ('d1', 3, 'F3', 1, '教育支出', '205', '合计', 'total', NULL::DECIMAL(20,2), NULL),
        ('d1', 3, 'F3', 2, '普通教育', '20502', '合计', 'total', 5.00, NULL),
        ('d1', 3, 'F3', 3, '初中教育', '2050203', '支出\n > 基本支出', 'basic', 12500.00, $cell),
        ('d1', 3, 'F3', 4, '卫生健康支出', '210', '合计', 'total', 7.00, NULL),
        ('d1', 4, 'F5', 1, '另一张表', '205', '合计', 'total', 7.00, NULL)
    ) AS t(document_key, table_index, statement_code, line_no, line_label, function_code,
           header_text, measure_code, amount_yuan, source_key)
"""
TABLES = {
    "marts.dim_source": """
        SELECT unnest([$cell, $executed, $old, $sentence, $blocked]) AS source_key,
               unnest(['d1', 'd1', 'd0', 'd1', 'd1']) AS document_key, '1.25' AS source_text""",
    "marts.dim_document": """
        SELECT unnest(['d1', 'd0']) AS document_key, 'a.pdf' AS file_name, 'k' AS department_key,
               unnest([true, false]) AS is_current""",
    "marts.dim_department": "SELECT 'k' AS department_key, '示例市教育局' AS department_name",
    "marts.fact_statement_line": f"""
        SELECT *, '某表' AS table_title, 'leaf' AS line_role, 'final_account' AS amount_stage,
               '万元' AS published_unit FROM ({LINE})""",
    "history.fact_statement_line": "FROM marts.fact_statement_line",
    "marts.fact_expenditure": """
        SELECT 'final_account' AS amount_stage, 'basic' AS expenditure_type,
               12500.00::DECIMAL(20,2) AS amount_yuan, $cell AS source_key""",
    "marts.fact_project_performance": """
        SELECT '操场维修' AS project_name, 10.00::DECIMAL(20,2) AS adjusted_budget_yuan,
               9.50::DECIMAL(20,2) AS executed_yuan, 'x' AS adjusted_budget_source_key,
               $executed AS executed_source_key, 'y' AS source_key""",
    "marts.fact_narrative_figure": """
        SELECT '第二部分 > 支出说明' AS section_path, '教育支出' AS item_name,
               'function_class' AS subject, 'growth_ratio' AS measure,
               'final_account' AS amount_stage, NULL AS amount_yuan,
               0.125::DECIMAL(9,4) AS ratio, $sentence AS source_key""",
    "history.fact_revenue": """
        SELECT 'other_income' AS revenue_source, 'final_account' AS amount_stage,
               3.00::DECIMAL(20,2) AS amount_yuan, $old AS source_key""",
    "audit.fact_reconciliation": """
        SELECT * FROM (VALUES
            ('F3-01', 'violation', $cell, $sentence), ('F3-02', 'pass', $cell, NULL),
            ('F3-03', 'rounding', $executed, $cell), ('F3-04', 'violation', $old, NULL)
        ) AS t(rule_id, outcome, left_source_key, right_source_key)""",
    "audit.finding": "SELECT 'CODE_PADDED' AS code, $cell AS source_key",
    "audit.quarantined_row": """
        SELECT 'UNIT_UNKNOWN' AS reason_code, '6.00' AS observed, $blocked AS source_key""",
}
KEYS = {
    "cell": CELL,
    "executed": EXECUTED,
    "old": OLD,
    "sentence": SENTENCE,
    "blocked": BLOCKED,
}


def fill(database: Path, tables: dict[str, str]) -> None:
    database.parent.mkdir(parents=True)
    with duckdb.connect(str(database)) as connection:
        for table, query in tables.items():
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {table.split('.')[0]}")
            for name, key in KEYS.items():
                query = query.replace(f"${name}", f"'{key}'")
            connection.execute(f"CREATE TABLE {table} AS {query}")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A published copy with a few facts, and no working database."""
    found = fake_settings(tmp_path)
    fill(found.published, TABLES)
    return found


def test_a_cell_has_the_labels_of_its_row_and_the_headers_of_its_column(
    settings: Settings,
) -> None:
    origin = find_origin(settings, CELL)
    assert origin is not None
    assert origin.document["department_name"] == "示例市教育局"
    [binding] = origin.bindings
    assert binding.title == "某表"
    assert binding.row == ("教育支出", "普通教育", "初中教育")
    assert binding.column == ("支出", "基本支出")
    assert (binding.line_no, binding.line_role) == (3, "leaf")


def test_every_fact_of_a_place_is_named_with_its_amount(settings: Settings) -> None:
    origin = find_origin(settings, CELL)
    assert origin is not None
    assert [(u.table, u.amount_stage, u.measure, u.amount_yuan) for u in origin.uses] == [
        ("marts.fact_expenditure", "final_account", "basic", "12500.00"),
        ("marts.fact_statement_line", "final_account", "basic", "12500.00"),
    ]
    executed = find_origin(settings, EXECUTED)
    assert executed is not None
    [use] = executed.uses
    assert (use.amount_stage, use.measure, use.amount_yuan) == (
        "execution",
        "executed_yuan",
        "9.50",
    )
    assert executed.bindings[0].row == ("操场维修",)


def test_a_figure_of_prose_is_bound_by_its_headings(settings: Settings) -> None:
    origin = find_origin(settings, SENTENCE)
    assert origin is not None
    [use] = origin.uses
    assert (use.measure, use.amount_yuan, use.other) == (
        "function_class growth_ratio",
        None,
        "ratio=0.1250",
    )
    assert origin.bindings[0].row == ("第二部分", "支出说明", "教育支出")


def test_a_document_that_is_not_current_shows_its_history(settings: Settings) -> None:
    origin = find_origin(settings, OLD)
    assert origin is not None
    [use] = origin.uses
    assert (use.table, use.measure, use.amount_yuan) == (
        "history.fact_revenue",
        "other_income",
        "3.00",
    )
    assert origin.document["is_current"] is False


def test_checks_that_did_not_pass_touch_the_place_on_either_side(settings: Settings) -> None:
    origin = find_origin(settings, CELL)
    assert origin is not None
    assert {(r["rule_id"], r["outcome"]) for r in origin.reconciliations} == {
        ("F3-01", "violation"),
        ("F3-03", "rounding"),
    }
    assert [f["code"] for f in origin.findings] == ["CODE_PADDED"]


def test_a_quarantined_figure_has_a_reason_and_no_fact(settings: Settings) -> None:
    origin = find_origin(settings, BLOCKED)
    assert origin is not None
    assert origin.uses == ()
    assert [(q["reason_code"], q["observed"]) for q in origin.quarantined] == [
        ("UNIT_UNKNOWN", "6.00")
    ]


def test_a_unique_beginning_is_enough_and_an_ambiguous_one_is_not(settings: Settings) -> None:
    origin = find_origin(settings, CELL[:5])
    assert origin is not None
    assert origin.source["source_key"] == CELL
    with duckdb.connect(str(settings.published)) as connection:
        connection.execute("INSERT INTO marts.dim_source VALUES (?, 'd1', '2')", ["aa" + "1" * 22])
    with pytest.raises(AmbiguousKey) as caught:
        find_origin(settings, "aa")
    assert set(caught.value.matches) == {CELL, "aa" + "1" * 22}
    whole = find_origin(settings, CELL)
    assert whole is not None


def test_what_is_not_published_yet_is_found_in_the_working_database(settings: Settings) -> None:
    assert find_origin(settings, RAW) is None
    fill(
        settings.database,
        {
            "raw.source": f"SELECT '{RAW}' AS source_key, 'd9' AS document_key, '8' AS source_text",
            "raw.document": "SELECT 'd9' AS document_key, 'new.pdf' AS file_name",
            "raw.statement_cell": f"""
                SELECT '{RAW}' AS source_key, '新表' AS table_title, '合计' AS line_label,
                       '金额' AS header_text, 1 AS line_no, 'total' AS line_role""",
        },
    )
    origin = find_origin(settings, RAW)
    assert origin is not None
    assert origin.document["file_name"] == "new.pdf"
    assert (origin.bindings[0].row, origin.bindings[0].column) == (("合计",), ("金额",))
    assert origin.uses == ()


def test_without_any_warehouse_the_error_says_so(tmp_path: Path) -> None:
    with pytest.raises(duckdb.IOException):
        find_origin(fake_settings(tmp_path), CELL)
