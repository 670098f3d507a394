"""What a figure is of, as a value (项目), and the place that its sentence stands in.

Only the types and the funds that names carry. Reading names is the work of other modules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.recognise.layout_rules import FUND_WORDS
from extract.recognise.prose.lexicon import Lexicon
from extract.recognise.prose.outline import Inherited


@dataclass(frozen=True, slots=True)
class Item:
    """The thing that figures are of, with all that its name and its place tell."""

    name: str | None
    subject: str
    code: str | None = None
    class_name: str | None = None
    section_name: str | None = None
    fund_source: str | None = None
    expenditure_type: str | None = None
    economic_code: str | None = None
    revenue_source: str | None = None
    three_public_item: str | None = None
    resource_metric: str | None = None
    known: bool = False
    """Whether a phrase, a marker or a code named it, and not just any noun."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the place of a sentence says: topic and inherited context."""

    words: Lexicon
    topic: str | None
    inherited: Inherited


_FUNDS: tuple[tuple[str, str], ...] = (
    ("公共财政预算", "general_public_budget"),
    *((word, fund) for fund, word in FUND_WORDS.items()),
)


_SCORE = re.compile(r"(?:综合|自评|评价|平均)*(?:得分|评分|总分)$")


def is_score(item: Item) -> bool:
    """Tell whether the item is the score of something, which money cannot be of."""
    return item.subject == "performance" and _SCORE.search(item.name or "") is not None


def of_score(item: Item) -> Item:
    """Return the thing that was scored: 某项目 of 某项目自评得分."""
    return replace(item, name=_SCORE.sub("", item.name or "") or None)


def fund_named(name: str) -> str | None:
    """Return the fund that a name carries."""
    return next((fund for word, fund in _FUNDS if word in name), None)


def fund_of(name: str, scene: Scene) -> str | None:
    """Return the fund that a name carries, else the one its place does."""
    return fund_named(name) or scene.inherited.fund_source
