"""The one job, and what starts it: a sensor for new files and a nightly schedule.

Both are off until somebody switches them on, on the Dagster page under Automation.
"""

from __future__ import annotations

import hashlib

import dagster as dg

from dagster_project.files import scan
from dagster_project.pipeline import WarehouseBusy, exclusive, up_to_date
from dagster_project.settings import load_settings

warehouse_job = dg.define_asset_job(
    "warehouse",
    selection=dg.AssetSelection.all() | dg.AssetSelection.all_asset_checks(),
    executor_def=dg.in_process_executor,
    description="The whole way: landing files to published marts.",
)


@dg.sensor(
    job=warehouse_job,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Starts a run when files of LANDING_DIR came, changed or went; only looks at stat.",
)
def new_files(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    listing = scan(load_settings().landing_dir)
    state = hashlib.sha256(repr(listing).encode()).hexdigest()
    if state == context.cursor:
        return dg.SkipReason("no change in LANDING_DIR")
    context.update_cursor(state)
    return dg.RunRequest(run_key=state)


@dg.schedule(
    job=warehouse_job,
    cron_schedule="0 2 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="Every night at 02:00 in Shanghai; does nothing where nothing changed.",
)
def nightly(_: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    settings = load_settings()
    try:
        with exclusive(settings):
            if up_to_date(settings):
                return dg.SkipReason("nothing new and everything published")
    except WarehouseBusy as busy:
        return dg.SkipReason(str(busy))
    return dg.RunRequest()
