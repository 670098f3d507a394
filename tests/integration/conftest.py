"""Warehouses built once for all tests that only read them."""

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
    """Return the folder of a warehouse of the bundled samples."""
    if not (ROOT / "samples").is_dir():
        pytest.skip("no samples folder")
    return _built_once(ROOT / "samples", "samples-warehouse", tmp_path_factory)


@pytest.fixture(scope="session")
def real_warehouse(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a warehouse of the real disclosures, all formats of them."""
    return _built_once(shared_dir / "disclosures", "real-warehouse", tmp_path_factory)


def _built_once(landing: Path, name: str, factory: pytest.TempPathFactory) -> Path:
    """Run the pipeline as users do; processes that run tests side by side share the result."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    warehouse = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (warehouse / "published" / "mingzhang.duckdb").exists():
            done = subprocess.run(
                [str(MINGZHANG), "run"],
                cwd=ROOT,
                env={**os.environ, "LANDING_DIR": str(landing), "WAREHOUSE_DIR": str(warehouse)},
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            assert "Try next" in done.stdout
    return warehouse
