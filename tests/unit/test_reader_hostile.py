"""Hostile and broken files: a reason within bounds, never a crash or a hang."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extract.readers import read_document
from extract.readers.limits import Limits
from extract.reasons import Rejected, reasons


def code_of(tmp_path: Path, name: str, data: bytes, limits: Limits | None = None) -> str:
    path = tmp_path / name
    path.write_bytes(data)
    started = time.process_time()
    with pytest.raises(Rejected) as caught:
        read_document(path, limits or Limits())
    assert time.process_time() - started < 10
    assert caught.value.code in reasons()
    return caught.value.code


def pdf(pages: int = 3, text: str = "Budget of 12.50", **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, **options)
    for _ in range(pages):
        if text:
            canvas.drawString(72, 720, text)
        else:
            canvas.rect(72, 72, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def office(kind: str = "docx") -> bytes:
    buffer = io.BytesIO()
    if kind == "docx":
        made = docx.Document()
        made.add_paragraph("部门预算 12.50 万元")
        made.save(buffer)
    else:
        book = openpyxl.Workbook()
        book.active.append(["项目", "金额"])
        book.active.append(["合计", 12.5])
        book.save(buffer)
    return buffer.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """Return the archive with one member replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return out.getvalue()


WORD = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize("data", [b"", b" \r\n\t "])
def test_empty_file(tmp_path: Path, data: bytes) -> None:
    assert code_of(tmp_path, "a.pdf", data) == "EMPTY_FILE"


def test_missing_file_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        read_document(tmp_path / "gone.pdf")
    assert caught.value.code == "READ_ERROR"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_truncated_pdf(tmp_path: Path, share: float) -> None:
    data = pdf()
    assert code_of(tmp_path, "a.pdf", data[: int(len(data) * share)]) == "PDF_DAMAGED"


def test_pdf_whose_content_was_changed_on_the_way(tmp_path: Path) -> None:
    text = " ".join(f"{i}.{i * 7919 % 100:02d}" for i in range(400))
    data = bytearray(pdf(pages=1, text=text, pageCompression=1))
    path = tmp_path / "whole.pdf"
    path.write_bytes(data)
    assert len(read_document(path).paragraphs[0].text) > 1000
    start = data.index(b"ASCII85Decode /FlateDecode") + 300
    data[start : start + 5] = b"!!!!!"
    assert code_of(tmp_path, "a.pdf", bytes(data)) == "PDF_DAMAGED"


def test_pdf_with_a_password(tmp_path: Path) -> None:
    locked = pdf(encrypt=StandardEncryption("secret", strength=128))
    assert code_of(tmp_path, "a.pdf", locked) == "PDF_ENCRYPTED"


def test_pdf_with_an_empty_user_password_opens(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(encrypt=StandardEncryption("", ownerPassword="o", strength=128)))
    assert read_document(path).paragraphs[0].text == "Budget of 12.50"


def test_pdf_without_text(tmp_path: Path) -> None:
    assert code_of(tmp_path, "a.pdf", pdf(text="")) == "PAGE_NOT_READABLE"


def test_pdf_of_too_many_pages(tmp_path: Path) -> None:
    assert code_of(tmp_path, "a.pdf", pdf(pages=30), Limits(max_pages=20)) == "RESOURCE_LIMIT"


def test_error_page_named_pdf(tmp_path: Path) -> None:
    page = "<!DOCTYPE html><html><head><title>404</title></head><body>页面不存在</body></html>"
    assert code_of(tmp_path, "a.pdf", page.encode()) == "NOT_A_DISCLOSURE"


def test_web_page_named_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text("<html><table><tr><td>合计<td>1.00</table></html>", encoding="utf-8")
    assert [c.text for c in read_document(path).tables[0].cells] == ["合计", "1.00"]


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
@pytest.mark.parametrize("data", [b"this is no archive", b"\x00\x01\x02" * 100])
def test_office_file_that_is_no_zip(tmp_path: Path, name: str, data: bytes) -> None:
    assert code_of(tmp_path, name, data) == "OFFICE_DAMAGED"


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_truncated_office_file(tmp_path: Path, kind: str) -> None:
    data = office(kind)
    assert code_of(tmp_path, f"a.{kind}", data[: len(data) // 2]) == "OFFICE_DAMAGED"


def test_zip_bomb_named_xlsx(tmp_path: Path) -> None:
    bomb = with_member(office("xlsx"), "xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert len(bomb) < 100_000
    assert code_of(tmp_path, "a.xlsx", bomb) == "RESOURCE_LIMIT"


def test_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    bomb = bytearray(with_member(office("docx"), "word/document.xml", b" " * 60_000_000))
    real = (60_000_000).to_bytes(4, "little")
    assert bomb.count(real) == 2
    data = bytes(bomb).replace(real, (1000).to_bytes(4, "little"))
    assert code_of(tmp_path, "a.docx", data, Limits(max_unpacked_bytes=10**6)) in (
        "OFFICE_DAMAGED",
        "RESOURCE_LIMIT",
    )


def test_archive_of_many_members(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for i in range(300):
            archive.writestr(f"word/{i}.xml", b"")
    assert code_of(tmp_path, "a.docx", out.getvalue(), Limits(max_zip_entries=200)) == (
        "RESOURCE_LIMIT"
    )


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        b'<!DOCTYPE d SYSTEM "http://example.org/x.dtd">',
    ],
)
@pytest.mark.parametrize(
    ("kind", "member"), [("docx", "word/document.xml"), ("xlsx", "xl/worksheets/sheet1.xml")]
)
def test_entities_in_xml(tmp_path: Path, kind: str, member: str, declaration: bytes) -> None:
    content = b'<?xml version="1.0"?>' + declaration + b"<d>&x;</d>"
    assert (
        code_of(tmp_path, f"a.{kind}", with_member(office(kind), member, content)) == "UNSAFE_XML"
    )


def test_deeply_nested_xml(tmp_path: Path) -> None:
    deep = b"<w:document " + WORD + b"><w:body>" + b"<w:sdt>" * 5000 + b"</w:sdt>" * 5000
    data = with_member(office("docx"), "word/document.xml", deep + b"</w:body></w:document>")
    assert code_of(tmp_path, "a.docx", data) == "RESOURCE_LIMIT"


def test_deeply_nested_html_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body>决算" + "<div>" * 50_000 + "深", encoding="utf-8")
    assert read_document(path).paragraphs[0].text == "决算"


def test_a_million_blank_rows_cost_nothing(tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"/>' % i for i in range(3, 1_000_000))
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c><c r="B1"><v>1</v></c></row>'
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>y</t></is></c><c r="B2"><v>2</v></c></row>'
        + rows
        + b'<row r="1048576"><c r="XFD1048576"><v>3</v></c></row></sheetData></worksheet>'
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_member(office("xlsx"), "xl/worksheets/sheet1.xml", sheet))
    started = time.process_time()
    document = read_document(path)
    assert time.process_time() - started < 10
    assert {c.text for c in document.tables[0].cells} >= {"x", "1", "y", "2"}


def test_huge_spans_are_refused(tmp_path: Path) -> None:
    row = b'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr><w:p/></w:tc></w:tr>'
    body = b"<w:document " + WORD + b"><w:body><w:tbl>" + row + b"</w:tbl></w:body></w:document>"
    data = with_member(office("docx"), "word/document.xml", body)
    assert code_of(tmp_path, "a.docx", data) == "RESOURCE_LIMIT"


def test_binary_junk_named_txt(tmp_path: Path) -> None:
    junk = bytes((i * 7919 + i // 3) % 256 for i in range(5000))
    assert code_of(tmp_path, "a.txt", junk) == "BINARY_JUNK"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"GIF89a", "GIF"),
        (b"{\\rtf1 x}", "RTF"),
        (b"7z\xbc\xaf\x27\x1c" + b"\x00" * 30, "7-Zip"),
    ],
)
def test_unsupported_formats_are_named(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(Rejected) as caught:
        read_document(path)
    assert caught.value.code == "FORMAT_UNSUPPORTED"
    assert word in caught.value.detail


def test_plain_archive_is_named(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/x.txt", b"x")
    assert code_of(tmp_path, "a.zip", out.getvalue()) == "FORMAT_UNSUPPORTED"


def test_file_over_the_size_limit(tmp_path: Path) -> None:
    assert code_of(tmp_path, "a.txt", b"x" * 2000, Limits(max_file_bytes=1000)) == "RESOURCE_LIMIT"


def test_every_reason_speaks_both_languages() -> None:
    for reason in reasons().values():
        assert any("\u4e00" <= ch <= "\u9fff" for ch in reason.reason_zh)
        assert any("a" <= ch <= "z" for ch in reason.reason_en)
        assert reason.severity in ("info", "warning", "error")
