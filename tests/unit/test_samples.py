"""The bundled samples: made again they are the same bytes, and their figures agree."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.factory.blocks import Disclosure, Fact
from benchmarks.make_samples import BUREAU, COURT, JUSTICE, LABOUR, make, samples

FOLDER = Path(__file__).parents[2] / "samples"
DISCLOSURES = dict(samples())


def amount(disclosure: Disclosure, family: str, label: str, measure: str) -> Decimal:
    """Return the amount of the only fact with this family, label and measure."""
    found = [
        f.amount
        for f in disclosure.facts
        if (f.family, f.label, f.measure) == (family, label, measure)
    ]
    assert len(found) == 1, (family, label, measure, found)
    assert found[0] is not None
    return found[0]


def by_code(disclosure: Disclosure, family: str, measure: str) -> dict[str, Decimal]:
    """Return the printed amounts of one measure by function code, added up."""
    out: dict[str, Decimal] = defaultdict(Decimal)
    for fact in disclosure.facts:
        if (fact.family, fact.measure) == (family, measure) and fact.code and fact.amount:
            out[fact.code] += fact.amount
    return dict(out)


def test_making_the_samples_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    made = {path.name: path.read_bytes() for path in make(tmp_path)}
    committed = {p.name: p.read_bytes() for p in FOLDER.iterdir() if not p.name.startswith(".")}
    assert sorted(made) == sorted(committed)
    assert [name for name in made if made[name] != committed[name]] == []


def test_the_set_covers_formats_kinds_and_one_broken_file() -> None:
    suffixes = {path.suffix for path in FOLDER.iterdir()}
    assert {".txt", ".pdf", ".docx", ".xlsx"} <= suffixes
    for office in (LABOUR, JUSTICE):
        kinds = {(d.kind, d.year) for d in DISCLOSURES.values() if d.department == office.name}
        assert len(kinds) == 4
    broken = (FOLDER / f"{JUSTICE.name}2022年部门预算.pdf").read_bytes()
    assert broken.startswith(b"%PDF")
    assert b"%%EOF" not in broken


@pytest.mark.parametrize(
    "name", [n for n, d in DISCLOSURES.items() if any(f.family == "F3" for f in d.facts)]
)
def test_the_cuts_of_a_final_account_agree(name: str) -> None:
    disclosure = DISCLOSURES[name]
    spent = amount(disclosure, "F1", "本年支出合计", "amount")
    assert amount(disclosure, "F3", "合计", "total") == spent
    assert amount(disclosure, "F2", "合计", "total") == amount(
        disclosure, "F1", "本年收入合计", "amount"
    )
    totals = by_code(disclosure, "F3", "total")
    for code, value in totals.items():
        children = [v for c, v in totals.items() if len(c) == len(code) + 2 and c.startswith(code)]
        assert len(code) == 7 or sum(children) == value, code
    assert sum(v for c, v in totals.items() if len(c) == 3) == spent
    left_right = [f.amount for f in disclosure.facts if (f.family, f.label) == ("F1", "总计")]
    assert len(left_right) == 2
    assert left_right[0] == left_right[1]
    basic = by_code(disclosure, "F5", "basic")
    people = amount(disclosure, "F6", "人员经费合计", "personnel")
    public = amount(disclosure, "F6", "公用经费合计", "public")
    assert sum(v for c, v in basic.items() if len(c) == 3) == people + public


@pytest.mark.parametrize("name", [n for n, d in DISCLOSURES.items() if d.kind == "budget"])
def test_the_cuts_of_a_budget_agree(name: str) -> None:
    disclosure = DISCLOSURES[name]
    total = amount(disclosure, "B1", "支出总计", "amount")
    assert total == amount(disclosure, "B1", "收入总计", "amount")
    assert amount(disclosure, "B3", "合计", "total") == total
    assert amount(disclosure, "B3", "合计", "project") == amount(disclosure, "B4", "合计", "total")
    assert amount(disclosure, "B7", "合计", "total") == amount(disclosure, "B3", "合计", "basic")


def test_the_department_holds_its_unit() -> None:
    department = DISCLOSURES[f"{BUREAU.name}2021年度部门决算.docx"]
    unit = DISCLOSURES[f"{COURT.name}2021年度单位决算.txt"]
    whole, part = by_code(department, "F3", "total"), by_code(unit, "F3", "total")
    assert part
    assert [code for code, value in part.items() if whole[code] < value] == []
    assert amount(department, "F1", "本年支出合计", "amount") > amount(
        unit, "F1", "本年支出合计", "amount"
    )


def test_a_year_follows_the_year_before() -> None:
    first = DISCLOSURES[f"{JUSTICE.name}2023年度部门决算.pdf"]
    second = DISCLOSURES[f"{JUSTICE.name}2024年度部门决算.docx"]
    assert amount(second, "F1", "年初结转和结余", "amount") == amount(
        first, "F1", "年末结转和结余", "amount"
    )


def test_budget_and_final_account_of_a_year_share_the_initial_budget() -> None:
    budget = DISCLOSURES[f"{JUSTICE.name}2023年部门预算.pdf"]
    final = DISCLOSURES[f"{JUSTICE.name}2023年度部门决算.pdf"]

    def three(disclosure: Disclosure, family: str) -> dict[str, Decimal | None]:
        facts: list[Fact] = [
            f for f in disclosure.facts if f.family == family and f.stage == "initial_budget"
        ]
        return {f.measure: f.amount for f in facts}

    assert three(budget, "B10") == three(final, "F9")


def test_scores_of_a_self_evaluation_add_up() -> None:
    final = DISCLOSURES[f"{LABOUR.name}2023年度部门决算.txt"]
    assert len(final.projects) == 5
    assert len(final.indicators) == 30
    for project in final.projects:
        lines = [line for line in final.indicators if line.project == project.name]
        assert sum(int(line.weight or 0) for line in lines) == 90
        assert project.initial
        assert project.executed is not None
        rate = min(Decimal(1), project.executed / project.initial)
        scored = sum((Decimal(line.score or 0) for line in lines), Decimal(0))
        assert abs(Decimal(project.total_score or 0) - scored - rate * 10) <= Decimal("0.005")
