"""PDF: lines, paragraphs and ruled tables from characters and rulings."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from extract.document import Document
from extract.document import Table as Grid
from extract.readers import ocr, read_document
from extract.readers.pdf_lines import printed_lines
from extract.readers.pdf_page import Char

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), FONT, 10)]


def build(tmp_path: Path, flow: list[object]) -> Document:
    path = tmp_path / "made.pdf"
    SimpleDocTemplate(str(path), pagesize=A4).build(flow)
    return read_document(path)


def texts(table: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows()]


def ruled(rows: list[list[str]], *spans: tuple[object, ...], widths: list[int]) -> Table:
    return Table(rows, colWidths=widths, style=TableStyle([*GRID, *spans]))


def test_a_ruled_table_with_merged_cells(tmp_path: Path) -> None:
    table = ruled(
        [["科目", "本年支出", ""], ["", "基本", "项目"], ["教育支出", "1,234.50", "—"]],
        ("SPAN", (0, 0), (0, 1)),
        ("SPAN", (1, 0), (2, 0)),
        widths=[120, 90, 90],
    )
    document = build(tmp_path, [Paragraph("支出决算表", ParagraphStyle("p", fontName=FONT)), table])
    assert document.paragraphs[0].text == "支出决算表"
    assert document.page_count == 1
    grid = document.tables[0]
    assert (grid.n_rows, grid.n_columns) == (3, 3)
    placed = {c.text: (c.row, c.column, c.row_span, c.column_span) for c in grid.cells}
    assert placed["科目"] == (0, 0, 2, 1)
    assert placed["本年支出"] == (0, 1, 1, 2)
    assert placed["1,234.50"] == (2, 1, 1, 1)
    place = next(c.place for c in grid.cells if c.text == "1,234.50")
    assert place.page == 1
    assert (place.x1 or 0) - (place.x0 or 0) == pytest.approx(90, abs=0.5)


def test_a_total_alone_on_the_last_page_keeps_its_columns(tmp_path: Path) -> None:
    widths = [40, 40, 40, 120, 90, 90]
    first = ruled([["201", "06", "01", "行政运行", "5.00", "4.00"]], widths=widths)
    last = ruled([["合计", "", "", "", "5.00", "4.00"]], ("SPAN", (0, 0), (3, 0)), widths=widths)
    document = build(tmp_path, [first, PageBreak(), last])
    assert [(c.text, c.column, c.column_span) for c in document.tables[1].cells] == [
        ("合计", 0, 4),
        ("5.00", 4, 1),
        ("4.00", 5, 1),
    ]


def test_lines_become_paragraphs_and_keep_their_pages(tmp_path: Path) -> None:
    style = ParagraphStyle("p", fontName=FONT, fontSize=12, leading=18, firstLineIndent=24)
    style.wordWrap = "CJK"
    long = "某某局本年支出合计为壹佰万元，其中基本支出占六成。" * 60
    short = "第二段只有一行。"
    document = build(tmp_path, [Paragraph(long, style), Paragraph(short, style)])
    assert [p.text for p in document.paragraphs] == [long, short]
    pages = {span.place.page for span in document.paragraphs[0].spans}
    assert pages == {1, 2}
    at = long.rindex("基本支出")
    assert document.paragraphs[0].place_of(at, at + 4).page == 2


def test_page_numbers_are_dropped_and_other_edges_kept(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for number in (1, 2):
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 700, f"第{number}页的正文。")
        canvas.drawString(290, 20, f"- {number} -")
        canvas.drawString(72, 820, "2023年度决算")
        canvas.showPage()
    canvas.save()
    lines = [p.text for p in read_document(path).paragraphs]
    assert lines == ["2023年度决算", "第1页的正文。", "2023年度决算", "第2页的正文。"]


def test_pages_without_text_beside_others_are_noted(tmp_path: Path) -> None:
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (200, 300), "white").save(picture, "PNG")
    picture.seek(0)
    path = tmp_path / "made.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont(FONT, 12)
    canvas.drawString(72, 700, "部门预算公开说明文字。")
    canvas.showPage()
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    document = read_document(path)
    assert document.page_count == 2
    code = "PAGE_NOT_READABLE" if ocr.is_installed() else "OCR_NOT_INSTALLED"
    assert (code, "1 of 2 pages: 2") in document.notes


def char(text: str, x: float, top: float, size: float = 10.0) -> Char:
    return Char(text, x, top, x + size, top + size, size)


def test_digits_set_a_little_off_the_line_stay_in_it() -> None:
    chars = [char("共", 0, 0), char("5", 10, 2.8), char("万", 20, 0), char("元", 30, -1)]
    assert [line.text for line in printed_lines(chars)] == ["共5万元"]


def test_bold_made_by_printing_twice_is_read_once() -> None:
    chars = [c for x, t in ((0, "合"), (10, "计")) for c in (char(t, x, 0), char(t, x + 0.3, 0.1))]
    assert [line.text for line in printed_lines(chars)] == ["合计"]


def test_repeated_digits_are_no_double_print() -> None:
    chars = [Char("1", i * 5.0, 0, i * 5.0 + 5, 10, 10) for i in range(3)]
    assert [line.text for line in printed_lines(chars)] == ["111"]


def test_two_lines_stay_two() -> None:
    assert [line.text for line in printed_lines([char("甲", 0, 0), char("乙", 0, 12)])] == [
        "甲",
        "乙",
    ]


# --- real documents ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "total"),
    [("万里街道", "156,211,123"), ("人民政府办公室", "91,016,775"), ("财政局", "2,940.05")],
)
def test_the_published_total_stands_in_every_expenditure_listing(
    shared_dir: Path, name: str, total: str
) -> None:
    path = next((shared_dir / "disclosures" / "pdf").glob(f"*{name}*.pdf"))
    document = read_document(path)
    rows = [row for table in document.tables for row in table.rows()]
    listings = [row for row in rows if row and row[0].text == "合计" and row[0].column_span == 4]
    assert any(total in cell.text for row in listings for cell in row)
    assert {row[1].column for row in listings} == {4}
