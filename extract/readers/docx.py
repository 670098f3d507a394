"""Word documents (DOCX): the body in reading order, straight from the XML.

Deleted and struck-out text, field codes, comments and hidden text are not read; inserted
revisions, field results and text boxes are. A nested table is a table of its own after
the one it stands in; its text is not part of the outer cell. A note follows what its mark
stands in: the paragraph, or the table under a heading.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from extract.document import Place
from extract.readers.blocks import Blocks, Line, cell_text
from extract.readers.docx_text import TBL, VAL, P, Runs, W, hidden_styles, is_on, text_boxes
from extract.readers.grid import Spanned, add_grid
from extract.readers.package import Package
from extract.reasons import Rejected

_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

_TR, _TC = f"{W}tr", f"{W}tc"
_TRANSPARENT = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body")
)
_SENTENCE_ENDS = ("。", "；", ";")


def read_docx(package: Package, blocks: Blocks) -> None:
    """Read the main document part, and the notes it refers to, into ``blocks``."""
    main = _main_part(package)
    body = _part(package, main).find(f"{W}body")
    if body is None:
        raise Rejected("OFFICE_DAMAGED", "the Word document has no body")
    _Body(package, posixpath.dirname(main), blocks).read(body)


def _part(package: Package, name: str) -> etree._Element:
    root = package.xml(name)
    return _as_transitional(root) if str(root.tag).startswith(_W_STRICT) else root


def _main_part(package: Package) -> str:
    """Name of the main part, by the package's relationships."""
    if "_rels/.rels" in package.names:
        for relation in package.xml("_rels/.rels").iter(f"{_RELS}Relationship"):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                return posixpath.normpath((relation.get("Target") or "").lstrip("/"))
    return "word/document.xml"


def _as_transitional(root: etree._Element) -> etree._Element:
    """Rename the strict namespace, so that one set of names serves both."""
    for element in root.iter(etree.Element):
        tag = str(element.tag)
        if tag.startswith(_W_STRICT):
            element.tag = W + tag[len(_W_STRICT) :]
        for key, value in list(element.attrib.items()):
            name = str(key)
            if name.startswith(_W_STRICT):
                element.set(W + name[len(_W_STRICT) :], str(value))
    return root


class _Body:
    """Goes through the blocks of a document."""

    def __init__(self, package: Package, folder: str, blocks: Blocks) -> None:
        self._package = package
        self._folder = folder
        self._blocks = blocks
        styles = f"{folder}/styles.xml"
        has_styles = styles in package.names
        self._runs = Runs(hidden_styles(_part(package, styles)) if has_styles else frozenset())
        self._notes: dict[tuple[str, str], etree._Element] | None = None
        self._chunks = 0

    def read(self, body: etree._Element) -> None:
        """Add all that is printed, and note what could not be read."""
        self._read_blocks(body)
        self._add_notes()
        embedded = self._runs.embedded + self._chunks
        if embedded:
            self._blocks.note("EMBEDDED_NOT_READ", f"{embedded} embedded documents or sheets")
        if self._runs.page_pictures:
            pictures = f"{self._runs.page_pictures} pictures as large as a page"
            self._blocks.note("PAGE_NOT_READABLE", pictures)

    def _read_blocks(self, parent: etree._Element) -> None:
        for element in parent.iterchildren(etree.Element):
            if element.tag == P:
                self._read_paragraph(element)
            elif element.tag == TBL:
                self._read_table(element)
                self._add_notes()
            elif element.tag == f"{W}altChunk":
                self._chunks += 1
            elif element.tag in _TRANSPARENT:
                self._read_blocks(element)

    def _read_paragraph(self, paragraph: etree._Element) -> None:
        """Add a paragraph; a line break inside it is a break in print, not in sense."""
        text = self._runs.text(paragraph)
        for line in text.split("\n"):
            self._blocks.paragraph([Line(line, Place())], may_go_on=True)
        for box in text_boxes(paragraph):
            self._read_blocks(box)
        if text.rstrip().endswith(_SENTENCE_ENDS):
            self._add_notes()  # a heading's notes wait for the table under it

    def _add_notes(self) -> None:
        """Add the notes whose marks were met."""
        if not self._runs.notes:
            return
        if self._notes is None:
            self._notes = {}
            for kind in ("footnote", "endnote"):
                name = f"{self._folder}/{kind}s.xml"
                root = _part(self._package, name) if name in self._package.names else ()
                for note in root:
                    self._notes[kind, note.get(f"{W}id") or ""] = note
        marks = list(dict.fromkeys(self._runs.notes))
        self._runs.notes.clear()
        for mark in marks:
            if mark in self._notes:
                self._read_blocks(self._notes.pop(mark))

    def _read_table(self, table: etree._Element) -> None:
        """Add a table and, after it, the tables nested in its cells."""
        rows: list[list[Spanned]] = []
        nested: list[etree._Element] = []
        open_above: dict[int, tuple[int, int]] = {}  # column -> place of the merge's first cell
        for element in _rows_of(table):
            row: list[Spanned] = []
            column = _grid_before(element)
            for cell in _cells_of(element):
                span = _span(cell)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(VAL) != "restart" and column in open_above:
                    r, i = open_above[column]
                    rows[r][i] = replace(rows[r][i], row_span=len(rows) - r + 1)
                else:
                    open_above.pop(column, None)
                    if merge is not None:
                        open_above[column] = (len(rows), len(row))
                    row.append(Spanned(self._cell_text(cell, nested), column, span))
                column += span
                if column > self._blocks.limits.max_columns:
                    raise Rejected("RESOURCE_LIMIT", f"a table row of more than {column} columns")
            rows.append(row)
        add_grid(rows, self._blocks, Place())
        for inner in nested:
            self._read_table(inner)

    def _cell_text(self, cell: etree._Element, nested: list[etree._Element]) -> str:
        """The text of a cell, a line per printed paragraph; nested tables are put aside."""
        if cell.find(f"{W}tcPr/{W}cellDel") is not None:
            return ""
        lines: list[str] = []

        def walk(parent: etree._Element) -> None:
            for child in parent.iterchildren(etree.Element):
                if child.tag == P:
                    lines.extend(self._runs.text(child).split("\n"))
                    for box in text_boxes(child):
                        walk(box)
                elif child.tag == TBL:
                    nested.append(child)
                elif child.tag == f"{W}altChunk":
                    self._chunks += 1
                elif child.tag in _TRANSPARENT:
                    walk(child)

        walk(cell)
        return cell_text(lines)


def _rows_of(table: etree._Element) -> Iterator[etree._Element]:
    for child in table.iterchildren(etree.Element):
        if child.tag == _TR:
            properties = child.find(f"{W}trPr")
            if properties is None or not (
                properties.find(f"{W}del") is not None or is_on(properties.find(f"{W}hidden"))
            ):
                yield child
        elif child.tag in _TRANSPARENT:
            yield from _rows_of(child)


def _cells_of(row: etree._Element) -> Iterator[etree._Element]:
    for child in row.iterchildren(etree.Element):
        if child.tag == _TC:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _cells_of(child)


def _grid_before(row: etree._Element) -> int:
    return _number(row.find(f"{W}trPr/{W}gridBefore"), 0)


def _span(cell: etree._Element) -> int:
    return max(1, _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1))


def _number(element: etree._Element | None, default: int) -> int:
    value = element.get(VAL, "") if element is not None else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default
