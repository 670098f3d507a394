"""PDF engines: what the fast one reads is what pdfplumber reads, on real files and hard pages."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pdfplumber
import pytest

from extract.document import Block, Document, Paragraph, Place, Table
from extract.readers import pdf, read_document
from extract.readers.limits import DEFAULT
from extract.readers.pdf_cell_text import extract_tables
from extract.readers.pdf_engine import pages, reference_pages


def real_files(shared_dir: Path) -> list[Path]:
    files = sorted((shared_dir / "disclosures" / "pdf").glob("*.pdf"))
    assert files
    return files


def test_rows_of_real_pages_are_those_of_pdfplumber(shared_dir: Path) -> None:
    engines: Counter[str] = Counter()
    for path in real_files(shared_dir):
        data = path.read_bytes()
        with pdfplumber.open(io.BytesIO(data)) as reference:
            for ours, theirs in zip(pages(data, DEFAULT), reference.pages, strict=True):
                assert extract_tables(ours) == theirs.extract_tables(), (path.name, ours.number)
                engines[ours.engine] += 1
                theirs.close()
    assert engines["fast"] >= 0.9 * engines.total()


def test_documents_are_the_same_by_either_engine(
    shared_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = real_files(shared_dir)
    by_fast = [read_document(path) for path in files]
    monkeypatch.setattr(pdf, "pages", reference_pages)
    for path, document in zip(files, by_fast, strict=True):
        assert_same(document, read_document(path))


def assert_same(ours: Document, theirs: Document) -> None:
    assert len(ours.blocks) == len(theirs.blocks), ours.file_name
    for a, b in zip(ours.blocks, theirs.blocks, strict=True):
        assert [text for text, _, _ in told(a)] == [text for text, _, _ in told(b)]
        for (text, grid, place), (_, other_grid, other) in zip(told(a), told(b), strict=True):
            assert grid == other_grid, text
            assert place.page == other.page
            assert box(place) == pytest.approx(box(other), abs=0.02), text


def told(block: Block) -> list[tuple[str, tuple[int, ...], Place]]:
    """Texts of a block with where they stand in its grid and on the page."""
    if isinstance(block, Table):
        return [
            (c.text, (c.row, c.column, c.row_span, c.column_span), c.place) for c in block.cells
        ]
    assert isinstance(block, Paragraph)
    return [
        (block.text[s.char_start : s.char_end], (s.char_start, s.char_end), s.place)
        for s in block.spans
    ]


def box(place: Place) -> list[float]:
    return [v for v in (place.x0, place.y0, place.x1, place.y1) if v is not None]
