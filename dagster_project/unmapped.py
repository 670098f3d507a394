"""What no layout knows (未识别的表名和表头), and the row that would teach it.

Groups tables and columns of all loaded documents; what a row means is in
``docs/adding-a-layout.md``.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

from dagster_project import storage
from dagster_project.origin import rows_of
from dagster_project.settings import Settings
from extract.recognise.headers import header_text
from extract.recognise.layout_rules import plain
from extract.recognise.titles import bare_title

TO_CHOOSE = "?"
"""Stands in a proposed row for what only a person can say."""

_NUMBER_APART = re.compile(r"\s*(?:附[表件]|表|附件表?|公开)[一二三四五六七八九十\d\-]{1,4}表?\s+")
"""A number of the form that only a blank parts from the title."""

_TITLES = """
    SELECT t.table_title AS text, count(*) AS occurrences,
           count(DISTINCT t.document_key) AS documents,
           arg_min(struct_pack(
               file := d.file_name, page := t.page, table_index := t.table_index,
               column_index := NULL, header := t.header_text, code := NULL,
               kind := d.document_kind, year := d.fiscal_year, name := d.department_name
           ), (d.file_name, t.table_index)) AS example
    FROM raw.statement_table AS t LEFT JOIN raw.document AS d USING (document_key)
    WHERE t.status = 'unmapped'
    GROUP BY ALL ORDER BY occurrences DESC, text
"""
_HEADERS = """
    SELECT h.header_text AS text, count(*) AS occurrences,
           count(DISTINCT h.document_key) AS documents,
           arg_min(struct_pack(
               file := d.file_name, page := t.page, table_index := h.table_index,
               column_index := h.column_index, header := h.header_text, code := h.statement_code,
               kind := d.document_kind, year := d.fiscal_year, name := d.department_name
           ), (d.file_name, h.table_index, h.column_index)) AS example
    FROM raw.statement_header AS h
    LEFT JOIN raw.document AS d USING (document_key)
    LEFT JOIN raw.statement_table AS t USING (document_key, table_index)
    WHERE h.role IS NULL AND trim(h.header_text) <> ''
    GROUP BY h.header_text, h.statement_code
    ORDER BY occurrences DESC, text, min(h.statement_code)
"""


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A title or a header that no layout knows."""

    text: str | None
    """As printed; None for a table without a title."""
    statement_code: str | None
    """Of the table that the header stands in; None for titles."""
    occurrences: int
    documents: int
    header_text: str | None
    """For titles, the header row of the example."""
    example_file: str | None
    example_place: str
    layout: str
    """The file of ``extract/layouts`` that the row belongs into."""
    row: str
    """The CSV row to add, with ``?`` where a code must be chosen."""


def read_unmapped(settings: Settings) -> tuple[list[Unmapped], list[Unmapped]]:
    """Return (titles, headers) that no layout knows, most frequent first.

    Raises duckdb.IOException while a run writes.
    """
    with storage.connect(settings.database, read_only=True) as working:
        titles = rows_of(working, _TITLES)
        headers = rows_of(working, _HEADERS)
    return [_title(row) for row in titles], [_header(row) for row in headers]


def _title(row: dict[str, Any]) -> Unmapped:
    example = row["example"]
    pattern = title_pattern(row["text"] or "", example["name"] or "")
    cells = [TO_CHOOSE, pattern or TO_CHOOSE, "", example["kind"], example["year"], "", ""]
    return _unmapped(row, "titles.csv", cells, example["header"])


def _header(row: dict[str, Any]) -> Unmapped:
    example = row["example"]
    header = header_text(row["text"].split(" > ")[-1], example["year"])
    cells = [example["code"] or "*", header, "measure", TO_CHOOSE, "", "", example["year"], "", ""]
    return _unmapped(row, "headers.csv", cells, None)


def _unmapped(row: dict[str, Any], layout: str, cells: list[Any], header: str | None) -> Unmapped:
    example = row["example"]
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(["" if c is None else c for c in cells])
    return Unmapped(
        text=row["text"],
        statement_code=example["code"],
        occurrences=row["occurrences"],
        documents=row["documents"],
        header_text=header,
        example_file=example["file"],
        example_place=_place(example),
        layout=layout,
        row=line.getvalue(),
    )


def title_pattern(title: str, department: str) -> str:
    """Return a title as a pattern: number, year and department left out, which vary."""
    number = _NUMBER_APART.match(title)
    named = plain(title[number.end() :] if number else title)
    return bare_title(named.replace(plain(department), "*") if department else named).strip("*")


def _place(example: dict[str, Any]) -> str:
    parts = [f"page 第{example['page']}页"] if example["page"] is not None else []
    if example["table_index"] is not None:
        parts.append(f"table 第{example['table_index'] + 1}个表")
    if example["column_index"] is not None:
        parts.append(f"column 第{example['column_index'] + 1}列")
    return ", ".join(parts)
