"""The printed text of a Word paragraph (DOCX 段落文字), and what hangs on it.

Knows runs: which are printed, which are struck out, hidden or deleted, which are the mark of
a note. How paragraphs and tables follow each other is in ``docx``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extract.readers.raised import is_note_mark

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

P, TBL = f"{W}p", f"{W}tbl"
VAL = f"{W}val"
_R, _T = f"{W}r", f"{W}t"
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_SKIPPED = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "delInstrText")}
    | {f"{W}{name}" for name in ("pPr", "rPr", "sectPr", "annotationRef", "tbl", "txbxContent")}
    | {f"{W}commentReference", f"{MC}Fallback"}
)
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_SHEETS = ("Excel.", "ET.", "Word.", "WPS.", "KWPS.", "KET.")
"""What embeds tables; formulas and pictures are embedded too."""
_PAGE_WIDTH, _PAGE_HEIGHT = 4_300_000, 5_700_000
"""12 by 16 cm in EMU: a picture as large is a scanned page."""


@dataclass(slots=True)
class Runs:
    """Reads paragraphs of one document and remembers what they refer to."""

    hidden_styles: frozenset[str] = frozenset()
    notes: list[tuple[str, str]] = field(default_factory=list)
    """(footnote or endnote, id) in the order of their marks, until somebody takes them."""
    embedded: int = 0
    """Sheets and documents inside the document."""
    page_pictures: int = 0

    def text(self, paragraph: etree._Element) -> str:
        """The printed text of a paragraph, text boxes and nested tables left out."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(VAL) in self.hidden_styles:
            return ""
        parts: list[str] = []
        self._collect(paragraph, parts)
        return "".join(parts)

    def _collect(self, element: etree._Element, parts: list[str]) -> None:
        for child in element.iterchildren(etree.Element):
            tag = child.tag
            if tag == _T:
                parts.append(child.text or "")
            elif tag in _CHARACTERS:
                parts.append(_CHARACTERS[str(tag)])
            elif tag in _NOTES:
                self.notes.append((_NOTES[str(tag)], child.get(f"{W}id", "")))
            elif tag == f"{_OFFICE}OLEObject":
                self.embedded += (child.get("ProgID") or "").startswith(_SHEETS)
            elif tag == f"{_DRAWING}extent":
                self.page_pictures += _is_page(child)
            elif tag == _R:
                self._run(child, parts)
            elif tag not in _SKIPPED:
                self._collect(child, parts)

    def _run(self, run: etree._Element, parts: list[str]) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None and self._is_not_printed(properties):
            return
        own: list[str] = []
        self._collect(run, own)
        text = "".join(own)
        if not (_is_raised(properties) and is_note_mark(text, "".join(parts[-3:]))):
            parts.append(text)

    def _is_not_printed(self, properties: etree._Element) -> bool:
        """True for a run that is hidden or struck out, by itself or by its style."""
        style = properties.find(f"{W}rStyle")
        if style is not None and style.get(VAL) in self.hidden_styles:
            return True
        return any(is_on(properties.find(f"{W}{name}")) for name in ("vanish", "strike", "dstrike"))


def is_on(switch: etree._Element | None) -> bool:
    """Tell whether a switch of a format is there and on."""
    return switch is not None and switch.get(VAL, "1") not in ("0", "false", "off", "none")


def _is_raised(properties: etree._Element | None) -> bool:
    align = properties.find(f"{W}vertAlign") if properties is not None else None
    return align is not None and align.get(VAL) == "superscript"


def _is_page(extent: etree._Element) -> bool:
    sides = [extent.get(name, "") for name in ("cx", "cy")]
    if not all(side.isascii() and side.isdigit() and len(side) < 12 for side in sides):
        return False
    return int(sides[0]) >= _PAGE_WIDTH and int(sides[1]) >= _PAGE_HEIGHT


def hidden_styles(styles: etree._Element) -> frozenset[str]:
    """Return the styles whose text is not printed, those based on them included."""
    hidden: set[str] = set()
    based: dict[str, str] = {}
    for style in styles.iterchildren(f"{W}style"):
        name = style.get(f"{W}styleId") or ""
        if is_on(style.find(f"{W}rPr/{W}vanish")):
            hidden.add(name)
        above = style.find(f"{W}basedOn")
        if above is not None and style.find(f"{W}rPr/{W}vanish") is None:
            based[name] = above.get(VAL) or ""
    found = set(hidden)
    for name in based:
        seen, at = {name}, based[name]
        while at not in hidden and at in based and at not in seen:
            seen.add(at)
            at = based[at]
        if at in hidden:
            found.add(name)
    return frozenset(found)


def text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Contents of text boxes anchored in a paragraph, each once (not its fallback)."""
    for box in element.iter(f"{W}txbxContent"):
        ancestors = [a.tag for a in box.iterancestors()]
        inside = ancestors[: ancestors.index(P)] if P in ancestors else ancestors
        if f"{MC}Fallback" not in ancestors and f"{W}txbxContent" not in inside:
            yield box
