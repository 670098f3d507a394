"""Headers torn over rows and paragraphs (断裂表头), put together by what they must say.

A file made from another may print the header of an indicator table as a short row, loose
words and another short row. The columns follow from the width of the rows below; which
loose word belongs to which column follows from the known headers.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from extract.document import Cell, Paragraph, Table
from extract.recognise.performance.header_roles import roles_of
from extract.recognise.performance.heads import Head, indicator_roles
from extract.recognise.performance.layout import headers
from extract.recognise.performance.rows import (
    MAX_FRAGMENTS,
    Item,
    Row,
    Slot,
    extended,
    flat,
    is_loose_piece,
    paragraph_slot,
)

_MAX_LOOSE_PIECES = 5
_MAX_HEADER = 16
_LEVEL_WORD = re.compile(r"[一二三]级指标(?:名称)?")
_LEVEL2_ROW = re.compile(
    r"\s*(?P<level2>(?:产出)?(?:数量|质量|时效|进度|成本)指标"
    r"|(?:经济|社会|生态|环境)(?:效益|成本)指标|可持续影响指标|[\u4e00-\u9fff]{0,6}满意度指标)"
    r"\s*[:：]?\s*(?P<contents>\S[\s\S]{3,4000})"
)
_TOLD = re.compile(r"完成|得分|分析|情况|方面|的")
"""Words that make of the name of a level the subject of a sentence."""
_LOOK_AHEAD = 24
_VALUES = frozenset({"target", "actual"})


def header_in_paragraph(paragraph: Paragraph, table: Table, year: int | None) -> Row | None:
    """Read a header row that the file holds as a paragraph: 一级指标 二级指标 三级指标 年度."""
    if len(paragraph.text) > 120 or "指标" not in paragraph.text:
        return None
    words = _LEVEL_WORD.sub(r" \g<0> ", paragraph.text).split()
    slots = tuple(
        Slot(flat(word), Cell(word, -1, -1, paragraph.place), -1, 1, True) for word in words
    )
    row = Row(table, -1, slots)
    return row if len(slots) >= 3 and indicator_roles(row, year) else None


def row_in_paragraph(paragraph: Paragraph) -> dict[str, Slot] | None:
    """Read a row of contents that the file holds as a paragraph: 产出进度指标 1.上半年….

    Returns the cells of level 2 and of the contents; None where no level 2 begins the text.
    """
    found = _LEVEL2_ROW.match(paragraph.text)
    if found is None or _TOLD.match(found["contents"]):
        return None
    return {
        "level2": _stretch(paragraph, *found.span("level2")),
        "level3": _stretch(paragraph, *found.span("contents")),
    }


def _stretch(paragraph: Paragraph, start: int, end: int) -> Slot:
    text = paragraph.text[start:end]
    return Slot(flat(text), Cell(text, -1, -1, paragraph.place_of(start, end)), -1, 1, True)


def torn_head(
    stream: Sequence[Item], start: int, first: Row, year: int | None
) -> tuple[Head, int] | None:
    """Return the head that begins with the row ``first`` and the position after it.

    ``start`` is the position after ``first``. None when the header is not torn, or when
    no arrangement of its pieces gives a known header for every column.
    """
    loose, last, after = _pieces(stream, start)
    if not loose:
        return None
    width = _width_below(stream, after, len(first.slots) + len(last))
    inner = width - len(first.slots) - len(last)
    if not 0 <= inner <= len(loose):
        return None
    for middle in _arrangements(first.slots[-1], [paragraph_slot(p) for p in loose], inner):
        slots = (*first.slots[:-1], *middle, *last)
        texts = [s.text for s in slots]
        roles = roles_of(texts, "indicator", year)
        edge = roles[len(first.slots) - 1 : len(first.slots) + inner]
        if (
            all(edge)
            and len(set(edge)) == len(edge)
            and _VALUES.intersection(r for r in roles if r)
        ):
            return Head("indicator", first.table.index, tuple(roles), tuple(texts), slots), after
    return None


def _pieces(stream: Sequence[Item], start: int) -> tuple[list[Paragraph], tuple[Slot, ...], int]:
    """Loose words after a header fragment, and the fragment that ends it, if any."""
    loose: list[Paragraph] = []
    last: tuple[Slot, ...] = ()
    for position in range(start, min(len(stream), start + 2 * MAX_FRAGMENTS)):
        item = stream[position]
        if isinstance(item, Row):
            if not last and _all_known([t for t in item.own_texts if t]):
                return loose, item.slots, position + 1
            return loose, last, position
        if not item.text.strip():
            continue
        if not is_loose_piece(item) or len(loose) == _MAX_LOOSE_PIECES:
            break
        words = _header_words(item.text)
        if len(words) > 1 and not last and _all_known(words[:-1]):
            last = tuple(Slot(flat(w), Cell(w, -1, -1, item.place), -1, 1, True) for w in words)
        elif last and _all_known([last[-1].text + flat(item.text)]):
            last = (*last[:-1], extended(last[-1], item.text))
        else:
            loose.append(item)
    return [], (), start


def _header_words(text: str) -> list[str]:
    """Split words of headers, with or without blanks between: 分值 得分, 分值得分.

    What follows the last known word belongs to it; text that does not begin with a
    known word is one word.
    """
    words = text.split()
    if len(words) != 1:
        return words
    known = headers("indicator")
    plain, found, position = words[0], [""], 0
    while position < len(plain):
        limit = min(_MAX_HEADER, len(plain) - position)
        size = next((n for n in range(limit, 1, -1) if plain[position : position + n] in known), 0)
        if size:
            found.append(plain[position : position + size])
        else:
            found[-1] += plain[position]
        position += size or 1
    return found[1:] if not found[0] else words


def _all_known(texts: list[str]) -> bool:
    return bool(texts) and all(r is not None for r in roles_of(texts, "indicator", None))


def _width_below(stream: Sequence[Item], start: int, least: int) -> int:
    """Cells of the widest of the next rows: the width of the table."""
    widest = least
    for item in stream[start : start + _LOOK_AHEAD]:
        if isinstance(item, Row):
            if len(item.slots) < least and item.texts[0] in ("总分", "合计"):
                break
            widest = max(widest, len(item.slots))
    return widest


def _arrangements(edge: Slot, loose: list[Slot], inner: int) -> Iterator[tuple[Slot, ...]]:
    """Every way to deal loose words to the edge cell and ``inner`` columns after it.

    Reading order comes first; few words, so few ways.
    """
    for order in itertools.permutations(loose):
        for cuts in itertools.combinations(range(len(order) + 1), inner):
            bounds = [0, *cuts, len(order)]
            groups = [order[a:b] for a, b in itertools.pairwise(bounds)]
            if all(groups[1:]):
                yield tuple(_joined(edge if i == 0 else None, g) for i, g in enumerate(groups))


def _joined(edge: Slot | None, words: Sequence[Slot]) -> Slot:
    slot, rest = (edge, words) if edge is not None else (words[0], words[1:])
    for word in rest:
        slot = extended(slot, word.text)
    return slot
