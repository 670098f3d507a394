"""The prose grammar against the hand-checked facts of real disclosures."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path

import pytest

from extract.datasets import DocumentRow, NarrativeFigureRow, SourceRow
from extract.readers import read_document
from extract.recognise.prose import Prose, recognise_prose
from extract.sources import SourceLedger

FACTOR = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(10**8)}
# Indicator texts and table cells are read by the performance recogniser.
OTHERS = ("table", "项目支出绩效自评表", "绩效文本金额")
STAGES = {
    "final": "final_account",
    "initial_budget": "initial_budget",
    "full_year_budget": "adjusted_budget",
    "executed": "execution",
    "prior_year": "prior_year_final",
    "prior_year_budget": "prior_year_budget",
}
COMPARATORS = {"prior_year": "prior_year", "prior_year_budget": "prior_year"}
DIRECTIONS = {"increase": "increase", "decrease": "decrease", "unresolved": "none"}


@dataclass(frozen=True)
class Resolved:
    """A profile with nothing but its row."""

    row: DocumentRow


@dataclass(frozen=True)
class Result:
    """What was read, with the place of each figure."""

    prose: Prose
    sources: dict[str, SourceRow]

    def at(self, line: int) -> list[NarrativeFigureRow]:
        found = []
        for row in self.prose.figures:
            place = self.sources[row.source_key]
            if (place.line_start or 0) <= line <= (place.line_end or 0):
                found.append(row)
        return found


def read(path: Path, kind: str, year: int) -> Result:
    document = read_document(path)
    values: dict[str, object] = {f.name: None for f in fields(DocumentRow)}
    values |= {"document_key": document.key, "file_name": path.name, "media_type": ""}
    values |= {"extraction_method": "text", "document_kind": kind, "fiscal_year": year}
    ledger = SourceLedger(document.key)
    prose = recognise_prose(document, Resolved(DocumentRow(**values)), ledger)  # type: ignore[arg-type]
    return Result(prose, {row.source_key: row for row in ledger.rows()})


def text(shared: Path, number: str) -> Path:
    return next((shared / "disclosures" / "text").glob(f"{number}_*"))


def pdf(shared: Path, part: str) -> Path:
    return next((shared / "disclosures" / "pdf").glob(f"*{part}*"))


def facts(shared: Path, number: str) -> list[dict[str, str]]:
    with (shared / "truth" / "figures.csv").open(encoding="utf-8") as handle:
        return [
            row
            for row in csv.DictReader(handle)
            if row["document"].startswith(number)
            and not row["family"].startswith(OTHERS)
            and not row["measure"].endswith("_derived")
        ]


def yuan(row: NarrativeFigureRow) -> Decimal | None:
    factor = FACTOR.get(row.published_unit or "")
    return None if factor is None or row.number_text is None else Decimal(row.number_text) * factor


def measure_of(fact: dict[str, str]) -> set[str]:
    name = fact["measure"]
    if name.startswith("diff") or name == "addition":
        return {"change"}
    if name.startswith("pct"):
        return {"growth_ratio"}
    known = {"share_stated": "share_ratio", "rate": "share_ratio", "score": "score"}
    return {known.get(name, "count" if name == "count" else "value"), "average"}


def agrees(row: NarrativeFigureRow, fact: dict[str, str]) -> bool:
    """Tell whether a figure is the fact: value, measure, stage, comparator and direction."""
    name = fact["measure"]
    if row.measure not in measure_of(fact):
        return False
    if fact["amount_yuan"] and yuan(row) != Decimal(fact["amount_yuan"]):
        return False
    if name in STAGES and row.amount_stage != STAGES[name]:
        return False
    comparator = fact["comparator"]
    if comparator and row.comparator != COMPARATORS.get(comparator, comparator):
        return False
    way = DIRECTIONS.get(name.rpartition("_")[2]) if name.startswith(("diff", "pct")) else None
    return way is None or row.direction == way


@pytest.mark.parametrize(
    ("number", "kind", "year", "total"),
    [
        ("001", "final_account", 2023, 242),
        ("002", "final_account", 2020, 70),
        ("003", "budget", 2023, 54),
    ],
)
def test_every_stated_figure_is_found_at_its_line(
    shared_dir: Path, number: str, kind: str, year: int, total: int
) -> None:
    result, expected = read(text(shared_dir, number), kind, year), facts(shared_dir, number)
    assert len(expected) == total
    missed, used = [], set()
    for fact in expected:
        match = [
            row
            for row in result.at(int(fact["source_line"]))
            if row.source_key not in used
            and row.published_text == fact["published_text"]
            and agrees(row, fact)
        ]
        if match:
            used.add(match[0].source_key)
        else:
            missed.append((fact["source_line"], fact["item_name"], fact["published_text"]))
    assert missed == []
    # Precision: nothing that is money was read beside the hand-checked facts.
    money = [row for row in result.prose.figures if yuan(row) is not None]
    amounts = Counter(f["published_text"] for f in facts_of_all_families(shared_dir, number))
    assert Counter(row.published_text for row in money) - amounts == Counter()
    assert result.prose.quarantined == []


def test_amounts_of_work_results_have_no_subject_of_the_account(shared_dir: Path) -> None:
    result = read(text(shared_dir, "001"), "final_account", 2023)
    money = [r for line in (270, 272) for r in result.at(line) if yuan(r) is not None]
    assert [yuan(r) for r in money] == [Decimal(238000000), Decimal(210000000), Decimal(11129500)]
    assert {r.subject for r in money} == {"other"}


def facts_of_all_families(shared: Path, number: str) -> list[dict[str, str]]:
    with (shared / "truth" / "figures.csv").open(encoding="utf-8") as handle:
        return [row for row in csv.DictReader(handle) if row["document"].startswith(number)]


def total(result: Result, subject: str, stage: str = "final_account") -> set[Decimal | None]:
    return {
        yuan(row)
        for row in result.prose.figures
        if row.subject == subject and row.measure == "value" and row.amount_stage == stage
    }


def test_items_of_a_document_without_tables_add_up(shared_dir: Path) -> None:
    """000: the 款 of each 类 add up to it, the 类 to the general public budget."""
    result = read(text(shared_dir, "000"), "final_account", 2017)
    assert total(result, "expenditure_current_total") == {Decimal("2034746700.00")}
    assert total(result, "project_expenditure") == {Decimal("1446432500.00")}
    values = [r for r in result.prose.figures if r.measure == "value"]
    general = [r for r in values if r.fund_source == "general_public_budget"]
    classes = {r.class_name: yuan(r) for r in general if r.subject == "function_class"}
    assert len(classes) == 5
    for name, amount in classes.items():
        sections = [r for r in general if r.subject == "function_section" and r.class_name == name]
        parts = sum((yuan(r) or Decimal(0) for r in sections), Decimal(0))
        assert amount is not None
        assert abs(parts - amount) <= Decimal(200), name
    whole = sum((v or Decimal(0) for v in classes.values()), Decimal(0))
    assert total(result, "general_public_budget_expenditure") == {whole}


def test_lists_of_codes(shared_dir: Path) -> None:
    """004: codes as printed, short ones too; the total proves the unit that one amount lacks."""
    result = read(text(shared_dir, "004"), "final_account", 2019)
    assert total(result, "expenditure_current_total") == {Decimal("10118700.00")}
    items = [r for r in result.prose.figures if r.subject == "function_item"]
    codes = {r.item_code: (r.class_name, r.number_text, r.published_unit) for r in items}
    assert len(items) == len(codes) == 15
    assert codes["2010607"] == ("一般公共服务", "9.00", "万元")
    assert codes["201105"] == ("一般公共服务", "185.23", "万元")
    assert codes["2080504"] == ("社会保障和就业", "16.73", "万元")
    assert codes["2080105"] == ("社会保障和就业", "6.00", "万元")
    assert result.prose.quarantined == []
    assert ("UNIT_SUPPLIED", "6.00 万元") in [(f.code, f.detail) for f in result.prose.findings]
    stated = sum((Decimal(r.number_text or 0) for r in items), Decimal(0))
    assert stated == Decimal("1011.36")
    wages = {r.economic_code: r.number_text for r in items_of(result, "economic_class")}
    assert wages["30102"] == "249.49"
    assert wages["31002"] == "4.28"
    both = [r for r in result.at(36) if r.measure == "change"]
    assert [(r.number_text, r.direction) for r in both] == [
        ("262.63", "decrease"),
        ("189.61", "decrease"),
    ]


def items_of(result: Result, subject: str) -> list[NarrativeFigureRow]:
    return [r for r in result.prose.figures if r.subject == subject and r.measure == "value"]


@pytest.mark.parametrize(
    ("part", "kind", "year", "subject", "amount"),
    [
        ("万里", "budget", 2024, "expenditure_current_total", "156211100.00"),
        ("办公室", "budget", 2025, "general_public_budget_expenditure", "91016800.00"),
        ("司法局", "budget", 2026, "revenue_current_total", "96282200.00"),
        ("规划", "final_account", 2024, "expenditure_current_total", "97593800.00"),
        ("财政局", "final_account", 2024, "expenditure_current_total", "29400500.00"),
    ],
)
def test_totals_of_the_pdfs(
    shared_dir: Path, part: str, kind: str, year: int, subject: str, amount: str
) -> None:
    result = read(pdf(shared_dir, part), kind, year)
    stage = "initial_budget" if kind == "budget" else "final_account"
    assert total(result, subject, stage) == {Decimal(amount)}


def test_items_of_the_pdfs(shared_dir: Path) -> None:
    office = read(pdf(shared_dir, "办公室"), "budget", 2025)
    items = items_of(office, "function_item")
    assert len(items) == 12
    assert sum((yuan(r) or Decimal(0) for r in items), Decimal(0)) == Decimal("91016800.00")
    justice = read(pdf(shared_dir, "司法局"), "budget", 2026)
    assert ("2040601", "prior_year_final", "1690.69") in {
        (r.item_code, r.amount_stage, r.number_text) for r in items_of(justice, "function_item")
    }
    planning = read(pdf(shared_dir, "规划"), "final_account", 2024)
    final = [r for r in items_of(planning, "function_item") if r.amount_stage == "final_account"]
    assert len(final) == 13
    assert sum((yuan(r) or Decimal(0) for r in final), Decimal(0)) == Decimal("97465000.00")


def test_empty_template_states_nothing(shared_dir: Path) -> None:
    result = read(pdf(shared_dir, "模板"), "final_account", 2024)
    assert result.prose.figures == []
    assert {f.code for f in result.prose.findings} == {"TEMPLATE_RESIDUE"}


@pytest.mark.parametrize(
    "name", ["001.docx", "002.docx", "002.pdf", "003.docx", "003.html", "003.pdf"]
)
def test_every_format_states_the_same(shared_dir: Path, name: str) -> None:
    kind, year = {"001": ("final_account", 2023), "002": ("final_account", 2020)}.get(
        name[:3], ("budget", 2023)
    )

    def stated(result: Result) -> Counter[tuple[str | None, ...]]:
        return Counter(
            (r.subject, r.item_name, r.measure, r.amount_stage, r.number_text, r.published_unit)
            for r in result.prose.figures
        )

    same = stated(read(text(shared_dir, name[:3]), kind, year))
    other = read(shared_dir / "disclosures" / "rendered" / name, kind, year)
    assert same - stated(other) == Counter()
    assert all(key[-1] not in FACTOR for key in stated(other) - same)
    keys = [r.source_key for r in other.prose.figures]
    assert len(keys) == len(set(keys))
