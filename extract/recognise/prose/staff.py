"""Which counts are counts of staff, and of whom (人员构成): 行政编制12名，实际11人."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.recognise.prose.reading import Reading

_BARE = frozenset({"实际", "实有"})
_QUOTA = "编制"
_HEADS = frozenset(("人", "名", "位"))
_STAFF = re.compile(
    "编|在职|在岗|实有|实际|退休|离休|遗属|聘|员工|职工|人员|人数|工勤|干警|干部|教师|民警|辅警|公务员|领导|职数|用工"
)
_BODY_NAMES = ("单位", "机构", "股室", "科室", "处室")
_BODIES = frozenset(("家", "所", "户"))
_SERVED = re.compile("学生|在校生|群众|居民|人口|对象|患者|脱贫户")
_OWN = re.compile(
    r"(?:主要为|系)?(?:新招录|新录用|新增|招录|招聘|调入|调出|划转|人员)?"
    r"(?:公务员|民警|辅警|教师|教职工|干部职工|在职|在编|退休|离休|离退休|编外|聘用|临聘|调[入出]|划转)"
    r"(?:人员|职工|教师|民警|公务员|干部)?(?:划转|增加|减少|调[入出])?"
)
"""People of the body itself: 企业职工 and 失业人员 are those that it serves."""
_KIND = re.compile(r"(?:行政|事业|参公|工勤|机关|其他|全额|差额|自收自支)[^，。；]{0,10}")


def name_staff(readings: list[Reading]) -> list[Reading]:
    """Return the readings of one paragraph with every count of staff named as such.

    A bare 实际 or 实有 is named after the quota printed right before it. A count of heads is
    one of staff where its name says so, or is but a kind after a count of staff; the other
    things that sections on staff count, such as 内设机构5个, are none.
    """
    named: list[Reading] = []
    quota: str | None = None
    for reading in readings:
        before = named[-1] if named else None
        reading = _counted(reading, before)
        item = reading.item
        if item.resource_metric == "staff_quota":
            quota = item.name
        elif item.name in _BARE and quota is not None and quota.endswith(_QUOTA):
            name = quota.removesuffix(_QUOTA) + item.name
            of_quota = replace(item, name=name, subject="staff", resource_metric="staff_actual")
            reading = replace(reading, item=of_quota)
            quota = None
        else:
            quota = None
        named.append(reading)
    return named


def _counted(reading: Reading, before: Reading | None) -> Reading:
    item, name = reading.item, reading.item.name or ""
    if reading.figure.kind != "count":
        return reading
    if item.subject == "staff" and (reading.figure.unit in _BODIES or _SERVED.search(name)):
        return replace(reading, item=replace(item, subject="other", resource_metric=None))
    if item.known:
        return reading
    if name.endswith(_BODY_NAMES) and item.subject != "performance":
        return replace(reading, item=replace(item, subject="other"))
    if reading.figure.unit not in _HEADS and name != _QUOTA:
        none = item.subject == "staff" and _QUOTA not in name
        return replace(reading, item=replace(item, subject="other")) if none else reading
    if name == _QUOTA:
        of_quota = replace(item, subject="staff", resource_metric="staff_quota", known=True)
        return replace(reading, item=of_quota)
    if item.subject == "staff" and not (_STAFF.search(name) or _KIND.fullmatch(name)):
        return replace(reading, item=replace(item, subject="other"))
    follows = before is not None and before.item.subject == "staff" and _KIND.fullmatch(name)
    if item.subject == "other" and (follows or _OWN.fullmatch(name)):
        return replace(reading, item=replace(item, subject="staff"))
    return reading
