"""Readers: bytes to :class:`~extract.document.Document` (读取器).

One module per format behind :func:`read_document`. A reader knows a file format and
nothing about budgets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from extract.document import Document, ExtractionMethod, PageReading
from extract.readers.archive import read_member
from extract.readers.blocks import Blocks
from extract.readers.encoding import shown_path
from extract.readers.limits import DEFAULT, Limits
from extract.readers.sniff import Kind, sniff
from extract.reasons import Rejected

__all__ = ["DEFAULT", "Limits", "read_bytes", "read_document"]


class Read(NamedTuple):
    """What a format knows of a document besides its blocks."""

    page_count: int | None = None
    encoding: str | None = None
    method: ExtractionMethod | None = None
    """How it was read, where that is not what the kind says."""
    readings: tuple[PageReading, ...] = ()


def read_document(path: Path, limits: Limits = DEFAULT) -> Document:
    """Read a file of any supported format, or a member of an archive.

    The content decides what it is, never the name. Raises Rejected with a code of
    ``layouts/reasons.csv`` where the file cannot be taken; READ_ERROR, for a disk that
    fails, is the only one worth trying again.
    """
    data, name = _load(path, limits)
    sniffed = sniff(data, name, limits)
    reader, method = _READERS[sniffed.kind]
    blocks = Blocks(limits)
    read = reader(data, blocks)
    if not blocks.items:
        unread = [note for note in blocks.notes if note[0] == "PAGE_NOT_READABLE"]
        raise Rejected(*(unread or [("EMPTY_FILE", "nothing is printed in it")])[0])
    return Document(
        key=hashlib.sha256(data).hexdigest(),
        file_name=name,
        media_type=sniffed.media_type,
        extraction_method=read.method or method,
        blocks=tuple(blocks.items),
        page_count=read.page_count,
        encoding=read.encoding,
        notes=tuple(blocks.notes),
        turns=blocks.turns,
        readings=read.readings,
    )


def read_bytes(path: Path, limits: Limits = DEFAULT) -> bytes:
    """Return the bytes of a file, or of a member of an archive (``a.zip/2023/b.pdf``).

    Raises Rejected, with READ_ERROR where nothing can be read at the path.
    """
    return _load(path, limits)[0]


def _load(path: Path, limits: Limits) -> tuple[bytes, str]:
    """Return the bytes at a path, and their name: a member's tells its archive, too."""
    name = path.name
    try:
        try:
            with path.open("rb") as file:
                data = file.read(limits.max_file_bytes + 1)
        except NotADirectoryError:
            data, archive = read_member(path, limits)
            name = str(path.relative_to(archive.parent))
    except OSError as error:
        raise Rejected("READ_ERROR", error.strerror or str(error)) from error
    if len(data) > limits.max_file_bytes:
        raise Rejected("RESOURCE_LIMIT", f"the file is larger than {limits.max_file_bytes} bytes")
    return data, shown_path(name)


def _text(data: bytes, blocks: Blocks) -> Read:
    from extract.readers.encoding import decode
    from extract.readers.text import read_text

    if len(data) > blocks.limits.max_text_bytes:
        raise Rejected("RESOURCE_LIMIT", f"text of {len(data)} bytes")
    text, encoding = decode(data)
    read_text(text, blocks)
    return Read(encoding=encoding)


def _docx(data: bytes, blocks: Blocks) -> Read:
    from extract.readers.docx import read_docx
    from extract.readers.package import Package

    read_docx(Package(data, blocks.limits), blocks)
    return Read()


def _pdf(data: bytes, blocks: Blocks) -> Read:
    from extract.readers.pdf import read_pdf
    from extract.readers.xref import mend_offsets

    mended = mend_offsets(data, blocks.limits)
    if mended.put_right:
        blocks.note("PDF_REPAIRED", mended.put_right)
    read = read_pdf(mended.data, blocks)
    method: ExtractionMethod | None = "ocr" if read.is_scan else None
    return Read(page_count=read.page_count, method=method, readings=read.readings)


def _image(data: bytes, blocks: Blocks) -> Read:
    from extract.readers.image import read_image

    return Read(page_count=read_image(data, blocks))


def _xlsx(data: bytes, blocks: Blocks) -> Read:
    from extract.readers.package import Package
    from extract.readers.xlsx import read_xlsx

    read_xlsx(Package(data, blocks.limits), blocks)
    return Read()


def _xls(data: bytes, blocks: Blocks) -> Read:
    from extract.readers.xls import read_xls

    read_xls(data, blocks)
    return Read()


def _html(data: bytes, blocks: Blocks) -> Read:
    from extract.readers.html import read_html

    if len(data) > blocks.limits.max_text_bytes:
        raise Rejected("RESOURCE_LIMIT", f"a web page of {len(data)} bytes")
    return Read(encoding=read_html(data, blocks))


def _mht(data: bytes, blocks: Blocks) -> Read:
    from extract.readers.html import read_mht

    if len(data) > blocks.limits.max_text_bytes:
        raise Rejected("RESOURCE_LIMIT", f"a web archive of {len(data)} bytes")
    read_mht(data, blocks)
    return Read()


def _doc(data: bytes, blocks: Blocks) -> Read:
    from extract.readers.old_word import to_docx

    return _docx(to_docx(data, blocks.limits), blocks)


_READERS: dict[Kind, tuple[Callable[[bytes, Blocks], Read], ExtractionMethod]] = {
    "text": (_text, "text"),
    "docx": (_docx, "office"),
    "doc": (_doc, "office"),
    "xlsx": (_xlsx, "office"),
    "xls": (_xls, "office"),
    "html": (_html, "html"),
    "mht": (_mht, "html"),
    "pdf": (_pdf, "pdf_text"),
    "png": (_image, "ocr"),
    "jpeg": (_image, "ocr"),
    "tiff": (_image, "ocr"),
}
"""Reader and method of each kind. Each imports its libraries when it is first used,
so that a run pays only for the formats it meets."""
