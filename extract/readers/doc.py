"""Old Word documents (DOC, WPS): converted to DOCX by LibreOffice where there is one.

The converter runs without a window, with a profile of its own that is thrown away, and
for a bounded time; nothing of it is trusted but the file that it writes.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from extract.readers.limits import Limits
from extract.reasons import Rejected

_PROGRAMS = ("soffice", "libreoffice")


def converter() -> str | None:
    """Return the path of the installed converter, or None where there is none."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def to_docx(data: bytes, limits: Limits) -> bytes:
    """Return the document as DOCX.

    Raises Rejected with DOC_NEEDS_CONVERTER where no converter is installed or it makes
    nothing of the file, and with TIMEOUT where it does not come to an end.
    """
    program = converter()
    if program is None:
        raise Rejected("DOC_NEEDS_CONVERTER", "LibreOffice (soffice) is not installed")
    with tempfile.TemporaryDirectory(prefix="doc-") as folder:
        source = Path(folder, "source.doc")
        source.write_bytes(data)
        command = [
            program,
            "--headless",
            "--norestore",
            "--nolockcheck",
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        _run(command, limits.seconds_per_conversion)
        made = Path(folder, "source.docx")
        if not made.is_file():
            raise Rejected("DOC_NEEDS_CONVERTER", "LibreOffice could not convert the file")
        return made.read_bytes()


def _run(command: list[str], seconds: float) -> None:
    """Run a command in a process group of its own and leave nothing of it behind."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Rejected("TIMEOUT", f"LibreOffice did not end in {seconds:.0f} s") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
