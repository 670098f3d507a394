"""Fonts with a predefined CMap (预定义编码): written anew as what their CMap means.

Older Chinese producers name a CMap such as UniGB-UCS2-H and embed no font. The fast
engine takes the widths of such fonts by the wrong numbers. Here the codes that a file
shows are looked up in the tables of pdfminer, and the font is replaced by one whose
codes are its glyph numbers, which every reader decodes alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from extract.readers.pdf_shown import FIGURES, Alphabet

_UNKNOWN = "\ufffd"
_CHARS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Collection:
    """What codes of two bytes mean by a CMap: glyph numbers, and signs by glyph number."""

    glyphs: Mapping[int, int]
    signs: Mapping[int, str]

    def sign(self, code: int) -> str:
        """The sign that a code prints; U+FFFD where that is not known."""
        return self.signs.get(self.glyphs.get(code, -1), _UNKNOWN)


@cache
def collection(cmap: str, ordering: str) -> Collection | None:
    """The collection of a CMap for horizontal writing; None where codes are not two bytes.

    ``ordering`` names the glyphs, such as ``Adobe-GB1``.
    """
    from pdfminer.cmapdb import CMapDB

    try:
        codes = CMapDB.get_cmap(cmap)
        signs = CMapDB.get_unicode_map(ordering)
    except CMapDB.CMapNotFound:
        return None
    rows = getattr(codes, "code2cid", None)
    if not rows or codes.is_vertical() or not all(isinstance(r, dict) for r in rows.values()):
        return None
    glyphs = {
        256 * high + low: glyph
        for high, row in rows.items()
        for low, glyph in row.items()
        if isinstance(glyph, int)
    }
    return Collection(glyphs, signs.cid2unichr)


@dataclass(frozen=True, slots=True)
class Predefined:
    """A font with a predefined CMap."""

    name: str
    """As the new font is called."""
    meaning: Collection
    widths: Mapping[int, float]
    """By glyph number, in thousandths of the font size."""
    default: float
    codes: set[int] = field(default_factory=set)
    """Those that the file shows, gathered while its pages are looked at."""

    def alphabet(self) -> Alphabet:
        """How the font writes figures."""
        figures: dict[bytes, str] = {}
        for code, glyph in self.meaning.glyphs.items():
            sign = self.meaning.signs.get(glyph, "")
            if sign and sign in FIGURES:
                figures[b"%04x" % code] = figures[b"%04X" % code] = sign
        return Alphabet(2, figures)

    def width(self, code: int) -> float:
        """Width of what a code prints, in thousandths of the font size."""
        return self.widths.get(self.meaning.glyphs.get(code, -1), self.default)

    def objects(self, first: int) -> tuple[bytes, bytes, bytes]:
        """The font, and its glyphs and its map, which are to be objects ``first`` and next."""
        codes = sorted(self.codes)
        widths = "".join(f"{code}[{self.width(code):g}]" for code in codes)
        base = f"/Type/Font/BaseFont/{self.name}"
        font = (
            f"<<{base}/Subtype/Type0/Encoding/Identity-H"
            f"/DescendantFonts[{first} 0 R]/ToUnicode {first + 1} 0 R>>"
        )
        glyphs = (
            f"<<{base}/Subtype/CIDFontType2/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/CIDToGIDMap/Identity/DW {self.default:g}/W[{widths}]>>"
        )
        body = ["1 begincodespacerange <0000><ffff> endcodespacerange"]
        for at in range(0, len(codes), _CHARS_AT_ONCE):
            part = codes[at : at + _CHARS_AT_ONCE]
            rows = (f"<{c:04x}><{self.meaning.sign(c).encode('utf-16-be').hex()}>" for c in part)
            body.append(f"{len(part)} beginbfchar\n" + "\n".join(rows) + "\nendbfchar")
        text = "\n".join(body)
        mapped = f"<</Length {len(text)}>>stream\n{text}\nendstream"
        return font.encode(), glyphs.encode(), mapped.encode()


def appended(data: bytes, objects: Mapping[int, bytes], root: int) -> bytes:
    """The file with a revision behind it that holds some objects anew."""
    parts, rows, at = [data, b"\n"], list[bytes](), len(data) + 1
    for number, body in sorted(objects.items()):
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        rows.append(b"%d 1\n%010d 00000 n \n" % (number, at))
        at += len(parts[-1])
    before = int(data[data.rindex(b"startxref") + len(b"startxref") :].split(None, 1)[0])
    parts.append(b"xref\n" + b"".join(rows))
    parts.append(b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (max(objects) + 1, root, before))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
    return b"".join(parts)
