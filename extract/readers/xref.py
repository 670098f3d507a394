"""Whether the bytes of a PDF are where its own table says (完整性): the cross references.

A download that lost, doubled or moved bytes still opens in forgiving programs, with
pages that hold half of their figures. The table at the end of the file tells: every
object starts at a stated offset. Where all of them are off by the same few bytes, or
where only the way to the table is wrong, nothing is missing: the file is moved so that
the table is right, and the reader says so. Nothing else is repaired.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.readers.limits import Limits
from extract.readers.pdf_objects import Objects
from extract.readers.pdf_syntax import Unreadable
from extract.reasons import Rejected

_START = re.compile(rb"startxref\s{1,4}(\d{1,12})")
_OBJECT = re.compile(rb"\s{0,4}(\d{1,10})\s{1,4}\d{1,5}\s{1,4}obj\b")
_TABLE = re.compile(rb"[\r\n]xref\s{1,4}\d")
_STREAM = re.compile(rb"[\r\n]\d{1,10} \d{1,5} obj[^>]{0,200}/XRef\b")
_NUMBERED_FROM_1 = re.compile(rb"xref\s{1,4}(1)( \d{1,7}\s{1,4}0000000000 65535 f)")
_HEAD = 1024
_TAIL = 1024
_FARTHEST = 256
"""Bytes by which a careless producer's offsets are off."""
_TOLERATED = 0.01
"""Share of entries that may be wrong: some producers list objects that they left out."""
_HEADER = len(b"%PDF-1.7")


class Mended(NamedTuple):
    """A file whose table is right."""

    data: bytes
    put_right: str
    """What had to be put right; empty where nothing had to."""


class _Found(NamedTuple):
    """A table of references: where it stands, and the numbers and offsets of its objects."""

    position: int
    offsets: Sequence[tuple[int, int]]
    is_stream: bool


def mend_offsets(data: bytes, limits: Limits) -> Mended:
    """Return the file with every object where its table says.

    Raises Rejected with PDF_DAMAGED where bytes are missing, doubled or moved.
    """
    starts = list(_START.finditer(data))
    if not starts:
        raise Rejected("PDF_DAMAGED", "no startxref: the end of the file is missing")
    done: list[str] = []
    data = _without_tail(data, starts[-1].end(), done)
    data = _numbered_from_0(data, done)
    head = max(0, data.find(b"%PDF-", 0, _HEAD))
    stated = int(starts[-1][1])
    found = _table_at(data, stated + head, limits) or _table_at(data, stated, limits)
    if found is None:
        found = _last_table(data, limits)
        done.append("startxref")
    if found.is_stream and "startxref" not in done:  # its own check sum guards it
        shift = found.position - stated
    else:
        shift = _shift(data, found.offsets, head, _TOLERATED if not done else 0.0)
    if shift not in (0, head):
        done.append(f"all objects stand {abs(shift)} bytes {'behind' if shift > 0 else 'before'}")
    data, table = _moved(data, shift), found.position - shift
    if done:
        data += b"\nstartxref\n%d\n%%%%EOF\n" % table
        _check_whole(data, table, limits)
    return Mended(data, "; ".join(done))


def _without_tail(data: bytes, after: int, done: list[str]) -> bytes:
    """Cut off what a server or an editor added behind the end."""
    end = data.find(b"%%EOF", after) + len(b"%%EOF")
    if end < after or len(data) - end < _TAIL or b" obj" in data[end:]:
        return data
    done.append(f"{len(data) - end} bytes behind the end")
    return data[:end] + b"\n"


def _numbered_from_0(data: bytes, done: list[str]) -> bytes:
    """Right a table whose first entry, which is that of object 0, is called object 1."""
    wrong = _NUMBERED_FROM_1.search(data)
    if wrong is None:
        return data
    done.append("the numbers in the table of objects")
    return data[: wrong.start(1)] + b"0" + data[wrong.end(1) :]


def _table_at(data: bytes, position: int, limits: Limits) -> _Found | None:
    start = data[position : position + 32].lstrip()
    is_stream = _OBJECT.match(start) is not None
    if not is_stream and not start.startswith(b"xref"):
        return None
    try:
        offsets = Objects(data, limits.max_stream_bytes).offsets_at(position)
    except Unreadable as error:
        raise Rejected("PDF_DAMAGED", f"the table of objects is damaged: {error}") from None
    return _Found(position, offsets, is_stream)


def _last_table(data: bytes, limits: Limits) -> _Found:
    """The last table, where it is the end of the file indeed."""
    tables = [match.start() + 1 for kind in (_TABLE, _STREAM) for match in kind.finditer(data)]
    position = max(tables, default=0)
    after = data.find(b"startxref", position)
    own = int(data[position : position + 4] != b"xref")
    if position and after > 0 and data.count(b" obj", position) == own:
        found = _table_at(data, position, limits)
        if found is not None:
            return found
    raise Rejected("PDF_DAMAGED", "startxref leads to no table: bytes are missing or moved")


def _shift(data: bytes, offsets: Sequence[tuple[int, int]], head: int, tolerated: float) -> int:
    """By how many bytes all objects stand behind where the table says."""
    number, offset = min(offsets, key=lambda entry: entry[1], default=(0, 0))
    near = re.compile(rb"(?<!\d)%d\s{1,4}\d{1,5}\s{1,4}obj\b" % number)
    first = near.search(data, max(offset - _FARTHEST, 0), offset + head + _FARTHEST)
    least = len(offsets)
    for shift in dict.fromkeys((head, 0, first.start() - offset if first else 0)):
        wrong = _wrong_entries(data, offsets, shift)
        if wrong <= len(offsets) * (tolerated if shift in (0, head) else 0):
            return shift
        least = min(least, wrong)
    raise Rejected("PDF_DAMAGED", f"{least} of {len(offsets)} objects are not where they should be")


def _wrong_entries(data: bytes, offsets: Sequence[tuple[int, int]], shift: int) -> int:
    wrong = 0
    for number, offset in offsets:
        place = _OBJECT.match(data, max(offset + shift, 0))
        wrong += place is None or int(place[1]) != number
    return wrong


def _moved(data: bytes, shift: int) -> bytes:
    """The file with all objects moved to the front by ``shift`` bytes."""
    head = max(0, data.find(b"%PDF-", 0, _HEAD))
    if shift > 0:
        cut = 0 if head >= shift else head + _HEADER
        return data[:cut] + data[cut + shift :]
    if shift < 0:
        start = head + _HEADER
        return data[:start] + b"\n" * -shift + data[start:]
    return data


def _check_whole(data: bytes, table: int, limits: Limits) -> None:
    """See that all tables of the mended file are right to the byte.

    The last object before the table must be whole: no offset speaks for its end.
    """
    try:
        objects = Objects.of(data, limits.max_stream_bytes)
        offsets = objects.offsets()
        last = max((offset for _, offset in offsets if offset < table), default=None)
        between = data[objects.end_of(last) : table].split() if last is not None else []
    except Unreadable as error:
        raise Rejected("PDF_DAMAGED", f"its table of objects is wrong: {error}") from None
    if _wrong_entries(data, offsets, 0) or between not in ([], [b"endobj"]):
        raise Rejected("PDF_DAMAGED", "its objects are not where they should be")
