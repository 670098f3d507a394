"""What of a scan may tell how its figures are to be taken (可辨认的说明文字).

A misread unit makes every figure of a table ten thousand times too large, a misread name
gives them to another office. Lines that state a unit are held to the floor of figures; what
tells year, kind and department, to one for words. Documents that were not scanned pass
through untouched. What is certain of the figures themselves is in ``certainty``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extract.document import Block, Document, Paragraph
from extract.recognise.certainty import FLOOR
from extract.recognise.numbers import fold, money_unit

WORDS_FLOOR = 0.6
"""Least confidence, of the least certain character, of a line that a profile is told by."""


def without_doubtful_units(document: Document) -> Document:
    """Return the document without recognised lines that state a unit and are not certain."""
    return _without(document, lambda text, sure: sure < FLOOR and _states_unit(text))


def without_doubtful_words(document: Document) -> Document:
    """Return the document without recognised lines in which words may be misread."""
    return _without(document, lambda _, sure: sure < WORDS_FLOOR)


def _states_unit(text: str) -> bool:
    return money_unit(text) is not None or "单位:" in fold(text)


def _without(document: Document, is_doubtful: Callable[[str, float], bool]) -> Document:
    """Blank doubtful lines; nothing moves, so that places stay what they are."""

    def kept(block: Block) -> Block:
        if isinstance(block, Paragraph):
            text = block.text
            for span in block.spans:
                line = block.text[span.char_start : span.char_end]
                if span.confidence is not None and is_doubtful(line, span.confidence):
                    blank = " " * len(line)
                    text = text[: span.char_start] + blank + text[span.char_end :]
            return block if text == block.text else replace(block, text=text)
        cells = tuple(
            replace(cell, text="")
            if cell.confidence is not None and is_doubtful(cell.text, cell.confidence)
            else cell
            for cell in block.cells
        )
        return replace(block, cells=cells)

    if not any(_is_recognised(block) for block in document.blocks):
        return document
    return replace(document, blocks=tuple(kept(block) for block in document.blocks))


def _is_recognised(block: Block) -> bool:
    parts = block.spans if isinstance(block, Paragraph) else block.cells
    return any(part.confidence is not None for part in parts)
