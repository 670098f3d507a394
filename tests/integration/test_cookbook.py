"""Every query of the cookbook and of the README runs as it stands, on the samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]
COOKBOOK = ROOT / "docs" / "query-cookbook.md"
README = ROOT / "README.md"
_SQL = re.compile(r"^```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_QUESTION = re.compile(r"^### (\d+)\. .*$", re.MULTILINE)

DEPARTMENT = "北京市延庆区人力资源和社会保障局"
NOTHING_IN_SAMPLES = {"18b", "19", "19b"}
"""No sample has figures held back, and none is published twice."""


def cookbook() -> dict[str, str]:
    """Queries by the number of their question; the second of a question is ``18b``."""
    parts = _QUESTION.split(COOKBOOK.read_text(encoding="utf-8"))[1:]
    return {
        number + ("b" if position else ""): sql
        for number, body in zip(parts[::2], parts[1::2], strict=True)
        for position, sql in enumerate(_SQL.findall(body))
    }


def readme() -> list[str]:
    """Statements of the README's queries."""
    blocks = _SQL.findall(README.read_text(encoding="utf-8"))
    return [sql for block in blocks for sql in block.split(";") if sql.strip()]


@pytest.fixture(scope="module")
def published(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database of the samples, as a user opens it."""
    database = str(sample_warehouse / "published" / "mingzhang.duckdb")
    with duckdb.connect(database, read_only=True) as connection:
        yield connection


def rows(published: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    result = published.execute(sql)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def test_the_cookbook_has_the_twenty_questions_it_promises() -> None:
    assert [number for number in cookbook() if number.isdigit()] == [
        str(number) for number in range(1, 21)
    ]


@pytest.mark.parametrize("number", list(cookbook()))
def test_a_query_answers(published: duckdb.DuckDBPyConnection, number: str) -> None:
    answer = rows(published, cookbook()[number])
    assert bool(answer) == (number not in NOTHING_IN_SAMPLES)


@pytest.mark.parametrize("sql", readme())
def test_a_query_of_the_readme_runs(published: duckdb.DuckDBPyConnection, sql: str) -> None:
    rows(published, sql)


def test_spending_of_a_department_is_the_printed_total(
    published: duckdb.DuckDBPyConnection,
) -> None:
    spent = {
        (row["department_name"], row["fiscal_year"]): row["final_yuan"]
        for row in rows(published, cookbook()["1"])
    }
    assert spent[DEPARTMENT, 2022] == Decimal("34859600.00")
    assert spent[DEPARTMENT, 2023] == Decimal("35709300.00")
    assert spent["上海市松江区司法局", 2024] == Decimal("27719975.77")


def test_growth_is_the_year_over_the_year_before(published: duckdb.DuckDBPyConnection) -> None:
    [row] = [r for r in rows(published, cookbook()["7"]) if r["department_name"] == DEPARTMENT]
    assert (row["fiscal_year"], row["prior_year_final_yuan"]) == (2023, Decimal("34859600.00"))
    assert row["growth_ratio"] == Decimal("0.024375")


def test_running_cost_is_that_of_the_account_not_of_the_budget(
    published: duckdb.DuckDBPyConnection,
) -> None:
    costs = {
        (row["department_name"], row["fiscal_year"]): row["operating_yuan"]
        for row in rows(published, cookbook()["11"])
    }
    assert costs[DEPARTMENT, 2023] == Decimal("2934100.00")


def test_the_missed_target_with_full_marks_is_found_and_reported(
    published: duckdb.DuckDBPyConnection,
) -> None:
    [missed] = rows(published, cookbook()["14"])
    assert (missed["weight"], missed["score"]) == (Decimal(15), Decimal(15))
    assert "P-09" in {row["rule_id"] for row in rows(published, cookbook()["16"])}


def test_the_cut_off_sample_says_what_would_release_it(
    published: duckdb.DuckDBPyConnection,
) -> None:
    [held] = rows(published, cookbook()["18"])
    assert held["reason_code"] == "PDF_DAMAGED"
    assert held["release_hint"]
