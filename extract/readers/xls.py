"""Old Excel workbooks (XLS), read by calamine; the same sheets as XLSX."""

from __future__ import annotations

import datetime
import io

from extract.readers.blocks import Blocks, cell_text
from extract.readers.number_format import plain
from extract.readers.sheet import Sheet, add_sheet
from extract.reasons import Rejected


def read_xls(data: bytes, blocks: Blocks) -> None:
    """Read the visible sheets of a workbook into ``blocks``, in their order."""
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in workbook.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != SheetVisibleEnum.Visible:
                blocks.note("SHEET_HIDDEN", meta.name)
                continue
            source = workbook.get_sheet_by_name(meta.name)
            sheet = Sheet(meta.name)
            for r, row in enumerate(source.iter_rows()):
                for c, value in enumerate(row):
                    text = _shown(value)
                    if text:
                        sheet.cells[r, c] = text
                if len(sheet.cells) > blocks.limits.max_cells:
                    raise Rejected("RESOURCE_LIMIT", f"more than {blocks.limits.max_cells} cells")
            for (top, left), (bottom, right) in source.merged_cell_ranges or ():
                sheet.merges[top, left] = (bottom - top + 1, right - left + 1)
            add_sheet(sheet, blocks)
    except PasswordError:
        raise Rejected("OFFICE_ENCRYPTED", "a password is needed") from None
    except CalamineError as error:
        raise Rejected("OFFICE_DAMAGED", str(error)[:200]) from None


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return plain(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return cell_text(str(value).split("\n"))
