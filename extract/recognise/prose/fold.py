"""Text in one spelling (归一): digits, punctuation, quotes, blanks, what is not seen.

Folding keeps for every character where it stood. It decides nothing about meaning, except
which commas belong to numbers.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from extract.recognise.numbers import is_mark

_DROPPED = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufffc¥￥●•◆■►➢★☆")
"""Characters that are not seen, signs of money and marks of lists."""
_BEFORE_STOP = frozenset("%‰元）")
_MAX_LABEL = 20
_JUNK = re.compile(
    r"\[(?:bookmark|image|hyperlink|link)[^\[\]]{0,120}\]|PAGEREF \S{1,40} \\h"
    r"|(?<=[批人])[（(](?=次[）)])|(?<=[批人][（(]次)[）)]"
)
_FULL = str.maketrans("():;﹪[]【】", "（）：；%（）（）")
_TRADITIONAL = str.maketrans({"萬": "万", "億": "亿", "佔": "占"})
_SINGLE_QUOTE = str.maketrans({"「": "“", "」": "”", "『": "“", "』": "”", "＂": '"'})


@lru_cache(maxsize=1 << 14)
def _fold_char(char: str) -> str:
    if char != "，" and not is_mark(char):
        folded = unicodedata.normalize("NFKC", char)
        char = folded if len(folded) == 1 else char
    return char.translate(_FULL).translate(_SINGLE_QUOTE).translate(_TRADITIONAL)


def fold_text(text: str) -> tuple[str, list[int]]:
    """Return the text in one spelling, blanks dropped, with each character's offset.

    Digits and letters become ASCII, punctuation full width. A blank between two digits
    stays, because only the grouping of a number may join them; so does none after a comma.
    """
    junk = [False] * len(text)
    for match in _JUNK.finditer(text):
        for i in range(match.start(), match.end()):
            junk[i] = True
    out: list[str] = []
    at: list[int] = []
    blank = False
    opened = False
    for i, raw in enumerate(text):
        if junk[i] or raw in _DROPPED:
            continue
        if raw.isspace():
            blank = True
            continue
        char = _fold_char(raw)
        if char == '"':
            opened = not opened
            char = "“" if opened else "”"
        if blank and out and out[-1].isdigit() and char.isdigit():
            out.append(" ")
            at.append(i - 1)
        blank = False
        out.append(char)
        at.append(i)
    _join_groups(out)
    _end_sentences(out)
    _open_label(text, out)
    return "".join(out), at


def _open_label(text: str, out: list[str]) -> None:
    """Let a title in 【 】 at the start be a label: 【基本支出】27万元 is 基本支出：27万元."""
    if text.lstrip().startswith("【") and out[:1] == ["（"] and "）" in out[:_MAX_LABEL]:
        out[out.index("）")] = "："
        out[0] = "、"


def _end_sentences(out: list[str]) -> None:
    """Let a point after a unit end the sentence: 增长5%.支出合计100万元."""
    for i in range(1, len(out) - 1):
        if out[i] == "." and out[i - 1] in _BEFORE_STOP and "一" <= out[i + 1] <= "鿿":
            out[i] = "。"


def _join_groups(out: list[str]) -> None:
    """Settle every comma: ASCII inside a number, full width elsewhere.

    ``41，561.38`` is one number because its group has three digits, ``2，15`` are two. An
    ASCII comma between digits stays whatever the group, so that ``1,23,456`` is one token
    and fails the grammar of numbers instead of losing its head.
    """
    size = len(out)
    run = 0
    for i, char in enumerate(out):
        if char.isdigit():
            run += 1
            continue
        if char in ",，":
            inside = run > 0 and i + 1 < size and out[i + 1].isdigit()
            if char == "," and not inside:
                out[i] = "，"
            elif char == "，" and inside and run <= 3:
                group = "".join(out[i + 1 : i + 5])
                if group[:3].isdigit() and not group[3:].isdigit() and len(group) >= 3:
                    out[i] = ","
        run = 0
