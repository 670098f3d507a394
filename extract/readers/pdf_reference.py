"""The reference PDF engine (基准引擎): pdfplumber, and the last resort.

What it reads is right by definition; the other engines are held to it in tests, and
hand it every page that they may misread.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from extract.readers.limits import Limits
from extract.readers.pdf_page import Char, Edge, Page, TurnedChar
from extract.reasons import Rejected

NAME = "pdfplumber"
_UNMAPPED = "(cid:"
_PICTURE_FROM = 0.3
"""Part of the characters without map from which a page is as good as a picture."""


class ReferenceDocument:
    """A file opened by pdfplumber; it holds nothing that needs closing.

    Raises Rejected with PDF_ENCRYPTED, PDF_DAMAGED or RESOURCE_LIMIT.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._pages = _open(data, limits)
        self.page_count = len(self._pages)
        if not self._pages:
            raise Rejected("PDF_DAMAGED", "no page can be found")

    def read(self, number: int, doubt: str) -> Page:
        """Read the page of this number, counted from 1."""
        page = self._pages[number - 1]
        try:
            content = _content(page, doubt, self._limits)
        except Exception as error:
            raise _rejection(error, f"page {number}: ") from None
        page.close()
        return content


def _open(data: bytes, limits: Limits) -> list[Any]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    from extract.readers.pdf_bounded import bound_streams

    bound_streams(limits)
    try:
        return list(pdfplumber.open(io.BytesIO(data)).pages)
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFPasswordIncorrect) or "Password" in type(cause).__name__:
            raise Rejected("PDF_ENCRYPTED", "a password is needed") from None
        raise _rejection(cause) from None
    except Exception as error:  # the parser raises whatever a damaged file makes it stumble over
        raise _rejection(error) from None


def _content(page: Any, doubt: str, limits: Limits) -> Page:
    from extract.readers.pdf_bounded import lay_out

    lay_out(page, limits)
    if len(page.chars) > limits.max_chars_per_page or len(page.edges) > limits.max_paths_per_page:
        raise Rejected("RESOURCE_LIMIT", f"page {page.page_number} holds too much")
    chars: list[Char] = []
    turned: list[TurnedChar] = []
    for place, c in enumerate(page.chars):
        char = Char(c["text"], c["x0"], c["top"], c["x1"], c["bottom"], c["size"])
        if c.get("upright", True):
            chars.append(char)
        else:
            turned.append(TurnedChar(place, _rises(c["matrix"]), char))
    verticals: list[Edge] = []
    horizontals: list[Edge] = []
    for edge in page.edges:
        if edge["orientation"] == "v":
            verticals.append((edge["x0"], edge["top"], edge["bottom"]))
        elif edge["orientation"] == "h":
            horizontals.append((edge["top"], edge["x0"], edge["x1"]))
    area = float(page.width) * float(page.height)
    covered = sum(max(0.0, i["width"]) * max(0.0, i["height"]) for i in page.images)
    return Page(
        number=page.page_number,
        width=float(page.width),
        height=float(page.height),
        chars=chars,
        verticals=verticals,
        horizontals=horizontals,
        image_share=min(1.0, covered / area) if area else 0.0,
        engine=NAME,
        doubt=doubt,
        turned=turned,
    )


def legible(page: Page) -> Page:
    """Return the page without what stands for glyphs that have no map to Unicode.

    pdfplumber prints their numbers, whose digits are no figures of the document. A page
    that consists of such glyphs has no text layer worth the name: it is a picture.
    """
    unmapped = sum(char.text.startswith(_UNMAPPED) for char in page.chars)
    if not unmapped:
        return page
    if unmapped > _PICTURE_FROM * len(page.chars):
        return page._replace(chars=(), image_share=1.0)
    chars = [
        char._replace(text="\ufffd") if char.text.startswith(_UNMAPPED) else char
        for char in page.chars
    ]
    return page._replace(chars=chars)


def _rises(matrix: Sequence[float]) -> bool | None:
    a, b, _, d, _, _ = matrix
    slants = abs(a) > 0.1 * abs(b) or abs(d) > 0.1 * abs(matrix[2])
    return None if slants or not b else b > 0


def _rejection(error: BaseException, where: str = "") -> Rejected:
    """What an error of the parser says of the file."""
    if isinstance(error, Rejected):
        return error
    if isinstance(error, (RecursionError, MemoryError)):
        return Rejected("RESOURCE_LIMIT", f"{where}{type(error).__name__}")
    return Rejected("PDF_DAMAGED", f"{where}{type(error).__name__}: {error}"[:200])
