"""Lines that are plainly the rest of the line before (断行): numbers and sentences.

Dumps and office files made from them break a paragraph in two where a page or a line
ended, sometimes inside a figure: ``36,`` and ``079,450.01``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_NARROWEST = 20
_MANY = 5
_NUMBER_OPEN = re.compile(r"\d[,，.]\s*$|[\d,，.]*\d\s*$")
_NUMBER_GOES_ON = re.compile(r"\s*(?:\d{3}(?!\d)|[,，.．]\d)")
_NUMBER_TAIL = re.compile(r"(?<![\d,，.．])\d[\d,，]*(?:[.．]\d*)?$")
_NUMBER_HEAD = re.compile(
    r"[\d,，]*(?:[.．]\d+)?(?=\s*[元万千亿百十%％人辆次批个台年月日家平项件户，,。；;、）)])"
)
_WHOLE = re.compile(r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?")
_SENTENCE_END = re.compile(r"[。；;：:！!？?…”）)》】\]]\s*$")
_FULL_STOP = re.compile(r"[。；;：:！!？?]\s*$")
_STARTS_NEW = re.compile(
    r"\s*(?:[(（\[【《“①-⑳]|\d{1,3}\s*(?:[、)）]|[.．](?!\d))|[一二三四五六七八九十]{1,3}\s*[、是.．]|第.{1,4}[部章节条]"
    r"|表|附|注|单位|备注|——|[-*•·])"
)
_ENUMERATOR = re.compile(r"^[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?\s*[、.．]?")


def wrap_width(lines: Sequence[str]) -> int:
    """Return the length at which the prose was broken (固定行宽), 0 where it was not.

    Text that some program broke has many lines of one length and none that is longer.
    """
    lengths = Counter(len(line) for line in lines if len(line) >= _NARROWEST)
    if not lengths:
        return 0
    longest = max(lengths)
    full = lengths[longest] + lengths[longest - 1]
    return longest if full >= _MANY and full * 3 >= lengths.total() else 0


def goes_on(line: str, following: str, width: int = 0) -> bool:
    """True where ``following`` is the rest of ``line``: a broken number or sentence.

    ``width`` is that of :func:`wrap_width`: a line that fills it goes on unless it ends
    a sentence.
    """
    if width and len(line) >= width - 1 and not _FULL_STOP.search(line[-3:]):
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
