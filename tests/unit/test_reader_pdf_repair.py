"""PDFs with sloppy offsets, which are read, and with moved or changed bytes, which are not."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from benchmarks.pdf_corpus import make
from extract.document import Document
from extract.readers import read_document
from extract.reasons import Rejected

PLAIN = make("plain").data
PACKED = make("object streams").data


def end(data: bytes, moved: int) -> bytes:
    """The file with another startxref."""
    start = data.rindex(b"startxref")
    stated = int(data[start + 9 :].split()[0])
    return data[:start] + b"startxref\n%d\n%%%%EOF\n" % (stated + moved)


def offsets(data: bytes, moved: int) -> bytes:
    """The file with all offsets of its table off by some bytes."""
    row = re.compile(rb"(\d{10})( 00000 n)")
    return row.sub(lambda m: b"%010d" % (int(m[1]) + moved) + m[2], data)


def updated(data: bytes) -> bytes:
    """The file with a second revision of its page tree behind it."""
    start = data.rindex(b"startxref")
    before = int(data[start + 9 :].split()[0])
    tree = re.search(rb"2 0 obj\n(.*?)\nendobj", data, re.DOTALL)
    size = re.search(rb"/Size (\d+)", data)
    assert tree
    assert size
    out = data + b"2 0 obj\n" + tree[1] + b"\nendobj\n"
    out += b"xref\n2 1\n%010d 00000 n \n" % len(data)
    out += b"trailer\n<</Size %s/Root 1 0 R/Prev %d>>\n" % (size[1], before)
    return out + b"startxref\n%d\n%%%%EOF\n" % (len(data) + out[len(data) :].index(b"xref\n2"))


def read(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "made.pdf"
    path.write_bytes(data)
    return read_document(path)


def cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in table.cells] for table in document.tables]


SOUND = {
    "before the header": b"HTTP/1.1 200 OK\r\n\r\n" + PLAIN,
    "before the header of a new file": b"\xef\xbb\xbf" + PACKED,
    "behind the end": PLAIN + b"<html></html>",
    "a wrong size": PLAIN.replace(b"/Size ", b"/Size 1"),
    "no endobj": PLAIN.replace(b"\nendobj\n", b"\n      \n", 3),
    "two revisions": updated(PLAIN),
    "short rows": re.sub(rb"(\d{10} \d{5} [nf]) \n", rb"\1\n", PLAIN),
}
SLOPPY = {
    "startxref too large": (end(PLAIN, 3), "startxref"),
    "startxref too small": (end(PLAIN, -40), "startxref"),
    "startxref of a new file": (end(PACKED, 2), "startxref"),
    "a line added below the header": (
        PLAIN[:9] + b"%a comment\n" + PLAIN[9:],
        "startxref; all objects stand 11 bytes behind",
    ),
    "objects further back": (offsets(PLAIN, 2), "all objects stand 2 bytes before"),
    "numbered from 1": (
        PLAIN.replace(b"xref\n0 ", b"xref\n1 "),
        "the numbers in the table of objects",
    ),
    "much behind the end": (PLAIN + b"\0" * 9000, "9001 bytes behind the end"),
}
REVISED = updated(PLAIN)
STREAM = PLAIN.index(b">>stream\n", 2500) + 60
DAMAGED = {
    "bytes lost": PLAIN[:STREAM] + PLAIN[STREAM + 10 :],
    "bytes lost, others added": PLAIN[:STREAM]
    + PLAIN[STREAM + 10 : STREAM + 200]
    + b" " * 10
    + PLAIN[STREAM + 200 :],
    "one byte added in a stream": PLAIN[:STREAM] + b" " + PLAIN[STREAM:],
    "bytes changed": PLAIN[:STREAM] + bytes(4) + PLAIN[STREAM + 4 :],
    "bytes lost before a second revision": REVISED[:STREAM] + REVISED[STREAM + 3 :],
    "one object elsewhere": re.sub(rb"(\d{9})(\d)( 00000 n)", rb"\g<1>1\3", PLAIN, count=1),
    "the table lost": PLAIN[: PLAIN.rindex(b"xref\n0")],
    "the end lost": PLAIN[: PLAIN.rindex(b"startxref")],
    "line ends rewritten": PLAIN.replace(b"\n", b"\r\n"),
}


@pytest.mark.parametrize("name", SOUND)
def test_what_the_standard_or_every_viewer_allows_is_read(name: str, tmp_path: Path) -> None:
    document = read(tmp_path, SOUND[name])
    kind = PACKED if name.endswith("new file") else PLAIN
    assert cells(document) == cells(read(tmp_path, kind))
    assert document.notes == ()


@pytest.mark.parametrize("name", SLOPPY)
def test_sloppy_offsets_are_put_right_and_told(name: str, tmp_path: Path) -> None:
    data, told = SLOPPY[name]
    document = read(tmp_path, data)
    kind = PACKED if name.endswith("new file") else PLAIN
    assert cells(document) == cells(read(tmp_path, kind))
    assert document.notes == (("PDF_REPAIRED", told),)


@pytest.mark.parametrize("name", DAMAGED)
def test_moved_and_changed_bytes_stay_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Rejected) as error:
        read(tmp_path, DAMAGED[name])
    assert error.value.code == "PDF_DAMAGED"


@pytest.mark.parametrize("kind", ["plain", "object streams", "two revisions"])
def test_lost_doubled_and_added_bytes_never_change_a_figure(kind: str, tmp_path: Path) -> None:
    data = updated(PLAIN) if kind == "two revisions" else make(kind).data
    expected = cells(read(tmp_path, data))
    dice = random.Random(kind)
    refused = 0
    for _ in range(60):
        at, length = dice.randrange(len(data)), dice.choice((1, 2, 3, 10, 40, 300))
        damaged = dice.choice(
            (
                data[:at] + data[at + length :],
                data[:at] + data[max(0, at - length) :],
                data[:at] + b" " * length + data[at:],
            )
        )
        try:
            document = read(tmp_path, damaged)
        except Rejected:
            refused += 1
        else:
            assert cells(document) == expected or document.notes, (at, length)
    assert refused > 45


def test_pages_of_a_broken_file_are_marked(tmp_path: Path) -> None:
    broken = PLAIN.replace(b"/Parent 2 0 R", b"/Parent 2 0 X", 1)
    [(code, detail)] = read(tmp_path, broken).notes
    assert code == "PDF_IRREGULAR"
    assert detail == "3 of 3 pages: a word that is no object"
