"""The words of the genre (词汇): layouts/prose_*.csv and layouts/subjects.csv as typed tables.

Knows which phrase names which subject, which words state a direction or a stage, which
units count what. Knows no grammar: how words combine is the work of the other modules.
Every list is data with ``valid_from`` and ``valid_to``, so that a new province is rows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

_LAYOUTS = Path(__file__).resolve().parents[2] / "layouts"
_QUOTES = str.maketrans("", "", "“”‘’《》")
_FORM = re.compile(r"(<[^<>]+>)")
_MAX_NAME = 120
_NOT_SPENT = ("收入", "结转", "结余")
_MONEY = frozenset(("revenue_item", "expenditure_item", "balance"))


@dataclass(frozen=True, slots=True)
class Subject:
    """What a phrase of subjects.csv says a figure is of (主题).

    ``anchor`` limits where the phrase may stand in the name of an item: ``end`` only at its
    end, ``fund`` there and after nothing but a fund or an organisation, ``whole`` only as the
    whole of it, an organisation aside, ``bare`` only as the whole of it: 监测中心支出 is not
    the expenditure of the department.
    """

    phrase: str
    topic: str | None
    subject: str
    rank: int
    weak: bool
    anchor: str | None
    fund_source: str | None
    expenditure_type: str | None
    revenue_source: str | None
    three_public_item: str | None
    resource_metric: str | None

    @property
    def is_money(self) -> bool:
        """Whether the subject is an amount that has no number of pieces or heads."""
        return self.subject.endswith(("_total", "_expenditure")) or self.subject in _MONEY


@dataclass(frozen=True, slots=True)
class Section:
    """What a heading says about the figures under it (章节)."""

    phrase: str
    topic: str
    rank: int
    fund_source: str | None
    expenditure_type: str | None


_ORGANISATION = re.compile(
    r"(?:本|我|各|该)?(?:局|委员会|委|办公室|厅|院|中心|办事处|(?:人民)?政府|部门|单位|学校|大学|学院"
    r"|站|所|队|馆|部|区|市|县|省|乡|镇|办|处|库|残联|妇联|工商联|文联|侨联|社科联|科协|团委|党校"
    r"|中学|小学|幼儿园|协会|学会|联合会|基金会|总工会|公司|报社|电视台)(?:（[^（）]{1,8}）)?$"
)
_FUND_BEFORE = re.compile(
    r"(?:财政拨款|拨款|预算|安排的?|资金|总计|合计|其中|使用|用于|部门|单位|局|委|办|厅|院|中心|年)$"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists that hold in one year."""

    subjects: dict[str, tuple[Subject, ...]]
    sections: tuple[Section, ...]
    economic: dict[str, str]
    functions: dict[str, tuple[str, ...]]
    """Names of 款 and 项, with and without 支出, and which of the two they are of.

    They tell no code.
    """
    units: dict[str, str]
    words: dict[str, tuple[tuple[str, str], ...]]
    lengths: dict[str, tuple[int, ...]]
    """The lengths of the phrases of ``subjects`` by their first two characters."""
    longest: int
    trail: dict[str, tuple[str, ...]]
    """Words that end a name and are none of it, by their last character, the longest first.

    支出决算 ends in 决算.
    """
    generic: frozenset[str]
    class_starts: frozenset[str]
    """The first two characters of names that a code of three digits may stand before."""

    def find(
        self, name: str, topic: str | None, weak: bool, counted: bool = False
    ) -> tuple[Subject, int] | None:
        """Return the subject that ``name`` speaks of and where its phrase starts in it.

        The higher rank goes first, then the longer phrase, then the one that belongs to the
        topic of the section, then the later one. Only the last characters of
        a very long name are looked at. ``counted`` leaves out what is money and nothing else:
        用财政拨款支出安排的出国团组2个 counts groups.
        """
        name = name[-_MAX_NAME:]
        best: tuple[tuple[int, int, int, int], Subject, int] | None = None
        for start in range(len(name) - 1):
            for size in self.lengths.get(name[start : start + 2], ()):
                if start + size > len(name):
                    break
                for row in self.subjects.get(name[start : start + size], ()):
                    if counted and row.is_money:
                        continue
                    if not _holds(row, name, start, size, topic, weak):
                        continue
                    key = (row.rank, size, int(row.topic is not None), start)
                    if best is None or key > best[0]:
                        best = (key, row, start)
        return None if best is None else (best[1], best[2])

    def is_generic(self, name: str) -> bool:
        """Tell whether the name says nothing of its own, such as 支出 or 总额."""
        plain = name.translate(_QUOTES)
        return not plain or plain in self.generic

    def ends_name(self, text: str, more_than: int, topic: str | None) -> bool:
        """Tell whether the text ends with a strong phrase longer than ``more_than``."""
        for size in range(min(self.longest, len(text)), more_than, -1):
            for row in self.subjects.get(text[-size:], ()):
                if not row.weak and row.topic in (None, topic):
                    return True
        return False

    def economic_code(self, name: str) -> str | None:
        """Return the code of the department economic class (部门经济分类) of this very name."""
        plain = name.translate(_QUOTES)
        return self.economic.get(plain) or self.economic.get(plain.removesuffix("支出"))

    def function_class(self, name: str) -> bool:
        """Tell whether the name is that of a 类 of the functional classification."""
        plain = name.translate(_QUOTES)
        for form in (plain, plain + "支出", plain.removesuffix("支出") + "支出"):
            if any(s.subject == "function_class" for s in self.subjects.get(form, ())):
                return True
        return False

    def section(self, heading: str) -> Section | None:
        """Return what the heading says: the phrase of the highest rank, then the longest."""
        hits = [row for row in self.sections if row.phrase in heading]
        return max(hits, key=lambda row: (row.rank, len(row.phrase)), default=None)


def ends_with_organisation(text: str) -> bool:
    """Tell whether the text ends with what names of public bodies end with."""
    return _ORGANISATION.search(text) is not None


def _holds(row: Subject, name: str, start: int, size: int, topic: str | None, weak: bool) -> bool:
    """Tell whether a phrase found in a name may be read as that subject there."""
    if row.topic is not None and row.topic != topic:
        return False
    if (row.weak and not weak) or (row.revenue_source and name.endswith("支出")):
        return False
    if row.subject.endswith("_expenditure") and name.endswith(_NOT_SPENT):
        return False
    before = name[:start].translate(_QUOTES)
    if row.anchor is not None and start + size != len(name):
        return False
    if row.anchor in (None, "end") or not before:
        return True
    if row.anchor == "bare":
        return False
    if row.anchor == "whole":
        return ends_with_organisation(before)
    return bool(_FUND_BEFORE.search(before)) or ends_with_organisation(before)


def _rows(name: str, year: int | None) -> Iterator[dict[str, str]]:
    with (_LAYOUTS / name).open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            first, last = row["valid_from"], row["valid_to"]
            # An unknown year sees what holds today: rows without an end.
            if year is None:
                if last:
                    continue
            elif (first and year < int(first)) or (last and year > int(last)):
                continue
            yield row


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[str, ...]]:
    with (_LAYOUTS / "subject_forms.csv").open(encoding="utf-8", newline="") as handle:
        rows = [(row["form"], row["variant"]) for row in csv.DictReader(handle)]
    return {form: tuple(v for f, v in rows if f == form) for form, _ in rows}


def _spelled_out(
    rows: Iterable[dict[str, str]],
) -> Iterator[tuple[str, str | None, dict[str, str]]]:
    """Yield each phrase and topic of subjects.csv: <收支><总计> stands for all its spellings.

    A form with a question mark may be left out: <拨款?>.
    """
    for row in rows:
        choices = [
            (*_forms()[part[1:-1].rstrip("?")], *([""] if part.endswith("?>") else []))
            if part.startswith("<")
            else (part,)
            for part in _FORM.split(row["phrase"])
        ]
        for parts in product(*choices):
            for topic in row["topic"].split() or ("",):
                yield "".join(parts), topic or None, row


def alternation(words: Iterable[str]) -> str:
    """Return a pattern that matches the longest of the words."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


def _by_end(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    by_end: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        by_end.setdefault(word[-1], []).append(word)
    return {end: tuple(group) for end, group in by_end.items()}


def _class_starts(subjects: dict[str, list[Subject]], economic: dict[str, str]) -> frozenset[str]:
    functions = (n for n, rows in subjects.items() if rows[0].subject == "function_class")
    kinds = (n for n, code in economic.items() if len(code) == 3)
    return frozenset(name[:2] for name in (*functions, *kinds))


@lru_cache(maxsize=64)
def lexicon(year: int | None) -> Lexicon:
    """Return the word lists of a fiscal year; without a year, those that hold today."""
    subjects: dict[str, list[Subject]] = {}
    for phrase, topic, row in _spelled_out(_rows("subjects.csv", year)):
        subjects.setdefault(phrase.translate(_QUOTES), []).append(
            Subject(
                phrase=phrase,
                topic=topic,
                subject=row["subject"],
                rank=int(row["rank"] or 0),
                weak=bool(row["weak"]),
                anchor=row["anchor"] or None,
                fund_source=row["fund_source"] or None,
                expenditure_type=row["expenditure_type"] or None,
                revenue_source=row["revenue_source"] or None,
                three_public_item=row["three_public_item"] or None,
                resource_metric=row["resource_metric"] or None,
            )
        )
    sections = tuple(
        Section(
            phrase=r["phrase"],
            topic=r["topic"],
            rank=int(r["rank"] or 0),
            fund_source=r["fund_source"] or None,
            expenditure_type=r["expenditure_type"] or None,
        )
        for r in _rows("prose_sections.csv", year)
    )
    economic = {r["name"]: r["economic_code"] for r in _rows("prose_economic.csv", year)}
    functions: dict[str, tuple[str, ...]] = {}
    for row in _rows("prose_functions.csv", year):
        bare = row["name"].removesuffix("支出")
        for name in (bare, bare + "支出"):
            functions[name] = (*functions.get(name, ()), row["level"])
    words: dict[str, list[tuple[str, str]]] = {}
    for row in _rows("prose_words.csv", year):
        words.setdefault(row["role"], []).append((row["word"], row["value"]))
    lengths: dict[str, set[int]] = {}
    for phrase in subjects:
        lengths.setdefault(phrase[:2], set()).add(len(phrase))
    return Lexicon(
        subjects={k: tuple(v) for k, v in subjects.items()},
        sections=sections,
        economic=economic,
        functions=functions,
        units={r["unit"]: r["kind"] for r in _rows("prose_units.csv", year)},
        words={k: tuple(v) for k, v in words.items()},
        trail=_by_end(w for w, _ in words["trail"]),
        class_starts=_class_starts(subjects, economic),
        generic=frozenset(w for w, _ in words["generic"]),
        longest=max(map(len, subjects)),
        lengths={head: tuple(sorted(sizes)) for head, sizes in lengths.items()},
    )
