"""Hard PDF pages: tables as producers print them, and as readers stumble over them.

Each kind is one file of some pages, with the figures that are printed in its cells.
The same seed makes the same bytes. Chinese text needs no font file: codes are our own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from benchmarks.pdf_writer import HEIGHT, WIDTH, Face, Writer

PAGES = 3
_ITEMS = (
    "行政运行",
    "事业单位离退休",
    "住房公积金",
    "机关服务",
    "其他支出",
    "信息化建设",
    "Item A",
)
_COLUMNS = (60.0, 130.0, 270.0, 360.0, 450.0, 540.0)


@dataclass(frozen=True, slots=True)
class HardFile:
    """A generated file: its kind, its bytes, and the figures of each page's cells."""

    kind: str
    data: bytes
    figures: list[list[str]]


@dataclass(slots=True)
class Style:
    """How the tables of a file are drawn and printed."""

    rules: str = "lines"
    """lines, rects (thin filled boxes), boxes (stroked), double, white, zebra or none."""
    rows: int = 18
    merged: bool = False
    text: Callable[[Sheet, float, float, str], None] | None = None
    """Prints the text of a cell, where not plainly."""
    extra: Callable[[Sheet], None] | None = None
    """Prints what stands on the page besides the table."""
    before: str = ""
    """Set around the page's content, such as a scale."""
    after: str = ""
    scale: float = 1.0
    flipped: bool = False


@dataclass(slots=True)
class Sheet:
    """The content of a page while it is written."""

    dice: random.Random
    face: Face
    style: Style
    out: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    font: str = "F1"
    simple: bool = False
    """Text in a simple font: Latin only, as literal strings."""

    def show(self, text: str) -> str:
        """The text as a string operand."""
        return f"({text})" if self.simple else self.face.show(text)

    def text(self, x: float, y: float, text: str, size: float = 9.0) -> None:
        """Print text at a place."""
        scale = self.style.scale
        x, y, size = x * scale, y * scale, size * scale
        turn = f"1 0 0 -1 {x:.2f} {HEIGHT - y:.2f}" if self.style.flipped else f"1 0 0 1 {x} {y}"
        self.out.append(f"BT /{self.font} {size:g} Tf {turn} Tm {self.show(text)} Tj ET")

    def cell(self, x: float, y: float, text: str) -> None:
        """Print the text of a cell in the manner of this file."""
        (self.style.text or Sheet.text)(self, x, y, text)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a straight line in the manner of this file."""
        scale, kind = self.style.scale, self.style.rules
        if self.style.flipped:
            y0, y1 = HEIGHT - y0, HEIGHT - y1
        x0, y0, x1, y1 = (v * scale for v in (x0, y0, x1, y1))
        if kind in ("rects", "zebra"):
            self.out.append(f"{x0:g} {y0:g} {max(x1 - x0, 0.48):g} {max(y1 - y0, 0.48):g} re f")
        elif kind != "none":
            self.out.append(f"{x0:g} {y0:g} m {x1:g} {y1:g} l S")
            if kind == "double":
                self.out.append(f"{x0 + 1.5:g} {y0 + 1.5:g} m {x1 + 1.5:g} {y1 + 1.5:g} l S")

    def table(self) -> None:
        """Draw and fill one table."""
        style, step = self.style, 32.0
        top, rows = 760.0, style.rows
        if style.rules == "white":
            self.out.append("1 1 1 RG")
        if style.rules == "boxes":
            for row in range(rows):
                for left, right in pairwise(_COLUMNS):
                    y = top - (row + 1) * step
                    self.out.append(f"{left} {y} {right - left} {step} re S")
        else:
            self._rules(top, rows, step)
        for row in range(rows):
            y = top - row * step
            if style.rules == "zebra" and row % 2:
                self.out.append(f".9 g {_COLUMNS[0]} {y - step} 480 {step} re f 0 g")
            self._fill(row, y - 19)

    def _rules(self, top: float, rows: int, step: float) -> None:
        bottom = top - rows * step
        for row in range(rows + 1):
            self.rule(_COLUMNS[0], top - row * step, _COLUMNS[-1], top - row * step)
        for number, x in enumerate(_COLUMNS):
            start = top - step if self.style.merged and number in (1, 4) else top
            self.rule(x, bottom, x, start)

    def _fill(self, row: int, y: float) -> None:
        dice = self.dice
        name = "Item" if self.simple else dice.choice(_ITEMS)
        self.cell(_COLUMNS[0] + 4, y, f"{dice.randint(201, 229)}{dice.randint(1, 99):02d}")
        self.cell(_COLUMNS[1] + 4, y, name)
        if len(name) > 6 and not self.simple:
            self.cell(_COLUMNS[1] + 4, y - 10, "（续）")
        for x in _COLUMNS[2:-1]:
            if row and dice.random() < 0.8:
                figure = f"{dice.randint(1, 99_999_999) / 100:,.2f}"
                self.figures.append(figure)
                self.cell(x + 6, y, figure)


def _bold(shift: float) -> Callable[[Sheet, float, float, str], None]:
    def text(sheet: Sheet, x: float, y: float, text: str) -> None:
        sheet.text(x, y, text)
        sheet.text(x + shift, y, text)

    return text


def _overlapping(sheet: Sheet, x: float, y: float, text: str) -> None:
    sheet.text(x, y, text)
    if sheet.dice.random() < 0.2:
        sheet.text(x + 2.2, y, "批注")


def _kerned(sheet: Sheet, x: float, y: float, text: str) -> None:
    pieces = " -280 ".join(sheet.show(sign) for sign in text)
    sheet.out.append(f"BT /{sheet.font} 9 Tf 1 0 0 1 {x} {y} Tm [{pieces}] TJ ET")


def _stretched(sheet: Sheet, x: float, y: float, text: str) -> None:
    sheet.out.append(f"BT /{sheet.font} 9 Tf 80 Tz .3 Tc 2 Ts 1 0 0 1 {x} {y} Tm")
    sheet.out.append(f"{sheet.show(text)} Tj 100 Tz 0 Tc 0 Ts ET")


def _single_signs(sheet: Sheet, x: float, y: float, text: str) -> None:
    for sign in text:
        sheet.text(round(x, 2), y, sign)
        x += sheet.face.width(sign) * 9


def _invisible(sheet: Sheet, x: float, y: float, text: str) -> None:
    sheet.out.append("BT 3 Tr ET")
    sheet.text(x, y, text)
    sheet.out.append("BT 0 Tr ET")


def _replaced(sheet: Sheet, x: float, y: float, text: str) -> None:
    sheet.out.append("/Span<</ActualText(X)>>BDC")
    sheet.text(x, y, text)
    sheet.out.append("EMC")


def _upwards(sheet: Sheet) -> None:
    sheet.out.append(f"BT /{sheet.font} 9 Tf 0 1 -1 0 75 500 Tm {sheet.show('合计')} Tj ET")


def _slanting(sheet: Sheet) -> None:
    sheet.out.append("q .7 .7 -.7 .7 300 60 cm 0 0 80 40 re S Q 20 20 m 560 120 l S")


def _clipped(sheet: Sheet) -> None:
    sheet.out.append("q 0 0 10 10 re W n")
    sheet.text(200, 100, "看不见")
    sheet.out.append("300 100 m 400 100 l S Q")


def _curves(sheet: Sheet) -> None:
    sheet.out.append("60 60 m 80 90 120 90 140 60 c h S 200 60 m 300 60 l 300 90 l 200 90 l h B")


def _picture(sheet: Sheet) -> None:
    sheet.out.append("q 20 0 0 20 60 60 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q")


def _off_page(sheet: Sheet) -> None:
    sheet.text(-200, 900, "纸外")


def make(kind: str, seed: int = 1) -> HardFile:
    """Make the file of a kind."""
    if kind not in KINDS:
        raise ValueError(f"no such kind of page: {kind}")
    dice = random.Random(f"{kind} {seed}")
    style, face, options = KINDS[kind]()
    writer = Writer(packed=bool(options.get("packed")))
    sheets = [
        Sheet(dice, face, style, simple=bool(options.get("simple_font"))) for _ in range(PAGES)
    ]
    contents: list[bytes] = []
    for sheet in sheets:
        sheet.text(200, 790, "Table" if sheet.simple else "收入支出决算总表", 14)
        sheet.table()
        if style.extra:
            style.extra(sheet)
        body = "\n".join(["0.5 w", style.before, *sheet.out, style.after])
        contents.append(body.encode("latin-1"))
    simple = options.get("simple_font")
    fonts = {"F1": writer.add(str(simple)) if simple else face.add_to(writer)}
    about = str(options.get("page", ""))
    writer.catalog = str(options.get("catalog", ""))
    for content in contents:
        if options.get("form"):
            named = f"/Resources<</Font<</F1 {fonts['F1']} 0 R>>>>"
            box = f"/Type/XObject/Subtype/Form/BBox[0 0 {WIDTH} {HEIGHT}]"
            form = writer.stream(content, box + named)
            writer.page(b"q /X1 Do Q", {}, about, f"/XObject<</X1 {form} 0 R>>")
        else:
            writer.page(content, fonts, about, str(options.get("resources", "")))
    return HardFile(kind, writer.data(), [sheet.figures for sheet in sheets])


def corpus(seed: int = 1) -> Iterator[HardFile]:
    """Yield one file of each kind."""
    for kind in KINDS:
        yield make(kind, seed)


_Kind = Callable[[], tuple[Style, Face, dict[str, object]]]


def _kind(style: Style | None = None, face: Face | None = None, **options: object) -> _Kind:
    def build() -> tuple[Style, Face, dict[str, object]]:
        fresh = face or Face()
        fresh.codes.clear()
        return style or Style(), fresh, options

    return build


_HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica{}>>"
_SWAPPED = "/Encoding<</Type/Encoding/Differences[49/two/one]>>"
_NOTE = "/Annots[<</Type/Annot/Subtype/FreeText/Rect[200 50 300 70]/Contents(9)/AP<<>>>>]"
_GB1 = {"maps": False, "ordering": "GB1", "name": "STSong-Light"}

KINDS: dict[str, _Kind] = {
    "plain": _kind(),
    "dense": _kind(Style(rows=22, text=_single_signs)),
    "thin rects": _kind(Style(rules="rects")),
    "stroked boxes": _kind(Style(rules="boxes")),
    "double rules": _kind(Style(rules="double")),
    "zebra fills": _kind(Style(rules="zebra")),
    "hidden white rules": _kind(Style(rules="white")),
    "no rules": _kind(Style(rules="none")),
    "merged cells": _kind(Style(merged=True)),
    "slanting lines": _kind(Style(extra=_slanting)),
    "curves": _kind(Style(extra=_curves)),
    "clipped": _kind(Style(extra=_clipped)),
    "picture": _kind(Style(extra=_picture)),
    "off the page": _kind(Style(extra=_off_page)),
    "bold struck twice": _kind(Style(text=_bold(0.3))),
    "bold on the spot": _kind(Style(text=_bold(0.0))),
    "overlapping text": _kind(Style(text=_overlapping)),
    "kerned figures": _kind(Style(text=_kerned)),
    "stretched text": _kind(Style(text=_stretched)),
    "invisible text": _kind(Style(text=_invisible)),
    "replacement text": _kind(Style(text=_replaced)),
    "turned text": _kind(Style(extra=_upwards)),
    "scaled": _kind(Style(before="q .5 0 0 .5 0 0 cm", after="Q", scale=2.0)),
    "flipped": _kind(Style(before=f"q 1 0 0 -1 0 {HEIGHT} cm", after="Q", flipped=True)),
    "cropped": _kind(page="/CropBox[100 100 500 700]"),
    "shifted page box": _kind(page=f"/MediaBox[20 30 {WIDTH + 20} {HEIGHT + 30}]"),
    "rotated page": _kind(page="/Rotate 90"),
    "user unit": _kind(page="/UserUnit 2"),
    "in a form": _kind(form=True),
    "object streams": _kind(packed=True),
    "annotation": _kind(page=_NOTE),
    "UniGB-UCS2-H": _kind(face=Face(encoding="UniGB-UCS2-H", codec="utf-16-be", **_GB1)),
    "GBK-EUC-H": _kind(face=Face(encoding="GBK-EUC-H", codec="gbk", **_GB1)),
    "UniGB-UTF16-H": _kind(face=Face(encoding="UniGB-UTF16-H", codec="utf-16-be", **_GB1)),
    "UniGB-UCS2-H, object streams": _kind(
        face=Face(encoding="UniGB-UCS2-H", codec="utf-16-be", **_GB1), packed=True
    ),
    "vertical writing": _kind(face=Face(encoding="Identity-V")),
    "no ToUnicode": _kind(face=Face(maps=False)),
    "private use": _kind(face=Face(replaced={"8": "\ue123", "支": "\ue124"})),
    "unknown sign": _kind(face=Face(replaced={"5": "\ufffd"})),
    "several letters": _kind(face=Face(replaced={"支": "支出"})),
    "Helvetica": _kind(simple_font=_HELVETICA.format("/Encoding/WinAnsiEncoding")),
    "Helvetica, no encoding": _kind(simple_font=_HELVETICA.format("")),
    "swapped digits": _kind(simple_font=_HELVETICA.format(_SWAPPED)),
}
