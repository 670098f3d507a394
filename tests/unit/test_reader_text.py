"""Text dumps: rows, torn rows, merged headers, prose and the lines of everything."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extract.document import Document, Paragraph, Place, Table
from extract.readers import read_document
from extract.readers.align import align
from extract.readers.shares import spread
from extract.reasons import Rejected


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> Document:
    path = tmp_path / "dump.txt"
    path.write_bytes(text.encode(encoding))
    return read_document(path)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows()]


def test_rows_end_with_a_blank_line_and_cells_start_with_a_tab(tmp_path: Path) -> None:
    document = read(tmp_path, "前言。\n\t项目\n\t金额\n\n\t办公费\n\t1.50\n\n\n后记。\n")
    before, table, after = document.blocks
    assert isinstance(before, Paragraph)
    assert isinstance(after, Paragraph)
    assert (before.text, after.text) == ("前言。", "后记。")
    assert isinstance(table, Table)
    assert texts(table) == [["项目", "金额"], ["办公费", "1.50"]]
    assert (table.place.line_start, table.place.line_end) == (2, 6)
    figure = table.cells[3]
    assert (figure.place.line_start, figure.place.row_index, figure.place.column_index) == (6, 1, 1)


def test_windows_line_ends_count_as_one(tmp_path: Path) -> None:
    document = read(tmp_path, "前言。\r\n\r\n\t项目\r\n\t金额\r\n\r\n\t合计\r\n\t5\r\n")
    assert texts(document.tables[0]) == [["项目", "金额"], ["合计", "5"]]
    assert document.tables[0].cells[3].place.line_start == 7


def test_blank_lines_inside_cells_do_not_tear_rows(tmp_path: Path) -> None:
    rows = [
        "\t一级\n\t二级\n\t年度\n\n指标值\n\t实际\n\n完成值\n\t得分\n",
        "\t产出\n\t数量\n\t13\n\t13\n\t30\n",
        "\t\n\t13.44\n\n\n\t13.44\n\n\n\t13.14\n\t10\n",
        "\t效益\n\t社会\n\n效益\n\t7\n\t7\n\t20\n",
    ]
    document = read(tmp_path, "\n".join(rows) + "\n\n总结。\n")
    assert texts(document.tables[0]) == [
        ["一级", "二级", "年度\n指标值", "实际\n完成值", "得分"],
        ["产出", "数量", "13", "13", "30"],
        ["", "13.44", "13.44", "13.14", "10"],
        ["效益", "社会\n效益", "7", "7", "20"],
    ]
    torn = document.tables[0].cells[2]
    assert (torn.place.line_start, torn.place.line_end) == (3, 5)
    assert document.paragraphs[-1].text == "总结。"


def test_rows_of_two_cells_are_not_joined_to_one_of_four(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "\t甲\n\t1\n\t乙\n\t2\n\n\t丙\n\t3\n\n\t丁\n\t4\n\n\t戊\n\t5\n\t己\n\t6\n\n",
    )
    assert [len(row) for row in texts(document.tables[0])] == [4, 2, 2, 4]


def test_a_title_in_its_own_row_begins_a_new_table(tmp_path: Path) -> None:
    table = "\t项目\n\t金额\n\n\t合计\n\t{0}\n\n\n"
    document = read(
        tmp_path,
        "\t表一、 收支总表\n\n\n\t\n\t单位：万元\n\n"
        + table.format("1.00")
        + "\t表二、 收入总表\n\n\n\n"
        + table.format("2.00"),
    )
    assert [p.text for p in document.paragraphs] == [
        "表一、 收支总表",
        "单位：万元",
        "表二、 收入总表",
    ]
    assert [texts(t)[1][1] for t in document.tables] == ["1.00", "2.00"]


def test_a_short_header_is_spread_over_the_row_below(tmp_path: Path) -> None:
    header = "\t代码\n\t名称\n\t本年\n\t上年\n\n"
    leaves = "\t\n\t\n\t小计\n\t拨款\n\t其他\n\t小计\n\t拨款\n\n"
    body = "\t257\n\t某单位\n\t3\n\t2\n\t1\n\t5\n\t5\n\n\t合计\n\t3\n\t2\n\t1\n\t5\n\t5\n\n"
    table = read(tmp_path, header + leaves + body).tables[0]
    assert table.n_columns == 7
    top = {c.text: (c.column, c.column_span, c.row_span) for c in table.cells if c.row == 0}
    assert top == {"代码": (0, 1, 2), "名称": (1, 1, 2), "本年": (2, 3, 1), "上年": (5, 2, 1)}
    total = [(c.text, c.column, c.column_span) for c in table.cells if c.row == 3]
    assert total[:2] == [("合计", 0, 2), ("3", 2, 1)]


@pytest.mark.parametrize(
    ("header", "below", "expected"),
    [
        (["甲", "乙"], ["x", "y", "x", "y"], [2, 2]),
        (["甲", "其中"], ["", "x", "y"], [1, 2]),
        (["基本支出", "项目支出"], ["小计", "人员", "项目支出数", "扣除后"], [2, 2]),
        (["甲", "乙"], ["u", "v", "w"], None),
    ],
)
def test_spread_only_where_it_is_certain(
    header: list[str], below: list[str], expected: list[int] | None
) -> None:
    assert spread(header, below) == expected


def test_a_first_header_over_the_label_columns_moves_the_figures_with_it(tmp_path: Path) -> None:
    listing = (
        "\t项目\n\t本年支出合计\n\t基本支出\n\t项目支出\n\n"
        "\t功能分类科目编码\n\t科目名称\n\n"
        "\t栏次\n\t1\n\t2\n\t3\n\n"
        "\t合计\n\t9.00\n\t5.00\n\t4.00\n\n"
        "\t205\n\t教育支出\n\t9.00\n\t5.00\n\t4.00\n\n"
        "\t20508\n\t进修及培训\n\t9.00\n\t5.00\n\t4.00\n\n"
    )
    table = read(tmp_path, listing).tables[0]
    columns = {c.text: (c.column, c.column_span, c.row_span) for c in table.cells if c.row < 2}
    assert columns == {
        "项目": (0, 2, 1),
        "本年支出合计": (2, 1, 2),
        "基本支出": (3, 1, 2),
        "项目支出": (4, 1, 2),
        "功能分类科目编码": (0, 1, 1),
        "科目名称": (1, 1, 1),
    }
    assert {c.text: c.column for c in table.cells if c.row == 3} == {
        "合计": 0,
        "9.00": 2,
        "5.00": 3,
        "4.00": 4,
    }


def test_label_columns_without_names_are_covered_all_the_same() -> None:
    rows = [["项目", "合计", "基本支出"], ["栏次", "1", "2"], ["合计", "9.00", "9.00"]]
    body = [["205", "教育支出", "9.00", "9.00"], ["20508", "进修及培训", "9.00", "9.00"]]
    layout = align(rows + body)
    assert [[(s.column, s.column_span) for s in row] for row in layout[:3]] == [
        [(0, 2), (2, 1), (3, 1)]
    ] * 3


def test_a_statement_named_in_its_own_row_begins_a_new_table(tmp_path: Path) -> None:
    first = "\t收入\n\t1.00\n\n\t合计\n\t1.00\n\n"
    second = (
        "\t支出决算表\n\n\t单位：元\n\n\t科目\n\t合计\n\t基本\n\n\t教育支出\n\t2.00\n\t2.00\n\n"
    )
    tables = read(tmp_path, first + second).tables
    assert [(t.n_rows, t.n_columns) for t in tables] == [(2, 2), (2, 3)]


def test_two_halves_share_the_width_evenly() -> None:
    layout = align([["收 入", "支 出"], ["项目", "预算数", "项目", "预算数"], ["a", "1", "b", "2"]])
    assert [(s.column, s.column_span) for s in layout[0]] == [(0, 2), (2, 2)]


def test_a_figure_broken_over_lines_is_whole_and_keeps_both_lines(tmp_path: Path) -> None:
    document = read(tmp_path, "收入合计比上年增加36,\n079,450.01元，增长9.3%。\n下一段。\n")
    first, second = document.paragraphs
    assert first.text == "收入合计比上年增加36,079,450.01元，增长9.3%。"
    start = first.text.index("36,079,450.01")
    place = first.place_of(start, start + len("36,079,450.01"))
    assert (place.line_start, place.line_end) == (1, 2)
    rate = first.text.index("9.3%")
    assert first.place_of(rate, rate + 4).line_start == 2
    assert second.place.line_start == 3


def test_headings_are_not_joined_to_what_follows(tmp_path: Path) -> None:
    document = read(
        tmp_path, "三、某某部门二〇二三年度财政拨款收支总体情况说明\n本年收入，支出均为零。\n"
    )
    assert len(document.paragraphs) == 2


def test_marks_of_word_processors_are_gone_and_offsets_still_lead_home(tmp_path: Path) -> None:
    document = read(tmp_path, "\n[bookmark: _Toc1]支出合计[image: ]12.30万元\ufffc。\n")
    paragraph = document.paragraphs[0]
    assert paragraph.text == "支出合计12.30万元。"
    assert paragraph.place_of(4, 9).line_start == 2


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, reported: str) -> None:
    text = "某某局2023年度部门决算\n\t支出合计\n\t1,234.50\n\n\t其中：基本支出\n\t1,000.00\n\n"
    document = read(tmp_path, text, encoding)
    assert document.encoding == reported
    assert texts(document.tables[0])[0] == ["支出合计", "1,234.50"]


def test_text_of_no_encoding_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("本年收入合计".encode() * 20 + b"\xff\xfe\xfa\x81")
    with pytest.raises(Rejected) as caught:
        read_document(path)
    assert caught.value.code == "ENCODING_UNKNOWN"


# --- real documents ----------------------------------------------------------------------


def real(shared_dir: Path, number: str) -> Document:
    return read_document(next((shared_dir / "disclosures" / "text").glob(f"{number}_*.txt")))


def test_every_checked_figure_stands_in_a_cell_or_paragraph_of_its_line(shared_dir: Path) -> None:
    documents = {n: real(shared_dir, n) for n in ("001", "002", "003")}
    missed = []
    with (shared_dir / "truth" / "figures.csv").open(encoding="utf-8-sig") as file:
        for fact in csv.DictReader(file):
            line, figure = int(fact["source_line"]), fact["published_text"]
            if not _stands(documents[fact["document"][:3]], figure, line):
                missed.append((fact["document"], line, figure))
    assert missed == []


def _covers(place: Place, line: int) -> bool:
    return (place.line_start or 0) <= line <= (place.line_end or 0)


def _stands(document: Document, figure: str, line: int) -> bool:
    for block in document.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                if _covers(cell.place, line) and figure in cell.text:
                    return True
        else:
            at = block.text.find(figure)
            while at >= 0:
                if _covers(block.place_of(at, at + len(figure)), line):
                    return True
                at = block.text.find(figure, at + 1)
    return False


def test_the_performance_forms_of_002_are_sixteen_whole_tables(shared_dir: Path) -> None:
    tables = real(shared_dir, "002").tables
    assert [t.n_columns for t in tables[:12]] == [9] * 12
    widths = {len(row) for table in tables[:12] for row in table.rows()}
    assert widths == {2, 3, 4, 8, 9}
    assert len(tables) == 15
