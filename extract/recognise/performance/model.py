"""What a form says, before it becomes rows (表单): the result of reading, not of printing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from extract.recognise.performance.layout import FundsLabel
from extract.recognise.performance.money import cell_amount
from extract.recognise.performance.rows import Row, Slot

Units = Mapping[int, str]
"""Units of money stated over physical tables, by table index."""
NO_UNITS: Units = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FundsLine:
    """One line of the funds block: its label, and its cells by role."""

    label: Slot
    line: FundsLabel
    cells: dict[str, Slot]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator row: levels filled down, its cells by role."""

    level1: str | None
    level2: str | None
    level3: str | None
    cells: dict[str, Slot]
    slots: tuple[Slot, ...]
    """The printed cells of the indicator, from level 3 on."""
    char_start: int | None = None
    char_end: int | None = None
    """Where the indicator stands in its cell, when one cell holds several."""


@dataclass(slots=True)
class Form:
    """One evaluation form while it is being read."""

    table_index: int
    scope: str = "project"
    listing: bool = False
    summary: bool = False
    """The form is one row of a list of evaluated projects."""
    repeats: bool = False
    """Its project has a form of its own, or it is the total of a list: no project more."""
    name: Slot | None = None
    name_more: str = ""
    fields: dict[str, Slot] = field(default_factory=dict)
    funds_unit: str | None = None
    funds: list[FundsLine] = field(default_factory=list)
    indicators: list[IndicatorLine] = field(default_factory=list)
    goals: list[Slot] = field(default_factory=list)
    total_weight: Slot | None = None
    total_score: Slot | None = None
    has_indicator_head: bool = False
    has_funds_head: bool = False
    has_result: bool = False
    """The form has a column for what was reached: it is a self-evaluation."""
    of_part_year: bool = False
    """What was reached is that of a part of the year: it decides nothing of its targets."""
    longer: tuple[int, int] | None = None
    """Columns of the money of several years, beside that of the year: from, up to."""
    several_years: Slot | None = None
    """The title of the block of targets of several years that is being read."""
    swapped: tuple[str, ...] = ()
    """Headers of columns whose contents the publisher swapped."""
    swapped_at: Slot | None = None
    unread: list[Slot] = field(default_factory=list)
    """Header cells of columns that are not read."""

    def takes(self, lists_projects: bool) -> bool:
        """Tell whether an indicator head met now can be of this form."""
        if self.listing or lists_projects:
            return self.listing == lists_projects
        return not (self.has_indicator_head and self.name is None)

    def is_repeated(self, row: Row, name: Slot | None) -> bool:
        """Tell whether a row prints the head of this form again, on its next page."""
        if row.table.index == self.table_index or self.total_score is not None:
            return False
        if name is not None or self.name is not None:
            return name is not None and self.name is not None and name.text == self.name.text
        old = self.fields.get("department_name")
        return old is not None and old.text in row.texts

    def begin_block(self, title: Slot | None, of_several_years: bool | None) -> None:
        """Begin a block of indicators: those of the year replace those of several years above.

        A form that states no block of the year keeps the one it has.
        """
        if of_several_years:
            self.several_years = title
        elif of_several_years is False and self.several_years is not None:
            self.indicators.clear()
            self.unread.append(self.several_years)
            self.several_years = None

    def take_verdict(self, cells: Mapping[str, Slot]) -> None:
        """Keep weight, score and grade of the whole form where they are not known yet."""
        self.total_weight = self.total_weight or cells.get("weight")
        self.total_score = self.total_score or cells.get("score")
        if "grade" in cells:
            self.fields.setdefault("grade", cells["grade"])

    @property
    def is_complete(self) -> bool:
        """A form is one when a head was met and a figure or an indicator under it.

        A name alone is no project: empty forms and lists of names hold nothing of one.
        """
        headed = self.has_indicator_head or self.has_funds_head
        if self.summary and self.total_score is not None:
            return True
        cells = (slot for line in self.funds for slot in line.cells.values())
        figures = (cell_amount(slot.text)[0] for slot in cells)
        return headed and (bool(self.indicators) or any(f and f.number_text for f in figures))

    def cell_unit(self) -> str | None:
        """Return the unit that the cells of the funds print themselves, where it is one."""
        cells = (slot for line in self.funds for slot in line.cells.values())
        units = {unit for slot in cells if (unit := cell_amount(slot.text)[1]) is not None}
        return units.pop() if len(units) == 1 else None
