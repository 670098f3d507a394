"""Labels and values at the head of a form (表头信息): 主管部门 | … | 实施单位 | ….

Reads one row at a time. Personal fields are recognised so that they can be left out.
"""

from __future__ import annotations

import re

from extract.recognise.headers import lookup
from extract.recognise.numbers import fold
from extract.recognise.performance.layout import fields, header_key, headers
from extract.recognise.performance.rows import Row, Slot

_MAX_SLOTS = 8
_COLUMN = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:内容|单位|金额|名称|情况|类型|类别|编号|编码|数量|时间|日期|说明|依据|备注"
    r"|属性|性质|地点|进度|负责人|概况|周期|年限)"
)
"""What heads a column and is no value: a table of 项目名称 and 实施内容 is a list of names."""
_AMOUNTS = frozenset({"amount", "total", "subtotal", "expenditure", "revenue"})
_PERSONAL = frozenset({"person", "phone"})


def captions(row: Row, year: int | None) -> dict[str, Slot]:
    """Return ``{field: value}`` of a row of labels and values; empty when it is none.

    Two labels side by side, or a label beside a known column header, are the header of a
    table. A label without a value is left out.
    """
    slots = [slot for slot in row.slots if slot.own and slot.text]
    if len(slots) > _MAX_SLOTS or (slots and header_key(slots[0].text) == "序号"):
        return {}
    found: dict[str, Slot] = {}
    label: str | None = None
    for slot in slots:
        name, inline = _label(slot, year)
        if label is not None:
            if name is not None or _is_header(slot.text, year):
                return {}
            found.setdefault(label, slot)
            label = None
        elif name is not None and inline is not None:
            found.setdefault(name, inline)
        else:
            label = name
    return found


def names_persons(row: Row, year: int | None) -> bool:
    """Tell whether a row holds a label of a person or a telephone (项目负责人：…)."""
    return any(_label(slot, year)[0] in _PERSONAL for slot in row.slots if slot.own and slot.text)


def public(found: dict[str, Slot]) -> dict[str, Slot]:
    """Leave out persons and telephone numbers: they are never published."""
    return {name: slot for name, slot in found.items() if name not in _PERSONAL}


def _is_header(text: str, year: int | None) -> bool:
    """Tell whether a text heads a column, of a form or of an account table (本年支出)."""
    if _COLUMN.fullmatch(fold(text)):
        return True
    key = header_key(text)
    rule = lookup(text, None, year)
    if rule is not None and (rule.role == "group" or rule.measure_code in _AMOUNTS):
        return True
    return key in headers("funds", year) or key in headers("indicator", year)


def _field(label: str, year: int | None) -> str | None:
    """Return the field of a label, with or without what stands in brackets: 实施单位（盖章）."""
    known = fields(year)
    return known.get(fold(label).strip(":")) or known.get(header_key(label))


def _label(slot: Slot, year: int | None) -> tuple[str | None, Slot | None]:
    """The field that a cell names, and its value where the cell holds both."""
    name = _field(slot.text, year)
    if name is not None:
        return name, None
    label, colon, value = slot.text.replace("：", ":").partition(":")
    name = _field(label, year) if colon and value.strip() else None
    if name is None:
        return None, None
    return name, Slot(value.strip(), slot.cell, slot.column, slot.width, slot.own)
