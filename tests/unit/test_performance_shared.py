"""Performance forms of the real disclosures, against the hand-checked facts."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from performance_documents import Read, read

from extract.datasets import PerformanceIndicatorRow, PerformanceProjectRow
from extract.readers import read_document

YEARS = {"001": 2023, "002": 2020, "003": 2023, "004": 2019}
OPERATORS = {"≥": "ge", "≤": "le", "＝": "eq", "定性": "qualitative"}
STAGES = {
    "initial_budget": "initial_budget",
    "budget": "initial_budget",
    "full_year_budget": "adjusted_budget",
    "executed": "execution",
}
PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|[68]\d{7})(?!\d)")
Load = Callable[[str], Read]
Truth = list[dict[str, str]]


def squeeze(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "")


@pytest.fixture(scope="module")
def load(shared_dir: Path) -> Load:
    """Read a disclosure by its name: 002 is the text, 002.pdf a rendering of it."""
    done: dict[str, Read] = {}

    def _load(name: str) -> Read:
        if name not in done:
            if "." in name:
                path = shared_dir / "disclosures" / "rendered" / name
            else:
                path = next((shared_dir / "disclosures" / "text").glob(f"{name}_*.txt"))
            done[name] = read(read_document(path), YEARS[name[:3]])
        return done[name]

    return _load


@pytest.fixture(scope="module")
def truth(shared_dir: Path) -> Callable[[str, str], Truth]:
    def _truth(table: str, document: str) -> Truth:
        path = shared_dir / "truth" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            return [r for r in csv.DictReader(stream) if r["document"].startswith(document)]

    return _truth


def of_projects(found: Read) -> list[PerformanceIndicatorRow]:
    return [i for i in found.result.indicators if i.scope == "project"]


def names(found: Read) -> dict[int, PerformanceProjectRow]:
    return {p.project_no: p for p in found.result.projects}


@pytest.mark.parametrize("name", ["002", "002.docx", "002.pdf", "001", "001.docx"])
def test_indicators_of_self_evaluations(
    load: Load, truth: Callable[[str, str], Truth], name: str
) -> None:
    found = load(name)
    expected = truth("indicators", name[:3])
    assert [
        tuple(
            squeeze(x)
            for x in (
                names(found)[i.project_no].project_name,
                i.level1,
                i.level2,
                i.level3,
                i.target_text,
                i.actual_text,
                i.weight_text,
                i.score_text,
            )
        )
        for i in of_projects(found)
    ] == [
        tuple(
            squeeze(t[c])
            for c in (
                "project_name",
                "level1",
                "level2",
                "level3",
                "target",
                "actual",
                "weight",
                "score",
            )
        )
        for t in expected
    ]


@pytest.mark.parametrize("name", ["003", "003.docx", "003.pdf", "003.html", "003.xlsx"])
def test_indicators_of_targets(load: Load, truth: Callable[[str, str], Truth], name: str) -> None:
    found = load(name)
    got = of_projects(found)
    expected = truth("indicators", "003")
    assert len(got) == len(expected) == 194
    for row, wanted in zip(got, expected, strict=True):
        assert squeeze(names(found)[row.project_no].project_name) == squeeze(wanted["project_name"])
        for value, column in (
            (row.level1, "level1"),
            (row.level2, "level2"),
            (row.level3, "level3"),
            (row.target_text, "target"),
            (row.target_unit, "target_unit"),
        ):
            assert squeeze(value) == squeeze(wanted[column])
        assert row.target_operator == OPERATORS[wanted["operator"]]
        if row.target_operator != "qualitative":
            assert Decimal(row.target_value_text or "") == Decimal(wanted["target"])


@pytest.mark.parametrize("name", ["003.docx", "003.pdf", "003.html"])
def test_department_indicators_are_the_same_in_every_format(load: Load, name: str) -> None:
    def of_department(found: Read) -> list[tuple[str | None, ...]]:
        rows = [i for i in found.result.indicators if i.scope == "department"]
        return [
            (i.level1, i.level2, squeeze(i.level3), i.target_operator, i.target_value_text)
            for i in rows
        ]

    expected = of_department(load("003"))
    assert len(expected) == 18
    assert of_department(load(name)) == expected


@pytest.mark.parametrize("name", ["001", "002", "003"])
def test_indicators_lead_to_their_lines(
    load: Load, truth: Callable[[str, str], Truth], name: str
) -> None:
    found = load(name)
    lines = [found.sources[i.source_key].line_start for i in of_projects(found)]
    assert lines == [int(t["source_line"]) for t in truth("indicators", name)]


@pytest.mark.parametrize("name", ["002", "002.docx", "002.pdf"])
def test_projects(load: Load, truth: Callable[[str, str], Truth], name: str) -> None:
    found = load(name)
    expected = truth("projects", "002")

    def yuan(text: str | None) -> str:
        return f"{Decimal(text) * 10_000:.2f}" if text else ""

    assert [
        (
            squeeze(p.project_name),
            yuan(p.initial_budget_text),
            yuan(p.adjusted_budget_text),
            yuan(p.executed_text),
            p.execution_ratio_text,
            p.execution_score_text,
            p.total_score_text,
        )
        for p in found.result.projects
    ] == [
        (
            squeeze(t["project_name"]),
            t["initial_budget_yuan"],
            t["adjusted_budget_yuan"],
            t["executed_yuan"],
            t["execution_rate"],
            t["execution_score"],
            t["total_score"],
        )
        for t in expected
    ]
    assert {p.funds_unit for p in found.result.projects} == {"万元"}


@pytest.mark.parametrize(
    ("name", "family"), [("002", "项目支出绩效自评表-资金"), ("003", "table13"), ("003", "table14")]
)
def test_funds_at_their_lines(
    load: Load, truth: Callable[[str, str], Truth], name: str, family: str
) -> None:
    statement = {"table13": "B13", "table14": "B14"}.get(family, "PF")
    found = load(name)
    got = {
        (found.sources[c.source_key].line_start, c.published_text, c.amount_stage)
        for c in found.result.cells
        if c.statement_code == statement and c.number_text is not None
    }
    assert got == {
        (int(t["source_line"]), t["published_text"], STAGES[t["measure"]])
        for t in truth("figures", name)
        if t["family"].startswith(family)
    }


@pytest.mark.parametrize("name", ["002", "002.docx", "002.pdf", "003", "003.pdf", "003.xlsx"])
def test_amounts_in_texts(load: Load, truth: Callable[[str, str], Truth], name: str) -> None:
    found = load(name)
    factor = {"元": 1, "万元": 10**4, "亿元": 10**8}
    got = Counter(
        (n.published_text, Decimal(n.number_text or "") * factor[n.published_unit or ""])
        for n in found.result.narrative
    )
    assert got == Counter(
        (t["published_text"], Decimal(t["amount_yuan"]))
        for t in truth("figures", name[:3])
        if t["family"] == "绩效文本金额"
    )


def test_amounts_in_texts_lead_to_their_lines(
    load: Load, truth: Callable[[str, str], Truth]
) -> None:
    for name in ("002", "003"):
        found = load(name)
        assert {
            (found.sources[n.source_key].line_start, n.published_text)
            for n in found.result.narrative
        } == {
            (int(t["source_line"]), t["published_text"])
            for t in truth("figures", name)
            if t["family"] == "绩效文本金额"
        }


def test_forms_without_scores(load: Load) -> None:
    """004: five forms, level 1 项目完成 over benefits as well, no weights, no scores."""
    found = load("004").result
    assert [(p.project_name, p.adjusted_budget_text, p.executed_text) for p in found.projects] == [
        ("维护农民工权益业务费", "2.00", "2.00"),
        ("军转干部社保", "2.78", "2.78"),
        ("金保网络专项经费", "9.00", "9.00"),
        ("劳动和谐关系协调业务费", "4.00", "4.00"),
        ("劳动保障协理员人员经费", "115.73", "115.73"),
    ]
    assert Counter(i.project_no for i in found.indicators) == {1: 11, 2: 6, 3: 7, 4: 12, 5: 6}
    assert Counter(i.level1_code for i in found.indicators) == {
        "output": 20,
        "cost": 8,
        "benefit": 7,
        "satisfaction": 7,
    }
    assert len(found.cells) == 40
    assert {i.weight_text for i in found.indicators} == {None}


@pytest.mark.parametrize("name", ["001", "002", "002.pdf", "003", "003.pdf", "003.xlsx", "004"])
def test_no_telephone_number_is_registered(load: Load, name: str) -> None:
    found = load(name)
    texts = [s.source_text for s in found.sources.values()]
    assert [t for t in texts if PHONE.search(t)] == []
    if name == "003":
        assert [f.code for f in found.result.findings] == ["COLUMNS_SWAPPED"]
