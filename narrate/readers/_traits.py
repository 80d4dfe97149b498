"""Elements of HTML: what tags, classes and roles say about the text inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.readers import _names

if TYPE_CHECKING:
    from lxml.etree import _Element

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small"
    " span strike strong sub sup time tt u var wbr img br picture source math annotation"
    " noscript template svg iframe object embed audio video canvas map select rt rp".split()
)
SILENT = ("script", "style", "head", "link", "meta", "param", "track")
"""Tags whose content is no text of the page at all."""
_MUTE = {
    "noscript": "no-script text",
    "template": "template",
    "svg": "picture",
    "canvas": "picture",
    "map": "picture",
    "iframe": "embedded media",
    "object": "embedded media",
    "embed": "embedded media",
    "audio": "embedded media",
    "video": "embedded media",
    "select": "form",
    "textarea": "form",
    "rt": "ruby",
    "rp": "ruby",
    "annotation": "formula",
    "annotation-xml": "formula",
}
MUTE = tuple(_MUTE)
"""Tags whose words are a drawing's, a copy, or seen by few; each goes with its words in one."""
PLAIN = frozenset({"em", "i", "u", "span", "code", "small", "mark", "abbr", "cite", "q", "p", "div"})
"""Tags that say nothing of the text inside unless they have attributes."""
STRONG = frozenset({"b", "strong"})
HEADINGS = {f"h{level}": level for level in range(1, 7)}

LOOSE = frozenset({"navigation", "page footer", "form", "aside", "tags", "author box", "hidden", "related links",
                   "advertisement", "share bar", "subscription box", "embedded media"})  # fmt: skip
"""Reasons that give way when most of the article is inside such a box: class "ads-free" on the body."""

_BY_TAG = {
    "nav": "navigation",
    "footer": "page footer",
    "form": "form",
    "button": "form",
    "label": "form",
    "figcaption": "caption",
    "caption": "caption",
    "dialog": "page furniture",
    "menu": "navigation",
    **_MUTE,
}
_BY_ROLE = {
    "navigation": "navigation",
    "banner": "navigation",
    "search": "form",
    "contentinfo": "page footer",
    "complementary": "aside",
    "dialog": "page furniture",
    "alertdialog": "page furniture",
    "doc-noteref": "reference mark",
    "doc-backlink": "reference mark",
    "doc-footnote": "footnote",
    "doc-endnotes": "footnote",
    "doc-endnote": "footnote",
    "doc-pagebreak": "page number",
}
_NAMED_BY = ("class", "id", "data-testid", "data-component", "data-qa", "itemprop", "aria-label", "rel")
_TRUSTED_NOTES = re.compile(r"(?:^|\s)(?:foot|end)?notes?(?:$|\s)")
_NOTE_HREF = re.compile(r"#.*(?:note|fn|ref|cite|ftn|en)[\w.:-]*\d", re.IGNORECASE)
_NOTE_TEXT = re.compile(r"\s*(?:[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5})[\])]?|[*†‡§¶]{1,3}|↩︎?|\^)\s*")


def words(element: _Element, tag: str) -> str:
    """Join what an element is called by its makers: class, id and their like, and the tag where it is their own."""
    named = [value for name in _NAMED_BY if (value := element.get(name))]
    return " ".join([*named, tag] if "-" in tag else named)


def reason(element: _Element, tag: str, trusted: bool = False) -> str:
    """Say why an element's text is not the article's, from its tag, role and names; "" if nothing speaks against it.

    In a `trusted` tree, such as a book, names of classes are not held against anything.
    """
    role = (element.get("role") or "").lower()
    if not element.attrib:
        return _BY_TAG.get(tag) or (_note(element, tag) if tag == "sup" else _names.reason(tag) if "-" in tag else "")
    by_form = _BY_TAG.get(tag) or _BY_ROLE.get(role) or _note(element, tag)
    if by_form:
        return by_form
    style = element.get("style") or ""
    if (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or "display:none" in style.replace(" ", "")
    ):
        return "hidden"
    if trusted and _TRUSTED_NOTES.search(element.get("class") or ""):
        return "footnote"
    if trusted or tag in ("body", "html", "main", "article", *HEADINGS):
        return ""
    return _names.reason(words(element, tag))


def credit(element: _Element, tag: str) -> str:
    """Say whether an element holds the "byline", the "date" or the "standfirst"; "" for none."""
    if tag == "time" or not element.attrib:
        return "date" if tag == "time" else ""
    return _names.credit(words(element, tag))


def _note(element: _Element, tag: str) -> str:
    kind = element.get("{http://www.idpf.org/2007/ops}type") or element.get("epub:type") or ""
    if "noteref" in kind or "backlink" in kind:
        return "reference mark"
    if "pagebreak" in kind:
        return "page number"
    if kind in ("footnote", "endnote", "footnotes", "endnotes", "rearnote", "rearnotes"):
        return "footnote"
    if tag == "sup" or tag == "a":
        link = element if tag == "a" else next(element.iter("a"), None)
        if link is not None and _NOTE_HREF.search(link.get("href") or "") and _is_mark(element):
            return "reference mark"
    return ""


def _is_mark(element: _Element) -> bool:
    return bool(_NOTE_TEXT.fullmatch("".join(map(str, element.itertext()))))
