"""The layout files agree with each other and with the vocabulary of the marts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extract.recognise.headers import LABEL_ROLES
from extract.recognise.layout_rules import (
    LAYOUTS,
    headers,
    in_order,
    lines,
    measures,
    statements,
    titles,
)

STAGES = {
    None,
    "initial_budget",
    "adjusted_budget",
    "final_account",
    "execution",
    "prior_year_budget",
    "prior_year_final",
    "prior",
}
FUNDS = {
    None,
    "all",
    "general_public_budget",
    "government_fund",
    "state_capital",
    "special_account",
    "unit_funds",
    "carry_over",
}
LINE_ROLES = {None, "leaf", "subtotal", "total", "of_which", "memo"}


@pytest.mark.parametrize("name", ["statements", "titles", "headers", "lines", "measures"])
def test_rows_have_the_columns_of_the_header(name: str) -> None:
    with (LAYOUTS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        head, *rows = csv.reader(handle)
    assert [row for row in rows if len(row) != len(head)] == []
    assert len({tuple(row) for row in rows}) == len(rows)


def test_codes_are_known() -> None:
    known = set(measures())
    exact, wild = headers()
    rules = [rule for found in exact.values() for rule in found] + [w[2] for w in wild]
    scopes = {scope for scope, _ in exact} | {scope for scope, _ in lines()}
    assert scopes <= {"*", *statements()}
    assert {r.measure_code for r in rules} - {None} <= known
    assert {r.amount_stage for r in rules} <= STAGES
    assert {r.role for r in rules} <= LABEL_ROLES | {
        "measure",
        "group",
        "text",
        "line_no",
        "fund_name",
    }
    assert {r.statement_code for r in titles()} <= set(statements())
    every = [rule for found in lines().values() for rule in found]
    assert {r.measure_code for r in every} - {None} <= known
    assert {r.line_role for r in every} <= LINE_ROLES
    assert {r.fund_source for r in every} <= FUNDS
    assert {m.fund_source for m in measures().values()} <= FUNDS
    assert {s.fund_source for s in statements().values()} <= FUNDS


def test_a_header_has_one_meaning_within_a_scope() -> None:
    exact, _ = headers()
    assert [key for key, rules in exact.items() if len(rules) > 1] == []


def test_parts_in_order() -> None:
    assert in_order("一般公共预算基本支出表", ("一般公共预算", "支出", "表"))
    assert not in_order("支出一般公共预算表", ("一般公共预算", "支出"))
    assert not in_order("支出", ("支出", "支出"))


def test_every_subject_of_the_prose_has_its_row_in_the_marts() -> None:
    root = Path(__file__).parents[2]
    with (root / "dbt/seeds/narrative_subjects.csv").open(encoding="utf-8", newline="") as file:
        named = {row["subject"] for row in csv.DictReader(file)}
    with (root / "extract/layouts/subjects.csv").open(encoding="utf-8", newline="") as file:
        read = {row["subject"] for row in csv.DictReader(file)}
    levels = {"function_class", "function_section", "function_item"}
    assert named == read - {""} | levels | {"economic_class", "project", "other"}
