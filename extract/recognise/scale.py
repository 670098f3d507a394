"""Forms whose unit cannot be right (单位与总额相差悬殊): money beyond all that the body spends.

A form headed 万元 that prints its money in 元 says ten thousand times what is meant. Nothing
in the form tells; the account of the same document does. Corrects nothing: what is out of all
proportion is held back, with what it was held against.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extract.datasets import NarrativeFigureRow, PerformanceProjectRow, StatementCellRow
from extract.recognise.numbers import read_number

CODE = "UNIT_OUT_OF_SCALE"
_YUAN = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "亿元": Decimal(100_000_000),
}
_BEYOND = 10
"""A project of the year may cost more than the account shows, but not ten times all of it."""
_TOTALS = ("_total", "_expenditure")


def out_of_scale(
    forms: Sequence[StatementCellRow],
    projects: Iterable[PerformanceProjectRow],
    account: Iterable[StatementCellRow],
    prose: Iterable[NarrativeFigureRow],
) -> dict[str, str]:
    """Return the places of the money of forms that no account can hold, with the reason.

    Empty where the document prints no account to hold it against.
    """
    whole = max(_accounted(account, prose), default=None)
    if not whole:
        return {}
    money = ((row.source_key, _yuan(row.number_text, row.published_unit)) for row in forms)
    found = {key: amount for key, amount in (*money, *_of_projects(projects)) if key and amount}
    return {
        key: f"{amount.normalize():f} 元 > {_BEYOND} x {whole.normalize():f} 元"
        for key, amount in found.items()
        if amount > _BEYOND * whole
    }


def _accounted(
    account: Iterable[StatementCellRow], prose: Iterable[NarrativeFigureRow]
) -> Iterator[Decimal]:
    for cell in account:
        if (amount := _yuan(cell.number_text, cell.published_unit)) is not None:
            yield amount
    for figure in prose:
        total = figure.measure == "value" and (figure.subject or "").endswith(_TOTALS)
        amount = _yuan(figure.number_text, figure.published_unit) if total else None
        if amount is not None:
            yield amount


def _of_projects(
    projects: Iterable[PerformanceProjectRow],
) -> Iterator[tuple[str | None, Decimal | None]]:
    for row in projects:
        unit = row.funds_unit
        yield row.initial_budget_source_key, _yuan(_plain(row.initial_budget_text), unit)
        yield row.adjusted_budget_source_key, _yuan(_plain(row.adjusted_budget_text), unit)
        yield row.executed_source_key, _yuan(_plain(row.executed_text), unit)


def _plain(text: str | None) -> str | None:
    number = read_number(text) if text else None
    return None if number is None else number.number_text


def _yuan(number: str | None, unit: str | None) -> Decimal | None:
    factor = _YUAN.get(unit or "")
    return None if number is None or factor is None else Decimal(number) * factor
