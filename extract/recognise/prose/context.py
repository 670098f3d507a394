"""What a sentence has said so far (句内语境): comparison, year, stages, kind of statement.

Made new at every full stop. Knows nothing of names; the clause parser asks it what an
amount's stage is and what a change is measured against.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.recognise.prose import cues as cue
from extract.recognise.prose.cues import Comparison, Cues
from extract.recognise.prose.item import Item, Scene
from extract.recognise.prose.skeleton import YEAR, Skeleton

_DEFAULT_STAGES = {
    "budget": "initial_budget",
    "final_account": "final_account",
    "performance": "execution",
}
_PRIOR = {"prior_year_final": "prior_year", "prior_year_budget": "prior_year"}
_IMPLIES = {"initial_budget": "initial_budget", **_PRIOR}
_BUDGETS = ("initial_budget", "adjusted_budget")
_ORIGINS = {"initial_budget": "initial_budget", "prior_year": "prior_year_final"}
_THIS_YEAR = re.compile("本年|今年")
_CARRIED = re.compile("结转|结余")
_NOT_OWN = frozenset(("initial_budget", "adjusted_budget", "prior_year_budget", "prior_year_final"))


def _in_brackets(piece: str) -> set[int]:
    """Return which years of the piece, by their order, stand in brackets: 收入（含2021年结转）."""
    inside, depth, seen = set(), 0, 0
    for char in piece:
        depth = max(0, depth + (char == "（") - (char == "）"))
        if char == YEAR:
            inside |= {seen} if depth else set()
            seen += 1
    return inside


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the whole paragraph."""

    scene: Scene
    cues: Cues
    fiscal_year: int | None
    kind: str | None
    labels: tuple[str, ...]
    opened: Item | None = None
    """What the paragraph before opened with, for one that begins 比上年增加."""

    @property
    def default_stage(self) -> str | None:
        """The stage of an amount that names none, by the kind of document."""
        return _DEFAULT_STAGES.get(self.kind or "")


@dataclass(slots=True)
class Sentence:
    """The state of one sentence; every field starts empty.

    ``compared`` is the stage of the amount that a change speaks of, ``implied`` what it
    would be measured against if nothing says so, ``ratio_of`` what 的5% is a ratio of.
    ``earlier`` is what the sentence before compared with; lists and reasons go on with it.
    ``year_told`` is the year before a reason began: its own years end with it. ``explained``
    says that the reason has begun with words of its own: 原因是人员集中发放，增加5万元.
    """

    setting: Setting
    comparator: str | None = None
    frame_comparator: str | None = None
    contradicts: bool = False
    year: int | None = None
    year_told: int | None = None
    main_stage: str | None = None
    frame_stage: str | None = None
    compared: str | None = None
    implied: str | None = None
    ratio_of: str | None = None
    reason: bool = False
    purpose: bool = False
    fresh: bool = False
    within: bool = False
    earlier: str | None = None
    goes_on: bool = False
    origin: str | None = None
    budgeted: bool = False
    explained: bool = False

    def following(self, topic: str | None) -> Sentence:
        """Return the state of the next sentence: 资产 stay dated, a comparison may go on."""
        return Sentence(
            self.setting,
            year=self.year if topic == "state_assets" else None,
            earlier=self.frame_comparator or self.comparator or self.earlier,
            goes_on=self.frame_comparator is not None,
        )

    @property
    def against(self) -> str | None:
        """What a change is measured against where its own words do not say."""
        told = self.comparator or self.implied
        return told or (self.earlier if self.goes_on or self.reason else None)

    def semicolon(self) -> None:
        """Go on to the next item of a list."""
        self.earlier, self.goes_on = self.comparator or self.earlier, True
        self.comparator = self.frame_comparator
        self.year = self.year_told if self.reason else self.year
        self.main_stage = None
        self.purpose = self.explained = False
        self.fresh = True

    def take(self, piece: str, start: int, work: Skeleton, topic: str | None) -> Comparison | None:
        """Take from a piece the year, the comparison and the kind of statement."""
        years = [work.years.get(start + i) for i, char in enumerate(piece) if char == YEAR]
        if topic == "state_assets":
            self.year = work.dated_before(start, start + len(piece)) or self.year
            if _THIS_YEAR.search(piece):
                self.year = self.setting.fiscal_year  # 截至上年末9辆，本年度拟购置2辆
        setting = self.setting
        found = setting.cues.comparison_of(piece, years, setting.fiscal_year, setting.kind)
        before = piece if found is None else piece[: found.start]
        aside = _in_brackets(before)
        own = [y for i, y in enumerate(years[: before.count(YEAR)]) if y and i not in aside]
        reason = cue.REASON.search(piece) is not None
        if reason and not self.reason:
            self.year_told = self.year
        if own and cue.completion_start(before) is None:
            # An evaluation is dated first by when it was made, then by what it is about.
            self.year = own[0] if topic == "performance" else own[-1]
        if found is not None:
            self.comparator, self.contradicts = found.comparator, found.contradicts
            if piece.endswith(("相比", "比较", "对比")):
                # 与上年相比，……；……: said once for the whole sentence.
                self.frame_comparator = found.comparator
        self.reason = self.reason or reason
        if cue.WITHIN.search(piece):
            self.frame_stage = self.frame_stage or self.compared or self.main_stage
            self.frame_comparator = self.frame_comparator or self.comparator
            if "其中" in piece:
                self.year = self.year_told if self.reason and not own else self.year
                self.reason = self.purpose = False
                self.within = self.goes_on = True
        return found

    def stage(self, tail: str, found: Comparison | None, topic: str | None) -> str | None:
        """Return the stage of an amount from the words before it, its year and the document."""
        kind, fiscal, cues = self.setting.kind, self.setting.fiscal_year, self.setting.cues
        if found is not None:
            return None if found.contradicts else found.stage
        named, year = cues.stage_of(tail), self.year
        if cues.prior.search(tail) and _CARRIED.search(tail) is None:
            year = None if fiscal is None else fiscal - 1
        if year is not None and year - 1 == fiscal and named in _BUDGETS:
            return None  # the budget of the year after
        if named == "spent":
            # What an account calls 实际支出 is its outcome, an evaluation what was executed.
            account = kind == "final_account" and topic != "performance"
            named = "final_account" if account else "execution"
        if year is None or fiscal is None or year in (fiscal, fiscal + 1):
            return named or self.frame_stage or self.setting.default_stage
        if year != fiscal - 1:
            return None
        budget = named in _BUDGETS
        if named is None:
            title = cues.stage_of(self.setting.labels[0]) if self.setting.labels else None
            budget = kind == "budget" and topic != "state_assets" and title != "final_account"
        return "prior_year_budget" if budget else "prior_year_final"

    def completed(self, tail: str) -> str:
        """Return what a completion is measured against: 年初预算9万元，决算8万元，完成88.9%."""
        if "年初" not in tail and self.main_stage == "adjusted_budget":
            return "none"
        told = cue.completion_comparator(tail)
        own = told == "none" and "预算" not in tail and self.budgeted
        return "initial_budget" if own else told

    def origin_stage(self) -> str | None:
        """The stage of the amount that a change starts from, known from what it compares with."""
        if self.comparator == "prior_year" and self.setting.kind == "budget":
            return "prior_year_budget"
        return _ORIGINS.get(self.comparator or "")

    def amount(self, stage: str | None, referred: bool, first: bool, tail: str) -> None:
        """Remember an amount of money: its stage is what the next change is compared with.

        年初预算100万元，增加5万元 compares with that budget although no word says so, and
        由上年的100万元增加到105万元 with the year before.
        """
        if cue.ends_a_move(tail) and self.origin is not None:
            self.comparator = _IMPLIES.get(self.origin, self.comparator)
            self.compared = stage
        self.origin = stage if cue.starts_a_move(tail) else None
        self.budgeted = stage == "initial_budget" or (self.budgeted and stage != "adjusted_budget")
        if not referred:
            self.main_stage = self.main_stage or stage
            if stage not in _NOT_OWN:
                self.compared = stage
        if not referred or self.comparator is None:
            # A budget has none to be compared with but that of the year before.
            quiet = first or self.setting.kind == "budget"
            self.implied = (_PRIOR if quiet else _IMPLIES).get(stage or "")
            if stage == "final_account" and self.main_stage == "initial_budget":
                self.implied = "initial_budget"  # 年初预算9万元，决算8万元，减少1万元
