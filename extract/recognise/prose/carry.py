"""What a change goes back to (承前): the whole of a list, both sides of an account.

Pure functions over the readings just made. Knows no words.
"""

from __future__ import annotations

from extract.recognise.prose.item import Item
from extract.recognise.prose.reading import Reading
from extract.recognise.prose.sides import both_sides


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
    if whole is not None and leads[0].startswith("，") and leads[1].startswith("、"):
        return whole
    if last.figure.number != before.figure.number or last.figure.unit != before.figure.unit:
        return item
    if (last.measure, last.amount_stage) != (before.measure, before.amount_stage):
        return item
    return both_sides(before.item, item) or item
