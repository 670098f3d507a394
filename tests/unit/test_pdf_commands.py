"""Commands of pages that no check sum guards: whole, damaged, or none."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.pdf_writer import Face, Writer
from extract.document import Document
from extract.readers import read_document
from extract.readers.pdf_commands import check_commands
from extract.readers.pdf_syntax import Broken
from extract.reasons import Rejected

WHOLE = {
    "states and boxes": b"q 1 0 0 1 0 0 cm\n10 20.5 -3 .4 re W* n Q",
    "text": b"BT /F1 9 Tf 10.8 TL (a\\)(b)) Tj <00 1A> Tj [(a) -20 (b)]TJ T* ET",
    "signs at once": b"0 0 0 rg/G0 gs[1 2]0 d 0.5w 5 5m 6 6l S",
    "marked": b"/P <</MCID 0/A<</B(c)>>>> BDC EMC /Artifact BMC EMC",
    "colours": b"/Cs8 cs 1 scn /P1 scn 0 0 0 1 k .5 .5 SCN",
    "a comment": b"% 1 2 re\nq Q\n",
    "a picture": b"q BI /W 1 /H 1 ID \x80\xff1 re EI Q",
    "nothing": b" \n",
}
DAMAGED = {
    "a figure that became a sign": b"0 0 m 352.687i 469.2756 89.4 24.25 re S",
    "a point that became a sign": b"BT /F2 9 Tf 10.k TL ET",
    "an operand lost": b"1 0 0 1 10 Tm",
    "an operator that became a figure": b"10 20 m 30 40 1 S",
    "text without its string": b"BT Tj ET",
    "a number that ends in a sign": b"10 2x 30 40 re S",
    "a number that ends in a byte": b"10 2\xbb 30 40 re S",
    "a name without its stroke": b"BT 9 Tf ET",
}
STRANGE = {
    "an unknown word": b"q 1 0 0 1 0 0 zz Q",
    "a number with an exponent": b"1e-05 0 0 1 0 0 cm",
    "a number that is none": b"0 -1.#IND m",
    "bytes of no command": b"q \x9e Q",
    "a string without end": b"BT (12.5 Tj ET",
    "a bracket without end": b"BT [(12.5) Tj ET",
}


@pytest.mark.parametrize("name", WHOLE)
def test_whole_commands(name: str) -> None:
    check_commands(WHOLE[name])


@pytest.mark.parametrize("name", DAMAGED)
def test_a_command_without_its_operands_is_damage(name: str) -> None:
    with pytest.raises(Rejected) as error:
        check_commands(DAMAGED[name])
    assert error.value.code == "PDF_DAMAGED"


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_command_is_told(name: str) -> None:
    with pytest.raises(Broken):
        check_commands(STRANGE[name])


@pytest.mark.parametrize("part", [b"(", b"<<", b"[1 ", b"/A <<", b"1 ", b"((()))", b"q ", b"% "])
def test_the_check_takes_no_time(part: bytes) -> None:
    start = time.process_time()
    with suppress(Broken):
        check_commands(part * 300_000)
    assert time.process_time() - start < 3


def stored(content: bytes) -> bytes:
    """A file whose page is stored as it is, without a check sum."""
    writer, face = Writer(), Face()
    shown = b"BT /F1 9 Tf 1 0 0 1 60 700 Tm " + face.show("合计12.50").encode() + b" Tj ET\n"
    writer.page(b"", {"F1": face.add_to(writer)})
    number = writer.add(
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown + content), shown + content)
    )
    page = writer.pages[0] - 1
    old = writer.objects[page].partition(b"/Contents ")[2].split()[0]
    writer.objects[page] = writer.objects[page].replace(
        b"/Contents " + old, b"/Contents %d" % number
    )
    return writer.data()


def read(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "made.pdf"
    path.write_bytes(data)
    return read_document(path)


def test_a_page_stored_as_it_is_is_read_by_the_fast_engine(tmp_path: Path) -> None:
    document = read(tmp_path, stored(b"10 20 30 40 re S"))
    assert [p.text for p in document.paragraphs] == ["合计12.50"]
    assert [(r.engine, r.pages) for r in document.readings] == [("fast", 1)]
    assert document.notes == ()


def test_a_damaged_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as error:
        read(tmp_path, stored(b"10 2x 30 40 re S"))
    assert error.value.code == "PDF_DAMAGED"


def test_a_string_that_ends_amid_a_code_is_damage(tmp_path: Path) -> None:
    whole, torn = b"BT <000100020003> Tj ET", b"BT <0001000200> Tj ET"
    read(tmp_path, stored(whole))
    with pytest.raises(Rejected) as error:
        read(tmp_path, stored(torn))
    assert (error.value.code, error.value.detail) == (
        "PDF_DAMAGED",
        "a string that ends amid a code",
    )


def test_a_page_with_what_is_no_command_is_told(tmp_path: Path) -> None:
    document = read(tmp_path, stored(b"10 20 30 40 re \xbb S"))
    assert [p.text for p in document.paragraphs] == ["合计12.50"]
    assert document.notes == (
        ("PDF_IRREGULAR", "1 of 1 pages: something among its commands is none"),
    )
