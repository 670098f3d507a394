"""Amounts of money inside the texts of a form (绩效文本金额): 单价1300元/台, 预算控制数7.8万元.

Finds the figures and says what each is of; whether it is a target or an outcome stands
in the cell it came from. Linear: one scan, bounded look-back.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from extract.recognise.numbers import Number, fold, read_number, without_marks

_FIGURE = re.compile(
    r"(?P<number>\d[\d,，\s]{0,24}(?:[.．]\s?\d[\d\s]{0,9})?|\d+)"
    r"(?P<more>[多余几]?)\s?(?P<unit>亿元|千万元|百万元|万元|千元|元|亿|万)(?P<more2>[多余]?元)?"
)
_FUND_WORD = re.compile(
    r"^(?:的|多|余)?[\u4e00-\u9fff]{0,4}(?:基金|资金|经费|资产|补贴|投资|预算|支出|贷款)"
)
_CLAUSE_END = re.compile(r"[，,。；;：:！!（）()\[\]、\n“”\"]")
_LINK = re.compile(
    r"(?:不超过|不少于|不高于|不低于|控制在|达到|总计|合计|共计|分别为|金额为|约为|数为|总价为|单价为"
    r"|为|是|共|约|达|计|每人|≤|≥|＝|=|<|>)+$"
)
_PART_OF_A_NAME = re.compile(r"[\dA-Za-z.．]$|[A-Za-z][-_]$")
_OTHER_WORDS = ("素", "月", "旦", "宵", "件", "器", "宇")
_LOOK_BACK = 40


_CELL = re.compile(r"(?P<number>[^\u4e00-\u9fff]{1,24})(?P<unit>亿元|万元|千元|元|万|亿)")


def cell_amount(text: str) -> tuple[Number | None, str | None]:
    """Read a cell that holds one amount; the unit is the cell's own (150万), or None."""
    found = _CELL.fullmatch(fold(text))
    if found is None:
        return read_number(text), None
    unit = found["unit"]
    return read_number(found["number"]), unit if unit.endswith("元") else unit + "元"


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount in a text; offsets are those of the text."""

    start: int
    end: int
    published_text: str
    unit: str
    item: str | None


def amounts(text: str) -> list[Amount]:
    """Return the amounts of money that a text states, in order.

    亿 without 元 counts only where a word for money follows: 800余亿社会保险基金.
    """
    plain = same_length(text)
    found: list[Amount] = []
    for match in _FIGURE.finditer(plain):
        if _PART_OF_A_NAME.search(plain[max(0, match.start() - 2) : match.start()]):
            continue
        unit = match["unit"]
        if not unit.endswith("元"):
            if not match["more2"] and not _FUND_WORD.match(plain[match.end() : match.end() + 12]):
                continue
            unit += "元"
        elif plain[match.end() : match.end() + 1] in _OTHER_WORDS:
            continue
        number = match["number"].rstrip(" ,，\n\t")
        found.append(
            Amount(
                match.start(),
                match.start() + len(number),
                text[match.start() : match.start() + len(number)],
                unit,
                _item(plain, match.start()),
            )
        )
    return found


def same_length(text: str) -> str:
    """Fold full-width characters, one for one, so that offsets stay."""
    return "".join(
        n if len(n := unicodedata.normalize("NFKC", c)) == 1 else c for c in without_marks(text)
    )


def _item(text: str, start: int) -> str | None:
    before = text[max(0, start - _LOOK_BACK) : start]
    cut = max((m.end() for m in _CLAUSE_END.finditer(before)), default=0)
    label = _LINK.sub("", before[cut:].strip()).strip()
    return label or None
