"""A unit that was left out and can be proved (单位佐证): 劳动保障监察6.00；其他支出278.17万元….

Two things must agree before a unit is supplied: every other amount of the paragraph has
the same unit, and with it the items add up, to the last digit, to a total that the same
paragraph prints. Anything less stays unknown. What was supplied is reported.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extract.recognise.prose.reading import Reading

_LEVELS = {"function_class": 1, "function_section": 2, "function_item": 3}


def prove_units(readings: list[Reading]) -> list[Reading]:
    """Return the readings of one paragraph, units supplied where they are proved."""
    missing = [r for r in readings if _amount(r) is not None and r.figure.kind == "unknown"]
    if not missing or any(r.item.subject not in _LEVELS for r in missing):
        return readings
    money = [r for r in readings if _amount(r) is not None and r.figure.kind == "money"]
    units = {r.figure.unit for r in money}
    level = {_LEVELS[r.item.subject] for r in missing}
    if len(units) != 1 or len(level) != 1:
        return readings
    depth = level.pop()
    items = [r for r in (*missing, *money) if _LEVELS.get(r.item.subject) == depth]
    totals = {_amount(r) for r in money if 0 < _LEVELS.get(r.item.subject, 0) < depth}
    if len(items) == len(missing) or sum(_amount(r) or 0 for r in items) not in totals:
        return readings
    unit = units.pop()
    return [
        replace(r, figure=replace(r.figure, unit=unit, kind="money", note="UNIT_SUPPLIED"))
        if r in missing
        else r
        for r in readings
    ]


def _amount(reading: Reading) -> Decimal | None:
    text = reading.figure.number.number_text
    if reading.measure != "value" or text is None or reading.figure.kind not in _AMOUNTS:
        return None
    return Decimal(text)


_AMOUNTS = frozenset({"money", "unknown"})
