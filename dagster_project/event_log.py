"""Dagster's event log with connections that stay open (事件日志).

The storage that comes with Dagster opens and closes SQLite for every event; each close
checkpoints the file, which makes recording a run cost more than doing its work. Same
files, same tables: the page and other processes read them as usual.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sql import create_engine
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import SingletonThreadPool

BUSY_SECONDS = 60
"""How long to wait for another process that writes."""

KEPT = 8
"""Databases (one per run, one for the index) that are kept open at a time."""


class KeptOpenSqliteEventLogStorage(SqliteEventLogStorage):
    """SQLite event log that keeps the engines of the latest runs."""

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> KeptOpenSqliteEventLogStorage:
        """Make the storage below the Dagster home that dagster.yaml names as ``base_dir``."""
        runs = Path(config_value["base_dir"]) / "history" / "runs"
        return cls(inst_data=inst_data, base_dir=str(runs))

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._lock_of_engines():
            engine = self._engine(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def _lock_of_engines(self) -> threading.RLock:
        lock: threading.RLock = self.__dict__.setdefault("_engines_lock", threading.RLock())
        return lock

    def _engine(self, shard: str) -> Engine:
        engines: dict[str, Engine] = self.__dict__.setdefault("_engines", {})
        if shard not in engines:
            while len(engines) >= KEPT:
                engines.pop(next(iter(engines))).dispose()
            engine = create_engine(
                self.conn_string_for_shard(shard),
                poolclass=SingletonThreadPool,
                connect_args={"timeout": BUSY_SECONDS},
            )
            event.listen(engine, "connect", _relax)
            self._initdb(engine)
            engines[shard] = engine
        return engines[shard]

    def dispose(self) -> None:
        """Close what is kept open."""
        for engine in self.__dict__.pop("_engines", {}).values():
            engine.dispose()
        super().dispose()


def _relax(connection: object, _record: object) -> None:
    """A power cut may cost the last events of the log, never its integrity."""
    connection.execute("PRAGMA synchronous=NORMAL")  # type: ignore[attr-defined]
