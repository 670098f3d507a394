"""What this machine can read beyond the formats that always work (可选能力).

A document that could not be read yesterday for want of a program must be read today where
the program is there: the abilities are part of the version that read a document.
"""

from __future__ import annotations

from extract.readers import ocr, old_word


def abilities() -> tuple[str, ...]:
    """Return the optional abilities that are installed, such as ``("doc", "ocr")``."""
    installed = {"doc": old_word.converter() is not None, "ocr": ocr.is_installed()}
    return tuple(name for name, there in installed.items() if there)
