"""The raw tables: the candidate batch, gated, in one transaction."""

from collections.abc import Iterator

import dagster as dg

from dagster_project.assets.checks import check_result, check_spec
from dagster_project.assets.landing import DOCUMENTS
from dagster_project.load import Load, LoadStopped
from dagster_project.report import write_report
from dagster_project.resources import retry_io
from dagster_project.schema import OPERATIONAL, REFERENCE
from extract.datasets import DATASETS

GROUP = "raw"
GATE = "raw_gate"


def raw_key(table: str) -> dg.AssetKey:
    """Return the asset key of a raw table."""
    return dg.AssetKey(["raw", table])


def _description(table: str) -> str:
    if table in DATASETS:
        return (DATASETS[table].__doc__ or "").strip().splitlines()[0]
    if table in REFERENCE:
        return "Layout data as the extraction uses it."
    return "Kept by the pipeline about its own work."


@dg.multi_asset(
    name="raw_tables",
    specs=[
        dg.AssetSpec(
            raw_key(table),
            deps=[DOCUMENTS],
            group_name=GROUP,
            kinds={"duckdb"},
            description=_description(table),
        )
        for table in (*DATASETS, *OPERATIONAL, *REFERENCE)
    ],
    check_specs=[check_spec(raw_key(table), GATE) for table in DATASETS],
    required_resource_keys={"warehouse"},
)
def raw_tables(
    context: dg.AssetExecutionContext,
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    load: Load = context.resources.warehouse
    try:
        with retry_io():
            rows = load.commit()
    except LoadStopped as stop:
        yield from _checks(load, str(stop))
        write_report(load, stopped=str(stop))
        raise dg.Failure(f"load stopped: {stop}", allow_retries=False) from stop
    for table in (*DATASETS, *OPERATIONAL, *REFERENCE):
        metadata = {"rows of this load": rows.get(table, 0)} if table in DATASETS else {}
        yield dg.MaterializeResult(asset_key=raw_key(table), metadata=metadata)
    yield from _checks(load, None)


def _checks(load: Load, stopped: str | None) -> Iterator[dg.AssetCheckResult]:
    for table in DATASETS:
        outcomes = [o for o in load.outcomes if o.suite.name == f"raw.{table}"]
        closed = stopped if any(o.stops_load for o in outcomes) else None
        yield check_result(raw_key(table), GATE, outcomes, stopped=closed)
