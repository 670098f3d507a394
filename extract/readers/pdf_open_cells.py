"""Cells that a page break leaves open (跨页单元格): merged downwards, with no line at the foot.

An office program that breaks a page inside of a merged cell draws its sides down to the end
of the table and closes it on the next page only. By its lines it is no cell, and its text
would stand nowhere. Where lines cross is the business of :mod:`extract.readers.pdf_tables`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.readers.pdf_page import Box, Edge
from extract.readers.pdf_tables import Frame

_TOLERANCE = 3.0


def with_open_cells(frames: Sequence[Frame], verticals: Sequence[Edge]) -> list[Frame]:
    """Return the frames with the cells that only the foot of their table closes."""
    return [_closed(frame, verticals) for frame in frames]


def _closed(frame: Frame, verticals: Sequence[Edge]) -> Frame:
    foot = frame.box[3]
    hanging = _hanging(frame.cells, foot)
    added = tuple(
        (x0, bottom, x1, foot)
        for x0, _, x1, bottom in hanging
        if _is_drawn(verticals, x0, bottom, foot) and _is_drawn(verticals, x1, bottom, foot)
    )
    return replace(frame, cells=(*frame.cells, *added)) if added else frame


def _hanging(cells: Iterable[Box], foot: float) -> list[Box]:
    """The lowest cells of columns that end above the foot, each over its whole width."""
    lowest: dict[float, float] = {}
    ordered = sorted(cells)
    edges = sorted({x for cell in ordered for x in (cell[0], cell[2])})
    place = {x: i for i, x in enumerate(edges)}
    for x0, _, x1, bottom in ordered:
        for edge in edges[place[x0] : place[x1]]:
            lowest[edge] = max(bottom, lowest.get(edge, bottom))
    return [
        cell
        for cell in ordered
        if cell[3] < foot - _TOLERANCE
        and all(lowest[edge] == cell[3] for edge in edges[place[cell[0]] : place[cell[2]]])
    ]


def _is_drawn(verticals: Iterable[Edge], x: float, top: float, bottom: float) -> bool:
    """Tell whether a line at ``x`` runs from top to bottom, in however many pieces."""
    pieces = sorted((start, end) for at, start, end in verticals if abs(at - x) <= _TOLERANCE)
    reached = top + _TOLERANCE
    for start, end in pieces:
        if start <= reached + _TOLERANCE:
            reached = max(reached, end)
    return reached >= bottom - _TOLERANCE
