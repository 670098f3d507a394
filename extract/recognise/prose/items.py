"""What a figure is of (项目名称): from the words before it to a subject of the vocabulary.

Knows how names of items are built: connectors and stages around a name, quotes, asides.
Knows nothing of comparisons and measures.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.recognise.prose.functions import coded, dashed, marked, of_class, unmarked
from extract.recognise.prose.item import Item, Scene, fund_of
from extract.recognise.prose.lexicon import Subject, ends_with_organisation
from extract.recognise.prose.skeleton import BULLET, CODE, DATE, FIGURE, SKIP, YEAR

_SIGNS = YEAR + DATE + SKIP + BULLET + FIGURE
_LEAD = re.compile(
    rf"^(?:[{_SIGNS}“”、和及与并了的]|其中|主要包括|包括|具体为|具体包括|分别为|分别是|但是?|所(?=$)|主要用于|即|另有|另外|此外|以及"
    r"|[本我全该](?:局|院|校|委|镇|乡|县|市|区|所|站|馆|队|部(?!门)|处|办|园|会|台|社|场|街道|学校|单位|部门|机关|系统|中心)(?![一-鿿]{0,4}(?:补助|拨款))"
    r"|(?:街道|学校|协会|医院|法院|检察院|单位|部门|机关|中心)(?=核定|编制|收支|收入|支出|总)"
    r"|(?:本年|实际|总|基本|项目)?(?:收入|支出)(?:中|主要包括|包括)(?=.)"
    r"|等(?=[一-鿿]{0,4}支出)|主要为|主要是(?=.)|主要系|本部门（单位）|本项目|该项目|部门预算(?=“?三公)|本部门|本单位|今年|本年度|我部门|我单位|我局|我委|我院|我区|部门（单位）|年度|当年|全年|(?:年末|年底|末|底)(?!余额|[^，。；]{0,24}(?:结转|结余))|截至|截止"
    r"|财政拨款支出预算中|“三公”经费财政拨款支出决算中|[一二三四五六七八九]是|由?上年的|按规定|列明|含(?!税|量)|计划|累计|共计|合计|预计|其他用于)+(?!”)"
)
_YEAR_END = re.compile(
    rf"(?:{YEAR}年?|{DATE})(?P<end>[末底初])(?P<carried>(?=[^，。；]{{0,24}}(?:结转|结余|余额)))?"
)
_UNIT = re.compile(r"（(?:亿元|万元|千元|元)）")
_NO_STAGE = ("公共预算", "基金预算", "经营预算", "公共")
_NOTED = re.compile(r"（不?含[^（）]*）")
_LONG_ASIDE = re.compile(r"（[^（）]{12,}）")
_QUOTED = re.compile(rf"^[{YEAR}{DATE}{SKIP}{BULLET}和及、在的其中，]*“([^“”]{{2,60}})”")
_PROJECT = re.compile(rf"^[{BULLET}{YEAR}其中：，]*“([^“”]{{2,60}})”项目")
_QUOTE = str.maketrans("", "", "“”")
_ENUMERATES = re.compile(r"等(?:方面)?的?(?:支出|费用)?$")
_FUNDED = re.compile(r"^(?:(?:一般公共预算)?财政拨款(?:安排的?)?|(?:共计?)?(?:开支|列支|发生))")
_CLASSED = re.compile(r"类(?:支出|科目)?$")
_TITLE_END = re.compile(r"(?:具体|总体)?(?:情况)?(?:的?说明)?。?$")
_EXPENSES = ("费", "费用", "支出", "补贴", "补助")
_MAX_PIECE = 400
_AFTER_NAME = "为是达约数额总各均同亦也仍近逾"
_PROJECT_END = ("项目", "项目支出", "专项经费", "专项资金", "项目经费", "项目资金")


def nominal(piece: str, scene: Scene) -> str:
    """Return the name that a piece of a sentence holds, without what surrounds names.

    Words of stage are cut off its end until what is left is a name that the lexicon knows.
    """
    words = scene.words
    text = _LEAD.sub("", _without_owner(piece[-_MAX_PIECE:]))
    text = text.lstrip("—－–-").rstrip(_SIGNS + "，、")
    changed = True
    while changed and text:
        changed = False
        for word in words.trail.get(text[-1], ()):
            if (text == word and word in words.subjects) or text.endswith(_NO_STAGE):
                break
            if text.endswith(word) and not words.ends_name(text, len(word), scene.topic):
                text, changed = text[: -len(word)].rstrip(_SIGNS + "，、"), True
                break
    text = _UNIT.sub("", _YEAR_END.sub(_only_carried, text))
    for sign in YEAR + DATE + SKIP + BULLET:
        text = text.replace(sign, "")
    return text


def _only_carried(match: re.Match[str]) -> str:
    """Return what is left of 2022年末 within a name: 年末 of 年末结转, else nothing."""
    return f"年{match['end']}" if match["carried"] else ""


def resolve(name: str, raw: str, scene: Scene, weak: bool, counted: bool = False) -> Item | None:
    """Return the item that a name stands for, or None where it names nothing.

    ``raw`` is the piece before stage words were cut off: 收入预算 is a name there.
    ``counted`` says that the figure is a number of pieces or heads.
    """
    levels = marked(name, scene) or dashed(name, scene)
    if levels is not None:
        return levels
    if CODE in name:
        return coded(name, scene)
    if scene.topic == "performance" and (project := _PROJECT.match(raw)):
        return Item(project.group(1), "project", expenditure_type="project", known=True)
    plain = _LONG_ASIDE.sub("", name).translate(_QUOTE)
    listing, word, _ = plain.partition("包括")
    if word and _ENUMERATES.search(plain[-12:]) and not scene.words.is_generic(listing):
        plain = listing.removesuffix("主要")
    if (classed := _CLASSED.sub("", plain)) != plain and scene.words.function_class(classed):
        plain = classed.removesuffix("支出") + "支出"
    if scene.words.is_generic(plain):
        words = _LEAD.sub("", plain_words(raw)).rstrip(_AFTER_NAME) if weak else plain
        found = scene.words.find(words, scene.topic, weak, counted)
        found = found or scene.words.find(plain, scene.topic, weak, counted)
        return _from_subject(found[0], found[0].phrase, "", scene) if found else None
    economic = _economic(_FUNDED.sub("", plain), scene)
    if economic and _economic_scope(scene):
        return Item(
            plain, "economic_class", fund_source=fund_of(plain, scene),
            expenditure_type=scene.inherited.expenditure_type, economic_code=economic, known=True,
        )  # fmt: skip
    inner = scene.inherited.class_name is not None or economic is None
    if inner and not counted and (function := unmarked(_NOTED.sub("", plain), scene)):
        return function
    found = scene.words.find(_NOTED.sub("", plain), scene.topic, weak, counted)
    if found is None and weak:
        found = _weak_end(raw, scene)
        if found is not None:
            plain = found[0].phrase
    if found is None:
        found = scene.words.find(plain + "支出", scene.topic, weak)
        if found is not None and found[0].subject != "function_class":
            found = None
    if found is not None and _names_several(plain, found[0], scene):
        return Item(plain, "other", fund_source=fund_of(plain, scene))
    if found is not None:
        subject, start = found
        cut = subject.anchor in ("fund", "whole") or subject.subject.endswith(
            ("_total", "_expenditure")
        )
        cut = cut or ends_with_organisation(plain[:start])
        shown = plain[start:] if cut and start else plain
        return _from_subject(subject, shown, plain, scene)
    if found is None and plain.endswith("等") and len(plain) > 2:
        return resolve(plain[:-1], raw.removesuffix("等"), scene, weak, counted)
    if economic:
        return Item(
            plain,
            "economic_class",
            economic_code=economic,
            fund_source=fund_of(plain, scene),
            expenditure_type=scene.inherited.expenditure_type,
            known=True,
        )
    quoted = _QUOTED.match(raw)
    if (
        quoted
        and quoted.group(1) == plain
        and scene.inherited.class_name
        and scene.topic != "performance"
    ):
        return Item(
            plain,
            "function_section",
            class_name=scene.inherited.class_name,
            section_name=plain,
            fund_source=fund_of(plain, scene),
            known=True,
        )
    if scene.topic == "operating_expenses" and plain.endswith(_EXPENSES) and not counted:
        # 其他费用2万元 of the list is a part of 机关运行经费 and not the whole.
        return Item(plain, "economic_class", fund_source=fund_of(plain, scene))
    return Item(plain, _default_subject(scene), fund_source=fund_of(plain, scene))


def _names_several(name: str, subject: Subject, scene: Scene) -> bool:
    """Tell whether a name is that of several things at once: 上缴上级支出、经营支出.

    What is printed after it is their sum and none of them.
    """
    if "、" not in name or "、" in subject.phrase or subject.anchor == "end":
        return False
    found = [scene.words.find(part, scene.topic, weak=False) for part in name.split("、")]
    kinds = {_kind(subject) for subject, _ in filter(None, found)}
    return all(found) and len(kinds) == len(found) and None not in kinds


def _kind(subject: Subject) -> str | None:
    return (
        subject.revenue_source
        or subject.three_public_item
        or (subject.expenditure_type if subject.subject != "economic_class" else None)
    )


def _weak_end(raw: str, scene: Scene) -> tuple[Subject, int] | None:
    """Return the weak phrase at the very end of the raw piece: 某局收入预算."""
    text = _LEAD.sub("", plain_words(raw)).rstrip("为是共计")
    found = scene.words.find(text, scene.topic, weak=True)
    if found is None or not found[0].weak or not text.endswith(found[0].phrase):
        return None
    return found[0], 0


def in_economic_list(item: Item, before: Item, scene: Scene) -> Item:
    """Return 公务接待费 after 办公费 as what the list is of: an economic class."""
    code = scene.words.economic_code(item.name or "")
    if item.subject != "three_public" or before.subject != "economic_class" or code is None:
        return item
    return Item(item.name, "economic_class", expenditure_type=before.expenditure_type,
                fund_source=before.fund_source, economic_code=code, known=True)  # fmt: skip


def item_of_heading(labels: tuple[str, ...], scene: Scene) -> Item | None:
    """Return the item that the innermost headings name, if one does."""
    for label in labels[:2] if scene.topic != "performance" else ():
        name = nominal(_TITLE_END.sub("", label), scene)
        found = scene.words.find(name, scene.topic, weak=False)
        item = resolve(name, name, scene, weak=False)
        if item is not None and item.known and item.subject != "revenue_expenditure_total":
            return item if found is None else replace(item, name=found[0].phrase)
    return None


def default_item(scene: Scene, label: str | None) -> Item:
    """Return the item of a figure that no words name: the topic of its section."""
    return Item(label, _default_subject(scene), fund_source=scene.inherited.fund_source,
                expenditure_type=scene.inherited.expenditure_type)  # fmt: skip


TOPIC_OF = {
    "revenue_total": "revenue",
    "revenue_current_total": "revenue",
    "three_public": "three_public",
    "procurement": "procurement",
    "purchased_services": "purchased_services",
    "state_assets": "state_assets",
    "staff": "staff",
    "project_expenditure": "project",
}
"""The topic of what follows an item that a paragraph names first."""
_TOPIC_SUBJECT = {
    "three_public": "three_public",
    "operating_expenses": "operating_expenses",
    "procurement": "procurement",
    "purchased_services": "purchased_services",
    "state_assets": "state_assets",
    "performance": "performance",
    "staff": "staff",
}


def _default_subject(scene: Scene) -> str:
    return _TOPIC_SUBJECT.get(scene.topic or "", "other")


def _economic(name: str, scene: Scene) -> str | None:
    """Return the economic class of a name, unless it is that of an item of a function.

    Under a 类, 机关事业单位基本养老保险缴费支出 is a 项 and no economic class.
    """
    code = scene.words.economic_code(name)
    is_item = name.endswith("支出") and name not in scene.words.economic
    return None if is_item and scene.inherited.class_name is not None else code


def _economic_scope(scene: Scene) -> bool:
    return scene.topic in ("basic", "project", "operating_expenses") or (
        scene.topic != "three_public" and scene.inherited.expenditure_type is not None
    )


def _without_owner(piece: str) -> str:
    """Return a piece without the body whose year it is: 某县水务局2022年度收入."""
    at = piece.rfind(YEAR)
    return piece[at:] if at > 0 and ends_with_organisation(piece[:at]) else piece


def plain_words(raw: str) -> str:
    """Return a piece without signs, quotes and the words that lead to a name."""
    text = _without_owner(raw)
    for sign in _SIGNS + CODE:
        text = text.replace(sign, "")
    return text.translate(_QUOTE)


def _from_subject(subject: Subject, shown: str, plain: str, scene: Scene) -> Item:
    fund = subject.fund_source or fund_of(plain, scene)
    kind = subject.expenditure_type
    if subject.subject == "economic_class":
        kind = kind or scene.inherited.expenditure_type
    if subject.subject == "function_class":
        fund = fund or of_class(scene)
    if subject.subject in ("basic_expenditure", "project_expenditure", "expenditure_item"):
        fund = fund or ("all" if scene.topic in ("expenditure", "total", None) else None)
    return Item(
        name=shown or None,
        subject=subject.subject,
        class_name=shown if subject.subject == "function_class" else None,
        fund_source=fund,
        expenditure_type=kind,
        revenue_source=subject.revenue_source,
        three_public_item=subject.three_public_item,
        resource_metric=subject.resource_metric,
        known=True,
    )
