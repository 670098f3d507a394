"""Hard pages: each is read as pdfplumber reads it, and by the engine that may read it."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pdfplumber
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.pdf_corpus import KINDS, make
from benchmarks.pdf_writer import Face, Writer
from extract.document import PageReading
from extract.readers import read_document
from extract.readers.limits import DEFAULT, Limits
from extract.readers.pdf_cell_text import extract_tables
from extract.readers.pdf_engine import pages, pages_as_printed
from extract.readers.pdf_fast import FastDocument
from extract.reasons import Rejected

TRUSTED = {
    "plain",
    "dense",
    "thin rects",
    "stroked boxes",
    "double rules",
    "zebra fills",
    "hidden white rules",
    "no rules",
    "merged cells",
    "slanting lines",
    "curves",
    "clipped",
    "off the page",
    "overlapping text",
    "kerned figures",
    "invisible text",
    "scaled",
    "flipped",
    "object streams",
    "Helvetica",
    "UniGB-UCS2-H",
    "UniGB-UCS2-H, object streams",
    "UniGB-UTF16-H",
}


@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_those_of_pdfplumber(kind: str) -> None:
    file = make(kind, seed=7)
    ours = list(pages_as_printed(file.data, DEFAULT))
    with pdfplumber.open(io.BytesIO(file.data)) as reference:
        expected = [page.extract_tables() for page in reference.pages]
    assert [extract_tables(page) for page in ours] == expected
    assert {page.engine for page in ours} == {"fast" if kind in TRUSTED else "pdfplumber"}


@pytest.mark.parametrize("kind", sorted(TRUSTED - {"no rules", "overlapping text"}))
def test_figures_are_those_that_were_printed(kind: str) -> None:
    file = make(kind, seed=8)
    for page, figures in zip(pages(file.data, DEFAULT), file.figures, strict=True):
        cells = Counter(
            cell for table in extract_tables(page) for row in table for cell in row if cell
        )
        assert not Counter(figures) - cells


def read(tmp_path: Path, kind: str) -> tuple[list[str], tuple[PageReading, ...]]:
    path = tmp_path / "made.pdf"
    path.write_bytes(make(kind).data)
    document = read_document(path)
    return [c.text for t in document.tables for c in t.cells], document.readings


def test_pages_are_counted_by_engine_and_reason(tmp_path: Path) -> None:
    assert read(tmp_path, "plain")[1] == (PageReading("fast", None, 3),)
    assert read(tmp_path, "cropped")[1] == (PageReading("pdfplumber", "cropped", 3),)


def test_bold_struck_twice_is_read_once(tmp_path: Path) -> None:
    cells, _ = read(tmp_path, "bold struck twice")
    figures = [figure for page in make("bold struck twice").figures for figure in page]
    assert not Counter(figures) - Counter(cells)


def test_a_sideways_page_is_turned_back(tmp_path: Path) -> None:
    cells, _ = read(tmp_path, "rotated page")
    figures = [figure for page in make("rotated page").figures for figure in page]
    assert not Counter(figures) - Counter(cells)


def test_a_font_that_names_a_cmap_is_read_fast_with_its_own_widths(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    canvas = Canvas(str(path), pageCompression=0)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas.setFont("STSong-Light", 10)
    canvas.grid([50, 200, 300], [600, 640, 680])
    canvas.drawString(55, 655, "住房公积金(含补贴)")
    canvas.drawRightString(295, 655, "1,234,567.89")
    canvas.drawRightString(295, 615, "-0.50")
    canvas.save()
    [page] = pages_as_printed(path.read_bytes(), DEFAULT)
    with pdfplumber.open(path) as reference:
        [theirs] = reference.pages
        expected = sorted((c["text"], c["x0"], c["x1"], c["bottom"]) for c in theirs.chars)
        assert extract_tables(page) == theirs.extract_tables()
    assert page.engine == "fast"
    ours = sorted((c.text, c.x0, c.x1, c.bottom) for c in page.chars)
    assert [text for text, *_ in ours] == [text for text, *_ in expected]
    for (text, *box), (_, *other) in zip(ours, expected, strict=True):
        assert box == pytest.approx(other, abs=0.01), text


def test_codes_that_a_cmap_does_not_know_are_left_to_the_reference() -> None:
    face = Face(encoding="UniGB-UCS2-H", codec="utf-16-be", maps=False, ordering="GB1")
    writer = Writer()
    shown = "BT /F1 9 Tf 10 10 Td <00310032d83ddc00> Tj ET"
    writer.page(shown.encode(), {"F1": face.add_to(writer)})
    [page] = pages_as_printed(writer.data(), DEFAULT)
    assert (page.engine, page.doubt) == ("pdfplumber", "unknown signs")


def test_glyphs_without_map_are_no_figures() -> None:
    for page in pages(make("no ToUnicode").data, DEFAULT):
        assert not page.chars
        assert page.image_share == 1.0


class Lying:
    """A document of the fast engine that misreads one digit."""

    def __init__(self, document: object) -> None:
        self._document = document

    def __getattr__(self, name: str) -> object:
        return getattr(self._document, name)

    def extract_chars(self, index: int) -> list[object]:
        glyphs = self._document.extract_chars(index)  # type: ignore[attr-defined]
        wrong = next(i for i, g in enumerate(glyphs) if g.char == "7")
        return [Misread(g) if i == wrong else g for i, g in enumerate(glyphs)]


class Misread:
    def __init__(self, glyph: object) -> None:
        self._glyph = glyph
        self.char = "1"

    def __getattr__(self, name: str) -> object:
        return getattr(self._glyph, name)


def test_a_misread_digit_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = FastDocument.__init__

    def open_lying(self: FastDocument, data: bytes) -> None:
        opened(self, data)
        self._document = Lying(self._document)

    monkeypatch.setattr(FastDocument, "__init__", open_lying)
    read_pages = list(pages(make("plain").data, DEFAULT))
    assert {page.engine for page in read_pages} == {"pdfplumber"}
    assert {page.doubt for page in read_pages} == {"glyphs or figures are counted differently"}


def test_a_damaged_content_stream_is_not_read_as_far_as_it_goes() -> None:
    data = make("plain").data
    start = data.rindex(b">>stream\n", 0, data.rindex(b"/Type/Page/")) + 300
    with pytest.raises(Rejected) as error:
        list(pages(data[:start] + b"\x00\x00\x00\x00" + data[start + 4 :], DEFAULT))
    assert error.value.code == "PDF_DAMAGED"


@pytest.mark.parametrize("limits", [Limits(max_chars_per_page=100), Limits(max_paths_per_page=5)])
@pytest.mark.parametrize("kind", ["plain", "cropped"])
def test_pages_that_hold_too_much(kind: str, limits: Limits) -> None:
    with pytest.raises(Rejected) as error:
        list(pages(make(kind).data, limits))
    assert error.value.code == "RESOURCE_LIMIT"


def test_too_many_pages() -> None:
    with pytest.raises(Rejected) as error:
        list(pages(make("plain").data, Limits(max_pages=2)))
    assert error.value.code == "RESOURCE_LIMIT"


def test_the_corpus_is_the_same_each_time() -> None:
    assert make("zebra fills").data == make("zebra fills").data
