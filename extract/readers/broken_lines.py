"""Lines that are plainly the rest of the line before (断行): numbers and sentences.

Dumps and office files made from them break a paragraph in two where a page or a line
ended, sometimes inside a figure: ``36,`` and ``079,450.01``.
"""

from __future__ import annotations

import re

_NUMBER_OPEN = re.compile(r"\d[,，.]\s*$|[\d,，.]*\d\s*$")
_NUMBER_GOES_ON = re.compile(r"\s*(?:\d{3}(?!\d)|[,，.．]\d)")
_SENTENCE_END = re.compile(r"[。；;：:！!？?…”）)》】\]]\s*$")
_STARTS_NEW = re.compile(
    r"\s*(?:[(（\[【《“①-⑳]|\d{1,3}\s*[、.．)）]|[一二三四五六七八九十]{1,3}\s*[、是.．]|第.{1,4}[部章节条]"
    r"|表|附|注|单位|备注|——|[-*•·])"
)
_ENUMERATOR = re.compile(r"^[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?\s*[、.．]?")


def goes_on(line: str, following: str) -> bool:
    """True where ``following`` is the rest of ``line``: a broken number or sentence."""
    if _NUMBER_OPEN.search(line[-40:]) and _NUMBER_GOES_ON.match(following):
        return True
    line, following = line.strip(), following.strip()
    return (
        len(line) >= 18
        and not _SENTENCE_END.search(line[-3:])
        and not line.endswith(("说明", "情况"))
        and not _STARTS_NEW.match(following)
        and bool(re.search(r"[，、,。；]", _ENUMERATOR.sub("", line)))
        and bool(re.search(r"[。；，、;]", following))
    )
