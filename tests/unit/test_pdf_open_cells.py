"""Merged cells that the end of a page leaves without a line at their foot."""

from __future__ import annotations

import pytest

from extract.readers.pdf_open_cells import with_open_cells
from extract.readers.pdf_page import Edge
from extract.readers.pdf_tables import Frame, find_frames

WIDTHS = (100.0, 160.0, 220.0, 280.0)
HEIGHTS = (50.0, 70.0, 90.0, 110.0)


def drawn(*, foot_from: float, sides_to: float = HEIGHTS[-1]) -> tuple[list[Edge], list[Edge]]:
    """Three columns and three rows; the first column is merged from the second row on.

    Its foot is drawn from ``foot_from`` on alone, its left side down to ``sides_to``.
    """
    verticals = [(x, HEIGHTS[0], HEIGHTS[-1]) for x in WIDTHS[1:]]
    verticals += [(WIDTHS[0], HEIGHTS[0], 72.0), (WIDTHS[0], 72.0, sides_to)]
    horizontals = [(y, WIDTHS[0], WIDTHS[-1]) for y in HEIGHTS[:2]]
    horizontals += [(HEIGHTS[2], WIDTHS[1], WIDTHS[-1]), (HEIGHTS[3], foot_from, WIDTHS[-1])]
    return verticals, horizontals


def frame_of(verticals: list[Edge], horizontals: list[Edge]) -> Frame:
    (frame,) = with_open_cells(find_frames(verticals, horizontals), verticals)
    return frame


def test_the_foot_of_the_table_closes_a_cell_that_the_page_leaves_open() -> None:
    frame = frame_of(*drawn(foot_from=WIDTHS[1]))
    assert frame.cells[-1] == (100.0, 70.0, 160.0, 110.0)
    assert len(frame.cells) == 8


def test_a_closed_table_gets_no_cell() -> None:
    verticals, horizontals = drawn(foot_from=WIDTHS[0])
    assert frame_of(verticals, horizontals) == find_frames(verticals, horizontals)[0]


@pytest.mark.parametrize("sides_to", [72.0, 95.0])
def test_without_both_sides_down_to_the_foot_nothing_is_a_cell(sides_to: float) -> None:
    frame = frame_of(*drawn(foot_from=WIDTHS[1], sides_to=sides_to))
    assert len(frame.cells) == 7
