"""Extraction stubs for test_pool: workers import them by name."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

from extract.extraction import Rejection
from extract.readers.limits import Limits


def act(path: Path, limits: Limits) -> Rejection:
    """Do what the name of the file says."""
    what = path.stem.split("-")[0]
    if what == "hang":
        time.sleep(600)
    if what == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(600)
    if what == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "exit":
        os._exit(3)
    if what == "raise":
        raise ValueError("a bug")
    if what == "greedy":
        return Rejection("FED", str(len(bytearray(limits.memory_bytes_per_worker))))
    if what == "thread":
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    return Rejection("PID", str(os.getpid()))
