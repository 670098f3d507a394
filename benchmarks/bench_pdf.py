"""Ruled tables of PDF pages: our reader, pdfplumber and two peers, in CPU seconds.

One process, best of some rounds, the readers in turn so that a busy machine slows all
alike. Compares every page's rows with those of pdfplumber's ``extract_tables()``, on
the hard pages of :mod:`benchmarks.pdf_corpus` and on the real files of SHARED_DIR.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pdfplumber

from benchmarks.pdf_corpus import corpus
from extract.readers.limits import DEFAULT
from extract.readers.pdf_cell_text import Rows, extract_tables
from extract.readers.pdf_engine import pages_as_printed

ROUNDS = 3
SHORTEST = 2.0
"""CPU seconds of one measurement."""
CORPUS_SEEDS = 1
LEAST_RATIO = 20.0
LEAST_IDENTICAL = 0.99

Read = Callable[[bytes], list[list[Rows]]]


@dataclass(frozen=True, slots=True)
class Case:
    """A file to read, with the figures of each page's cells where they are known."""

    name: str
    data: bytes
    figures: Sequence[Sequence[str]] | None = None


@dataclass(slots=True)
class Outcome:
    """What one set of files came to."""

    seconds: dict[str, float] = field(default_factory=dict)
    pages: int = 0
    identical: int = 0
    lost: int = 0
    """Figures that pdfplumber has in a cell and we have not."""
    figures: int = 0
    """Figures that pdfplumber has in a cell."""
    engines: Counter[str] = field(default_factory=Counter)
    different: list[str] = field(default_factory=list)


def by_ours(data: bytes) -> list[list[Rows]]:
    """Tables of each page by our reader's table stage."""
    return [extract_tables(page) for page in pages_as_printed(data, DEFAULT)]


def by_pdfplumber(data: bytes) -> list[list[Rows]]:
    """Tables of each page by pdfplumber, as it comes."""
    tables: list[list[Rows]] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            tables.append(page.extract_tables())
            page.close()
    return tables


def by_tablers(data: bytes) -> list[list[Rows]]:
    """Tables of each page by tablers: the same rules in Rust, over pdfium."""
    from tablers import Document, find_tables

    document = Document(bytes=data)
    found = [[t.to_list() for t in find_tables(p, extract_text=True)] for p in document.pages()]
    document.close()
    return found


def by_pdf_oxide(data: bytes) -> list[list[Rows]]:
    """Tables of each page by pdf_oxide's own table finder."""
    from pdf_oxide import PdfDocument

    document = PdfDocument.from_bytes(data)
    return [
        [[[c["text"] for c in row["cells"]] for row in t["rows"]] for t in found]
        for found in (document.extract_tables(i) for i in range(int(document.page_count)))
    ]


READERS: dict[str, Read] = {
    "ours": by_ours,
    "pdfplumber": by_pdfplumber,
    "tablers": by_tablers,
    "pdf_oxide": by_pdf_oxide,
}


def measure(cases: Sequence[Case]) -> Outcome:
    """Time every reader on the files, and compare our rows with pdfplumber's."""
    outcome = Outcome()
    for name in READERS:
        if not _is_installed(name):
            print(f"  {name} is not installed: left out")
    readers = {name: read for name, read in READERS.items() if _is_installed(name)}
    totals: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(ROUNDS):
        for name, read in readers.items():
            totals[name].append(_seconds(read, cases))
    outcome.seconds = {name: min(times) for name, times in totals.items()}
    for case in cases:
        _compare(case, outcome)
    return outcome


def _seconds(read: Read, cases: Sequence[Case]) -> float:
    """CPU seconds for all files, the mean of as many passes as fill the shortest time.

    A fast reader is measured as long as a slow one, so that chance weighs alike on both,
    and what the other readers keep in memory is no garbage to be searched by this one.
    """
    gc.collect()
    gc.freeze()
    passes, start = 0, time.process_time()
    while not passes or time.process_time() - start < SHORTEST:
        for case in cases:
            read(case.data)
        passes += 1
    return (time.process_time() - start) / passes


def _compare(case: Case, outcome: Outcome) -> None:
    theirs = by_pdfplumber(case.data)
    ours = list(pages_as_printed(case.data, DEFAULT))
    for index, (page, expected) in enumerate(zip(ours, theirs, strict=True)):
        rows = extract_tables(page)
        outcome.pages += 1
        outcome.engines[page.engine] += 1
        outcome.identical += rows == expected
        if rows != expected:
            why = page.doubt or "not doubted"
            outcome.different.append(f"{case.name}, page {index + 1}: {page.engine}, {why}")
        known = Counter(case.figures[index]) if case.figures else _numbers(expected)
        right = known & _cells(expected)
        outcome.figures += right.total()
        outcome.lost += (right - _cells(rows)).total()


def _cells(tables: list[Rows]) -> Counter[str]:
    return Counter(cell for table in tables for row in table for cell in row if cell)


def _numbers(tables: list[Rows]) -> Counter[str]:
    """Cells that hold a number and nothing else."""
    cells = _cells(tables)
    return Counter({c: n for c, n in cells.items() if set(c) <= set("0123456789,.-")})


def _is_installed(name: str) -> bool:
    import importlib.util

    return name == "ours" or importlib.util.find_spec(name) is not None


def real_cases() -> list[Case]:
    """The PDF files of SHARED_DIR; none where it is absent."""
    root = Path(__file__).resolve().parents[1]
    folder = Path(os.environ.get("SHARED_DIR", root.parent / "shared")) / "disclosures" / "pdf"
    return [Case(path.name, path.read_bytes()) for path in sorted(folder.glob("*.pdf"))]


def show(title: str, outcome: Outcome) -> None:
    """Print what was measured."""
    print(f"{title}: {outcome.pages} pages, {dict(outcome.engines)}")
    for name, seconds in outcome.seconds.items():
        print(f"  {name:11} {outcome.pages / seconds:8.0f} pages per CPU second")
    print(f"  identical to pdfplumber: {outcome.identical} of {outcome.pages}")
    for line in outcome.different:
        print(f"    differs: {line}")


def main() -> int:
    """Measure both sets; fails below the bounds."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    hard = [
        Case(file.kind, file.data, file.figures)
        for seed in range(1, CORPUS_SEEDS + 1)
        for file in corpus(seed)
    ]
    outcomes = {"hard generated pages": measure(hard)}
    if real := real_cases():
        outcomes["real pages"] = measure(real)
    else:
        print("SHARED_DIR holds no PDF files: only generated pages are measured")
    for title, outcome in outcomes.items():
        show(title, outcome)
    last = list(outcomes.values())[-1]
    pages = sum(outcome.pages for outcome in outcomes.values())
    identical = sum(outcome.identical for outcome in outcomes.values())
    figures = sum(outcome.figures for outcome in outcomes.values())
    lost = sum(outcome.lost for outcome in outcomes.values())
    ratio = {name: s / last.seconds["ours"] for name, s in last.seconds.items()}
    print(f"identical_share={identical / pages:.4f}")
    print(f"numbers_wrong={lost}")
    print(f"ratio_to_pdfplumber={ratio['pdfplumber']:.1f}")
    print(f"ratio_to_tablers={ratio['tablers']:.2f}" if "tablers" in ratio else "ratio_to_tablers=")
    print(f"identical_pages={identical}/{pages}")
    print(f"numbers_right={figures - lost}/{figures}")
    fast_enough = not real or ratio["pdfplumber"] >= LEAST_RATIO
    return 0 if fast_enough and identical >= LEAST_IDENTICAL * pages and not lost else 1


if __name__ == "__main__":
    sys.exit(main())
