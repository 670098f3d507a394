"""Turns of phrase with made amounts: subject, measure, comparison and stage of each figure."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from benchmarks.corpus import cases
from benchmarks.factory.blocks import Fact, Paragraph
from extract.datasets import NarrativeFigureRow
from tests.unit.test_prose import read

_FIRST, _LAST = "七、收支变动情况", "政府采购支出："


def _turns(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs of the further explanation, none where the document has none."""
    starts = [i for i, p in enumerate(paragraphs) if p.text == _FIRST]
    ends = [i for i, p in enumerate(paragraphs) if p.text.startswith(_LAST)]
    return paragraphs[starts[0] : ends[0] + 1] if starts else []


def _stated(fact: Fact) -> tuple[object, ...]:
    number = Decimal(unicodedata.normalize("NFKC", fact.text).replace(",", ""))
    stage = None if fact.measure == "count" else fact.stage
    return (abs(number), fact.subject, fact.measure, fact.comparator, stage)


def _read(row: NarrativeFigureRow) -> tuple[object, ...]:
    number = abs(Decimal(row.number_text or "NaN"))
    stage = None if row.measure == "count" else row.amount_stage
    return (number, row.subject, row.measure, row.comparator, stage)


def test_every_figure_of_every_turn_is_read_for_what_it_is() -> None:
    checked = 0
    for case in cases("frontier", 60):
        made = case.disclosure
        turns = _turns([block for block in made.blocks if isinstance(block, Paragraph)])
        if not turns:
            continue
        rows = read(*(p.text for p in turns), kind="final_account", year=made.year).figures
        expected = [_stated(fact) for paragraph in turns for fact in paragraph.facts]
        assert [_read(row) for row in rows] == expected, case.name
        checked += len(expected)
    assert checked > 100
