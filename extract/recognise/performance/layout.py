"""What is known of performance forms, as data (绩效表式): headers, labels, levels, units.

The rows live in ``extract/layouts/performance_*.csv``; a new province is new rows. Only
the lookups live here.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

from extract.recognise.numbers import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_PART_YEAR = re.compile(r"^(?:截[至止])?(?:\d{1,2}[-—~至])?(?:[1-9]|1[01])月(?:底|末|份)?")
_ENUMERATION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}|\d{1,2})[、.．]|^[(（](?:[一二三四五六七八九十]|\d{1,2})[)）]"
)


@dataclass(frozen=True, slots=True)
class FundsLabel:
    """One standard line of a funds block (资金行)."""

    line_key: str
    line_role: str
    fund_source: str
    expenditure_type: str


FUNDS_TOTAL = FundsLabel("funds_total", "total", "all", "project")
"""The line of all funds, where a form prints it without a label of its own."""
STAGES = ("initial_budget", "adjusted_budget", "execution")
"""Columns of a funds block that hold money, in the order of the year."""
RECEIVED = "received"
"""The column of what was paid in (到位数): money of the year, and no stage of the budget."""


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """Return a header for lookup: folded, without bracketed units and closing colons.

    Every part of the year is written 1-6月: layouts name it once.
    """
    plain = _BRACKETS.sub("", fold(text))
    plain = _PART_YEAR.sub("1-6月", plain, count=1)
    return plain.strip(":：。、,;") or fold(text)


def is_part_year(text: str) -> bool:
    """Tell whether a header is of a part of the year: 1-7月执行数, 半年完成值."""
    plain = fold(text)
    return "半年" in plain or _PART_YEAR.match(plain) is not None


def label_key(text: str) -> str:
    """Return a row label for lookup: no enumeration, no leading 其中, no closing colon."""
    plain = fold(text).strip(":：")
    plain = _ENUMERATION.sub("", plain)
    plain = plain.removeprefix("其中").lstrip(":：、,.;")
    plain = _ENUMERATION.sub("", plain)
    return plain.strip(":：")


def _rows(name: str, year: int | None) -> list[dict[str, str]]:
    path = resources.files("extract") / "layouts" / f"performance_{name}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [row for row in csv.DictReader(lines) if _holds(row, year)]


def _holds(row: Mapping[str, str], year: int | None) -> bool:
    if year is None:
        return True
    first, last = row["valid_from"], row["valid_to"]
    return (not first or int(first) <= year) and (not last or year <= int(last))


@cache
def headers(band: str, year: int | None = None) -> Mapping[str, str]:
    """Return ``{header key: role}`` of one band, ``indicator`` or ``funds``."""
    return MappingProxyType(
        {
            header_key(r["header"]): r["role"]
            for r in reversed(_rows("headers", year))
            if r["band"] == band
        }
    )


@cache
def fields(year: int | None = None) -> Mapping[str, str]:
    """Return ``{label: field}`` of the head of a form, such as 主管部门."""
    return MappingProxyType({fold(r["label"]): r["field"] for r in _rows("fields", year)})


@cache
def funds_labels(year: int | None = None) -> Mapping[str, FundsLabel]:
    """Return ``{label: line}`` of the funds block."""
    return MappingProxyType(
        {
            fold(r["label"]): FundsLabel(
                r["line_key"], r["line_role"], r["fund_source"], r["expenditure_type"] or "project"
            )
            for r in _rows("funds", year)
        }
    )


def funds_label(text: str, year: int | None = None) -> FundsLabel | None:
    """Return the standard funds line that a printed label names, or None."""
    table = funds_labels(year)
    key = label_key(text)
    return table.get(key) or table.get(label_key(_BRACKETS.sub("", key)))


@cache
def _levels(year: int | None) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (r["marker"], r["level1_code"], r["only_generic"] == "1") for r in _rows("levels", year)
    )


def level1_code(level1: str | None, level2: str | None, year: int | None = None) -> str | None:
    """Return output, benefit, satisfaction, cost, decision or process, or None.

    The printed level 1 (一级指标) decides. Where it is a word for the whole form, such as
    项目完成, which stands over benefits as well, or is missing, level 2 decides.
    """
    generic: str | None = None
    for text in (level1, level2):
        plain = fold(text or "")
        for marker, code, only_generic in _levels(year):
            if marker in plain:
                if not only_generic:
                    return code
                generic = generic or code
                break
    return generic


@cache
def operators(position: str, year: int | None = None) -> Mapping[str, str]:
    """Return ``{word: operator}`` of the words that stand before or after a figure, or in
    a column of their own (指标性质)."""
    return MappingProxyType(
        {r["word"]: r["operator"] for r in _rows("operators", year) if r["position"] == position}
    )


@cache
def units(year: int | None = None) -> Mapping[str, str]:
    """Return ``{unit: kind}`` of the units that indicators count in."""
    return MappingProxyType({r["unit"]: r["kind"] for r in _rows("units", year)})
