"""The original file of a document (原件): found again by its content, read again as it was.

Names move and files are replaced; only the sha256 says that a file is the one that the
figures were read from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from dagster_project.files import LandingFile, scan
from extract.document import Document
from extract.readers import read_bytes, read_document
from extract.reasons import Rejected
from extract.turned import as_it_lies


def find_file(
    landing_dir: Path, file_name: str, key: str, hints: Iterable[str] = ()
) -> Path | None:
    """Return the file whose bytes have the sha256 ``key``, or None.

    Looks at ``hints`` (paths) and at the files called ``file_name`` below the folder, not
    at every file there is; both may lead into archives. Only paths inside the landing folder
    are opened.
    """
    if not landing_dir.is_dir():
        return None
    hinted = set(hints)
    for file in scan(landing_dir):
        if file.fault is None:
            for path in _candidates(file, file_name, hinted):
                if sha256(path) == key:
                    return path
    return None


def _candidates(file: LandingFile, file_name: str, hinted: Iterable[str]) -> Iterator[Path]:
    """Yield the file, or the member of it that a name leads to."""
    if file.name == file_name or file.shown in hinted:
        yield file.path
    named = ((file.name, file_name), *((file.shown, hint) for hint in hinted))
    for archive, member in named:
        if member.startswith(f"{archive}/"):
            yield file.path / member.removeprefix(f"{archive}/")


def sha256(path: Path) -> str | None:
    """Return the sha256 of a file or member in hex, or None where it cannot be read."""
    try:
        return hashlib.sha256(read_bytes(path)).hexdigest()
    except Rejected:
        return None


def read_again(path: Path) -> Document | None:
    """Read the file as the load did, or return None where this version refuses it."""
    try:
        return as_it_lies(read_document(path))
    except Rejected:
        return None
