"""The whole pipeline as users run it: on the samples and on the real disclosures."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).resolve().parents[2]
MINGZHANG = Path(sys.executable).with_name("mingzhang")

PUBLISHED_TOTALS = {
    ("final_account", 2017): Decimal("2034746700.00"),
    ("final_account", 2023): Decimal("425488985.37"),
    ("final_account", 2020): Decimal("30026300.00"),
    ("budget", 2023): Decimal("101223773.76"),
    ("final_account", 2019): Decimal("10118700.00"),
}


def mingzhang(landing: Path, warehouse: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LANDING_DIR": str(landing), "WAREHOUSE_DIR": str(warehouse)}
    return subprocess.run(
        [str(MINGZHANG), *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def query(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    database = str(warehouse / "published" / "mingzhang.duckdb")
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def contents(folder: Path) -> set[str]:
    files = [p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")]
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


ACCOUNTED_FOR = """
    SELECT document_key FROM marts.dim_document
    UNION ALL SELECT document_key FROM audit.quarantined_document
"""


def test_no_sample_is_lost_and_one_is_quarantined_with_a_reason(sample_warehouse: Path) -> None:
    assert {key for (key,) in query(sample_warehouse, ACCOUNTED_FOR)} == contents(ROOT / "samples")
    reasons = query(sample_warehouse, "SELECT reason_zh, reason_en FROM audit.quarantined_document")
    assert len(reasons) >= 1
    assert all(zh and en for zh, en in reasons)


def test_a_second_run_on_the_samples_finds_nothing_to_do(sample_warehouse: Path) -> None:
    done = mingzhang(ROOT / "samples", sample_warehouse, "run")
    assert (done.returncode, "up to date" in done.stdout) == (0, True)


def test_every_fact_of_the_samples_leads_to_a_place(sample_warehouse: Path) -> None:
    [(missing,)] = query(
        sample_warehouse,
        "SELECT count(*) FROM marts.fact_statement_line ANTI JOIN marts.dim_source "
        "USING (source_key)",
    )
    assert missing == 0
    [(key, text)] = query(
        sample_warehouse, "SELECT source_key, published_text FROM marts.fact_statement_line LIMIT 1"
    )
    done = mingzhang(ROOT / "samples", sample_warehouse, "show", "--json", key)
    assert text.strip() in json.loads(done.stdout)["source"]["source_text"]


def test_no_real_disclosure_is_lost(real_warehouse: Path, shared_dir: Path) -> None:
    keys = [key for (key,) in query(real_warehouse, ACCOUNTED_FOR)]
    assert set(keys) == contents(shared_dir / "disclosures")
    assert len(keys) == len(set(keys))


def test_blind_sums_give_the_published_totals(real_warehouse: Path) -> None:
    rows = query(
        real_warehouse,
        "SELECT document_kind, e.fiscal_year, sum(amount_yuan) FROM marts.fact_expenditure AS e "
        "JOIN marts.dim_document USING (document_key) WHERE media_type IS NOT NULL "
        "AND amount_stage = if(document_kind = 'budget', 'initial_budget', 'final_account') "
        "GROUP BY ALL",
    )
    sums = {(kind, year): total for kind, year, total in rows}
    assert {key: sums.get(key) for key in PUBLISHED_TOTALS} == PUBLISHED_TOTALS
