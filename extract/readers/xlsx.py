"""Excel workbooks (XLSX): streamed from the XML, so that blank millions cost nothing.

Cells are as printed: cached results of formulas, numbers by their format, errors as
``#REF!``. Hidden sheets, rows and columns are not printed and not read.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extract.readers.blocks import Blocks, cell_text
from extract.readers.number_format import built_in, shown
from extract.readers.package import Package, broken_xml, check_xml
from extract.readers.raised import is_note_mark
from extract.readers.sheet import Sheet, add_sheet
from extract.reasons import Rejected

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_R_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_xlsx(package: Package, blocks: Blocks) -> None:
    """Read the visible sheets of a workbook into ``blocks``, in their order."""
    main = next((n for n in ("xl/workbook.xml", "xl/workbook2.xml") if n in package.names), None)
    if main is None:
        raise Rejected("OFFICE_DAMAGED", "the workbook part is missing")
    workbook = package.xml(main)
    targets = _targets(package, main)
    strings = _shared_strings(package)
    formats, epoch_1904 = _formats(package), _is_1904(workbook)
    for element in workbook.iter("{*}sheet"):
        name = element.get("name") or ""
        target = targets.get(element.get(f"{_R}id") or element.get(f"{_R_STRICT}id") or "")
        if target is None or "/worksheets/" not in target:
            continue
        if element.get("state", "visible") != "visible":
            blocks.note("SHEET_HIDDEN", name)
            continue
        sheet = Sheet(name)
        _read_sheet(package.read(target), sheet, strings, formats, epoch_1904, blocks)
        add_sheet(sheet, blocks)


def _targets(package: Package, main: str) -> dict[str, str]:
    """Part name of each relationship of the workbook."""
    folder, name = posixpath.split(main)
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in package.names:
        raise Rejected("OFFICE_DAMAGED", "the workbook names no sheets")
    found: dict[str, str] = {}
    for relation in package.xml(rels).iter("{*}Relationship"):
        target = relation.get("Target") or ""
        part = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        found[relation.get("Id") or ""] = posixpath.normpath(part)
    return found


def _shared_strings(package: Package) -> list[str]:
    if "xl/sharedStrings.xml" not in package.names:
        return []
    root = package.xml("xl/sharedStrings.xml")
    return [_rich_text(item) for item in root.iterchildren("{*}si")]


def _rich_text(item: etree._Element) -> str:
    """The text of a string item, its phonetic readings and raised marks of notes left out."""
    parts: list[str] = []
    for part in item.iterchildren("{*}t", "{*}r"):
        run = str(part.tag).endswith("}r")
        text = (part.findtext("{*}t") if run else part.text) or ""
        align = part.find("{*}rPr/{*}vertAlign") if run else None
        is_raised = align is not None and align.get("val") == "superscript"
        if not (is_raised and is_note_mark(text, "".join(parts))):
            parts.append(text)
    return "".join(parts).replace("_x000D_", "")


def _formats(package: Package) -> list[str]:
    """Number format code of each cell style."""
    if "xl/styles.xml" not in package.names:
        return []
    root = package.xml("xl/styles.xml")
    own = {f.get("numFmtId"): f.get("formatCode") or "" for f in root.iter("{*}numFmt")}
    styles = root.find("{*}cellXfs")
    codes: list[str] = []
    for style in styles.iterchildren("{*}xf") if styles is not None else ():
        number = style.get("numFmtId") or "0"
        codes.append(own.get(number) or built_in(int(number) if number.isdigit() else 0))
    return codes


def _is_1904(workbook: etree._Element) -> bool:
    properties = workbook.find("{*}workbookPr")
    return properties is not None and properties.get("date1904") in ("1", "true")


def _read_sheet(
    data: bytes,
    sheet: Sheet,
    strings: list[str],
    formats: list[str],
    epoch_1904: bool,
    blocks: Blocks,
) -> None:
    check_xml(data)
    row = column = -1
    hidden = _Hidden()
    uncalculated: list[str] = []
    errors: list[str] = []
    shows_zeros = True
    for event, element in _events(data):
        tag = str(element.tag).rpartition("}")[2]
        if event == "start":
            if tag == "row":
                number = element.get("r") or ""
                row = int(number) - 1 if number.isdigit() and len(number) < 8 else row + 1
                column = -1
                hidden.row = _is_hidden(element, "ht")
            continue
        if tag == "c":
            reference = _REFERENCE.fullmatch(element.get("r") or "")
            column = _column(reference.group(1)) if reference else column + 1
            text, missing = _value(element, strings, formats, epoch_1904)
            where = reference.group() if reference else f"of row {row + 1}"
            if missing and not hidden.row:
                uncalculated.append(where)
            elif element.get("t") == "e" and not hidden.row:
                errors.append(f"{where} {text[:20]}")
            is_shown = shows_zeros or not _is_stored_zero(element)
            if text and is_shown and not hidden.takes(row, column):
                sheet.cells[row, column] = text
                if len(sheet.cells) > blocks.limits.max_cells:
                    raise Rejected("RESOURCE_LIMIT", f"more than {blocks.limits.max_cells} cells")
        elif tag == "mergeCell":
            _merge(element.get("ref") or "", sheet)
        elif tag == "col":
            hidden.column(element)
        elif tag == "sheetView":
            shows_zeros = element.get("showZeros") not in ("0", "false")
        if tag in ("c", "row"):
            _forget(element)
    for code, cells in (("FORMULA_NOT_CALCULATED", uncalculated), ("FORMULA_ERROR", errors)):
        if cells:
            blocks.note(code, f"{sheet.name}: {len(cells)} cells, the first {cells[0]}")
    if hidden.detail:
        blocks.note("CELLS_HIDDEN", f"{sheet.name}: {hidden.detail}")


@dataclass(slots=True)
class _Hidden:
    """Which rows and columns are hidden, and which of them hold something."""

    row: bool = False
    """Whether the present row is hidden."""
    _spans: list[tuple[int, int]] = field(default_factory=list)
    _rows: set[int] = field(default_factory=set)
    _columns: set[int] = field(default_factory=set)

    def column(self, element: etree._Element) -> None:
        """Take the description of a run of columns into account."""
        first, last = element.get("min") or "", element.get("max") or ""
        if first.isdigit() and last.isdigit() and _is_hidden(element, "width"):
            self._spans.append((int(first) - 1, int(last) - 1))

    def takes(self, row: int, column: int) -> bool:
        """Tell whether a cell with something in it is hidden, and remember it."""
        if self.row:
            self._rows.add(row)
        elif any(first <= column <= last for first, last in self._spans):
            self._columns.add(column)
        else:
            return False
        return True

    @property
    def detail(self) -> str:
        """What is hidden, in words."""
        found = ((len(self._rows), "rows"), (len(self._columns), "columns"))
        return ", ".join(f"{count} {what}" for count, what in found if count)


def _is_hidden(element: etree._Element, size: str) -> bool:
    """True for a row or column that is marked as hidden, or has no height or width."""
    if element.get("hidden") in ("1", "true"):
        return True
    return (element.get(size) or "1").strip("0.") == ""


def _is_stored_zero(cell: etree._Element) -> bool:
    value = cell.findtext("{*}v") or ""
    return (cell.get("t") or "n") == "n" and value.strip("-0.") == "" and "0" in value


def _events(data: bytes) -> Iterator[tuple[str, etree._Element]]:
    try:
        yield from etree.iterparse(
            io.BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True
        )
    except etree.XMLSyntaxError as error:
        raise broken_xml(error) from None


def _forget(element: etree._Element) -> None:
    """Drop an element that was read, and those before it, from memory."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _value(
    cell: etree._Element, strings: list[str], formats: list[str], epoch_1904: bool
) -> tuple[str, bool]:
    """The printed text of a cell, and whether it is a formula without a stored result."""
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return (cell_text(_rich_text(inline).split("\n")) if inline is not None else ""), False
    value = cell.find("{*}v")
    stored = (value.text or "") if value is not None else ""
    if not stored:
        return "", cell.find("{*}f") is not None and kind != "str"
    if kind == "s":
        known = stored.isdigit() and len(stored) < 10 and int(stored) < len(strings)
        return (cell_text(strings[int(stored)].split("\n")) if known else ""), False
    if kind == "n":
        style = cell.get("s") or "0"
        index = int(style) if style.isdigit() and len(style) < 9 else 0
        return shown(
            stored, formats[index] if index < len(formats) else "General", epoch_1904
        ), False
    if kind == "b":
        return ("TRUE" if stored == "1" else "FALSE"), False
    return cell_text(stored.split("\n")), False


def _merge(reference: str, sheet: Sheet) -> None:
    first, _, last = reference.partition(":")
    a, b = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if a and b:
        top, left = int(a.group(2)) - 1, _column(a.group(1))
        rows, columns = int(b.group(2)) - top, _column(b.group(1)) - left + 1
        if rows > 0 and columns > 0:
            sheet.merges[top, left] = (rows, columns)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
