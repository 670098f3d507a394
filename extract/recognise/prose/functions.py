"""Names of the functional classification (功能分类): A（类）B（款）C（项）, “A-B-C”, codes.

Knows the levels and how they are printed. Knows no other names.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.recognise.prose.item import Item, Scene, fund_of
from extract.recognise.prose.skeleton import CODE

_MARK = re.compile(r"（(类|款|项)[^（）]{0,6}）")
_LISTED = re.compile(r"^\d{1,2}[.、．]")
_DASHED = re.compile(
    r"“?([^“”\-—－–，。；：]{2,40})[-—－–]{1,2}([^“”\-—－–，。；：]{2,40})(?:[-—－–]{1,2}([^“”，。；：]{2,60}))?”?(?:科目)?$"
)
_QUOTE = str.maketrans("", "", "“”")


def of_class(scene: Scene) -> str | None:
    """Return the fund of a 类: all funds where the account as a whole is spoken of.

    The 款 and 项 under such a heading may be those of one fund.
    """
    whole = scene.topic in ("expenditure", "total")
    return fund_of("", scene) or ("all" if whole else None)


def marked(name: str, scene: Scene) -> Item | None:
    """Read A（类）B（款）C（项）, any part of it, codes of the levels included."""
    marks = list(_MARK.finditer(name))
    if not marks:
        return None
    parts: dict[str, str] = {}
    last = 0
    for mark in marks:
        piece = name[last : mark.start()].replace(CODE, "").translate(_QUOTE)
        parts[mark.group(1)] = _LISTED.sub("", piece.strip("-—－–、 ：，"))
        last = mark.end()
    rest = name[last:].replace(CODE, "").translate(_QUOTE)
    level = marks[-1].group(1)
    shown = parts[level]
    if level == "类" and rest == "支出" and not shown.endswith("支出"):
        shown += "支出"
    if not shown:
        return None
    first = parts.get("类", scene.inherited.class_name)
    second = parts.get("款", scene.inherited.section_name if level == "项" else None)
    rest = rest.strip("-—－–、 ：，")
    if level == "款" and len(rest) > 1 and rest.isalpha() and not scene.words.is_generic(rest):
        # 商业流通事务（款）行政运行: the mark of the 项 was left out.
        level, parts["项"], shown = "项", rest, rest
    subject = {"类": "function_class", "款": "function_section", "项": "function_item"}[level]
    return Item(
        name=shown,
        subject=subject,
        class_name=shown if level == "类" else first,
        section_name=shown if level == "款" else second,
        fund_source=of_class(scene) if level == "类" else fund_of("", scene),
        known=True,
    )


_FUNDS = ("general_public", "government_fund", "state_capital", "fiscal")
_TOPICS = frozenset(
    (None, "total", "other", "transfer", "expenditure", "basic", "project", *_FUNDS)
)
_MAX_NAME = 60
_PARTIAL = (1, 2, 4)


def unmarked(name: str, scene: Scene) -> Item | None:
    """Read the bare name of a 款 or 项, its 类 before it or not: 教育支出小学教育.

    A name that is both is the 项 where the 款 has been named.
    """
    if scene.topic not in _TOPICS or len(name) > _MAX_NAME:
        return None
    plain, known = name.translate(_QUOTE), scene.words.functions
    for start in range(len(plain) - 3):
        levels = known.get(plain[start:])
        if levels and (not start or scene.words.function_class(plain[:start])):
            return _of_level(plain[start:], levels, plain[:start], scene)
    return None


def _of_level(shown: str, levels: tuple[str, ...], first: str, scene: Scene) -> Item:
    section = None if first else scene.inherited.section_name
    is_item = "项" in levels and ("款" not in levels or section is not None)
    return Item(
        name=shown,
        subject="function_item" if is_item else "function_section",
        class_name=first or scene.inherited.class_name,
        section_name=section if is_item else shown,
        fund_source=fund_of("", scene),
        known=True,
    )


def dashed(name: str, scene: Scene) -> Item | None:
    """Read “A-B-C”, where A is a 类."""
    match = _DASHED.match(name)
    if match is None or not scene.words.function_class(match.group(1)):
        return None
    first, second, third = match.group(1, 2, 3)
    return Item(
        name=third or second,
        subject="function_item" if third else "function_section",
        class_name=first,
        section_name=second,
        fund_source=fund_of("", scene),
        known=True,
    )


def coded(name: str, scene: Scene) -> Item:
    """Read a name that a code stands before or after; the caller fills in the code."""
    before, _, after = name.rpartition(CODE)
    shown = after.strip("）-—－–：")
    if scene.words.is_generic(shown):
        shown = before.rstrip("（")
    shown = shown.translate(_QUOTE).replace(CODE, "")
    return Item(
        shown or None,
        "function_item",
        class_name=scene.inherited.class_name,
        section_name=scene.inherited.section_name,
        fund_source=fund_of("", scene),
        known=True,
    )


def with_code(item: Item, code: str, scene: Scene) -> Item:
    """Return the item with its printed code, which also tells what kind of item it is."""
    if code[0] in "35" and len(code) in (3, 5):
        return replace(
            item,
            subject="economic_class",
            code=code,
            economic_code=code if code[0] == "3" else None,
            class_name=None,
            section_name=None,
        )
    if len(code) in _PARTIAL:
        return item  # 学前教育（01项）: the end of a code, whose head stands with the 类
    if len(code) == 3:
        fund = item.fund_source or of_class(scene)
        return replace(
            item, subject="function_class", code=code, class_name=item.name, fund_source=fund
        )
    if len(code) == 5:
        return replace(item, subject="function_section", code=code, section_name=item.name)
    return replace(item, subject="function_item", code=code)


def class_item(name: str, scene: Scene) -> Item | None:
    """Return the 类 that a label names, such as 一般公共服务 before a list of codes."""
    plain = name.translate(_QUOTE)
    if not scene.words.function_class(plain):
        return None
    return Item(
        plain, "function_class", class_name=plain, fund_source=fund_of("", scene), known=True
    )
