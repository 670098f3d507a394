"""How an old workbook (XLS) shows its cells (显示方式): formats, errors, what is hidden.

The values come from calamine, which does not tell how they are printed; a percentage would
be a hundredth of itself. Knows the records of BIFF 5 and 8 that speak of looks.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.readers.compound import BrokenCompound, stream_of
from extract.readers.number_format import built_in
from extract.reasons import Rejected

_FORMULA, _EOF, _DATE_1904, _PASSWORD, _BOUND_SHEET = 0x06, 0x0A, 0x22, 0x2F, 0x85
_COLUMN_INFO, _MULTIPLE_RK, _XF = 0x7D, 0xBD, 0xE0
_ROW, _WINDOW, _FORMAT, _BOF = 0x208, 0x23E, 0x41E, 0x809
_ONE_CELL = frozenset((_FORMULA, 0x203, 0x27E, 0xFD, 0x204, 0x205, 0xD6))
_BIFF8 = 0x600
_ZERO_HEIGHT = 0x20
_SHOWS_ZEROS = 0x10
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(slots=True)
class SheetLook:
    """How the cells of one sheet are shown; rows and columns count from 0."""

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    """Number format of each cell that has one of its own."""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last of each run."""
    shows_zeros: bool = True

    def hides_column(self, column: int) -> bool:
        """Tell whether a column is not shown."""
        return any(first <= column <= last for first, last in self.hidden_columns)


@dataclass(slots=True)
class WorkbookLook:
    """How a workbook shows its sheets."""

    sheets: dict[str, SheetLook] = field(default_factory=dict)
    epoch_1904: bool = False


def look_of(data: bytes) -> WorkbookLook | None:
    """Return how a workbook shows its cells; None where its records cannot be followed.

    Raises Rejected with OFFICE_ENCRYPTED where they are behind a password.
    """
    try:
        stream = stream_of(data, ("Workbook", "Book"))
        return None if stream is None else _read(stream)
    except (BrokenCompound, struct.error, IndexError):
        return None


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one substream; embedded ones, such as charts, are left out."""
    depth = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        body = stream[start + 4 : start + 4 + size]
        start += 4 + size
        depth += kind == _BOF
        if depth == 1:
            yield kind, body
        depth -= kind == _EOF
        if depth <= 0:
            return


def _read(stream: bytes) -> WorkbookLook | None:
    look = WorkbookLook()
    own: dict[int, str] = {}
    styles: list[int] = []
    sheets: list[tuple[int, str]] = []
    is_biff8 = True
    for kind, body in _records(stream, 0):
        if kind == _BOF:
            is_biff8 = struct.unpack_from("<H", body)[0] >= _BIFF8
        elif kind == _PASSWORD:
            raise Rejected("OFFICE_ENCRYPTED", "a password is needed")
        elif kind == _FORMAT:
            own[struct.unpack_from("<H", body)[0]] = _string(
                body[2:], 2 if is_biff8 else 1, is_biff8
            )
        elif kind == _XF:
            styles.append(struct.unpack_from("<2xH", body)[0])
        elif kind == _DATE_1904:
            look.epoch_1904 = body[:1] == b"\x01"
        elif kind == _BOUND_SHEET:
            (position,) = struct.unpack_from("<I", body)
            name = _string(body[6:], 1, is_biff8)
            sheets.append((position, name))
    if not all(_begins_at(stream, position) for position, _ in sheets):
        return None
    codes = [own.get(number) or built_in(number) for number in styles]
    for position, name in sheets:
        look.sheets[name] = _sheet(stream, position, codes)
    return look


def _begins_at(stream: bytes, position: int) -> bool:
    return stream[position : position + 2] == _BOF.to_bytes(2, "little")


def _sheet(stream: bytes, position: int, codes: list[str]) -> SheetLook:
    look = SheetLook()

    def styled(row: int, column: int, style: int) -> None:
        if style < len(codes) and codes[style] != "General":
            look.formats[row, column] = codes[style]

    for kind, body in _records(stream, position):
        if kind in _ONE_CELL:
            row, column, style = struct.unpack_from("<HHH", body)
            styled(row, column, style)
            if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
                look.errors[row, column] = _ERRORS.get(body[8], "#ERROR!")
        elif kind == _MULTIPLE_RK:
            row, first = struct.unpack_from("<HH", body)
            for number in range((len(body) - 6) // 6):
                styled(row, first + number, struct.unpack_from("<H", body, 4 + 6 * number)[0])
        elif kind == _ROW:
            if body[12] & _ZERO_HEIGHT:
                look.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLUMN_INFO:
            first, last, width, _, flags = struct.unpack_from("<HHHHH", body)
            if flags & 1 or width == 0:
                look.hidden_columns.append((first, last))
        elif kind == _WINDOW:
            look.shows_zeros = bool(struct.unpack_from("<H", body)[0] & _SHOWS_ZEROS)
    return look


def _string(body: bytes, length_bytes: int, is_biff8: bool) -> str:
    """Read a string with its length before it; BIFF 8 tells the width of its characters."""
    length = int.from_bytes(body[:length_bytes], "little")
    if not is_biff8:
        return body[length_bytes : length_bytes + length].decode("gb18030", "replace")
    wide = bool(body[length_bytes] & 1)
    text = body[length_bytes + 1 : length_bytes + 1 + length * (1 + wide)]
    return text.decode("utf-16-le" if wide else "latin-1", "replace")
