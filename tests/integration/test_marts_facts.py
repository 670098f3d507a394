"""Performance, revenue, “三公”, rules and wide tables, from hand-made raw rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import duckdb
import pytest
from raw_warehouse import RawWarehouse, failures


def figure(no: int, text: str, measure: str = "value", **more: Any) -> dict[str, Any]:
    return {
        "document_key": "prose",
        "figure_no": no,
        "published_text": text,
        "measure": measure,
        **more,
    }


INDICATORS: list[dict[str, Any]] = [
    # no, operator, target, unit, actual, unit, weight, score
    {
        "indicator_no": 1,
        "target_operator": "ge",
        "target_value_text": "100",
        "target_unit": "人",
        "actual_value_text": "130",
        "actual_unit": "人",
    },
    {
        "indicator_no": 2,
        "target_operator": "ge",
        "target_value_text": "100",
        "target_unit": "人",
        "actual_value_text": "60",
        "actual_unit": "人",
    },
    {
        "indicator_no": 3,
        "target_operator": "le",
        "target_value_text": "10",
        "target_unit": "天",
        "actual_value_text": "12",
        "actual_unit": "天",
    },
    {
        "indicator_no": 4,
        "target_operator": "le",
        "target_value_text": "10",
        "target_unit": "天",
        "actual_value_text": "25",
        "actual_unit": "天",
    },
    {
        "indicator_no": 5,
        "target_operator": "ge",
        "target_value_text": "95",
        "target_unit": "%",
        "actual_value_text": "97",
        "actual_unit": "人",
    },
    {
        "indicator_no": 6,
        "target_operator": "le",
        "target_value_text": "1.5",
        "target_unit": "万元",
        "actual_value_text": "14000",
        "actual_unit": "元",
    },
    {
        "indicator_no": 7,
        "target_operator": "qualitative",
        "target_text": "效果明显",
        "actual_text": "部分达成并具有一定效果",
    },
    {
        "indicator_no": 8,
        "target_operator": "ge",
        "target_value_text": "95",
        "target_unit": "%",
        "actual_value_text": "0.97",
        "actual_unit": None,
    },
    {
        "indicator_no": 9,
        "target_operator": "eq",
        "target_value_text": "5.46",
        "target_unit": "万元",
        "level2": "成本指标",
        "actual_value_text": "4.71",
        "actual_unit": "万元",
    },
    {
        "indicator_no": 10,
        "target_operator": "between",
        "target_value_text": "3",
        "target_value_high_text": "5",
        "actual_value_text": "4",
    },
    {
        "indicator_no": 11,
        "target_operator": "eq",
        "target_value_text": "21",
        "target_unit": "元/亩次",
        "level2": "成本指标",
        "actual_value_text": "20.32",
        "actual_unit": "元/亩次",
        "weight_text": None,
        "score_text": None,
    },
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> RawWarehouse:
    made = RawWarehouse(tmp_path_factory.mktemp("facts") / "work.duckdb")
    overview = {
        "document_key": "table",
        "statement_code": "F1",
        "measure_code": "amount",
        "published_unit": "元",
        "line_role": "leaf",
    }
    made.add_all(
        {
            "document": [
                {"document_key": "prose", "department_id": "region/a", "fiscal_year": 2020},
                {"document_key": "table", "department_id": "region/b"},
                {"document_key": "budget", "department_id": "region/b", "document_kind": "budget"},
            ],
            "performance_project": [
                {
                    "document_key": "prose",
                    "project_name": "档案经费",
                    "funds_unit": "万元",
                    "initial_budget_text": "60",
                    "adjusted_budget_text": "63.00",
                    "executed_text": "35.82",
                    "execution_ratio_text": "56.86%",
                    "execution_weight_text": "10",
                    "execution_score_text": "5.69",
                    "total_score_text": "99",
                }
            ],
            "performance_indicator": [
                {"document_key": "prose", "weight_text": "10", "score_text": "10", **row}
                for row in INDICATORS
            ],
            "narrative_figure": [
                # 172.93 is 3.18 more than 169.75, a rise of 1.87 per cent, not of 1.81.
                figure(
                    1,
                    "172.93",
                    subject="function_section",
                    item_name="行政事业单位养老支出",
                    section_path="p",
                ),
                figure(
                    2,
                    "3.18",
                    "change",
                    subject="function_section",
                    item_name="行政事业单位养老支出",
                    section_path="p",
                    comparator="initial_budget",
                    direction="increase",
                ),
                figure(
                    3,
                    "1.81",
                    "growth_ratio",
                    subject="function_section",
                    item_name="行政事业单位养老支出",
                    section_path="p",
                    comparator="initial_budget",
                    direction="increase",
                    published_unit="%",
                ),
                figure(4, "8", "value", subject="three_public", three_public_item="reception"),
                figure(
                    5,
                    "93",
                    "count",
                    subject="three_public",
                    three_public_item="reception",
                    published_unit="批次",
                ),
                figure(
                    6,
                    "1137",
                    "count",
                    subject="three_public",
                    three_public_item="reception",
                    published_unit="人次",
                ),
                figure(
                    7,
                    "46",
                    "count",
                    subject="staff",
                    resource_metric="staff_quota",
                    published_unit="人",
                ),
                figure(8, "100", subject="revenue_current_total"),
                figure(
                    9,
                    "80",
                    subject="revenue_item",
                    item_name="事业收入",
                    revenue_source="business_income",
                ),
            ],
            "statement_cell": [
                {
                    **overview,
                    "line_no": 1,
                    "revenue_source": "fiscal_appropriation_general",
                    "label_key": "fiscal_appropriation_general",
                    "published_text": "90",
                },
                {
                    **overview,
                    "line_no": 2,
                    "revenue_source": "other_income",
                    "label_key": "other_income",
                    "published_text": "10",
                },
                {
                    **overview,
                    "line_no": 3,
                    "label_key": "revenue_current_total",
                    "line_role": "subtotal",
                    "published_text": "100",
                },
                {**overview, "line_no": 4, "label_key": "opening_balance", "published_text": "7"},
                {
                    **overview,
                    "line_no": 5,
                    "label_key": "revenue_total",
                    "line_role": "total",
                    "published_text": "107",
                },
                {
                    **overview,
                    "line_no": 6,
                    "label_key": "expenditure_total",
                    "line_role": "total",
                    "published_text": "110",
                },
                {
                    **overview,
                    "line_no": 7,
                    "label_key": "expenditure_current_total",
                    "line_role": "subtotal",
                    "published_text": "99",
                },
                {
                    **overview,
                    "line_no": 8,
                    "function_name": "教育支出",
                    "line_label": "五、教育支出",
                    "published_text": "99",
                },
                {
                    **overview,
                    "document_key": "budget",
                    "statement_code": "B3",
                    "measure_code": "total",
                    "line_no": 1,
                    "label_key": "row_total",
                    "line_role": "total",
                    "amount_stage": "initial_budget",
                    "published_text": "90",
                },
                {
                    **overview,
                    "document_key": "budget",
                    "statement_code": "B3",
                    "measure_code": "total",
                    "line_no": 2,
                    "function_code": "2050803",
                    "function_name": "培训支出",
                    "amount_stage": "initial_budget",
                    "published_text": "90",
                },
            ],
        }
    )
    with duckdb.connect(str(made.path)) as connection:
        for dataset in ("statement_cell", "narrative_figure", "performance_indicator"):
            connection.execute(
                "INSERT INTO raw.source BY NAME "
                f"SELECT document_key, source_key, '' AS source_text, load_id, loaded_at FROM "
                f"raw.{dataset}"
            )
    assert failures(made.build("--exclude-resource-type", "unit_test")) == []
    return made


@pytest.mark.parametrize(
    ("number", "status", "ratio", "low", "high", "missed"),
    [
        (1, "met", "1.3", "10", "10", False),
        (2, "partly_met", "0.6", "6", "6", True),
        (3, "partly_met", "0.8", "8", "8", True),
        (4, "not_met", "0", "0", "0", True),
        (5, "unknown", None, None, None, False),
        (6, "met", "1", "10", "10", False),
        (7, "partly_met", None, "6", "8", True),
        (8, "unknown", None, None, None, False),
        (9, "met", "1", "10", "10", False),
        (11, "met", "1", None, None, False),
        (10, "met", "1", "10", "10", False),
    ],
)
def test_attainment_and_the_score_that_the_rules_give(
    warehouse: RawWarehouse,
    number: int,
    status: str,
    ratio: str | None,
    low: str | None,
    high: str | None,
    missed: bool,
) -> None:
    ((found, *numbers, flag),) = warehouse.query(
        "SELECT attainment_status, attainment_ratio, recomputed_score_low, recomputed_score_high, "
        "full_marks_missed "
        f"FROM marts.fact_performance_indicator WHERE indicator_no = {number}"
    )
    expected = [None if text is None else Decimal(text) for text in (ratio, low, high)]
    assert (found, numbers, flag) == (status, expected, missed)


def test_a_project_has_its_money_and_both_scores(warehouse: RawWarehouse) -> None:
    ((initial, adjusted, executed, published, ratio, score, total),) = warehouse.query(
        "SELECT initial_budget_yuan, adjusted_budget_yuan, executed_yuan, "
        "execution_ratio_published, execution_ratio, "
        "execution_score, total_score FROM marts.fact_project_performance"
    )
    assert (initial, adjusted, executed) == (Decimal(600000), Decimal(630000), Decimal(358200))
    assert (published, ratio) == (Decimal("0.5686"), Decimal("0.568571"))
    assert score == Decimal("5.69")
    assert total == Decimal("105.69")
    outcome = warehouse.value(
        "SELECT outcome FROM audit.fact_reconciliation WHERE rule_id = 'P-05'"
    )
    assert outcome == "violation"


def test_a_rate_in_prose_that_its_amounts_refute_is_found(warehouse: RawWarehouse) -> None:
    ((outcome, stated, computed),) = warehouse.query(
        "SELECT outcome, left_value, right_value FROM audit.fact_reconciliation WHERE rule_id = "
        "'N-02'"
    )
    assert (outcome, stated, computed) == ("violation", Decimal("0.0181"), Decimal("0.018733"))


def test_counts_of_receptions_stand_beside_the_amount(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT item, amount_yuan, event_count, person_count, vehicle_count FROM "
        "marts.fact_three_public"
    )
    assert rows == [("reception", Decimal(80000), 93, 1137, None)]


def test_resources_keep_quantity_and_unit(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT metric, quantity, quantity_unit, amount_yuan FROM marts.fact_resource"
    )
    assert rows == [("staff_quota", Decimal(46), "人", None)]


def test_revenue_adds_up_with_its_rest_and_without_carry_over(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT document_key, revenue_source, amount_yuan, is_residual, is_carry_over FROM "
        "marts.fact_revenue ORDER BY ALL"
    )
    assert rows == [
        ("prose", "business_income", Decimal(800000), False, False),
        ("prose", None, Decimal(200000), True, False),
        ("table", "fiscal_appropriation_general", Decimal(90), False, False),
        ("table", "opening_balance", Decimal(7), False, True),
        ("table", "other_income", Decimal(10), False, False),
    ]


def test_a_broken_rule_has_its_weight_and_both_values(warehouse: RawWarehouse) -> None:
    rows = {
        rule: (outcome, severity, difference)
        for rule, outcome, severity, difference in warehouse.query(
            "SELECT rule_id, outcome, severity, difference FROM audit.fact_reconciliation WHERE "
            "document_key = 'table'"
        )
    }
    assert rows["F1-01"] == ("violation", "error", Decimal(-3))
    assert rows["F1-02"] == ("pass", "info", Decimal(0))
    assert rows["F1-05"] == ("pass", "info", Decimal(0))
    assert rows["FX-02"][0] == "not_applicable"


def test_budget_and_account_meet_in_the_wide_table(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT function_level, function_code, initial_budget_yuan, final_account_yuan, "
        "execution_basis, execution_ratio, "
        "deviation_ratio FROM marts.mart_budget_execution WHERE department_key = "
        "(SELECT department_key FROM marts.dim_document WHERE document_key = 'table') AND "
        "function_level < 2 ORDER BY ALL"
    )
    expected = (Decimal(90), Decimal(99), "initial_budget", Decimal("1.1"), Decimal("0.1"))
    assert rows == [(0, None, *expected), (1, "205", *expected)]


def test_the_department_year_sums_up(warehouse: RawWarehouse) -> None:
    ((indicators, comparable, met, missed, ratio),) = warehouse.query(
        "SELECT n_indicators, n_comparable_indicators, n_met_indicators, n_full_marks_missed, "
        "attainment_ratio "
        "FROM marts.mart_department_year WHERE fiscal_year = 2020"
    )
    assert (indicators, comparable, met, missed, ratio) == (11, 9, 5, 4, Decimal("0.555556"))
