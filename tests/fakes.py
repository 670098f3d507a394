"""Stand-ins for the two neighbours of the pipeline: an extractor and a dbt project.

They let the load, the gates and the publication be tested in seconds and in states that
the real ones never produce. The real ones are tested in ``test_pipeline_real.py``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dagster_project.load import OnResult
from dagster_project.settings import Settings, load_settings
from extract.datasets import (
    DATASETS,
    DocumentRow,
    PageReadingRow,
    RawRow,
    StatementCellRow,
    columns,
)
from extract.document import Place
from extract.extraction import Extraction, Rejection
from extract.readers import read_bytes
from extract.sources import SourceLedger


def row(dataset: str, **values: Any) -> RawRow:
    """Make a raw row; columns not given are null, or an empty value where null is not allowed."""
    blank = {
        name: None if nullable else kind() for name, (kind, nullable) in columns(dataset).items()
    }
    return DATASETS[dataset](**{**blank, **values})


def write_document(folder: Path, name: str, amounts: Sequence[str], **profile: Any) -> Path:
    """Write a file that :func:`fake_extractor` understands."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    content = {"amounts": list(amounts), "year": 2023, **profile}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def fake_extract(path: Path) -> Extraction | Rejection:
    """Read a file of :func:`write_document`; anything else is rejected."""
    data = read_bytes(path)
    try:
        content = json.loads(data)
    except ValueError:
        return Rejection("BINARY_JUNK", "not a test document", "application/octet-stream")
    key = hashlib.sha256(data).hexdigest()
    sources = SourceLedger(key)
    document = row(
        "document",
        document_key=key,
        file_name=path.name,
        media_type="text/plain",
        extraction_method="text",
        document_kind="final_account",
        fiscal_year=content["year"],
        department_name="示例市档案馆",
        default_unit="元",
    )
    cells = [_cell(key, number, text, content, sources) for number, text in _lines(content)]
    rows: dict[str, Sequence[RawRow]] = dict.fromkeys(DATASETS, ())
    rows |= {"document": (document,), "statement_cell": cells, "source": sources.rows()}
    rows["page_reading"] = [PageReadingRow(key, *pages) for pages in content.get("pages", ())]
    assert isinstance(document, DocumentRow)
    return Extraction(key, "text/plain", rows)


def _lines(content: dict[str, Any]) -> list[tuple[int, str]]:
    return list(enumerate(content["amounts"], start=1))


def _cell(
    key: str, number: int, text: str, content: dict[str, Any], sources: SourceLedger
) -> RawRow:
    place = Place(line_start=number, line_end=number)
    cell = row(
        "statement_cell",
        document_key=key,
        table_index=0,
        statement_code=content.get("statement", "F3"),
        line_no=number,
        line_label=f"第{number}行",
        line_role="leaf",
        measure_code="amount",
        amount_stage="final_account",
        fund_source="all",
        expenditure_type="unspecified",
        published_text=text,
        published_unit="元",
        number_text=text,
        value_status="reported",
        source_key=sources.key(place, text),
    )
    assert isinstance(cell, StatementCellRow)
    return cell


def fake_extractor(paths: Sequence[Path], workers: int, on_result: OnResult) -> None:
    """Extract one after the other, in this process."""
    assert workers >= 1
    for path in paths:
        on_result(path, fake_extract(path))


MODELS = {
    "marts/dim_document": """
        select document_key, file_name, document_kind, fiscal_year,
               md5(department_name) as department_key, 1 as version_no, true as is_current,
               loaded_at
        from {{ source('raw', 'document') }}""",
    "marts/dim_source": """
        select source_key, document_key, line_start, line_end, source_text
        from {{ source('raw', 'source') }}""",
    "marts/fact_statement_line": """
        select c.document_key, d.fiscal_year, c.statement_code, c.line_no, c.line_label,
               c.line_role, c.measure_code, c.amount_stage, c.published_text,
               c.value_status, c.source_key,
               cast(c.number_text as decimal(20, 2)) as amount_yuan
        from {{ source('raw', 'statement_cell') }} as c
        inner join {{ ref('dim_document') }} as d using (document_key)""",
    "history/history_statement_line": "select * from {{ ref('fact_statement_line') }}",
    "audit/gate_result": """{{ config(materialized='view') }}
        select * from {{ source('raw', 'gate_result') }}""",
    "audit/quarantined_document": """
        select content_sha256 as document_key, file_name, reason_code, attempts
        from {{ source('raw', 'manifest') }} where status = 'quarantined'""",
}


def write_dbt_project(folder: Path, models: dict[str, str] = MODELS, tests: str = "") -> Path:
    """Write a dbt project of a few models over the raw tables."""
    sources = sorted({*DATASETS, "manifest", "gate_result"})
    (folder / "models").mkdir(parents=True)
    schemas = {"marts": "marts", "history": "history", "audit": "audit"}
    project = {
        "name": "fake",
        "version": "1.0.0",
        "config-version": 2,
        "profile": "fake",
        "model-paths": ["models"],
        "macro-paths": ["macros"],
        "flags": {"send_anonymous_usage_stats": False},
        "models": {
            "fake": {name: {"+schema": s, "+materialized": "table"} for name, s in schemas.items()}
        },
    }
    profile = {
        "fake": {
            "target": "work",
            "outputs": {
                "work": {
                    "type": "duckdb",
                    "path": "{{ env_var('MINGZHANG_DATABASE') }}",
                    "schema": "staging",
                    "threads": 1,
                }
            },
        }
    }
    described = {
        "version": 2,
        "sources": [{"name": "raw", "schema": "raw", "tables": [{"name": n} for n in sources]}],
        "models": [
            {
                "name": "dim_document",
                "description": "One row per content.",
                "columns": [{"name": "document_key", "data_tests": ["unique", "not_null"]}],
            }
        ],
    }
    _write(folder / "dbt_project.yml", json.dumps(project))
    _write(folder / "profiles.yml", json.dumps(profile))
    _write(folder / "models/schema.yml", json.dumps(described))
    _write(
        folder / "macros/names.sql",
        "{% macro generate_schema_name(custom_schema_name, node) -%}"
        "{{ custom_schema_name or target.schema }}{%- endmacro %}",
    )
    for name, sql in models.items():
        _write(folder / f"models/{name}.sql", sql)
    if tests:
        _write(folder / "tests/assert_fake.sql", tests)
    return folder


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def fake_settings(folder: Path, **environ: str) -> Settings:
    """Return settings for ``folder/landing`` and ``folder/warehouse`` with the fake dbt project."""
    (folder / "landing").mkdir(parents=True, exist_ok=True)
    if not (folder / "dbt").exists():
        write_dbt_project(folder / "dbt")
    given = {
        "LANDING_DIR": str(folder / "landing"),
        "WAREHOUSE_DIR": str(folder / "warehouse"),
        "WORKERS": "1",
        **environ,
    }
    return load_settings(given, root=folder, dbt_dir=folder / "dbt")
