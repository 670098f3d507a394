"""marts.fact_expenditure counts each yuan once: tables, prose, residuals, contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from raw_warehouse import RawWarehouse, failures


def f3_line(
    document: str, no: int, code: str | None, name: str, total: str, **parts: str
) -> Iterator[dict[str, Any]]:
    """Yield the cells of one line of 支出决算表; parts are basic and project."""
    is_total = code is None
    base = {
        "document_key": document,
        "statement_code": "F3",
        "line_no": no,
        "line_label": name,
        "function_code": code,
        "function_name": None if is_total else name,
        "line_role": "total" if is_total else "leaf",
        "label_key": "row_total" if is_total else None,
    }
    yield {**base, "published_text": total}
    for measure, text in parts.items():
        yield {**base, "measure_code": measure, "expenditure_type": measure, "published_text": text}


def prose(
    document: str, subject: str, text: str, name: str | None = None, **more: Any
) -> dict[str, Any]:
    return {
        "document_key": document,
        "subject": subject,
        "item_name": name,
        "published_text": text,
        "number_text": text.replace(",", ""),
        **more,
    }


def document(key: str, **more: Any) -> dict[str, Any]:
    return {"document_key": key, "department_id": f"region/{key}", "short_name": key, **more}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> RawWarehouse:
    made = RawWarehouse(tmp_path_factory.mktemp("expenditure") / "work.duckdb")
    cells: list[dict[str, Any]] = []
    figures: list[dict[str, Any]] = []

    # A table whose 类 and 款 were all taken for leaves: the codes decide.
    cells += f3_line("nested", 1, None, "合计", "100.00", basic="60.00", project="40.00")
    cells += f3_line(
        "nested", 2, "208", "社会保障和就业支出", "100.00", basic="60.00", project="40.00"
    )
    cells += f3_line(
        "nested", 3, "20805", "行政事业单位养老支出", "100.00", basic="60.00", project="40.00"
    )
    cells += f3_line(
        "nested", 4, "2080501", "行政单位离退休", "70.00", basic="60.00", project="10.00"
    )
    cells += f3_line("nested", 5, "2080599", "其他行政事业单位养老支出", "30.00", project="30.00")

    # The finest figures differ from the total by what rounding explains.
    cells += f3_line("rounded", 1, None, "合计", "10.00")
    for no, text in enumerate(("3.33", "3.33", "3.33"), start=2):
        cells += f3_line("rounded", no, f"205080{no}", "培训支出", text)

    # A table of all funds that contradicts its own total.
    cells += f3_line("contradicting", 1, None, "合计", "50.00")
    cells += f3_line("contradicting", 2, "2050803", "培训支出", "20.00")
    cells += f3_line("contradicting", 3, "2080101", "行政运行", "20.00")

    # The split by nature does not add up on one line: its total counts.
    cells += f3_line("odd-split", 1, None, "合计", "9.00")
    cells += f3_line("odd-split", 2, "2050803", "培训支出", "9.00", basic="4.00", project="4.00")

    # Comparative columns stay in their own stage.
    cells += f3_line("comparative", 1, None, "合计", "5.00")
    cells += f3_line("comparative", 2, "2050803", "培训支出", "5.00")
    cells += [
        {**cell, "amount_stage": "prior_year_final", "published_text": "4.00"}
        for no, code in ((1, None), (2, "2050803"))
        for cell in f3_line("comparative", no, code, "培训支出", "4.00")
    ]

    # Only a table of one fund; the total stands in prose.
    cells += [
        {
            "document_key": "partial",
            "statement_code": "F5",
            "line_no": 1,
            "function_code": "2050803",
            "function_name": "培训支出",
            "fund_source": "general_public_budget",
            "published_text": "8.00",
        }
    ]
    figures += [prose("partial", "expenditure_current_total", "12.00")]

    # 2017: 类 and 款 of the general public budget in prose, the rest in no item.
    figures += [prose("prose-2017", "expenditure_current_total", "203474.67")]
    figures += [
        prose("prose-2017", "function_class", text, name)
        for name, text in (
            ("一般公共服务支出", "6596.31"),
            ("教育支出", "40620.55"),
            ("社会保障和就业支出", "71815.05"),
            ("医疗卫生与计划生育支出", "70085.11"),
            ("其他支出", "1416.40"),
        )
    ]
    figures += [
        prose("prose-2017", "function_section", text, name, class_name=class_name)
        for class_name, name, text in (
            ("一般公共服务支出", "人力资源事务", "6596.31"),
            ("教育支出", "职业教育", "25450.45"),
            ("教育支出", "进修及培训", "420.03"),
            ("教育支出", "其他教育支出", "14750.07"),
            ("社会保障和就业支出", "人力资源和社会保障管理事务", "69430.91"),
            ("社会保障和就业支出", "行政事业单位离退休", "2287.81"),
            ("社会保障和就业支出", "其他社会保障和就业支出", "96.33"),
            ("医疗卫生与计划生育支出", "医疗卫生与计划生育管理事务", "382.57"),
            ("医疗卫生与计划生育支出", "行政事业单位医疗", "69702.55"),
            ("其他支出", "其他支出", "1416.40"),
        )
    ]

    # 2019: 项 with codes, two of six digits; one item lacks its unit and explains its 类 no more.
    figures += [prose("prose-2019", "expenditure_current_total", "1,011.87")]
    figures += [
        prose("prose-2019", "function_class", text, name)
        for name, text in (
            ("一般公共服务", "562.95"),
            ("住房保障支出", "56.55"),
            ("社会保障和就业", "354.79"),
            ("卫生健康", "37.08"),
        )
    ]
    figures += [
        prose("prose-2019", "function_item", text, name, item_code=code)
        for code, name, text in (
            ("2010607", "信息化建设", "9.00"),
            ("2011001", "行政运行", "308.52"),
            ("2011008", "引进人才费用", "20.01"),
            ("201105", "事业运行", "185.23"),
            ("201109", "其他人力资源事务支出", "40.18"),
            ("2210201", "住房公积金", "56.55"),
            ("2080199", "其他人力资源和社会保障管理事务支出", "278.17"),
            ("2080504", "未归口管理的行政单位离退休", "16.73"),
            ("2080505", "机关事业单位基本养老保险缴费支出", "47.99"),
            ("2080506", "机关事业单位职业年金缴费支出", "3.11"),
            ("2080905", "军队转业干部安置", "2.79"),
            ("2101101", "行政单位医疗", "21.20"),
            ("2101102", "事业单位医疗", "12.27"),
            ("2101103", "公务员医疗补助", "3.61"),
        )
    ]
    figures += [
        prose(
            "prose-2019",
            "function_item",
            "6.00",
            "劳动保障监察",
            item_code="2080105",
            published_unit=None,
        )
    ]

    # 款 that name no 类: the one spoken of last is meant, and one of an unknown name is left out.
    figures += [
        prose("following", "expenditure_current_total", "100.00"),
        prose("following", "function_class", "62.99", "教育支出"),
        prose("following", "function_section", "62.99", "进修及培训"),
        prose("following", "function_class", "20.00", "社会保障和就业支出"),
        prose(
            "following", "function_section", "5.00", "从未见过的事务", class_name="从未见过的大类"
        ),
        prose("following", "function_section", "20.00", "行政事业单位养老支出"),
    ]

    # Prose that says more than its own total explains nothing.
    figures += [
        prose("boasting", "expenditure_current_total", "10.00"),
        prose("boasting", "function_class", "12.00", "教育支出"),
    ]

    # A unit beside the consolidated account of its department.
    for key, text in (("whole", "30.00"), ("part", "10.00")):
        cells += f3_line(key, 1, None, "合计", text)
        cells += f3_line(key, 2, "2050803", "培训支出", text)

    made.add_all(
        {
            "document": [
                *(
                    document(key)
                    for key in (
                        "nested",
                        "rounded",
                        "contradicting",
                        "odd-split",
                        "comparative",
                        "partial",
                    )
                ),
                document("prose-2017", fiscal_year=2017),
                document("prose-2019", fiscal_year=2019),
                document("boasting"),
                document("following"),
                document("whole"),
                document("part", reporting_level="unit", parent_department_id="region/whole"),
                document("nothing", document_kind=None, fiscal_year=None, department_id=None),
            ],
            "statement_cell": [{"number_text": cell["published_text"], **cell} for cell in cells],
            "narrative_figure": figures,
        }
    )
    # Every fact leads to its place.
    places = made.query(
        "SELECT document_key, source_key FROM raw.statement_cell "
        "UNION ALL SELECT document_key, source_key FROM raw.narrative_figure"
    )
    made.add(
        "source", *({"document_key": d, "source_key": s, "source_text": "x"} for d, s in places)
    )
    result = made.build("--exclude-resource-type", "unit_test")
    assert failures(result) == []
    return made


def yuan(warehouse: RawWarehouse, key: str, where: str = "true") -> Decimal | None:
    return warehouse.expenditure(f"document_key = '{key}' AND {where}")


@pytest.mark.parametrize(
    ("key", "total"),
    [
        ("nested", "1000000.00"),
        ("rounded", "100000.00"),
        ("odd-split", "90000.00"),
        ("partial", "120000.00"),
        ("prose-2017", "2034746700.00"),
        ("prose-2019", "10118700.00"),
        ("boasting", "100000.00"),
        ("following", "1000000.00"),
    ],
)
def test_a_blind_sum_is_the_published_total(warehouse: RawWarehouse, key: str, total: str) -> None:
    assert yuan(warehouse, key) == Decimal(total)


def test_codes_decide_what_a_leaf_is_and_lines_split_by_nature(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT function_code, expenditure_type, amount_yuan FROM marts.fact_expenditure "
        "WHERE document_key = 'nested' ORDER BY ALL"
    )
    assert rows == [
        ("2080501", "basic", Decimal("600000.00")),
        ("2080501", "project", Decimal("100000.00")),
        ("2080599", "project", Decimal("300000.00")),
    ]


def test_a_split_that_does_not_add_up_is_not_used(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT expenditure_type, amount_yuan FROM marts.fact_expenditure WHERE document_key = "
        "'odd-split'"
    )
    assert rows == [("unspecified", Decimal("90000.00"))]


def test_a_rounding_remainder_is_one_residual_row_and_a_finding(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT function_name, amount_yuan, value_origin FROM marts.fact_expenditure "
        "WHERE document_key = 'rounded' AND is_residual"
    )
    assert rows == [("尾差", Decimal("100.00"), "derived")]
    outcome = warehouse.query(
        "SELECT outcome, severity, difference, tolerance FROM audit.fact_reconciliation "
        "WHERE document_key = 'rounded' AND rule_id = 'CUT-01'"
    )
    assert outcome == [("rounding", "info", Decimal("-100"), Decimal("200"))]


def test_a_contradiction_is_published_as_printed_and_reported(warehouse: RawWarehouse) -> None:
    assert yuan(warehouse, "contradicting") == Decimal("400000.00")
    assert yuan(warehouse, "contradicting", "is_residual") is None
    ((outcome, left, right, left_key, right_key),) = warehouse.query(
        "SELECT outcome, left_value, right_value, message_zh <> '', right_source_key IS NOT NULL "
        "FROM audit.fact_reconciliation WHERE document_key = 'contradicting' AND rule_id = 'CUT-01'"
    )
    assert (outcome, left, right) == ("violation", Decimal(400000), Decimal(500000))
    assert left_key
    assert right_key


def test_comparative_columns_never_mix(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT amount_stage, sum(amount_yuan) FROM marts.fact_expenditure "
        "WHERE document_key = 'comparative' GROUP BY ALL ORDER BY ALL"
    )
    assert rows == [
        ("final_account", Decimal("50000.00")),
        ("prior_year_final", Decimal("40000.00")),
    ]


def test_what_an_incomplete_cut_leaves_open_is_residual(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT statement_code, fund_source, function_name, amount_yuan, is_residual, basis "
        "FROM marts.fact_expenditure WHERE document_key = 'partial' ORDER BY is_residual"
    )
    assert rows == [
        ("F5", "general_public_budget", "培训支出", Decimal("80000.00"), False, "table"),
        (None, "all", "未细化", Decimal("40000.00"), True, "narrative"),
    ]


def test_prose_counts_its_sections_and_resolves_their_codes(warehouse: RawWarehouse) -> None:
    rows = dict(
        warehouse.query(
            "SELECT function_name, function_code FROM marts.fact_expenditure "
            "WHERE document_key = 'prose-2017' AND NOT is_residual"
        )
    )
    assert len(rows) == 10
    assert rows["人力资源事务"] == "20110"
    assert rows["行政事业单位离退休"] == "20805"
    assert yuan(warehouse, "prose-2017", "is_residual") == Decimal("129412400.00")


def test_short_codes_are_repaired_and_kept_and_an_unexplained_class_stays_whole(
    warehouse: RawWarehouse,
) -> None:
    rows = warehouse.query(
        "SELECT function_code, published_code, amount_yuan FROM marts.fact_expenditure "
        "WHERE document_key = 'prose-2019' AND NOT is_residual ORDER BY function_code"
    )
    codes = {code: printed for code, printed, _ in rows}
    assert codes["2011050"] == "201105"
    assert codes["2011099"] == "201109"
    assert ("208", None, Decimal("3547900.00")) in rows
    assert not any(code.startswith("20801") for code in codes)


def test_a_section_belongs_to_the_class_spoken_of_last(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT function_code, amount_yuan FROM marts.fact_expenditure "
        "WHERE document_key = 'following' AND function_code IS NOT NULL ORDER BY ALL"
    )
    assert rows == [("20508", Decimal("629900.00")), ("20805", Decimal("200000.00"))]


def test_a_unit_is_no_rollup_base_beside_its_department(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT DISTINCT document_key, is_rollup_base FROM marts.fact_expenditure "
        "WHERE document_key IN ('whole', 'part') ORDER BY ALL"
    )
    assert rows == [("part", False), ("whole", True)]


def test_a_document_that_nobody_can_place_is_kept_but_not_counted(warehouse: RawWarehouse) -> None:
    row = warehouse.query(
        "SELECT is_current, department_key FROM marts.dim_document WHERE document_key = 'nothing'"
    )
    assert row == [(False, None)]
