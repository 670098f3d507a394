"""How a gate shows on the Dagster page: one blocking asset check per gated table."""

from __future__ import annotations

from collections.abc import Sequence

import dagster as dg

from expectations.checks import Outcome

SHOWN = 20


def check_spec(asset: dg.AssetKey, name: str) -> dg.AssetCheckSpec:
    """Declare the blocking check of a gated table."""
    return dg.AssetCheckSpec(
        name,
        asset=asset,
        blocking=True,
        description="Great Expectations suite; what fails alone is quarantined (质量门).",
    )


def check_result(
    asset: dg.AssetKey,
    name: str,
    outcomes: Sequence[Outcome],
    *,
    stopped: str | None = None,
    tolerate_rows: bool = True,
) -> dg.AssetCheckResult:
    """Report a gate. Rows and documents taken out are a warning, a stopped load an error."""
    broken = [o for o in outcomes if not o.success]
    closed = stopped is not None or any(o.stops_load for o in broken)
    passed = not closed and (tolerate_rows or not broken)
    details = [f"{o.check.name}: {o.error or o.observed}" for o in broken[:SHOWN]]
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=name,
        passed=passed,
        severity=dg.AssetCheckSeverity.ERROR,
        description=stopped or ("; ".join(details[:3]) if details else "all checks passed"),
        metadata={
            "checks": len(outcomes),
            "failed": len(broken),
            "rows taken out": sum(len(o.failures) for o in broken),
            "details": dg.MetadataValue.json(details),
        },
    )
