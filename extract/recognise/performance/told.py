"""Projects told in a paragraph each (绩效自评综述): 某项目绩效自评综述：全年预算数…，自评得分….

One paragraph is one project: its name stands first, its money, rate, score and grade follow.
A paragraph that states any of them twice tells several projects, and which is whose is not
ours to guess. Figures of these sentences as such are the work of the prose grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.document import Cell, Document, Paragraph
from extract.recognise.performance.layout import FUNDS_TOTAL
from extract.recognise.performance.model import Form, FundsLine
from extract.recognise.performance.money import same_length
from extract.recognise.performance.rows import Slot

MAX_PARAGRAPH = 4_000
_NUMBERING = r"\s{0,8}(?:[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)]?[、.,。]?\s{0,4})?"
_HEADED = re.compile(
    _NUMBERING + r"[“\"]?(?P<name>[^:;,。“”\"]{2,40}?)(?:[”\"](?:项目)?|(?P<kind>项目))?(?:支出)?"
    r"(?:绩效)?(?:自评|自我评价)(?:综述|情况|结果)(?::|。|\s|$)"
)
_NAMED = re.compile(
    _NUMBERING + r"[“\"]?(?P<name>[^:;,。“”\"]{2,40}?(?:项目|经费|资金|工程|补助|补贴|专项))[”\"]?:"
)
_AMOUNT = (
    r"(?:数|金额|资金|总额)?(?:共计|共|为|是|了|:)?\s?"
    r"(?P<figure>\d[\d,]{0,20}(?:\.\d{1,8})?\s?(?:亿元|万元|元))"
)
_FIGURES = {
    "initial_budget": re.compile(r"年初预算(?:安排|批复)?" + _AMOUNT),
    "adjusted_budget": re.compile(r"(?:全年|调整后?)预算(?:安排)?" + _AMOUNT),
    "execution": re.compile(r"(?<!预算)(?:全年|实际|预算)?(?:执行|支出)" + _AMOUNT),
    "ratio": re.compile(
        r"(?:完成(?:年度|全年|调整后?)?预算数?的|执行率(?:为|达到?|是|:)?)\s?(?P<figure>\d{1,3}(?:\.\d{1,4})?%)"
    ),
}
_SCORE = re.compile(
    r"(?:自评|评价)(?:总得分|综合得分|总分|得分)(?:为|是|:)?\s?(?P<figure>\d{1,3}(?:\.\d{1,2})?)\s?分"
)
_GRADE = re.compile(
    r"(?:自评|评价)(?:等级|结论|结果|级别)(?:评定)?(?:为|是|:)\s?[“\"]?"
    r"(?P<figure>优秀?|良好?|中|差|一般|较差|合格)(?=[”\"。;,、\s]|等级|$)"
)
_DEPARTMENT = re.compile(r"部门整体|单位整体|整体支出")
_GENERIC = re.compile(
    r"项目|支出|绩效|预算|部门|单位|年度|重点|主要|情况|整体|开展|财政|资金|专项|其他|其中|结果"
    r"|自评|评价|[本各及和与的等年\d一二三四五六七八九十]"
)
"""Words that name projects in general and none of them."""


def read_told_projects(document: Document) -> list[Form]:
    """Return one form per project that a paragraph tells with a score or its execution."""
    forms: list[Form] = []
    name: Slot | None = None
    for paragraph in document.paragraphs:
        if len(paragraph.text) > MAX_PARAGRAPH:
            continue
        plain = same_length(paragraph.text)
        headed, named = _HEADED.match(plain), _NAMED.match(plain)
        opening = headed or named
        if opening is not None:
            end = opening.end("kind") if headed and headed["kind"] else opening.end("name")
            name = _named(_slot(paragraph, opening.start("name"), end))
        form = _form(paragraph, plain, name, opening.end() if opening else 0) if name else None
        if form is not None:
            forms.append(form)
        # A heading alone names the project of the paragraph that follows it.
        alone = headed is not None and not plain[headed.end() :].strip()
        name = name if form is None and alone else None
    return forms


def _named(slot: Slot) -> Slot | None:
    """Leave out names that no project bears, such as 项目支出 or 重点项目."""
    told = _DEPARTMENT.search(slot.text) or len(_GENERIC.sub("", slot.text)) >= 2
    return slot if told else None


def _form(paragraph: Paragraph, plain: str, name: Slot, start: int) -> Form | None:
    found: dict[str, Slot] = {}
    for role, pattern in (*_FIGURES.items(), ("score", _SCORE), ("grade", _GRADE)):
        slots = list(_matches(paragraph, plain, pattern, start))
        if len(slots) > 1:
            return None
        if slots:
            found[role] = slots[0]
    if "score" not in found and not {"adjusted_budget", "execution"} <= found.keys():
        return None
    whole = _DEPARTMENT.search(name.text) is not None
    form = Form(-1, "department" if whole else "project", name=None if whole else name)
    form.summary = form.has_funds_head = form.has_result = True
    money = {role: slot for role, slot in found.items() if role in _FIGURES}
    if money:
        form.funds.append(FundsLine(name, FUNDS_TOTAL, money, (name,)))
    form.take_verdict({role: found[role] for role in ("score", "grade") if role in found})
    return form


def _matches(
    paragraph: Paragraph, plain: str, pattern: re.Pattern[str], start: int
) -> Iterator[Slot]:
    seen: set[str] = set()
    for match in pattern.finditer(plain, start):
        slot = _slot(paragraph, *match.span("figure"))
        if slot.text not in seen:  # the same figure said twice is one
            seen.add(slot.text)
            yield slot


def _slot(paragraph: Paragraph, start: int, end: int) -> Slot:
    text = paragraph.text[start:end]
    return Slot(text.strip(), Cell(text, -1, -1, paragraph.place_of(start, end)), -1, 1, True)
