"""Old Word documents (DOC, WPS): converted to DOCX by LibreOffice where there is one.

The converter runs without a window, with a profile of its own that is thrown away, without
macros and without following links, and for a bounded time; nothing of it is trusted but the
files that it writes. One start converts many files, so a pool has them converted ahead.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from extract.readers.compound import BrokenCompound, stream_of
from extract.readers.limits import Limits
from extract.reasons import Rejected

_PROGRAMS = ("soffice", "libreoffice")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x0100
_SHEETS = (".xls", ".et", ".xlt", ".ett")
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_converted: Path | None = None


def converter() -> str | None:
    """Return the path of the installed converter, or None where there is none."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def is_candidate(path: Path) -> bool:
    """Tell whether a file may be one to convert, by its first bytes; archives are not opened."""
    if path.suffix.lower() in _SHEETS:
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_OLE2)) == _OLE2 and converter() is not None
    except OSError:
        return False


def look_in(folder: Path) -> None:
    """Have ``to_docx`` of this process look for what was converted ahead."""
    global _converted
    _converted = folder


def convert_ahead(paths: Iterable[Path], folder: Path, limits: Limits) -> int:
    """Convert what is old Word of these files in one start; return how many came out.

    Whatever goes wrong shows when the document itself is read.
    """
    from extract.readers import read_bytes
    from extract.readers.sniff import sniff

    sources: dict[str, bytes] = {}
    for path in paths:
        try:
            data = read_bytes(path, limits)
            if sniff(data, path.name, limits).kind == "doc":
                sources[_key(data)] = data
        except Rejected:
            continue
    made = _convert(sources, limits.seconds_per_conversion) if sources else {}
    for key, data in made.items():
        (folder / f"{key}.docx").write_bytes(data)
    return len(made)


def to_docx(data: bytes, limits: Limits) -> bytes:
    """Return the document as DOCX.

    Raises Rejected with OFFICE_ENCRYPTED, with DOC_NEEDS_CONVERTER where no converter is
    installed or it makes nothing of the file, and with TIMEOUT where it does not come to an end.
    """
    key = _key(data)
    if _converted is not None and (ready := _converted / f"{key}.docx").is_file():
        return ready.read_bytes()
    if _is_encrypted(data):
        raise Rejected("OFFICE_ENCRYPTED", "a password is needed")
    if converter() is None:
        raise Rejected("DOC_NEEDS_CONVERTER", "LibreOffice (soffice) is not installed")
    made = _convert({key: data}, limits.seconds_per_conversion, must_end=True).get(key)
    if made is None:
        raise Rejected("DOC_NEEDS_CONVERTER", "LibreOffice could not convert the file")
    return made


def _is_encrypted(data: bytes) -> bool:
    """Tell whether the head of the document says that a password hides the rest."""
    try:
        document = stream_of(data, ("WordDocument",)) or b""
    except BrokenCompound:
        return False
    return bool(int.from_bytes(document[10:12], "little") & _ENCRYPTED)


def _key(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _convert(
    sources: Mapping[str, bytes], seconds: float, *, must_end: bool = False
) -> dict[str, bytes]:
    """Return what LibreOffice makes of the files, under the same names."""
    with tempfile.TemporaryDirectory(prefix="doc-", dir=_converted) as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        for key, data in sources.items():
            (folder / f"{key}.doc").write_bytes(data)
        command = [
            str(converter()),
            "--headless",
            "--norestore",
            "--nolockcheck",
            f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to",
            "docx",
            "--outdir",
            name,
            *(str(folder / f"{key}.doc") for key in sources),
        ]
        ended = _run(command, folder, seconds)
        if must_end and not ended:
            raise Rejected("TIMEOUT", f"LibreOffice did not end in {seconds:.0f} s")
        found = {key: folder / f"{key}.docx" for key in sources}
        # The file it was at when its time was over may be half written.
        newest = max((f.stat().st_mtime_ns for f in found.values() if f.is_file()), default=0)
        return {
            key: file.read_bytes()
            for key, file in found.items()
            if file.is_file() and (ended or file.stat().st_mtime_ns < newest)
        }


def _run(command: list[str], home: Path, seconds: float) -> bool:
    """Run a command in a process group of its own; tell whether it ended in time.

    The group stays in the session of the worker, whose end is the end of it, too.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(home), "TMPDIR": str(home)},
        process_group=0,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return True
