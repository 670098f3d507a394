"""Speed and memory of extraction alone and of the whole (``make bench``).

Makes distinct disclosures of three formats, then runs each part in its own process for a
quarter of them and for all: memory must not grow with the number of documents.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.corpus import PLACES, TRADE_NAMES
from benchmarks.factory.catalogue import Office
from benchmarks.factory.compose import budget, final_account
from benchmarks.factory.model import build
from benchmarks.factory.style import BEIJING, GUANGDONG, LIAONING, SHANGHAI, SICHUAN
from benchmarks.factory.writers import write

FORMATS = (".txt", ".docx", ".pdf")
STYLES = (SHANGHAI, SICHUAN, GUANGDONG, BEIJING, LIAONING)
ROOT = Path(__file__).parents[1]
ENTRY = "from dagster_project.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process tree cost."""

    seconds: float
    peak_mb: float


def make(folder: Path, count: int) -> None:
    """Write ``count`` disclosures of distinct departments, years and kinds."""
    places = [place for group in PLACES.values() for place in group]
    every = itertools.product(range(2016, 2027), (True, False), sorted(TRADE_NAMES), places)
    for number, (year, is_final, trade, (place, region)) in enumerate(
        itertools.islice(every, count)
    ):
        choices = [s for s in STYLES if is_final or not s.prose_only]
        style = choices[number % len(choices)]
        office = Office(place + TRADE_NAMES[trade], TRADE_NAMES[trade], "101", region, trade)
        account = build(office, year, number, max(style.numbers.quantum, Decimal("0.01")))
        made = final_account(account, style, 2) if is_final else budget(account, style)
        suffix = FORMATS[number % len(FORMATS)]
        (folder / f"{number:05d}{suffix}").write_bytes(write(made, suffix).data)


def _children(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _children(int(child))
    return found


def _memory_mb(pid: int) -> float:
    """Return the proportional memory of a process tree: shared pages count once."""
    total = 0
    try:
        for each in _children(pid):
            for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    except OSError:
        return 0.0  # a process ended while it was read; the next sample sees the rest
    return total / 1024


def run(command: list[str], environment: dict[str, str]) -> Cost:
    """Run a command to its end and return its cost; a failure ends the benchmark."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        peak = 0.0

        def watch() -> None:
            nonlocal peak
            while process.poll() is None:
                peak = max(peak, _memory_mb(process.pid))
                time.sleep(0.2)

        watcher = threading.Thread(target=watch)
        watcher.start()
        code = process.wait()
        watcher.join()
        seconds = time.perf_counter() - started
        if code:
            log.seek(0)
            sys.exit(log.read().decode(errors="replace")[-4000:])
    return Cost(seconds, peak)


def main() -> None:
    """Measure and print; the last lines are ``name=value``."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    values: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as base:
        for number in (count // 4, count):
            landing = Path(base) / f"landing-{number}"
            landing.mkdir()
            make(landing, number)
            alone = run([sys.executable, "-m", "benchmarks.extract_only", str(landing)], {})
            whole = run(
                [sys.executable, "-c", ENTRY, "run"],
                {"LANDING_DIR": str(landing), "WAREHOUSE_DIR": f"{base}/warehouse-{number}"},
            )
            for name, cost in (("extract", alone), ("whole", whole)):
                print(
                    f"{number:>6} documents  {name:8} {cost.seconds:7.1f} s  "
                    f"{number / cost.seconds:7.1f} documents/s  {cost.peak_mb:7.0f} MB peak"
                )
                values[f"seconds_{name}_{number}"] = cost.seconds
                values[f"peak_mb_{name}_{number}"] = cost.peak_mb
                if number == count:
                    values[f"docs_per_second_{name}"] = number / cost.seconds
    allowed = values[f"seconds_extract_{count}"] * 1.5 + 20
    values["seconds_whole_allowed"] = allowed
    for name in ("extract", "whole"):
        values[f"memory_growth_{name}"] = (
            values[f"peak_mb_{name}_{count}"] / values[f"peak_mb_{name}_{count // 4}"]
        )
    for key, value in values.items():
        print(f"{key}={value:.2f}")


if __name__ == "__main__":
    main()
