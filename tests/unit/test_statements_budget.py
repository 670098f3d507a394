"""Budgets in the layouts of different provinces, made by hand."""

from __future__ import annotations

from tests.unit.table_documents import recognise, table


def test_general_budget_compared_with_the_year_before() -> None:
    made = recognise(
        "一般公共预算支出表",
        "预算05表 单位：万元",
        table(
            """
功能分类科目|<|2022年执行数|2023年预算数|<|<|2023年预算数比2022年执行数|<
科目编码|科目名称|^|小计|基本支出|项目支出|增减额|增减%
合计|<|90.00|100.00|70.00|30.00|10.00|11.11%
205|教育支出|90.00|100.00|70.00|30.00|10.00|11.11
20508|进修及培训|90.00|100.00|70.00|30.00|10.00|11.11
2050803|培训支出|90.00|100.00|70.00|30.00|10.00|11.11
""",
        ),
        kind="budget",
    )
    assert (made.tables[0].statement_code, made.tables[0].unit) == ("B6", "万元")
    assert not made.quarantined
    leaf = {
        (c.measure_code, c.amount_stage): (c.number_text, c.published_unit)
        for c in made.cells
        if c.line_role == "leaf"
    }
    assert leaf == {
        ("amount", "prior_year_final"): ("90.00", "万元"),
        ("total", "initial_budget"): ("100.00", "万元"),
        ("basic", "initial_budget"): ("70.00", "万元"),
        ("project", "initial_budget"): ("30.00", "万元"),
        ("change", "initial_budget"): ("10.00", "万元"),
        ("growth_ratio", "initial_budget"): ("11.11", "%"),
    }
    assert {c.fund_source for c in made.cells} == {"general_public_budget"}


def test_revenue_by_unit_with_two_levels_of_units() -> None:
    made = recognise(
        table(
            """
表1-1|<|<|<|<|<|<|<
部门收入总表|<|<|<|<|<|<|<
部门：某市农业农村局|<|<|<|<|<|<|金额单位：万元
项目|<|合计|上年结转|一般公共预算拨款收入|政府性基金预算拨款收入|事业收入|其他收入
单位代码|单位名称（科目）|^|^|^|^|^|^
|合计|500|20|400|50|20|10
301|某市农业农村局|500|20|400|50|20|10
301001|某市农业农村局本级|300|20|250||20|10
301002|某市农业技术站|200||150|50||
""",
        ),
        kind="budget",
    )
    assert (made.tables[0].statement_code, made.tables[0].unit) == ("B2", "万元")
    assert not made.quarantined
    total = {c.organisation_code: c.line_role for c in made.cells if c.measure_code == "total"}
    assert total == {None: "total", "301": "subtotal", "301001": "leaf", "301002": "leaf"}
    sources = {c.revenue_source for c in made.cells if c.organisation_code == "301001"}
    assert sources == {
        None,
        "opening_balance",
        "fiscal_appropriation_general",
        "business_income",
        "other_income",
    }


def test_expenditure_by_item_and_unit_with_parts_in_columns() -> None:
    made = recognise(
        "表1-2 部门支出总表",
        "单位：元",
        table(
            """
项目|<|<|<|<|合计|基本支出|项目支出|上缴上级支出|对附属单位补助支出
科目编码|<|<|单位代码|单位名称（科目）|^|^|^|^|^
类|款|项|^|^|^|^|^|^|^
||||合计|700.00|500.00|200.00||
||||某区档案馆|700.00|500.00|200.00||
201|26|01|310001|行政运行|500.00|500.00|||
201|26|04|310001|档案馆|200.00||200.00||
""",
        ),
        kind="budget",
    )
    assert made.tables[0].statement_code == "B3"
    leaves = [c for c in made.cells if c.line_role == "leaf" and c.measure_code == "total"]
    assert [c.line_role for c in made.cells if c.line_label == "某区档案馆"] == ["subtotal"] * 3
    coded = [
        (c.function_code, c.organisation_code, c.number_text) for c in leaves if c.function_code
    ]
    assert coded == [("2012601", "310001", "500.00"), ("2012604", "310001", "200.00")]


def test_basic_expenditure_with_both_economic_classifications() -> None:
    made = recognise(
        "一般公共预算基本支出表",
        "单位：万元",
        table(
            """
部门经济科目编码|部门经济科目名称|政府经济科目编码|政府经济科目名称|合计|人员经费支出|公用经费支出|备注
**|**|**|**|1|2|3|**
|合计|||30.50|20.00|10.50|
301|工资福利支出|||20.00|20.00||
  30101|基本工资|50101|工资奖金津补贴|20.00|20.00||
302|商品和服务支出|||10.50||10.50|
  30201|办公费|50201|办公经费|10.50||10.50|
""",
        ),
        kind="budget",
    )
    assert made.tables[0].statement_code == "B7"
    assert not made.quarantined
    totals = [
        (c.line_role, c.department_economic_code, c.government_economic_code, c.number_text)
        for c in made.cells
        if c.measure_code == "total"
    ]
    assert totals == [
        ("total", None, None, "30.50"),
        ("subtotal", "301", None, "20.00"),
        ("leaf", "30101", "50101", "20.00"),
        ("subtotal", "302", None, "10.50"),
        ("leaf", "30201", "50201", "10.50"),
    ]
    office = next(c for c in made.cells if c.department_economic_code == "30201")
    assert office.government_economic_name == "办公经费"
    assert {c.staff_split for c in made.cells if c.measure_code == "public"} == {"public"}


def test_economic_classes_as_columns() -> None:
    made = recognise(
        "支出预算总表",
        "单位：万元",
        table(
            """
科目编码|科目名称|合计|基本支出|<|<|<|项目支出
^|^|^|小计|工资福利支出|商品和服务支出|对个人和家庭的补助|^
2080101|行政运行|95|90|60|20|10|5
""",
        ),
        kind="budget",
    )
    assert made.tables[0].statement_code == "B3"
    assert not made.quarantined
    found = {(c.measure_code, c.department_economic_name): c.number_text for c in made.cells}
    assert found == {
        ("total", None): "95",
        ("basic", None): "90",
        ("economic_class", "工资福利支出"): "60",
        ("economic_class", "商品和服务支出"): "20",
        ("economic_class", "对个人和家庭的补助"): "10",
        ("project", None): "5",
    }
    natures = {c.expenditure_type for c in made.cells if c.department_economic_name}
    assert natures == {"basic"}


def test_three_public_side_by_side_for_two_years() -> None:
    made = recognise(
        "财政拨款“三公”经费支出预算表",
        "单位：万元",
        table(
            """
2022年预算数|<|<|<|<|<|2023年预算数|<|<|<|<|<
合计|因公出国（境）费|公务用车购置及运行费|<|<|公务接待费|合计|因公出国（境）费|公务用车购置及运行费|<|<|公务接待费
^|^|小计|公务用车购置费|公务用车运行费|^|^|^|小计|公务用车购置费|公务用车运行费|^
9.00|0.00|8.00|0.00|8.00|1.00|7.00|—|6.50||6.50|0.50
""",
        ),
        kind="budget",
    )
    assert made.tables[0].statement_code == "B10"
    assert not made.quarantined
    cells = {(c.measure_code, c.amount_stage): c for c in made.cells}
    assert len(cells) == len(made.cells) == 11
    assert cells["three_public_total", "prior_year_budget"].number_text == "9.00"
    assert cells["vehicle_operation", "initial_budget"].number_text == "6.50"
    assert cells["vehicle_purchase", "prior_year_budget"].value_status == "zero"
    assert cells["overseas_travel", "initial_budget"].value_status == "not_applicable"


def test_three_public_with_growth() -> None:
    made = recognise(
        "2023年部门“三公”经费预算情况表",
        table(
            """
项目|上年预算数（万元）|当年预算数（万元）|增减比例（%）
合计|10|8|-20.00
1.因公出国（境）费用|0|0|0.00
2.公务接待费|4|3|-25.00
3.公务用车费|6|5|-16.67
其中：（1）公务用车运行维护费|6|5|-16.67
（2）公务用车购置费|||
""",
        ),
        kind="budget",
    )
    assert made.tables[0].statement_code == "B10"
    assert not made.quarantined
    rows = {(c.measure_code, c.amount_stage): (c.number_text, c.published_unit) for c in made.cells}
    assert rows["vehicle_operation", "initial_budget"] == ("5", "万元")
    assert rows["growth_ratio", "initial_budget"] == ("-16.67", "%")
    assert rows["three_public_total", "prior_year_budget"] == ("10", "万元")


def test_overview_with_carry_over_on_both_sides() -> None:
    made = recognise(
        "收支预算总表",
        "单位：万元",
        table(
            """
收入|<|支出|<
项目|预算数|项目|预算数
一、一般公共预算拨款收入|100|一、农林水支出|110
二、政府性基金预算拨款收入||二、住房保障支出|8
三、事业收入|5||
本年收入合计|105|本年支出合计|118
上年结转|13|结转下年|
收入总计|118|支出总计|118
""",
        ),
        kind="budget",
    )
    assert made.tables[0].statement_code == "B1"
    keys = {c.label_key: (c.number_text, c.line_role) for c in made.cells if c.label_key}
    assert keys == {
        "fiscal_appropriation_general": ("100", "leaf"),
        "business_income": ("5", "leaf"),
        "revenue_current_total": ("105", "subtotal"),
        "opening_balance": ("13", "leaf"),
        "revenue_total": ("118", "total"),
        "expenditure_current_total": ("118", "subtotal"),
        "expenditure_total": ("118", "total"),
    }
    names = {c.function_name for c in made.cells if c.function_name}
    assert names == {"农林水支出", "住房保障支出"}


def test_projects_with_codes_and_funds() -> None:
    made = recognise(
        "项目支出表",
        "单位：万元",
        table(
            """
类型|项目名称|项目单位|合计|本年拨款|<|<|财政拨款结转结余|<|<|财政专户管理资金|单位资金
^|^|^|^|一般公共预算|政府性基金预算|国有资本经营预算|一般公共预算|政府性基金预算|国有资本经营预算|^|^
合计|||60|50|||10||||
其他运转类|信息系统运维|某省档案局|60|50|||10||||
""",
        ),
        kind="budget",
    )
    assert made.tables[0].statement_code == "B4"
    assert not made.quarantined
    leaf = {
        (c.measure_code, c.fund_source): c.number_text for c in made.cells if c.line_role == "leaf"
    }
    assert leaf == {
        ("total", "all"): "60",
        ("general_public_budget", "general_public_budget"): "50",
        ("carry_over", "general_public_budget"): "10",
    }
    assert {c.project_name for c in made.cells if c.line_role == "leaf"} == {"信息系统运维"}
    assert {c.expenditure_type for c in made.cells} == {"project"}


def test_several_tables_in_one_grid() -> None:
    made = recognise(
        table(
            """
表一、部门收支总体情况表|<|<|<
|||单位：元
收入|<|支出|<
项目|预算数|项目|预算数
一、一般公共预算拨款收入|100.00|一、教育支出|100.00
收入总计|100.00|支出总计|100.00
|||
表二、部门支出总体情况表|<|<|<
|||单位：万元
科目编码|科目名称|基本支出|项目支出
2050803|培训支出|0.01|0
表三、政府性基金预算支出情况表|<|<|<
科目编码|科目名称|基本支出|项目支出
|||
注：本单位无政府性基金预算支出，故本表为空。|<|<|<
""",
        ),
        kind="budget",
    )
    assert [(t.statement_code, t.status, t.unit) for t in made.tables] == [
        ("B1", "recognised", "元"),
        ("B3", "recognised", "万元"),
        ("B8", "declared_empty", None),
    ]
    assert {t.table_index for t in made.tables} == {0, 1, 2}


def test_what_no_layout_knows_is_quarantined() -> None:
    made = recognise(
        "支出总表",
        "单位：万元",
        table(
            """
科目编码|科目名称|合计|基本支出|项目支出|神秘支出
2050803|培训支出|3|1|1|1
"""
        ),
        "乡镇集体资金收支神秘表",
        "单位：万元",
        table("神秘甲|神秘乙\n某某|12.50"),
        kind="budget",
    )
    assert [t.status for t in made.tables] == ["recognised", "unmapped"]
    assert sorted((q.code, q.observed) for q in made.quarantined) == [
        ("HEADER_UNMAPPED", "神秘支出: 1"),
        ("TITLE_UNMAPPED", "12.50"),
    ]
    assert {f.code for f in made.findings} == {"HEADER_UNMAPPED", "TITLE_UNMAPPED"}
    assert len(made.cells) == 3


def test_unknown_unit_is_quarantined_and_header_unit_is_read() -> None:
    text = "科目编码|科目名称|合计{0}|基本支出{0}|项目支出{0}\n2050803|培训支出|3|1|0"
    unknown = recognise("支出总表", table(text.format("")), kind="budget")
    assert unknown.cells == []
    assert [q.code for q in unknown.quarantined] == ["UNIT_UNKNOWN"] * 3
    known = recognise("支出总表", table(text.format("（万元）")), kind="budget")
    assert [c.published_unit for c in known.cells] == ["万元"] * 3


def test_table_continued_over_pages() -> None:
    head = "科目编码|科目名称|合计|基本支出|项目支出\n"
    made = recognise(
        "支出总表",
        "单位：万元",
        table(head + "205|教育支出|3|1|2\n20508|进修及培训|3|1|2", page=1),
        "- 7 -",
        table("2050803|培训|1|1|", page=2),
        table("|支出|||\n2050899|其他进修及培训|2||2", page=3),
        table(head + "合计||3|1|2", page=4),
        kind="budget",
    )
    assert len(made.tables) == 1
    totals = [
        (c.function_code, c.function_name, c.line_role)
        for c in made.cells
        if c.measure_code == "total"
    ]
    assert totals == [
        ("205", "教育支出", "subtotal"),
        ("20508", "进修及培训", "subtotal"),
        ("2050803", "培训支出", "leaf"),
        ("2050899", "其他进修及培训", "leaf"),
        (None, None, "total"),
    ]


def test_overview_with_four_expenditure_views() -> None:
    made = recognise(
        "2019年收支预算总表",
        "单位：万元",
        table(
            """
收入|<|支出|<|<|<|<|<|<|<
项目|本年预算数|支出类别|本年预算数|政府预算经济分类|本年预算数|部门预算经济分类|本年预算数|功能分类|本年预算数
一、财政拨款收入|90|一、基本支出|70|一、机关工资福利支出|60|一、工资福利支出|60|一般公共服务支出|90
||||二、机关商品和服务支出|10|二、商品和服务支出|10||
||二、项目支出|20|三、其他支出|20|三、其他支出|20||
收入总计|90|支出总计|90|支出总计|90|支出总计|90|支出总计|90
"""
        ),
        kind="budget",
        year=2019,
    )
    assert made.tables[0].statement_code == "B1"
    assert not made.quarantined
    functions = [(c.function_name, c.number_text) for c in made.cells if c.function_name]
    assert functions == [("一般公共服务支出", "90")]
    government = {c.government_economic_name for c in made.cells} - {None}
    assert government == {"机关工资福利支出", "机关商品和服务支出", "其他支出"}
    natures = {
        c.line_label: c.expenditure_type
        for c in made.cells
        if c.label_key in ("basic_expenditure", "project_expenditure")
    }
    assert natures == {"一、基本支出": "basic", "二、项目支出": "project"}


def test_table_declared_empty_without_a_grid() -> None:
    made = recognise(
        "表八、政府性基金预算支出表",
        "本单位2023年没有政府性基金预算安排的支出。",
        "表九、支出总表",
        "单位：元",
        table("科目编码|科目名称|基本支出|项目支出\n2050803|培训支出|1.00|"),
        kind="budget",
    )
    assert [(t.statement_code, t.status) for t in made.tables] == [
        ("B8", "declared_empty"),
        ("B3", "recognised"),
    ]


def test_repeated_texts_of_merged_cells_and_rows() -> None:
    made = recognise(
        table(
            """
支出总表|支出总表|支出总表|支出总表|支出总表
单位：元|单位：元|单位：元|单位：元|单位：元
项目|项目|合计|基本支出|项目支出
科目编码|科目名称|合计|基本支出|项目支出
合计|合计|5.00|5.00|
2050803|培训支出|5.00|5.00|
2050803|培训支出|5.00|5.00|
第 3 页|第 3 页|第 3 页|第 3 页|第 3 页
科目编码|科目名称|合计|基本支出|项目支出
注：单位为元|注：单位为元|注：单位为元|注：单位为元|注：单位为元
"""
        ),
        kind="budget",
    )
    assert (made.tables[0].statement_code, made.tables[0].unit) == ("B3", "元")
    totals = [(c.line_role, c.function_code) for c in made.cells if c.measure_code == "total"]
    assert totals == [("total", None), ("leaf", "2050803"), ("memo", "2050803")]
    assert [f.code for f in made.findings] == ["SUSPECT_DUPLICATED_CELLS"]
    assert not made.quarantined


def test_parts_without_a_name_of_their_own_are_not_counted_as_the_whole() -> None:
    made = recognise(
        "部门支出总表",
        "单位：万元",
        table(
            """
科目编码|科目名称|合计|基本支出|项目支出|<|<
^|^|^|^|小计|其他运转类|特定目标类
2050803|培训支出|10|4|6|1|5
"""
        ),
        kind="budget",
    )
    found = [(c.measure_code, c.line_role, c.number_text) for c in made.cells]
    assert found == [
        ("total", "leaf", "10"),
        ("basic", "leaf", "4"),
        ("project", "leaf", "6"),
        ("part", "of_which", "1"),
        ("part", "of_which", "5"),
    ]
    assert not made.quarantined


def test_grand_totals_and_balances_without_numbers() -> None:
    made = recognise(
        "表一 财政拨款收支总表",
        "单位：元",
        table(
            """
收入|<|支出|<|<|<|<
项目|预算数|项目|合计|一般公共预算财政拨款|政府性基金预算财政拨款|国有资本经营预算财政拨款
一、本年收入|90.5|一、本年支出|90.5|90.5||
一般公共预算资金|90.5|公共安全支出|90.5|90.5||
政府性基金预算资金||||||
二、上年结转|1|二、结转下年|1|1||
一般公共预算拨款|1|||||
收入合计|91.5|支出合计|91.5|91.5||
"""
        ),
        kind="budget",
    )
    assert made.tables[0].statement_code == "B5"
    found = [
        (c.label_key, c.line_role, c.revenue_source, c.fund_source, c.number_text)
        for c in made.cells
        if c.measure_code in ("amount", "total") and c.label_key
    ]
    general = "general_public_budget"
    assert found == [
        ("revenue_current_total", "subtotal", None, "all", "90.5"),
        ("fiscal_appropriation_general", "leaf", "fiscal_appropriation_general", general, "90.5"),
        ("opening_balance", "subtotal", "opening_balance", "all", "1"),
        ("opening_balance", "leaf", "opening_balance", general, "1"),
        ("revenue_total", "total", None, "all", "91.5"),
        ("expenditure_current_total", "subtotal", None, "all", "90.5"),
        ("closing_balance", "leaf", None, "all", "1"),
        ("expenditure_total", "total", None, "all", "91.5"),
    ]


def test_names_by_indent_without_codes() -> None:
    made = recognise(
        "一般公共预算支出表",
        "单位：万元",
        table(
            """
项目|合计|基本支出|<|项目支出
^|^|人员经费|公用经费|^
合计|70|40|10|20
教育支出|70|40|10|20
　普通教育|70|40|10|20
　　小学教育|70|40|10|20
"""
        ),
        kind="budget",
    )
    totals = [(c.function_name, c.line_role) for c in made.cells if c.measure_code == "total"]
    assert totals == [
        (None, "total"),
        ("教育支出", "subtotal"),
        ("普通教育", "subtotal"),
        ("小学教育", "leaf"),
    ]


def test_a_form_of_targets_for_each_project_is_no_repetition() -> None:
    form = (
        "项目名称|{0}|{0}|{0}\n年度资金总额：|{1}|{1}|{1}\n其中：财政拨款|{1}|{1}|{1}\n"
        "一级指标|二级指标|三级指标|指标值\n产出指标|数量指标|{2}|≥6场"
    )
    made = recognise(
        "项目支出绩效目标表",
        "单位：万元",
        table(form.format("河堤养护", "12.50", "巡查场次")),
        "项目支出绩效目标表",
        "单位：万元",
        table(form.format("打井", "8.00", "培训场次")),
        kind="budget",
    )
    assert [t.statement_code for t in made.tables] == ["B13", "B13"]
    assert [c.number_text for c in made.cells if c.measure_code == "total"] == ["12.50", "8.00"]
    assert made.findings == []
