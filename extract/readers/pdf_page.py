"""What one page of a PDF holds (PDF 页面), as plain characters and rulings.

Engines fill :class:`Page`; everything else about PDF pages is worked out from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the top left corner of the page."""
Edge = tuple[float, float, float]
"""Where a straight line stands, and where it starts and ends along its direction."""


class Char(NamedTuple):
    """A character and its box in points from the top left corner of the page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Half height of the box."""
        return (self.top + self.bottom) / 2


class TurnedChar(NamedTuple):
    """A character that does not stand upright."""

    place: int
    """Its place among all characters of the page."""
    rises: bool | None
    """True where the text is read upwards, False downwards, None where it slants."""
    char: Char


class Page(NamedTuple):
    """What one page holds. ``image_share`` is the part of its area under pictures."""

    number: int
    width: float
    height: float
    chars: Sequence[Char]
    """Upright characters, in the order in which the engine gives them."""
    verticals: Sequence[Edge]
    """Vertical lines (x, top, bottom): drawn ones and the sides of boxes."""
    horizontals: Sequence[Edge]
    """Horizontal lines (y, left, right): drawn ones and the sides of boxes."""
    image_share: float
    engine: str
    """Name of the engine that read the page."""
    doubt: str = ""
    """Why the fast engine was not trusted with it; empty where it was."""
    turned: Sequence[TurnedChar] = ()
    """Characters that do not stand upright; they are not among ``chars``."""
