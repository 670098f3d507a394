"""The end of the way: the published copy, and the page about the gates."""

import dagster as dg

from dagster_project.load import Load
from dagster_project.pipeline import publish_marts
from dagster_project.publish import SCHEMAS
from dagster_project.report import write_report
from dagster_project.resources import retry_io

GROUP = "published"
MARTS = dg.AssetKey(["published", "marts"])
REPORT = dg.AssetKey(["published", "gate_report"])


def build_published(models: dg.AssetsDefinition) -> list[dg.AssetsDefinition]:
    """Return the assets that follow from the dbt models of the published schemas."""
    published = sorted(key for key in models.keys if key.path[0] in SCHEMAS)

    @dg.asset(
        key=MARTS,
        deps=published,
        group_name=GROUP,
        kinds={"duckdb", "parquet"},
        required_resource_keys={"warehouse"},
        description="The marts as users read them, swapped in as one file (发布).",
    )
    def published_marts(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        load: Load = context.resources.warehouse
        with retry_io():
            tables = publish_marts(load)
        return dg.MaterializeResult(
            metadata={
                "database": dg.MetadataValue.path(str(load.settings.published)),
                "tables": len(tables),
                "rows": dg.MetadataValue.json({f"{t.schema}.{t.name}": t.rows for t in tables}),
            }
        )

    @dg.asset(
        key=REPORT,
        deps=[MARTS],
        group_name=GROUP,
        kinds={"html"},
        required_resource_keys={"warehouse"},
        description="What the gates found, as a page that opens offline (质量报告).",
    )
    def gate_report(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
        load: Load = context.resources.warehouse
        with retry_io():
            page = write_report(load)
        return dg.MaterializeResult(metadata={"page": dg.MetadataValue.path(str(page))})

    return [published_marts, gate_report]
