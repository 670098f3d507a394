"""A warehouse of the bundled samples, built once for all tests that only read it."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MINGZHANG = Path(sys.executable).with_name("mingzhang")


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the warehouse folder; processes that run tests side by side share it."""
    if not (ROOT / "samples").is_dir():
        pytest.skip("no samples folder")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    warehouse = shared / "samples-warehouse"
    with (shared / "samples-warehouse.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (warehouse / "published" / "mingzhang.duckdb").exists():
            done = subprocess.run(
                [str(MINGZHANG), "run"],
                cwd=ROOT,
                env={
                    **os.environ,
                    "LANDING_DIR": str(ROOT / "samples"),
                    "WAREHOUSE_DIR": str(warehouse),
                },
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            assert "Try next" in done.stdout
    return warehouse
