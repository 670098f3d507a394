"""Extraction stubs for test_pool: workers import them by name."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

from extract.extraction import Rejection
from extract.readers.limits import Limits
from extract.readers.progress import page_begins


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
    if what in ("pages", "stuck"):
        for _ in range(6):
            page_begins()
            time.sleep(0.5)
        time.sleep(600 if what == "stuck" else 0)
    if what == "parent":
        child = subprocess.Popen(["sleep", "600"], process_group=0)
        path.write_text(str(child.pid))
        time.sleep(600)
    if what == "thread":
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    return Rejection("PID", str(os.getpid()))
