"""Puts the Dagster project together for one warehouse."""

from __future__ import annotations

import dagster as dg

from dagster_project.assets.landing import landing_documents, landing_manifest
from dagster_project.assets.marts import build_marts
from dagster_project.assets.publish import build_published
from dagster_project.assets.raw import raw_tables
from dagster_project.automation import new_files, nightly, warehouse_job
from dagster_project.resources import warehouse
from dagster_project.settings import Settings


def build_definitions(settings: Settings) -> dg.Definitions:
    """Return assets, checks, job, sensor and schedule; reads (or makes) the dbt manifest."""
    dbt_models, mart_gate = build_marts(settings)
    return dg.Definitions(
        assets=[
            landing_manifest,
            landing_documents,
            raw_tables,
            dbt_models,
            *build_published(dbt_models),
        ],
        asset_checks=[mart_gate],
        jobs=[warehouse_job],
        schedules=[nightly],
        sensors=[new_files],
        resources={"warehouse": warehouse},
        executor=dg.in_process_executor,
    )
