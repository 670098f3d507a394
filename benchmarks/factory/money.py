"""Printing amounts: unit, decimals and grouping (金额的印刷形式)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FACTORS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10000)}


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a publisher prints amounts in one place: unit, decimals, grouping, zero."""

    unit: str
    decimals: int
    grouped: bool = True
    zero: str = ""
    """What stands where the amount is zero; empty leaves the cell blank."""

    @property
    def quantum(self) -> Decimal:
        """The smallest printed step, in yuan."""
        return FACTORS[self.unit] * Decimal(1).scaleb(-self.decimals)

    def text(self, amount: Decimal) -> str:
        """Print ``amount`` yuan; a zero is printed as the style says."""
        return self.zero if amount == 0 else self.digits(amount)

    def digits(self, amount: Decimal) -> str:
        """Print ``amount`` yuan as digits, a zero too."""
        step = Decimal(1).scaleb(-self.decimals)
        value = (amount / FACTORS[self.unit]).quantize(step, ROUND_HALF_UP)
        return f"{value:,}" if self.grouped else f"{value}"

    def yuan(self, text: str) -> Decimal:
        """Read a printed amount back: what the document really says, in yuan."""
        return Decimal(text.replace(",", "")) * FACTORS[self.unit]


def percent(part: Decimal, whole: Decimal, decimals: int = 2) -> str:
    """Print ``part / whole`` as a percentage without the sign; 0 where whole is 0."""
    ratio = part / whole * 100 if whole else Decimal(0)
    return str(ratio.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
