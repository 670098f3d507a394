"""Orchestration (编排): settings, load, publishing, the Dagster project, the command line."""
