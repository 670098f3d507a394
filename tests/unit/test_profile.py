"""The profile of a document: kind, year, publisher, unit; and what forbids loading it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from extract.document import Block, Cell, Document, Paragraph, Place, Table
from extract.readers import read_document
from extract.reasons import Rejected
from extract.recognise.profile import Profile, resolve_profile
from extract.sources import SourceLedger

Rows = Sequence[Sequence[str | None]]


def table(index: int, rows: Rows) -> Table:
    cells = tuple(
        Cell(text, r, c, Place(table_index=index, row_index=r, column_index=c))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text is not None
    )
    return Table(index, len(rows), max(map(len, rows)), cells, Place(table_index=index))


def profile(*parts: str | Rows, file_name: str = "a.txt") -> Profile:
    blocks: list[Block] = []
    for line, part in enumerate(parts, 1):
        if isinstance(part, str):
            blocks.append(Paragraph(part, Place(line_start=line, line_end=line)))
        else:
            blocks.append(table(sum(isinstance(b, Table) for b in blocks), part))
    document = Document("0" * 64, file_name, "text/plain", "text", tuple(blocks))
    return resolve_profile(document, SourceLedger(document.key))


def codes(found: Profile) -> list[str]:
    return [code for code, _ in found.blocking]


@pytest.mark.parametrize(
    ("lines", "kind", "year", "name", "code", "level"),
    [
        (("河南省郑州市金水区教育局", "2022年度部门决算", "目 录"),
         "final_account", 2022, "河南省郑州市金水区教育局", "410105", "department"),
        (("二〇二三年度", "深圳市福田区卫生健康局部门决算"),
         "final_account", 2023, "深圳市福田区卫生健康局", "440304", "department"),
        (("新疆生产建设兵团教育局2021年部门预算",),
         "budget", 2021, "新疆生产建设兵团教育局", None, "department"),
        (("呼伦贝尔市鄂温克族自治旗财政局2022年度部门预算公开报告",),
         "budget", 2022, "呼伦贝尔市鄂温克族自治旗财政局", "150724", "department"),
        (("中共绍兴市柯桥区委宣传部2023年度部门决算",),
         "final_account", 2023, "中共绍兴市柯桥区委宣传部", "330603", "department"),
        (("江苏省盐城市大丰区人民法院2021年度部门决算公开",),
         "final_account", 2021, "江苏省盐城市大丰区人民法院", "320904", "department"),
        (("2024年登封市告成镇人民政府部门预算公开说明",),
         "budget", 2024, "登封市告成镇人民政府", "410185", "department"),
        (("国家税务总局2022年度部门决算",),
         "final_account", 2022, "国家税务总局", None, "department"),
        (("教育部2023年度部门预算", "2023年4月"),
         "budget", 2023, "教育部", None, "department"),
        (("嘉兴市南湖区民政局（本级）2023年度单位决算", "嘉兴市南湖区民政局（本级）是行政单位。"),
         "final_account", 2023, "嘉兴市南湖区民政局（本级）", "330402", "headquarters"),
        (("关于2022年度部门整体支出绩效自评的报告",
          "填报单位（盖章）：永州市零陵区城市管理和综合执法局",
          "我局于2023年3月完成了本次自评。"),
         "performance", 2022, "永州市零陵区城市管理和综合执法局", "431102", "department"),
        (("附件2：", "2023年度", "六盘水市水城区应急管理局部门决算公开说明", "目 录"),
         "final_account", 2023, "六盘水市水城区应急管理局", "520204", "department"),
        (("2023年度", "昆明市五华区人民政府黑林铺街道办事处", "部门决算"),
         "final_account", 2023, "昆明市五华区人民政府黑林铺街道办事处", "530102", "department"),
        (("二○二四年部门预算", "赣州市章贡区统计局"),
         "budget", 2024, "赣州市章贡区统计局", "360702", "department"),
        (("宁波市鄞州区2025年区级部门预算", "预算主管部门：宁波市鄞州区水利局"),
         "budget", 2025, "宁波市鄞州区水利局", "330212", "department"),
        (("宁波市鄞州区规划和自然", "资源局", "２０２４ 年度部门决算"),
         "final_account", 2024, "宁波市鄞州区规划和自然资源局", "330212", "department"),
        (("河南省郑州市教育局", "郑州市第一中学2023年度单位决算"),
         "final_account", 2023, "郑州市第一中学", "410100", "unit"),
        (("2023年度贵州省毕节市威宁彝族回族苗族自治县林业和草原综合服务中心单位决算公开说明",),
         "final_account", 2023,
         "贵州省毕节市威宁彝族回族苗族自治县林业和草原综合服务中心", "520526", "unit"),
        (("中共延安市黄", "陵县委统战部", "2019年部门预算"),
         "budget", 2019, "中共延安市黄陵县委统战部", "610632", "department"),
        (("部门预算（2025年度）", "部门：中共六安市裕安区委机构编制委员会办公室  金额单位：万元"),
         "budget", 2025, "中共六安市裕安区委机构编制委员会办公室", "341503", "department"),
        (("丰台区2022年部门预算（丰台区园林绿化局）",),
         "budget", 2022, "丰台区园林绿化局", "110106", "department"),
        (("四川省", "广安市岳池县", "农业农村局", "2023年度", "部门决算"),
         "final_account", 2023, "四川省广安市岳池县农业农村局", "511621", "department"),
        (("附件3", "2021年度南充市高坪区财政局（本级）单位决算", "目录"),
         "final_account", 2021, "南充市高坪区财政局（本级）", "511303", "headquarters"),
        (("政务公开", "调兵山市2022年调兵山经济开发区管理委员会部门决算公开细则"),
         "final_account", 2022, "调兵山经济开发区管理委员会", "211281", "department"),
        (("重庆云阳工业园区管理委员会", "2022年度县级部门决算公开说明"),
         "final_account", 2022, "重庆云阳工业园区管理委员会", "500235", "department"),
        (("首页 > 预决算公开", "天津市高级人民法院2023年度部门决算", "发布时间：2024-08-29"),
         "final_account", 2023, "天津市高级人民法院", "120000", "department"),
        (("目录", "第二部分 2023年度部门决算表", "一、部门职责",
          "庆阳市中级人民法院是国家审判机关。"),
         "final_account", 2023, "庆阳市中级人民法院", "621000", "department"),
        (("第一部分 2024年部门预算", "一、职能简介", "大竹县永胜镇人民政府属行政单位。"),
         "budget", 2024, "大竹县永胜镇人民政府", "511724", "department"),
        (("新疆生产建设兵团第一师十团2022年部门预算",),
         "budget", 2022, "新疆生产建设兵团第一师十团", None, "department"),
        (("岳阳市2018年度部门整体支出", "绩效评价自评报告",
          "部门（单位）名称：岳阳市城市管理监督指挥中心", "岳阳市财政局（制）"),
         "performance", 2018, "岳阳市城市管理监督指挥中心", "430600", "department"),
        (("公开时间：2025年10月15日", "第一部分单位概况", "第二部分2024年度单位决算情况说明",
          "渠县农业综合技术服务中心下设办公室、财务室、种植业组等。"),
         "final_account", 2024, "渠县农业综合技术服务中心", "511725", "unit"),
        (("嘉峪关市审计局2022年度部门决算",),
         "final_account", 2022, "嘉峪关市审计局", "620200", "department"),
        (("南县财政局2020年度机关整体支出绩效评价报告", "一、自评得分情况"),
         "performance", 2020, "南县财政局", "430921", "department"),
        (("双江自治县财政局2023年度部门决算",),
         "final_account", 2023, "双江自治县财政局", "530925", "department"),
        (("丽江市古城区自然资源局所属丽江市古城区不动产登记中心2022年度单位决算",),
         "final_account", 2022, "丽江市古城区不动产登记中心", "530702", "unit"),
        (("中共襄阳市纪律检查委员会本级2023年度决算", "目录"),
         "final_account", 2023, "中共襄阳市纪律检查委员会本级", "420600", "headquarters"),
        (("红河州数据发展中心2024年度项目支出绩效单位自评报告",),
         "performance", 2024, "红河州数据发展中心", "532500", "department"),
        (("岐山县林业局二O二三年部门综合预算公开说明",),
         "budget", 2023, "岐山县林业局", "610323", "department"),
        (("2023年绩溪县司法局“三公”经费预算公开",),
         "budget", 2023, "绩溪县司法局", "341824", "department"),
        (("中共文山州委办公室2023年度部门决算",),
         "final_account", 2023, "中共文山州委办公室", "532600", "department"),
        (("三都县审计局2022年度部门决算",),
         "final_account", 2022, "三都县审计局", "522732", "department"),
        (("灵丘县水务局", "项目支出绩效自评表（2021年度）"),
         "performance", 2021, "灵丘县水务局", "140224", "department"),
        (("桐庐县", "教育局2022年部门决算"),
         "final_account", 2022, "桐庐县教育局", "330122", "department"),
    ],
)  # fmt: skip
def test_cover_gives_kind_year_and_publisher(
    lines: tuple[str, ...], kind: str, year: int, name: str, code: str | None, level: str
) -> None:
    found = profile(*lines)
    row = found.row
    assert found.blocking == ()
    assert (row.document_kind, row.fiscal_year) == (kind, year)
    assert (row.department_name, row.region_code) == (name, code)
    assert row.reporting_level == level


@pytest.mark.parametrize(
    ("title", "region", "level"),
    [
        ("深圳市大鹏新区综合办公室2022年度部门决算", "440300", "county"),
        ("陕西省西咸新区空港新城管理委员会2022年部门决算", "610000", None),
        ("成都高新技术产业开发区管理委员会2022年度部门决算", "510100", "county"),
        ("新疆生产建设兵团第八师教育局2022年度部门决算", None, "prefecture"),
        ("新疆生产建设兵团第一师十团2022年度部门决算", None, "county"),
        ("新疆生产建设兵团财政局2022年度部门决算", None, "province"),
    ],
)
def test_zones_and_corps_have_no_level_of_the_region_around_them(
    title: str, region: str | None, level: str | None
) -> None:
    row = profile(title).row
    assert (row.region_code, row.administrative_level) == (region, level)


def test_national_ministry_has_no_region_and_no_finding() -> None:
    row = profile("教育部2023年度部门预算").row
    assert (row.administrative_level, row.region_code, row.region_name) == ("national", None, None)
    assert row.organisation_type == "administrative"


def test_title_joins_the_lines_of_the_cover() -> None:
    row = profile("郑州市金水区", "审计局", "2022年度部门决算（草案）", "目录").row
    assert row.title == "郑州市金水区审计局2022年度部门决算（草案）"


def test_publisher_from_a_set_phrase_where_no_title_names_it() -> None:
    found = profile(
        "第二部分 2017年度部门决算说明",
        "一、部门基本情况",
        "（二）单位构成",
        "洛阳市涧西区人力资源和社会保障局2017年部门决算单位共计3家。",
        "下属单位为洛阳市涧西区劳动监察大队、洛阳市涧西区就业服务中心。",
    )
    assert found.row.department_name == "洛阳市涧西区人力资源和社会保障局"
    assert found.row.region_code == "410305"
    assert found.row.fiscal_year == 2017
    assert found.blocking == ()


def test_publisher_and_code_from_the_unit_columns_of_tables() -> None:
    found = profile(
        "第一部分 2023年部门预算情况说明",
        "表二 部门收入总体情况表",
        [
            ["金额单位：万元", None],
            ["部门（单位）代码", "部门（单位）\n名称"],
            ["312", "大连市沙河口区商务局"],
            ["312001", "大连市沙河口区商务局（本级）"],
        ],
        "表四 项目支出表",
        [["项目单位", "项目名称"], ["312001-大连市沙河口区商务局（本级）", "会展服务"]],
    )
    row = found.row
    assert (row.department_name, row.department_code) == ("大连市沙河口区商务局", "312")
    assert (row.reporting_level, row.default_unit) == ("department", "万元")
    assert found.blocking == ()


def test_institution_that_states_its_department_is_a_unit() -> None:
    found = profile(
        "丰台区人力资源公共服务中心",
        "2020年度部门决算（草案）",
        "本中心隶属于丰台区人力资源和社会保障局，内设三科。",
        [
            ["主管部门", "北京市丰台区人力资源和社会保障局"],
            ["实施单位", "北京市丰台区人力资源公共服务中心"],
        ],
    )
    row = found.row
    assert row.reporting_level == "unit"
    assert row.parent_department_name == "北京市丰台区人力资源和社会保障局"
    department = profile("北京市丰台区人力资源和社会保障局2020年度部门决算").row
    assert row.parent_department_id == department.department_id
    assert [f.code for f in found.findings] == ["LEVEL_MISMATCH"]
    bare = profile("北京市丰台区人力资源公共服务中心2020年度部门决算").row
    assert bare.department_id == row.department_id


def test_own_account_of_a_department_is_no_version_of_the_consolidated_one() -> None:
    whole = profile("嘉兴市南湖区民政局2023年度部门决算").row
    own = profile("嘉兴市南湖区民政局2023年度单位决算").row
    bracketed = profile("嘉兴市南湖区民政局（本级）2023年度部门决算").row
    assert (whole.reporting_level, own.reporting_level) == ("department", "unit")
    assert bracketed.reporting_level == "headquarters"
    assert own.department_id == bracketed.department_id != whole.department_id
    assert own.parent_department_id == bracketed.parent_department_id == whole.department_id


def test_code_in_a_label_is_the_code_of_the_publisher() -> None:
    row = profile("2024年部门预算公开表", "单位名称：301001_马关县教育体育局").row
    assert (row.department_name, row.department_code) == ("马关县教育体育局", "301001")


def test_a_township_of_no_known_region_is_on_the_review_list() -> None:
    found = profile("城关镇人民政府2023年度部门决算")
    assert found.row.department_id is not None
    assert found.row.department_id.startswith("unknown-")
    assert [f.code for f in found.findings] == ["DEPARTMENT_REGION_UNKNOWN"]


def test_two_publishers_of_equal_support_are_not_guessed() -> None:
    found = profile(
        "2023年度部门决算公开", "编制单位：绵阳市涪城区水利局", "编制单位：绵阳市涪城区林业局"
    )
    assert found.row.department_name is None
    assert found.row.department_id is None
    assert found.blocking == (
        ("DEPARTMENT_UNKNOWN", "equal support: 绵阳市涪城区水利局 / 绵阳市涪城区林业局"),
    )


def test_captions_of_another_department_are_reported() -> None:
    found = profile(
        "绵阳市涪城区水利局2023年度部门决算", "收入支出决算总表", "编制单位：绵阳市涪城区林业局"
    )
    assert found.row.department_name == "绵阳市涪城区水利局"
    assert [(f.code, f.detail) for f in found.findings] == [
        ("DEPARTMENT_MISMATCH", "绵阳市涪城区水利局 / 绵阳市涪城区林业局")
    ]


def test_the_year_beside_the_publisher_in_a_caption_is_no_part_of_its_name() -> None:
    found = profile(
        "中国气象局2023年度部门决算",
        *["部门：中国气象局　　2023年度　　金额单位：万元"] * 3,
    )
    assert found.row.department_name == "中国气象局"
    assert not found.findings


@pytest.mark.parametrize("name", ["上海市 XX 局", "××县财政局", "某市教育局"])
def test_template_has_no_publisher(name: str) -> None:
    found = profile(f"{name}", "2024年度部门决算", f"第一部分 {name}概况", "单位：万元")
    assert found.row.department_name is None
    assert codes(found) == ["DEPARTMENT_UNKNOWN"]


def test_ambiguous_region_stays_unknown_and_is_reported() -> None:
    alone = profile("鼓楼区教育局2022年度部门决算")
    assert alone.row.region_code is None
    assert [f.code for f in alone.findings] == ["DEPARTMENT_REGION_UNKNOWN"]
    assert "320302" in alone.findings[0].detail
    placed = profile("鼓楼区教育局2022年度部门决算", "鼓楼区是徐州市的主城区。")
    assert placed.row.region_code == "320302"
    assert placed.row.department_id != alone.row.department_id


def test_name_without_region_takes_that_of_the_text() -> None:
    row = profile("教育局2022年部门决算", "由桐庐县人民政府批准，报桐庐县财政局备案。").row
    assert row.region_code == "330122"
    assert row.department_id == profile("桐庐县教育局2021年部门决算").row.department_id


@pytest.mark.parametrize(
    "sentences",
    [
        ("赴绥阳县财政局学习。",),
        ("赴绥阳县财政局、湄潭县财政局学习。", "绥阳县人民政府、湄潭县人民政府。"),
        ("按照贵州省人民政府、贵州省财政局要求。",),
        ("遵义市人民政府、遵义市财政局、绥阳县人民政府、绥阳县财政局。",),
    ],
)
def test_a_region_that_the_text_merely_mentions_is_none_of_the_publisher(
    sentences: tuple[str, ...],
) -> None:
    found = profile("人力资源和社会保障局2022年部门决算", *sentences)
    assert (found.row.region_code, found.row.administrative_level) == (None, None)
    assert [f.code for f in found.findings] == ["DEPARTMENT_REGION_UNKNOWN"]


def test_region_of_the_text_stands_under_those_above_it() -> None:
    row = profile(
        "教育局2022年部门决算",
        "由桐庐县人民政府批准，报桐庐县财政局、桐庐县委备案。",
        "按照杭州市人民政府、杭州市财政局要求。",
    ).row
    assert row.region_code == "330122"


def test_final_account_tables_under_a_budget_title_are_ambiguous() -> None:
    found = profile("长葛市审计局2023年部门预算", "收入支出决算总表", "支出决算表")
    assert found.row.document_kind is None
    assert codes(found) == ["DOC_TYPE_AMBIGUOUS"]
    reverse = profile("长葛市审计局2023年度部门决算", "2023年收支预算总表", "支出预算总表")
    assert codes(reverse) == ["DOC_TYPE_AMBIGUOUS"]


def test_budget_title_over_prose_of_a_final_account_is_ambiguous() -> None:
    found = profile(
        "长葛市审计局2023年部门预算",
        "教育支出2023年度决算12.00万元，比年初预算增加1.00万元。",
        "住房保障支出2023年度决算3.00万元，比年初预算增加1.00万元。",
        "卫生健康支出2023年度决算5.00万元，比年初预算增加1.00万元。",
    )
    assert codes(found) == ["DOC_TYPE_AMBIGUOUS"]


def test_final_account_may_cite_its_budget() -> None:
    found = profile(
        "长葛市审计局2023年度部门决算",
        "收入支出决算总表",
        "年初预算为10.00万元，支出决算为12.00万元。年初预算为1万元，支出决算为2万元。",
    )
    assert found.row.document_kind == "final_account"


def test_kind_without_a_title_comes_from_the_tables() -> None:
    found = profile([["收支预算总表", None], ["单位名称：宜春市袁州区农业农村局", "2022年预算数"]])
    assert (found.row.document_kind, found.row.fiscal_year) == ("budget", 2022)
    assert found.row.department_name == "宜春市袁州区农业农村局"


def test_year_of_title_against_year_of_text_is_a_conflict() -> None:
    found = profile(
        "长葛市审计局2023年度部门决算",
        "2022年度收入总计100.00万元。",
        "2022年度支出总计100.00万元。",
        "2022年度本年收入合计90.00万元。",
    )
    assert found.row.fiscal_year is None
    assert codes(found) == ["YEAR_CONFLICT"]


def test_columns_of_the_year_before_are_no_conflict() -> None:
    found = profile(
        "长葛市审计局2023年度部门决算",
        [["项目", "2022年决算数"], ["教育支出", "1.00"]],
        [["项目", "2022年决算数"], ["教育支出", "1.00"]],
        [["项目", "2022年决算数"], ["教育支出", "1.00"]],
    )
    assert (found.row.fiscal_year, found.blocking) == (2023, ())


def test_equal_years_without_a_title_are_a_conflict() -> None:
    found = profile(
        "长葛市审计局部门决算", "2023年度收入总计100万元。", "2022年度支出总计100万元。"
    )
    assert codes(found) == ["YEAR_CONFLICT"]


def test_of_two_columns_side_by_side_the_later_is_the_year() -> None:
    found = profile("长葛市审计局部门预算", [["项目", "2023年预算数", "2024年预算数"]])
    assert found.row.fiscal_year == 2024


def test_year_of_comparison_and_torn_year_do_not_move_the_year() -> None:
    found = profile(
        "长葛市审计局2023年度部门决算",
        "2023年度收入总计100.00万元，比2022年收入增加1.00万元。",
        [["项目", "202年度决算数"]],
        "公务接待费与2019年预算一致。",
    )
    assert found.row.fiscal_year == 2023
    assert [f.code for f in found.findings] == ["YEAR_DOUBTFUL", "YEAR_DOUBTFUL"]
    assert found.findings[0].detail.startswith("202年度")
    assert found.findings[1].detail.startswith("2019年")
    assert all(f.source_key for f in found.findings)


def test_self_evaluation_is_of_the_evaluated_year() -> None:
    row = profile("永州市零陵区水利局2024年开展2023年度部门整体支出绩效自评报告").row
    assert (row.fiscal_year, row.document_kind) == (2023, "performance")


def test_file_name_is_the_last_resort_and_says_so() -> None:
    found = profile("本年收入合计100.00万元。", file_name="长葛市审计局2023年度部门决算.pdf")
    assert found.blocking == ()
    assert (found.row.fiscal_year, found.row.document_kind) == (2023, "final_account")
    assert found.row.department_name == "长葛市审计局"
    assert [(f.code, f.detail) for f in found.findings] == [
        ("FILE_NAME_EVIDENCE", "document_kind"),
        ("FILE_NAME_EVIDENCE", "fiscal_year"),
        ("FILE_NAME_EVIDENCE", "department_name"),
    ]
    content = profile("长葛市审计局2022年度部门决算", file_name="洛阳市审计局2023年部门预算.pdf")
    assert (content.row.fiscal_year, content.row.department_name) == (2022, "长葛市审计局")
    assert [(f.code, f.detail) for f in content.findings] == [
        ("FILE_NAME_MISMATCH", "document_kind: budget"),
        ("FILE_NAME_MISMATCH", "fiscal_year: 2023"),
        ("FILE_NAME_MISMATCH", "department_name: 洛阳市审计局"),
    ]


@pytest.mark.parametrize(
    "file_name",
    [
        "长葛市审计局2022年度部门决算.pdf",
        "2023年公开长葛市审计局2022年度决算.pdf",
        "P020230901.pdf",
        "河南省许昌市长葛市审计局2022年度.pdf",
    ],
)
def test_file_name_that_says_nothing_else_is_no_finding(file_name: str) -> None:
    assert profile("长葛市审计局2022年度部门决算", file_name=file_name).findings == ()


def test_text_that_is_no_disclosure_is_blocked_on_every_count() -> None:
    found = profile("今天天气很好。", "明天也是。")
    assert codes(found) == ["KIND_UNKNOWN", "YEAR_UNKNOWN", "DEPARTMENT_UNKNOWN"]


def test_empty_document_is_blocked_and_does_not_fail() -> None:
    assert codes(profile()) == ["KIND_UNKNOWN", "YEAR_UNKNOWN", "DEPARTMENT_UNKNOWN"]


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        (("收支总表", "单位：元", "支出总表", "单位：元", "“三公”经费预算表", "单位：万元"), "元"),
        (("“三公”经费预算表", "单位：万元"), None),
        (("收支总表", "单位：元", "支出总表", "单位：万元"), None),
        (("编制部门：长葛市审计局 金额单位：千元",), "千元"),
        (("收入合计10.00万元。",), None),
    ],
)
def test_default_unit_is_that_of_the_tables(lines: tuple[str, ...], unit: str | None) -> None:
    assert profile("长葛市审计局2023年部门预算", *lines).row.default_unit == unit


def test_date_of_publication_only_where_it_is_stated() -> None:
    stated = profile("长葛市审计局2023年部门预算", "公开时间：2023年2月7日").row
    assert stated.published_on == "2023-02-07"
    assert profile("长葛市审计局2023年部门预算", "2023年2月30日").row.published_on is None


def test_no_person_or_telephone_reaches_the_row() -> None:
    found = profile(
        "长葛市审计局2023年部门预算",
        "单位负责人：赵甲乙 联系电话：0374-6123456",
        [["项目负责人", "钱丙丁", "联系电话", "13800000000"], ["实施单位", "孙戊己"]],
    )
    stored = json.dumps([str(found.row), str(found.findings)], ensure_ascii=False)
    assert not re.search("赵甲乙|钱丙丁|孙戊己|6123456|13800000000", stored)


def test_evidence_says_what_each_field_rests_on() -> None:
    evidence = json.loads(profile("长葛市审计局2023年度部门决算").row.profile_evidence or "")
    assert evidence["fiscal_year"]["source"] == "cover"
    assert evidence["department"]["source"] == "content"
    assert evidence["document_kind"]["title"] == "长葛市审计局2023年度部门决算"


def test_profile_is_linear_in_the_length_of_the_text() -> None:
    line = "比2022年增加1.00万元，某某(支出)属于本级、由局办公室管理的单位" * 20

    def seconds(n: int) -> float:
        start = time.process_time()
        profile("长葛市审计局2023年度部门决算", *[line] * n)
        return time.process_time() - start

    seconds(50)
    assert seconds(800) < 16 * max(seconds(100), 0.005)


REAL = {
    "000": ("final_account", 2017, "北京市人力资源和社会保障局", "110000", "province", None),
    "001": ("final_account", 2023, "北京市门头沟区人力资源和社会保障局", "110109", "county", None),
    "002": ("final_account", 2020, "北京市丰台区人力资源公共服务中心", "110106", "county", None),
    "003": ("budget", 2023, "北京市西城区人力资源和社会保障局", "110102", "county", "万元"),
    "004": ("final_account", 2019, "攀枝花市西区人力资源和社会保障局", "510403", "county", None),
    "上海市普陀区万里街道办事处2024年部门预算": (
        "budget", 2024, "上海市普陀区人民政府万里街道办事处", "310107", "township", "元"),
    "上海市普陀区人民政府办公室2025年部门预算": (
        "budget", 2025, "上海市普陀区人民政府办公室", "310107", "county", "元"),
    "上海市普陀区司法局2026年部门预算": (
        "budget", 2026, "上海市普陀区司法局", "310107", "county", "元"),
    "上海市普陀区规划和自然资源局2024年度部门决算": (
        "final_account", 2024, "上海市普陀区规划和自然资源局", "310107", "county", "万元"),
    "上海市普陀区财政局2024年度部门决算": (
        "final_account", 2024, "上海市普陀区财政局", "310107", "county", "万元"),
}  # fmt: skip


def test_real_documents_in_every_format_give_the_same_profile(shared_dir: Path) -> None:
    ids: dict[str, set[str | None]] = {}
    seen = 0
    for path in sorted((shared_dir / "disclosures").rglob("*.*")):
        key = path.stem if path.stem in REAL else path.stem[:3]
        if key not in REAL:
            continue
        try:
            document = read_document(path)
        except Rejected as rejected:
            if rejected.code != "DOC_NEEDS_CONVERTER":
                raise
            continue
        found = resolve_profile(document, SourceLedger(document.key))
        row = found.row
        assert found.blocking == (), path.name
        assert (
            row.document_kind,
            row.fiscal_year,
            row.department_name,
            row.region_code,
            row.administrative_level,
            row.default_unit,
        ) == REAL[key], path.name
        ids.setdefault(key, set()).add(row.department_id)
        seen += 1
    assert seen >= len(REAL)
    assert all(len(found_ids) == 1 for found_ids in ids.values())


def test_real_template_without_data_has_no_publisher(shared_dir: Path) -> None:
    (path,) = (shared_dir / "disclosures" / "pdf").glob("*模板*.pdf")
    document = read_document(path)
    found = resolve_profile(document, SourceLedger(document.key))
    assert codes(found) == ["DEPARTMENT_UNKNOWN"]


def test_code_of_the_department_begins_the_codes_of_its_units() -> None:
    units: Rows = [
        ["单位编码", "单位名称"],
        ["301", "沧州市运河区民政局"],
        ["301002", "沧州市运河区救助管理站"],
        ["301002", "沧州市运河区救助管理站"],
    ]
    whole = profile([["2024年部门收支总体情况表"]], units).row
    assert (whole.department_name, whole.department_code) == ("沧州市运河区民政局", "301")
    unit = profile("2024年单位预算", units).row
    assert (unit.department_name, unit.department_code) == ("沧州市运河区救助管理站", "301002")
    assert unit.reporting_level == "unit"


def form(department: str, unit: str) -> Rows:
    return [["项目名称", "校舍维修"], ["主管部门", department, "实施单位", unit]]


def test_forms_of_several_units_are_published_by_their_department() -> None:
    department = "焦作市解放区教育局"
    one, other = form(department, "焦作市解放区第一小学"), form(department, "焦作市解放区第二小学")
    together = profile("项目支出绩效自评表", "（2022年度）", one, other).row
    assert (together.department_name, together.reporting_level) == (department, "department")
    alone = profile("项目支出绩效自评表", "（2022年度）", one).row
    assert (alone.department_name, alone.reporting_level) == ("焦作市解放区第一小学", "unit")
    assert alone.parent_department_id == together.department_id
    assert (alone.document_kind, alone.fiscal_year) == ("performance", 2022)


def test_year_of_printing_on_the_cover_does_not_contradict() -> None:
    found = profile(
        "部门决算公开",
        "2024年",
        "部门（单位）名称：温州市瓯海区教育局",
        "2023年度收入决算说明。2023年度支出决算说明。2023年度本年收入合计1万元。",
    )
    assert (found.row.fiscal_year, found.blocking) == (2023, ())


def test_evaluation_of_several_years_has_no_single_year() -> None:
    found = profile("温州市瓯海区教育局2021-2023年度部门整体支出绩效评价报告")
    assert found.row.department_name == "温州市瓯海区教育局"
    assert codes(found) == ["YEAR_UNKNOWN"]


def test_mention_of_the_other_account_below_an_empty_cover_is_no_title() -> None:
    found = profile(
        "一、单位概况",
        "（一）上年度部门决算情况",
        "长葛市审计局2023年部门预算编制说明",
        "2023年收支预算总表",
        "2023年支出预算总表",
    )
    assert (found.row.document_kind, found.blocking) == ("budget", ())
