"""Classification codes split over cells (科目编码): 201 | 03 | 01 is 2010301.

Joins the parts that a row prints, takes from the row above what it leaves out, and tells
by the first digit which classification a code is of. Knows no names and no years.
"""

from __future__ import annotations

import re

CODE_ROLES = frozenset(
    {
        "code_class",
        "code_section",
        "code_item",
        "function_code",
        "department_economic_code",
        "government_economic_code",
    }
)
SCHEMES = {"2": "function", "3": "department_economic", "5": "government_economic"}
_PARTED = re.compile(r"(\d{3})[-.—–](\d{2})(?:[-.—–](\d{2}))?")
PARTS = ("code_class", "code_section", "code_item")


def plain_code(text: str) -> str:
    """Return a code without the marks that part it (213-03-01) or enclose it ([2130301]).

    Anything that is no code comes back as it is; a narrow cell may break a code anywhere.
    """
    bare = "".join(text.split()).strip("[]()（）【】")
    match = _PARTED.fullmatch(bare)
    if match:
        return "".join(part or "" for part in match.groups())
    return bare if bare.isdigit() else text


def code_group(role: str, index: int, current: str) -> str:
    """Return the name of the code that the column at ``index`` is part of; 类 opens one."""
    if role not in PARTS:
        return role.removesuffix("_code")
    if role == "code_class" or not current.startswith("function:"):
        return f"function:{index}"
    return current


def inherit(parts: list[str], above: list[str]) -> list[str]:
    """Fill leading parts that the row leaves out from the row above (201 stands once)."""
    if len(parts) < 2 or parts[0] or len(above) != len(parts):
        return parts
    first = next(i for i, part in enumerate(parts) if part)
    if len(parts[first]) > 2:
        return parts
    return above[:first] + parts[first:]


def join_parts(parts: list[str]) -> tuple[str, bool]:
    """Join 201 | 03 | 01 to 2010301; tell whether a lost leading zero was put back."""
    code, padded = "", False
    for part in parts:
        if not part:
            continue
        if code and (len(part) > 2 and part.startswith(code)):
            code = part
        elif code and len(part) == 1:
            code, padded = code + "0" + part, True
        else:
            code += part
    return code, padded
