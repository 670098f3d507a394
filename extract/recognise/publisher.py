"""Which body publishes a document (公开部门、单位), chosen among the names that it gives.

Two bodies with equal support are no answer: the document goes to review with both
names. Level, parent and region follow from the chosen name and from what the document
states beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.recognise.candidates import Candidate, Candidates, as_printed
from extract.recognise.department import (
    Name,
    department_id,
    enclosing_department,
    has_placeholder,
    level_in,
    organisation_suffix,
    parent_department_id,
    read_name,
)
from extract.recognise.kind import KindVerdict
from extract.recognise.name_spans import clean_name
from extract.recognise.numbers import fold
from extract.recognise.regions import Region, load_regions
from extract.recognise.segments import Segment, cover

_EQUAL_SHARE = 0.9
_LABELLED = 4.0
_LEAST_VOTES = 2
_OF_A_TITLE = re.compile(r"预算|决算|绩效|公开|部门|单位|^\d|年")
_INSTITUTIONS = frozenset({"public_institution", "school", "hospital", "other"})
_UNIT_TITLE = re.compile(r"单位(?:整体支出)?(?:收支)?(?:预算|决算)")


@dataclass(frozen=True, slots=True)
class Publisher:
    """The publishing body: the department fields of the profile and what they rest on.

    ``unknown_because`` is set, and all else empty, where no single body can be told.
    """

    name: str | None = None
    short_name: str | None = None
    id: str | None = None
    code: str | None = None
    reporting_level: str | None = None
    parent_name: str | None = None
    parent_id: str | None = None
    organisation_type: str | None = None
    region: Region | None = None
    level: str | None = None
    evidence: Mapping[str, object] = field(default_factory=dict)
    region_rivals: tuple[Region, ...] = ()
    """The regions that share the name, where it could not be told which one is meant."""
    labelled_otherwise: bool = False
    """The document calls itself a department's and its content shows a unit."""
    other_names: tuple[str, ...] = ()
    """Other bodies that labels give as the publisher (编制单位) against the cover."""
    origin: str | None = None
    """``content`` or ``file_name``."""
    unknown_because: str | None = None


def _choose(
    names: Candidates, file_name: str, year: int | None, context: str, *, unit_title: bool
) -> tuple[Candidate | None, list[Candidate], str | None]:
    """Return the publisher, the rivals that it could not be told from, and its origin.

    A placeholder that outnumbers every name means an unfilled template: none then.
    """
    ranked = sorted(names.publishers, key=lambda c: -c.weight)
    if not _is_stated(ranked) and len(names.parents) == 1:
        # Only forms of several implementing units, or of none: their department publishes.
        return names.parents[0], names.parents, "content"
    if ranked:
        best = ranked[0]
        root = _code_root(best, ranked)
        if root is not None and not unit_title:
            return root, [root], "content"
        rivals = [c for c in ranked if c.weight >= _EQUAL_SHARE * best.weight]
        if len(rivals) > 1:
            return None, rivals, None
        if not names.placeholders or best.weight > len(names.placeholders):
            return best, rivals, "content"
        return None, [], None
    if names.placeholders:
        return None, [], None
    named = named_in_file(file_name, year, context)
    if named is not None:
        candidate = Candidate(named)
        candidate.spellings[named.printed] = 1
        return candidate, [candidate], "file_name"
    return None, [], None


def named_in_file(file_name: str, year: int | None, context: str) -> Name | None:
    """Return the body with its region that a file name begins with, or None."""
    stem = re.split(r"(?:19|20)\d\d年|\.[A-Za-z]+$", fold(file_name))[0]
    cleaned = clean_name(stem)
    if not cleaned or has_placeholder(cleaned):
        return None
    name = read_name(cleaned, year, context)
    located = name.region is not None or name.has_prefix
    return name if name.organisation_type and located and name.short_name else None


def _head(kind: KindVerdict, stream: Sequence[Segment]) -> str:
    return kind.title or "".join(s.text for s in cover(stream))


def _code_root(best: Candidate, ranked: Sequence[Candidate]) -> Candidate | None:
    """Return the department whose code the codes of the best candidate begin with (301, 301001).

    Unit columns print a unit once per project and its department once: where nothing but
    such columns speaks, the code tells which of them contains the other.
    """
    if not set(best.cues) <= {"code", "form", "level"}:
        return None
    codes = tuple(best.codes)
    for other in ranked:
        for code in other.codes:
            inside = [c for c in codes if c != code and c.startswith(code)]
            if other is not best and codes and len(inside) == len(codes):
                return other
    return None


def _is_stated(ranked: Sequence[Candidate]) -> bool:
    """Tell whether a publisher stands outside of forms, or a single one in them."""
    return len(ranked) == 1 or any(set(c.cues) != {"form"} for c in ranked)


def _why_unknown(names: Candidates, rivals: Sequence[Candidate]) -> str:
    if len(rivals) > 1:
        return "equal support: " + " / ".join(c.name.printed for c in rivals)
    if names.placeholders:
        return f"template placeholder: {names.placeholders[0]}"
    return "no name of a department on cover, labels, unit columns or in set phrases"


def resolve_publisher(
    names: Candidates,
    stream: Sequence[Segment],
    kind: KindVerdict,
    year: int | None,
    context: str,
    file_name: str,
) -> Publisher:
    """Choose the publisher among the names found and read what its name says.

    ``context`` is the folded text of the document, ``file_name`` the folded name of the
    file, which counts only where the content names nobody.
    """
    unit_title = _UNIT_TITLE.search(_head(kind, stream)) is not None
    chosen, rivals, origin = _choose(names, file_name, year, context, unit_title=unit_title)
    if chosen is None:
        return Publisher(unknown_because=_why_unknown(names, rivals))
    spelling = _spelling(chosen)
    name = read_name(spelling, year, context)
    region = name.region or chosen.name.region
    region_source: str | None = "name"
    if region is None and not name.is_national and name.level != "national":
        provincial = name.short_name.endswith("厅")
        region, region_source = region_of_text(stream, year, context, provincial=provincial)
    region_code = region.code if region else None
    parent = _parent(name, names)
    level, otherwise = _reporting_level(chosen, name, parent, kind, stream)
    own_account = level == "headquarters" or (level == "unit" and not parent)
    if own_account and name.organisation_type not in _INSTITUTIONS:
        # A governing body's own account stands beside its consolidated one: not a version of it.
        parent, identified = _without_brackets(spelling), _without_brackets(spelling) + "(本级)"
    else:
        parent, identified = parent if level == "unit" else None, spelling
    region_rivals = () if region else name.region_candidates
    return Publisher(
        name=as_printed(stream, spelling),
        short_name=name.short_name,
        id=department_id(identified, region_code),
        code=_code(chosen, level),
        reporting_level=level,
        parent_name=as_printed(stream, parent) if parent else None,
        parent_id=parent_department_id(parent, region_code),
        organisation_type=name.organisation_type,
        region=region,
        level=name.level if name.region or name.level else level_in(name.short_name, region),
        evidence={
            "source": origin,
            "cues": {cue: round(weight, 1) for cue, weight in sorted(chosen.cues.items())},
            "spellings": sorted(chosen.spellings),
            "region": region_source if region else None,
        },
        region_rivals=region_rivals,
        labelled_otherwise=otherwise,
        other_names=tuple(
            c.name.printed
            for c in names.publishers
            if c is not chosen and c.cues.get("label", 0.0) >= _LABELLED
        ),
        origin=origin,
    )


def _spelling(chosen: Candidate) -> str:
    """Return the spelling to publish: the commonest, with its region where any has it.

    A consolidated document lists its headquarters too, so a bracketed spelling is the
    publisher's only where the cover bears it or no other is used.
    """
    spellings = chosen.spellings
    cover_is = chosen.cover_spelling is not None and _is_headquarters(chosen.cover_spelling)

    def rank(text: str) -> tuple[bool, int, int]:
        return (_is_headquarters(text) != cover_is, -spellings[text], -len(text))

    return min(spellings, key=rank)


def _is_headquarters(text: str) -> bool:
    return read_name(text).is_headquarters


def _without_brackets(name: str) -> str:
    return re.sub(r"\([^()]*\)$|(?:本级|本部|机关)$", "", fold(name))


def _code(chosen: Candidate, level: str) -> str | None:
    """Return the code printed with the spelling of that level; the shortest is the department's."""
    wanted = level == "headquarters"
    codes = [c for c, text in chosen.codes.items() if _is_headquarters(text) == wanted]
    return min(codes, key=lambda c: (len(c), c)) if codes else None


def _parent(name: Name, names: Candidates) -> str | None:
    """Return the department above, as stated or as the beginning of the unit's own name."""
    others = [c for c in names.parents if c.name.key != name.key]
    if others:
        ranked = sorted(others, key=lambda c: -c.weight)
        if len(ranked) == 1 or ranked[0].weight > ranked[1].weight:
            return max(ranked[0].spellings, key=lambda s: (ranked[0].spellings[s], len(s)))
    return enclosing_department(name.printed)


def _reporting_level(
    chosen: Candidate,
    name: Name,
    parent: str | None,
    kind: KindVerdict,
    stream: Sequence[Segment],
) -> tuple[str, bool]:
    """Return the level and whether the document's own label says otherwise.

    Small units often print the department's form (部门决算); an institution that states
    the department above it is a unit all the same.
    """
    if name.is_headquarters:
        return "headquarters", False
    head = _head(kind, stream)
    if _UNIT_TITLE.search(head):
        bracketed = any(_is_headquarters(text) for text in chosen.spellings)
        return ("headquarters" if bracketed else "unit"), False
    if parent and name.organisation_type in _INSTITUTIONS:
        return "unit", "部门" in head
    return "department", False


def region_of_text(
    stream: Sequence[Segment], year: int | None, context: str, *, provincial: bool = False
) -> tuple[Region | None, str | None]:
    """Return the region that the cover begins with, or the one whose organs the text names most.

    Every office cites its province, so that only a ``provincial`` one (厅) may be of it.
    """
    index = load_regions()
    for segment in cover(stream):
        found = index.prefix(segment.text, year, context)
        rest = segment.text[found.length :] if found else ""
        titled = not rest or _OF_A_TITLE.search(rest) or organisation_suffix(rest)
        if found and found.region and titled:
            return found.region, "cover"
    votes = Counter[Region]()
    for match in re.finditer(r"人民政府|财政局|人大常委会|[市县区旗]委", context):
        for start in range(max(0, match.start() - 14), match.start()):
            found = index.prefix(context[start : match.start() + 1], year)
            if found and found.region and start + found.length >= match.start():
                votes[found.region] += 1
                break
    if not provincial:
        votes = Counter({r: n for r, n in votes.items() if _may_hold_bureaus(r)})
    chosen = _elected(votes)
    return (chosen, "text") if chosen else (None, None)


def _may_hold_bureaus(region: Region) -> bool:
    return region.level != "province" or region.name.endswith("市")


def _elected(votes: Counter[Region]) -> Region | None:
    """Return the region named twice and far more often than any that does not hold it."""
    ranked = votes.most_common(1)
    if not ranked or ranked[0][1] < _LEAST_VOTES:
        return None
    first, count = ranked[0]
    others = (n for r, n in votes.items() if r != first and not first.lies_in(r))
    return None if any(2 * n > count for n in others) else first
