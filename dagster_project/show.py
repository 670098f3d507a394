"""The way back from a figure to the paper (回到原件): database, file, excerpt and picture.

Puts together what ``mingzhang show`` answers; how it looks on a terminal is in
``console_show``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dagster_project import masking, picture
from dagster_project.excerpt import Excerpt, make_excerpt, printed_before
from dagster_project.origin import Origin, find_origin, paths_of
from dagster_project.original import find_file, read_again
from dagster_project.settings import Settings
from extract.document import Document, Place

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Shown:
    """The answer to ``mingzhang show``."""

    origin: Origin
    file: Path | None
    """The original, if it still lies in LANDING_DIR unchanged."""
    excerpt: Excerpt
    picture: Path | None
    notes: tuple[str, ...]
    """What could not be shown, and why."""


def show(settings: Settings, source_key: str, *, with_picture: bool = True) -> Shown | None:
    """Return all there is to show of a ``source_key`` or a unique beginning of one.

    None where no place has it. Raises AmbiguousKey where several have, and
    duckdb.IOException where the warehouse cannot be read.
    """
    origin = find_origin(settings, source_key)
    if origin is None:
        return None
    path = _find(settings, origin)
    if path is None:
        note = (
            "the original no longer lies in LANDING_DIR unchanged, so nothing around the figure "
            "can be shown 原件已不在入库目录或已被改动，无法显示上下文"
        )
        return Shown(origin, None, Excerpt(), None, (note,))
    document = read_again(path)
    if document is None:
        return Shown(origin, path, Excerpt(), None, ("the original cannot be read 原件无法读取",))
    excerpt = make_excerpt(path, document, origin.source)
    notes = []
    if excerpt == Excerpt():
        notes.append("this version finds no such text there 当前版本在该位置未读到同样的文字")
    drawn = None
    if with_picture and document.media_type == PDF and origin.source.get("page") is not None:
        try:
            drawn = _draw(settings, path, document, origin.source)
        except ValueError as error:
            notes.append(f"the page cannot be drawn 页面无法绘制: {error}")
    return Shown(origin, path, excerpt, drawn, tuple(notes))


def as_dict(shown: Shown) -> dict[str, Any]:
    """Return the answer as plain data, for ``--json``."""
    return {
        **asdict(shown.origin),
        "file": str(shown.file) if shown.file else None,
        "excerpt": asdict(shown.excerpt),
        "picture": str(shown.picture) if shown.picture else None,
        "notes": list(shown.notes),
    }


def _find(settings: Settings, origin: Origin) -> Path | None:
    key, name = origin.source["document_key"], str(origin.document.get("file_name") or "")
    found = find_file(settings.landing_dir, name, key)
    if found is not None:
        return found
    hints = paths_of(settings, key)  # several names may have one content
    return find_file(settings.landing_dir, name, key, hints) if hints else None


def _draw(settings: Settings, path: Path, document: Document, source: Mapping[str, Any]) -> Path:
    frame = Place(**{name: source.get(name) for name in ("page", "x0", "y0", "x1", "y1")})
    covered = [
        place
        for place in masking.personal_places(document, source["page"])
        if (place.x0, place.y0) != (frame.x0, frame.y0)
    ]
    before = printed_before(document, source)
    figure = None if before is None else picture.Figure(source["source_text"], before)
    target = settings.shown_dir / f"{source['source_key']}.png"
    picture.draw(path, frame, target, covered=covered, figure=figure)
    return target
