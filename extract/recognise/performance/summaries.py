"""Lists of evaluated projects (自评结果汇总表): a project a row, its money, score and grade.

A project that has a form of its own in the document is counted there and not here; its
amounts are printed here once more, as are those of the total.
"""

from __future__ import annotations

from extract.recognise.numbers import fold, read_number
from extract.recognise.performance.header_roles import LEVELS
from extract.recognise.performance.heads import Head
from extract.recognise.performance.layout import FUNDS_TOTAL, RECEIVED, STAGES, header_key, headers
from extract.recognise.performance.model import Form, FundsLine
from extract.recognise.performance.rows import Row, Slot

_SUMS = frozenset({"合计", "总计", "小计"})
_TOTALS = _SUMS | {"平均", "平均分"}
_MAX_HEADER = 30


def summary_head(row: Row, year: int | None) -> Head | None:
    """Return the head of a list of evaluated projects, or None where the row heads none.

    It names a project and its score or grade, and no levels of indicators.
    """
    texts = row.own_texts
    if len(texts) < 3 or not any("名称" in text for text in texts):
        return None
    if any(len(text) > _MAX_HEADER for text in texts):
        return None
    roles = tuple(_role(text, year) for text in texts)
    named = sum(1 for text in texts if text)
    if any(read_number(text) is not None for text in texts if text) or named >= 2 * _known(roles):
        return None
    if "project_name" not in roles or not {"total_score", "grade"} & set(roles):
        return None
    known = headers("indicator", year)
    if any(known.get(header_key(text)) in LEVELS for text in texts if text):
        return None
    return Head("summary", row.table.index, roles, tuple(texts), row.slots)


def _known(roles: tuple[str | None, ...]) -> int:
    return sum(role is not None for role in roles)


def _role(text: str, year: int | None) -> str | None:
    key = header_key(text) if text else ""
    role = headers("summary", year).get(key) or headers("funds", year).get(key)
    return "total_score" if role == "score" else role


def summary_form(row: Row, head: Head, unit: str | None) -> Form | None:
    """Return the project of a row, or its total; None for rows that name neither."""
    cells = head.bind(row) or {}
    total = next((s for s in row.slots if s.own and fold(s.text).rstrip(":") in _TOTALS), None)
    if total is not None:
        return _total_form(row, cells, total, unit)
    name = cells.get("project_name")
    if name is None or not name.own or not name.text or name.is_figure:
        return None
    form = Form(row.table.index, name=name, funds_unit=unit, summary=True)
    form.has_funds_head = form.has_result = True
    form.unread.extend(head.unknown())
    money = {role: cells[role] for role in (*STAGES, RECEIVED, "ratio") if role in cells}
    if not money.keys().isdisjoint(STAGES):
        # Only what is published is a place: a row may name persons, too.
        form.funds.append(FundsLine(name, FUNDS_TOTAL, money, (name, *money.values())))
    form.take_verdict(_verdict(cells))
    form.fields |= {
        field: cells[field]
        for field in ("project_code", "implementing_unit", "supervising_department")
        if field in cells and cells[field].text
    }
    return form


def _total_form(row: Row, cells: dict[str, Slot], label: Slot, unit: str | None) -> Form | None:
    """Return the amounts of the row 合计; an average is none."""
    money = {role: cells[role] for role in (*STAGES, RECEIVED) if role in cells}
    if fold(label.text).rstrip(":") not in _SUMS or not money:
        return None
    form = Form(row.table.index, funds_unit=unit, summary=True, repeats=True)
    form.has_funds_head = form.has_result = True
    form.funds.append(FundsLine(label, FUNDS_TOTAL, money, (label, *money.values())))
    return form


def _verdict(cells: dict[str, Slot]) -> dict[str, Slot]:
    found: dict[str, Slot] = {}
    score, grade = cells.get("total_score"), cells.get("grade")
    if score is not None and score.is_figure:
        found["score"] = score
    if grade is not None and grade.text:
        found["grade"] = grade
    return found


def with_repeated_marked(forms: list[Form]) -> list[Form]:
    """Mark the rows of lists whose project has a form of its own; it takes their grade."""
    told = {fold(form.name.text): form for form in forms if not form.summary and form.name}
    for form in forms:
        own = told.get(fold(form.name.text)) if form.summary and form.name is not None else None
        if own is not None:
            form.repeats = True
            own.take_verdict({r: s for r, s in form.fields.items() if r == "grade"})
    return forms
