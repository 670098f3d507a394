"""One column of an account table (栏): what its header path says.

The record that :mod:`extract.recognise.columns` binds and everything behind it reads.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``role`` is a label role, ``measure``, ``ignored`` or None if unmapped."""

    index: int
    path: tuple[str, ...]
    role: str | None
    measure_code: str | None = None
    amount_stage: str | None = None
    fund_source: str | None = None
    unit: str | None = None
    expenditure_type: str | None = None
    block: int = 0

    @property
    def header(self) -> str:
        """The header path as printed, top down."""
        return " > ".join(self.path)
