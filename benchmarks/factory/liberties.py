"""Liberties that publishers take with a finished document (印刷上的自由).

Each is a function from blocks to blocks that keeps what is said and changes how it is
laid out. They are drawn after a disclosure is composed, so every form and every format
meets every one of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from benchmarks.factory.blocks import Block, Cell, Fact, PageBreak, Paragraph, Row, Table

_WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
Blocks = Sequence[Block]
Liberty = Callable[[Blocks, random.Random], list[Block]]


def _tables(blocks: Blocks, change: Callable[[Table], Table | list[Block]]) -> list[Block]:
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            changed = change(block)
            out += changed if isinstance(changed, list) else [changed]
        else:
            out.append(block)
    return out


def _cells(table: Table, change: Callable[[int, int, Cell], Cell]) -> Table:
    rows = tuple(
        tuple(None if cell is None else change(r, c, cell) for c, cell in enumerate(row))
        for r, row in enumerate(table.rows)
    )
    return replace(table, rows=rows)


def _reprint(cell: Cell, text: str) -> Cell:
    assert cell.fact is not None
    return replace(cell, text=text, fact=replace(cell.fact, text=text))


def wide_digits(blocks: Blocks, rng: random.Random) -> list[Block]:
    """Print every figure in full-width digits (全角数字)."""

    def wide(_r: int, _c: int, cell: Cell) -> Cell:
        return cell if cell.fact is None else _reprint(cell, cell.text.translate(_WIDE))

    out = _tables(blocks, lambda table: _cells(table, wide))
    if rng.random() < 0.5:
        return out
    return [
        replace(
            block,
            pieces=tuple(
                replace(p, text=p.text.translate(_WIDE)) if isinstance(p, Fact) else p
                for p in block.pieces
            ),
        )
        if isinstance(block, Paragraph)
        else block
        for block in out
    ]


def negatives(blocks: Blocks, rng: random.Random) -> list[Block]:
    """Print a few leaf amounts as negative: △, minus or brackets (负数)."""
    form = rng.choice(("△{}", "-{}", "({})", "（{}）", "－{}"))

    def turn(_r: int, _c: int, cell: Cell) -> Cell:
        fact = cell.fact
        if fact is None or fact.family in ("PF", "B13", "F9", "B10", "B4") or not fact.amount:
            return cell
        if fact.label == "合计" or rng.random() > 0.02:
            return cell
        printed = form.format(cell.text)
        return Cell(
            printed,
            replace(fact, text=printed, amount=-fact.amount),
            cell.row_span,
            cell.column_span,
        )

    return _tables(blocks, lambda table: _cells(table, turn))


def torn_numbers(blocks: Blocks, rng: random.Random) -> list[Block]:
    """Break long figures over two lines of their cell (单元格内断行)."""

    def tear(_r: int, _c: int, cell: Cell) -> Cell:
        if cell.fact is None or len(cell.text) < 8 or rng.random() > 0.25:
            return cell
        cut = rng.randint(2, len(cell.text) - 2)
        return replace(cell, text=cell.text[:cut] + "\n" + cell.text[cut:])

    return _tables(blocks, lambda table: _cells(table, tear))


def _unmerge(table: Table, repeat: bool, rows: range) -> Table:
    grid: list[Row] = [list(row) for row in table.rows]
    for r in rows:
        for c, cell in enumerate(table.rows[r]):
            if cell is None or (cell.row_span == 1 and cell.column_span == 1) or cell.fact:
                continue
            for down in range(cell.row_span):
                for right in range(cell.column_span):
                    shown = cell.text if repeat or (down == 0 and right == 0) else ""
                    grid[r + down][c + right] = Cell(shown)
    return replace(table, rows=tuple(map(tuple, grid)))


def repeated_merged(blocks: Blocks, _rng: random.Random) -> list[Block]:
    """Print the text of merged header cells in every cell they covered (重复文字)."""
    return _tables(blocks, lambda t: _unmerge(t, True, range(t.header_rows)))


def blank_merged(blocks: Blocks, _rng: random.Random) -> list[Block]:
    """Leave the cells under a merged body cell blank instead of merging (空白代替合并)."""
    return _tables(blocks, lambda t: _unmerge(t, False, range(t.header_rows, len(t.rows))))


def _safe_cut(table: Table, rng: random.Random) -> int | None:
    """Return a body row before which the table can be cut without cutting a span."""
    first, last = table.header_rows + 2, len(table.rows) - 2
    open_rows = {
        r + down
        for r, row in enumerate(table.rows)
        for cell in row
        if cell is not None
        for down in range(1, cell.row_span)
    }
    choices = [r for r in range(first, last) if r not in open_rows]
    return rng.choice(choices) if choices else None


def continued(blocks: Blocks, rng: random.Random) -> list[Block]:
    """Cut long tables in two, with the header repeated, a 续表 line, or neither (续表)."""
    manner = rng.choice(("header", "bare", "caption"))

    def cut(table: Table) -> list[Block] | Table:
        at = _safe_cut(table, rng)
        if at is None or not table.header_rows:
            return table
        head = table.rows[: table.header_rows]
        rest = table.rows[at:] if manner == "bare" else (*head, *table.rows[at:])
        between: list[Block] = [PageBreak()]
        if manner == "caption":
            between.append(Paragraph(("续表",), "right"))
        second = replace(table, rows=rest, header_rows=0 if manner == "bare" else table.header_rows)
        return [replace(table, rows=table.rows[:at]), *between, second]

    return _tables(blocks, cut)


def _widen(table: Table, header: str, left: bool, number: bool) -> Table:
    rows = []
    for r, row in enumerate(table.rows):
        if r == 0 and table.header_rows:
            extra = Cell(header, None, table.header_rows)
        elif r < table.header_rows:
            extra = None
        else:
            extra = Cell(str(r - table.header_rows + 1) if number else "")
        rows.append((extra, *row) if left else (*row, extra))
    widths = (0.7, *table.widths) if left else (*table.widths, 0.7)
    return replace(table, rows=tuple(rows), widths=widths)


def _plain_header(table: Table) -> bool:
    """Whether the header rows hold headers only: no title or unit row among them."""
    return bool(table.header_rows) and not any(
        cell is not None and cell.column_span >= len(table.widths) - 1 for cell in table.rows[0]
    )


def remarks(blocks: Blocks, _rng: random.Random) -> list[Block]:
    """Add an empty 备注 column at the right."""
    return _tables(blocks, lambda t: _widen(t, "备注", False, False) if _plain_header(t) else t)


def serials(blocks: Blocks, _rng: random.Random) -> list[Block]:
    """Add a column 序号 at the left, numbered from 1."""
    return _tables(blocks, lambda t: _widen(t, "序号", True, True) if _plain_header(t) else t)


def without_items(blocks: Blocks, _rng: random.Random) -> list[Block]:
    """Leave out the lines of 项: the table stops at 款 (只公开到款)."""

    def stop(table: Table) -> Table:
        rows = tuple(
            row
            for row in table.rows
            if not any(
                cell is not None
                and cell.fact is not None
                and cell.fact.code is not None
                and len(cell.fact.code) == 7
                for cell in row
            )
        )
        return replace(table, rows=rows)

    return _tables(blocks, stop)


def spare_rows(blocks: Blocks, rng: random.Random) -> list[Block]:
    """Leave empty lines between and under the lines of a table (空行)."""

    def pad(table: Table) -> Table:
        at = _safe_cut(table, rng)
        if at is None:
            return table
        blank = tuple(Cell("") for _ in table.widths)
        return replace(table, rows=(*table.rows[:at], blank, *table.rows[at:], blank, blank))

    return _tables(blocks, pad)


LIBERTIES: tuple[tuple[float, Liberty], ...] = (
    (0.12, without_items),
    (0.20, serials),
    (0.20, remarks),
    (0.15, negatives),
    (0.15, wide_digits),
    (0.20, repeated_merged),
    (0.20, blank_merged),
    (0.20, spare_rows),
    (0.25, continued),
    (0.12, torn_numbers),
)
"""Probability and liberty, in the order they are taken."""


def take(blocks: Blocks, rng: random.Random) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Take some of the liberties; return the blocks and the names of those taken."""
    out, taken = list(blocks), []
    for chance, liberty in LIBERTIES:
        if rng.random() < chance:
            out = liberty(out, rng)
            taken.append(liberty.__name__)
    return tuple(out), tuple(taken)
