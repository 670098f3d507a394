"""Account tables of a document (预决算报表): every printed figure bound to its labels.

Ties the steps together: cut and join grids, name each table, bind columns and rows,
decide roles, emit raw rows. What no layout knows is reported and its figures are
quarantined: nothing is guessed and nothing is dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from extract.datasets import (
    FindingRow,
    QuarantinedRow,
    StatementCellRow,
    StatementHeaderRow,
    StatementTableRow,
)
from extract.document import Cell, Document
from extract.recognise.binding import bind_lines, rejoin
from extract.recognise.column import Column
from extract.recognise.emit import CellContext, cell_row, table_unit
from extract.recognise.figures import read_figure
from extract.recognise.grid import LogicalTable, distinct
from extract.recognise.identify import Identity, figure_count, identify
from extract.recognise.layout_rules import StatementRule, measures, plain
from extract.recognise.logical import declares_empty, logical_tables
from extract.recognise.money_form import form_lines
from extract.recognise.numbers import fold, is_money_unit
from extract.recognise.profile import Profile
from extract.recognise.roles import assign_roles
from extract.recognise.table_line import Line
from extract.recognise.titles import is_title
from extract.sources import SourceLedger

_FORMS = frozenset({"PF", "PD"})
_TARGETS = frozenset({"B13", "B14"})
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-8]\d{6,7}")
_HEADER_TEXT_LIMIT = 2000


@dataclass(slots=True)
class Statements:
    """What the account tables of one document hold, as raw rows."""

    tables: list[StatementTableRow] = field(default_factory=list)
    headers: list[StatementHeaderRow] = field(default_factory=list)
    cells: list[StatementCellRow] = field(default_factory=list)
    findings: list[FindingRow] = field(default_factory=list)
    quarantined: list[QuarantinedRow] = field(default_factory=list)
    performance_tables: tuple[LogicalTable, ...] = ()
    units: dict[int, str] = field(default_factory=dict)
    """The unit stated over each physical table, by its index; none where none is."""
    accounts: frozenset[int] = frozenset()
    """Indexes of the physical tables that hold account tables and nothing else."""


def recognise_statements(document: Document, profile: Profile, sources: SourceLedger) -> Statements:
    """Recognise every account table of a document.

    Amounts keep the printed unit; where none is stated, that of the profile holds, and
    where that is unknown too, the amounts of the table are quarantined.
    """
    row = profile.row
    kind, year = row.document_kind, row.fiscal_year
    found = Statements()
    performance: list[LogicalTable] = []
    accounts: set[int] = set()
    others: set[int] = set()
    for table in logical_tables(document, year, kind):
        identity = identify(table, kind, year)
        reader = _TableReader(document.key, table, identity, profile, sources, found)
        status = reader.read()
        if reader.unit is not None:
            found.units |= dict.fromkeys(table.physical, reader.unit)
        if identity.performance:
            performance.append(table)
        is_account = identity.rule is not None and identity.rule.code not in _FORMS | _TARGETS
        (accounts if is_account else others).update(table.physical)
        found.tables.append(reader.table_row(status))
    found.performance_tables = tuple(performance)
    found.accounts = frozenset(accounts - others)
    _report_repeated(found, document.key)
    return found


def _report_repeated(found: Statements, document_key: str) -> None:
    """Report statements that stand in the document twice, such as those of two units.

    Parts of one statement have titles of their own: 人员经费 and 公用经费. A form of
    targets is printed anew for each project, so that its return proves nothing.
    """
    times = Counter(
        (t.statement_code, plain(t.table_title or ""))
        for t in found.tables
        if t.status == "recognised" and t.statement_code not in _TARGETS
    )
    for (code, _), count in times.items():
        if count > 1:
            detail = f"{code}: {count}"
            found.findings.append(FindingRow(document_key, "STATEMENT_REPEATED", detail, None))


class _TableReader:
    """Reads one logical table into the rows of its document."""

    def __init__(
        self,
        document_key: str,
        table: LogicalTable,
        identity: Identity,
        profile: Profile,
        sources: SourceLedger,
        found: Statements,
    ) -> None:
        self.document_key = document_key
        self.table = table
        self.identity = identity
        self.profile = profile
        self.sources = sources
        self.found = found
        self.unit, self.unit_conflict = table_unit(table)

    def read(self) -> str:
        """Emit the rows of the table and return its status."""
        rule = self.identity.rule
        if rule is None:
            if self.identity.performance:
                return "performance"
            return self._unmapped()
        if rule.code in _FORMS:
            return "performance"
        columns = self.identity.columns
        if rule.code == "B14" or (
            rule.code in _TARGETS and not any(c.role == "measure" for c in columns)
        ):
            return self._form(rule)
        return self._recognised(rule)

    def _recognised(self, rule: StatementRule) -> str:
        year = self.profile.row.fiscal_year
        columns = self.identity.columns
        lines = bind_lines(self.table, columns, rule.code, year)
        if rule.code == "B13":
            lines = [line for line in lines if line.figures or line.unread]
        assign_roles(lines, rule.code)
        emitted = self._emit(lines, rule)
        self._headers(columns, rule)
        if not emitted:
            return self._empty_status()
        if any(declares_empty(note) for note in self._remarks()):
            if self._all_zero():
                return "declared_empty"
            self._finding("EMPTY_NOTE_WITH_FIGURES", self.table.title or rule.name, None)
        return "recognised"

    def _form(self, rule: StatementRule) -> str:
        lines = form_lines(self.table)
        if not lines:
            return "performance"
        rejoin(lines)
        self._emit(lines, rule)
        return "recognised"

    def _emit(self, lines: list[Line], rule: StatementRule) -> int:
        """Emit cells and quarantined figures; return how many figures were met."""
        context = CellContext(
            self.document_key,
            self.table,
            rule,
            self.profile.row.document_kind,
            self.unit or self._unit_of_document(rule),
            any("全年预算数" in note or "调整后的预算" in note for note in self.table.notes),
        )
        met = 0
        for line in lines:
            for _, cell in line.unread:
                met += 1
                self._quarantine(
                    "NUMBER_GRAMMAR", cell.text, self.sources.key(cell.place, cell.text)
                )
            for column, cell, figure in line.figures:
                met += 1
                key = self.sources.key(cell.place, cell.text)
                if line.shifted:
                    self._quarantine("ROW_SHIFTED", f"{column.header}: {cell.text}", key)
                elif column.role is None:
                    self._quarantine("HEADER_UNMAPPED", f"{column.header}: {cell.text}", key)
                elif figure.number.problem is not None:
                    self._quarantine(figure.number.problem, cell.text, key)
                else:
                    emitted = cell_row(context, line, column, cell, figure, key)
                    if not _is_of_measure(figure.unit or emitted.published_unit, emitted):
                        self._quarantine("HEADER_UNMAPPED", f"{column.header}: {cell.text}", key)
                    elif _lacks_unit(emitted):
                        self._quarantine("UNIT_UNKNOWN", cell.text, key)
                    else:
                        self.found.cells.append(emitted)
            if line.repeated or line.suspect:
                cell = line.figures[0][1]
                key = self.sources.key(cell.place, cell.text)
                self._finding("SUSPECT_DUPLICATED_CELLS", f"{line.label}: {cell.text}", key)
            if line.padded and line.figures:
                self._finding("CODE_PADDED", f"{line.label}: {sorted(line.codes.values())}", None)
        return met

    def _unit_of_document(self, rule: StatementRule) -> str | None:
        """Return the unit of a table that states none: that of all others, but no form's.

        Targets are drawn up in 万元 beside account tables in 元: their own indicators
        prove the unit, or nothing does.
        """
        if self.unit_conflict or rule.code in _TARGETS:
            return None
        return self.profile.only_unit

    def _headers(self, columns: list[Column], rule: StatementRule) -> None:
        for column in columns:
            if not column.path and column.role == "ignored":
                continue
            self.found.headers.append(
                StatementHeaderRow(
                    document_key=self.document_key,
                    table_index=self.table.index,
                    column_index=column.index,
                    header_text=column.header,
                    statement_code=rule.code,
                    role=column.role,
                    measure_code=column.measure_code,
                )
            )
            if column.role is None:
                self._finding("HEADER_UNMAPPED", f"{rule.code}: {column.header}", None)

    def _unmapped(self) -> str:
        """Quarantine the figures of a table that no layout knows; tell lists from tables."""
        table = self.table
        if not figure_count(table):
            empty = table.title is not None and table.n_header > 0 and self.identity.mismatch
            return self._empty_status() if empty else "other"
        known = any(
            c.role == "measure" and c.measure_code != "quantity" for c in self.identity.columns
        )
        if table.title is None and self.unit is None and not known:
            return "other"
        header_cells = {id(c) for row in table.header for c in row if c is not None}
        seen: set[int] = set()
        for row in table.body:
            for position, cell in enumerate(distinct(row)):
                if id(cell) in seen or id(cell) in header_cells:
                    continue
                seen.add(id(cell))
                figure = read_figure(cell.text)
                ordinal = position == 0 and cell.text.strip().isdigit()
                if figure is not None and figure.is_number and not ordinal and not _is_phone(cell):
                    key = self.sources.key(cell.place, cell.text)
                    self._quarantine("TITLE_UNMAPPED", cell.text, key)
        self._finding("TITLE_UNMAPPED", table.title or _header_text(table)[:200], None)
        return "unmapped"

    def _all_zero(self) -> bool:
        """Tell whether the table printed zeros and dashes only."""
        mine = (c for c in self.found.cells if c.table_index == self.table.index)
        return all(cell.value_status != "reported" for cell in mine)

    def _remarks(self) -> list[str]:
        return self.table.notes + [t for t in self.table.captions if not is_title(t)]

    def _empty_status(self) -> str:
        empty = any(declares_empty(text) for text in self._remarks())
        return "declared_empty" if empty else "template_empty"

    def _finding(self, code: str, detail: str, key: str | None) -> None:
        self.found.findings.append(FindingRow(self.document_key, code, detail, key))

    def _quarantine(self, code: str, observed: str, key: str | None) -> None:
        self.found.quarantined.append(
            QuarantinedRow(self.document_key, "statement_cell", code, observed, key)
        )

    def table_row(self, status: str) -> StatementTableRow:
        """Return the row that describes the table."""
        table, rule = self.table, self.identity.rule
        notes = [n for n in table.notes if n.strip()]
        return StatementTableRow(
            document_key=self.document_key,
            table_index=table.index,
            statement_code=rule.code if rule else None,
            table_title=table.title.strip() if table.title else None,
            header_text=_header_text(table) or None,
            unit=self.unit,
            status=status,
            note="\n".join(notes) or None,
            page=table.page,
            n_rows=len(table.rows),
            n_columns=table.n_columns,
        )


def _is_phone(cell: Cell) -> bool:
    """Tell whether a cell holds a telephone number, which no output may hold."""
    return _PHONE.fullmatch(fold(cell.text)) is not None


def _is_money(cell: StatementCellRow) -> bool:
    return measures()[cell.measure_code].flow not in ("quantity", "ratio")


def _is_of_measure(unit: str | None, cell: StatementCellRow) -> bool:
    """Tell whether a unit can be that of the measure: no amount is in 人, no ratio in 万元."""
    if unit is None:
        return True
    if _is_money(cell):
        return is_money_unit(unit)
    ratio = measures()[cell.measure_code].flow == "ratio"
    return unit == "%" if ratio else not is_money_unit(unit)


def _lacks_unit(cell: StatementCellRow) -> bool:
    """Tell whether the cell is an amount of which nobody states the unit."""
    return cell.published_unit is None and cell.number_text is not None and _is_money(cell)


def _header_text(table: LogicalTable) -> str:
    rows = (" | ".join(cell.text.strip() for cell in distinct(row)) for row in table.header)
    return "\n".join(rows)[:_HEADER_TEXT_LIMIT]
