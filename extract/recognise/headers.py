"""Headers (表头): which rows are header, and what each header text says.

The vocabulary is headers.csv; the fiscal year turns ``2023年预算数`` into 预算数 or
上年预算数. Columns are bound in :mod:`extract.recognise.columns`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from extract.document import Cell
from extract.recognise.figures import is_number
from extract.recognise.grid import Row, distinct
from extract.recognise.layout_rules import (
    HeaderRule,
    Validity,
    headers,
    in_order,
    plain,
    standard_words,
)

MAX_HEADER_ROWS = 7
LABEL_ROLES = frozenset(
    {
        "label",
        "classification_code",
        "classification_name",
        "code_class",
        "code_section",
        "code_item",
        "function_code",
        "function_name",
        "function",
        "department_economic_code",
        "department_economic_name",
        "department_economic",
        "government_economic_code",
        "government_economic_name",
        "government_economic",
        "project_name",
        "project_code",
        "organisation",
        "organisation_code",
        "organisation_or_item",
    }
)
_YEAR = re.compile(r"(20\d{2})年?(?:度)?")
_UNIT = re.compile(
    r"\(?(?:单位[:：]?)?(?:人民币)?(?:亿元|百万元|万元|千元|元)\)|\((?:亿元|万元|千元|元)\)"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_LEADING = re.compile(r"^(?:其中|[一二三四五六七八九十]{1,2}、|\d{1,2}[、.])[:：]?")
_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[(（][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}\s*[、.．]\D)"
)
_ORDINAL = re.compile(
    r"\d{1,2}|\d{1,2}[=+\-*/%\d()…．.×]{1,60}|栏次|行次|[A-Z甲乙丙丁]|\*+|—|-|--|——"
)

_ORDINAL_WORDS = frozenset(
    {"合计", "项目", "类", "款", "项", "科目名称", "科目编码", "类款项", "序号", "备注"}
)
_MAYBE_AMOUNT = re.compile(r"[算数率比增减%％额]|20\d\d|上年")
_AMOUNT_WORDS = frozenset({"amount", "change", "growth_ratio", "execution_ratio", "share_ratio"})
_LONGEST_ORDINAL = 16
_MOST_REPEATS = 24
_BARE_YEAR = HeaderRule("measure", "amount", None, None, Validity(None, None))


def printed_once(text: str) -> str:
    """Return a header that its cell repeats for each column it was merged over, once."""
    lines = text.split("\n")
    for times in range(min(len(lines), _MOST_REPEATS), 1, -1):
        each = len(lines) // times
        if lines == lines[:each] * times:
            return "\n".join(lines[:each])
    whole = "".join(map(str.strip, lines))
    for times in range(min(len(lines), _MOST_REPEATS), 1, -1):
        if len(whole) % times == 0 and whole == whole[: len(whole) // times] * times:
            return whole[: len(whole) // times]
    return text


@lru_cache(maxsize=16384)
def header_text(text: str, year: int | None) -> str:
    """Return a header folded, with the year as 上年 or nothing, without its money unit."""
    folded = _UNIT.sub("", plain(printed_once(text)))
    if "20" in folded:
        folded = _YEAR.sub(lambda m: _relative(int(m.group(1)), year), folded)
    return folded.strip(":：、.*")


def _relative(stated: int, year: int | None) -> str:
    if year is None or stated == year:
        return ""
    return "上年" if stated == year - 1 else f"{stated}年"


@lru_cache(maxsize=16384)
def lookup(text: str, scope: str | None, year: int | None) -> HeaderRule | None:
    """Return what the header text says within a statement; None when nothing knows it.

    Tried in turn: the text, the text without brackets, the text without 其中 and
    numbering, then a stage or an amount word behind a known header (基本支出决算数).
    """
    folded = header_text(text, year)
    if not folded and text.strip():
        return _BARE_YEAR
    for candidate in _spellings(folded):
        rule = _find(candidate, scope, year)
        if rule is not None:
            return rule
    return _composed(folded, scope, year)


def amount_word(text: str, year: int | None) -> HeaderRule | None:
    """Return the rule of a text that names a stage, a change or a ratio, else None."""
    if len(text) > _LONGEST_ORDINAL or not _MAYBE_AMOUNT.search(text):
        return None
    rule = lookup(text, None, year)
    if rule is None or rule.role != "measure" or rule.measure_code not in _AMOUNT_WORDS:
        return None
    return rule


def _spellings(folded: str) -> list[str]:
    spellings = [folded, _BRACKETS.sub("", folded), _LEADING.sub("", folded)]
    spellings.append(_BRACKETS.sub("", spellings[2]))
    return [s for i, s in enumerate(spellings) if s and s not in spellings[:i]]


def _find(text: str, scope: str | None, year: int | None) -> HeaderRule | None:
    exact, wild = headers()
    text = standard_words(text)
    for key in ((scope or "", text), ("*", text)):
        for rule in exact.get(key, ()):
            if rule.validity.covers(year):
                return rule
    for rule_scope, parts, rule in wild:
        if rule_scope in (scope, "*") and rule.validity.covers(year) and in_order(text, parts):
            return rule
    return None


def _composed(folded: str, scope: str | None, year: int | None) -> HeaderRule | None:
    """Read ``基本支出决算数`` or ``上年基本支出`` as a known header and an amount word."""
    for cut in range(2, min(len(folded) - 1, 9)):
        for head, tail in ((folded[:-cut], folded[-cut:]), (folded[cut:], folded[:cut])):
            word = _find(tail, "*", year)
            if word is None or word.measure_code != "amount" or word.role != "measure":
                continue
            rule = _find(head, scope, year)
            if rule is not None and rule.role in ("measure", "group"):
                return HeaderRule(
                    "measure",
                    rule.measure_code or "amount",
                    word.amount_stage or rule.amount_stage,
                    rule.fund_source,
                    rule.validity,
                )
    return None


def is_ordinal_row(row: Row) -> bool:
    """Tell whether the row numbers the columns (栏次 1 2 3, or A B 1=2+3)."""
    cells = distinct(row)
    if not cells or len(printed_once(cells[0].text)) > _LONGEST_ORDINAL:
        return False
    own = max(cell.row for cell in cells)
    cells = [cell for cell in cells if cell.row == own]  # 序号 runs down from the rows above
    texts = [plain(printed_once(cell.text)) for cell in cells]
    digits = [int(t) for t in texts if t.isdigit() and len(t) <= 2]
    if len(texts) < 2 or not digits:
        return False
    if not all(_ORDINAL.fullmatch(t) or t in _ORDINAL_WORDS or _heads_names(t) for t in texts):
        return False
    if len(digits) == 1:
        return digits == [1] and not {"栏次", "行次"}.isdisjoint(texts)
    steps = [b - a for a, b in pairwise(digits)]
    return all(step > 0 for step in steps) and steps.count(1) * 2 >= len(steps)


def _heads_names(text: str) -> bool:
    """Tell whether the text heads a column of labels: merged down, it is printed again."""
    rule = lookup(text, None, None)
    return rule is not None and rule.role in LABEL_ROLES


def header_count(rows: list[Row], n_columns: int, titled: bool, year: int | None) -> int:
    """Return how many of the first rows are header; 0 when the first row is data.

    A header row holds no figure and mostly words that headers are made of; the row of
    column numbers closes the header. An untitled table must show a word that only
    headers have, or its first rows are taken for data that goes on.
    """
    count = 0
    strict = False
    for position, row in enumerate(rows[:MAX_HEADER_ROWS]):
        cells = distinct(row)
        if not cells:
            if count and count == position and _next_is_header(rows, position, year):
                count = position + 1
                continue
            if count == 0 and position == 0:
                count = 1
                continue
            break
        if is_ordinal_row(row):
            return position + 1
        known = [lookup(cell.text, None, year) or _scoped(cell.text, year) for cell in cells]
        if any(is_number(cell.text) for cell in cells):
            break
        if any(_NUMBERED.match(cell.text) for cell in cells):
            break
        hits = sum(rule is not None for rule in known)
        if len(cells) == 1 and not _is_wide(cells[0].column_span, n_columns, position):
            break
        opens = titled and position == 0 and len(cells) > 1
        if hits * 2 < len(cells) and not opens and not _names_parts(rows, position, year):
            break
        strict = strict or any(_is_strict(rule) for rule in known)
        count = position + 1
    while count and not distinct(rows[count - 1]):
        count -= 1
    return count if strict or titled else 0


def _names_parts(rows: list[Row], position: int, year: int | None) -> bool:
    """Tell whether the row names what a known header above it runs over: 工资福利支出 > 基本工资.

    Each column under the wide header has a name of its own, whether known or not.
    """
    if position == 0:
        return False
    under: dict[str, list[Cell | None]] = {}
    for column, cell in enumerate(rows[position - 1]):
        if cell is not None and column < len(rows[position]):
            under.setdefault(plain(cell.text), []).append(rows[position][column])
    for text, cells in under.items():
        names = [plain(cell.text) for cell in cells if cell is not None and cell.text.strip()]
        if len(cells) < 2 or len(names) < len(cells) or len({*names}) < len(names):
            continue
        if text not in names and lookup(text, None, year) is not None:
            return True
    return False


def _next_is_header(rows: list[Row], position: int, year: int | None) -> bool:
    following = rows[position + 1] if position + 1 < len(rows) else []
    cells = distinct(following)
    return len(cells) > 1 and all(
        not is_number(c.text) and lookup(c.text, None, year) is not None for c in cells
    )


def _is_wide(span: int, n_columns: int, position: int) -> bool:
    return (span * 3 >= n_columns * 2 and n_columns > 2) or (position == 0 and n_columns <= 2)


def _is_strict(rule: HeaderRule | None) -> bool:
    if rule is None:
        return False
    return (
        rule.role in LABEL_ROLES
        or rule.role in ("line_no", "group")
        or (rule.measure_code == "amount")
    )


@lru_cache(maxsize=4096)
def _scoped(text: str, year: int | None) -> HeaderRule | None:
    """Return a rule of any statement for the text, for the question 'is this a header'."""
    exact, _ = headers()
    folded = header_text(text, year)
    for spelling in _spellings(folded):
        for scope in ("F9", "B10", "B13", "B15", "F7", "F5", "F1"):
            rules = exact.get((scope, spelling))
            if rules:
                return rules[0]
    return None
