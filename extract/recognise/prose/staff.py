"""Whom a bare count of staff counts (人员构成): 行政编制12名，实际11人."""

from __future__ import annotations

from dataclasses import replace

from extract.recognise.prose.clauses import Reading

_BARE = frozenset({"实际", "实有"})
_QUOTA = "编制"


def name_staff(readings: list[Reading]) -> list[Reading]:
    """Return the readings of one paragraph with every 实际 or 实有 named after its 编制.

    The count belongs to the quota printed right before it; without one it stays as printed.
    """
    named: list[Reading] = []
    quota: str | None = None
    for reading in readings:
        item = reading.item
        if item.resource_metric == "staff_quota":
            quota = item.name
        elif item.name in _BARE and quota is not None and quota.endswith(_QUOTA):
            name = quota.removesuffix(_QUOTA) + item.name
            reading = replace(reading, item=replace(item, name=name))
            quota = None
        else:
            quota = None
        named.append(reading)
    return named
