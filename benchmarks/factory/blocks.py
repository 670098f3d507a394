"""What a made document consists of: paragraphs and tables that know their truth (块).

A fact travels with the cell or the words that print it, so a writer can say where it
ended up and the measurement needs no second description of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Fact:
    """One printed figure and what it means (一个数字的真值).

    ``family`` is a statement code, or ``prose``. ``code`` is the function code, or the
    economic code where the line has no function. ``amount`` is what is printed, in yuan;
    None where the figure is no money.
    """

    family: str
    label: str
    measure: str
    stage: str
    text: str
    unit: str | None
    amount: Decimal | None
    code: str | None = None
    economic: str | None = None
    subject: str | None = None
    comparator: str = "none"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its spans; ``None`` in a row is a position that a span covers."""

    text: str
    fact: Fact | None = None
    row_span: int = 1
    column_span: int = 1


Row = list[Cell | None]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``header_rows`` are repeated where it runs over a page."""

    rows: tuple[tuple[Cell | None, ...], ...]
    header_rows: int
    widths: tuple[float, ...]
    """Relative widths of the columns."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of pieces: plain text and facts; a fact prints its text only."""

    pieces: tuple[str | Fact, ...]
    style: str = "body"
    """title, heading, caption (of a table), right (unit line), note or body."""

    @property
    def text(self) -> str:
        """The printed words."""
        return "".join(p if isinstance(p, str) else p.text for p in self.pieces)

    @property
    def facts(self) -> Iterator[Fact]:
        """The figures that the paragraph states."""
        return (p for p in self.pieces if isinstance(p, Fact))


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page, and a new sheet in a workbook named ``sheet``."""

    sheet: str = ""


Block = Paragraph | Table | PageBreak


@dataclass(frozen=True, slots=True)
class ProjectTruth:
    """What a performance form says of its project."""

    name: str
    initial: Decimal | None
    executed: Decimal | None
    total_score: str | None


@dataclass(frozen=True, slots=True)
class IndicatorTruth:
    """One indicator line as printed."""

    project: str
    level1: str
    level2: str
    level3: str
    target: str
    operator: str
    actual: str | None
    weight: str | None
    score: str | None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A made document: its blocks, its profile, its projects and indicators."""

    title: str
    kind: str
    year: int
    department: str
    region_code: str
    blocks: tuple[Block, ...]
    projects: tuple[ProjectTruth, ...] = ()
    indicators: tuple[IndicatorTruth, ...] = ()

    @property
    def facts(self) -> Iterator[Fact]:
        """Every printed figure, in the order of the document."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield from block.facts
            elif isinstance(block, Table):
                for row in block.rows:
                    for cell in row:
                        if cell is not None and cell.fact is not None:
                            yield cell.fact
