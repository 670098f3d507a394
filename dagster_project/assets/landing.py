"""From files to a candidate batch: the manifest of the folder, then the documents read."""

from collections import Counter
from collections.abc import Iterator

import dagster as dg

from dagster_project.assets.checks import check_result, check_spec
from dagster_project.load import Load, LoadStopped
from dagster_project.report import write_report
from dagster_project.resources import retry_io

MANIFEST = dg.AssetKey(["landing", "manifest"])
DOCUMENTS = dg.AssetKey(["landing", "documents"])
GROUP = "landing"


@dg.asset(
    key=MANIFEST,
    group_name=GROUP,
    required_resource_keys={"warehouse"},
    kinds={"file"},
    description="Files of LANDING_DIR by content: what is new, changed or known (入库清单).",
)
def landing_manifest(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    load: Load = context.resources.warehouse
    with retry_io():
        work = load.plan()
    return dg.MaterializeResult(
        metadata={
            "folder": dg.MetadataValue.path(str(load.settings.landing_dir)),
            "contents": len(work.present),
            "to read": len(work.to_read),
            "files unchanged": work.unchanged,
        }
    )


@dg.multi_asset(
    name="landing_documents",
    specs=[
        dg.AssetSpec(
            DOCUMENTS,
            deps=[MANIFEST],
            group_name=GROUP,
            kinds={"python", "parquet"},
            description="New documents as typed rows with their places, not yet believed (抽取).",
        )
    ],
    check_specs=[check_spec(DOCUMENTS, "landing_gate")],
    required_resource_keys={"warehouse"},
)
def landing_documents(
    context: dg.AssetExecutionContext,
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    load: Load = context.resources.warehouse
    with retry_io():
        attempts = load.extract()
    reasons = Counter(a.reason_code for a in attempts.values() if a.reason_code)
    yield dg.MaterializeResult(
        asset_key=DOCUMENTS,
        metadata={
            "documents read": len(attempts),
            "quarantined": sum(reasons.values()),
            "reasons": dg.MetadataValue.json(dict(reasons)),
            "rows": sum(a.rows for a in attempts.values()),
            "seconds": round(load.seconds["extraction"], 2),
            "folder": dg.MetadataValue.path(str(load.folder)),
        },
    )
    try:
        outcomes = load.gate_landing()
    except LoadStopped as stop:
        yield check_result(DOCUMENTS, "landing_gate", load.outcomes, stopped=str(stop))
        write_report(load, stopped=str(stop))
        raise dg.Failure(f"load stopped: {stop}", allow_retries=False) from stop
    yield check_result(DOCUMENTS, "landing_gate", outcomes)
