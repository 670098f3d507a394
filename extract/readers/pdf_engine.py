"""The PDF engine seam (PDF 引擎): what a page holds, as plain characters and rulings.

Everything else about PDF pages is worked out from these two lists, so that a faster
engine only has to fill :class:`Page`. pdfplumber is the reference engine.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extract.readers.limits import Limits
from extract.reasons import Rejected

_TAIL = 4096


@dataclass(frozen=True, slots=True)
class Char:
    """A character and its box in points from the top left corner of the page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Half height of the box."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight horizontal or vertical line: a drawn line or the side of a box."""

    orientation: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """What one page holds. ``image_share`` is the part of its area under pictures."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rulings: tuple[Ruling, ...]
    image_share: float


def pages(data: bytes, limits: Limits) -> Iterator[Page]:
    """Yield the pages of a PDF, one in memory at a time.

    Raises Rejected with PDF_ENCRYPTED, PDF_DAMAGED or RESOURCE_LIMIT.
    """
    import pdfplumber
    from pdfminer import pdftypes
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    tail = data[-_TAIL:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise Rejected("PDF_DAMAGED", "the end of the file is missing")
    # By default a damaged stream is read as far as it goes, its figures lost or changed.
    pdftypes.decompress_corrupted = _inflate
    try:
        document = pdfplumber.open(io.BytesIO(data))
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFPasswordIncorrect) or "Password" in type(cause).__name__:
            raise Rejected("PDF_ENCRYPTED", "a password is needed") from None
        raise Rejected("PDF_DAMAGED", _words(cause)) from None
    except Exception as error:  # the parser raises whatever a damaged file makes it stumble over
        raise Rejected("PDF_DAMAGED", _words(error)) from None
    yield from _pages(document, limits)


def _pages(document: Any, limits: Limits) -> Iterator[Page]:
    """Yield the pages of an open document, which holds nothing that needs closing."""
    try:
        found = document.pages
    except Exception as error:
        raise Rejected("PDF_DAMAGED", _words(error)) from None
    if not found:
        raise Rejected("PDF_DAMAGED", "no page can be found")
    if len(found) > limits.max_pages:
        raise Rejected("RESOURCE_LIMIT", f"{len(found)} pages")
    for page in found:
        try:
            content = _content(page)
        except RecursionError:
            raise Rejected(
                "RESOURCE_LIMIT", f"page {page.page_number} is nested too deep"
            ) from None
        except Exception as error:
            raise Rejected("PDF_DAMAGED", f"page {page.page_number}: {_words(error)}") from None
        page.close()
        yield content


class _DamagedStreamError(Exception):
    """Not a zlib.error, which the parser would take for an empty stream."""


def _inflate(data: bytes) -> bytes:
    """Decompress a stream that the strict decoder refused, if all of it is there.

    Some producers leave out the check sum. Where there is one, it must be right.
    """
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        out = stream.decompress(data[2:])
    except zlib.error as error:
        raise _DamagedStreamError(str(error)) from None
    check = stream.unused_data[:4]
    if not stream.eof or (len(check) == 4 and int.from_bytes(check, "big") != zlib.adler32(out)):
        raise _DamagedStreamError("a compressed stream is cut off or changed")
    return out


def _content(page: Any) -> Page:
    chars = tuple(
        Char(c["text"], c["x0"], c["top"], c["x1"], c["bottom"], c["size"])
        for c in page.chars
        if c.get("upright", True)
    )
    rulings = tuple(
        Ruling(e["orientation"], e["x0"], e["top"], e["x1"], e["bottom"]) for e in page.edges
    )
    area = float(page.width) * float(page.height)
    covered = sum(max(0.0, i["width"]) * max(0.0, i["height"]) for i in page.images)
    return Page(
        number=page.page_number,
        width=float(page.width),
        height=float(page.height),
        chars=chars,
        rulings=rulings,
        image_share=min(1.0, covered / area) if area else 0.0,
    )


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:200]
