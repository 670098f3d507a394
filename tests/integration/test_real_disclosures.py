"""The whole pipeline on real disclosures: what an auditor would recompute by hand.

Totals are those that the documents print; everything else is compared with the
hand-checked facts beside them.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.slow

PRINTED_TOTALS = {
    # (fiscal_year, amount_stage, part of the department's name): 本年支出合计 as printed, in 元
    (2017, "final_account", "人力资源和社会保障局"): "2034746700.00",
    (2019, "final_account", "人力资源和社会保障局"): "10118700.00",
    (2020, "final_account", "人力资源公共服务中心"): "30026300.00",
    (2023, "final_account", "门头沟区人力资源和社会保障局"): "425488985.37",
    (2023, "initial_budget", "西城区人力资源和社会保障局"): "101223773.76",
    (2024, "initial_budget", "万里街道办事处"): "156211123.00",
    (2025, "initial_budget", "人民政府办公室"): "91016775.35",
    (2026, "initial_budget", "司法局"): "96282213.44",
    (2024, "final_account", "规划和自然资源局"): "97593800.00",
    (2024, "final_account", "财政局"): "29400500.00",
}


@pytest.fixture(scope="module")
def marts(real_warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Open what a run on all real disclosures published."""
    return duckdb.connect(str(real_warehouse / "published" / "mingzhang.duckdb"), read_only=True)


def _truth(shared_dir: Path, name: str) -> list[dict[str, str]]:
    with (shared_dir / "truth" / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _document_keys(shared_dir: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((shared_dir / "disclosures").rglob("*"))
        if path.is_file()
    }


def test_no_file_is_lost(marts: duckdb.DuckDBPyConnection, shared_dir: Path) -> None:
    accounted = {
        key
        for (key,) in marts.sql(
            """
            select document_key from marts.dim_document
            union all
            select document_key from audit.quarantined_document
            """
        ).fetchall()
    }
    assert set(_document_keys(shared_dir).values()) == accounted
    reasons = marts.sql(
        "select reason_code, reason_zh, reason_en, release_hint from audit.quarantined_document"
    ).fetchall()
    assert all(all(reason) for reason in reasons)


@pytest.mark.parametrize(("which", "printed"), PRINTED_TOTALS.items())
def test_a_blind_sum_gives_the_printed_total(
    marts: duckdb.DuckDBPyConnection, which: tuple[int, str, str], printed: str
) -> None:
    totals = marts.execute(
        """
        select sum(amount_yuan)
        from marts.fact_expenditure
        inner join marts.dim_department using (department_key)
        where fiscal_year = ? and amount_stage = ? and contains(department_name, ?)
        """,
        which,
    ).fetchone()
    assert totals == (Decimal(printed),)


def test_the_template_holds_no_figure(marts: duckdb.DuckDBPyConnection, shared_dir: Path) -> None:
    key = _document_keys(shared_dir)["部门决算模板（无数据）.pdf"]
    (rows,) = marts.execute(
        "select count(*) from history.fact_statement_line where document_key = ?", [key]
    ).fetchone() or (None,)
    assert rows == 0


def test_every_group_of_documents_has_one_current(marts: duckdb.DuckDBPyConnection) -> None:
    groups = marts.sql(
        """
        select department_key, fiscal_year, document_kind, count(*) filter (where is_current)
        from marts.dim_document
        group by all
        having count(*) filter (where is_current) <> 1
        """
    ).fetchall()
    assert groups == []


def test_table_figures_of_a_budget_agree_with_the_truth(
    marts: duckdb.DuckDBPyConnection, shared_dir: Path
) -> None:
    keys = _document_keys(shared_dir)
    expected = Counter(
        (row["source_line"], row["published_text"], Decimal(row["amount_yuan"]))
        for row in _truth(shared_dir, "figures.csv")
        if row["document"].startswith("003") and row["family"].startswith("table")
    )
    name = next(name for name in keys if name.startswith("003") and name.endswith(".txt"))
    read = Counter(
        (str(line), text, amount)
        for line, text, amount in marts.execute(
            """
            select line_start, published_text, amount_yuan
            from history.fact_statement_line as fact
            inner join marts.dim_source using (source_key)
            where fact.document_key = ? and amount_yuan is not null
            """,
            [keys[name]],
        ).fetchall()
    )
    assert expected - read == Counter()
    assert read - expected == Counter()


def test_the_66_rows_of_the_expenditure_table_add_up(
    marts: duckdb.DuckDBPyConnection, shared_dir: Path
) -> None:
    keys = _document_keys(shared_dir)
    name = next(name for name in keys if name.startswith("003") and name.endswith(".txt"))
    assert marts.execute(
        """
        select count(*), sum(amount_yuan)
        from history.fact_statement_line
        where document_key = ? and statement_code = 'B3' and line_role = 'leaf'
          and measure_code = 'total'
        """,
        [keys[name]],
    ).fetchone() == (66, Decimal("101223773.76"))


@pytest.mark.parametrize(("number", "count"), [("002", 123), ("003", 194)])
def test_indicators_agree_with_the_truth(
    marts: duckdb.DuckDBPyConnection, shared_dir: Path, number: str, count: int
) -> None:
    keys = _document_keys(shared_dir)
    expected = Counter(
        (row["level1"], row["level2"], row["level3"], row["target"], row["actual"])
        for row in _truth(shared_dir, "indicators.csv")
        if row["document"].startswith(number)
    )
    name = next(name for name in keys if name.startswith(number) and name.endswith(".txt"))
    read = Counter(
        tuple(value or "" for value in row)
        for row in marts.execute(
            """
            select level1, level2, level3, target_text, actual_text
            from history.fact_performance_indicator
            where document_key = ? and scope = 'project'
            """,
            [keys[name]],
        ).fetchall()
    )
    assert sum(expected.values()) == count
    assert expected - read == Counter()
    assert sum(read.values()) == count


def test_money_is_never_a_float(marts: duckdb.DuckDBPyConnection) -> None:
    floats = marts.sql(
        """
        select table_schema, table_name, column_name
        from information_schema.columns
        where data_type in ('DOUBLE', 'FLOAT', 'REAL')
          and column_name not in ('x0', 'y0', 'x1', 'y1')
        """
    ).fetchall()
    assert floats == []


def test_every_fact_leads_to_its_place(marts: duckdb.DuckDBPyConnection) -> None:
    facts = [
        name
        for (name,) in marts.sql(
            "select table_name from information_schema.tables "
            "where table_schema = 'marts' and starts_with(table_name, 'fact_')"
        ).fetchall()
    ]
    assert "fact_expenditure" in facts
    for fact in facts:
        lost = marts.sql(
            f"select count(*) from marts.{fact} "
            "anti join marts.dim_source using (source_key, document_key)"
        ).fetchone()
        assert (fact, lost) == (fact, (0,))
