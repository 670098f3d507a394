"""Writes XLS workbooks (BIFF 8 in a compound file), which no library here does."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

SECTOR = 512
ENTRIES = SECTOR // 4
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
ERROR = struct.pack("<BxBxxxH", 2, 0x17, 0xFFFF)
"""The stored result of a formula that gives #REF!."""


@dataclass(frozen=True, slots=True)
class XlsSheet:
    """Rows of values from A1 on; ``formats`` by (row, column), hidden ones by index."""

    name: str
    rows: Sequence[Sequence[str | float | None]]
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merges: Sequence[tuple[int, int, int, int]] = ()
    """First and last row, first and last column."""
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    hidden: bool = False
    shows_zeros: bool = True
    errors: Sequence[tuple[int, int]] = ()


def workbook(sheets: Sequence[XlsSheet]) -> bytes:
    """Return the file."""
    codes = sorted({code for sheet in sheets for code in sheet.formats.values()})
    head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    for number, code in enumerate(codes):
        head += record(0x41E, struct.pack("<HHB", 164 + number, len(code), 1) + wide(code))
    for number in (0, *(164 + i for i in range(len(codes)))):
        head += record(0xE0, struct.pack("<HH", 0, number) + bytes(16))
    bodies = [_sheet(sheet, codes) for sheet in sheets]
    names = [struct.pack("<BBBB", s.hidden, 0, len(s.name), 1) + wide(s.name) for s in sheets]
    position = len(head) + sum(len(name) + 8 for name in names) + 4
    for body, name in zip(bodies, names, strict=True):
        head += record(0x85, struct.pack("<I", position) + name)
        position += len(body)
    return compound("Workbook", head + record(0x0A, b"") + b"".join(bodies))


def _sheet(sheet: XlsSheet, codes: Sequence[str]) -> bytes:
    out = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for column in sheet.hidden_columns:
        out += record(0x7D, struct.pack("<HHHHHH", column, column, 2048, 0, 1, 0))
    width = max((len(row) for row in sheet.rows), default=0)
    out += record(0x200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, width, 0))
    for r in range(len(sheet.rows)):
        flags = 0x20 if r in sheet.hidden_rows else 0
        out += record(0x208, struct.pack("<HHHHHHBBH", r, 0, width, 255, 0, 0, flags, 1, 0))
    for r, row in enumerate(sheet.rows):
        for c, value in enumerate(row):
            code = sheet.formats.get((r, c))
            place = struct.pack("<HHH", r, c, 0 if code is None else 1 + codes.index(code))
            if (r, c) in sheet.errors:
                out += record(0x06, place + ERROR + struct.pack("<HIH", 0, 0, 0))
            elif isinstance(value, str):
                out += record(0x204, place + struct.pack("<HB", len(value), 1) + wide(value))
            elif value is not None:
                out += record(0x203, place + struct.pack("<d", value))
    if sheet.merges:
        ranges = b"".join(struct.pack("<HHHH", *merge) for merge in sheet.merges)
        out += record(0xE5, struct.pack("<H", len(sheet.merges)) + ranges)
    zeros = 0x10 if sheet.shows_zeros else 0
    out += record(0x23E, struct.pack("<HHHIHHI", 0x6 | zeros, 0, 0, 0, 0, 0, 0))
    return out + record(0x0A, b"")


def record(kind: int, body: bytes) -> bytes:
    """Return a record of a workbook stream."""
    return struct.pack("<HH", kind, len(body)) + body


def wide(text: str) -> bytes:
    """Return text in two bytes a character."""
    return text.encode("utf-16-le")


def compound(name: str, stream: bytes) -> bytes:
    """Wrap one stream into a compound file: tables, directory, stream, in this order."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // SECTOR)
    tables = -(-(count + 2) // (ENTRIES - 1))
    first = tables + 1
    chain = [*[TABLE] * tables, END, *range(first + 1, first + count), END]
    entries = [
        _entry("Root Entry", 5, END, 0, child=1),
        _entry(name, 2, first, len(stream)),
        bytes(128),
        bytes(128),
    ]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, END, 0, END, 0)
    return (
        header
        + _numbers(range(tables), 109)
        + _numbers(chain, tables * ENTRIES)
        + b"".join(entries)
        + stream.ljust(count * SECTOR, b"\0")
    )


def _numbers(given: Iterable[int], length: int) -> bytes:
    listed = list(given)
    assert len(listed) <= length, "a file larger than the header's own table of tables"
    return struct.pack(f"<{length}I", *listed, *[FREE] * (length - len(listed)))


def _entry(name: str, kind: int, first: int, size: int, child: int = FREE) -> bytes:
    raw = wide(name)
    out = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, FREE, FREE, child)
    return out + bytes(36) + struct.pack("<III", first, size, 0)
