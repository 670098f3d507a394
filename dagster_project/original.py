"""The original file of a document (原件): found again by its content, read again as it was.

Names move and files are replaced; only the sha256 says that a file is the one that the
figures were read from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from dagster_project.manifest import scan
from extract.document import Document
from extract.readers import read_document
from extract.reasons import Rejected


def find_file(
    landing_dir: Path, file_name: str, key: str, hints: Iterable[str] = ()
) -> Path | None:
    """Return the file whose bytes have the sha256 ``key``, or None.

    Looks at ``hints`` (paths) and at the files called ``file_name`` below the folder, not
    at every file there is. Only paths inside the landing folder are opened.
    """
    if not landing_dir.is_dir():
        return None
    hinted = set(hints)
    for file in scan(landing_dir):
        if (file.name == file_name or file.shown in hinted) and sha256(file.path) == key:
            return file.path
    return None


def sha256(path: Path) -> str | None:
    """Return the sha256 of a file in hex, or None where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def read_again(path: Path) -> Document | None:
    """Read the file as the load did, or return None where this version refuses it."""
    try:
        return read_document(path)
    except Rejected:
        return None
