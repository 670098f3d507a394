"""Which leaves a line or a column counts (口径): by fund, by nature, by part of basic."""

from __future__ import annotations

from benchmarks.factory.model import Keep, Leaf

FUNDS = ("general_public_budget", "government_fund", "state_capital")
"""The funds of fiscal appropriation (财政拨款)."""
STATE_CAPITAL_SINCE = 2016
"""Before, no department table printed the state capital budget."""


def funds_of(year: int) -> tuple[str, ...]:
    """Return the funds that tables of ``year`` print."""
    return FUNDS if year >= STATE_CAPITAL_SINCE else FUNDS[:2]


def general(leaf: Leaf) -> bool:
    """Whether the leaf is paid from the general public budget."""
    return leaf.fund == "general_public_budget"


def fiscal(leaf: Leaf) -> bool:
    """Whether the leaf is paid from any fiscal appropriation (财政拨款)."""
    return leaf.fund in FUNDS


def own_money(leaf: Leaf) -> bool:
    """Whether the leaf is paid from the unit's own funds (单位资金)."""
    return leaf.fund not in FUNDS and leaf.fund != "special_account"


def of_fund(fund: str) -> Keep:
    """Return the test whether a leaf is paid from ``fund``."""
    return lambda leaf: leaf.fund == fund


def is_basic(leaf: Leaf) -> bool:
    """Whether the leaf is basic expenditure."""
    return leaf.kind == "basic"


def is_project(leaf: Leaf) -> bool:
    """Whether the leaf is project expenditure."""
    return leaf.kind == "project"


def is_operating(leaf: Leaf) -> bool:
    """Whether the leaf is operating expenditure (经营支出)."""
    return leaf.kind == "operating"


def personnel(leaf: Leaf) -> bool:
    """Whether the leaf is personnel expenditure (人员经费)."""
    return leaf.staff_split == "personnel"


def public(leaf: Leaf) -> bool:
    """Whether the leaf is public expenditure (公用经费)."""
    return leaf.staff_split == "public"


def both(one: Keep, other: Keep) -> Keep:
    """Return the test whether both tests hold."""
    return lambda leaf: one(leaf) and other(leaf)
