"""The generated corpus (生成语料): disclosures whose truth is known, in many layouts.

A case is drawn from a seed: publisher's tradition, office, year, kind, format and the
small liberties that real publishers take. Development and holdout differ by tradition
*and* by seed, so a rule fitted to the one is seen to fail on the other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from benchmarks.factory import clutter, liberties
from benchmarks.factory.blocks import Disclosure
from benchmarks.factory.catalogue import Office
from benchmarks.factory.compose import budget, final_account
from benchmarks.factory.model import build
from benchmarks.factory.money import NumberStyle
from benchmarks.factory.provinces import MANNERS
from benchmarks.factory.style import DEVELOPMENT, HOLDOUT, Style
from benchmarks.factory.writers import PLAIN, Printing

FORMATS = (".txt", ".docx", ".pdf", ".html", ".xlsx")
SPLITS = ("development", "holdout", "frontier")

TRADE_NAMES = {
    "labour": "人力资源和社会保障局",
    "justice": "司法局",
    "finance": "财政局",
    "water": "水务局",
    "government": "人民政府办公室",
}
OTHER_OFFICES = {
    "school": ("第一中学", "unit"),
    "hospital": ("人民医院", "unit"),
    "court": ("人民法院", "department"),
    "procuratorate": ("人民检察院", "department"),
    "township": ("龙泉镇人民政府", "department"),
}
"""Offices beside the bureaus: what follows the place, and the level."""
PLACES = {
    "beijing": (("北京市怀柔区", "110116"), ("北京市延庆区", "110119")),
    "shanghai": (("上海市奉贤区", "310120"), ("上海市松江区", "310117")),
    "sichuan": (("广汉市", "510681"), ("荣县", "510321")),
    "guangdong": (("台山市", "440781"), ("广州市增城区", "440118")),
    "liaoning": (("海城市", "210381"), ("凤城市", "210682")),
    "hubei": (("枝江市", "420583"), ("鄂州市鄂城区", "420704")),
    "zhejiang": (("东阳市", "330783"), ("安吉县", "330523")),
    "hunan": (("浏阳市", "430181"), ("醴陵市", "430281")),
    "shandong": (("诸城市", "370782"), ("青岛市即墨区", "370215")),
}
_LIBERTIES: dict[str, dict[str, tuple[str, ...]]] = {
    "development": {
        "基本支出": ("基本支出", "基 本 支 出"),
        "合计": ("合计", "合  计"),
        "决算数": ("决算数", "金额"),
        "因公出国（境）费": ("因公出国（境）费", "因公出国(境)费"),
    },
    "holdout": {
        "项目支出": ("项目支出", "项 目 支 出"),
        "合计": ("合计", "合\u3000计"),
        "决算数": ("决算数", "决算金额"),
        "财政拨款收入": ("财政拨款收入", "财政拨款\n收入"),
    },
}

_STRANGE: dict[str, tuple[str, ...]] = {
    "科目编码": ("功能分类科目编码", "支出功能科目编码", "科目代码", "项目编码"),
    "科目名称": ("功能分类科目名称", "科目名称（类/款/项）", "项目名称", "科目"),
    "项目": ("项  目", "项目（按功能分类）"),
    "决算数": ("决算数", "本年决算数", "决算金额", "金额"),
    "合计": ("合计", "合 计"),
    "本年支出合计": ("本年支出合计", "支出合计", "合计"),
    "本年收入合计": ("本年收入合计", "收入合计", "合计"),
    "收入支出决算总表": ("收入支出决算总表", "部门收支决算总表", "收支决算总表"),
    "收入决算表": ("收入决算表", "部门收入决算表", "收入决算总表"),
    "支出决算表": ("支出决算表", "部门支出决算表", "支出决算总表"),
    "财政拨款收入支出决算总表": ("财政拨款收支决算总表", "财政拨款收入支出决算总表"),
    "一般公共预算财政拨款支出决算表": ("一般公共预算财政拨款支出决算表", "一般公共预算支出决算表"),
    "一般公共预算财政拨款基本支出决算表": (
        "一般公共预算财政拨款基本支出决算明细表",
        "一般公共预算财政拨款基本支出决算表",
    ),
    "财政拨款“三公”经费支出决算表": (
        "“三公”经费公共预算财政拨款支出决算表",
        "一般公共预算财政拨款“三公”经费支出决算表",
    ),
}
"""Wordings of the genre that no tradition of the development set uses throughout."""

_CODES = (
    "one",
    "three",
    "name",
    "bracket",
    "indent",
    "three_sparse",
    "three_full",
    "round",
    "behind",
    "dashed",
)
"""Ways to print codes; see ``Style.codes``."""

TRADITIONS: dict[str, tuple[Style, ...]] = {
    "development": DEVELOPMENT,
    "holdout": HOLDOUT,
    "frontier": (*DEVELOPMENT, *HOLDOUT),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One generated document before it is written."""

    name: str
    split: str
    family: str
    suffix: str
    disclosure: Disclosure
    printing: Printing = PLAIN
    liberties: tuple[str, ...] = ()
    """Names of the liberties taken with the finished document, and of what was added to it."""


def _vary(style: Style, split: str, rng: random.Random) -> Style:
    """Take the small liberties that publishers of one tradition take."""
    words = dict(style.words)
    for standard, choices in _LIBERTIES.get(split, {}).items():
        if standard not in words:
            words[standard] = rng.choice(choices)
    numbers = style.numbers
    if style.family != "beijing":
        unit, decimals = rng.choice(
            (("元", 2), ("万元", 2), ("万元", 4), (numbers.unit, numbers.decimals))
        )
        numbers = NumberStyle(unit, decimals, rng.random() < 0.6, rng.choice(("", "0.00", "—")))
        if numbers.zero == "0.00" and decimals != 2:
            numbers = replace(numbers, zero="")
    prose = NumberStyle(style.prose.unit, 2, rng.random() < 0.5)
    return replace(
        style,
        numbers=numbers,
        prose=prose,
        words=words,
        total_first=rng.random() < 0.5,
        all_classes=rng.random() < 0.5,
        line_numbers=style.line_numbers or (style.family != "beijing" and rng.random() < 0.3),
        title_in_table=style.title_in_table or rng.random() < 0.25,
        self_evaluation=rng.choice("AB"),
    )


def _estrange(style: Style, rng: random.Random) -> Style:
    """Give a tradition the habits of others: no two publishers of a county print alike."""
    words = dict(style.words)
    for standard, choices in _STRANGE.items():
        words[standard] = rng.choice((words.get(standard, standard), *choices))
    numbers = style.numbers
    if rng.random() < 0.5:
        numbers = replace(numbers, zero=rng.choice(("0", "0.00", "—", "-", "无", "/", "——")))
    place = rng.choice(("line", "line", "title", "row", "header", "paragraph"))
    codes = rng.choice((style.codes, *_CODES))
    if codes == "indent" and words["科目名称"] == "项目名称":
        words["科目名称"] = "科目"
    return replace(
        style,
        words=words,
        numbers=numbers,
        unit_place=place,
        title_in_table=style.title_in_table and place == "line",
        codes=style.codes if style.codes == "joined" else codes,
        title_prefix=rng.choice(("", "", style.title_prefix, "附件{n} ", "表{n}：", "{n}.")),
        prose=NumberStyle(rng.choice(("元", "万元")), 2, rng.random() < 0.5),
        self_evaluation=rng.choice("ABCDG"),
        overall=rng.random() < 0.3,
        manner=rng.choice(("", *MANNERS, *MANNERS)),
    )


def _forms(style: Style, rng: random.Random) -> Style:
    """Draw which further tables are printed, and which standard ones in another form."""

    def some(codes: tuple[str, ...]) -> frozenset[str]:
        return frozenset(code for code in codes if rng.random() < 0.6)

    detail = some(("F10", "F11", "F12", "F13", "F14")) if rng.random() < 0.5 else frozenset()
    more = some(("B11", "B12", "B14")) if rng.random() < 0.5 else frozenset()
    return replace(
        style,
        extras=detail | more,
        flow=rng.random() < 0.2,
        fees=rng.random() < 0.3,
        integrated=rng.random() < 0.4,
        three_public=rng.choice(("", "", "rows", "counts", "units")),
    )


def _printing(suffix: str, rng: random.Random) -> Printing:
    """Draw how the file is made."""
    encoding = rng.choice(("utf-8", "gb18030", "utf-16")) if suffix == ".txt" else "utf-8"
    if suffix == ".html":
        encoding = rng.choice(("utf-8", "gb18030"))
    return Printing(
        encoding=encoding,
        wrap=rng.choice((0, 0, 38)),
        layout_table=rng.random() < 0.4,
        one_sheet=rng.random() < 0.3,
        text_numbers=rng.random() < 0.3,
    )


def case(split: str, number: int) -> Case:
    """Draw the case of a number: the same number gives the same document."""
    rng = random.Random(f"{split}:{number}")
    base = rng.choice(TRADITIONS[split])
    style = _vary(base, split, rng)
    if split == "frontier":
        style = _estrange(style, rng)
    place, region = rng.choice(PLACES[base.family])
    trade = rng.choice(sorted(TRADE_NAMES))
    if trade == "water" and place.endswith("县"):
        name = f"{place}水利局"
    else:
        name = place + TRADE_NAMES[trade]
    office = Office(name, TRADE_NAMES[trade], str(rng.randint(101, 399)), region, trade)
    year = rng.randint(2016, 2026)
    forms = random.Random(f"{split}:{number}:forms")
    style = _forms(style, forms)
    if forms.random() < 0.4:
        trade = forms.choice(sorted(OTHER_OFFICES))
        ending, level = OTHER_OFFICES[trade]
        office = replace(office, name=place + ending, short_name=ending, trade=trade, level=level)
    if forms.random() < 0.1:
        year = 2015
    account = build(office, year, number, max(style.numbers.quantum, Decimal("0.01")))
    is_final = style.prose_only or rng.random() < 0.55
    formats = FORMATS if not style.prose_only else FORMATS[:4]
    suffix = formats[number % len(formats)]
    if is_final:
        disclosure = final_account(account, style, rng.choice((0, 0, 2, 3)))
    else:
        disclosure = budget(account, style, targets=base.family == "beijing" or rng.random() < 0.3)
    name = f"{split}-{number:04d}-{base.family}{suffix}"
    if split != "frontier":
        return Case(name, split, base.family, suffix, disclosure)
    mess = random.Random(f"{split}:{number}:clutter")
    blocks, added = clutter.add(disclosure.blocks, mess, office.name)
    blocks, taken = liberties.take(blocks, rng)
    printing = _printing(suffix, rng)
    return Case(
        name,
        split,
        base.family,
        suffix,
        replace(disclosure, blocks=blocks),
        printing,
        taken + added,
    )


def cases(split: str, count: int) -> Iterator[Case]:
    """Yield the first ``count`` cases of a split."""
    for number in range(count):
        yield case(split, number)
