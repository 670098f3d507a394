"""Weight and score in one cell (分值/得分): 20/18.5 is the weight 20 and the score 18.5.

Only the printed pair is taken apart; nothing is computed, and nothing read without both.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from extract.recognise.numbers import fold
from extract.recognise.performance.rows import Slot

_MARK = r"(\d{1,3}(?:\.\d{1,4})?)分?"
_PAIR = re.compile(rf"{_MARK}[/|]{_MARK}")


def parted_marks(cells: dict[str, Slot]) -> dict[str, Slot]:
    """Return the cells with ``weight`` and ``score`` taken out of a cell that prints both.

    A text that is no such pair, or whose score exceeds its weight, is left as it is: it may be
    a fraction of another kind, or its halves may stand the other way round.
    """
    both = cells.get("weight_score")
    pair = _PAIR.fullmatch(fold(both.text)) if both is not None else None
    if both is None or pair is None or Decimal(pair[2]) > Decimal(pair[1]):
        return cells
    return {**cells, "weight": replace(both, text=pair[1]), "score": replace(both, text=pair[2])}
