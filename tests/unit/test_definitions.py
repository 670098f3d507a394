"""The assets and checks of the Dagster project, pinned: a name that changes breaks somebody."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest
import yaml

from dagster_project.event_log import KeptOpenSqliteEventLogStorage
from dagster_project.job import build_definitions
from dagster_project.settings import ROOT, load_settings

DATASETS = [
    "document",
    "finding",
    "narrative_figure",
    "page_reading",
    "performance_indicator",
    "performance_project",
    "quarantined_row",
    "source",
    "statement_cell",
    "statement_header",
    "statement_table",
]
OPERATIONAL = [
    "archive_member",
    "gate_rejected_row",
    "gate_result",
    "landing_file",
    "load_run",
    "manifest",
]
REFERENCE = ["measure", "reason", "statement"]
MARTS = [
    "dim_department",
    "dim_document",
    "dim_economic_class",
    "dim_function_class",
    "dim_narrative_subject",
    "dim_project",
    "dim_source",
    "dim_statement",
    "fact_expenditure",
    "fact_narrative_figure",
    "fact_performance_indicator",
    "fact_project_performance",
    "fact_resource",
    "fact_revenue",
    "fact_statement_line",
    "fact_three_public",
]


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    """The real project over an empty warehouse."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("definitions")
        settings = load_settings({"WAREHOUSE_DIR": str(folder / "warehouse")})
        for name, value in settings.environment().items():
            patch.setenv(name, value)
        settings.prepare()
        return build_definitions(settings)


def keys(definitions: dg.Definitions, stage: str) -> list[str]:
    graph = definitions.resolve_asset_graph()
    found = graph.get_all_asset_keys()
    return sorted("/".join(key.path[1:]) for key in found if key.path[0] == stage)


def test_asset_keys(definitions: dg.Definitions) -> None:
    assert keys(definitions, "landing") == ["documents", "manifest"]
    assert keys(definitions, "raw") == sorted([*DATASETS, *OPERATIONAL, *REFERENCE])
    assert keys(definitions, "published") == ["gate_report", "marts"]
    assert set(MARTS) <= set(keys(definitions, "marts"))
    audit = {"fact_reconciliation", "gate_result", "quarantined_document", "quarantined_row"}
    assert audit | {"disclosure_coverage"} <= set(keys(definitions, "audit"))
    graph = definitions.resolve_asset_graph()
    stages = {key.path[0] for key in graph.get_all_asset_keys()}
    own = {"landing", "raw", "published"}
    assert stages - own == {"seeds", "staging", "intermediate", "marts", "history", "audit"}


def test_every_gate_is_a_blocking_check(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    gates = {
        key.to_user_string()
        for key in graph.asset_check_keys
        if key.name in ("landing_gate", "raw_gate", "mart_gate")
    }
    assert gates == {
        "landing/documents:landing_gate",
        *(f"raw/{name}:raw_gate" for name in DATASETS),
        *(f"marts/{name}:mart_gate" for name in MARTS),
    }
    for key in graph.asset_check_keys:
        if key.to_user_string() in gates:
            assert graph.get_check_spec(key).blocking, key


def test_the_graph_is_the_way_of_the_data(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()

    def parents(*path: str) -> set[str]:
        return {key.to_user_string() for key in graph.get(dg.AssetKey(list(path))).parent_keys}

    assert parents("landing", "manifest") == set()
    assert parents("landing", "documents") == {"landing/manifest"}
    assert parents("raw", "statement_cell") == {"landing/documents"}
    assert "raw/document" in parents("staging", "stg_document")
    assert {f"marts/{name}" for name in MARTS} <= parents("published", "marts")
    assert parents("published", "gate_report") == {"published/marts"}
    stages = {"landing", "raw", "seeds"}
    roots = {k.path[0] for k in graph.get_all_asset_keys() if not graph.get(k).parent_keys}
    assert roots <= stages, "every model hangs on a raw table or a seed"


def test_one_job_with_a_sensor_and_a_schedule_that_are_off(definitions: dg.Definitions) -> None:
    job = definitions.resolve_job_def("warehouse")
    assert job.executor_def.name == "in_process"
    [sensor] = definitions.sensors or []
    [schedule] = definitions.schedules or []
    assert isinstance(sensor, dg.SensorDefinition)
    assert isinstance(schedule, dg.ScheduleDefinition)
    assert sensor.default_status == dg.DefaultSensorStatus.STOPPED
    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 2 * * *", "Asia/Shanghai")


def test_the_sensor_asks_for_a_run_when_files_change(
    definitions: dg.Definitions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANDING_DIR", str(tmp_path))
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path.parent / "warehouse"))
    [sensor] = definitions.sensors or []
    assert isinstance(sensor, dg.SensorDefinition)
    context = dg.build_sensor_context()
    assert len(sensor.evaluate_tick(context).run_requests or []) == 1
    assert sensor.evaluate_tick(context).skip_message == "no change in LANDING_DIR"
    (tmp_path / "new.txt").write_text("x")
    assert len(sensor.evaluate_tick(context).run_requests or []) == 1


def test_the_workspace_names_the_definitions() -> None:
    workspace = yaml.safe_load((ROOT / "workspace.yaml").read_text())
    [entry] = workspace["load_from"]
    assert entry["python_module"]["module_name"] == "dagster_project.definitions"


def test_the_event_log_of_the_instance_is_ours(definitions: dg.Definitions, tmp_path: Path) -> None:
    assert definitions
    settings = load_settings({"WAREHOUSE_DIR": str(tmp_path / "w")})
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.environment().items():
            patch.setenv(name, value)
        settings.prepare()
        with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
            assert isinstance(instance.event_log_storage, KeptOpenSqliteEventLogStorage)
            assert not instance.telemetry_enabled
