"""Amounts of money in the texts of forms as rows (绩效文本金额)."""

from __future__ import annotations

from dataclasses import replace

from extract.datasets import NarrativeFigureRow, QuarantinedRow
from extract.document import Cell, Place
from extract.recognise.numbers import fold, is_money_unit, read_number
from extract.recognise.performance.fill import is_phone
from extract.recognise.performance.model import IndicatorLine
from extract.recognise.performance.money import Amount, amounts
from extract.recognise.performance.result import Performance
from extract.recognise.performance.rows import Slot
from extract.sources import SourceLedger

_TEXT_CELLS = ("level3", "target", "actual", "reason")
_COST_WORDS = ("成本", "预算", "资金", "经费", "费用", "支出")


class MoneyInTexts:
    """Writes the amounts of one document, each place once."""

    def __init__(self, document_key: str, sources: SourceLedger, out: Performance) -> None:
        self._key = document_key
        self._sources = sources
        self._out = out
        self._amount_keys: set[str] = set()

    def indicator(self, line: IndicatorLine) -> None:
        target, unit = line.cells.get("target"), line.cells.get("unit")
        if target is not None and target.cell is not None and unit is not None:
            money = _money_column_unit(unit.text, line)
            read = read_number(target.text)
            if money is not None and read is not None and read.number_text is not None:
                key = self._sources.key(target.cell.place, target.cell.text)
                self._narrative(target.text, money, line.level3, read.number_text, key)
                return
        for role in _TEXT_CELLS:
            slot = line.cells.get(role)
            if slot is not None and slot.own:
                self.texts(slot, line.level3 if role in ("target", "actual") else None)

    def texts(self, slot: Slot, label: str | None = None) -> None:
        if slot.cell is None or is_phone(slot.text):
            return
        for amount in amounts(slot.cell.text):
            self._amount(slot.cell, amount, label)

    def _amount(self, cell: Cell, amount: Amount, label: str | None) -> None:
        read = read_number(amount.published_text)
        if read is None:
            return
        key = within(self._sources, cell, amount.start, amount.end)
        if read.problem is not None:
            self._out.quarantined.append(
                QuarantinedRow(
                    self._key, "narrative_figure", read.problem, amount.published_text, key
                )
            )
            return
        self._narrative(
            amount.published_text, amount.unit, amount.item or label, read.number_text, key
        )

    def _narrative(
        self, text: str, unit: str, item: str | None, number: str | None, key: str
    ) -> None:
        if key in self._amount_keys:  # two forms may share a merged cell
            return
        self._amount_keys.add(key)
        self._out.narrative.append(
            NarrativeFigureRow(
                document_key=self._key,
                figure_no=len(self._out.narrative) + 1,
                section_path=None,
                subject="performance",
                item_name=item,
                item_code=None,
                class_name=None,
                section_name=None,
                measure="value",
                amount_stage=None,
                comparator="none",
                direction="none",
                fund_source=None,
                expenditure_type=None,
                economic_code=None,
                revenue_source=None,
                three_public_item=None,
                resource_metric=None,
                published_text=text,
                published_unit=unit,
                number_text=number,
                value_status="zero" if number and not number.strip("0.") else "reported",
                source_key=key,
            )
        )


def within(sources: SourceLedger, cell: Cell, start: int, end: int) -> str:
    """Register some characters of a cell and return their source key."""
    return sources.key(place_within(cell, start, end), cell.text[start:end])


def place_within(cell: Cell, start: int, end: int) -> Place:
    """The place of some characters of a cell, narrowed to their lines where these are known."""
    # An indicator told in prose is a stretch of a paragraph, with offsets of its own.
    base = (cell.place.char_start or 0) if cell.row < 0 else 0
    place = replace(cell.place, char_start=base + start, char_end=base + end)
    first, last = cell.place.line_start, cell.place.line_end
    if first is None or last is None or cell.text.count("\n") != last - first:
        return place
    return replace(
        place,
        line_start=first + cell.text.count("\n", 0, start),
        line_end=first + cell.text.count("\n", 0, end),
    )


def _money_column_unit(unit: str, line: IndicatorLine) -> str | None:
    """The unit of a figure whose unit stands in a column of its own.

    万 alone is money where the indicator is of cost: 全年总成本 … 355.8 | 万.
    """
    plain = fold(unit)
    if is_money_unit(plain):
        return plain
    cost = any(word in (line.level3 or "") for word in _COST_WORDS)
    return plain + "元" if plain in ("万", "亿") and cost else None
