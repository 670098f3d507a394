"""A paragraph as a skeleton (骨架): its text with figures, years and codes made one sign each.

The tokeniser of the prose grammar. It decides what is a figure of the disclosure and what
only looks like one (dates, numbers of documents, ordinals, thresholds in names, ranges,
list numbers). It knows no subjects and no comparisons. One pass over the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

from extract.document import Paragraph
from extract.recognise.numbers import Number, is_mark, read_number
from extract.recognise.prose.fold import fold_text
from extract.recognise.prose.lexicon import Lexicon
from extract.recognise.prose.tokens import (
    AFTER_CODE,
    AMOUNT_TAIL,
    BOUND,
    CODE_LENGTHS,
    DASHES,
    DIRECTION_TAIL,
    EACH,
    GARBLED,
    LIST_NUMBER,
    MONEYISH,
    NAMES_CLASS,
    NIL_TAIL,
    PER,
    RATE_TAIL,
    SHARED,
    SIGNED_KINDS,
    THRESHOLD,
    TORN,
    UNIT_BEFORE,
    patterns,
)

FIGURE, YEAR, DATE, SKIP, CODE, BULLET = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure: where its digits stand in the paragraph, its reading, its unit.

    ``kind`` is money, percent, points (百分点), score, count, price (money per something)
    or unknown (no unit printed). ``unit`` is the unit as printed, without 余 and 多.
    """

    start: int
    end: int
    text: str
    number: Number
    unit: str | None
    kind: str
    note: str | None = None
    """The code of what the reader of the figure should know: UNIT_ABBREVIATED, DIGITS_SPACED."""


@dataclass(slots=True)
class Skeleton:
    """The skeleton text and what its signs stand for, by position in it.

    ``plain`` is the folded text with every digit still there; ``dates`` are the years of
    full dates such as 2022年12月31日.
    """

    work: str = ""
    plain: str = ""
    figures: dict[int, Figure] = field(default_factory=dict)
    years: dict[int, int | None] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    level_codes: dict[int, str] = field(default_factory=dict)
    dates: dict[int, int] = field(default_factory=dict)
    broken_years: list[tuple[int, int, str]] = field(default_factory=list)
    residue: list[tuple[int, int, str]] = field(default_factory=list)

    def dated_before(self, start: int, end: int) -> int | None:
        """Return the year of the last full date within the stretch, if there is one."""
        at = self.work.rfind(DATE, start, end)
        return self.dates.get(at)


def skeleton(paragraph: Paragraph, words: Lexicon, by_blanks: bool = False) -> Skeleton:
    """Read one paragraph into its skeleton.

    ``by_blanks`` says that the document groups digits by blanks.
    """
    folded, at = fold_text(paragraph.text)
    return _Reader(paragraph.text, folded, at, words, by_blanks).read()


class _Reader:
    """One pass over one folded paragraph."""

    def __init__(
        self, text: str, folded: str, at: list[int], words: Lexicon, by_blanks: bool
    ) -> None:
        self.by_blanks = by_blanks
        self.text, self.folded, self.at, self.words = text, folded, at, words
        self.token, self.unit = patterns(tuple(words.units.items()))
        self.out: list[str] = []
        self.size = 0
        self.result = Skeleton()

    def read(self) -> Skeleton:
        position, end = 0, len(self.folded)
        sentence_start = True
        while position < end:
            char = self.folded[position]
            if sentence_start and (bullet := LIST_NUMBER.match(self.folded, position)):
                self._emit(BULLET)
                position = bullet.end()
                sentence_start = True
                continue
            sentence_start = char in "。；：，"
            match = self.token.match(self.folded, position) if _starts_token(char) else None
            if match is None:
                if "①" <= char <= "⑳":
                    char = BULLET
                self._emit(char)
                position += 1
                continue
            position = self._take(match)
            sentence_start = False
        self.result.work = "".join(self.out)
        self.result.plain = self.folded
        return self.result

    def _emit(self, text: str) -> None:
        self.out.append(text)
        self.size += len(text)

    def _tail(self, size: int) -> str:
        return "".join(self.out[-size:])[-size:]

    def _offsets(self, start: int, end: int) -> tuple[int, int]:
        return self.at[start], self.at[end - 1] + 1

    def _take(self, match: re.Match[str]) -> int:
        if match["number"] is not None:
            return self._number(match)
        if match["year"] is not None:
            self.result.years[self.size] = int(match["year"][:4])
            self._emit(YEAR)
        elif match["brokenyear"] is not None:
            self.result.years[self.size] = None
            start, stop = self._offsets(match.start(), match.end())
            self.result.broken_years.append((start, stop, self.text[start:stop]))
            self._emit(YEAR)
        elif match["date"] is not None:
            digits = match["date"][:4]
            if digits.isdigit():
                self.result.dates[self.size] = int(digits)
            self._emit(DATE)
        elif match["levelcode"] is not None:
            self._emit("（")
            self.result.level_codes[self.size] = match["leveldigits"]
        elif match["residue"] is not None:
            start, stop = self._offsets(match.start(), match.end())
            self.result.residue.append((start, stop, self.text[start:stop]))
            self._emit(SKIP if match["residue"][0] in "XxX×Ｘ✕" else match["residue"])
        elif match["cite"] is not None:
            self._emit(SKIP)
        elif match["dotted"] is not None and (unit := self.unit.match(self.folded, match.end())):
            self._figure(match.start(), match.end(), unit["unit"], "money")
            return unit.end()
        else:
            self._emit(match.group())
        return match.end()

    def _number(self, match: re.Match[str]) -> int:
        start, end = match.span("number")
        token, torn = match["number"], False
        after = end + sum(1 for _ in takewhile(is_mark, self.folded[end : end + 4]))
        unit = self.unit.match(self.folded, after)
        if unit is None and (garbled := GARBLED.match(self.folded, end)):
            unit, torn = self.unit.match(self.folded, garbled.end()), True
        if unit is None and (outside := self._unit_outside(start, end)):
            # 结余（12.3）万元: a loss in brackets or a form that was filled in.
            self._drop_bracket()
            kind = self.words.units[outside["unit"]]
            self._figure(start - 1, end + 1, outside["unit"], kind, doubtful=True)
            return outside.end()
        if unit is None and self._code(token, end):
            self.result.codes[self.size] = token
            self._emit(CODE)
            return end
        if unit is None and (before := UNIT_BEFORE.search(self._tail(6))):
            # 教育支出（万元）：9.5
            self._figure(start, end, before[1], self.words.units[before[1]])
            return end
        if unit is None and (shared := self._shared_unit(end)):
            self._figure(start, end, shared, self.words.units[shared])
            return end
        if unit is None:
            return self._bare(token, start, end)
        name = unit["unit"] or unit["aside"] or unit["many"].replace("余", "").replace("多", "")
        kind = self.words.units.get(name, "count")
        stop = unit.end()
        if threshold := THRESHOLD.match(self.folded, stop):
            # "单价100万元以上": the amount is part of the name of the thing.
            self._emit(self.folded[start : threshold.end()])
            return threshold.end()
        if BOUND.search(self._tail(4)) and not DIRECTION_TAIL.search(self._tail(4)):
            self._emit(SKIP)
            return stop
        if kind == "money" and (per := PER.match(self.folded, stop)):
            kind, stop = "price", per.end()
        if _not_a_unit(name, self.folded, start, stop):
            self._emit(token)
            return end
        doubtful = torn or (kind in SIGNED_KINDS and self._doubtful_sign(match, stop))
        self._figure(start, end, name, kind, doubtful=doubtful)
        return stop

    def _shared_unit(self, end: int) -> str | None:
        """Return the unit that several numbers share: 分别为12、5万元."""
        row = SHARED.match(self.folded, end) if EACH.search(self._tail(24)) else None
        unit = row and self.unit.match(self.folded, row.end())
        return unit["unit"] if unit else None

    def _unit_outside(self, start: int, end: int) -> re.Match[str] | None:
        """Return the unit behind the bracket that holds a number and nothing else."""
        if self.folded[start - 1 : start] != "（" or self.folded[end : end + 1] != "）":
            return None
        unit = self.unit.match(self.folded, end + 1)
        kind = unit and unit["unit"] and self.words.units.get(unit["unit"])
        if unit is None or kind not in SIGNED_KINDS:
            return None
        worded = unit["unit"] == "元" and _is_word(self.folded[unit.end() : unit.end() + 1])
        return None if worded else unit

    def _drop_bracket(self) -> None:
        self.out.pop()
        self.size -= 1

    def _doubtful_sign(self, match: re.Match[str], stop: int) -> bool:
        """Tell whether a figure may be negative or not: 亏损—3万元, 结余为（3万元）.

        Two dashes in a row are punctuation: 其他支出——3万元.
        """
        start = match.start()
        before, last = self.folded[max(0, start - 2) : start], self.folded[start - 1 : start]
        if last == "（":
            return before[:1] in ("为", "是") and self.folded[stop : stop + 1] == "）"
        return last in DASHES and (match["sign"] is not None or before[:1] not in DASHES)

    def _bare(self, token: str, start: int, end: int) -> int:
        """A number with no unit: a figure only where the sentence leaves no other reading."""
        after = self.folded[end : end + 1]
        tail = self._tail(40)
        closed = after in ("", "，", "。", "；", "、", "）")
        closes = self.folded[end + 1 : end + 2] in ("", "（", "，", "。", "；", "、")
        if after == "万" and closes and MONEYISH.search(tail[-3:]):
            self._figure(start, end, "万元", "money", note="UNIT_ABBREVIATED")
            return end + 1
        if closed and not token.strip("0.") and NIL_TAIL.search(tail):
            # Nothing is nothing in any unit: 国有资本经营预算支出为0。
            self._figure(start, end, None, "money")
            return end
        coded = CODE in tail and not any(c in tail.rpartition(CODE)[2] for c in FIGURE + "，。；")
        worded = DIRECTION_TAIL.search(tail[-8:]) or AMOUNT_TAIL.search(tail[-8:])
        amount = "." in token and (coded or worded)
        rate = (closed or after == "（") and after != "、" and RATE_TAIL.search(tail)
        if rate or (closed and amount):
            self._figure(start, end, None, "unknown")
            return end
        self._emit(token)
        return end

    def _code(self, token: str, end: int) -> bool:
        """Tell whether the digits are a code of a classification before or after its name."""
        if not token.isdigit() or token[0] not in "235":
            return False
        after = self.folded[end : end + 3]
        after = after[1:] if after[:1] in AFTER_CODE else after[:2]
        bracketed = self._tail(1) == "（" and after[:1] == "）"
        if bracketed and len(token) == 3:
            return NAMES_CLASS.search(self._tail(5)[:-1]) is not None
        if len(token) in CODE_LENGTHS:
            if bracketed:
                return True
            return len(after) == 2 and _is_word(after[0]) and after[0] not in "多余几万亿千元"
        return len(token) == 3 and after in self.words.class_starts

    def _is_torn(self, start: int) -> bool:
        """Tell whether the head of a number may stand before it; not so where 、 lists numbers."""
        before = self.folded[max(0, start - 2) : start]
        listed = before.endswith("、") and self._tail(2) == FIGURE + "、"
        return TORN.search(before) is not None and not listed

    def _figure(
        self,
        start: int,
        end: int,
        unit: str | None,
        kind: str,
        note: str | None = None,
        doubtful: bool = False,
    ) -> None:
        first, stop = self._offsets(start, end)
        text = self.text[first:stop]
        digits = self.folded[start:end].replace("负", "-")
        spaced = self.by_blanks and " " in digits and kind == "money"
        number = read_number(digits.replace(" ", "") if spaced else digits)
        note = "DIGITS_SPACED" if spaced else note
        if number is None or doubtful or self._is_torn(start):
            number = Number(None, "reported", "NUMBER_GRAMMAR")
        self.result.figures[self.size] = Figure(first, stop, text, number, unit, kind, note)
        self._emit(FIGURE)


def _not_a_unit(unit: str, text: str, start: int, stop: int) -> bool:
    """Tell apart 3分别 and 2项目, and （50分）, which is a weight and no score."""
    after = text[stop : stop + 1]
    if unit == "分":
        return after in tuple("别类之析成为") or (text[start - 1 : start] == "（" and after == "）")
    return unit == "项" and after == "目"


def _starts_token(char: str) -> bool:
    return char.isdigit() or char in "第〔［[【﹝（-−△▲Δ∆负XxX×Ｘ✕增减下上罗请作"


def _is_word(char: str) -> bool:
    return "一" <= char <= "鿿" or char == "“"
