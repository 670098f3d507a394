"""What stands around and within account tables (表内外的杂项): drawn before the liberties.

Contents, tables of other things, remarks, years, headings and rows of units, headers
printed twice or broken. Nothing of it changes an amount; some of it prints figures that
no account states, and those may not be read as amounts.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from benchmarks.factory.blocks import Block, Cell, PageBreak, Paragraph, Row, Table

Blocks = Sequence[Block]
Clutter = Callable[[Blocks, random.Random, str], list[Block]]
_OVERVIEWS = frozenset({"F1", "F4", "B1", "B5"})
_TABLES_OF_OTHERS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "非税收入征收计划表",
        (
            ("收入项目", "征收计划数", "上年征收数"),
            ("行政事业性收费", "1,234.56", "1,111.11"),
            ("罚没款项", "222.22", "333.33"),
        ),
    ),
    (
        "人员情况统计表",
        (("单位类别", "编制人数", "实有人数"), ("行政", "45", "43"), ("事业", "120", "117")),
    ),
    (
        "名词解释",
        (
            ("名词", "解释"),
            ("基本支出", "为保障机构正常运转、完成日常工作任务而发生的支出"),
            ("项目支出", "在基本支出之外为完成特定任务而发生的支出"),
        ),
    ),
)


def _plain_header(table: Table) -> bool:
    """Whether the header rows hold headers only: no title or unit row among them."""
    return bool(table.header_rows) and not any(
        cell is not None and cell.column_span >= len(table.widths) - 1 for cell in table.rows[0]
    )


def _by_function(table: Table) -> bool:
    """Whether the lines are of functions, below a header of their own: no overview."""
    facts = [cell.fact for row in table.rows for cell in row if cell is not None and cell.fact]
    heads = {cell.text for cell in table.rows[0] if cell is not None}
    listed = any(fact.code and fact.code.startswith("2") for fact in facts)
    overview = any(fact.family in _OVERVIEWS for fact in facts)
    return _plain_header(table) and len(heads) > 2 and listed and not overview


def _tables(blocks: Blocks, change: Callable[[Table], Table]) -> list[Block]:
    return [change(block) if isinstance(block, Table) else block for block in blocks]


def contents(blocks: Blocks, _rng: random.Random, _office: str) -> list[Block]:
    """Print the titles of all tables with page numbers before them (目录)."""
    titles = [b.text for b in blocks if isinstance(b, Paragraph) and b.style == "caption"]
    if not titles:
        return list(blocks)
    rows = tuple((Cell(title), Cell(str(n + 3))) for n, title in enumerate(titles))
    return [blocks[0], Paragraph(("目录",), "heading"), Table(rows, 0, (5.0, 1.0)), *blocks[1:]]


def other_tables(blocks: Blocks, rng: random.Random, _office: str) -> list[Block]:
    """Add a table that no account is: its figures are no amounts of any statement."""
    title, texts = rng.choice(_TABLES_OF_OTHERS)
    rows = tuple(tuple(map(Cell, row)) for row in texts)
    width = len(texts[0])
    return [
        *blocks,
        PageBreak(title),
        Paragraph((title,), "caption"),
        Table(rows, 1, (3.0, *([2.0] * (width - 1)))),
    ]


def remarks_within(blocks: Blocks, _rng: random.Random, _office: str) -> list[Block]:
    """Print the remark on a table in its last row, over all columns."""

    def close(table: Table) -> Table:
        if not _by_function(table):
            return table
        width = len(table.widths)
        note = Cell("注：本表反映本年度支出情况，数据取自年度报表。", None, 1, width)
        return replace(table, rows=(*table.rows, (note, *([None] * (width - 1)))))

    return _tables(blocks, close)


def years_below_titles(blocks: Blocks, _rng: random.Random, _office: str) -> list[Block]:
    """Print the year in a line of its own below each title."""
    year = next((ch for ch in _years(blocks)), "")
    out: list[Block] = []
    for block in blocks:
        out.append(block)
        if isinstance(block, Paragraph) and block.style == "caption" and year:
            out.append(Paragraph((f"{year}年度",), "right"))
    return out


def _years(blocks: Blocks) -> list[str]:
    text = blocks[0].text if isinstance(blocks[0], Paragraph) else ""
    return [text[i : i + 4] for i in range(len(text) - 4) if text[i : i + 4].isdigit()]


def headers_twice(blocks: Blocks, _rng: random.Random, _office: str) -> list[Block]:
    """Repeat a merged header in its cell, once for each column that it covers."""

    def double(table: Table) -> Table:
        rows = [
            tuple(
                replace(cell, text="\n".join([cell.text] * cell.column_span))
                if cell is not None and r < table.header_rows and 1 < cell.column_span <= 4
                else cell
                for cell in row
            )
            for r, row in enumerate(table.rows)
        ]
        return replace(table, rows=tuple(rows))

    return _tables(blocks, lambda t: double(t) if _plain_header(t) else t)


def headers_broken(blocks: Blocks, rng: random.Random, _office: str) -> list[Block]:
    """Break headers over the lines of their cells, as narrow columns do."""

    def broken(cell: Cell | None) -> Cell | None:
        if cell is None or len(cell.text) < 4 or "\n" in cell.text or rng.random() < 0.4:
            return cell
        cut = rng.randint(2, len(cell.text) - 2)
        return replace(cell, text=cell.text[:cut] + "\n" + cell.text[cut:])

    def narrow(table: Table) -> Table:
        head = [tuple(map(broken, row)) for row in table.rows[: table.header_rows]]
        return replace(table, rows=(*head, *table.rows[table.header_rows :]))

    return _tables(blocks, lambda t: narrow(t) if _plain_header(t) else t)


def unit_rows(blocks: Blocks, _rng: random.Random, office: str) -> list[Block]:
    """Print a row of the unit above its items, with the figures of the total."""

    def named(table: Table) -> Table:
        totals = [
            row
            for row in table.rows[table.header_rows :]
            if row[0] is not None and row[0].text == "合计"
        ]
        if not _by_function(table) or len(totals) != 1 or len(table.widths) > 9:
            return table
        row: Row = [
            cell
            if cell is None or cell.fact is None
            else replace(cell, fact=replace(cell.fact, label=office))
            for cell in totals[0]
        ]
        first = totals[0][0]
        row[0] = replace(first, text=office) if first is not None else Cell(office)
        body = [r for r in table.rows[table.header_rows :] if r is not totals[0]]
        head = table.rows[: table.header_rows]
        return replace(table, rows=(*head, totals[0], tuple(row), *body))

    return _tables(blocks, named)


def unit_columns(blocks: Blocks, rng: random.Random, office: str) -> list[Block]:
    """Print code and name of the unit in front of every line."""
    code = str(rng.randint(101, 399)) + "001"

    def widen(table: Table) -> Table:
        if not _by_function(table) or len(table.widths) > 9:
            return table
        rows: list[tuple[Cell | None, ...]] = []
        for r, row in enumerate(table.rows):
            if r == 0:
                lead = [Cell(name, None, table.header_rows) for name in ("单位编码", "单位名称")]
            elif r < table.header_rows:
                rows.append((None, None, *row))
                continue
            else:
                total = row[0] is not None and row[0].text in ("合计", "合  计", "合 计")
                lead = [Cell(""), Cell("")] if total else [Cell(code), Cell(office)]
            rows.append((*lead, *row))
        return replace(table, rows=tuple(rows), widths=(1.0, 2.4, *table.widths))

    return _tables(blocks, widen)


CLUTTER: tuple[tuple[float, Clutter], ...] = (
    (0.15, contents),
    (0.25, other_tables),
    (0.15, remarks_within),
    (0.15, years_below_titles),
    (0.12, headers_twice),
    (0.12, headers_broken),
    (0.12, unit_rows),
    (0.12, unit_columns),
)
"""Probability and clutter, in the order they are added."""


def add(
    blocks: Blocks, rng: random.Random, office: str
) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Add some of the clutter; return the blocks and the names of what was added."""
    out, added = list(blocks), []
    for chance, clutter in CLUTTER:
        if rng.random() < chance:
            out = clutter(out, rng, office)
            added.append(clutter.__name__)
    return tuple(out), tuple(added)
