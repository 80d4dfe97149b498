"""A podcast feed of the editions in a folder: the folder is the truth, there is no database.

RSS 2.0 with the namespaces of iTunes and of Podcasting 2.0. The same folder gives the same
bytes: nothing in it depends on when it was built.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import quote
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from narrate.errors import OutputError
from narrate.outputs._plain import attribute, host, markup, plain
from narrate.shows import Episode, Show, episodes, read_show
from narrate.store import atomic

__all__ = ["ARTWORK", "FEED", "Show", "artwork", "build", "document", "read_show"]

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"

SHOW_GUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""UUID namespace that Podcasting 2.0 gives to the addresses of feeds."""

FEED, ARTWORK = "feed.xml", "artwork.png"

NAME_LIMIT = 128
"""Characters of a person's name, by the namespace's schema."""

TRANSCRIPTS = {"transcript.vtt": "text/vtt", "transcript.srt": "application/x-subrip"}

ALTERNATIVES = {".m4b": "audio/mp4", ".opus": "audio/ogg"}


def build(folder: Path, show: Show | None = None) -> Path:
    """Write `feed.xml`, and the show's artwork if it names none, into a folder of editions. Raises OutputError."""
    show = show or Show()
    document_ = document(folder, show)
    if not show.artwork:
        _draw_artwork(folder / ARTWORK, show)
    path = folder / FEED
    with atomic(path) as temporary:
        temporary.write_bytes(document_)
    return path


def document(folder: Path, show: Show) -> bytes:
    """Make the feed of a folder's editions. Raises OutputError when there is none, or a broken one."""
    found = sorted(episodes(folder), key=lambda episode: (episode.published, episode.slug))
    if not found:
        raise OutputError(f"no editions in {folder}; make one with: narrate make ARTICLE -o {folder}")
    for prefix, name in (("itunes", ITUNES), ("podcast", PODCAST), ("atom", ATOM)):
        ET.register_namespace(prefix, name)
    rss = ET.Element("rss", version="2.0")
    channel = _channel(rss, show, found[-1].published)
    for episode in found if show.type == "serial" else reversed(found):
        _item(channel, show, episode)
    ET.indent(rss)
    written: bytes = ET.tostring(rss, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"


def artwork(show: Show) -> bytes:
    """Draw the picture of a show that names none, as PNG."""
    from narrate.outputs._art import cover_png

    return cover_png(plain(show.title), plain(show.author), "")


def _draw_artwork(path: Path, show: Show) -> None:
    drawn = artwork(show)
    if not path.is_file() or path.read_bytes() != drawn:
        with atomic(path) as temporary:
            temporary.write_bytes(drawn)


def _add(parent: ET.Element, name: str, said: str | None = None, /, **attributes: str) -> ET.Element:
    """Add an element; "itunes:title" is a name with its namespace. Texts are made printable, ET escapes them."""
    prefix, _, local = name.rpartition(":")
    space = {"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM}.get(prefix)
    cleaned = {key: plain(value) for key, value in attributes.items()}
    element = ET.SubElement(parent, f"{{{space}}}{local}" if space else local, cleaned)
    element.text = said if said is None else plain(said)
    return element


def _channel(rss: ET.Element, show: Show, newest: datetime) -> ET.Element:
    """Write what the show says of itself."""
    channel = _add(rss, "channel")
    feed, link = show.base + FEED, show.link or show.base
    artwork = show.artwork if host(show.artwork) else show.base + quote(show.artwork or ARTWORK)
    _add(channel, "title", show.title)
    _add(channel, "link", link)
    _add(channel, "description", show.description)
    _add(channel, "language", show.language)
    if show.copyright:
        _add(channel, "copyright", show.copyright)
    _add(channel, "pubDate", format_datetime(newest))
    _add(channel, "generator", "Narrate")
    _add(channel, "atom:link", href=feed, rel="self", type="application/rss+xml")
    image = _add(channel, "image")
    for name, text in (("url", artwork), ("title", show.title), ("link", link)):
        _add(image, name, text)
    _add(channel, "itunes:author", show.author)
    _add(channel, "itunes:image", href=artwork)
    category = _add(channel, "itunes:category", text=show.category)
    if show.subcategory:
        _add(category, "itunes:category", text=show.subcategory)
    _add(channel, "itunes:explicit", str(show.explicit).lower())
    _add(channel, "itunes:type", show.type)
    _add(channel, "podcast:guid", str(show_guid(feed)))
    _add(channel, "podcast:medium", "podcast")
    if show.email:
        owner = _add(channel, "itunes:owner")
        _add(owner, "itunes:name", show.author)
        _add(owner, "itunes:email", show.email)
        _add(channel, "podcast:locked", "no", owner=show.email)
    return channel


def show_guid(feed: str) -> UUID:
    """Return the identity of a show: a UUID of its feed's address without scheme and closing slashes."""
    return uuid5(SHOW_GUIDS, feed.partition("://")[2].rstrip("/"))


def episode_guid(slug: str) -> str:
    """Return the identity of an episode, which outlives a new address, title or voice: its folder's name."""
    return f"urn:uuid:{uuid5(SHOW_GUIDS, 'narrate/' + slug)}"


def _item(channel: ET.Element, show: Show, episode: Episode) -> None:
    """Write an episode."""
    item = _add(channel, "item")
    place = f"{show.base}{quote(episode.slug)}/"
    title = episode.said("title", "Untitled")
    _add(item, "title", title)
    _add(item, "itunes:title", title)
    if (episode.folder / "index.html").is_file():
        _add(item, "link", place + "index.html")
    _add(item, "guid", episode_guid(episode.slug), isPermaLink="false")
    _add(item, "pubDate", format_datetime(episode.published))
    _add(item, "description").text = description(episode)
    length = str(episode.sound.stat().st_size)
    _add(item, "enclosure", url=place + quote(episode.sound.name), length=length, type="audio/mpeg")
    _add(item, "itunes:duration", str(round(_number(episode.record.get("duration")))))
    _add(item, "itunes:author", episode.said("byline") or show.author)
    _add(item, "itunes:explicit", str(show.explicit).lower())
    _add(item, "itunes:episodeType", "full")
    if (episode.folder / "cover.png").is_file():
        _add(item, "itunes:image", href=place + "cover.png")
    _extras(item, episode, place)
    _people(item, episode)


def _extras(item: ET.Element, episode: Episode, place: str) -> None:
    """Name the transcripts, the chapters and the other formats that are there."""
    language = episode.said("language", "en")
    for name, kind in TRANSCRIPTS.items():
        if (episode.folder / name).is_file():
            _add(item, "podcast:transcript", url=place + name, type=kind, language=language, rel="captions")
    if (episode.folder / "chapters.json").is_file():
        _add(item, "podcast:chapters", url=place + "chapters.json", type="application/json+chapters")
    for ending, kind in ALTERNATIVES.items():
        path = episode.sound.with_suffix(ending)
        if path.is_file():
            other = _add(item, "podcast:alternateEnclosure", type=kind, length=str(path.stat().st_size))
            _add(other, "podcast:source", uri=place + quote(path.name))


def _people(item: ET.Element, episode: Episode) -> None:
    """Name the author; the voices are not people, and the description says so."""
    if byline := episode.said("byline"):
        _add(item, "podcast:person", plain(byline, NAME_LIMIT), role="author", group="writing")


def description(episode: Episode) -> str:
    """Return the show notes of an episode as safe HTML: who wrote it, its chapters with their times, the disclosure."""
    parts = []
    if byline := episode.said("byline"):
        parts.append(f"<p>By {markup(byline)}.</p>")
    source = episode.said("source")
    if host(source):
        parts.append(f"<p><a href={attribute(source)}>The article</a></p>")
    chapters = episode.record.get("chapters")
    rows = [
        f"<li>{clock(_number(chapter.get('start')))} {markup(plain(str(chapter.get('title') or '')))}</li>"
        for chapter in (chapters if isinstance(chapters, list) else [])
        if isinstance(chapter, dict)
    ]
    if rows:
        parts.append(f"<p>Chapters:</p><ul>{''.join(rows)}</ul>")
    parts.append(f"<p>{markup(episode.said('disclosure', 'Read aloud by synthetic voices.'))}</p>")
    return "".join(parts)


def clock(seconds: float) -> str:
    """Write a time as players find it in show notes: 04:05 or 1:04:05."""
    whole = int(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes:02d}:{whole % 60:02d}"


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
