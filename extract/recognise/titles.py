"""Titles of account tables (表名): which texts are titles, and what statements they may name.

Knows the form of a title and the rules of titles.csv. Never goes by a table's number:
公开05表 is another statement in another province. Whether the header agrees is decided
elsewhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extract.recognise.layout_rules import in_order, plain, standard_words, titles

MAX_TITLE = 70
_FORM_NUMBER = re.compile(
    r"(?:财决)?公开\d{1,3}(?:-\d+)?表|(?:部门|单位)?预算(?:公开)?(?:表)?\d{1,3}(?:-\d+)?表|GK\d{1,3}表?"
    r"|附件?表?\d{1,3}(?:-\d+)?[:：、.]|附表[一二三四五六七八九十]{1,3}(?!公)[:：、.]?"
    r"|附件(?:\d{1,3}|[一二三四五六七八九十]{1,3}(?!公))[:：、.]?"
    r"|^表(?:\d{1,3}|[一二三四五六七八九十]{1,3}(?!公))(?:-\d+)?[、.:：,]?(?=.)|^\d{1,2}(?:-\d{1,2})?[、.．:：]"
    r"|^[一二三四五六七八九十]+、|^\([一二三四五六七八九十\d]+\)|^(?:部门|单位)公开表\d+|^预算\d+表"
)
_NUMBERED = re.compile(r"^(?:附?表|附件|公开表)[一二三四五六七八九十\d]{1,3}(?:-\d+)?[、.．:：\s]")
_OPEN_ENDED = ("情况", "收支", "支出", "收入", "明细", "经费", "预算", "决算", "总览", "一览")
_TAIL = re.compile(
    r"\(?(?:金额)?(?:计量)?单位[:：].*$|编制(?:单位|部门)[:：].*$|(?:填报|预算)(?:单位|部门)[:：].*$|部门[:：].*$"
)
_YEAR = re.compile(r"(?:19|20)\d{2}年(?:度)?|(?:19|20)\d{2}(?=年度|部门|单位|收|支|财)")
_BRACKETS = re.compile(r"\([^()]{0,40}\)")
_CONTINUED = re.compile(r"续表[一二三四五六七八九十\d]*|\(续[一二三四五六七八九十\d]*\)|-?续$")
_NOT_A_TITLE = re.compile(
    r"[。;；!！?？…]|\.{4,}|详见|见附|如下表|见下表|本表|此表|空表|填报说明|附后|反映"
)
_PAGE_TAIL = re.compile(r"[-—.·]{2,}\d*$|表\d{1,3}$")
_FUND_NAMES = re.compile(r"一般公共预算|公共财政预算|公共预算|政府性基金预算|国有资本经营预算")
_CAPTION = re.compile(
    r"^(?:\(?(?:金额)?(?:计量)?单位(?:[:：].{0,12}|.{0,4}元.{0,6})?$|编制(?:单位|部门).{0,60}$|(?:填报|预算|公开)(?:单位|部门)(?:名称)?[:：].{0,60}$"
    r"|(?:部门|单位)(?:\((?:部门|单位)\))?(?:名称)?[:：].{0,60}$|公开\d{1,3}(?:-\d+)?表$|(?:部门|单位)?预算(?:公开)?(?:表)?\d{1,3}(?:-\d+)?表$"
    r"|(?:财决|批复|附|部门(?=公开)|单位(?=公开))?(?:公开)?表?[\d一二三四五六七八九十]{1,3}(?:-\d+)?表?$"
    r"|\(?(?:19|20)\d{2}年?(?:度)?\)?$|附件?表?[\d一二三四五六七八九十]{1,3}[:：]?$|\(?续表?\)?[一二三四五六七八九十\d]*$"
    r"|(?:日期|时间|制表日期)[:：].{0,20}$|金额[:：].{0,8}$|GK\d{1,3}表?$)"
)
_SUBTITLE = re.compile(r"^(.{4,40})表[-—–:]+([^表]{2,30})$")
"""A table named in two steps: 基本支出表--人员经费."""
_YEAR_OF_CAPTION = re.compile(r"^\(?(?:19|20)\d{2}年(?:度)?\)?(?=.)")


@lru_cache(maxsize=8192)
def bare_title(text: str) -> str:
    """Return the title without number, year, unit line, brackets and quotes."""
    title = _TAIL.sub("", plain(text))
    title = _FORM_NUMBER.sub("", title)
    title = _CONTINUED.sub("", title)
    title = _BRACKETS.sub("", _YEAR.sub("", title))
    title = _FORM_NUMBER.sub("", title).strip("-—_:：、.*")
    title = _SUBTITLE.sub(r"\1-\2表", title)
    if title.endswith(_OPEN_ENDED) and _NUMBERED.match(text.strip()):
        title += "表"
    return standard_words(title)


@lru_cache(maxsize=8192)
def is_title(text: str) -> bool:
    """Tell whether the text has the form of a table's title: short, no sentence, ends in 表."""
    if len(text) > 3 * MAX_TITLE or ("表" not in text and "附件" not in text):
        return False
    folded = plain(text)
    if len(folded) > MAX_TITLE or _NOT_A_TITLE.search(folded) or _PAGE_TAIL.search(folded):
        return False
    bare = bare_title(text)
    return (
        len(bare) >= 4
        and bare.endswith("表")
        and not bare.endswith("代表")
        and bare.count("表") <= 2
    )


@lru_cache(maxsize=8192)
def is_caption(text: str) -> bool:
    """Tell whether the text is a unit line, a form number, a year or the like."""
    if len(text) > 160:
        return False
    return _is_caption(plain(text)) or _are_captions(text.split())


def _is_caption(folded: str) -> bool:
    return bool(_CAPTION.match(folded) or _CAPTION.match(_YEAR_OF_CAPTION.sub("", folded)))


def _are_captions(parts: list[str]) -> bool:
    """Tell whether one line holds several captions: the year and the unit, 公开01表 and 万元."""
    wordy = len(parts) > 1 and not any(part.isdigit() for part in parts)
    return wordy and all(_is_caption(plain(part)) for part in parts)


def title_kind(bare: str, profile_kind: str | None) -> str | None:
    """Return budget or final_account as the title says, else as the document is."""
    if "决算" in bare:
        return "final_account"
    if "预算" in _FUND_NAMES.sub("", bare):
        return "budget"
    return profile_kind if profile_kind in ("budget", "final_account") else None


@lru_cache(maxsize=2048)
def statement_candidates(title: str, profile_kind: str | None, year: int | None) -> tuple[str, ...]:
    """Return the statement codes that a title may name, the likeliest first.

    Where neither the title nor the document tells budget from final account, both
    come, and the header decides.
    """
    bare = bare_title(title)
    kind = title_kind(bare, profile_kind)
    found: list[str] = []
    for rule in titles():
        if not rule.validity.covers(year) or rule.statement_code in found:
            continue
        if kind and rule.document_kind and rule.document_kind != kind:
            continue
        if any(word in bare for word in rule.excluded):
            continue
        if in_order(bare, rule.parts):
            found.append(rule.statement_code)
    return tuple(found)
