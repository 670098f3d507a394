"""What of a document is prose of the account (适用范围), and what others read.

Indicator prose (绩效指标 as sentences) belongs to the performance recogniser, definitions
(名词解释) to nobody. Both sides share these predicates, so that no figure is read twice.
"""

from __future__ import annotations

import re

_INDICATOR = re.compile(
    r"项目目标(?:为|分为)|完成情况为[^，。；]{1,40}，完成项目目标|目标为[^，。；]{1,40}，完成情况为"
    r"|(?:产出|效益|满意度|成本)指标[：:].{0,6}(?:①|(?:数量|质量|时效|成本|经济|社会)(?:效益)?指标)"
    r"|指标——|指标值[为：:]"
)
_STATES = re.compile(r"\d{4}年[^。]{0,200}?\d[亿千万]{0,2}元")
_DEFINITION = re.compile(r"^[^：:，。]{1,40}[：:]?\s*(?:是?指|反映)(?!标|导)")


def is_indicator_prose(text: str) -> bool:
    """Tell whether the paragraph states performance indicators with their targets."""
    return _INDICATOR.search(text) is not None


def is_definition(text: str) -> bool:
    """Tell whether the paragraph defines a term, as those under 名词解释 do, and nothing else.

    财政拨款支出反映两项财政拨款的支出情况。2019年财政拨款支出9万元 goes on with figures.
    """
    if _DEFINITION.match(text) is None:
        return False
    return _STATES.search(text.partition("。")[2]) is None
