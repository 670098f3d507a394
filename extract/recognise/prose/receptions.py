"""For which expense of the “三公” something is counted (接待计数): 接待来宾260人次.

Knows receptions of guests from those of foreign guests, and a bare verb from a name.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.recognise.prose.item import Item

_BARE = re.compile(r"(?:共|累计|全年|总)*接待(?:了|人数|人次|批次|批数)?$")
_OTHER_THING = re.compile(r"(?!团|批|来|出|公务|用车|次|组|、|和|及|，)[一-鿿]{1,2}")
_ABROAD = re.compile(r"外宾|外事|国（境）外|境外|国外")


def counted_for(item: Item, before: Item | None, following: str) -> Item:
    """Return a counted item of the “三公” with the expense that it is counted for.

    Money of 国内公务接待 is a part of 公务接待费; its batches and persons are all there is.
    来宾260人次 and a bare 接待260人次 belong to what the sentence spoke of before. Foreign
    guests are a part of the guests and are counted for no expense, nor are things that are
    named after their number: 6个区.
    """
    name = item.name or ""
    if _OTHER_THING.match(following):
        return replace(item, three_public_item=None)
    if _receives(item):
        return replace(item, three_public_item="reception")
    if _ABROAD.search(name):
        return replace(item, three_public_item=None) if "接待" in name else item
    if before is None or (item.known and not _BARE.match(name)):
        return item
    expense = "reception" if _receives(before) else before.three_public_item
    return replace(item, three_public_item=expense)


def _receives(item: Item) -> bool:
    """Tell whether the item is the reception of guests, foreign guests apart."""
    name = item.name or ""
    return "接待" in name and _BARE.match(name) is None and _ABROAD.search(name) is None
