"""Lines of a scan that tell how figures are to be taken, held to a floor."""

from __future__ import annotations

from extract.document import Cell, Document, Paragraph, Place, Span, Table
from extract.extraction import Extraction, Rejection, extract_document
from extract.recognise.legible import without_doubtful_units, without_doubtful_words

PAGE = Place(page=1)


def line(text: str, confidence: float | None = 1.0) -> Paragraph:
    return Paragraph(text, PAGE, (Span(0, len(text), PAGE, confidence),))


def scan(unit: float | None = 1.0, name: float | None = 1.0) -> Document:
    """A scanned account with one table; how sure its unit line and its title are."""
    rows = [
        ["功能分类科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
        ["201", "一般公共服务支出", "12.50", "10.00", "2.50"],
        ["合计", "", "12.50", "10.00", "2.50"],
    ]
    cells = tuple(
        Cell(text, r, c, Place(page=1, table_index=0, row_index=r, column_index=c), confidence=1.0)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    blocks = (
        line("北京市延庆区档案馆2023年度部门决算", name),
        line("支出决算表"),
        line("单位：万元", unit),
        Table(0, 3, 5, cells, PAGE),
    )
    return Document("0" * 64, "a.pdf", "application/pdf", "ocr", blocks)


def units(result: Extraction | Rejection) -> set[str | None]:
    assert isinstance(result, Extraction), result
    return {row.published_unit for row in result.rows["statement_cell"]}  # type: ignore[union-attr]


def test_a_certain_unit_counts_and_a_doubtful_one_does_not() -> None:
    assert units(extract_document(scan())) == {"万元"}
    doubtful = extract_document(scan(unit=0.85))
    assert isinstance(doubtful, Rejection)
    assert doubtful.code == "UNIT_UNKNOWN"


def test_a_doubtful_name_is_nobodys() -> None:
    doubtful = extract_document(scan(name=0.4))
    assert isinstance(doubtful, Rejection)
    assert doubtful.code in ("DEPARTMENT_UNKNOWN", "YEAR_UNKNOWN")
    assert units(extract_document(scan(name=0.7))) == {"万元"}


def test_nothing_moves_and_what_was_printed_stays() -> None:
    paragraph = Paragraph(
        "单位：万元合计12.50万元",
        PAGE,
        (Span(0, 5, PAGE, 0.5), Span(5, 14, PAGE, 1.0)),
    )
    document = Document("0" * 64, "a.pdf", "application/pdf", "ocr", (paragraph,))
    [kept] = without_doubtful_units(document).paragraphs
    assert kept.text == "     合计12.50万元"
    assert kept.spans == paragraph.spans
    printed = Document("0" * 64, "a.pdf", "application/pdf", "pdf_text", (line("单位：元", None),))
    assert without_doubtful_units(printed) is printed
    assert without_doubtful_words(printed) is printed
