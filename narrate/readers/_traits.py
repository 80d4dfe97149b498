"""Elements of HTML: what tags, classes and roles say about the text inside."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

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

_BY_TAG = {
    "nav": "navigation",
    "footer": "page footer",
    "form": "form",
    "button": "form",
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
# In order: a box for letters within related links is a box. Matched against words of class, id and the like.
_BY_CLASS = tuple(
    (reason, re.compile(rf"(?:^|[\s_-])(?:{words})", re.IGNORECASE))
    for reason, words in (
        ("hidden", r"sr-only|visually-?hidden|screen-reader|print-only|hidden(?:$|\s)|offscreen"),
        ("cookie banner", r"cookie|consent|gdpr|onetrust|cmp-"),
        ("subscription box", r"newsletter|subscri|sign-?up|paywall|piano|email-capture|donat|membership|regwall|"
                             r"cta(?:$|\W)"),
        ("comments", r"comments?(?:$|\s|-(?:list|area|section|body|thread|respond|wrap|content|author|meta))|disqus|"
                     r"respond(?:$|\s)|coral|commentlist"),
        ("pull quote", r"pull-?quote|pq(?:$|\s)|drop-?quote|callout-quote"),
        ("caption", r"(?:wp-)?caption|figcaption|(?:[\w]+-)?credit(?:$|\s)|credit-line|media-credit|img-desc"),
        ("share bar", r"share|sharing|social|addtoany|sharedaddy|a2a_|tweet-this|follow-us|like-button"),
        ("advertisement", r"ads?(?:$|\s|-|_)|advert|sponsor|promo(?:$|\s|-|_)|outbrain|taboola|dfp|banner-ad"),
        ("related links", r"related|recommend|read-?(?:more|next|also)|more-?(?:from|on|stories|like)|trending|popular|"
                          r"most-(?:read|viewed)|also-like|jp-relatedposts|further-reading|teaser|onward|"
                          r"latest-(?:news|stories|posts)"),
        ("navigation", r"nav(?:$|\s|-|bar|igation)|menu|breadcrumb|pagination|pager|post-?nav|skip-?(?:link|to)|"
                       r"toc(?:$|\s|-|_)|table-of-contents|site-header|masthead|topbar"),
        ("author box", r"(?:about|post|entry)-?(?:the-)?author(?:$|\s|-(?:box|bio|info|card))|bio(?:$|\s|-)|"
                       r"author-?(?:box|bio|card|info|description)"),
        ("tags", r"(?:(?:post|entry|article)-)?(?:tags?|categor(?:y|ies)|topics?)(?:$|\s|-(?:links|list|container))|"
                 r"cat-links|entry-footer|post-footer|post-meta-footer|kicker|eyebrow"),
        ("footnote", r"footnotes?(?:$|\s)|endnotes?(?:$|\s)|references(?:$|\s)|reflist"),
        ("page footer", r"site-footer|page-footer|footer(?:$|\s)|colophon|copyright"),
        ("aside", r"sidebar|widget|aside|infobox|fact-?box|toolbar|audio-player|listen-|mw-editsection"),
        ("page number", r"pagenum|page-break|pagebreak|page-number"),
    )
)  # fmt: skip
_CREDITS = (
    (
        "standfirst",
        re.compile(r"standfirst|subtitle|sub-?head(?:line)?(?:$|\s)|excerpt|dek(?:$|\s)|deck(?:$|\s)|lede", re.I),
    ),
    ("date", re.compile(r"date|time|published|posted-on|updated", re.IGNORECASE)),
    ("byline", re.compile(r"byline|by-line|author|writer|contributor|creator", re.IGNORECASE)),
)
_TRUSTED_NOTES = re.compile(r"(?:^|\s)(?:foot|end)?notes?(?:$|\s)")
_NOTE_HREF = re.compile(r"#.*(?:note|fn|ref|cite|ftn|en)[\w.:-]*\d", re.IGNORECASE)
_NOTE_TEXT = re.compile(r"\s*(?:[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5})[\])]?|[*†‡§¶]{1,3}|↩︎?|\^)\s*")


def words(element: _Element) -> str:
    """Join what an element is called by its makers: class, id and their like."""
    names = ("class", "id", "data-testid", "data-component", "itemprop", "aria-label", "rel")
    return " ".join([value for name in names if (value := element.get(name))])


def reason(element: _Element, tag: str, trusted: bool = False) -> str:
    """Say why an element's text is not the article's, from its tag, role and names; "" if nothing speaks against it.

    In a `trusted` tree, such as a book, names of classes are not held against anything.
    """
    role = (element.get("role") or "").lower()
    if not element.attrib:
        return _BY_TAG.get(tag) or (_note(element, tag) if tag == "sup" else "")
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
    return _by_name(words(element))


def credit(element: _Element, tag: str) -> str:
    """Say whether an element holds the "byline", the "date" or the "standfirst"; "" for none."""
    if tag == "time" or not element.attrib:
        return "date" if tag == "time" else ""
    return _credit_by_name(words(element))


@lru_cache(maxsize=4096)
def _by_name(named: str) -> str:
    return next((why for why, pattern in _BY_CLASS if pattern.search(named)), "") if named else ""


@lru_cache(maxsize=4096)
def _credit_by_name(named: str) -> str:
    return next((kind for kind, pattern in _CREDITS if pattern.search(named)), "") if named else ""


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
