"""Dependencies run one way, and modules stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("extract", "expectations", "dagster_project")
MAX_LINES = 350

FORBIDDEN = {
    "extract": {
        "expectations",
        "dagster_project",
        "dagster",
        "dagster_dbt",
        "dbt",
        "great_expectations",
        "pandas",
        "duckdb",
    },
    "expectations": {"dagster_project", "dagster", "dagster_dbt", "dbt", "duckdb"},
    "dagster_project": {"great_expectations"},
}
GX_MODULES = {"expectations/gate.py"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Yield the top-level package of every import, wherever it stands in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("package", PACKAGES)
def test_dependencies_run_one_way(package: str) -> None:
    found = modules(package)
    assert found
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in found
        for name in imports(path)
        if name in FORBIDDEN[package]
    ]
    wrong += [
        f"{path.relative_to(ROOT)} imports great_expectations"
        for path in found
        if "great_expectations" in imports(path)
        and path.relative_to(ROOT).as_posix() not in GX_MODULES
    ]
    assert wrong == []


@pytest.mark.parametrize("path", [p for name in PACKAGES for p in modules(name)], ids=str)
def test_modules_stay_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_LINES
    assert ast.get_docstring(ast.parse(text)), "no module docstring"


def test_sql_of_the_load_lives_in_few_modules() -> None:
    """The assets only call: no SQL, no parsing."""
    for path in (ROOT / "dagster_project" / "assets").glob("*.py"):
        assert not {"duckdb", "pdfplumber", "lxml"} & set(imports(path)), path
        assert "SELECT" not in path.read_text(encoding="utf-8"), path


def test_dbt_is_no_package_and_not_called_dbt() -> None:
    assert not (ROOT / "dbt" / "__init__.py").exists()
    assert "name: dbt\n" not in (ROOT / "dbt" / "dbt_project.yml").read_text()
