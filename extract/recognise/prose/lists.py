"""Several figures after several names (并列): 收入、支出分别为10万元、20万元.

Knows how names and figures stand in a row. Knows nothing of what the names mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.recognise.prose.skeleton import FIGURE, YEAR

_MAX_FIGURES = 12
_SO_MANY = re.compile(r"[两二三四五六七八九十]项(?:支出|经费|费用|资金|收入)?(?:合计)?$")
_EACH = re.compile(r"分别|依次|各[为是]|均[为是]$")
_NEXT = re.compile("(?:、|和|及|与|以及)" + FIGURE)
_COMMAS = re.compile("、")
_LAST = re.compile(r"(?:以及|和|及|与)(?=[^和及与]*$)")
_ALL = re.compile(r"、|以及|和|及|与")
_SIDES = ("收入", "支出")
_YEAR = re.compile(rf"{YEAR}|(?:19|20)\d\d")
_YEARS = re.compile(rf"(?:{_YEAR.pattern})(?:[、和与及至](?:{_YEAR.pattern}))+")


@dataclass(slots=True)
class NamesInARow:
    """The names of a row of figures: 收入、支出分别为10万元、20万元.

    ``names`` are those read last, which a bare 分别 goes on with; ``ahead`` those of the
    figures to come.
    """

    names: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)

    def first(self, words: str, count: int, unsaid: bool) -> str | None:
        """Return the name of the first of ``count`` figures, None where the names are not as many.

        ``unsaid`` says that the words name nothing of their own.
        """
        if "收、支" in words:
            return None
        names = self.names if unsaid else listed_names(_SO_MANY.sub("", words), count)
        if count < 2 or count != len(names):
            return None
        self.names, self.ahead = names, names[1:]
        return names[0]


def is_listed(words: str) -> bool:
    """Tell whether the words before a figure say that it is the first of several."""
    return _EACH.search(words) is not None


def figures_in_a_row(text: str, position: int) -> int:
    """Return how many figures stand in a row, the one at the position being the first."""
    count, at = 1, position + 1
    while count <= _MAX_FIGURES and (following := _NEXT.match(text, at)):
        count, at = count + 1, following.end()
    return count


def years_in_a_row(words: str, years: list[int | None]) -> tuple[list[int], int]:
    """Return the years that stand in a row before a figure, and where the row ends.

    2021、2022年收入分别为10万元、12万元. ``years`` are those of the signs in the words.
    """
    row = _YEARS.search(words)
    if row is None:
        return [], 0
    known = iter(years[words.count(YEAR, 0, row.start()) :])
    found = [next(known, None) if part == YEAR else int(part) for part in _YEAR.findall(row[0])]
    return [year for year in found if year is not None], row.end()


def listed_names(text: str, count: int) -> list[str]:
    """Return the ``count`` names that stand in a row, none where no reading gives so many.

    商品和服务支出 is one name unless the number of figures says otherwise. What the first
    name has before 收入 or 支出 holds for a bare 支出 after it.
    """
    parts = [part for part in _COMMAS.split(text) if part]
    readings = [parts, [part for part in _ALL.split(text) if part]]
    if parts:
        readings.insert(1, [*parts[:-1], *_LAST.split(parts[-1], maxsplit=1)])
    names = next((names for names in readings if len(names) == count), [])
    if not names or not names[0].endswith(_SIDES):
        return names
    shared = names[0][:-2]
    return [names[0], *(shared + name if name in _SIDES else name for name in names[1:])]
