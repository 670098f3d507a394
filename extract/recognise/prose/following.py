"""What a figure is of where that stands after it (后置): 下设3个单位, 新增了200万元专项债券.

Looks at the words right behind one figure. Knows no subjects.
"""

from __future__ import annotations

import re

_NOUN = re.compile(r"[一-鿿（）“”]{2,30}")
_VERB = re.compile(r"编制|开展|进行|实施|完成|获得|予以|纳入|实现|反映|填报|达|占|以")
_COUNTABLE = frozenset(("个", "家", "名", "位", "项", "所", "户"))
_VERB_END = re.compile(
    r"(?:所属|包括|下设|内设|下辖|共有|共设|设有?|选取|涉及|有|由|对|等|为|是|共|纳入)$"
)
_MONEY = re.compile(
    r"(?!所致|左右|以[上下]|[的是为因由系和与及比占等用主其])[一-鿿“”（）\-]{1,30}?"
    r"(?:资金|经费|费用?|支出|收入|国债|债券|拨款|款项?|补助|项目)"
)

_SAID_TO_BE = re.compile(r"(?:为|是|系|属于|用于)([一-鿿“”]{2,24})(?=[，。；、：]|$)")


def leaves_open(name: str) -> bool:
    """Tell whether the words before a count end with a verb, so that its noun follows."""
    return _VERB_END.search(name) is not None or name[:1] == "对"


def noun_counted(text: str, position: int, unit: str | None) -> str | None:
    """Return what stands after a count at the position: 3个事业单位."""
    found = _NOUN.match(text, position + 1) if unit in _COUNTABLE else None
    if found is None:
        return None
    noun = _VERB.split(found.group(), maxsplit=1)[0].rstrip("和及与的")
    return noun if len(noun) >= 2 else None


def names_money(text: str, position: int) -> bool:
    """Tell whether what an amount is of stands after it."""
    return _MONEY.match(text, position + 1) is not None


def noun_after(text: str, position: int) -> str | None:
    """Return what an amount of a list is said to be: 其中5万元为基本支出."""
    found = _SAID_TO_BE.match(text, position + 1)
    return None if found is None else found[1]
