"""What the words of a header say of its columns (列名): one role each, from the layouts alone."""

from __future__ import annotations

from collections.abc import Mapping

from extract.recognise.numbers import fold
from extract.recognise.performance.layout import header_key, headers

LEVELS = frozenset({"level1", "level2", "level3"})
COLUMN_MARKS = frozenset({"operator", "unit", "weight"})
"""What stands in columns of its own beside the value of a target."""
_VALUES = frozenset({"target", "actual"})
_NAMES = frozenset({"指标", "绩效指标"})


def roles_of(texts: list[str], band: str, year: int | None) -> list[str | None]:
    """Return the role of each header text, None where no layout knows it."""
    table: Mapping[str, str] = headers(band, year)
    roles: list[str | None] = []
    name = _only_name(texts, table)
    for place, text in enumerate(texts):
        role = table.get(header_key(text)) if text else None
        if place == name:
            role = "level3"
        if role is None and text:
            role = _group_member(text, table)
        if role == "organisation" and "level3" in roles and "unit" not in roles:
            role = "unit"
        if role == "unit" and name is None and not LEVELS.intersection(r for r in roles if r):
            role = "organisation"
        roles.append(role)
    if band == "funds":
        return _with_labels(roles)
    roles = _own_marks(_named(texts, _without_band_label(roles)))
    if "level3" in roles and "target" not in roles:
        # 年度目标 right of the indicators is their target, left of them it is the goal.
        after = roles.index("level3")
        roles = ["target" if r == "goal" and i > after else r for i, r in enumerate(roles)]
    return roles


def _only_name(texts: list[str], table: Mapping[str, str]) -> int | None:
    """Return the column 绩效指标 of a table without levels, whose values stand in columns."""
    known = [table.get(header_key(text)) if text else None for text in texts]
    if LEVELS.intersection(role for role in known if role) or "target" not in known:
        return None
    names = [i for i, text in enumerate(texts) if header_key(text) in _NAMES]
    return names[0] if len(names) == 1 and len(COLUMN_MARKS.intersection(known)) > 1 else None


def _named(texts: list[str], roles: list[str | None]) -> list[str | None]:
    """Find the names where no level 3 is printed: under 指标 after level 2, or level 2 itself."""
    valued = bool(_VALUES.intersection(role for role in roles if role))
    if "level3" in roles or "level2" not in roles or not valued:
        return roles
    level2 = roles.index("level2")
    plain = (i for i in range(level2 + 1, len(texts)) if header_key(texts[i]) in _NAMES)
    name = next(plain, level2)
    return [*roles[:name], "level3", *roles[name + 1 :]]


def _with_labels(roles: list[str | None]) -> list[str | None]:
    """Leave the column of the labels without a role: 资金来源 stands left of the money."""
    first = next((i for i, role in enumerate(roles) if role not in (None, "ignored")), 0)
    return [None] * first + roles[first:]


def _without_band_label(roles: list[str | None]) -> list[str | None]:
    """Unbind the label left of the levels (绩效指标完成情况) where the values stand after them.

    It names the whole band and runs down beside it: no value stands in its column.
    """
    first = next((i for i, role in enumerate(roles) if role in LEVELS), 0)
    after = _VALUES.intersection(role for role in roles[first:] if role)
    return [None if i < first and role in after else role for i, role in enumerate(roles)]


def _own_marks(roles: list[str | None]) -> list[str | None]:
    """Keep the weight of the indicator where its levels have weights of their own before it."""
    weights = [i for i, role in enumerate(roles) if role == "weight"]
    if len(weights) < 2 or "level3" not in roles:
        return roles
    level3 = roles.index("level3")
    kept = next((i for i in weights if i > level3), weights[-1])
    return ["weight_above" if r == "weight" and i < kept else r for i, r in enumerate(roles)]


def _group_member(text: str, table: Mapping[str, str]) -> str | None:
    """Return the role of a sub-header printed under a group: 其中：财政资金."""
    _, _, member = fold(text).rpartition("|")
    return table.get(header_key(member)) if member else None
