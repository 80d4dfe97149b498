"""What every container says about an edition: title, artist, date, and that its voices are synthetic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath

from narrate.model import Edition
from narrate.outputs._plain import TITLE_LIMIT, host, plain

UNTITLED = "Untitled"

ALBUM = "Narrated articles"
"""The album of what came from a local file, so that a player groups such editions."""

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
"""The shape of BCP 47; what has another is no language."""


@dataclass(frozen=True, slots=True)
class Credits:
    """The metadata of an edition, each one printable line; "" where nothing is known."""

    title: str
    artist: str
    album: str
    published: str
    """ISO date or ""."""
    language: str
    """BCP 47."""
    engines: str
    disclosure: str
    """The sentence that the voices are synthetic, and whose."""
    software: str


def credits_of(edition: Edition) -> Credits:
    """Gather what a player is told of an edition."""
    article = edition.script.article
    engines = ", ".join(sorted({voice.engine for voice in edition.cast.values()}))
    software = f"Narrate {software_version()}"
    return Credits(
        title=plain(article.title, TITLE_LIMIT) or UNTITLED,
        artist=author(article.byline),
        album=album(article.source),
        published=_day(article.published),
        language=article.language if _LANGUAGE.fullmatch(article.language) else "und",
        engines=engines,
        disclosure=f"Read aloud by synthetic voices (engine: {engines}). "
        f"No voice imitates the person it speaks for. Made with {software}.",
        software=software,
    )


def _day(published: str) -> str:
    """Return a day as ISO has it; "" when the article's date was not understood."""
    try:
        return date.fromisoformat(published).isoformat()
    except ValueError:
        return ""


def author(byline: str) -> str:
    """Name the author, without the "By" of the printed line."""
    return re.sub(r"^by:?\s+", "", plain(byline, TITLE_LIMIT), flags=re.IGNORECASE)


def album(source: str) -> str:
    """Name the album by the source's host; a path of the user's own disk is nobody's business."""
    return host(source).removeprefix("www.") or ALBUM


def origin(source: str) -> str:
    """Name where an article came from: its address, or its file's name without the folders."""
    return plain(source) if host(source) else plain(PurePath(source).name)


def software_version() -> str:
    """Return the version of this package, "0" when it runs without being installed."""
    try:
        return version("narrate")
    except PackageNotFoundError:
        return "0"
