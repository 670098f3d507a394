"""Damages files of every format and reads them (``python -m benchmarks.fuzz [rounds]``).

The same rounds every time. A damaged file may be read or rejected with a reason; it may
not crash the reader, take long, or, where its container is broken, give figures that the
sound file does not state.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.corpus import FORMATS, case
from benchmarks.factory.blocks import Table
from benchmarks.factory.writers import write
from benchmarks.shared_truth import shared_dir
from benchmarks.xls_writer import XlsSheet, workbook
from extract.extraction import Extraction, Rejection, extract_file
from extract.readers.archive import members_of
from extract.readers.limits import DEFAULT
from extract.reasons import Rejected, reasons

SECONDS = 20.0
"""No damaged file of this size may take longer."""
CONTAINERS = frozenset({".docx", ".xlsx", ".pdf", ".zip"})


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
    made = generated()
    yield from made.items()
    yield from derived(made)
    folder = shared_dir() / "disclosures"
    if folder.is_dir():
        for path in sorted(folder.rglob("*.*")):
            if path.suffix != ".doc" and path.stat().st_size < 400_000:
                yield path.name, path.read_bytes()


def generated(first: int = 20) -> dict[str, bytes]:
    """Return one document with tables per format, by name."""
    made: dict[str, bytes] = {}
    number = first
    for suffix in FORMATS:
        while not any(isinstance(b, Table) for b in case("development", number).disclosure.blocks):
            number += 1
        made[f"generated{suffix}"] = write(case("development", number).disclosure, suffix).data
        number += 1
    return made


def derived(made: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the formats that hold others: an archive, a web archive, an old workbook."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("generated.html", made["generated.html"])
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made.items():
            if name != "generated.html":
                archive.writestr(f"二〇二三/{name}", data)
        archive.writestr("里.zip", inner.getvalue())
    yield "generated.zip", outer.getvalue()
    page = MIMEBase("text", "html", charset="utf-8")
    page.set_payload(made["generated.html"])
    encode_base64(page)
    message = MIMEMultipart("related")
    message.attach(page)
    yield "generated.mht", message.as_bytes()
    book = openpyxl.load_workbook(io.BytesIO(made["generated.xlsx"]), data_only=True)
    yield "generated.xls", workbook([_old(sheet) for sheet in book.worksheets])


def _old(sheet: Worksheet) -> XlsSheet:
    merges = [
        (r.min_row - 1, r.max_row - 1, r.min_col - 1, r.max_col - 1)
        for r in sheet.merged_cells.ranges
    ]
    formats = {
        (cell.row - 1, cell.column - 1): cell.number_format
        for row in sheet.iter_rows()
        for cell in row
        if cell.number_format != "General"
    }
    return XlsSheet(sheet.title[:31], list(sheet.values), formats, merges)


def figures(result: Extraction) -> Counter[tuple[Any, ...]]:
    """Return the amounts of a document with their statements."""
    return Counter(
        (cell.statement_code, cell.number_text, cell.published_unit)  # type: ignore[union-attr]
        for cell in result.rows["statement_cell"]
    )


def read(path: Path) -> list[Extraction | Rejection]:
    """Read a file, or each member of an archive, as a load does."""
    try:
        members = members_of(path, DEFAULT)
    except Rejected as rejected:
        return [Rejection(rejected.code, rejected.detail)]
    if members is None:
        return [extract_file(path)]
    return [
        extract_file(path / member.name) if member.refusal is None else Rejection(*member.refusal)
        for member in members
    ]


def all_figures(results: Iterable[Extraction | Rejection]) -> Counter[tuple[Any, ...]]:
    """Return the amounts of all that could be read."""
    found: Counter[tuple[Any, ...]] = Counter()
    for result in results:
        if isinstance(result, Extraction):
            found += figures(result)
    return found


def judge(path: Path, sound: Counter[tuple[Any, ...]]) -> tuple[str, str | None]:
    """Read a damaged file; return the verdict and what was wrong with it, if anything."""
    began = time.monotonic()
    results = read(path)
    seconds = time.monotonic() - began
    if seconds > SECONDS:
        return "slow", f"{seconds:.1f} s"
    rejected = [result for result in results if isinstance(result, Rejection)]
    for result in rejected:
        if result.code not in reasons() or result.code == "PARSER_ERROR":
            return result.code, result.detail
    strange = all_figures(results) - sound
    if strange and path.suffix in CONTAINERS:
        return "read", f"figures that are not in the file: {list(strange)[:3]}"
    return (rejected[0].code if len(rejected) == len(results) else "read"), None


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
            sound[name] = all_figures(read(path))
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
