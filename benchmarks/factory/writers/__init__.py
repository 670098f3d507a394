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


@dataclass(frozen=True, slots=True)
class Printing:
    """How a file is made, beside what stands in it; each writer knows its own fields."""

    encoding: str = "utf-8"
    """Of text and HTML."""
    wrap: int = 0
    """Text: paragraphs are broken after so many characters, in the midst of a number too."""
    layout_table: bool = False
    """HTML: the whole page stands in the cells of a layout table."""
    one_sheet: bool = False
    """XLSX: all statements stand on one sheet below each other."""
    text_numbers: bool = False
    """XLSX: amounts are stored as text."""


PLAIN = Printing()


def _writers() -> Mapping[str, Callable[[Disclosure, Printing], Written]]:
    from benchmarks.factory.writers import docx, html, pdf, text, xlsx

    return {
        ".txt": text.write,
        ".docx": docx.write,
        ".xlsx": xlsx.write,
        ".pdf": pdf.write,
        ".html": html.write,
    }


def write(disclosure: Disclosure, suffix: str, printing: Printing = PLAIN) -> Written:
    """Write ``disclosure`` in the format of ``suffix``, such as ``.docx``."""
    return _writers()[suffix](disclosure, printing)
