"""Recognised figures that are not certain are held back; others are left alone."""

from __future__ import annotations

from dataclasses import fields

from extract.datasets import StatementCellRow
from extract.document import Cell, Document, Place, Table
from extract.recognise.certainty import FLOOR, doubts
from extract.sources import SourceLedger

KEY = "0" * 64
Line = tuple[str, dict[str, str]]
"""Function code of a line and its figures by measure."""


def made(
    lines: list[Line], confidence: dict[str, float | None]
) -> tuple[Document, SourceLedger, list[StatementCellRow]]:
    """A document with one table; ``confidence`` by printed text, 1 where not named."""
    ledger = SourceLedger(KEY)
    cells: list[Cell] = []
    rows: list[StatementCellRow] = []
    blank = {field.name: None for field in fields(StatementCellRow)}
    for r, (code, figures) in enumerate(lines):
        cells.append(Cell(code, r, 0, Place(page=1), confidence=confidence.get(code, 1.0)))
        for c, (measure, text) in enumerate(figures.items(), 1):
            place = Place(page=1, table_index=0, row_index=r, column_index=c)
            cells.append(Cell(text, r, c, place, confidence=confidence.get(text, 1.0)))
            rows.append(
                StatementCellRow(
                    **{
                        **blank,
                        "document_key": KEY,
                        "table_index": 0,
                        "line_no": r + 1,
                        "function_code": code,
                        "measure_code": measure,
                        "amount_stage": "final",
                        "fund_source": "all",
                        "published_text": text,
                        "number_text": text.replace(",", ""),
                        "source_key": ledger.key(place, text),
                    }
                )
            )
    table = Table(0, len(lines), 4, tuple(cells), Place(page=1))
    return Document(KEY, "a.pdf", "application/pdf", "ocr", (table,)), ledger, rows


def held_back(lines: list[Line], confidence: dict[str, float | None]) -> dict[str, str]:
    document, ledger, rows = made(lines, confidence)
    found = doubts(document, ledger.rows(), rows, [])
    assert len(found.certain(rows)) == len(rows) - len(found.by_source)
    quarantined = list(found.held_back("statement_cell", rows))
    assert {row.code for row in quarantined} <= {"OCR_UNCERTAIN"}
    return dict(row.observed.split(": ", 1) for row in quarantined)


GOOD: list[Line] = [
    ("208", {"total": "300.00", "basic": "100.00", "project": "200.00"}),
    ("20805", {"total": "300.00", "basic": "100.00", "project": "200.00"}),
    ("2080501", {"total": "120.00", "basic": "90.00", "project": "30.00"}),
    ("2080502", {"total": "180.00", "basic": "10.00", "project": "170.00"}),
]


def test_certain_figures_with_sums_that_close_are_all_published() -> None:
    assert held_back(GOOD, {}) == {}


def test_a_figure_under_the_floor_is_held_back_with_its_confidence() -> None:
    assert held_back(GOOD, {"170.00": FLOOR - 0.1}) == {"170.00": "confidence 0.80"}


def test_a_doubtful_code_takes_its_line_with_it() -> None:
    assert set(held_back(GOOD, {"2080502": 0.2})) == {"180.00", "10.00", "170.00"}


def test_figures_of_a_sum_that_does_not_close_are_held_back() -> None:
    wrong = [*GOOD[:3], ("2080502", {"total": "180.00", "basic": "10.00", "project": "176.00"})]
    found = held_back(wrong, {})
    assert found["176.00"] == "the lines under 20805 add up to 206.00"
    assert found["180.00"] == "the line adds up to 186.00"
    assert "120.00" not in found  # its line and its column close
    assert "90.00" not in found


def test_figures_that_were_not_recognised_are_never_doubted() -> None:
    texts = {text for code, figures in GOOD for text in (code, *figures.values())}
    broken = [*GOOD[:3], ("2080502", {"total": "1.00", "basic": "2.00", "project": "3.00"})]
    assert held_back(broken, dict.fromkeys((*texts, "1.00", "2.00", "3.00"))) == {}
