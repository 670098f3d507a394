"""Shows that prose costs linear time: seconds per megabyte at 1, 2, 5 and 10 MB."""

from __future__ import annotations

import tempfile
import time
from decimal import Decimal
from pathlib import Path

from benchmarks.corpus import cases
from benchmarks.factory.blocks import Paragraph
from extract.readers import read_document
from extract.recognise.profile import resolve_profile
from extract.recognise.prose import recognise_prose
from extract.sources import SourceLedger

SIZES_MB = (1, 2, 5, 10)


def paragraphs() -> list[str]:
    """Return the paragraphs of some generated final accounts, text only."""
    texts: list[str] = []
    for case in cases("development", 30):
        if case.disclosure.kind == "final_account":
            texts += [b.text for b in case.disclosure.blocks if isinstance(b, Paragraph)]
    return texts


def text_of(size: int, pieces: list[str]) -> str:
    """Repeat the paragraphs until the text has ``size`` bytes."""
    lines = [pieces[0]]
    total = 0
    index = 1
    while total < size:
        line = pieces[index % len(pieces)]
        lines.append(line)
        total += len(line.encode()) + 1
        index += 1
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure reading, profile and prose of each size."""
    pieces = paragraphs()
    values: dict[str, Decimal] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES_MB:
            path = Path(folder) / "prose.txt"
            path.write_text(text_of(size * 1_000_000, pieces), encoding="utf-8")
            document = read_document(path)
            sources = SourceLedger(document.key)
            profile = resolve_profile(document, sources)
            started = time.perf_counter()
            figures = recognise_prose(document, profile, sources).figures
            seconds = Decimal(time.perf_counter() - started)
            print(f"{size:>3} MB  {seconds:8.2f} s  {len(figures):>9,} figures")
            values[f"seconds_per_mb_{size}"] = seconds / size
    values["prose_growth"] = values["seconds_per_mb_10"] / values["seconds_per_mb_1"]
    for name, value in values.items():
        print(f"{name}={value:.3f}")


if __name__ == "__main__":
    main()
