"""What an excerpt may not repeat (遮盖): names of persons and telephone numbers.

The marts do not publish them, so the way back to the printed place does not either. Which
labels stand beside a person or a number is layout data (``performance_fields.csv``,
``performance_headers.csv``); only the covering is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.document import Cell, Document, Place
from extract.recognise.grid import dense
from extract.recognise.numbers import fold
from extract.recognise.performance import layout
from extract.recognise.performance.fill import is_phone

COVER = "■"
_PERSONAL = frozenset({"person", "phone"})
_PHONE = re.compile(
    r"(?<![\dA-Za-z.,，])(?:1[3-9]\d{9}|0\d{2,3}[-－—]?\d{7,8}|\d{3,4}[-－—]\d{7,8})(?![.,，]\d|[\dA-Za-z])"
)
_CALLED = re.compile(r"((?:电话|手机|联系方式|传真)[^\d\n]{0,8})([\d－—-]{7,14})")
_NAMED = re.compile(
    r"((?:联系人|填表人|填报人|经办人|审核人|负责人|责任人)\s{0,4}[:：]\s{0,4})([一-鿿·]{2,4})"
)
_NAME = re.compile(r"[一-鿿·]{2,4}(?:[、,，/ \n][一-鿿·]{2,4}){0,4}")


def cover(text: str) -> str:
    """Return the text with telephone numbers and named persons covered, length unchanged."""
    for pattern in (_CALLED, _NAMED):
        text = pattern.sub(lambda hit: hit[1] + COVER * len(hit[2]), text)
    return _PHONE.sub(lambda hit: COVER * len(hit[0]), text)


def personal_cells(document: Document) -> dict[int, Cell]:
    """Return the cells that hold a person or a telephone number, by their ``id``.

    The labels beside them tell, also those of the table before where a table goes on
    over the page, and the same text elsewhere in a table of the document.
    """
    found: dict[int, Cell] = {}
    columns: list[int] = []
    width = 0
    for table in document.tables:
        grid = dense(table)
        own = list(_labels(grid))
        if own or table.n_columns != width:
            columns, width = [], table.n_columns
        for row, column, after in own:
            right = grid[row][after] if after < width else None
            if right is not None and right.text.strip() and not _is_label(right.text):
                found[id(right)] = right
                if _looks_personal(right.text):
                    continue  # a form, not a list: below stands another label
            columns.append(column)
        for cell in (line[c] for line in grid for c in columns):
            if cell is not None and _looks_personal(cell.text):
                found[id(cell)] = cell
    said = {fold(cell.text) for cell in found.values() if _looks_personal(cell.text)}
    every = (cell for table in document.tables for cell in table.cells)
    return found | {id(cell): cell for cell in every if fold(cell.text) in said}


def _labels(grid: Sequence[Sequence[Cell | None]]) -> Iterator[tuple[int, int, int]]:
    """Yield (row, column, column after it) of every label of a person or a number."""
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if cell is not None and (cell.row, cell.column) == (r, c) and _is_personal(cell.text):
                yield r, c, c + cell.column_span


def personal_places(document: Document, page: int) -> Iterator[Place]:
    """Yield the places on a page that a picture of it must cover."""
    hidden = personal_cells(document)
    for table in document.tables:
        if table.place.page == page:
            yield from (c.place for c in table.cells if id(c) in hidden or cover(c.text) != c.text)
    for paragraph in document.paragraphs:
        for span in paragraph.spans:
            printed = paragraph.text[span.char_start : span.char_end]
            if span.place.page == page and cover(printed) != printed:
                yield span.place


def _roles(text: str) -> set[str]:
    field = layout.fields().get(layout.label_key(text))
    header = layout.headers("indicator").get(layout.header_key(text))
    return {role for role in (field, header) if role}


def _is_personal(text: str) -> bool:
    return bool(_PERSONAL & _roles(text))


def _is_label(text: str) -> bool:
    return bool(_roles(text))


def _looks_personal(text: str) -> bool:
    plain = text.strip()
    return is_phone(plain) or (_NAME.fullmatch(plain) is not None and not _is_label(plain))
