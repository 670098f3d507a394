"""One figure as understood (读数): what the clause parser hands on."""

from __future__ import annotations

from dataclasses import dataclass

from extract.recognise.prose.item import Item
from extract.recognise.prose.skeleton import Figure

MEASURES = {"score": "score", "count": "count", "price": "average", "points": "change"}
"""The measure of a kind of figure that its sentence says no more of; money is a value."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure as understood; the fields are those of NarrativeFigureRow."""

    figure: Figure
    item: Item
    measure: str
    amount_stage: str | None
    comparator: str
    direction: str
    contradicts: bool = False
