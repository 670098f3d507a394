"""A picture of the printed page with the figure framed (页面图), for PDF.

Knows pages, boxes and pixels; which box and what to cover is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.glyphs import Edges, find_characters
from extract.document import Place
from extract.readers import read_bytes
from extract.reasons import Rejected

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 144
MAX_PIXELS = 4000
"""Longest side of a picture; a larger page is drawn smaller."""
FRAME_PIXELS = 3
FRAME_COLOUR = (214, 40, 40)
HIGHLIGHT = (255, 236, 130)
COVER_COLOUR = (90, 90, 90)
_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Box:
    """A box in pixels; the right and lower edges belong to it."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that shares its box with others, and what the box prints before it."""

    text: str
    before: str


def draw(
    pdf: Path,
    frame: Place,
    target: Path,
    *,
    covered: Iterable[Place] = (),
    figure: Figure | None = None,
) -> Box | None:
    """Draw the page of ``frame`` to ``target`` as PNG and return the pixels of the frame.

    The border is drawn around the frame, outside. Highlighted is its inside, or only the
    characters of ``figure`` where they are found in it. ``covered`` boxes are painted
    over. Raises ValueError where the page cannot be drawn.
    """
    image, scale, corner, marked = _render(pdf, frame, figure)
    for place in covered:
        box = _box(_edges(place, corner), scale, image)
        if box is not None:
            _paint(image, box, COVER_COLOUR)
    box = _box(_edges(frame, corner), scale, image)
    if box is not None:
        for inside in [_box(edges, scale, image) for edges in marked] or [box]:
            if inside is not None:
                _highlight(image, inside)
        _border(image, box)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    image.save(unfinished, format="PNG")
    unfinished.replace(target)
    return box


def _render(
    pdf: Path, frame: Place, figure: Figure | None
) -> tuple[Image, float, tuple[float, float], list[Edges]]:
    """Return the page's picture, its pixels per point, its corner and the figure's boxes."""
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(read_bytes(pdf)) as document:
            if frame.page is None or not 1 <= frame.page <= len(document):
                raise ValueError(f"there is no page {frame.page}")
            sheet = document[frame.page - 1]
            # Boxes count from the corner of the medium, not from what a viewer cuts it to.
            sheet.set_cropbox(*sheet.get_mediabox())
            scale = min(DPI / _POINTS_PER_INCH, MAX_PIXELS / max(*sheet.get_size(), 1.0))
            left, bottom, _, _ = sheet.get_mediabox() if sheet.get_rotation() == 0 else (0,) * 4
            edges = _edges(frame, (left, bottom))
            marked: list[Edges] = []
            if figure is not None and edges is not None:
                marked = find_characters(sheet, edges, figure.text, figure.before)
            image = sheet.render(scale=scale).to_pil().convert("RGB")
            return image, scale, (left, bottom), marked
    except (pdfium.PdfiumError, Rejected, MemoryError) as error:
        raise ValueError(str(error) or type(error).__name__) from error


def _edges(place: Place, corner: tuple[float, float]) -> Edges | None:
    """The box of a place, from the top left corner of the medium.

    Places follow pdfplumber, which takes the height of a page for its upper edge; ``corner``
    is the lower left one of the medium, nearly always (0, 0).
    """
    if place.x0 is None or place.y0 is None or place.x1 is None or place.y1 is None:
        return None
    left, bottom = corner
    return place.x0 - left, place.y0 + bottom, place.x1 - left, place.y1 + bottom


def _box(edges: Edges | None, scale: float, image: Image) -> Box | None:
    if edges is None:
        return None
    x0, y0, x1, y1 = (round(edge * scale) for edge in edges)
    width, height = image.size
    box = Box(max(0, x0), max(0, y0), min(width - 1, x1), min(height - 1, y1))
    return box if box.left <= box.right and box.top <= box.bottom else None


def _highlight(image: Image, box: Box) -> None:
    """Colour the paper inside the box like a marker would, and leave the print dark."""
    from PIL import Image as pil
    from PIL import ImageChops

    area = (box.left, box.top, box.right + 1, box.bottom + 1)
    inside = image.crop(area)
    image.paste(ImageChops.multiply(inside, pil.new("RGB", inside.size, HIGHLIGHT)), area)


def _border(image: Image, box: Box) -> None:
    from PIL import ImageDraw

    edges = [
        (max(0, box.left - FRAME_PIXELS), max(0, box.top - FRAME_PIXELS)),
        (
            min(image.width - 1, box.right + FRAME_PIXELS),
            min(image.height - 1, box.bottom + FRAME_PIXELS),
        ),
    ]
    ImageDraw.Draw(image).rectangle(edges, outline=FRAME_COLOUR, width=FRAME_PIXELS)


def _paint(image: Image, box: Box, colour: tuple[int, int, int]) -> None:
    image.paste(colour, (box.left, box.top, box.right + 1, box.bottom + 1))
