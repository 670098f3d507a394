"""Scanned pages and pictures: read where the extra is installed, refused with a reason else."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.document import Document, Table
from extract.extraction import Extraction, Rejection, extract_file
from extract.readers import ocr, read_document
from extract.reasons import Rejected
from extract.turned import as_it_lies

needs_ocr = pytest.mark.skipif(
    not ocr.is_installed(), reason="the extra is not installed: make ocr"
)
FIGURES = (
    ("2010301", "1,427.10", "1,427.10", "0.00"),
    ("2010302", "152.31", "", "152.31"),
    ("2010350", "166.08", "100.08", "66.00"),
    ("2080505", "210.55", "210.55", ""),
    ("2101101", "9,876,543.21", "-5.60", "88.88%"),
)
XS = (60.0, 180.0, 300.0, 420.0, 540.0)


def printed(path: Path) -> Path:
    """A ruled table of figures, in a font that every viewer has."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont("Helvetica", 10)
    top = 760.0
    for row, texts in enumerate(FIGURES):
        for column, text in enumerate(texts):
            canvas.rect(XS[column], top - 24 * (row + 1), 120, 24)
            canvas.drawRightString(XS[column + 1] - 4, top - 24 * row - 16, text)
    canvas.drawString(60, 560, "Total of the year 2024: 1,956.04")
    canvas.save()
    return path


def picture(tmp_path: Path, *, skew: float = 0.0, dots: int = 200) -> Image.Image:
    import pypdfium2

    with pypdfium2.PdfDocument(printed(tmp_path / "printed.pdf")) as file:
        image = file[0].render(scale=dots / 72).to_pil().convert("L")
    return image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)


def grid(table: Table) -> list[tuple[str, ...]]:
    rows = []
    for cells in table.rows():
        row = [""] * table.n_columns
        for cell in cells:
            row[cell.column] = cell.text
        rows.append(tuple(row))
    return rows


def scanned_pdf(path: Path, *pictures: Image.Image) -> Path:
    pictures[0].save(path, "PDF", save_all=True, append_images=pictures[1:], resolution=200)
    return path


def confidences(document: Document) -> list[float]:
    return [
        -1.0 if cell.confidence is None else cell.confidence
        for table in document.tables
        for cell in table.cells
        if cell.text
    ]


@needs_ocr
@pytest.mark.parametrize("skew", [0.0, 1.3, -0.8])
def test_a_scanned_table_has_the_cells_of_the_printed_one(tmp_path: Path, skew: float) -> None:
    path = scanned_pdf(tmp_path / "scan.pdf", picture(tmp_path, skew=skew))
    document = read_document(path)
    assert document.extraction_method == "ocr"
    (table,) = document.tables
    assert grid(table) == list(FIGURES)
    assert min(confidences(document)) > 0.9
    first = next(cell for cell in table.cells if cell.text == "152.31")
    assert first.place.page == 1
    assert first.place.x0 == pytest.approx(180, abs=14)  # the page was turned and back
    (line,) = document.paragraphs
    assert line.text.replace(" ", "") == "Totaloftheyear2024:1,956.04"
    assert line.spans[0].confidence is not None


@needs_ocr
def test_strokes_of_a_large_title_are_no_rulings() -> None:
    import numpy as np

    from extract.readers.ocr_ink import ink_of

    page = np.full((2339, 1654), 255, np.uint8)
    for left in range(400, 600, 46):  # 一 and 中 in turn, 42 pixels wide
        page[220:224, left : left + 42] = 0
        page[236:240, left : left + 42] = 0
        page[200:246, left + 19 : left + 23] = 0
    page[600:604, 200:1400] = page[700:704, 200:1400] = 0
    page[600:704, 200:204] = page[600:704, 1396:1400] = page[600:704, 300:304] = 0
    page[650:654, 200:304] = 0  # the lower edge of a narrow cell
    ink = ink_of(page)
    assert sorted(round(ruling.position, -1) for ruling in ink.horizontals) == [600, 650, 700]
    assert sorted(round(ruling.position, -1) for ruling in ink.verticals) == [200, 300, 1400]
    assert any(box[0] <= 402 and box[2] >= 620 for box in ink.lines)


@needs_ocr
@pytest.mark.parametrize(
    ("quarters", "at"),
    [
        (1, lambda x, y: (y, 595.3 - x)),
        (2, lambda x, y: (595.3 - x, 841.9 - y)),
        (3, lambda x, y: (841.9 - y, x)),
    ],
)
def test_a_page_on_its_side_or_upside_down_is_turned(
    tmp_path: Path, quarters: int, at: Callable[[float, float], tuple[float, float]]
) -> None:
    lying = picture(tmp_path).rotate(90 * quarters, expand=True)
    document = read_document(scanned_pdf(tmp_path / "scan.pdf", lying))
    (table,) = document.tables
    assert grid(table) == list(FIGURES)
    assert min(confidences(document)) > 0.9
    (table,) = as_it_lies(document).tables
    place = next(cell for cell in table.cells if cell.text == "152.31").place
    assert place.x0 is not None
    assert place.y0 is not None
    x, y = at(240, 841.9 - (760 - 36))  # its middle on the page as it was printed
    assert place.x0 <= x <= (place.x1 or 0)
    assert place.y0 <= y <= (place.y1 or 0)


def layered(tmp_path: Path, *, mode: int, covered: bool) -> Path:
    """A scan with text over or under it in which somebody's recogniser misread a figure."""
    path = tmp_path / "layered.pdf"
    scan = picture(tmp_path)
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for what in ("text", "scan") if covered else ("scan", "text"):
        if what == "scan":
            canvas.drawImage(ImageReader(scan), 0, 0, *A4)
            continue
        text = canvas.beginText()
        text.setTextRenderMode(mode)
        text.setFont("Helvetica", 10)
        for row, texts in enumerate(FIGURES):
            for column, figure in enumerate(texts):
                text.setTextOrigin(XS[column] + 40, 760.0 - 24 * row - 16)
                text.textOut(figure.replace("152.31", "752.31"))
        canvas.drawText(text)
    canvas.save()
    return path


@needs_ocr
@pytest.mark.parametrize(("mode", "covered"), [(3, False), (0, True)])
def test_a_text_layer_of_another_recogniser_is_not_believed(
    tmp_path: Path, mode: int, covered: bool
) -> None:
    document = read_document(layered(tmp_path, mode=mode, covered=covered))
    assert document.extraction_method == "ocr"
    assert grid(document.tables[0]) == list(FIGURES)
    assert document.notes == ()


@pytest.mark.parametrize(("mode", "covered"), [(3, False), (0, True)])
def test_without_the_extra_a_text_layer_is_a_guess(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, covered: bool
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    document = read_document(layered(tmp_path, mode=mode, covered=covered))
    assert document.extraction_method == "ocr"
    assert document.notes == (("OCR_TEXT_LAYER", "1 pages"),)
    spans = [span for paragraph in document.paragraphs for span in paragraph.spans]
    assert {*confidences(document), *(span.confidence for span in spans)} == {0.9}


def test_print_over_a_picture_is_print(tmp_path: Path) -> None:
    document = read_document(layered(tmp_path, mode=0, covered=False))
    assert document.extraction_method == "pdf_text"
    assert "752.31" in "".join(p.text for p in document.paragraphs) + str(document.tables)


@needs_ocr
@pytest.mark.parametrize(("suffix", "kind"), [(".png", "PNG"), (".jpg", "JPEG"), (".tif", "TIFF")])
def test_pictures_are_read_by_their_content(tmp_path: Path, suffix: str, kind: str) -> None:
    path = tmp_path / f"page{suffix}"
    picture(tmp_path).save(path, kind)
    document = read_document(path)
    assert document.extraction_method == "ocr"
    assert document.media_type == f"image/{kind.lower()}"
    assert grid(document.tables[0]) == list(FIGURES)


@needs_ocr
def test_each_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    one = picture(tmp_path)
    one.save(path, "TIFF", save_all=True, append_images=[one])
    document = read_document(path)
    assert document.page_count == 2
    assert [table.place.page for table in document.tables] == [1, 2]


@needs_ocr
def test_printed_and_scanned_pages_of_one_file_go_their_own_ways(tmp_path: Path) -> None:
    path = tmp_path / "mixed.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawString(72, 700, "A page with a text layer, printed as such.")
    canvas.showPage()
    canvas.drawImage(ImageReader(picture(tmp_path)), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    document = read_document(path)
    assert document.extraction_method == "pdf_text"
    assert document.paragraphs[0].spans[0].confidence is None
    (table,) = document.tables
    assert table.place.page == 2
    assert min(confidences(document)) > 0.9


@needs_ocr
def test_a_page_without_anything_on_it_is_noted(tmp_path: Path) -> None:
    blank = Image.new("L", (1654, 2339), 255)
    document = read_document(scanned_pdf(tmp_path / "a.pdf", picture(tmp_path), blank))
    assert ("PAGE_NOT_READABLE", "1 of 2 pages: 2") in document.notes
    with pytest.raises(Rejected) as caught:
        read_document(scanned_pdf(tmp_path / "b.pdf", blank))
    assert caught.value.code == "PAGE_NOT_READABLE"


@needs_ocr
def test_the_engines_give_one_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("faster_paddle", reason="the faster engine is not installed")
    monkeypatch.setenv(ocr.ENGINE_VARIABLE, "faster-paddle")
    ocr.engine.cache_clear()
    try:
        document = read_document(scanned_pdf(tmp_path / "scan.pdf", picture(tmp_path)))
    finally:
        ocr.engine.cache_clear()
    found = {text for row in grid(document.tables[0]) for text in row}
    assert len(found & {text for row in FIGURES for text in row}) >= 12
    assert all(0.0 <= value <= 1.0 for value in confidences(document))


def test_an_unknown_engine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ocr.ENGINE_VARIABLE, "crystal-ball")
    with pytest.raises(ValueError, match="OCR_ENGINE"):
        ocr.is_installed()


def test_without_the_extra_a_scan_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.ocr.is_installed", lambda: False)
    monkeypatch.setattr("extract.readers.image.is_installed", lambda: False)
    blank = Image.new("L", (1654, 2339), 255)
    found = extract_file(scanned_pdf(tmp_path / "scan.pdf", blank))
    assert isinstance(found, Rejection)
    assert found.code == "OCR_NOT_INSTALLED"
    blank.save(tmp_path / "scan.png")
    found = extract_file(tmp_path / "scan.png")
    assert isinstance(found, Rejection)
    assert found.code == "OCR_NOT_INSTALLED"


@needs_ocr
def test_a_picture_too_large_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    for side in (9_000, 20_000):
        path = tmp_path / f"{side}.png"
        Image.new("1", (side, side)).save(path)
        with pytest.raises(Rejected) as caught:
            read_document(path)
        assert caught.value.code == "RESOURCE_LIMIT"


@needs_ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_cut_off_is_refused(tmp_path: Path, kind: str) -> None:
    whole = io.BytesIO()
    picture(tmp_path, dots=72).save(whole, kind)
    path = tmp_path / "cut"
    path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    with pytest.raises(Rejected) as caught:
        read_document(path)
    assert caught.value.code == "PAGE_NOT_READABLE"


def test_pages_left_unread_are_findings_of_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.readers.ocr.is_installed", lambda: False)
    path = tmp_path / "mixed.pdf"
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(72, 760, "荣县水务局2023年部门决算")
    canvas.drawString(72, 700, "2023年本年收入合计120.50万元，本年支出合计118.00万元。")
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (1654, 2339), 255)), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    found = extract_file(path)
    assert isinstance(found, Extraction), found
    codes = {row.code: row.detail for row in found.rows["finding"]}  # type: ignore[union-attr]
    assert codes["OCR_NOT_INSTALLED"] == "1 of 2 pages: 2"
