"""XLS: the values, and how the workbook shows them."""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.xls_writer import XlsSheet, compound, record, workbook
from extract.document import Document
from extract.extraction import Extraction, extract_file
from extract.readers import read_document
from extract.readers.compound import BrokenCompound, stream_of
from extract.reasons import Rejected

SAMPLES = Path(__file__).parents[2] / "samples"
ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


def read(tmp_path: Path, *sheets: XlsSheet) -> Document:
    path = tmp_path / "made.xls"
    path.write_bytes(workbook(sheets))
    return read_document(path)


def texts(document: Document, index: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.tables[index].rows()]


def rows(*extra: Sequence[str | float | None]) -> list[Sequence[str | float | None]]:
    return [["项目", "金额", "比例"], *extra]


def test_numbers_are_shown_by_their_format(tmp_path: Path) -> None:
    formats = {(1, 1): "#,##0.00", (1, 2): "0.00%", (2, 1): ACCOUNTING, (2, 2): "0!.0,"}
    sheet = XlsSheet("表", rows(["办公费", 10122.377376, 0.9372], ["合计", 0, 12345]), formats)
    assert texts(read(tmp_path, sheet))[1:] == [
        ["办公费", "10,122.377376", "93.72%"],
        ["合计", "-", "1.2345"],
    ]


def test_merged_cells_and_places_are_those_of_the_sheet(tmp_path: Path) -> None:
    sheet = XlsSheet(
        "表",
        [[None, "收入", None, "其他"], [None, "合计", "拨款", None], [None, 5, 4, 1]],
        merges=[(0, 0, 1, 2), (0, 1, 3, 3)],
    )
    cells = {cell.text: cell for cell in read(tmp_path, sheet).tables[0].cells}
    assert (cells["收入"].column, cells["收入"].column_span) == (1, 2)
    assert (cells["其他"].column, cells["其他"].row_span) == (3, 2)
    assert (cells["4"].column, cells["4"].place.line_start) == (2, 3)


def test_what_is_hidden_is_not_read_and_noted(tmp_path: Path) -> None:
    sheet = XlsSheet("表", rows(["暗", 1, 2], ["明", 3, 4]), hidden_rows=[1], hidden_columns=[2])
    document = read(tmp_path, sheet, XlsSheet("草稿", rows(["x", 1, 2]), hidden=True))
    assert texts(document)[0] == ["项目", "金额"]
    assert texts(document)[-1] == ["明", "3"]
    assert document.notes == (("CELLS_HIDDEN", "表: 1 rows, 1 columns"), ("SHEET_HIDDEN", "草稿"))


def test_errors_and_zeros_that_are_not_shown(tmp_path: Path) -> None:
    sheet = XlsSheet("表", rows(["合计", 0, 0.5]), errors=[(1, 2)], shows_zeros=False)
    document = read(tmp_path, sheet)
    assert texts(document)[1] == ["合计", "", "#REF!"]
    assert document.notes == (("FORMULA_ERROR", "表: 1 cells, the first row 2 #REF!"),)


def test_a_workbook_whose_looks_cannot_be_followed_is_refused(tmp_path: Path) -> None:
    data = bytearray(workbook([XlsSheet("表", rows(["合计", 1, 0.5]))]))
    at = data.find(record(0x85, bytes(10))[:4])
    assert at > 0
    data[at + 4] ^= 0xFF  # where the sheet begins
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    with pytest.raises(Rejected) as caught:
        read_document(path)
    assert caught.value.code == "OFFICE_DAMAGED"


def test_a_password_is_told(tmp_path: Path) -> None:
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    path = tmp_path / "a.xls"
    path.write_bytes(compound("Workbook", begin + record(0x2F, bytes(54)) + bytes(9000)))
    with pytest.raises(Rejected) as caught:
        read_document(path)
    assert caught.value.code == "OFFICE_ENCRYPTED"


def test_chains_without_an_end_are_given_up() -> None:
    data = bytearray(compound("Workbook", b"x" * 9000))
    data[512 + 4 * 3 : 512 + 4 * 4] = (3).to_bytes(4, "little")  # a sector that follows itself
    with pytest.raises(BrokenCompound):
        stream_of(bytes(data), ["Workbook"])
    assert stream_of(compound("Other", b"x"), ["Workbook"]) is None


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is missing")
@pytest.mark.slow
def test_libreoffice_workbooks_give_the_facts_of_the_xlsx(tmp_path: Path) -> None:
    [sample] = SAMPLES.glob("*2022年部门预算.xlsx")
    (tmp_path / "made.xlsx").write_bytes(sample.read_bytes())
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}"]
    command += ["--convert-to", "xls", "--outdir", str(tmp_path), str(tmp_path / "made.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    old, new = extract_file(tmp_path / "made.xls"), extract_file(sample)
    assert isinstance(old, Extraction)
    assert isinstance(new, Extraction)
    figures = [
        [(r.statement_code, r.published_text, r.published_unit) for r in e.rows["statement_cell"]]  # type: ignore[union-attr]
        for e in (old, new)
    ]
    assert len(figures[0]) > 100
    assert figures[0] == figures[1]
