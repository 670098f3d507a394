"""The verdict on a form (总分、等级): weights and scores added up by the publisher, its grade."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal

from extract.recognise.numbers import fold, read_number, without_marks
from extract.recognise.performance.heads import Head
from extract.recognise.performance.model import Form
from extract.recognise.performance.rows import Row, Slot

_LABELS = frozenset(
    {
        "总分",
        "合计",
        "总计",
        "总得分",
        "总分值",
        "自评总分",
        "综合得分",
        "自评得分合计",
        "分值合计",
        "得分合计",
    }
)


_HEADED = {
    "总分值": "weight",
    "总得分": "score",
    "自评总得分": "score",
    "自评等级": "grade",
    "评价等级": "grade",
    "绩效等级": "grade",
    "等级": "grade",
}


def total_figures(row: Row, cells: dict[str, Slot] | None, head: Head) -> list[Slot] | None:
    """Return the figures of a total row, or None when the row is none.

    Its label may be missing: then it is a row that holds two figures and nothing else.
    """
    own = [slot for slot in row.slots if slot.own and slot.text]
    if len(own) == 1 and (inline := _inline(own[0])) is not None:
        return [inline]
    if len(own) > 1 and len(own[0].text) == 1 and not own[0].text.isdigit():
        own = own[1:]  # a letter of the vertical title 绩效指标
    if own and fold(own[0].text).rstrip(":") in _LABELS:
        return own[1:]
    if len(own) != 2 or not all(slot.is_figure for slot in own):
        return None
    if len(row.slots) < head.width:
        return own
    by_role = cells or {}
    return own if own == [by_role.get("weight"), by_role.get("score")] else None


def headed_total(row: Row, below: Row | None) -> dict[str, Slot] | None:
    """Return the verdict that stands under a header of its own: 总分值 | 总得分 | 自评等级.

    None where the row is no such header, or the row below does not answer each of its words.
    """
    words = [fold(slot.text) for slot in row.slots if slot.own and slot.text]
    roles = [_HEADED[word] for word in words if word in _HEADED]
    rest = [word for word in words if word not in _HEADED]
    if below is None or "score" not in roles or any(word not in _LABELS for word in rest):
        return None
    values = [slot for slot in below.slots if slot.own and slot.text]
    if len(values) != len(roles) or len(set(roles)) != len(roles):
        return None
    found = dict(zip(roles, values, strict=True))
    return found if found["score"].is_figure else None


_FULL = Decimal(100)
_TICKS = "☑■√✓✔☒▣●"
_BOX_TOKEN = re.compile(rf"[□☐○◯{_TICKS}]|[^\s□☐○◯{_TICKS}]+")
_BRACKETED_TICK = re.compile(rf"[(\[]\s*([{_TICKS}]?)\s*[)\]]")


def chosen(text: str) -> str | None:
    """Return the option that is ticked (优□ 良☑ 中□ 差□); a text without boxes is as it is.

    None where no option is ticked, or several are.
    """
    folded = unicodedata.normalize("NFKC", without_marks(text))
    plain = _BRACKETED_TICK.sub(lambda m: m.group(1) or "□", folded)
    tokens = _BOX_TOKEN.findall(plain)
    if not any(token in f"□☐○◯{_TICKS}" for token in tokens):
        return text or None
    # A box stands before its option or after it: the first token tells.
    step = 1 if tokens[0] in f"□☐○◯{_TICKS}" else -1
    at = [i + step for i, token in enumerate(tokens) if token in _TICKS]
    named = [tokens[i] for i in at if 0 <= i < len(tokens)]
    return named[0] if len(at) == len(named) == 1 else None


def _inline(slot: Slot) -> Slot | None:
    """The figure of a cell that holds its label, too: 总分：97.5分."""
    label, colon, value = fold(slot.text).partition(":")
    if not colon or label not in _LABELS:
        return None
    figure = Slot(value, slot.cell, slot.column, slot.width, slot.own)
    return figure if _points(figure) is not None else None


def take_row_total(form: Form, row: Row, head: Head) -> bool:
    """Keep the total weight and score of a row that prints them; tell whether it does."""
    cells = head.bind(row)
    figures = total_figures(row, cells, head)
    if figures is None:
        return False
    take_total(form, figures, head, cells)
    return True


def take_total(
    form: Form, figures: Sequence[Slot], head: Head, cells: Mapping[str, Slot] | None
) -> None:
    """Keep total weight and total score.

    A single figure is what its column says. Where no column tells, it is what the form's own
    weights or scores add up to; 100 else is the weight, and any other figure the score.
    """
    numbers = [slot for slot in figures if _points(slot) is not None]
    own = [cells[role] for role in ("weight", "score") if cells and role in cells]
    if len(numbers) > 2 and len(own) == 2 and all(slot in numbers for slot in own):
        numbers = own  # the levels above have weights of their own
    if len(numbers) >= 2:
        form.total_weight, form.total_score = numbers[0], numbers[1]
        return
    for slot in numbers:
        stands = {role for role in ("weight", "score") if cells and cells.get(role) is slot}
        if stands == {"weight"} or (
            stands != {"score"} and head.has("weight") and _is_weight(form, _points(slot))
        ):
            form.total_weight = slot
        else:
            form.total_score = slot


_MARKS_OF_NAME = re.compile(r"\((\d{1,3}(?:\.\d{1,2})?)分\)$")


def weights_in_names(form: Form) -> dict[str, str]:
    """Return the weights that stand behind the names of indicators: 发放人数（20分）.

    Only where all of a form do and add up to no more than 100, and no column has weights: the
    marks behind a single name may be its target.
    """
    names = [line.level3 or "" for line in form.indicators]
    found = {name: m.group(1) for name in names if (m := _MARKS_OF_NAME.search(fold(name)))}
    columns = any(line.cells.get("weight") is not None for line in form.indicators)
    total = sum((Decimal(found[name]) for name in names if name in found), Decimal(0))
    whole = len(names) > 1 and all(name in found for name in names) and not columns
    return found if whole and total <= _FULL else {}


def _points(slot: Slot) -> Decimal | None:
    """The marks of a cell: 97.5 or 97.5分."""
    read = read_number(fold(slot.text).removesuffix("分"))
    return Decimal(read.number_text) if read is not None and read.number_text else None


def _is_weight(form: Form, total: Decimal | None) -> bool:
    if total == _sum(form, "weight"):
        return True
    return total == _FULL and total != _sum(form, "score")


def _sum(form: Form, role: str) -> Decimal:
    """The sum of the weights or scores that a form prints; of the execution, too."""
    cells = [
        *(i.cells.get(role) for i in form.indicators),
        *(f.cells.get(role) for f in form.funds),
    ]
    return sum((_points(slot) or Decimal(0) for slot in cells if slot is not None), Decimal(0))
