"""XLSX: a sheet per statement, title and unit line above the table, text left out."""

from __future__ import annotations

import io
import re
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Border, Side

from benchmarks.factory.blocks import Disclosure, Fact, PageBreak, Paragraph, Table
from benchmarks.factory.writers import Printing, Spot, Written
from benchmarks.factory.writers.archive import normalise

_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?|-?\d+\.\d+")


def write(disclosure: Disclosure, printing: Printing) -> Written:
    """Write the statements only; a cover sheet carries the title as publishers' files do."""
    book = Workbook()
    sheet = book.active
    sheet.title = "封面"
    sheet["A1"] = disclosure.title
    facts: list[tuple[Fact, Spot]] = []
    row = 1
    inside = False
    for block in disclosure.blocks:
        if isinstance(block, PageBreak):
            if not block.sheet:  # a table that goes on: still the same sheet
                continue
            name = re.sub(r"[\\/*?:\[\]]", "", block.sheet)[:28] or "表"
            new = any(mark in name for mark in ("表", "绩效"))
            if new and inside and printing.one_sheet:
                row += 1
                continue
            inside = new
            if inside:
                sheet = book.create_sheet(name)
                row = 1
        elif isinstance(block, Paragraph):
            if inside and block.style in ("caption", "right", "note"):
                sheet.cell(row, 1, block.text)
                row += 1
        elif inside:
            facts += _table(sheet, block, row, printing.text_numbers)
            row += len(block.rows) + 1
    out = io.BytesIO()
    book.save(out)
    return Written(normalise(out.getvalue()), tuple(facts))


def _table(sheet: object, table: Table, top: int, as_text: bool) -> list[tuple[Fact, Spot]]:
    facts: list[tuple[Fact, Spot]] = []
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            target = sheet.cell(top + r, c + 1)  # type: ignore[attr-defined]
            target.border = _BORDER
            if cell.fact is not None and not as_text and _NUMBER.fullmatch(cell.text):
                _, _, decimals = cell.text.partition(".")
                target.value = Decimal(cell.text.replace(",", ""))
                whole = "#,##0" if "," in cell.text or cell.fact.unit == "元" else "0"
                target.number_format = whole + ("." + "0" * len(decimals) if decimals else "")
            elif cell.text:
                target.value = cell.text
            if cell.row_span > 1 or cell.column_span > 1:
                sheet.merge_cells(  # type: ignore[attr-defined]
                    start_row=top + r,
                    start_column=c + 1,
                    end_row=top + r + cell.row_span - 1,
                    end_column=c + cell.column_span,
                )
            if cell.fact is not None:
                facts.append((cell.fact, Spot(sheet=sheet.title, row=top + r - 1, column=c)))  # type: ignore[attr-defined]
    return facts
