"""Money of a form that no account of the document can hold."""

from __future__ import annotations

from pathlib import Path

from extract.extraction import Extraction, extract_file

ACCOUNT = (
    "<p>长葛市审计局2021年度部门决算</p><p>本年支出合计902,600.00元。</p>"
    "<p>项目支出绩效自评表</p><p>（2021年度）</p>"
)


def form(amount: str) -> str:
    head = "".join(
        f"<td>{each}</td>"
        for each in ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    )
    money = "".join(f"<td>{each}</td>" for each in (amount, amount, amount, "10", "100%", "10"))
    return (
        "<table><tr><td colspan=2>项目名称</td><td colspan=6>巡查检测</td></tr>"
        f"<tr><td rowspan=2>项目资金（万元）</td><td></td>{head}</tr>"
        f"<tr><td>年度资金总额</td>{money}</tr></table>"
    )


def read(tmp_path: Path, amount: str) -> Extraction:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{ACCOUNT}{form(amount)}</body></html>", encoding="utf-8")
    extraction = extract_file(path)
    assert isinstance(extraction, Extraction)
    return extraction


def test_a_form_in_the_wrong_unit_is_held_back(tmp_path: Path) -> None:
    extraction = read(tmp_path, "248,000.00")
    (project,) = extraction.rows["performance_project"]
    assert (project.initial_budget_text, project.executed_text) == (None, None)
    assert {row.code for row in extraction.rows["quarantined_row"]} == {"UNIT_OUT_OF_SCALE"}
    assert extraction.rows["statement_cell"] == ()


def test_a_form_within_the_account_stands(tmp_path: Path) -> None:
    extraction = read(tmp_path, "24.80")
    (project,) = extraction.rows["performance_project"]
    assert project.initial_budget_text == "24.80"
    assert extraction.rows["quarantined_row"] == ()
