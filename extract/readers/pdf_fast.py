"""The fast PDF engine (快速引擎): pdf_oxide's characters and paths as pdfplumber has them.

pdf_oxide reads a page some fifty times faster than pdfplumber. It places characters on
their base line and inserts spaces of its own; both are put right here with what the
file says about its fonts. Whether a page may be read here at all is
:mod:`extract.readers.pdf_facts`' and :func:`read`'s to say: a page that either doubts
goes to the reference engine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from operator import add, attrgetter, sub
from typing import Any

from extract.readers.limits import Limits
from extract.readers.pdf_facts import Facts, PageFacts
from extract.readers.pdf_page import Chars, Edge, Page
from extract.readers.pdf_shown import FIGURES
from extract.readers.pdf_syntax import Unreadable
from extract.reasons import Rejected

NAME = "fast"
_FEW_CHARS = 10
_MEASURED = 3
_NEVER = 1_000_000
_WIDTH_OFF = 0.02
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
_turned = attrgetter("rotation_degrees")
_text, _font = attrgetter("char"), attrgetter("font_name")
_x, _y = attrgetter("origin_x"), attrgetter("origin_y")
_width, _size = attrgetter("advance_width"), attrgetter("font_size")


class Doubt(Exception):
    """The page may be misread here; the message says why."""


class FastDocument:
    """A file opened for fast reading. Raises Doubt where it cannot be opened."""

    def __init__(self, data: bytes) -> None:
        from pdf_oxide import PdfDocument

        try:
            self._document = PdfDocument.from_bytes(data)
            self.page_count = int(self._document.page_count)
            self._measured: Counter[str] = Counter()
        except Exception as error:  # whatever a damaged file makes the parser stumble over
            raise Doubt(f"cannot be opened: {type(error).__name__}") from None

    def _measure(self, glyphs: Sequence[Any], facts: PageFacts) -> None:
        """See that figures are as wide as their fonts say, for each font some times.

        Whoever takes the widths of other codes puts figures into other columns.
        """
        for font in facts.fonts:
            if self._measured[font.name] >= _MEASURED or not font.widths:
                continue
            self._measured[font.name] += 1
            named = [f.widths for f in facts.fonts if f.name == font.name]
            for glyph in glyphs:
                if glyph.font_name == font.name and glyph.char in font.widths:
                    _, _, width, size = glyph.bbox
                    told = [widths.get(glyph.char, 0.0) * size for widths in named]
                    if not any(abs(width - t) <= _WIDTH_OFF * size for t in told):
                        self._measured[font.name] = -_NEVER
                        raise Doubt("figures of another width")
                    break

    def read(self, number: int, facts_of_file: Facts, limits: Limits) -> Page:
        """Read the page of this number, counted from 1.

        Raises Doubt where another engine should read it, Rejected with RESOURCE_LIMIT
        where it holds more than a page can.
        """
        facts = facts_of_file.pages[number - 1]
        if facts.doubt:
            raise Doubt(facts.doubt)
        try:
            glyphs = self._document.extract_chars(number - 1)
            paths = self._document.extract_paths(number - 1)
        except Exception as error:
            raise Doubt(f"cannot be read: {type(error).__name__}") from None
        if len(glyphs) > limits.max_chars_per_page or len(paths) > limits.max_paths_per_page:
            raise Rejected("RESOURCE_LIMIT", f"page {number} holds too much")
        chars = _chars(glyphs, facts)
        self._measure(glyphs, facts)
        if facts.has_pictures and len(chars) < _FEW_CHARS:
            raise Doubt("pictures")
        text = "".join(chars.texts)
        if _UNKNOWN.search(text):
            raise Doubt("unknown signs")
        if not _agrees(chars, text, facts.shown):
            try:
                agrees = _agrees(chars, text, facts_of_file.look_again(number - 1))
            except Unreadable as error:
                raise Doubt(str(error)) from None
            if not agrees:
                raise Doubt("glyphs or figures are counted differently")
        verticals, horizontals = _edges(paths, facts.height)
        return Page(
            number,
            facts.width,
            facts.height,
            chars,
            verticals,
            horizontals,
            0.0,
            NAME,
            has_pictures=facts.has_pictures,
        )


def _agrees(chars: Chars, text: str, shown: tuple[int, Counter[str]]) -> bool:
    """True where as many glyphs and the same figures were read as the page shows."""
    glyphs, figures = shown
    return len(chars) == glyphs and all(text.count(sign) == figures[sign] for sign in FIGURES)


def _chars(glyphs: Sequence[Any], facts: PageFacts) -> Chars:
    """The characters of a page, standing as deep below the base line as their fonts say."""
    if any(map(_turned, glyphs)):
        raise Doubt("turned text")
    texts = list(map(_text, glyphs))
    height, descents = facts.height, facts.descents
    if gaps := _gaps(glyphs, texts, facts):
        glyphs = [glyph for i, glyph in enumerate(glyphs) if i not in gaps]
        texts = list(map(_text, glyphs))
    xs, ys, sizes = list(map(_x, glyphs)), map(_y, glyphs), list(map(_size, glyphs))
    if facts.depth is not None:
        depth = facts.depth
        bottoms = [height - (y + depth * size) for y, size in zip(ys, sizes, strict=True)]
    else:
        try:
            depths = [descents[name] for name in map(_font, glyphs)]
        except KeyError:
            raise Doubt("a font that is not known") from None
        bottoms = [height - (y + d * s) for y, d, s in zip(ys, depths, sizes, strict=True)]
    return Chars(
        texts,
        xs,
        list(map(sub, bottoms, sizes)),
        list(map(add, xs, map(_width, glyphs))),
        bottoms,
        sizes,
    )


def _gaps(glyphs: Sequence[Any], texts: Sequence[str], facts: PageFacts) -> set[int]:
    """Gaps that the engine took for spaces: their fonts bear the names of aliases."""
    if " " not in texts:
        return set()
    spaces = compress(range(len(texts)), map(" ".__eq__, texts))
    named = [(i, glyphs[i].font_name) for i in spaces]
    return {i for i, name in named if name not in facts.descents and name in facts.aliases}


def _edges(paths: Iterable[Mapping[str, Any]], height: float) -> tuple[list[Edge], list[Edge]]:
    """The straight lines of the paths, as pdfplumber finds them."""
    verticals: list[Edge] = []
    horizontals: list[Edge] = []
    for path in paths:
        operations = path["operations"]
        points: list[tuple[float, float]] = []
        for operation in operations:
            kind = operation["op"]
            if kind == "rectangle":
                x0, y0 = operation["x"], operation["y"]
                x1, y1 = x0 + operation["width"], y0 + operation["height"]
                if x1 < x0:
                    x0, x1 = x1, x0
                if y1 < y0:
                    y0, y1 = y1, y0
                top, bottom = height - y1, height - y0
                horizontals.append((top, x0, x1))
                horizontals.append((bottom, x0, x1))
                verticals.append((x0, top, bottom))
                verticals.append((x1, top, bottom))
            elif kind == "move_to":
                if len(points) > 1:
                    _add_lines(points, height, verticals, horizontals)
                points = [(operation["x"], operation["y"])]
            elif kind == "close_path":
                if points:
                    points.append(points[0])
            else:
                points.append((operation["x"], operation["y"]))
        if len(points) > 1:
            _add_lines(points, height, verticals, horizontals)
    return verticals, horizontals


def _add_lines(
    points: list[tuple[float, float]],
    height: float,
    verticals: list[Edge],
    horizontals: list[Edge],
) -> None:
    single = len(points) == 2 or (len(points) == 3 and points[0] == points[2])
    if single:
        points = points[:2]
    x0, y0 = points[0]
    for x1, y1 in points[1:]:
        if y0 == y1 and (single or x0 != x1):
            horizontals.append((height - y0, min(x0, x1), max(x0, x1)))
        elif x0 == x1 or single:  # a lone slanting line counts as vertical
            verticals.append((min(x0, x1), height - max(y0, y1), height - min(y0, y1)))
        x0, y0 = x1, y1
