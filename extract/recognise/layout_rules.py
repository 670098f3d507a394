"""Layout knowledge as data (版式规则): the CSV files of ``extract/layouts`` for account tables.

Loads titles.csv, title_words.csv, headers.csv, lines.csv, measures.csv and statements.csv
into typed, immutable tables. Holds no rule itself: a new province is rows in those files. Keys are
folded (NFKC, no white space, no quotes) exactly as the texts they are compared with.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from extract.recognise.numbers import fold

LAYOUTS = Path(__file__).resolve().parents[1] / "layouts"
_QUOTES = dict.fromkeys(map(ord, "“”\"'‘’《》「」〝〞"))


@lru_cache(maxsize=32768)
def plain(text: str) -> str:
    """Return text for comparison: folded, without the quotes of 三公 and of titles."""
    return fold(text).translate(_QUOTES)


@dataclass(frozen=True, slots=True)
class Validity:
    """Fiscal years in which a rule holds; None is open."""

    first: int | None
    last: int | None

    def covers(self, year: int | None) -> bool:
        """Tell whether the rule holds in ``year``; an unknown year is covered."""
        if year is None:
            return True
        return (self.first is None or self.first <= year) and (
            self.last is None or year <= self.last
        )


FUND_WORDS = {
    "general_public_budget": "一般公共预算",
    "government_fund": "政府性基金",
    "state_capital": "国有资本经营",
}
"""What titles and headers call a fund (资金来源)."""


@dataclass(frozen=True, slots=True)
class StatementRule:
    """One kind of published statement (报表)."""

    code: str
    name: str
    document_kind: str
    fund_source: str
    expenditure_type: str
    code_scheme: str
    signature: tuple[str, ...]
    header_only: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TitleRule:
    """Parts that occur in a title in this order, and words that must not occur."""

    statement_code: str
    parts: tuple[str, ...]
    excluded: tuple[str, ...]
    document_kind: str | None
    validity: Validity


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """What one header text says: a label role, a measure, a stage, or just a group."""

    role: str
    measure_code: str | None
    amount_stage: str | None
    fund_source: str | None
    validity: Validity


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure (指标口径); ``rank`` decides which of several headers names the column."""

    code: str
    flow: str
    fund_source: str | None
    expenditure_type: str | None
    staff_split: str | None
    revenue_source: str | None
    three_public_item: str | None
    rank: int


@dataclass(frozen=True, slots=True)
class LineRule:
    """What a standard line label says (标准行)."""

    label_key: str | None
    line_role: str | None
    measure_code: str | None
    revenue_source: str | None
    three_public_item: str | None
    fund_source: str | None
    expenditure_type: str | None
    side: str | None
    validity: Validity


def _rows(name: str) -> list[dict[str, str]]:
    with (LAYOUTS / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _validity(row: dict[str, str]) -> Validity:
    first, last = row.get("valid_from") or "", row.get("valid_to") or ""
    return Validity(int(first) if first else None, int(last) if last else None)


@cache
def statements() -> dict[str, StatementRule]:
    """Return the statements by code, in the order of the file."""
    return {
        row["statement_code"]: StatementRule(
            code=row["statement_code"],
            name=row["statement_name"],
            document_kind=row["document_kind"],
            fund_source=row["fund_source"],
            expenditure_type=row["expenditure_type"],
            code_scheme=row["code_scheme"],
            signature=tuple(row["signature"].split()),
            header_only=tuple(row["header_only"].split()),
        )
        for row in _rows("statements.csv")
    }


@cache
def titles() -> tuple[TitleRule, ...]:
    """Return the title rules; the first that fits wins."""
    return tuple(
        TitleRule(
            statement_code=row["statement_code"],
            parts=tuple(plain(part) for part in row["pattern"].split("*")),
            excluded=tuple(plain(word) for word in row["exclude"].split()),
            document_kind=row["document_kind"] or None,
            validity=_validity(row),
        )
        for row in _rows("titles.csv")
    )


@cache
def measures() -> dict[str, Measure]:
    """Return the measures by code."""
    return {
        row["measure_code"]: Measure(
            code=row["measure_code"],
            flow=row["flow"],
            fund_source=row["fund_source"] or None,
            expenditure_type=row["expenditure_type"] or None,
            staff_split=row["staff_split"] or None,
            revenue_source=row["revenue_source"] or None,
            three_public_item=row["three_public_item"] or None,
            rank=int(row["rank"]),
        )
        for row in _rows("measures.csv")
    }


HeaderIndex = dict[tuple[str, str], list[HeaderRule]]
HeaderWildcards = list[tuple[str, tuple[str, ...], HeaderRule]]


@cache
def headers() -> tuple[HeaderIndex, HeaderWildcards]:
    """Return header rules by (scope, text), and those with wildcards in file order."""
    exact: HeaderIndex = {}
    wild: HeaderWildcards = []
    for row in _rows("headers.csv"):
        rule = HeaderRule(
            role=row["role"],
            measure_code=row["measure_code"] or None,
            amount_stage=row["amount_stage"] or None,
            fund_source=row["fund_source"] or None,
            validity=_validity(row),
        )
        text = plain(row["header"])
        for scope in row["scope"].split():
            if "*" in text:
                wild.append((scope, tuple(text.split("*")), rule))
            else:
                exact.setdefault((scope, text), []).append(rule)
    return exact, wild


@cache
def lines() -> dict[tuple[str, str], list[LineRule]]:
    """Return line rules by (scope, label)."""
    found: dict[tuple[str, str], list[LineRule]] = {}
    for row in _rows("lines.csv"):
        rule = LineRule(
            label_key=row["label_key"] or None,
            line_role=row["line_role"] or None,
            measure_code=row["measure_code"] or None,
            revenue_source=row["revenue_source"] or None,
            three_public_item=row["three_public_item"] or None,
            fund_source=row["fund_source"] or None,
            expenditure_type=row["expenditure_type"] or None,
            side=row["side"] or None,
            validity=_validity(row),
        )
        for scope in row["scope"].split():
            found.setdefault((scope, plain(row["label"])), []).append(rule)
    return found


@cache
def _title_words() -> tuple[tuple[str, str], ...]:
    return tuple((row["word"], row["standard"]) for row in _rows("title_words.csv"))


def standard_words(text: str) -> str:
    """Return a folded title or header with the standard words for the funds in it."""
    for word, standard in _title_words():
        if word in text:
            text = text.replace(word, standard)
    return text


@cache
def function_classes() -> frozenset[str]:
    """Return the names that the 类 of expenditure by function have had (支出功能分类)."""
    rows = _rows("subjects.csv")
    return frozenset(plain(row["phrase"]) for row in rows if row["subject"] == "function_class")


def in_order(text: str, parts: tuple[str, ...]) -> bool:
    """Tell whether ``parts`` occur in ``text`` one after the other (linear time)."""
    position = 0
    for part in parts:
        found = text.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return True
