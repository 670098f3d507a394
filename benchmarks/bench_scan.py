"""How well scanned pages are read (扫描件基准).

Renders generated disclosures as clean 200-dpi scans, as skewed and noisy ones and as turned
ones, and reads all. The truth is the same document read from its text layer. Counts numeric cells
that are right, and of the bad scans the figures that are wrong and yet published as certain.
Ends with ``name=value`` lines. Needs the optional extra (make ocr).
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from benchmarks.corpus import case
from benchmarks.factory.blocks import Disclosure, Table
from benchmarks.factory.writers import PLAIN, pdf
from extract.document import Document
from extract.extraction import Extraction, extract_file
from extract.readers import read_document
from extract.readers.ocr import is_installed
from extract.recognise.certainty import FLOOR
from extract.recognise.numbers import read_number

BOUND_RIGHT = 0.995
BOUND_PAGES_PER_SECOND = 1.0
_DOTS_PER_INCH = 200
Damage = Callable[[Image.Image, int], Image.Image]


def clean(picture: Image.Image, _seed: int) -> Image.Image:
    """The page as a good scanner gives it."""
    return picture


def skewed(picture: Image.Image, seed: int) -> Image.Image:
    """Turned by up to 1.5 degrees, a little noise."""
    dice = np.random.default_rng(seed)
    turned = picture.rotate(float(dice.uniform(-1.5, 1.5)), Image.Resampling.BICUBIC, fillcolor=255)
    return _noisy(turned, dice, 6.0)


def bad(picture: Image.Image, seed: int) -> Image.Image:
    """150 dpi, turned, blurred, noisy and compressed hard."""
    dice = np.random.default_rng(seed)
    small = picture.resize((picture.width * 3 // 4, picture.height * 3 // 4), Image.Resampling.BOX)
    turned = small.rotate(float(dice.uniform(-1.0, 1.0)), Image.Resampling.BICUBIC, fillcolor=255)
    noisy = _noisy(turned.filter(ImageFilter.GaussianBlur(0.6)), dice, 14.0)
    out = io.BytesIO()
    noisy.save(out, "JPEG", quality=45)
    return Image.open(out)


def turned(picture: Image.Image, seed: int) -> Image.Image:
    """On its side or upside down, as the sheet was fed."""
    return picture.rotate(90 * (1 + seed % 3), expand=True)


def _noisy(picture: Image.Image, dice: np.random.Generator, strength: float) -> Image.Image:
    values = np.asarray(picture, np.float32)
    values = values + dice.normal(0, strength, values.shape).astype(np.float32)
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


DAMAGES: dict[str, Damage] = {"clean": clean, "skewed": skewed, "bad": bad, "turned": turned}


def scan(data: bytes, damage: Damage) -> bytes:
    """Print a PDF and scan it: a PDF whose pages are pictures."""
    pages: list[Image.Image] = []
    with pypdfium2.PdfDocument(data) as file:
        for number in range(len(file)):
            image = file[number].render(scale=_DOTS_PER_INCH / 72).to_pil().convert("L")
            pages.append(damage(image, number))
    out = io.BytesIO()
    resolution = _DOTS_PER_INCH if damage is not bad else _DOTS_PER_INCH * 3 / 4
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=resolution)
    return out.getvalue()


@dataclass(slots=True)
class Count:
    """What was counted over documents scanned in one way."""

    numbers: int = 0
    right: int = 0
    wrong_certain: int = 0
    uncertain: int = 0
    facts: int = 0
    facts_right: int = 0
    facts_wrong: int = 0
    pages: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _numbers(document: Document) -> Iterator[tuple[int | None, str, float | None]]:
    """Page, figure and confidence of each numeric cell."""
    for table in document.tables:
        for cell in table.cells:
            text = _fold(cell.text)
            number = read_number(text)
            if number is not None and (number.number_text is not None or number.problem):
                yield table.place.page, text, cell.confidence


def _facts(extraction: object) -> Counter[tuple[object, ...]]:
    """Figures as published, with what says which figure they are."""
    found: Counter[tuple[object, ...]] = Counter()
    if isinstance(extraction, Extraction):
        for row in extraction.rows["statement_cell"]:
            found[
                row.statement_code,
                row.measure_code,
                row.amount_stage,  # type: ignore[union-attr]
                row.function_code,
                row.number_text,  # type: ignore[union-attr]
            ] += 1
        for row in extraction.rows["narrative_figure"]:
            found["prose", row.published_unit, row.number_text] += 1  # type: ignore[union-attr]
    return found


def add(count: Count, truth: Path, scanned: Path) -> None:
    """Read a scan and count against the document that was scanned."""
    wanted = read_document(truth)
    begin, cpu = time.perf_counter(), time.process_time()
    got = read_document(scanned)
    count.seconds += time.perf_counter() - begin
    count.cpu_seconds += time.process_time() - cpu
    count.pages += got.page_count or 0
    want = Counter((page, text) for page, text, _ in _numbers(wanted))
    have = Counter((page, text) for page, text, _ in _numbers(got))
    sure = Counter((page, text) for page, text, c in _numbers(got) if (c or 0.0) >= FLOOR)
    count.numbers += want.total()
    count.right += (want & have).total()
    count.wrong_certain += (sure - want).total()
    count.uncertain += have.total() - sure.total()
    facts, read = _facts(extract_file(truth)), _facts(extract_file(scanned))
    count.facts += facts.total()
    count.facts_right += (facts & read).total()
    count.facts_wrong += (read - facts).total()
    for key in read - facts:
        print("  published but not printed:", key)


def _disclosures(documents: int) -> Iterator[Disclosure]:
    number = 0
    while documents:
        made = case("development" if number % 2 else "holdout", number).disclosure
        number += 1
        if any(isinstance(block, Table) for block in made.blocks):
            documents -= 1
            yield made


def main() -> int:
    """Run the benchmark; fails where a bound is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=3)
    parser.add_argument("--damage", choices=DAMAGES, action="append")
    given = parser.parse_args()
    documents, chosen = given.documents, given.damage or list(DAMAGES)
    if not is_installed():
        print("the extra is not installed: make ocr")
        return 2
    counts = {name: Count() for name in chosen}
    with tempfile.TemporaryDirectory() as folder:
        truth, scanned = Path(folder) / "truth.pdf", Path(folder) / "scan.pdf"
        for disclosure in _disclosures(documents):
            data = pdf.write(disclosure, PLAIN).data
            truth.write_bytes(data)
            for name in chosen:
                scanned.write_bytes(scan(data, DAMAGES[name]))
                add(counts[name], truth, scanned)
    for name, count in counts.items():
        print(f"{name}_pages={count.pages}")
        print(f"{name}_numbers_right={count.right / count.numbers:.4f}")
        print(f"{name}_wrong_certain_cells={count.wrong_certain}")
        print(f"{name}_uncertain_cells={count.uncertain}")
        print(f"{name}_facts_published={count.facts_right / count.facts:.4f}")
        print(f"{name}_wrong_facts_published={count.facts_wrong}")
        print(f"{name}_pages_per_second={count.pages / count.seconds:.2f}")
        print(f"{name}_pages_per_cpu_second={count.pages / count.cpu_seconds:.2f}")
    good = counts.get("clean", Count())
    wrong = sum(count.facts_wrong for count in counts.values())
    print(f"wrong_published_as_certain={wrong}")
    return 0 if good.right >= BOUND_RIGHT * good.numbers and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
