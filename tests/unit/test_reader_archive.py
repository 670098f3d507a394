"""ZIP archives: their documents by name, what is refused in them, and the bounds."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from pathlib import Path

import pytest

from extract.extraction import Extraction, Rejection, extract_file
from extract.readers import read_bytes, read_document
from extract.readers.archive import Member, members_of
from extract.readers.limits import Limits
from extract.reasons import Rejected

SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE = "上海市松江区司法局2024年度部门决算.docx"


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def listed(path: Path, data: bytes, limits: Limits | None = None) -> dict[str, Member]:
    path.write_bytes(data)
    members = members_of(path, limits or Limits())
    assert members is not None
    return {member.name: member for member in members}


def codes(members: dict[str, Member]) -> dict[str, str | None]:
    return {n: m.refusal.code if m.refusal else None for n, m in members.items()}


def refused(path: Path, data: bytes, limits: Limits | None = None) -> str:
    path.write_bytes(data)
    with pytest.raises(Rejected) as caught:
        members_of(path, limits or Limits())
    return caught.value.code


def test_members_in_folders_and_inner_archives_have_names_and_hashes(tmp_path: Path) -> None:
    inner = packed({"深/c.txt": b"c"})
    path = tmp_path / "a.zip"
    found = listed(path, packed({"b.txt": b"b", "2023/里.zip": inner, ".DS_Store": b"x"}))
    assert found.keys() == {"b.txt", "2023/里.zip/深/c.txt"}
    assert found["2023/里.zip/深/c.txt"].sha256 == hashlib.sha256(b"c").hexdigest()
    assert read_bytes(path / "2023/里.zip/深/c.txt") == b"c"
    assert read_bytes(path / "b.txt") == b"b"


def test_a_member_gives_the_facts_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "外.zip"
    path.write_bytes(packed({f"二〇二四/{SAMPLE}": (SAMPLES / SAMPLE).read_bytes()}))
    plain, member = extract_file(SAMPLES / SAMPLE), extract_file(path / "二〇二四" / SAMPLE)
    assert isinstance(plain, Extraction)
    assert isinstance(member, Extraction)
    assert member.document_key == plain.document_key
    assert member.rows["statement_cell"] == plain.rows["statement_cell"]
    document = read_document(path / "二〇二四" / SAMPLE)
    assert document.file_name == f"外.zip/二〇二四/{SAMPLE}"
    assert document.own_name == SAMPLE


@pytest.mark.parametrize("name", [SAMPLE, "上海市松江区司法局2023年度部门决算.pdf"])
def test_documents_are_no_archives(name: str) -> None:
    assert members_of(SAMPLES / name, Limits()) is None


def with_raw_names(names: list[bytes]) -> bytes:
    """Pack files under names of these bytes, as programs without UTF-8 do."""
    stand_ins = [f"{i}".rjust(len(raw), "~") for i, raw in enumerate(names)]
    data = packed({name: name.encode() for name in stand_ins}, zipfile.ZIP_STORED)
    for stand_in, raw in zip(stand_ins, names, strict=True):
        content = stand_in.encode()
        local, central = data.find(content), data.rfind(content)
        data = data[:local] + raw + data[local + len(raw) :]
        data = data[:central] + raw + data[central + len(raw) :]
    return data


def test_names_of_other_code_pages_are_repaired(tmp_path: Path) -> None:
    name = "部门决算/财政局.txt"
    raw = [
        name.encode("gb18030"),
        "绩效自评.txt".encode(),
        b"plain.txt",
        "目\\录.txt".encode("gbk"),
    ]
    found = listed(tmp_path / "a.zip", with_raw_names(raw))
    assert list(found) == [name, "绩效自评.txt", "plain.txt", "目/录.txt"]
    assert all(read_bytes(tmp_path / "a.zip" / n) for n in found)


def test_names_that_lead_elsewhere_are_refused_one_by_one(tmp_path: Path) -> None:
    names = ["../../etc/a.txt", "/etc/b.txt", "C:\\c.txt", "n" * 600 + ".txt", "d/e.txt"]
    found = listed(tmp_path / "a.zip", packed({name: name.encode() for name in names}))
    assert sorted(codes(found).values(), key=str) == [*["ARCHIVE_UNSAFE_MEMBER"] * 4, None]
    assert not any(part == ".." for name in found for part in name.split("/"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip"]


def test_control_characters_in_names_are_written_out(tmp_path: Path) -> None:
    found = listed(tmp_path / "a.zip", packed({"a\x1b[31m\n.txt": b"x", "\u202etxt.exe": b"y"}))
    assert list(found) == ["a\\x1b[31m\\x0a.txt", "\\u202etxt.exe"]
    assert read_bytes(tmp_path / "a.zip" / "\\u202etxt.exe") == b"y"


def test_links_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
        archive.writestr("a.txt", b"a")
    found = listed(tmp_path / "a.zip", out.getvalue())
    assert codes(found) == {"link.txt": "ARCHIVE_UNSAFE_MEMBER", "a.txt": None}
    with pytest.raises(Rejected):
        read_bytes(tmp_path / "a.zip" / "link.txt")


def test_names_that_occur_twice_are_told_apart(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", b"first")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", b"second")
        archive.writestr("b.zip", packed({"c.txt": b"inner"}))
        archive.writestr("b.zip/c.txt", b"outer")
    found = listed(tmp_path / "a.zip", out.getvalue())
    assert {name: read_bytes(tmp_path / "a.zip" / name) for name in found} == {
        "a.txt": b"first",
        "a.txt#2": b"second",
        "b.zip#2/c.txt": b"inner",
        "b.zip/c.txt": b"outer",
    }


def test_an_encrypted_member_waits_alone_and_an_encrypted_archive_as_a_whole(
    tmp_path: Path,
) -> None:
    data = bytearray(packed({"a.txt": b"a", "b.txt": b"b"}))
    first = data.find(b"PK\x01\x02")
    data[first + 8] |= 1
    assert codes(listed(tmp_path / "a.zip", bytes(data))) == {
        "a.txt": "ARCHIVE_ENCRYPTED",
        "b.txt": None,
    }
    data[data.find(b"PK\x01\x02", first + 4) + 8] |= 1
    assert refused(tmp_path / "a.zip", bytes(data)) == "ARCHIVE_ENCRYPTED"


def test_a_damaged_member_leaves_the_others(tmp_path: Path) -> None:
    data = packed({"a.txt": b"aaaa", "b.txt": b"bbbb"}, zipfile.ZIP_STORED)
    found = listed(tmp_path / "a.zip", data.replace(b"aaaa", b"aaxa"))
    assert codes(found) == {"a.txt": "ARCHIVE_DAMAGED", "b.txt": None}


def test_other_compression_is_named(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", b"a", zipfile.ZIP_LZMA)
        archive.writestr("b.txt", b"b")
    found = listed(tmp_path / "a.zip", out.getvalue())
    assert codes(found) == {"a.txt": "ARCHIVE_METHOD", "b.txt": None}


def test_bombs_are_refused_before_they_unpack(tmp_path: Path) -> None:
    bomb = packed({"a.txt": b" " * 60_000_000, "b.txt": b"b"})
    assert codes(listed(tmp_path / "a.zip", bomb)) == {"a.txt": "ARCHIVE_LIMIT", "b.txt": None}
    many = packed({f"{i}.txt": b"x" * 1000 for i in range(30)})
    small = Limits(max_archive_unpacked_bytes=20_000)
    assert refused(tmp_path / "b.zip", many, small) == "ARCHIVE_LIMIT"
    assert refused(tmp_path / "c.zip", many, Limits(max_archive_members=20)) == "ARCHIVE_LIMIT"
    nested = packed({f"{i}.zip": many for i in range(3)})
    assert refused(tmp_path / "d.zip", nested, Limits(max_archive_members=80)) == "ARCHIVE_LIMIT"


def test_a_list_of_members_out_of_all_measure_is_not_read(tmp_path: Path) -> None:
    data = bytearray(packed({f"{'x' * 400}{i}": b"" for i in range(12_000)}))
    assert refused(tmp_path / "a.zip", bytes(data)) == "ARCHIVE_LIMIT"


def test_nesting_is_bounded_at_the_member_that_goes_too_deep(tmp_path: Path) -> None:
    data = packed({"bottom.txt": b"x"})
    for depth in (4, 3, 2):
        data = packed({f"{depth}.zip": data, f"beside{depth}.txt": b"x%d" % depth})
    found = codes(listed(tmp_path / "a.zip", data))
    assert found["2.zip/3.zip/4.zip"] == "ARCHIVE_LIMIT"
    assert found["2.zip/3.zip/beside4.txt"] is None
    with pytest.raises(Rejected) as caught:
        read_bytes(tmp_path / "a.zip" / "2.zip/3.zip/4.zip/bottom.txt")
    assert caught.value.code == "ARCHIVE_LIMIT"


def test_damaged_and_empty_archives_are_told(tmp_path: Path) -> None:
    data = packed({"a.txt": b"a" * 100})
    assert refused(tmp_path / "a.zip", data[:60]) == "ARCHIVE_DAMAGED"
    assert refused(tmp_path / "b.zip", packed({})) == "EMPTY_FILE"
    assert refused(tmp_path / "c.zip", packed({"folder/": b"", ".hidden": b"x"})) == "EMPTY_FILE"


def test_other_archives_in_an_archive_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"x.rar": b"Rar!\x1a\x07\x00", "x.txt": b"x"}))
    result = extract_file(path / "x.rar")
    assert isinstance(result, Rejection)
    assert (result.code, result.detail) == ("FORMAT_UNSUPPORTED", "RAR archive")


def test_what_is_not_there_is_a_read_error(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"x.txt": b"x"}))
    for missing in (path / "y.txt", path / "x.txt" / "z", tmp_path / "b.zip" / "x.txt"):
        result = extract_file(missing)
        assert isinstance(result, Rejection)
        assert result.code == "READ_ERROR"
