"""Readers: sources to articles. A reader is one module here with `recognises` and `read`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from narrate import plugins
from narrate.errors import SourceError
from narrate.model import Article

if TYPE_CHECKING:
    from narrate.readers.feed import Entry

UNGUARDED_BYTES = 1_000_000
"""Largest source that any reader reads in this process; a long book of plain text has less."""


@dataclass(frozen=True, slots=True)
class Source:
    """What was handed in, as bytes."""

    name: str
    """As the user named it: a path, an address, or "-"."""
    data: bytes
    media_type: str = ""
    """What a server said it is, "text/html; charset=utf-8"; "" for files."""

    @property
    def suffix(self) -> str:
        """The name's ending, lower case, with its dot; "" if it has none."""
        tail = self.name.partition("?")[0].rpartition("/")[2]
        return "." + tail.rpartition(".")[2].lower() if "." in tail else ""


class Reader(Protocol):
    """What every reader module offers.

    One that parses what strangers made with C code says `GUARDED = True`: it is then run in a
    process of its own, with bounded memory and time. What is slow to load it may load in
    `prepare()`, which is called once for many sources.
    """

    def recognises(self, source: Source) -> float:
        """Say how sure this reader is that the source is one of its own, 0 to 1: by first bytes, type, ending."""

    def read(self, source: Source) -> Article:
        """Make an article of it. Raises SourceError."""


def fetch(name: str, private: bool = False) -> Source:
    """Get the bytes of a file, an https address or "-", standard input; of bounded size.

    `private` allows addresses of this machine and its network. Raises SourceError.
    """
    from narrate.readers import _fetching

    return _fetching.fetch(name, private)


def read(source: Source) -> Article:
    """Make an article of a source with the reader that is surest of it.

    Raises SourceError: nothing in it to read, broken, too large, or not in a language that is spoken here.
    """
    from narrate.readers import _fetching, _guard, _language

    if len(source.data) > _fetching.MOST_BYTES:
        raise SourceError(_fetching.too_large(source.name))
    name = surest(source)
    reader = _known()[name]
    guarded = getattr(reader, "GUARDED", False) or len(source.data) > UNGUARDED_BYTES
    article: Article = _guard.read(name, source) if guarded else reader.read(source)
    _language.require_spoken(article)
    return article


def surest(source: Source) -> str:
    """Name the reader that is surest of a source. Raises SourceError when none knows it."""
    sure = {name: reader.recognises(source) for name, reader in _known().items()}
    best = max(sure, key=lambda name: sure[name])
    if sure[best] <= 0:
        raise SourceError(f"{source.name}: no reader knows this kind of file")
    return best


@cache
def _known() -> dict[str, Reader]:
    """Load all readers once: looking for plug-ins takes longer than reading a page."""
    return {name: plugins.load("readers", name) for name in plugins.names("readers")}


def entries(source: Source) -> tuple[Entry, ...]:
    """List the articles of a feed; () when the source is no feed. Raises SourceError."""
    from narrate.readers import _guard, feed

    return _guard.entries(source) if feed.recognises(source) else ()


def fetch_entry(entry: Entry, private: bool = False) -> Source:
    """Get an article of a feed: what the feed carries of it, or else the page that it links to, and never a file.

    `private` allows addresses of this machine and its network. Raises SourceError.
    """
    from narrate.readers import _fetching

    return entry.source or _fetching.fetch_address(entry.address, private)


def keep(article: Article, reasons: set[str]) -> Article:
    """Turn the omissions with one of these reasons back into blocks, to be read after all.

    Raises SourceError when nothing was omitted for a reason that is asked for.
    """
    from narrate.readers import _composing

    return _composing.keep(article, reasons)
