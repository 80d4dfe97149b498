"""WordprocessingML: a paragraph's runs to its text, and what stands among them that is not read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrate.readers._parts import BREAK

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Codes of fields, properties, and copies for old programs: no words of the document.
_WORDLESS = frozenset("instrText Fallback rPr pPr sectPr commentReference annotationRef".split())
# What holds paragraphs or drawings of its own; its paragraphs are visited by themselves.
_OTHERS = frozenset("drawing pict object txbxContent".split())
_REASONS = {"del": "deleted text", "delText": "deleted text", "moveFrom": "deleted text", "rt": "ruby"}


@dataclass(slots=True)
class Runs:
    """What a paragraph holds."""

    text: str = ""
    strong: str = ""
    """Its beginning in bold."""
    marks: list[tuple[str, str]] = field(default_factory=list)
    """Kind and number of the notes that it refers to."""
    asides: list[tuple[str, str]] = field(default_factory=list)
    """Words in it that are not read, and why."""


def runs(paragraph: _Element) -> Runs:
    """Join a paragraph's runs, in reading order."""
    found = Runs()
    bold = plain_seen = False
    todo: list[tuple[_Element, str]] = [(element, "") for element in reversed(paragraph)]
    while todo:
        element, reason = todo.pop()
        tag = str(element.tag)
        if tag in _OTHERS:
            found.asides += [(said, "alternative text") for said in _described(element)]
        if tag in _WORDLESS or tag in _OTHERS:
            continue
        if tag == "r":
            bold, reason = _is_set(element, "b"), "hidden" if _is_set(element, "vanish") else reason
        reason = _REASONS.get(tag, reason)
        said = _said(element, tag)
        if reason:
            _set_aside(found, said, reason)
        else:
            found.text += said
            plain_seen |= not bold and bool(said.strip())
            found.strong += said if tag == "t" and not plain_seen else ""
        if tag in ("footnoteReference", "endnoteReference"):
            found.marks.append((tag.removesuffix("Reference"), element.get(f"{W}id") or ""))
        todo += [(child, reason) for child in reversed(element)]
    return found


def joined(paragraphs: _Element) -> str:
    """Join the paragraphs of a note or a comment."""
    return " ".join(" ".join(runs(paragraph).text.split()) for paragraph in paragraphs.iter("p"))


def _said(element: _Element, tag: str) -> str:
    if tag in ("t", "delText"):
        return element.text or ""
    return {"br": BREAK, "cr": BREAK, "tab": " ", "ptab": " ", "noBreakHyphen": "-"}.get(tag, "")


def _set_aside(found: Runs, said: str, reason: str) -> None:
    """Keep words that are not read; those of one reason that follow one another are one stretch."""
    if found.asides and found.asides[-1][1] == reason:
        found.asides[-1] = (found.asides[-1][0] + said, reason)
    elif said.strip():
        found.asides.append((said, reason))


def _described(drawing: _Element) -> list[str]:
    return [said for properties in drawing.iter("docPr") if (said := (properties.get("descr") or "").strip())]


def _is_set(run: _Element, name: str) -> bool:
    found = run.find(f"rPr/{name}")
    return found is not None and (found.get(f"{W}val") or "1") not in ("0", "false", "off")
