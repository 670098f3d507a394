"""Many files at once (并行抽取): a pool of workers that no file can stop.

Who reads which file, and in what order. A worker that hangs or dies costs its document and
nothing else; how one worker is started, timed and ended is in ``pool_process``.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING

from extract.pool_process import Extract, Worker
from extract.readers.limits import DEFAULT, Limits
from extract.readers.old_word import is_candidate

if TYPE_CHECKING:
    from extract.extraction import Extraction, Rejection

_CONVERTED_AT_ONCE = 16
"""Old Word files in one start of LibreOffice: its start costs as much as three of them."""

Task = tuple[Path, ...]
"""One document to extract, or several to convert ahead of being extracted."""


def extract_files(
    paths: Iterable[Path],
    *,
    workers: int | None = None,
    limits: Limits = DEFAULT,
    extract: Extract | None = None,
) -> Iterator[tuple[Path, Extraction | Rejection]]:
    """Yield ``(path, result)`` of every path, in order of completion.

    ``workers`` defaults to the processors of this machine. A document over its time gets
    a Rejection TIMEOUT, one whose worker died WORKER_KILLED; every path is yielded
    exactly once. No more than one result per worker is held in memory. Raises
    RuntimeError when a worker cannot even start.
    """
    from extract.extraction import extract_file

    with tempfile.TemporaryDirectory(prefix="pool-") as scratch:
        pool = _Pool(lambda: Worker(extract or extract_file, limits, Path(scratch)))
        try:
            yield from pool.run(_tasks(paths), workers or os.cpu_count() or 1)
        finally:
            pool.kill()


def _tasks(paths: Iterable[Path]) -> Iterator[Task]:
    """Yield conversions first: they take longest, and others can be read meanwhile."""
    convertible: list[Path] = []
    others: list[Path] = []
    for path in paths:
        (convertible if is_candidate(path) else others).append(path)
    if len(convertible) < 2:
        others += convertible
    else:
        for start in range(0, len(convertible), _CONVERTED_AT_ONCE):
            yield tuple(convertible[start : start + _CONVERTED_AT_ONCE])
    yield from ((path,) for path in others)


class _Pool:
    """Workers that have something to do, and workers that wait for it."""

    def __init__(self, start: Callable[[], Worker]) -> None:
        self._start = start
        self._busy: list[Worker] = []
        self._idle: list[Worker] = []

    def run(
        self, tasks: Iterable[Task], count: int
    ) -> Iterator[tuple[Path, Extraction | Rejection]]:
        """Work on the tasks with up to ``count`` workers; yield what becomes of documents."""
        waiting = deque(tasks)
        while waiting or self._busy:
            while waiting and (self._idle or len(self._busy) < count):
                worker = self._idle.pop() if self._idle else self._start()
                self._busy.append(worker)
                worker.give(waiting.popleft())
            for worker in self._ready():
                task, result = worker.take()
                self._busy.remove(worker)
                if worker.is_spent:
                    worker.stop()
                else:
                    self._idle.append(worker)
                if len(task) > 1 or isinstance(result, int):
                    waiting.extend((path,) for path in task)  # converted or not: to be read
                else:
                    yield task[0], result
        for worker in self._idle:
            worker.stop()

    def _ready(self) -> list[Worker]:
        """Wait for workers that have answered, died, or run out of time."""
        while True:
            seconds = max(0.0, min(w.deadline for w in self._busy) - time.monotonic())
            answered = wait([worker.connection for worker in self._busy], timeout=seconds)
            ready = [
                w for w in self._busy if (w.connection in answered and w.has_answer()) or w.is_late
            ]
            if ready:
                return ready

    def kill(self) -> None:
        """End all workers at once, those already ended too."""
        for worker in (*self._busy, *self._idle):
            worker.kill()
