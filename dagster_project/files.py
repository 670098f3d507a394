"""What lies in the landing folder (入库目录), as the file system describes it.

Looks at files, never writes to them and opens none but to hash it. What must be read of
them is decided in ``manifest``.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.readers.encoding import is_litter, shown_path

NOT_A_FILE = "NOT_A_FILE"
"""The reason of entries that hold no bytes: no document failed where one stands."""
READ_ERROR = "READ_ERROR"
"""The reason that may pass by itself: read again as soon as the bytes can be read."""

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


@dataclass(frozen=True, slots=True)
class LandingFile:
    """A file as the file system describes it, or a member of an archive."""

    path: Path
    """Of a member: through its archive."""
    size_bytes: int
    mtime_ns: int
    """Of a member: that of its archive."""
    archive: Path | None = None
    fault: tuple[str, str] | None = None
    """(reason code, what was seen) where it can be no document."""

    @property
    def shown(self) -> str:
        """The path as text, also where the file system's name is no UTF-8."""
        return shown_path(self.path)

    @property
    def name(self) -> str:
        """The file name as text, a member's with its archive."""
        above = self.path.parent if self.archive is None else self.archive.parent
        return shown_path(self.path.relative_to(above))


def scan(landing_dir: Path) -> list[LandingFile]:
    """List what lies below the folder, by path; what can be no document has its ``fault``.

    Hidden files and folders are left out, and what programs leave behind. Links to folders
    are not followed, links to files only where they stay inside. Raises FileNotFoundError
    without the folder.
    """
    if not landing_dir.is_dir():
        raise FileNotFoundError(f"LANDING_DIR {landing_dir} is not a folder")
    return sorted(_below(landing_dir), key=lambda file: str(file.path))


def _below(landing_dir: Path) -> Iterator[LandingFile]:
    closed: list[OSError] = []
    root = landing_dir.resolve()
    for folder, folders, names in os.walk(landing_dir, onerror=closed.append):
        folders[:] = [name for name in folders if not is_litter(name)]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in (*names, *links):
            file = None if is_litter(name) else _described(Path(folder, name), root)
            if file is not None:
                yield file
    for error in closed:
        why = f"the folder cannot be listed: {error.strerror}"
        yield LandingFile(Path(error.filename), 0, 0, fault=(READ_ERROR, why))


def _described(path: Path, root: Path) -> LandingFile | None:
    """Describe an entry; None where it is gone since it was listed, or read elsewhere anyway."""
    try:
        is_link = path.is_symlink()
        is_inside = not is_link or path.resolve().is_relative_to(root)
        status = path.stat()
    except OSError as error:
        if not os.path.lexists(path):
            return None
        if path.is_symlink():
            return LandingFile(path, 0, 0, fault=(NOT_A_FILE, "a link to nothing"))
        return LandingFile(path, 0, 0, fault=(READ_ERROR, error.strerror or "cannot be looked at"))
    if not is_inside:
        return LandingFile(path, 0, 0, fault=(NOT_A_FILE, "a link that leads out of the folder"))
    if stat.S_ISDIR(status.st_mode):
        return None
    if not stat.S_ISREG(status.st_mode):
        what = next((word for test, word in _KINDS if test(status.st_mode)), "no regular file")
        return LandingFile(path, 0, 0, fault=(NOT_A_FILE, what))
    return LandingFile(path, status.st_size, status.st_mtime_ns)


def sha256(path: Path) -> str:
    """Return the sha256 of a file's bytes in hex. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
