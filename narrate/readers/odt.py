"""OpenDocument texts: paragraphs, headings, lists and notes out of content.xml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
_UNREAD = frozenset("tracked-changes annotation annotation-end note frame ruby-text".split())
# Element above a paragraph → why it is not read.
_ASIDES = {"table": "table", "text-box": "text box", "table-of-content": "table of contents", "note-body": "footnote",
           "alphabetical-index": "index", "bibliography": "notes"}  # fmt: skip


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
    if "tracked-changes" in above or "annotation" in above:
        return
    text = " ".join(clean(_text(paragraph)).split(" ")).strip()
    if not text.strip():
        return
    aside = next((_ASIDES[tag] for tag in above if tag in _ASIDES), "")
    name = paragraph.get(f"{_TEXT}style-name") or ""
    style = (styles.get(name) or name).replace("_20_", " ").lower()
    if aside:
        yield Part(text, reason=aside)
    elif str(paragraph.tag) == "h":
        level = paragraph.get(f"{_TEXT}outline-level") or "1"
        yield Part(text, kind="heading", level=1 + int(level) if level.isdigit() else 2)
    elif style == "title":
        yield Part(text, kind="heading", level=1)
    elif "caption" in style or style in ("illustration", "figure"):
        yield Part(text, reason="caption")
    elif "list-item" in above:
        yield Part(text, kind="item", level=above.count("list"))
    else:
        yield Part(text, kind="quotation" if "quot" in style else "paragraph")


def _text(paragraph: _Element) -> str:
    pieces = [paragraph.text or ""]
    todo: list[_Element | str] = list(reversed(paragraph))
    while todo:
        element = todo.pop()
        if isinstance(element, str):
            pieces.append(element)
            continue
        tag = str(element.tag)
        todo.append(element.tail or "")
        if tag in _UNREAD:
            continue
        if tag in ("s", "tab"):
            pieces.append(" ")
        elif tag == "line-break":
            pieces.append(BREAK)
        else:
            pieces.append(element.text or "")
            todo += reversed(element)
    return re.sub(r"[ \t\r]+", " ", "".join(pieces))
