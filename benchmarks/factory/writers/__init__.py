"""One writer per file format: a ``Disclosure`` in, the same bytes every time out.

``WRITERS`` maps the file suffix to ``write(disclosure) -> Written``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.factory.blocks import Disclosure, Fact


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a writer put a fact; None where the format has no such notion."""

    line: int | None = None
    page: int | None = None
    sheet: str | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A made file: its bytes and the place of every fact in it."""

    data: bytes
    facts: tuple[tuple[Fact, Spot], ...]


def _writers() -> Mapping[str, Callable[[Disclosure], Written]]:
    from benchmarks.factory.writers import docx, html, pdf, text, xlsx

    return {
        ".txt": text.write,
        ".docx": docx.write,
        ".xlsx": xlsx.write,
        ".pdf": pdf.write,
        ".html": html.write,
    }


def write(disclosure: Disclosure, suffix: str) -> Written:
    """Write ``disclosure`` in the format of ``suffix``, such as ``.docx``."""
    return _writers()[suffix](disclosure)
