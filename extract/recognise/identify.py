"""Which statement a logical table is (认表): title, header and lines must agree.

A title alone is not enough and a number says nothing: the header has to fit the
signature in statements.csv. Without a title that says anything, a header that only one
statement has will do.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.recognise.codes import SCHEMES, plain_code
from extract.recognise.column import Column
from extract.recognise.columns import bind_columns
from extract.recognise.figures import is_number
from extract.recognise.grid import LogicalTable, distinct
from extract.recognise.headers import LABEL_ROLES
from extract.recognise.layout_rules import FUND_WORDS, StatementRule, plain, statements
from extract.recognise.lines import line_rule, read_label, split_code
from extract.recognise.titles import statement_candidates

_INDICATORS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "绩效指标",
    "年度资金总额",
    "资金总额",
    "分值",
    "绩效目标",
    "项目名称",
    "自评得分",
)
_SURE_INDICATORS = frozenset({"一级指标", "二级指标", "三级指标", "绩效指标", "年度资金总额"})
_OF_EVALUATED = frozenset({"项目名称", "自评得分"})
"""Headers that together mark a list of evaluated projects (自评结果汇总表)."""
_BY_ECONOMIC_CLASS = {"F3": "F18", "F5": "F17", "B3": "B16", "B6": "B21"}
"""Listings by function that some provinces print by economic class under the same title."""
_OUTCOMES = frozenset({"execution", "final_account"})
_KIND_OF_STAGE = {"final_account": "final_account", "initial_budget": "budget"}


@dataclass(frozen=True, slots=True)
class Identity:
    """The statement found for a table and its columns as bound for that statement."""

    rule: StatementRule | None
    columns: list[Column]
    performance: bool
    mismatch: str | None = None


def identify(table: LogicalTable, kind: str | None, year: int | None) -> Identity:
    """Return the statement of a table; ``rule`` is None where none fits."""
    performance = looks_like_performance(table)
    candidates = statement_candidates(table.title, kind, year) if table.title else ()
    if not candidates and table.sheet:
        candidates = statement_candidates(table.sheet + "表", kind, year)
    rules = statements()
    if candidates and not table.rows:
        return Identity(rules[candidates[0]], [], False)
    for code in candidates:
        rule = rules[code]
        columns = bind_columns(table, rule, year)
        if _names_another_fund(rule, columns):
            return Identity(None, columns, performance, code)
        if _is_of_outcome(rule, columns) and _has_final(candidates, kind):
            continue
        if _fits(rule.signature, rule, columns, table, performance, year):
            other = _BY_ECONOMIC_CLASS.get(code)
            if other is not None and _lists_economic_classes(table, columns):
                rule = rules[other]
                columns = bind_columns(table, rule, year)
            return Identity(rule, columns, performance)
    if performance:
        return Identity(None, [], True)
    for rule in rules.values():
        if not rule.header_only or (kind in _KIND_OF_STAGE.values() and rule.document_kind != kind):
            continue
        columns = bind_columns(table, rule, year)
        if kind is None and not _stage_agrees(rule, columns):
            continue
        if _fits(rule.header_only, rule, columns, table, performance, year):
            return Identity(rule, columns, performance)
    mismatch = candidates[0] if candidates else None
    return Identity(None, bind_columns(table, None, year), performance, mismatch)


def looks_like_performance(table: LogicalTable) -> bool:
    """Tell whether the table is a form of targets or self-evaluation (绩效表)."""
    found: set[str] = set()
    for row in table.rows[:40]:
        for cell in distinct(row):
            if len(cell.text) < 24:
                text = plain(cell.text).strip(":：")
                found.update(word for word in _INDICATORS if word in text)
        if found & _SURE_INDICATORS or len(found - _OF_EVALUATED) > 2 or found >= _OF_EVALUATED:
            return True
    return False


def _is_of_outcome(rule: StatementRule, columns: list[Column]) -> bool:
    """Tell whether columns of a budget's statement print what was spent in the year."""
    stages = {c.amount_stage for c in columns if c.role == "measure"}
    return rule.document_kind == "budget" and not stages.isdisjoint(_OUTCOMES)


def _has_final(candidates: tuple[str, ...], kind: str | None) -> bool:
    """Tell whether a document of neither kind may mean a final account by the title."""
    rules = statements()
    undecided = kind not in _KIND_OF_STAGE.values()
    return undecided and any(rules[code].document_kind == "final_account" for code in candidates)


def _names_another_fund(rule: StatementRule, columns: list[Column]) -> bool:
    """Tell whether the header says of all amounts that they are of another fund than the title.

    A title that went astray or a header that was copied: two readings are none.
    """
    own = FUND_WORDS.get(rule.fund_source)
    over = ["".join(map(plain, c.path)) for c in columns if c.role == "measure"]
    if own is None or not over:
        return False
    others = [word for word in FUND_WORDS.values() if word != own]
    return all(own not in text and any(word in text for word in others) for text in over)


def _lists_economic_classes(table: LogicalTable, columns: list[Column]) -> bool:
    """Tell whether the codes of the table are those of economic classes (301, 50101) alone."""
    labels = [c.index for c in columns if c.role in LABEL_ROLES]
    schemes: set[str] = set()
    for row in table.body:
        cells = {id(c): c for i in labels if i < len(row) and (c := row[i]) is not None}
        codes = (split_code(plain_code(cell.text.strip()))[0] or "" for cell in cells.values())
        schemes.update(code[0] for code in codes if len(code) in (3, 5, 7))
    schemes &= SCHEMES.keys()
    return bool(schemes) and "2" not in schemes


def figure_count(table: LogicalTable) -> int:
    """Return how many cells hold digits, not counting a first column of row numbers."""
    count = 0
    for row in table.body:
        cells = distinct(row)
        for position, cell in enumerate(cells):
            if is_number(cell.text) and not (position == 0 and plain(cell.text).isdigit()):
                count += 1
    return count


def _stage_agrees(rule: StatementRule, columns: list[Column]) -> bool:
    stages = {c.amount_stage for c in columns if c.amount_stage}
    kinds = {_KIND_OF_STAGE[stage] for stage in stages if stage in _KIND_OF_STAGE}
    if "final_account" in kinds:
        return rule.document_kind == "final_account"
    return rule.document_kind == "budget" and "budget" in kinds


def _fits(
    signature: tuple[str, ...],
    rule: StatementRule,
    columns: list[Column],
    table: LogicalTable,
    performance: bool,
    year: int | None,
) -> bool:
    """Tell whether the header (and the lines, where asked for) carry the signature."""
    facts = {f"measure:{c.measure_code}" for c in columns if c.measure_code}
    facts.update(f"stage:{c.amount_stage}" for c in columns if c.amount_stage)
    facts.add("any")
    if performance:
        facts.add("performance")
    if any(c.block for c in columns):
        facts.add("blocks2")
    if any("line:" in token for token in signature):
        facts.update(_line_facts(rule, columns, table, year))
    for token in signature:
        if token.startswith("!"):
            if token[1:] in facts:
                return False
        elif not any(option in facts for option in token.split("|")):
            return False
    return bool(signature)


def _line_facts(
    rule: StatementRule, columns: list[Column], table: LogicalTable, year: int | None
) -> set[str]:
    labels = [(c.index, c.block > 0) for c in columns if c.role == "label"] or [(0, False)]
    facts: set[str] = set()
    for row in table.rows:
        for index, right in labels:
            cell = row[index] if index < len(row) else None
            if cell is None or not cell.text.strip() or (right and cell is row[index - 1]):
                continue  # what begins in the left half is no line of the right one
            found = line_rule(read_label(cell.text).text, rule.code, year, right)
            if found is not None and found.label_key:
                facts.add(f"line:{found.label_key}")
    return facts
