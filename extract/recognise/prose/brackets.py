"""Brackets in a sentence (括号): which of them hold figures, and what stands before one.

A bracket that holds a figure separates as commas do; in any other, commas separate nothing.
Knows no words.
"""

from __future__ import annotations

import re

from extract.recognise.prose.skeleton import FIGURE

OPEN, CLOSE = "\ue010", "\ue011"
_ASIDE = "\ue012"
_MAX_ASIDE = 80
SEPARATOR = re.compile(f"[，。；：{OPEN}{CLOSE}]")


def mark_brackets(work: str) -> str:
    """Return the text with the brackets that hold figures turned into separators.

    In the other brackets commas separate nothing: （款，下同） belongs to a name.
    """
    chars = list(work)
    stack: list[tuple[int, int]] = []
    seen = 0
    for i, char in enumerate(chars):
        if char == FIGURE:
            seen += 1
        elif char == "（":
            stack.append((i, seen))
        elif char == "）" and stack:
            start, before = stack.pop()
            if seen > before:
                chars[start], chars[i] = OPEN, CLOSE
            elif i - start <= _MAX_ASIDE:
                for k in range(start + 1, i):
                    if SEPARATOR.match(chars[k]):
                        chars[k] = _ASIDE
    for start, before in stack:
        if seen > before and start:
            chars[start] = OPEN
    return "".join(chars)


def words_before(text: str, start: int) -> tuple[str, int] | None:
    """Return the words before a bracket that opens right before ``start``, and where they start.

    None where no bracket opens there, or a figure stands before it: 增加5万元（3%）.
    """
    if start < 2 or text[start - 1] != OPEN:
        return None
    words = SEPARATOR.split(text[max(0, start - _MAX_ASIDE) : start - 1])[-1]
    return None if words.endswith(FIGURE) else (words, start - 1 - len(words))
