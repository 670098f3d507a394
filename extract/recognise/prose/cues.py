"""The words that tell what a figure does in its sentence (线索): direction, comparison, stage.

Everything here looks at a short piece of a skeleton and says what it found; nothing is
remembered from piece to piece. The words come from layouts/prose_words.csv.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from extract.recognise.prose.lexicon import Lexicon, alternation, lexicon
from extract.recognise.prose.skeleton import YEAR

_FILL = (
    r"(?:了|额|金额|数额|数|幅度|比例|比率|率|资金|支出|经费|预算"
    r"|各|分别|均|为|是|达到|达|约|近|将近|接近|大约|逾|共计|共|计|净|又)*"
)
_ALTERNATIVE = r"(?P<alternative>[（/](?:增|减|升|降|下|上|提|长)[^（）/]{0,3}[）]?)?"
_BEYOND = r"(?<!不)(?P<over>高于|多于|大于|高出|超出|超过|超)|(?P<under>低于|少于|小于)"
_MEASURE = rf"(?:{YEAR}|上年|上一年|去年|往年|年初|同期|预算)[^，。；：]{{0,12}}"
_EXCEEDS = re.compile(rf"(?:{_BEYOND}){_MEASURE}$")
REFERENCE = re.compile(
    rf"(?:(?<![占分价对百])比(?![例重])|较(?![好大多为高低快])|相比于?|相较于?)"
    rf"(?=[^，。；：]{{0,14}}?(?:{YEAR}|上年|上一|去年|往年|同期|年初|预算|决算|执行数|计划))"
    rf"|(?:与|同|和|按)(?=(?:{YEAR}|上年|上一|去年|往年|年初预算|预算数|同期|决算数))|同比"
    rf"|(?:{_BEYOND})(?={_MEASURE})|与(?=[^，。；：]{{0,24}}(?:预算|决算)数?(?:相比|比较|对比))"
)
_OWN_BUDGET = r"(?:年初|全年|调整后?的?|当年|年度)"
_COMPLETES = re.compile(
    rf"完成(?!率)|(?:为|是|相当于|达到?|占{_OWN_BUDGET}?){_OWN_BUDGET}?预算数?的?$|预算数?的$"
)
_RATE_OF_BUDGET = re.compile(r"(?:执行|完成)率|(?:执行|支出)进度")
_MORE_OR_LESS = re.compile(r"(?:相比|比较|对比)?(?P<word>多|少)(?:了|支出|收入|安排|支|用)*$")
_SHARE = re.compile(r"占(?![用有地])|比重|比例|占比")
_BUDGET = re.compile(
    r"(?<!公共)(?<!基金)(?<!经营)(?<!国资)预算(?!单位|项目|拨款|财政|资金总体|绩效|内|外|管理|编制|执行)|批复"
)
_FUND_BUDGET = re.compile(
    r"(?:公共|基金|经营|国资)(?=预算(?:数|额|金额)?(?:共计|合计|总计|[为是共计])?$)"
)
_THEN_ACCOUNT = re.compile(r"[，、；](?:本年|当年|全年|实际|支出|收入){0,2}决算")
_INTO = re.compile(r"(?:到|至)[了为]?$")
_BECOMES = re.compile(
    r"(?:增[加长]?|减少?|上?升|提[高升]|下?降|降低|回落|[压缩]减|压缩|调[增减整]|[上下]调)"
    r"[为到至][了为]?$|变为$"
)
REASON = re.compile(r"(?:^|(?<=：))因(?=[一-鿿]{2})(?!公)|原因|由于|因为|主要是(?!：)|主要系|是因")
PURPOSE = re.compile(r"(?:主要)?用于|(?<!按)(?<!按支出)(?<!按资金)用途(?!分)|开支内容|反映")
SPENT_ON = re.compile(r"(?<=.)主要用于")
WITHIN = re.compile(r"其中|主要包括|包括")
_ADJUSTED = re.compile(r"调整|全年预算|全年支出预算")
_FROM = re.compile(rf"(?:由|从)(?=[^，。；：]*(?:{YEAR}|年|期|初)[^，。；：]*$)")
_ORIGIN = re.compile(r"(?:由|从)[^，。；：]{0,16}$")
_TO = re.compile(r"[一-鿿]{0,2}(?:到|至|(?<=[加少升降低高减增变])为)")
_REACHES = re.compile(rf"(?:到|至|调整为)了?(?:{YEAR}|本年|当年)?的?$")


@dataclass(frozen=True, slots=True)
class Direction:
    """A direction word right before a figure, where it starts, and what stands between."""

    start: int
    value: str
    residue: bool
    rate: bool
    comparator: str | None = None
    """What the word itself compares with: 追加 adds to the budget at the start of the year."""
    explicit: bool = False
    """Whether the word names what it compares with, such as 大于预算数."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a figure is measured against, and the stage of that other amount."""

    start: int
    comparator: str
    stage: str | None
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class Cues:
    """The compiled words of one year."""

    direction: re.Pattern[str]
    direction_noun: re.Pattern[str]
    directions: dict[str, str]
    adjusts: dict[str, str]
    stage: re.Pattern[str]
    stages: dict[str, str]
    prior: re.Pattern[str]
    average: re.Pattern[str]

    def direction_of(self, piece: str) -> Direction | None:
        """Return the direction stated right before the end of the piece."""
        match = self.direction.search(piece)
        if match is None or _INTO.search(piece):
            return None
        word = match["word"]
        residue = match["alternative"] is not None or word == "增减"
        value = "none" if residue else self.directions.get(word, "none")
        rate = word[-1] in "长降升幅高低涨浮"
        comparator = self.adjusts.get(word)
        return Direction(match.start(), value, residue, rate, comparator, "预算" in word)

    def more_or_less(self, piece: str) -> Direction | None:
        """Return the direction of 比上年多5万元; only a comparison makes 多 one."""
        match = _MORE_OR_LESS.search(piece)
        if match is None:
            return None
        value = "increase" if match["word"] == "多" else "decrease"
        return Direction(match.start(), value, False, False)

    def beyond(self, piece: str) -> Direction | None:
        """Return the direction of 超出年初预算5万元 and 低于上年5万元."""
        match = _EXCEEDS.search(piece)
        if match is None:
            return None
        value = "increase" if match["over"] else "decrease"
        return Direction(match.start(), value, False, False)

    def direction_before_noun(
        self, piece: str, is_thing: Callable[[str], bool]
    ) -> Direction | None:
        """Return the direction of 增加人员经费20万元: a verb, then the name of the item.

        新增资产20万元 states no change where ``is_thing`` knows the whole as a name.
        """
        match = self.direction_noun.search(piece)
        if match is None or is_thing(piece[match.start("word") :]):
            return None
        word = match["word"]
        value, comparator = self.directions[word], self.adjusts.get(word)
        return Direction(match.end("word"), value, False, False, comparator)

    def before(self, piece: str) -> str:
        """Return a piece without the comparison and the direction it ends with."""
        if match := REFERENCE.search(piece):
            piece = piece[: match.start()]
        direction = self.direction_of(piece)
        return piece if direction is None else piece[: direction.start]

    def stage_of(self, piece: str) -> str | None:
        """Return the stage that the piece names last, such as 年初预算 or 决算."""
        last: tuple[int, int, str] | None = None
        for match in self.stage.finditer(piece):
            last = (match.end(), match.start(), self.stages[match.group()])
        generic = None
        for match in _BUDGET.finditer(piece):
            generic = match
        if generic is not None and (last is None or generic.end() > last[0]):
            return "initial_budget"
        return None if last is None else last[2]

    def comparison_of(
        self, piece: str, years: list[int | None], fiscal_year: int | None, kind: str | None
    ) -> Comparison | None:
        """Return what the piece compares with; ``years`` are those printed in it, in order."""
        match = REFERENCE.search(piece)
        if match is None:
            return None
        text = piece[match.start() :]
        year = years[piece.count(YEAR, 0, match.start())] if YEAR in text else None
        budget = "预算" in text.replace("一般公共预算", "").replace("基金预算", "").replace(
            "经营预算", ""
        )
        final = "决算" in text or "执行" in text or "实际" in text
        # What is left at the start of a year is what the year before left.
        prior = bool(self.prior.search(text)) or ("年初" in text and not budget)
        if year is not None and fiscal_year is not None:
            prior = prior or year == fiscal_year - 1
        if prior:
            as_budget = (budget and not final) or (kind == "budget" and not final)
            stage = "prior_year_budget" if as_budget else "prior_year_final"
            return Comparison(match.start(), "prior_year", stage)
        own = year is None or year == fiscal_year
        if budget and own and year is not None and kind == "budget":
            return Comparison(match.start(), "none", None, contradicts=True)
        if budget and own and _ADJUSTED.search(text):
            return Comparison(match.start(), "none", "adjusted_budget")
        if budget and own:
            return Comparison(match.start(), "initial_budget", "initial_budget")
        return Comparison(match.start(), "none", None)


def share_start(piece: str) -> int | None:
    """Return where a statement of a share starts in the piece, such as 占收入合计的."""
    match = _SHARE.search(piece)
    return None if match is None else match.start()


def completion_start(piece: str) -> int | None:
    """Return where a statement of completion starts, such as 完成年初预算的."""
    match = _COMPLETES.search(piece)
    return None if match is None else match.start()


def starts_a_move(piece: str) -> bool:
    """Tell whether an amount is where a change starts: 由上年的10万元增加到12万元."""
    return _FROM.search(piece) is not None


def may_start_a_move(piece: str) -> bool:
    """Tell whether the words before an amount may be those of a move: 标准由每户."""
    return _ORIGIN.search(piece) is not None


def is_origin(piece: str, following: str) -> bool:
    """Tell whether an amount is only where a change starts: 由12万元减少到10万元."""
    return piece.endswith(("由", "从")) and _TO.match(following) is not None


def ends_a_move(piece: str) -> bool:
    """Tell whether an amount is where a change ends."""
    return _REACHES.search(piece) is not None or becomes(piece)


def as_budget(piece: str, following: str) -> str:
    """Return the words before an amount, the fund aside where its account follows the amount.

    政府性基金预算 names a fund and no stage; in 政府性基金预算5万元，决算数4万元 it is the
    budget of the fund.
    """
    return _FUND_BUDGET.sub("", piece) if _THEN_ACCOUNT.match(following) else piece


def becomes(piece: str) -> bool:
    """Tell whether an amount is what a change led to: 减少为3万元, 降至3万元."""
    return _BECOMES.search(piece) is not None


def after_reason(piece: str) -> int:
    """Return where the words after 主要原因是 start in the piece, 0 where there are none."""
    end = 0
    for match in REASON.finditer(piece):
        end = match.end()
    while 0 < end < len(piece) and piece[end] in "是为系：在于":
        end += 1
    return end


def is_rate_of_budget(piece: str) -> bool:
    """Tell whether the piece names a rate of execution, such as 预算执行率."""
    return _RATE_OF_BUDGET.search(piece) is not None


def completion_comparator(piece: str) -> str:
    """Return what a completion is measured against: the budget at the start, or nothing coded."""
    if _ADJUSTED.search(piece):
        return "none"
    return "initial_budget" if re.search(r"预算?|执行率", piece) else "none"


@lru_cache(maxsize=64)
def _compile(year: int | None) -> Cues:
    words: Lexicon = lexicon(year)
    directions = {w: v for w, v in words.words["direction"] if v != "flat"}
    names = alternation(directions)
    stages = dict(words.words["stage"])
    nouns = alternation(
        w for w in directions if len(w) == 2 and w[-1] not in "长降升幅高低涨浮出支"
    )
    return Cues(
        direction=re.compile(rf"(?P<word>{names}|增减|增(?=[（/]减)){_ALTERNATIVE}{_FILL}$"),
        direction_noun=re.compile(
            rf"(?:^|(?<=[是为中年了于因而和并要另应共期拟、])|(?<={YEAR}))(?P<word>{nouns})(?![了为的到至值额率])(?=[^，。；：增减升降]{{2,40}}$)(?!.{{0,40}}(?:原因|用于|由于))"
        ),
        directions=directions,
        adjusts=dict(words.words["adjusts"]),
        stage=re.compile(alternation(stages)),
        stages=stages,
        prior=re.compile(alternation(w for w, _ in words.words["prior"])),
        average=re.compile(
            rf"{alternation(w for w, _ in words.words['average'])}"
            r"|[户生亩次床村校]均|每[一-鿿]{1,4}约?$"
        ),
    )


def cues(year: int | None) -> Cues:
    """Return the cue words that hold in a fiscal year."""
    return _compile(year)
