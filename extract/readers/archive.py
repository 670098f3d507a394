"""ZIP archives of documents (压缩包): what lies in them, and one member's bytes.

A member is named by the path of its archive and its own, ``a.zip/2023/b.pdf``, however deep
archives lie in archives. Nothing is ever unpacked to disk, so no name in an archive leads
anywhere; names that try are refused all the same, each member by itself. What a member
*is*, its bytes tell, as for any file.
"""

from __future__ import annotations

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from extract.readers.encoding import is_litter, plausibility, printable
from extract.readers.limits import MEBIBYTE, Limits
from extract.readers.sniff import ZIP_MARKS, package_kind
from extract.reasons import Rejected

_DIRECTORY_BYTES = 4 * MEBIBYTE
"""Of an archive's own list of members: some 30,000 names."""
_NAME_CHARS = 500
_CHUNK = MEBIBYTE
_ENCRYPTED = 0x1
_UTF8 = 0x800
_DRIVE = re.compile(r"[A-Za-z]:")
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))


class Refusal(NamedTuple):
    """Why a member is not taken: a reason code and what was seen."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Member:
    """A document in an archive, or what keeps it from being one."""

    name: str
    """Its path below the archive, through archives in the archive."""
    size_bytes: int
    sha256: str | None
    """Of its bytes, hex; None where it is refused."""
    refusal: Refusal | None = None


def members_of(path: Path, limits: Limits) -> list[Member] | None:
    """List the documents of an archive, those in inner archives too; None where it is none.

    Office packages are documents and no archives. Every member is read once, in pieces, for
    its sha256. Raises Rejected where the archive as a whole cannot be taken: ARCHIVE_DAMAGED,
    ARCHIVE_LIMIT, EMPTY_FILE, or the reason that all its members share.
    """
    with path.open("rb") as file:
        if not file.read(4).startswith(ZIP_MARKS):
            return None
        opened = _open(file, path.name)
        if opened is None:
            return None
        found = list(_walk(opened, "", 1, _Budget(limits)))
    if not found:
        raise Rejected("EMPTY_FILE", "an archive without files")
    codes = {member.refusal.code if member.refusal else None for member in found}
    if len(codes) == 1 and found[0].refusal is not None:
        raise Rejected(
            found[0].refusal.code, f"each of {len(found)} members: {found[0].refusal.detail}"
        )
    return found


def read_member(path: Path, limits: Limits) -> tuple[bytes, Path]:
    """Return the bytes of a member, by a path that leads through its archive, and the archive.

    Raises FileNotFoundError where there is no such member, Rejected where it is refused.
    """
    archive = next((parent for parent in path.parents if parent.is_file()), None)
    if archive is None:
        raise FileNotFoundError(f"no archive on the way to {path}")
    status = archive.stat()
    identity = (archive, status.st_size, status.st_mtime_ns)
    return _read(identity, (), path.relative_to(archive).parts, limits), archive


def _read(
    identity: tuple[Path, int, int], above: tuple[str, ...], parts: Sequence[str], limits: Limits
) -> bytes:
    if len(above) >= limits.max_archive_depth:
        raise Rejected("ARCHIVE_LIMIT", f"archives nested more than {len(above)} deep")
    archive, entries = _level(identity, above, limits)
    for length in range(len(parts), 0, -1):
        entry = entries.get("/".join(parts[:length]))
        if entry is None:
            continue
        if length < len(parts):
            inner = (*above, "/".join(parts[:length]))
            return _read(identity, inner, parts[length:], limits)
        return _whole(archive, entry)
    raise FileNotFoundError(f"no member {'/'.join(parts)} in the archive")


def _whole(archive: zipfile.ZipFile, entry: _Entry) -> bytes:
    if entry.refusal is not None:
        raise Rejected(*entry.refusal)
    try:
        return b"".join(_pieces(archive, entry.info))
    except _BROKEN as error:
        raise Rejected("ARCHIVE_DAMAGED", f"{type(error).__name__}: {error}"[:200]) from None


@lru_cache(maxsize=2)
def _level(
    identity: tuple[Path, int, int], above: tuple[str, ...], limits: Limits
) -> tuple[zipfile.ZipFile, dict[str, _Entry]]:
    """Open an archive, or one inside it; the last two are kept for their other members."""
    if above:
        outer, entries = _level(identity, above[:-1], limits)
        file: IO[bytes] = io.BytesIO(_whole(outer, entries[above[-1]]))
    else:
        file = identity[0].open("rb")
    archive = _open(file, above[-1] if above else identity[0].name)
    if archive is None:
        raise FileNotFoundError("a document on the way, no archive")
    return archive, {entry.name: entry for entry in _entries(archive, limits)}


class _Guarded(io.RawIOBase):
    """A file that refuses to read a list of members longer than is sane in one go."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if size > _DIRECTORY_BYTES:
            raise Rejected("ARCHIVE_LIMIT", f"a list of members of {size} bytes")
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


def _open(file: IO[bytes], name: str) -> zipfile.ZipFile | None:
    """Open an archive; None for an office package, and for what only looks like an archive.

    A broken container that is called an archive is a broken archive; another is left to
    the reader of what it is called.
    """
    try:
        archive = zipfile.ZipFile(_Guarded(file))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        if name.lower().endswith(".zip"):
            raise Rejected("ARCHIVE_DAMAGED", str(error)[:200]) from None
        return None
    return None if package_kind(archive.namelist()) is not None else archive


class _Budget:
    """What an archive may hold with all that lies in it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._members = limits.max_archive_members
        self._bytes = limits.max_archive_unpacked_bytes
        self.is_spent = False

    def member(self) -> None:
        """Count a member."""
        self._members -= 1
        if self._members < 0:
            self.is_spent = True
            raise Rejected("ARCHIVE_LIMIT", f"more than {self.limits.max_archive_members} members")

    def unpacked(self, size: int) -> None:
        """Count bytes that were unpacked."""
        self._bytes -= size
        if self._bytes < 0:
            self.is_spent = True
            bound = self.limits.max_archive_unpacked_bytes
            raise Rejected("ARCHIVE_LIMIT", f"unpacks to more than {bound} bytes")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A member of one archive as its list has it, under a name that is its alone."""

    name: str
    info: zipfile.ZipInfo
    refusal: Refusal | None


def _walk(archive: zipfile.ZipFile, above: str, depth: int, budget: _Budget) -> Iterator[Member]:
    for entry in _entries(archive, budget.limits):
        budget.member()
        name, size = above + entry.name, entry.info.file_size
        if entry.refusal is not None:
            yield Member(name, size, None, entry.refusal)
            continue
        try:
            yield from _documents(archive, entry, name, depth, budget)
        except _BROKEN as error:
            seen = f"{type(error).__name__}: {error}"[:200]
            yield Member(name, size, None, Refusal("ARCHIVE_DAMAGED", seen))


_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


def _documents(
    archive: zipfile.ZipFile, entry: _Entry, name: str, depth: int, budget: _Budget
) -> Iterator[Member]:
    """Yield the member, or the members of the archive that it is."""
    digest = hashlib.sha256()
    kept = io.BytesIO()
    for number, piece in enumerate(_pieces(archive, entry.info)):
        budget.unpacked(len(piece))
        digest.update(piece)
        if kept.tell() or (number == 0 and piece.startswith(ZIP_MARKS)):
            kept.write(piece)
    size = entry.info.file_size
    try:
        inner = _open(kept, entry.name) if kept.tell() else None
        if inner is None:
            yield Member(name, size, digest.hexdigest())
        elif depth >= budget.limits.max_archive_depth:
            raise Rejected("ARCHIVE_LIMIT", f"archives nested more than {depth} deep")
        else:
            yield from _walk(inner, f"{name}/", depth + 1, budget)
    except Rejected as rejected:
        if budget.is_spent:
            raise  # the archive as a whole is too much
        yield Member(name, size, None, Refusal(rejected.code, rejected.detail))


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a member piece by piece; its length never exceeds what its entry declares."""
    with archive.open(info) as stream:
        while piece := stream.read(_CHUNK):
            yield piece


def _entries(archive: zipfile.ZipFile, limits: Limits) -> Iterator[_Entry]:
    """Yield the files of an archive under names that are told apart.

    A name that occurs twice, or that is also the folder of another, gets a number: both are
    there and nobody can tell which was meant.
    """
    listed = [info for info in archive.infolist() if not info.filename.endswith(("/", "\\"))]
    if len(listed) > limits.max_archive_members:
        raise Rejected("ARCHIVE_LIMIT", f"{len(listed)} members")
    named = [(_name(info), info) for info in listed]
    folders = {str(parent) for (name, _), _ in named for parent in PurePosixPath(name).parents}
    taken = set(folders)
    for (name, fault), info in named:
        if not fault and any(is_litter(part) for part in name.split("/")):
            continue
        shown, number = name, 1
        while shown in taken:
            number += 1
            shown = f"{name}#{number}"
        taken.add(shown)
        yield _Entry(shown, info, _refusal(info, fault, limits))


def _refusal(info: zipfile.ZipInfo, fault: str, limits: Limits) -> Refusal | None:
    """Say what is wrong with a member by what the list of the archive tells of it."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    ratio = info.file_size / max(1, info.compress_size)
    if fault:
        return Refusal("ARCHIVE_UNSAFE_MEMBER", fault)
    if kind not in (0, stat.S_IFREG):
        what = "a link" if kind == stat.S_IFLNK else "no regular file"
        return Refusal("ARCHIVE_UNSAFE_MEMBER", what)
    if info.flag_bits & _ENCRYPTED:
        return Refusal("ARCHIVE_ENCRYPTED", "a password is needed")
    if info.compress_type not in _METHODS:
        return Refusal("ARCHIVE_METHOD", f"compression method {info.compress_type}")
    if info.file_size > limits.max_file_bytes:
        return Refusal("ARCHIVE_LIMIT", f"unpacks to {info.file_size} bytes")
    if info.file_size > MEBIBYTE and ratio > limits.max_compression_ratio:
        return Refusal("ARCHIVE_LIMIT", f"compressed {ratio:.0f} times")
    return None


def _name(info: zipfile.ZipInfo) -> tuple[str, str]:
    """Return the name of a member for people, and what is wrong with it or nothing.

    Names without the mark of UTF-8 are in the code page of whoever packed them; zipfile takes
    them for that of the first PCs, which loses nothing.
    """
    raw = info.filename
    if not info.flag_bits & _UTF8:
        raw = _repaired(raw.encode("cp437")) or raw
    path = raw.replace("\\", "/")
    parts = [printable(part) for part in path.split("/") if part not in ("", ".")]
    name = "/".join(parts) or "?"
    if path.startswith("/") or _DRIVE.match(path):
        return name.lstrip("/"), "an absolute path"
    if ".." in parts:
        return name.replace("..", "__"), "a path that leads out of the archive"
    if len(name) > _NAME_CHARS:
        return name[: _NAME_CHARS // 2] + "…", f"a name of {len(name)} characters"
    return name, ""


def _repaired(packed: bytes) -> str | None:
    """Decode a name of unknown code page; None where it is neither UTF-8 nor GB18030.

    A short name in GB18030 can be UTF-8 by chance: it then reads as letters that no Chinese
    name has.
    """
    readings = []
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            readings.append(packed.decode(encoding))
    return max(readings, key=plausibility, default=None)
