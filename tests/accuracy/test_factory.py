"""The factory of disclosures: what every split draws, and that what it prints adds up."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from benchmarks.corpus import OTHER_OFFICES, SPLITS, Case, cases
from benchmarks.factory import clutter
from benchmarks.factory.blocks import Fact

DRAWN = 120


@cache
def drawn(split: str) -> tuple[Case, ...]:
    return tuple(cases(split, DRAWN))


def plain(case: Case) -> bool:
    """Whether the amounts are printed as they were made."""
    return not {"negatives", "without_items"} & set(case.liberties)


def amounts(facts: list[Fact], **keys: object) -> list[Decimal]:
    return [
        fact.amount
        for fact in facts
        if fact.amount is not None and all(getattr(fact, k) == v for k, v in keys.items())
    ]


@pytest.mark.parametrize("split", SPLITS)
def test_every_split_draws_every_further_table_and_office(split: str) -> None:
    families = {fact.family for case in drawn(split) for fact in case.disclosure.facts}
    assert {"F10", "F11", "F12", "F13", "F14", "B11", "B12", "B14"} <= families
    names = " ".join(case.disclosure.department for case in drawn(split))
    assert all(ending in names for ending, _ in OTHER_OFFICES.values())
    assert 2015 in {case.disclosure.year for case in drawn(split)}


@pytest.mark.parametrize("split", SPLITS)
def test_no_table_of_2015_prints_the_state_capital_budget(split: str) -> None:
    for case in drawn(split):
        if case.disclosure.year == 2015:
            facts = list(case.disclosure.facts)
            assert not amounts(facts, measure="state_capital")
            assert {"F8", "B9"}.isdisjoint(f.family for f in facts)


@pytest.mark.parametrize("split", SPLITS)
def test_economic_classes_as_columns_add_up_to_their_line(split: str) -> None:
    met = 0
    for case in filter(plain, drawn(split)):
        facts = [f for f in case.disclosure.facts if f.family in ("F10", "F11")]
        for family in ("F10", "F11"):
            total = amounts(facts, family=family, label="合计", measure="total")
            classes = [
                f.amount or Decimal(0)
                for f in facts
                if (f.family, f.label, f.measure) == (family, "合计", "economic_class")
            ]
            if total:
                met += 1
                assert sum(classes) == 2 * total[0]  # each 小计 and its items
    assert met


@pytest.mark.parametrize("split", SPLITS)
def test_revenue_of_the_year_and_the_carry_over_make_the_total(split: str) -> None:
    met = 0
    for case in filter(plain, drawn(split)):
        facts = [f for f in case.disclosure.facts if f.family == "B2" and f.label == "合计"]
        carried = amounts(facts, measure="carry_over")
        if carried:
            met += 1
            (total,) = amounts(facts, measure="total")
            (revenue,) = amounts(facts, measure="revenue")
            assert total == revenue + carried[0]
            assert sum(carried[1:]) == carried[0]
    assert met


@pytest.mark.parametrize("split", SPLITS)
def test_the_flow_of_the_general_budget_closes(split: str) -> None:
    met = 0
    for case in filter(plain, drawn(split)):
        lines: dict[str, dict[str, Decimal]] = defaultdict(dict)
        for fact in case.disclosure.facts:
            if fact.family == "F5" and fact.amount is not None and fact.measure != "part":
                lines[fact.code or fact.label][fact.measure] = fact.amount
        for line in lines.values():
            if "revenue" in line:
                met += 1
                zero = Decimal(0)
                left = line.get("opening_balance", zero) + line["revenue"]
                assert left == line.get("expenditure", zero) + line.get("closing_balance", zero)
    assert met


def test_clutter_changes_no_amount() -> None:
    met = set()
    for case in drawn("holdout")[:40]:
        facts = Counter(case.disclosure.facts)
        for _, added in clutter.CLUTTER:
            blocks = added(case.disclosure.blocks, random.Random(1), "青山县水利局")
            after = Counter(replace(case.disclosure, blocks=tuple(blocks)).facts)
            assert facts <= after
            more = after - facts
            assert not more or added is clutter.unit_rows
            assert {fact.label for fact in more} <= {"青山县水利局"}
            if blocks != list(case.disclosure.blocks):
                met.add(added.__name__)
    assert met == {added.__name__ for _, added in clutter.CLUTTER}
