"""The pool's side of one worker (工作进程): started, given a task, timed, ended.

Each worker is a fresh interpreter and not a fork, because the caller may run threads; it
imports the extraction only, never the caller's main program. It leads a session of its
own, so that what it started can be ended with it.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from extract.readers.limits import Limits

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
_PROCESSES = Path("/proc")


@dataclass(slots=True)
class _Job:
    task: tuple[Path, ...]
    given: float
    deadline: float


class Worker:
    """One worker process, at most one task at a time."""

    def __init__(self, extract: Extract, limits: Limits, scratch: Path) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BOOT, str(theirs.fileno()), json.dumps(sys.path)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.connection = Connection(ours.detach())
        self._limits = limits
        self._started = False
        self._done = 0
        self._job: _Job | None = None
        self._answer: Extraction | Rejection | int | None = None
        self.connection.send((extract.__module__, extract.__qualname__, limits, scratch))

    @property
    def deadline(self) -> float:
        """When the present task has had its time (monotonic seconds)."""
        return self._job.deadline if self._job else float("inf")

    @property
    def is_spent(self) -> bool:
        """True for a worker that died or has read as many documents as it should."""
        return self._process.poll() is not None or self._done >= self._limits.documents_per_worker

    @property
    def is_late(self) -> bool:
        """True when the time of the present task is over."""
        return time.monotonic() >= self.deadline

    def give(self, task: tuple[Path, ...]) -> None:
        """Hand over the next task."""
        now = time.monotonic()
        seconds = self._seconds(task) if self._started else _START_SECONDS
        self._job = _Job(task, now, now + seconds)
        with suppress(OSError):  # where it died meanwhile, take() will say so
            self.connection.send(task)

    def _seconds(self, task: tuple[Path, ...]) -> float:
        if len(task) > 1:
            return self._limits.seconds_per_conversion * 2  # it ends LibreOffice by itself before
        return self._limits.seconds_per_document

    def has_answer(self) -> bool:
        """True when take() will not wait; the clock of the first task starts here.

        A sign of life, sent with every page of a scan, gives time for another page.
        """
        try:
            while self.connection.poll():
                message = self.connection.recv()
                if message == "ready":
                    self._started = True
                    self._begin()
                elif message == "page":
                    self._go_on()
                else:
                    self._answer = message
                    return True
        except (EOFError, OSError):
            if not self._started:
                raise RuntimeError("an extraction worker could not start") from None
            return True
        return False

    def _begin(self) -> None:
        if self._job:
            self._job.given = time.monotonic()
            self._job.deadline = self._job.given + self._seconds(self._job.task)

    def _go_on(self) -> None:
        if self._job:
            page = time.monotonic() + self._limits.seconds_per_scanned_page
            last = self._job.given + self._limits.seconds_per_scan
            self._job.deadline = max(self._job.deadline, min(page, last))

    def take(self) -> tuple[tuple[Path, ...], Extraction | Rejection | int]:
        """Return the present task and its result, whatever became of it.

        Of a conversion that is how many documents came out.
        """
        from extract.extraction import Rejection

        job, answer = self._job, self._answer
        assert job is not None
        self._job = self._answer = None
        self._done += len(job.task)
        if not self._started:
            raise RuntimeError("an extraction worker did not start in time")
        if answer is not None:
            return job.task, answer
        if time.monotonic() >= job.deadline:
            self.kill()
            return job.task, Rejection("TIMEOUT", f"not read within {job.deadline - job.given:g} s")
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)  # so that its own exit status is seen
        self.kill()
        return job.task, Rejection("WORKER_KILLED", self._obituary())

    def _obituary(self) -> str:
        code = self._process.returncode
        return f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"

    def stop(self) -> None:
        """Let the worker end by itself: it leaves when its connection closes."""
        self.connection.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=2)
        self.kill()

    def kill(self) -> None:
        """End the worker now, with all that it started, and collect it. May be called again."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        _kill_session(self._process.pid)
        self.connection.close()


def _kill_session(leader: int) -> None:
    """End what a dead leader of a session left running, such as a converter.

    Only where the system lists its processes as files; elsewhere the converter's own time
    limit ends it.
    """
    listed = _PROCESSES.iterdir() if _PROCESSES.is_dir() else ()
    for entry in listed:
        if entry.name.isdigit():
            with suppress(OSError):
                if os.getsid(int(entry.name)) == leader:
                    os.kill(int(entry.name), signal.SIGKILL)
