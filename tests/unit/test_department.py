"""Names of public bodies: region, short name, kind, level and the id over spellings."""

from __future__ import annotations

import pytest

from extract.recognise.department import (
    department_id,
    enclosing_department,
    has_placeholder,
    organisation_type,
    parent_department_id,
    read_name,
)


@pytest.mark.parametrize(
    ("name", "short", "code", "level", "kind"),
    [
        ("河南省郑州市金水区教育局", "教育局", "410105", "county", "administrative"),
        ("深圳市福田区卫生健康局", "卫生健康局", "440304", "county", "administrative"),
        ("中共绍兴市柯桥区委宣传部", "区委宣传部", "330603", "county", "party"),
        ("中国共产党长葛市委员会组织部", "市委组织部", "411082", "county", "party"),
        ("江苏省盐城市大丰区人民法院", "人民法院", "320904", "county", "court_procuratorate"),
        ("丽水市莲都区人民检察院", "人民检察院", "331102", "county", "court_procuratorate"),
        ("长沙市第一中学", "第一中学", "430100", "prefecture", "school"),
        ("登封市告成镇人民政府", "告成镇人民政府", "410185", "township", "township_subdistrict"),
        ("青岛市总工会", "总工会", "370200", "prefecture", "mass_organisation"),
        ("共青团郑州市委员会", "共青团委员会", "410100", "prefecture", "mass_organisation"),
        ("北京市市场监督管理局", "市场监督管理局", "110000", "province", "administrative"),
        ("宜昌市夷陵区妇幼保健院", "妇幼保健院", "420506", "county", "hospital"),
        ("中共浙江省委党校", "省委党校", "330000", "province", "school"),
        ("上海市普陀区人民政府办公室", "人民政府办公室", "310107", "county", "administrative"),
        (
            "上海市普陀区万里街道社区党群服务中心",
            "万里街道社区党群服务中心",
            "310107",
            "township",
            "public_institution",
        ),
        ("北京市乡村振兴局", "乡村振兴局", "110000", "province", "administrative"),
        ("呼伦贝尔市鄂温克族自治旗财政局", "财政局", "150724", "county", "administrative"),
        ("郑州高新技术产业开发区管理委员会", "郑州高新技术产业开发区管理委员会", "410100", "county",
         "administrative"),
    ],
)  # fmt: skip
def test_what_a_name_says(name: str, short: str, code: str, level: str, kind: str) -> None:
    read = read_name(name, 2022)
    assert read.region is not None
    assert (read.short_name, read.region.code) == (short, code)
    assert (read.level, read.organisation_type) == (level, kind)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("教育部", "教育部"),
        ("中华人民共和国财政部", "财政部"),
        ("国家税务总局", "国家税务总局"),
        ("最高人民法院", "最高人民法院"),
        ("中国气象局", "中国气象局"),
    ],
)
def test_national_bodies_have_no_region(name: str, short: str) -> None:
    read = read_name(name)
    assert read.region is None
    assert read.is_national
    assert (read.level, read.short_name) == ("national", short)
    assert department_id(name, "110000").startswith("000000-")


def test_vertical_administration_keeps_the_place_and_the_national_level() -> None:
    read = read_name("国家税务总局丽水市税务局")
    assert read.region is not None
    assert read.region.code == "331100"
    assert read.level == "national"
    assert not read.is_national


def test_corps_is_a_province_without_a_code() -> None:
    read = read_name("新疆生产建设兵团教育局")
    assert (read.region, read.level) == (None, "province")
    assert department_id("新疆生产建设兵团教育局").startswith("corps-")
    assert department_id("兵团教育局") == department_id("新疆生产建设兵团教育局")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("丰台区人力资源公共服务中心", "北京市丰台区人力资源公共服务中心"),
        ("上海市普陀区规划和自然资源局", "上海市普陀区规划与自然资源局"),
        ("上海市普陀区人民政府万里街道办事处", "上海市普陀区万里街道办事处"),
        ("中共郑州市金水区委宣传部", "中国共产党河南省郑州市金水区委员会宣传部"),
        ("政协北京市西城区委员会办公室", "中国人民政治协商会议北京市西城区委员会办公室"),
        ("北京市西城区人大常委会", "北京市西城区人民代表大会常务委员会"),
        ("共青团郑州市委", "中国共产主义青年团郑州市委员会"),
        ("北京市密云县审计局", "北京市密云区审计局"),
        ("郑州市人力资源社会保障局", "郑州市人力资源和社会保障局"),
        ("长葛市（县）审计局", "长葛市审计局"),
        ("大理州生态环境局", "大理白族自治州生态环境局"),
        ("三都县审计局", "贵州省黔南州三都水族自治县审计局"),
        ("中共蓬安县纪律检查委员会蓬安县监察委员会", "中共蓬安县纪委监委"),
        ("北京市西城区卫生和计划生育委员会", "北京市西城区卫生健康委员会"),
        ("北京市西城区人力资源和社会保障局（本级）", "北京市西城区人力资源和社会保障局本级"),
        ("北京市西城区人力资源和社会保障局(本级)", "北京市西城区人力资源和社会保障局机关"),
    ],
)
def test_spellings_of_one_body_share_the_id(one: str, other: str) -> None:
    assert department_id(one) == department_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("郑州市金水区教育局", "郑州市中原区教育局"),
        ("郑州市教育局", "郑州市金水区教育局"),
        ("郑州市金水区教育局", "郑州市金水区体育局"),
        ("北京市西城区人力资源和社会保障局", "北京市西城区人力资源和社会保障局（本级）"),
        ("郑州市人民政府办公厅", "郑州市人大常委会办公厅"),
        ("郑州市第一中学", "郑州市第十一中学"),
        ("徐州市鼓楼区教育局", "福州市鼓楼区教育局"),
    ],
)
def test_different_bodies_have_different_ids(one: str, other: str) -> None:
    assert department_id(one) != department_id(other)


def test_region_of_the_document_completes_a_bare_name() -> None:
    assert department_id("教育局", "410105") == department_id("郑州市金水区教育局")
    assert department_id("鼓楼区教育局", "320302") == department_id("徐州市鼓楼区教育局")
    assert department_id("教育局") != department_id("教育局", "410105")


def test_a_region_that_cannot_be_told_still_tells_bodies_apart() -> None:
    names = ("鼓楼区民政局", "新华区民政局", "民政局")
    ids = [department_id(name) for name in names]
    assert len(set(ids)) == 3
    assert all(found.startswith("unknown-") for found in ids)
    assert department_id("鼓楼区民政局", "350102") == department_id("福州市鼓楼区民政局")


def test_parent_id_is_that_of_the_consolidated_department() -> None:
    whole = department_id("北京市丰台区人力资源和社会保障局")
    assert parent_department_id("丰台区人力资源和社会保障局", "110106") == whole
    assert parent_department_id("北京市丰台区人力资源和社会保障局（本级）") == whole
    assert parent_department_id(None, "110106") is None


@pytest.mark.parametrize(
    ("unit", "parent"),
    [
        ("北京市人力资源和社会保障局老干部服务中心", "北京市人力资源和社会保障局"),
        ("宁波市鄞州区钟公庙街道办事处文化服务站", "宁波市鄞州区钟公庙街道办事处"),
        ("北京市人力资源和社会保障局", None),
        ("长沙市第一中学", None),
        ("绍兴市柯桥区委员会办公室", None),
    ],
)
def test_parent_in_the_beginning_of_a_name(unit: str, parent: str | None) -> None:
    assert enclosing_department(unit) == parent


@pytest.mark.parametrize(
    "name", ["上海市XX局", "××中心", "某县财政局", "**学校", "□□局", "上海市ＸＸ局"]
)
def test_placeholder_of_a_template_is_seen(name: str) -> None:
    assert has_placeholder(name.replace("Ｘ", "X"))


def test_text_that_names_no_organisation_has_no_kind() -> None:
    assert organisation_type("一般公共服务支出") is None
    assert organisation_type("万元") is None
