"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Return the folder of real disclosures, or skip where it is absent."""
    folder = Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared"))
    if not (folder / "disclosures").is_dir():
        pytest.skip(f"no real disclosures: SHARED_DIR={folder} does not exist")
    return folder
