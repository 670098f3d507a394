"""Office packages (OPC): bounded archives and XML without entities.

The only place that unpacks archives or parses XML of strangers.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from extract.readers.limits import MEBIBYTE, Limits
from extract.reasons import Rejected

_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Package:
    """An office package whose members are read one by one, within bounds."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Rejected("OFFICE_DAMAGED", str(error)) from None
        self.names = frozenset(m.filename for m in self._archive.infolist())
        self._check_bounds()

    def _check_bounds(self) -> None:
        """Refuse a bomb by what the directory declares; reading is bounded again."""
        members = self._archive.infolist()
        if len(members) > self._limits.max_zip_entries:
            raise Rejected("RESOURCE_LIMIT", f"{len(members)} members in the archive")
        if any(m.flag_bits & 1 for m in members):
            raise Rejected("OFFICE_ENCRYPTED", "encrypted members in the archive")
        total = sum(m.file_size for m in members)
        if total > self._limits.max_unpacked_bytes:
            raise Rejected("RESOURCE_LIMIT", f"unpacks to {total} bytes")
        for member in members:
            ratio = member.file_size / max(1, member.compress_size)
            if member.file_size > MEBIBYTE and ratio > self._limits.max_compression_ratio:
                raise Rejected("RESOURCE_LIMIT", f"a member is compressed {ratio:.0f} times")

    def read(self, name: str) -> bytes:
        """Return a member's bytes; raises Rejected when missing, damaged or too large."""
        bound = self._limits.max_unpacked_bytes
        try:
            with self._archive.open(name) as member:
                data = member.read(bound + 1)
        except KeyError:
            raise Rejected("OFFICE_DAMAGED", f"member {name} is missing") from None
        except (
            zipfile.BadZipFile,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise Rejected("OFFICE_DAMAGED", f"member {name}: {error}") from None
        except Exception as error:  # zlib.error has no public base class of its own
            raise Rejected("OFFICE_DAMAGED", f"member {name}: {error}") from None
        if len(data) > bound:
            raise Rejected("RESOURCE_LIMIT", f"member {name} unpacks to more than {bound} bytes")
        return data

    def xml(self, name: str) -> etree._Element:
        """Return the root element of an XML member."""
        return parse_xml(self.read(name))


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML of strangers: no entities, no doctype, no network, bounded depth."""
    check_xml(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise broken_xml(error) from None


def check_xml(data: bytes) -> None:
    """Refuse XML that declares a document type: office XML never does."""
    plain = data.replace(b"\x00", b"") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data
    if _DOCTYPE.search(plain):
        raise Rejected("UNSAFE_XML", "document type or entity declaration")


def broken_xml(error: etree.XMLSyntaxError) -> Rejected:
    """The rejection for XML that the parser refused; libxml2 bounds the depth itself."""
    message = str(error.msg)[:200]
    if "depth" in message.lower() or "huge" in message.lower():
        return Rejected("RESOURCE_LIMIT", f"XML nested too deep or too large: {message}")
    return Rejected("OFFICE_DAMAGED", f"broken XML: {message}")
