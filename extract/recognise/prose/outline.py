"""Headings and what they say about the text under them (标题).

Knows the numbering styles of Chinese documents and keeps the stack of open headings, and
of sentences that open a list (“……。其中：”). Knows nothing of figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extract.recognise.prose.lexicon import Lexicon, Section, ends_with_organisation
from extract.recognise.prose.skeleton import BULLET, DATE, FIGURE, YEAR, Skeleton

_LEVELS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (0.0, re.compile(r"第[一二三四五六七八九十\d]{1,3}\s*(?:部分|章)")),
    (1.0, re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．，]")),
    (2.0, re.compile(r"[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]")),
    (3.0, re.compile(r"\d{1,2}\s*[.．、](?!\d(?!\d{3}年))")),
    (4.0, re.compile(r"[（(]?\s*\d{1,2}\s*[）)]")),
    (5.0, re.compile(r"[①-⑳]|[一二三四五]是")),
)
_PLAIN_TITLE = re.compile(
    r"(?:情况|说明|解释|报告|概况|安排|内容|结果|数据|目标|汇总|公开|公示)[。：]?$"
)
_GENERAL = frozenset(("total", "revenue", "expenditure"))
_PARTICULAR = frozenset(
    ("three_public", "operating_expenses", "procurement", "purchased_services", "state_assets")
)
_SIGNS = BULLET + YEAR + DATE + "，、"
_OPENS = _PARTICULAR | {"staff"}
_UNSPOKEN = (None, "total", "other", "transfer")
_SUBHEADING = re.compile(r"支出[决预]算(?:具体|总体)")
_MAX_LEAD = 60
_BODY = re.compile(r"(?:\d{4}年(?:度)?)?[一-鿿]{4,40}?(?=\d{4}年|(?:部门|单位)?[决预]算|“?三公)")
_OF_THE_WHOLE = re.compile(
    r"(?:关于|\d{4}年(?:度)?|年度|本年|当年|全年|部门|单位|本级|财政拨款|财政|资金|预算|决算|总体|收支"
    r"|收入|支出|合并|汇总|综合|[和与及、的]|第[一二三四五六七八九十]部分|\s)+$"
)
_OF_FUNDS = frozenset(
    ("general_public", "basic", "project", "government_fund", "state_capital", "fiscal")
)
_LEVEL = re.compile(r"（(类|款)[^（）]{0,6}）")
_MAX_HEADING = 60
_MAX_TITLE = 20
_LABEL_TAIL = re.compile(r"[。：\s]+$")


@dataclass(frozen=True, slots=True)
class Inherited:
    """What the sentence that opens a list says for the items under it."""

    fund_source: str | None = None
    expenditure_type: str | None = None
    class_name: str | None = None
    section_name: str | None = None


@dataclass(slots=True)
class _Open:
    level: float
    title: str
    section: Section | None = None
    inherited: Inherited | None = None
    number: int | None = None


@dataclass(slots=True)
class Outline:
    """The open headings, outermost first."""

    words: Lexicon
    stack: list[_Open] = field(default_factory=list)
    arabic: int | None = None
    """The last number of the style 1. under the headings that stand open."""

    def enter(self, work: Skeleton) -> bool:
        """Take note of a paragraph; return whether it is a heading and nothing else."""
        level = level_of(work.plain)
        heading = _is_heading(work, level) or (level is None and self._is_title(work.plain))
        if level is None and not heading:
            return False
        in_glossary = self.topic == "glossary"
        if level is None:
            level = 1.5 if in_glossary else 2.5
        number = number_of(work.plain)
        if level == 3.0 and number is not None:
            if heading and self._restyled(number):
                level = 1.0
            self.arabic = number
        if level < 3.0:
            self.arabic = None
        if not heading and self.stack and level > self.stack[-1].level:
            return False
        while self.stack and self.stack[-1].level >= level:
            self.stack.pop()
        if heading:
            title = _LABEL_TAIL.sub("", work.plain)
            found = self._section_of(re.sub(r"[“”]", "", title))
            if in_glossary and level <= 2.0:
                self.stack = [o for o in self.stack if not _glossary(o)]
            inherited = self._class_of(title)
            self.stack.append(_Open(level, title, found, inherited, number))
        return heading

    def _is_title(self, plain: str) -> bool:
        """Tell whether a line is the bare name of a section, such as 机关运行经费."""
        title = re.sub(r"[“”\"：。]", "", plain)
        if len(title) > _MAX_TITLE or not title.isalpha() or title.endswith("表"):
            return False
        found = self.words.section(title)
        return found is not None and 3 * len(found.phrase) >= 2 * len(title)

    def _restyled(self, number: int) -> bool:
        """Tell whether 9、 follows 八、: the numbering changed its style, not its depth.

        After 8、 it is but the next of those.
        """
        before = next((o for o in self.stack if o.level == 1.0), None)
        follows = before is not None and before.number == number - 1
        return follows and self.arabic != number - 1

    def _section_of(self, title: str) -> Section | None:
        """Return what the heading says; 会议费支出决算 is no heading of the expenditure."""
        body = _BODY.match(title)
        if body is not None and ends_with_organisation(body[0]):
            # 某某政府采购中心2021年度决算 is no heading of the procurement.
            title = title[body.end() :]
        found = self.words.section(title)
        if found is None or found.topic not in _GENERAL:
            return found
        owner = strip_bullet(title).partition(found.phrase)[0]
        whole = _OF_THE_WHOLE.sub("", owner)
        if not whole or ends_with_organisation(whole):
            return found
        return replace(found, topic="other", fund_source=None, expenditure_type=None)

    def _class_of(self, title: str) -> Inherited | None:
        """Return the 类 (and 款) that a heading such as （一）教育支出（类） is about."""
        name, *rest = _LEVEL.split(strip_bullet(title))
        if not self.words.function_class(name):
            return None
        second = rest[1] if len(rest) > 2 and rest[2] == "款" else None
        return Inherited(class_name=name, section_name=second)

    def open_list(self, inherited: Inherited, work: Skeleton) -> None:
        """Let the paragraph just read stand above the ones that follow and are deeper."""
        level = level_of(work.plain)
        if level is None:
            while self.stack and self.stack[-1].inherited and self.stack[-1].level % 1:
                self.stack.pop()
            level = (int(self.stack[-1].level) if self.stack else 0) + 0.5
        while self.stack and self.stack[-1].level >= level:
            self.stack.pop()
        self.stack.append(_Open(level, "", None, inherited))

    @property
    def path(self) -> str | None:
        """The titles of the open headings joined by `` > ``."""
        return " > ".join(o.title for o in self.stack if o.title) or None

    @property
    def topic(self) -> str | None:
        """The topic of the innermost heading that has one.

        A general heading such as 支出决算结构情况 does not replace the particular one above
        it, and 基本情况 within an evaluation report is part of the evaluation.
        """
        topics = [o.section.topic for o in reversed(self.stack) if o.section is not None]
        if not topics:
            return None
        if topics[0] == "staff" and "performance" in topics:
            return "performance"
        if topics[0] in _GENERAL:
            inner = next(o.title for o in reversed(self.stack) if o.section is not None)
            kept = _PARTICULAR if _SUBHEADING.match(strip_bullet(inner)) else frozenset()
            return next((t for t in topics if t in _OF_FUNDS or t in kept), topics[0])
        return topics[0]

    def topic_of(self, work: Skeleton) -> str | None:
        """The topic of a paragraph: that of its headings, else the one it opens with.

        Under 其他重要事项, or no heading at all, a paragraph says itself that it speaks of
        the 国有资产占用情况.
        """
        topic = self.topic
        end = work.work.find(FIGURE)
        if end < 0 or not (topic in _UNSPOKEN or topic in _PARTICULAR):
            return topic
        lead = re.sub(r"[“”]", "", work.work[:end][-_MAX_LEAD:])
        found = self.words.section(lead)
        if found is None:
            # 对9个项目开展了绩效自评 names its matter behind the first figure.
            found = self.words.section(re.sub(r"[“”]", "", work.work[:_MAX_LEAD]))
            found = found if found is not None and found.topic == "performance" else None
        evaluates = found is not None and found.topic == "performance" and found.phrase != "绩效"
        if found is None or not (found.topic in _OPENS or evaluates):
            return topic
        # Under 国有资产占用和政府采购情况 a paragraph of the one or the other says so at once.
        opens = topic in _UNSPOKEN or lead.lstrip(_SIGNS).startswith(found.phrase)
        return found.topic if opens else topic

    @property
    def inherited(self) -> Inherited:
        """What the open headings and lists say, the innermost first.

        A heading about something else (“三公”经费, 政府采购) ends what stands above it: where
        the numbering of headings is inconsistent, sections seem to lie in one another.
        """
        fund = kind = first = second = None
        for item in reversed(self.stack):
            if item.inherited is not None:
                fund = fund or item.inherited.fund_source
                kind = kind or item.inherited.expenditure_type
                first = first or item.inherited.class_name
                second = second or item.inherited.section_name
            if item.section is not None:
                fund = fund or item.section.fund_source
                kind = kind or item.section.expenditure_type
                if item.section.topic not in _GENERAL:
                    break
        return Inherited(fund, kind, first, second)

    @property
    def labels(self) -> list[str]:
        """The titles, innermost first, without their numbering."""
        return [strip_bullet(o.title) for o in reversed(self.stack) if o.title]


def _glossary(item: _Open) -> bool:
    return item.section is not None and item.section.topic == "glossary"


def level_of(text: str) -> float | None:
    """Return the depth that the numbering at the start of the text stands for, if any."""
    plain = text.lstrip()
    for level, pattern in _LEVELS:
        if pattern.match(plain):
            return level
    return None


_CHINESE = {c: n for n, c in enumerate("一二三四五六七八九", 1)}
_NUMBER = re.compile(r"(\d{1,2})|([一二三四五六七八九]?十?[一二三四五六七八九]?)")


def number_of(text: str) -> int | None:
    """Return the number that a heading such as 八、 or 9、 starts with."""
    match = _NUMBER.match(text)
    if match is None or not match.group():
        return None
    if match.group(1):
        return int(match.group(1))
    tens, ten, units = match.group(2).rpartition("十")
    if not ten:
        return _CHINESE.get(units)
    return 10 * _CHINESE.get(tens, 1) + _CHINESE.get(units, 0)


def strip_bullet(text: str) -> str:
    """Return the text without its numbering."""
    plain = text.strip()
    for _, pattern in _LEVELS:
        if match := pattern.match(plain):
            return plain[match.end() :].strip()
    return plain


def _is_heading(work: Skeleton, level: float | None) -> bool:
    plain = work.plain
    if not plain or len(plain) > _MAX_HEADING or FIGURE in work.work:
        return False
    body = work.work.lstrip(BULLET)
    inner = body.rstrip("。：")
    if any(c in inner for c in "，；。"):
        return False
    if level is None:
        return bool(_PLAIN_TITLE.search(plain)) and not plain.endswith("。") and "：" not in inner
    return "：" not in inner or (inner.count("：") == 1 and len(inner) <= 20)
