from __future__ import annotations

import datetime as dt
import hashlib
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from dagster_project import manifest
from dagster_project.files import scan
from dagster_project.manifest import Known, Plan, has_new, plan
from dagster_project.schema import ManifestRow
from extract.readers import read_document
from extract.readers.abilities import abilities

NOW = dt.datetime(2024, 5, 1)


def known(content: str, status: str = "loaded", reason: str | None = None) -> ManifestRow:
    return ManifestRow(
        content_sha256=content,
        path="",
        file_name="",
        size_bytes=0,
        mtime_ns=0,
        media_type=None,
        parser_version="v1",
        status=status,
        rows=1,
        reason_code=reason,
        detail=None,
        first_seen_at=NOW,
        last_seen_at=NOW,
        attempts=1,
        load_id="l",
    )


def after(first: Plan, *rows: ManifestRow) -> Known:
    files = {path: (size, mtime, key) for path, size, mtime, key in first.seen}
    return Known(files, first.archives, rows)


def test_scan_goes_down_and_skips_what_is_hidden_or_outside(tmp_path: Path) -> None:
    landing, outside = tmp_path / "landing", tmp_path / "outside"
    for folder in (landing / "2023", landing / ".git", outside):
        folder.mkdir(parents=True)
    for path in (
        landing / "b.txt",
        landing / "2023" / "a.pdf",
        landing / ".DS_Store",
        landing / ".git" / "x",
        outside / "secret.txt",
    ):
        path.write_text(path.name)
    (landing / "link.txt").symlink_to(outside / "secret.txt")
    (landing / "folder").symlink_to(outside)
    (landing / "inside.txt").symlink_to(landing / "b.txt")
    (landing / "nowhere.txt").symlink_to(tmp_path / "missing")
    os.mkfifo(landing / "pipe")
    (landing / "~$b.docx").write_text("left behind by an office program")
    found = {str(file.path.relative_to(landing)): file.fault for file in scan(landing)}
    assert [name for name, fault in found.items() if fault is None] == [
        "2023/a.pdf",
        "b.txt",
        "inside.txt",
    ]
    assert {name: fault for name, fault in found.items() if fault is not None} == {
        "folder": ("NOT_A_FILE", "a link that leads out of the folder"),
        "link.txt": ("NOT_A_FILE", "a link that leads out of the folder"),
        "nowhere.txt": ("NOT_A_FILE", "a link to nothing"),
        "pipe": ("NOT_A_FILE", "a pipe"),
    }


def test_what_is_no_file_is_reported_once_and_forgotten_when_it_is_gone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    first = plan(scan(tmp_path), Known(), "v1")
    [content] = first.to_read
    assert content.refusal == ("NOT_A_FILE", "a pipe")
    row = replace(known(content.key, "quarantined", "NOT_A_FILE"), path=content.file.shown)
    assert plan(scan(tmp_path), after(first, row), "v1").empty
    (tmp_path / "pipe").unlink()
    later = plan(scan(tmp_path), after(first, row), "v1")
    assert later.gone == {content.key}
    assert not later.empty


def test_bytes_that_changed_while_they_were_read_are_forgotten(tmp_path: Path) -> None:
    rows = [known("old", "quarantined", "READ_ERROR"), known("bad", "quarantined", "PDF_DAMAGED")]
    assert plan(scan(tmp_path), Known(manifest=rows), "v1").gone == {"old"}


def zipped(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_members_of_an_archive_are_documents_of_their_own(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"2023/b.txt": b"b", "c.txt": b"c", "../d.txt": b"d"})
    (tmp_path / "plain.txt").write_bytes(b"c")
    work = plan(scan(tmp_path), Known(), "v1")
    by_name = {content.file.name: content for content in work.to_read}
    assert by_name.keys() == {"a.zip/2023/b.txt", "plain.txt", "a.zip/__/d.txt"}
    assert by_name["a.zip/2023/b.txt"].key == hashlib.sha256(b"b").hexdigest()
    assert by_name["plain.txt"].key == hashlib.sha256(b"c").hexdigest()  # also a member
    refusal = by_name["a.zip/__/d.txt"].refusal
    assert refusal is not None
    assert refusal[0] == "ARCHIVE_UNSAFE_MEMBER"
    assert {Path(path).name for path, *_ in work.seen} == {"a.zip", "plain.txt"}
    (tmp_path / "a.zip").unlink()
    assert plan(scan(tmp_path), after(work), "v1").vanished == {str(tmp_path / "a.zip")}


def test_an_unchanged_archive_costs_a_stat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zipped(tmp_path / "a.zip", {"b.txt": b"b", "../d.txt": b"d"})
    first = plan(scan(tmp_path), Known(), "v1")
    rows = [
        replace(
            known(c.key, "quarantined" if c.refusal else "loaded", c.refusal and c.refusal[0]),
            path=c.file.shown,
        )
        for c in first.to_read
    ]

    def forbidden(*_: object) -> None:
        raise AssertionError("the archive was opened")

    with monkeypatch.context() as patch:
        patch.setattr(manifest, "sha256", forbidden)
        patch.setattr(manifest, "members_of", forbidden)
        again = plan(scan(tmp_path), after(first, *rows), "v1")
    assert again.empty
    assert (again.unchanged, len(again.present)) == (1, 2)


def test_an_archive_under_a_new_name_is_known_by_its_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zipped(tmp_path / "a.zip", {"b.txt": b"b"})
    first = plan(scan(tmp_path), Known(), "v1")
    (tmp_path / "a.zip").rename(tmp_path / "renamed.zip")

    def forbidden(*_: object) -> None:
        raise AssertionError("the archive was opened")

    monkeypatch.setattr(manifest, "members_of", forbidden)
    moved = plan(scan(tmp_path), after(first, known(first.to_read[0].key)), "v1")
    assert moved.to_read == []
    assert moved.arrived == {first.to_read[0].key}


def test_a_new_parser_looks_into_the_archive_again(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"b.txt": b"b"})
    first = plan(scan(tmp_path), Known(), "v1")
    row = known(first.to_read[0].key)
    again = plan(scan(tmp_path), after(first, row), "v2")
    assert [c.file.name for c in again.to_read] == ["a.zip/b.txt"]
    assert again.archives.keys() == first.archives.keys()


def test_an_archive_that_was_refused_as_a_file_is_no_longer_in_quarantine(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"b.txt": b"b"})
    key = hashlib.sha256((tmp_path / "a.zip").read_bytes()).hexdigest()
    row = known(key, "quarantined", "FORMAT_UNSUPPORTED")
    work = plan(scan(tmp_path), Known(manifest=[row]), "v2")
    assert work.gone == {key}
    assert [c.file.name for c in work.to_read] == ["a.zip/b.txt"]


def test_scan_needs_the_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="LANDING_DIR"):
        scan(tmp_path / "missing")


def test_unchanged_files_cost_a_stat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("a")
    first = plan(scan(tmp_path), Known(), "v1")
    key = hashlib.sha256(b"a").hexdigest()
    assert [content.key for content in first.to_read] == [key]

    def forbidden(file: object) -> None:
        raise AssertionError(f"read {file}")

    monkeypatch.setattr(manifest, "sha256", forbidden)
    again = plan(scan(tmp_path), after(first, known(key)), "v1")
    assert again.empty
    assert again.unchanged == 1
    assert again.present == {key}


def test_new_files_are_told_by_a_stat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    os.mkfifo(tmp_path / "pipe")
    first = plan(scan(tmp_path), Known(), "v1")
    unread = {str(tmp_path / "b.txt"): (-1, 0, "stand-in")}
    known_now = Known({**after(first).files, **unread})
    monkeypatch.setattr(manifest, "sha256", None)
    assert not has_new(scan(tmp_path), known_now)
    (tmp_path / "a.txt").write_text("changed")
    assert has_new(scan(tmp_path), known_now)
    assert has_new(scan(tmp_path), Known())


def test_known_bytes_under_a_new_name_are_the_same_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    first = plan(scan(tmp_path), Known(), "v1")
    key = first.to_read[0].key
    (tmp_path / "copy.txt").write_text("a")
    second = plan(scan(tmp_path), after(first, known(key)), "v1")
    assert second.to_read == []
    assert [(Path(path).name, content) for path, _, _, content in second.seen] == [
        ("copy.txt", key)
    ]


def test_two_new_files_of_one_content_are_read_once_by_the_first_name(tmp_path: Path) -> None:
    for name in ("z.txt", "b.txt"):
        (tmp_path / name).write_text("same")
    work = plan(scan(tmp_path), Known(), "v1")
    assert [content.file.path.name for content in work.to_read] == ["b.txt"]
    assert len(work.seen) == 2


def test_a_new_parser_reads_again_and_a_changed_file_is_new(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("a")
    first = plan(scan(tmp_path), Known(), "v1")
    key = first.to_read[0].key
    assert [c.key for c in plan(scan(tmp_path), after(first, known(key)), "v2").to_read] == [key]
    file.write_text("changed")
    changed = plan(scan(tmp_path), after(first, known(key)), "v1")
    assert [c.key for c in changed.to_read] == [hashlib.sha256(b"changed").hexdigest()]


@pytest.mark.parametrize(
    ("reason", "retry", "reads"),
    [("PDF_DAMAGED", False, 0), ("PDF_DAMAGED", True, 1), ("READ_ERROR", False, 1)],
)
def test_quarantined_documents_wait_for_a_reason(
    tmp_path: Path, reason: str, retry: bool, reads: int
) -> None:
    (tmp_path / "a.txt").write_text("a")
    first = plan(scan(tmp_path), Known(), "v1")
    row = known(first.to_read[0].key, "quarantined", reason)
    assert len(plan(scan(tmp_path), after(first, row), "v1", retry=retry).to_read) == reads


def test_a_file_that_cannot_be_read_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("a")

    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    files = scan(tmp_path)
    monkeypatch.setattr(Path, "open", refuse)
    first = plan(files, Known(), "v1")
    assert [c.refusal for c in first.to_read] == [("READ_ERROR", "Permission denied")]
    row = known(first.to_read[0].key, "quarantined", "READ_ERROR")
    assert plan(files, after(first, row), "v1").empty
    monkeypatch.undo()
    assert [c.refusal for c in plan(files, after(first, row), "v1").to_read] == [None]


def test_the_parser_version_follows_code_and_layouts() -> None:
    assert manifest.parser_version() == manifest.parser_version()
    code, *able = manifest.parser_version().split("+")
    assert len(code) == 16
    assert able == list(abilities())


def test_names_in_gb18030_are_shown_and_known_again(tmp_path: Path) -> None:
    folder = tmp_path / "二〇二三"
    folder.mkdir()
    path = folder / os.fsdecode("某县财政局2023年度部门决算.txt".encode("gb18030"))
    path.write_text("x")
    [file] = scan(tmp_path)
    assert file.name == "某县财政局2023年度部门决算.txt"
    assert file.shown == f"{folder}/某县财政局2023年度部门决算.txt"
    first = plan([file], Known(), "v1")
    assert plan([file], after(first), "v1").unchanged == 1
    assert read_document(path).file_name == file.name


def test_a_name_in_no_encoding_is_shown_all_the_same(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff\xfebad.txt")).write_text("x")
    [file] = scan(tmp_path)
    file.shown.encode()  # every store holds UTF-8
    assert file.name == "\ufffd\ufffdbad.txt"
