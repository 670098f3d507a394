"""What recognition of performance forms hands on (识别结果): raw rows by dataset."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.datasets import (
    FindingRow,
    NarrativeFigureRow,
    PerformanceIndicatorRow,
    PerformanceProjectRow,
    QuarantinedRow,
    StatementCellRow,
)


@dataclass(slots=True)
class Performance:
    """Everything that the performance forms of a document say."""

    projects: list[PerformanceProjectRow] = field(default_factory=list)
    indicators: list[PerformanceIndicatorRow] = field(default_factory=list)
    cells: list[StatementCellRow] = field(default_factory=list)
    narrative: list[NarrativeFigureRow] = field(default_factory=list)
    findings: list[FindingRow] = field(default_factory=list)
    quarantined: list[QuarantinedRow] = field(default_factory=list)
