"""The places of one document (出处): handed out as keys, collected as raw rows."""

from __future__ import annotations

import hashlib

from extract.datasets import SourceRow
from extract.document import Place


class SourceLedger:
    """Collects the places of one document and hands out their keys.

    The key is a hash of document and place, so reading the same bytes again gives the
    same key, and two facts read from one place share it.
    """

    def __init__(self, document_key: str) -> None:
        self._document_key = document_key
        self._rows: dict[str, SourceRow] = {}

    def key(self, place: Place, text: str) -> str:
        """Register ``place`` with the exact ``text`` printed there and return its key."""
        parts = (
            self._document_key,
            place.page,
            place.sheet,
            place.table_index,
            place.row_index,
            place.column_index,
            place.line_start,
            place.char_start,
            place.char_end,
            None if place.x0 is None else round(place.x0, 1),
            None if place.y0 is None else round(place.y0, 1),
        )
        digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
        if digest not in self._rows:
            self._rows[digest] = SourceRow(
                source_key=digest,
                document_key=self._document_key,
                page=place.page,
                sheet=place.sheet,
                table_index=place.table_index,
                row_index=place.row_index,
                column_index=place.column_index,
                line_start=place.line_start,
                line_end=place.line_end,
                char_start=place.char_start,
                char_end=place.char_end,
                x0=place.x0,
                y0=place.y0,
                x1=place.x1,
                y1=place.y1,
                source_text=text,
            )
        return digest

    def rows(self) -> list[SourceRow]:
        """Return the registered places in the order they were met."""
        return list(self._rows.values())
