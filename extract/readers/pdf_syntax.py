"""The syntax of PDF files (PDF 语法): numbers, names, strings, arrays, dictionaries.

Knows no file: what stands where, :mod:`extract.readers.pdf_objects` tells.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from typing import Any, NamedTuple

from extract.reasons import Rejected

MAX_DEPTH = 40
_MOST_ITEMS = 200_000
"""Of one array or dictionary; a font tells the widths of 65,536 codes at most."""
_LONGEST_STRING = 1024 * 1024
SPACE = rb"(?:[\x00\t\n\x0c\r ]|%[^\r\n]*)*+"
_TOKEN = re.compile(
    SPACE + rb"(?:(?P<ref>(\d{1,10})[ \r\n\t]{1,8}\d{1,5}[ \r\n\t]{1,8}R(?![^\s<>\[\]()/%]))"
    rb"|(?P<int>[+-]?\d{1,18}(?![\d.]))|(?P<real>[+-]?(?:\d+\.\d*|\.\d+))"
    rb"|/(?P<name>[^\x00\t\n\x0c\r ()<>\[\]{}/%]*)|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<literal>\()|(?P<word>[A-Za-z]+))"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_WORDS = {b"true": True, b"false": False, b"null": None}


class Unreadable(Exception):
    """The file uses what is not read here, or is :class:`Broken`."""


class Broken(Unreadable):
    """The file is not as the standard says: something in it may be lost or changed."""


class Ref(NamedTuple):
    """A reference to an object by its number."""

    number: int


class Name(str):
    """A name; strings of the file are ``bytes`` instead.

    Bytes that are no UTF-8 are kept as surrogates.
    """

    __slots__ = ()


def parse(data: bytes, position: int) -> tuple[Any, int]:
    """Parse one object and return it with the position after it.

    Raises Unreadable, or Rejected with RESOURCE_LIMIT where the object has too many parts.
    """
    stack: list[list[Any]] = []
    while True:
        token = _TOKEN.match(data, position)
        if token is None:
            raise Broken(f"no object at byte {position}")
        kind, position = token.lastgroup, token.end()
        value: Any
        if kind == "name":
            value = _name(token["name"])
        elif kind == "ref":
            value = Ref(int(token[2]))
        elif kind == "int":
            value = int(token["int"])
        elif kind == "open":
            if len(stack) >= MAX_DEPTH:
                raise Broken("objects are nested too deep")
            stack.append([token["open"]])
            continue
        elif kind == "close":
            if not stack or (token["close"] == b"]") != (stack[-1][0] == b"["):
                raise Broken("brackets do not match")
            items = stack.pop()
            if len(items) > _MOST_ITEMS:
                raise Rejected("RESOURCE_LIMIT", f"an object of {len(items)} parts")
            value = items[1:] if items[0] == b"[" else _pairs(items)
        elif kind == "real":
            value = float(token["real"])
        elif kind == "hex":
            digits = b"".join(token["hex"].split())
            value = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        elif kind == "literal":
            value, position = _literal(data, position)
        else:
            if token["word"] not in _WORDS:
                raise Broken("a word that is no object")
            value = _WORDS[token["word"]]
        if not stack:
            return value, position
        stack[-1].append(value)


@lru_cache(maxsize=4096)
def _name(raw: bytes) -> Name:
    if b"#" in raw:
        raw = _ESCAPED.sub(lambda m: bytes([int(m[1], 16)]), raw)
    return Name(raw.decode("utf-8", "surrogateescape"))


def _pairs(items: list[Any]) -> dict[str, Any]:
    keys, values = items[1::2], items[2::2]
    if len(keys) != len(values) or not all(type(key) is Name for key in keys):
        raise Broken("a dictionary without keys")
    return dict(zip(keys, values, strict=True))


def _literal(data: bytes, position: int) -> tuple[bytes, int]:
    """The bytes of a string in brackets as they stand; escapes are of no interest here."""
    start, depth, end = position, 1, position + _LONGEST_STRING
    for match in re.compile(rb"\\.|[()]", re.DOTALL).finditer(data, position, end):
        sign = match[0]
        depth += (sign == b"(") - (sign == b")")
        if not depth:
            return data[start : match.start()], match.end()
    raise Broken("a string without end")


def inflate(raw: bytes, most: int) -> bytes:
    """Unpack a zlib stream whole.

    Raises Unreadable where it is damaged, Rejected with RESOURCE_LIMIT where it unpacks
    to ``most`` bytes or more.
    """
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(raw, most)
    except zlib.error as error:
        raise Broken(str(error)) from None
    if len(content) >= most:
        raise Rejected("RESOURCE_LIMIT", f"a stream unpacks to more than {most} bytes")
    if not unpacker.eof:
        raise Broken("a compressed stream is cut off")
    return content


def unpredict(content: bytes, parameters: dict[str, Any]) -> bytes:
    """Undo the PNG predictor "up", which cross-reference streams use."""
    predictor, columns = parameters.get("Predictor", 1), parameters.get("Columns", 1)
    if predictor == 1:
        return content
    if predictor < 10 or parameters.get("Colors", 1) != 1 or columns < 1:
        raise Unreadable("a predictor that is not read here")
    if parameters.get("BitsPerComponent", 8) != 8:
        raise Unreadable("a predictor that is not read here")
    above, out = bytes(columns), bytearray()
    for at in range(0, len(content), columns + 1):
        row = content[at + 1 : at + 1 + columns]
        if content[at] == 2:
            row = bytes((x + y) & 255 for x, y in zip(row, above, strict=False))
        elif content[at] != 0:
            raise Unreadable("a predictor that is not read here")
        out += row
        above = row
    return bytes(out)
