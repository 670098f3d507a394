"""The suites of the raw tables (原始表): one per dataset of ``extract.datasets``.

Columns that may not be null come from the dataclasses themselves. A failing figure is
taken out alone; a failing document, place or project takes its document with it,
because facts hang on it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from expectations.checks import (
    Check,
    Frames,
    Scope,
    Suite,
    between,
    lacks,
    matches,
    not_null,
    one_of,
    true,
    unique,
)
from extract.datasets import DATASETS, columns

if TYPE_CHECKING:
    import pandas as pd

NUMBER = r"^-?[0-9]+(?:\.[0-9]+)?\Z"
"""Plain ASCII digits: ``\\d`` would take full-width ones as well."""
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
STATEMENT = r"^(?:[FB][0-9]{1,2}|P[FD])\Z"
CODE = r"^[A-Z][A-Z0-9_]*\Z"
SOURCE_KEY = r"^[0-9a-f]{24}\Z"
MONEY_UNITS = ("元", "千元", "万元", "百万元", "千万元", "亿元")
VALUE_STATUS = ("reported", "zero", "blank", "not_applicable", "not_disclosed")
LINE_ROLES = ("leaf", "subtotal", "total", "of_which", "memo")
AMOUNT_STAGES = (
    "initial_budget",
    "adjusted_budget",
    "final_account",
    "execution",
    "prior_year_budget",
    "prior_year_final",
)
FUND_SOURCES = (
    "all",
    "general_public_budget",
    "government_fund",
    "state_capital",
    "special_account",
    "unit_funds",
    "carry_over",
)
EXPENDITURE_TYPES = (
    "basic",
    "project",
    "remitted_to_superior",
    "operating",
    "subsidy_to_subordinate",
    "unspecified",
)
TABLE_STATUS = (
    "recognised",
    "declared_empty",
    "template_empty",
    "performance",
    "other",
    "unmapped",
)
DOCUMENT_KINDS = ("budget", "final_account", "performance")
FIRST_YEAR = 2000
"""Disclosure to the public began in 2009; earlier accounts occur as annexes only."""


def _required(dataset: str, scope: Scope) -> list[Check]:
    return [
        not_null(name, scope) for name, (_, nullable) in columns(dataset).items() if not nullable
    ]


def _linked(frame: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    """Add whether the document, and the place if one is named, are in the batch."""
    frame["document_known"] = frame["document_key"].isin(frames["document"]["document_key"])
    if "source_key" in frame:
        places = frames["source"]["source_key"]
        frame["source_known"] = frame["source_key"].isna() | frame["source_key"].isin(places)
    return frame


def _with_project(frame: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    import pandas as pd

    frame = _linked(frame, frames)
    keys = ["document_key", "project_no"]
    known = pd.MultiIndex.from_frame(frames["performance_project"][keys])
    frame["project_known"] = pd.MultiIndex.from_frame(frame[keys]).isin(known)
    return frame


def _figure(frame: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    """Add whether the number and the status of a figure tell the same story."""
    frame = _linked(frame, frames)
    valued = frame["value_status"].isin(["reported", "zero"])
    frame["number_fits_status"] = valued == frame["number_text"].notna()
    return frame


def raw_suites(today: dt.date) -> list[Suite]:
    """Build the suites of all raw tables; ``today`` bounds the fiscal year."""
    link = [true("document_known", "document")]
    place = [*link, true("source_known", "document")]
    figure = [
        *place,
        matches("number_text", NUMBER),
        one_of("value_status", VALUE_STATUS),
        true("number_fits_status"),
        lacks("published_text", CONTROL),
        one_of("fund_source", FUND_SOURCES),
        one_of("expenditure_type", EXPENDITURE_TYPES),
        one_of("amount_stage", AMOUNT_STAGES),
    ]
    checks: dict[str, list[Check]] = {
        "document": [
            *_required("document", "document"),
            unique(["document_key"], "document"),
            one_of("document_kind", DOCUMENT_KINDS, "document"),
            between("fiscal_year", FIRST_YEAR, today.year + 1, "document"),
            one_of("default_unit", MONEY_UNITS, "document"),
            matches("region_code", r"^[0-9]{6}\Z", "document"),
            one_of("reporting_level", ["department", "headquarters", "unit"], "document"),
            matches("published_on", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", "document"),
        ],
        "source": [
            *_required("source", "document"),
            *link,
            matches("source_key", SOURCE_KEY, "document"),
            unique(["source_key"], "document"),
            between("page", 1, None, "document"),
            between("line_start", 1, None, "document"),
        ],
        "statement_table": [
            *_required("statement_table", "document"),
            *link,
            unique(["document_key", "table_index"], "document"),
            one_of("status", TABLE_STATUS, "document"),
            matches("statement_code", STATEMENT, "document"),
        ],
        "statement_header": [*_required("statement_header", "document"), *link],
        "statement_cell": [
            *_required("statement_cell", "row"),
            *figure,
            matches("statement_code", STATEMENT),
            one_of("line_role", LINE_ROLES),
            between("line_no", 1, None),
        ],
        "narrative_figure": [
            *_required("narrative_figure", "row"),
            *figure,
            unique(["document_key", "figure_no"], "document"),
            one_of(
                "measure",
                [
                    "value",
                    "change",
                    "growth_ratio",
                    "share_ratio",
                    "count",
                    "average",
                    "score",
                ],
            ),
            one_of("comparator", ["prior_year", "initial_budget", "whole", "none"]),
            one_of("direction", ["increase", "decrease", "flat", "none"]),
        ],
        "performance_project": [
            *_required("performance_project", "document"),
            *place,
            unique(["document_key", "project_no"], "document"),
            one_of("scope", ["project", "department"], "document"),
            one_of("phase", ["target", "result"], "document"),
        ],
        "performance_indicator": [
            *_required("performance_indicator", "row"),
            *place,
            true("project_known", "document"),
            unique(["document_key", "indicator_no"], "document"),
            one_of("scope", ["project", "department"]),
            one_of("phase", ["target", "result"]),
            one_of(
                "level1_code",
                ["output", "benefit", "satisfaction", "cost", "decision", "process"],
            ),
            one_of(
                "target_operator",
                ["ge", "le", "gt", "lt", "eq", "approx", "between", "before", "qualitative"],
            ),
            matches("target_value_text", NUMBER),
            matches("target_value_high_text", NUMBER),
            matches("actual_value_text", NUMBER),
        ],
        "page_reading": [
            *_required("page_reading", "row"),
            *link,
            between("pages", 1, None),
        ],
        "finding": [*_required("finding", "row"), *place, matches("code", CODE)],
        "quarantined_row": [*_required("quarantined_row", "row"), *link, matches("code", CODE)],
    }
    derive = {
        "document": None,
        "statement_cell": _figure,
        "narrative_figure": _figure,
        "performance_indicator": _with_project,
    }
    return [
        Suite(f"raw.{dataset}", "raw", dataset, checks[dataset], derive.get(dataset, _linked))
        for dataset in DATASETS
    ]
