"""Bounds of what a reader accepts (读取上限): files come from strangers.

Plain numbers only. Whoever exceeds one is rejected with ``RESOURCE_LIMIT``, except
for the time and memory of a worker, which :mod:`extract.pool` enforces.
"""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything one document may have.

    The defaults leave a factor of ten and more above the largest real disclosures
    (a county's budget of all departments: 900 pages, 60 MB of scans).
    """

    max_file_bytes: int = 256 * MEBIBYTE
    max_text_bytes: int = 64 * MEBIBYTE
    max_pages: int = 3000
    max_chars_per_page: int = 200_000
    """Of a PDF; a page of ledger print holds some 10,000."""
    max_paths_per_page: int = 200_000
    """Pieces of drawn lines and boxes of a PDF page; a table of 2,000 cells takes some 10,000."""
    max_page_bytes: int = 64 * MEBIBYTE
    """What the contents of one PDF page unpack to; a dense page has some 100 kB."""
    max_stream_bytes: int = 64 * MEBIBYTE
    """What any other stream of a PDF unpacks to; the largest real ones are fonts."""
    max_zip_entries: int = 10_000
    max_unpacked_bytes: int = 512 * MEBIBYTE
    max_compression_ratio: int = 200
    """Of one archive member above one mebibyte; office XML stays below 60."""
    max_archive_members: int = 5000
    """Documents in an archive, those of archives inside it included."""
    max_archive_unpacked_bytes: int = 2048 * MEBIBYTE
    max_archive_depth: int = 3
    """Archives in archives; the outermost is the first."""
    max_columns: int = 4096
    """Of one table; beyond this a span is a mistake or an attack."""
    max_cells: int = 2_000_000
    """Cells that hold something, over the whole document."""
    seconds_per_document: float = 120.0
    seconds_per_scanned_page: float = 60.0
    """What a page of a scan adds while pages keep coming, up to ``seconds_per_scan``."""
    seconds_per_scan: float = 3600.0
    seconds_per_conversion: float = 90.0
    """For one start of LibreOffice."""
    memory_bytes_per_worker: int = 3072 * MEBIBYTE
    documents_per_worker: int = 200
    """A worker is replaced after so many, since parsing libraries leak."""


DEFAULT = Limits()
