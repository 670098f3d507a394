"""Deadlines in targets (时限): 12月底前, 2023年6月30日前, 年底前完成.

Finds the dates of a text, tells whether one is a limit, and gives back the text without
them, so that a month is never taken for a quantity.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?:(?P<year>(?:19|20)\d{2})年度?|(?P<word>本年度?|当年度?|今年))?"
_QUARTERS = {"1": 3, "一": 3, "2": 6, "二": 6, "3": 9, "三": 9, "4": 12, "四": 12}
_DATE = re.compile(
    _YEAR + r"(?:(?P<month>1[0-2]|0?[1-9])月份?(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号])?"
    r"|第?(?P<quarter>[1-4一二三四])季度|(?P<half>[上下])半年|(?P<end>年(?=[底末终]))"
    r"|(?P<tail>(?<=年)(?=[底末终])))"
    r"(?P<edge>[底末初]|中旬|上旬|下旬)?"
    r"(?P<limit>(?:以|之)?前|以内|内|止)?"
)
_YEAR_END = re.compile(r"(?:19|20)\d{2}年(?=[底末终])")
_SPAN = re.compile(
    r"(?:(?:19|20)\d{2}年)?(?:1[0-2]|0?[1-9])月?(?:-|~|至|到)(?:(?:19|20)\d{2}年)?(?:1[0-2]|0?[1-9])月份?"
)
_DONE = re.compile(r"完成|到位|完毕|结束|支付|验收|发放|拨付|办结|竣工|交付")


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a text says of time.

    ``limit`` tells that something has to be done by ``date``; ``rest`` is the text with
    the dates blanked out.
    """

    found: bool
    limit: bool
    date: str | None
    rest: str


def read_deadline(text: str, fiscal_year: int | None) -> Deadline:
    """Read the deadline of a folded text.

    Several dates, or a span of months, are a schedule and no deadline. A month without
    a year takes ``fiscal_year``; with neither the date stays unknown.
    """
    spans = _SPAN.search(text) is not None
    rest = _SPAN.sub(lambda m: "□" * len(m.group()), text)
    marked = _YEAR_END.sub(lambda m: m.group()[:-1] + "年", rest)
    hits = [m for m in _DATE.finditer(marked) if m.group().strip("年")]
    for hit in hits:
        rest = rest[: hit.start()] + "□" * (hit.end() - hit.start()) + rest[hit.end() :]
    if spans or len(hits) != 1:
        return Deadline(spans or bool(hits), False, None, rest)
    hit = hits[0]
    after = text[hit.end() : hit.end() + 20]
    by_word = hit["limit"] is not None or (hit["edge"] in ("底", "末") and bool(_DONE.match(after)))
    limit = by_word or bool(_DONE.match(after))
    year = int(hit["year"]) if hit["year"] else fiscal_year
    return Deadline(True, limit, _iso(hit, year) if limit and year else None, rest)


def _iso(hit: re.Match[str], year: int) -> str | None:
    if hit["quarter"]:
        month, day = _QUARTERS[hit["quarter"]], None
    elif hit["half"]:
        month, day = (6 if hit["half"] == "上" else 12), None
    elif hit["month"]:
        month, day = int(hit["month"]), int(hit["day"]) if hit["day"] else None
    else:
        month, day = 12, None
    if day is None and hit["month"] and hit["limit"] and hit["edge"] is None:
        # 12月前 is over when November is.
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    if day is None and hit["edge"] in ("初", "上旬"):
        day = 10
    if day is None and hit["edge"] == "中旬":
        day = 20
    last = calendar.monthrange(year, month)[1]
    if day is not None and day > last:
        return None
    return date(year, month, day or last).isoformat()
