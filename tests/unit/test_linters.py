"""The linters, as tests: what they say fails the build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ["extract", "expectations", "dagster_project", "tests"]
FOLDERS = [name for name in [*CODE, "samples", "benchmarks"] if (ROOT / name).is_dir()]

LINTERS = {
    "ruff check": ["ruff", "check", "--no-cache", *FOLDERS],
    "ruff format": ["ruff", "format", "--no-cache", "--check", *FOLDERS],
    "mypy": ["mypy", "--strict", "extract", "expectations", "dagster_project"],
    "sqlfluff": ["sqlfluff", "lint", "--disable-progress-bar", "-p", "0", "dbt/models"],
}


@pytest.mark.parametrize("name", LINTERS)
def test_linter_is_content(name: str, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name(LINTERS[name][0])), *LINTERS[name][1:]]
    if name == "mypy":
        command += ["--cache-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
