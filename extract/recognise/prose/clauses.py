"""The clause parser (分句): figures of one paragraph with all that the sentence says of them.

Walks over the figures from left to right and carries what Chinese accounts leave unsaid:
the item that 比上年增加 speaks of, the comparison that 下降 belongs to, the year, the stage.
Looks at each character a bounded number of times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.recognise.prose import cues as cue
from extract.recognise.prose.cues import Comparison, Cues, Direction
from extract.recognise.prose.items import (
    Item,
    Scene,
    class_item,
    default_item,
    is_generic,
    nominal,
    plain_words,
    resolve,
    with_code,
)
from extract.recognise.prose.skeleton import CODE, DATE, FIGURE, YEAR, Figure, Skeleton

_OPEN, _CLOSE = "\ue010", "\ue011"
_ASIDE = "\ue012"
_MAX_ASIDE = 80
_SEPARATOR = re.compile(f"[，。；：{_OPEN}{_CLOSE}]")
_JOINED = re.compile(r"^(?:、|和|及|与|以及|并)$")
_TRAIL_NOUN = re.compile(r"[一-鿿（）“”]{2,30}")
_TRAIL_VERB = re.compile(r"编制|开展|进行|实施|完成|获得|予以|纳入|实现|反映|填报|达|占|以")
_COUNTABLE = frozenset(("个", "家", "名", "位", "项", "所", "户"))
_VERB_END = re.compile(
    r"(?:所属|包括|下设|内设|下辖|共有|共设|设有?|选取|涉及|有|由|对|等|为|是|共|纳入)$"
)
_OF_THAT = re.compile(r"的?(?:比例|比重)?(?:为|是|达)?$")
_ENUMERATION = re.compile(r"(?:主要)?包括.{2}")
_LIST_NAMES = re.compile(r"、|和|及|与")
_MAX_TAIL = 400


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure as understood; the fields are those of NarrativeFigureRow."""

    figure: Figure
    item: Item
    measure: str
    amount_stage: str | None
    comparator: str
    direction: str
    residue: bool = False
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the whole paragraph."""

    scene: Scene
    cues: Cues
    fiscal_year: int | None
    kind: str | None
    labels: tuple[str, ...]

    @property
    def default_stage(self) -> str | None:
        """The stage of an amount that names none, by the kind of document."""
        stages = {"budget": "initial_budget", "final_account": "final_account", "performance": "execution"}  # fmt: skip
        return stages.get(self.kind or "")


def read_clauses(work: Skeleton, setting: Setting) -> list[Reading]:
    """Read the figures of one paragraph, in order."""
    return _Walk(work, setting).run()


def _mark_brackets(work: str) -> str:
    """Return the text with the brackets that hold figures turned into separators.

    In the other brackets commas separate nothing: （款，下同） belongs to a name.
    """
    chars = list(work)
    stack: list[tuple[int, int]] = []
    seen = 0
    for i, char in enumerate(chars):
        if char == FIGURE:
            seen += 1
        elif char == "（":
            stack.append((i, seen))
        elif char == "）" and stack:
            start, before = stack.pop()
            if seen > before:
                chars[start], chars[i] = _OPEN, _CLOSE
            elif i - start <= _MAX_ASIDE:
                for k in range(start + 1, i):
                    if _SEPARATOR.match(chars[k]):
                        chars[k] = _ASIDE
    for start, before in stack:
        if seen > before and start:
            chars[start] = _OPEN
    return "".join(chars)


class _Walk:
    def __init__(self, work: Skeleton, setting: Setting) -> None:
        self.work, self.setting, self.cues = work, setting, setting.cues
        self.text = _mark_brackets(work.work)
        self.scene = setting.scene
        self.item: Item | None = None
        self.label: Item | None = None
        self.candidate: Item | None = None
        self.frame_item: Item | None = None
        self.last: Reading | None = None
        self.brackets: list[tuple[Item | None, Reading | None, str | None]] = []
        self.pending_names: list[str] = []
        self._new_sentence()

    def _new_sentence(self) -> None:
        self.comparator: str | None = None
        self.frame_comparator: str | None = None
        self.contradicts = False
        self.year: int | None = None
        self.main_stage: str | None = None
        self.frame_stage: str | None = None
        self.compared: str | None = None
        self.implied: str | None = None
        self.reason = False
        self.purpose = False
        self.candidate = None
        self.ratio_of: str | None = None

    def run(self) -> list[Reading]:
        out: list[Reading] = []
        begin = 0
        for position, figure in self.work.figures.items():
            reading = self._figure(begin, position, figure)
            out.append(reading)
            begin = position + 1
        return out

    def _figure(self, begin: int, position: int, figure: Figure) -> Reading:
        """Read one figure from the words between the figure before and it."""
        lead = self.text[begin:position]
        if _JOINED.match(lead) and self.last is not None:
            reading = self._joined(figure, position)
        else:
            if len(lead) > _MAX_TAIL and _SEPARATOR.search(lead) is None:
                begin, lead = position - _MAX_TAIL, lead[-_MAX_TAIL:]
            separator, tail, start = self._absorb(lead, begin)
            reading = self._read(figure, tail, start, separator, position)
        self.last = reading
        return reading

    def _joined(self, figure: Figure, position: int) -> Reading:
        """A figure after 、 or 和: the same statement about the next of several things."""
        last = self.last
        assert last is not None
        if figure.kind == "count" and (counted := self._counted(figure, "", position)):
            return replace(last, figure=figure, item=counted, measure="count")
        if figure.kind == last.figure.kind:
            item = last.item
            if self.pending_names:
                item = self._named(self.pending_names.pop(0), item)
            return replace(last, figure=figure, item=item)
        measure, stage = self._plain_measure(figure, ""), self._stage("", None)
        return Reading(figure, last.item, measure, stage, "none", "none")

    # --- the words before a figure ---------------------------------------------------

    def _absorb(self, lead: str, begin: int) -> tuple[str, str, int]:
        """Take in all pieces before the last one; return its separator, itself, its place."""
        separator, start = "", 0
        for match in _SEPARATOR.finditer(lead):
            self._piece(lead[start : match.start()], begin + start, match.group())
            self._separate(match.group())
            separator, start = match.group(), match.end()
        return separator, lead[start:], begin + start

    def _separate(self, separator: str) -> None:
        if separator == "。":
            if self.frame_item is not None:
                # After a list 比上年增加 speaks of the whole again.
                self.item, self.frame_item = self.frame_item, None
            self._new_sentence()
        elif separator == "；":
            self.comparator = self.frame_comparator
            self.main_stage = None
            self.purpose = False
        elif separator == _OPEN:
            self.brackets.append((self.item, self.last, self.comparator))
        elif separator == _CLOSE and self.brackets:
            self.item, self.last, self.comparator = self.brackets.pop()

    def _years(self, piece: str, start: int) -> list[int | None]:
        return [self.work.years.get(start + i) for i, c in enumerate(piece) if c == YEAR]

    def _context(self, piece: str, start: int) -> Comparison | None:
        """Take from a piece the year, the comparison and the kind of sentence."""
        years = self._years(piece, start)
        if DATE in piece:
            dated = self.work.years.get(start + piece.rindex(DATE))
            if dated is not None and self.scene.topic == "state_assets":
                self.year = dated
        found = self.cues.comparison_of(piece, years, self.setting.fiscal_year, self.setting.kind)
        before = piece if found is None else piece[: found.start]
        own = [y for y in years[: before.count(YEAR)] if y is not None]
        if own and cue.completion_start(before) is None:
            # An evaluation is dated first by when it was made, then by what it is about.
            self.year = own[0] if self.scene.topic == "performance" else own[-1]
        if found is not None:
            self.comparator, self.contradicts = found.comparator, found.contradicts
        if cue.REASON.search(piece):
            self.reason = True
        if cue.WITHIN.search(piece):
            self.frame_stage = self.frame_stage or self.main_stage
            self.frame_comparator = self.frame_comparator or self.comparator
            if "其中" in piece:
                self.reason = self.purpose = False
                self.frame_item = self.frame_item or self.item
        return found

    def _piece(self, piece: str, start: int, separator: str) -> None:
        """Take in a piece that no figure follows at once: context, labels, named items."""
        if not piece:
            return
        if (purpose := cue.PURPOSE.search(piece)) and "以下" not in piece and "如下" not in piece:
            self.purpose = True
            piece = piece[: purpose.start()]
        self._context(piece, start)
        if self.purpose and not piece:
            return
        name = nominal(_before_cues(piece, self.cues), self.scene.words)
        if is_generic(name) or len(name) > 80:
            return
        item = self._resolve(name, piece, start, weak=False)
        if item is None or not (item.known or (separator == "：" and not self.reason)):
            return
        if separator == "：" and not self.reason and (label := class_item(name, self.scene)):
            item = label
            self.label = item
        if not self.reason:
            self.candidate = item
            self._remember(item)
            if item.known and separator == "。" and (start == 0 or item.section_name):
                # "公务接待费。" at the start of a paragraph is its heading.
                self.item = item
        elif item.known:
            self.candidate = item

    def _remember(self, item: Item) -> None:
        """Let a 类 or 款 just named stand above the names that follow in the paragraph."""
        inherited = self.scene.inherited
        if item.subject == "function_class":
            inherited = replace(inherited, class_name=item.name, section_name=None)
        elif item.subject == "function_section":
            inherited = replace(inherited, section_name=item.name)
        elif item.fund_source not in (None, "all") and self.item is None:
            inherited = replace(inherited, fund_source=item.fund_source)
        else:
            return
        self.scene = replace(self.scene, inherited=inherited)

    def _resolve(self, name: str, raw: str, start: int, weak: bool) -> Item | None:
        item = resolve(name, raw, self.scene, weak)
        if item is None:
            return None
        if CODE in name:
            return with_code(item, self.work.codes[start + raw.rindex(CODE)])
        if (
            item.subject == "function_class"
            and "”" in raw
            and item.name == self.setting.scene.inherited.class_name
        ):
            # “其他支出” under 其他支出 is the 款 of the same name.
            item = replace(item, subject="function_section", section_name=item.name)
        codes = [
            c for i in range(len(raw)) if (c := self.work.level_codes.get(start + i)) is not None
        ]
        return replace(item, code="".join(codes)) if codes and item.class_name else item

    # --- one figure ------------------------------------------------------------------

    def _read(
        self, figure: Figure, tail: str, start: int, separator: str, position: int
    ) -> Reading:
        if figure.kind == "percent" and self.ratio_of is not None and _OF_THAT.match(tail):
            return self._ratio(figure, self.item or default_item(self.scene, None), self.ratio_of)
        found = self._context(tail, start)
        direction = self.cues.direction_of(tail)
        if direction is not None and figure.kind == "count" and self.comparator is None:
            direction = None
        if direction is None and figure.kind == "money" and found is None:
            direction = self.cues.direction_before_noun(tail)
            if direction is not None:
                item = self._item(tail[direction.start :], start + direction.start, figure, tail, position)  # fmt: skip
                return self._change(figure, item, direction)
        share, complete = cue.share_start(tail), cue.completion_start(tail)
        ends = [at for at in (share, complete) if at is not None]
        ends += [at.start for at in (found, direction) if at is not None]
        self.ratio_of = None
        if ends and figure.kind in ("money", "count") and direction is None:
            if share is not None:
                return self._whole(figure, tail[share + 1 :], start + share + 1)
            if complete is not None:
                self.ratio_of = cue.completion_comparator(tail)
        item = self._item(tail[: min(ends, default=len(tail))], start, figure, tail, position)
        if direction is not None:
            return self._change(figure, item, direction)
        if figure.kind == "percent" or figure.kind == "points":
            if complete is not None:
                comparator = cue.completion_comparator(tail)
            else:
                comparator = "none" if share is None else "whole"
            return self._ratio(figure, item, comparator)
        measure = self._plain_measure(figure, tail)
        stage = None
        if figure.kind in ("money", "price", "unknown") or item.subject == "three_public":
            stage = self._stage(tail, found)
        if figure.kind == "money" and found is None and measure == "value":
            self.main_stage = self.main_stage or stage
            if stage not in (
                "initial_budget",
                "adjusted_budget",
                "prior_year_budget",
                "prior_year_final",
            ):
                self.compared = stage
        if figure.kind == "money" and (found is None or self.comparator is None):
            self._implied(stage, measure)
        if (
            figure.kind == "count"
            and item.subject == "three_public"
            and "接待" in (item.name or "")
        ):
            # Money of 国内公务接待 is part of 公务接待费; its batches and persons are all there is.
            item = replace(item, three_public_item="reception")
        return Reading(figure, item, measure, stage, "none", "none")

    def _implied(self, stage: str | None, measure: str) -> None:
        """年初预算100万元，增加5万元: an amount of another stage is what 增加 compares with."""
        if measure != "value" or self.last is None or self.setting.kind == "budget":
            self.implied = None
            return
        known = {"initial_budget": "initial_budget", "prior_year_final": "prior_year"}
        self.implied = known.get(stage or "")

    def _change(self, figure: Figure, item: Item, direction: Direction) -> Reading:
        comparator = self.comparator or self.implied or "none"
        growth = figure.kind == "percent" or (figure.kind == "unknown" and direction.rate)
        measure = "growth_ratio" if growth else "count" if figure.kind == "count" else "change"
        stage = self.compared or self.setting.default_stage
        if figure.kind == "count":
            stage = None
        return Reading(
            figure, item, measure, stage, comparator, direction.value, direction.residue, self.contradicts
        )  # fmt: skip

    def _ratio(self, figure: Figure, item: Item, comparator: str) -> Reading:
        stage = self.compared or self.main_stage or self.setting.default_stage
        return Reading(figure, item, "share_ratio", stage, comparator, "none")

    def _whole(self, figure: Figure, piece: str, start: int) -> Reading:
        """占本年支出合计100万元的5%: the amount is that of the whole, the ratio of the part."""
        self.ratio_of = "whole"
        name = nominal(piece, self.scene.words)
        item = self._resolve(name, piece, start, weak=True) or default_item(
            self.scene, name or None
        )
        stage = self._stage(piece, None) if figure.kind == "money" else None
        return Reading(figure, item, self._plain_measure(figure, ""), stage, "none", "none")

    def _plain_measure(self, figure: Figure, tail: str) -> str:
        if figure.kind == "price":
            return "average"
        if figure.kind == "money" and self.cues.average.search(tail):
            return "average"
        return {
            "score": "score",
            "count": "count",
            "percent": "share_ratio",
            "points": "change",
        }.get(figure.kind, "value")

    def _stage(self, tail: str, found: Comparison | None) -> str | None:
        """Return the stage of an amount from the words before it, its year and the document."""
        default, kind = self.setting.default_stage, self.setting.kind
        if found is not None:
            return found.stage if not found.contradicts else None
        named = self.cues.stage_of(tail)
        year, fiscal = self.year, self.setting.fiscal_year
        if self.cues.prior.search(tail) and "结转" not in tail:
            year = None if fiscal is None else fiscal - 1
        if year is not None and fiscal is not None and year not in (fiscal, fiscal + 1):
            if year != fiscal - 1:
                return None
            budget = named in ("initial_budget", "adjusted_budget")
            if named is None:
                budget = kind == "budget" and self.scene.topic != "state_assets"
            return "prior_year_budget" if budget else "prior_year_final"
        return named or self.frame_stage or default

    # --- the item of a figure ----------------------------------------------------------

    def _item(self, piece: str, start: int, figure: Figure, tail: str, position: int) -> Item:
        name = nominal(piece, self.scene.words)
        weak = self.item is None or not self.item.known
        if figure.kind == "count" and (counted := self._counted(figure, name, position)):
            return counted
        if "分别" in tail and (item := self._several(name, figure, position)):
            self.item = item if not self.reason else self.item
            return item
        item = None
        if not _ENUMERATION.match(piece):
            item = self._resolve(name, piece, start, weak and not self.reason)
        if item is None:
            item = self._unsaid(piece, tail)
        elif self.reason and not item.known:
            item = replace(item, subject="other")
        if self.purpose and not item.known and self.item is not None and self.item.known:
            item = replace(item, subject="other")
        elif not self.reason and not self.purpose:
            self.item = item
            self._remember(item)
        self.candidate = None
        return item

    def _unsaid(self, piece: str, tail: str) -> Item:
        """Return the item of a figure whose own piece names none."""
        if self.candidate is not None:
            return self.candidate
        listed = self.item is not None and self.item.code is not None
        if listed and self.label is not None and self.cues.stage_of(tail) is not None:
            return self.label
        if self.item is not None:
            return self.item
        for label in self.setting.labels[:2] if self.scene.topic != "performance" else ():
            name = nominal(label, self.scene.words)
            found = self.scene.words.find(name, self.scene.topic, weak=False)
            item = resolve(name, name, self.scene, weak=False)
            if item is not None and item.known:
                return item if found is None else replace(item, name=found[0].phrase)
        return default_item(self.scene, plain_words(piece) or None)

    def _named(self, name: str, like: Item) -> Item:
        item = resolve(nominal(name, self.scene.words), name, self.scene, weak=True)
        return item if item is not None else replace(like, name=name)

    def _several(self, name: str, figure: Figure, position: int) -> Item | None:
        """收入、支出分别为10万元、20万元: give each figure its own name where they match."""
        if "收、支" in name or not name:
            return None
        names = [n for n in _LIST_NAMES.split(name) if n]
        count, at = 1, position + 1
        while count <= len(names) and (
            m := re.compile(r"(?:、|和|及|与|以及)" + FIGURE).match(self.text, at)
        ):
            count, at = count + 1, m.end()
        if len(names) < 2 or count != len(names):
            return None
        self.pending_names = names[1:]
        return self._named(names[0], default_item(self.scene, names[0]))

    def _counted(self, figure: Figure, name: str, position: int) -> Item | None:
        """下设3个事业单位: the thing counted stands after the number."""
        if figure.unit not in _COUNTABLE:
            return None
        trail = _TRAIL_NOUN.match(self.text, position + 1)
        if trail is None or not (is_generic(name) or _VERB_END.search(name) or name[0] == "对"):
            return None
        noun = _TRAIL_VERB.split(trail.group(), maxsplit=1)[0].rstrip("和及与的")
        if len(noun) < 2:
            return None
        item = resolve(noun, noun, self.scene, weak=False)
        return item if item is not None else default_item(self.scene, noun)


def _before_cues(piece: str, words: Cues) -> str:
    """Return a piece without the comparison and the direction it ends with."""
    if match := cue.REFERENCE.search(piece):
        piece = piece[: match.start()] or ""
    if direction := words.direction_of(piece):
        piece = piece[: direction.start]
    return piece
