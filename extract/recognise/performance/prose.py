"""Indicators told in prose (文字形式的绩效指标): 产出指标：①数量指标——…：项目目标为….

Two kinds of sentence occur: one that sets targets, and one that reports what was reached,
often many paragraphs later. The second completes the indicator of the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.document import Cell, Document, Paragraph
from extract.recognise.numbers import fold
from extract.recognise.performance.model import Form, IndicatorLine
from extract.recognise.performance.rows import Slot
from extract.recognise.performance.targets import comparator_at

MAX_PARAGRAPH = 4_000
_NUMBERING = r"^\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?[、.．。]?\s*)?"
_PROJECT = re.compile(_NUMBERING + r"项目名称\s*[:：]\s*(?P<name>[^。；;]{2,80})")
_SCORE = re.compile(
    r"(?:绩效)?(?:自评|评价)(?:总分|得分|总得分)\s*(?:[:：]|为)\s*(?P<score>\d{1,3}(?:\.\d{1,2})?)\s*分"
)
_GRADE = re.compile(
    r"(?:绩效)?(?:自评|评价)等级\s*(?:[:：]|为)\s*[“\"]?(?P<grade>优秀?|良好?|中|差|一般|较差|合格)"
)
_LEVEL1 = re.compile(
    _NUMBERING
    + r"(?P<name>(?:产出|效益|效果|满意度|成本|决策|过程|管理)指标)(?:[(（]\d{1,3}分[)）])?"
    r"(?P<rest>完成情况(?:分析)?|\s*[:：])"
)
_LEVEL2_NAME = (
    r"(?:产出)?(?:数量|质量|时效|进度|成本)(?:指标)?|(?:经济|社会|生态|环境)(?:效益|成本)(?:指标)?"
    r"|可持续影响(?:指标)?|(?:服务对象|社会公众|受益对象|群众)满意度(?:指标)?"
)
_ITEM = re.compile(
    r"(?:[①-⑳]|[(（]\d{1,2}[)）]|\d{1,2}[、.．])?\s*"
    rf"(?P<level2>{_LEVEL2_NAME})\s*(?:—{{1,2}}|-{{1,2}}|[:：。])\s*"
)
_TARGET = re.compile(
    r"(?:(?:项目|年度|预期|绩效|计划)?目标(?:值)?|指标值|计划值)(?:分为|设定为|为|是|[:：])"
)
_ACTUAL = re.compile(
    r"[，,；;。]\s*(?:(?:实际|全年|年度)?(?:完成情况|完成值|完成率)|实际(?:完成|值|情况))(?:为|是|达到|[:：])?"
)
_STOP = re.compile(r"[。；;]|[，,](?=(?:已|全部|未|基本)?完成|(?:已)?(?:达到|实现)|超额)")


@dataclass(slots=True)
class _Told:
    """One indicator while its sentences are collected."""

    level1: str | None
    level2: str | None
    level3: str
    slot: Slot
    target: Slot | None
    actual: Slot | None


def read_prose_forms(document: Document) -> list[Form]:
    """Return one form per project whose indicators are told in prose."""
    reader = _Reader()
    for paragraph in document.paragraphs:
        if len(paragraph.text) <= MAX_PARAGRAPH:
            reader.take(paragraph)
    return reader.finish()


class _Reader:
    def __init__(self) -> None:
        self._form = Form(-1, "department")
        self._forms = [self._form]
        self._told: dict[int, list[_Told]] = {0: []}
        self._level1: str | None = None

    def take(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        project = _PROJECT.match(text)
        if project:
            name = _slot(paragraph, project.start("name"), project.end("name"))
            self._form = Form(-1, "project", name=name)
            self._told[len(self._forms)] = []
            self._forms.append(self._form)
            self._level1 = None
            return
        self._verdict(paragraph)
        head = _LEVEL1.match(text)
        start = 0
        if head:
            self._level1 = head["name"]
            start = head.end()
            if head["rest"].startswith("完成"):
                return
        elif self._level1 is None or _TARGET.search(text) is None:
            return
        self._items(paragraph, start)

    def finish(self) -> list[Form]:
        done: list[Form] = []
        for number, form in enumerate(self._forms):
            told = self._told[number]
            for one in told:
                cells = {"level3": one.slot}
                if one.target is not None:
                    cells["target"] = one.target
                if one.actual is not None:
                    cells["actual"] = one.actual
                    form.has_result = True
                form.indicators.append(
                    IndicatorLine(one.level1, one.level2, one.level3, cells, (one.slot,))
                )
            form.has_indicator_head = bool(told)
            if told:
                done.append(form)
        return done

    def _verdict(self, paragraph: Paragraph) -> None:
        if self._form.name is None:
            return
        score, grade = _SCORE.search(paragraph.text), _GRADE.search(paragraph.text)
        if score and self._form.total_score is None:
            self._form.total_score = _slot(paragraph, *score.span("score"))
        if grade:
            self._form.fields.setdefault("grade", _slot(paragraph, *grade.span("grade")))

    def _items(self, paragraph: Paragraph, start: int) -> None:
        text = paragraph.text
        marks = [m for m in _ITEM.finditer(text, start) if _opens(text, m, start)]
        if not marks:
            if _TARGET.search(text) and _ACTUAL.search(text):
                self._item(paragraph, None, start, len(text))
            return
        for mark, following in zip(marks, [*marks[1:], None], strict=True):
            end = following.start() if following is not None else len(text)
            if _TARGET.match(text, mark.end()):  # the name of level 2 is that of the indicator
                self._item(paragraph, mark["level2"], mark.start("level2"), end)
            else:
                self._item(paragraph, mark["level2"], mark.end(), end)

    def _item(self, paragraph: Paragraph, level2: str | None, start: int, end: int) -> None:
        """Take one indicator that stands between two offsets."""
        text = paragraph.text
        target = _TARGET.search(text, start, end)
        reached = _ACTUAL.search(text, target.end() if target else start, end)
        if target is None:
            limit = reached.start() if reached else end
            cut = comparator_at(text, start, limit)
            if cut is None:
                return
            name_end, target_start = cut, cut
        else:
            name_end, target_start = target.start(), target.end()
        name = text[start:name_end].strip(" \u3000:：，,—-")
        if not 2 <= len(name) <= 80:
            return
        target_end = _end(text, target_start, reached.start() if reached else end)
        wanted = _value(paragraph, target_start, target_end, name)
        got = None
        if reached is not None:
            got = _value(paragraph, reached.end(), _end(text, reached.end(), end), name)
        self._keep(
            _Told(self._level1, level2, name, _slot(paragraph, start, target_end), wanted, got)
        )

    def _keep(self, new: _Told) -> None:
        told = self._told[len(self._forms) - 1]
        for old in told:
            same = fold(new.level3) in (fold(old.level3), fold(old.level2 or ""))
            if same and old.actual is None and (old.level1 == new.level1):
                old.actual = new.actual
                return
        told.append(new)


def _opens(text: str, mark: re.Match[str], start: int) -> bool:
    before = text[start : mark.start()].rstrip()
    return not before or before[-1] in "。；;：:，," or mark.group()[0] in "①②③④⑤⑥⑦⑧⑨⑩（("


def _end(text: str, start: int, limit: int) -> int:
    stop = _STOP.search(text, start, limit)
    return stop.start() if stop else limit


def _slot(paragraph: Paragraph, start: int, end: int) -> Slot:
    text = paragraph.text[start:end]
    cell = Cell(text, -1, -1, paragraph.place_of(start, end))
    return Slot(text.strip(), cell, -1, 1, True)


def _value(paragraph: Paragraph, start: int, end: int, name: str) -> Slot | None:
    """The value between two offsets, without the subject said again before it.

    A rate that repeats its full name and gives a bare figure (合格率100%) stays as printed.
    """
    text = paragraph.text
    shared = 0
    while start + shared < end and shared < len(name) and text[start + shared] == name[shared]:
        shared += 1
    rest = text[start + shared : end].strip()
    figure = rest[:1].isdigit()
    if rest and (4 <= shared < len(name) if figure else shared == len(name)):
        start += shared
    else:
        cut = comparator_at(text, start, end)
        if cut is not None and not any(c.isdigit() for c in text[start:cut]):
            start = cut
    slot = _slot(paragraph, start, end)
    return replace(slot, text=slot.text.strip("，,。；; ")) if slot.text else None
