"""The PDF engine seam (PDF 引擎): each page by the fastest engine that is trusted with it.

The fast engine reads what is plainly in order. A page that it may misread goes to the
reference engine, which is slow and right; so does the whole of a file that is not as
the standard says.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.readers import pdf_fast
from extract.readers.limits import Limits
from extract.readers.pdf_facts import Facts, doubt_of
from extract.readers.pdf_fast import Doubt, FastDocument
from extract.readers.pdf_page import Page
from extract.readers.pdf_reference import ReferenceDocument, legible
from extract.readers.pdf_syntax import Broken, Unreadable
from extract.readers.pdf_turned import turned_back
from extract.reasons import Rejected

_TAIL = 4096


def pages(data: bytes, limits: Limits) -> Iterator[Page]:
    """Yield the pages of a PDF, one in memory at a time, fit to be read.

    Sideways pages are turned back; glyphs that nobody can decode are marked as such.

    Raises Rejected with PDF_ENCRYPTED, PDF_DAMAGED or RESOURCE_LIMIT.
    """
    for page in pages_as_printed(data, limits):
        yield page if page.engine == pdf_fast.NAME else turned_back(legible(page))


def pages_as_printed(data: bytes, limits: Limits) -> Iterator[Page]:
    """Yield the pages of a PDF as they lie, each by the fastest engine to be trusted.

    Raises Rejected with PDF_ENCRYPTED, PDF_DAMAGED or RESOURCE_LIMIT.
    """
    tail = data[-_TAIL:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise Rejected("PDF_DAMAGED", "the end of the file is missing")
    try:
        facts = Facts(data, limits)
        fast = FastDocument(facts.prepared())
        if not 0 < fast.page_count == len(facts.pages):
            raise Broken("pages are counted differently")
    except (Unreadable, Doubt, RecursionError, TypeError, ValueError, KeyError) as error:
        yield from reference_pages(data, limits, doubt_of(error))
        return
    reference: ReferenceDocument | None = None
    for number in range(1, fast.page_count + 1):
        try:
            page = fast.read(number, facts, limits)
        except Doubt as doubt:
            reference = reference or ReferenceDocument(data, limits)
            if reference.page_count != fast.page_count:
                raise Rejected("PDF_DAMAGED", "its pages cannot be counted") from None
            page = reference.read(number, str(doubt))
        yield page


def reference_pages(data: bytes, limits: Limits, doubt: str = "") -> Iterator[Page]:
    """Yield the pages as the reference engine reads them. Raises Rejected."""
    reference = ReferenceDocument(data, limits)
    if reference.page_count > limits.max_pages:
        raise Rejected("RESOURCE_LIMIT", f"{reference.page_count} pages")
    for number in range(1, reference.page_count + 1):
        yield reference.read(number, doubt)
