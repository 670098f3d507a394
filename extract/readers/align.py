"""Ragged rows to a grid (行列对齐): which columns do the cells of a short row cover?

Text dumps, and office files made from them, do not say over how many columns a merged
cell runs: a merged cell simply leaves its row shorter. What is certain can still be
told from the rows around it; what is not stays where it came. Knows nothing of
budgets except the words that open a group of columns (小计, 合计).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.readers.shares import spread

_TOTAL_LABEL = re.compile(r"(?:合|总|小)计")
_FIGURE = re.compile(r"[-−－△(（]?[\d,，.．]+[%％]?[)）]?|[—－-]+")
_DECIMAL = re.compile(r"\d[.．]\d")
_NOTHING = frozenset({"/", "／", "无", "——", "――", "不适用"})
_PERSONNEL = frozenset({"301", "303"})
_HEADER_ROWS = 6
_LOWER_HEADERS = 2
"""Header rows that may stand below the first whole row."""
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a cell of a ragged row stands in the grid."""

    column: int
    column_span: int = 1
    row_span: int = 1
    covered: bool = False
    """True for an empty cell that the cell above runs over: it is no cell of its own."""


Rows = Sequence[Sequence[str]]
Layout = list[list[Slot]]


def align(rows: Rows) -> Layout:
    """Return one slot per cell of ``rows`` (texts of the cells, row by row).

    Cells of a row are never reordered. Header rows that are shorter than the row below
    are spread over it; a short row of totals keeps its figures at the right edge; two
    halves of a two-sided header share the width evenly.
    """
    texts = [[_BLANKS.sub("", text) for text in row] for row in rows]
    parts = _code_parts(texts)
    if parts is not None:
        one = [["类款项", *row[3:]] if i == parts else row for i, row in enumerate(texts)]
        aligned = align(one)
        aligned[parts][1:1] = [replace(aligned[parts][0], covered=True)] * 2
        return aligned
    width = max((len(row) for row in texts), default=0)
    layout: Layout = [[Slot(column) for column in range(len(row))] for row in texts]
    full = next((i for i, row in enumerate(texts) if len(row) == width), 0)
    if not _merged_head(texts, layout, full, width) and 0 < full <= 3:
        _align_header(texts, layout, full, width)
    width = _body_width(texts[full + 1 :], width)
    body = [row for row in texts[full + 1 :] if len(row) == width]
    shape = _shape(body, width)
    for index in range(full + 1, len(texts)):
        missing = width - len(texts[index])
        if missing <= 0:
            continue
        pair = _paired_totals(texts[index], width, shape.labels)
        at = _merged_label(texts[index], missing, shape)
        if pair:
            layout[index] = pair
        elif at is not None:
            layout[index][at:] = [
                Slot(c + missing if c > at else c, 1 if c > at else missing + 1)
                for c in range(at, len(texts[index]))
            ]
    return layout


def _code_parts(texts: list[list[str]]) -> int | None:
    """Return the header row 类 | 款 | 项 | … over lines whose codes stand in one cell, or None.

    The cells of the code are merged in every line below, and apart in that row alone.
    """
    for index, row in enumerate(texts[:_HEADER_ROWS]):
        if row[:3] == ["类", "款", "项"]:
            below = [len(other) for other in texts[index + 1 :]]
            others = [*map(len, texts[:index]), *below]
            alike = max(others, default=0) <= len(row) - 2
            return index if alike and below.count(len(row) - 2) * 2 > len(below) else None
    return None


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
        if not set(range(missing + 1)) <= _label_columns(body, width):
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
            if width % len(texts[index]) or not named:
                return
            each = width // len(texts[index])
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


def _label_columns(body: list[list[str]], width: int) -> set[int]:
    """Columns that hold words in most rows and a figure in none, and columns of codes."""
    words: Counter[int] = Counter()
    figures: Counter[int] = Counter()
    decimal = (c for c in range(width) if any(_DECIMAL.search(row[c]) for row in body))
    amounts = next(decimal, 0)  # parts of codes (03, 01) stand left of all amounts
    codes = {c for c in range(width) if _are_codes([row[c] for row in body if row[c]], c < amounts)}
    for row in body:
        for column, text in enumerate(row):
            if _is_value(text) and column not in codes and not _is_code(text, column):
                figures[column] += 1
            elif text:
                words[column] += 1
    labels = {c for c in range(width) if words[c] and not figures[c]}
    last = max(labels, default=-1)  # 项 without a single code is a label column all the same
    return labels | {c for c in range(last) if not words[c] and not figures[c]}


def _are_codes(texts: list[str], parts: bool) -> bool:
    """Classes with their items, 212 and 2120803: what no column of amounts looks like.

    ``parts`` says that a column of 类, 款 or 项 alone (208, 03, 01) may stand here.
    """
    lengths = {len(text) for text in texts}
    if (
        parts
        and len(lengths) == 1
        and lengths <= {2, 3, 5, 7}
        and all(text.isdigit() for text in texts)
    ):
        return True
    alike = all(text.isdigit() and text[0] in "235" for text in texts)
    return alike and lengths <= {3, 5, 7} and len(lengths) > 1


def _is_code(text: str, column: int) -> bool:
    """A code in the first columns: whole, or its parts 类, 款 and 项 side by side."""
    if not text.isdigit():
        return False
    whole = len(text) in (5, 7) and text[0] == "2"
    return column < 2 or (column in (2, 3) and (len(text) == 2 or whole))


def _paired_totals(row: list[str], width: int, label_columns: set[int]) -> list[Slot] | None:
    """Two totals side by side, 人员经费合计 | 1.00 | 公用经费合计 | 2.00, or None.

    The first figure stands right of the first label columns, the second at the right edge.
    """
    first = next((c for c in range(width) if c not in label_columns), width)
    end = len(row) - 1 if len(row) > 4 and not row[-1] else len(row)  # 备注
    at = 1 if end == 5 and row[0].isdigit() else 0  # 序号
    pair = row[at:end]
    width -= len(row) - end
    labels = len(pair) == 4 and all(_TOTAL_LABEL.search(pair[i]) for i in (0, 2))
    figures = labels and all(not pair[i] or is_figure(pair[i]) for i in (1, 3))
    if not figures or not at < first < width - 2:
        return None
    return [
        *[Slot(0)] * at,
        Slot(at, first - at),
        Slot(first),
        Slot(first + 1, width - 2 - first),
        Slot(width - 1),
        *[Slot(width)] * (len(row) - end),
    ]


def _body_width(body: list[list[str]], width: int) -> int:
    """Return how many cells the lines have: fewer than the header where most leave out the last."""
    (common, times), *_ = Counter(map(len, body)).most_common(1) or [(width, 0)]
    return common if times * 2 > len(body) and common + 2 > width else width


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the columns of the whole lines of a body hold."""

    labels: set[int]
    figures: set[int]
    first: int
    """The first column of figures; the width of the body where there is none."""
    listing: bool
    """Nothing but figures stands from there on, remarks in the last column apart."""


def _shape(body: list[list[str]], width: int) -> _Shape:
    labels = _label_columns(body, width)
    figures = {c for row in body for c, text in enumerate(row) if _is_value(text)}
    first = min(figures - labels, default=width)
    wordy = sum(any(t and not _is_value(t) for t in row[first : width - 1]) for row in body)
    listing = first < width and wordy < min(len(body), _LOWER_HEADERS + 1)
    return _Shape(labels, figures, first, listing)


def _merged_label(row: list[str], missing: int, shape: _Shape) -> int | None:
    """The place of a label that covers the label columns right of it, or None.

    合计 | 12.00 | ..., 水利局本级 | 12.00 | ..., or 101001 | 水利局 | 合计 | 12.00 | ...: the
    last words before the figures, which keep the right edge. A row whose figures fit where
    they came and not there, or whose label is a bare code, stays where it came; so does
    any row but a total in a form, where words and figures mix.
    """
    words = [c for c, text in enumerate(row[: shape.first]) if text and not _is_value(text)]
    numbered = not shape.labels or 0 in shape.labels
    at = 1 if numbered and row and row[0].isdigit() else 0
    if words and shape.listing:
        at = words[-1]
    if len(row) < at + 2:
        return None
    total = _TOTAL_LABEL.search(row[at]) is not None
    if not shape.labels:  # nothing but the total is printed: only its label can be merged
        alone = total and all(not text or is_figure(text) for text in row[at + 1 :])
        return at if alone else None
    here = {c for c, text in enumerate(row) if c > at and is_figure(text)}
    after = {c + missing for c in here}
    misplaced = after - shape.figures and not here - shape.figures
    if misplaced or not (total or (words and shape.listing)):
        return None
    covered = set(range(at, at + missing + 1))
    shown = any(is_figure(text) and c in shape.labels for c, text in enumerate(row) if c)
    certain = covered <= shape.labels or (total and shown and covered - {0} <= shape.labels)
    return at if certain else None


def _is_value(text: str) -> bool:
    """A figure, or what stands for none."""
    return is_figure(text) or text in _NOTHING


def is_figure(text: str) -> bool:
    """True where a cell text is a figure or the dash that stands for none."""
    return _FIGURE.fullmatch(text) is not None
