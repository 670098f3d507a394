"""How well tables without vertical rulings are read (三线表基准).

Prints disclosures of the generated corpus with three-line tables (rules above and below
the header and at the end, some with short rules under the groups, some without any rule)
that run over pages, with and without a repeated header. Scores exact non-empty cells
inside aligned rows. Ends with ``name=value`` lines.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpus import case
from benchmarks.factory.blocks import Cell, Disclosure, PageBreak, Paragraph, Table
from benchmarks.factory.writers import pdf
from extract.document import Document
from extract.readers import read_document

BOUND = 0.90
MANNERS = ("three-line", "groups", "bare-continuation", "no-rules")

TextRow = list[str]


@dataclass(slots=True)
class Score:
    """Counts of cells over documents."""

    truth: int = 0
    found: int = 0
    right: int = 0
    rows: int = 0
    whole_rows: int = 0
    pages: int = 0
    seconds: float = 0.0
    stray: int = 0
    """Tables on pages that print none."""
    worst: list[tuple[float, str]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.truth + self.found)


class ThreeLine(pdf._Page):
    """Prints tables with horizontal rules only, and keeps what it printed by page."""

    def __init__(self, title: str, manner: str) -> None:
        super().__init__(title)
        self.manner = manner
        self.printed: dict[int, list[TextRow]] = {}

    def _part(
        self,
        table: Table,
        rows: list[int],
        widths: list[float],
        heights: list[float],
        size: float,
        start: int,
    ) -> None:
        if self.manner == "bare-continuation" and start:
            rows = [r for r in rows if r >= table.header_rows]
        left = [pdf.MARGIN + sum(widths[:c]) for c in range(len(widths) + 1)]
        tops, y = {}, self.y
        for r in rows:
            tops[r] = y
            y -= heights[r]
        last = rows[-1] == len(table.rows) - 1
        if self.manner != "no-rules":
            self._rule(left, self.y, heavy=True)
            if rows[0] == 0 and table.header_rows < len(table.rows):
                self._rule(left, self.y - sum(heights[: table.header_rows]), heavy=False)
            if last or self.manner == "three-line":
                self._rule(left, y, heavy=True)
        shown: list[list[str]] = []
        for r in rows:
            texts = [""] * len(widths)
            for c, cell in enumerate(table.rows[r]):
                if cell is not None:
                    texts[c] = cell.text
                    self._cell(table, r, c, cell, left, tops[r], heights, size)
            shown.append(texts)
        self.printed.setdefault(self.number, []).extend(shown)
        self.y = y

    def _rule(self, left: Sequence[float], y: float, *, heavy: bool) -> None:
        self.canvas.setLineWidth(1.2 if heavy else 0.6)
        self.canvas.line(left[0], y, left[-1], y)

    def _cell(
        self,
        table: Table,
        r: int,
        c: int,
        cell: Cell,
        left: Sequence[float],
        top: float,
        heights: Sequence[float],
        size: float,
    ) -> None:
        width = left[c + cell.column_span] - left[c]
        height = sum(heights[r : r + cell.row_span])
        lines = pdf.wrap(cell.text, width - 4, size)
        base = top - (height - len(lines) * size * 1.25) / 2 - size
        self.canvas.setFont(pdf.FONT, size)
        for index, line in enumerate(lines):
            slack = width - 4 - sum(pdf._width(ch) for ch in line) * size
            x = left[c] + 2
            if cell.fact is not None:
                x += slack
            elif r < table.header_rows:
                x += slack / 2
            self.canvas.drawString(x, base - index * size * 1.25, line)
        grouped = cell.column_span > 1 and r < table.header_rows - 1
        if grouped and self.manner in ("groups", "three-line"):
            self.canvas.setLineWidth(0.5)
            self.canvas.line(
                left[c] + 2, top - height, left[c + cell.column_span] - 2, top - height
            )


def print_document(disclosure: Disclosure, manner: str) -> tuple[bytes, dict[int, list[TextRow]]]:
    """Print a disclosure in a manner; returns the file and the rows of each page's tables."""
    pdf._register()
    page = ThreeLine(disclosure.title, manner)
    for block in disclosure.blocks:
        if isinstance(block, PageBreak):
            if page.y < page.height - pdf.MARGIN - 1:
                page.turn()
        elif isinstance(block, Paragraph):
            page.paragraph(block)
        elif _is_statement(block):
            page.table(block)
    page.turn()
    page.canvas.save()
    return page.out.getvalue(), page.printed


def _is_statement(table: Table) -> bool:
    """True for account tables; performance forms are always printed with a lattice."""
    texts = [cell.text for row in table.rows for cell in row if cell is not None]
    return table.header_rows > 0 and not any("绩效" in text for text in texts)


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def rows_by_page(document: Document) -> dict[int, list[TextRow]]:
    """The rows of all tables of a read document, by page."""
    found: dict[int, list[TextRow]] = {}
    for table in document.tables:
        for row in table.rows():
            texts = [""] * table.n_columns
            for cell in row:
                texts[cell.column] = cell.text
            found.setdefault(table.place.page or 0, []).append(texts)
    return found


def compare(truth: list[TextRow], found: list[TextRow]) -> tuple[int, int]:
    """Cells right, and rows right with the places of empty cells, in the best alignment."""
    want = [Counter(t for t in map(_fold, row) if t) for row in truth]
    have = [Counter(t for t in map(_fold, row) if t) for row in found]
    best = [[(0, 0)] * (len(have) + 1) for _ in range(len(want) + 1)]
    for i, row in enumerate(want):
        for j, other in enumerate(have):
            shared = sum((row & other).values())
            whole = int([*map(_fold, truth[i])] == [*map(_fold, found[j])])
            joined = (best[i][j][0] + shared, best[i][j][1] + whole)
            best[i + 1][j + 1] = max(joined, best[i][j + 1], best[i + 1][j])
    return best[-1][-1]


def measure(documents: int, manner: str, split: str) -> Score:
    """Print, read and score so many documents of a split."""
    score = Score()
    number = 0
    while documents:
        made = case(split, number)
        number += 1
        if not any(isinstance(block, Table) for block in made.disclosure.blocks):
            continue
        documents -= 1
        data, truth = print_document(made.disclosure, manner)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "made.pdf"
            path.write_bytes(data)
            begin = time.process_time()
            document = read_document(path)
            score.seconds += time.process_time() - begin
        _add(score, made.name, truth, rows_by_page(document))
        score.pages += document.page_count or 0
    return score


def _add(
    score: Score, name: str, truth: dict[int, list[TextRow]], found: dict[int, list[TextRow]]
) -> None:
    for page in sorted(truth.keys() | found.keys()):
        want, have = truth.get(page, []), found.get(page, [])
        right, whole = compare(want, have)
        wanted = sum(bool(_fold(t)) for row in want for t in row)
        had = sum(bool(_fold(t)) for row in have for t in row)
        score.truth += wanted
        score.found += had
        score.right += right
        score.rows += len(want)
        score.whole_rows += whole
        score.stray += bool(have and not want)
        score.worst.append((2 * right / max(1, wanted + had), f"{name} page {page}"))


def main() -> int:
    """Run the benchmark; fails where the bound is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=6, help="per manner and split")
    parser.add_argument("--worst", type=int, default=0, help="how many bad pages to list")
    chosen = parser.parse_args()
    total = Score()
    lines: list[str] = []
    for manner in MANNERS:
        both = Score()
        for split in ("development", "holdout"):
            score = measure(chosen.documents, manner, split)
            for name in ("truth", "found", "right", "rows", "whole_rows", "pages", "seconds"):
                for whole in (both, total):
                    setattr(whole, name, getattr(whole, name) + getattr(score, name))
            both.worst += score.worst
            total.stray += score.stray
        for f1, page in sorted(both.worst)[: chosen.worst]:
            print(f"  {manner}: {f1:.3f} {page}")
        lines.append(f"f1_{manner.replace('-', '_')}={both.f1:.4f}")
        lines.append(f"whole_rows_{manner.replace('-', '_')}={both.whole_rows / both.rows:.4f}")
    print("\n".join(lines))
    print(f"pages={total.pages}")
    print(f"pages_per_cpu_second={total.pages / total.seconds:.1f}")
    print(f"stray_tables={total.stray}")
    print(f"f1={total.f1:.4f}")
    return 0 if total.f1 >= BOUND and not total.stray else 1


if __name__ == "__main__":
    sys.exit(main())
