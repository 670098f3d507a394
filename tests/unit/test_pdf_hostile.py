"""Hostile PDF pages: bounded time, and nothing read that is not there."""

from __future__ import annotations

import time
import tracemalloc
from contextlib import suppress

import pytest

from benchmarks.pdf_writer import Face, Writer
from extract.readers import pdf_bounded
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


def page(content: bytes, about: str = "") -> bytes:
    writer, face = Writer(), Face()
    text = face.show("合计12")
    shown = b"\nBT /F1 9 Tf 10 10 Td " + text.encode() + b" Tj ET"
    writer.page(content + shown, {"F1": face.add_to(writer)}, about)
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


def form(writer: Writer, content: bytes, resources: str = "") -> int:
    return writer.stream(content, f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]{resources}")


def forms_in_forms(content: bytes) -> bytes:
    """A page that draws 10 forms that each draw 10 forms, nine times over."""
    writer = Writer()
    inner = form(writer, content)
    for _ in range(9):
        inner = form(writer, b"/X Do " * 10, f"/Resources<</XObject<</X {inner} 0 R>>>>")
    writer.page(b"/X Do", {}, "", f"/XObject<</X {inner} 0 R>>")
    return writer.data()


def font_with_map(content: bytes) -> bytes:
    writer, face = Writer(), Face(maps=False)
    shown = f"BT /F1 9 Tf 10 10 Td {face.show('合计12')} Tj ET".encode()
    number = face.add_to(writer)
    mapped = b"/ToUnicode %d 0 R>>" % writer.stream(content)
    writer.objects[number - 1] = writer.objects[number - 1].removesuffix(b">>") + mapped
    writer.page(shown, {"F1": number})
    return writer.data()


def tree(depth: int) -> bytes:
    writer = Writer()
    writer.page(b"", {})
    for _ in range(depth):
        node = writer.add(f"<</Type/Pages/Count 1/Kids[{writer.pages[0]} 0 R]>>")
        writer.pages = [node]
    return writer.data()


GLYPHS = b"BT /F1 9 Tf " + b"<" + b"0003" * 300_000 + b"> Tj ET"
BOMBS = {
    "boxes": lambda: page(b"9 9 10 10 re S\n" * 300_000),
    "one long line": lambda: page(b"0 0 m " + b"9 9 l\n" * 1_200_000 + b"S"),
    "characters": lambda: page(GLYPHS),
    "a stream": lambda: page(b" " * 70_000_000),
    "forms": lambda: forms_in_forms(b"0 0 m 5 5 l S"),
    "forms with text": lambda: forms_in_forms(b"BT 9 9 Td ET"),
    "a map": lambda: font_with_map(b"beginbfchar\n" + b"<0001><0031>\n" * 400_000 + b"endbfchar"),
    "a map by ranges": lambda: font_with_map(b"beginbfrange <0000><ffff><0030>" * 400),
    "annotations": lambda: page(b"", "/Annots[" + "<<>>" * 250_000 + "]"),
    "a page tree": lambda: tree(20_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_has_a_reason_and_is_not_built(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_bounded, "_MAX_FORMS", 1000)
    data = BOMBS[name]()
    start = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(Rejected) as error:
            list(pages(data, DEFAULT))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert error.value.code == "RESOURCE_LIMIT"
    assert time.process_time() - start < 20
    assert peak < 200_000_000


@pytest.mark.parametrize("about", ["", "/CropBox[10 10 500 500]"])
def test_contents_in_many_parts_are_bounded_together(about: str) -> None:
    writer = Writer()
    part = writer.stream(b"0 0 m 1 1 l S\n" * 20_000)
    writer.page(b"", {}, about)
    number = writer.pages[0] - 1
    body = writer.objects[number]
    start = body.index(b"/Contents")
    end = body.index(b" R", start)
    many = b"/Contents[" + b"%d 0 R " % part * 1000 + b"]"
    writer.objects[number] = body[:start] + many + body[end + 2 :]
    with pytest.raises(Rejected) as error:
        list(pages(writer.data(), Limits(max_paths_per_page=10_000)))
    assert error.value.code == "RESOURCE_LIMIT"
