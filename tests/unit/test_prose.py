"""The prose grammar on sentences of the genre, in wordings of several provinces."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from extract.datasets import DocumentRow, NarrativeFigureRow
from extract.document import Document, Paragraph, Place, Span
from extract.recognise.prose import Prose, recognise_prose
from extract.recognise.prose.scope import is_definition, is_indicator_prose
from extract.sources import SourceLedger


@dataclass(frozen=True)
class Resolved:
    """A profile with nothing but its row."""

    row: DocumentRow


def profile(kind: str | None, year: int | None) -> Resolved:
    values: dict[str, object] = {f.name: None for f in fields(DocumentRow)}
    values |= {"document_key": "k", "file_name": "f.txt", "media_type": "text/plain"}
    values |= {"extraction_method": "text", "document_kind": kind, "fiscal_year": year}
    return Resolved(DocumentRow(**values))  # type: ignore[arg-type]


def document(*paragraphs: str) -> Document:
    blocks = []
    for number, text in enumerate(paragraphs, 1):
        place = Place(line_start=number, line_end=number)
        blocks.append(Paragraph(text, place, (Span(0, len(text), place),)))
    return Document("k", "f.txt", "text/plain", "text", tuple(blocks))


def read(*paragraphs: str, kind: str | None = "final_account", year: int | None = 2022) -> Prose:
    return recognise_prose(document(*paragraphs), profile(kind, year), SourceLedger("k"))


def line(row: NarrativeFigureRow) -> str:
    shown = (row.subject, row.item_name, row.measure, row.amount_stage, row.comparator)
    return " ".join(str(v) for v in (*shown, row.direction, row.number_text, row.published_unit))


@dataclass(frozen=True)
class Case:
    """Paragraphs and the figures they state: subject, item, measure, stage, comparator,
    direction, number, unit."""

    kind: str
    year: int
    paragraphs: tuple[str, ...]
    figures: tuple[str, ...]


def cases() -> Iterator[Case]:
    """Yield the cases of ``prose_cases``: ``# kind year``, paragraphs, ``= figure`` lines."""
    for path in sorted((Path(__file__).parent / "prose_cases").glob("*.txt")):
        for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
            head, *lines = block.split("\n")
            kind, year = head.removeprefix("# ").split()
            figures = tuple(each[2:] for each in lines if each.startswith("= "))
            yield Case(kind, int(year), tuple(lines[: len(lines) - len(figures)]), figures)


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.paragraphs[-1][:24])
def test_sentence(case: Case) -> None:
    prose = read(*case.paragraphs, kind=case.kind, year=case.year)
    assert tuple(line(row) for row in prose.figures) == case.figures


def test_number_broken_over_lines_is_whole_and_stands_on_both_lines() -> None:
    first, second = "本年收入合计425,", "488.50元，增长3%。"
    spans = (
        Span(0, len(first), Place(line_start=7, line_end=7)),
        Span(len(first), len(first) + len(second), Place(line_start=8, line_end=8)),
    )
    paragraph = Paragraph(first + second, Place(line_start=7, line_end=8), spans)
    ledger = SourceLedger("k")
    prose = recognise_prose(
        Document("k", "f.txt", "text/plain", "text", (paragraph,)),
        profile("final_account", 2022),
        ledger,
    )
    sources = {row.source_key: row for row in ledger.rows()}
    total, growth = prose.figures
    assert (total.published_text, total.number_text) == ("425,488.50", "425488.50")
    assert (sources[total.source_key].line_start, sources[total.source_key].line_end) == (7, 8)
    assert sources[growth.source_key].line_start == 8
    assert sources[total.source_key].source_text == "425,488.50"


@pytest.mark.parametrize(
    "text",
    [
        *("1,23,456", "12,34.5", "1 234.56", "1.234.56", "36.079,450.01", "12，34", "1234,56"),
        *("1O0", "O.5", "12。5", "12、5", "12·5", "12'345.6", "12_345", "12..5", "12/5", ".5"),
        *("12.5.", "12.5万", "12½", "12.5w"),
    ],
)
def test_number_that_contradicts_its_grouping_is_quarantined(text: str) -> None:
    prose = read(f"本年支出合计{text}万元。")
    assert prose.figures == []
    assert [q.code for q in prose.quarantined] == ["NUMBER_GRAMMAR"]


def test_amount_without_unit_is_published_without_one_and_quarantined() -> None:
    prose = read(
        "五、一般公共预算财政拨款支出决算情况说明",
        "1.公共安全：2040601行政运行30.50；2040602一般行政管理事务2.00万元。",
    )
    assert [(r.item_code, r.published_unit) for r in prose.figures] == [
        ("2040601", None),
        ("2040602", "万元"),
    ]
    assert [(q.code, q.observed) for q in prose.quarantined] == [("UNIT_UNKNOWN", "30.50")]


@pytest.mark.parametrize(("total", "unit"), [("32.50", "万元"), ("32.51", None)])
def test_a_unit_left_out_is_supplied_only_where_the_total_proves_it(
    total: str, unit: str | None
) -> None:
    prose = read(
        "五、一般公共预算财政拨款支出决算情况说明",
        "1.公共安全：2040601行政运行30.50；2040602一般行政管理事务2.00万元，"
        f"支出决算为{total}万元。",
    )
    first = prose.figures[0]
    assert (first.item_code, first.published_unit) == ("2040601", unit)
    assert len(prose.quarantined) == (unit is None)
    assert ("UNIT_SUPPLIED" in {f.code for f in prose.findings}) == (unit is not None)


@pytest.mark.parametrize(
    "text",
    [
        "根据财行〔2014〕170号文件、第12号令和《条例》（2018年修订）执行。",
        "2022年3月15日，热线12345、12333全年受理，联系电话010-12345678。",
        "评价结果分为优（90（含）-100分）、良（80-90分）、中（60（含60分）-80分）。",
        "单价100万元以上的专用设备、单位价值50万元以上的通用设备由采购中心办理。",
        "本年支出合计XX万元，比上年增加（减少）XX万元，增长（下降）XX%。",
        "十四五期间连续6年开展，每次15分钟，共3个月。",
        "名词解释：1.基本支出：指为保障机构正常运转而发生的支出，限额500万元以下。",
    ],
)
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert read(text).figures == []


def test_glossary_ends_with_the_next_part() -> None:
    prose = read(
        "第四部分 名词解释",
        "一、机关运行经费：为保障单位运行的资金，例如100万元。",
        "第五部分 附件",
        "一、项目情况",
        "项目预算100万元。",
    )
    assert [r.number_text for r in prose.figures] == ["100"]
    assert prose.figures[0].section_path == "第五部分附件 > 一、项目情况"


def test_levels_and_codes_of_a_function() -> None:
    prose = read(
        "三、财政拨款支出主要内容",
        "1、公共安全支出（204类）司法（06款）行政运行（01项）100.5万元。",
        "2.“卫生健康支出-行政事业单位医疗-行政单位医疗”科目20万元，主要用于医疗。",
        "3. 教育支出（类）普通教育（款）小学教育（项）30万元。",
        kind="budget",
    )
    assert [(r.item_code, r.class_name, r.section_name, r.item_name) for r in prose.figures] == [
        ("2040601", "公共安全支出", "司法", "行政运行"),
        (None, "卫生健康支出", "行政事业单位医疗", "行政单位医疗"),
        (None, "教育支出", "普通教育", "小学教育"),
    ]
    assert {r.subject for r in prose.figures} == {"function_item"}


def test_quoted_sections_stand_under_the_class_named_before() -> None:
    prose = read(
        "三、一般公共预算财政拨款支出决算具体情况",
        "1、“其他支出”2022年度决算10万元。其中：",
        "“其他支出”2022年度决算10万元。",
        "2、“教育支出”2022年度决算20万元。其中：",
        "“职业教育”2022年度决算20万元。",
    )
    assert [(r.subject, r.class_name, r.section_name) for r in prose.figures] == [
        ("function_class", "其他支出", None),
        ("function_section", "其他支出", "其他支出"),
        ("function_class", "教育支出", None),
        ("function_section", "教育支出", "职业教育"),
    ]
    assert {r.fund_source for r in prose.figures} == {"general_public_budget"}


def test_list_under_a_sentence_inherits_fund_and_kind_of_expenditure() -> None:
    prose = read(
        "七、财政拨款基本支出情况说明",
        "（一）使用一般公共预算财政拨款安排基本支出80万元。其中：",
        "1.工资福利支出：包括基本工资、奖金等支出60万元，年初预算50万元，增加10万元；",
        "（二）使用政府性基金财政拨款安排基本支出0元。其中：",
        "1.商品和服务支出：包括办公费等0.00元。",
    )
    wages = prose.figures[1]
    assert (wages.item_name, wages.economic_code) == ("工资福利支出", "301")
    assert (wages.fund_source, wages.expenditure_type) == ("general_public_budget", "basic")
    assert [(r.measure, r.amount_stage, r.comparator) for r in prose.figures[1:4]] == [
        ("value", "final_account", "none"),
        ("value", "initial_budget", "none"),
        ("change", "final_account", "initial_budget"),
    ]
    assert prose.figures[-1].fund_source == "government_fund"
    assert prose.figures[-1].value_status == "zero"


def test_revenue_sources_and_resource_metrics() -> None:
    prose = read(
        "二、收入决算情况说明",
        "本年收入合计10万元，其中：一般公共预算财政拨款收入5万元；政府性基金预算财政拨款收入1万元；"
        "上级补助收入1万元；事业收入1万元；经营收入1万元；其他收入1万元。",
    )
    assert [r.revenue_source for r in prose.figures[1:]] == [
        "fiscal_appropriation_general",
        "fiscal_appropriation_fund",
        "superior_subsidy",
        "business_income",
        "operating_income",
        "other_income",
    ]


def test_batches_and_persons_of_receptions_belong_to_the_expense() -> None:
    prose = read(
        "“三公”经费",
        "国内公务接待支出3万元。国内公务接待8批次，87人次；接待外宾0批次。",
    )
    assert [r.three_public_item for r in prose.figures] == [None, "reception", "reception", None]
    assert [r.published_unit for r in prose.figures] == ["万元", "批次", "人次", "批次"]


def test_year_of_a_budget_compared_with_itself_is_reported() -> None:
    prose = read("2026年收入预算100万元，比2026年预算增加5万元。", kind="budget", year=2026)
    assert prose.figures[1].comparator == "none"
    assert [f.code for f in prose.findings] == ["COMPARISON_YEAR"]


def test_template_residue_and_broken_years_are_reported() -> None:
    prose = read("202年度决算数100元，比上年增加（减少）20元。")
    assert prose.figures[1].direction == "none"
    assert sorted(f.code for f in prose.findings) == ["TEMPLATE_RESIDUE", "YEAR_MALFORMED"]


def test_unknown_kind_and_year_leave_the_stage_open() -> None:
    prose = read("基本支出10万元，2020年为8万元。", kind=None, year=None)
    assert [r.amount_stage for r in prose.figures] == [None, None]


def test_economic_names_of_an_older_year() -> None:
    def codes(year: int) -> list[str | None]:
        text = "人员经费10万元，包括：社会保障缴费5万元、住房公积金5万元。"
        return [r.economic_code for r in read("六、基本支出", text, year=year).figures]

    assert codes(2016) == [None, "30104", "30311"]
    assert codes(2020) == [None, None, "30113"]


def test_every_figure_has_its_own_place() -> None:
    prose = read("收入10万元、支出10万元，结余10万元，其中10万元为上年结转。")
    assert len({row.source_key for row in prose.figures}) == len(prose.figures) == 4
    assert [row.figure_no for row in prose.figures] == [1, 2, 3, 4]


def test_indicator_prose_and_definitions_are_left_to_others() -> None:
    target = "（1）数量指标。安置人数：项目目标为不少于130人，完成情况为139人，完成项目目标。"
    assert is_indicator_prose(target)
    assert not is_indicator_prose("全年完成情况良好，支出10万元。")
    assert is_definition("2.项目支出：指在基本支出之外发生的支出。")
    assert not is_definition("项目支出10万元，指标为5个。")
    assert read(target).figures == []


@pytest.mark.parametrize(
    "text",
    [
        *("增加", "（5万元", "1,", "为", "X", "比年初", "一、", "“", "；", "由", "①", "分别为1、"),
        *("与上年", "超出", "甲5万元、乙4万元，", "一般公共预算财政拨款"),
    ],
)
def test_work_grows_with_the_text_and_no_faster(text: str) -> None:
    """Operations, not seconds: calls made while reading eightfold text grow about eightfold."""

    def calls(size: int) -> int:
        count = 0

        def tally(*_: object) -> None:
            nonlocal count
            count += 1

        paragraph = document(text * size)
        sys.setprofile(tally)
        try:
            recognise_prose(paragraph, profile("final_account", 2022), SourceLedger("k"))
        finally:
            sys.setprofile(None)
        return count

    read(text * 10)
    assert calls(1600) <= 10 * calls(200) + 2000


def test_vehicles_beside_the_staff_are_no_staff() -> None:
    prose = read(
        "二、部门基本情况",
        "2022年末人员编制58人；实有车辆编制3辆，在编实有车辆5辆，实有设备2台，在职在编实有人员29人。",
    )
    assert [
        (row.number_text, row.published_unit, row.resource_metric) for row in prose.figures
    ] == [
        ("58", "人", "staff_quota"),
        ("3", "辆", None),
        ("5", "辆", "vehicles"),
        ("2", "台", None),
        ("29", "人", "staff_actual"),
    ]


def test_a_bare_count_of_staff_is_named_after_its_quota() -> None:
    prose = read(
        "（二）人员构成情况",
        "行政编制12名，实际11人；事业编制30名，实际28人；离退休人员9人。",
    )
    assert [(r.item_name, r.number_text) for r in prose.figures] == [
        ("行政编制", "12"),
        ("行政实际", "11"),
        ("事业编制", "30"),
        ("事业实际", "28"),
        ("离退休人员", "9"),
    ]


BY_BLANKS = (
    "2019年度收入总计3 486.27万元，支出总计3 486.27万元。",
    "本年支出合计12 262.14万元，比上年增加318.54万元。",
)


def test_blanks_group_digits_only_where_the_whole_document_groups_so() -> None:
    prose = read(*BY_BLANKS, year=2019)
    amounts = [row.number_text for row in prose.figures]
    assert amounts == ["3486.27", "3486.27", "12262.14", "318.54"]
    assert [finding.code for finding in prose.findings] == ["DIGITS_SPACED"] * 3
    mixed = read(*BY_BLANKS, "事业收入1200.50万元。", year=2019)
    assert [row.number_text for row in mixed.figures] == ["318.54", "1200.50"]
    assert {row.code for row in mixed.quarantined} == {"NUMBER_GRAMMAR"}


def test_a_paragraph_that_defines_a_term_and_goes_on_with_figures_is_read() -> None:
    term = "财政拨款支出决算反映两项预算财政拨款支出的总体情况。"
    assert read(term).figures == []
    assert [line(row) for row in read(term + "2022年度财政拨款支出96.2万元。").figures] == [
        "fiscal_appropriation_total 财政拨款支出 value final_account none none 96.2 万元"
    ]
