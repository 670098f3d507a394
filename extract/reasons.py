"""Reason codes (原因代码): why a file, a row or a figure was not taken as it stands.

The codes and their texts live in ``layouts/reasons.csv``, so that every message a user
sees exists once, in Chinese and English, with what the user can do about it. Deciding
*when* a reason applies belongs to the readers and recognisers, not here.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason code with its texts in both languages."""

    code: str
    severity: Severity
    reason_zh: str
    reason_en: str
    release_hint_zh: str
    release_hint_en: str


class Rejected(Exception):
    """A file cannot be taken (文件被退回).

    ``code`` is a code of ``layouts/reasons.csv``; ``detail`` says what was seen in this
    file, in plain words and without a path.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code


@cache
def reasons() -> Mapping[str, Reason]:
    """Return every reason by its code, in the order of the file.

    Raises ValueError where a row is incomplete or a code occurs twice.
    """
    found: dict[str, Reason] = {}
    text = files("extract").joinpath("layouts/reasons.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        reason = _reason(row)
        if reason.code in found:
            raise ValueError(f"reasons.csv: {reason.code} occurs twice")
        found[reason.code] = reason
    return MappingProxyType(found)


def _reason(row: dict[str, str]) -> Reason:
    if None in row or any(not (value or "").strip() for value in row.values()):
        raise ValueError(f"reasons.csv: incomplete row {row}")
    if row["severity"] not in ("info", "warning", "error"):
        raise ValueError(f"reasons.csv: {row['code']} has severity {row['severity']!r}")
    return Reason(
        code=row["code"],
        severity=cast(Severity, row["severity"]),
        reason_zh=row["reason_zh"],
        reason_en=row["reason_en"],
        release_hint_zh=row["release_hint_zh"],
        release_hint_en=row["release_hint_en"],
    )
