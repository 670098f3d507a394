"""What a change goes back to (承前): the whole of a list, both sides of an account.

And what each of the rates in a row is of. Looks at the readings just made; knows no names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.recognise.prose.item import Item
from extract.recognise.prose.reading import Reading
from extract.recognise.prose.sides import both_sides
from extract.recognise.prose.skeleton import FIGURE

_NEXT = re.compile(rf"(?:、|以及|和|及|与)[一-鿿]{{0,8}}{FIGURE}")
_MOST = 12
_JOINS = ("、", "以及", "和", "及", "与")


def gone_back_to(
    item: Item, last: Reading, before: Reading, leads: tuple[str, str], whole: Item | None
) -> Item:
    """Return the item of a change that names none, ``item`` being that of the last figure.

    收入9万元，其中甲5万元、乙4万元，比上年增加1万元 speaks of the ``whole`` again; ``leads``
    are the words before this figure and the last. What follows the two sides of an account
    stated as equal is of both.
    """
    if item is not last.item or last.measure != "value":
        return item
    listed = leads[0].lstrip("等").startswith("，") and leads[1].startswith("、")
    if whole is not None and listed:
        return whole
    if last.figure.number != before.figure.number or last.figure.unit != before.figure.unit:
        return item
    if (last.measure, last.amount_stage) != (before.measure, before.amount_stage):
        return item
    return both_sides(before.item, item) or item


@dataclass(slots=True)
class Row:
    """Rates in a row (分别): 甲5万元，乙4万元，分别占55.56%和44.44%.

    ``stated`` are the amounts of the last sentence that states any, ``ahead`` the items of
    the rates to come.
    """

    stated: list[Item] = field(default_factory=list)
    closed: bool = False
    ahead: list[Item] = field(default_factory=list)

    def take(self, reading: Reading) -> None:
        """Note an amount that the sentence states."""
        if reading.measure == "value":
            known = [] if self.closed else self.stated[1 - _MOST :]
            self.stated = [*known, reading.item]
            self.closed = False

    def close(self) -> None:
        """End a sentence: its amounts are spoken of until the next one states its own."""
        self.closed, self.ahead = True, []

    def first(self, text: str, position: int) -> Item | None:
        """Return the item of the first rate of a row; the amounts must be as many."""
        count, at = 1, position
        while (following := _NEXT.match(text, at + 1)) is not None:
            count, at = count + 1, following.end() - 1
        if count < 2 or len(self.stated) < count:
            return None
        item, *self.ahead = self.stated[-count:]
        return item

    def following(self, lead: str) -> Item | None:
        """Return the item of a further rate of the row, if ``lead`` goes on with it."""
        if not lead.startswith(_JOINS):
            self.ahead = []
        return self.ahead.pop(0) if self.ahead else None
