"""What kind of file is this (格式识别)? The bytes decide, never the name.

Only looks; opens archives no further than their list of members.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from extract.readers.limits import Limits
from extract.reasons import Rejected

Kind = Literal["pdf", "docx", "xlsx", "xls", "doc", "html", "mht", "text", "png", "jpeg", "tiff"]

MEDIA_TYPES: dict[Kind, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "doc": "application/msword",
    "html": "text/html",
    "mht": "multipart/related",
    "text": "text/plain",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
}

ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
"""How an archive begins, one without members among them."""
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNSUPPORTED: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"\x1f\x8b", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"GIF8", "GIF picture"),
    (b"{\\rtf", "RTF document"),
    (b"MZ", "Windows program"),
    (b"\x7fELF", "program"),
)
_PICTURES: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
_HTML = re.compile(
    rb"\A[\s\xef\xbb\xbf]*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype\s+html|html|head|body|table|meta|div|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_MHT = re.compile(
    rb"\s*(?:[A-Za-z-]{1,40}:[^\n]{0,900}\n"
    rb"(?:[ \t][^\n]{0,900}\n){0,9}){0,9}MIME-Version:",
    re.IGNORECASE,
)
"""A web archive is a message of the kind that mail is."""


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The kind of a file and its media type."""

    kind: Kind

    @property
    def media_type(self) -> str:
        """IANA media type of the kind."""
        return MEDIA_TYPES[self.kind]


def sniff(data: bytes, name: str, limits: Limits) -> Sniffed:
    """Return what the bytes are.

    ``name`` only words a rejection: a file called ``.docx`` that is no archive is told
    so. Raises Rejected for empty files and for kinds that no reader takes.
    """
    if not data.strip():
        raise Rejected("EMPTY_FILE", f"{len(data)} bytes")
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return Sniffed("pdf")
    if head.startswith(_OLE2):
        return Sniffed(_ole2(data))
    if head.startswith(ZIP_MARKS):
        return Sniffed(_package(data, name, limits))
    for magic, kind in _PICTURES:
        if head.startswith(magic):
            return Sniffed(kind)
    for magic, what in _UNSUPPORTED:
        if head.startswith(magic):
            raise Rejected("FORMAT_UNSUPPORTED", what)
    if _HTML.match(head) or _HTML.match(_without_utf16(head)):
        return Sniffed("html")
    if _MHT.match(head):
        return Sniffed("mht")
    suffix = name.rpartition(".")[2].lower()
    if b"\x00" in head or _is_mostly_control(head):
        if suffix in ("docx", "xlsx", "doc", "xls"):
            raise Rejected("OFFICE_DAMAGED", f"called .{suffix}, but is no office file")
        if suffix == "pdf":
            raise Rejected("PDF_DAMAGED", "called .pdf, but has no PDF header")
    elif suffix in ("docx", "xlsx"):
        raise Rejected("OFFICE_DAMAGED", f"called .{suffix}, but is no zip archive")
    elif suffix == "pdf":
        raise Rejected("PDF_DAMAGED", "called .pdf, but has no PDF header")
    return Sniffed("text")


def _ole2(data: bytes) -> Kind:
    names = {
        "xls": ("Workbook", "Book"),
        "doc": ("WordDocument",),
    }
    if _has_name(data, "EncryptedPackage"):
        raise Rejected("OFFICE_ENCRYPTED", "encrypted office package")
    for kind, streams in names.items():
        if any(_has_name(data, stream) for stream in streams):
            return "xls" if kind == "xls" else "doc"
    raise Rejected("FORMAT_UNSUPPORTED", "OLE2 compound file that is neither Word nor Excel")


def _has_name(data: bytes, stream: str) -> bool:
    """True where a directory entry of the compound file has this name."""
    return stream.encode("utf-16-le") + b"\x00\x00" in data


def _package(data: bytes, name: str, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        code = "ARCHIVE_DAMAGED" if name.lower().endswith(".zip") else "OFFICE_DAMAGED"
        raise Rejected(code, f"zip archive cannot be read: {error}") from None
    if len(names) > limits.max_zip_entries:
        raise Rejected("RESOURCE_LIMIT", f"{len(names)} members in the archive")
    kind = package_kind(names)
    if kind in _PACKAGES:
        return _PACKAGES[kind]
    raise Rejected("FORMAT_UNSUPPORTED", kind or "ZIP archive")


_PACKAGES: dict[str | None, Kind] = {"docx": "docx", "xlsx": "xlsx"}


def package_kind(names: Collection[str]) -> str | None:
    """Tell what document a ZIP container with these members is; None for a plain archive.

    Documents that no reader takes are named in words.
    """
    listed = set(names)
    is_office = "[Content_Types].xml" in listed
    if "word/document.xml" in listed or (is_office and _any_below("word/", listed)):
        return "docx"
    if "xl/workbook.xml" in listed or (is_office and _any_below("xl/", listed)):
        return "xlsx"
    if is_office:
        return "office package that is neither Word nor Excel"
    if "mimetype" in listed and "content.xml" in listed:
        return "OpenDocument file"
    if "OFD.xml" in listed:
        return "OFD document"
    return None


def _any_below(folder: str, names: Collection[str]) -> bool:
    return any(name.startswith(folder) for name in names)


def _without_utf16(head: bytes) -> bytes:
    return head[2:].replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head


def _is_mostly_control(head: bytes) -> bool:
    control = sum(1 for b in head if b < 0x20 and b not in b"\t\n\r\x0c")
    return control > len(head) * 0.02
