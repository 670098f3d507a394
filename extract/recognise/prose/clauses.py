"""The clause parser (分句): figures of one paragraph with all that the sentence says of them.

Walks over the figures from left to right and carries what Chinese accounts leave unsaid:
the item that 比上年增加 speaks of, the comparison that 下降 belongs to, the year, the stage.
Looks at each character a bounded number of times.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.recognise.prose import cues as cue
from extract.recognise.prose.brackets import CLOSE, OPEN, SEPARATOR, mark_brackets, words_before
from extract.recognise.prose.carry import Row, gone_back_to
from extract.recognise.prose.context import Sentence, Setting
from extract.recognise.prose.cues import Direction
from extract.recognise.prose.item import Item
from extract.recognise.prose.items import default_item, nominal
from extract.recognise.prose.lists import figures_in_a_row, is_listed, years_in_a_row
from extract.recognise.prose.naming import Naming
from extract.recognise.prose.reading import MEASURES, Reading
from extract.recognise.prose.receptions import counted_for
from extract.recognise.prose.skeleton import FIGURE, YEAR, Figure, Skeleton

_JOINED = re.compile(r"^(?:、|和|及|与|以及|并)$")
_OF_THAT = re.compile(r"的?(?:比例|比重)?(?:为|是|达)?$")
_MAX_TAIL = 400
_BARE_RATE = re.compile(r"(?:约|近|逾|即|为|合|折合)?")
_OF_THINGS = frozenset(("个", "家", "项", "所", "户"))
_AMOUNTS = frozenset(("money", "count", "price"))


def read_clauses(work: Skeleton, setting: Setting) -> list[Reading]:
    """Read the figures of one paragraph, in order."""
    return _Walk(work, setting).run()


class _Walk:
    def __init__(self, work: Skeleton, setting: Setting) -> None:
        self.work, self.setting = work, setting
        self.text = mark_brackets(work.work)
        self.said = Sentence(setting)
        self.naming = Naming(work, self.text, setting)
        self.last: Reading | None = None
        self.before: Reading | None = None
        self.starts = False
        self.leads = ("", "")
        self.row = Row()
        self.years: list[int] = []
        self.row_tail = ""
        self.brackets: list[tuple[Item | None, Reading | None, Sentence]] = []

    def run(self) -> list[Reading]:
        """Return the readings of all figures, in order."""
        out: list[Reading] = []
        begin = 0
        for position, figure in self.work.figures.items():
            reading = self._figure(begin, position, figure)
            self.before, self.last = self.last, reading
            self.row.take(reading)
            out.append(reading)
            begin = position + 1
        return out

    def _figure(self, begin: int, position: int, figure: Figure) -> Reading:
        """Read one figure from the words between the figure before and it."""
        lead = self.text[begin:position]
        self.leads = (lead, self.leads[0])
        if _JOINED.match(lead) and self.last is not None:
            return self._joined(figure, self.last, position)
        if len(lead) > _MAX_TAIL and SEPARATOR.search(lead) is None:
            begin, lead = position - _MAX_TAIL, lead[-_MAX_TAIL:]
        start = self._absorb(lead, begin)
        tail = self.text[start:position]
        cut = self._years_of_row(tail, start, position)
        return self._read(figure, tail[cut:], start + cut, position)

    def _years_of_row(self, tail: str, start: int, position: int) -> int:
        """Take in the years of a row of figures and return where the words after them start."""
        self.years = []
        count = figures_in_a_row(self.text, position)
        signs = [self.work.years.get(start + i) for i, char in enumerate(tail) if char == YEAR]
        years, end = years_in_a_row(tail, signs) if count > 1 else ([], 0)
        if len(years) != count:
            return 0
        self.said.year, *self.years = years
        self.row_tail = tail[end:]
        return end

    def _joined(self, figure: Figure, last: Reading, position: int) -> Reading:
        """A figure after 、 or 和: the same statement about the next of several things."""
        naming = self.naming
        if self.years and figure.kind == last.figure.kind == "money":
            self.said.year = self.years.pop(0)
            stage = self.said.stage(self.row_tail, None, naming.scene.topic)
            return replace(last, figure=figure, amount_stage=stage)
        if figure.kind == "count" and (counted := naming.counted(figure, "", position)):
            return replace(last, figure=figure, item=counted, measure="count")
        if figure.kind == last.figure.kind:
            item = self.row.following(self.leads[0]) or last.item
            if naming.row.ahead:
                item = naming.named(naming.row.ahead.pop(0), item)
            return replace(last, figure=figure, item=item)
        stage = self.said.stage("", None, naming.scene.topic) if figure.kind == "money" else None
        return Reading(figure, last.item, self._plain_measure(figure, ""), stage, "none", "none")

    # --- the words before a figure ---------------------------------------------------

    def _absorb(self, lead: str, begin: int) -> int:
        """Take in all pieces before the last one and return where that one starts."""
        start = 0
        counted = self.last is not None and self.last.figure.kind == "count"
        for match in SEPARATOR.finditer(lead):
            # 接待12个团组，96人次: what was counted names nothing for what follows.
            if start or not counted:
                self._piece(lead[start : match.start()], begin + start, match.group())
            self._separate(match.group())
            start = match.end()
        return begin + start

    def _piece(self, piece: str, start: int, separator: str) -> None:
        """Take in a piece that no figure follows at once."""
        purpose = cue.PURPOSE.search(piece)
        opens_list = (self.last is None and separator == "：") or "以下" in piece or "如下" in piece
        if purpose and not opens_list:
            self.said.purpose = True
            piece = piece[: purpose.start()]
        if piece:
            compares = self._take(piece, start) is not None
            told = self.said.reason and cue.after_reason(piece) < len(piece)
            self.said.explained = told and not compares
            self.naming.piece(piece, start, separator, self.said)

    def _take(self, piece: str, start: int) -> cue.Comparison | None:
        found = self.said.take(piece, start, self.work, self.naming.scene.topic)
        if self.said.within:
            self.said.within = False
            self.naming.open_frame()
        return found

    def _separate(self, separator: str) -> None:
        if separator == "。":
            self.naming.new_sentence()
            self.row.close()
            self.said = self.said.following(self.naming.scene.topic)
        elif separator == "；":
            self.said.semicolon()
        elif separator == OPEN:
            # 收入（含结转12万元）812万元: what was named before the bracket goes on after it.
            named = self.naming.candidate or self.naming.item
            self.brackets.append((named, self.last, replace(self.said)))
        elif separator == CLOSE and self.brackets:
            self.naming.item, self.last, self.said = self.brackets.pop()

    # --- one figure ------------------------------------------------------------------

    def _read(self, figure: Figure, tail: str, start: int, position: int) -> Reading:
        said, naming, cues = self.said, self.naming, self.setting.cues
        if figure.kind == "percent" and said.ratio_of is not None and _OF_THAT.match(tail):
            whole = naming.item or default_item(naming.scene, None)
            return self._ratio(figure, whole, said.ratio_of)
        if rate_of_change := self._rate_of_change(figure, tail):
            return rate_of_change
        found, named = self._take(tail, start), None
        if not tail and (named := words_before(self.text, start)):
            found = self._in_bracket(*named)
        if cut := cue.after_reason(tail):
            found, tail, start = None, tail[cut:], start + cut
        if figure.kind == "money" and (spent := cue.SPENT_ON.search(tail)):
            # 机关运行经费主要用于办公费2万元: the amount is that of what it was spent on.
            said.purpose, tail, start = True, tail[spent.end() :], start + spent.end()
            naming.open_frame()
        direction = self._direction(figure, tail, found)
        if direction is None and figure.kind == "money" and found is None:
            direction = cues.direction_before_noun(tail, naming.is_thing)
            if direction is not None:
                at = direction.start
                item = naming.of_figure(tail[at:], start + at, figure, tail, position, said)
                return self._change(figure, item, direction)
        share, complete = cue.share_start(tail), cue.completion_start(tail)
        ends = [at for at in (share, complete) if at is not None]
        ends += [at.start for at in (found, direction) if at is not None]
        said.ratio_of = None
        if figure.kind in ("money", "count") and direction is None:
            if share is not None:
                return self._whole(figure, tail[share + 1 :], start + share + 1)
            if complete is not None:
                said.ratio_of = cue.completion_comparator(tail)
        before = None if self.last is None else self.last.item
        own = tail[: min(ends, default=len(tail))]
        if named and figure.kind == "money" and found is None:
            # 图书馆改造（30万元）: what stands before the bracket is what the amount is of.
            cut = cue.after_reason(named[0])
            own, start = named[0][cut:], named[1] + cut
        told = self._moved(figure, tail) or self.row.following(self.leads[0])
        if told is None and figure.kind == "percent" and is_listed(tail):
            told = self.row.first(self.text, position)
        item = told or naming.of_figure(own, start, figure, tail, position, said)
        if (direction or found) and self.last is not None and self.before is not None:
            pair = self.last, self.before
            back = gone_back_to(item, *pair, self.leads, naming.frame_item)
            if back is not item:
                naming.item = item = back
        if direction is not None:
            return self._change(figure, item, direction)
        rate = share is not None or complete is not None or cue.is_rate_of_budget(tail)
        if figure.kind in ("percent", "points") or (figure.kind == "unknown" and rate):
            return self._ratio_of(figure, item, tail, share, complete)
        return self._stated(figure, item, before, tail, found, position)

    def _rate_of_change(self, figure: Figure, tail: str) -> Reading | None:
        """增加5万元，约4.7%: a rate that no word leads is that of the change before it."""
        last = self.last
        if figure.kind != "percent" or last is None or last.measure != "change":
            return None
        if last.figure.kind != "money" or not _BARE_RATE.fullmatch(tail):
            return None
        return replace(last, figure=figure, measure="growth_ratio")

    def _in_bracket(self, words: str, at: int) -> cue.Comparison | None:
        """What a bare amount in a bracket is: 比上年（28万元）下降 prints the year before."""
        years = [self.work.years.get(at + i) for i, char in enumerate(words) if char == YEAR]
        setting = self.setting
        found = setting.cues.comparison_of(words, years, setting.fiscal_year, setting.kind)
        return None if found is None or FIGURE in words[found.start :] else found

    def _direction(
        self, figure: Figure, tail: str, found: cue.Comparison | None
    ) -> Direction | None:
        """The direction of a figure; a count has one only where it is compared."""
        cues = self.setting.cues
        if figure.kind in _AMOUNTS and cue.becomes(tail):
            return None
        direction = cues.direction_of(tail) or cues.beyond(tail)
        compared = found is not None or (self.said.comparator is not None and len(tail) <= 4)
        if direction is None and compared:
            direction = cues.more_or_less(tail)
        if figure.kind == "count" and self.said.comparator is None:
            return None
        return direction

    def _stated(
        self,
        figure: Figure,
        item: Item,
        before: Item | None,
        tail: str,
        found: cue.Comparison | None,
        position: int,
    ) -> Reading:
        """A figure that is no change and no ratio."""
        said, topic = self.said, self.naming.scene.topic
        measure = self._plain_measure(figure, tail)
        stage = None
        if figure.kind == "count" and not item.known and before and item.subject == "other":
            # 公务接待费决算2万元，共接待9批次: counted for the item just spoken of.
            item = replace(item, subject=before.subject) if before.three_public_item else item
        if figure.kind in ("money", "price", "unknown") or item.subject == "three_public":
            if cue.becomes(tail) and found is not None:
                # 较上年增加到3万元: the amount is that of the year itself.
                tail, found = tail[: found.start], None
            budget = cue.as_budget(tail, self.text[position + 1 : position + 12])
            stage = said.stage(budget, found, topic)
        if cue.is_origin(tail, self.text[position + 1 : position + 5]):
            stage = said.origin_stage()
        if figure.kind == "money" and measure == "value":
            said.amount(stage, found is not None, self.last is None, tail)
        if figure.kind == "money" and item.subject == "staff":
            item = replace(item, subject="other")
        if figure.kind == "count":
            item = self._counted(figure, item, before, tail, position)
        return Reading(figure, item, measure, stage, "none", "none")

    def _counted(
        self, figure: Figure, item: Item, before: Item | None, tail: str, position: int
    ) -> Item:
        """The item of a count: 车辆减少1辆 says nothing of how many there are."""
        if self.setting.cues.direction_of(tail) is not None and not cue.becomes(tail):
            return replace(item, three_public_item=None, resource_metric=None)
        if item.subject != "three_public":
            return item
        following = self.text[position + 1 : position + 4] if figure.unit in _OF_THINGS else ""
        return counted_for(item, before, following)

    def _moved(self, figure: Figure, tail: str) -> Item | None:
        """The item of an amount that a move ends with: 标准由每户3万元提高到4万元."""
        starts, self.starts = self.starts, cue.may_start_a_move(tail)
        same = self.last is not None and self.last.figure.unit == figure.unit
        if not (starts and same and self.last is not None and cue.ends_a_move(tail)):
            return None
        return self.last.item

    def _change(self, figure: Figure, item: Item, direction: Direction) -> Reading:
        said = self.said
        if figure.kind == "count":
            item = replace(item, three_public_item=None, resource_metric=None)
        growth = figure.kind == "percent" or (figure.kind == "unknown" and direction.rate)
        measure = "growth_ratio" if growth else "count" if figure.kind == "count" else "change"
        stage = said.compared or self.setting.default_stage
        comparator = said.comparator or direction.comparator or said.against
        if comparator is None and self.setting.kind == "budget" and not said.reason:
            comparator = "prior_year"  # a budget has nothing else to grow from
        if direction.explicit:
            comparator = direction.comparator
        return Reading(
            figure=figure,
            item=item,
            measure=measure,
            amount_stage=None if figure.kind == "count" else stage,
            comparator=comparator or "none",
            direction=direction.value,
            contradicts=said.contradicts,
        )

    def _ratio_of(
        self, figure: Figure, item: Item, tail: str, share: int | None, complete: int | None
    ) -> Reading:
        """A percentage that no direction leads: a share or a rate of the budget."""
        if complete is not None and (share is None or complete <= share):
            return self._ratio(figure, item, self.said.completed(tail))
        if share is None and cue.is_rate_of_budget(tail):
            adjusted = self.said.main_stage == "adjusted_budget"
            return self._ratio(
                figure, item, "none" if adjusted else cue.completion_comparator(tail)
            )
        return self._ratio(figure, item, "none" if share is None else "whole")

    def _ratio(self, figure: Figure, item: Item, comparator: str) -> Reading:
        stage = self.said.compared or self.said.main_stage or self.setting.default_stage
        return Reading(figure, item, "share_ratio", stage, comparator, "none")

    def _whole(self, figure: Figure, piece: str, start: int) -> Reading:
        """占本年支出合计100万元的5%: the amount is that of the whole, the ratio of the part."""
        naming = self.naming
        self.said.ratio_of = "whole"
        name = nominal(piece, naming.scene)
        item = naming.resolve(name, piece, start, weak=True, whole=True)
        item = item or default_item(naming.scene, name or None)
        stage = None
        if figure.kind == "money":
            stage = self.said.stage(piece, None, naming.scene.topic)
        return Reading(figure, item, self._plain_measure(figure, ""), stage, "none", "none")

    def _plain_measure(self, figure: Figure, tail: str) -> str:
        moved = cue.becomes(tail) and self.last is not None and self.last.measure == "average"
        if figure.kind == "money" and (moved or self.setting.cues.average.search(tail)):
            return "average"
        return MEASURES.get(figure.kind, "value")
