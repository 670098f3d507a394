"""One line of an account table (表行): what its labels say and the figures it holds.

The record that binding fills, that roles judge and that emit turns into rows. Reads and
decides nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.document import Cell
from extract.recognise.column import Column
from extract.recognise.figures import Figure
from extract.recognise.layout_rules import HeaderRule, LineRule
from extract.recognise.lines import Label

TOTALS = frozenset({"合计", "总计", "总合计"})


@dataclass(slots=True)
class Line:
    """One line of one block, with all that its labels say and the figures it holds."""

    line_no: int
    block: int
    position: int = -1
    """Of its row within the table."""
    label: str | None = None
    label_cell: Cell | None = None
    label_column: Column | None = None
    read: Label | None = None
    rule: LineRule | None = None
    as_header: HeaderRule | None = None
    codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    padded: bool = False
    repeated: bool = False
    shifted: bool = False
    """An amount stands in a column of names: the cells are not in their columns."""
    suspect: bool = False
    """The line above is another item with the very same figures."""
    figures: list[tuple[Column, Cell, Figure]] = field(default_factory=list)
    unread: list[tuple[Column, Cell]] = field(default_factory=list)
    role: str = "leaf"
    staff_split: str | None = None
    key: str | None = None
    fund: str | None = None
    """The fund that a column of the line names (资金来源)."""

    @property
    def has_figures(self) -> bool:
        """True when at least one cell of the line holds digits."""
        return any(figure.is_number for _, _, figure in self.figures)
