"""Account tables of the real documents: every printed figure, once, at its place."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from extract.datasets import SourceRow, StatementCellRow
from extract.extraction import Extraction, extract_document
from extract.readers import read_document
from extract.recognise.profile import resolve_profile
from extract.recognise.statements import Statements, recognise_statements
from extract.sources import SourceLedger

BUDGET_2023 = "disclosures/text/003_42b7666e9184a5e9.txt"
RENDITIONS = ("003.docx", "003.pdf", "003.xlsx", "003.html")
STATEMENT_OF_FAMILY = {f"table{number:02d}": f"B{number}" for number in range(1, 15)}
MEASURE_OF_TYPE = {
    "合计": {"total", "amount"},
    "基本支出": {"basic", "total"},
    "项目支出": {"project", "total", "general_public_budget", "project_funds", "fiscal_funds"},
    "基本支出/人员经费": {"personnel"},
    "基本支出/公用经费": {"public"},
    "项目支出/扣除基建项目后预算数": {"project_excluding_capital_construction"},
    "政府购买服务": {"purchase_total", "purchase_current_year"},
}


@cache
def recognise(path: Path) -> tuple[Statements, dict[str, SourceRow]]:
    document = read_document(path)
    sources = SourceLedger(document.key)
    profile = resolve_profile(document, sources)
    statements = recognise_statements(document, profile, sources)
    whole = extract_document(document)  # the unit of the target list is proved by its indicators
    if not isinstance(whole, Extraction):
        return statements, {row.source_key: row for row in sources.rows()}
    statements.cells = list(whole.rows["statement_cell"])  # type: ignore[arg-type]
    sources_of = {row.source_key: row for row in whole.rows["source"]}  # type: ignore[union-attr]
    return statements, sources_of  # type: ignore[return-value]


def amount(cell: StatementCellRow) -> Decimal:
    assert cell.number_text is not None
    return Decimal(cell.number_text)


def of(statements: Statements, code: str) -> list[StatementCellRow]:
    return [c for c in statements.cells if c.statement_code == code and c.number_text]


def one(cells: Iterable[StatementCellRow]) -> Decimal:
    found = list(cells)
    assert len(found) == 1, found
    return amount(found[0])


def test_every_table_figure_of_the_budget_at_its_line(shared_dir: Path) -> None:
    statements, sources = recognise(shared_dir / BUDGET_2023)
    with (shared_dir / "truth/figures.csv").open(encoding="utf-8") as handle:
        truth = [
            row
            for row in csv.DictReader(handle)
            if row["document"].startswith("003") and row["family"].startswith("table")
        ]
    expected = Counter(
        (
            STATEMENT_OF_FAMILY[row["family"][:7]],
            int(row["source_line"]),
            row["published_text"],
            row["published_unit"],
            Decimal(row["amount_yuan"]).normalize(),
        )
        for row in truth
    )
    cells = [c for c in statements.cells if c.number_text is not None]
    read = Counter(
        (
            cell.statement_code,
            sources[cell.source_key].line_start,
            cell.published_text,
            cell.published_unit,
            (amount(cell) * 10000).quantize(Decimal("0.01")).normalize(),
        )
        for cell in cells
    )
    assert len(truth) == 498
    assert read == expected
    by_line = {(c.statement_code, sources[c.source_key].line_start): c for c in cells}
    for row in truth:
        cell = by_line[STATEMENT_OF_FAMILY[row["family"][:7]], int(row["source_line"])]
        if row["item_code"]:
            # The two-sided tables print names only: codes are resolved later, by year.
            assert cell.function_code in (row["item_code"], None), row
            assert (cell.function_code is None) is (cell.statement_code in ("B1", "B5"))
            assert (cell.function_name or "") in row["item_name"], row
        allowed = MEASURE_OF_TYPE.get(row["expenditure_type"])
        if allowed:
            assert cell.measure_code in allowed, row
        assert cell.amount_stage == "initial_budget"


def test_leaves_of_the_expenditure_table_add_up_to_the_budget(shared_dir: Path) -> None:
    statements, _ = recognise(shared_dir / BUDGET_2023)
    leaves = [
        c for c in of(statements, "B3") if c.line_role == "leaf" and c.measure_code == "total"
    ]
    assert len(leaves) == 66
    assert sum(map(amount, leaves)) == Decimal("10122.377376")
    assert {len(c.function_code or "") for c in leaves} == {7}
    assert {len(c.department_economic_code or "") for c in leaves} == {5}
    assert {len(c.government_economic_code or "") for c in leaves} == {5}
    roles = [(c.organisation_code, c.line_role) for c in of(statements, "B2")]
    assert set(roles) == {("257", "subtotal"), ("257001", "leaf"), (None, "total")}
    projects = [c for c in of(statements, "B13") if c.measure_code == "project_funds"]
    assert len({c.project_code for c in projects}) == 33
    assert sum(map(amount, projects)) == Decimal("3139.901360")


def facts(statements: Statements) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            c.statement_code,
            c.line_role,
            c.label_key,
            c.function_code,
            c.department_economic_code,
            c.government_economic_code,
            c.project_name,
            c.organisation_code,
            c.measure_code,
            c.amount_stage,
            c.fund_source,
            c.expenditure_type,
            c.three_public_item,
            c.published_unit,
            c.value_status,
            None if c.number_text is None else Decimal(c.number_text),
        )
        for c in statements.cells
    )


@pytest.mark.parametrize("name", RENDITIONS)
def test_every_format_gives_the_same_cells(shared_dir: Path, name: str) -> None:
    text, _ = recognise(shared_dir / BUDGET_2023)
    other, _ = recognise(shared_dir / "disclosures/rendered" / name)
    assert facts(other) == facts(text)
    assert [(t.statement_code, t.status) for t in other.tables if t.statement_code] == [
        (t.statement_code, t.status) for t in text.tables if t.statement_code
    ]


PDF = {
    "上海市普陀区万里街道办事处2024年部门预算.pdf": ("B", "156211123", "99706020"),
    "上海市普陀区人民政府办公室2025年部门预算.pdf": ("B", "91016775.35", "24606775.35"),
    "上海市普陀区司法局2026年部门预算.pdf": ("B", "96282213.44", "25741666.44"),
    "上海市普陀区财政局2024年度部门决算.pdf": ("F", "2940.05", "2336.91"),
    "上海市普陀区规划和自然资源局2024年度部门决算.pdf": ("F", "9759.38", "5377.64"),
}
PUBLISHED = {
    "F": ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9"],
    "B": ["B1", "B2", "B3", "B5", "B6", "B7", "B8", "B9", "B10"],
}


@pytest.mark.parametrize("name", PDF)
def test_real_pdf_adds_up(shared_dir: Path, name: str) -> None:
    statements, sources = recognise(shared_dir / "disclosures/pdf" / name)
    kind, total, basic = PDF[name]
    assert sorted(t.statement_code for t in statements.tables if t.statement_code) == sorted(
        PUBLISHED[kind]
    )
    assert {t.status for t in statements.tables if t.statement_code} == {
        "recognised",
        "declared_empty",
    }
    assert not statements.quarantined
    overview, by_function, general, economy = (
        ("F1", "F3", "F5", "F6") if kind == "F" else ("B1", "B3", "B6", "B7")
    )
    tolerance = Decimal("0.02") if kind == "F" else Decimal(0)

    expenditure = of(statements, by_function)
    printed = one(c for c in expenditure if c.line_role == "total" and c.measure_code == "total")
    assert printed == Decimal(total)
    leaves = [c for c in expenditure if c.line_role == "leaf" and c.measure_code == "total"]
    assert all(len(c.function_code or "") == 7 for c in leaves)
    assert abs(sum(map(amount, leaves)) - printed) <= tolerance
    key = "expenditure_current_total" if kind == "F" else "expenditure_total"
    assert one(c for c in of(statements, overview) if c.label_key == key) == printed
    assert (
        one(
            c
            for c in of(statements, general)
            if c.line_role == "total" and c.measure_code == "total"
        )
        if any(c.line_role == "total" for c in of(statements, general))
        else printed
    ) <= printed

    for code in (by_function, general):
        assert_hierarchy(of(statements, code), tolerance)
    for cell in statements.cells:
        place = sources[cell.source_key]
        assert place.page is not None
        assert place.x0 is not None
        assert place.source_text.strip() == cell.published_text

    if basic is not None:
        basics = one(c for c in expenditure if c.line_role == "total" and c.measure_code == "basic")
        assert basics == Decimal(basic)
    if kind == "F":
        totals = [c for c in of(statements, economy) if c.line_role == "total"]
        split = {c.staff_split: amount(c) for c in totals}
        leaves = [c for c in of(statements, economy) if c.line_role == "leaf"]
        for staff in ("personnel", "public"):
            mine = sum(amount(c) for c in leaves if c.staff_split == staff)
            assert abs(mine - split[staff]) <= tolerance
        basics = one(
            c
            for c in of(statements, general)
            if c.line_role == "total" and c.measure_code == "basic"
        )
        assert abs(split["personnel"] + split["public"] - basics) <= tolerance
    else:
        row = {c.measure_code: amount(c) for c in of(statements, economy) if c.line_role == "total"}
        assert row["personnel"] + row["public"] == row["total"]


def assert_hierarchy(cells: list[StatementCellRow], tolerance: Decimal) -> None:
    """类 = Σ款 and 款 = Σ项, for every measure of the table."""
    by_measure: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for cell in cells:
        if cell.function_code:
            by_measure[cell.measure_code][cell.function_code] = amount(cell)
    assert by_measure
    for amounts in by_measure.values():
        for code, value in amounts.items():
            below = [v for c, v in amounts.items() if c[:-2] == code]
            if below:
                assert abs(sum(below) - value) <= tolerance, (code, value, below)


def test_template_without_data_has_no_cell(shared_dir: Path) -> None:
    statements, _ = recognise(shared_dir / "disclosures/pdf/部门决算模板（无数据）.pdf")
    assert statements.cells == []
    assert statements.quarantined == []
    assert [t.statement_code for t in statements.tables if t.statement_code] == [
        "F1",
        "F2",
        "F3",
        "F4",
        "F5",
        "F6",
        "F9",
        "F7",
        "F8",
    ]


def test_three_public_of_a_final_account(shared_dir: Path) -> None:
    name = "上海市普陀区规划和自然资源局2024年度部门决算.pdf"
    statements, _ = recognise(shared_dir / "disclosures/pdf" / name)
    cells = {(c.measure_code, c.amount_stage): c for c in of(statements, "F9")}
    assert len(cells) == 12
    assert cells["three_public_total", "initial_budget"].number_text == "2.85"
    assert cells["reception", "final_account"].number_text == "0.39"
    assert cells["vehicle_purchase", "final_account"].value_status == "zero"
