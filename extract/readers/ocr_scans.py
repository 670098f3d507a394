"""Pages of a document that are pictures (扫描页面): rendered and recognised one by one.

Decides whether a page can be recognised at all, keeps the bounds, and remembers how
sure every recognised line is until the blocks are complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extract.readers import ocr
from extract.readers.blocks import Blocks
from extract.readers.ocr_layer import guessed, is_text_layer
from extract.readers.pdf_page import Page
from extract.readers.progress import page_begins
from extract.reasons import Rejected

if TYPE_CHECKING:
    from extract.document import Turn
    from extract.readers.ocr import Gray
    from extract.readers.ocr_page import Mark

DOTS_PER_INCH = 200.0
_MAX_PIXELS = 40_000_000
"""Of one rendered page; A3 at 200 dots per inch has 8 million."""
_FEW_PIXELS = 200
LAYER_CONFIDENCE = 0.9
"""Of a text layer, which does not tell its own: just enough for figures that no sum of
their table contradicts."""


class Scans:
    """Recognises pages of one file. Nothing is loaded before the first picture comes."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = data
        self._file: Any = None
        self._marks: dict[int, list[Mark]] = {}
        self._turns: dict[int, Turn] = {}
        self._layers: list[int] = []
        self.count = 0
        self.installed = True

    def pdf_page(self, number: int) -> Page | None:
        """Render a page of the PDF and recognise it; None where that cannot be done."""
        self.installed = ocr.is_installed()
        if not self.installed:
            return None
        try:
            picture, dots_per_inch = self._rendered(number)
        except Exception:  # whatever a damaged picture makes the renderer stumble over
            return None
        return self.picture(picture, number, dots_per_inch)

    def is_layered(self, number: int) -> bool:
        """Tell whether the text of a page is a hidden layer over or under a scan."""
        try:
            page = self._page(number)
            try:
                return is_text_layer(page)
            finally:
                page.close()
        except Exception:  # a page that cannot be looked at so is read as it is
            return False

    def layered_page(self, page: Page) -> Page:
        """Recognise the scan anew; where that cannot be done, take its layer for a guess."""
        read = self.pdf_page(page.number)
        if read is None:
            self._layers.append(page.number)
            self.count += 1
            self.installed = True  # nothing stays unread for want of the extra
            return page
        return read

    def picture(self, picture: Gray, number: int, dots_per_inch: float) -> Page | None:
        """Recognise a picture as the page of this number; None where nothing is read."""
        from extract.readers.ocr_page import recognise_page

        if min(picture.shape) < _FEW_PIXELS:
            return None
        page_begins()
        scan = recognise_page(picture, number, dots_per_inch)
        if not scan.page.chars:
            return None
        self._marks[number] = scan.marks
        if scan.turn is not None:
            self._turns[number] = scan.turn
        self.count += 1
        return scan.page

    def mark(self, blocks: Blocks) -> None:
        """Put the confidence of what was recognised on the finished blocks."""
        if self._layers:
            blocks.note("OCR_TEXT_LAYER", f"{len(self._layers)} pages")
            blocks.items[:] = guessed(blocks.items, frozenset(self._layers), LAYER_CONFIDENCE)
        if self._marks:
            from extract.readers.ocr_page import with_confidence

            blocks.items[:] = with_confidence(blocks.items, self._marks)
            blocks.turns.update(self._turns)

    def unreadable(self, detail: str) -> Rejected:
        """The reason why no page could be read."""
        return Rejected("PAGE_NOT_READABLE" if self.installed else "OCR_NOT_INSTALLED", detail)

    def note_code(self) -> str:
        """The code for pages that stay unread beside pages that are read."""
        return "PAGE_NOT_READABLE" if self.installed else "OCR_NOT_INSTALLED"

    def _rendered(self, number: int) -> tuple[Gray, float]:
        page = self._page(number)
        width, height = page.get_size()
        scale = min(DOTS_PER_INCH / 72, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        picture: Gray = bitmap.to_numpy().copy()
        page.close()
        return picture.reshape(picture.shape[0], -1), scale * 72

    def _page(self, number: int) -> Any:
        import pypdfium2

        if self._file is None:
            self._file = pypdfium2.PdfDocument(self._data)
        return self._file[number - 1]
