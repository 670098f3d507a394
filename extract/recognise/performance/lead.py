"""What the lines between tables say of the next form (表题): whose it is, and its project."""

from __future__ import annotations

import re

from extract.document import Cell, Paragraph
from extract.recognise.numbers import fold
from extract.recognise.performance.rows import Row, Slot, flat

MAX_CAPTION = 60
_DEPARTMENT = re.compile(r"部门整体|整体支出|整体绩效|单位整体")
_TITLE = re.compile(r"绩效[^。;；]{0,20}表(?:[(（].{0,20}[)）])?$")
_NAMED = re.compile(r"\s{0,8}(?:项目|专项)名称\s?[:：]\s{0,4}(?P<name>\S(?:[^\s:：]| (?! )){1,60})")


class Lead:
    """The last title and the last name before a form."""

    def __init__(self) -> None:
        self.of_department = False
        """Whether the title is that of a form of the whole department (部门整体)."""
        self._title: str | None = None
        self._named: Slot | None = None

    def read(self, paragraph: Paragraph) -> bool:
        """Read a line; tell whether it is a title other than the last.

        The head of a page repeats the title of the form that goes on.
        """
        self._named = _named_in(paragraph) or self._named
        return self._title_in(paragraph.text.strip())

    def read_row(self, row: Row) -> bool:
        """Read a row that holds one text and nothing else; tell whether it is another title."""
        own = [text for text in row.own_texts if text]
        return len(own) == 1 and self._title_in(own[0])

    def _title_in(self, text: str) -> bool:
        if len(text) > MAX_CAPTION or "绩效" not in text:
            return False
        self.of_department = _DEPARTMENT.search(text) is not None
        if _TITLE.search(text) is None:
            return False
        before, self._title = self._title, fold(text)
        return before != self._title

    def take_named(self) -> Slot | None:
        """Return the project named since the last form, once."""
        named, self._named = self._named, None
        return named


def _named_in(paragraph: Paragraph) -> Slot | None:
    found = _NAMED.match(paragraph.text)
    if found is None:
        return None
    cell = Cell(found["name"], -1, -1, paragraph.place_of(*found.span("name")))
    return Slot(flat(found["name"]), cell, -1, 1, True)
