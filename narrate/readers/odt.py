"""OpenDocument texts: paragraphs, headings, lists and notes out of content.xml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from narrate.model import Article
from narrate.readers import Source
from narrate.readers._archive import Archive
from narrate.readers._composing import compose
from narrate.readers._encoding import clean
from narrate.readers._parts import BREAK, Metadata, Part

if TYPE_CHECKING:
    from lxml.etree import _Element

GUARDED = True

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
# Element above a paragraph → why it is not read; the outermost decides.
_ASIDES = {
    "table": "table",
    "text-box": "text box",
    "frame": "text box",
    "custom-shape": "text box",
    "g": "text box",
    "table-of-content": "table of contents",
    "note-body": "footnote",
    "alphabetical-index": "index",
    "bibliography": "notes",
    "tracked-changes": "deleted text",
    "annotation": "comment",
}
# Element within a paragraph → why its words are not read.
_WITHIN = {
    "ruby-text": "ruby",
    "hidden-text": "hidden",
    "hidden-paragraph": "hidden",
    "note-citation": "reference mark",
    "annotation": "comment",
    "title": "alternative text",
    "desc": "alternative text",
}


def prepare() -> None:
    """Load the libraries once for many sources."""
    import lxml.etree  # noqa: F401


def recognises(source: Source) -> float:
    """Tell an OpenDocument text by the type that it states in its first bytes."""
    stated = source.data.startswith(b"PK") and b"application/vnd.oasis.opendocument.text" in source.data[:200]
    return 1.0 if stated else 0.0


def read(source: Source) -> Article:
    """Make an article of an OpenDocument text. Raises SourceError."""
    archive = Archive(source.name, source.data)
    content = archive.tree("content.xml")
    styles = _styles(content)
    parts = [part for paragraph in content.iter("h", "p") for part in _parts(paragraph, styles)]
    return compose(source.name, parts, _metadata(archive))


def _metadata(archive: Archive) -> Metadata:
    if "meta.xml" not in archive:
        return Metadata()
    said: dict[str, str] = {}
    for element in archive.tree("meta.xml").iter("title", "creator", "initial-creator", "language"):
        said.setdefault(str(element.tag), clean(element.text or "").strip())
    author = said.get("initial-creator") or said.get("creator", "")
    return Metadata(said.get("title", ""), author if " " in author else "", "", said.get("language", ""))


def _styles(content: _Element) -> dict[str, str]:
    """Name the common style behind each automatic one."""
    return {
        style.get(f"{_STYLE}name") or "": style.get(f"{_STYLE}parent-style-name") or ""
        for style in content.iter("style")
    }


def _parts(paragraph: _Element, styles: Mapping[str, str]) -> Iterator[Part]:
    above = [str(element.tag) for element in paragraph.iterancestors()]
    aside = next((_ASIDES[tag] for tag in reversed(above) if tag in _ASIDES), "")
    text, others = _text(paragraph)
    if text:
        yield Part(text, reason=aside) if aside else _styled(paragraph, text, styles, above)
    yield from (Part(words, reason=aside or reason) for words, reason in others)


def _styled(paragraph: _Element, text: str, styles: Mapping[str, str], above: Sequence[str]) -> Part:
    """Make a part of the kind that a paragraph's style says."""
    name = paragraph.get(f"{_TEXT}style-name") or ""
    style = (styles.get(name) or name).replace("_20_", " ").lower()
    if str(paragraph.tag) == "h":
        level = paragraph.get(f"{_TEXT}outline-level") or "1"
        return Part(text, kind="heading", level=1 + int(level) if level.isdigit() else 2)
    if style == "title":
        return Part(text, kind="heading", level=1)
    if "caption" in style or style in ("illustration", "figure"):
        return Part(text, reason="caption")
    if "list-item" in above:
        return Part(text, kind="item", level=above.count("list"))
    return Part(text, kind="quotation" if "quot" in style else "paragraph")


def _text(paragraph: _Element) -> tuple[str, list[tuple[str, str]]]:
    """Return a paragraph's words, and the words within it that are not read, each with the reason."""
    pieces = [paragraph.text or ""]
    asides: list[tuple[str, str]] = []
    todo: list[_Element | str] = list(reversed(paragraph))
    while todo:
        element = todo.pop()
        if isinstance(element, str):
            pieces.append(element)
            continue
        tag = str(element.tag)
        todo.append(element.tail or "")
        if tag in ("s", "tab", "line-break"):
            pieces.append(BREAK if tag == "line-break" else " ")
        elif tag in _WITHIN or next(element.iter("p", "h"), None) is not None:
            # Paragraphs in a frame or a note are visited by themselves.
            asides += [(words, _WITHIN[each.tag]) for each in element.iter(*_WITHIN) if (words := _own(each))]
        else:
            pieces.append(element.text or "")
            todo += reversed(element)
    return _single("".join(pieces)), asides


def _own(element: _Element) -> str:
    """Return an element's words; none where paragraphs hold them."""
    return "" if next(element.iter("p", "h"), None) is not None else _single("".join(map(str, element.itertext())))


def _single(text: str) -> str:
    return clean(re.sub(r"[ \t\r]+", " ", text)).strip()
