"""Building a document block by block (文档组装): what every reader shares.

Numbers tables in reading order, keeps the limits, and cleans text of the marks that
word processors leave in dumps. Knows no file format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extract.document import Block, Cell, Paragraph, Place, Span, Table, Turn
from extract.readers.broken_lines import goes_on
from extract.readers.limits import Limits
from extract.reasons import Rejected

JUNK = re.compile(
    r"\[bookmark:[^\[\]\n]{0,200}\]|\[image:[^\[\]\n]{0,200}\]|\[image\]"
    r"|[\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffc\x00-\x08\x0b\x0c\x0e-\x1f]"
)
"""Bookmarks, picture anchors and invisible characters: printed nowhere."""


MAX_LINES = 60
"""Printed lines that may be joined on suspicion to one paragraph; real ones have fewer."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line with its place."""

    text: str
    place: Place


@dataclass(slots=True)
class Blocks:
    """The blocks of one document while it is read."""

    limits: Limits
    items: list[Block] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    turns: dict[int, Turn] = field(default_factory=dict)
    """Pages that had to be turned."""
    n_tables: int = 0
    n_cells: int = 0
    n_lines: int = 0
    """Printed lines met so far, for formats that do not number theirs."""
    _after_blank: bool = False

    def paragraph(self, lines: Sequence[Line], *, may_go_on: bool = False) -> None:
        """Add a paragraph of printed lines, joined without separator; blank ones add nothing.

        With ``may_go_on`` it becomes part of the paragraph before where it is plainly
        the rest of a broken figure or sentence.
        """
        parts: list[str] = []
        spans: list[Span] = []
        length = 0
        for line in lines:
            text = clean(line.text)
            if not text.strip():
                continue
            text = text.rstrip() if line is lines[-1] else text.rstrip("\r\n\t \u3000")
            self.n_lines += 1
            place = line.place
            if place == Place():
                place = Place(line_start=self.n_lines, line_end=self.n_lines)
            spans.append(Span(length, length + len(text), place))
            parts.append(text)
            length += len(text)
        after_blank, self._after_blank = self._after_blank, not spans
        if not spans:
            return
        paragraph = Paragraph("".join(parts), _around(s.place for s in spans), tuple(spans))
        last = self.items[-1] if self.items else None
        if (
            may_go_on
            and not after_blank
            and isinstance(last, Paragraph)
            and len(last.spans) < MAX_LINES
            and goes_on(last.text, paragraph.text)
        ):
            self.items[-1] = _joined(last, paragraph)
        else:
            self.items.append(paragraph)

    def table(self, cells: Iterable[Cell], n_rows: int, n_columns: int, place: Place) -> None:
        """Add a table; the cells need not know its index, and empty tables are left out."""
        index = self.n_tables
        kept: list[Cell] = []
        for cell in cells:
            self.n_cells += bool(cell.text)
            if self.n_cells > self.limits.max_cells:
                raise Rejected("RESOURCE_LIMIT", f"more than {self.limits.max_cells} cells")
            kept.append(
                replace(
                    cell,
                    place=replace(
                        cell.place,
                        table_index=index,
                        row_index=cell.row,
                        column_index=cell.column,
                    ),
                )
            )
        if not any(cell.text for cell in kept):
            return
        kept.sort(key=lambda cell: (cell.row, cell.column))
        self.n_tables += 1
        self.items.append(
            Table(index, n_rows, n_columns, tuple(kept), replace(place, table_index=index))
        )

    def note(self, code: str, detail: str) -> None:
        """Record something that the reader met and survived."""
        self.notes.append((code, detail))


def clean(text: str) -> str:
    """Return text without what is printed nowhere; NBSP becomes a plain space."""
    return JUNK.sub("", text).replace("\xa0", " ")


def cell_text(lines: Iterable[str]) -> str:
    """Join the printed lines of a cell, outer blank lines dropped."""
    return "\n".join(line.rstrip() for line in lines).strip("\n\r\t ")


def _joined(first: Paragraph, rest: Paragraph) -> Paragraph:
    shift = len(first.text)
    moved = (
        replace(s, char_start=s.char_start + shift, char_end=s.char_end + shift) for s in rest.spans
    )
    spans = (*first.spans, *moved)
    return Paragraph(first.text + rest.text, _around(s.place for s in spans), spans)


def _around(places: Iterable[Place]) -> Place:
    """The place that covers all places given (of one page, where there are pages)."""
    every = list(places)
    first = every[0]
    starts = [p.line_start for p in every if p.line_start is not None]
    ends = [p.line_end for p in every if p.line_end is not None]
    same = [p for p in every if p.page == first.page]
    return Place(
        page=first.page,
        sheet=first.sheet,
        line_start=min(starts, default=None),
        line_end=max(ends, default=None),
        x0=min((p.x0 for p in same if p.x0 is not None), default=None),
        y0=min((p.y0 for p in same if p.y0 is not None), default=None),
        x1=max((p.x1 for p in same if p.x1 is not None), default=None),
        y1=max((p.y1 for p in same if p.y1 is not None), default=None),
    )
