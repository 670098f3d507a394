"""Final accounts in the layouts of different provinces, made by hand."""

from __future__ import annotations

import pytest

from extract.datasets import StatementCellRow
from tests.unit.table_documents import recognise, table


def by(cells: list[StatementCellRow], *names: str) -> dict[tuple[object, ...], str | None]:
    found: dict[tuple[object, ...], str | None] = {}
    for cell in cells:
        key = tuple(getattr(cell, name) for name in names)
        assert key not in found, key
        found[key] = cell.number_text
    return found


def test_overview_with_line_numbers_and_three_blocks() -> None:
    made = recognise(
        "收入支出决算总表",
        "公开01表",
        "部门：某市财政局 金额单位：万元",
        table(
            """
收入|<|<|支出|<|<|<|<|<
项目|行次|决算数|项目（按功能分类）|行次|决算数|项目（按支出性质和经济分类）|行次|决算数
栏次||1|栏次||2|栏次||3
一、财政拨款收入|1|900.00|一、一般公共服务支出|14|700.00|一、基本支出|30|800.00
其中：政府性基金|2|100.00|二、外交支出|15||人员经费|31|650.00
二、事业收入|3|50.00|三、教育支出|16|260.00|日常公用经费|32|150.00
三、其他收入|4|20.00||||二、项目支出|33|160.00
本年收入合计|11|970.00|本年支出合计|26|960.00|本年支出合计|40|960.00
用事业基金弥补收支差额|12|—|结余分配|27|5.00||41|
年初结转和结余|13|30.00|年末结转和结余|28|35.00||42|
总计|14|1,000.00|总计|29|1,000.00|||
"""
        ),
    )
    assert [t.statement_code for t in made.tables] == ["F1"]
    assert not made.quarantined
    cells = {(c.line_label, c.label_key, c.line_role): c for c in made.cells}
    assert len(made.cells) == 19
    assert {c.published_unit for c in made.cells} == {"万元"}
    assert cells["一、财政拨款收入", "fiscal_appropriation", "leaf"].number_text == "900.00"
    fund = cells["其中：政府性基金", "fiscal_appropriation_fund", "of_which"]
    assert (fund.fund_source, fund.number_text) == ("government_fund", "100.00")
    assert cells["总计", "revenue_total", "total"].number_text == "1000.00"
    assert cells["总计", "expenditure_total", "total"].line_no > 8
    reserves = cells["用事业基金弥补收支差额", "use_of_reserves", "leaf"]
    assert (reserves.value_status, reserves.number_text) == ("not_applicable", None)
    education = cells["三、教育支出", None, "leaf"]
    assert education.function_name == "教育支出"
    basic = cells["一、基本支出", "basic_expenditure", "leaf"]
    assert (basic.expenditure_type, basic.function_name) == ("basic", None)
    assert cells["人员经费", "nature_detail", "of_which"].number_text == "650.00"


def test_listing_with_code_in_three_columns_and_column_numbers() -> None:
    made = recognise(
        "支出决算表",
        "单位：元",
        table(
            """
项目|<|<|<|本年支出合计|基本支出|项目支出|上缴上级支出|经营支出|对附属单位\\n补助支出
支出功能分类科目编码|<|<|科目名称|^|^|^|^|^|^
类|款|项|栏次|1|2|3|4|5|6
^|^|^|合计|1,500.50|1,000.00|500.50|||
201|||一般公共服务支出|1,200.50|700.00|500.50|||
|06||财政事务|1,200.50|700.00|500.50|||
||01|行政运行|700.00|700.00||||
||99|其他财政事务支出|500.50||500.50|||
208|||社会保障和就业支出|300.00|300.00||||
208|05||行政事业单位养老支出|300.00|300.00||||
208|05|05|机关事业单位基本养老保险缴费支出|300.00|300.00||||
注：本表反映部门本年度各项支出情况。|<|<|<|<|<|<|<|<|<
"""
        ),
    )
    assert (made.tables[0].statement_code, made.tables[0].status) == ("F3", "recognised")
    assert made.tables[0].unit == "元"
    assert not made.quarantined
    totals = [c for c in made.cells if c.measure_code == "total"]
    assert [(c.function_code, c.line_role, c.number_text) for c in totals] == [
        (None, "total", "1500.50"),
        ("201", "subtotal", "1200.50"),
        ("20106", "subtotal", "1200.50"),
        ("2010601", "leaf", "700.00"),
        ("2010699", "leaf", "500.50"),
        ("208", "subtotal", "300.00"),
        ("20805", "subtotal", "300.00"),
        ("2080505", "leaf", "300.00"),
    ]
    assert {c.expenditure_type for c in made.cells if c.measure_code == "project"} == {"project"}
    assert len(made.cells) == 19


def test_fiscal_overview_with_funds_and_balances() -> None:
    made = recognise(
        "XX县水利局2023年度财政拨款收入支出决算总表",
        table(
            """
收     入|<|<|支     出|<|<|<|<|<
项目|行次|金额|项目|行次|合计|一般公共预算财政拨款|政府性基金预算财政拨款|国有资本经营预算财政拨款
栏次||1|栏次||2|3|4|5
一、一般公共预算财政拨款|1|80|一、一般公共服务支出|33|60|60||
二、政府性基金预算财政拨款|2|20|二、城乡社区支出|34|30||30|
三、国有资本经营预算财政拨款|3|0||35||||
本年收入合计|27|100|本年支出合计|59|90|60|30|0
年初财政拨款结转和结余|28|5|年末财政拨款结转和结余|60|15|15||
一般公共预算财政拨款|29|5||61||||
政府性基金预算财政拨款|30|||62||||
总计|32|105|总计|64|105|75|30|
""",
        ),
        unit="万元",
    )
    assert made.tables[0].statement_code == "F4"
    cells = by(made.cells, "line_label", "measure_code", "label_key")
    spent = "本年支出合计", "general_public_budget", "expenditure_current_total"
    assert cells[spent] == "60"
    assert cells["总计", "total", "expenditure_total"] == "105"
    assert cells["总计", "amount", "revenue_total"] == "105"
    by_key = {
        (c.label_key, c.line_role, c.fund_source): c.number_text
        for c in made.cells
        if c.label_key and "balance" in c.label_key
    }
    assert by_key["opening_balance", "subtotal", "all"] == "5"
    assert by_key["opening_balance", "leaf", "general_public_budget"] == "5"
    assert by_key["closing_balance", "leaf", "general_public_budget"] == "15"
    zero = next(c for c in made.cells if c.label_key == "fiscal_appropriation_state_capital")
    assert (zero.value_status, zero.number_text) == ("zero", "0")


def test_basic_expenditure_in_three_blocks() -> None:
    made = recognise(
        "一般公共预算财政拨款基本支出决算明细表",
        "公开06表 单位：万元",
        table(
            """
人员经费|<|<|公用经费|<|<|<|<|<
科目编码|科目名称|决算数|科目编码|科目名称|决算数|科目编码|科目名称|决算数
301|工资福利支出|50.00|302|商品和服务支出|12.00|307|债务利息及费用支出|
30101|基本工资|30.00|30201|办公费|8.00|310|资本性支出|3.00
30102|津贴补贴|20.00|30211|差旅费|4.00|31002|办公设备购置|3.00
303|对个人和家庭的补助|7.00|||||||
30302|退休费|7.00|||||||
人员经费合计|<|57.00|公用经费合计|<|<|<|<|15.00
""",
        ),
    )
    assert made.tables[0].statement_code == "F6"
    assert not made.quarantined
    leaves = {c.department_economic_code: c for c in made.cells if c.line_role == "leaf"}
    assert set(leaves) == {"30101", "30102", "30302", "30201", "30211", "31002"}
    assert leaves["30302"].staff_split == "personnel"
    assert leaves["31002"].staff_split == "public"
    assert {c.expenditure_type for c in made.cells} == {"basic"}
    assert {c.fund_source for c in made.cells} == {"general_public_budget"}
    totals = {c.label_key: c.number_text for c in made.cells if c.line_role == "total"}
    assert totals == {"personnel_total": "57.00", "public_total": "15.00"}


def test_government_funds_with_balances() -> None:
    made = recognise(
        "政府性基金预算财政拨款收入支出决算表",
        "单位：万元",
        table(
            """
项目|<|年初结转和结余|本年收入|本年支出|<|<|年末结转和结余
功能分类科目编码|科目名称|^|^|小计|基本支出|项目支出|^
栏次|<|1|2|3|4|5|6
合计|<|1.00|9.00|8.00||8.00|2.00
21208|国有土地使用权出让收入安排的支出|1.00|9.00|8.00||8.00|2.00
""",
        ),
    )
    assert made.tables[0].statement_code == "F7"
    assert not made.quarantined
    leaf = by([c for c in made.cells if c.line_role == "leaf"], "measure_code")
    assert leaf == {
        ("opening_balance",): "1.00",
        ("revenue",): "9.00",
        ("expenditure",): "8.00",
        ("project",): "8.00",
        ("closing_balance",): "2.00",
    }
    assert {c.fund_source for c in made.cells} == {"government_fund"}


def test_three_public_as_a_list_with_counts() -> None:
    made = recognise(
        "“三公”经费公共预算财政拨款支出决算表",
        "单位：万元",
        table(
            """
项目|行次|预算数|决算数|项目|行次|统计数
栏次||1|2|栏次||3
一、“三公”经费支出|1|10.50|8.20|二、相关统计数||
（一）支出合计|2|10.50|8.20|1.因公出国（境）团组数（个）|12|1
1.因公出国（境）费|3|2.00|1.70|2.因公出国（境）人次数（人）|13|3
2.公务用车购置及运行维护费|4|6.50|5.00|3.公务用车购置数（辆）|14|—
其中：公务用车购置费|5|0|0|4.公务用车保有量（辆）|15|4
公务用车运行维护费|6|6.50|5.00|5.国内公务接待批次（个）|16|20
3.公务接待费|7|2.00|1.50|6.国内公务接待人次（人）|17|155
""",
        ),
    )
    assert made.tables[0].statement_code == "F9"
    assert not made.quarantined
    final = {
        c.three_public_item: c.number_text
        for c in made.cells
        if c.amount_stage == "final_account" and c.three_public_item
    }
    assert final == {
        "overseas_travel": "1.70",
        "vehicle_purchase": "0",
        "vehicle_operation": "5.00",
        "reception": "1.50",
    }
    counts = [(c.published_unit, c.number_text) for c in made.cells if c.measure_code == "quantity"]
    assert counts == [
        ("个", "1"),
        ("人", "3"),
        ("辆", None),
        ("辆", "4"),
        ("个", "20"),
        ("人", "155"),
    ]
    parents = {c.measure_code for c in made.cells if c.line_role in ("subtotal", "total")}
    assert parents == {"vehicle_total", "three_public_total"}


def test_names_without_codes_are_ranked_by_their_sums() -> None:
    made = recognise(
        "一般公共预算财政拨款支出决算表",
        "单位：万元",
        table(
            """
科目名称|合计|基本支出|项目支出
教育支出|5|5|
进修及培训|5|5|
培训支出|5|5|
社会保障和就业支出|30|20|10
人力资源和社会保障管理事务|30|20|10
行政运行|20|20|
信息化建设|10||10
合计|35|25|10
"""
        ),
    )
    totals = [(c.function_name, c.line_role) for c in made.cells if c.measure_code == "total"]
    assert totals == [
        ("教育支出", "subtotal"),
        ("进修及培训", "subtotal"),
        ("培训支出", "leaf"),
        ("社会保障和就业支出", "subtotal"),
        ("人力资源和社会保障管理事务", "subtotal"),
        ("行政运行", "leaf"),
        ("信息化建设", "leaf"),
        (None, "total"),
    ]


def test_statement_that_stands_twice_is_reported() -> None:
    one = "科目编码|科目名称|合计|基本支出|项目支出\n2050803|培训支出|5|5|"
    revenue = "科目编码|科目名称|合计|财政拨款收入\n2050803|培训支出|5|5"
    made = recognise(
        "支出决算表",
        "单位：元",
        table(one),
        "收入决算表",
        "单位：元",
        table(revenue),
        "支出决算表",
        "单位：元",
        table(one),
    )
    assert [t.statement_code for t in made.tables] == ["F3", "F2", "F3"]
    assert [f.code for f in made.findings] == ["STATEMENT_REPEATED"]


def test_operating_information_holds_counts_and_amounts() -> None:
    made = recognise(
        "机构运行信息表",
        "金额单位：元",
        table(
            """
项目|行次|统计数|项目|行次|统计数
一、“三公”经费支出|1|—|三、机关运行经费|20|1,200.00
1.因公出国（境）团组数（个）|2|0|四、国有资产占用情况|21|—
2.国内公务接待批次（个）|3|12|（一）车辆数合计（辆）|22|4
其中：外事接待人次（人）|4|0|（二）单价100万元（含）以上设备（台，套）|23|1
"""
        ),
    )
    assert made.tables[0].statement_code == "F14"
    found = [(c.measure_code, c.published_unit, c.number_text) for c in made.cells if c.number_text]
    assert found == [
        ("quantity", "个", "0"),
        ("quantity", "个", "12"),
        ("quantity", "人", "0"),
        ("operating_expenses", "元", "1200.00"),
        ("quantity", "辆", "4"),
        ("quantity", "台,套", "1"),
    ]


def test_contradicting_units_are_not_settled_by_the_default() -> None:
    made = recognise(
        "支出决算表",
        "单位：元",
        "金额单位：万元",
        table("科目编码|科目名称|合计|基本支出|项目支出\n2050803|培训支出|5|5|12%"),
        unit="元",
    )
    assert made.cells == []
    assert [q.code for q in made.quarantined] == ["UNIT_UNKNOWN", "UNIT_UNKNOWN", "HEADER_UNMAPPED"]


def test_three_public_on_its_side() -> None:
    made = recognise(
        "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表",
        "公开07表 单位：万元",
        table(
            """
项目|三公经费|<|<|<|<|<|会议费|培训费
^|小计|因公出国（境）费用|公务接待费|公务用车购置及运行维护费|<|<|^|^
^|^|^|^|小计|公务用车购置费|公务用车运行维护费|^|^
栏次|1|2|3|4|5|6|7|8
预算数|3.5|0|1|2.5|0|2.5|1|2
决算数|3.2|0|0.7|2.5|0|2.5|0.5|1.8
增减额|-0.3|0|-0.3|0|0|0|-0.5|-0.2
"""
        ),
    )
    assert made.tables[0].statement_code == "F9"
    assert not made.quarantined
    cells = by(made.cells, "measure_code", "amount_stage", "line_label", "header_text")
    assert len(cells) == 24
    reception = {
        (c.measure_code, c.amount_stage): c.number_text
        for c in made.cells
        if c.header_text and "公务接待费" in c.header_text
    }
    assert reception == {
        ("reception", "initial_budget"): "1",
        ("reception", "final_account"): "0.7",
        ("change", "final_account"): "-0.3",
    }


def test_codes_in_one_cell_and_the_national_header() -> None:
    made = recognise(
        "一般公共预算财政拨款支出决算表",
        "单位：元",
        table(
            """
项目|<|本年支出|<|<
功能分类科目编码|科目名称|小计|基本支出|项目支出
栏次|<|1|2|3
合计|<|7|7|
201 03 01|行政运行|5|5|
[2080505]机关事业单位基本养老保险缴费支出|<|2|2|
"""
        ),
    )
    totals = [
        (c.function_code, c.function_name, c.number_text)
        for c in made.cells
        if c.measure_code == "total"
    ]
    assert totals == [
        (None, None, "7"),
        ("2010301", "行政运行", "5"),
        ("2080505", "机关事业单位基本养老保险缴费支出", "2"),
    ]


def test_zeros_under_a_note_are_a_declared_empty_table() -> None:
    text = "科目编码|科目名称|本年收入|本年支出\n合计||{0}|{0}"
    title, note = "政府性基金预算财政拨款收入支出决算表", "注：本单位无政府性基金收支，本表为空表。"
    empty = recognise(title, "单位：元", table(text.format("0.00")), note)
    assert [t.status for t in empty.tables] == ["declared_empty"]
    assert [c.value_status for c in empty.cells] == ["zero", "zero"]
    assert empty.findings == []
    filled = recognise(title, "单位：元", table(text.format("1.00")), note)
    assert [t.status for t in filled.tables] == ["recognised"]
    assert [f.code for f in filled.findings] == ["EMPTY_NOTE_WITH_FIGURES"]


def test_state_capital_with_revenue_and_expenditure() -> None:
    made = recognise(
        "国有资本经营预算财政拨款收入支出决算表",
        "单位：万元",
        table(
            """
项目|<|年初结转和结余|本年收入|本年支出|<|<|年末结转和结余
功能分类科目编码|科目名称|^|^|合计|基本支出|项目支出|^
2230299|其他国有企业资本金注入||9.00|9.00||9.00|
"""
        ),
    )
    assert made.tables[0].statement_code == "F8"
    assert made.findings == []
    found = {c.measure_code: c.number_text for c in made.cells}
    assert found == {"revenue": "9.00", "expenditure": "9.00", "project": "9.00"}


def test_title_form_number_and_unit_in_rows_of_the_table_are_no_header() -> None:
    made = recognise(
        table(
            """
收入支出决算总表|<|<|<|<|<
 |<|<|<|<|公开01表
部门：青山县水利局|<|<|<|2019年度　单位：万元|<
收入|<|<|支出|<|<
项目|行次|决算数|项目|行次|决算数
一、财政拨款收入|1|42.50|一、农林水支出|9|40.00
本年收入合计|2|42.50|本年支出合计|10|40.00
"""
        ),
        year=2019,
    )
    assert [(t.statement_code, t.unit) for t in made.tables] == [("F1", "万元")]
    assert [c.header_text for c in made.cells] == ["收入 > 决算数"] * 2 + ["支出 > 决算数"] * 2
    assert not made.quarantined


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ("2020年度预算数|<|2020年度决算数|<\n合计|公务接待费|合计|公务接待费", "2020年度预算数"),
        ("预算数|<|决算数|<\n合计|公务接待费|合计|公务接待费", "预算数"),
        ("年初预算数|<|决算数|<\n合计|公务接待费|合计|公务接待费", "年初预算数"),
    ],
)
def test_the_note_under_three_public_expenses_tells_the_stage(rows: str, header: str) -> None:
    made = recognise(
        "财政拨款“三公”经费支出决算表",
        "单位：万元",
        table(rows + "\n3.00|3.00|2.00|2.00"),
        "注：预算数是全年预算数，为调整后的预算。",
        year=2020,
    )
    budget = [c for c in made.cells if (c.header_text or "").startswith(header)]
    stage = "initial_budget" if header == "年初预算数" else "adjusted_budget"
    assert [c.amount_stage for c in budget] == [stage, stage]
    assert {c.amount_stage for c in made.cells} == {stage, "final_account"}


def test_a_count_under_of_which_does_not_count_the_lines_after_it() -> None:
    made = recognise(
        "财政拨款“三公”经费、机关运行经费情况表",
        "单位：元",
        table(
            """
项目|行次|决算统计数
3．公务接待费|7|50.00
5．国内公务接待批次（个）|16|37
6．国内公务接待人次（人）|18|412
其中：外事接待人次（人）|19|4
二、机关运行经费|22|1,850.10
（一）行政单位|23|1,850.10
"""
        ),
    )
    found = [(c.label_key, c.published_unit, c.measure_code) for c in made.cells]
    assert found == [
        ("reception", "元", "reception"),
        ("reception_events", "个", "quantity"),
        ("reception_persons", "人", "quantity"),
        (None, "人", "quantity"),
        ("operating_expenses", "元", "operating_expenses"),
        (None, "元", "amount"),
    ]


def test_three_public_expenses_beside_meetings_and_training() -> None:
    made = recognise(
        "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表",
        "单位：万元",
        table(
            """
项目|一般公共预算财政拨款安排的“三公”经费|<|<|会议费|培训费
^|小计|公务接待费|公务用车购置及运行维护费|^|^
预算数|12.00|4.00|8.00|1.00|2.00
决算数|9.00|3.00|6.00|1.00|
增减额|-3.00|-1.00|-2.00|0.00|-2.00
"""
        ),
    )
    assert [t.statement_code for t in made.tables] == ["F9"]
    assert not made.quarantined
    assert {c.amount_stage for c in made.cells if c.line_label == "预算数"} == {"initial_budget"}
    totals = {c.measure_code: c.number_text for c in made.cells if c.line_label == "决算数"}
    assert totals == {
        "three_public_total": "9.00",
        "reception": "3.00",
        "vehicle_total": "6.00",
        "meeting": "1.00",
    }
