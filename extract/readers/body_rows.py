"""Short rows of a dumped body (表体短行): what its columns hold, where the cells of a row stand.

A merged label leaves a line of totals shorter than the lines around it; the columns of
the whole lines tell where its figures belong. Headers are the business of
:mod:`extract.readers.align`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

TOTAL_LABEL = re.compile(r"(?:合|总|小)计")
_FIGURE = re.compile(r"[-−－△(（]?[\d,，.．]+[%％]?[)）]?|[—－-]+")
_DECIMAL = re.compile(r"\d[.．]\d")
_NOTHING = frozenset({"/", "／", "无", "——", "――", "不适用"})
_CODE_NAME = re.compile(r"编码|代码")
_WHOLE_CODE = re.compile(r"[235]\d\d(?:\d\d){0,2}")
_LOWER_HEADERS = 2
"""Header rows that may stand below the first whole row."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a cell of a ragged row stands in the grid."""

    column: int
    column_span: int = 1
    row_span: int = 1
    covered: bool = False
    """True for an empty cell that the cell above runs over: it is no cell of its own."""


def label_columns(body: list[list[str]], width: int) -> set[int]:
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


def paired_totals(row: list[str], width: int, shape: Shape) -> list[Slot] | None:
    """Totals side by side, 人员经费合计 | 1.00 | 公用经费合计 | 2.00, or None.

    As many as there are columns of figures, each stands in its own. Of two, the first
    stands right of the first label columns and the second at the right edge; one alone
    stands there too, where all columns of figures bear the same name.
    """
    end = len(row) - 1 if len(row) > 4 and not row[-1] else len(row)  # 备注
    at = 1 if end % 2 and row[0].isdigit() else 0  # 序号
    pair = row[at:end]
    width -= len(row) - end
    labels = len(pair) % 2 == 0 and all(TOTAL_LABEL.search(text) for text in pair[::2])
    if not pair or not labels or not all(not text or is_figure(text) for text in pair[1::2]):
        return None
    ends = _ends_of_totals(len(pair) // 2, at, width, shape)
    starts = [at, *(end + 1 for end in ends[:-1])]
    if not ends or any(end <= start for start, end in zip(starts, ends, strict=True)):
        return None
    cells = (cell for s, e in zip(starts, ends, strict=True) for cell in (Slot(s, e - s), Slot(e)))
    return [*[Slot(0)] * at, *cells, *[Slot(width)] * (len(row) - end)]


def _ends_of_totals(count: int, at: int, width: int, shape: Shape) -> list[int]:
    """Return the columns in which the figures of so many totals stand; empty where unsure."""
    columns = sorted(shape.figures - shape.labels)
    if count == 2:
        first = next((c for c in range(width) if c not in shape.labels), width)
        return [first, width - 1] if at < first < width - 2 else []
    if count == len(columns) and count > 2 and not at:
        return columns
    alone = count == 1 and not at and shape.one_name and columns[-1] == width - 1
    return [width - 1] if alone else []


def body_width(body: list[list[str]], width: int) -> int:
    """Return how many cells the lines have: fewer than the header where most leave out the last.

    The merged label of a total makes it short by itself: totals tell nothing.
    """
    body = [row for row in body if row and not TOTAL_LABEL.fullmatch(row[0])]
    (common, times), *_ = Counter(map(len, body)).most_common(1) or [(width, 0)]
    return common if times * 2 > len(body) and common + 2 > width else width


@dataclass(frozen=True, slots=True)
class Shape:
    """What the columns of the whole lines of a body hold."""

    labels: set[int]
    figures: set[int]
    first: int
    """The first column of figures; the width of the body where there is none."""
    listing: bool
    """Nothing but figures stands from there on, remarks in the last column apart."""
    one_name: bool
    """There are several columns of figures, and the header calls all of them the same."""


def shape_of(body: list[list[str]], width: int, head: list[str]) -> Shape:
    """Return the shape of the whole lines of a body; ``head`` is the whole row of the header."""
    names = dict(enumerate(head))
    coded = {c for c, name in names.items() if c < width and _CODE_NAME.search(name)}
    labels = label_columns(body, width)
    shown = {c: [row[c] for row in body if row[c]] for c in coded}
    labels |= {c for c, texts in shown.items() if texts and all(map(_WHOLE_CODE.fullmatch, texts))}
    figures = {c for row in body for c, text in enumerate(row) if _is_value(text)}
    first = min(figures - labels, default=width)
    wordy = sum(any(t and not _is_value(t) for t in row[first : width - 1]) for row in body)
    listing = first < width and wordy < min(len(body), _LOWER_HEADERS + 1)
    called = [names.get(c, "") for c in sorted(figures - labels)]
    one_name = len(called) > 1 and len({*called}) == 1 and bool(called[0])
    return Shape(labels, figures, first, listing, one_name)


def local_label(row: list[str], above: list[str]) -> int | None:
    """The place of a total's label that covers cells of a block narrower than its table, or None.

    金额合计 | 3.00 | 2.00 under 用途 | 内容 | 1.00 | 1.00: the line above shows what it covers.
    """
    missing = len(above) - len(row)
    at = next((c for c, text in enumerate(row) if text), len(row))
    rest = row[at + 1 :]
    if missing < 1 or not rest or not TOTAL_LABEL.search(row[at]):
        return None
    covered, figures = above[at : at + missing + 1], above[at + missing + 1 :]
    fits = all(not text or _is_value(text) for text in (*rest, *figures)) and any(figures)
    return at if fits and not any(map(is_figure, covered)) and any(covered[1:]) else None


def goes_on_above(row: list[str], above: list[str]) -> bool:
    """Tell whether a line is of the same item as the line above, whose cells run on (纵向合并).

    It prints no code and no name of its own, yet those of a second classification:
    30101 | 基本工资 | 50101 | 工资奖金津补贴 above and two empty cells before 50501.
    """
    return (
        len(row) == len(above) > 4
        and not any(row[:2])
        and all(_WHOLE_CODE.fullmatch(line[2]) and line[3] for line in (row, above))
        and len(row[2]) == len(above[2]) == 5
    )


def merged_label(row: list[str], missing: int, shape: Shape) -> int | None:
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
    total = TOTAL_LABEL.search(row[at]) is not None
    if not shape.labels:  # nothing but the total is printed: only its label can be merged
        alone = total and all(not text or is_figure(text) for text in row[at + 1 :])
        return at if alone else None
    here = {c for c, text in enumerate(row) if c > at and is_figure(text)}
    after = {c + missing for c in here}
    amounts = shape.figures - shape.labels
    misplaced = after - amounts and not here - amounts
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
