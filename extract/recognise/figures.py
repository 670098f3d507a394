"""Figures in cells (单元格数字): what a cell of a table holds, as one cached reading.

Joins numbers that a narrow column broke over lines, takes off percent signs and units
printed behind the figure. The grammar of the number itself is
:mod:`extract.recognise.numbers`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.recognise.numbers import Number, fold, read_number

_TRAILING_UNIT = re.compile(
    r"^[-+−–—(△▲Δ]?¥?[\d,.]+\)?(亿元|万元|千元|元|%|个|人次|人|辆|台|套|批次|批|次)$"
)
_ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!|#+)", re.I)
"""What a spreadsheet prints for a formula without result, or for a column too narrow (###)."""
_WRAPPED = re.compile(r"[-−△(]?[\d,]*\d\.\d+\)?")
_MAX_FIGURE = 48
_MAX_UNREADABLE = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a cell; ``unit`` is the one printed behind it, if any."""

    number: Number
    unit: str | None = None

    @property
    def is_number(self) -> bool:
        """True for digits, false for blank, dash and 无."""
        return self.number.number_text is not None or self.number.problem is not None


@lru_cache(maxsize=65536)
def read_figure(text: str) -> Figure | None:
    """Read a cell that holds one figure; None when it holds anything else."""
    if len(text) > _MAX_FIGURE:
        return None if text.strip() else Figure(Number(None, "blank"))
    number = read_number(text)
    if number is not None:
        if number.problem is not None and "\n" in text:
            return Figure(_unwrapped(text) or number)
        return Figure(number)
    match = _TRAILING_UNIT.match(fold(text))
    if match is None:
        return None
    unit = match.group(1)
    number = read_number(_before(text, unit))
    return None if number is None else Figure(number, unit)


def _before(text: str, unit: str) -> str:
    """Return the printed text before its unit, gaps and note marks as printed.

    The folded text would not do: in it ``100 200`` is one number, a note mark one more digit.
    """
    ends = (end for end in range(len(text), -1, -1) if fold(text[end:]) == unit)
    return text[: next(ends, 0)]


def is_unreadable(text: str) -> bool:
    """Tell whether text under a figure column stands for a figure that cannot be read.

    Digits in no known writing (``12.5?``) and the errors of a spreadsheet do; plain words
    such as 见附件 do not, nor do sentences.
    """
    if len(text) >= _MAX_UNREADABLE:
        return False
    return any(c.isdigit() for c in text) or _ERROR.fullmatch(fold(text)) is not None


def _unwrapped(text: str) -> Number | None:
    """Return the number that a narrow column broke over lines, if that is certain.

    Certain is a break behind the decimal point: ``15.25`` and ``9200`` cannot be two
    amounts of one cell, since the second would have no decimals.
    """
    first, *rest = [fold(line) for line in text.strip().split("\n")]
    if "." in first and _WRAPPED.fullmatch(first) and all(line.isdigit() for line in rest):
        return read_number(first + "".join(rest))
    if first.endswith((",", ".")) and rest and all(re.fullmatch(r"[\d,.]+", x) for x in rest):
        return read_number(first + "".join(rest))
    return None


@lru_cache(maxsize=4096)
def rejoined(text: str, decimals: int) -> Number | None:
    """Return the number broken over the lines of a cell in a column of so many decimals.

    A first line with fewer decimals than every other figure of its column is no figure
    of its own, so the lines are one.
    """
    lines = [fold(line) for line in text.strip().split("\n")]
    whole = "".join(lines)
    if len(lines) < 2 or decimals < 1 or decimals_of(lines[0]) == decimals:
        return None
    number = read_number(whole)
    fits = number is not None and number.problem is None and decimals_of(whole) == decimals
    return number if fits else None


def decimals_of(text: str) -> int:
    """Return how many digits stand behind the decimal point of a printed figure."""
    return len(fold(text).rstrip(")").partition(".")[2])


@lru_cache(maxsize=65536)
def is_number(text: str) -> bool:
    """Tell whether the cell holds digits that read as one figure."""
    figure = read_figure(text)
    return figure is not None and figure.is_number
