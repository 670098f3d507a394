"""Raised characters (上标): the mark of a note is not part of the figure it stands at.

``123.45`` with a raised ``1`` behind it is one figure and a note, and never ``123.451``.
Formats tell what is raised; what of it is a mark is decided here for all of them.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"[\s\d*＊※†‡#注①-⒇\[\]()（）〔〕【】,，、;；-]{1,12}")
_UNIT = re.compile(r"[A-Za-z]\s*$")


def is_note_mark(raised: str, before: str) -> bool:
    """Tell whether raised characters are the mark of a note, by what stands before them.

    Behind a letter they are part of a unit (m²).
    """
    return bool(before.strip()) and _MARK.fullmatch(raised) is not None and not _UNIT.search(before)
