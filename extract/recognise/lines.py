"""Line labels (行标签): numbering off, standard lines named by lines.csv.

Also tells how deep a line stands by its numbering (一、 （一） 1.), since the two-sided
tables show parts of a line only that way. Knows no columns and no figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.recognise.layout_rules import LineRule, lines, plain

_NUMBERING = (
    re.compile(r"^[一二三四五六七八九十]{1,3}[、.,:]"),
    re.compile(r"^\([一二三四五六七八九十]{1,3}\)[、.]?"),
    re.compile(r"^\d{1,2}(?:、|\.(?!\d)|(?=[^\d.,、\-=]))"),
    re.compile(r"^\(\d{1,2}\)[、.]?"),
)
_OF_WHICH = re.compile(r"^(?:其中|其\s*中)[:：]?")
_DASHES = re.compile(r"^[-—–·•*]+")
_TAIL = re.compile(r"[:：*]+$")
_COUNTED = r"人次|批次|平方米|台\(套\)|[个人辆台套件户批次家](?:[、,/]?[个辆台套件])?"
"""Units that things are counted in, alone or two of them: 台、套."""
_UNIT_TAIL = re.compile(rf"\((?:{_COUNTED}|万元|元)\)$")
_COUNT = re.compile(rf"\(({_COUNTED})\)")
_CODE = re.compile(r"^\[?(\d{3,12})\]?[-—–_:、.]?(.*)$", re.S)
_IN_BRACKETS = re.compile(r"^[（(\[【]([235](?:\d{2}|\d{4}|\d{6}))[)）\]】](.*)$", re.S)
_BEHIND = re.compile(r"^(.*\D)[（(\[【]([235](?:\d{2}|\d{4}|\d{6}))[)）\]】]$", re.S)
_PROJECT = re.compile(r"^\[?([0-9A-Z]{9,40})\]?[-—–_:](.+)$", re.S)
_ADDED = re.compile(r"\((?!不|扣|除|减)[^()]{1,20}\)")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart: ``text`` without numbering, ``level`` 0 where it has none."""

    text: str
    level: int
    of_which: bool
    indent: int
    count_unit: str | None


@lru_cache(maxsize=32768)
def read_label(text: str) -> Label:
    """Take a line label apart."""
    indent = len(text) - len(text.lstrip(" \u3000\u00a0\t"))
    folded = _DASHES.sub("", plain(text))
    count = _COUNT.search(folded)
    level, of_which = 0, False
    for _ in range(2):
        opening = _OF_WHICH.match(folded)
        if opening:
            of_which, folded = True, folded[opening.end() :]
        for depth, pattern in enumerate(_NUMBERING, start=1):
            match = pattern.match(folded)
            if match:
                level, folded = depth, folded[match.end() :]
                break
    folded = _UNIT_TAIL.sub("", _TAIL.sub("", folded))
    return Label(folded, level, of_which, indent, count.group(1) if count else None)


@lru_cache(maxsize=32768)
def line_rule(text: str, scope: str, year: int | None, right: bool) -> LineRule | None:
    """Return the rule of a standard line, None for any other line.

    ``text`` is a label without numbering. Rules of the statement come first, then
    those of every statement; then the label counts without what it adds in brackets:
    上年结转（结余）, but not what it leaves out: （不含专户资金）.
    """
    table = lines()
    for label in dict.fromkeys((text, _ADDED.sub("", text))):
        for key in ((scope, label), ("*", label)):
            for rule in table.get(key, ()):
                if rule.side is not None and (rule.side == "right") is not right:
                    continue
                if rule.validity.covers(year):
                    return rule
    return None


def compact(text: str) -> str:
    """Return a printed name in one piece: without white space, characters as printed."""
    return _SPACE.sub("", text)


@lru_cache(maxsize=32768)
def split_code(text: str) -> tuple[str | None, str | None]:
    """Return code and name of 2080101-行政运行 or 行政运行（2080101）; either may be missing."""
    name = compact(text)
    match = _CODE.match(name) or _IN_BRACKETS.match(name)
    if match is None:
        behind = _BEHIND.match(name)
        return (behind.group(2), behind.group(1)) if behind else (None, name or None)
    code, rest = match.groups()
    if rest and rest[0].isdigit():
        return None, name
    return code, rest or None


@lru_cache(maxsize=8192)
def split_project(text: str) -> tuple[str | None, str | None]:
    """Return code and name of a project printed as ``11010223T…-名称``."""
    name = compact(text)
    match = _PROJECT.match(name)
    if match is None or not any(c.isdigit() for c in match.group(1)):
        return None, name or None
    return match.group(1), match.group(2)
