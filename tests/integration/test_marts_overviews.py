"""Overviews and tables of operating information: what the rules and facts make of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from raw_warehouse import RawWarehouse, failures

GENERAL = "general_public_budget"


def lines(document: str, code: str, *rows: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the lines of one statement of a document, one figure each."""
    for line_no, row in enumerate(rows, start=1):
        yield {"document_key": document, "statement_code": code, "line_no": line_no, **row}


def line(text: str, key: str | None = None, **more: Any) -> dict[str, Any]:
    return {"published_text": text, "label_key": key, **more}


def budget(document: str, total: str, *, by_fund: bool) -> Iterator[dict[str, Any]]:
    """Yield a budget with 90 of the year and 10 carried over, and a table of so much."""
    stage = {"amount_stage": "initial_budget"}
    yield from lines(
        document,
        "B1",
        line(
            "90",
            "fiscal_appropriation_general",
            fund_source=GENERAL,
            revenue_source="fiscal_appropriation_general",
            **stage,
        ),
        line("10", "opening_balance", **stage),
    )
    yield from lines(
        document, "B6", line(total, "row_total", line_role="total", fund_source=GENERAL, **stage)
    )
    if by_fund:
        balance = line("10", "opening_balance", fund_source=GENERAL, **stage)
        yield from lines(document, "B5", balance)


def operating_information() -> Iterator[dict[str, Any]]:
    count = {"measure_code": "quantity"}
    yield from lines(
        "office",
        "F14",
        line("6", "three_public_total", measure_code="three_public_total", line_role="total"),
        line("2", "reception", measure_code="reception", three_public_item="reception"),
        line("37", "reception_events", published_unit="个", **count),
        line("412", "reception_persons", published_unit="人", **count),
        line("4", "vehicles_owned", published_unit="辆", **count),
        line(
            "4",
            "vehicle_operation",
            measure_code="vehicle_operation",
            three_public_item="vehicle_operation",
        ),
        line("9", "operating_expenses", measure_code="operating_expenses", line_role="memo"),
        line("7", "procurement_sme", measure_code="amount"),
        line("—", "vehicles", value_status="not_applicable", number_text=None, **count),
    )


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> RawWarehouse:
    made = RawWarehouse(tmp_path_factory.mktemp("overviews") / "work.duckdb")
    budgets = {"carried": ("100", True), "nothing": ("90", True), "wrong": ("95", True)}
    budgets["unknown"] = ("95", False)
    target = {"measure_code": "total", "amount_stage": "initial_budget"}
    cells = [
        *lines(
            "office",
            "F1",
            line("80", "fiscal_appropriation"),
            line("0", "fiscal_appropriation_fund", line_role="of_which"),
            line("20", "other_income", revenue_source="other_income"),
            line("100", "revenue_current_total", line_role="subtotal"),
        ),
        *lines(
            "office",
            "F9",
            line("8", measure_code="three_public_total", amount_stage="adjusted_budget"),
            line("6", measure_code="three_public_total"),
        ),
        *lines(
            "office",
            "F6",
            line("50", department_economic_code="301", measure_code="personnel"),
            line("10", department_economic_code="303", measure_code="personnel"),
            line("60", "personnel_total", line_role="total", measure_code="personnel"),
            line("29", department_economic_code="302", measure_code="public"),
            line("8", "public_total", line_role="total", measure_code="public"),
            line("1", department_economic_name="办 公 费", measure_code="public"),
            line("1", government_economic_name="会议费", measure_code="public"),
            line("1", department_economic_name="资本性支出（其他）", measure_code="public"),
        ),
        *operating_information(),
        *(
            cell
            for key, (total, by_fund) in budgets.items()
            for cell in budget(key, total, by_fund=by_fund)
        ),
        *lines(
            "carried",
            "B14",
            line("70", **target),
            line("30", **target),
            line("100", line_role="total", **target),
        ),
        *lines("carried", "B2", line("100", "row_total", line_role="total", **target)),
        *lines(
            "carried",
            "B2",
            line(
                "10",
                "row_total",
                line_role="total",
                measure_code="carry_over",
                amount_stage="initial_budget",
                revenue_source="opening_balance",
            ),
        ),
        *lines("carried", "B3", line("100", "row_total", line_role="total", **target)),
    ]
    year, before = {"amount_stage": "initial_budget"}, {"amount_stage": "prior_year_budget"}
    cells += [
        *lines(
            "compared",
            "B1",
            line("104", "expenditure_total", line_role="total", **year),
            line("4", "closing_balance", **year),
        ),
        *lines("compared", "B3", line("100", "row_total", line_role="total", **year)),
        *lines(
            "compared",
            "B10",
            line("-6", "reception", **{**year, "measure_code": "change"}),
            line(
                "-20", "reception", published_unit="%", **{**year, "measure_code": "growth_ratio"}
            ),
            line("30", "reception", **before),
            line("24", "reception", **year),
        ),
    ]
    tables = [
        {"document_key": "office", "statement_code": code, "table_index": n}
        for n, code in enumerate(("F1", "F14"))
    ]
    documents = [
        {"document_key": key, "department_id": f"r/{key}", "document_kind": "budget"}
        for key in budgets
    ]
    documents.append({**documents[0], "document_key": "compared", "department_id": "r/compared"})
    documents.append({"document_key": "office", "department_id": "r/office", "fiscal_year": 2019})
    made.add_all({"document": documents, "statement_cell": cells, "statement_table": tables})
    assert failures(made.build("--exclude-resource-type", "unit_test")) == []
    return made


def outcome(warehouse: RawWarehouse, rule: str, document: str) -> Any:
    return warehouse.value(
        "SELECT outcome FROM audit.fact_reconciliation "
        f"WHERE rule_id = '{rule}' AND document_key = '{document}'"
    )


def test_an_appropriation_that_is_not_split_is_one_source(warehouse: RawWarehouse) -> None:
    assert outcome(warehouse, "F1-04", "office") == "pass"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("carried", "pass"),
        ("nothing", "pass"),
        ("wrong", "violation"),
        ("unknown", "not_evaluable"),
    ],
)
def test_what_is_carried_over_may_be_in_the_table_or_not(
    warehouse: RawWarehouse, document: str, expected: str
) -> None:
    assert outcome(warehouse, "BX-04", document) == expected


def test_the_total_of_a_list_of_targets_speaks_for_it(warehouse: RawWarehouse) -> None:
    assert outcome(warehouse, "BX-11", "carried") == "pass"


def test_the_outcome_is_held_against_the_budget_that_is_printed(warehouse: RawWarehouse) -> None:
    assert outcome(warehouse, "F9-03A", "office") == "pass"
    assert outcome(warehouse, "F9-03", "office") == "not_evaluable"


def test_three_public_expenses_of_the_table_of_operating_information(
    warehouse: RawWarehouse,
) -> None:
    rows = warehouse.query(
        "SELECT item, amount_yuan, event_count, person_count, vehicle_count, statement_code "
        "FROM marts.fact_three_public WHERE document_key = 'office' ORDER BY item"
    )
    assert rows == [
        ("reception", Decimal(20000), 37, 412, None, "F14"),
        ("vehicle_operation", Decimal(40000), None, None, 4, "F14"),
    ]


def test_resources_of_the_table_of_operating_information(warehouse: RawWarehouse) -> None:
    rows = warehouse.query("SELECT metric, amount_yuan FROM marts.fact_resource ORDER BY metric")
    assert rows == [("operating_expenses", Decimal(90000)), ("procurement_sme", Decimal(70000))]


def test_a_table_is_required_from_the_year_in_which_it_came(warehouse: RawWarehouse) -> None:
    coverage = dict(
        warehouse.query(
            "SELECT statement_code, status FROM audit.disclosure_coverage "
            "WHERE document_key = 'office' AND is_required"
        )
    )
    assert "F8" not in coverage
    assert coverage["F9"] == "present"
    assert coverage["F7"] == "missing"


def test_staff_and_running_cost_in_blocks_of_their_own(warehouse: RawWarehouse) -> None:
    assert outcome(warehouse, "F6-02", "office") == "pass"
    assert outcome(warehouse, "F6-03", "office") == "violation"


def test_a_total_with_what_is_carried_over_is_no_revenue_of_the_year(
    warehouse: RawWarehouse,
) -> None:
    rows = warehouse.query(
        "SELECT revenue_source, amount_yuan, is_residual FROM marts.fact_revenue "
        "WHERE document_key = 'carried' AND NOT is_carry_over"
    )
    assert rows == [("fiscal_appropriation_general", Decimal(900000), False)]


def test_a_name_that_one_economic_code_has_gets_it(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT department_economic_code, government_economic_code FROM marts.fact_statement_line "
        "WHERE statement_code = 'F6' AND line_no > 5 ORDER BY line_no"
    )
    assert rows == [("30201", None), (None, "50202"), (None, None)]


def test_what_an_item_grew_by_is_no_amount_of_it(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT amount_stage, item, amount_yuan FROM marts.fact_three_public "
        "WHERE document_key = 'compared' ORDER BY amount_stage"
    )
    assert rows == [
        ("initial_budget", "reception", Decimal(240000)),
        ("prior_year_budget", "reception", Decimal(300000)),
    ]


def test_what_is_left_for_the_next_year_is_no_expenditure(warehouse: RawWarehouse) -> None:
    assert outcome(warehouse, "BX-01", "compared") == "pass"
