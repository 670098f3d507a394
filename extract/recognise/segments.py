"""The text of a document as one stream of folded segments (文本流).

A segment is a paragraph or a cell, folded for comparison. The profile is resolved on
this stream, so that a title reads the same whether the format printed it as a
paragraph, as two lines of a cover or as a merged cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.document import Document, Paragraph, Place

_JUNK = re.compile(r"\[(?:bookmark|image)[^\]\n]{0,80}\]")
_SEPARATOR = "\ue000"
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]|[^\\S\ue000]")
_COVER_LINES = 14
_COVER_LINE_LENGTH = 60
_COVER_END = re.compile(r"^(?:目录|一、|\(一\)|第[一1]部分)|。")


@dataclass(frozen=True, slots=True)
class Segment:
    """One paragraph or cell: ``text`` folded (NFKC, no white space), ``raw`` as read."""

    text: str
    raw: str
    place: Place
    table_index: int | None = None
    row: int | None = None


def segments(document: Document) -> tuple[Segment, ...]:
    """Return the non-empty segments of a document, in reading order."""
    entries = list(_entries(document))
    if not entries:
        return ()
    # One pass over the whole text is several times faster than one per cell.
    joined = _SEPARATOR.join(_clean(raw) for raw, *_ in entries)
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", joined)).split(_SEPARATOR)
    return tuple(
        Segment(text, raw, place, table, row)
        for text, (raw, place, table, row) in zip(folded, entries, strict=True)
        if text
    )


def _clean(raw: str) -> str:
    raw = raw.replace(_SEPARATOR, "")
    return _JUNK.sub("", raw) if "[" in raw else raw


def _entries(document: Document) -> Iterator[tuple[str, Place, int | None, int | None]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.place, None, None
        else:
            for cell in block.cells:
                yield cell.text, cell.place, block.index, cell.row


def cover(stream: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the lines of the cover: the short lines before the contents or the first chapter.

    Empty where the document begins with a chapter or with rows of data.
    """
    lines: list[Segment] = []
    for index, segment in enumerate(stream[:_COVER_LINES]):
        if len(segment.text) > _COVER_LINE_LENGTH or _COVER_END.search(segment.text):
            break
        if _in_row(segment, stream[index + 1 : index + 2]):
            break
        lines.append(segment)
    return tuple(lines)


def _in_row(segment: Segment, following: Sequence[Segment]) -> bool:
    """Tell whether a segment shares its row: such a table holds data and is no cover."""
    return segment.table_index is not None and any(
        (other.table_index, other.row) == (segment.table_index, segment.row) for other in following
    )


def printed(segment: Segment, start: int, end: int) -> str:
    """Return characters of the folded text as they were printed, full-width brackets included.

    Falls back to the folded characters where folding changed the length.
    """
    bare = _INVISIBLE.sub("", _clean(segment.raw))
    source = bare if len(bare) == len(segment.text) else segment.text
    return source[start:end]
