"""What the audit schema says of versions and of required tables, from hand-made raw rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from raw_warehouse import RawWarehouse, failures

PDF = {"media_type": "application/pdf", "extraction_method": "pdf_text"}


def items(document: str, **amounts: str) -> Iterator[dict[str, Any]]:
    """Yield a listing of expenditure (支出决算表), one line per function code (``f2010101``)."""
    for line_no, (code, text) in enumerate(amounts.items(), start=1):
        yield {
            "document_key": document,
            "statement_code": "F3",
            "line_no": line_no,
            "function_code": code[1:],
            "line_label": f"科目{code[1:]}",
            "published_text": text,
            "source_key": f"{document} {code}",
        }


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> RawWarehouse:
    made = RawWarehouse(tmp_path_factory.mktemp("audit") / "work.duckdb")
    offices = {
        "first": {"department_id": "r/corrected", "title": "决算", **PDF},
        "second": {"department_id": "r/corrected", "title": "决算（更正）", **PDF},
        "book": {"department_id": "r/book", "title": "决算"},
        "book-2": {"department_id": "r/book", "title": "决算（更正）", **PDF},
        "read": {"department_id": "r/read"},
        "scan": {"department_id": "r/scan", **PDF},
        "strange": {"department_id": "r/strange"},
    }
    made.add_all(
        {
            "document": [{"document_key": key, **office} for key, office in offices.items()],
            "statement_cell": [
                *items("first", f2010101="10.00", f2010102="5.00", f2010103="1.00"),
                *items("second", f2010101="10.00", f2010102="7.50", f2010104="2.00"),
                *items("book", f2010101="10.00", f2010102="5.00"),
                *items("book-2", f2010101="11.00"),
                *(cell for key in ("read", "scan", "strange") for cell in items(key, f2010101="1")),
            ],
            "statement_table": [
                {"document_key": key, "statement_code": code, "table_index": n, "status": status}
                for key in ("read", "scan", "strange")
                for n, (code, status) in enumerate(
                    [("F3", "recognised"), ("F7", "declared_empty"), ("F8", "template_empty")]
                )
            ],
            "finding": [{"document_key": "scan", "code": "OCR_NOT_INSTALLED", "detail": "p. 7"}],
            "page_reading": [
                {"document_key": "scan", "engine": "fast", "reason": None, "pages": 6},
                {"document_key": "scan", "engine": "none", "reason": "scan", "pages": 1},
            ],
            "quarantined_row": [
                {
                    "document_key": "strange",
                    "dataset": "statement_cell",
                    "code": "TITLE_UNMAPPED",
                    "observed": "12.00",
                }
            ],
        }
    )
    with duckdb.connect(str(made.path)) as connection:
        connection.execute(
            "INSERT INTO raw.manifest BY NAME SELECT unnest(['lies', 'packed', 'replaced']) AS "
            "content_sha256, 'bad.pdf' AS file_name, 'quarantined' AS status, 1 AS attempts"
        )
        connection.execute(
            "INSERT INTO raw.landing_file BY NAME "
            "SELECT unnest(['lies', 'archive']) AS content_sha256"
        )
        connection.execute(
            "INSERT INTO raw.archive_member BY NAME SELECT unnest(['archive', 'inner', 'other']) "
            "AS archive_sha256, unnest(['inner', 'packed', 'replaced']) AS content_sha256"
        )
    assert failures(made.build("--exclude-resource-type", "unit_test")) == []
    return made


def test_quarantine_tells_what_still_lies_there(warehouse: RawWarehouse) -> None:
    present = dict(
        warehouse.query("SELECT document_key, is_present FROM audit.quarantined_document")
    )
    assert present == {"lies": True, "packed": True, "replaced": False}


def restated(warehouse: RawWarehouse, document: str) -> list[tuple[Any, ...]]:
    return warehouse.query(
        "SELECT supersedes_document_key, change_kind, before_value, after_value, difference, "
        "before_source_key, after_source_key FROM audit.restatement "
        f"WHERE document_key = '{document}' ORDER BY coalesce(before_source_key, after_source_key)"
    )


def test_a_correction_is_listed_figure_by_figure(warehouse: RawWarehouse) -> None:
    assert restated(warehouse, "second") == [
        (
            "first",
            "changed",
            Decimal(50000),
            Decimal(75000),
            Decimal(25000),
            "first f2010102",
            "second f2010102",
        ),
        ("first", "withdrawn", Decimal(10000), None, None, "first f2010103", None),
        ("first", "added", None, Decimal(20000), None, None, "second f2010104"),
    ]


def test_another_format_that_holds_less_has_withdrawn_nothing(warehouse: RawWarehouse) -> None:
    changes = restated(warehouse, "book-2")
    assert [(kind, after) for _, kind, _, after, *_ in changes] == [("changed", Decimal(110000))]


def test_a_changed_figure_is_a_note_beside_the_other_rules(warehouse: RawWarehouse) -> None:
    rows = warehouse.query(
        "SELECT document_key, severity, left_value, right_value FROM audit.fact_reconciliation "
        "WHERE rule_id = 'X-06' ORDER BY document_key"
    )
    assert rows == [
        ("book-2", "info", Decimal(100000), Decimal(110000)),
        ("second", "info", Decimal(50000), Decimal(75000)),
    ]


@pytest.mark.parametrize(
    ("document", "absent"),
    [("read", "missing"), ("scan", "not_evaluable"), ("strange", "not_evaluable")],
)
def test_a_table_is_missing_only_where_everything_was_read(
    warehouse: RawWarehouse, document: str, absent: str
) -> None:
    coverage = dict(
        warehouse.query(
            "SELECT statement_code, status FROM audit.disclosure_coverage "
            f"WHERE document_key = '{document}' AND is_required"
        )
    )
    assert coverage.pop("F3") == "present"
    assert {coverage.pop("F7"), coverage.pop("F8")} == {"declared_empty"}
    assert set(coverage.values()) == {absent}


def test_pages_are_listed_by_engine_and_reason(warehouse: RawWarehouse) -> None:
    query = "SELECT document_key, engine, reason, pages FROM audit.page_reading ORDER BY engine"
    assert warehouse.query(query) == [("scan", "fast", None, 6), ("scan", "none", "scan", 1)]
