"""Word documents: paragraphs, headings, lists and notes out of WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
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

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Deleted or moved text, field codes, notes of reviewers, and copies for old programs.
_UNREAD = frozenset("del moveFrom instrText delText Fallback rPr pPr sectPr commentReference annotationRef".split())
_NUMBERS = re.compile(r"(\d+)")


def recognises(source: Source) -> float:
    """Tell a Word document by the parts in its archive, or its ending."""
    if not source.data.startswith(b"PK"):
        return 0.0
    return 0.95 if b"word/" in source.data or source.suffix == ".docx" else 0.0


def read(source: Source) -> Article:
    """Make an article of a Word document. Raises SourceError."""
    archive = Archive(source.name, source.data)
    body = archive.tree("word/document.xml")
    styles = _styles(archive.tree("word/styles.xml")) if "word/styles.xml" in archive else {}
    notes = {
        (kind, note.get(f"{_W}id") or ""): " ".join(_text(note)[0].split())
        for kind in ("footnote", "endnote")
        if f"word/{kind}s.xml" in archive
        for note in archive.tree(f"word/{kind}s.xml").iter(kind)
    }
    parts = [part for paragraph in body.iter("p") for part in _parts(paragraph, styles, notes)]
    return compose(source.name, parts, _metadata(archive))


def _metadata(archive: Archive) -> Metadata:
    if "docProps/core.xml" not in archive:
        return Metadata()
    core = archive.tree("docProps/core.xml")
    said = {str(child.tag): clean(child.text or "").strip() for child in core}
    author = said.get("creator", "")
    named = " " in author and not re.search(r"\d|user|admin|office|microsoft|python", author, re.IGNORECASE)
    return Metadata(said.get("title", ""), author if named else "", "", said.get("language", ""))


def _styles(root: _Element) -> dict[str, str]:
    """Name each style by what it is at bottom: "heading 1", "Quote", "Title"."""
    styles = {style.get(f"{_W}styleId") or "": style for style in root.iter("style")}
    names: dict[str, str] = {}
    for key, style in styles.items():
        chain = [style]
        while len(chain) < 8 and (base := chain[-1].find("basedOn")) is not None:
            parent = styles.get(base.get(f"{_W}val") or "")
            if parent is None:
                break
            chain.append(parent)
        found = [name.get(f"{_W}val") or "" for one in chain for name in one.findall("name")]
        names[key] = next(
            (n for n in found if re.match(r"heading|title|subtitle|.*quote|caption|toc|list", n, re.I)), ""
        )
    return names


def _parts(paragraph: _Element, styles: Mapping[str, str], notes: Mapping[tuple[str, str], str]) -> Iterator[Part]:
    if any(str(above.tag) in ("Fallback", "del", "moveFrom") for above in paragraph.iterancestors()):
        return
    text, strong, marks = _text(paragraph)
    text = clean(text).strip()
    if text:
        yield replace(_styled(paragraph, styles), text=text, strong=clean(strong).strip())
    for mark in marks:
        if notes.get(mark):
            yield Part(clean(notes[mark]), reason="footnote")


def _styled(paragraph: _Element, styles: Mapping[str, str]) -> Part:
    """Make an empty part of the kind that a paragraph's style says."""
    properties = paragraph.find("pPr")
    chosen = properties.find("pStyle") if properties is not None else None
    style = chosen.get(f"{_W}val") or "" if chosen is not None else ""
    name = (styles.get(style) or style).lower()
    above = {str(element.tag) for element in paragraph.iterancestors()}
    number = _NUMBERS.search(name)
    level = int(number[1]) if number else 1
    if "tbl" in above:
        return Part("", reason="table")
    if "txbxContent" in above:
        return Part("", reason="text box")
    if name.startswith("heading"):
        return Part("", kind="heading", level=level + 1)
    if name == "title":
        return Part("", kind="heading", level=1)
    if name.startswith("toc"):
        return Part("", reason="table of contents")
    if name == "caption":
        return Part("", reason="caption")
    if "quote" in name:
        return Part("", kind="quotation")
    listed = properties.find("numPr") if properties is not None else None
    if listed is not None or name.startswith("list"):
        depth = listed.find("ilvl") if listed is not None else None
        deep = (depth.get(f"{_W}val") or "0") if depth is not None else "0"
        return Part("", kind="item", level=1 + int(deep) if deep.isdigit() else 1)
    return Part("")


def _text(paragraph: _Element) -> tuple[str, str, list[tuple[str, str]]]:
    """Join a paragraph's runs: its text, its beginning in bold, and the notes that it refers to."""
    pieces: list[str] = []
    marks: list[tuple[str, str]] = []
    strong, plain_seen = "", False
    todo = list(reversed(paragraph))
    bold = False
    while todo:
        element = todo.pop()
        tag = str(element.tag)
        if tag in _UNREAD or tag in ("drawing", "pict", "object", "txbxContent"):
            continue
        if tag == "r":
            bold = _is_bold(element)
        if tag == "t":
            pieces.append(element.text or "")
            plain_seen |= not bold and bool((element.text or "").strip())
            strong += (element.text or "") if not plain_seen else ""
        elif tag in ("br", "cr"):
            pieces.append(BREAK)
        elif tag in ("tab", "ptab"):
            pieces.append(" ")
        elif tag == "noBreakHyphen":
            pieces.append("-")
        elif tag in ("footnoteReference", "endnoteReference"):
            marks.append((tag.removesuffix("Reference"), element.get(f"{_W}id") or ""))
        todo += reversed(element)
    return "".join(pieces), strong, marks


def _is_bold(run: _Element) -> bool:
    bold = run.find("rPr/b")
    return bold is not None and (bold.get(f"{_W}val") or "1") not in ("0", "false", "off")
