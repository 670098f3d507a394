"""The same disclosure in every format gives the same facts (同一文件多种格式)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus import FORMATS, Case
from benchmarks.factory.writers import write
from benchmarks.scoring import Tally, plain, yuan
from extract.extraction import Extraction, extract_file


def facts(rows: Any, with_prose: bool) -> Iterator[tuple[Any, ...]]:
    """Yield what a document says, without the places where it says so."""
    for cell in rows["statement_cell"]:
        yield (
            "cell",
            cell.statement_code,
            cell.function_code,
            cell.department_economic_code,
            plain(cell.line_label),
            cell.measure_code,
            cell.amount_stage,
            yuan(cell.number_text, cell.published_unit),
            cell.value_status,
        )
    for row in rows["performance_indicator"]:
        yield (
            "indicator",
            plain(row.level1),
            plain(row.level3),
            row.target_operator,
            row.target_value_text,
            row.target_unit,
            row.actual_value_text,
            row.weight_text,
            row.score_text,
        )
    if with_prose:
        for row in rows["narrative_figure"]:
            yield (
                "prose",
                row.subject,
                row.measure,
                row.comparator,
                row.direction,
                row.number_text,
                row.published_unit,
            )


def compare(case: Case, folder: Path, tally: Tally) -> None:
    """Add to ``tally`` how the other formats differ from the text of one case.

    A workbook holds the tables only. Documents of prose alone have no workbook.
    """
    read: dict[str, Any] = {}
    for suffix in FORMATS:
        path = folder / f"rendition{suffix}"
        path.write_bytes(write(case.disclosure, suffix, case.printing).data)
        result = extract_file(path)
        if isinstance(result, Extraction):
            read[suffix] = result.rows
        elif suffix != ".xlsx":
            tally.wrong.append(f"{case.name} as {suffix}: {result.code} {result.detail}")
    if ".txt" not in read:
        return
    for suffix, rows in read.items():
        if suffix == ".txt":
            continue
        with_prose = suffix != ".xlsx"
        tally.add(
            f"{case.name} as {suffix}",
            facts(read[".txt"], with_prose),
            facts(rows, with_prose),
        )
