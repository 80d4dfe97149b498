"""Word documents: paragraphs, headings, lists and notes out of WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.model import Article
from narrate.readers import Source
from narrate.readers._archive import Archive
from narrate.readers._composing import compose
from narrate.readers._encoding import clean
from narrate.readers._parts import Metadata, Part
from narrate.readers._runs import W, joined, runs

if TYPE_CHECKING:
    from lxml.etree import _Element

GUARDED = True

# Parts of the archive beside the document → why their words are not read.
_BESIDE = {
    re.compile(r"word/header\d*\.xml"): "running head",
    re.compile(r"word/footer\d*\.xml"): "page footer",
    re.compile(r"word/comments\.xml"): "comment",
    re.compile(r"word/diagrams/data\d*\.xml"): "picture",
}
LONGEST_CELL = 300
"""Characters in a cell from which on a table is there for layout, not for data."""
_COPY = "copy for old programs"
_NUMBERS = re.compile(r"(\d+)")


def prepare() -> None:
    """Load the libraries once for many sources."""
    import lxml.etree  # noqa: F401


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
        (kind, note.get(f"{W}id") or ""): joined(note)
        for kind in ("footnote", "endnote")
        if f"word/{kind}s.xml" in archive
        for note in archive.tree(f"word/{kind}s.xml").iter(kind)
    }
    layout = {table for table in body.iter("tbl") if _is_layout(table)}
    parts: list[Part] = []
    for paragraph in body.iter("p", "oMathPara"):
        parts += _parts(paragraph, _styled(paragraph, styles, layout), notes)
    # A note that nothing refers to, or that something deleted did.
    parts += [Part(clean(text), reason="footnote") for text in notes.values()]
    return compose(source.name, parts + list(_beside(archive)), _metadata(archive))


def _beside(archive: Archive) -> Iterator[Part]:
    """Yield what stands outside of the running text: heads and feet of pages, reviewers' comments, diagrams."""
    for name in archive.names():
        reason = next((why for pattern, why in _BESIDE.items() if pattern.fullmatch(name)), "")
        for paragraph in archive.tree(name).iter("p") if reason else ():
            yield Part(clean(runs(paragraph).text), reason=reason)


def _is_layout(table: _Element) -> bool:
    return any(sum(len(text.text or "") for text in cell.iter("t")) > LONGEST_CELL for cell in table.iter("tc"))


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
    styles = {style.get(f"{W}styleId") or "": style for style in root.iter("style")}
    names: dict[str, str] = {}
    for key, style in styles.items():
        chain = [style]
        while len(chain) < 8 and (base := chain[-1].find("basedOn")) is not None:
            parent = styles.get(base.get(f"{W}val") or "")
            if parent is None:
                break
            chain.append(parent)
        found = [name.get(f"{W}val") or "" for one in chain for name in one.findall("name")]
        names[key] = next(
            (n for n in found if re.match(r"heading|title|subtitle|.*quote|caption|toc|list", n, re.I)), ""
        )
    return names


def _parts(paragraph: _Element, styled: Part, notes: dict[tuple[str, str], str]) -> Iterator[Part]:
    """Yield a paragraph, what in it is not read, and the notes that it refers to, which go from `notes`."""
    if styled.reason == _COPY or (
        paragraph.tag == "oMathPara" and next(paragraph.iterancestors("p"), None) is not None
    ):
        return
    found = runs(paragraph)
    text = clean(found.text).strip()
    if text:
        yield replace(styled, text=text, strong=clean(found.strong).strip())
    for words, reason in found.asides:
        yield Part(clean(words), reason=styled.reason or reason)
    for mark in found.marks:
        if mark in notes:
            yield Part(clean(notes.pop(mark)), reason="footnote")


def _styled(paragraph: _Element, styles: Mapping[str, str], layout: Collection[_Element]) -> Part:
    """Make an empty part of the kind that a paragraph's style says."""
    properties = paragraph.find("pPr")
    chosen = properties.find("pStyle") if properties is not None else None
    style = chosen.get(f"{W}val") or "" if chosen is not None else ""
    name = (styles.get(style) or style).lower()
    above = {str(element.tag): element for element in reversed(list(paragraph.iterancestors()))}
    number = _NUMBERS.search(name)
    level = int(number[1]) if number else 1
    if "Fallback" in above:
        return Part("", reason=_COPY)
    if "del" in above or "moveFrom" in above:
        return Part("", reason="deleted text")
    if "tbl" in above and above["tbl"] not in layout:
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
        deep = (depth.get(f"{W}val") or "0") if depth is not None else "0"
        return Part("", kind="item", level=1 + int(deep) if deep.isdigit() else 1)
    return Part("")
