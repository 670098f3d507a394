"""Damaged files: a few rounds of the fuzzer, and the damage that a PDF shows by its offsets."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import fuzz
from benchmarks.corpus import case
from benchmarks.factory.writers import write
from extract.readers.limits import DEFAULT
from extract.readers.xref import mend_offsets
from extract.reasons import Rejected

PDF = write(case("development", 20).disclosure, ".pdf").data


def test_a_whole_pdf_is_where_its_table_says() -> None:
    assert mend_offsets(PDF, DEFAULT) == (PDF, "")
    assert mend_offsets(b"mail header\n" + PDF, DEFAULT) == (PDF, "")


@pytest.mark.parametrize(
    "data",
    [
        PDF[: len(PDF) // 2],
        PDF[:3000] + PDF[3010:],
        PDF[:3000] + PDF[2900:],
        PDF[:200] + PDF[4000:9000] + PDF[200:4000] + PDF[9000:],
    ],
    ids=["cut off", "bytes lost", "bytes doubled", "parts exchanged"],
)
def test_a_pdf_whose_bytes_moved_is_damaged(data: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        mend_offsets(data, DEFAULT)
    assert caught.value.code == "PDF_DAMAGED"


def test_damage_neither_crashes_nor_invents_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = fuzz.generated()
    made.update(fuzz.derived(made))
    assert {".zip", ".mht", ".xls"} < {Path(name).suffix for name in made}
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
        assert fuzz.all_figures(fuzz.read(tmp_path / name)), name
    monkeypatch.setattr(fuzz, "originals", lambda: iter(made.items()))
    outcomes = list(fuzz.run(40, tmp_path))
    assert [o for o in outcomes if o.fault] == []
    assert {o.verdict for o in outcomes} > {"read"}
