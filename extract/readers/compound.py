"""Compound files (OLE2): the streams in an old office file, by name.

Only what a reader needs to take one stream out; every chain of sectors is bounded by the
number of sectors that there are.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_LAST = 0xFFFFFFFA
"""Sector numbers from here on mark ends and gaps."""


class BrokenCompound(Exception):
    """The file contradicts itself."""


def stream_of(data: bytes, names: Sequence[str]) -> bytes | None:
    """Return the stream that has one of these names, the first that is found, or None.

    Raises BrokenCompound where the file cannot be followed.
    """
    try:
        return _Compound(data).stream(names)
    except (struct.error, IndexError, ValueError) as error:
        raise BrokenCompound(str(error)) from None


class _Compound:
    def __init__(self, data: bytes) -> None:
        if data[:8] != _MAGIC:
            raise BrokenCompound("no compound file")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise BrokenCompound(f"sectors of 2^{shift} bytes")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        self._directory, self._cutoff = struct.unpack_from("<I4xI", data, 48)
        self._first_mini_fat, _, self._first_difat, _ = struct.unpack_from("<IIII", data, 60)
        self._fat = b"".join(self._sector(number) for number in self._fat_sectors())

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise BrokenCompound("a sector beyond the end")
        return self._data[start : start + self._size].ljust(self._size, b"\0")

    def _fat_sectors(self) -> Iterator[int]:
        """Yield the sectors of the allocation table: 109 in the header, the others chained."""
        listed = struct.unpack_from("<109I", self._data, 76)
        yield from (number for number in listed if number < _LAST)
        at, left = self._first_difat, len(self._data) // self._size
        while at < _LAST:
            left -= 1
            if left < 0:
                raise BrokenCompound("a chain without an end")
            entries = struct.unpack(f"<{self._size // 4}I", self._sector(at))
            yield from (number for number in entries[:-1] if number < _LAST)
            at = entries[-1]

    def _chain(self, first: int, table: bytes) -> Iterator[int]:
        at, left = first, len(table) // 4
        while at < _LAST:
            left -= 1
            if left < 0:
                raise BrokenCompound("a chain without an end")
            yield at
            (at,) = struct.unpack_from("<I", table, at * 4)

    def _read(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(first, self._fat))

    def stream(self, names: Sequence[str]) -> bytes | None:
        """Return the first stream of the directory with one of these names."""
        directory = self._read(self._directory)
        root = None
        for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            entry = directory[start : start + _ENTRY]
            length, kind = struct.unpack_from("<HB", entry, 64)
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<II", entry, 116)
            if kind == 5:
                root = first
            elif kind == 2 and name in names:
                if size >= self._cutoff:
                    return self._read(first)[:size]
                return self._read_small(first, root)[:size]
        return None

    def _read_small(self, first: int, root: int | None) -> bytes:
        """Read a stream that lies in pieces of the root's own stream."""
        if root is None:
            raise BrokenCompound("no root")
        minis, table = self._read(root), self._read(self._first_mini_fat)
        size = self._mini_size
        return b"".join(minis[n * size : (n + 1) * size] for n in self._chain(first, table))
