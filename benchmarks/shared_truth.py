"""Hand-checked facts of real documents, where the shared folder is present (人工核对)."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.scoring import FACTORS, Tally, plain, yuan
from extract.extraction import Extraction, extract_file

ROOT = Path(__file__).parents[1]


def shared_dir() -> Path:
    """Return the folder that holds the documents and their facts."""
    return Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared"))


def _rows(path: Path) -> dict[str, list[dict[str, str]]]:
    by_document: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            by_document[row["document"]].append(row)
    return by_document


def _printed(rows: dict[str, Any]) -> Iterator[tuple[int, int, Decimal]]:
    """Yield first line, last line and yuan of every extracted money figure."""
    sources = {row.source_key: row for row in rows["source"]}
    for row in (*rows["statement_cell"], *rows["narrative_figure"]):
        amount = yuan(row.number_text, row.published_unit)
        place = sources[row.source_key]
        if amount is not None and place.line_start is not None:
            yield place.line_start, place.line_end or place.line_start, abs(amount)


def measure(tallies: dict[tuple[str, str], Tally]) -> int:
    """Add the shared truth to the tallies; return how many documents were measured."""
    truth = shared_dir() / "truth"
    if not truth.is_dir():
        return 0
    figures, indicators = _rows(truth / "figures.csv"), _rows(truth / "indicators.csv")
    projects = _rows(truth / "projects.csv")
    for document in sorted(figures):
        result = extract_file(shared_dir() / "disclosures" / "text" / document)
        short = document[:3]
        rows: dict[str, Any] = dict(result.rows) if isinstance(result, Extraction) else {}
        spread = list(_printed(rows)) if rows else []
        _figures(tallies["shared figures", short], short, figures[document], spread)
        got = [
            (plain(r.level3), r.weight_text or "", r.score_text or "")
            for r in rows.get("performance_indicator", ())
            if r.scope == "project"
        ]
        want = [(plain(r["level3"]), r["weight"], r["score"]) for r in indicators[document]]
        tallies["shared indicators", short].add(short, want, got)
        if projects[document]:
            tallies["shared projects", short].add(
                short,
                [(plain(r["project_name"]), r["total_score"]) for r in projects[document]],
                [
                    (plain(r.project_name), r.total_score_text or "")
                    for r in rows.get("performance_project", ())
                ],
            )
    return len(figures)


def _figures(
    tally: Tally, document: str, truth: list[dict[str, str]], spread: list[tuple[int, int, Decimal]]
) -> None:
    """Match by amount on the line: the truth's line lies within the extracted lines."""
    lines: dict[tuple[int, Decimal], int] = defaultdict(int)
    for row in truth:
        printed = not row["measure"].endswith("_derived")
        if printed and row["amount_yuan"] and row["published_unit"] in FACTORS:
            lines[int(row["source_line"]), abs(Decimal(row["amount_yuan"])).normalize() + 0] += 1
    extra = []
    for first, last, amount in spread:
        hit = next((n for n in range(first, last + 1) if lines.get((n, amount))), None)
        if hit is None:
            extra.append((first, amount))
        else:
            lines[hit, amount] -= 1
            tally.common += 1
    missing = [key for key, count in lines.items() for _ in range(count)]
    tally.expected += tally.common + len(missing)
    tally.extracted += len(spread)
    tally.missed += [f"{document}: line {line} | {amount}" for line, amount in missing]
    tally.wrong += [f"{document}: line {line} | {amount}" for line, amount in extra]
