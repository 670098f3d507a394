"""Hostile PDF pages: bounded time, and nothing read that is not there."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from benchmarks.pdf_writer import Face, Writer
from extract.readers.limits import DEFAULT, Limits
from extract.readers.pdf_engine import pages
from extract.readers.pdf_shown import count_shown, mapped_alphabet, plain_alphabet
from extract.readers.pdf_syntax import Unreadable, parse
from extract.reasons import Rejected

N = 100_000
CONTENTS = {
    "open strings": b"BT (" * N,
    "open codes": b"<0001" * N,
    "open dictionaries": b"<<" * N,
    "escapes": b"(\\" * N,
    "states": b"q " * N,
    "fonts": b"/F1 9 Tf " * N,
    "lines": b"0 0 m\n" + b"10 10 l 20 400 l\n" * N + b"S",
}


def page(content: bytes) -> bytes:
    writer, face = Writer(), Face()
    text = face.show("合计12")
    shown = b"\nBT /F1 9 Tf 10 10 Td " + text.encode() + b" Tj ET"
    writer.page(content + shown, {"F1": face.add_to(writer)})
    return writer.data()


@pytest.mark.parametrize("name", CONTENTS)
def test_a_hostile_page_takes_seconds(name: str) -> None:
    start = time.process_time()
    with suppress(Rejected):
        list(pages(page(CONTENTS[name]), DEFAULT))
    assert time.process_time() - start < 10


def test_contents_that_unpack_to_too_much() -> None:
    with pytest.raises(Rejected) as error:
        list(pages(page(b" " * 5_000_000), Limits(max_unpacked_bytes=1_000_000)))
    assert error.value.code == "RESOURCE_LIMIT"


@pytest.mark.parametrize("data", [b"[" * 500, b"<<" * 500, b"(" * 500, b"<</A>>", b"[1 2>>", b""])
def test_what_is_no_object(data: bytes) -> None:
    with pytest.raises(Unreadable):
        parse(data, 0)


def test_objects_as_they_are_written() -> None:
    data = rb"<</A 12 0 R/B[1 -.5 true null]/C(a\(b)/D<4f6>/E#20F/x % no" + b"\n/G<</H 3>>>>"
    value, end = parse(data, 0)
    assert end == len(data)
    assert value == {
        "A": (12,),
        "B": [1, -0.5, True, None],
        "C": rb"a\(b",
        "D": b"O`",
        "E F": "x",
        "G": {"H": 3},
    }


def test_figures_are_counted_by_the_maps_of_their_fonts() -> None:
    mapping = b"""2 beginbfchar <0003> <0031> <000A> <652F> endbfchar
        2 beginbfrange <0010> <0019> <0030> <0020> <0021> [<0035> <0036>] endbfrange"""
    alphabets = {b"F1": mapped_alphabet(mapping, 2), b"F2": plain_alphabet()}
    content = rb"/F1 9 Tf <0003000a> Tj [<0012>-20<0021>] TJ q /F2 9 Tf (1\0512) Tj Q <0020> Tj"
    glyphs, figures = count_shown([content], alphabets, careful=True)
    assert (glyphs, dict(figures)) == (8, {"1": 2, "2": 2, "6": 1, "5": 1})


def test_text_in_a_font_without_name_is_not_counted() -> None:
    with pytest.raises(Unreadable):
        count_shown([b"/F9 9 Tf <0003> Tj"], {b"F1": plain_alphabet()})
