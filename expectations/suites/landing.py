"""The landing suite (入库文件): is this batch of files what the load believes it is?

One row per document that was attempted: document_key, path, size_bytes, media_type,
status, reason_code, failed (0.0 or 1.0).
"""

from __future__ import annotations

from collections.abc import Collection

from expectations.checks import (
    Check,
    Suite,
    between,
    matches,
    mean_at_most,
    not_null,
    one_of,
    unique,
)

TABLE = "attempted"


def landing_suite(reason_codes: Collection[str], max_failed_share: float | None) -> Suite:
    """Build the suite of one load.

    ``max_failed_share`` is None while too few documents have failed to speak of a
    systemic failure.
    """
    checks: list[Check] = [
        not_null("path", "load"),
        not_null("document_key", "load"),
        matches("document_key", r"^[0-9a-f]{64}\Z", "load"),
        unique(["document_key"], "load"),
        between("size_bytes", 0, None, "load"),
        one_of("status", ["loaded", "quarantined"], "load"),
        not_null("reason_code", "load", only_where='status == "quarantined"'),
        one_of("reason_code", sorted(reason_codes), "load"),
    ]
    if max_failed_share is not None:
        checks.append(mean_at_most("failed", max_failed_share))
    return Suite("landing.attempted", "landing", TABLE, checks)
