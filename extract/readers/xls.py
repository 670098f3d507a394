"""Old Excel workbooks (XLS, ET): values by calamine, their looks by the records; as XLSX."""

from __future__ import annotations

import datetime
import io

from extract.readers.blocks import Blocks, cell_text
from extract.readers.number_format import shown
from extract.readers.sheet import Sheet, add_sheet
from extract.readers.xls_look import SheetLook, look_of
from extract.reasons import Rejected


def read_xls(data: bytes, blocks: Blocks) -> None:
    """Read the visible sheets of a workbook into ``blocks``, in their order.

    Raises Rejected with OFFICE_DAMAGED also where the values can be read and their formats
    cannot: a percentage would be taken for its hundredth.
    """
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    look = look_of(data)
    if look is None:
        raise Rejected("OFFICE_DAMAGED", "the records of the workbook contradict themselves")
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in workbook.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != SheetVisibleEnum.Visible:
                blocks.note("SHEET_HIDDEN", meta.name)
                continue
            source = workbook.get_sheet_by_name(meta.name)
            filled = _Filled(
                Sheet(meta.name), look.sheets.get(meta.name, SheetLook()), look.epoch_1904
            )
            left = source.start[1] if source.start else 0  # rows are led by blanks, columns not
            for r, row in enumerate(source.iter_rows()):
                for c, value in enumerate(row, left):
                    filled.take(r, c, value)
                if len(filled.sheet.cells) > blocks.limits.max_cells:
                    raise Rejected("RESOURCE_LIMIT", f"more than {blocks.limits.max_cells} cells")
            for (top, first), (bottom, last) in source.merged_cell_ranges or ():
                filled.sheet.merges[top, first] = (bottom - top + 1, last - first + 1)
            filled.note(blocks)
            add_sheet(filled.sheet, blocks)
    except PasswordError:
        raise Rejected("OFFICE_ENCRYPTED", "a password is needed") from None
    except CalamineError as error:
        raise Rejected("OFFICE_DAMAGED", str(error)[:200]) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust, and no Exception
            raise
        raise Rejected("OFFICE_DAMAGED", f"the workbook reader gave up: {error}"[:200]) from None


class _Filled:
    """The cells of a sheet as they are shown."""

    def __init__(self, sheet: Sheet, look: SheetLook, epoch_1904: bool) -> None:
        self.sheet = sheet
        self._look = look
        self._epoch_1904 = epoch_1904
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._errors: list[str] = []

    def take(self, row: int, column: int, value: object) -> None:
        """Add a cell, unless nothing of it is shown."""
        text = self._look.errors.get((row, column)) or self._shown(row, column, value)
        if not text:
            return
        if row in self._look.hidden_rows:
            self._hidden_rows.add(row)
        elif self._look.hides_column(column):
            self._hidden_columns.add(column)
        else:
            self.sheet.cells[row, column] = text
            if (row, column) in self._look.errors:
                self._errors.append(f"row {row + 1} {text}")

    def note(self, blocks: Blocks) -> None:
        """Say what is not shown, and which formulas give errors."""
        found = ((len(self._hidden_rows), "rows"), (len(self._hidden_columns), "columns"))
        detail = ", ".join(f"{count} {what}" for count, what in found if count)
        if detail:
            blocks.note("CELLS_HIDDEN", f"{self.sheet.name}: {detail}")
        if self._errors:
            count, first = len(self._errors), self._errors[0]
            blocks.note("FORMULA_ERROR", f"{self.sheet.name}: {count} cells, the first {first}")

    def _shown(self, row: int, column: int, value: object) -> str:
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, (int, float)):
            if value == 0 and not self._look.shows_zeros:
                return ""
            code = self._look.formats.get((row, column), "General")
            return shown(repr(value), code, self._epoch_1904)
        if isinstance(value, datetime.datetime):
            return value.date().isoformat()
        return cell_text(str(value).split("\n"))
