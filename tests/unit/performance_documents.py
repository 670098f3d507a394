"""Documents made by hand for tests of performance forms: rows of cells, with spans."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from extract.datasets import DocumentRow, SourceRow
from extract.document import Block, Cell, Document, Paragraph, Place, Table
from extract.recognise.performance import Performance, recognise_performance
from extract.sources import SourceLedger

Spec = str | tuple[str, int] | tuple[str, int, int]
"""A cell: its text, columns it runs over, rows it runs over."""
Rows = list[list[Spec]]


@dataclass(frozen=True)
class Profile:
    row: DocumentRow


@dataclass(frozen=True)
class Read:
    """What recognition made of a document, with the places it registered."""

    result: Performance
    sources: dict[str, SourceRow]

    @property
    def published(self) -> str:
        """Every text that would leave recognition."""
        return repr(self.result) + repr(self.sources)


def table(index: int, rows: Rows) -> Table:
    """Lay out rows as a browser would: spans push later cells to the right."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        column = 0
        for spec in row:
            text, width, height = (*((spec,) if isinstance(spec, str) else spec), 1, 1)[:3]
            while (r, column) in taken:
                column += 1
            place = Place(table_index=index, row_index=r, column_index=column)
            cells.append(Cell(text, r, column, place, height, width))
            taken |= {(r + i, column + j) for i in range(height) for j in range(width)}
            column += width
    width = max(c.column + c.column_span for c in cells)
    return Table(index, len(rows), width, tuple(cells), Place(table_index=index))


def document(*parts: Rows | str) -> Document:
    """Make a document of tables (lists of rows) and paragraphs (strings)."""
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, str):
            number = len(blocks) + 1
            blocks.append(Paragraph(part, Place(line_start=number, line_end=number)))
        else:
            blocks.append(table(sum(isinstance(b, Table) for b in blocks), part))
    return Document("k" * 64, "form.html", "text/html", "html", tuple(blocks))


def read(made: Document, year: int | None = 2022, unit: str | None = None) -> Read:
    """Recognise the performance forms of a document."""
    empty = DocumentRow(**{f.name: None for f in fields(DocumentRow)})  # type: ignore[arg-type]
    row = replace(empty, document_key=made.key, fiscal_year=year, default_unit=unit)
    sources = SourceLedger(made.key)
    result = recognise_performance(made, Profile(row), sources)
    return Read(result, {s.source_key: s for s in sources.rows()})
