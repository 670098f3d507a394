"""Text dumps: a cell is a TAB line, a row ends with a blank line (文本转储)."""

from __future__ import annotations

from benchmarks.factory.blocks import Disclosure, Fact, Paragraph, Table
from benchmarks.factory.writers import Printing, Spot, Written


def write(disclosure: Disclosure, printing: Printing) -> Written:
    """Write the dump: a cell merged sideways stands once, one merged down leaves blanks."""
    lines: list[str] = []
    facts: list[tuple[Fact, Spot]] = []
    for block in disclosure.blocks:
        if isinstance(block, Paragraph):
            facts += _paragraph(block, lines, printing.wrap)
        elif isinstance(block, Table):
            _table(block, lines, facts)
    return Written(("\n".join(lines) + "\n").encode(printing.encoding), tuple(facts))


def _paragraph(block: Paragraph, lines: list[str], width: int) -> list[tuple[Fact, Spot]]:
    """Write a paragraph, body text broken after ``width`` characters where that is not 0."""
    first = len(lines) + 1
    text = block.text
    width = width if width and block.style == "body" else max(1, len(text))
    lines += [text[i : i + width] for i in range(0, max(1, len(text)), width)]
    facts, at = [], 0
    for piece in block.pieces:
        words = piece if isinstance(piece, str) else piece.text
        if isinstance(piece, Fact):
            facts.append((piece, Spot(line=first + at // width)))
        at += len(words)
    return facts


def _table(table: Table, lines: list[str], facts: list[tuple[Fact, Spot]]) -> None:
    below: dict[tuple[int, int], bool] = {}
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell is not None:
                for down in range(1, cell.row_span):
                    below[r + down, c] = True
                first, *rest = cell.text.split("\n")
                lines.append("\t" + first)
                if cell.fact is not None:
                    facts.append((cell.fact, Spot(line=len(lines))))
                lines.extend(rest)
            elif (r, c) in below:
                lines.append("\t")
        lines.append("")
    lines.append("")
