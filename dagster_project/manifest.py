"""What lies in the landing folder and what of it must be read (入库清单).

Looks at files, never writes to them. A file whose path, size and time are known costs a
stat; only others are hashed, and only contents that this version of the parser has not
yet read are extracted.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dagster_project.schema import ManifestRow
from dagster_project.settings import ROOT
from extract.readers.abilities import abilities
from extract.readers.encoding import shown_path

READ_ERROR = "READ_ERROR"
"""The reason that may pass by itself: read again as soon as the bytes can be read."""


@dataclass(frozen=True, slots=True)
class LandingFile:
    """A file as the file system describes it."""

    path: Path
    size_bytes: int
    mtime_ns: int

    @property
    def shown(self) -> str:
        """The path as text, also where the file system's name is no UTF-8."""
        return shown_path(self.path)

    @property
    def name(self) -> str:
        """The file name as text."""
        return shown_path(self.path.name)


@dataclass(frozen=True, slots=True)
class Content:
    """A distinct content and the file that stands for it (the first by path)."""

    key: str
    """sha256 of the bytes, hex; of the path where the bytes cannot be read."""
    file: LandingFile
    error: str | None = None
    """Why the bytes cannot be read."""


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

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read and nothing new to remember."""
        return not self.to_read and not self.seen


def scan(landing_dir: Path) -> list[LandingFile]:
    """List the regular files below the folder, by path.

    Hidden files and folders are skipped. Links to folders are not followed, links to
    files only where they stay inside. Raises FileNotFoundError without the folder.
    """
    if not landing_dir.is_dir():
        raise FileNotFoundError(f"LANDING_DIR {landing_dir} is not a folder")
    found = []
    for folder, folders, names in os.walk(landing_dir):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = None if name.startswith(".") else _regular(Path(folder) / name, landing_dir)
            if file is not None:
                found.append(file)
    return sorted(found, key=lambda file: str(file.path))


def _regular(path: Path, landing_dir: Path) -> LandingFile | None:
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(landing_dir.resolve()):
            return None
        status = path.stat()
    except OSError:
        return None  # gone since it was listed, or a link to nothing
    if not stat.S_ISREG(status.st_mode):
        return None
    return LandingFile(path, status.st_size, status.st_mtime_ns)


def plan(
    files: Iterable[LandingFile],
    known_files: Mapping[str, tuple[int, int, str]],
    manifest: Iterable[ManifestRow],
    parser_version: str,
    *,
    retry: bool = False,
) -> Plan:
    """Compare the files with what is known and say what must be read.

    With ``retry``, quarantined documents are read again although nothing changed.
    """
    known = {row.content_sha256: row for row in manifest}
    first: dict[str, Content] = {}
    seen = []
    unchanged = 0
    for file in files:
        size, mtime, content_key = known_files.get(file.shown, (-1, -1, ""))
        if (size, mtime) == (file.size_bytes, file.mtime_ns):
            unchanged += 1
            content = Content(content_key, file)
        else:
            content = identify(file)
            if content.error is None:
                seen.append((file.shown, file.size_bytes, file.mtime_ns, content.key))
        first.setdefault(content.key, content)
    to_read = [c for c in first.values() if _must_read(c, known.get(c.key), parser_version, retry)]
    return Plan(to_read, seen, unchanged, frozenset(first))


def _must_read(content: Content, row: ManifestRow | None, parser_version: str, retry: bool) -> bool:
    if row is None or row.parser_version != parser_version:
        return True
    if row.status != "quarantined":
        return False
    return retry or (row.reason_code == READ_ERROR and content.error is None)


def identify(file: LandingFile) -> Content:
    """Hash the bytes of a file."""
    try:
        with file.path.open("rb") as stream:
            return Content(hashlib.file_digest(stream, "sha256").hexdigest(), file)
    except OSError as error:
        stand_in = hashlib.sha256(b"unreadable:" + os.fsencode(file.path)).hexdigest()
        return Content(stand_in, file, error.strerror or type(error).__name__)


@cache
def parser_version() -> str:
    """Return a digest of the extraction code and layouts, and what the machine can read.

    A new layout, or an optional reader installed since, reads files again.
    """
    code = digest_of(_sources(ROOT / "extract", (".py", ".csv")))[:16]
    return "+".join((code, *abilities()))


def digest_of(paths: Iterable[Path]) -> str:
    """Return the sha256 over names (relative to the project) and bytes of files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        data = path.read_bytes()
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _sources(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.suffix in suffixes and not any(part.startswith(".") for part in path.parts[-2:]):
            yield path
