"""Damages files of every format and reads them (``python -m benchmarks.fuzz [rounds]``).

The same rounds every time. A damaged file may be read or rejected with a reason; it may
not crash the reader, take long, or, where its container is broken, give figures that the
sound file does not state.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpus import FORMATS, case
from benchmarks.factory.writers import write
from benchmarks.shared_truth import shared_dir
from extract.extraction import Extraction, Rejection, extract_file
from extract.reasons import reasons

SECONDS = 20.0
"""No damaged file of this size may take longer."""
CONTAINERS = frozenset({".docx", ".xlsx", ".pdf"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one round gave: the damage, the verdict, and what was wrong with it."""

    name: str
    damage: str
    verdict: str
    fault: str | None


def truncate(data: bytes, rng: random.Random) -> bytes:
    """Cut the file somewhere."""
    return data[: rng.randint(0, len(data))]


def flip(data: bytes, rng: random.Random) -> bytes:
    """Change a few bytes."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 12)):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def drop(data: bytes, rng: random.Random) -> bytes:
    """Leave out a stretch."""
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randint(1, 1 + len(data) // 8) :]


def swap(data: bytes, rng: random.Random) -> bytes:
    """Exchange two stretches: rows and cells of a text, members of a container."""
    a, b, c, d = sorted(rng.randrange(len(data)) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def repeat(data: bytes, rng: random.Random) -> bytes:
    """Print a stretch twice."""
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.randint(1, 4096))
    return data[:end] + data[start:end] + data[end:]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (truncate, flip, drop, swap, repeat)


def originals() -> Iterator[tuple[str, bytes]]:
    """Yield sound files: one generated document per format, and the shared real ones."""
    for number, suffix in enumerate(FORMATS):
        made = case("development", 20 + number)
        yield f"generated{suffix}", write(made.disclosure, suffix).data
    folder = shared_dir() / "disclosures"
    if folder.is_dir():
        for path in sorted(folder.rglob("*.*")):
            if path.suffix != ".doc" and path.stat().st_size < 400_000:
                yield path.name, path.read_bytes()


def figures(result: Extraction) -> Counter[tuple[Any, ...]]:
    """Return the amounts of a document with their statements."""
    return Counter(
        (cell.statement_code, cell.number_text, cell.published_unit)  # type: ignore[union-attr]
        for cell in result.rows["statement_cell"]
    )


def judge(path: Path, sound: Counter[tuple[Any, ...]]) -> tuple[str, str | None]:
    """Read a damaged file; return the verdict and what was wrong with it, if anything."""
    began = time.monotonic()
    result = extract_file(path)
    seconds = time.monotonic() - began
    if seconds > SECONDS:
        return "slow", f"{seconds:.1f} s"
    if isinstance(result, Rejection):
        known = result.code in reasons() and result.code != "PARSER_ERROR"
        return result.code, None if known else result.detail
    strange = figures(result) - sound
    if strange and path.suffix in CONTAINERS:
        return "read", f"figures that are not in the file: {list(strange)[:3]}"
    return "read", None


def run(rounds: int, folder: Path, seed: int = 20240229) -> Iterator[Outcome]:
    """Damage and read ``rounds`` files."""
    rng = random.Random(seed)
    files = list(originals())
    sound: dict[str, Counter[tuple[Any, ...]]] = {}
    for index in range(rounds):
        name, data = files[index % len(files)]
        path = folder / f"damaged{Path(name).suffix}"
        if name not in sound:
            path.write_bytes(data)
            whole = extract_file(path)
            sound[name] = figures(whole) if isinstance(whole, Extraction) else Counter()
        damage = rng.choice(DAMAGES)
        path.write_bytes(damage(data, rng))
        verdict, fault = judge(path, sound[name])
        yield Outcome(name, damage.__name__, verdict, fault)


def main() -> None:
    """Run, print what was found, exit 1 where something was wrong."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    verdicts: Counter[str] = Counter()
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        for outcome in run(rounds, Path(folder)):
            verdicts[outcome.verdict] += 1
            if outcome.fault:
                faults.append(outcome)
    for outcome in faults:
        print(f"{outcome.name} after {outcome.damage}: {outcome.verdict}: {outcome.fault}")
    for verdict, count in sorted(verdicts.items()):
        print(f"{verdict.lower()}={count}")
    print(f"rounds={rounds}\nfaults={len(faults)}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
