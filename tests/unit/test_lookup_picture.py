"""The picture of a page: its size, and a frame that lies exactly around the figure."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from dagster_project import picture
from dagster_project.picture import FRAME_COLOUR, FRAME_PIXELS, HIGHLIGHT, Box, Figure
from extract.document import Place
from extract.readers import read_document

WIDTH, HEIGHT = 400, 300
LEFT, BOTTOM, CELL, ROW = 60, 120, 90, 24
ROWS = [["Item", "Budget", "Final"], ["Alpha", "1,200.00", "1,100.50"], ["Beta", "33.10", "77.25"]]
SENTENCE = "Outlay of 77.25 and again 77.25 in all."
PIXELS = 2  # per point, at 144 dpi


def make_pdf(path: Path, *, turned: bool = False) -> Path:
    canvas = Canvas(str(path), pagesize=(HEIGHT, WIDTH) if turned else (WIDTH, HEIGHT))
    if turned:
        canvas.translate(HEIGHT, 0)
        canvas.rotate(90)
    table = Table(ROWS, colWidths=CELL, rowHeights=ROW)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.8, colors.black)]))
    table.wrapOn(canvas, WIDTH, HEIGHT)
    table.drawOn(canvas, LEFT, BOTTOM)
    canvas.drawString(LEFT, 80, SENTENCE)
    canvas.showPage()
    canvas.save()
    return path


def changed(
    source: Path,
    target: Path,
    *,
    medium: tuple[int, int, int, int] | None = None,
    crop: tuple[int, int, int, int] | None = None,
    rotation: int = 0,
) -> Path:
    with pdfium.PdfDocument(source) as document:
        page = document[0]
        if medium:
            page.set_mediabox(*medium)
        if crop:
            page.set_cropbox(*crop)
        page.set_rotation(rotation)
        document.save(target)
    return target


def place_of(path: Path, text: str) -> Place:
    [place] = [c.place for t in read_document(path).tables for c in t.cells if c.text == text]
    return place


def prose_place(path: Path) -> tuple[Place, str]:
    """The second 77.25 of the sentence, and what is printed before it."""
    [paragraph] = [p for p in read_document(path).paragraphs if SENTENCE in p.text]
    at = paragraph.text.rindex("77.25")
    return paragraph.place_of(at, at + 5), paragraph.text[:at]


def is_framed(image: Image.Image, box: Box) -> bool:
    """Whether every pixel of the border, all of its width, has the colour of the frame."""
    outer = range(1, FRAME_PIXELS + 1)
    across = range(box.left - FRAME_PIXELS, box.right + FRAME_PIXELS + 1)
    down = range(box.top - FRAME_PIXELS, box.bottom + FRAME_PIXELS + 1)
    border = [(x, y) for d in outer for x in across for y in (box.top - d, box.bottom + d)]
    border += [(x, y) for d in outer for y in down for x in (box.left - d, box.right + d)]
    return {image.getpixel(xy) for xy in border} == {FRAME_COLOUR}


def dark(image: Image.Image, area: tuple[int, int, int, int]) -> int:
    """Pixels of print in an area, its right and lower edge left out."""
    return sum(image.crop(area).convert("L").histogram()[:100])


def test_a_cell_is_framed_on_its_rules_and_highlighted(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf")
    target = tmp_path / "show" / "a.png"
    box = picture.draw(path, place_of(path, "77.25"), target)
    # The last of three rows and columns, from the sizes that the page was made with.
    left, top = PIXELS * (LEFT + 2 * CELL), PIXELS * (HEIGHT - BOTTOM - ROW)
    assert box == Box(left, top, left + PIXELS * CELL, top + PIXELS * ROW)
    image = Image.open(target)
    assert image.size == (PIXELS * WIDTH, PIXELS * HEIGHT)
    assert is_framed(image, box)
    assert image.getpixel((left + 150, top + 24)) == HIGHLIGHT
    assert image.getpixel((left - 20, top + 24)) == (255, 255, 255)
    assert dark(image, (left + 4, top + 4, left + 90, top + 44)) > 50, "the print stays readable"
    assert [p.name for p in target.parent.iterdir()] == ["a.png"]


CHANGES = {
    "plain": {},
    "moved medium": {"medium": (30, 20, 380, 290)},
    "cropped": {"crop": (30, 20, 380, 290)},
    "both": {"medium": (-20, -10, 400, 300), "crop": (30, 20, 380, 290)},
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_frame_follows_the_page_however_it_is_cut(tmp_path: Path, change: str) -> None:
    path = changed(make_pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf", **CHANGES[change])
    target = tmp_path / "b.png"
    box = picture.draw(path, place_of(path, "77.25"), target)
    assert box is not None
    assert (box.right - box.left, box.bottom - box.top) == (PIXELS * CELL, PIXELS * ROW)
    left, _, _, top = CHANGES[change].get("medium", (0, 0, WIDTH, HEIGHT))
    assert (box.left, box.top) == (PIXELS * (240 - left), PIXELS * (top - BOTTOM - ROW))
    assert is_framed(Image.open(target), box)


def test_a_turned_page_is_drawn_upright(tmp_path: Path) -> None:
    source = make_pdf(tmp_path / "a.pdf", turned=True)
    path = changed(source, tmp_path / "b.pdf", rotation=90)
    target = tmp_path / "b.png"
    box = picture.draw(path, place_of(path, "77.25"), target)
    assert box == Box(480, 312, 660, 360)
    image = Image.open(target)
    assert image.size == (PIXELS * WIDTH, PIXELS * HEIGHT)
    assert is_framed(image, box)


def test_of_two_equal_figures_in_a_line_the_one_meant_is_highlighted(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf")
    place, before = prose_place(path)
    target = tmp_path / "a.png"
    box = picture.draw(path, place, target, figure=Figure("77.25", before))
    assert box is not None
    image = Image.open(target)
    assert is_framed(image, box)
    middle = (box.top + box.bottom) // 2
    pixels = {x: image.getpixel((x, middle)) for x in range(box.left, box.right + 1)}
    marked = [x for x, colour in pixels.items() if colour == HIGHLIGHT]
    share = [(x - box.left) / (box.right - box.left) for x in (marked[0], marked[-1])]
    assert 0.65 < share[0] < share[1] < 0.85, "the second figure alone, not the first"


def test_a_figure_that_is_not_found_leaves_the_whole_line_highlighted(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf")
    place, before = prose_place(path)
    box = picture.draw(path, place, tmp_path / "a.png", figure=Figure("99.99", before))
    assert box is not None
    image = Image.open(tmp_path / "a.png")
    assert image.getpixel((box.left, box.top)) == HIGHLIGHT
    assert image.getpixel((box.right, box.bottom)) == HIGHLIGHT


def test_what_is_personal_is_painted_over(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf")
    picture.draw(
        path, place_of(path, "77.25"), tmp_path / "a.png", covered=[place_of(path, "Beta")]
    )
    image = Image.open(tmp_path / "a.png")
    area = (PIXELS * LEFT, PIXELS * (HEIGHT - BOTTOM - ROW), 290, 350)
    assert image.crop(area).getcolors() == [(170 * 38, picture.COVER_COLOUR)]


def test_a_huge_page_is_drawn_smaller(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(14_000, 7_000))
    canvas.drawString(100, 100, "x")
    canvas.save()
    box = picture.draw(path, Place(page=1, x0=7000, y0=0, x1=7700, y1=70), tmp_path / "a.png")
    assert Image.open(tmp_path / "a.png").size == (4000, 2000)
    assert box == Box(2000, 0, 2200, 20)


@pytest.mark.parametrize("page", [2, 0])
def test_a_page_that_is_not_there_has_no_picture(tmp_path: Path, page: int) -> None:
    path = make_pdf(tmp_path / "a.pdf")
    with pytest.raises(ValueError, match=f"no page {page}"):
        picture.draw(path, Place(page=page), tmp_path / "a.png")
    assert not (tmp_path / "a.png").exists()


def test_a_broken_file_has_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(ValueError, match="Failed to load"):
        picture.draw(path, Place(page=1), tmp_path / "a.png")


def test_a_figure_broken_over_two_lines_is_highlighted_in_both(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    canvas.setFont("Courier", 10)  # six points a character
    canvas.drawString(60, 200, "Outlay 9,100.00, up by 1,")
    canvas.drawString(60, 186, "100.00 on the year before")
    canvas.save()
    frame = Place(page=1, x0=60, y0=90, x1=210, y1=117)
    picture.draw(
        path, frame, tmp_path / "a.png", figure=Figure("1,100.00", "Outlay 9,100.00, up by ")
    )
    image = Image.open(tmp_path / "a.png")

    def marked(line: int) -> tuple[int, int]:
        """First and last highlighted point across, in the band of a printed line."""
        top = PIXELS * (HEIGHT - line - 7)
        band = [(x, y) for x in range(121, 420) for y in range(top, top + 14)]
        across = [x for x, y in band if image.getpixel((x, y)) == HIGHLIGHT]
        return min(across) // PIXELS, max(across) // PIXELS

    first, second = marked(200), marked(186)
    assert 60 + 23 * 6 - 2 <= first[0] <= first[1] <= 60 + 25 * 6 + 2
    assert 60 - 2 <= second[0] <= 66
    assert 60 + 5 * 6 <= second[1] <= 60 + 6 * 6 + 2
