"""How a document groups the digits of its amounts (分节): 3 486.27万元 by blanks, or not.

A blank within a number proves nothing by itself: it may part the mark of a note from an
amount. Only a document that groups every amount so says what its blanks are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.recognise.prose.fold import fold_text

_MONEY = r"(?:\.\d+)?[百千]?[万亿]?元"
_BLANK = re.compile(r"\d\s\d{3}")
_BY_BLANKS = re.compile(rf"(?<![\d.,])\d{{1,3}}(?: \d{{3}})+{_MONEY}")
_OTHERWISE = re.compile(rf"(?<![\d.,])(?:\d{{4,}}|\d{{1,3}}(?:,\d{{3}})+){_MONEY}")
_ENOUGH = 3


def groups_by_blanks(paragraphs: Iterable[str]) -> bool:
    """Tell whether all amounts of a thousand or more, three at least, are grouped by blanks."""
    texts = list(paragraphs)
    if sum(len(_BLANK.findall(text)) for text in texts) < _ENOUGH:
        return False
    grouped = 0
    for text in texts:
        folded, _ = fold_text(text)
        if _OTHERWISE.search(folded):
            return False
        grouped += len(_BY_BLANKS.findall(folded))
    return grouped >= _ENOUGH
