"""DOCX, XLSX, XLS numbers and HTML: the same grid from every format."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from extract.document import Document, Paragraph, Table
from extract.readers import read_document
from extract.readers.number_format import plain, shown
from extract.reasons import Rejected


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows()]


def spans(table: Table) -> dict[str, tuple[int, int, int, int]]:
    return {c.text: (c.row, c.column, c.row_span, c.column_span) for c in table.cells if c.text}


def save(document: docx.document.Document, tmp_path: Path) -> Document:
    path = tmp_path / "made.docx"
    document.save(str(path))
    return read_document(path)


# --- DOCX --------------------------------------------------------------------------------


def test_docx_merged_cells_appear_once_with_their_spans(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("收入决算表")
    table = made.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "科目"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "本年收入"
    for column, text in ((1, "合计"), (2, "拨款")):
        table.cell(1, column).text = text
    for column, text in enumerate(("教育支出", "12.30", "12.30")):
        table.cell(2, column).text = text
    document = save(made, tmp_path)
    assert document.paragraphs[0].text == "收入决算表"
    assert spans(document.tables[0]) == {
        "科目": (0, 0, 2, 1),
        "本年收入": (0, 1, 1, 2),
        "合计": (1, 1, 1, 1),
        "拨款": (1, 2, 1, 1),
        "教育支出": (2, 0, 1, 1),
        "12.30": (2, 2, 1, 1),
    }
    assert (document.tables[0].n_rows, document.tables[0].n_columns) == (3, 3)


def test_docx_reads_what_is_printed_and_only_that(tmp_path: Path) -> None:
    made = docx.Document()
    made.element.body.insert(
        0,
        parse_xml(
            f"<w:p {nsdecls('w')}>"
            "<w:r><w:t>支出合计</w:t></w:r>"
            "<w:del><w:r><w:delText>99.99</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>12.50</w:t></w:r></w:ins>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            "<w:r><w:t>万元</w:t></w:r></w:p>"
        ),
    )
    assert save(made, tmp_path).paragraphs[0].text == "支出合计12.50万元"


def runs(*marked: tuple[str, str]) -> str:
    """Runs with a property each, such as ``("1", '<w:vertAlign w:val="superscript"/>')``."""
    return "".join(
        f"<w:r><w:rPr>{mark}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"
        for text, mark in marked
    )


RAISED = '<w:vertAlign w:val="superscript"/>'


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ([("123.45", ""), ("1", RAISED)], "123.45"),
        ([("收入合计", ""), ("[2]", RAISED)], "收入合计"),
        ([("面积120m", ""), ("2", RAISED)], "面积120m2"),
        ([("①", RAISED), ("数据来源", "")], "①数据来源"),
        ([("100", "<w:strike/>"), ("200", "")], "200"),
        ([("1", '<w:strike w:val="0"/>'), ("2", "<w:dstrike/>")], "1"),
        ([("见", ""), ("暗", '<w:rStyle w:val="Inner"/>')], "见"),
    ],
)
def test_docx_marks_of_notes_and_struck_text_are_no_content(
    tmp_path: Path, marked: list[tuple[str, str]], text: str
) -> None:
    made = docx.Document()
    for style in (
        '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Inner"><w:basedOn w:val="Secret"/></w:style>',
    ):
        made.styles.element.append(parse_xml(style.replace(" ", f" {nsdecls('w')} ", 1)))
    made.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{runs(*marked)}</w:p>"))
    assert save(made, tmp_path).paragraphs[0].text == text


def with_notes(path: Path, notes: dict[int, str]) -> None:
    """Add a part with footnotes to a saved document."""
    listed = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>{runs((text, ""))}</w:p>'
        "</w:footnote>"
        for number, text in notes.items()
    )
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(
            "word/footnotes.xml", f"<w:footnotes {nsdecls('w')}>{listed}</w:footnotes>"
        )


def test_docx_notes_follow_what_their_mark_stands_in(tmp_path: Path) -> None:
    def mark(number: int) -> str:
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    def paragraph(text: str, number: int) -> str:
        return f"<w:p {nsdecls('w')}>{runs((text, ''))}{mark(number)}</w:p>"

    made = docx.Document()
    body = made.element.body
    table = made.add_table(1, 2)
    table.cell(0, 0).text = "合计"
    table.cell(0, 1)._tc.append(parse_xml(paragraph("7.50", 3)))
    body.insert(0, parse_xml(paragraph("收入决算表", 2)))
    body.insert(0, parse_xml(paragraph("本年收入7.50万元。", 1)))
    path = tmp_path / "notes.docx"
    made.save(str(path))
    with_notes(path, {1: "不含结转", 2: "单位自报", 3: "含上年", 4: "没有引用"})
    document = read_document(path)
    shown_blocks = [
        block.text if isinstance(block, Paragraph) else texts(block) for block in document.blocks
    ]
    assert shown_blocks == [
        "本年收入7.50万元。",
        "不含结转",
        "收入决算表",
        [["合计", "7.50"]],
        "单位自报",
        "含上年",
    ]


def test_docx_what_is_embedded_or_a_picture_is_noted(tmp_path: Path) -> None:
    office = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
    drawing = f"{nsdecls('w', 'wp')}"
    made = docx.Document()
    made.add_paragraph("部门决算")
    for xml in (
        f'<w:p {nsdecls("w")} {office}><w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/>'
        '<o:OLEObject ProgID="Equation.3"/></w:object></w:r></w:p>',
        f"<w:altChunk {nsdecls('w')}/>",
        f'<w:p {drawing}><w:r><w:drawing><wp:inline><wp:extent cx="5400000" cy="7600000"/>'
        "</wp:inline></w:drawing></w:r></w:p>",
        f'<w:p {drawing}><w:r><w:drawing><wp:inline><wp:extent cx="540000" cy="760000"/>'
        "</wp:inline></w:drawing></w:r></w:p>",
    ):
        made.element.body.insert(0, parse_xml(xml))
    assert save(made, tmp_path).notes == (
        ("EMBEDDED_NOT_READ", "2 embedded documents or sheets"),
        ("PAGE_NOT_READABLE", "1 pictures as large as a page"),
    )


def test_docx_deleted_and_hidden_rows_and_cells_are_not_read(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(3, 2)
    for r, row in enumerate((["项目", "金额"], ["旧", "1"], ["新", "2"])):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    hide = parse_xml(f"<w:hidden {nsdecls('w')}/>")
    table.rows[1]._tr.get_or_add_trPr().append(hide)
    table.cell(2, 1)._tc.get_or_add_tcPr().append(
        parse_xml(f"<w:cellDel {nsdecls('w')} w:id='1' w:author='a'/>")
    )
    assert texts(save(made, tmp_path).tables[0]) == [["项目", "金额"], ["新", ""]]


def test_docx_nested_tables_and_text_boxes_stand_for_themselves(tmp_path: Path) -> None:
    made = docx.Document()
    outer = made.add_table(1, 2)
    outer.cell(0, 0).text = "外"
    outer.cell(0, 1).text = "层"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内", "表"
    box = parse_xml(
        f"<w:p {nsdecls('w')}><w:r><w:t>正文</w:t></w:r><w:r><w:pict><w:txbxContent>"
        "<w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    made.element.body.insert(0, box)
    document = save(made, tmp_path)
    assert [texts(t) for t in document.tables] == [[["外", "层"]], [["内", "表"]]]
    assert [p.text for p in document.paragraphs] == ["正文", "框内"]


def test_a_header_that_a_converter_stretched_is_spread_again(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(4, 6)
    rows = [
        ["名称", "本年", "上年"],
        ["", "小计", "拨款", "小计", "拨款", "其他"],
        ["某局", "3", "3", "5.0", "4.0", "1.0"],
        ["合计", "3.5", "3", "5.0", "4.0"],
    ]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(0, 2).merge(table.cell(0, 5))
    document = save(made, tmp_path)
    found = spans(document.tables[0])
    assert found["名称"] == (0, 0, 2, 1)
    assert found["本年"] == (0, 1, 1, 2)
    assert found["上年"] == (0, 3, 1, 3)


def test_a_row_that_a_converter_tore_in_two_even_halves_is_whole_again(tmp_path: Path) -> None:
    page = "<table><tr><td>一级<td>二级<td>三级<td>数值</tr>"
    page += "<tr><td>产出<td>数量<td>培训人数<td>30</tr>"
    page += "<tr><td colspan=2><td colspan=2>效益</tr>"
    page += "<tr><td colspan=2>社会效益<td colspan=2>良好</tr>"
    page += "<tr><td colspan=2>说明<td colspan=2>无</tr></table>"
    assert texts(html(tmp_path, page).tables[0])[2:] == [
        ["", "效益", "社会效益", "良好"],
        ["说明", "无"],
    ]


# --- XLSX --------------------------------------------------------------------------------


def workbook(tmp_path: Path, fill) -> Path:  # type: ignore[no-untyped-def]
    book = openpyxl.Workbook()
    fill(book)
    path = tmp_path / "made.xlsx"
    book.save(path)
    return path


def test_xlsx_numbers_are_as_printed_without_noise(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet.title = "支出"
        sheet.append(["项目", "金额", "比例", "代码"])
        sheet.append(["办公费", 10122.377376, 0.9372, 3])
        sheet.append(["合计", 0.1 + 0.2, 1, 205])
        sheet["B2"].number_format = "#,##0.00"
        sheet["C2"].number_format = sheet["C3"].number_format = "0.00%"
        sheet["D2"].number_format = "00"

    document = read_document(workbook(tmp_path, fill))
    assert texts(document.tables[0])[1:] == [
        ["办公费", "10,122.377376", "93.72%", "03"],
        ["合计", "0.3", "100.00%", "205"],
    ]
    place = document.tables[0].cells[5].place
    assert (place.sheet, place.line_start, place.column_index) == ("支出", 2, 1)


def test_xlsx_captions_merges_and_several_tables(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet["A1"] = "收入总表"
        sheet.merge_cells("A1:C1")
        sheet["C2"] = "单位：万元"
        for row in (["科目", "收入", None], [None, "合计", "拨款"], ["教育支出", 5, 5]):
            sheet.append(row)
        sheet.merge_cells("A3:A4")
        sheet.merge_cells("B3:C3")
        sheet["A6"] = "注：本表无其他说明。"
        sheet["A8"] = "支出总表"
        sheet["A9"], sheet["B9"] = "项目", "金额"
        sheet["A10"], sheet["B10"] = "合计", 7.5

    document = read_document(workbook(tmp_path, fill))
    assert [p.text for p in document.paragraphs] == [
        "收入总表",
        "单位：万元",
        "注：本表无其他说明。",
        "支出总表",
    ]
    assert spans(document.tables[0])["科目"] == (0, 0, 2, 1)
    assert spans(document.tables[0])["收入"] == (0, 1, 1, 2)
    assert texts(document.tables[1]) == [["项目", "金额"], ["合计", "7.5"]]


def test_xlsx_hidden_sheets_rows_and_columns_are_not_read(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["项目", "金额", "底稿", "备注"])
        book.active.append(["暗", 1, 7, "x"])
        book.active.append(["明", 2, 8, "y"])
        book.active.column_dimensions["C"].hidden = True
        book.active.row_dimensions[2].hidden = True
        hidden = book.create_sheet("草稿")
        hidden.append(["项目", "金额"])
        hidden.sheet_state = "hidden"

    document = read_document(workbook(tmp_path, fill))
    shown_texts = {c.text for t in document.tables for c in t.cells}
    assert shown_texts >= {"明", "2", "y"}
    assert not shown_texts & {"暗", "底稿", "7", "8"}
    assert document.notes == (
        ("CELLS_HIDDEN", "Sheet: 1 rows, 1 columns"),
        ("SHEET_HIDDEN", "草稿"),
    )


def test_xlsx_marks_of_notes_and_zeros_that_are_not_shown(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        raised = InlineFont(vertAlign="superscript")
        book.active.append(["项目", "金额", "上年"])
        book.active.append(["合计", CellRichText("123.45", TextBlock(raised, "1")), 0])
        book.active.append(["面积", CellRichText("8m", TextBlock(raised, "2")), "0"])
        book.active.sheet_view.showZeros = False

    document = read_document(workbook(tmp_path, fill))
    assert texts(document.tables[0])[1:] == [["合计", "123.45", ""], ["面积", "8m2", "0"]]


def test_xlsx_formula_without_result_is_noted_and_blank(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["项目", "金额"])
        book.active.append(["合计", "=1+1"])

    document = read_document(workbook(tmp_path, fill))
    assert texts(document.tables[0])[1] == ["合计", ""]
    assert document.notes == (("FORMULA_NOT_CALCULATED", "Sheet: 1 cells, the first B2"),)


def test_xlsx_an_error_in_place_of_a_figure_is_noted(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["项目", "金额"])
        book.active.append(["合计", "#REF!"])

    document = read_document(workbook(tmp_path, fill))
    assert texts(document.tables[0])[1] == ["合计", "#REF!"]
    assert document.notes == (("FORMULA_ERROR", "Sheet: 1 cells, the first B2 #REF!"),)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10122.377376, "10122.377376"),
        (0.1 + 0.2, "0.3"),
        (1e16, "10000000000000000"),
        (3.0, "3"),
        (1e-7, "0.0000001"),
    ],
)
def test_doubles_are_printed_plainly(value: float, text: str) -> None:
    assert plain(value) == text


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("15.2592", "0.000000", "15.259200"),
        ("1234567.891", "#,##0.00", "1,234,567.891"),
        ("-1234.5", "#,##0.00_);[Red]\\(#,##0.00\\)", "-1,234.50"),
        ("45292", "yyyy-mm-dd", "2024-01-01"),
        ("12.5", 'General"万元"', "12.5"),
        ("1.5E-2", "0.00%", "1.50%"),
        ("#REF!", "0.00", "#REF!"),
        ("1234.5600000001", "#,##0.00", "1,234.56"),
        ("-1.4551915228367E-11", "0.00", "0.00"),
        ("5", "@", "5"),
        ("7", '"第"0"号"', "7"),
        ("0.5", "# ?/?", "0.5"),
        ("2023", "[>3000]0.0;0", "2023"),
    ],
)
def test_number_formats_add_but_never_take_away(stored: str, code: str, text: str) -> None:
    assert shown(stored, code) == text


ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("0", ACCOUNTING, "-"),
        ("-1234.5", ACCOUNTING, "-1,234.50"),
        ("0", '#,##0.00;-#,##0.00;""', ""),
        ("5", ";;;", ""),
        ("0", "#,##0.00", "0.00"),
    ],
)
def test_what_a_format_prints_in_place_of_a_value(stored: str, code: str, text: str) -> None:
    assert shown(stored, code) == text


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("1234567", "#,##0,", "1,234.567"),
        ("12345", "0!.0,", "1.2345"),
        ("123450000", '0!.0000,"万元"', "12.345"),
        ("123450000", "0\\.0000,", "12.345"),
    ],
)
def test_formats_that_print_by_the_thousand(stored: str, code: str, text: str) -> None:
    assert shown(stored, code) == text


# --- HTML --------------------------------------------------------------------------------


def html(tmp_path: Path, body: str, encoding: str = "utf-8") -> Document:
    path = tmp_path / "page.html"
    page = f'<html><head><meta charset="{encoding}"></head><body>{body}</body></html>'
    path.write_bytes(page.encode(encoding))
    return read_document(path)


def test_html_spans_and_layout_tables(tmp_path: Path) -> None:
    document = html(
        tmp_path,
        "<table><tr><td>菜单<td><p>部门决算<table>"
        '<tr><th rowspan=2>科目</th><th colspan="2">支出</th></tr>'
        "<tr><td>基本<br>支出</td><td>项目支出</td></tr>"
        "<tr><td>合计<td>1.00<td>2.00</tr></table></table><script>var 预算=1</script>",
        "gb18030",
    )
    assert document.encoding == "gb18030"
    assert [p.text for p in document.paragraphs] == ["菜单", "部门决算"]
    assert spans(document.tables[0]) == {
        "科目": (0, 0, 2, 1),
        "支出": (0, 1, 1, 2),
        "基本\n支出": (1, 1, 1, 1),
        "项目支出": (1, 2, 1, 1),
        "合计": (2, 0, 1, 1),
        "1.00": (2, 1, 1, 1),
        "2.00": (2, 2, 1, 1),
    }


def test_html_marks_of_notes_and_struck_text_are_no_content(tmp_path: Path) -> None:
    body = "<table><tr><td>项目<td>金额<td>说明</tr><tr><td>合计<sup>2</sup>"
    body += "<td>123.45<sup>1</sup><td>8m<sup>2</sup></tr>"
    body += "<tr><td>新<td><s>100</s>200<td><del>旧</del>新</tr>"
    body += '<tr><td>再<td>7<span style="vertical-align:super">[3]</span>'
    body += '<td><span style="text-decoration: line-through">9</span>8</tr></table>'
    assert texts(html(tmp_path, body).tables[0])[1:] == [
        ["合计", "123.45", "8m2"],
        ["新", "200", "新"],
        ["再", "7", "8"],
    ]


def test_html_digits_as_entities_and_breaks_in_cells(tmp_path: Path) -> None:
    body = "<table><tr><td>项目<td>金额</tr><tr><td>合&nbsp;计<td>&#49;&#x32;&#46;&#65301;</tr>"
    body += "<tr><td>基本<br>支出<td>1,234<br/>,567.00</tr></table>"
    assert texts(html(tmp_path, body).tables[0])[1:] == [
        ["合 计", "12.５"],
        ["基本\n支出", "1,234\n,567.00"],
    ]


def test_web_archives_are_read_page_by_page(tmp_path: Path) -> None:
    archive = MIMEMultipart("related")
    archive.attach(MIMEBase("text", "xml"))
    pages = {
        "sheet001.htm": "<p>收入决算表<table><tr><td>合计<td>5.00</tr></table>",
        "header.htm": "<p>页眉 77.00",
        "sheet002.htm": "<p>支出决算表<table><tr><td>合计<td>4.00</tr></table>",
    }
    for where, page in pages.items():
        part = MIMEBase("text", "html", charset="gb2312")
        part.set_payload(page.encode("gb18030"))
        encode_base64(part)
        part["Content-Location"] = where
        archive.attach(part)
    path = tmp_path / "saved.doc"
    path.write_bytes(b"From: <Saved by a browser>\nSubject: x\n" + archive.as_bytes())
    document = read_document(path)
    assert document.media_type == "multipart/related"
    assert [p.text for p in document.paragraphs] == ["收入决算表", "支出决算表"]
    assert [texts(table) for table in document.tables] == [[["合计", "5.00"]], [["合计", "4.00"]]]


def test_html_hidden_elements_are_not_read(tmp_path: Path) -> None:
    document = html(tmp_path, "<p>决算<span style='display: none'>草稿</span>公开</p>")
    assert [p.text for p in document.paragraphs] == ["决算公开"]


# --- the same disclosure in every format ---------------------------------------------------


def filled_rows(document: Document) -> Counter[tuple[tuple[int, str], ...]]:
    """Rows as (column, text without blanks) of their filled cells."""
    return Counter(
        tuple((c.column, re.sub(r"\s+", "", c.text)) for c in row if c.text.strip())
        for table in document.tables
        for row in table.rows()
        if any(c.text.strip() for c in row)
    )


@pytest.mark.parametrize("name", ["003.docx", "003.xlsx", "003.html", "003.pdf"])
def test_renditions_have_the_rows_of_the_text(shared_dir: Path, name: str) -> None:
    folder = shared_dir / "disclosures"
    text = filled_rows(read_document(next((folder / "text").glob("003_*.txt"))))
    other = filled_rows(read_document(folder / "rendered" / name))
    figures = Counter(
        {row: n for row, n in text.items() if any(re.search(r"\d\.\d{6}", t) for _, t in row)}
    )
    missing = figures - other
    # The PDF tears rows with long texts where a page ends; all other rows are equal.
    allowed = 14 if name.endswith(".pdf") else 0
    assert sum(figures.values()) > 200
    assert sum(missing.values()) <= allowed, list(missing)[:5]


def test_old_word_files_say_what_they_need(
    shared_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Rejected) as caught:
        read_document(shared_dir / "disclosures" / "rendered" / "002.doc")
    assert caught.value.code == "DOC_NEEDS_CONVERTER"


def test_content_decides_the_type_not_the_name(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("部门预算")
    path = tmp_path / "table.xlsx"
    made.save(str(path))
    assert zipfile.is_zipfile(path)
    assert read_document(path).media_type.endswith("wordprocessingml.document")


def test_xlsx_a_line_without_figures_after_a_blank_row_is_no_caption(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        for row in (["项目", "金额"], ["一、本年收入", 7.5], [], ["二、上年结转"], ["拨款", 2.5]):
            sheet.append(row)
        sheet["A8"] = "支出总表"
        sheet.append(["项目", "金额"])
        sheet.append(["合计", 10])

    document = read_document(workbook(tmp_path, fill))
    assert [p.text for p in document.paragraphs] == ["支出总表"]
    assert [row[0] for row in texts(document.tables[0])] == [
        "项目",
        "一、本年收入",
        "",
        "二、上年结转",
        "拨款",
    ]
    assert texts(document.tables[1])[1] == ["合计", "10"]
