"""Classification names by year and the offices that the factory knows (科目与机构)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Economic:
    """One 款 of the department's economic classification with its government twin."""

    code: str
    name: str
    government_code: str
    government_name: str
    staff_split: str


@dataclass(frozen=True, slots=True)
class Office:
    """A publishing office (单位) and what kind of work its account shows."""

    name: str
    short_name: str
    code: str
    region_code: str
    trade: str
    """Key of ``TRADES``: which functions the office spends on."""
    level: str = "department"
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Trade:
    """The functions of one kind of office: running cost, projects, optional fund money."""

    running: str
    projects: tuple[tuple[str, str, str], ...]
    """(function code, project name without year, economic code)."""
    civil_service: bool = True
    fund: tuple[str, str] | None = None
    state_capital: tuple[str, str] | None = None
    own: tuple[tuple[str, str], ...] = ()
    """(economic code or its beginning, fund): basic items that money of the office's own pays."""
    sources: tuple[tuple[int, str], ...] = ()
    """(place among the projects, fund): projects that no fiscal appropriation pays."""
    operating: tuple[str, str] | None = None
    """(function code, economic code) of operating expenditure (经营支出)."""


TRADES = {
    "labour": Trade(
        "2080101",
        (
            ("2080199", "人力资源市场服务", "30227"),
            ("2080105", "根治欠薪专项检查", "30226"),
            ("2080112", "仲裁庭审保障", "30299"),
            ("2080108", "就业信息平台维护", "31007"),
            ("2080111", "职业技能等级认定", "30227"),
            ("2050803", "窗口人员业务培训", "30216"),
        ),
    ),
    "justice": Trade(
        "2040601",
        (
            ("2040604", "人民调解案件补贴", "30226"),
            ("2040605", "法治宣传阵地建设", "30227"),
            ("2040607", "公共法律服务站点运行", "30227"),
            ("2040699", "社区矫正中心运行", "30299"),
        ),
    ),
    "finance": Trade(
        "2010601",
        (
            ("2010602", "会计管理与监督", "30227"),
            ("2010607", "预算管理一体化系统运维", "31007"),
            ("2010608", "投资评审委托服务", "30227"),
        ),
        state_capital=("2230105", "退休人员社会化管理补助"),
    ),
    "street": Trade(
        "2120101",
        (
            ("2120102", "社区服务用房租赁", "30299"),
            ("2120104", "综合执法队装备", "31002"),
            ("2120501", "道路清扫保洁", "30227"),
            ("2080705", "公益性岗位补贴", "30305"),
            ("2013202", "社区工作者培训", "30216"),
        ),
        fund=("2120803", "老旧街巷整治"),
    ),
    "water": Trade(
        "2130301",
        (
            ("2130305", "小型水库除险加固", "30227"),
            ("2130306", "河道闸站养护", "30213"),
            ("2130314", "防汛物资储备", "30299"),
        ),
        fund=("2120803", "沿河绿道建设"),
    ),
    "arbitration": Trade(
        "2080112",
        (("2080112", "仲裁员办案补助", "30226"), ("2080112", "庭审录音录像设备", "31002")),
        civil_service=False,
    ),
    "government": Trade(
        "2010301",
        (
            ("2010302", "政务值班保障", "30299"),
            ("2010302", "政策文件汇编", "30202"),
            ("2010350", "机关后勤服务", "30209"),
        ),
    ),
    "school": Trade(
        "2050204",
        (
            ("2050204", "校园安全设施改造", "30213"),
            ("2050999", "教学实验设备添置", "31003"),
            ("2050204", "国际理解课程", "30227"),
            ("2050803", "教师跟岗研修", "30216"),
        ),
        civil_service=False,
        own=(("30201", "special_account"), ("30211", "special_account")),
        sources=((2, "business_income"),),
    ),
    "hospital": Trade(
        "2100201",
        (
            ("2100408", "基本公共卫生服务", "30299"),
            ("2100409", "传染病监测与防治", "30299"),
            ("2100201", "诊疗设备更新", "31003"),
        ),
        civil_service=False,
        own=(("30107", "business_income"), ("3020", "business_income"), ("3021", "unit_funds")),
        sources=((2, "business_income"),),
        operating=("2100201", "30299"),
    ),
    "court": Trade(
        "2040501",
        (
            ("2040504", "人民陪审员办案补助", "30226"),
            ("2040505", "涉案财产处置与执行", "30227"),
            ("2040506", "审判法庭维修", "30213"),
        ),
    ),
    "procuratorate": Trade(
        "2040401",
        (
            ("2040410", "公益诉讼办案", "30226"),
            ("2040402", "检察服装与宣传", "30299"),
            ("2040409", "办案用房维修", "30213"),
        ),
    ),
    "township": Trade(
        "2010301",
        (
            ("2130705", "村级组织运转与村干部报酬", "30305"),
            ("2130701", "村内道路硬化", "31005"),
            ("2120501", "集镇垃圾清运", "30227"),
            ("2130104", "农技推广站运转", "30299"),
            ("2082502", "困难群众临时救助", "30305"),
        ),
        fund=("2120804", "农村人居环境设施"),
        own=(("30228", "superior_subsidy"),),
        sources=((1, "superior_subsidy"), (3, "unit_funds")),
    ),
}


@cache
def _functions() -> tuple[dict[str, str], ...]:
    with (_HERE / "functions.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def function_name(code: str, year: int) -> str:
    """Return the name that ``code`` (3, 5 or 7 digits) had in ``year``."""
    for row in _functions():
        if row["code"] == code and int(row["valid_from"] or 0) <= year <= int(
            row["valid_to"] or 9999
        ):
            return row["name"]
    raise KeyError(f"{code} in {year}")


@cache
def function_classes(year: int) -> tuple[tuple[str, str], ...]:
    """Return code and name of every 类 of ``year``, in the order of the codes."""
    codes = sorted({row["code"] for row in _functions() if len(row["code"]) == 3})
    return tuple((code, function_name(code, year)) for code in codes)


_OLD_ECONOMICS = {"30110": "30104", "30112": "30104", "30113": "30311"}
_REFORM = 2018


def economic_code(code: str, year: int) -> str:
    """Return the code that the item of ``code`` had in ``year``, before the reform of 2018."""
    return _OLD_ECONOMICS.get(code, code) if year < _REFORM else code


def economic_name(code: str, year: int) -> str:
    """Return the name that ``code`` (3 or 5 digits) had in ``year``."""
    return "其他资本性支出" if code == "310" and year < _REFORM else economics()[code].name


@cache
def economics() -> dict[str, Economic]:
    """Return the economic classification by code, 类 and 款."""
    with (_HERE / "economics.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Economic(**row) for row in csv.DictReader(file)}
