"""The worker's side of :mod:`extract.pool`: one process, one document at a time.

The pool starts a fresh interpreter and calls :func:`main` with the file descriptor of a
socket; the worker ends when the socket closes.
"""

from __future__ import annotations

import gc
import importlib
import logging
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from operator import attrgetter
from pathlib import Path

from extract.readers import old_word, progress
from extract.readers.limits import Limits


def main(descriptor: int) -> None:
    """Answer each task with its result, until the pool closes the socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the pool decides when to stop
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    connection = Connection(descriptor)
    try:
        module, name, limits, scratch = connection.recv()
        extract = attrgetter(name)(importlib.import_module(module))
        _bound_memory(limits)
        progress.listen(lambda: connection.send("page"))
        old_word.look_in(scratch)
        connection.send("ready")
        while True:
            task: tuple[Path, ...] = connection.recv()
            connection.send(_done(extract, task, limits, scratch))
            gc.collect()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _done(
    extract: Callable[[Path, Limits], object], task: tuple[Path, ...], limits: Limits, scratch: Path
) -> object:
    """Extract a file, or convert several; an error of the extraction itself is a result, too."""
    from extract.extraction import Rejection

    try:
        if len(task) > 1:
            return old_word.convert_ahead(task, scratch, limits)
        return extract(task[0], limits)
    except MemoryError:
        return Rejection("RESOURCE_LIMIT", "memory")
    except Exception as error:
        return Rejection("PARSER_ERROR", f"{type(error).__name__}: {error}"[:300])


def _bound_memory(limits: Limits) -> None:
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    bound = limits.memory_bytes_per_worker
    resource.setrlimit(resource.RLIMIT_AS, (bound if hard < 0 else min(bound, hard), hard))
