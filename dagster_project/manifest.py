"""What of the landing folder must be read (入库清单).

A file whose path, size and time are known costs a stat; only others are hashed, and only
contents that this version of the parser has not yet read are extracted. The members of an
archive are documents like files are; what an archive holds is remembered by its bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dagster_project.files import READ_ERROR, LandingFile, sha256
from dagster_project.schema import ArchivedMember, ManifestRow
from dagster_project.settings import PACKAGES
from extract.readers.abilities import abilities
from extract.readers.archive import members_of
from extract.readers.limits import DEFAULT
from extract.reasons import Rejected

_UNREAD = -1
"""In place of a size: no file has it, so that what could not be read is tried again."""


@dataclass(frozen=True, slots=True)
class Content:
    """A distinct content and the file that stands for it (the first by path)."""

    key: str
    """sha256 of the bytes, hex; of the path where there are no bytes to be had."""
    file: LandingFile
    refusal: tuple[str, str] | None = None
    """(reason code, what was seen) where it cannot even be tried."""


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier loads saw."""

    files: Mapping[str, tuple[int, int, str]] = field(default_factory=dict)
    """Path to (size, mtime_ns, content)."""
    archives: Mapping[str, Sequence[ArchivedMember]] = field(default_factory=dict)
    """Content of an archive to its members."""
    manifest: Sequence[ManifestRow] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a load has to do."""

    to_read: Sequence[Content]
    seen: Sequence[tuple[str, int, int, str]]
    """(path, size, mtime_ns, content) of files that are new or changed on disk."""
    unchanged: int
    """Files that cost a stat and nothing else."""
    present: frozenset[str]
    """All contents that lie in the landing folder now."""
    arrived: frozenset[str] = frozenset()
    """Those of them that lie in files that are new or changed on disk."""
    archives: Mapping[str, Sequence[ArchivedMember]] = field(default_factory=dict)
    """Archives that were looked into, by content."""
    gone: frozenset[str] = frozenset()
    """Entries of the manifest that stood for what could not be read, and is no longer there."""
    vanished: frozenset[str] = frozenset()
    """Paths at which nothing lies any more."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read and nothing new to remember."""
        return not (self.to_read or self.seen or self.gone)


def plan(
    files: Iterable[LandingFile], known: Known, parser_version: str, *, retry: bool = False
) -> Plan:
    """Compare the files with what is known and say what must be read.

    With ``retry``, quarantined documents are read again although nothing changed. Where one
    content lies in several places, a file of its own goes before a member of an archive.
    """
    look = _Look(known, parser_version, retry)
    for file in files:
        look.at(file)
    first: dict[str, Content] = {}
    for content in sorted(look.contents, key=lambda content: content.file.archive is not None):
        first.setdefault(content.key, content)
    return Plan(
        [content for content in first.values() if look.must_read(content)],
        look.seen,
        look.unchanged,
        frozenset(first),
        frozenset(look.arrived),
        look.archives,
        frozenset(_gone(known, look.archives, first.keys())),
        frozenset(known.files.keys() - look.paths),
    )


def has_new(files: Iterable[LandingFile], known: Known) -> bool:
    """Tell, by stat alone, whether a file is there whose bytes no load has seen.

    What could not be read before is not new: only reading tells whether it can be now.
    """
    for file in files:
        size, mtime, _ = known.files.get(file.shown, (None, 0, ""))
        may_be_new = file.fault is None and size != _UNREAD
        if may_be_new and (size, mtime) != (file.size_bytes, file.mtime_ns):
            return True
    return False


class _Look:
    """Goes over the files and gathers what lies in them."""

    def __init__(self, known: Known, parser_version: str, retry: bool) -> None:
        self._known = known
        self._rows = {row.content_sha256: row for row in known.manifest}
        self._parser_version = parser_version
        self._retry = retry
        self.contents: list[Content] = []
        self.seen: list[tuple[str, int, int, str]] = []
        self.arrived: set[str] = set()
        self.archives: dict[str, Sequence[ArchivedMember]] = {}
        self.unchanged = 0
        self.paths: set[str] = set()

    def at(self, file: LandingFile) -> None:
        """Take a file, or all members of an archive, into account."""
        self.paths.add(file.shown)
        if file.fault is not None:
            self._cannot_read(file, file.fault)
            return
        size, mtime, key = self._known.files.get(file.shown, (-1, -1, ""))
        is_new = (size, mtime) != (file.size_bytes, file.mtime_ns)
        self.unchanged += not is_new
        try:
            key = sha256(file.path) if is_new else key
            contents = _contents(file, key, self._known.archives.get(key))
            if any(self.must_read(content) for content in contents):
                contents = self._inspected(file, key)
        except OSError as error:
            why = error.strerror or type(error).__name__
            self._cannot_read(file, (READ_ERROR, why))
            return
        self.contents += contents
        if is_new:
            self.seen.append((file.shown, file.size_bytes, file.mtime_ns, key))
            self.arrived.update(content.key for content in contents)

    def _cannot_read(self, file: LandingFile, why: tuple[str, str]) -> None:
        """Take an entry without bytes into account; its size says that nothing is known of it."""
        content = Content(stand_in(file.shown), file, why)
        self.contents.append(content)
        seen = (_UNREAD, 0, content.key)
        if self._known.files.get(file.shown) != seen:
            self.seen.append((file.shown, *seen))

    def must_read(self, content: Content) -> bool:
        """Tell whether this version of the parser has yet to say something of a content."""
        row = self._rows.get(content.key)
        if row is None or row.parser_version != self._parser_version:
            return True
        if row.status != "quarantined":
            return False
        return self._retry or (row.reason_code == READ_ERROR and content.refusal is None)

    def _inspected(self, file: LandingFile, key: str) -> list[Content]:
        """Look whether the file is an archive, and if so into it."""
        try:
            listed = members_of(file.path, DEFAULT)
        except Rejected as rejected:
            return [Content(key, file, (rejected.code, rejected.detail))]
        if listed is None:
            return [Content(key, file)]
        status = file.path.stat()
        if (status.st_size, status.st_mtime_ns) != (file.size_bytes, file.mtime_ns):
            raise OSError(0, "changed while being read")
        self.archives[key] = [
            ArchivedMember(
                archive_sha256=key,
                position=position,
                name=member.name,
                size_bytes=member.size_bytes,
                content_sha256=member.sha256 or stand_in(f"{key}/{member.name}"),
                reason_code=member.refusal.code if member.refusal else None,
                detail=member.refusal.detail if member.refusal else None,
            )
            for position, member in enumerate(listed)
        ]
        return _contents(file, key, self.archives[key])


def _contents(
    file: LandingFile, key: str, members: Sequence[ArchivedMember] | None
) -> list[Content]:
    """The contents of a file: of each of its members where it is a known archive."""
    if members is None:
        return [Content(key, file)]
    found = []
    for member in members:
        inside = LandingFile(
            file.path / member.name, member.size_bytes, file.mtime_ns, archive=file.path
        )
        refusal = (member.reason_code, member.detail or "") if member.reason_code else None
        found.append(Content(member.content_sha256, inside, refusal))
    return found


def stand_in(place: str) -> str:
    """Return the key of what has no bytes that could be hashed: a digest of where it lies."""
    return hashlib.sha256(f"unreadable:{place}".encode()).hexdigest()


def _gone(
    known: Known, opened: Mapping[str, Sequence[ArchivedMember]], present: Iterable[str]
) -> Iterator[str]:
    """Yield what the manifest holds of things that were never a document and are not there.

    Unreadable files that can be read now, links that were mended, bytes that changed while
    they were read, and archives whose members are documents of their own by now.
    """
    there = set(present)
    for row in known.manifest:
        key = row.content_sha256
        if row.status != "quarantined" or key in there:
            continue
        is_stand_in = key == stand_in(row.path)
        if is_stand_in or row.reason_code == READ_ERROR or key in opened:
            yield key


@cache
def parser_version() -> str:
    """Return a digest of the extraction code and layouts, and what the machine can read.

    A new layout, or an optional reader installed since, reads files again.
    """
    code = digest_of(_sources(PACKAGES / "extract", (".py", ".csv")))[:16]
    return "+".join((code, *abilities()))


def digest_of(paths: Iterable[Path]) -> str:
    """Return the sha256 over names (relative to the project) and bytes of files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        name = path.relative_to(PACKAGES) if path.is_relative_to(PACKAGES) else path
        data = path.read_bytes()
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _sources(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.suffix in suffixes and not any(part.startswith(".") for part in path.parts[-2:]):
            yield path
