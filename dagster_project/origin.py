"""Where a figure came from (出处): all that the warehouse knows of a place.

Reads the published copy, which answers while a load runs. Only what is not published yet
is looked for in the working database, and only where that can be opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from dagster_project import storage
from dagster_project.settings import Settings

KEY_LENGTH = 24
MAX_MATCHES = 5
NOT_CURRENT = "history"

_MEASURES = ("measure_code", "metric", "item", "subject", "measure")
_NATURES = ("revenue_source", "expenditure_type")
_VALUES = (
    "quantity",
    "ratio",
    "event_count",
    "person_count",
    "vehicle_count",
    "target_value",
    "actual_value",
    "weight",
    "score",
    "total_score",
)
_FIELDS = {
    "initial_budget_source_key": "initial_budget_yuan",
    "adjusted_budget_source_key": "adjusted_budget_yuan",
    "executed_source_key": "executed_yuan",
}
"""Columns of a fact that lead to places of their own, and the amounts read there."""
_STAGES = {
    "initial_budget_yuan": "initial_budget",
    "adjusted_budget_yuan": "adjusted_budget",
    "executed_yuan": "execution",
}


class AmbiguousKey(ValueError):
    """Several places have a key that begins so; ``matches`` are some of them."""

    def __init__(self, prefix: str, matches: Sequence[str]) -> None:
        super().__init__(f"several places have a source_key that begins with {prefix!r}")
        self.matches = tuple(matches)


@dataclass(frozen=True, slots=True)
class Use:
    """A fact that was read from the place."""

    table: str
    """With its schema: ``marts``, or ``history`` where the document is not current."""
    amount_stage: str | None
    measure: str | None
    amount_yuan: str | None
    other: str | None
    """A value that is no money, with its name, such as ``ratio=0.1250``."""
    values: Mapping[str, Any]
    """The whole row."""


@dataclass(frozen=True, slots=True)
class Binding:
    """The table or section, the row labels and the column headers that bound the figure."""

    title: str | None
    row: tuple[str, ...]
    column: tuple[str, ...]
    line_no: int | None = None
    line_role: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """A place and everything that was read from it."""

    source: Mapping[str, Any]
    """The row of ``dim_source``."""
    document: Mapping[str, Any]
    """The row of ``dim_document``; empty for a document that is not published yet."""
    uses: tuple[Use, ...]
    bindings: tuple[Binding, ...]
    reconciliations: tuple[Mapping[str, Any], ...]
    """Rows of ``audit.fact_reconciliation`` that touch the place and did not pass."""
    findings: tuple[Mapping[str, Any], ...]
    quarantined: tuple[Mapping[str, Any], ...]
    """Rows of ``audit.quarantined_row``: the figure was read but not published."""


def find_origin(settings: Settings, source_key: str) -> Origin | None:
    """Return what is known of a ``source_key`` or a unique beginning of one, or None.

    Raises AmbiguousKey where several places match, and duckdb.IOException where nothing
    is published yet and the working database is not to be had either.
    """
    origin = None
    if settings.published.exists():
        with storage.connect(settings.published, read_only=True) as published:
            source = _source(published, "marts.dim_source", source_key)
            origin = _origin(published, source) if source else None
    if origin is None or not origin.document:
        return _unpublished(settings, source_key, origin)
    return origin


def paths_of(settings: Settings, document_key: str) -> tuple[str, ...]:
    """Return where the last load saw a content, or nothing while another process writes."""
    try:
        with storage.connect(settings.database, read_only=True) as working:
            rows = working.execute(
                "SELECT path FROM raw.landing_file WHERE content_sha256 = $key UNION ALL "
                "SELECT f.path || '/' || m.name FROM raw.landing_file AS f "
                "JOIN raw.archive_member AS m ON f.content_sha256 = m.archive_sha256 "
                "WHERE m.content_sha256 = $key ORDER BY 1",
                {"key": document_key},
            ).fetchall()
    except duckdb.Error:
        return ()
    return tuple(path for (path,) in rows)


def _unpublished(settings: Settings, source_key: str, origin: Origin | None) -> Origin | None:
    """Look into the working database, which a run may hold."""
    try:
        with storage.connect(settings.database, read_only=True) as working:
            source = _source(working, "raw.source", source_key)
            if source is None:
                return origin
            key = [source["document_key"]]
            documents = rows_of(working, "FROM raw.document WHERE document_key = ?", key)
            cells = rows_of(
                working,
                "FROM raw.statement_cell WHERE source_key = ?",
                [source["source_key"]],
            )
    except duckdb.Error:
        if origin is None and not settings.published.exists():
            raise
        return origin
    bindings = tuple(_line_binding(None, cell) for cell in cells)
    return Origin(source, documents[0] if documents else {}, (), bindings, (), (), ())


def _source(
    connection: duckdb.DuckDBPyConnection, table: str, source_key: str
) -> dict[str, Any] | None:
    whole = len(source_key) == KEY_LENGTH
    test = "source_key = ?" if whole else "starts_with(source_key, ?)"
    query = f"FROM {table} WHERE {test} ORDER BY source_key LIMIT {MAX_MATCHES}"
    found = rows_of(connection, query, [source_key]) if source_key else []
    if len(found) > 1:
        raise AmbiguousKey(source_key, [row["source_key"] for row in found])
    return found[0] if found else None


def _origin(connection: duckdb.DuckDBPyConnection, source: dict[str, Any]) -> Origin:
    key = source["source_key"]
    uses = tuple(_uses(connection, key))
    bindings: list[Binding] = []
    for use in uses:
        binding = _binding(connection, use)
        if binding is not None and binding not in bindings:
            bindings.append(binding)
    return Origin(
        source,
        _document(connection, source["document_key"]),
        uses,
        tuple(bindings),
        tuple(_audit(connection, "fact_reconciliation", key, "outcome NOT IN ('pass')")),
        tuple(_audit(connection, "finding", key)),
        tuple(_audit(connection, "quarantined_row", key)),
    )


def _document(connection: duckdb.DuckDBPyConnection, key: str) -> dict[str, Any]:
    """The row of dim_document, with the name of its department."""
    rows = rows_of(connection, "FROM marts.dim_document WHERE document_key = ?", [key])
    if not rows:
        return {}
    named = "SELECT department_name FROM marts.dim_department WHERE department_key = ?"
    try:
        names = rows_of(connection, named, [rows[0].get("department_key")])
    except duckdb.CatalogException:  # a warehouse of few tables
        names = []
    return {**rows[0], **(names[0] if names else {})}


def _key_columns(connection: duckdb.DuckDBPyConnection, schema: str) -> dict[str, list[str]]:
    """Columns that hold source keys, by table; dim_source itself left out."""
    rows = connection.execute(
        "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
        "WHERE schema_name = ? AND column_name LIKE '%source_key' AND table_name <> 'dim_source' "
        "GROUP BY ALL ORDER BY ALL",
        [schema],
    ).fetchall()
    return dict(rows)


def _uses(connection: duckdb.DuckDBPyConnection, key: str) -> Iterator[Use]:
    """Yield the facts of the place: those of the marts, else those of the history."""
    for schema in ("marts", NOT_CURRENT):
        found = False
        for table, names in _key_columns(connection, schema).items():
            test = " OR ".join(f"{name} = $key" for name in names)
            query = f"FROM {schema}.{table} WHERE {test}"
            for row in rows_of(connection, query, {"key": key}):
                found = True
                yield _use(f"{schema}.{table}", row, [n for n in names if row[n] == key])
        if found:
            return


def _use(table: str, row: dict[str, Any], columns: Sequence[str]) -> Use:
    field = next((_FIELDS[name] for name in columns if name in _FIELDS), None)
    if field is not None:
        return Use(table, _STAGES[field], field, _text(row.get(field)), None, row)
    measures = [str(row[name]) for name in _MEASURES if row.get(name)]
    measures = measures or [str(row[name]) for name in _NATURES if row.get(name)]
    others = [f"{name}={_text(row[name])}" for name in _VALUES if row.get(name) is not None]
    return Use(
        table,
        row.get("amount_stage") or row.get("phase"),
        " ".join(measures) or None,
        _text(row.get("amount_yuan")),
        "  ".join(others) or None,
        row,
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _binding(connection: duckdb.DuckDBPyConnection, use: Use) -> Binding | None:
    table, row = use.table.split(".")[1], use.values
    if table == "fact_statement_line":
        return _line_binding(connection, row)
    if table == "fact_narrative_figure":
        labels = _present(*(row["section_path"] or "").split(" > "), row["item_name"])
        return Binding(None, labels, _present(row["subject"]))
    if table == "fact_performance_indicator":
        labels = _present(row["project_name"], row["level1"], row["level2"], row["level3"])
        return Binding(None, labels, ())
    if table == "fact_project_performance":
        return Binding(None, _present(row["project_name"]), _present(use.measure))
    return None


def _line_binding(connection: duckdb.DuckDBPyConnection | None, row: Mapping[str, Any]) -> Binding:
    above = _labels_above(connection, row) if connection is not None else ()
    owner = _present(row.get("organisation_name"))
    return Binding(
        row.get("table_title"),
        (*owner, *above, *_present(row.get("line_label"))),
        _present(*(row.get("header_text") or "").split(" > ")),
        row.get("line_no"),
        row.get("line_role"),
    )


def _labels_above(connection: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Labels of the lines above in the same table whose code the line's own begins with."""
    for name in ("function_code", "department_economic_code"):
        code = row.get(name)
        if not code:
            continue
        found = connection.execute(
            "SELECT arg_max(line_label, line_no) FROM history.fact_statement_line "
            "WHERE document_key = ? AND table_index = ? AND statement_code = ? AND line_no < ? "
            f"AND starts_with(?, {name}) AND {name} <> ? AND line_label IS NOT NULL "
            f"GROUP BY {name} ORDER BY length({name})",
            [
                *(row[n] for n in ("document_key", "table_index", "statement_code", "line_no")),
                code,
                code,
            ],
        ).fetchall()
        return tuple(label for (label,) in found)
    return ()


def _present(*labels: Any) -> tuple[str, ...]:
    """The labels that are there, each on one line."""
    return tuple("".join(str(label).split("\n")) for label in labels if label)


def _audit(
    connection: duckdb.DuckDBPyConnection, table: str, key: str, test: str = "true"
) -> list[dict[str, Any]]:
    names = _key_columns(connection, "audit").get(table)
    if not names:
        return []
    touched = " OR ".join(f"{name} = $key" for name in names)
    query = f"FROM audit.{table} WHERE ({touched}) AND {test} ORDER BY ALL"
    return rows_of(connection, query, {"key": key})


def rows_of(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    parameters: Sequence[Any] | Mapping[str, Any] = (),
) -> list[dict[str, Any]]:
    """Return the rows of a query by column name."""
    cursor = connection.execute(query, parameters or None)
    names = [item[0] for item in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
