"""Our table rules against pdfplumber's own functions, on lines and characters at random."""

from __future__ import annotations

import random

import pytest
from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)
from pdfplumber.utils.geometry import filter_edges
from pdfplumber.utils.text import extract_text

from extract.readers.pdf_cell_text import cell_text
from extract.readers.pdf_page import Char, Edge
from extract.readers.pdf_tables import CharsByCell, find_frames
from extract.reasons import Rejected


def by_pdfplumber(verticals: list[Edge], horizontals: list[Edge]) -> list[set[object]]:
    edges = [
        {"orientation": "v", "x0": x, "x1": x, "top": a, "bottom": b, "width": 0, "height": b - a}
        for x, a, b in verticals
    ] + [
        {"orientation": "h", "x0": a, "x1": b, "top": y, "bottom": y, "width": b - a, "height": 0}
        for y, a, b in horizontals
    ]
    edges = [{**edge, "object_type": "line"} for edge in edges]
    edges = merge_edges(filter_edges(edges, min_length=1), 3, 3, 3, 3)
    crossings = edges_to_intersections(filter_edges(edges, min_length=3), 3, 3)
    return [set(cells) for cells in cells_to_tables(intersections_to_cells(crossings))]


def drawn(dice: random.Random) -> tuple[list[Edge], list[Edge]]:
    """Lines of a torn grid: short ones, doubled ones, near misses, several tables.

    Away from the page's corner, where pdfplumber's sums differ in the last bit.
    """
    places = [
        dice.choice((0.0, 0.4, 2.9, 3.1)) + 100.0 + 20.0 * i for i in range(6) for _ in range(2)
    ]

    def line() -> Edge:
        start, end = sorted((dice.choice(places), dice.choice(places)))
        return dice.choice(places), start - dice.choice((0, 2.5, 3.5)), end + dice.choice((0, 2.5))

    count = dice.randint(4, 40)
    return [line() for _ in range(count)], [line() for _ in range(count)]


@pytest.mark.parametrize("seed", range(150))
def test_tables_are_those_of_pdfplumber(seed: int) -> None:
    verticals, horizontals = drawn(random.Random(seed))
    ours = [set(frame.cells) for frame in find_frames(verticals, horizontals)]
    assert ours == by_pdfplumber(verticals, horizontals)


@pytest.mark.parametrize("seed", range(100))
def test_text_is_that_of_pdfplumber(seed: int) -> None:
    dice = random.Random(seed)
    chars: list[Char] = []
    x, top = 10.0, 10.0
    for _ in range(dice.randint(1, 30)):
        size = dice.choice((6.0, 9.0, 9.0, 12.0))
        text = dice.choice(("1", "2", ",", "合", " ", "\u3000", "ﬁ", "支出"))
        chars.append(Char(text, x, top, x + size / 2, top + size, size))
        x += dice.choice((0.0, size / 2, size / 2, size / 2 + 2.9, size / 2 + 3.1, -7.0))
        if dice.random() < 0.3:
            x, top = dice.uniform(5, 20), top + dice.choice((0.5, 2.9, 3.1, 10))
    dicts = [
        {"text": c.text, "x0": c.x0, "x1": c.x1, "top": c.top, "bottom": c.bottom, "doctop": c.top}
        | {"upright": True, "size": c.size}
        for c in chars
    ]
    assert cell_text(sorted(chars, key=lambda c: c.x0)) == extract_text(dicts)


@pytest.mark.parametrize("seed", range(30))
def test_characters_stand_in_the_cell_that_holds_their_middle(seed: int) -> None:
    dice = random.Random(seed)
    chars = [
        Char(str(i), x, y, x + dice.choice((1, 5, 30)), y + 9, 9)
        for i, (x, y) in enumerate((dice.uniform(0, 100), dice.uniform(0, 60)) for _ in range(80))
    ]
    cells = [(x, y, x + 25.0, y + 20.0) for x in (0.0, 25.0, 40.0, 75.0) for y in (0.0, 20.0, 40.0)]
    placed = CharsByCell(chars).of(cells)
    for x0, top, x1, bottom in cells:
        inside = [
            c
            for c in chars
            if x0 <= (c.x0 + c.x1) / 2 < x1 and top <= (c.top + c.bottom) / 2 < bottom
        ]
        assert placed[x0, top, x1, bottom] == sorted(inside, key=lambda c: c.x0)


def test_a_page_of_too_many_crossings_is_refused() -> None:
    verticals = [(4.0 * i, 0.0, 20_000.0) for i in range(3000)]
    horizontals = [(4.0 * i, 0.0, 20_000.0) for i in range(3000)]
    with pytest.raises(Rejected) as error:
        find_frames(verticals, horizontals)
    assert error.value.code == "RESOURCE_LIMIT"
