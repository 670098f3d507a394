"""What is printed around a figure (摘录): lines of a text, rows of a table, words of prose.

Made from the original file and the place that the load kept. Persons and telephone
numbers are covered. How it looks on a terminal is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dagster_project.masking import COVER, cover, personal_cells
from extract.document import Cell, Document, Paragraph, Table
from extract.readers import read_bytes
from extract.readers.encoding import decode
from extract.recognise.grid import dense
from extract.recognise.numbers import read_number

AROUND_LINES = 1
AROUND_CHARS = 60
HEADER_ROWS = 4
AROUND_COLUMNS = 2
CELL_CHARS = 24


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A printed line; ``marks`` are the character ranges of the figure in it."""

    number: int | None
    """1-based line of the file; None where the format has no lines."""
    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table, some columns of it; ``number`` counts from 1."""

    number: int
    cells: tuple[str, ...]
    marks: tuple[tuple[int, int, int], ...] = ()
    """(position in ``cells``, start, end) of the figure, or of each cell of an indicator."""
    header: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Header rows of a table, the row of the figure and its neighbours."""

    columns: tuple[int, ...]
    """1-based column of each position."""
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What stands around the figure; empty where this version reads the file differently."""

    lines: tuple[MarkedLine, ...] = ()
    grid: Grid | None = None


def make_excerpt(path: Path, document: Document, source: Mapping[str, Any]) -> Excerpt:
    """Return the lines and the rows around a place (a row of ``dim_source``)."""
    found = _find_cells(document, source)
    paragraph = None if found else _find_paragraph(document, source)
    lines: tuple[MarkedLine, ...] = ()
    if document.extraction_method == "text" and source.get("line_start") is not None:
        lines = tuple(_text_lines(path, document, source, paragraph))
    elif paragraph is not None:
        lines = (_passage(paragraph, source),)
    return Excerpt(lines, _grid(*found, source, personal_cells(document)) if found else None)


def printed_before(document: Document, source: Mapping[str, Any]) -> str | None:
    """Return what the box of a place prints before its figure; None where it is the whole."""
    start, end = source.get("char_start"), source.get("char_end")
    if start is None or end is None:
        return None
    found = _find_cells(document, source)
    if found is not None:
        return found[1][0].text[:start]
    paragraph = _find_paragraph(document, source)
    if paragraph is None:
        return None
    lines = [s.char_start for s in paragraph.spans if s.char_start < end and start < s.char_end]
    return paragraph.text[min(lines, default=0) : start]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _parts(source: Mapping[str, Any]) -> list[str]:
    """The cells that a place was read from: an indicator's are joined by tabs."""
    return [part for part in source["source_text"].split("\t") if part.strip()]


def _find_cells(document: Document, source: Mapping[str, Any]) -> tuple[Table, list[Cell]] | None:
    """Return the table and the cells of a place, the one that it is named after first."""
    index = source.get("table_index")
    if index is None or index >= len(document.tables):
        return None
    table = document.tables[index]
    row = sorted((c for c in table.cells if c.row == source["row_index"]), key=lambda c: c.column)
    found: list[Cell] = []
    waiting = [_squeezed(part) for part in _parts(source)]
    for cell in row:
        text = _squeezed(cell.text)
        if cell.column < source["column_index"] or not waiting:
            continue
        if text and (waiting[0] in text or (len(waiting) > 1 and text in waiting[0])):
            found.append(cell)
            del waiting[0]
        elif not found:
            return None
    return (table, found) if found else None


def _find_paragraph(document: Document, source: Mapping[str, Any]) -> Paragraph | None:
    start, end = source.get("char_start"), source.get("char_end")
    for paragraph in document.paragraphs:
        if start is None or end is None:
            place = paragraph.place
            text = paragraph.text
        else:
            place = paragraph.place_of(start, end)
            text = paragraph.text[start:end]
        same = all(
            getattr(place, name) == source.get(name) for name in ("page", "sheet", "line_start")
        )
        if (
            same
            and _near(place.y0, source.get("y0"))
            and _squeezed(source["source_text"]) in _squeezed(text)
        ):
            return paragraph
    return None


def _near(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else abs(one - other) < 1.0


def _passage(paragraph: Paragraph, source: Mapping[str, Any]) -> MarkedLine:
    start, end = source.get("char_start"), source.get("char_end")
    if start is None or end is None:
        start = max(0, paragraph.text.find(source["source_text"]))
        end = min(len(paragraph.text), start + len(source["source_text"]))
    text, mark = _window(paragraph.text, start, end, AROUND_CHARS)
    return MarkedLine(None, text, (mark,))


def _window(text: str, start: int, end: int, around: int) -> tuple[str, tuple[int, int]]:
    """Cut a text to what stands around a range, and return where the range is then."""
    first, last = max(0, start - around), end + around
    before, after = "…" * (first > 0), "…" * (last < len(text))
    shift = len(before) - first
    kept = _kept(text, [(start, end)])[first:last]
    return before + kept + after, (start + shift, end + shift)


def _kept(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """Cover the text, except for the figure itself."""
    covered = cover(text)
    for start, end in marks:
        covered = covered[:start] + text[start:end] + covered[end:]
    return covered


def _text_lines(
    path: Path, document: Document, source: Mapping[str, Any], paragraph: Paragraph | None
) -> Iterator[MarkedLine]:
    text, _ = decode(read_bytes(path))
    every = text.split("\n") if "\n" in text else text.split("\r")  # as the reader counts
    first, last = source["line_start"], source["line_end"] or source["line_start"]
    hidden = _hidden_lines(document)
    waiting = [line.strip() for part in _parts(source) for line in part.split("\n")]
    for number in range(max(1, first - AROUND_LINES), min(len(every), last + AROUND_LINES) + 1):
        line = every[number - 1].rstrip("\r")
        marks: tuple[tuple[int, int], ...] = ()
        if first <= number <= last:
            in_prose = paragraph is not None and source.get("char_start") is not None
            marks = tuple(
                _marks_of_prose(line, number, source, paragraph)
                if paragraph is not None and in_prose
                else _marks_of_cells(line, waiting)
            )
        if number in hidden and not marks:
            line = "".join(c if c.isspace() else COVER for c in line)
        yield MarkedLine(number, _kept(line, marks), marks)


def _hidden_lines(document: Document) -> set[int]:
    lines: set[int] = set()
    for cell in personal_cells(document).values():
        start = cell.place.line_start
        if start is not None:
            lines |= set(range(start, (cell.place.line_end or start) + 1))
    return lines


def _marks_of_prose(
    line: str, number: int, source: Mapping[str, Any], paragraph: Paragraph
) -> Iterator[tuple[int, int]]:
    """Where in a line of the file the figure stands, or the part of it that does."""
    for span in paragraph.spans:
        printed = paragraph.text[span.char_start : span.char_end]
        low = max(source["char_start"], span.char_start) - span.char_start
        high = min(source["char_end"], span.char_end) - span.char_start
        if span.place.line_start != number or low >= high:
            continue
        at = line.find(printed)
        if at >= 0:
            yield at + low, at + high
        elif line.count(printed[low:high]) == 1:  # the reader dropped what is printed nowhere
            at = line.find(printed[low:high])
            yield at, at + high - low


def _marks_of_cells(line: str, waiting: list[str]) -> Iterator[tuple[int, int]]:
    """Where the next of the texts that are still looked for stands; it is taken out."""
    for index, part in enumerate(waiting):
        at = line.find(part)
        if part and at >= 0:
            del waiting[index]
            yield at, at + len(part)
            return


def _grid(
    table: Table, found: Sequence[Cell], source: Mapping[str, Any], personal: Mapping[int, Cell]
) -> Grid:
    matrix = dense(table)
    row, left, right = found[0].row, found[0].column, found[-1].column + found[-1].column_span - 1
    head = _header_rows(matrix, row)
    shown = [*range(head), *range(max(head, row - 1), min(row + 2, table.n_rows))]
    columns = [
        c
        for c in range(table.n_columns)
        if c < AROUND_COLUMNS or left - AROUND_COLUMNS <= c <= right + AROUND_COLUMNS
    ]
    ours = {id(cell) for cell in found}
    hidden = personal.keys() - ours
    rows = []
    for r in shown:
        cells = [
            "" if id(matrix[r][c]) in ours else _cell_text(matrix[r][c], hidden) for c in columns
        ]
        marks = []
        for cell in found if r == row else ():
            at = columns.index(cell.column)
            cells[at], (start, end) = _figure_text(cell, source)
            marks.append((at, start, end))
        rows.append(GridRow(r + 1, tuple(cells), tuple(marks), header=r < head))
    return Grid(tuple(c + 1 for c in columns), tuple(rows))


def _figure_text(cell: Cell, source: Mapping[str, Any]) -> tuple[str, tuple[int, int]]:
    """The text of the figure's cell, cut to what stands around it, and where it is there."""
    start, end = source.get("char_start"), source.get("char_end")
    if start is None or end is None:
        text = "".join(cell.text.split("\n")).strip()
        return text, (0, len(text))
    text, mark = _window(cell.text, start, end, CELL_CHARS)
    return text.replace("\n", " "), mark


def _header_rows(matrix: Sequence[Sequence[Cell | None]], row: int) -> int:
    """How many rows stand above the first one with a figure; the figure's row is none."""
    for r, cells in enumerate(matrix[: min(row, HEADER_ROWS)]):
        if any(c is not None and read_number(c.text) is not None for c in cells):
            return r
    return min(row, HEADER_ROWS)


def _cell_text(cell: Cell | None, hidden: set[int]) -> str:
    if cell is None:
        return ""
    text = "".join(cell.text.split("\n")).strip()
    return COVER * min(len(text), 3) if id(cell) in hidden else cover(text)
