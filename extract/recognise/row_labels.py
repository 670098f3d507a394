"""Codes and names of one row (行的编码与名称): what its label columns print.

Codes split over cells are joined, parts that a row leaves out are taken from the row
above, a name is told from the code printed in front of it. Reads no figures; what
standard line a label is, is said elsewhere.
"""

from __future__ import annotations

import re

from extract.document import Cell
from extract.recognise.codes import (
    CODE_ROLES,
    PARTS,
    SCHEMES,
    code_group,
    inherit,
    join_parts,
    plain_code,
)
from extract.recognise.column import Column
from extract.recognise.department import organisation_suffix
from extract.recognise.grid import Row
from extract.recognise.header_paths import fund_of
from extract.recognise.headers import LABEL_ROLES, lookup
from extract.recognise.layout_rules import function_classes
from extract.recognise.lines import compact, read_label, split_code, split_project
from extract.recognise.table_line import TOTALS, Line

_LABEL_ORDER = (
    "project",
    "function",
    "department_economic",
    "government_economic",
    "organisation",
)
_AMOUNT = re.compile(r"-?\d[\d,，]*[.．]\d{1,6}")
_LEVEL = re.compile(r"[（(]?(?:本级|本部|机关)[)）]?$")
_SUMS = TOTALS | {"小计"}
_PART_WORDS = frozenset({"类", "款", "项", "类款项"})


def read_labels(
    line: Line, row: Row, columns: list[Column], above: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Read codes and names of a row; return its code parts for the row below."""
    groups: dict[str, list[str]] = {}
    group = ""
    seen: set[int] = set()
    total: Cell | None = None
    ignored = {c.index for c in columns if c.role == "ignored"}
    for column in columns:
        role = column.role
        cell = row[column.index] if column.index < len(row) else None
        if role == "fund_name" and cell is not None:
            line.fund = _fund_named(cell)
        if role is None or role not in LABEL_ROLES:
            unlabelled = role in ("ignored", "line_no")
            if unlabelled and cell is not None and compact(cell.text) in TOTALS:
                total = cell
            continue
        fresh = cell is not None and id(cell) not in seen and bool(cell.text.strip())
        if role in CODE_ROLES:
            group = code_group(role, column.index, group)
            text = plain_code(compact(cell.text)) if cell is not None and fresh else ""
            groups.setdefault(group, []).append(text if text.isdigit() else "")
            fresh = fresh and not text.isdigit() and text not in _PART_WORDS
        if cell is not None and fresh and _AMOUNT.fullmatch(cell.text.strip()):
            line.shifted = True
        if cell is not None:
            seen.add(id(cell))
            if fresh and cell.column in ignored:
                # A heading that begins left of the names: it is of the lines below it.
                _set_label(line, "label", compact(cell.text), cell, column)
            elif fresh:
                _name(line, column, cell)
    for name, parts in groups.items():
        if any(parts):
            groups[name] = inherit(parts, above.get(name, []))
            code, padded = join_parts(groups[name])
            line.codes[SCHEMES.get(code[:1], name.split(":")[0])] = code
            line.padded = line.padded or padded
        else:
            groups[name] = above.get(name, parts)
    _settle_names(line)
    if total is not None and line.label is None:
        line.label, line.label_cell = compact(total.text), total
    return groups


def _fund_named(cell: Cell) -> str | None:
    """Return the fund that a cell of 资金来源 names, None where it names none or several."""
    rule = lookup(cell.text, None, None)
    return fund_of(rule) if rule is not None else None


def _name(line: Line, column: Column, cell: Cell) -> None:
    """Take a name, with the code printed in front of it, into the line."""
    role = str(column.role)
    text = compact(cell.text)
    if role in ("project_code", "organisation_code"):
        if any(c.isdigit() for c in text):
            line.codes[role.removesuffix("_code")] = text
        else:
            _set_label(line, "label", text, cell, column)
        return
    if role == "project_name":
        code, name = split_project(cell.text)
        if code:
            line.codes["project"] = code
        _set_label(line, "project", name, cell, column)
        return
    dimension = role.removesuffix("_name").removesuffix("_code")
    if role in PARTS or role == "label":
        # 类 may head names: 农林水支出 | 小计 is the sum of the class.
        dimension = "function" if role in PARTS and text in function_classes() else "label"
    code, name = split_code(cell.text)
    if dimension == "organisation":
        if code:
            line.codes["organisation"] = code
    elif code and len(code) in (3, 5, 6, 7):
        scheme = SCHEMES.get(code[0], dimension)
        if dimension != "label" or (scheme != "label" and name):
            line.codes[scheme] = code
            dimension = scheme
        else:
            name = text
    elif code:
        name = text
    _set_label(line, dimension, name, cell, column)


def _set_label(line: Line, dimension: str, name: str | None, cell: Cell, column: Column) -> None:
    if name is None:
        return
    if dimension != "label":
        line.names[dimension] = name
    if line.label is None or dimension == "label":
        line.label, line.label_cell, line.label_column = name, cell, column


def _settle_names(line: Line) -> None:
    """Give a name the scheme of the code beside it, where header and digits differ."""
    _settle_mixed(line)
    _settle_units(line)
    for scheme in ("function", "department_economic", "government_economic"):
        if scheme in line.names and scheme not in line.codes:
            bare = [s for s in SCHEMES.values() if s in line.codes and s not in line.names]
            if len(bare) == 1:
                line.names[bare[0]] = line.names.pop(scheme)
    named = [line.names[d] for d in _LABEL_ORDER if d in line.names]
    total = next((n for n in named if read_label(n).text in _SUMS), None)
    if total is not None:
        line.names = {d: n for d, n in line.names.items() if n != total}
        line.label, line.label_cell = total, None
    elif named and (line.label_column is None or line.label_column.role != "label"):
        line.label = line.label if line.label in TOTALS else named[0]


def _settle_units(line: Line) -> None:
    """Take a name for a unit's where it ends as names of units do and its code is no item's.

    Units print a row of their own above their items, with or without their code.
    """
    if "organisation" in line.names or "project" in line.names:
        return
    if line.codes and (len(line.codes) > 1 or line.codes.keys() - SCHEMES.values()):
        return
    code = next(iter(line.codes.values()), None)
    if code is not None and _is_item_code(code):
        return
    for scheme in SCHEMES.values():
        name = line.names.get(scheme)
        if name is not None and name not in function_classes() and is_unit(name):
            line.names["organisation"] = line.names.pop(scheme)
            if code is not None:
                line.codes = {"organisation": code}
            return


def _is_item_code(code: str) -> bool:
    """Tell whether a code can be that of an item named like a unit: 2070104 图书馆.

    No class is: three digits beside the name of a unit are the unit's.
    """
    return code[:1] in SCHEMES and len(code) in (5, 7)


def is_unit(name: str) -> bool:
    """Tell whether a name ends as names of units do: 水利局, 水利局（本级）."""
    return organisation_suffix(_LEVEL.sub("", name)) is not None


def _settle_mixed(line: Line) -> None:
    """Tell what a name of a column of units and items is: the codes of the line say it."""
    name = line.names.pop("organisation_or_item", None)
    if name is None or name in TOTALS:
        return
    bare = [s for s in SCHEMES.values() if s in line.codes and s not in line.names]
    if len(bare) == 1:
        line.names[bare[0]] = name
    elif not bare and ("organisation" in line.codes or is_unit(name)):
        line.names["organisation"] = name
