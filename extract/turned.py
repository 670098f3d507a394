"""Pages that were turned to be read (旋转的页面), and the way back to the page as it lies.

Recognition works on upright pages, whose columns stand above each other; whoever looks a
figure up finds the page as it lies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from extract.datasets import SourceRow
from extract.document import Block, Document, Paragraph, Place, Turn

Boxed = TypeVar("Boxed", Place, SourceRow)


def as_it_lies(document: Document) -> Document:
    """Return the document with all places on its pages as they lie."""
    if not document.turns:
        return document
    turns = document.turns

    def kept(block: Block) -> Block:
        if isinstance(block, Paragraph):
            spans = tuple(replace(span, place=back(span.place, turns)) for span in block.spans)
            return replace(block, place=back(block.place, turns), spans=spans)
        cells = tuple(replace(cell, place=back(cell.place, turns)) for cell in block.cells)
        return replace(block, place=back(block.place, turns), cells=cells)

    return replace(document, blocks=tuple(map(kept, document.blocks)), turns={})


def back(place: Boxed, turns: Mapping[int, Turn]) -> Boxed:
    """Return a place, or a row that holds one, on its page as it lies."""
    turn = turns.get(place.page or 0)
    if turn is None or place.x0 is None or place.y0 is None:
        return place
    if place.x1 is None or place.y1 is None:
        return place
    corners = [turn.back(place.x0, place.y0), turn.back(place.x1, place.y1)]
    (x0, x1), (y0, y1) = (sorted(values) for values in zip(*corners, strict=True))
    return replace(place, x0=round(x0, 2), y0=round(y0, 2), x1=round(x1, 2), y1=round(y1, 2))
