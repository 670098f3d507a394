"""One file to raw rows (单文件抽取): read, recognise, collect.

The only place that knows the order of the recognisers. Whatever is wrong with a file
ends here as a :class:`Rejection` with a code of ``layouts/reasons.csv``; the caller
never sees an exception that a file caused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

from extract.datasets import (
    DATASETS,
    FindingRow,
    NarrativeFigureRow,
    PageReadingRow,
    RawRow,
    StatementCellRow,
)
from extract.document import Document
from extract.readers import read_document
from extract.readers.limits import DEFAULT, Limits
from extract.reasons import Rejected, reasons
from extract.recognise.certainty import Doubts, doubts
from extract.recognise.legible import without_doubtful_units, without_doubtful_words
from extract.recognise.performance import recognise_performance
from extract.recognise.profile import resolve_profile
from extract.recognise.prose import recognise_prose
from extract.recognise.scale import CODE as UNIT_OUT_OF_SCALE
from extract.recognise.scale import out_of_scale
from extract.recognise.statements import recognise_statements
from extract.sources import SourceLedger
from extract.turned import back

FIGURE_DATASETS = ("statement_cell", "narrative_figure", "performance_indicator")


@dataclass(frozen=True, slots=True)
class Extraction:
    """The raw rows of one document, by dataset name; every dataset is present."""

    document_key: str
    media_type: str
    rows: Mapping[str, Sequence[RawRow]]

    @property
    def figure_count(self) -> int:
        """How many facts were read, over all datasets that hold facts."""
        return sum(len(self.rows[name]) for name in FIGURE_DATASETS)

    def pages(self) -> dict[tuple[str, str | None], int]:
        """Pages by engine and by why no faster one read them; PDFs alone have any."""
        readings = self.rows["page_reading"]
        return {(r.engine, r.reason): r.pages for r in readings if isinstance(r, PageReadingRow)}


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a file gives no rows: a reason code and what was seen."""

    code: str
    detail: str
    media_type: str | None = None


def extract_file(path: Path, limits: Limits = DEFAULT) -> Extraction | Rejection:
    """Read one file and return its raw rows, or the reason why there are none."""
    try:
        return extract_document(read_document(path, limits))
    except Rejected as rejected:
        return Rejection(rejected.code, rejected.detail)
    except MemoryError:
        return Rejection("RESOURCE_LIMIT", "memory")
    except OSError as error:
        return Rejection("READ_ERROR", f"{type(error).__name__}: {error.strerror}")
    except Exception as error:  # a file must never stop the load
        return Rejection("PARSER_ERROR", f"{type(error).__name__}: {error}")


def extract_document(document: Document) -> Extraction | Rejection:
    """Recognise everything that a document says.

    A document whose year, kind or department cannot be told is rejected as a whole:
    its figures could not be put anywhere without a guess.
    """
    document = without_doubtful_units(document)
    sources = SourceLedger(document.key)
    profile = resolve_profile(without_doubtful_words(document), sources)
    if profile.blocking:
        code, detail = profile.blocking[0]
        return Rejection(code, detail, document.media_type)
    statements = recognise_statements(document, profile, sources)
    performance = recognise_performance(
        document, profile, sources, statements.units, statements.accounts
    )
    prose = recognise_prose(document, profile, sources)

    cells = _one_per_place((*statements.cells, *performance.cells))
    figures = _one_per_place((*prose.figures, *performance.narrative))
    indicators = tuple(performance.indicators)
    doubtful = doubts(document, sources.rows(), cells, figures, indicators)
    beyond = Doubts(
        out_of_scale(performance.cells, performance.projects, statements.cells, prose.figures),
        UNIT_OUT_OF_SCALE,
    )
    unsure = (
        *beyond.held_back("statement_cell", cells),
        *doubtful.held_back("statement_cell", cells),
        *doubtful.held_back("narrative_figure", figures),
        *doubtful.held_back("performance_indicator", indicators),
    )
    cells, figures = doubtful.certain(beyond.certain(cells)), doubtful.certain(figures)
    placed: set[str] = {row.source_key for row in cells if row.published_unit is not None}
    placed |= {row.source_key for row in figures if row.published_unit is not None}
    findings = (part.findings for part in (profile, statements, performance, prose))
    held_back = (part.quarantined for part in (statements, performance, prose))
    rows: dict[str, Sequence[RawRow]] = {
        "document": (profile.row,),
        "page_reading": tuple(
            PageReadingRow(document.key, r.engine, r.reason, r.pages) for r in document.readings
        ),
        "statement_table": tuple(statements.tables),
        "statement_header": tuple(statements.headers),
        "statement_cell": cells,
        "narrative_figure": tuple(
            replace(row, figure_no=number) for number, row in enumerate(figures, 1)
        ),
        "performance_project": tuple(
            doubtful.funds(beyond.funds(project)) for project in performance.projects
        ),
        "performance_indicator": doubtful.certain(indicators),
        "finding": (*chain.from_iterable(findings), *_met_by_reader(document)),
        # A unit that one recogniser could not tell may be known to another.
        "quarantined_row": (
            *dict.fromkeys(
                row for row in chain.from_iterable(held_back) if row.source_key not in placed
            ),
            *unsure,
        ),
        "source": tuple(back(row, document.turns) for row in sources.rows()),
    }
    assert rows.keys() == DATASETS.keys()
    extraction = Extraction(document.key, document.media_type, rows)
    if extraction.figure_count == 0:
        return _nothing_to_load(extraction)
    return extraction


def _met_by_reader(document: Document) -> Iterator[FindingRow]:
    """Yield what the reader could not read, such as pages that are pictures."""
    for code, detail in document.notes:
        if reasons()[code].severity != "info":
            yield FindingRow(document.key, code, detail, None)


Row = TypeVar("Row", StatementCellRow, NarrativeFigureRow)


def _one_per_place(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Keep the first reading of each place.

    A target list (绩效目标申报表) is an account table and a performance form at once: the
    funds in it are met by both recognisers and are still one printed figure.
    """
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row.source_key, row)
    return tuple(first.values())


def _nothing_to_load(extraction: Extraction) -> Rejection:
    """Say why a readable document holds no figure that can be loaded."""
    held_back = extraction.rows["quarantined_row"]
    if held_back:
        codes = sorted({row.code for row in held_back})  # type: ignore[union-attr]
        return Rejection(codes[0], f"{len(held_back)} figures held back: {', '.join(codes)}")
    return Rejection("NO_FIGURES", "no figure in tables or prose", extraction.media_type)
