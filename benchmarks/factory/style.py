"""How publishers of one tradition print (版式): titles, headers, codes, units, order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.factory.money import NumberStyle


@dataclass(frozen=True, slots=True)
class Style:
    """One tradition of laying out disclosures; every field is seen in real files."""

    family: str
    numbers: NumberStyle
    prose: NumberStyle
    codes: str = "one"
    """one: 2080101 | name; three: 208 | 01 | 01 | name; joined: ``2080101-name`` in one cell;
    name: ``name`` alone with the code before it in the same cell, blank between;
    bracket: ``[2080101]name``; round: ``（2080101）name``; behind: ``name（2080101）``;
    dashed: ``208-01-01`` | name; indent: the name alone, indented by level; three_sparse and
    three_full: three columns of which only that of the level is filled, with its own part
    or with the whole code."""
    title_in_table: bool = False
    title_prefix: str = ""
    """Printed before the n-th table's title, with ``{n}`` or ``{zh}`` for its number."""
    unit_line: str = "单位：{unit}"
    unit_place: str = "line"
    """line; title: behind the title; row: a row of the table; header: in the headers;
    paragraph: one line together with form number and office."""
    form_line: str = ""
    """Such as ``公开{n:02d}表``; printed above the unit."""
    office_line: str = ""
    """Such as ``部门：{office}``."""
    line_numbers: bool = False
    """Whether 行次 columns and a 栏次 row are printed."""
    total_first: bool = True
    all_classes: bool = False
    """Whether two-sided tables list the 类 without money too."""
    reverse_measures: bool = False
    """Whether the breakdown stands before the total (项目, 基本, 合计)."""
    prose_only: bool = False
    prose_template: str = "north"
    manner: str = ""
    """Province in whose manner the final account is explained; see ``provinces.MANNERS``."""
    self_evaluation: str = "A"
    """A, C, D or G as in ``evaluation_forms``; B: form A under a title of its own."""
    overall: bool = False
    """Whether the self-evaluation of the whole department (form E) is printed."""
    fees: bool = False
    """Whether 事业收入 shows the fees in it: 小计 | 其中：教育收费."""
    flow: bool = False
    """Whether the general public budget is printed from balance to balance (年初, 收, 支, 年末)."""
    integrated: bool = False
    """Whether budgets follow the forms of the integrated system: 单位资金 in parts, the
    carry-over by fund."""
    three_public: str = ""
    """Of the “三公” table: rows, counts (rows with counts beside them), units (a row per unit,
    two years with 会议费 and 培训费); empty is the tradition's own."""
    extras: frozenset[str] = frozenset()
    """Codes of the further tables printed: F10 to F14, B11, B12, B14."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Local wording of titles and headers by standard wording."""

    @property
    def three_codes(self) -> bool:
        """Whether 类, 款 and 项 have a column each."""
        return self.codes.startswith("three")

    def word(self, standard: str) -> str:
        """Return the family's wording of a standard title or header."""
        return self.words.get(standard, standard)


_YUAN = NumberStyle("元", 2)
_WAN2 = NumberStyle("万元", 2, grouped=False)
_WAN6 = NumberStyle("万元", 6)

BEIJING = Style(
    "beijing",
    _WAN6,
    NumberStyle("万元", 2),
    codes="joined",
    title_in_table=True,
    title_prefix="表{zh}、",
    unit_line="金额单位：{unit}",
    total_first=False,
    all_classes=True,
    prose_template="north",
    words={
        "收支总表": "部门收支总体情况表",
        "收入总表": "部门收入总体情况表",
        "支出总表": "部门支出总体情况表",
        "财政拨款收支总表": "财政拨款收支总体情况表",
        "项目支出表": "项目支出表",
        "一般公共预算支出表": "一般公共预算支出情况表",
        "一般公共预算基本支出表": "一般公共预算基本支出情况表",
        "政府性基金预算支出表": "政府性基金预算支出情况表",
        "国有资本经营预算支出表": "国有资本经营预算财政拨款支出表",
        "“三公”经费支出表": "一般公共预算“三公”经费支出情况表",
    },
)
SHANGHAI = Style(
    "shanghai",
    _YUAN,
    NumberStyle("万元", 2, grouped=False),
    codes="three",
    total_first=False,
    office_line="编制部门：{office}",
    prose_template="east",
    words={
        "收支总表": "{year}年部门财务收支预算总表",
        "收入总表": "{year}年部门收入预算总表",
        "支出总表": "{year}年部门支出预算总表",
        "财政拨款收支总表": "{year}年部门财政拨款收支预算总表",
        "一般公共预算支出表": "{year}年部门一般公共预算支出功能分类预算表",
        "政府性基金预算支出表": "{year}年部门政府性基金预算支出功能分类预算表",
        "国有资本经营预算支出表": "{year}年部门国有资本经营预算支出功能分类预算表",
        "一般公共预算基本支出表": "{year}年部门一般公共预算基本支出部门预算经济分类预算表",
        "“三公”经费支出表": "{year}年部门“三公”经费和机关运行经费预算表",
        "科目编码": "功能分类科目编码",
        "科目名称": "功能分类科目名称",
    },
)
SICHUAN = Style(
    "sichuan",
    _WAN2,
    NumberStyle("万元", 2, grouped=False),
    codes="one",
    line_numbers=True,
    form_line="公开{n:02d}表",
    office_line="部门：{office}",
    unit_line="金额单位：{unit}",
    all_classes=True,
    prose_template="west",
    self_evaluation="B",
    words={"科目编码": "支出功能分类科目编码"},
)
GUANGDONG = Style(
    "guangdong",
    NumberStyle("万元", 2, zero="0.00"),
    NumberStyle("万元", 2),
    codes="three",
    line_numbers=True,
    office_line="单位名称：{office}",
    unit_line="单位：{unit}",
    prose_template="south",
    total_first=True,
    words={"科目编码": "功能分类科目编码", "项目": "项    目"},
)
HUBEI = Style(
    "hubei",
    NumberStyle("万元", 2),
    NumberStyle("万元", 2),
    codes="one",
    form_line="表{n}",
    unit_line="单位：{unit}",
    prose_template="south",
    words={
        "收支总表": "部门收支总表",
        "收入总表": "部门收入总表",
        "支出总表": "部门支出总表",
        "科目编码": "科目代码",
    },
)
ZHEJIANG = Style(
    "zhejiang",
    _YUAN,
    NumberStyle("万元", 2),
    codes="name",
    office_line="单位：{office}",
    unit_line="金额单位：{unit}",
    prose_template="east",
    all_classes=True,
    total_first=True,
    words={
        "收支总表": "{year}年部门收支预算总表",
        "收入总表": "{year}年部门收入预算总表",
        "支出总表": "{year}年部门支出预算总表",
        "财政拨款收支总表": "{year}年财政拨款收支预算总表",
        "一般公共预算支出表": "{year}年一般公共预算支出表",
        "科目名称": "功能分类科目",
    },
)
HUNAN = Style(
    "hunan",
    NumberStyle("千元", 1, grouped=False),
    NumberStyle("万元", 2, grouped=False),
    codes="one",
    unit_line="单位:{unit}",
    prose_template="west",
    reverse_measures=False,
    words={
        "收支总表": "收支预算总表",
        "收入总表": "收入预算总表",
        "支出总表": "支出预算总表",
        "科目名称": "功能科目名称",
        "科目编码": "功能科目代码",
    },
)
SHANDONG = Style(
    "shandong",
    NumberStyle("元", 2, zero="0.00"),
    NumberStyle("元", 2),
    codes="three",
    form_line="部门公开表{n}",
    office_line="部门（单位）：{office}",
    unit_line="金额单位：{unit}",
    total_first=True,
    prose_template="north",
    words={
        "收支总表": "部门收支总体情况表",
        "收入总表": "部门收入总体情况表",
        "支出总表": "部门支出总体情况表",
        "科目编码": "科目编码",
    },
)
LIAONING = Style(
    "liaoning",
    _WAN2,
    NumberStyle("万元", 2, grouped=False),
    prose_only=True,
    prose_template="north",
)

DEVELOPMENT = (BEIJING, SHANGHAI, SICHUAN, GUANGDONG, LIAONING)
HOLDOUT = (HUBEI, ZHEJIANG, HUNAN, SHANDONG)
