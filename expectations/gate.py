"""Runs suites on frames of a batch (质量门): the only module that imports Great Expectations.

The library takes seconds to import, so it is imported inside :func:`run_suite`, where
there is something to check. A check that cannot run is an outcome with an ``error``
and never a pass. Frames are read, not changed.
"""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from expectations.checks import Check, Failure, Frames, Outcome, Suite

if TYPE_CHECKING:
    import pandas as pd

POSITION = "__position"
NUMBER = "check"
"""Where an expectation keeps the number of its check: results come in any order."""
MAX_OBSERVED = 200


def warm_up() -> threading.Thread:
    """Import Great Expectations in the background, while other processes extract."""

    def load() -> None:
        import great_expectations.expectations  # noqa: F401

    thread = threading.Thread(target=load, daemon=True)
    thread.start()
    return thread


def run_suites(suites: Iterable[Suite], frames: Frames) -> list[Outcome]:
    """Run every suite on its table of the batch; a suite whose table is absent fails."""
    return [outcome for suite in suites for outcome in run_suite(suite, frames)]


def run_suite(suite: Suite, frames: Frames) -> list[Outcome]:
    """Run one suite; one outcome per check, in the order of the suite.

    An empty table passes every rule about rows without being handed to the library.
    """
    try:
        frame = _prepared(suite, frames)
    except Exception as error:  # whatever hinders a gate closes it
        return [_not_run(suite, check, error) for check in suite.checks]
    if frame.empty:
        return [Outcome(suite, check, True, "0 rows") for check in suite.checks]
    expectations: dict[int, Any] = {}
    outcomes: dict[int, Outcome] = {}
    for number, check in enumerate(suite.checks):
        try:
            expectations[number] = _expectation(check, number)
        except Exception as error:
            outcomes[number] = _not_run(suite, check, error)
    try:
        outcomes |= _validated(suite, frame, expectations)
    except Exception as error:
        outcomes |= {n: _not_run(suite, suite.checks[n], error) for n in expectations}
    missing = RuntimeError("no result")
    return [
        outcomes.get(number) or _not_run(suite, check, missing)
        for number, check in enumerate(suite.checks)
    ]


def _prepared(suite: Suite, frames: Frames) -> pd.DataFrame:
    frame = frames[suite.table].reset_index(drop=True)
    if suite.derive is not None:
        frame = suite.derive(frame.copy(), frames)
    frame = frame.copy(deep=False)
    frame[POSITION] = range(len(frame))
    return frame


def _batch(frame: pd.DataFrame) -> Any:
    """Hand the frame to the library."""
    return _context().data_sources.pandas_default.read_dataframe(frame)


@functools.cache
def _context() -> Any:
    """Make a context that lives in memory and neither writes nor sends."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


def _expectation(check: Check, number: int) -> Any:
    """Make the library's object of a check, marked with its number in the suite."""
    import great_expectations.expectations as library

    arguments = dict(check.arguments)
    if check.only_where:
        arguments |= {"row_condition": check.only_where, "condition_parser": "pandas"}
    return getattr(library, _class_name(check.expectation))(**arguments, meta={NUMBER: number})


def _validated(
    suite: Suite, frame: pd.DataFrame, expectations: Mapping[int, Any]
) -> dict[int, Outcome]:
    """Validate all at once: the library hashes the whole frame each time it is handed over."""
    from great_expectations import ExpectationSuite

    batch = _batch(frame)
    result = batch.validate(
        ExpectationSuite(name=suite.name, expectations=list(expectations.values())),
        result_format={
            "result_format": "COMPLETE",
            "unexpected_index_column_names": [POSITION],
            "include_unexpected_rows": False,
        },
    )
    found = {}
    for entry in result.results:
        number = entry.expectation_config.meta[NUMBER]
        found[number] = _outcome(suite, suite.checks[number], entry, frame)
    return found


def _outcome(suite: Suite, check: Check, result: Any, frame: pd.DataFrame) -> Outcome:
    raised = _raised(result.exception_info)
    if raised:
        return Outcome(suite, check, False, "", error=raised)
    failures = _failures(check, result.result, frame) if not result.success else ()
    return Outcome(suite, check, bool(result.success), _observed(result.result), failures)


def _class_name(expectation: str) -> str:
    return "".join(word.capitalize() for word in expectation.split("_"))


def _raised(exception_info: Any) -> str | None:
    """Find the first exception in the two shapes in which the library reports them."""
    if not exception_info:
        return None
    entries = [exception_info] if "raised_exception" in exception_info else exception_info.values()
    for entry in entries:
        if isinstance(entry, dict) and entry.get("raised_exception"):
            return str(entry.get("exception_message") or "check did not run")[:MAX_OBSERVED]
    return None


def _failures(check: Check, result: Any, frame: pd.DataFrame) -> tuple[Failure, ...]:
    columns = (
        [check.arguments["column"]]
        if "column" in check.arguments
        else list(check.arguments.get("column_list", ()))
    )
    out = []
    for entry in result.get("unexpected_index_list") or ():
        position = int(entry[POSITION])
        values = [frame.at[position, column] for column in columns]
        out.append(Failure(position, check, _shown(values)))
    return tuple(out)


def _shown(values: list[Any]) -> str:
    return " | ".join(str(value) for value in values)[:MAX_OBSERVED]


def _observed(result: Any) -> str:
    """Say what was seen, in words short enough for a table."""
    if result.get("observed_value") is not None:
        return str(result["observed_value"])[:MAX_OBSERVED]
    return f"{result.get('unexpected_count', 0)} of {result.get('element_count', 0)} rows fail"


def _not_run(suite: Suite, check: Check, error: Exception) -> Outcome:
    reason = f"{type(error).__name__}: {error}"[:MAX_OBSERVED]
    return Outcome(suite, check, False, "", error=reason)
