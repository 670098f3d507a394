"""A second look at the text of a page (复核): how many glyphs, and which figures.

Reads the strings that a page's contents show, and of each font's map to Unicode the
entries for figures only. It knows no places; but an engine that loses or changes a
digit counts other figures than these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from extract.readers.pdf_syntax import Unreadable

FIGURES = "0123456789.,-"
_SIGNS = {
    digits: sign
    for sign in FIGURES
    for width in (2, 3, 4)
    for digits in (b"%0*x" % (width, ord(sign)), b"%0*X" % (width, ord(sign)))
}
"""By their code in Unicode, in hexadecimals."""
_SHOWN = re.compile(
    rb"[</(qQ](?:(?<=<)(?:([0-9A-Fa-f\s]+)>"
    rb"|<(?:[^<>()]|<(?!<)|>(?!>)|\((?:[^\\()]|\\.)*+\))*+>>)"
    rb"|(?<=/)([^\s\x00/<>\[\]()]+)[\s\x00]+[-+.\d]+[\s\x00]+Tf\b"
    rb"|(?<=([qQ]))(?=[\s\x00])|(?<=\()((?:[^\\()]|\\.)*+)(.?))",
    re.DOTALL,
)
"""Strings, fonts, saved and restored states. Begins with one set of signs: much faster."""
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_LITERAL = re.compile(rb"\(((?:[^\\()]|\\.)*+)(.?)|<<[^<>]*+>>", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_TARGET = re.compile(rb"<([0-9A-Fa-f]+)>")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True, slots=True)
class Alphabet:
    """How a font writes figures: the length of its codes, and those of the figures."""

    code_bytes: int
    figures: Mapping[bytes, str]
    """By code in hexadecimals, lower and upper case."""
    codes: int = 0
    """How many codes its map to Unicode tells, those named twice counted twice."""


def plain_alphabet() -> Alphabet:
    """The figures of a simple font with a standard encoding."""
    figures: dict[bytes, str] = {}
    for sign in FIGURES:
        _take(figures, ord(sign), sign, 2)
    return Alphabet(1, figures)


def mapped_alphabet(mapping: bytes, code_bytes: int) -> Alphabet:
    """The figures of a font by its map to Unicode (ToUnicode)."""
    figures: dict[bytes, str] = {}
    width, codes = 2 * code_bytes, 0
    for section in mapping.split(b"beginbf")[1:]:
        body = section.partition(b"endbf")[0]
        if body.startswith(b"char"):
            for code, target in _PAIR.findall(body):
                sign = _SIGNS.get(target)
                if sign is None and len(target) > 4:
                    sign = _SIGNS.get(b"".join(target.split()))
                # A later entry replaces an earlier one.
                if sign or len(code) != width or code.lower() in figures:
                    _take(figures, int(b"".join(code.split()), 16), sign, width)
            continue
        for low, high, start, targets in _RANGE.findall(body):
            first, last = int(low, 16), int(high, 16)
            codes += max(last - first, 0)
            if start:
                base = int(start, 16)
                for sign in FIGURES:
                    if 0 <= ord(sign) - base <= last - first:
                        _take(figures, first + ord(sign) - base, sign, width)
            else:
                for code, target in enumerate(_TARGET.findall(targets), first):
                    _take(figures, code, _SIGNS.get(target), width)
    return Alphabet(code_bytes, figures, codes)


def figure_widths(
    alphabet: Alphabet, widths: Mapping[int, float], default: float | None
) -> dict[str, float]:
    """Widths of the figures in parts of the font size, by the widths of the codes."""
    found: dict[str, float] = {}
    for code, sign in alphabet.figures.items():
        width = widths.get(int(code, 16), default)
        if width is not None:
            found[sign] = width / 1000
    return found


def _take(figures: dict[bytes, str], code: int, sign: str | None, width: int) -> None:
    for key in {b"%0*x" % (width, code), b"%0*X" % (width, code)}:
        if sign:
            figures[key] = sign
        else:
            figures.pop(key, None)


def count_shown(
    contents: Iterable[bytes], alphabets: Mapping[bytes, Alphabet], *, careful: bool = False
) -> tuple[int, Counter[str]]:
    """Count the glyphs that the contents show, and the figures among them.

    ``alphabets`` are those of the fonts by the names that the contents use. What is not
    ``careful`` is fast and right for nearly all pages; it knows no strings with blanks
    and no fonts that come back with an earlier state. Raises Unreadable where a string
    or its font cannot be told.
    """
    glyphs = 0
    figures: Counter[str] = Counter()
    content = b"\n".join(contents)
    if careful:
        shown = _shown_with_care(content)
    elif len(alphabets) < 2 or _mixed(alphabets):
        shown = _by_notation(content, alphabets)
    else:
        shown = _shown(content)
    for font, strings in shown.items():
        if not strings:
            continue
        alphabet = alphabets.get(font)
        if alphabet is None:
            raise Unreadable("text in a font that is not named")
        width = 2 * alphabet.code_bytes
        joined = b"".join(strings)
        glyphs += (len(joined) + width - 1) // width
        if len(joined) > width * len(strings):
            strings = [joined[i : i + width] for i in range(0, len(joined), width)]
        counted = Counter(strings)
        for code, sign in alphabet.figures.items():
            if code in counted:
                figures[sign] += counted[code]
    return glyphs, figures


def codes_shown(contents: Iterable[bytes], font: bytes) -> set[int]:
    """The codes of two bytes that the contents show in a font. Raises Unreadable."""
    shown = b"".join(_shown_with_care(b"\n".join(contents)).get(font, ()))
    return {int(shown[i : i + 4], 16) for i in range(0, len(shown), 4)}


def has_torn_codes(content: bytes, alphabets: Mapping[bytes, Alphabet]) -> bool:
    """Whether a string ends amid a code: a byte of it was lost, and others read as one sign."""
    return any(
        font in alphabets and any(len(text) % (2 * alphabets[font].code_bytes) for text in strings)
        for font, strings in _shown_with_care(content).items()
    )


def _mixed(alphabets: Mapping[bytes, Alphabet]) -> bool:
    return len({alphabet.code_bytes for alphabet in alphabets.values()}) > 1


def _by_notation(content: bytes, alphabets: Mapping[bytes, Alphabet]) -> dict[bytes, list[bytes]]:
    """The strings as if each length of code had one font and one notation.

    Word writes codes of two bytes as hexadecimals and others in brackets, and takes up
    fonts that it set before: what was set last says little.
    """
    if b" Tf" in content and not any(b"/" + font + b" " in content for font in alphabets):
        raise Unreadable("text in a font that is not named")
    fonts = {alphabet.code_bytes: font for font, alphabet in alphabets.items()}
    longest, shortest = fonts.get(max(fonts, default=0), b""), fonts.get(min(fonts, default=0), b"")
    by_font = {longest: _HEX.findall(content)}
    if b"(" in content:
        by_font.setdefault(shortest, []).extend(_literals(content))
    return by_font


def _shown(content: bytes) -> dict[bytes, list[bytes]]:
    """The strings shown in each font, as hexadecimals."""
    parts_of: dict[bytes, list[bytes]] = {}
    font = b""
    for part in content.split(b" Tf"):
        parts_of.setdefault(font, []).append(part)
        font = part[part.rfind(b"/") + 1 :].partition(b" ")[0]
    by_font: dict[bytes, list[bytes]] = {}
    for font, parts in parts_of.items():
        shown = b"\n".join(parts)
        by_font[font] = _HEX.findall(shown)
        if b"(" in shown:
            by_font[font] += _literals(shown)
    return by_font


def _literals(content: bytes) -> list[bytes]:
    """The strings in brackets, as hexadecimals."""
    literals = _LITERAL.findall(content)
    if any(end == b"(" for _, end in literals):
        raise Unreadable("brackets inside a string")
    return [_unescaped(literal).hex().encode() for literal, end in literals if end]


def _shown_with_care(content: bytes) -> dict[bytes, list[bytes]]:
    by_font: dict[bytes, list[bytes]] = {}
    font, stack = b"", list[bytes]()
    strings = by_font.setdefault(font, [])
    for digits, selected, saved, literal, end in _SHOWN.findall(content):
        if digits:
            strings.append(b"".join(digits.lower().split()))
        elif saved == b"q":
            stack.append(font)
        elif selected or saved:
            font = selected or (stack.pop() if stack else b"")
            strings = by_font.setdefault(font, [])
        elif end == b")":
            strings.append(_unescaped(literal).hex().encode())
        elif end:
            raise Unreadable("brackets inside a string")
    return by_font


def _unescaped(literal: bytes) -> bytes:
    return _ESCAPE.sub(_plain, literal) if b"\\" in literal else literal


def _plain(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    if sign[:1].isdigit():
        return bytes([int(sign, 8) & 255])
    return b"" if sign in (b"\r\n", b"\n", b"\r") else _ESCAPES.get(sign, sign)
