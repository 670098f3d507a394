"""Runs the pipeline in the process it is called in and kills that process at a seam."""

from __future__ import annotations

import importlib
import os
import signal
from pathlib import Path
from typing import Any

from fakes import fake_extractor, fake_settings

from dagster_project import load, pipeline, runner


def killed_run(folder: Path, seam: str, when: str) -> None:
    """Run with stand-ins; end without any clean-up ``before`` or ``after`` a function runs.

    ``seam`` is ``module.function`` or ``module.Class.method``.
    """
    owner_name, name = seam.rsplit(".", 1)
    try:
        owner: Any = importlib.import_module(owner_name)
    except ModuleNotFoundError:
        module, class_name = owner_name.rsplit(".", 1)
        owner = getattr(importlib.import_module(module), class_name)
    original = getattr(owner, name)

    def killed(*arguments: Any, **options: Any) -> None:
        if when == "after":
            original(*arguments, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, killed)
    for module in (load, pipeline):  # as in the test: the sources may be edited meanwhile
        module.parser_version = lambda: "fake"
    runner.run(fake_settings(folder), extractor=fake_extractor)
