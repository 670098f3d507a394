"""What ``dagster dev`` loads; put together in ``dagster_project.job``."""

from __future__ import annotations

from dagster_project.job import build_definitions
from dagster_project.settings import load_settings

settings = load_settings()
settings.prepare()
defs = build_definitions(settings)
