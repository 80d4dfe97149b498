"""EPUB 2 and 3: the spine in order, chapters from the table of contents, what is no chapter left out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.errors import SourceError
from narrate.model import Article
from narrate.readers import Source, _facts, _markup
from narrate.readers._archive import Archive, within
from narrate.readers._composing import compose
from narrate.readers._encoding import clean
from narrate.readers._parts import Metadata, Part

if TYPE_CHECKING:
    from lxml.etree import _Element

GUARDED = True
BELOW_CHAPTERS = 10
"""Added to the level of a heading that the table of contents does not have, so that chapters come first."""
TITLE_PAGE_WORDS = 30
"""Words on a title page besides the title: author, publisher, place, year."""
MOST_DOCUMENTS = 5_000
"""Documents in one spine."""

_OPS = "{http://www.idpf.org/2007/ops}type"
# How documents that are no chapter call themselves: by EPUB's vocabulary, in the table of contents, by file.
_NAMES = {
    "cover": r"\bcover\b",
    "table of contents": r"\bcontents\b|\btoc\b|\bnav\b|\blandmarks\b|\blo[it]\b|list of (?:figures|tables)",
    "front matter": r"\b(?:half-?)?title-?\s?page\b|\bcopyright(?:-page)?\b|\bimprint\b|\bdedication\b|\bepigraph\b"
    r"|\bpraise for\b|\balso by\b|\bby the same author\b|\backnowledge?ments?\b|\bcolophon\b|\bimpressum\b",
    "notes": r"\b(?:end|foot|rear)?notes\b|\bbibliography\b|\breferences\b|\bsources\b|\bworks cited\b"
    r"|\bfurther reading\b",
    "index": r"\bindex\b",
    "back matter": r"\babout the (?:author|publisher)s?\b|\bnewsletter\b|\badvert|\bglossary\b|\bcredits\b",
}
_ASIDES = tuple((reason, re.compile(names, re.IGNORECASE)) for reason, names in _NAMES.items())


@dataclass(frozen=True, slots=True)
class _Book:
    """A book's package document, read."""

    archive: Archive
    folder: str
    known: Metadata
    spine: tuple[tuple[str, str], ...]
    """Path of each document, and what the manifest and guide call it."""
    beside: tuple[str, ...]
    """Paths of the documents that the reading order passes by: notes that pop up, answers, extras."""
    contents: Mapping[str, tuple[str, int]]
    """Title in plain words → as printed, and its depth."""
    opening: Mapping[str, str]
    """Path → title of the first entry that leads to it."""


def prepare() -> None:
    """Load the libraries once for many sources."""
    import lxml.html  # noqa: F401


def recognises(source: Source) -> float:
    """Tell an EPUB by the type that it states in its first bytes."""
    if not source.data.startswith(b"PK"):
        return 0.0
    stated = b"application/epub+zip" in source.data[:120] or b"META-INF/container.xml" in source.data[:20_000]
    return 1.0 if stated else 0.9 if source.suffix == ".epub" else 0.0


def read(source: Source) -> Article:
    """Make one article of a book, a heading of level 1 for each chapter. Raises SourceError."""
    book = _opened(Archive(source.name, source.data))
    parts = [part for path, names in book.spine for part in _document(book, path, names)]
    for path in book.beside:
        if path in book.archive:
            parts += [part.omitted(part.reason or "out of reading order") for part in _walked(book.archive.tree(path))]
    return compose(source.name, parts, book.known)


def _opened(archive: Archive) -> _Book:
    if "META-INF/encryption.xml" in archive and b"EncryptedKey" in archive.read("META-INF/encryption.xml"):
        raise SourceError(f"{archive.name}: protected against copying (DRM); it cannot be read")
    container = archive.tree("META-INF/container.xml")
    paths = [path for root in container.iter("rootfile") for path in [root.get("full-path")] if path]
    if not paths:
        raise SourceError(f"{archive.name}: names no book in its container; the file is broken")
    package = archive.tree(within("", paths[0]))
    folder = posixpath.dirname(within("", paths[0]))
    items = {item.get("id") or "": item for item in package.iter("item")}
    guide = {within(folder, ref.get("href") or ""): ref.get("type") or "" for ref in package.iter("reference")}
    order = [items[key] for entry in package.iter("itemref") if (key := entry.get("idref") or "") in items]
    if len(order) > MOST_DOCUMENTS:
        raise SourceError(f"{archive.name}: over {MOST_DOCUMENTS} chapters; cut it into parts")
    spine = tuple(
        (path, f"{guide.get(path, '')} {item.get('properties') or ''}".strip())
        for item in order
        if _has_words(item)
        for path in [within(folder, item.get("href") or "")]
    )
    listed = {path for path, _ in spine}
    others = [
        item for item in items.values() if _has_words(item) and "nav" not in (item.get("properties") or "").split()
    ]
    beside = [path for item in others if (path := within(folder, item.get("href") or "")) not in listed]
    contents, opening = _contents(archive, folder, items.values(), package)
    return _Book(archive, folder, _metadata(package), spine, tuple(beside), contents, opening)


def _has_words(item: _Element) -> bool:
    kind = item.get("media-type") or "html"
    return "html" in kind or "svg" in kind


def _walked(root: _Element) -> list[Part]:
    """Take the parts of a document; a page that is drawn has its words in the drawing."""
    if root.tag == "svg":
        return [Part(" ".join(" ".join(map(str, root.itertext())).split()), reason="picture")]
    return [piece.part for piece in _markup.walk(next(root.iter("body"), root), trusted=True)]


def _metadata(package: _Element) -> Metadata:
    def all_of(tag: str) -> list[str]:
        return [clean("".join(map(str, e.itertext()))).strip() for e in package.iter(tag) if e.getparent() is not None]

    def first(tag: str) -> str:
        return next((text for text in all_of(tag) if text), "")

    authors = [name for name in all_of("creator") if name][:4]
    return Metadata(first("title"), " and ".join(authors), _facts.printed_date(first("date")), first("language"))


def _contents(
    archive: Archive, folder: str, items: object, package: _Element
) -> tuple[dict[str, tuple[str, int]], dict[str, str]]:
    """Read the table of contents: EPUB 3's navigation document, else EPUB 2's NCX."""
    entries: list[tuple[str, str, int]] = []
    for item in package.iter("item"):
        path = within(folder, item.get("href") or "")
        if path not in archive:
            continue
        if "nav" in (item.get("properties") or "").split():
            entries = list(_navigation(archive.tree(path), posixpath.dirname(path)))
            break
        if item.get("media-type") == "application/x-dtbncx+xml":
            entries = list(_ncx(archive.tree(path), posixpath.dirname(path)))
    titles = {_markup.plain([title]): (title, depth) for title, _, depth in reversed(entries)}
    opening: dict[str, str] = {}
    for title, link, _ in entries:
        opening.setdefault(link, title)
    return titles, opening


def _navigation(root: _Element, folder: str) -> Iterator[tuple[str, str, int]]:
    for nav in root.iter("nav"):
        if (nav.get(_OPS) or "toc") != "toc":
            continue
        for link in nav.iter("a"):
            depth = sum(1 for _ in link.iterancestors("ol"))
            yield " ".join("".join(map(str, link.itertext())).split()), within(folder, link.get("href") or ""), depth


def _ncx(root: _Element, folder: str) -> Iterator[tuple[str, str, int]]:
    for point in root.iter("navPoint"):
        label, content = point.find("navLabel/text"), point.find("content")
        if label is not None and content is not None:
            depth = 1 + sum(1 for _ in point.iterancestors("navPoint"))
            yield " ".join((label.text or "").split()), within(folder, content.get("src") or ""), depth


def _document(book: _Book, path: str, names: str) -> Iterator[Part]:
    if path not in book.archive:
        yield Part(path, reason="missing in the file")
        return
    root = book.archive.tree(path)
    body = next(root.iter("body"), root)
    title = book.opening.get(path, "")
    aside = _aside(body, names, title, path) or _title_page(body, book.known.title)
    parts = _walked(root)
    if aside:
        yield from (part if part.reason else part.omitted(aside) for part in parts)
        return
    levelled = [_levelled(part, book.contents) for part in parts]
    headings = [(at, part) for at, part in enumerate(levelled) if part.kind == "heading" and not part.reason]
    headed = any(at < 4 or _markup.plain([part.text]) == _markup.plain([title]) for at, part in headings)
    if title and levelled and not headed and _markup.plain([title]) != _markup.plain([book.known.title]):
        yield Part(title, kind="heading", level=1)
    yield from levelled


def _title_page(body: _Element, title: str) -> str:
    """Tell a page that has little more on it than the book's title, which is announced anyway."""
    heading = next(("".join(map(str, e.itertext())) for e in body.iter("h1", "h2", "h3")), "")
    words = "".join(map(str, body.itertext())).split()
    named = bool(title) and _markup.plain([heading]) == _markup.plain([title])
    return "front matter" if named and len(words) < len(title.split()) + TITLE_PAGE_WORDS else ""


def _levelled(part: Part, contents: Mapping[str, tuple[str, int]]) -> Part:
    """Give a heading the depth that the table of contents has it at."""
    if part.kind != "heading":
        return part
    depth = contents.get(_markup.plain([part.text]), ("", 0))[1]
    if not depth and not contents:
        return part
    return replace(part, level=depth or BELOW_CHAPTERS + part.level)


def _aside(body: _Element, names: str, title: str, path: str) -> str:
    """Say why a document is not read; "" for a chapter."""
    first = next((child for child in body if child.tag in ("section", "div", "nav")), None)
    kinds = f"{names} {body.get(_OPS) or ''} {first.get(_OPS) or '' if first is not None else ''}"
    if "chapter" in kinds or "bodymatter" in kinds:
        return ""
    heading = next(("".join(map(str, e.itertext())) for e in body.iter("h1", "h2", "h3")), "")
    stem = re.sub(r"[\d_]+", " ", posixpath.splitext(posixpath.basename(path))[0])
    for said in (kinds, title, heading if not title else "", stem if not title and not heading else ""):
        short = len(said.split()) <= 6
        reason = next((why for why, pattern in _ASIDES if short and pattern.search(said)), "")
        if reason:
            return reason
    return ""
