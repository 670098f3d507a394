"""Tables without vertical rulings, and prose that must stay prose."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.document import Table
from extract.readers import read_document

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

LEFT, RIGHT = 60.0, 530.0
ROWS = (
    ("2010301", "行政运行", "1,427.10", "1,427.10", ""),
    ("2010302", "一般行政管理事务", "152.31", "", "152.31"),
    ("2010350", "事业运行", "166.08", "100.08", "66.00"),
    ("2080505", "机关养老保险缴费", "210.55", "210.55", ""),
)
WANTED = [
    ["科目编码", "科目名称", "本年支出", "", ""],
    ["", "", "合计", "基本支出", "项目支出"],
    *(list(row) for row in ROWS),
]


def grid(table: Table) -> list[list[str]]:
    rows = []
    for cells in table.rows():
        row = [""] * table.n_columns
        for cell in cells:
            row[cell.column] = "".join(cell.text.split())
        rows.append(row)
    return rows


def header(canvas: Canvas, y: float) -> None:
    canvas.drawCentredString(95, y - 12, "科目编码")
    canvas.drawCentredString(200, y - 12, "科目名称")
    canvas.drawCentredString(430, y, "本年支出")
    for x, word in ((330, "合 计"), (430, "基本支出"), (500, "项目支出")):
        canvas.drawCentredString(x, y - 24, word)


def body(canvas: Canvas, y: float, rows: tuple[tuple[str, ...], ...] = ROWS) -> float:
    for code, name, *figures in rows:
        canvas.drawString(62, y, code)
        canvas.drawString(140, y, name)
        for x, figure in zip((350, 450, 528), figures, strict=True):
            canvas.drawRightString(x, y, figure)
        y -= 22
    return y


def new_canvas(path: Path) -> Canvas:
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont(FONT, 10)
    return canvas


def test_a_three_line_table_with_groups_has_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    canvas = new_canvas(path)
    canvas.drawCentredString(300, 790, "支出决算表")
    canvas.line(LEFT, 770, RIGHT, 770)
    header(canvas, 750)
    canvas.line(300, 742, RIGHT, 742)
    canvas.line(LEFT, 718, RIGHT, 718)
    end = body(canvas, 700)
    canvas.line(LEFT, end + 12, RIGHT, end + 12)
    canvas.drawString(LEFT, end - 10, "注：本表反映部门本年度各项支出情况。")
    canvas.save()
    document = read_document(path)
    (table,) = document.tables
    assert grid(table) == WANTED
    assert [p.text for p in document.paragraphs] == [
        "支出决算表",
        "注：本表反映部门本年度各项支出情况。",
    ]
    (group,) = [cell for cell in table.cells if cell.text == "本年支出"]
    assert (group.column, group.column_span) == (2, 3)
    figure = next(cell for cell in table.cells if cell.text == "152.31")
    assert figure.place.x0 is not None
    assert figure.place.x0 < 350 - 20 < (figure.place.x1 or 0)


def test_without_any_rule_aligned_figures_make_a_table(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    canvas = new_canvas(path)
    for x, word in ((62, "科目编码"), (140, "科目名称")):
        canvas.drawString(x, 740, word)
    for x, word in ((350, "合计"), (450, "基本支出"), (528, "项目支出")):
        canvas.drawRightString(x, 740, word)
    body(canvas, 722)
    canvas.save()
    (table,) = read_document(path).tables
    assert grid(table)[1:] == [list(row) for row in ROWS]
    assert grid(table)[0] == ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]


def test_wrapped_labels_are_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    canvas = new_canvas(path)
    canvas.line(LEFT, 770, RIGHT, 770)
    header(canvas, 750)
    canvas.line(LEFT, 718, RIGHT, 718)
    y = body(canvas, 700)
    canvas.drawString(62, y - 6, "2101101")
    canvas.drawString(140, y, "行政单位医疗及其他")
    canvas.drawString(140, y - 12, "医疗补助")
    canvas.drawRightString(350, y - 6, "88.00")
    canvas.drawRightString(450, y - 6, "88.00")
    y -= 34
    canvas.drawString(140, y, "合计")
    canvas.drawRightString(350, y, "2,044.04")
    canvas.line(LEFT, y - 10, RIGHT, y - 10)
    canvas.save()
    (table,) = read_document(path).tables
    assert grid(table)[-2] == ["2101101", "行政单位医疗及其他医疗补助", "88.00", "88.00", ""]
    assert grid(table)[-1][2] == "2,044.04"


def test_rows_on_the_next_page_keep_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    canvas = new_canvas(path)
    canvas.line(LEFT, 770, RIGHT, 770)
    header(canvas, 750)
    canvas.line(LEFT, 718, RIGHT, 718)
    body(canvas, 700)
    canvas.showPage()
    canvas.setFont(FONT, 10)
    body(canvas, 780, (ROWS[1], (*ROWS[0][:4], ""), ROWS[3]))
    canvas.save()
    tables = read_document(path).tables
    assert [table.n_columns for table in tables] == [5, 5]
    assert grid(tables[1])[0] == list(ROWS[1])


@pytest.mark.parametrize(
    "lines",
    [
        # Figures in sentences, the same place in each line.
        [f"本年支出 1,{n}00.00 万元，比上年增加 3{n}.20 万元，增长 {n}.5%。" for n in range(1, 9)],
        # A table of contents.
        [f"第{n}部分　部门决算情况说明　　　　　　　　　　　　　　　{n}" for n in "一二三四五六"],
        # A list with one figure in each line.
        [f"{n}. 车辆{n}辆" for n in range(1, 9)],
    ],
)
def test_prose_with_figures_is_no_table(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "made.pdf"
    canvas = new_canvas(path)
    canvas.line(LEFT, 780, RIGHT, 780)
    for index, line in enumerate(lines):
        canvas.drawString(LEFT, 760 - 20 * index, line)
    canvas.line(LEFT, 760 - 20 * len(lines), RIGHT, 760 - 20 * len(lines))
    canvas.save()
    assert read_document(path).tables == ()


# --- how producers draw and break ----------------------------------------------------------

COLUMNS = (60.0, 110.0, 260.0, 340.0, 420.0, 500.0)
HEADS = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
LABELS = ("行政运行", "机关事业单位职业年金缴费支出（含以前年度清算）", "住房公积金", "其他支出")


def plain_rule(canvas: Canvas, y: float) -> None:
    canvas.line(COLUMNS[0], y, COLUMNS[-1], y)


def dotted_rule(canvas: Canvas, y: float) -> None:
    x = COLUMNS[0]
    while x < COLUMNS[-1]:
        canvas.rect(x, y, 1.2, 0.5, stroke=0, fill=1)
        x += 2.4


def double_rule(canvas: Canvas, y: float) -> None:
    canvas.rect(COLUMNS[0], y, 440, 1.5, stroke=0, fill=1)
    canvas.rect(COLUMNS[0], y - 2.5, 440, 0.4, stroke=0, fill=1)


def rule_of_cells(canvas: Canvas, y: float) -> None:
    for left, right in pairwise(COLUMNS):
        canvas.rect(left, y, right - left - 0.2, 0.5, stroke=0, fill=1)


RULES = (plain_rule, dotted_rule, double_rule, rule_of_cells)


def ledger(dice: random.Random, rows: int) -> list[tuple[str, ...]]:
    def figure() -> str:
        return f"{dice.randint(1, 99_999_999) / 100:,.2f}" if dice.random() < 0.7 else ""

    return [(f"{20101 + i}", dice.choice(LABELS), "5.00", figure(), figure()) for i in range(rows)]


def print_ledger(
    canvas: Canvas,
    rows: list[tuple[str, ...]],
    rule: Callable[[Canvas, float], None],
    *,
    heads: bool = True,
    every: bool = False,
    middle: bool = False,
) -> None:
    canvas.setFont(FONT, 9)
    y = 740.0
    if heads:
        rule(canvas, y)
        for head, (left, right) in zip(HEADS, pairwise(COLUMNS), strict=True):
            canvas.drawCentredString((left + right) / 2, y - 14, head)
        y -= 20
        rule(canvas, y)
    for code, label, *figures in rows:
        lines = [label[at : at + 15] for at in range(0, len(label), 15)]
        for number, line in enumerate(lines):
            canvas.drawString(113, y - 11 - 12 * number, line)
        base = y - 11 - (6 * (len(lines) - 1) if middle else 0)
        canvas.drawString(63, base, code)
        for figure, right in zip(figures, COLUMNS[3:], strict=True):
            canvas.drawRightString(right - 3, base, figure)
        y -= 14 if len(lines) == 1 else 28
        if every:
            rule(canvas, y + 1)
    rule(canvas, y)


def read_ledger(path: Path) -> list[tuple[str, ...]]:
    rows = [tuple(row) for table in read_document(path).tables for row in grid(table)]
    return [row for row in rows if row[0].isdigit()]


@pytest.mark.parametrize("middle", [False, True], ids=["number above", "number amid"])
@pytest.mark.parametrize("every", [False, True], ids=["three rules", "rule under each row"])
@pytest.mark.parametrize("rule", RULES)
def test_rules_of_any_make_and_wrapped_labels(
    tmp_path: Path, rule: Callable[[Canvas, float], None], every: bool, middle: bool
) -> None:
    rows = ledger(random.Random(rule.__name__), 14)
    canvas = new_canvas(tmp_path / "made.pdf")
    print_ledger(canvas, rows, rule, every=every, middle=middle)
    canvas.save()
    assert read_ledger(tmp_path / "made.pdf") == rows


def test_blank_cells_stay_blank_over_pages_without_headers(tmp_path: Path) -> None:
    rows = ledger(random.Random("pages"), 60)
    canvas = new_canvas(tmp_path / "made.pdf")
    for page in range(3):
        print_ledger(canvas, rows[20 * page : 20 * page + 20], plain_rule, heads=not page)
        canvas.showPage()
    canvas.save()
    assert read_ledger(tmp_path / "made.pdf") == rows


def test_prose_beside_a_table_is_in_none_of_its_cells(tmp_path: Path) -> None:
    rows = [(code, "行政运行", *rest) for code, _, *rest in ledger(random.Random("beside"), 12)]
    canvas = new_canvas(tmp_path / "made.pdf")
    print_ledger(canvas, rows, plain_rule)
    for line in range(12):
        canvas.drawString(510, 735 - 14 * line, "各项任务如期完成")
    canvas.save()
    assert read_ledger(tmp_path / "made.pdf") == rows
