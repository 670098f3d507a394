"""From raw tables to marts: the dbt project, then the last gate before publishing."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets
from dagster_dbt.asset_utils import get_asset_check_key_for_test, get_subset_selection_for_context

from dagster_project import transform
from dagster_project.assets.checks import check_result, check_spec
from dagster_project.assets.raw import raw_key
from dagster_project.load import Load, LoadStopped
from dagster_project.pipeline import gate_marts
from dagster_project.report import write_report
from dagster_project.settings import Settings
from dagster_project.transform import NodeResult
from expectations.suites.marts import CHECKS

GATE = "mart_gate"


class Translator(DagsterDbtTranslator):
    """Names dbt nodes as the database does, and sources as the raw assets."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """Return schema and table name; the name of the model may differ from both."""
        if dbt_resource_props["resource_type"] == "source":
            return raw_key(dbt_resource_props["name"])
        if dbt_resource_props["resource_type"] == "seed":
            return dg.AssetKey(["seeds", dbt_resource_props["name"]])
        table = dbt_resource_props.get("alias") or dbt_resource_props["name"]
        return dg.AssetKey([dbt_resource_props["schema"], table])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """Group by stage, so that the page reads as the way of the data."""
        return self.get_asset_key(dbt_resource_props).path[0]


TRANSLATOR = Translator()


def build_marts(settings: Settings) -> tuple[dg.AssetsDefinition, dg.AssetChecksDefinition]:
    """Return the dbt assets and the gate on the marts among them."""
    manifest = transform.read_manifest(settings)

    @dbt_assets(
        manifest=manifest,
        dagster_dbt_translator=TRANSLATOR,
        name="dbt_models",
        required_resource_keys={"warehouse"},
    )
    def dbt_models(
        context: dg.AssetExecutionContext,
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        load: Load = context.resources.warehouse
        select, indirect = get_subset_selection_for_context(
            context, manifest, None, None, None, TRANSLATOR, None
        )
        if indirect:
            select = [*select, "--indirect-selection", indirect]
        with load.timed("dbt"):
            results = transform.build(load.settings, select)
        yield from node_events(manifest, results)
        failed = [result for result in results if result.failed]
        if failed:
            message = transform.describe_failures(results)
            write_report(load, stopped=f"dbt: {message}")
            raise dg.Failure(f"dbt: {message}", allow_retries=False)

    keys = [key for key in dbt_models.keys if key.path[0] == "marts" and key.path[1] in CHECKS]
    specs = [check_spec(key, GATE) for key in sorted(keys)]

    @dg.multi_asset_check(name=GATE, specs=specs, required_resource_keys={"warehouse"})
    def mart_gate(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        load: Load = context.resources.warehouse
        stopped = None
        try:
            gate_marts(load)
        except LoadStopped as stop:
            stopped = str(stop)
            write_report(load, stopped=stopped)
        for spec in specs:
            outcomes = [
                o for o in load.outcomes if o.suite.name == "marts." + spec.asset_key.path[1]
            ]
            yield check_result(spec.asset_key, GATE, outcomes, tolerate_rows=False)

    return dbt_models, mart_gate


def node_events(
    manifest: Mapping[str, Any], results: list[NodeResult]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Turn dbt results into events: nodes that failed or were skipped give none."""
    for result in results:
        kind = result.unique_id.split(".", 1)[0]
        if kind in ("model", "seed", "snapshot") and result.passed:
            props = manifest["nodes"][result.unique_id]
            yield dg.MaterializeResult(
                asset_key=TRANSLATOR.get_asset_key(props),
                metadata={"seconds": round(result.seconds, 3)},
            )
        elif kind == "test" and (result.passed or result.failed):
            key = get_asset_check_key_for_test(manifest, TRANSLATOR, result.unique_id, None)
            if key is not None:
                yield dg.AssetCheckResult(
                    asset_key=key.asset_key,
                    check_name=key.name,
                    passed=result.passed,
                    description=result.message or None,
                    metadata={"failing rows": result.failures},
                )
