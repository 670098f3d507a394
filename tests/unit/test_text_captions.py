"""Captions of dumped tables: rows of a table that name it and are no part of what it lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.datasets import StatementCellRow
from extract.document import Paragraph, Table
from extract.extraction import Extraction, extract_file
from extract.readers import read_document
from extract.readers.captions import is_caption_row


def row(*cells: str) -> str:
    return "".join(f"\t{cell}\n" for cell in cells) + "\n"


@pytest.mark.parametrize(
    "cells",
    [
        ("", "", "公开02表"),
        (" ", "部门公开表01"),
        ("表三：", "", "", ""),
        ("", "财决08-1表"),
        ("支出决算表", "", ""),
        ("部门：某局", "", "金额单位：万元"),
        ("部门：某局", "2019年度　单位：元"),
        ("2023年", "单位：万元"),
    ],
)
def test_rows_of_captions(cells: tuple[str, ...]) -> None:
    assert is_caption_row(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ("", ""),
        ("收入", "支出"),
        ("单位1", "单位2"),
        ("部门：某局", ""),
        ("项目支出", "单位：万元"),
        ("支出决算表", "3"),
        ("1", "2"),
        ("金额单位：万元", "12.00"),
    ],
)
def test_rows_of_the_table_are_none(cells: tuple[str, ...]) -> None:
    assert not is_caption_row(cells)


def test_captions_of_the_next_table_end_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    head = row("部门：某局", "", "单位：万元")
    body = row("项目", "行次", "金额") + row("甲", "1", "2.00")
    path.write_text(
        row("", "", "公开01表") + head + body + row("支出决算表", "", "") + head + body, "utf-8"
    )
    blocks = read_document(path).blocks
    kinds = [type(block) for block in blocks]
    assert kinds == [*[Paragraph] * 3, Table, *[Paragraph] * 3, Table]
    assert [b.text for b in blocks if isinstance(b, Paragraph)][3] == "支出决算表"
    tables = [b for b in blocks if isinstance(b, Table)]
    assert [(t.n_rows, t.n_columns) for t in tables] == [(2, 3), (2, 3)]


def test_a_table_under_rows_of_captions_is_read_with_its_unit(tmp_path: Path) -> None:
    path = tmp_path / "2021年度郏县水利局部门决算.txt"
    path.write_text(
        "2021年度郏县水利局部门决算\n\n"
        + row("支出决算表")
        + row(*[""] * 9, "公开03表")
        + row("部门：郏县水利局", *[""] * 5, "金额单位：万元")
        + row(
            "项目", "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "补助支出"
        )
        + row("科目代码", "科目名称", *[""] * 6)
        + row("类", "款", "项", "栏次", "1", "2", "3", "4", "5", "6")
        + row("", "合计", "30.00", "20.00", "10.00", "", "", "")
        + row("213", "农林水支出", "30.00", "20.00", "10.00", "", "", "")
        + row("21303", "水利", "30.00", "20.00", "10.00", "", "", "")
        + row("2130301", "行政运行", "30.00", "20.00", "10.00", "", "", ""),
        "utf-8",
    )
    extraction = extract_file(path)
    assert isinstance(extraction, Extraction)
    cells = [c for c in extraction.rows["statement_cell"] if isinstance(c, StatementCellRow)]
    leaf = {c.measure_code: c.number_text for c in cells if c.function_code == "2130301"}
    assert leaf == {"total": "30.00", "basic": "20.00", "project": "10.00"}
    assert {(c.statement_code, c.published_unit) for c in cells} == {("F3", "万元")}
    assert len(cells) == 12


def test_a_sheet_name_and_a_title_are_no_rest_of_the_remark_above(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    table = row("编制单位：水利局", "单位：元") + row("项目", "金额") + row("甲", "1.00")
    path.write_text(
        row("收入预算表")
        + table
        + row("注：本表无其他收入。")
        + "\n7 支出\n"
        + row("支出预算表")
        + table,
        "utf-8",
    )
    found = [b.text for b in read_document(path).blocks if isinstance(b, Paragraph)]
    assert found[-4:] == ["7 支出", "支出预算表", "编制单位：水利局", "单位：元"]


def test_a_total_under_all_blocks_is_no_total_of_revenue_and_expenditure(tmp_path: Path) -> None:
    path = tmp_path / "2022年郏县水利局部门预算.txt"
    path.write_text(
        "2022年郏县水利局部门预算\n\n单位：万元\n"
        + row("经济分类", "预算数", "经济分类", "预算数")
        + row("301工资福利支出", "6.00", "302商品和服务支出", "2.00")
        + row("30101基本工资", "6.00", "30201办公费", "2.00")
        + row("总计", "8.00"),
        "utf-8",
    )
    extraction = extract_file(path)
    codes = {
        c.statement_code
        for c in (extraction.rows["statement_cell"] if isinstance(extraction, Extraction) else ())
        if isinstance(c, StatementCellRow)
    }
    assert "B1" not in codes


def test_a_header_after_the_blank_lines_of_a_table_begins_another(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    first = row("项目", "预算数") + row("接待费", "1.00")
    second = row("科目编码", "科目名称", "基金支出") + row("212", "城乡社区支出", "2.00")
    path.write_text(first + "\n" + second + "\n" + row("213", "农林水支出", "3.00"), "utf-8")
    tables = [b for b in read_document(path).blocks if isinstance(b, Table)]
    assert [(t.n_rows, t.n_columns) for t in tables] == [(2, 2), (3, 3)]


@pytest.mark.parametrize(("named", "read"), [("政府性基金预算", 6), ("国有资本经营预算", 0)])
def test_a_header_of_another_fund_than_the_title_is_held_back(
    tmp_path: Path, named: str, read: int
) -> None:
    path = tmp_path / "2022年郏县水利局部门预算.txt"
    path.write_text(
        "2022年郏县水利局部门预算\n\n政府性基金预算支出表\n单位：万元\n"
        + row("科目编码", "科目名称", f"2022年{named}支出")
        + row("", "", "合计", "基本支出", "项目支出")
        + row("212", "城乡社区支出", "5.00", "2.00", "3.00")
        + row("21208", "国有土地使用权出让收入安排的支出", "5.00", "2.00", "3.00"),
        "utf-8",
    )
    extraction = extract_file(path)
    held = 0 if isinstance(extraction, Extraction) else 1
    cells = extraction.rows["statement_cell"] if isinstance(extraction, Extraction) else ()
    assert (len(cells), held) == (read, int(not read))
