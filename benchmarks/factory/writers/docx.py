"""DOCX with real merged cells, repeated header rows and East Asian fonts."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from benchmarks.factory.blocks import Disclosure, Fact, PageBreak, Paragraph, Table
from benchmarks.factory.writers import Printing, Spot, Written
from benchmarks.factory.writers.archive import normalise

_ALIGN = {
    "title": WD_ALIGN_PARAGRAPH.CENTER,
    "caption": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def write(disclosure: Disclosure, _printing: Printing) -> Written:
    """Write a landscape A4 document in the order of the blocks."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    _slim(document)
    normal = document.styles["Normal"]
    normal.font.name = "SimSun"
    normal.font.size = Pt(10)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    document.core_properties.title = disclosure.title
    document.core_properties.author = ""
    facts: list[tuple[Fact, Spot]] = []
    pending_break = False
    for block in disclosure.blocks:
        if isinstance(block, PageBreak):
            pending_break = True
        elif isinstance(block, Paragraph):
            paragraph = document.add_paragraph()
            if pending_break:
                paragraph.add_run().add_break(WD_BREAK.PAGE)
                pending_break = False
            run = paragraph.add_run(block.text)
            run.bold = block.style in ("title", "heading", "caption")
            paragraph.alignment = _ALIGN.get(block.style)
            facts += [(fact, Spot()) for fact in block.facts]
        else:
            if pending_break:
                document.add_page_break()
                pending_break = False
            facts += _table(document, block)
            document.add_paragraph()
    out = io.BytesIO()
    document.save(out)
    return Written(normalise(out.getvalue()), tuple(facts))


def _slim(document: object) -> None:
    """Drop the template's unused table styles: they are nine tenths of an empty file."""
    styles = document.styles.element  # type: ignore[attr-defined]
    for style in list(styles):
        kind = style.get(qn("w:type"))
        if kind == "table" and style.get(qn("w:styleId")) not in ("TableNormal", "TableGrid"):
            styles.remove(style)
    relations = document.part.rels  # type: ignore[attr-defined]
    for key in [k for k, r in relations.items() if r.reltype.endswith("stylesWithEffects")]:
        del relations[key]


def _table(document: object, block: Table) -> list[tuple[Fact, Spot]]:
    """Build the table's XML directly: python-docx is slow at merging cells."""
    columns = len(block.widths)
    table = document.add_table(rows=0, cols=columns)  # type: ignore[attr-defined]
    table.style = "Table Grid"
    facts: list[tuple[Fact, Spot]] = []
    covered: dict[tuple[int, int], int] = {}
    for r, row in enumerate(block.rows):
        tr = OxmlElement("w:tr")
        if r < block.header_rows:
            properties = OxmlElement("w:trPr")
            properties.append(OxmlElement("w:tblHeader"))
            tr.append(properties)
        c = 0
        while c < columns:
            cell = row[c]
            if cell is None:
                span = covered.get((r, c), 1)
                tr.append(_cell("", span, "continue"))
                c += span
                continue
            for down in range(1, cell.row_span):
                covered[r + down, c] = cell.column_span
            merge = "restart" if cell.row_span > 1 else ""
            tr.append(_cell(cell.text, cell.column_span, merge))
            if cell.fact is not None:
                facts.append((cell.fact, Spot(row=r, column=c)))
            c += cell.column_span
        table._tbl.append(tr)
    return facts


def _cell(text: str, span: int, merge: str) -> object:
    tc = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    if span > 1:
        grid = OxmlElement("w:gridSpan")
        grid.set(qn("w:val"), str(span))
        properties.append(grid)
    if merge:
        vertical = OxmlElement("w:vMerge")
        vertical.set(qn("w:val"), merge)
        properties.append(vertical)
    tc.append(properties)
    for line in text.split("\n"):
        paragraph, run, words = (OxmlElement(tag) for tag in ("w:p", "w:r", "w:t"))
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
        paragraph.append(run)
        tc.append(paragraph)
    return tc
