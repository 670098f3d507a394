"""Web pages (HTML, MHT): visible text and tables with their row and column spans.

A table that holds another table is layout: its cells are read as page, not as grid.
Scripts, styles, hidden and struck-out elements are not content and not read; nothing is
fetched, so what stands in a frame stays unread unless it lies in the same archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email import message_from_bytes, policy

from lxml import etree

from extract.document import Paragraph, Place
from extract.readers.blocks import Blocks, Line, cell_text
from extract.readers.encoding import decode
from extract.readers.grid import Spanned, add_grid
from extract.readers.raised import is_note_mark
from extract.reasons import Rejected

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[a-z-]*\s*:[^;]{0,40}line-through",
    re.IGNORECASE,
)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_SKIPPED = frozenset(
    {"script", "style", "head", "noscript", "template", "svg", "iframe", "object", "select"}
    | {"del", "s", "strike"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font"}
    | {"i", "ins", "kbd", "label", "mark", "o:p", "q", "s", "samp", "small", "span", "strong"}
    | {"strike", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "input"}
)
"""Elements that do not end a line; every other one does."""
_BESIDE = ("header.htm", "header.html", "tabstrip.htm", "tabstrip.html")
"""Pages that office programs save beside the document: page headers, names of sheets."""
_BUDGET_WORDS = re.compile("预算|决算|绩效|收入|支出|经费|财政")
_MAX_SPAN = 1000


def read_html(data: bytes, blocks: Blocks) -> str:
    """Read a page into ``blocks`` and return its encoding.

    Raises Rejected with NOT_A_DISCLOSURE for pages that speak of no budget at all,
    such as an error page saved in place of a file.
    """
    text, encoding = _decoded(data)
    _read_page(text, blocks)
    _check_subject(blocks)
    return encoding


def read_mht(data: bytes, blocks: Blocks) -> None:
    """Read the pages of a web archive into ``blocks``, in the order in which they lie there.

    A workbook saved so has a page for each sheet. Raises Rejected as ``read_html`` does.
    """
    found = 0
    try:
        message = message_from_bytes(data, policy=policy.compat32)
    except RecursionError:
        raise Rejected("RESOURCE_LIMIT", "parts in parts, too deep") from None
    for part in message.walk():
        where = str(part.get("Content-Location") or "").lower()
        if part.get_content_type() != "text/html" or where.endswith(_BESIDE):
            continue
        page = part.get_payload(decode=True)
        if isinstance(page, bytes) and page.strip():
            found += 1
            declared = part.get_content_charset() or ""
            _read_page(_decoded(page, declared)[0], blocks)
    if not found:
        raise Rejected("NOT_A_DISCLOSURE", "a web archive without a page")
    _check_subject(blocks)


def _read_page(text: str, blocks: Blocks) -> None:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Rejected("NOT_A_DISCLOSURE", f"no readable page: {error}"[:200]) from None
    if root is not None:
        _Page(blocks).read(root)


def _check_subject(blocks: Blocks) -> None:
    words = "".join(block.text for block in blocks.items if isinstance(block, Paragraph))
    if not blocks.n_tables and not _BUDGET_WORDS.search(words):
        raise Rejected("NOT_A_DISCLOSURE", f"a web page without budget words: {words[:80]}")


def _decoded(data: bytes, charset: str = "") -> tuple[str, str]:
    """Decode by the declared Chinese encoding where it fits, else by the bytes.

    ``charset`` is what stands outside the page, and goes before what it says itself.
    """
    declared = _CHARSET.search(data[:4096])
    name = charset.lower() or (declared.group(1).decode("ascii").lower() if declared else "")
    if name in ("gb2312", "gbk", "gb18030", "big5"):
        codec = "gb18030" if name.startswith("gb") else name
        try:
            return data.decode(codec), codec
        except UnicodeDecodeError:
            pass  # declared wrongly: the bytes decide
    return decode(data)


class _Page:
    """Walks a page and gathers its visible lines and tables."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._line: list[str] = []

    def read(self, element: etree._Element) -> None:
        """Read an element and all below it."""
        self._walk(element)
        self._end_line()

    def _walk(self, element: etree._Element) -> None:
        tag = str(element.tag).lower()
        if tag in _SKIPPED or _is_hidden(element) or _is_mark(element, self._line):
            return
        if tag == "table" and not _is_layout(element):
            self._end_line()
            _add_table(element, self._blocks)
            return
        if tag == "br" or tag not in _INLINE:
            self._end_line()
        self._line.append(element.text or "")
        for child in element.iterchildren(etree.Element):
            self._walk(child)
            self._line.append(child.tail or "")
        if tag not in _INLINE:
            self._end_line()

    def _end_line(self) -> None:
        text = _SPACES.sub(" ", "".join(self._line)).strip()
        self._line.clear()
        if text:
            self._blocks.paragraph([Line(text, Place())], may_go_on=True)


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(
        _HIDDEN_STYLE.search(element.get("style") or "")
    )


def _is_mark(element: etree._Element, before: Sequence[str]) -> bool:
    """True for the raised mark of a note."""
    is_raised = element.tag == "sup" or _RAISED_STYLE.search(element.get("style") or "")
    if not is_raised:
        return False
    text = "".join(str(part) for part in element.itertext())
    return is_note_mark(text, "".join(before[-3:]))


def _is_layout(table: etree._Element) -> bool:
    return table.find(".//table") is not None


def _add_table(table: etree._Element, blocks: Blocks) -> None:
    rows: list[list[Spanned]] = []
    taken: dict[tuple[int, int], bool] = {}
    height = sum(1 for _ in table.iter("tr"))
    caption = table.find("caption")
    if caption is not None:
        blocks.paragraph([Line(_text(caption).replace("\n", " "), Place())])
    for r, tr in enumerate(table.iter("tr")):
        row: list[Spanned] = []
        column = 0
        for cell in tr.iterchildren("td", "th"):
            while (r, column) in taken:
                column += 1
            width = _span(cell, "colspan")
            tall = min(_span(cell, "rowspan"), height - r)
            if column + width > blocks.limits.max_columns:
                raise Rejected("RESOURCE_LIMIT", f"a table row of more than {column} columns")
            for i in range(1, tall):
                for j in range(width):
                    taken[r + i, column + j] = True
            if len(taken) > 8 * blocks.limits.max_cells:
                raise Rejected("RESOURCE_LIMIT", "row spans over more cells than the limit")
            row.append(Spanned(_text(cell), column, width, tall))
            column += width
        rows.append(row)
    add_grid(rows, blocks, Place())


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return min(_MAX_SPAN, max(1, int(value))) if value.isascii() and value.isdigit() else 1


def _text(cell: etree._Element) -> str:
    """The visible text of a cell, a line per printed line."""
    parts: list[str] = []

    def walk(element: etree._Element) -> None:
        tag = str(element.tag).lower()
        if tag in _SKIPPED or _is_hidden(element) or _is_mark(element, parts):
            return
        ends = tag not in _INLINE and element is not cell
        if ends:
            parts.append("\n")
        parts.append(_SPACES.sub(" ", element.text or ""))
        for child in element.iterchildren(etree.Element):
            walk(child)
            parts.append(_SPACES.sub(" ", child.tail or ""))
        if ends and tag != "br":
            parts.append("\n")

    walk(cell)
    lines = (line.strip(" ") for line in "".join(parts).split("\n"))
    return cell_text(line for line in lines if line)
