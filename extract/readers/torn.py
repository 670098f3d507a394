"""Torn rows of a text dump (断行修复): fragments to whole rows.

A row of the dump ends with a blank line, yet a cell may hold blank lines itself, so a
row can arrive in several fragments. They are put together again only where the number
of cells that results is that of the rows around.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.readers.body_rows import is_figure
from extract.readers.captions import is_caption_row

_HEADING = re.compile(
    r"\s*(?:表|附件|附表|附录|第[一二三四五六七八九十\d]{1,3}[部章节条]|注[:：]|备注|说明[:：]|单位[:：]|金额单位"
    r"|公开\d|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]"
    r"|\d{1,3}[、.．]?\s*$)"
)
_NOTHING = frozenset({"无", "不涉及", "不适用"})
_UNIT_LINE = re.compile(r"单位\s*[:：]")
_MAX_HEADING = 60
_TITLE = re.compile(
    r"\s*(?:附?表\s{0,3}[一二三四五六七八九十\d]{1,3}(?:[、.．：:\s]|$)|附件|公开\d)"
)
_MAX_FRAGMENTS = 8


@dataclass(slots=True)
class Fragment:
    """A stretch of lines without a blank one: loose lines, then cells.

    ``loose`` and each cell are lists of ``(line number, text)``; ``gap`` is the number
    of blank lines before.
    """

    gap: int
    loose: list[tuple[int, str]] = field(default_factory=list)
    cells: list[list[tuple[int, str]]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.cells)


def fragments(lines: Sequence[str]) -> list[Fragment]:
    """Cut numbered lines (from 1) at the blank ones."""
    found: list[Fragment] = []
    gap = 0
    opened = False
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\r")
        is_cell = line.startswith("\t")
        if not is_cell and not line.strip():
            gap += 1
            opened = False
            continue
        if not opened:
            found.append(Fragment(gap))
            opened, gap = True, 0
        if is_cell:
            found[-1].cells.append([(number, line[1:])])
        elif found[-1].cells:
            found[-1].cells[-1].append((number, line))
        else:
            found[-1].loose.append((number, line))
    return found


def mend(pieces: Sequence[Fragment]) -> list[Fragment]:
    """Return the fragments with torn rows joined; prose stays as it is."""
    whole: list[Fragment] = []
    i = 0
    while i < len(pieces):
        end = _row_end(whole, pieces, i)
        whole.append(_joined(pieces[i : end + 1]))
        i = end + 1
    return whole


def _row_end(whole: Sequence[Fragment], pieces: Sequence[Fragment], start: int) -> int:
    """Index of the last fragment of the row that begins at ``start``."""
    if not pieces[start].cells:
        return start
    before = 0 if pieces[start].loose or not whole else whole[-1].width
    end = start
    while True:
        further = _rest_of_row(pieces, start, end, before) or _rest_of_cell(pieces, end)
        if not further:
            return end
        end = further


def _rest_of_row(pieces: Sequence[Fragment], start: int, end: int, before: int) -> int:
    """Index of the fragment that completes the row to the width of its neighbours, or 0."""
    total = sum(piece.width for piece in pieces[start : end + 1])
    if _ends_in_figure(pieces[end]) and (total == before or _is_total(pieces[start])):
        return 0
    for i in range(end + 1, min(end + _MAX_FRAGMENTS, len(pieces))):
        piece = pieces[i]
        if not piece.cells or _is_heading(piece):
            return 0
        total += piece.width
        after = _widths_after(pieces, i + 1)
        chain = pieces[end + 1 : i + 1]
        if all(p.loose or p.gap > 1 for p in chain):
            torn = total == before or (total > 1 and total in after and bool(chain[-1].loose))
        else:  # a single blank line between two cells: only an indented row is torn there
            indented = not _first_text(pieces[start]) and bool(_first_text(piece))
            torn = total == before and total in after and indented and len(chain) == 1
        if torn:
            return i
    return 0


def _rest_of_cell(pieces: Sequence[Fragment], end: int) -> int:
    """Index of the last loose fragment that continues the cell above, or 0.

    A table ends with more than one blank line; a single one before loose lines, with
    cells again after them, stands inside a cell.
    """
    last = "".join(text for _, text in pieces[end].cells[-1]) if pieces[end].cells else ""
    if is_figure(last.strip()):
        return 0
    i = end + 1
    while i < len(pieces) and not pieces[i].cells:
        if pieces[i].gap > 1 or _is_heading(pieces[i]) or i > end + _MAX_FRAGMENTS:
            return 0
        i += 1
    goes_on = i < len(pieces) and not pieces[i].loose and pieces[i].gap <= 2
    return i - 1 if goes_on and i > end + 1 else 0


def _ends_in_figure(piece: Fragment) -> bool:
    """True where the last cell is empty, a whole figure or 无: nothing was torn off it."""
    end = "".join(text for _, text in piece.cells[-1]).strip() if piece.cells else ""
    return not end or is_figure(end) or end in _NOTHING


def _is_total(piece: Fragment) -> bool:
    """A row of totals: its merged label leaves it shorter than the rows around."""
    return "".join(_first_text(piece).split()).endswith(("合计", "总计"))


def _is_heading(piece: Fragment) -> bool:
    if is_caption_row(["".join(text for _, text in cell) for cell in piece.cells]):
        return True
    if piece.loose:
        return bool(_HEADING.match(piece.loose[0][1])) or any(map(_heads_table, piece.loose[:3]))
    return is_title(piece)


def _heads_table(line: tuple[int, str]) -> bool:
    """True for a short line that ends in 表 or states a unit: another table begins."""
    text = line[1].strip()
    return len(text) <= _MAX_HEADING and (
        text.endswith(("表", "表）", "表)")) or bool(_UNIT_LINE.search(text))
    )


def unrepeated(piece: Fragment) -> Fragment:
    """Return a title that is repeated in every cell it was merged over as one cell."""
    texts = {"".join(text for _, text in cell).strip() for cell in piece.cells}
    if piece.width > 1 and len(texts) == 1 and _heads_table((0, texts.pop())):
        return Fragment(piece.gap, piece.loose, piece.cells[:1])
    return piece


def is_title(piece: Fragment) -> bool:
    """True where the first cell is the numbered title of a table, such as 表三、."""
    return bool(piece.cells and _TITLE.match(piece.cells[0][0][1]))


def _first_text(piece: Fragment) -> str:
    return "".join(text for _, text in piece.cells[0]).strip()


def _widths_after(pieces: Sequence[Fragment], start: int) -> set[int]:
    """Widths of the next rows that start with a cell, up to the next prose."""
    widths: set[int] = set()
    for piece in pieces[start : start + 6]:
        if not piece.cells and piece.gap > 1:
            break
        if piece.cells and not piece.loose:
            widths.add(piece.width)
    return widths


def _joined(pieces: Sequence[Fragment]) -> Fragment:
    row = Fragment(pieces[0].gap, list(pieces[0].loose), [list(c) for c in pieces[0].cells])
    for piece in pieces[1:]:
        row.cells[-1].extend(piece.loose)
        row.cells.extend(list(c) for c in piece.cells)
    return row
