"""The objects of a PDF file (PDF 对象): what the guard must know before it trusts a page.

Reads cross-reference tables and streams, and object streams. Mends nothing: a file
that is not as the standard says raises Unreadable, and a more patient reader takes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from extract.readers.pdf_syntax import (
    MAX_DEPTH,
    SPACE,
    Broken,
    Ref,
    Unreadable,
    inflate,
    parse,
    unpredict,
)

_MAX_OBJECTS = 2_000_000
_HEADER = re.compile(SPACE + rb"(\d+)\s+\d+\s+obj\b")
_STREAM = re.compile(rb"\s*stream\r?\n")
_END_OF_STREAM = re.compile(rb"\s{0,3}endstream")
_ROW = re.compile(rb"(\d{10}) \d{5} ([nf])")


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream: its dictionary and its bytes as stored."""

    about: dict[str, Any]
    raw: bytes


_Where = tuple[int, int]
"""0 and an offset, or the number of an object stream and the index in it."""


class _Rows(NamedTuple):
    """A run of objects in a cross-reference stream, with the widths of its columns."""

    first: int
    rows: bytes
    a: int
    b: int
    c: int

    def numbers(self) -> range:
        """The numbers of the objects told here."""
        return range(self.first, self.first + len(self.rows) // (self.a + self.b + self.c))

    def get(self, number: int) -> _Where | None:
        """Where an object stands; None where it is not told here."""
        a, b, c = self.a, self.b, self.c
        at = (number - self.first) * (a + b + c)
        if at < 0 or at >= len(self.rows):
            return None
        kind = int.from_bytes(self.rows[at : at + a], "big") if a else 1
        second = int.from_bytes(self.rows[at + a : at + a + b], "big")
        third = int.from_bytes(self.rows[at + a + b : at + a + b + c], "big")
        if kind == 1:
            return 0, second
        return (second, third) if kind == 2 and second else None


@dataclass(slots=True)
class Objects:
    """The objects of a file, parsed when they are first asked for."""

    data: bytes
    max_stream_bytes: int
    trailer: dict[str, Any] = field(default_factory=dict)
    _sections: list[_Rows | dict[int, _Where]] = field(default_factory=list)
    """The cross-references, newest first."""
    _known: dict[int, Any] = field(default_factory=dict)
    _packed: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes, max_stream_bytes: int) -> Objects:
        """Read the cross-references. Raises Unreadable.

        Here and below a stream that unpacks to more bytes than given raises Rejected
        with RESOURCE_LIMIT.
        """
        objects = cls(data, max_stream_bytes)
        objects._read_references()
        if "Encrypt" in objects.trailer:
            raise Unreadable("encrypted")
        return objects

    def get(self, value: Any) -> Any:
        """Return what a reference leads to; anything else is returned as it is."""
        for _ in range(MAX_DEPTH):
            if type(value) is not Ref:
                return value
            number = value.number
            if number not in self._known:
                self._known[number] = self._load(number)
            value = self._known[number]
        raise Broken("references lead in a circle")

    def dictionary(self, value: Any) -> dict[str, Any]:
        """Return the dictionary that ``value`` is or leads to; of a stream, its own."""
        found = self.get(value)
        if isinstance(found, Stream):
            return found.about
        if found is None:
            return {}
        if not isinstance(found, dict):
            raise Broken("a dictionary is something else")
        return found

    def content(self, stream: Stream) -> bytes:
        """The bytes of a stream, unpacked. Raises Unreadable where they are damaged."""
        filters = self.get(stream.about.get("Filter"))
        filters = filters if isinstance(filters, list) else [filters] if filters else []
        names = [self.get(name) for name in filters]
        if not names:
            return stream.raw
        if names not in (["FlateDecode"], ["Fl"]):
            raise Unreadable("a filter that is not read here")
        content = inflate(stream.raw, self.max_stream_bytes)
        parameters = self.get(stream.about.get("DecodeParms"))
        if isinstance(parameters, list):
            parameters = self.get(parameters[0]) if parameters else None
        if parameters:
            content = unpredict(content, {k: self.get(v) for k, v in parameters.items()})
        return content

    def position(self, number: int) -> int | None:
        """Where an object stands in the file; None for one inside an object stream."""
        packed, position = self._place(number) or (1, 0)
        return None if packed else position

    def offsets_at(self, position: int) -> list[tuple[int, int]]:
        """Numbers and offsets of the objects in use by the table at a position alone.

        Objects inside object streams are left out. Raises Unreadable.
        """
        self._sections.clear()
        self._references_at(position)
        return self.offsets()

    def offsets(self) -> list[tuple[int, int]]:
        """Numbers and offsets of the objects in use by all tables, newest first."""
        return [
            (number, place[1])
            for section in self._sections
            for number in (section.numbers() if isinstance(section, _Rows) else section)
            if (place := section.get(number)) is not None and not place[0]
        ]

    def end_of(self, position: int) -> int:
        """Where the object that begins at a position ends. Raises Unreadable."""
        header = _HEADER.match(self.data, position)
        if header is None:
            raise Broken(f"no object at byte {position}")
        return self._object(header.end())[1]

    def _place(self, number: int) -> _Where | None:
        for section in self._sections:
            place = section.get(number)
            if place is not None:
                return place
        return None

    def _load(self, number: int) -> Any:
        place = self._place(number)
        if place is None:
            return None
        packed, position = place
        if packed:
            return self._load_packed(packed, position, number)
        header = _HEADER.match(self.data, position)
        if header is None or int(header[1]) != number:
            raise Broken(f"object {number} is not where it should be")
        return self._object(header.end())[0]

    def _object(self, position: int) -> tuple[Any, int]:
        value, end = parse(self.data, position)
        start = _STREAM.match(self.data, end) if isinstance(value, dict) else None
        if start is None:
            return value, end
        length = self.get(value.get("Length"))
        stop = start.end() + (length if isinstance(length, int) and length >= 0 else -1)
        word = _END_OF_STREAM.match(self.data, stop) if stop >= start.end() else None
        if word is None:
            raise Broken("the length of a stream is wrong")
        return Stream(value, self.data[start.end() : stop]), word.end()

    def _load_packed(self, packed: int, index: int, number: int) -> Any:
        stream = self.get(Ref(packed))
        if not isinstance(stream, Stream) or self.position(packed) is None:
            raise Broken("an object stream is missing")
        if packed not in self._packed:
            content = self.content(stream)
            first, count = (self.get(stream.about.get(key)) for key in ("First", "N"))
            if not isinstance(first, int) or not isinstance(count, int):
                raise Broken("an object stream without directory")
            directory = [int(n) for n in content[:first].split()]
            if len(directory) < 2 * count:
                raise Broken("the directory of an object stream is cut off")
            self._packed[packed] = [*directory[: 2 * count], first]
            self._known[packed] = Stream({**stream.about, "Filter": None}, content)
            stream = self._known[packed]
        directory = self._packed[packed]
        if 2 * index + 1 >= len(directory) - 1 or directory[2 * index] != number:
            raise Broken("an object stream holds other objects")
        return parse(stream.raw, directory[-1] + directory[2 * index + 1])[0]

    def _read_references(self) -> None:
        tail = self.data.rfind(b"startxref")
        found = re.compile(rb"startxref\s+(\d{1,12})").match(self.data, max(tail, 0))
        if tail < 0 or found is None:
            raise Broken("no startxref")
        todo, seen = [int(found[1])], set[int]()
        while todo:
            position = todo.pop(0)
            if position in seen or len(seen) > 1000:
                raise Broken("cross-references lead in a circle")
            seen.add(position)
            about = self._references_at(position)
            for key, value in about.items():
                self.trailer.setdefault(key, value)
            todo += [v for k in ("XRefStm", "Prev") if isinstance(v := about.get(k), int)]

    def _references_at(self, position: int) -> dict[str, Any]:
        table = re.compile(SPACE + rb"xref\s+").match(self.data, position)
        return self._table(table.end()) if table else self._reference_stream(position)

    def _table(self, position: int) -> dict[str, Any]:
        places: dict[int, _Where] = {}
        self._sections.append(places)
        section = re.compile(rb"(\d{1,10})\s+(\d{1,10})\s*?[\r\n ]\s*")
        while head := section.match(self.data, position):
            first, count = int(head[1]), int(head[2])
            if count > _MAX_OBJECTS or head.end() + 19 * count > len(self.data) + 20:
                raise Broken("a cross-reference table is too long")
            rows, end = self._rows(head.end(), count)
            for number, (offset, kind) in enumerate(rows, first):
                if kind == b"n":
                    places[number] = 0, int(offset)
            position = end
            while self.data[position : position + 1] in (b"\r", b"\n", b" "):
                position += 1
        if self.data[position : position + 7] != b"trailer":
            raise Broken("no trailer")
        about, _ = parse(self.data, position + 7)
        if not isinstance(about, dict):
            raise Broken("the trailer is no dictionary")
        return about

    def _rows(self, position: int, count: int) -> tuple[list[tuple[bytes, bytes]], int]:
        """The entries of a section, and its end; careless producers leave out a blank."""
        length = 20 if self.data[position + 19 : position + 20] in (b"\n", b"\r", b" ") else 19
        end = position + length * count
        rows = _ROW.findall(self.data[position:end])
        if len(rows) != count:
            raise Broken("a cross-reference table is damaged")
        return rows, end

    def _reference_stream(self, position: int) -> dict[str, Any]:
        header = _HEADER.match(self.data, position)
        stream = self._object(header.end())[0] if header else None
        if not isinstance(stream, Stream) or stream.about.get("Type") != "XRef":
            raise Broken("no cross-references where they should be")
        about, rows = stream.about, self.content(stream)
        widths, size = about.get("W"), about.get("Size")
        if not isinstance(widths, list) or len(widths) != 3 or not isinstance(size, int):
            raise Broken("cross-references without widths")
        a, b, c = widths
        index = about.get("Index") or [0, size]
        if min(a, b, c) < 0 or b == 0 or sum(index[1::2]) * (a + b + c) > len(rows):
            raise Broken("cross-references are cut off")
        for first, count in zip(index[::2], index[1::2], strict=True):
            size = count * (a + b + c)
            self._sections.append(_Rows(first, rows[:size], a, b, c))
            rows = rows[size:]
        return about
