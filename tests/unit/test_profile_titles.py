"""Titles that name a body and one part of its account, or say what it reports as."""

from __future__ import annotations

import pytest

from tests.unit.test_profile import codes, profile


@pytest.mark.parametrize(
    ("title", "kind", "year", "name", "region"),
    [
        (
            "龙泉市财政局2018年“三公”经费决算情况说明",
            "final_account",
            2018,
            "龙泉市财政局",
            "331181",
        ),
        (
            "龙泉市财政局2018年度财政拨款三公经费支出决算表",
            "final_account",
            2018,
            "龙泉市财政局",
            "331181",
        ),
        ("龙泉市财政局2019年一般公共预算“三公”经费预算", "budget", 2019, "龙泉市财政局", "331181"),
        ("龙泉市财政局2018年机关运行经费决算情况", "final_account", 2018, "龙泉市财政局", "331181"),
        (
            "龙泉市财政局2019年度财政拨款收支决算说明",
            "final_account",
            2019,
            "龙泉市财政局",
            "331181",
        ),
        ("安义县长均学区2021年预算公开说明", "budget", 2021, "安义县长均学区", "360123"),
        ("全国水文资料中心2020年度部门决算", "final_account", 2020, "全国水文资料中心", None),
        ("龙泉市财政局关于2020年度部门决算的说明", "final_account", 2020, "龙泉市财政局", "331181"),
        (
            "安义县长均乡中心学校部门2020年度部门决算",
            "final_account",
            2020,
            "安义县长均乡中心学校",
            "360123",
        ),
        (
            "安义县长均乡中心学校单位2020年度单位决算",
            "final_account",
            2020,
            "安义县长均乡中心学校",
            "360123",
        ),
        (
            "安义县长均乡人民政府部门2020年度部门决算",
            "final_account",
            2020,
            "安义县长均乡人民政府",
            "360123",
        ),
    ],
)
def test_a_title_that_names_its_body(
    title: str, kind: str, year: int, name: str, region: str | None
) -> None:
    row = profile(title).row
    assert (row.document_kind, row.fiscal_year) == (kind, year)
    assert (row.department_name, row.region_code) == (name, region)


@pytest.mark.parametrize(
    "title",
    [
        "安义县教育部门2020年度部门决算",
        "安义县教育局所属单位2020年度部门决算",
        "安义县各学校单位2020年度部门决算",
        "安义县人民政府部门2020年度部门决算",
        "安义县委部门2020年度部门决算",
        "龙泉市2018年“三公”经费决算情况说明",
        "龙泉市财政局2018年度本级“三公”经费决算",
        "浙江省财政厅关于批复龙泉市财政局2018年部门决算的通知",
    ],
)
def test_a_title_of_several_bodies_or_none_names_nobody(title: str) -> None:
    found = profile(title)
    assert found.row.department_name is None
    assert codes(found) == ["DEPARTMENT_UNKNOWN"]


def test_a_title_may_leave_the_account_to_the_lines_below() -> None:
    row = profile("龙泉市财政局2018年度“三公”经费支出情况说明", "本部门2018年度决算").row
    assert (row.department_name, row.document_kind) == ("龙泉市财政局", "final_account")
    assert profile("龙泉市财政局2018年“三公”经费预决算公开").row.department_name == "龙泉市财政局"
