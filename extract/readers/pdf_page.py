"""What one page of a PDF holds (PDF 页面), as plain characters and rulings.

Engines fill :class:`Page`; everything else about PDF pages is worked out from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, overload

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the top left corner of the page."""
Edge = tuple[float, float, float]
"""Where a straight line stands, and where it starts and ends along its direction."""


BROKEN = "broken: "
"""Begins a doubt about the file itself: something in it may be lost or changed."""


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


_char = partial(tuple.__new__, Char)


class Chars(Sequence[Char]):
    """Characters as columns: what a page of tables needs, without an object for each.

    ``texts``, ``lefts``, ``tops``, ``rights``, ``bottoms`` and ``sizes`` are of one
    length. As a sequence it holds :class:`Char`, made when first asked for.
    """

    __slots__ = ("_made", "bottoms", "lefts", "rights", "sizes", "texts", "tops")

    def __init__(
        self,
        texts: Sequence[str],
        lefts: Sequence[float],
        tops: Sequence[float],
        rights: Sequence[float],
        bottoms: Sequence[float],
        sizes: Sequence[float],
    ) -> None:
        self.texts, self.lefts, self.tops = texts, lefts, tops
        self.rights, self.bottoms, self.sizes = rights, bottoms, sizes
        self._made: list[Char] | None = None

    @classmethod
    def of(cls, chars: Iterable[Char]) -> Chars:
        """The same characters as columns."""
        if isinstance(chars, Chars):
            return chars
        made = list(chars)
        columns = cls(*zip(*made, strict=True)) if made else cls((), (), (), (), (), ())
        columns._made = made
        return columns

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Char]:
        return iter(self._chars())

    @overload
    def __getitem__(self, index: int) -> Char: ...
    @overload
    def __getitem__(self, index: slice) -> list[Char]: ...
    def __getitem__(self, index: int | slice) -> Char | list[Char]:
        return self._chars()[index]

    def some(self, indexes: Iterable[int]) -> list[Char]:
        """The characters at some places, in the order given."""
        if self._made is not None:
            return [self._made[i] for i in indexes]
        texts, lefts, tops = self.texts, self.lefts, self.tops
        rights, bottoms, sizes = self.rights, self.bottoms, self.sizes
        return [
            _char((texts[i], lefts[i], tops[i], rights[i], bottoms[i], sizes[i])) for i in indexes
        ]

    def _chars(self) -> list[Char]:
        if self._made is None:
            self._made = list(
                map(
                    _char,
                    zip(
                        self.texts,
                        self.lefts,
                        self.tops,
                        self.rights,
                        self.bottoms,
                        self.sizes,
                        strict=True,
                    ),
                )
            )
        return self._made


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
    has_pictures: bool = False
    """Whether pictures stand on it, where the engine does not tell their share."""
