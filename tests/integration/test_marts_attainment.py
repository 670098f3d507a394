"""Whether targets were met, from what forms print: the rules case by case, through dbt."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from raw_warehouse import RawWarehouse, failures

Outcome = tuple[str, Decimal | None]


def case(
    operator: str,
    target: str | None,
    actual: str | None,
    *,
    units: tuple[str | None, str | None] = (None, None),
    **more: str,
) -> dict[str, str | None]:
    """Return the row of one indicator: the figures that were read, or only the texts."""
    return {
        "target_operator": operator,
        "target_value_text": target,
        "actual_value_text": actual,
        "target_unit": units[0],
        "actual_unit": units[1],
        **more,
    }


PER_CENT = ("%", None)
CASES: Mapping[str, tuple[dict[str, str | None], str, str | None]] = {
    "a bare fraction beside a target of a per cent": (
        case("le", "1", "0.5", units=PER_CENT),
        "unknown",
        None,
    ),
    "per cent beside a target that may be a fraction": (
        case("ge", "0.95", "97", units=(None, "%")),
        "unknown",
        None,
    ),
    "full-width per cent": (case("ge", "95", "97", units=("％", "%")), "met", "1.021053"),
    "a unit with its alternative": (case("ge", "20", "22", units=("台（套）", "台")), "met", "1.1"),
    "a count of the year": (case("ge", "4", "3", units=("次/年", "次")), "partly_met", "0.75"),
    "a count of each month": (case("eq", "1", "10", units=("次/月", "次")), "unknown", None),
    "nothing wanted": (case("eq", "0", "0"), "met", "1"),
    "nothing wanted, something seen": (case("eq", "0", "2"), "not_met", "0"),
    "at least nothing": (case("ge", "0", "3"), "met", "1"),
    "a fall where growth was wanted": (case("ge", "5", "-3", units=("%", "%")), "not_met", "0"),
    "a fall that was wanted": (case("ge", "-5", "-3", units=("%", "%")), "met", "1"),
    "a greater fall than was wanted": (case("ge", "-5", "-8", units=("%", "%")), "not_met", "0"),
    "an equal fall": (case("eq", "-5", "-5", units=("%", "%")), "met", "1"),
    "days without a comparing word": (case("eq", "15", "20", units=("日", "日")), "unknown", None),
    "days of an indicator of time": (
        case("eq", "15", "12", units=("个工作日", "个工作日"), level2="时效指标"),
        "met",
        "1",
    ),
    "too many days of a time limit": (
        case("eq", "15", "20", units=("日", "日"), level3="办结时限"),
        "partly_met",
        "0.666667",
    ),
    "years of use": (
        case("eq", "5", "6", units=("年", "年"), level2="时效指标"),
        "met",
        "1.2",
    ),
    "the very days": (case("eq", "15", "15", units=("日", "日")), "met", "1"),
    "less than, and equal": (case("lt", "5", "5"), "partly_met", "1"),
    "about": (case("approx", "100", "95"), "met", "0.95"),
    "much less than about": (case("approx", "100", "80"), "partly_met", "0.8"),
    "above a range": (
        case("between", "3", "5", target_value_high_text="4"),
        "partly_met",
        "0.75",
    ),
    "in the month before the deadline": (
        case("before", None, None, target_date="2022-12-31", actual_text="2022年11月完成"),
        "met",
        None,
    ),
    "on the last day": (
        case("before", None, None, target_date="2022-06-30", actual_text="2022年6月30日"),
        "met",
        None,
    ),
    "a day and a deadline without their year": (
        case(
            "before",
            None,
            None,
            target_date="2023-12-31",
            target_text="12月31日前",
            actual_text="12月20日",
        ),
        "met",
        None,
    ),
    "a day after a deadline without its year": (
        case(
            "before",
            None,
            None,
            target_date="2023-06-30",
            target_text="6月底前",
            actual_text="于7月2日发放",
        ),
        "not_met",
        None,
    ),
    "a day beside a deadline of a named year": (
        case(
            "before",
            None,
            None,
            target_date="2022-12-31",
            target_text="2022年12月31日前",
            actual_text="12月20日",
        ),
        "unknown",
        None,
    ),
    "after the deadline": (
        case("before", None, None, target_date="2022-06-30", actual_text="2022-07-02"),
        "not_met",
        None,
    ),
    "in the month of a deadline within it": (
        case("before", None, None, target_date="2022-06-15", actual_text="2022年6月"),
        "unknown",
        None,
    ),
    "not done on a day": (
        case("before", None, None, target_date="2022-12-31", actual_text="2022年12月31日尚在建设"),
        "unknown",
        None,
    ),
    "the deadline in its own words": (
        case(
            "before",
            None,
            None,
            target_date="2022-11-30",
            target_text="2022年12月前",
            actual_text="2022年12月前",
        ),
        "met",
        None,
    ),
    "two dates": (
        case("before", None, None, target_date="2022-06-30", actual_text="2022年5月至2022年8月"),
        "unknown",
        None,
    ),
    "a word of completion": (
        case("qualitative", None, None, target_text="按期", actual_text="已按时完成"),
        "met",
        None,
    ),
    "the year and the whole": (
        case("qualitative", None, None, target_text="全部", actual_text="完成2022年任务100%"),
        "met",
        None,
    ),
    "a part of it": (
        case("qualitative", None, None, target_text="按期", actual_text="完成80%"),
        "unknown",
        None,
    ),
    "completed badly": (
        case("qualitative", None, None, target_text="按期", actual_text="完成进度滞后"),
        "unknown",
        None,
    ),
    "completed, and no harm done": (
        case("qualitative", None, None, target_text="按期", actual_text="按时完成，未影响办公"),
        "met",
        None,
    ),
    "completed, but": (
        case("qualitative", None, None, target_text="按期", actual_text="完成采购，但尚未付款"),
        "unknown",
        None,
    ),
    "almost": (
        case("qualitative", None, None, target_text="按期", actual_text="基本完成"),
        "partly_met",
        None,
    ),
    "not yet": (
        case("qualitative", None, None, target_text="按期", actual_text="因故未能完成"),
        "not_met",
        None,
    ),
    "the words of the target": (
        case("qualitative", None, None, target_text="无未完成事项", actual_text="无未完成事项"),
        "met",
        None,
    ),
}


WEIGHTS = {2: "90", 3: "100"}
"""Weight of all indicators of a form that prints no line of its execution."""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> RawWarehouse:
    made = RawWarehouse(tmp_path_factory.mktemp("attainment") / "work.duckdb")
    rows = [{**row, "indicator_no": number} for number, (row, *_) in enumerate(CASES.values())]
    weighted = [
        {"project_no": number, "indicator_no": 100 + number, "weight_text": weight}
        | {"score_text": "88", "target_operator": "qualitative"}
        for number, weight in WEIGHTS.items()
    ]
    made.add_all(
        {
            "document": [{"document_kind": "performance"}],
            "performance_project": [
                {"project_no": number, "project_name": f"项目{number}", "total_score_text": "97"}
                for number in (1, *WEIGHTS)
            ],
            "performance_indicator": [*rows, *weighted],
        }
    )
    assert failures(made.build("--exclude-resource-type", "test", "unit_test")) == []
    return made


@pytest.fixture(scope="module")
def outcomes(warehouse: RawWarehouse) -> dict[str, Outcome]:
    found = warehouse.query(
        "SELECT attainment_status, attainment_ratio FROM marts.fact_performance_indicator "
        "WHERE project_no = 1 ORDER BY indicator_no"
    )
    return dict(zip(CASES, found, strict=True))


@pytest.mark.parametrize("name", CASES)
def test_attainment(outcomes: dict[str, Outcome], name: str) -> None:
    _, status, ratio = CASES[name]
    assert outcomes[name] == (status, None if ratio is None else Decimal(ratio))


def test_a_total_is_recomputed_only_where_no_weight_is_left_to_the_execution(
    warehouse: RawWarehouse,
) -> None:
    totals = dict(
        warehouse.query(
            "SELECT project_no, total_score FROM marts.fact_project_performance "
            "WHERE project_no > 1"
        )
    )
    assert totals == {2: None, 3: Decimal(88)}
