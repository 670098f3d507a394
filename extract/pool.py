"""Many files at once (并行抽取): a pool of workers that no file can stop.

Each worker is a process of its own with a bound on its memory; each document has a time
limit. A worker that hangs or dies costs its document and nothing else. Workers are
started as fresh interpreters and not forked, because the caller may run threads; they
import the extraction only, never the caller's main program.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from extract.readers.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from extract.extraction import Extraction, Rejection

Extract = Callable[[Path, Limits], "Extraction | Rejection"]
"""A function of a module, so that a worker can import it by name."""

_START_SECONDS = 60.0
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]); "
    "from extract.pool_worker import main; main(int(sys.argv[1]))"
)
"""Gives the worker the import path of the caller, and nothing else of it."""


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
    from extract.extraction import Rejection, extract_file

    waiting = iter(list(paths))
    target = extract or extract_file
    count = workers or os.cpu_count() or 1
    pool: list[_Worker] = []
    try:
        for path in waiting:
            pool.append(_Worker(target, limits))
            pool[-1].give(path)
            if len(pool) >= count:
                break
        while pool:
            ready = _ready(pool)
            for worker in ready:
                path, result = worker.take(Rejection)
                following = next(waiting, None)
                if following is None:
                    pool.remove(worker)
                    worker.stop()
                else:
                    if worker.is_spent:
                        worker.stop()
                        pool[pool.index(worker)] = worker = _Worker(target, limits)
                    worker.give(following)
                yield path, result
    finally:
        for worker in pool:
            worker.kill()


def _ready(pool: list[_Worker]) -> list[_Worker]:
    """Wait for workers that have answered, died, or run out of time."""
    while True:
        seconds = max(0.0, min(worker.deadline for worker in pool) - time.monotonic())
        answered = wait([worker.connection for worker in pool], timeout=seconds)
        ready = [w for w in pool if (w.connection in answered and w.has_answer()) or w.is_late]
        if ready:
            return ready


@dataclass(slots=True)
class _Job:
    path: Path
    deadline: float


class _Worker:
    """One worker process, at most one document at a time."""

    def __init__(self, extract: Extract, limits: Limits) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BOOT, str(theirs.fileno()), json.dumps(sys.path)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        self.connection = Connection(ours.detach())
        self._limits = limits
        self._started = False
        self._done = 0
        self._job: _Job | None = None
        self.connection.send((extract.__module__, extract.__qualname__, limits))

    @property
    def deadline(self) -> float:
        """When the present document has had its time (monotonic seconds)."""
        return self._job.deadline if self._job else float("inf")

    @property
    def is_spent(self) -> bool:
        """True for a worker that died or has read as many documents as it should."""
        return self._process.poll() is not None or self._done >= self._limits.documents_per_worker

    @property
    def is_late(self) -> bool:
        """True when the time of the present document is over."""
        return time.monotonic() >= self.deadline

    def give(self, path: Path) -> None:
        """Hand over the next document."""
        seconds = self._limits.seconds_per_document if self._started else _START_SECONDS
        self._job = _Job(path, time.monotonic() + seconds)
        with suppress(OSError):  # where it died meanwhile, take() will say so
            self.connection.send(path)

    def has_answer(self) -> bool:
        """True when take() will not wait; the clock of the first document starts here."""
        if not self._started:
            try:
                self.connection.recv()
            except (EOFError, OSError):
                raise RuntimeError("an extraction worker could not start") from None
            self._started = True
            if self._job:
                self._job.deadline = time.monotonic() + self._limits.seconds_per_document
        return self.connection.poll()

    def take(
        self, rejection: Callable[[str, str], Rejection]
    ) -> tuple[Path, Extraction | Rejection]:
        """Return the result of the present document, whatever became of it."""
        job = self._job
        assert job is not None
        self._job = None
        self._done += 1
        if not self._started:
            raise RuntimeError("an extraction worker did not start in time")
        if not self.connection.poll():
            self.kill()
            seconds = self._limits.seconds_per_document
            return job.path, rejection("TIMEOUT", f"not read within {seconds:g} s")
        try:
            result: Extraction | Rejection = self.connection.recv()
        except (EOFError, OSError):
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=1)  # so that its own exit status is seen
            self.kill()
            return job.path, rejection("WORKER_KILLED", self._obituary())
        return job.path, result

    def _obituary(self) -> str:
        code = self._process.returncode
        return f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"

    def stop(self) -> None:
        """Let the worker end by itself: it leaves when its connection closes."""
        self.connection.close()
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the worker now and collect it. May be called again."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self.connection.close()
