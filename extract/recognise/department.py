"""Names of public bodies (部门、单位名称): what a name says, and the id that stays.

Reads one name: its region, its short name, whether it is the headquarters of a
department, what kind of organisation bears it. Does not search documents for names;
that is the work of :mod:`extract.recognise.candidates`.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from extract.recognise.numbers import fold
from extract.recognise.regions import AdministrativeLevel, Region, load_regions

_HEADQUARTERS = re.compile(r"\((?:[局委厅办院会])?(?:机关)?(?:本级|本部|机关)\)$|本级$|本部$")
_HEADQUARTERS_PLAIN = re.compile(r"(?<=[局委厅办会院部])机关$")
_BRACKETS = re.compile(r"\([^()]*\)")
_CONJUNCTIONS = re.compile("[和与及暨、·]")
_TOWNSHIP = re.compile(
    r"街道|[镇乡](?:人民)?政府|苏木"
    r"|(?<!乡)(?<!城)[镇乡](?=$|党|中心|综合|财政|便民|社区|社会|文化|农业|卫生院|退役|水利|林业)"
)
_CORPS = re.compile(
    r"(?P<division>第?[一二三四五六七八九十\d]+师)(?![一二三四五六七八九十\d]+团)|[一二三四五六七八九十\d]+团"
)
_ZONE_FIRST = re.compile(
    r"[一-鿿]{2,14}?(?:开发区|新区|园区|示范区|度假区|保税区|合作区|新城)|(?:高新|经开|工业园|产业园)区"
)
_NATIONAL = "000000"
_CORPS_ANCHOR = "corps"
_UNLOCATED = "unknown"
_PLACEHOLDER = re.compile(r"[X×]{1,}|\*+|[○□]+|某(?=[一-鿿])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that stands before the region in a name, such as 中共 or 国家税务总局."""

    text: str
    canonical: str
    organisation_type: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Name:
    """What one name says.

    ``key`` is the same for all spellings of a body within one region. ``region`` is null
    for national bodies, for names without a region and where several regions remain
    (``region_candidates``).
    """

    printed: str
    short_name: str
    key: str
    region: Region | None
    region_candidates: tuple[Region, ...]
    level: AdministrativeLevel | None
    organisation_type: str | None
    is_headquarters: bool
    has_prefix: bool

    @property
    def is_national(self) -> bool:
        """Tell whether the body belongs to the central level and to no region."""
        return self.level == "national" and self.region is None


def _rows(name: str) -> list[dict[str, str]]:
    source = files("extract").joinpath("layouts", name).read_text(encoding="utf-8")
    return list(csv.DictReader(source.splitlines()))


@lru_cache(maxsize=1)
def _suffixes() -> Mapping[str, str]:
    return {r["text"]: r["organisation_type"] for r in _rows("department_types.csv")}


@lru_cache(maxsize=1)
def _prefixes() -> Mapping[str, Prefix]:
    return {
        r["prefix"]: Prefix(
            r["prefix"],
            r["canonical"],
            r["organisation_type"] or None,
            r["administrative_level"] or None,
        )
        for r in _rows("department_prefixes.csv")
    }


@lru_cache(maxsize=1)
def local_prefixes() -> tuple[str, ...]:
    """Return the words that may stand before a region in a name, the longest first."""
    words = [p.text for p in _prefixes().values() if p.canonical]
    return tuple(sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def _aliases() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = {r["written"]: r["canonical"] for r in _rows("department_aliases.csv")}
    words = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))), table


def organisation_type(name: str) -> str | None:
    """Return the kind of organisation by the longest known ending of the name, or None.

    None also means that the text is probably no name of an organisation.
    """
    plain = _strip_headquarters(fold(name))[0]
    ending = organisation_suffix(plain)
    kind = _suffixes()[ending] if ending else None
    prefix = _prefix_of(plain)
    if prefix and prefix.organisation_type in {"party", "mass_organisation"}:
        generic = {None, "administrative", "other", "party"}
        return prefix.organisation_type if kind in generic else kind
    return kind or (prefix.organisation_type if prefix else None)


def organisation_suffix(name: str) -> str | None:
    """Return the longest ending of the name that names a kind of organisation."""
    known = _suffixes()
    tails = (name[i:] for i in range(max(0, len(name) - 14), len(name)))
    return next((tail for tail in tails if tail in known), None)


def has_placeholder(name: str) -> bool:
    """Tell whether a name is the placeholder of a template (XX局, ××中心)."""
    return _PLACEHOLDER.search(name) is not None


def _prefix_of(name: str) -> Prefix | None:
    known = _prefixes()
    heads = (name[:n] for n in range(min(16, len(name)), 1, -1))
    found = next((known[head] for head in heads if head in known), None)
    return None if found is None or found.organisation_type is None else found


def _strip_headquarters(name: str) -> tuple[str, bool]:
    for pattern in (_HEADQUARTERS, _HEADQUARTERS_PLAIN):
        stripped = pattern.sub("", name)
        if stripped != name:
            return stripped, True
    return name, False


def read_name(printed: str, year: int | None = None, context: str = "") -> Name:
    """Read one name; ``context`` is text of the document that tells regions apart."""
    plain, is_headquarters = _strip_headquarters(fold(printed))
    plain = _BRACKETS.sub("", plain)
    plain, is_plain_headquarters = _strip_headquarters(plain)
    prefix = _prefix_of(plain)
    body = plain[len(prefix.text) :] if prefix else plain
    found = load_regions().prefix(body, year, context)
    if found is None and prefix is not None and prefix.level == "national":
        # 国家 or 中国 belongs to the name; only the style of the state does not.
        short = plain.removeprefix("中华人民共和国") or plain
    else:
        rest = body[found.length :] if found else body
        if prefix and found and found.region:
            # 中共某县纪律检查委员会某县监察委员会: one body of one region
            rest = rest[:1] + rest[1:].replace(found.region.name, "", 1)
        short = _short(rest, prefix, body[: found.length] if found else "")
    region = found.region if found else None
    zone = load_regions().zone_of(body) if found is None and prefix is None else None
    return Name(
        printed=printed.strip(),
        short_name=short,
        key=_key(short),
        region=region or zone,
        region_candidates=found.candidates if found else (),
        level="county" if zone else _level(short, region, prefix),
        organisation_type=organisation_type(plain),
        is_headquarters=is_headquarters or is_plain_headquarters,
        has_prefix=prefix is not None,
    )


def _short(rest: str, prefix: Prefix | None, region_text: str) -> str:
    """Return the short name: what follows the region, party committees with their level."""
    if rest == "":
        return (prefix.canonical or prefix.text) if prefix else region_text
    canonical = prefix.canonical if prefix else ""
    if rest.startswith("人民政府") and rest.endswith(("街道办事处", "委员会", "局", "中心")):
        rest = rest.removeprefix("人民政府")
    committee = rest.startswith("委") and (canonical == "中共" or (not prefix and region_text))
    if committee:
        rest = rest.removeprefix("委员会").removeprefix("委")
        return f"{region_text[-1:]}委{rest}"
    return canonical + rest


def _key(short: str) -> str:
    """Return the short name with spelling variants made equal."""
    pattern, table = _aliases()
    key = pattern.sub(lambda m: table[m.group()], short)
    key = re.sub(r"^[省市县区旗州]委", "党委", key)
    key = key.removeprefix("中共")
    if key.endswith("街道办事处"):
        key = key.removesuffix("办事处")
    return _CONJUNCTIONS.sub("", key)


def _level(short: str, region: Region | None, prefix: Prefix | None) -> AdministrativeLevel | None:
    if prefix is not None and prefix.level == "national":
        return "national"
    if prefix is not None and prefix.level == "province":
        corps = _CORPS.search(short)
        return "province" if corps is None else "prefecture" if corps["division"] else "county"
    return level_in(short, region)


def level_in(short: str, region: Region | None) -> AdministrativeLevel | None:
    """Return the level of a body by its short name and the region that it stands in.

    A zone has no code of its own: its region is the one around it, its level is not.
    """
    if _TOWNSHIP.search(short):
        return "township"
    if region is not None and region.level != "county" and _ZONE_FIRST.match(short):
        return "county" if region.level == "prefecture" else None
    return region.level if region else None


def department_id(name: str, region_code: str | None = None) -> str:
    """Return the id of a body, stable over spellings and over renames of layouts.

    ``region_code`` is the region that the document was resolved to; it serves where the
    name itself carries none or an ambiguous one. The headquarters of a department
    （本级、本部、机关） has an id of its own, so that its account is never taken for a
    version of the consolidated one.
    """
    read = read_name(name)
    regions = load_regions()
    region = read.region
    if region is None or any(c.code == region_code for c in read.region_candidates):
        region = (regions.coded(region_code) if region_code else None) or region
    unlocated = _CORPS_ANCHOR if read.level and _is_corps(read.short_name) else _UNLOCATED
    known = regions.anchor(region) if region else unlocated
    anchor = _NATIONAL if read.is_national else known
    # 鼓楼区民政局 of a region that cannot be told is no 民政局 of just anywhere.
    rivals = read.region_candidates if anchor == _UNLOCATED else ()
    digest = hashlib.sha256(f"{rivals[0].name if rivals else ''}{read.key}".encode()).hexdigest()[
        :12
    ]
    return f"{anchor}-{digest}{'-hq' if read.is_headquarters else ''}"


def is_located(department: str) -> bool:
    """Tell whether an id is tied to a region, the corps or the centre: a bare name is not."""
    return not department.startswith(f"{_UNLOCATED}-")


def _is_corps(short: str) -> bool:
    return any(
        p.level == "province" and short.startswith(p.canonical) for p in _prefixes().values()
    )


def parent_department_id(parent_name: str | None, region_code: str | None = None) -> str | None:
    """Return the id of a parent department named in a document of one of its units.

    ``region_code`` is that of the unit; the parent's own region, where its name has one,
    holds before it. The parent is always the department as a whole.
    """
    if not parent_name:
        return None
    return department_id(_strip_headquarters(fold(parent_name))[0], region_code)


def enclosing_department(name: str) -> str | None:
    """Return the department that a unit's name begins with, if any.

    北京市人力资源和社会保障局老干部服务中心 belongs to 北京市人力资源和社会保障局. Only
    endings of governing bodies followed by at least three more characters count.
    """
    plain, _ = _strip_headquarters(fold(name))
    if _prefix_of(plain) is not None:
        return None
    found = load_regions().prefix(plain)
    start = (found.length if found else 0) + 2
    for match in re.finditer(r"局|厅|街道办事处|委员会|镇人民政府|乡人民政府", plain[start:]):
        end = start + match.end()
        if len(plain) - end >= 3 and not plain[end:].startswith(("办公室", "办公厅")):
            return plain[:end]
    return None
