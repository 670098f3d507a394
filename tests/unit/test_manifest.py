from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path

import pytest

from dagster_project import manifest
from dagster_project.manifest import Plan, plan, scan
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


def after(first: Plan) -> dict[str, tuple[int, int, str]]:
    return {path: (size, mtime, key) for path, size, mtime, key in first.seen}


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
    found = [str(file.path.relative_to(landing)) for file in scan(landing)]
    assert found == ["2023/a.pdf", "b.txt", "inside.txt"]


def test_scan_needs_the_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="LANDING_DIR"):
        scan(tmp_path / "missing")


def test_unchanged_files_cost_a_stat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("a")
    first = plan(scan(tmp_path), {}, [], "v1")
    key = hashlib.sha256(b"a").hexdigest()
    assert [content.key for content in first.to_read] == [key]

    def forbidden(file: object) -> None:
        raise AssertionError(f"read {file}")

    monkeypatch.setattr(manifest, "identify", forbidden)
    again = plan(scan(tmp_path), after(first), [known(key)], "v1")
    assert again.empty
    assert again.unchanged == 1
    assert again.present == {key}


def test_known_bytes_under_a_new_name_are_the_same_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    first = plan(scan(tmp_path), {}, [], "v1")
    key = first.to_read[0].key
    (tmp_path / "copy.txt").write_text("a")
    second = plan(scan(tmp_path), after(first), [known(key)], "v1")
    assert second.to_read == []
    assert [(Path(path).name, content) for path, _, _, content in second.seen] == [
        ("copy.txt", key)
    ]


def test_two_new_files_of_one_content_are_read_once_by_the_first_name(tmp_path: Path) -> None:
    for name in ("z.txt", "b.txt"):
        (tmp_path / name).write_text("same")
    work = plan(scan(tmp_path), {}, [], "v1")
    assert [content.file.path.name for content in work.to_read] == ["b.txt"]
    assert len(work.seen) == 2


def test_a_new_parser_reads_again_and_a_changed_file_is_new(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("a")
    first = plan(scan(tmp_path), {}, [], "v1")
    key = first.to_read[0].key
    assert [c.key for c in plan(scan(tmp_path), after(first), [known(key)], "v2").to_read] == [key]
    file.write_text("changed")
    changed = plan(scan(tmp_path), after(first), [known(key)], "v1")
    assert [c.key for c in changed.to_read] == [hashlib.sha256(b"changed").hexdigest()]


@pytest.mark.parametrize(
    ("reason", "retry", "reads"),
    [("PDF_DAMAGED", False, 0), ("PDF_DAMAGED", True, 1), ("READ_ERROR", False, 1)],
)
def test_quarantined_documents_wait_for_a_reason(
    tmp_path: Path, reason: str, retry: bool, reads: int
) -> None:
    (tmp_path / "a.txt").write_text("a")
    first = plan(scan(tmp_path), {}, [], "v1")
    row = known(first.to_read[0].key, "quarantined", reason)
    assert len(plan(scan(tmp_path), after(first), [row], "v1", retry=retry).to_read) == reads


def test_a_file_that_cannot_be_read_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("a")

    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    files = scan(tmp_path)
    monkeypatch.setattr(Path, "open", refuse)
    first = plan(files, {}, [], "v1")
    assert [content.error for content in first.to_read] == ["Permission denied"]
    assert first.seen == []
    row = known(first.to_read[0].key, "quarantined", "READ_ERROR")
    assert plan(files, {}, [row], "v1").empty


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
    first = plan([file], {}, [], "v1")
    assert plan([file], after(first), [], "v1").unchanged == 1
    assert read_document(path).file_name == file.name


def test_a_name_in_no_encoding_is_shown_all_the_same(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff\xfebad.txt")).write_text("x")
    [file] = scan(tmp_path)
    file.shown.encode()  # every store holds UTF-8
    assert file.name == "\ufffd\ufffdbad.txt"
