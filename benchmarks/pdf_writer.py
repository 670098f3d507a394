"""A small PDF writer: every object as asked for, right or wrong.

Libraries write what is in order. The corpus needs files as real producers make them
and readers stumble over: fonts that are not embedded, maps that are missing, pages
that are turned or cropped.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842


@dataclass(slots=True)
class Writer:
    """Collects objects and pages; :meth:`data` is the file."""

    packed: bool = False
    """Objects in object streams, cross-references in a stream."""
    objects: list[bytes] = field(default_factory=lambda: [b"", b""])
    pages: list[int] = field(default_factory=list)
    catalog: str = ""

    def add(self, body: str | bytes) -> int:
        """Add an object and return its number; 1 and 2 are the catalog and the page tree."""
        self.objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self.objects)

    def stream(self, content: bytes, about: str = "") -> int:
        """Add a compressed stream."""
        packed = zlib.compress(content)
        head = f"<<{about}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode("latin-1")
        return self.add(head + packed + b"\nendstream")

    def page(
        self, content: bytes, fonts: Mapping[str, int], about: str = "", resources: str = ""
    ) -> None:
        """Add a page; ``about`` may hold its boxes and its rotation."""
        number = self.stream(content)
        named = "".join(f"/{name} {font} 0 R" for name, font in fonts.items())
        box = "" if "/MediaBox" in about else f"/MediaBox[0 0 {WIDTH} {HEIGHT}]"
        self.pages.append(
            self.add(
                f"<</Type/Page/Parent 2 0 R{box}{about}/Contents {number} 0 R"
                f"/Resources<</Font<<{named}>>{resources}>>>>"
            )
        )

    def data(self) -> bytes:
        """The whole file."""
        kids = " ".join(f"{page} 0 R" for page in self.pages)
        self.objects[0] = f"<</Type/Catalog/Pages 2 0 R{self.catalog}>>".encode("latin-1")
        self.objects[1] = f"<</Type/Pages/Count {len(self.pages)}/Kids[{kids}]>>".encode()
        return self._packed() if self.packed else self._plain()

    def _plain(self) -> bytes:
        out, places = bytearray(b"%PDF-1.7\n"), list[int]()
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        for place in places:
            out += b"%010d 00000 n \n" % place
        out += b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(places) + 1)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)

    def _packed(self) -> bytes:
        out = bytearray(b"%PDF-1.7\n")
        plain = {n: o for n, o in enumerate(self.objects, 1) if o.endswith(b"endstream")}
        inside = [(n, o) for n, o in enumerate(self.objects, 1) if n not in plain]
        holder, references = len(self.objects) + 1, len(self.objects) + 2
        directory, bodies = "", b""
        for number, body in inside:
            directory += f"{number} {len(bodies)} "
            bodies += body + b" "
        packed = zlib.compress(directory.encode() + bodies)
        plain[holder] = (
            b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
            % (len(inside), len(directory), len(packed), packed)
        )
        rows = {0: (0, 0, 65535)} | {n: (2, holder, i) for i, (n, _) in enumerate(inside)}
        for number, body in plain.items():
            rows[number] = 1, len(out), 0
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        rows[references] = 1, len(out), 0
        table = b"".join(
            bytes([rows[n][0]]) + rows[n][1].to_bytes(4, "big") + rows[n][2].to_bytes(2, "big")
            for n in range(references + 1)
        )
        packed = zlib.compress(table)
        start = len(out)
        out += b"%d 0 obj\n" % references
        out += b"<</Type/XRef/W[1 4 2]/Root 1 0 R/Size %d" % (references + 1)
        out += b"/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
        return bytes(out + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)


@dataclass(slots=True)
class Face:
    """A composite font with a code for each character that was used.

    Characters of one byte are half as wide as the others, as in Chinese print.
    """

    name: str = "SimSun"
    descent: int = -141
    encoding: str = "Identity-H"
    ordering: str = "Identity"
    maps: bool = True
    codec: str | None = None
    """For predefined CMaps: how text is encoded; None gives codes of our own."""
    replaced: Mapping[str, str] = field(default_factory=dict)
    """Characters whose map leads elsewhere."""
    codes: dict[str, int] = field(default_factory=dict)

    def show(self, text: str) -> str:
        """The text as a string of the page's content."""
        if self.codec:
            return f"<{text.encode(self.codec).hex()}>"
        return "<" + "".join(f"{self._code(sign):04x}" for sign in text) + ">"

    def width(self, text: str) -> float:
        """Width of the text, in parts of the font size."""
        return sum(0.5 if sign.isascii() else 1.0 for sign in text)

    def add_to(self, writer: Writer) -> int:
        """Add the font, once all text was shown, and return its number."""
        described = writer.add(
            f"<</Type/FontDescriptor/FontName/{self.name}/Flags 4/Ascent 859"
            f"/Descent {self.descent}/CapHeight 700/StemV 80/ItalicAngle 0"
            "/FontBBox[0 -141 1000 859]>>"
        )
        half = {"GB1": "1[" + "500 " * 94 + "] 814[" + "500 " * 94 + "]"}.get(self.ordering)
        if half is None:
            half = "".join(f"{n}[500]" for sign, n in self.codes.items() if sign.isascii())
        inner = writer.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{self.name}/CIDSystemInfo"
            f"<</Registry(Adobe)/Ordering({self.ordering})/Supplement 0>>/DW 1000/W[{half}]"
            f"/FontDescriptor {described} 0 R/CIDToGIDMap/Identity>>"
        )
        mapped = f"/ToUnicode {writer.stream(self._map())} 0 R" if self.maps else ""
        return writer.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{self.name}/Encoding/{self.encoding}"
            f"/DescendantFonts[{inner} 0 R]{mapped}>>"
        )

    def _code(self, sign: str) -> int:
        return self.codes.setdefault(sign, 3 + len(self.codes))

    def _map(self) -> bytes:
        rows = [
            f"<{code:04x}><{self.replaced.get(sign, sign).encode('utf-16-be').hex()}>"
            for sign, code in self.codes.items()
        ]
        body = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
        body += "1 begincodespacerange <0000><ffff> endcodespacerange\n"
        for at in range(0, len(rows), 100):
            part = rows[at : at + 100]
            body += f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n"
        return (body + "endcmap end end").encode()
