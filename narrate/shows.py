"""The editions of a folder as the episodes of a show."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from narrate.errors import OutputError
from narrate.outputs._plain import host, plain

LOCAL = "http://127.0.0.1:8734/"
"""Where `narrate serve` answers."""

MIDDAY = time(12, tzinfo=UTC)
"""An article has a day and no hour: at midday the day is the same almost everywhere."""

LARGEST_RECORD = 64 << 20
"""Bytes of an `edition.json` that is read: many times that of a long book."""


@dataclass(frozen=True, slots=True)
class Show:
    """What a feed says of itself: the keys of `show.toml`."""

    title: str = "Narrated articles"
    author: str = "Narrate"
    description: str = "Articles, read aloud by synthetic voices."
    language: str = "en"
    address: str = LOCAL
    """Where the folder is served: the beginning of every address in the feed."""
    link: str = ""
    """The show's website; "" for `address`."""
    artwork: str = ""
    """A file in the folder, or an address; "" for one drawn from title and author."""
    category: str = "News"
    """One of Apple's categories."""
    subcategory: str = ""
    email: str = ""
    """The owner's, which directories ask for and publish."""
    copyright: str = ""
    explicit: bool = False
    type: str = "episodic"
    """"episodic" puts the newest first, "serial" the oldest."""

    @property
    def base(self) -> str:
        """The address with its closing slash."""
        return self.address.rstrip("/") + "/"


@dataclass(frozen=True, slots=True)
class Episode:
    """An edition of the folder."""

    folder: Path
    record: Mapping[str, Any]
    """Its `edition.json`."""

    @property
    def slug(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def sound(self) -> Path:
        """The MP3."""
        return self.folder / f"{self.slug}.mp3"

    @property
    def published(self) -> datetime:
        """The article's day at midday; when its record was written where that is not known."""
        try:
            return datetime.combine(datetime.fromisoformat(str(self.record.get("published"))).date(), MIDDAY)
        except ValueError:
            return datetime.fromtimestamp(int((self.folder / "edition.json").stat().st_mtime), UTC)

    def said(self, key: str, default: str = "") -> str:
        """Return a text of the record as one printable line."""
        return plain(str(self.record.get(key) or default))


def read_show(path: Path | None) -> Show:
    """Read `show.toml`; without one, the defaults. Raises OutputError."""
    if path is None:
        return Show()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OutputError(f"cannot read the show {path}: {error}") from error
    known = {field.name: type(field.default) for field in fields(Show)}
    for key, value in given.items():
        if key not in known:
            raise OutputError(f"{path}: no key {key!r}; there are: {', '.join(known)}")
        if type(value) is not known[key]:
            raise OutputError(f"{path}: {key!r} should be a {known[key].__name__}, not {value!r}")
    show = Show(**given)
    if not host(show.address):
        raise OutputError(f"{path}: address should be an http or https address, not {show.address!r}")
    if show.type not in ("episodic", "serial"):
        raise OutputError(f'{path}: type is "episodic" or "serial", not {show.type!r}')
    return show


def episodes(folder: Path) -> Iterator[Episode]:
    """Yield the editions of a folder that have an MP3. Raises OutputError for a broken record."""
    for record in sorted(folder.glob("*/edition.json")):
        if record.parent.name.startswith(".") or not (record.parent / f"{record.parent.name}.mp3").is_file():
            continue
        try:
            if record.stat().st_size > LARGEST_RECORD:
                raise OutputError(f"{record} is too large for what it should be; make the edition again")
            said = json.loads(record.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise OutputError(f"{record} cannot be read ({error}); make the edition again") from error
        if not isinstance(said, dict):
            raise OutputError(f"{record} is not the record of an edition; make the edition again")
        yield Episode(record.parent, said)
