"""Performance forms of every province, in tables and in prose (绩效表).

Targets and self-evaluations are dispatched on the words of their header rows, never on
titles or numbers. Scores are read here and judged in dbt.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from extract.datasets import DocumentRow
from extract.document import Document
from extract.recognise.performance.emit import Emitter
from extract.recognise.performance.forms import read_forms
from extract.recognise.performance.model import NO_UNITS, Units
from extract.recognise.performance.prose import read_prose_forms
from extract.recognise.performance.result import Performance
from extract.recognise.performance.told import read_told_projects
from extract.sources import SourceLedger

__all__ = ["Performance", "recognise_performance"]


class HasDocumentRow(Protocol):
    """What is needed of a profile."""

    @property
    def row(self) -> DocumentRow: ...


def recognise_performance(
    document: Document,
    profile: HasDocumentRow,
    sources: SourceLedger,
    units: Units = NO_UNITS,
    accounts: Collection[int] = (),
) -> Performance:
    """Read all performance forms of a document.

    Rows come in reading order; figures that cannot be read are quarantined, each with
    its reason. ``units`` are those stated over physical tables, by index;
    ``accounts`` are the indexes of account tables, which are no forms. Cells with
    personal names or telephone numbers are never registered.
    """
    out = Performance()
    emitter = Emitter(profile.row, sources, out)
    forms = read_forms(document, profile.row.fiscal_year, units, accounts)
    forms += read_prose_forms(document)
    if not any(form.has_result and form.scope == "project" for form in forms):
        # Sentences repeat what forms say of the same projects, under other names.
        forms += read_told_projects(document)
    emitter.forms(forms)
    return out
