"""Building blocks of every account table: heading, codes, measure columns, hierarchy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.factory.blocks import Block, Cell, Fact, PageBreak, Paragraph, Row, Table
from benchmarks.factory.catalogue import function_name
from benchmarks.factory.model import ZERO, Account, Keep, everything
from benchmarks.factory.style import Style

ZH = "〇一二三四五六七八九十"


def chinese(number: int) -> str:
    """Return a number from 1 to 39 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{ZH[tens]}十")
    return head + (ZH[ones] if ones else "")


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure column: header, measure code, stage, and how a leaf adds to it."""

    header: str
    code: str
    stage: str
    field: str
    keep: Keep = everything
    group: str = ""
    """A header cell above several measures."""
    item: str = ""
    """The economic class that the column is of, where classes are columns."""


@dataclass(slots=True)
class Sheet:
    """One table being built: statement, title and the number in its document."""

    account: Account
    style: Style
    statement: str
    number: int
    title: str

    @property
    def full_title(self) -> str:
        """The title as this family prints it, with its prefix."""
        prefix = self.style.title_prefix.format(n=self.number, zh=chinese(self.number))
        return prefix + self.style.word(self.title).format(year=self.account.year)

    def money(
        self,
        label: str,
        measure: str,
        stage: str,
        amount: Decimal,
        code: str | None = None,
        economic: str | None = None,
        item: str = "",
    ) -> Cell:
        """Return the cell of an amount, with its fact where something is printed."""
        numbers = self.style.numbers
        text = numbers.text(amount)
        if not any(ch.isdigit() for ch in text):
            return Cell(text)
        fact = Fact(
            self.statement,
            label,
            measure,
            stage,
            text,
            numbers.unit,
            numbers.yuan(text),
            code=code,
            economic=economic,
            subject=item or None,
        )
        return Cell(text, fact)

    def heading(self, width: int) -> tuple[list[Block], list[Row]]:
        """Return the blocks above the table and the heading rows inside it."""
        unit = self.style.unit_line.format(unit=self.style.numbers.unit)
        office = self.style.office_line.format(office=self.account.office.name)
        form = self.style.form_line.format(n=self.number)
        place = self.style.unit_place
        if place == "row":
            row = spread([(f"{office}  {unit}".strip(), 1, width)], width)
            return [PageBreak(self.full_title), Paragraph((self.full_title,), "caption")], [row]
        if place == "title":
            return [
                PageBreak(self.full_title),
                Paragraph((f"{self.full_title}（{unit}）",), "caption"),
            ], []
        if place == "paragraph":
            line = f"公开{self.number:02d}表      部门：{self.account.office.name}      {unit}"
            return [
                PageBreak(self.full_title),
                Paragraph((self.full_title,), "caption"),
                Paragraph((line,), "right"),
            ], []
        if place == "header":
            lines = [Paragraph((self.full_title,), "caption")]
            lines += [Paragraph((text,), "right") for text in (form, office) if text]
            return [PageBreak(self.full_title), *lines], []
        if self.style.title_in_table:
            rows = [
                spread([(self.full_title, 1, width)], width),
                spread([("", 1, width - 1), (unit, 1, 1)] if width > 1 else [(unit, 1, 1)], width),
            ]
            return [PageBreak(self.full_title)], rows
        lines = [Paragraph((self.full_title,), "caption")]
        if form:
            lines.append(Paragraph((form,), "right"))
        lines.append(Paragraph((f"{office}    {unit}" if office else unit,), "right"))
        return [PageBreak(self.full_title), *lines], []


def spread(cells: Iterable[tuple[str, int, int]], width: int) -> Row:
    """Lay (text, row span, column span) side by side; covered positions are None."""
    row: Row = []
    for text, row_span, column_span in cells:
        row.append(Cell(text, None, row_span, column_span))
        row.extend([None] * (column_span - 1))
    row.extend([Cell("")] * (width - len(row)))
    return row


def finish(
    sheet: Sheet, header: list[Row], body: list[Row], widths: Sequence[float], note: str = ""
) -> list[Block]:
    """Put heading, header and body together as the blocks of one statement."""
    above, inside = sheet.heading(len(widths))
    if sheet.style.unit_place == "header":
        header = _united(header, body, sheet.style.numbers.unit)
    rows = [*inside, *header, *body]
    blocks: list[Block] = [
        *above,
        Table(tuple(map(tuple, rows)), len(inside) + len(header), tuple(widths)),
    ]
    if note:
        blocks.append(Paragraph((note,), "note"))
    return blocks


def _united(header: list[Row], body: list[Row], unit: str) -> list[Row]:
    """Put the unit behind the lowest header of every column that holds amounts."""
    out = [list(row) for row in header]
    columns = {c for row in body for c, cell in enumerate(row) if cell is not None and cell.fact}
    for c in columns:
        for row in reversed(out):
            cell = row[c]
            if cell is not None and cell.text and not cell.text.isdigit():
                row[c] = Cell(f"{cell.text}（{unit}）", None, cell.row_span, cell.column_span)
                break
    return out


def code_headers(style: Style) -> list[str]:
    """Return the headers of the label columns of a table by function."""
    code, name = style.word("科目编码"), style.word("科目名称")
    if style.three_codes:
        return [code, "", "", name]
    if style.codes in ("one", "dashed"):
        return [code, name]
    return ["支出功能分类科目" if style.codes == "joined" else name]


def code_cells(style: Style, code: str, year: int) -> list[Cell | None]:
    """Return the label cells of the line of ``code``."""
    name = function_name(code, year)
    if style.three_codes:
        parts = [code[:3], code[3:5], code[5:7]]
        if style.codes == "three_sparse":
            level = len(code) // 2 - 1
            parts = [part if index == level else "" for index, part in enumerate(parts)]
        elif style.codes == "three_full":
            parts = [code[:n] if len(code) == n else "" for n in (3, 5, 7)]
        return [*(Cell(part) for part in parts), Cell(name)]
    if style.codes == "indent":
        return [Cell("\u3000" * (len(code) // 2 - 1) + name)]
    if style.codes == "bracket":
        return [Cell(f"[{code}]{name}")]
    if style.codes == "behind":
        return [Cell(f"{name}（{code}）")]
    if style.codes == "round":
        return [Cell(f"（{code}）{name}")]
    if style.codes == "dashed":
        return [
            Cell("-".join(part for part in (code[:3], code[3:5], code[5:]) if part)),
            Cell(name),
        ]
    if style.codes == "one":
        return [Cell(code), Cell(name)]
    if style.codes == "joined":
        return [Cell(f"{code}-{name}")]
    return [Cell("  " * (len(code) // 2 - 1) + f"{code} {name}")]


def function_header(sheet: Sheet, measures: Sequence[Measure]) -> list[Row]:
    """Return the header rows of a table by function: groups, measures, 类款项, 栏次."""
    style = sheet.style
    labels = code_headers(style)
    width = len(labels) + len(measures)
    deep = any(m.group for m in measures)
    three = style.three_codes
    depth = 2 if deep or three else 1
    top: list[tuple[str, int, int]] = []
    if three:
        top += [(labels[0], 1, 3), (labels[3], depth, 1)]
    else:
        top += [(label, depth, 1) for label in labels]
    low: Row = [Cell("类"), Cell("款"), Cell("项"), None] if three else [None] * len(labels)
    index = 0
    while index < len(measures):
        group = measures[index].group
        run = index
        while run < len(measures) and measures[run].group == group:
            run += 1
        if group:
            top.append((group, 1, run - index))
            low += [Cell(style.word(m.header)) for m in measures[index:run]]
        else:
            top += [(style.word(m.header), depth, 1) for m in measures[index:run]]
            low += [None] * (run - index)
        index = run
    rows = [spread(top, width)] + ([low] if depth == 2 else [])
    if style.line_numbers:
        numbers: Row = [Cell("栏次", None, 1, len(labels)), *([None] * (len(labels) - 1))]
        rows.append([*numbers, *(Cell(str(i + 1)) for i in range(len(measures)))])
    return rows


def codes_of(account: Account, keep: Keep) -> list[str]:
    """Return 类, 款 and 项 codes of the leaves kept, parents before children."""
    items = {leaf.function for leaf in account.leaves if keep(leaf)}
    return sorted({code[:n] for code in items for n in (3, 5, 7)})


def function_table(
    sheet: Sheet, measures: Sequence[Measure], keep: Keep, note: str = "", items_only: bool = False
) -> list[Block]:
    """Build a table by function class with one column per measure."""
    account, style = sheet.account, sheet.style
    labels = len(code_headers(style))
    body: list[Row] = []
    for code in codes_of(account, keep):
        if items_only and len(code) < 7:
            continue
        row: Row = code_cells(style, code, account.year)
        for m in measures:
            amount = account.sum(
                m.field,
                lambda leaf, c=code, m=m: (
                    leaf.function.startswith(c) and keep(leaf) and m.keep(leaf)
                ),
            )
            row.append(
                sheet.money(
                    function_name(code, account.year),
                    m.code,
                    m.stage,
                    amount,
                    code=None if style.codes == "indent" else code,
                    item=m.item,
                )
            )
        body.append(row)
    total: Row = [Cell("合计", None, 1, labels), *([None] * (labels - 1))]
    for m in measures:
        amount = account.sum(m.field, lambda leaf, m=m: keep(leaf) and m.keep(leaf))
        total.append(sheet.money("合计", m.code, m.stage, amount, item=m.item))
    if any(account.sum(m.field, keep) != ZERO for m in measures):
        body = [total, *body] if style.total_first else [*body, total]
    else:
        body = [[Cell("") for _ in range(labels + len(measures))]]
    wide = (0.7, 0.6, 0.6, 3.2) if style.three_codes else (4.0,)
    wide = (1.5, 3.2) if style.codes in ("one", "dashed") else wide
    return finish(
        sheet, function_header(sheet, measures), body, (*wide, *([1.9] * len(measures))), note
    )


def two_sided(
    sheet: Sheet,
    left: Sequence[tuple[str, str, Cell]],
    right: Sequence[tuple[str, str, Sequence[Cell]]],
    amount_header: str,
    right_headers: Sequence[str],
) -> list[Block]:
    """Build a revenue | expenditure table; entries are (label, role, cells).

    Entries with role ``foot`` line up at the bottom of both halves, as publishers do.
    """
    style = sheet.style
    numbered = style.line_numbers
    columns = len(right_headers)

    def split(entries: Sequence[tuple]) -> tuple[list, list]:  # type: ignore[type-arg]
        return [e for e in entries if e[1] != "foot"], [e for e in entries if e[1] == "foot"]

    (left_body, left_foot), (right_body, right_foot) = split(left), split(right)
    height = max(len(left_body), len(right_body))
    foot = max(len(left_foot), len(right_foot))
    gap_left = ("", "", Cell(""))
    gap_right = ("", "", [Cell("")] * columns)
    lefts = [
        *left_body,
        *([gap_left] * (height - len(left_body))),
        *left_foot,
        *([gap_left] * (foot - len(left_foot))),
    ]
    rights = [
        *right_body,
        *([gap_right] * (height - len(right_body))),
        *right_foot,
        *([gap_right] * (foot - len(right_foot))),
    ]
    extra = 1 if numbered else 0
    width = 2 + extra + 1 + extra + columns
    item = style.word("项目")
    header = [
        spread([("收入", 1, 2 + extra), ("支出", 1, 1 + extra + columns)], width),
        [
            Cell(item),
            *([Cell("行次")] if numbered else []),
            Cell(amount_header),
            Cell(item),
            *([Cell("行次")] if numbered else []),
            *(Cell(h) for h in right_headers),
        ],
    ]
    if numbered:
        header.append(
            [
                Cell("栏次"),
                Cell(""),
                Cell("1"),
                Cell("栏次"),
                Cell(""),
                *(Cell(str(i + 2)) for i in range(columns)),
            ]
        )
    body: list[Row] = []
    for index, (one, other) in enumerate(zip(lefts, rights, strict=True)):
        row: Row = [Cell(one[0])]
        if numbered:
            row.append(Cell(str(index + 1)))
        row += [one[2], Cell(other[0])]
        if numbered:
            row.append(Cell(str(height + foot + index + 1)))
        row += list(other[2])
        body.append(row)
    number = [0.6] if numbered else []
    widths = (3.6, *number, 2.0, 3.6, *number, *([2.0] * columns))
    return finish(sheet, header, body, widths)
