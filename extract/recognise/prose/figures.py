"""From the paragraphs of a document to rows of the dataset narrative_figure (叙述数字).

Decides which paragraphs are read, keeps the headings, hands each paragraph to the clause
parser and turns what it understood into rows, findings and quarantined rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from extract.datasets import DocumentRow, FindingRow, NarrativeFigureRow, QuarantinedRow
from extract.document import Document, Paragraph
from extract.recognise.prose.clauses import read_clauses
from extract.recognise.prose.context import Setting
from extract.recognise.prose.cues import cues
from extract.recognise.prose.grouping import groups_by_blanks
from extract.recognise.prose.item import Item, Scene
from extract.recognise.prose.lexicon import Lexicon, lexicon
from extract.recognise.prose.outline import Inherited, Outline
from extract.recognise.prose.proof import prove_units
from extract.recognise.prose.reading import Reading
from extract.recognise.prose.scope import is_definition, is_indicator_prose
from extract.recognise.prose.skeleton import Skeleton, skeleton
from extract.recognise.prose.staff import name_staff
from extract.sources import SourceLedger

_DATASET = "narrative_figure"
_RATIOS = frozenset(("growth_ratio", "share_ratio"))
_MEASURED_IN = (
    ("staff_", frozenset(("人", "名", "位", "个", "人次"))),
    ("house_area", frozenset(("平方米", "㎡", "平方公里", "亩", "公顷"))),
)


class HasRow(Protocol):
    """The part of a profile that prose needs: the resolved row of the document."""

    @property
    def row(self) -> DocumentRow:
        """The document's resolved fields."""


@dataclass(slots=True)
class Prose:
    """What the prose of one document states."""

    figures: list[NarrativeFigureRow] = field(default_factory=list)
    findings: list[FindingRow] = field(default_factory=list)
    quarantined: list[QuarantinedRow] = field(default_factory=list)


def recognise_prose(document: Document, profile: HasRow, sources: SourceLedger) -> Prose:
    """Return every figure that the paragraphs of the document state.

    One row per printed figure, in reading order, with its exact place. Amounts stay in the
    unit they were printed in. A number that contradicts its own grouping has no row, nor has
    a rate without its sign; an amount without a unit has a row without a unit; all of them
    are quarantined with a reason. Fields that neither the sentence nor its headings tell are None.
    """
    return _Recogniser(document, profile.row, sources).run()


class _Recogniser:
    def __init__(self, document: Document, row: DocumentRow, sources: SourceLedger) -> None:
        self.document, self.row, self.sources = document, row, sources
        self.words: Lexicon = lexicon(row.fiscal_year)
        self.outline = Outline(self.words)
        self.prose = Prose()
        self.opened: Item | None = None
        self.by_blanks = False

    def run(self) -> Prose:
        paragraphs = [block for block in self.document.blocks if isinstance(block, Paragraph)]
        self.by_blanks = groups_by_blanks(paragraph.text for paragraph in paragraphs)
        for paragraph in paragraphs:
            self._paragraph(paragraph)
        return self.prose

    def _paragraph(self, paragraph: Paragraph) -> None:
        work = skeleton(paragraph, self.words, self.by_blanks)
        if not work.plain:
            return
        heading = self.outline.enter(work)
        self.opened = None if heading else self.opened
        if self.outline.topic == "glossary" or is_indicator_prose(paragraph.text):
            return
        if is_definition(work.plain):
            return
        self._notes(paragraph, work)
        if heading:
            return
        inherited = self.outline.inherited
        setting = Setting(
            scene=Scene(self.words, self.outline.topic_of(work), inherited),
            cues=cues(self.row.fiscal_year),
            fiscal_year=self.row.fiscal_year,
            kind=self.row.document_kind,
            labels=tuple(self.outline.labels),
            opened=self.opened,
        )
        readings = name_staff(prove_units(read_clauses(work, setting)))
        named = (r.item for r in readings if r.item.known and r.figure.kind == "money")
        self.opened = next(named, self.opened)
        for reading in readings:
            self._emit(paragraph, reading)
        if readings and work.plain.endswith("："):
            self._open(readings, work)

    def _open(self, readings: list[Reading], work: Skeleton) -> None:
        item = next((r.item for r in readings if r.item.known), readings[0].item)
        fund = item.fund_source if item.fund_source != "all" else None
        self.outline.open_list(
            Inherited(
                fund,
                item.expenditure_type,
                item.class_name if item.subject.startswith("function_") else None,
                item.section_name if item.subject.startswith("function_") else None,
            ),
            work,
        )

    def _key(self, paragraph: Paragraph, start: int, end: int) -> str:
        return self.sources.key(paragraph.place_of(start, end), paragraph.text[start:end])

    def _notes(self, paragraph: Paragraph, work: Skeleton) -> None:
        """Report what the template left standing and years that are no years."""
        for code, places in (
            ("TEMPLATE_RESIDUE", work.residue),
            ("YEAR_MALFORMED", work.broken_years),
        ):
            for start, end, text in places:
                self._finding(code, text, self._key(paragraph, start, end))

    def _finding(self, code: str, detail: str, key: str) -> None:
        self.prose.findings.append(FindingRow(self.row.document_key, code, detail, key))

    def _emit(self, paragraph: Paragraph, reading: Reading) -> None:
        figure, item = reading.figure, reading.item
        key = self._key(paragraph, figure.start, figure.end)
        if figure.number.problem is not None:
            self._quarantine(figure.number.problem, figure.text, key)
            return
        if figure.kind == "unknown":
            self._quarantine("UNIT_UNKNOWN", figure.text, key)
            if reading.measure in _RATIOS:
                return  # 增长12.5: whether of a hundred or of one is not ours to guess
        if reading.contradicts:
            self._finding("COMPARISON_YEAR", figure.text, key)
        if figure.note is not None:
            detail = (
                f"{figure.text} {figure.unit}" if figure.note == "UNIT_SUPPLIED" else figure.text
            )
            self._finding(figure.note, detail, key)
        self.prose.figures.append(
            NarrativeFigureRow(
                document_key=self.row.document_key,
                figure_no=len(self.prose.figures) + 1,
                section_path=self.outline.path,
                subject=item.subject,
                item_name=item.name,
                item_code=item.code,
                class_name=item.class_name,
                section_name=item.section_name,
                measure=reading.measure,
                amount_stage=reading.amount_stage,
                comparator=reading.comparator,
                direction=reading.direction,
                fund_source=item.fund_source,
                expenditure_type=item.expenditure_type,
                economic_code=item.economic_code,
                revenue_source=item.revenue_source,
                three_public_item=item.three_public_item,
                resource_metric=_metric(item.resource_metric, figure.unit),
                published_text=figure.text,
                published_unit=figure.unit,
                number_text=figure.number.number_text,
                value_status=figure.number.value_status,
                source_key=key,
            )
        )

    def _quarantine(self, code: str, observed: str, key: str) -> None:
        self.prose.quarantined.append(
            QuarantinedRow(self.row.document_key, _DATASET, code, observed, key)
        )


def _metric(metric: str | None, unit: str | None) -> str | None:
    """Return the metric of an item where the unit of its figure can measure it.

    人员 and 编制 are counted in persons, 房屋 in square metres: 3辆 in the sentence of the
    staff is no staff, and the value of a house no area.
    """
    if metric is None or unit is None:
        return metric
    measured = next((units for start, units in _MEASURED_IN if metric.startswith(start)), None)
    return metric if measured is None or unit in measured else None
