"""Which item a figure belongs to (归属): its own words, the label before, what was named last.

Keeps what has been named in a paragraph. Knows nothing of measures, stages and years.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.recognise.prose.brackets import OPEN
from extract.recognise.prose.context import Sentence, Setting
from extract.recognise.prose.following import (
    leaves_open,
    names_money,
    noun_after,
    noun_counted,
)
from extract.recognise.prose.functions import class_item, with_code
from extract.recognise.prose.item import Item, Scene, fund_named, is_score, of_score
from extract.recognise.prose.items import (
    TOPIC_OF,
    default_item,
    in_economic_list,
    item_of_heading,
    nominal,
    plain_words,
    resolve,
)
from extract.recognise.prose.lists import NamesInARow, figures_in_a_row, is_listed
from extract.recognise.prose.sides import (
    NATURES,
    REVENUES,
    beside,
    evaluated,
    fund_of_natures,
    is_total,
    opposes,
    other_side,
    side_labelled,
    side_opened,
    side_within,
    within_fund,
)
from extract.recognise.prose.skeleton import BULLET, CODE, YEAR, Figure, Skeleton

_ORDINAL = re.compile(r"[一二三四五六七八九]是|其[一二三四五]")
_OPEN_TOPICS = (None, "total", "other", "transfer")
_EXPENSES = frozenset(("three_public", "operating_expenses"))
_OTHER_MATTERS = frozenset(("procurement", "purchased_services", "state_assets"))
_ENUMERATION = re.compile(r"^(?:主要)?包括[^、等]{2,}[、等]")
_MAX_NAME = 80
_OF_BOTH = frozenset(
    ("total", "fiscal", "general_public", "government_fund", "state_capital", "expenditure")
)
_CONCERNS = re.compile(r"涉及|纳入|覆盖")
_GOES_ON = re.compile(rf"{BULLET}?(?:比|较|与|同比|相比)")
_SUMS = frozenset(("合计", "共计", "总计", "以上合计"))
_OF_YEAR = re.compile(rf"{BULLET}*{YEAR}(?:全年|本年)?(收入|支出)(?:共|共计|合计)?[为是]?$")
_OWN_NOUNS = frozenset(("项目", "资金", "费用"))


class Naming:
    """The items of one paragraph."""

    def __init__(self, work: Skeleton, text: str, setting: Setting) -> None:
        self.work, self.text, self.setting = work, text, setting
        self.scene = setting.scene
        self.item: Item | None = setting.opened if _GOES_ON.match(text) else None
        self.label: Item | None = None
        self.candidate: Item | None = None
        self.frame_item: Item | None = None
        self.kind: str | None = None
        self.side: str | None = None
        self.evaluates_from = text.find("绩效")
        self.whole: Item | None = None
        self.money_item: Item | None = None
        self.account: Item | None = None
        self.fund: str | None = None
        self.sentence_fund: str | None = None
        self.row = NamesInARow()
        if self.scene.topic is None and (heading := self._of_heading()) is not None:
            of_heading = TOPIC_OF.get(heading.subject)
            self.scene = replace(self.scene, topic=of_heading)

    def new_sentence(self) -> None:
        """End a sentence: after a list 比上年增加 speaks of the whole again."""
        if self.frame_item is not None:
            self.item, self.frame_item = self.frame_item, None
        self.candidate = self.kind = self.side = self.whole = self.money_item = None

    def open_frame(self) -> None:
        """Begin a list (其中): what was named last is the whole of it."""
        self.frame_item = self.frame_item or self.item
        if self.item is not None and self.item.subject in NATURES:
            self.kind = self.item.expenditure_type

    def piece(self, piece: str, start: int, separator: str, said: Sentence) -> None:
        """Take in a piece that no figure follows at once: labels and named items."""
        name = nominal(self.setting.cues.before(piece), self.scene)
        if side := side_within(piece):
            self.side = side
            return
        if separator in "：。" and self.item is None:
            self.sentence_fund = fund_named(name)
        if separator == "：" and (side := side_labelled(name)):
            self._open_side(side, start)
            return
        if self.scene.words.is_generic(name) or len(name) > _MAX_NAME:
            return
        item = self.resolve(name, piece, start, weak=False)
        opens = separator in "：" + OPEN and not said.reason
        if item is None or not (item.known or opens):
            return
        if separator == "：" and not said.reason and (label := class_item(name, self.scene)):
            item = label
            self.label = item
        if said.reason and said.fresh and item.known and not _ORDINAL.match(piece):
            said.reason = said.fresh = False
        if separator == OPEN and not item.known:
            # 防疫员补助（168名）241万元: the name stands before its bracket.
            self.candidate = item
        elif not said.reason:
            self.candidate = item
            self.whole = item if separator == "：" and item.known else self.whole
            self._remember(item)
            if item.known and separator == "。" and (start == 0 or item.section_name):
                # "公务接待费。" at the start of a paragraph is its heading.
                self.item = item
        elif item.known:
            self.candidate = item

    def _open_side(self, side: str, start: int) -> None:
        """Take in a label such as 收入预算： or 收入包括：, which says of what the list is."""
        self.side = side
        found = self.resolve(side, side, start, weak=True, whole=self.scene.topic is None)
        if found is not None and start <= 1:
            self.item = found

    def _remember(self, item: Item) -> None:
        """Let what was just named stand above the names that follow in the paragraph.

        A 类 above its 款, a fund above what it pays; and where no heading says what a
        paragraph is about, its first subject does.
        """
        inherited = self.scene.inherited
        if item.subject == "function_class":
            inherited = replace(inherited, class_name=item.name, section_name=None)
        elif item.subject == "function_section":
            inherited = replace(inherited, section_name=item.name)
        elif item.fund_source not in (None, "all") and self.item is None:
            inherited = replace(inherited, fund_source=item.fund_source)
        topic = self.scene.topic
        if topic in _OPEN_TOPICS or (topic in _EXPENSES and item.subject in _OTHER_MATTERS):
            topic = TOPIC_OF.get(item.subject, topic)
        self.scene = replace(self.scene, inherited=inherited, topic=topic)

    def resolve(
        self,
        name: str,
        raw: str,
        start: int,
        weak: bool,
        counted: bool = False,
        whole: bool = False,
    ) -> Item | None:
        """Return the item that a name stands for, with the codes printed in the piece.

        ``whole`` says that something is a share of it: 占本年支出 is of all funds anywhere.
        """
        scene = replace(self.scene, topic="total") if whole else self._seen_from(name)
        item = resolve(name, raw, scene, weak, counted)
        if item is None:
            return None
        if item.subject in NATURES:
            self.kind = item.expenditure_type
        elif item.subject == "economic_class" and item.expenditure_type is None:
            # 基本支出100万元，其中：人员经费80万元: a part of what was named.
            item = replace(item, expenditure_type=self.kind)
        if CODE in name:
            return with_code(item, self.work.codes[start + raw.rindex(CODE)], scene)
        if (
            item.subject == "function_class"
            and "”" in raw
            and item.name == self.setting.scene.inherited.class_name
        ):
            # “其他支出” under 其他支出 is the 款 of the same name.
            item = replace(item, subject="function_section", section_name=item.name)
        if not self.work.level_codes or not item.class_name:
            return item
        codes = [self.work.level_codes.get(start + i, "") for i in range(len(raw))]
        code = "".join(codes)
        return with_code(item, code, scene) if code else item

    def of_figure(
        self, piece: str, start: int, figure: Figure, tail: str, position: int, said: Sentence
    ) -> Item:
        """Return the item of a figure; ``piece`` is the part of ``tail`` that may name it."""
        name = nominal(piece, self.scene)
        self.side = side_opened(piece) or self.side
        weak = self.item is None or not self.item.known
        if figure.kind == "count" and (counted := self.counted(figure, name, position)):
            self.item = self.item or counted
            return counted
        if (is_listed(tail) or self.row.names) and (item := self._several(name, position)):
            self.item = item if not said.reason else self.item
            return item
        item = other_side(name, self.account) if self.account is not None else None
        fresh, said.fresh = said.fresh, False
        opposed = self.item is not None and opposes(name, self.item)
        if item is None and not _ENUMERATION.search(piece):
            anew = fresh and (self.item is None or is_total(self.item))
            weak = opposed or anew or (weak and not said.reason and not self._is_labelled())
            item = self.resolve(name, piece, start, weak, figure.kind == "count")
        if item is None and self.item is None and self.scene.topic is None:
            # 2022年度收入9万元全部为财政拨款: the year says that it is all there is.
            year = _OF_YEAR.match(piece)
            item = self.resolve(year[1], year[1], start, weak=True, whole=True) if year else None
        if item is not None and self.item is not None:
            item = beside(item, self.item, self.frame_item, fresh)
            item = in_economic_list(item, self.item, self.scene)
            self.fund = fund_of_natures(self.frame_item or self.item, self.fund)
            if self.fund and item.subject in NATURES and item.fund_source == "all":
                item = replace(item, fund_source=self.fund)
        if item is not None:
            item = within_fund(item, self.sentence_fund)
            opens = self.sentence_fund is None and self.item is None
            self.sentence_fund = item.fund_source if opens else self.sentence_fund
        if item is not None and self._concerns(position):
            item = evaluated(item)
        if item is None and (opposed or (said.reason and name in _OWN_NOUNS)):
            item = Item(name, "other") if said.reason else default_item(self.scene, name)
        elif item is None and self._only_explains(name, piece == tail, said, position):
            # …，主要原因是工程未完工，3万元结转下年: none of what the reason is given for.
            item = self.candidate or Item(None, "other")
        elif item is None and (noun := self._part_named_after(tail, figure, position)):
            item = self.resolve(noun, noun, position, weak=True) or default_item(self.scene, noun)
        elif item is None:
            item = self._unsaid(piece, tail, figure)
        elif said.reason and not item.known:
            item = replace(item, subject="other")
        elif fresh and not _ORDINAL.match(piece) and figure.kind == "money":
            # …，原因是项目减少；政府性基金收入200万元: a new item of the list, no reason any more.
            said.reason = False
        bought = said.purpose and not item.known and figure.kind != "count"
        if bought and self.item is not None and self.item.known:
            item = replace(item, subject="other")
        elif not said.reason and (not said.purpose or item.subject.startswith("function_")):
            self.item = item
            if figure.kind == "money" and item.known:
                self.money_item = item
                of = self.frame_item or item
                self.account = of if of.subject in REVENUES else self.account
            self._remember(item)
        self.candidate = self.candidate if said.reason else None
        return item

    def _unsaid(self, piece: str, tail: str, figure: Figure) -> Item:
        """Return the item of a figure whose own piece names none."""
        if self.candidate is not None:
            return self.candidate
        words = plain_words(piece).rstrip("为是：")
        if figure.kind == "money" and words in _SUMS and self.money_item is not None:
            # 货物2万元，服务3万元，合计5万元: of all that was listed.
            return self.whole or Item(words, "other")
        if figure.kind == "money" and self.item is not None and is_score(self.item):
            return self.money_item or of_score(self.item)
        if figure.kind == "money" and self.item is not None and self._only_counted():
            # 公务接待费9万元，接待15批次，比上年减少1万元: money again.
            return self.money_item or self.item
        listed = self.item is not None and self.item.code is not None
        if listed and self.label is not None and self.setting.cues.stage_of(tail) is not None:
            return self.label
        if self.item is not None:
            return self.item
        words = plain_words(piece).rstrip("为是共计：")
        return self._of_heading() or default_item(self.scene, words or None)

    def _only_explains(self, name: str, bare: bool, said: Sentence, position: int) -> bool:
        """Tell whether a figure without a name of its own is part of a reason, and no more."""
        unsaid = (not name and bare) or (said.explained and self.scene.words.is_generic(name))
        return said.reason and (unsaid or names_money(self.text, position))

    def _part_named_after(self, tail: str, figure: Figure, position: int) -> str | None:
        """Return the name of a part that stands after its amount, in a list."""
        if plain_words(tail).strip("其中有：") or figure.kind != "money" or self.frame_item is None:
            return None
        return noun_after(self.text, position)

    def is_thing(self, words: str) -> bool:
        """Tell whether the words are a name of the lexicon from the first on."""
        found = self.scene.words.find(words, self.scene.topic, weak=False)
        return found is not None and found[1] == 0

    def _only_counted(self) -> bool:
        """Tell whether what was named last is none of the things that money is spent on."""
        item, money = self.item, self.money_item
        if item is None or not item.known:
            return item is not None
        counted = item.subject == "three_public" and item.three_public_item is None
        return counted and money is not None and money.three_public_item is not None

    def _of_heading(self) -> Item | None:
        """Return the item that the heading over the paragraph names, if it names one."""
        return item_of_heading(self.setting.labels, self.scene)

    def _concerns(self, position: int) -> bool:
        """Tell whether the sentence says what an evaluation concerns (涉及) before a figure."""
        evaluates = self.scene.topic == "performance" or 0 <= self.evaluates_from < position
        if not evaluates:
            return False
        begin = max(self.text.rfind("。", 0, position), position - _MAX_NAME)
        return _CONCERNS.search(self.text, begin + 1, position) is not None

    def _is_labelled(self) -> bool:
        """Tell whether a label or a heading names the thing: …行政运行（项）：支出决算10万元."""
        named = self.candidate or (self._of_heading() if self.item is None else None)
        return named is not None and named.subject.startswith(("function_", "economic_"))

    def _seen_from(self, name: str) -> Scene:
        """Return the scene as the sentence sees it: parts of a revenue are revenues.

        财政拨款收入100万元，其中：一般公共预算80万元 speaks of revenue under any heading.
        """
        whole = self.frame_item
        listed = whole is not None and whole.subject in REVENUES
        if name == "支出" or not (listed or self.side == "收入"):
            return self.scene
        if self.scene.topic in _OF_BOTH or self.scene.topic is None:
            return replace(self.scene, topic="revenue")
        return self.scene

    def named(self, name: str, like: Item) -> Item:
        """Return the item of a name of a list, or one like another with that name."""
        item = resolve(nominal(name, self.scene), name, self.scene, weak=True)
        return item if item is not None else replace(like, name=name)

    def _several(self, words: str, position: int) -> Item | None:
        """Return the item of the first of several figures after as many names."""
        count = figures_in_a_row(self.text, position)
        name = self.row.first(words, count, self.scene.words.is_generic(words))
        return None if name is None else self.named(name, default_item(self.scene, name))

    def counted(self, figure: Figure, name: str, position: int) -> Item | None:
        """下设3个事业单位: the thing counted stands after the number."""
        noun = noun_counted(self.text, position, figure.unit)
        if noun is None or not (self.scene.words.is_generic(name) or leaves_open(name)):
            return None
        item = resolve(noun, noun, self.scene, weak=False)
        return item if item is not None else default_item(self.scene, noun)
