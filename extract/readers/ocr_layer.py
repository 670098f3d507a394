"""Scans with a hidden text layer (双层 PDF): text that somebody's recogniser left under a picture.

Such text looks like print to a reader of PDF, and was guessed from a picture all the same.
Looks at the objects of a page only; what becomes of it is decided in ``ocr_scans``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from extract.document import Block, Paragraph

_PAGE_SHARE = 0.7
"""Part of a page that the picture of a scan covers at least."""
_MOST = 0.8
_MAX_OBJECTS = 50_000
_MAX_DEPTH = 3


def is_text_layer(page: Any) -> bool:
    """Tell whether the text of a page of pypdfium2 is invisible, or covered by a picture."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    texts = hidden = under = 0
    has_scan = False
    for number, item in enumerate(page.get_objects(max_depth=_MAX_DEPTH)):
        if number >= _MAX_OBJECTS:
            break
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            texts += 1
            mode = raw.FPDFTextObj_GetTextRenderMode(item.raw)
            hidden += mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        elif item.type == raw.FPDF_PAGEOBJ_IMAGE and _covers(item, width, height):
            has_scan = True
            under = texts  # what was drawn before the picture lies under it
    return has_scan and texts > 0 and hidden + under >= _MOST * texts


def _covers(item: Any, width: float, height: float) -> bool:
    left, bottom, right, top = item.get_bounds()
    seen_width = min(right, width) - max(left, 0.0)
    seen_height = min(top, height) - max(bottom, 0.0)
    seen = max(0.0, seen_width) * max(0.0, seen_height)
    return bool(seen >= _PAGE_SHARE * width * height)


def guessed(blocks: Iterable[Block], pages: frozenset[int], confidence: float) -> list[Block]:
    """Put one confidence on all that stands on these pages."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            spans = tuple(
                replace(span, confidence=confidence) if span.place.page in pages else span
                for span in block.spans
            )
            out.append(replace(block, spans=spans))
        elif block.place.page in pages:
            cells = tuple(replace(cell, confidence=confidence) for cell in block.cells)
            out.append(replace(block, cells=cells))
        else:
            out.append(block)
    return out
