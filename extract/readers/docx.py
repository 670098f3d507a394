"""Word documents (DOCX): the body in reading order, straight from the XML.

Deleted revisions, field codes and hidden text are not printed and not read; inserted
revisions, field results and text boxes are. A nested table is a table of its own after
the one it stands in; its text is not part of the outer cell.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from extract.document import Place
from extract.readers.blocks import Blocks, Line, cell_text
from extract.readers.grid import Spanned, add_grid
from extract.readers.package import Package
from extract.reasons import Rejected

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

_P, _TBL, _TR, _TC = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_VAL = f"{_W}val"
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_SKIPPED = frozenset(
    {f"{_W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "delInstrText")}
    | {f"{_W}{name}" for name in ("pPr", "rPr", "sectPr", "annotationRef", "tbl", "txbxContent")}
    | {f"{_W}{name}Reference" for name in ("footnote", "endnote", "comment")}
    | {f"{_MC}Fallback"}
)
_TRANSPARENT = frozenset(
    f"{_W}{name}"
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body")
)


def read_docx(package: Package, blocks: Blocks) -> None:
    """Read the main document part into ``blocks``."""
    root = package.xml(_main_part(package))
    if root.tag == f"{_W_STRICT}document":
        root = _as_transitional(root)
    body = root.find(f"{_W}body")
    if body is None:
        raise Rejected("OFFICE_DAMAGED", "the Word document has no body")
    _read_blocks(body, blocks)


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
            element.tag = _W + tag[len(_W_STRICT) :]
        for key, value in list(element.attrib.items()):
            name = str(key)
            if name.startswith(_W_STRICT):
                element.set(_W + name[len(_W_STRICT) :], str(value))
    return root


def _read_blocks(parent: etree._Element, blocks: Blocks) -> None:
    for element in parent.iterchildren(etree.Element):
        if element.tag == _P:
            _read_paragraph(element, blocks)
        elif element.tag == _TBL:
            _read_table(element, blocks)
        elif element.tag in _TRANSPARENT:
            _read_blocks(element, blocks)


def _read_paragraph(paragraph: etree._Element, blocks: Blocks) -> None:
    """Add a paragraph; a line break inside it is a break in print, not in sense."""
    for line in _text(paragraph).split("\n"):
        blocks.paragraph([Line(line, Place())], may_go_on=True)
    for box in _text_boxes(paragraph):
        _read_blocks(box, blocks)


def _text(element: etree._Element) -> str:
    """The printed text of a paragraph, text boxes and nested tables left out."""
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(element: etree._Element, parts: list[str]) -> None:
    for child in element.iterchildren(etree.Element):
        tag = child.tag
        if tag == f"{_W}t":
            parts.append(child.text or "")
        elif tag in _CHARACTERS:
            parts.append(_CHARACTERS[str(tag)])
        elif tag not in _SKIPPED and not (tag == f"{_W}r" and _is_hidden(child)):
            _collect(child, parts)


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(_VAL, "1") not in ("0", "false", "off")


def _text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Contents of text boxes anchored in a paragraph, each once (not its fallback)."""
    for box in element.iter(f"{_W}txbxContent"):
        ancestors = [a.tag for a in box.iterancestors()]
        inside = ancestors[: ancestors.index(_P)] if _P in ancestors else ancestors
        if f"{_MC}Fallback" not in ancestors and f"{_W}txbxContent" not in inside:
            yield box


def _read_table(table: etree._Element, blocks: Blocks) -> None:
    """Add a table and, after it, the tables nested in its cells."""
    rows: list[list[Spanned]] = []
    nested: list[etree._Element] = []
    open_above: dict[int, tuple[int, int]] = {}  # column -> place of the vertical merge's cell
    for element in _rows_of(table):
        row: list[Spanned] = []
        column = _grid_before(element)
        for cell in _cells_of(element):
            span = _span(cell)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(_VAL) != "restart" and column in open_above:
                r, i = open_above[column]
                rows[r][i] = replace(rows[r][i], row_span=len(rows) - r + 1)
            else:
                open_above.pop(column, None)
                if merge is not None:
                    open_above[column] = (len(rows), len(row))
                row.append(Spanned(_cell_text(cell, nested), column, span))
            column += span
            if column > blocks.limits.max_columns:
                raise Rejected("RESOURCE_LIMIT", f"a table row of more than {column} columns")
        rows.append(row)
    add_grid(rows, blocks, Place())
    for inner in nested:
        _read_table(inner, blocks)


def _rows_of(table: etree._Element) -> Iterator[etree._Element]:
    for child in table.iterchildren(etree.Element):
        if child.tag == _TR:
            if child.find(f"{_W}trPr/{_W}del") is None:
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
    return _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)


def _span(cell: etree._Element) -> int:
    return max(1, _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1))


def _number(element: etree._Element | None, default: int) -> int:
    value = element.get(_VAL, "") if element is not None else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default


def _cell_text(cell: etree._Element, nested: list[etree._Element]) -> str:
    """The text of a cell, a line per printed paragraph; nested tables are put aside."""
    lines: list[str] = []

    def walk(parent: etree._Element) -> None:
        for child in parent.iterchildren(etree.Element):
            if child.tag == _P:
                lines.extend(_text(child).split("\n"))
                for box in _text_boxes(child):
                    walk(box)
            elif child.tag == _TBL:
                nested.append(child)
            elif child.tag in _TRANSPARENT:
                walk(child)

    walk(cell)
    return cell_text(lines)
