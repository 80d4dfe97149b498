"""Feeds, RSS and Atom: each entry an article of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urljoin

from narrate.errors import SourceError
from narrate.model import Article
from narrate.readers import Source
from narrate.readers._encoding import clean

GUARDED = True
MOST_ENTRIES = 20_000
"""Entries of one feed; the archives of daily papers have as many in fifty years."""
FULL_WORDS = 120
"""Words from which on an entry's text is taken for the whole article; less is a teaser, and its page is fetched."""

_ROOT = re.compile(rb"\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<\?.*?\?>|\s)*<(?:rss|feed|rdf:RDF)\b", re.S | re.I)


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a feed."""

    id: str
    """Stays the same from one reading of the feed to the next."""
    title: str
    address: str
    """Where the article is; "" if the feed does not say."""
    source: Source | None
    """The article itself when the feed carries it whole; else fetch `address`."""

    def fields(self) -> dict[str, str | None]:
        """Name what `entry_of` makes an entry of again."""
        page = self.source.data.decode() if self.source else None
        name = self.source.name if self.source else None
        return {"id": self.id, "title": self.title, "address": self.address, "name": name, "page": page}


def entry_of(fields: Mapping[str, Any]) -> Entry:
    """Make an entry of its fields, as they came from another process."""
    page = fields["page"]
    source = Source(fields["name"], page.encode("utf-8", errors="replace")) if page is not None else None
    return Entry(fields["id"], fields["title"], fields["address"], source)


def prepare() -> None:
    """Load the libraries once for many sources."""
    import feedparser.api  # noqa: F401

    from narrate.readers import html

    html.prepare()


def recognises(source: Source) -> float:
    """Tell a feed by its first element."""
    return 0.95 if _ROOT.match(source.data[:4000].removeprefix(b"\xef\xbb\xbf")) else 0.0


def read(source: Source) -> Article:
    """Make an article of a feed that has just one. Raises SourceError when it has more, or none whole."""
    from narrate.readers import html

    found = entries(source)
    if len(found) != 1 or found[0].source is None:
        raise SourceError(f"{source.name}: a feed of {len(found)} articles; make an edition of each")
    return html.read(found[0].source)


def entries(source: Source) -> tuple[Entry, ...]:
    """List a feed's entries as it has them, newest first as a rule. Raises SourceError."""
    from feedparser.api import parse

    if b"<!ENTITY" in source.data:
        raise SourceError(f"{source.name} declares entities of its own; such files are not opened")
    found: Any = parse(source.data, resolve_relative_uris=False)
    if not found.entries:
        raise SourceError(f"{source.name}: a feed without entries")
    if len(found.entries) > MOST_ENTRIES:
        raise SourceError(f"{source.name}: over {MOST_ENTRIES} entries; this is not a feed")
    return tuple(_entry(entry, source.name) for entry in found.entries)


def _entry(entry: Any, feed: str) -> Entry:
    title = clean(re.sub(r"<[^>]*>", "", str(entry.get("title") or ""))).strip()
    address = urljoin(feed, str(entry.get("link") or "")) if "://" in feed else str(entry.get("link") or "")
    body = max((str(content.get("value") or "") for content in entry.get("content") or []), key=len, default="")
    body = body if len(body) > len(str(entry.get("summary") or "")) else str(entry.get("summary") or "")
    words = len(re.sub(r"<[^>]*>", " ", body).split())
    name = str(entry.get("id") or address or title)
    whole = words >= FULL_WORDS or (words > 0 and not address)
    return Entry(
        name, title, address, Source(address or f"{feed}#{title}", _page(entry, title, body)) if whole else None
    )


def _page(entry: Any, title: str, body: str) -> bytes:
    """Dress an entry as a web page, with its metadata, so that one reader reads both."""
    day = entry.get("published_parsed") or entry.get("updated_parsed")
    published = f"{day.tm_year:04}-{day.tm_mon:02}-{day.tm_mday:02}" if day else ""
    author = re.sub(r"\S+@\S+\s*\(?|\)$", "", str(entry.get("author") or ""))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta property="og:title" content="{escape(title)}"><meta name="author" content="{escape(author)}">'
        f'<meta property="article:published_time" content="{published}"></head>'
        f"<body><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    ).encode("utf-8", errors="replace")
