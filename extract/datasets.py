"""The raw tables: one dataclass per dataset, the only place their columns are written.

Everything that stores, gates or stages a raw table derives its columns from here.
Text stays text: ``published_text`` is what is printed, ``number_text`` the same figure
as plain ASCII decimal digits in the *published* unit (``-1234.5``), null where the
printed token is no number. Turning them into yuan is the work of dbt staging.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One row per extracted file content (文件); key: document_key."""

    document_key: str
    file_name: str
    media_type: str
    extraction_method: str
    page_count: int | None
    encoding: str | None
    document_kind: str | None
    """budget, final_account or performance."""
    fiscal_year: int | None
    title: str | None
    department_name: str | None
    """The publishing department or unit as printed, brackets included."""
    department_code: str | None
    """Code printed with the department's name (预算单位代码), if any."""
    department_id: str | None
    """Stable over spellings, see extract.recognise.department."""
    short_name: str | None
    """The name without the region's name and without brackets."""
    reporting_level: str | None
    """department, headquarters or unit."""
    parent_department_name: str | None
    parent_department_id: str | None
    """Id of the department that a unit or a headquarters belongs to."""
    organisation_type: str | None
    region_code: str | None
    region_name: str | None
    administrative_level: str | None
    default_unit: str | None
    published_on: str | None
    """ISO date, when the document states one."""
    profile_evidence: str | None
    """JSON: what each profile field was resolved from."""


@dataclass(frozen=True, slots=True)
class PageReadingRow:
    """Pages of a PDF by engine and reason (读取方式); key: document_key, engine, reason."""

    document_key: str
    engine: str
    """fast, pdfplumber, the name of an OCR engine, or none for pages nobody could read."""
    reason: str | None
    """Why the page was not trusted to the fast engine; null where it was."""
    pages: int


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row per place that a fact was read from (出处); key: source_key."""

    source_key: str
    document_key: str
    page: int | None
    sheet: str | None
    table_index: int | None
    row_index: int | None
    column_index: int | None
    line_start: int | None
    line_end: int | None
    char_start: int | None
    char_end: int | None
    x0: float | None
    y0: float | None
    x1: float | None
    y1: float | None
    source_text: str


@dataclass(frozen=True, slots=True)
class StatementTableRow:
    """One row per logical table met, known or not (表); key: document_key, table_index."""

    document_key: str
    table_index: int
    """Order of the logical table in the document, from 0: one grid of the file may hold
    several, and one may run over several grids. Places keep the physical index."""
    statement_code: str | None
    """Null where no layout knows the title: listed by ``mingzhang unmapped``."""
    table_title: str | None
    header_text: str | None
    """The header rows, columns joined by `` | ``."""
    unit: str | None
    status: str
    """recognised, declared_empty, template_empty, performance, other or unmapped."""
    note: str | None
    """The note under the table, such as the declaration that it is empty."""
    page: int | None
    n_rows: int
    n_columns: int


@dataclass(frozen=True, slots=True)
class StatementHeaderRow:
    """One row per column of a recognised table (表头).

    Key: document_key, table_index, column_index.
    """

    document_key: str
    table_index: int
    column_index: int
    header_text: str
    statement_code: str | None
    role: str | None
    """What the column holds: a label role or ``measure``; null where unmapped."""
    measure_code: str | None


@dataclass(frozen=True, slots=True)
class StatementCellRow:
    """One row per printed figure of an account table, totals included (表内数字).

    Key: document_key, source_key. Blank cells have no row; ``0``, ``—`` and 无 have.
    """

    document_key: str
    table_index: int
    statement_code: str
    table_title: str | None
    line_no: int
    """Order of the line within the logical table, from 1; both halves of a two-sided
    table count on, left half first."""
    line_label: str | None
    line_role: str
    """leaf, subtotal, total, of_which or memo."""
    label_key: str | None
    """Code of layouts/lines.csv for a standard line such as 本年支出合计."""
    function_code: str | None
    """As printed, parts joined: 2080101."""
    function_name: str | None
    department_economic_code: str | None
    department_economic_name: str | None
    government_economic_code: str | None
    government_economic_name: str | None
    project_code: str | None
    project_name: str | None
    organisation_code: str | None
    organisation_name: str | None
    header_text: str | None
    measure_code: str
    """See layouts/measures.csv."""
    amount_stage: str
    fund_source: str
    expenditure_type: str
    staff_split: str | None
    revenue_source: str | None
    three_public_item: str | None
    published_text: str
    published_unit: str | None
    number_text: str | None
    value_status: str
    source_key: str


@dataclass(frozen=True, slots=True)
class NarrativeFigureRow:
    """One row per figure stated in prose (文中数字); key: document_key, source_key."""

    document_key: str
    figure_no: int
    section_path: str | None
    """Headings above the sentence, joined by `` > ``."""
    subject: str | None
    """Topic code of layouts/subjects.csv, such as expenditure_total."""
    item_name: str | None
    """What the figure is of, as printed: 教育支出."""
    item_code: str | None
    """Code printed with the item, if any."""
    class_name: str | None
    """类 named with or above the item."""
    section_name: str | None
    """款 named with or above the item."""
    measure: str
    """value, change, growth_ratio, share_ratio, count, average or score."""
    amount_stage: str | None
    comparator: str
    direction: str
    fund_source: str | None
    expenditure_type: str | None
    economic_code: str | None
    revenue_source: str | None
    three_public_item: str | None
    resource_metric: str | None
    published_text: str
    published_unit: str | None
    """Money unit, ``%``, or the counted unit."""
    number_text: str | None
    value_status: str
    source_key: str


@dataclass(frozen=True, slots=True)
class PerformanceProjectRow:
    """One row per project and evaluation form (项目绩效); key: document_key, project_no."""

    document_key: str
    project_no: int
    phase: str
    """target (申报) or result (自评)."""
    scope: str
    """project or department."""
    table_index: int | None
    project_name: str | None
    project_code: str | None
    supervising_department: str | None
    implementing_unit: str | None
    funds_unit: str | None
    initial_budget_text: str | None
    adjusted_budget_text: str | None
    executed_text: str | None
    initial_budget_source_key: str | None
    adjusted_budget_source_key: str | None
    executed_source_key: str | None
    execution_ratio_text: str | None
    execution_weight_text: str | None
    execution_score_text: str | None
    total_weight_text: str | None
    total_score_text: str | None
    grade_text: str | None
    source_key: str


@dataclass(frozen=True, slots=True)
class PerformanceIndicatorRow:
    """One row per indicator (绩效指标); key: document_key, indicator_no."""

    document_key: str
    project_no: int
    """Of the PerformanceProjectRow it belongs to."""
    indicator_no: int
    """Order within the document, from 1."""
    scope: str
    phase: str
    level1: str | None
    level2: str | None
    level3: str | None
    level1_code: str | None
    target_text: str | None
    target_operator: str | None
    target_value_text: str | None
    target_value_high_text: str | None
    target_unit: str | None
    target_date: str | None
    actual_text: str | None
    actual_value_text: str | None
    actual_unit: str | None
    weight_text: str | None
    score_text: str | None
    deviation_reason: str | None
    source_key: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Something in the document that a reader should know (问题); many per document.

    ``code`` is one of layouts/reasons.csv, which holds the texts in Chinese and English.
    """

    document_key: str
    code: str
    detail: str
    source_key: str | None


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """A figure that was read but may not be published (隔离行)."""

    document_key: str
    dataset: str
    code: str
    observed: str
    source_key: str | None


RawRow = (
    DocumentRow
    | PageReadingRow
    | SourceRow
    | StatementTableRow
    | StatementHeaderRow
    | StatementCellRow
    | NarrativeFigureRow
    | PerformanceProjectRow
    | PerformanceIndicatorRow
    | FindingRow
    | QuarantinedRow
)

DATASETS: Mapping[str, type[RawRow]] = {
    "document": DocumentRow,
    "page_reading": PageReadingRow,
    "source": SourceRow,
    "statement_table": StatementTableRow,
    "statement_header": StatementHeaderRow,
    "statement_cell": StatementCellRow,
    "narrative_figure": NarrativeFigureRow,
    "performance_project": PerformanceProjectRow,
    "performance_indicator": PerformanceIndicatorRow,
    "finding": FindingRow,
    "quarantined_row": QuarantinedRow,
}
"""Dataset name to row type. The name is kept through every stage: raw table, gate, staging."""


def columns(dataset: str) -> dict[str, tuple[type, bool]]:
    """Return ``{column: (python type, nullable)}`` of a dataset, in declared order."""
    row_type = DATASETS[dataset]
    hints = typing.get_type_hints(row_type)
    out: dict[str, tuple[type, bool]] = {}
    for item in fields(row_type):
        hint = hints[item.name]
        nullable = isinstance(hint, types.UnionType)
        base = next(a for a in hint.__args__ if a is not type(None)) if nullable else hint
        out[item.name] = (base, nullable)
    return out
