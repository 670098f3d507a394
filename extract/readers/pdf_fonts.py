"""The fonts of a PDF (PDF 字体): whether their text may be misread, and where it stands.

Looks at font dictionaries only. A font is trusted where every reader decodes it alike:
codes that are glyph numbers with a map to Unicode, or a standard encoding with widths.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from extract.readers.pdf_objects import Objects, Stream
from extract.readers.pdf_predefined import Predefined, appended, collection
from extract.readers.pdf_shown import Alphabet, figure_widths, mapped_alphabet, plain_alphabet
from extract.readers.pdf_syntax import Name, Ref, Unreadable
from extract.reasons import Rejected

_PLAIN_ENCODINGS = frozenset(("WinAnsiEncoding", "MacRomanEncoding"))
_PROGRAM = re.compile(rb"/FontFile[23]?\s+\d+\s+\d+\s+R")
_BASE_FONT = re.compile(rb"/BaseFont\s*/([^\s<>\[\]()/%]+)")
_LONGEST_DICTIONARY = 8192
_MOST_CODES = 65536
_MOST_CODES_OF_FILE = 20_000_000
_LARGEST_MAP = 4 * 1024 * 1024
"""Bytes of a map to Unicode; all 65,536 codes take some 1.2 million."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font as its dictionary has it. ``doubt`` says why a fast reader may misread it."""

    name: str
    """As the fast engine names it in the prepared file; names that are no UTF-8 are empty."""
    descent: float
    """Depth below the base line, in parts of the font size; not above 0."""
    doubt: str = ""
    alphabet: Alphabet | None = None
    """How it writes figures; None where that is not known."""
    widths: Mapping[str, float] = field(default_factory=dict)
    """Widths of its figures in parts of the font size, where the dictionary tells."""
    predefined: Predefined | None = None
    """Where it is replaced by another; its codes are to be gathered there."""


class Fonts:
    """The fonts of a file, each read once. Rejected where they have too many codes."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._known: dict[int, Font] = {}
        self._edits: dict[int, bytes] = {}
        self._unneeded: set[int] = set()
        self._needed: set[int] = set()
        self._codes_left = _MOST_CODES_OF_FILE

    def of(self, reference: Any) -> Font:
        """Return the font that a page's resources name. Raises Unreadable."""
        if type(reference) is not Ref:
            return self._read(reference, None)
        if reference.number not in self._known:
            self._known[reference.number] = self._read(reference, reference.number)
        return self._known[reference.number]

    def prepared(self) -> bytes:
        """The file without what the fast engine need not read, every byte in its place.

        Left out are the programs of fonts whose dictionaries alone say what is printed;
        unpacking these costs more than all pages. Names that are no UTF-8, which the
        fast engine cannot tell apart, are others of the same length.
        """
        for number in self._unneeded - self._needed:
            self._edit(number, _PROGRAM, lambda found: b" " * len(found))
        data = self._objects.data
        if self._edits:
            edited = bytearray(data)
            for position, text in self._edits.items():
                edited[position : position + len(text)] = text
            data = bytes(edited)
        return self._with_replaced(data)

    def _with_replaced(self, data: bytes) -> bytes:
        """The file with fonts of predefined CMaps replaced, in a revision behind it."""
        anew: dict[int, bytes] = {}
        first = self._objects.get(self._objects.trailer.get("Size"))
        for number, font in self._known.items():
            if font.predefined and font.predefined.codes:
                anew[number], anew[first], anew[first + 1] = font.predefined.objects(first)
                first += 2
        root = self._objects.trailer.get("Root")
        return appended(data, anew, root.number) if anew and type(root) is Ref else data

    def _edit(self, number: int, pattern: re.Pattern[bytes], text: Callable[[bytes], bytes]) -> str:
        """Plan to overwrite what matches in an object, and return what will stand there."""
        position = self._objects.position(number)
        if position is None:
            return ""
        data = self._objects.data
        end = data.find(b"endobj", position, position + _LONGEST_DICTIONARY)
        found = pattern.search(data, position, max(end, position))
        if found is None:
            return ""
        group = found.re.groups
        new = text(found[group])
        self._edits[found.start(group)] = new
        return new.decode("ascii", "replace")

    def _read(self, reference: Any, number: int | None) -> Font:
        font = self._objects.dictionary(reference)
        base = self._objects.get(font.get("BaseFont"))
        kind = self._objects.get(font.get("Subtype"))
        name = _as_utf8(base) if isinstance(base, Name) else ""
        alphabet = None
        if kind == "Type0" and number is not None:
            predefined = self._predefined(font, number)
            if predefined is not None:
                return predefined
        if kind == "Type0":
            descent, doubt, alphabet = self._composite(font)
        elif kind in ("TrueType", "Type1") and base:
            descent, doubt, alphabet = self._simple(name, font)
        else:
            descent, doubt = 0.0, f"font type {kind}"
        if not name and not doubt and number is not None:
            name = self._edit(number, _BASE_FONT, lambda old: _stand_in(number, len(old)))
        if doubt or alphabet is None:
            return Font(name, descent, doubt)
        widths, default = self._widths(font)
        return Font(name, descent, "", alphabet, figure_widths(alphabet, widths, default))

    def _widths(self, font: dict[str, Any]) -> tuple[dict[int, float], float | None]:
        """Widths by code, and that of all other codes, in thousandths of the font size."""
        if "DescendantFonts" not in font:
            first = self._objects.get(font.get("FirstChar", 0))
            listed = self._objects.get(font.get("Widths")) or ()
            return dict(enumerate(map(self._objects.get, listed), first)), None
        inner = self._objects.dictionary(self._objects.get(font["DescendantFonts"])[0])
        widths: dict[int, float] = {}
        run: list[Any] = []
        for entry in self._objects.get(inner.get("W")) or ():
            value = self._objects.get(entry)
            if isinstance(value, list) and len(run) == 1:
                widths.update(enumerate(map(self._objects.get, value), run.pop()))
            elif len(run) < 2:
                run.append(value)
            else:
                first, last = run
                if last - first > _MOST_CODES:
                    raise Unreadable("widths of too many codes")
                self._take_codes(last - first)
                widths.update(dict.fromkeys(range(first, last + 1), value))
                run = []
        return widths, self._objects.get(inner.get("DW", 1000))

    def _composite(self, font: dict[str, Any]) -> tuple[float, str, Alphabet | None]:
        descendants = self._objects.get(font.get("DescendantFonts"))
        descendant = self._objects.dictionary(descendants[0] if descendants else None)
        encoding = self._objects.get(font.get("Encoding"))
        described = descendant.get("FontDescriptor")
        doubt, alphabet = "", self._mapped(font, 2)
        if descendant.get("Subtype") not in ("CIDFontType0", "CIDFontType2"):
            doubt = "descendant font"
        elif encoding != "Identity-H" or not isinstance(encoding, Name):
            doubt = f"CMap {encoding if isinstance(encoding, Name) else 'embedded'}"
        elif alphabet is None:
            doubt = "no ToUnicode"
        if type(described) is Ref:
            (self._needed if doubt else self._unneeded).add(described.number)
        return self._descent(descendant), doubt, alphabet

    def _predefined(self, font: dict[str, Any], number: int) -> Font | None:
        """The font as what its predefined CMap means; None where it has none or a map."""
        encoding = self._objects.get(font.get("Encoding"))
        if not isinstance(encoding, Name) or encoding.startswith("Identity-"):
            return None
        descendants = self._objects.get(font.get("DescendantFonts"))
        inner = self._objects.dictionary(descendants[0] if descendants else None)
        info = self._objects.dictionary(inner.get("CIDSystemInfo"))
        names = [self._objects.get(info.get(key)) for key in ("Registry", "Ordering")]
        if "ToUnicode" in font or not all(isinstance(name, bytes) for name in names):
            return None
        meaning = collection(str(encoding), b"-".join(names).decode("latin-1"))
        if meaning is None:
            return None
        widths, default = self._widths(font)
        made = Predefined(f"Predefined{number}", meaning, widths, default or 0.0)
        alphabet = made.alphabet()
        figures = {sign: made.width(int(c, 16)) / 1000 for c, sign in alphabet.figures.items()}
        return Font(made.name, self._descent(inner), "", alphabet, figures, made)

    def _simple(self, name: str, font: dict[str, Any]) -> tuple[float, str, Alphabet | None]:
        encoding = self._objects.get(font.get("Encoding"))
        described = font.get("FontDescriptor")
        if type(described) is Ref:
            self._needed.add(described.number)
        descent = _standard_descent(name)
        if descent is None:
            if "FontDescriptor" not in font or "Widths" not in font:
                return 0.0, "no widths", None
            descent = self._descent(font)
        alphabet = self._mapped(font, 1)
        if alphabet is None:
            if not isinstance(encoding, Name) or encoding not in _PLAIN_ENCODINGS:
                return descent, "no ToUnicode", None
            alphabet = plain_alphabet()
        return descent, "", alphabet

    def _mapped(self, font: dict[str, Any], code_bytes: int) -> Alphabet | None:
        """The figures by ToUnicode; None where that is no stream. Raises Unreadable."""
        mapping = self._objects.get(font.get("ToUnicode"))
        if not isinstance(mapping, Stream):
            return None
        content = self._objects.content(mapping)
        if len(content) > _LARGEST_MAP:
            raise Rejected("RESOURCE_LIMIT", f"a font with a map of {len(content)} bytes")
        alphabet = mapped_alphabet(content, code_bytes)
        self._take_codes(alphabet.codes)
        return alphabet

    def _take_codes(self, number: int) -> None:
        self._codes_left -= number
        if self._codes_left < 0:
            raise Rejected("RESOURCE_LIMIT", "the fonts have too many codes")

    def _descent(self, font: dict[str, Any]) -> float:
        about = self._objects.dictionary(font.get("FontDescriptor"))
        descent = self._objects.get(about.get("Descent", 0))
        if not isinstance(descent, (int, float)):
            raise Unreadable("a font without depth")
        return -abs(descent) * 0.001


def _stand_in(number: int, length: int) -> bytes:
    """A name of the same length that no other font bears; the old length is kept or fails."""
    return (b"Z%d" % number).ljust(length, b"z")[: max(length, 1)]


def _as_utf8(name: str) -> str:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return ""
    return str(name)


@cache
def _standard_descent(name: str) -> float | None:
    """The depth of a font whose measures every reader knows, in parts of its size."""
    from pdfminer.fontmetrics import FONT_METRICS

    measures: dict[str, Any] = FONT_METRICS[name][0] if name in FONT_METRICS else {}
    return measures.get("Descent", 0) / 1000 if measures else None
