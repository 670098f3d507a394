"""The layout data of performance forms holds together, and reading stays linear."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from performance_documents import Rows, document, read

from extract.recognise.performance.layout import (
    funds_label,
    header_key,
    headers,
    label_key,
    level1_code,
)
from extract.recognise.performance.money import amounts

LAYOUTS = Path(__file__).resolve().parents[2] / "extract" / "layouts"
NAMES = ["fields", "funds", "headers", "levels", "operators", "units"]
KEYS = {
    "fields": ("label",),
    "funds": ("label",),
    "headers": ("band", "role", "header"),
    "levels": ("marker",),
    "operators": ("word", "position"),
    "units": ("unit",),
}


def rows(name: str) -> list[dict[str, str]]:
    path = LAYOUTS / f"performance_{name}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("name", NAMES)
def test_years_are_years_and_rows_are_whole(name: str) -> None:
    for row in rows(name):
        assert None not in row
        for column in ("valid_from", "valid_to"):
            assert row[column] == "" or 2000 <= int(row[column]) <= 2100
        if row["valid_from"] and row["valid_to"]:
            assert row["valid_from"] <= row["valid_to"]


@pytest.mark.parametrize("name", sorted(KEYS))
def test_no_row_twice(name: str) -> None:
    keys = [tuple(row[c] for c in (*KEYS[name], "valid_from")) for row in rows(name)]
    assert [k for k in keys if keys.count(k) > 1] == []


@pytest.mark.parametrize(
    ("printed", "role"),
    [
        ("年初预\n算数", "initial_budget"),
        ("调整后预算数（万元）", "adjusted_budget"),
        ("执行率（B/A）", "ratio"),
        ("全年执行数(B)", "execution"),
    ],
)
def test_headers_are_known_without_their_brackets(printed: str, role: str) -> None:
    assert headers("funds")[header_key(printed)] == role


@pytest.mark.parametrize(
    ("printed", "key", "line"),
    [
        ("年度资金总额：", "年度资金总额", "funds_total"),
        ("  其中：当年财政拨款", "当年财政拨款", "fiscal_current_year"),
        ("（1）基本支出", "基本支出", "basic"),
        ("其中:上年结转资金", "上年结转资金", "carry_over"),
        ("财政拨款（万元）", "财政拨款(万元)", "fiscal"),
    ],
)
def test_funds_labels(printed: str, key: str, line: str) -> None:
    assert label_key(printed) == key
    found = funds_label(printed)
    assert found is not None
    assert found.line_key == line


@pytest.mark.parametrize(
    ("level1", "level2", "code"),
    [
        ("产出指标（50分）", "成本指标", "output"),
        ("成本指标", "经济成本指标", "cost"),
        ("效果指标", None, "benefit"),
        ("满意度\n指标", "服务对象满意度指标", "satisfaction"),
        ("项目完成", "社会效益指标", "benefit"),
        ("项目完成", "别的", "output"),
        ("项目决策", None, "decision"),
        ("项目管理", None, "process"),
        (None, "时效指标", "output"),
        ("其他", None, None),
    ],
)
def test_level1_codes(level1: str | None, level2: str | None, code: str | None) -> None:
    assert level1_code(level1, level2) == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单价1300元/台，总金额7.8万元", [("1300", "元", "单价"), ("7.8", "万元", "总金额")]),
        ("年租金总价为283,605元", [("283,605", "元", "年租金")]),
        ("管理300余亿养老保险基金", [("300", "亿元", "管理")]),
        ("服务3万人，发放2亿份材料", []),
        ("设备HX-500元件更换，5元旦活动", []),
        ("补助标准为每人每月５００元", [("５００", "元", "补助标准为每人每月")]),
    ],
)
def test_amounts_in_texts(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = amounts(text)
    assert [(a.published_text, a.unit, a.item) for a in found] == expected
    assert all(text[a.start : a.end] == a.published_text for a in found)


def torn(count: int) -> Rows:
    """A form whose rows never fit: every one is shorter than its header."""
    head = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    return [
        ["项目名称", "试验"],
        head,
        *[["产出指标", "数量指标", f"事项{i}"] for i in range(count)],
    ]


def test_time_grows_with_the_number_of_rows() -> None:
    def seconds(count: int) -> float:
        made = document(torn(count))
        start = time.process_time()
        read(made)
        return time.process_time() - start

    seconds(100)
    small, large = seconds(2_000), seconds(8_000)
    assert large < 12 * small + 0.5


def test_a_long_cell_of_blanks_costs_nothing() -> None:
    rows_ = torn(1)
    rows_.append(["产出指标", "数量指标", " " * 200_000 + "x\n" * 1000, "1个", "1个", "5", "5"])
    start = time.process_time()
    read(document(rows_))
    assert time.process_time() - start < 2
