"""What a suite is made of (检查项): plain data, so that suites read as lists of rules.

A check names one Great Expectations expectation and its arguments; ``expectations.gate``
turns it into one and runs it. Nothing here touches data or imports that library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd

Scope = Literal["row", "document", "load"]
"""What a failure takes out: the row, the whole document, or the whole load."""

Frames = Mapping[str, "pd.DataFrame"]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: an expectation's name (snake case), its arguments, and what a failure costs."""

    expectation: str
    arguments: Mapping[str, Any]
    scope: Scope = "row"
    only_where: str | None = None
    """Pandas query: rows that the rule is about; None means all."""

    @property
    def name(self) -> str:
        """How the check is shown: ``expectation(column)``, with its condition."""
        about = self.arguments.get("column") or ", ".join(self.arguments.get("column_list", ()))
        where = f" where {self.only_where}" if self.only_where else ""
        return f"{self.expectation}({about}){where}"


@dataclass(frozen=True, slots=True)
class Suite:
    """The rules of one table at one gate (landing, raw or marts).

    ``derive`` adds columns that only other tables of the same batch can tell, such as
    whether a ``source_key`` exists, so that such rules are ordinary checks of a column.
    """

    name: str
    gate: str
    table: str
    checks: Sequence[Check]
    derive: Callable[[pd.DataFrame, Frames], pd.DataFrame] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """One row that a check does not accept. ``position`` counts from 0 within the frame."""

    position: int
    check: Check
    observed: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check said about one batch. ``error`` is set where it could not run."""

    suite: Suite
    check: Check
    success: bool
    observed: str
    failures: Sequence[Failure] = field(default=())
    error: str | None = None

    @property
    def stops_load(self) -> bool:
        """Whether nothing of the batch may go on: a load rule failed, or a rule did not run."""
        if self.error is not None:
            return True
        return not self.success and (self.check.scope == "load" or not self.failures)


# The vocabulary of the suites: one short constructor per expectation in use.


def not_null(column: str, scope: Scope = "row", only_where: str | None = None) -> Check:
    """Every row has a value."""
    return Check("expect_column_values_to_not_be_null", {"column": column}, scope, only_where)


def one_of(column: str, values: Sequence[Any], scope: Scope = "row") -> Check:
    """Every value is one of an enumeration; null passes."""
    arguments = {"column": column, "value_set": list(values)}
    return Check("expect_column_values_to_be_in_set", arguments, scope)


def matches(column: str, regex: str, scope: Scope = "row", only_where: str | None = None) -> Check:
    """Every text value matches, anchored at its start; null passes."""
    arguments = {"column": column, "regex": regex}
    return Check("expect_column_values_to_match_regex", arguments, scope, only_where)


def lacks(column: str, regex: str, scope: Scope = "row") -> Check:
    """No text value contains a match; null passes."""
    arguments = {"column": column, "regex": regex}
    return Check("expect_column_values_to_not_match_regex", arguments, scope)


def between(column: str, low: float | None, high: float | None, scope: Scope = "row") -> Check:
    """Every number lies within the bounds, both included; null passes."""
    arguments = {"column": column, "min_value": low, "max_value": high}
    return Check("expect_column_values_to_be_between", arguments, scope)


def unique(columns: Sequence[str], scope: Scope = "row") -> Check:
    """No two rows agree in all of the columns."""
    if len(columns) == 1:
        return Check("expect_column_values_to_be_unique", {"column": columns[0]}, scope)
    arguments = {"column_list": list(columns), "ignore_row_if": "never"}
    return Check("expect_compound_columns_to_be_unique", arguments, scope)


def true(column: str, scope: Scope = "row") -> Check:
    """Every row of a derived column is true."""
    return Check(
        "expect_column_values_to_be_in_set", {"column": column, "value_set": [True]}, scope
    )


def mean_at_most(column: str, high: float) -> Check:
    """The mean over the batch stays below a bound."""
    arguments = {"column": column, "min_value": None, "max_value": high}
    return Check("expect_column_mean_to_be_between", arguments, "load")
