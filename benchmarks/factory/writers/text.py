"""Text dumps: a cell is a TAB line, a row ends with a blank line (文本转储)."""

from __future__ import annotations

from benchmarks.factory.blocks import Disclosure, Fact, Paragraph, Table
from benchmarks.factory.writers import Spot, Written


def write(disclosure: Disclosure) -> Written:
    """Write the dump: a cell merged sideways stands once, one merged down leaves blanks."""
    lines: list[str] = []
    facts: list[tuple[Fact, Spot]] = []
    for block in disclosure.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            facts += [(fact, Spot(line=len(lines))) for fact in block.facts]
        elif isinstance(block, Table):
            _table(block, lines, facts)
    return Written(("\n".join(lines) + "\n").encode(), tuple(facts))


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
