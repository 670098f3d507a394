"""Regions of GB/T 2260 (行政区划): which one a name stands in, with the code of that year.

Holds the index over ``layouts/regions.csv`` and the reading of the region that a name
begins with. Knows nothing of departments. A county name that exists in several places
is resolved by the words around it or stays unknown; it is never guessed.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

AdministrativeLevel = Literal["national", "province", "prefecture", "county", "township"]

_OBSERVED_YEARS = (*range(2002, 2014), 2021, 2023)
"""Years for which the sources of regions.csv list all regions; between 2013 and 2021
and after the last year nothing is confirmed, so neighbouring states both may hold."""

_LEVELS: Mapping[str, AdministrativeLevel] = {
    "province": "province",
    "city": "prefecture",
    "county": "county",
}
_PROVINCE_ENDINGS = (
    "维吾尔自治区",
    "回族自治区",
    "壮族自治区",
    "特别行政区",
    "自治区",
    "省",
    "市",
)
_PREFECTURE_ENDINGS = ("地区", "盟", "市")
_COUNTY_ENDINGS = ("自治县", "自治旗", "市", "区", "县", "旗")
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "province": _PROVINCE_ENDINGS,
    "prefecture": _PREFECTURE_ENDINGS,
    "county": _COUNTY_ENDINGS,
}
_LONGEST_NAME = 24
_ZONE = re.compile("开发区|新区|园区|示范区|度假区|保税区|合作区")


@dataclass(frozen=True, slots=True)
class Region:
    """One region as listed, with the years for which it may be taken as valid."""

    code: str
    name: str
    level: AdministrativeLevel
    province: str
    city: str
    first_year: int | None
    """First year in which it may exist; null: before the first list."""
    last_year: int | None
    """Last year in which it may exist; null: still listed."""

    def valid_in(self, year: int | None) -> bool:
        """Tell whether the code may be in force in ``year``; an unknown year excludes none."""
        if year is None:
            return True
        return (self.first_year or year) <= year <= (self.last_year or year)

    def lies_in(self, other: Region) -> bool:
        """Tell whether this region is part of ``other`` by the structure of the code."""
        if other.level == "province":
            return self.level != "province" and self.code[:2] == other.code[:2]
        if other.level == "prefecture":
            return self.level == "county" and self.code[:4] == other.code[:4]
        return False


@dataclass(frozen=True, slots=True)
class RegionPrefix:
    """The region that a name begins with.

    ``length`` counts the characters of the prefix. ``region`` is null where several
    regions of that name remain: then ``candidates`` holds them.
    """

    region: Region | None
    length: int
    candidates: tuple[Region, ...] = ()


def _stem(name: str, endings: Iterable[str]) -> str:
    """Return the name without its kind: 河南省 -> 河南; a stem of one character is none."""
    for ending in endings:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name[: -len(ending)]
    return name


def _window(first_seen: int, last_seen: int) -> tuple[int | None, int | None]:
    """Widen the years seen into the unobserved gaps beside them."""
    at_first = bisect_left(_OBSERVED_YEARS, first_seen)
    at_last = bisect_left(_OBSERVED_YEARS, last_seen)
    first = None if at_first == 0 else _OBSERVED_YEARS[at_first - 1] + 1
    last = None if at_last + 1 >= len(_OBSERVED_YEARS) else _OBSERVED_YEARS[at_last + 1] - 1
    return first, last


def _is_statistical(row: Mapping[str, str]) -> bool:
    """Tell whether a code is one of the statistical office and none of GB/T 2260.

    Those are placeholders (市辖区), the one county of a prefecture without counties
    (嘉峪关市 in 嘉峪关市) and development zones, numbered 71 to 80.
    """
    if row["level"] == "county" and row["name"] == row["city"]:
        return True
    if row["nbs_placeholder"] == "yes" or "直辖" in row["name"] or row["name"] in {"县", "市"}:
        return True
    return row["level"] == "county" and "71" <= row["code"][4:] <= "80"


def region_stem(region: Region) -> str:
    """Return the name without its kind (省, 市, 区, 县)."""
    return _stem(region.name, _ENDINGS.get(region.level, ()))


def _city_stem(region: Region) -> str:
    """Return the stem of the prefecture above; empty where no real one is listed."""
    if region.city in {"市辖区", "县", "市"} or "直辖" in region.city:
        return ""
    return _stem(region.city, _PREFECTURE_ENDINGS)


def _line(region: Region) -> tuple[str, str, str, str]:
    """Return what stays when a region changes its kind or its code."""
    city = _city_stem(region) if region.level == "county" else ""
    return (region.level, region.province, city, region_stem(region))


class RegionIndex:
    """All regions by name and by stem."""

    def __init__(self, regions: Iterable[Region], short_names: Mapping[str, str]) -> None:
        self._by_name: dict[str, list[Region]] = {}
        self._by_stem: dict[str, list[Region]] = {}
        self._by_county_stem: dict[str, list[Region]] = {}
        self._by_code: dict[str, Region] = {}
        self._lineage: dict[tuple[str, str, str, str], list[Region]] = {}
        for region in regions:
            self._by_code[region.code] = region
            self._by_name.setdefault(region.name, []).append(region)
            stem = region_stem(region)
            if region.level == "county" and region.last_year is None:
                self._by_county_stem.setdefault(stem, []).append(region)
            elif region.level != "county" and stem != region.name:
                self._by_stem.setdefault(stem, []).append(region)
            self._lineage.setdefault(_line(region), []).append(region)
        for short, name in short_names.items():
            self._by_name.setdefault(short, self._by_name.get(name, []))

    def named(self, name: str) -> tuple[Region, ...]:
        """Return all regions that bear or bore exactly this name."""
        return tuple(self._by_name.get(name, ()))

    def coded(self, code: str) -> Region | None:
        """Return the region of a code; under a reused code the one listed last."""
        return self._by_code.get(code)

    def anchor(self, region: Region) -> str:
        """Return one code for a region over its changes of kind (密云县, 密云区).

        It is the first code of the line of regions of the same stem, level and
        prefecture. Regions of one stem that existed side by side keep their own codes.
        """
        line = self._lineage[_line(region)]
        if len({r.code for r in line if r.last_year is None}) > 1:
            return region.code
        return min(line, key=lambda r: (r.first_year or 0, r.last_year or 9999, r.code)).code

    def _longest(self, text: str, start: int, inside: Region | None) -> tuple[int, list[Region]]:
        for length in range(min(_LONGEST_NAME, len(text) - start), 1, -1):
            found = self._by_name.get(text[start : start + length], ())
            hits = [r for r in found if inside is None or r.lies_in(inside)]
            if hits:
                return length, hits
        return 0, []

    def _stem_before_region(self, text: str, start: int) -> tuple[int, list[Region]]:
        """Read a bare stem (河南) where the name of one of its parts follows (河南郑州市)."""
        for length in range(min(7, len(text) - start), 1, -1):
            for region in self._by_stem.get(text[start : start + length], ()):
                if self._longest(text, start + length, region)[0]:
                    return length, [region]
        return 0, []

    def prefix(self, text: str, year: int | None = None, context: str = "") -> RegionPrefix | None:
        """Read the region at the start of ``text``, longest match, down to the county.

        ``context`` is other text of the document: a name that several places share is
        resolved by the prefecture or province that it mentions. Returns None where the
        text begins with no region.
        """
        position, inside, hits = 0, None, list[Region]()
        while True:
            length, found = self._longest(text, position, inside)
            if not length:
                length, found = self._stem_before_region(text, position)
                found = [r for r in found if inside is None or r.lies_in(inside)]
            if not found:
                break
            position, hits = position + length, found
            narrowed = _narrow(found, year)
            if len(narrowed) > 1:
                # 吐鲁番市 was a city and is a prefecture: a county after it tells which.
                going_on = [r for r in narrowed if self._longest(text, position, r)[0]]
                narrowed = going_on or narrowed
            if len(narrowed) != 1:
                hits = narrowed
                break
            inside = narrowed[0]
            hits = [inside]
        if not hits:
            return None
        if len(hits) > 1:
            hits = self._by_context(hits, context)
        region = hits[0] if len(hits) == 1 else None
        return RegionPrefix(region, position, tuple(hits))

    def zone_of(self, name: str) -> Region | None:
        """Return the region of a development zone named after it (郑州高新技术产业开发区).

        Zones have no code of GB/T 2260; the smallest region in the name is taken: a county
        after its province or prefecture (重庆云阳工业园区), or one whose longer name no other
        bears, else the prefecture.
        """
        if not _ZONE.search(name):
            return None
        for length in range(min(7, len(name)), 1, -1):
            found = self._by_stem.get(name[:length], ())
            if not found:
                continue
            inner = {r.code: r for outer in found for r in self._county_stems(name[length:], outer)}
            if len(inner) == 1:
                return next(iter(inner.values()))
            above = [r for r in found if r.level == "prefecture"]
            if above:
                return max(above, key=lambda r: r.last_year or 9999)
        alone = self._county_stems(name, None)
        return alone[0] if len(alone) == 1 else None

    def _county_stems(self, text: str, inside: Region | None) -> list[Region]:
        """Return the counties of today whose stem begins a text; alone only stems of three."""
        shortest = 2 if inside is not None else 3
        for length in range(min(8, len(text)), shortest - 1, -1):
            hits = self._by_county_stem.get(text[:length], ())
            found = [r for r in hits if inside is None or r.lies_in(inside)]
            if found:
                return found
        return []

    def _by_context(self, hits: list[Region], context: str) -> list[Region]:
        """Choose among regions of one name by the prefecture or province in the context.

        One that is named more than half as often as another stays beside it.
        """
        support = [(self._mentions(r, context), r) for r in hits]
        best = max(count for count, _ in support)
        return [r for count, r in support if 2 * count > best] if best else hits

    def _mentions(self, region: Region, context: str) -> int:
        city = _city_stem(region)
        by_city = context.count(city) if city else 0
        return 3 * by_city + context.count(_stem(region.province, _PROVINCE_ENDINGS))


def _narrow(found: list[Region], year: int | None) -> list[Region]:
    """Keep the regions valid in the year, where there are any; one per place."""
    valid = [r for r in found if r.valid_in(year)] or found
    latest: dict[tuple[str, str, str, str], Region] = {}
    for region in sorted(valid, key=lambda r: r.last_year or 9999):
        latest[_line(region)] = region  # one place under an older and a newer code
    left = sorted(latest.values(), key=lambda r: r.code)
    if len({(r.province, region_stem(r)) for r in left}) == 1:
        # One place that changed its level: between the lists the newer state is taken.
        return [r for r in left if r.last_year is None] or left
    return left


def _rows(name: str) -> list[dict[str, str]]:
    source = files("extract").joinpath("layouts", name).read_text(encoding="utf-8")
    return list(csv.DictReader(source.splitlines()))


@lru_cache(maxsize=1)
def load_regions() -> RegionIndex:
    """Load the index of ``layouts/regions.csv``, with the short names that are in use (大理州)."""
    regions: list[Region] = []
    for row in _rows("regions.csv"):
        if _is_statistical(row):
            continue
        first, last = _window(int(row["first_year_seen"]), int(row["last_year_seen"]))
        regions.append(
            Region(
                code=row["code"],
                name=row["name"],
                level=_LEVELS[row["level"]],
                province=row["province"],
                city=row["city"],
                first_year=first,
                last_year=last,
            )
        )
    short_names = {row["short"]: row["name"] for row in _rows("region_short_names.csv")}
    return RegionIndex(regions, short_names)
