"""The pool: every file answered once, whatever a file does to its worker."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from pool_stubs import act

from extract.extraction import Rejection
from extract.pool import extract_files
from extract.readers.limits import Limits

QUICK = Limits(seconds_per_document=1.5, memory_bytes_per_worker=1024**3)


def run(names: list[str], workers: int = 2, limits: Limits = QUICK) -> dict[str, Rejection]:
    results: dict[str, Rejection] = {}
    paths = [Path(f"{name}.txt") for name in names]
    for path, result in extract_files(paths, workers=workers, limits=limits, extract=act):
        assert isinstance(result, Rejection)
        assert path.stem not in results
        results[path.stem] = result
    return results


def test_every_path_is_answered_once() -> None:
    names = [f"fine-{i}" for i in range(20)]
    results = run(names)
    assert sorted(results) == sorted(names)
    assert {r.code for r in results.values()} == {"PID"}
    assert len({r.detail for r in results.values()}) == 2


def test_a_file_that_stops_its_worker_costs_only_itself() -> None:
    names = ["fine-1", "killed", "fine-2", "exit", "fine-3", "raise", "greedy", "fine-4"]
    results = run(names, workers=1)
    assert results["killed"] == Rejection("WORKER_KILLED", "signal 9")
    assert results["exit"] == Rejection("WORKER_KILLED", "exit status 3")
    assert results["raise"] == Rejection("PARSER_ERROR", "ValueError: a bug")
    assert results["greedy"] == Rejection("RESOURCE_LIMIT", "memory")
    assert [results[f"fine-{i}"].code for i in (1, 2, 3, 4)] == ["PID"] * 4


def test_a_file_that_hangs_is_ended_in_time_and_holds_nobody_up() -> None:
    started = time.monotonic()
    order = list(run(["deaf", "fine-1", "fine-2", "fine-3", "hang"]).items())
    assert time.monotonic() - started < 60
    results = dict(order)
    assert results["deaf"].code == results["hang"].code == "TIMEOUT"
    assert order[0][0].startswith("fine")
    assert len(results) == 5


def test_a_long_scan_has_time_while_its_pages_come_and_no_longer() -> None:
    limits = replace(QUICK, seconds_per_scanned_page=1.5, seconds_per_scan=60)
    results = run(["pages", "stuck"], limits=limits)
    assert results["pages"].code == "PID"  # 3 s, twice the time of a document
    assert results["stuck"].code == "TIMEOUT"
    short = replace(limits, seconds_per_scan=2)
    assert run(["pages"], limits=short)["pages"] == Rejection("TIMEOUT", "not read within 2 s")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a list of processes in /proc")
def test_what_a_worker_started_ends_with_it(tmp_path: Path) -> None:
    path = tmp_path / "parent.txt"
    [(_, result)] = extract_files([path], limits=QUICK, extract=act)
    assert isinstance(result, Rejection)
    assert result.code == "TIMEOUT"
    child = Path("/proc", path.read_text())
    deadline = time.monotonic() + 5
    while child.exists() and time.monotonic() < deadline:
        if "Z" in (child / "stat").read_text().rsplit(")", 1)[1].split()[:1]:
            break  # dead; whoever inherits it has not collected it yet
        time.sleep(0.05)
    else:
        assert not child.exists()


def test_workers_are_replaced_after_so_many_documents() -> None:
    limits = Limits(documents_per_worker=3)
    results = run([f"fine-{i}" for i in range(7)], workers=1, limits=limits)
    pids = [r.detail for r in results.values()]
    assert len(set(pids)) == 3
    assert max(pids.count(pid) for pid in pids) == 3


def test_a_consumer_that_stops_early_leaves_no_worker_behind() -> None:
    results = extract_files([Path("fine-1"), Path("hang")], workers=2, limits=QUICK, extract=act)
    path, _ = next(results)
    assert path.name == "fine-1"
    started = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 1


def test_no_paths_start_no_worker() -> None:
    assert list(extract_files([], extract=act)) == []


def test_a_worker_that_cannot_start_is_an_error_of_the_program() -> None:
    def local(_path: Path, _limits: Limits) -> Rejection:
        raise AssertionError

    with pytest.raises(RuntimeError, match="could not start"):
        list(extract_files([Path("fine")], limits=QUICK, extract=local))
