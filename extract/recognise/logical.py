"""Logical tables (逻辑表): physical tables cut where a new title stands, joined over pages.

A page break is not the end of a table, and a grid is not always one table: text dumps
and worksheets hold several tables in one grid, PDFs one table on several pages. Titles
and headers tell. Names no statement and binds no figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from extract.document import Document, Paragraph, Table
from extract.recognise.figures import is_number
from extract.recognise.grid import (
    LogicalTable,
    Row,
    column_intervals,
    dense,
    distinct,
    fit_row,
)
from extract.recognise.headers import header_count, lookup
from extract.recognise.layout_rules import plain
from extract.recognise.numbers import money_unit
from extract.recognise.titles import bare_title, is_caption, is_title, statement_candidates

_TRIVIAL = re.compile(r"[-—–\s]*(?:第?\d{1,4}页?(?:[,/]?共?\d{1,4}页?)?)?[-—–\s]*")
_NOTE = re.compile(
    r"^(?:注|备注|说明|附注|\*|★|※|本表|此表|该表|无此|\(?注)|空表|无数据|无此项|为空|没有发生|未发生|未安排|无.{0,60}(?:收支|收入|支出|预算|拨款|经费|资金|项目)"
)
_EMPTY = re.compile(
    r"空表|无数据|为空|无.{0,80}(?:收支|收入|支出|预算|决算|拨款|经费|资金|项目|转移支付|情况)|没有.{0,80}(?:收入|支出|预算|拨款|资金)"
    r"|未(?:发生|安排|使用|涉及|编制).{0,60}|不涉及|数据为0|均为0|无相关"
)
_LABELLED = re.compile(r"[^:\d]{2,12}:(?:[^:]{0,39}[^:\d元%])?")
_GENERIC = re.compile(r"[收支费金购项绩转基资运]")
_FORM_NAMES = frozenset({"项目名称", "项目支出名称", "专项名称", "项目(政策)名称"})
_LOOK_BACK = 9
_TITLE_ROWS = 3
"""Rows at the head of a grid among which titles may stand side by side."""
_BANNERS = 2
"""Lines of one cell that may stand between a title and the unit line of its grid."""
_LONG = 130


@dataclass(slots=True)
class _Segment:
    """A stretch of rows of one physical table that belongs to one logical table."""

    rows: list[Row] = field(default_factory=list)
    title: str | None = None
    captions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_form: bool = False
    """A form of one project begins with it: it continues no account table."""

    @property
    def has_body(self) -> bool:
        return any(distinct(row) for row in self.rows)


def declares_empty(text: str) -> bool:
    """Tell whether a remark says that the table has no figures (本表为空表)."""
    return bool(_EMPTY.search(plain(text)))


def logical_tables(
    document: Document, year: int | None = None, kind: str | None = None
) -> list[LogicalTable]:
    """Return the logical tables of a document in reading order.

    ``year`` and ``kind`` are those of the profile: the year tells 2023年预算数 from last
    year's, the kind helps to choose between several title-like lines above a table.
    """
    tables: list[LogicalTable] = []
    pending: list[str] = []
    after_table = False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if after_table and tables and _is_note(block.text):
                tables[-1].notes.append(block.text)
            elif not _is_trivial(block.text):
                if is_title(block.text):
                    _declared(tables, pending, year, kind)
                pending.append(block.text)
                after_table = after_table and len(pending) < 3 and not is_title(block.text)
            continue
        for grid in _side_by_side(dense(block)):
            for segment in _split(grid):
                if not segment.has_body:
                    pending.extend(segment.captions)
                    if segment.title:
                        pending.append(segment.title)
                    continue
                _place(tables, segment, block, len(grid[0]), pending, year, kind)
                pending = []
                after_table = True
    _declared(tables, pending, year, kind)
    return tables


def _declared(
    tables: list[LogicalTable], pending: list[str], year: int | None, kind: str | None
) -> None:
    """Add the table that ``pending`` only names and declares empty, without a grid."""
    for position, text in enumerate(pending[:-1]):
        if not is_title(text) or not statement_candidates(text, kind, year):
            continue
        after = pending[position + 1 : position + 4]
        note = next((t for t in after if len(t) < _LONG and declares_empty(t)), None)
        if note is not None and not any(map(is_title, after)):
            made = LogicalTable(len(tables), text, [], 0, captions=[text], notes=[note])
            tables.append(made)
            del pending[: position + 1]
            return


def _place(
    tables: list[LogicalTable],
    segment: _Segment,
    table: Table,
    n_columns: int,
    before: list[str],
    year: int | None,
    kind: str | None,
) -> None:
    """Append the segment to the table it continues, or begin a new one with it."""
    captions, title = _captions(before, kind, year)
    title = segment.title or title
    previous = tables[-1] if tables else None
    same_sheet = previous is not None and previous.sheet == table.place.sheet
    may = previous is not None and same_sheet and not segment.is_form
    if may and previous is not None and _may_continue(previous, title, before):
        rows = _continuation(previous, segment.rows, n_columns, year)
        if rows is not None:
            previous.joints.append(len(previous.rows))
            previous.rows.extend(rows)
            previous.notes.extend(segment.notes)
            previous.physical.append(table.index)
            return
    titled = title is not None
    count = header_count(segment.rows, n_columns, titled, year)
    if not count and not titled:
        count = header_count(segment.rows, n_columns, True, year)
    tables.append(
        LogicalTable(
            index=len(tables),
            title=title,
            rows=segment.rows,
            n_columns=n_columns,
            n_header=count,
            page=table.place.page,
            sheet=table.place.sheet,
            captions=captions + segment.captions,
            notes=[text for text in captions if _is_note(text)] + segment.notes,
            physical=[table.index],
        )
    )


def _side_by_side(grid: list[Row]) -> list[list[Row]]:
    """Cut a grid between tables that stand beside each other, each under a title of its own.

    The row of titles tells; without one, or without a body under it, the grid is whole.
    """
    for position, row in enumerate(grid[:_TITLE_ROWS]):
        starts = [c.column for c in distinct(row) if is_title(c.text)]
        titles = {bare_title(c.text) for c in distinct(row) if c.column in starts}
        if len(titles) < 2 or len(starts) != len(distinct(row)) or position + 2 > len(grid):
            continue
        edges = [0, *starts[1:], len(row)]
        return [
            [line[left:right] for line in grid] for left, right in pairwise(edges) if right > left
        ]
    return [grid]


def _split(grid: list[Row]) -> list[_Segment]:
    """Cut the rows of a grid where a title or a unit line stands under a body."""
    segments = [_Segment()]
    for row in grid:
        current = segments[-1]
        cells = distinct(row)
        texts = list({plain(cell.text): cell.text for cell in reversed(cells)}.values())[::-1]
        if not cells:
            if current.rows:
                current.rows.append(row)
            continue
        if len(texts) <= 4 and (
            all(is_title(t) or is_caption(t) for t in texts)
            or (not current.has_body and _names_unit(texts))
        ):
            title = next((t for t in texts if is_title(t)), None)
            opens = title is not None or any("元" in t and money_unit(t) for t in texts)
            if opens and current.has_body and not (title is None and _take_banners(current)):
                current = _Segment()
                segments.append(current)
            if opens or not current.has_body:
                current.title = title or current.title
                current.captions.extend(texts)
                continue
        if _opens_form(texts):
            if current.has_body and not current.is_form:
                current = _Segment()
                segments.append(current)
            current.is_form = current.is_form or not current.has_body
        if len(texts) == 1 and current.has_body:
            if _is_note(texts[0]):
                current.notes.append(texts[0])
                continue
            if _is_trivial(texts[0]) and not plain(texts[0]).isdigit():
                continue
        current.rows.append(row)
    return segments


def _names_unit(texts: list[str]) -> bool:
    """Tell whether a row over a grid states its unit beside labels of another kind (编报：某局)."""
    labels = (text for text in texts if not is_caption(text))
    return any(is_caption(t) and money_unit(t) for t in texts) and all(
        _LABELLED.fullmatch(plain(text)) for text in labels
    )


def _take_banners(segment: _Segment) -> bool:
    """Make captions of the lines between a title and the unit line, if nothing else is there.

    A form number or a motto in one cell under the title is no body of the table.
    """
    rows = [distinct(row) for row in segment.rows if distinct(row)]
    lone = [cells[0].text for cells in rows if len(cells) == 1]
    if segment.title is None or len(lone) < len(rows) or len(rows) > _BANNERS:
        return False
    if any(_is_note(text) or is_number(text) for text in lone):
        return False
    segment.captions.extend(lone)
    segment.rows.clear()
    return True


def _opens_form(texts: list[str]) -> bool:
    """Tell whether a row names the project that a form is about: 项目名称 | 水库维修."""
    if not 2 <= len(texts) <= 4 or plain(texts[0]).strip(":") not in _FORM_NAMES:
        return False
    return not any(lookup(text, None, None) for text in texts[1:])


def _captions(
    before: list[str], kind: str | None, year: int | None
) -> tuple[list[str], str | None]:
    """Return the caption lines right above a table and the title among them."""
    captions: list[str] = []
    title: str | None = None
    for text in reversed(before[-_LOOK_BACK:]):
        if len(plain(text)) > _LONG:
            break
        captions.insert(0, text)
        known = is_title(text) and bool(statement_candidates(text, kind, year))
        if known or (is_title(text) and _GENERIC.search(bare_title(text))):
            if title is None:
                title = text
            if known or statement_candidates(title, kind, year):
                break
        elif title is not None:
            break
    return captions, title


def _may_continue(previous: LogicalTable, title: str | None, before: list[str]) -> bool:
    """Tell whether nothing between the two grids speaks against their being one table."""
    if title is not None:
        same = previous.title is not None and bare_title(title) == bare_title(previous.title)
        return same
    return all(is_caption(text) or _is_trivial(text) or "续表" in text for text in before)


def _continuation(
    previous: LogicalTable, rows: list[Row], n_columns: int, year: int | None
) -> list[Row] | None:
    """Return the rows as rows of ``previous``, or None when they are another table's."""
    count = header_count(rows, n_columns, False, year)
    if count:
        # Lines without figures under a repeated header look like header rows.
        shorter = min(count, previous.n_header)
        count = next((n for n in (count, shorter) if _same_header(previous, rows, n)), 0)
        if not count:
            return None
        rows = rows[count:]
    elif previous.n_header == 0 and previous.title is None:
        return rows if n_columns == previous.n_columns else None
    if n_columns == previous.n_columns:
        return rows
    if previous.sheet is not None and not count and n_columns < previous.n_columns:
        return rows  # columns of a sheet keep their places; the last ones are blank
    intervals = column_intervals(previous.rows, previous.n_columns)
    if intervals is not None and _has_geometry(rows):
        return [fit_row(row, intervals) for row in rows]
    short = previous.n_columns - n_columns
    if count or short <= 0 or len(rows) > 3:
        return None
    if not all(_is_total(row) for row in rows):
        return None
    return [[row[0]] * (short + 1) + row[1:] for row in rows]


def _has_geometry(rows: list[Row]) -> bool:
    return all(c.place.x0 is not None for row in rows for c in row if c is not None)


def _is_total(row: Row) -> bool:
    cells = distinct(row)
    return bool(cells) and plain(cells[0].text) in ("合计", "总计", "收入总计", "支出总计")


def _same_header(previous: LogicalTable, rows: list[Row], count: int) -> bool:
    mine, theirs = _header_texts(rows[:count]), _header_texts(previous.header)
    return bool(mine) and mine == theirs[: len(mine)]


def _header_texts(rows: list[Row]) -> list[list[str]]:
    """Return the texts that begin in each row, so that row spans do not matter."""
    seen: set[int] = set()
    texts: list[list[str]] = []
    for row in rows:
        fresh = [cell for cell in distinct(row) if id(cell) not in seen]
        seen.update(id(cell) for cell in fresh)
        if fresh:
            texts.append([plain(cell.text) for cell in fresh])
    return texts


@lru_cache(maxsize=4096)
def _is_note(text: str) -> bool:
    folded = plain(text)
    return len(folded) < 300 and bool(_NOTE.search(folded)) and not is_title(text)


@lru_cache(maxsize=4096)
def _is_trivial(text: str) -> bool:
    return bool(_TRIVIAL.fullmatch(plain(text)))
