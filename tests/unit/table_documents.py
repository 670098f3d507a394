"""Documents made of tables, for tests: rows of texts with ``<`` and ``^`` for merged cells."""

from __future__ import annotations

from dataclasses import replace

from extract.datasets import DocumentRow, columns
from extract.document import Block, Cell, Document, Paragraph, Place, Table
from extract.recognise.profile import Profile
from extract.recognise.statements import Statements, recognise_statements
from extract.sources import SourceLedger

LEFT, ABOVE = "<", "^"


def table(text: str, index: int = 0, page: int | None = None) -> Table:
    """Return a table of the lines of ``text``, cells parted by ``|``.

    ``<`` is covered by the cell to the left, ``^`` by the one above.
    """
    rows = [line.split("|") for line in text.strip("\n").split("\n")]
    rows = [[part.replace("\\n", "\n") for part in row] for row in rows]
    width = max(map(len, rows))
    cells = []
    for r, row in enumerate(rows):
        for c, part in enumerate(row):
            if part.strip() in (LEFT, ABOVE):
                continue
            right = 1
            while c + right < len(row) and row[c + right].strip() == LEFT:
                right += 1
            down = 1
            while (
                r + down < len(rows)
                and c < len(rows[r + down])
                and (rows[r + down][c].strip() == ABOVE)
            ):
                down += 1
            place = Place(page=page, table_index=index, row_index=r, column_index=c)
            cells.append(Cell(part.strip(" "), r, c, place, down, right))
    return Table(index, len(rows), width, tuple(cells), Place(page=page, table_index=index))


def document(*blocks: str | Table) -> Document:
    """Return a document of paragraphs (str) and tables, tables numbered in order."""
    made: list[Block] = []
    tables = 0
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, str):
            made.append(Paragraph(block, Place(line_start=number, line_end=number)))
            continue
        cells = tuple(replace(c, place=replace(c.place, table_index=tables)) for c in block.cells)
        made.append(replace(block, index=tables, cells=cells))
        tables += 1
    return Document("0" * 64, "made.txt", "text/plain", "text", tuple(made))


def recognise(
    *blocks: str | Table,
    kind: str | None = "final_account",
    year: int | None = 2023,
    unit: str | None = None,
) -> Statements:
    """Return the statements of a made document with the given profile."""
    made = document(*blocks)
    known = {
        "document_key": made.key,
        "file_name": made.file_name,
        "media_type": made.media_type,
        "extraction_method": made.extraction_method,
        "document_kind": kind,
        "fiscal_year": year,
        "default_unit": unit,
    }
    row = DocumentRow(**{name: known.get(name) for name in columns("document")})  # type: ignore[arg-type]
    return recognise_statements(made, Profile(row, (), (), unit), SourceLedger(made.key))
