"""What a web page says of itself: title, author, date, language, whether it is behind a paywall."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from narrate.readers import _dates
from narrate.readers._encoding import clean
from narrate.readers._parts import Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

LONGEST_JSON = 1_000_000
"""Characters of one JSON-LD script; some pages carry their whole archive."""
MOST_AUTHORS = 12
MOST_NAMES = 5
"""Words of one person's name."""
_ARTICLES = re.compile(r"article|posting|report|review|story|webpage|creativework", re.IGNORECASE)
_SITE = re.compile(r"\s+(?:[|–—·»•:]|-)\s+[^|–—·»•]{2,60}$")
_NO_AUTHOR = re.compile(r"https?:|^@|^(?:admin|staff|editor|editors|author|unknown|guest|by)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """A page's metadata, and the marks that decide what to make of a short page."""

    known: Metadata
    site: str = ""
    paid: bool = False
    body: str = ""
    """The article as the page carries it for search engines; a page that scripts build has it nowhere else."""


def find(root: _Element) -> Facts:
    """Read JSON-LD, OpenGraph and other meta elements; the more precise goes first."""
    things = list(_things(root))
    article = next((thing for thing in things if _ARTICLES.search(_kind(thing)) and thing.get("headline")), {})
    metas = _metas(root)
    site = _first(metas, "og:site_name", "application-name")
    title = _text(article.get("headline")) or _first(metas, "og:title", "twitter:title", "dc.title", "citation_title")
    title = title or _site_off(_text(next((e.text for e in root.iter("title")), "")), site)
    byline = _people(article.get("author")) or _author(metas) or _marked_author(root)
    published = _text(article.get("datePublished")) or _first(
        metas,
        "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
        "dcterms.created", "citation_publication_date", "citation_date", "pubdate", "parsely-pub-date",
        "sailthru.date", "publish-date",
    )  # fmt: skip
    html = root if root.tag == "html" else next(root.iter("html"), root)
    language = html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or _first(metas, "og:locale")
    paid = any(str(thing.get("isAccessibleForFree")).lower() == "false" for thing in things)
    paid |= _first(metas, "article:content_tier") in ("locked", "metered")
    known = Metadata(_site_off(title, site), byline, printed_date(published), language)
    carried = article.get("articleBody")
    return Facts(known, site, paid, carried[:LONGEST_JSON] if isinstance(carried, str) else "")


def printed_date(published: str) -> str:
    """Word an ISO date as people print it, "18 August 2024", so that it can be read out."""
    iso = _dates.find(published)[2]
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {day:%B} {day.year}"


def _site_off(title: str, site: str) -> str:
    """Take "| The Daily" off a title: a name of the site that it ends with, if the site is known."""
    if site:
        return re.sub(rf"\s+(?:[|–—·»•:]|-)\s+{re.escape(site)}\s*$", "", title, flags=re.IGNORECASE)
    return title


def without_site(title: str) -> str:
    """Take what looks like a site's name off the end of a title."""
    return _SITE.sub("", title)


def _things(root: _Element) -> Iterator[Mapping[str, Any]]:
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(text) > LONGEST_JSON:
            continue
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in found if isinstance(found, list) else [found]:
            if isinstance(thing, dict):
                graph = thing.get("@graph")
                yield thing
                yield from (inner for inner in (graph if isinstance(graph, list) else []) if isinstance(inner, dict))


def _kind(thing: Mapping[str, Any]) -> str:
    kind = thing.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")


def _metas(root: _Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content") or ""
        if name and content.strip():
            found.setdefault(name.lower(), []).append(_text(content))
    return found


def _first(metas: Mapping[str, list[str]], *names: str) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _author(metas: Mapping[str, list[str]]) -> str:
    for name in (
        "author",
        "article:author",
        "citation_author",
        "dc.creator",
        "parsely-author",
        "byl",
        "sailthru.author",
    ):
        people = [person for person in metas.get(name, []) if not _NO_AUTHOR.search(person)]
        if people:
            return _listed(people)
    return ""


def _marked_author(root: _Element) -> str:
    """Find the author that the page marks in its text, as microdata and old blogs do."""
    found: Any = root.xpath('//*[@itemprop="author" or @rel="author" or contains(@class, "author vcard")]')
    for element in found[:1]:
        named = next((inner for inner in element.iter() if inner.get("itemprop") == "name"), element)
        name = re.sub(r"^by\s+", "", _text("".join(map(str, named.itertext()))), flags=re.IGNORECASE)
        if 1 < len(name.split()) <= MOST_NAMES and not _NO_AUTHOR.search(name):
            return name
    return ""


def _people(value: Any) -> str:
    names: list[str] = []
    for person in value if isinstance(value, list) else [value]:
        name = person.get("name") if isinstance(person, Mapping) else person
        names += [_text(one) for one in (name if isinstance(name, list) else [name])]
    return _listed([name for name in names if name and not _NO_AUTHOR.search(name)])


def _listed(names: list[str]) -> str:
    names = [re.sub(r"^by\s+", "", name, flags=re.IGNORECASE) for name in dict.fromkeys(names)][:MOST_AUTHORS]
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1] if names else "") if part)


def _text(value: Any) -> str:
    import html

    return " ".join(clean(html.unescape(value)).split())[:1000] if isinstance(value, str) else ""
