"""Lines that are plainly the rest of the line before (断行): numbers and sentences.

Dumps and office files made from them break a paragraph in two where a page or a line
ended, sometimes inside a figure: ``36,`` and ``079,450.01``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_NARROWEST = 20
_MANY = 5
_SLACK = 5
"""How much lines differ in width because a mark may not begin one, nor a digit stand alone."""
_NUMBER_OPEN = re.compile(r"\d[,，.]\s*$|[\d,，.]*\d\s*$")
_NUMBER_GOES_ON = re.compile(r"\s*(?:\d{3}(?!\d)|[,，.．]\d)")
_NUMBER_TAIL = re.compile(r"(?<![\d,，.．])\d[\d,，]*(?:[.．]\d*)?$")
_NUMBER_HEAD = re.compile(
    r"[\d,，]*(?:[.．]\d+)?(?=\s*[元万千亿百十%％人辆次批个台年月日家平项件户，,。；;、）)])"
)
_WHOLE = re.compile(r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?")
_SENTENCE_END = re.compile(r"[。；;：:！!？?…”）)》】\]]\s*$")
_NUMBERED = re.compile(
    r"\s*(?:[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|\d{1,2}[、.．](?!\d)|[一二三四五六七八九十]{1,3}、)"
)
_FULL_STOP = re.compile(r"[。；;：:！!？?]\s*$")
_STARTS_NEW = re.compile(
    r"\s*(?:[(（\[【《“①-⑳]|\d{1,3}\s*(?:[、)）]|[.．](?!\d))|[一二三四五六七八九十]{1,3}\s*[、是.．]|第.{1,4}[部章节条]"
    r"|表|附|注|单位|备注|——|[-*•·])"
)
_ENUMERATOR = re.compile(r"^[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?\s*[、.．]?")


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a program broke a text into lines (断行): by characters or by the width shown.

    ``least`` is the size from which a line is full; 0 where the text was not broken.
    """

    least: int = 0
    shown: bool = False

    def fills(self, line: str) -> bool:
        """True where the line was broken because it was full."""
        return 0 < self.least <= (_shown_width(line) if self.shown else len(line))


def wrap_of(lines: Sequence[str]) -> Wrap:
    """Return how the prose was broken: into many lines of one size, and none that is longer."""
    lines = [line for line in lines if len(line) >= _NARROWEST]
    if length := _size([len(line) for line in lines], 1, 3):
        return Wrap(length - 1)
    width = _size([_shown_width(line) for line in lines], _SLACK, 6)
    return Wrap(width - _SLACK, shown=True) if width else Wrap()


def _shown_width(line: str) -> int:
    """A Chinese character is as wide as two digits."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line)


def _size(sizes: Sequence[int], slack: int, part: int) -> int:
    """Return the size that one line in ``part`` comes up to, 0 where fewer do."""
    longest = max(sizes, default=0)
    full = sum(longest - size <= slack for size in sizes)
    return longest if full >= _MANY and full * part >= len(sizes) else 0


def goes_on(line: str, following: str, full: bool = False) -> bool:
    """True where ``following`` is the rest of ``line``: a broken number or sentence.

    A line that was ``full`` goes on unless it ends a sentence or a number opens the next.
    """
    if full and not _FULL_STOP.search(line[-3:]) and not _NUMBERED.match(following):
        return True
    if _NUMBER_OPEN.search(line[-40:]) and _NUMBER_GOES_ON.match(following):
        return True
    line, following = line.strip(), following.strip()
    if _is_one_number(line, following):
        return True
    return (
        len(line) >= 18
        and not _SENTENCE_END.search(line[-3:])
        and not line.endswith(("说明", "情况"))
        and not _STARTS_NEW.match(following)
        and bool(re.search(r"[，、,。；]", _ENUMERATOR.sub("", line)))
        and bool(re.search(r"[。；，、;]", following))
    )


def _is_one_number(line: str, following: str) -> bool:
    """True where a full line ends within a figure that ``following`` ends (满行断数).

    What the halves make together is a figure by its grouping, and what comes after it is
    a unit or a mark: ``12.`` over ``5万元`` but not ``2023`` over ``1、概况``.
    """
    tail = _NUMBER_TAIL.search(line[-24:])
    head = _NUMBER_HEAD.match(following)
    if tail is None or head is None or len(line) < 18 or not head.group():
        return False
    if following[head.end() : head.end() + 1] == "、" and head.group().isdigit():
        return False
    return bool(_WHOLE.fullmatch(tail.group() + head.group()))
