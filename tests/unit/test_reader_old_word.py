"""DOC and WPS: with a stand-in for LibreOffice, and with LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.xls_writer import compound
from extract.extraction import Extraction, Rejection, extract_file
from extract.pool import extract_files
from extract.readers import old_word, read_document
from extract.readers.limits import Limits
from extract.reasons import Rejected

SAMPLES = Path(__file__).parents[2] / "samples"
WORD = "上海市松江区司法局2024年度部门决算.docx"
FORMS = "北京市延庆区人力资源和社会保障局2022年度部门决算.docx"
BYTES = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + b"\x00" * 600

office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"
)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program on the path that writes a DOCX for each DOC, and return its log of starts."""
    folder = tmp_path / "bin"
    folder.mkdir()
    log = tmp_path / "starts"
    program = folder / "soffice"
    program.write_text(
        "#!/bin/sh\n"
        f"echo start >> '{log}'\n"
        'while [ $# -gt 0 ]; do\n  case "$1" in\n    --outdir) out="$2"; shift;;\n'
        f"    *.doc) grep -q hang \"$1\" && sleep 600; cp '{SAMPLES / WORD}' "
        '"$out/$(basename "$1" .doc).docx";;\n  esac\n  shift\ndone\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return log


def documents(tmp_path: Path, count: int) -> list[Path]:
    paths = [tmp_path / f"{number}.doc" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(BYTES + bytes([number]))
    return paths


@pytest.mark.usefixtures("stand_in")
def test_a_document_is_what_the_converter_makes_of_it(tmp_path: Path) -> None:
    [path] = documents(tmp_path, 1)
    assert read_document(path).blocks == read_document(SAMPLES / WORD).blocks
    assert read_document(path).media_type == "application/msword"


def test_many_documents_share_one_start(tmp_path: Path, stand_in: Path) -> None:
    paths = [*documents(tmp_path, 5), SAMPLES / WORD]
    results = dict(extract_files(paths, workers=2))
    assert results.keys() == set(paths)
    assert all(isinstance(result, Extraction) for result in results.values())
    assert stand_in.read_text() == "start\n"


@pytest.mark.usefixtures("stand_in")
def test_one_that_hangs_costs_only_itself(tmp_path: Path) -> None:
    paths = documents(tmp_path, 4)
    paths[1].write_bytes(BYTES + b"hang")
    limits = Limits(seconds_per_conversion=2)
    results = dict(extract_files(paths, workers=2, limits=limits))
    assert results[paths[1]] == Rejection("TIMEOUT", "LibreOffice did not end in 2 s")
    assert [isinstance(results[path], Extraction) for path in paths] == [True, False, True, True]


def test_a_converter_that_makes_nothing_is_told(tmp_path: Path, stand_in: Path) -> None:
    [path] = documents(tmp_path, 1)
    (stand_in.parent / "bin" / "soffice").write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(Rejected, match="could not convert"):
        read_document(path)


@pytest.mark.usefixtures("stand_in")
def test_a_password_is_told_from_a_conversion_that_fails(tmp_path: Path) -> None:
    path = tmp_path / "locked.doc"
    head = b"\xec\xa5\xc1\x00" + bytes(6)
    path.write_bytes(compound("WordDocument", head + b"\x00\x01" + bytes(5000)))
    with pytest.raises(Rejected) as caught:
        read_document(path)
    assert caught.value.code == "OFFICE_ENCRYPTED"
    path.write_bytes(compound("WordDocument", head + b"\x00\x02" + bytes(5000)))
    assert read_document(path).blocks


@pytest.mark.usefixtures("stand_in")
def test_spreadsheets_are_not_candidates(tmp_path: Path) -> None:
    [path] = documents(tmp_path, 1)
    assert old_word.is_candidate(path)
    assert not old_word.is_candidate(path.rename(tmp_path / "a.xls"))
    assert not old_word.is_candidate(SAMPLES / WORD)
    assert not old_word.is_candidate(tmp_path / "missing.doc")


def facts(path: Path) -> Counter[tuple[Any, ...]]:
    result = extract_file(path)
    assert isinstance(result, Extraction), result
    rows = [
        *(
            (r.statement_code, r.number_text, r.published_unit)
            for r in result.rows["statement_cell"]
        ),  # type: ignore[union-attr]
        *((r.subject, r.measure, r.published_text) for r in result.rows["narrative_figure"]),  # type: ignore[union-attr]
        *((r.level3, r.target_text, r.actual_text) for r in result.rows["performance_indicator"]),  # type: ignore[union-attr]
    ]
    return Counter(rows)


@office
@pytest.mark.slow
@pytest.mark.parametrize(("name", "suffix"), [(WORD, ".doc"), (FORMS, ".doc"), (FORMS, ".wps")])
def test_libreoffice_gives_the_facts_of_the_docx(tmp_path: Path, name: str, suffix: str) -> None:
    (tmp_path / "made.docx").write_bytes((SAMPLES / name).read_bytes())
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to"]
    command += ["doc:MS Word 97", "--outdir", str(tmp_path), str(tmp_path / "made.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    old = (tmp_path / "made.doc").rename(tmp_path / f"old{suffix}")
    sound = facts(SAMPLES / name)
    assert sum(sound.values()) > 50
    assert facts(old) == sound


@office
@pytest.mark.slow
def test_libreoffice_gives_the_facts_of_the_real_text(shared_dir: Path) -> None:
    folder = shared_dir / "disclosures"
    [text] = (folder / "text").glob("002*.txt")
    missing = facts(text) - facts(folder / "rendered" / "002.doc")
    assert not missing
