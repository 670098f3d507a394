"""Regions: the code of the year, ambiguous names, renamed and abolished districts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extract.recognise.regions import load_regions


@pytest.mark.parametrize(
    ("name", "year", "code", "length"),
    [
        ("北京市西城区人力资源和社会保障局", 2023, "110102", 6),
        ("丰台区人力资源公共服务中心", 2020, "110106", 3),
        ("河南省郑州市金水区教育局", 2022, "410105", 9),
        ("深圳市福田区卫生健康局", 2021, "440304", 6),
        ("攀枝花市西区民政局", 2019, "510403", 6),
        ("内蒙古自治区呼伦贝尔市鄂温克族自治旗财政局", 2022, "150724", 18),
        ("河南郑州市中原区审计局", 2020, "410102", 8),
        ("广西柳州市财政局", 2020, "450200", 5),
        ("吉林省吉林市船营区民政局", 2022, "220204", 9),
        ("新疆维吾尔自治区吐鲁番市托克逊县财政局", 2018, "650422", 16),
        ("吉林市公安局", 2020, "220200", 3),
        ("新疆维吾尔自治区石河子市教育局", 2020, "659001", 12),
        ("湖北省仙桃市教育局", 2020, "429004", 6),
        ("重庆市万州区水利局", 2020, "500101", 6),
        ("大兴安岭地区行政公署", 2020, "232700", 6),
        ("云南省大理白族自治州宾川县水务局", 2021, "532924", 13),
        ("南京市城市管理局", 2020, "320100", 3),
        ("甘孜藏族自治州康定市财政局", 2020, "513301", 10),
    ],
)
def test_longest_prefix_gives_the_smallest_region(
    name: str, year: int, code: str, length: int
) -> None:
    found = load_regions().prefix(name, year)
    assert found is not None
    assert found.region is not None
    assert (found.region.code, found.length) == (code, length)


@pytest.mark.parametrize("name", ["县财政局", "教育部", "城镇管理局", "市场监督管理局", "本部门"])
def test_text_without_a_region_has_none(name: str) -> None:
    assert load_regions().prefix(name, 2022) is None


def test_a_name_of_several_places_is_resolved_by_context_only() -> None:
    index = load_regions()
    alone = index.prefix("鼓楼区教育局", 2022)
    assert alone is not None
    assert alone.region is None
    assert {r.code for r in alone.candidates} == {"320106", "320302", "350102", "410204"}
    in_xuzhou = index.prefix("鼓楼区教育局", 2022, "徐州市财政局批复")
    assert in_xuzhou is not None
    assert in_xuzhou.region is not None
    assert in_xuzhou.region.code == "320302"
    in_province = index.prefix("鼓楼区教育局", 2022, "福建省规定")
    assert in_province is not None
    assert in_province.region is not None
    assert in_province.region.code == "350102"
    undecided = index.prefix("鼓楼区教育局", 2022, "江苏省规定")
    assert undecided is not None
    assert undecided.region is None
    mentioned = index.prefix(
        "鼓楼区教育局", 2022, "徐州市财政局批复，徐州市要求；赴福州市学习，福州市经验"
    )
    assert mentioned is not None
    assert mentioned.region is None  # as often named as the other
    nearly = index.prefix("鼓楼区教育局", 2022, "徐州市批复，徐州市、徐州市；福州市、福州市")
    assert nearly is not None
    assert nearly.region is None


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("北京市密云县财政局", 2012, "110228"),
        ("北京市密云区财政局", 2019, "110118"),
        ("西藏自治区昌都地区财政局", 2012, "542100"),
        ("西藏自治区昌都市财政局", 2022, "540300"),
        ("邢台市桥东区财政局", 2012, "130502"),
        ("邢台市襄都区财政局", 2022, "130502"),
    ],
)
def test_code_is_that_of_the_year(name: str, year: int, code: str) -> None:
    found = load_regions().prefix(name, year)
    assert found is not None
    assert found.region is not None
    assert found.region.code == code
    assert found.region.valid_in(year)


def test_validity_follows_the_years_that_were_listed() -> None:
    index = load_regions()
    old = index.named("闸北区")[0]
    assert old.valid_in(2013)
    assert not old.valid_in(2021)
    assert old.valid_in(2016), "between two lists nothing is confirmed"
    renamed = index.named("襄都区")[0]
    assert renamed.valid_in(2022)
    assert not renamed.valid_in(2012)


def test_anchor_survives_a_change_of_kind_and_code() -> None:
    index = load_regions()
    before, after = index.named("密云县")[0], index.named("密云区")[0]
    assert before.code != after.code
    assert index.anchor(before) == index.anchor(after)
    xuzhou, nanjing = (r for r in index.named("鼓楼区") if r.code in {"320106", "320302"})
    assert index.anchor(xuzhou) != index.anchor(nanjing)


def test_zone_stands_in_its_prefecture() -> None:
    zone = load_regions().zone_of("郑州高新技术产业开发区管理委员会")
    assert zone is not None
    assert zone.code == "410100"
    assert load_regions().zone_of("郑州大学") is None


def test_every_listed_county_is_found_under_its_prefecture() -> None:
    index = load_regions()
    path = Path(__file__).parents[2] / "extract" / "layouts" / "regions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["current"] == "yes"]
    wrong, seen = [], 0
    for row in rows:
        zone = "71" <= row["code"][4:] <= "80"  # numbers of the statistical office
        if row["level"] != "county" or row["nbs_placeholder"] == "yes" or zone:
            continue
        no_city = row["city"] in {"市辖区", "县"} or "直辖" in row["city"]
        name = row["province"] + ("" if no_city else row["city"]) + row["name"]
        found = index.prefix(f"{name}教育局", 2023)
        seen += 1
        if found is None or found.region is None or found.region.name != row["name"]:
            wrong.append(name)
    assert seen > 2800
    assert wrong == []
