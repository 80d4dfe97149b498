"""The editions of a folder, as an index lists them; whatever is broken is listed as far as it can be read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from urllib.parse import quote

from narrate.outputs._html import clock

LARGEST_RECORD = 8 << 20
"""Bytes of an `edition.json` that is read: ten times that of a long book."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition in the index."""

    title: str
    byline: str
    published: str
    length: str
    """As a clock; "" if unknown."""
    voices: int
    page: str
    """Relative address of its page; "" if it has none."""
    sound: str
    """Relative address of its MP3; "" if it has none."""


def editions(folder: Path) -> list[Listed]:
    """List the editions of a folder, the newest first, then by title; a folder that is one itself lists itself."""
    places = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    inside = [place for place in places if place.resolve().is_relative_to(folder.resolve())]
    listed = [_listed(place, folder) for place in inside if _is_edition(place)]
    by_title = sorted(listed, key=lambda each: each.title.casefold())
    return sorted(by_title, key=lambda each: each.published, reverse=True)


def _is_edition(place: Path) -> bool:
    return not place.name.startswith(".") and ((place / "edition.json").is_file() or _sound(place).is_file())


def _sound(place: Path) -> Path:
    return place / f"{place.resolve().name}.mp3"


def _listed(place: Path, folder: Path) -> Listed:
    record = _record(place / "edition.json")
    root = "" if place == folder else f"{quote(place.name)}/"
    seconds = record.get("duration")
    speakers = record.get("speakers")
    return Listed(
        title=str(record.get("title") or place.resolve().name),
        byline=str(record.get("byline") or ""),
        published=str(record.get("published") or ""),
        length=clock(seconds) if isinstance(seconds, int | float) and isfinite(seconds) else "",
        voices=len(speakers) if isinstance(speakers, list) else 0,
        page=f"{root}index.html" if (place / "index.html").is_file() else "",
        sound=f"{root}{quote(_sound(place).name)}" if _sound(place).is_file() else "",
    )


def _record(path: Path) -> dict[str, object]:
    """Read what is known of an edition; nothing, if the file is not there, not sound, or a link to who knows where."""
    if path.is_symlink():
        return {}
    try:
        with path.open("rb") as file:
            record = json.loads(file.read(LARGEST_RECORD))
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}
