"""The raw rows of a load before anybody believes them (候选批次): Parquet parts on disk.

A part holds whole documents and a bounded number of rows, so that memory does not grow
with the load and each part can be gated alone. Rows are written as they arrive and kept
as the append-only history of raw loads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extract.datasets import DATASETS, RawRow, columns

ROWS_PER_PART = 100_000
ARROW_TYPES = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def arrow_schema(dataset: str) -> pa.Schema:
    """Return the Parquet schema of a dataset. Everything may be null: gates decide, not I/O."""
    listed = columns(dataset).items()
    return pa.schema([(name, ARROW_TYPES[kind]) for name, (kind, _) in listed])


SCHEMAS: Mapping[str, pa.Schema] = {name: arrow_schema(name) for name in DATASETS}


class CandidateWriter:
    """Collects documents and writes a part whenever it has enough rows."""

    def __init__(self, folder: Path, rows_per_part: int = ROWS_PER_PART) -> None:
        self._folder = folder
        self._rows_per_part = rows_per_part
        self._pending: dict[str, list[RawRow]] = {name: [] for name in DATASETS}
        self._pending_rows = 0
        self.parts = 0

    def add(self, rows: Mapping[str, Sequence[RawRow]]) -> int:
        """Add the rows of one document, all datasets at once; return how many."""
        count = 0
        for name in DATASETS:
            self._pending[name].extend(rows[name])
            count += len(rows[name])
        self._pending_rows += count
        if self._pending_rows >= self._rows_per_part:
            self.close()
        return count

    def close(self) -> None:
        """Write what is pending. May be called again after more documents."""
        if not self._pending_rows:
            return
        part = self._folder / f"part-{self.parts:05d}"
        part.mkdir(parents=True)
        for name, rows in self._pending.items():
            pq.write_table(_table(name, rows), part / f"{name}.parquet", compression="zstd")
            rows.clear()
        self._pending_rows = 0
        self.parts += 1


def _table(dataset: str, rows: Sequence[RawRow]) -> pa.Table:
    schema = SCHEMAS[dataset]
    if not rows:
        return schema.empty_table()
    values: Any = zip(*map(attrgetter(*schema.names), rows), strict=True)
    arrays = [pa.array(column, item.type) for column, item in zip(values, schema, strict=True)]
    return pa.table(arrays, schema=schema)


def parts_of(folder: Path) -> list[Path]:
    """Return the part folders of a load, in order."""
    return sorted(folder.glob("part-*"))


def files_of(folder: Path) -> dict[str, list[Path]]:
    """Return dataset to its Parquet files, in order of the parts."""
    parts = parts_of(folder)
    return {name: [part / f"{name}.parquet" for part in parts] for name in DATASETS}
