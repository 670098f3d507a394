"""pdfminer within bounds (有界解析): what a page may unpack to, and how much it may hold.

The parser itself has none: a page of a few kilobytes can ask for a thousand million
boxes. Imported by the reference engine only, which pays for the libraries anyway.
"""

from __future__ import annotations

import zlib
from types import SimpleNamespace
from typing import Any

from pdfminer import pdftypes
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from extract.readers.limits import Limits
from extract.reasons import Rejected

_MAX_FORMS = 20_000
"""Forms drawn on one page, those inside others counted each time."""
_PIECES_OF_BOX = 5


class _DamagedStreamError(Exception):
    """Not a zlib.error, which the parser would take for an empty stream."""


class _Device(PDFPageAggregatorWithMarkedContent):
    """Collects what a page holds, and stops where that is too much."""

    def __init__(self, page: Any, limits: Limits) -> None:
        super().__init__(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
        self._chars = limits.max_chars_per_page
        self._paths = limits.max_paths_per_page
        self._forms = _MAX_FORMS

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        self._chars -= 1
        self._check(self._chars)
        return float(super().render_char(*args, **kwargs))

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        *_, pieces = args
        self._paths -= 1 + len(pieces) // _PIECES_OF_BOX
        self._check(self._paths)
        super().paint_path(*args, **kwargs)

    def begin_figure(self, *args: Any) -> None:
        self._forms -= 1
        self._check(self._forms)
        super().begin_figure(*args)

    def _check(self, left: int) -> None:
        if left < 0:
            raise Rejected("RESOURCE_LIMIT", f"page {self.pageno} holds too much")


def lay_out(page: Any, limits: Limits) -> None:
    """Parse a page of pdfplumber, which then has its objects.

    Raises Rejected with RESOURCE_LIMIT, and whatever a damaged page makes the parser
    stumble over.
    """
    device = _Device(page, limits)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()


def bound_streams(limits: Limits) -> None:
    """Have the parser unpack streams whole or not at all, and none without end.

    By default a damaged stream is read as far as it goes, its figures lost or changed.
    """
    most = limits.max_stream_bytes

    def inflate(data: bytes) -> bytes:
        unpacker = zlib.decompressobj()
        out = unpacker.decompress(data, most)
        if len(out) == most:
            raise Rejected("RESOURCE_LIMIT", f"a stream unpacks to more than {most} bytes")
        if not unpacker.eof:
            raise zlib.error("incomplete or truncated stream")
        return out

    bounded = SimpleNamespace(
        decompress=inflate, decompressobj=zlib.decompressobj, error=zlib.error
    )
    vars(pdftypes)["zlib"] = bounded
    pdftypes.decompress_corrupted = lambda data: _without_sum(data, most)


def _without_sum(data: bytes, most: int) -> bytes:
    """Unpack a stream that the strict decoder refused, if all of it is there.

    Some producers leave out the check sum. Where there is one, or a part of one, it must
    be right: a single byte too many pushes the end of the sum out of the stream.
    """
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        out = unpacker.decompress(data[2:], most)
    except zlib.error as error:
        raise _DamagedStreamError(str(error)) from None
    check = unpacker.unused_data
    whole = not check.strip() or check[:4] == zlib.adler32(out).to_bytes(4, "big")
    if not unpacker.eof or not whole:
        raise _DamagedStreamError("a compressed stream is cut off or changed")
    return out
