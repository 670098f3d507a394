"""Ragged rows to a grid (行列对齐): which columns do the cells of a short row cover?

Text dumps, and office files made from them, do not say over how many columns a merged
cell runs: a merged cell simply leaves its row shorter. What is certain can still be
told from the rows around it; what is not stays where it came. Knows nothing of
budgets except the words that open a group of columns (小计, 合计).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.readers.body_rows import (
    TOTAL_LABEL,
    Slot,
    body_width,
    goes_on_above,
    is_figure,
    label_columns,
    local_label,
    merged_label,
    paired_totals,
    shape_of,
)
from extract.readers.shares import opens_half, spread

_PERSONNEL = frozenset({"301", "303"})
_HEADER_ROWS = 6
_BLANKS = re.compile(r"\s+")


Rows = Sequence[Sequence[str]]
Layout = list[list[Slot]]


def align(rows: Rows) -> Layout:
    """Return one slot per cell of ``rows`` (texts of the cells, row by row).

    Cells of a row are never reordered. Header rows that are shorter than the row below
    are spread over it; a short row of totals keeps its figures at the right edge; two
    halves of a two-sided header share the width evenly.
    """
    texts = [[_BLANKS.sub("", text) for text in row] for row in rows]
    apart = _code_parts(texts)
    if apart:
        one = [
            ["类款项" * bool(row[0]), *row[3:]] if i in apart else row
            for i, row in enumerate(texts)
        ]
        aligned = align(one)
        for index in apart:
            aligned[index][1:1] = [replace(aligned[index][0], covered=True)] * 2
        return aligned
    width = max((len(row) for row in texts), default=0)
    layout: Layout = [[Slot(column) for column in range(len(row))] for row in texts]
    full = next((i for i, row in enumerate(texts) if len(row) == width), 0)
    if not _merged_head(texts, layout, full, width) and 0 < full <= 3:
        _align_header(texts, layout, full, width)
    _align_body(texts, layout, full, body_width(texts[full + 1 :], width))
    return layout


def _align_body(texts: list[list[str]], layout: Layout, full: int, width: int) -> None:
    """Move the cells of the short rows to where they stand, most of them below a whole row."""
    shape = shape_of([row for row in texts[full + 1 :] if len(row) == width], width, texts[full])
    top = full
    for index, (above, row) in enumerate(pairwise(texts), 1):
        if index > full and len(row) >= width:
            top = top if goes_on_above(row, above) and texts[top][0] else index
            if top != index and {0, 1, 2, 3} <= shape.labels:
                _run_down(layout, top, index)
            continue
        pair = paired_totals(row, width, shape) if index > full else None
        missing = width - len(row)
        at = merged_label(row, missing, shape) if index > full else None
        if at is None and len(above) < width:  # a block of its own within a form
            missing = len(above) - len(row)
            at = local_label(row, above)
        if pair:
            layout[index] = pair
        elif at is not None:
            layout[index][at:] = [
                Slot(c + missing if c > at else c, 1 if c > at else missing + 1)
                for c in range(at, len(row))
            ]


def _run_down(layout: Layout, top: int, index: int) -> None:
    """Let code and name of the line ``top`` run over the empty cells down to ``index``."""
    for column in (0, 1):
        layout[top][column] = replace(layout[top][column], row_span=index - top + 1)
        layout[index][column] = Slot(column, covered=True)


def _code_parts(texts: list[list[str]]) -> set[int]:
    """Return the rows with the parts of a code apart, over lines whose codes stand in one cell.

    They are the header row 类 | 款 | 项 | … and totals, which print no code; the cells of
    the code are merged in every other line. Empty where that is not the shape of the rows.
    """
    for index, row in enumerate(texts[:_HEADER_ROWS]):
        if row[:3] != ["类", "款", "项"]:
            continue
        below = texts[index + 1 :]
        wide = {
            i
            for i, other in enumerate(below, index + 1)
            if len(other) == len(row) and not any(other[:3]) and TOTAL_LABEL.search(other[3])
        }
        others = [len(other) for i, other in enumerate(texts) if i != index and i not in wide]
        merged = sum(len(other) == len(row) - 2 for other in below)
        alike = max(others, default=0) <= len(row) - 2
        return {index, *wide} if alike and merged * 2 > len(below) else set()
    return set()


def _merged_head(texts: list[list[str]], layout: Layout, full: int, width: int) -> bool:
    """Align a header whose first cell covers the label columns: 项目 above 编码 | 名称.

    The names of those columns are a row of their own, the cells beside them run over both
    rows, and 栏次 and 合计 below are as short as the top row; or the names are not printed.
    Columns of figures follow only where the body shows that the covered columns hold labels.
    """
    for top in range(full):
        missing = width - len(texts[top])
        names = texts[top + 1]
        named = len(names) == missing + 1 and not any(not t or is_figure(t) for t in names)
        rest = texts[top + 2 if named else top + 1 : full]
        if (
            not 1 <= missing < len(texts[top]) - 1
            or not (named or (texts[top][0] == "项目" and any(r[0] == "栏次" for r in rest)))
            or any(len(row) != len(texts[top]) for row in rest)
        ):
            continue
        body = [row for row in texts[full:] if len(row) == width]
        if not set(range(missing + 1)) <= label_columns(body, width):
            continue
        for index in (top, *range(full - len(rest), full)):
            rows = 2 if index == top and named else 1
            layout[index] = [
                Slot(0, missing + 1),
                *(Slot(c + missing, 1, rows) for c in range(1, len(texts[index]))),
            ]
        return True
    return False


def _align_header(texts: list[list[str]], layout: Layout, full: int, width: int) -> None:
    """Spread the rows above the first full row, from the lowest to the top one."""
    for index in range(full - 1, -1, -1):
        below = [
            (text, slot) for text, slot in zip(texts[index + 1], layout[index + 1], strict=True)
        ]
        counts = spread(texts[index], [text for text, _ in below])
        if counts is None and index == full - 1:
            counts = _staff_blocks(texts, full)
        if counts is None:
            named = all(texts[index]) and all(text for text, _ in below)
            each = width // len(texts[index])
            starts = texts[full][::each] if each else []
            alike = len({*starts}) == 1 or (len(starts) == 2 and all(map(opens_half, starts)))
            if width % len(texts[index]) or not named or not alike:
                return
            layout[index] = [Slot(i * each, each) for i in range(len(texts[index]))]
            continue
        position = 0
        for i, count in enumerate(counts):
            taken = below[position : position + count]
            span = sum(slot.column_span for _, slot in taken)
            layout[index][i] = Slot(taken[0][1].column, span)
            if count == 1 and not taken[0][0] and texts[index][i]:
                layout[index][i] = Slot(taken[0][1].column, span, 1 + taken[0][1].row_span)
                layout[index + 1][position] = Slot(taken[0][1].column, span, 1, covered=True)
            position += count


def _staff_blocks(texts: list[list[str]], full: int) -> list[int] | None:
    """Spread 人员经费 | 公用经费 over three or more equal blocks, as their codes show.

    301 and 303 are personnel, the other classes public (支出经济分类); None where the codes
    of the blocks do not fall into these two, in this order.
    """
    header, below = texts[full - 1], texts[full]
    left = 1 if not below[0] else 0  # 序号 and 备注 stand beside the blocks
    right = 1 if not below[-1] else 0
    names = header[left : len(header) - right]
    starts = [i for i, leaf in enumerate(below) if leaf and leaf == below[left]]
    if len(names) != 2 or len(starts) < 3 or "人员" not in names[0] or "公用" not in names[1]:
        return None
    kinds: list[bool] = []
    for start in starts:
        codes = {
            row[start][:3]
            for row in texts[full + 1 :]
            if len(row) == len(below) and row[start].isdigit() and row[start][0] == "3"
        }
        if not codes or (personnel := codes <= _PERSONNEL) != bool(codes & _PERSONNEL):
            return None
        kinds.append(personnel)
    cut = kinds.count(True)
    if not all(kinds[:cut]) or any(kinds[cut:]) or not 0 < cut < len(starts):
        return None
    edge = starts[cut]
    return [1] * left + [edge - left, len(below) - right - edge] + [1] * right
