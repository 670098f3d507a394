"""What ``mingzhang show`` prints (出处显示): one place, from the file to the figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from dagster_project.excerpt import Grid, GridRow, MarkedLine
from dagster_project.origin import Binding, Origin, Use
from dagster_project.show import Shown
from extract.recognise.numbers import read_number

FIGURE = "bold black on bright_yellow"
_LABEL_WIDTH = 18
WIDTH = 110
"""Columns of a terminal that the rows of a table are made for."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_KINDS = {"budget": "预算", "final_account": "决算", "performance": "绩效"}


def print_shown(out: Console, shown: Shown) -> None:
    """Show a place as a person would look it up."""
    source, document = shown.origin.source, shown.origin.document
    for label, text in _head(shown):
        _line(out, label, text)
    for binding in shown.origin.bindings:
        for label, text in _bound_by(binding):
            _line(out, label, text)
    text = source["source_text"].replace("\n", "⏎").replace("\t", "  |  ")
    _line(out, "text 原文", text, style=FIGURE)
    _line(out, "unit 单位", _unit(shown.origin, document))
    for row in shown.origin.quarantined:
        text = f"{row['reason_code']}: {row['reason_zh']} / {row['reason_en']}"
        _line(out, "quarantined 隔离", f"{row['observed']}  {text}", style="yellow")
    if shown.origin.uses:
        out.print()
        for fact in _uses(shown.origin.uses):
            out.print(fact)
    for row in shown.origin.reconciliations:
        for said in _reconciliation(row, source["source_key"]):
            out.print(said)
    for row in shown.origin.findings:
        text = f"{row['code']}: {row['reason_zh']} / {row['reason_en']} ({row['detail']})"
        _line(out, "finding 问题", text, style="yellow")
    if shown.excerpt.lines or shown.excerpt.grid:
        out.print()
    for line in shown.excerpt.lines:
        out.print(_marked(line))
    if shown.excerpt.grid is not None:
        for printed in _grid(shown.excerpt.grid):
            out.print(printed)
    if shown.picture is not None:
        _line(out, "picture 页面图", str(shown.picture))
    for note in shown.notes:
        out.print(f"[dim]{escape(note)}[/]")


def place_text(source: Mapping[str, Any], media_type: str | None) -> str:
    """Say where a place is, in words of a person who holds the file."""
    parts = []
    if source.get("page") is not None:
        parts.append(f"page 第{source['page']}页")
    if source.get("sheet") is not None:
        parts.append(f"sheet 工作表“{source['sheet']}”")
    if source.get("line_start") is not None:
        parts.append(_printed_lines(source, media_type))
    if source.get("table_index") is not None:
        parts.append(f"table 第{source['table_index'] + 1}个表")
        parts.append(f"row 第{source['row_index'] + 1}行")
        parts.append(f"column 第{source['column_index'] + 1}列")
    if source.get("char_start") is not None:
        parts.append(f"characters 字符{source['char_start'] + 1}–{source['char_end']}")
    if source.get("x0") is not None:
        box = ", ".join(f"{source[name]:.1f}" for name in ("x0", "y0", "x1", "y1"))
        parts.append(f"box 坐标 ({box})")
    return ", ".join(parts)


def _printed_lines(source: Mapping[str, Any], media_type: str | None) -> str:
    first, last = source["line_start"], source.get("line_end") or source["line_start"]
    numbers = f"{first}" if first == last else f"{first}–{last}"
    if source.get("sheet") is not None:
        return f"sheet row 工作表第{numbers}行"
    if media_type is None or media_type == "text/plain":
        return f"lines 第{numbers}行"
    return f"paragraph line 正文第{numbers}行"


def _line(out: Console, label: str, text: str, style: str = "") -> None:
    if text:
        head = Text(label + " " * max(1, _LABEL_WIDTH - Text(label).cell_len))
        out.print(head.append(_safe(text), style=style))


def _safe(text: str) -> str:
    """Text of a file that may not steer the terminal, its length unchanged."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _head(shown: Shown) -> Iterator[tuple[str, str]]:
    source, document = shown.origin.source, shown.origin.document
    yield "source 出处", source["source_key"]
    yield "file 文件", str(shown.file or document.get("file_name") or "")
    yield "sha256", source["document_key"][:16]
    kind = document.get("document_kind")
    words = [
        f"{kind} {_KINDS.get(kind, '')}".strip() if kind else "",
        str(document.get("fiscal_year") or ""),
        str(document.get("department_name") or ""),
        "" if document.get("is_current", True) else "not current 非现行版本",
    ]
    yield "document 文档", "  ".join(word for word in words if word)
    yield "title 标题", str(document.get("title") or "")
    yield "place 位置", place_text(source, document.get("media_type"))


def _bound_by(binding: Binding) -> Iterator[tuple[str, str]]:
    if binding.title:
        yield "table 表名", " ".join(binding.title.split())
    number = f"  (line 第{binding.line_no}行, {binding.line_role})" if binding.line_no else ""
    if binding.row:
        yield "row 行", " > ".join(binding.row) + number
    if binding.column:
        yield "column 列", " > ".join(binding.column)


def _unit(origin: Origin, document: Mapping[str, Any]) -> str:
    units = {use.values.get("published_unit") for use in origin.uses}
    known = sorted(unit for unit in units if unit)
    return ", ".join(known) or ("" if units else str(document.get("default_unit") or ""))


def _uses(uses: tuple[Use, ...]) -> Iterator[Text]:
    """One line per fact, in columns that never cut a name or an amount short."""
    rows = []
    for use in uses:
        notes = [
            use.other or "",
            "derived 推算" if use.values.get("value_origin") == "derived" else "",
            "residual 余额" if use.values.get("is_residual") else "",
        ]
        amount = "—" if use.amount_yuan is None else f"{_grouped(use.amount_yuan)} 元"
        stage, measure = use.amount_stage or "", use.measure or ""
        rows.append((use.table, stage, measure, amount, "  ".join(note for note in notes if note)))
    widths = [max(cell_len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        cells = [set_cell_size(row[i], widths[i]) for i in range(3)]
        cells.append(" " * (widths[3] - cell_len(row[3])) + row[3])
        yield Text("fact 数据".ljust(_LABEL_WIDTH - 2) + "  ".join((*cells, row[4])).rstrip())


def _grouped(amount: str) -> str:
    sign, digits = ("-", amount[1:]) if amount.startswith("-") else ("", amount)
    whole, _, rest = digits.partition(".")
    return f"{sign}{int(whole):,}" + (f".{rest}" if rest else "")


def _reconciliation(row: Mapping[str, Any], key: str) -> Iterator[Text]:
    style = "bold red" if row["outcome"] == "violation" else "yellow"
    left = row["left_source_key"] == key
    other = row["right_source_key" if left else "left_source_key"]
    text = Text("check 勾稽  ").append(f"{row['rule_id']} {row['outcome']}", style=style)
    text.append(f"  {row['message_zh']} / {row['message_en']}")
    yield text
    values = [
        f"{name} {row[field]}"
        for name, field in (
            ("left 左", "left_value"),
            ("right 右", "right_value"),
            ("difference 差", "difference"),
            ("tolerance 容差", "tolerance"),
        )
        if row[field] is not None
    ]
    values += [f"this is the {'left 左' if left else 'right 右'} side"]
    values += [f"other side 另一方 {other}"] if other and other != key else []
    yield Text("            " + "  ".join(values), style="dim")


def _marked(line: MarkedLine) -> Text:
    number = "" if line.number is None else f"{line.number:>7} "
    head = Text(number + ("▶ " if line.marks else "  "), style="dim")
    text = _with_marks(line.text, line.marks)
    return head.append_text(text)


def _grid(grid: Grid) -> Iterator[Text]:
    """The rows one below the other, labels cut to what a line holds, figures never."""
    share = WIDTH // (len(grid.columns) + 1)
    shown = [[_cell(row, i, share) for i in range(len(grid.columns))] for row in grid.rows]
    widths = [max(cells[i].cell_len for cells in shown) for i in range(len(grid.columns))]
    for row, cells in zip(grid.rows, shown, strict=True):
        line = Text(f"{row.number:>5} ", style="dim")
        line.append("▶ " if row.marks else "  ")
        for text, width in zip(cells, widths, strict=True):
            line.append_text(text).append(" " * (width - text.cell_len + 2))
        line.rstrip()
        yield line


def _cell(row: GridRow, position: int, width: int) -> Text:
    text = row.cells[position]
    marks = tuple((start, end) for at, start, end in row.marks if at == position)
    if marks:
        return _with_marks(text, marks)
    if read_number(text) is None and cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    return Text(_safe(text), style="dim" if row.header else "default")


def _with_marks(plain: str, marks: tuple[tuple[int, int], ...]) -> Text:
    """Mark ranges by colour, and by brackets for where there are no colours, as in a pipe."""
    text = Text(_safe(plain))
    for start, end in sorted(marks, reverse=True):
        figure = text[start:end]
        figure.stylize(FIGURE)
        text = text[:start] + Text("【") + figure + Text("】") + text[end:]
    return text
