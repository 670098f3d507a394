"""Whether the bytes of a PDF are where its own table says (完整性): the cross references.

A download that lost, doubled or moved bytes still opens in forgiving programs, with
pages that hold half of their figures. The table at the end of the file tells: every
object starts at a stated offset. Reads no object and repairs nothing.
"""

from __future__ import annotations

import re

from extract.reasons import Rejected

_START = re.compile(rb"startxref\s{1,4}(\d{1,12})")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])")
_SECTION = re.compile(rb"\s*(\d{1,10}) (\d{1,7})\s{1,4}(?=\d{10} )")
_OBJECT = re.compile(rb"\s{0,4}(\d{1,10})\s{1,4}\d{1,5}\s{1,4}obj")
_HEAD = 1024
_TOLERATED = 0.01
"""Share of entries that may be wrong: some producers list objects that they left out."""


def check_offsets(data: bytes) -> None:
    """Raise ``Rejected`` (PDF_DAMAGED) where the file contradicts its own table of offsets."""
    shift = max(0, data.find(b"%PDF-", 0, _HEAD))
    found = [int(m.group(1)) for m in _START.finditer(data)]
    if not found:
        raise Rejected("PDF_DAMAGED", "no startxref: the end of the file is missing")
    start = found[-1] + shift
    table = data[start : start + 32].lstrip()
    if not table.startswith(b"xref"):
        if _OBJECT.match(table):
            return  # a stream of references, which its own checksum guards
        raise Rejected("PDF_DAMAGED", "startxref leads to no table: bytes are missing or moved")
    wrong, entries = _wrong_entries(data, data.index(b"xref", start) + 4, shift)
    if wrong > entries * _TOLERATED:
        raise Rejected("PDF_DAMAGED", f"{wrong} of {entries} objects are not where they should be")


def _wrong_entries(data: bytes, at: int, shift: int) -> tuple[int, int]:
    """Count the objects in use of a table, and those whose offset leads elsewhere."""
    wrong = entries = 0
    while section := _SECTION.match(data, at):
        number, count = int(section.group(1)), int(section.group(2))
        at = section.end()
        for expected in range(number, number + count):
            entry = _ENTRY.match(data, at)
            if entry is None:
                return wrong + 1, entries + 1
            at += 20
            if entry.group(3) == b"n":
                entries += 1
                place = _OBJECT.match(data, int(entry.group(1)) + shift)
                wrong += place is None or int(place.group(1)) != expected
    return wrong, entries
