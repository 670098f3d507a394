"""Measures recall and precision (``python -m benchmarks.accuracy [documents per split]``).

Writes ``$WAREHOUSE_DIR/accuracy/accuracy.md`` with what was missed and what was wrong,
prints ``name=value`` lines, and exits 1 where a value lies below accuracy_floor.csv.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import renditions, scoring, shared_truth
from benchmarks.corpus import SPLITS, Case, cases
from benchmarks.factory.writers import write
from benchmarks.scoring import Tally
from extract.extraction import Extraction, extract_file

FLOOR = Path(__file__).with_name("accuracy_floor.csv")
DEPTHS = ("figures", "bound", "places")
SHOWN = 40
RENDITIONS = 8
"""Every so many cases one is written and read in all formats."""
Tallies = dict[tuple[str, str], Tally]


def compare(case: Case, path: Path, tallies: Tallies) -> None:
    """Extract one written case and add it to the tallies of its split."""
    written = write(case.disclosure, case.suffix, case.printing)
    path.write_bytes(written.data)
    result = extract_file(path)
    rows: dict[str, Any] = defaultdict(tuple)
    if isinstance(result, Extraction):
        rows.update(result.rows)
    else:
        tallies[case.split, "rejected"].wrong.append(f"{case.name}: {result.code} {result.detail}")
    for leak in scoring.leaks(rows):
        tallies[case.split, "personal"].wrong.append(f"{case.name}: {leak}")
    groups = ("all", case.family, case.suffix)

    def add(name: str, expected: list[tuple[Any, ...]], extracted: list[tuple[Any, ...]]) -> None:
        for group in groups:
            tallies[case.split, f"{name} {group}"].add(case.name, expected, extracted)

    expected, extracted = (
        list(scoring.table_keys(written.facts)),
        list(scoring.cell_keys(rows, case.suffix)),
    )
    for depth, name in enumerate(DEPTHS):
        add(f"table {name}", [k[depth] for k in expected], [k[depth] for k in extracted])
    stated, narrated = (
        list(scoring.prose_keys(written.facts)),
        list(scoring.narrative_keys(rows, case.suffix)),
    )
    for depth, name in enumerate(DEPTHS):
        add(f"prose {name}", [k[depth] for k in stated], [k[depth] for k in narrated])
    add("prose meant", *scoring.meant_keys(written.facts, rows))
    if case.suffix != ".xlsx" or rows["performance_indicator"]:
        add(
            "indicators",
            list(scoring.indicator_keys(case.disclosure)),
            list(scoring.extracted_indicators(rows)),
        )
        add(
            "projects",
            list(scoring.project_keys(case.disclosure)),
            list(scoring.extracted_projects(rows)),
        )
    if isinstance(result, Extraction):
        add(
            "profile",
            list(scoring.profile_keys(case.disclosure)),
            list(scoring.extracted_profile(rows)),
        )
    else:
        add("profile", list(scoring.profile_keys(case.disclosure)), [])


def measure(count: int) -> Tallies:
    """Measure ``count`` generated documents of each split and the shared truth."""
    tallies: Tallies = defaultdict(Tally)
    with tempfile.TemporaryDirectory() as folder:
        for split in SPLITS:
            for number, case in enumerate(cases(split, count)):
                compare(case, Path(folder) / case.name, tallies)
                if number % RENDITIONS == 0:
                    renditions.compare(case, Path(folder), tallies[split, "renditions"])
    shared_truth.measure(tallies)
    return tallies


def values(tallies: Mapping[tuple[str, str], Tally]) -> dict[str, float]:
    """Return every ratio by name, such as ``holdout_table_figures_all_recall``."""
    out: dict[str, float] = {}
    for (split, name), tally in sorted(tallies.items()):
        if tally.expected:
            stem = f"{split}_{name}".replace(" ", "_").replace(".", "")
            out[f"{stem}_recall"] = tally.recall
            out[f"{stem}_precision"] = tally.precision
    return out


def below_floor(measured: Mapping[str, float]) -> list[str]:
    """Return a line for every value under its floor; a floor without a value fails too."""
    with FLOOR.open(encoding="utf-8", newline="") as file:
        floors = {row["name"]: float(row["floor"]) for row in csv.DictReader(file)}
    present = shared_truth.shared_dir().is_dir()
    out = []
    for name, floor in floors.items():
        if name.startswith("shared") and not present:
            continue
        value = measured.get(name)
        if value is None or value < floor:
            out.append(f"{name}: {'not measured' if value is None else f'{value:.4f}'} < {floor}")
    return out


def report(tallies: Mapping[tuple[str, str], Tally]) -> str:
    """Return the report in Markdown: a table of ratios, then what differed."""
    lines = [
        "# Accuracy",
        "",
        "| set | what | printed | read | recall | precision |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for (split, name), tally in sorted(tallies.items()):
        if tally.expected or tally.extracted:
            lines.append(
                f"| {split} | {name} | {tally.expected} | {tally.extracted} "
                f"| {tally.recall:.4f} | {tally.precision:.4f} |"
            )
    for (split, name), tally in sorted(tallies.items()):
        if (
            name.endswith(" all")
            or split.startswith("shared")
            or name in ("rejected", "personal", "renditions")
        ):
            for head, items in (("not read", tally.missed), ("wrong", tally.wrong)):
                if items:
                    lines += ["", f"## {split}, {name}: {head} ({len(items)})", ""]
                    lines += [f"- {item}" for item in items[:SHOWN]]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, report, compare with the floor."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    tallies = measure(count)
    target = Path(os.environ.get("WAREHOUSE_DIR", "warehouse")) / "accuracy" / "accuracy.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(report(tallies), encoding="utf-8")
    measured = values(tallies)
    failures = below_floor(measured)
    for (_, name), tally in sorted(tallies.items()):
        if name == "personal":
            failures += [f"a person is named: {leak}" for leak in tally.wrong]
    print(f"report: {target}")
    for failure in failures:
        print(f"below the floor: {failure}")
    for name, value in measured.items():
        print(f"{name}={value:.4f}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
