"""What the file says about its pages and fonts (页面与字体): the ground of the guard.

Tells which pages a fast reader may be trusted with, and where the characters of each
font stand above and below the base line. Looks at dictionaries only, and at whether
the contents can be unpacked; characters are other modules' work.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from extract.readers.limits import Limits
from extract.readers.pdf_commands import check_commands
from extract.readers.pdf_fonts import Font, Fonts
from extract.readers.pdf_objects import Objects, Stream
from extract.readers.pdf_page import BROKEN
from extract.readers.pdf_shown import Alphabet, codes_shown, count_shown, has_torn_codes
from extract.readers.pdf_syntax import Broken, Ref, Unreadable
from extract.reasons import Rejected

_MAX_FORMS = 200
_MAX_NODES = 100_000
_MAX_FORM_DEPTH = 4
_MAX_DRAWN_FORMS = 1000
_MAX_TREE_DEPTH = 100
_PICTURE = re.compile(rb"\bBI\s")
_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
_QUIET_ANNOTATIONS = frozenset(("Link", "Popup", "Text"))
_ACTUAL_TEXT = b"/ActualText"
_BOX_OR_LINE = re.compile(rb"[\s\d](?:re|m|([lcvy]))(?=\s)")
_SHORTEST_LINE = 6
"""Bytes of the shortest command that begins a line."""
_PIECES_OF_BOX = 5


@dataclass(slots=True)
class PageFacts:
    """What the file says about one page, before anyone reads its characters."""

    width: float
    height: float
    doubt: str = ""
    """Why a fast reader may misread the page; empty where nothing speaks against it."""
    descents: dict[str, float] = field(default_factory=dict)
    """By font name; a name that two fonts with different depths share is left out."""
    depth: float | None = None
    """Depth of all fonts of the page, where it is the same."""
    fonts: list[Font] = field(default_factory=list)
    aliases: frozenset[str] = frozenset()
    """Names by which the content selects fonts."""
    has_pictures: bool = True
    alphabets: Mapping[bytes, Alphabet] = field(default_factory=dict)
    """How each font writes figures, by the names that the content uses."""
    shown: tuple[int, Counter[str]] = field(default_factory=lambda: (0, Counter()))
    """Number of glyphs that the content shows, and the figures among them."""


class Facts:
    """What a file says about its pages.

    Raises Unreadable where the file is not plainly in order, Rejected where it has
    more pages, or on a page more, than may be read.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._objects = Objects.of(data, limits.max_stream_bytes)
        self._limits = limits
        self._fonts = Fonts(self._objects)
        self._may_unpack = limits.max_unpacked_bytes
        root = self._objects.dictionary(self._objects.trailer.get("Root"))
        self._hides_layers = self._has_hidden_layers(root)
        self._attributes = list(self._walk(root.get("Pages"), limits))
        self.pages = [self._facts(page) for page in self._attributes]

    def prepared(self) -> bytes:
        """The file as the fast engine should see it: see :meth:`Fonts.prepared`."""
        return self._fonts.prepared()

    def _facts(self, attributes: dict[str, Any]) -> PageFacts:
        try:
            return self._page(attributes)
        except (Unreadable, RecursionError, TypeError, ValueError, KeyError) as error:
            return PageFacts(0, 0, doubt=doubt_of(error))

    def _page(self, attributes: dict[str, Any]) -> PageFacts:
        get = self._objects.get
        box = self._box(attributes.get("MediaBox"))
        facts = PageFacts(box[2], box[3])
        crop = get(attributes.get("CropBox"))
        if box[0] or box[1] or box[2] <= 0 or box[3] <= 0:
            facts.doubt = "page box"
        elif crop is not None and self._box(crop) != box:
            facts.doubt = "cropped"
        elif get(attributes.get("Rotate")) or get(attributes.get("UserUnit")) not in (None, 1):
            facts.doubt = "rotated"
        elif self._hides_layers:
            facts.doubt = "hidden layers"
        elif self._draws_annotations(attributes):
            facts.doubt = "annotations"
        else:
            self._add_fonts(attributes, facts)
        return facts

    def _add_fonts(self, attributes: dict[str, Any], facts: PageFacts) -> None:
        fonts: dict[str, list[Font]] = {}
        contents = list(self._contents(attributes.get("Contents")))
        is_guarded = self._is_guarded(attributes.get("Contents"))
        unguarded = b"" if is_guarded else b"\n".join(contents)
        check_commands(unguarded)
        self._bound_paths(contents)
        own, pictures = len(contents), [False]
        for resources in self._resources(attributes.get("Resources"), contents, pictures):
            for alias, reference in self._objects.dictionary(resources.get("Font")).items():
                fonts.setdefault(alias, []).append(self._fonts.of(reference))
        facts.aliases = frozenset(fonts)
        facts.has_pictures = pictures[0]
        for alias, named in fonts.items():
            doubt = next((font.doubt for font in named if font.doubt), "")
            if doubt and _selects(contents, alias):
                facts.doubt = doubt
        if not facts.doubt:
            facts.doubt = _doubt(contents[:own], contents[own:])
        if facts.doubt:
            return
        facts.fonts = [font for named in fonts.values() for font in named]
        depths: dict[str, set[float]] = {}
        for font in facts.fonts:
            depths.setdefault(font.name, set()).add(font.descent)
        every = set().union(*depths.values())
        facts.depth = every.pop() if len(every) == 1 else None
        facts.descents = {n: found.pop() for n, found in depths.items() if len(found) == 1}
        facts.alphabets = {
            alias.encode("utf-8", "surrogateescape"): named[0].alphabet
            for alias, named in fonts.items()
            if named[0].alphabet
        }
        if has_torn_codes(unguarded, facts.alphabets):
            raise Rejected("PDF_DAMAGED", "a string that ends amid a code")
        for alias, named in fonts.items():
            if named[0].predefined:
                key = alias.encode("utf-8", "surrogateescape")
                named[0].predefined.codes.update(codes_shown(contents[:own], key))
        facts.shown = count_shown(contents[:own], facts.alphabets)
        if facts.shown[0] > self._limits.max_chars_per_page:
            raise Rejected("RESOURCE_LIMIT", f"a page of {facts.shown[0]} characters")

    def _bound_paths(self, contents: list[bytes]) -> None:
        """See that a page does not draw more than may be read; most are too short for it."""
        most = self._limits.max_paths_per_page
        if sum(map(len, contents)) < _SHORTEST_LINE * most:
            return
        drawn = pieces = 0
        for content in contents:
            for match in _BOX_OR_LINE.finditer(content):
                if match[1]:
                    pieces += 1
                else:
                    drawn += 1
        if drawn + pieces // _PIECES_OF_BOX > most:
            raise Rejected("RESOURCE_LIMIT", f"a page of {drawn + pieces} drawn pieces")

    def look_again(self, index: int) -> tuple[int, Counter[str]]:
        """Count what a page shows with more care. Raises Unreadable."""
        contents = self._contents(self._attributes[index].get("Contents"))
        return count_shown(contents, self.pages[index].alphabets, careful=True)

    def _walk(self, top: Any, limits: Limits) -> Iterator[dict[str, Any]]:
        """Yield the attributes of each page, the inherited ones included."""
        todo: list[tuple[Any, dict[str, Any], int]] = [(top, {}, 0)]
        seen: set[int] = set()
        nodes = count = 0
        while todo:
            reference, inherited, depth = todo.pop()
            nodes += 1
            number = reference.number if type(reference) is Ref else -nodes
            node = self._objects.dictionary(reference)
            if number in seen or nodes > _MAX_NODES or depth > _MAX_TREE_DEPTH:
                raise Broken("the page tree leads in a circle")
            seen.add(number)
            own = {**inherited, **{k: node[k] for k in _INHERITED if k in node}}
            kind = self._objects.get(node.get("Type"))
            if kind == "Page":
                count += 1
                if count > limits.max_pages:
                    raise Rejected("RESOURCE_LIMIT", f"more than {limits.max_pages} pages")
                yield {**node, **own}
            elif kind == "Pages" and "Kids" in node:
                kids = self._objects.get(node["Kids"])
                if not isinstance(kids, list):
                    raise Broken("the page tree is damaged")
                todo += [(kid, own, depth + 1) for kid in reversed(kids)]
            else:
                raise Broken("the page tree is damaged")

    def _box(self, value: Any) -> tuple[float, float, float, float]:
        box = self._objects.get(value)
        numbers = [self._objects.get(v) for v in box] if isinstance(box, list) else []
        if len(numbers) != 4 or not all(isinstance(v, (int, float)) for v in numbers):
            raise Broken("a page without size")
        x0, y0, x1, y1 = numbers
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _has_hidden_layers(self, root: dict[str, Any]) -> bool:
        layers = self._objects.dictionary(root.get("OCProperties"))
        default = self._objects.dictionary(layers.get("D"))
        hidden = self._objects.get(default.get("OFF"))
        return bool(hidden) or default.get("BaseState", "ON") != "ON"

    def _draws_annotations(self, attributes: dict[str, Any]) -> bool:
        """True where something printed stands outside the page's contents."""
        for reference in self._objects.get(attributes.get("Annots")) or ():
            note = self._objects.dictionary(reference)
            if note.get("Subtype") not in _QUIET_ANNOTATIONS and "AP" in note:
                return True
        return False

    def _contents(self, value: Any) -> Iterator[bytes]:
        found, left = self._objects.get(value), self._limits.max_page_bytes
        for reference in found if isinstance(found, list) else [found] if found else []:
            stream = self._objects.get(reference)
            if not isinstance(stream, Stream):
                raise Broken("a page without its contents")
            content = self._unpacked(stream)
            left -= len(content)
            if left < 0:
                raise Rejected("RESOURCE_LIMIT", "the contents of a page are too long")
            yield content

    def _is_guarded(self, value: Any) -> bool:
        """Whether check sums of its streams guard the contents of a page."""
        found = self._objects.get(value)
        streams = map(self._objects.dictionary, found if isinstance(found, list) else [found])
        return all(self._objects.get(about.get("Filter")) for about in streams)

    def _unpacked(self, stream: Stream) -> bytes:
        content = self._objects.content(stream)
        self._may_unpack -= len(content)
        if self._may_unpack < 0:
            raise Rejected("RESOURCE_LIMIT", "the contents of the pages are too long")
        return content

    def _resources(
        self, value: Any, contents: list[bytes], pictures: list[bool]
    ) -> Iterator[dict[str, Any]]:
        """Yield the resources of a page and of the forms it may draw.

        The contents of the forms are added to ``contents``; ``pictures`` tells whether
        there are any.
        """
        todo, seen = [(value, 0)], set[int]()
        while todo:
            inside, depth = todo.pop()
            resources = self._objects.dictionary(inside)
            yield resources
            for reference in self._objects.dictionary(resources.get("XObject")).values():
                number = reference.number if type(reference) is Ref else id(reference)
                drawn = self._objects.get(reference)
                if number in seen or not isinstance(drawn, Stream):
                    continue
                seen.add(number)
                if drawn.about.get("Subtype") != "Form":
                    pictures[0] = True
                    continue
                if len(seen) > _MAX_FORMS or depth >= _MAX_FORM_DEPTH:
                    raise Unreadable("too many forms")
                contents.append(self._unpacked(drawn))
                todo.append((drawn.about.get("Resources"), depth + 1))


def doubt_of(error: Exception) -> str:
    """What an error says of a page or a file, as the doubt of a page."""
    plain = isinstance(error, Unreadable) and not isinstance(error, Broken)
    return ("" if plain else BROKEN) + str(error)[:80]


def _doubt(contents: list[bytes], forms: list[bytes]) -> str:
    """What in the contents of a page and of its forms other readers see differently."""
    if any(_ACTUAL_TEXT in content for content in contents):
        return "replacement text"
    if any(b"BI" in content and _PICTURE.search(content) for content in contents):
        return "inline picture"
    if forms and sum(content.count(b" Do") for content in contents) > _MAX_DRAWN_FORMS:
        return "many forms"
    return "text in a form" if any(b"BT" in content for content in forms) else ""


def _selects(contents: list[bytes], alias: str) -> bool:
    """True where a content selects the font of this name."""
    raw = re.escape(alias.encode("utf-8", "surrogateescape"))
    select = re.compile(rb"/" + raw + rb"[\s\x00]+[+-]?[\d.]+[\s\x00]+Tf")
    return any(select.search(content) for content in contents)
