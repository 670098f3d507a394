"""Tables that single provinces add or print otherwise: which statement they are, what they say."""

from __future__ import annotations

import pytest

from extract.recognise.statements import Statements
from tests.unit.table_documents import recognise, table

BY_NATURE = "科目编码|科目名称|合计|基本支出|项目支出\n"


def budget(*blocks: object) -> Statements:
    return recognise(*blocks, kind="budget", year=2024)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "rows", "code"),
    [
        ("一般公共预算机关运行经费支出预算表", "302|商品和服务支出|9.00|9.00|", "B18"),
        ("财政专户管理资金支出预算表", "2050204|高中教育|9.00|4.00|5.00", "B19"),
        ("单位资金支出表", "2050204|高中教育|9.00|4.00|5.00", "B20"),
        ("一般公共预算支出表（按部门预算支出经济分类）", "301|工资福利支出|9.00|9.00|", "B21"),
        ("一般公共预算支出表", "2050204|高中教育|9.00|4.00|5.00", "B6"),
        ("部门支出总表（按政府预算支出经济分类）", "501|机关工资福利支出|9.00|9.00|", "B16"),
        ("部门支出总表", "2050204|高中教育|9.00|4.00|5.00", "B3"),
        ("部门预算政府基金预算财政拨款支出表", "2120803|城市建设支出|9.00||9.00", "B8"),
        ("国有资本预算支出表", "2230105|国有企业退休人员社会化管理补助支出|9.00||9.00", "B9"),
    ],
)
def test_titles_and_codes_tell_the_statement_of_a_budget(title: str, rows: str, code: str) -> None:
    made = budget(title, "单位：万元", table(BY_NATURE + rows))
    assert [t.statement_code for t in made.tables] == [code]
    assert not made.quarantined


@pytest.mark.parametrize(
    ("title", "code"), [("支出决算表", "F18"), ("一般公共预算财政拨款支出决算表", "F17")]
)
def test_final_accounts_by_economic_class_are_no_listing_by_function(title: str, code: str) -> None:
    rows = "301|工资福利支出|9.00|9.00|\n30101|基本工资|9.00|9.00|"
    made = recognise(title, "单位：万元", table(BY_NATURE + rows))
    assert [t.statement_code for t in made.tables] == [code]
    assert {c.department_economic_code for c in made.cells} == {"301", "30101"}


def test_related_expenses_are_three_public_and_no_expenditure_by_function() -> None:
    made = recognise(
        "一般公共预算相关经费支出决算表",
        "单位：元",
        table(
            "项目|行次|决算数\n一、“三公”经费支出|1|9.00\n1.公务接待费|2|9.00\n二、会议费|3|1.00"
        ),
    )
    assert [t.statement_code for t in made.tables] == ["F9"]
    assert {c.measure_code for c in made.cells} == {"three_public_total", "reception", "meeting"}


def test_fiscal_appropriation_as_a_whole_has_a_statement_of_its_own() -> None:
    row = "2050205|高等教育|9.00|4.00|5.00"
    made = recognise("高等学校财政拨款支出决算表", "单位：元", table(BY_NATURE + row))
    assert [t.statement_code for t in made.tables] == ["F19"]
    assert {c.fund_source for c in made.cells} == {"all"}


def test_the_fund_of_a_regional_table_is_that_of_its_statement() -> None:
    row = "2050204|高中教育|9.00|4.00|5.00"
    for title, fund in (
        ("财政专户管理资金支出预算表", "special_account"),
        ("单位资金支出表", "unit_funds"),
    ):
        made = budget(title, "单位：万元", table(BY_NATURE + row))
        assert {c.fund_source for c in made.cells} == {fund}


def test_classes_of_the_government_as_columns() -> None:
    made = budget(
        "支出预算分类汇总表（按政府预算经济分类）",
        "单位：万元",
        table(
            """
科目|<|<|单位代码|单位名称（功能科目）|总计|机关工资福利支出|机关商品和服务支出|对事业单位经常性补助|对个人和家庭的补助
类|款|项|^|^|^|^|^|^|^
|||105|青山县水利局|100.00|60.00|20.00|15.00|5.00
213|03|01|105001|行政运行|100.00|60.00|20.00|15.00|5.00
"""
        ),
    )
    assert made.tables[0].statement_code == "B22"
    assert not made.quarantined
    leaf = [c for c in made.cells if c.line_role == "leaf" and c.measure_code == "economic_class"]
    assert [(c.government_economic_name, c.department_economic_name) for c in leaf] == [
        ("机关工资福利支出", None),
        ("机关商品和服务支出", None),
        ("对事业单位经常性补助", None),
        ("对个人和家庭的补助", None),
    ]
    assert {(c.function_code, c.function_name) for c in leaf} == {("2130301", "行政运行")}


def test_what_stands_beside_a_sum_is_a_part_of_it() -> None:
    made = budget(
        "部门支出预算表",
        "单位：万元",
        table(
            """
科目编码|科目名称|合计|一般公共预算|<|<|单位资金|<|<|<
^|^|^|小计|基本支出|项目支出|小计|事业支出|上级补助支出|其他支出
2130301|行政运行|100.00|90.00|70.00|20.00|10.00|6.00||4.00
"""
        ),
    )
    assert not made.quarantined
    found = [(c.measure_code, c.fund_source, c.number_text) for c in made.cells]
    assert found == [
        ("total", "all", "100.00"),
        ("general_public_budget", "general_public_budget", "90.00"),
        ("basic", "general_public_budget", "70.00"),
        ("project", "general_public_budget", "20.00"),
        ("unit_funds", "unit_funds", "10.00"),
        ("part", "unit_funds", "6.00"),
        ("part", "unit_funds", "4.00"),
    ]


def test_balances_in_parts_are_not_each_other() -> None:
    made = recognise(
        "国有资本经营预算财政拨款收入支出决算表",
        "单位：万元",
        table(
            """
科目编码|科目名称|年初结转和结余|<|<|本年支出|年末结转和结余|<|<
^|^|合计|结转|结余|^|合计|结转|结余
2230105|国有企业退休人员社会化管理补助支出|3.00|1.00|2.00|4.00|9.00|5.00|4.00
"""
        ),
    )
    found = [(c.measure_code, c.number_text) for c in made.cells]
    assert [f for f in found if f[0] != "part"] == [
        ("opening_balance", "3.00"),
        ("total", "4.00"),
        ("closing_balance", "9.00"),
    ]
    assert [n for code, n in found if code == "part"] == ["1.00", "2.00", "5.00", "4.00"]


def test_two_tables_beside_each_other_are_two() -> None:
    made = budget(
        table(
            """
部门支出总表|<|<|一般公共预算支出表|<|<
单位：万元|<|<|单位：元|<|<
科目名称|基本支出|项目支出|科目名称|基本支出|项目支出
行政运行|40.00||行政运行|390000.00|
水利工程建设||20.00|水利工程建设||180000.00
"""
        ),
    )
    assert [(t.statement_code, t.unit) for t in made.tables] == [("B3", "万元"), ("B6", "元")]
    found = [(c.statement_code, c.line_label, c.number_text) for c in made.cells]
    assert found == [
        ("B3", "行政运行", "40.00"),
        ("B3", "水利工程建设", "20.00"),
        ("B6", "行政运行", "390000.00"),
        ("B6", "水利工程建设", "180000.00"),
    ]


def test_a_heading_over_projects_is_no_project() -> None:
    made = budget(
        "项目支出预算表",
        "单位：万元",
        table(
            """
项目类别|项目名称|项目单位|资金来源|<
^|^|^|合计|财政拨款
部门项目|<|<|60.00|60.00
|水库维修|青山县水利局|40.00|40.00
|河道治理|青山县水利局|20.00|20.00
"""
        ),
    )
    found = {(c.line_label, c.project_name, c.line_role) for c in made.cells}
    assert found == {
        ("部门项目", None, "subtotal"),
        ("水库维修", "水库维修", "leaf"),
        ("河道治理", "河道治理", "leaf"),
    }


def test_rows_of_units_above_their_items_name_no_class() -> None:
    made = budget(
        "部门支出总表",
        "单位：万元",
        table(
            BY_NATURE + "青山县水利局本级|<|60.00|40.00|20.00\n"
            "2130301|行政运行|40.00|40.00|\n2130305|水利工程建设|20.00||20.00\n"
            "小计|<|60.00|40.00|20.00\n总计|<|60.00|40.00|20.00"
        ),
    )
    found = {(c.line_label, c.function_name, c.organisation_name, c.line_role) for c in made.cells}
    assert found == {
        ("青山县水利局本级", None, "青山县水利局本级", "subtotal"),
        ("行政运行", "行政运行", None, "leaf"),
        ("水利工程建设", "水利工程建设", None, "leaf"),
        ("小计", None, None, "subtotal"),
        ("总计", None, None, "total"),
    }


def test_labels_below_personnel_and_public_are_labels() -> None:
    made = recognise(
        "一般公共预算财政拨款基本支出决算表",
        "单位：万元",
        table(
            """
人员经费|<|公用经费|<
项目|决算数|项目|决算数
工资福利支出|60.00|商品和服务支出|10.00
基本工资|60.00|办公费|10.00
人员经费合计|60.00|公用经费合计|10.00
"""
        ),
    )
    found = {(c.line_label, c.measure_code, c.line_role, c.number_text) for c in made.cells}
    assert ("人员经费合计", "personnel", "total", "60.00") in found
    assert ("办公费", "public", "leaf", "10.00") in found
    assert None not in {c.line_label for c in made.cells}


def test_economic_classes_in_an_overview_are_no_functions() -> None:
    made = budget(
        "部门收支总表",
        "单位：万元",
        table(
            """
收入|<|支出|<
项目|预算数|项目|预算数
一、财政拨款|100.00|一、基本支出|70.00
||工资福利支出|60.00
||商品和服务支出|10.00
||二、项目支出|30.00
本年收入合计|100.00|本年支出合计|100.00
收入总计|100.00|支出总计|100.00
"""
        ),
    )
    assert {c.function_name for c in made.cells} == {None}
    assert {c.department_economic_name for c in made.cells} == {
        None,
        "工资福利支出",
        "商品和服务支出",
    }


def test_worth_and_price_are_amounts_and_numbers_are_not() -> None:
    made = recognise(
        "国有资产占用情况表",
        "单位：万元",
        table("项目|数量|价值\n一、房屋（平方米）|1200|300.00\n二、车辆（辆）|3|60.00"),
    )
    assert [(c.measure_code, c.number_text, c.published_unit) for c in made.cells] == [
        ("quantity", "1200", "平方米"),
        ("asset_value", "300.00", "万元"),
        ("quantity", "3", "辆"),
        ("asset_value", "60.00", "万元"),
    ]


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("非税收入征收计划表", "项目编码|项目名称|征收数\n103|非税收入|100.00"),
        ("部门债务情况表", "债务项目|债务余额|当年还本\n水库贷款|100.00|10.00"),
    ],
)
def test_tables_of_other_things_are_held_back(title: str, rows: str) -> None:
    made = budget(title, "单位：万元", table(rows))
    assert not made.cells
    assert {q.code for q in made.quarantined} == {"TITLE_UNMAPPED"}


BY_ECONOMIC_ITEM = """
科目编码|科目名称|总计|商品和服务支出|<|<|资本性支出|<
^|^|^|合计|办公费|公务接待费|合计|办公设备购置
||30.00|25.00|20.00|5.00|5.00|5.00
2130301|行政运行|30.00|25.00|20.00|5.00|5.00|5.00
"""


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("一般公共预算基本支出表--公用经费（商品和服务支出）（按部门预算经济分类）", "B7"),
        ("一般公共预算基本支出表—对个人和家庭的补助（按政府预算经济分类）", "B7"),
        ("基本支出预算明细表-工资福利支出（按部门预算经济分类）", "B7"),
        ("一般公共预算支出情况表—商品和服务支出（政府预算）", "B23"),
        ("一般公共预算支出预算分类汇总表（按部门预算经济分类）", "B23"),
        ("政府性基金预算支出分类汇总表（按政府预算经济分类）", "B24"),
        ("纳入专户管理的非税收入拨款支出预算分类汇总表", "B25"),
        ("支出预算分类汇总表（按部门预算经济分类）", "B22"),
    ],
)
def test_tables_by_function_and_economic_item(title: str, code: str) -> None:
    made = budget(title, "单位：万元", table(BY_ECONOMIC_ITEM))
    assert [t.statement_code for t in made.tables] == [code]
    assert not made.quarantined
    government = "政府预算" in title
    names = [
        (c.government_economic_name if government else c.department_economic_name, c.number_text)
        for c in made.cells
        if c.function_code and c.measure_code == "economic_class"
    ]
    assert names == [
        ("商品和服务支出", "25.00"),
        ("办公费", "20.00"),
        ("公务接待费", "5.00"),
        ("资本性支出", "5.00"),
        ("办公设备购置", "5.00"),
    ]


def test_economic_items_without_their_class_above_them() -> None:
    made = budget(
        "一般公共预算基本支出表--人员经费（按政府预算经济分类）",
        "单位：万元",
        table(
            "科目编码|科目名称|总计|工资奖金津补贴|社会保障缴费|离退休费\n"
            "2130301|行政运行|30.00|20.00|6.00|4.00"
        ),
    )
    assert not made.quarantined
    assert [c.government_economic_name for c in made.cells] == [
        None,
        "工资奖金津补贴",
        "社会保障缴费",
        "离退休费",
    ]


def test_special_funds_are_listed_by_project() -> None:
    made = budget(
        "专项资金预算汇总表", "单位：万元", table("单位名称|项目名称|金额\n青山县水利局|防汛|9.00")
    )
    assert [t.statement_code for t in made.tables] == ["B26"]


def test_parts_of_a_statement_are_no_repetition() -> None:
    part = BY_NATURE + "2050204|高中教育|9.00|4.00|5.00"
    titles = ("一般公共预算基本支出表--人员经费", "一般公共预算基本支出表--公用经费")
    made = budget(titles[0], "单位：元", table(part), titles[1], "单位：元", table(part))
    assert [t.statement_code for t in made.tables] == ["B7", "B7"]
    assert not made.findings


def test_rows_of_the_department_and_its_units_repeat_the_total() -> None:
    made = budget(
        "支出总表",
        "单位：万元",
        table(
            """
功能科目编码|功能科目名称|合计|基本支出|项目支出
|合计|90.00|60.00|30.00
115|青山县水利局|90.00|60.00|30.00
115001|青山县水利局（本级）|50.00|40.00|10.00
213|农林水支出|50.00|40.00|10.00
2130301|行政运行|50.00|40.00|10.00
115002|青山县水库管理所|40.00|20.00|20.00
213|农林水支出|40.00|20.00|20.00
2130304|水利行业业务管理|40.00|20.00|20.00
"""
        ),
    )
    found = {
        (c.line_no, c.line_role, c.function_code, c.organisation_code)
        for c in made.cells
        if c.measure_code == "total"
    }
    assert found == {
        (1, "total", None, None),
        (2, "subtotal", None, "115"),
        (3, "subtotal", None, "115001"),
        (4, "subtotal", "213", None),
        (5, "leaf", "2130301", None),
        (6, "subtotal", None, "115002"),
        (7, "subtotal", "213", None),
        (8, "leaf", "2130304", None),
    }


def test_an_item_may_be_named_like_a_unit() -> None:
    rows = "2070104|图书馆|9.00|4.00|5.00\n205|青山县第一中学|7.00|7.00|"
    made = budget("支出总表", "单位：万元", table(BY_NATURE + rows))
    found = {(c.function_code, c.organisation_code) for c in made.cells}
    assert found == {("2070104", None), (None, "205")}


def test_what_an_appropriation_consists_of_is_no_second_source() -> None:
    made = budget(
        "收支总表",
        "单位：万元",
        table(
            """
收入|<|支出|<
项目|本年预算|项目|本年预算
一、一般公共预算拨款收入|90.00|一、农林水支出|99.00
1、经费拨款|80.00||
2、罚没收入安排|10.00||
二、其他收入|9.00||
小计|99.00|小计|99.00
上年结转（结余）|1.00|年终结转|1.00
总计|100.00|总计|100.00
"""
        ),
    )
    lines = {c.line_label: (c.line_role, c.revenue_source, c.label_key) for c in made.cells[:7]}
    general = "fiscal_appropriation_general"
    assert lines == {
        "一、一般公共预算拨款收入": ("leaf", general, general),
        "1、经费拨款": ("of_which", None, "appropriation_part"),
        "2、罚没收入安排": ("of_which", None, None),
        "二、其他收入": ("leaf", "other_income", "other_income"),
        "小计": ("subtotal", None, "revenue_current_total"),
        "上年结转（结余）": ("leaf", "opening_balance", "opening_balance"),
        "总计": ("total", None, "revenue_total"),
    }


def test_the_sum_of_a_class_is_of_the_class_beside_it() -> None:
    made = recognise(
        "一般公共预算财政拨款支出决算表",
        "单位：万元",
        table(
            """
支出功能分类|<|<|<|本年支出合计|基本支出|项目支出
类|款|科目编码|科目名称|^|^|^
合计|<|<|<|9.00|4.00|5.00
农林水支出|小计|<|<|9.00|4.00|5.00
^|水利|2130301|行政运行|9.00|4.00|5.00
"""
        ),
    )
    found = {(c.line_role, c.function_name, c.function_code) for c in made.cells}
    assert found == {
        ("total", None, None),
        ("subtotal", "农林水支出", None),
        ("leaf", "行政运行", "2130301"),
    }


def test_a_column_may_name_the_fund_of_its_line() -> None:
    made = budget(
        "政府采购支出表",
        "单位：万元",
        table(
            """
采购品目大类|专项名称|经济科目|采购品目名称|资金来源|总计
合计|||||10.00
服务|水库巡查|委托业务费|安全服务|一般公共预算资金|6.00
货物|日常公用经费|办公费|复印纸|政府性基金预算资金|3.00
货物|日常公用经费|印刷费|表册|上级和本级资金|1.00
"""
        ),
    )
    assert not made.quarantined
    assert [(c.project_name, c.fund_source) for c in made.cells] == [
        (None, "all"),
        ("水库巡查", "general_public_budget"),
        ("日常公用经费", "government_fund"),
        ("日常公用经费", "all"),
    ]


def test_amounts_under_the_name_of_a_fund_are_not_lost() -> None:
    made = budget(
        "项目支出表", "单位：万元", table("项目名称|资金来源|备注\n防汛|6.00|\n抗旱|4.00|")
    )
    assert [q.code for q in made.quarantined] == ["HEADER_UNMAPPED"] * 2


def test_names_under_headers_that_nobody_knows_are_labels() -> None:
    made = budget(
        "一般公共预算基本支出情况表",
        "单位：元",
        table(
            """
甲类经济事项|乙类经济事项|预算数
合计||100.00
[301]工资福利支出||100.00
[30101]基本工资|[50101]工资奖金津补贴|100.00
"""
        ),
    )
    codes = [(c.line_label, c.department_economic_code) for c in made.cells]
    assert codes == [("合计", None), ("工资福利支出", "301"), ("基本工资", "30101")]


def test_basic_expenditure_of_all_funds_and_of_units() -> None:
    made = budget(
        "部门预算基本支出预算表",
        "单位：万元",
        table(
            """
支出项目类别（资金使用单位）|总计|财政拨款|<|财政专户拨款|其他资金
^|^|合计|一般公共预算|^|^
合计|100.00|90.00|90.00||10.00
工资福利支出|60.00|60.00|60.00||
青山县水利局|60.00|60.00|60.00||
"""
        ),
    )
    totals = [c for c in made.cells if c.measure_code in ("total", "other_funds")]
    assert {c.fund_source for c in totals} == {"all"}
    assert [(c.department_economic_name, c.organisation_name) for c in totals] == [
        (None, None),
        (None, None),
        ("工资福利支出", None),
        (None, "青山县水利局"),
    ]


def test_operating_information_under_its_other_title() -> None:
    made = recognise(
        "部门决算相关信息统计表",
        "单位：元",
        table(
            """
项目|统计数
（一）车辆数合计（辆）|4
1．机要通信用车|4
（一）政府采购支出合计|30.00
1．政府采购货物支出|30.00
（二）政府采购授予中小企业合同金额|20.00
"""
        ),
    )
    assert [t.statement_code for t in made.tables] == ["F14"]
    assert [(c.label_key, c.published_unit) for c in made.cells] == [
        ("vehicles", "辆"),
        (None, "辆"),
        ("procurement_total", "元"),
        ("procurement_goods", "元"),
        ("procurement_sme", "元"),
    ]


def test_the_name_of_a_total_is_no_economic_item() -> None:
    made = recognise(
        "一般公共预算财政拨款基本支出决算表",
        "单位：元",
        table("经济分类科目编码|科目名称|金额\n30101|基本工资|5.00\n|人员经费合计|5.00"),
    )
    names = [(c.line_label, c.department_economic_name) for c in made.cells]
    assert names == [("基本工资", "基本工资"), ("人员经费合计", None)]


def test_procurement_of_the_year_in_a_table_of_its_own() -> None:
    made = recognise(
        "政府采购情况表",
        "单位：万元",
        table("项目|统计数\n政府采购支出合计|6.00\n货物支出|1.00\n工程支出|2.00\n服务支出|3.00"),
    )
    assert [t.statement_code for t in made.tables] == ["F14"]
    assert [(c.label_key, c.number_text, c.published_unit) for c in made.cells] == [
        ("procurement_total", "6.00", "万元"),
        ("procurement_goods", "1.00", "万元"),
        ("procurement_works", "2.00", "万元"),
        ("procurement_services", "3.00", "万元"),
    ]


def test_assets_by_class_in_columns() -> None:
    """Yunnan: 固定资产 over its classes, each told by its header; the columns are one line."""
    made = recognise(
        "国有资产使用情况表",
        "单位：元",
        table(
            """
项目|行次|资产总额|流动资产|固定资产|<|<|<|其他资产
^|^|^|^|小计|房屋构筑物|汽车|其他固定资产|^
栏次||1|2|3|4|5|6|7
合计|1|60.00|10.00|40.00|25.00|5.00|10.00|8.00
"""
        ),
    )
    assert [t.statement_code for t in made.tables] == ["F14"]
    assert not made.quarantined
    assert [(c.measure_code, c.header_text, c.number_text) for c in made.cells] == [
        ("asset_total", "资产总额", "60.00"),
        ("asset_class", "流动资产", "10.00"),
        ("asset_class", "固定资产 > 小计", "40.00"),
        ("asset_class", "固定资产 > 房屋构筑物", "25.00"),
        ("asset_class", "固定资产 > 汽车", "5.00"),
        ("asset_class", "固定资产 > 其他固定资产", "10.00"),
        ("asset_class", "其他资产", "8.00"),
    ]
