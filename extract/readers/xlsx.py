"""Excel workbooks (XLSX): streamed from the XML, so that blank millions cost nothing.

Cells are as printed: cached results of formulas, numbers by their format, errors as
``#REF!``. Hidden sheets and rows are not printed and not read.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from extract.readers.blocks import Blocks, cell_text
from extract.readers.number_format import built_in, shown
from extract.readers.package import Package, broken_xml, check_xml
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
    """The text of a string item, its phonetic readings left out."""
    parts: list[str] = []
    for text in item.iter("{*}t"):
        parent = text.getparent()
        if parent is None or not str(parent.tag).endswith("}rPh"):
            parts.append(text.text or "")
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
    hidden = False
    uncalculated = 0
    for event, element in _events(data):
        tag = str(element.tag).rpartition("}")[2]
        if event == "start":
            if tag == "row":
                number = element.get("r") or ""
                row = int(number) - 1 if number.isdigit() and len(number) < 8 else row + 1
                column = -1
                hidden = element.get("hidden") in ("1", "true")
            continue
        if tag == "c":
            reference = _REFERENCE.fullmatch(element.get("r") or "")
            column = _column(reference.group(1)) if reference else column + 1
            text, missing = _value(element, strings, formats, epoch_1904)
            uncalculated += missing
            if text and not hidden:
                sheet.cells[row, column] = text
                if len(sheet.cells) > blocks.limits.max_cells:
                    raise Rejected("RESOURCE_LIMIT", f"more than {blocks.limits.max_cells} cells")
        elif tag == "mergeCell":
            _merge(element.get("ref") or "", sheet)
        if tag in ("c", "row"):
            _forget(element)
    if uncalculated:
        blocks.note("FORMULA_NOT_CALCULATED", f"{sheet.name}: {uncalculated} cells")


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
