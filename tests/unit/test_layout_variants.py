"""Variants of the standard tables that publishers print: parts, mixed columns, counts, flows."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.datasets import StatementCellRow
from extract.recognise.statements import Statements
from tests.unit.table_documents import recognise, table
from tests.unit.test_strange_layouts import dump, from_text

FUNCTIONS = "213|农林水支出|9.50|4.00|5.50\n21303|水利|9.50|4.00|5.50\n2130301|行政运行|4.00|4.00|"


def budget(*blocks: object) -> Statements:
    return recognise(*blocks, kind="budget", year=2024)  # type: ignore[arg-type]


def of(made: Statements, label: str | None, measure: str) -> list[StatementCellRow]:
    return [c for c in made.cells if (c.line_label, c.measure_code) == (label, measure)]


def numbers(made: Statements, label: str | None, measure: str) -> list[str | None]:
    return [c.number_text for c in of(made, label, measure)]


def test_a_header_repeated_in_its_cell_is_one() -> None:
    made = recognise(
        "收入支出决算总表",
        "单位：元",
        table(
            "收入\\n收入|<|支出\\n支出|<\n项目|决算数|项目|决算数\\n决算数\n"
            "一、事业收入|9.00|一、农林水支出|9.00\n本年收入合计|9.00|本年支出合计|9.00"
        ),
    )
    assert not made.quarantined
    assert numbers(made, "一、事业收入", "amount") == ["9.00"]
    assert of(made, "一、农林水支出", "amount")[0].function_name == "农林水支出"


@pytest.mark.parametrize(
    "head",
    [
        "项目|本年支出合计|基本支出|项目支出\n支出功能分类科目编码|科目名称\n类|款|项|栏次|1|2|3\n合计|9.50|4.00|5.50",
        "科目编码|科目名称|本年支出合计|基本支出|项目支出\n类|款|项||||\n合计|9.50|4.00|5.50",
    ],
)
def test_code_parts_in_the_header_over_codes_in_one_cell(tmp_path: Path, head: str) -> None:
    made = from_text(tmp_path, dump("支出决算表", "单位：元", f"{head}\n{FUNCTIONS}"))
    cells = made.rows["statement_cell"]
    assert not made.rows["quarantined_row"]
    assert [(c.function_code, c.measure_code, c.number_text) for c in cells][3:] == [  # type: ignore[union-attr]
        ("213", "total", "9.50"),
        ("213", "basic", "4.00"),
        ("213", "project", "5.50"),
        ("21303", "total", "9.50"),
        ("21303", "basic", "4.00"),
        ("21303", "project", "5.50"),
        ("2130301", "total", "4.00"),
        ("2130301", "basic", "4.00"),
    ]


def test_figures_torn_in_a_table_of_one_line_go_by_its_other_figures() -> None:
    head = "合计|因公出国（境）费|公务用车购置及运行费|<|<|公务接待费\n^|^|小计|购置费|运行费|^\n"
    made = recognise(
        "“三公”经费支出决算表",
        "单位：元",
        table(head + "52345\\n6.78|0.00|5123\\n45.67|0.00|512345.67|11111.11"),
    )
    assert not made.quarantined
    assert numbers(made, None, "three_public_total") == ["523456.78"]
    assert numbers(made, None, "vehicle_total") == ["512345.67"]


def test_one_other_figure_does_not_prove_a_torn_one() -> None:
    head = "合计|因公出国（境）费|公务接待费\n"
    made = recognise("“三公”经费支出决算表", "单位：元", table(head + "52345\\n6.78||11111.11"))
    assert [q.code for q in made.quarantined] == ["NUMBER_GRAMMAR"]


def test_names_of_classes_under_a_header_of_projects_are_no_projects() -> None:
    rows = "农林水支出|9.00|4.00|5.00\n　水利|9.00|4.00|5.00\n合计|9.00|4.00|5.00"
    made = recognise("支出决算表", "单位：元", table(f"项目名称|合计|基本支出|项目支出\n{rows}"))
    assert {(c.function_name, c.project_name) for c in made.cells} == {
        ("农林水支出", None),
        ("水利", None),
        (None, None),
    }
    made = budget(
        "政府性基金预算支出表",
        "单位：元",
        table("项目名称|合计|基本支出|项目支出\n老旧街巷整治|9.00||9.00"),
    )
    assert {c.project_name for c in made.cells} == {"老旧街巷整治"}


def test_the_flow_of_a_fund_is_no_expenditure() -> None:
    made = recognise(
        "一般公共预算财政拨款收入支出决算表",
        "单位：元",
        table(
            """
项目|<|年初结转和结余|<|<|本年收入|<|<|本年支出|<|<|年末结转和结余|<|<
科目编码|科目名称|合计|基本支出结转|项目支出结转和结余|合计|基本支出|项目支出|合计|基本支出|项目支出|合计|基本支出结转|项目支出结转和结余
2130301|行政运行|8.00|1.00|7.00|70.00|60.00|10.00|75.00|59.00|16.00|3.00|2.00|1.00
"""
        ),
    )
    assert made.tables[0].statement_code == "F5"
    assert not made.quarantined
    assert {c.measure_code: c.number_text for c in made.cells if c.measure_code != "part"} == {
        "opening_balance": "8.00",
        "revenue": "70.00",
        "expenditure": "75.00",
        "basic": "59.00",
        "project": "16.00",
        "closing_balance": "3.00",
    }
    parts = [c for c in made.cells if c.measure_code == "part"]
    assert [c.number_text for c in parts] == ["1.00", "7.00", "60.00", "10.00", "2.00", "1.00"]
    assert {c.line_role for c in parts} == {"of_which"}


def test_money_of_the_year_by_nature_is_expenditure_without_the_flow() -> None:
    made = budget(
        "一般公共预算支出表",
        "单位：元",
        table("科目编码|科目名称|本年拨款|<\n^|^|基本支出|项目支出\n2130301|行政运行|4.00|5.00"),
    )
    assert [c.measure_code for c in made.cells] == ["basic", "project"]


def test_a_column_of_which_is_a_part_whatever_it_is_called() -> None:
    made = recognise(
        "收入决算表",
        "单位：元",
        table(
            """
科目编码|科目名称|本年收入合计|财政拨款收入|事业收入|<|上级补助收入|<
^|^|^|^|小计|其中：教育收费|小计|其中：专项收入
2050204|高中教育|60.00|10.00|30.00|21.00|20.00|5.00
"""
        ),
    )
    assert not made.quarantined
    assert numbers(made, "高中教育", "business_income") == ["30.00"]
    assert numbers(made, "高中教育", "superior_subsidy") == ["20.00"]
    parts = of(made, "高中教育", "part")
    assert [c.number_text for c in parts] == ["21.00", "5.00"]
    assert {(c.line_role, c.revenue_source) for c in parts} == {("of_which", None)}


def test_transfers_to_regions_are_parts_of_their_line() -> None:
    made = budget(
        "对下转移支付预算表",
        "单位：万元",
        table(
            """
单位名称（项目）|本年预算数|资金来源|<|地区|<
^|合计|一般公共预算|政府性基金|甲县|乙县
水利建设补助|30.00|30.00||12.00|18.00
"""
        ),
    )
    assert not made.quarantined
    assert numbers(made, "水利建设补助", "part") == ["12.00", "18.00"]
    assert numbers(made, "水利建设补助", "total") == ["30.00"]


def test_a_column_of_units_and_items_is_told_by_the_codes() -> None:
    made = budget(
        "部门支出总表",
        "单位：万元",
        table(
            """
科目编码|<|<|单位代码|单位名称（科目）|合计|基本支出|项目支出
类|款|项|^|^|^|^|^
|||101|青山县水利局|9.00|4.00|5.00
213|03|01|101001|行政运行|4.00|4.00|
213|03|05|101001|水利工程建设|5.00||5.00
"""
        ),
    )
    found = {(c.line_label, c.function_name, c.organisation_name, c.line_role) for c in made.cells}
    assert found == {
        ("青山县水利局", None, "青山县水利局", "subtotal"),
        ("行政运行", "行政运行", None, "leaf"),
        ("水利工程建设", "水利工程建设", None, "leaf"),
    }


def test_the_total_of_a_list_may_stand_in_the_column_of_numbers() -> None:
    made = budget(
        "政府购买服务预算表",
        "单位：元",
        table("序号|购买服务项目名称|合计|财政拨款\n合计||60.00|60.00\n1|物业服务|60.00|60.00"),
    )
    assert {(c.line_label, c.line_role) for c in made.cells} == {
        ("合计", "total"),
        ("物业服务", "leaf"),
    }


def test_parts_of_a_count_are_counts_and_amounts_stay_amounts() -> None:
    made = recognise(
        "机构运行信息表",
        "单位：万元",
        table(
            """
项目|行次|统计数
一、机关运行经费|1|10.50
二、资产信息|2|—
（一）车辆数合计（辆）|3|7
1．主要领导干部用车|4|2
其中：新能源车|5|1
（二）单价100万元（含）以上设备（台，套）|6|3
三、政府采购支出信息|7|—
（一）政府采购支出合计|8|20.00
"""
        ),
    )
    units = {c.line_label: (c.measure_code, c.published_unit) for c in made.cells}
    assert units["1．主要领导干部用车"] == ("quantity", "辆")
    assert units["其中：新能源车"] == ("quantity", "辆")
    assert units["（二）单价100万元（含）以上设备（台，套）"] == ("quantity", "台,套")
    assert units["（一）政府采购支出合计"] == ("amount", "万元")
    assert units["一、机关运行经费"] == ("operating_expenses", "万元")


def test_a_number_of_things_is_no_amount_whatever_the_line() -> None:
    made = budget(
        "政府采购预算表",
        "单位：元",
        table(
            "预算项目|采购目录|数量|资金来源|<\n^|^|^|合计|一般公共预算\n公用经费|复印纸|100|5.00|5.00"
        ),
    )
    assert numbers(made, "公用经费", "quantity") == ["100"]
    assert of(made, "公用经费", "quantity")[0].published_unit is None


def test_years_beside_the_name_of_the_unit_are_headers() -> None:
    made = budget(
        "“三公”经费、会议费、培训费支出预算表",
        "单位：万元",
        table(
            """
单位名称|2023年|<|<|2024年|<|<
^|三公经费|<|会议费|三公经费|<|会议费
^|小计|公务接待费|^|小计|公务接待费|^
青山县水利局|3.00|3.00|1.00|2.00|2.00|1.50
"""
        ),
    )
    assert not made.quarantined
    found = {(c.amount_stage, c.measure_code, c.number_text) for c in made.cells}
    assert found == {
        ("prior_year_budget", "three_public_total", "3.00"),
        ("prior_year_budget", "reception", "3.00"),
        ("prior_year_budget", "meeting", "1.00"),
        ("initial_budget", "three_public_total", "2.00"),
        ("initial_budget", "reception", "2.00"),
        ("initial_budget", "meeting", "1.50"),
    }


def test_tasks_of_a_department_form_and_no_target_of_it() -> None:
    made = budget(
        "部门整体支出绩效目标申报表",
        table(
            """
部门（单位）名称|青山县水利局|<|<|<
年度主要任务|任务名称|预算金额（万元）|<|<
^|^|总额|财政拨款|其他资金
^|水库维修|40.00|30.00|10.00
^|河道治理|60.00|60.00|
^|金额合计|100.00|90.00|10.00
年度绩效指标|一级指标|二级指标|三级指标|指标值
^|产出指标|数量指标|维修水库数量|5
^|产出指标|12|34|56
"""
        ),
    )
    assert [(c.line_label, c.line_role, c.measure_code, c.number_text) for c in made.cells] == [
        ("水库维修", "leaf", "total", "40.00"),
        ("水库维修", "leaf", "fiscal_appropriation", "30.00"),
        ("水库维修", "leaf", "other_funds", "10.00"),
        ("河道治理", "leaf", "total", "60.00"),
        ("河道治理", "leaf", "fiscal_appropriation", "60.00"),
        ("金额合计", "total", "total", "100.00"),
        ("金额合计", "total", "fiscal_appropriation", "90.00"),
        ("金额合计", "total", "other_funds", "10.00"),
    ]
    assert {c.published_unit for c in made.cells} == {"万元"}


def test_money_of_a_department_form_told_within_its_cells() -> None:
    made = budget(
        "部门整体支出绩效目标申报表",
        "单位：万元",
        table("年度预算申请|资金总额：120.50|按收入性质分|其中：一般公共预算：100.50|其他资金：20"),
    )
    assert [(c.line_label, c.measure_code, c.number_text) for c in made.cells] == [
        ("资金总额", "total", "120.50"),
        ("其中：一般公共预算", "general_public_budget", "100.50"),
        ("其他资金", "other_funds", "20"),
    ]


def test_revenue_from_debt_is_not_other_income() -> None:
    made = budget(
        "收入预算总表",
        "单位：万元",
        table("科目编码|科目名称|总计|债务（转贷）收入|其他收入\n213|农林水支出|9.00|5.00|4.00"),
    )
    assert numbers(made, "农林水支出", "debt_income") == ["5.00"]
    assert numbers(made, "农林水支出", "other_income") == ["4.00"]


def test_items_of_economic_classes_as_columns_keep_their_names() -> None:
    made = recognise(
        "一般公共预算财政拨款支出决算明细表",
        "单位：元",
        table(
            """
科目编码|科目名称|合计|工资福利支出|<|<|商品和服务支出|<|<
^|^|^|小计|基本工资|津贴补贴|小计|会议费|维修（护）费（元）
栏次|<|1|2|3|4|5|6|7
2130301|行政运行|100.00|90.00|60.00|30.00|10.00|6.00|4.00
"""
        ),
    )
    assert not made.quarantined
    found = [
        (c.department_economic_name, c.number_text)
        for c in made.cells
        if c.measure_code == "economic_class"
    ]
    assert found == [
        ("工资福利支出", "90.00"),
        ("基本工资", "60.00"),
        ("津贴补贴", "30.00"),
        ("商品和服务支出", "10.00"),
        ("会议费", "6.00"),
        ("维修（护）费", "4.00"),
    ]


def test_economic_columns_that_nothing_tells_apart_are_held_back() -> None:
    made = recognise(
        "一般公共预算财政拨款支出决算明细表",
        "单位：元",
        table("科目编码|科目名称|合计|工资福利支出|<\n2130301|行政运行|90.00|60.00|30.00"),
    )
    assert [c.measure_code for c in made.cells] == ["total"]
    assert [q.code for q in made.quarantined] == ["HEADER_UNMAPPED", "HEADER_UNMAPPED"]


@pytest.mark.parametrize("numbers", ["栏次|<|1|", "栏次|栏次|1|备注"])
def test_one_numbered_column_is_numbered_all_the_same(numbers: str) -> None:
    made = recognise(
        "一般公共预算财政拨款项目支出决算表",
        "单位：元",
        table(f"科目编码|科目名称|金额|备注\n{numbers}\n2130305|水利工程建设|35.00|"),
    )
    assert [(c.line_label, c.number_text) for c in made.cells] == [("水利工程建设", "35.00")]


FLOW = (
    "科目编码|科目名称|年初结转和结余|本年收入|本年支出|年末结转和结余\n"
    "类|款|项||合计|基本支出结转|项目支出结转和结余|合计|基本支出|项目支出|合计|基本支出|项目支出"
    "|合计|基本支出结转|项目支出结转和结余\n"
    "213|03|01|行政运行|8.00|1.00|7.00|70.00|60.00|10.00|75.00|59.00|16.00|3.00|2.00|1.00"
)


def test_headers_of_a_dump_are_shared_out_where_one_way_fits(tmp_path: Path) -> None:
    made = from_text(tmp_path, dump("一般公共预算财政拨款收入支出决算表", "单位：元", FLOW))
    assert not made.rows["quarantined_row"]
    found = {c.measure_code: c.number_text for c in made.rows["statement_cell"]}  # type: ignore[union-attr]
    assert (found["expenditure"], found["basic"], found["project"]) == ("75.00", "59.00", "16.00")


def test_headers_that_may_stand_over_other_columns_bind_nothing() -> None:
    made = recognise(
        "一般公共预算支出决算表",
        "单位：元",
        table(
            "科目编码|科目名称|一般公共预算|政府性基金\n"
            "||人员经费|公用经费|基本支出|项目支出|商品和服务支出\n"
            "2130301|行政运行|1.00|2.00|3.00|4.00|5.00"
        ),
    )
    assert not made.cells
    assert [q.observed.rpartition(": ")[2] for q in made.quarantined] == [
        "1.00",
        "2.00",
        "3.00",
        "4.00",
        "5.00",
    ]


def test_regions_below_a_header_that_may_stand_elsewhere_are_parts(tmp_path: Path) -> None:
    rows = (
        "单位名称（项目）|资金来源|地区\n"
        "|合计|一般公共预算|政府性基金|甲县|乙县\n"
        "水利建设补助|30.00|30.00||12.00|18.00"
    )
    text = dump("对下转移支付预算表", "单位：元", rows).replace(
        "2023年度部门决算", "2024年部门预算"
    )
    made = from_text(tmp_path, text)
    assert not made.rows["quarantined_row"]
    found = [(c.measure_code, c.number_text) for c in made.rows["statement_cell"]]  # type: ignore[union-attr]
    assert found == [
        ("total", "30.00"),
        ("general_public_budget", "30.00"),
        ("part", "12.00"),
        ("part", "18.00"),
    ]


@pytest.mark.parametrize("ordinals", ["栏次\\n栏次|<|1|2|3", "栏次|栏次|1|2|3"])
def test_numbers_of_columns_are_no_amounts_however_栏次_is_printed(ordinals: str) -> None:
    made = recognise(
        "支出决算表",
        "单位：万元",
        table(f"科目编码|科目名称|本年支出合计|基本支出|项目支出\n{ordinals}\n{FUNCTIONS}"),
    )
    assert {c.number_text for c in made.cells} == {"9.50", "4.00", "5.50"}


def test_a_wrapped_header_repeated_in_its_cell_is_one() -> None:
    made = recognise(
        "支出决算表",
        "单位：万元",
        table(
            "科目编码|科目名称|本年支\\n出合计|基本支\\n出\\n基本支\\n出|项目\\n支出\\n项目\\n支出\n"
            f"{FUNCTIONS}"
        ),
    )
    assert not made.quarantined
    assert {c.measure_code for c in made.cells} == {"total", "basic", "project"}


def test_a_column_over_several_edges_is_one() -> None:
    made = recognise(
        "一般公共预算财政拨款项目支出决算表",
        "单位：元",
        table("功能分类科目名称|<|<|金额|<\n水利工程建设|<|<|35.00|<\n合计|<|<|35.00|<"),
    )
    assert not made.quarantined
    assert [(c.line_label, c.number_text) for c in made.cells] == [
        ("水利工程建设", "35.00"),
        ("合计", "35.00"),
    ]


def test_counts_beside_amounts_do_not_hide_how_amounts_are_printed() -> None:
    made = recognise(
        "机构运行信息表",
        "单位：元",
        table(
            "项目|行次|统计数\n一、会议费|1|1234\\n5.67\n二、培训费|2|89.01\n三、车辆数（辆）|3|7"
            "\n四、机关运行经费|4|55.55"
        ),
    )
    assert not made.quarantined
    assert numbers(made, "一、会议费", "meeting") == ["12345.67"]


def amounts_of(tmp_path: Path, rows: str) -> dict[tuple[str | None, str], str | None]:
    made = from_text(tmp_path, dump("支出决算表", "单位：元", rows))
    cells = made.rows["statement_cell"]
    return {(c.line_label, c.measure_code): c.number_text for c in cells}  # type: ignore[union-attr]


HEAD = "科目编码|科目名称|本年支出合计|基本支出|项目支出"


def test_a_merged_label_of_a_dump_keeps_the_figures_in_their_columns(tmp_path: Path) -> None:
    rows = f"{HEAD}\n青山县水利局本级|9.50|4.00|5.50\n{FUNCTIONS}"
    found = amounts_of(tmp_path, rows)
    assert found["青山县水利局本级", "total"] == "9.50"
    assert found["青山县水利局本级", "project"] == "5.50"


@pytest.mark.parametrize("head", [f"{HEAD}|", f"{HEAD}|备注"])
def test_a_total_is_not_shifted_into_a_column_without_figures(tmp_path: Path, head: str) -> None:
    found = amounts_of(tmp_path, f"{head}\n{FUNCTIONS}\n合计||9.50|4.00|5.50")
    assert found["合计", "total"] == "9.50"
    assert found["合计", "project"] == "5.50"


def test_a_row_with_an_amount_in_the_column_of_names_is_held_back() -> None:
    made = recognise(
        "支出决算表",
        "单位：元",
        table(f"{HEAD}\n2130301|4.00|4.00|0.00\n2130305|水利工程建设|5.50||5.50"),
    )
    assert {c.function_code for c in made.cells} == {"2130305"}
    assert [q.code for q in made.quarantined] == ["ROW_SHIFTED", "ROW_SHIFTED"]


def test_a_label_merged_in_the_midst_of_a_dump_keeps_the_right_edge(tmp_path: Path) -> None:
    rows = (
        "单位编码|单位名称|科目编码|科目名称|年初结转和结余|本年收入|本年支出|<|<|年末结转和结余\n"
        "||||||小计|基本支出|项目支出|\n"
        "||合计||19.36|19.36||19.36|\n"
        "132001|青山县水利局|212|城乡社区支出||19.36|19.36||19.36|\n"
        "132001|青山县水利局|2120803|城市建设支出||19.36|19.36||19.36|"
    ).replace("|<|<", "")
    made = from_text(tmp_path, dump("政府性基金预算财政拨款收入支出决算表", "单位：元", rows))
    total = {
        c.measure_code: c.number_text
        for c in made.rows["statement_cell"]  # type: ignore[union-attr]
        if c.line_label == "合计" and c.number_text
    }
    assert total == {"revenue": "19.36", "expenditure": "19.36", "project": "19.36"}


@pytest.mark.parametrize(
    "names",
    [
        "213-03|水利|9.50|4.00|5.50\n213-03-01|行政运行|4.00|4.00|",
        "213-0\\n3|水利|9.50|4.00|5.50\n213-0\\n3-01|行政运行|4.00|4.00|",
        "（21303）|水利|9.50|4.00|5.50\n（2130301）|行政运行|4.00|4.00|",
    ],
)
@pytest.mark.parametrize("head", ["科目编码", "项目编码"])
def test_codes_with_marks_are_codes(names: str, head: str) -> None:
    made = recognise("支出决算表", "单位：元", table(f"{HEAD.replace('科目编码', head)}\n{names}"))
    assert {c.function_code for c in made.cells} == {"21303", "2130301"}


@pytest.mark.parametrize("form", ["{n}（{c}）", "（{c}）{n}", "{c}-{n}", "[{c}]{n}"])
@pytest.mark.parametrize("head", ["科目名称", "项目名称"])
def test_codes_in_the_cell_of_the_name(form: str, head: str) -> None:
    rows = "\n".join(
        form.format(c=c, n=n) + "|9.50|9.50|"
        for c, n in (("21303", "水利"), ("2130301", "行政运行"))
    )
    made = recognise("支出决算表", "单位：元", table(f"{head}|合计|基本支出|项目支出\n{rows}"))
    found = {(c.function_code, c.function_name, c.line_role) for c in made.cells}
    assert found == {("21303", "水利", "subtotal"), ("2130301", "行政运行", "leaf")}


def test_headers_printed_in_every_row_they_were_merged_over_are_one() -> None:
    made = recognise(
        "政府性基金预算财政拨款收入支出决算表",
        "单位：元",
        table(
            "科目编码|科目名称|年初结转和结余|本年收入|本年支出|本年支出|本年支出|年末结转和结余\n"
            "科目编码|科目名称|年初结转和结余|本年收入|小计|基本支出|项目支出|年末结转和结余\n"
            "科目编码|科目名称|1|2|3|4|5|6\n"
            "2120803|城市建设支出|1.00|5.00|4.00||4.00|2.00"
        ),
    )
    assert not made.quarantined
    assert [(c.measure_code, c.number_text) for c in made.cells] == [
        ("opening_balance", "1.00"),
        ("revenue", "5.00"),
        ("expenditure", "4.00"),
        ("project", "4.00"),
        ("closing_balance", "2.00"),
    ]


def test_funds_beside_the_total_of_three_public_are_parts_of_it() -> None:
    made = budget(
        "“三公”经费支出预算表",
        "单位：万元",
        table(
            "项目|合计|一般公共预算拨款|政府性基金预算拨款\n公务接待费|3.00|2.00|1.00"
            "\n因公出国（境）费|0.00|0.00|0.00"
        ),
    )
    found = [(c.measure_code, c.fund_source, c.line_role) for c in made.cells][:3]
    assert found == [
        ("reception", "all", "leaf"),
        ("part", "general_public_budget", "of_which"),
        ("part", "government_fund", "of_which"),
    ]


def test_sources_of_the_general_budget_are_parts_of_the_line() -> None:
    made = budget(
        "部门收入总表",
        "单位：万元",
        table(
            """
单位名称|总计|财政拨款|<|转移支付补助|其他收入
^|^|经费拨款|纳入预算管理的非税收入拨款|^|^
青山县水利局|100.00|70.00|10.00|15.00|5.00
"""
        ),
    )
    assert not made.quarantined
    parts = [(c.number_text, c.fund_source) for c in made.cells if c.measure_code == "part"]
    assert parts == [
        ("70.00", "general_public_budget"),
        ("10.00", "general_public_budget"),
        ("15.00", "all"),
    ]
    assert {c.line_role for c in made.cells if c.measure_code == "part"} == {"of_which"}
