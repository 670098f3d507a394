"""The surroundings of a figure, from the bundled samples read again: lines, rows, words."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dagster_project.excerpt import Excerpt, make_excerpt, printed_before
from dagster_project.masking import COVER, cover
from dagster_project.original import find_file, read_again, sha256
from extract.datasets import NarrativeFigureRow, PerformanceIndicatorRow, StatementCellRow
from extract.document import Document
from extract.extraction import Extraction, extract_file
from extract.readers import DEFAULT

SAMPLES = Path(__file__).parents[2] / "samples"
TEXT = "北京市延庆区人力资源和社会保障局2023年度部门决算.txt"
TABLES = "北京市延庆区人力资源和社会保障局2023年部门预算.txt"
PDF = "上海市松江区司法局2023年度部门决算.pdf"
WORD = "上海市松江区司法局2024年度部门决算.docx"
SHEET = "北京市延庆区人力资源和社会保障局2022年部门预算.xlsx"
FORMS = "北京市延庆区人力资源和社会保障局2022年度部门决算.docx"


@cache
def extracted(name: str) -> Extraction:
    result = extract_file(SAMPLES / name, DEFAULT)
    assert isinstance(result, Extraction)
    return result


@cache
def document(name: str) -> Document:
    read = read_again(SAMPLES / name)
    assert read is not None
    return read


def source(name: str, key: str) -> dict[str, Any]:
    [row] = [r for r in extracted(name).rows["source"] if getattr(r, "source_key", None) == key]
    return asdict(row)


def excerpt(name: str, place: dict[str, Any]) -> Excerpt:
    return make_excerpt(SAMPLES / name, document(name), place)


def cells(name: str) -> list[StatementCellRow]:
    rows = extracted(name).rows["statement_cell"]
    return [r for r in rows if isinstance(r, StatementCellRow) and r.value_status == "reported"]


def marked(found: Excerpt) -> str:
    return "".join(line.text[a:b] for line in found.lines for a, b in line.marks)


@pytest.mark.parametrize("name", [TABLES, PDF, WORD, SHEET])
def test_every_tenth_table_figure_is_found_again_under_its_header(name: str) -> None:
    chosen = [c for c in cells(name) if c.statement_code != "PF"][::10]
    assert len(chosen) >= 10
    for cell in chosen:
        grid = excerpt(name, source(name, cell.source_key)).grid
        assert grid is not None
        [row] = [r for r in grid.rows if r.marks]
        [(at, start, end)] = row.marks
        assert row.cells[at][start:end] == cell.published_text.strip()
        assert not row.header
        headers = ["".join(r.cells[at].split()) for r in grid.rows if r.header]
        bound_by = "".join((cell.header_text or "").split(" > ")[-1].split())
        assert not headers or any(bound_by in h for h in headers), (headers, bound_by)


def test_lines_of_a_text_are_those_of_the_file_with_one_before_and_after() -> None:
    lines = (SAMPLES / TABLES).read_text(encoding="utf-8").split("\n")
    cell = next(c for c in cells(TABLES) if c.label_key == "expenditure_current_total")
    place = source(TABLES, cell.source_key)
    found = excerpt(TABLES, place)
    number = place["line_start"]
    assert [line.number for line in found.lines] == [number - 1, number, number + 1]
    assert [line.text for line in found.lines] == lines[number - 2 : number + 1]
    assert [bool(line.marks) for line in found.lines] == [False, True, False]
    assert marked(found) == cell.published_text


@pytest.mark.parametrize("name", [TEXT, PDF, WORD])
def test_figures_of_prose_are_marked_in_their_sentence(name: str) -> None:
    rows = extracted(name).rows["narrative_figure"]
    figures = [r for r in rows if isinstance(r, NarrativeFigureRow)][::5]
    assert len(figures) >= 5
    for figure in figures:
        place = source(name, figure.source_key)
        if place["char_start"] is None:
            continue
        found = excerpt(name, place)
        text = marked(found) or "".join(
            row.cells[at][a:b]
            for row in (found.grid.rows if found.grid else ())
            for at, a, b in row.marks
        )
        assert text == place["source_text"]


def test_a_figure_broken_over_two_lines_is_marked_in_both(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "二、决算说明\n2023年度本年收入合计9,100.00元，支出合计9,100.00元，比上年增加1,\n"
        "100.00元，增长13.75%。\n三、其他\n",
        encoding="utf-8",
    )
    read = read_again(path)
    assert read is not None
    [paragraph] = [p for p in read.paragraphs if "1,100.00" in p.text]
    at = paragraph.text.index("1,100.00")
    place = asdict(paragraph.place_of(at, at + 8)) | {"source_text": "1,100.00"}
    found = make_excerpt(path, read, place)
    assert [(x.number, [x.text[a:b] for a, b in x.marks]) for x in found.lines] == [
        (1, []),
        (2, ["1,"]),
        (3, ["100.00"]),
        (4, []),
    ]
    assert printed_before(read, place) == paragraph.text[:at]


def test_an_indicator_is_marked_in_all_its_cells() -> None:
    rows = extracted(FORMS).rows["performance_indicator"]
    indicators = [r for r in rows if isinstance(r, PerformanceIndicatorRow)]
    assert len(indicators) > 10
    for indicator in indicators[::7]:
        place = source(FORMS, indicator.source_key)
        grid = excerpt(FORMS, place).grid
        assert grid is not None
        [row] = [r for r in grid.rows if r.marks]
        texts = [row.cells[at][a:b] for at, a, b in row.marks]
        assert texts == ["".join(part.split("\n")) for part in place["source_text"].split("\t")]
        assert texts[0] == indicator.level3


def test_a_place_that_reads_differently_shows_nothing() -> None:
    cell = cells(PDF)[0]
    place = source(PDF, cell.source_key) | {"source_text": "987,654.32"}
    assert excerpt(PDF, place) == Excerpt()
    assert excerpt(PDF, place | {"table_index": 9999}) == Excerpt()


PERSON, NUMBER = "欧阳测试", "66201033"
FORM = (
    "\t项目资金\n\t全年预算数\n\t全年执行数\n\t得分\n\n"
    "\t年度资金总额\n\t20.00\n\t19.00\n\t9.5\n\n"
    f"\t项目负责人\n\t{PERSON}\n\t联系电话\n\t{NUMBER}\n\n"
)
LIST = (
    "\t项目名称\n\t项目负责人\n\t项目负责人电话\n\t三级指标\n\t本年绩效指标值\n\n"
    f"\t宣传经费\n\t{PERSON}\n\t{NUMBER}\n\t印刷册数\n\t800\n\n"
    f"\t宣传经费\n\t{PERSON}\n\t{NUMBER}\n\t发放册数\n\t750\n\n"
)


@pytest.mark.parametrize(("text", "figure"), [(FORM, "20.00"), (LIST, "800"), (LIST, "750")])
def test_persons_and_telephones_are_covered(tmp_path: Path, text: str, figure: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("绩效自评表\n\n" + text, encoding="utf-8")
    read = read_again(path)
    assert read is not None
    [cell] = [c for t in read.tables for c in t.cells if c.text == figure]
    found = make_excerpt(path, read, asdict(cell.place) | {"source_text": figure})
    assert found.grid is not None
    said = " ".join(t for row in found.grid.rows for t in row.cells)
    said += " ".join(line.text for line in found.lines)
    assert PERSON not in said
    assert NUMBER not in said
    assert COVER in said
    assert figure in said
    assert all(label in said for label in ("项目负责人", "电话"))


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("联系电话：83326639。", "联系电话：■■■■■■■■。"),
        ("填表人：欧阳测试 2023年", "填表人：■■■■ 2023年"),
        ("请拨13912345678咨询", "请拨■■■■■■■■■■■咨询"),
        ("010-83326639", "■■■■■■■■■■■■"),
        ("2080101 行政运行 13912345678.50", "2080101 行政运行 13912345678.50"),
        ("编码11010223T000001234567共12345678元", "编码11010223T000001234567共12345678元"),
        ("负责人由单位指定，预算1,234,567.00元", "负责人由单位指定，预算1,234,567.00元"),
    ],
)
def test_only_telephones_and_named_persons_are_covered(text: str, covered: str) -> None:
    assert cover(text) == covered


def test_the_original_is_found_by_its_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "landing" / "2023"
    folder.mkdir(parents=True)
    path = folder / "a.txt"
    path.write_text("甲", encoding="utf-8")
    (tmp_path / "landing" / "a.txt").write_text("乙", encoding="utf-8")
    key = sha256(path)
    assert key is not None
    assert find_file(tmp_path / "landing", "a.txt", key) == path
    assert find_file(tmp_path / "landing", "b.txt", key) is None
    assert find_file(tmp_path / "landing", "b.txt", key, [str(path)]) == path
    path.write_text("丙", encoding="utf-8")
    assert find_file(tmp_path / "landing", "a.txt", key) is None
    assert find_file(tmp_path / "nowhere", "a.txt", key) is None
