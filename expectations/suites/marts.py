"""The suites of the published tables (集市): the last look before anyone reads them.

They hold what marts.md promises about rows. Whole-table rules (relationships, sums) are
dbt tests. A failing row that belongs to a document takes that document out of the next
build; a failing row of no document stops the publication.
"""

from __future__ import annotations

from expectations.checks import (
    Check,
    Suite,
    between,
    lacks,
    matches,
    not_null,
    one_of,
    unique,
)
from expectations.suites.raw import (
    AMOUNT_STAGES,
    DOCUMENT_KINDS,
    EXPENDITURE_TYPES,
    FUND_SOURCES,
    LINE_ROLES,
    VALUE_STATUS,
)

DOCUMENT_KEY = r"^[0-9a-f]{64}\Z"
MOBILE = r"(?<![0-9.,])1[3-9][0-9]{9}(?![0-9.,])"
IDENTITY = (
    r"(?<![0-9])[0-9]{6}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    r"[0-9]{3}[0-9Xx](?![0-9])"
)


def _no_personal_data(*columns: str) -> list[Check]:
    """No mobile number (手机号) and no identity number (身份证号) in text of the publisher."""
    return [lacks(column, rf"^[\s\S]*(?:{MOBILE}|{IDENTITY})", "document") for column in columns]


def _fact(*extra: Check) -> list[Check]:
    return [
        matches("document_key", DOCUMENT_KEY, "document"),
        not_null("document_key", "document"),
        not_null("fiscal_year", "document"),
        *extra,
    ]


def _money() -> list[Check]:
    return [
        one_of("value_status", VALUE_STATUS, "document"),
        not_null("amount_stage", "document"),
        one_of("amount_stage", AMOUNT_STAGES, "document"),
    ]


SOURCE = not_null("source_key", "document")

CHECKS: dict[str, list[Check]] = {
    "dim_document": [
        not_null("document_key", "document"),
        unique(["document_key"], "document"),
        matches("document_key", DOCUMENT_KEY, "document"),
        not_null("document_kind", "document"),
        one_of("document_kind", DOCUMENT_KINDS, "document"),
        not_null("department_key", "document"),
        not_null("is_current", "document"),
        between("version_no", 1, None, "document"),
    ],
    "dim_department": [
        not_null("department_key", "load"),
        unique(["department_key"], "load"),
        not_null("department_name", "load"),
        one_of("reporting_level", ["department", "headquarters", "unit"], "load"),
    ],
    "dim_source": [
        not_null("source_key", "document"),
        unique(["source_key"], "document"),
        not_null("document_key", "document"),
        *_no_personal_data("source_text"),
    ],
    "dim_function_class": [
        unique(["function_class_key"], "load"),
        matches("function_code", r"^[0-9]{3}(?:[0-9]{2}(?:[0-9]{2})?)?\Z", "load"),
    ],
    "dim_economic_class": [
        unique(["economic_class_key"], "load"),
        one_of("scheme", ["department", "government"], "load"),
        matches("economic_code", r"^[0-9]{3}(?:[0-9]{2})?\Z", "load"),
    ],
    "dim_statement": [unique(["statement_code"], "load")],
    "dim_narrative_subject": [unique(["subject"], "load")],
    "dim_project": [unique(["project_key"], "load")],
    "fact_statement_line": _fact(
        SOURCE,
        *_money(),
        one_of("line_role", LINE_ROLES, "document"),
        not_null("measure_code", "document"),
        not_null("published_text", "document"),
    ),
    "fact_expenditure": _fact(
        SOURCE,
        *_money(),
        not_null("amount_yuan", "document", only_where='value_status == "reported"'),
        one_of("fund_source", FUND_SOURCES, "document"),
        one_of("expenditure_type", EXPENDITURE_TYPES, "document"),
        one_of("staff_split", ["personnel", "public"], "document"),
        one_of("basis", ["table", "narrative"], "document"),
        one_of("value_origin", ["published", "derived"], "document"),
        not_null("is_residual", "document"),
        not_null("is_rollup_base", "document"),
    ),
    "fact_revenue": _fact(SOURCE, *_money()),
    "fact_three_public": _fact(
        SOURCE,
        *_money(),
        one_of(
            "item",
            ["overseas_travel", "vehicle_purchase", "vehicle_operation", "reception"],
            "document",
        ),
    ),
    "fact_resource": _fact(SOURCE, not_null("metric", "document")),
    "fact_narrative_figure": _fact(
        SOURCE,
        one_of(
            "measure",
            ["value", "change", "growth_ratio", "share_ratio", "count", "average", "score"],
            "document",
        ),
        one_of("direction", ["increase", "decrease", "flat", "none"], "document"),
    ),
    "fact_project_performance": _fact(SOURCE, *_no_personal_data("project_name")),
    "fact_performance_indicator": _fact(
        SOURCE,
        one_of("scope", ["project", "department"], "document"),
        one_of("phase", ["target", "result"], "document"),
        one_of("attainment_status", ["met", "partly_met", "not_met", "unknown"], "document"),
        *_no_personal_data("level3", "target_text", "actual_text", "deviation_reason"),
    ),
}
"""Mart name to its rules. A mart that is not built yet has no suite run on it."""


def mart_suites() -> list[Suite]:
    """Build the suites of all marts."""
    return [Suite(f"marts.{mart}", "marts", mart, checks) for mart, checks in CHECKS.items()]
