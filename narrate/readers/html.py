"""Web pages: trafilatura finds the article, a walk over the tree gives its structure and what was left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from narrate.errors import SourceError
from narrate.model import Article
from narrate.readers import Source, _facts, _trees
from narrate.readers._composing import compose
from narrate.readers._encoding import clean, decode
from narrate.readers._markup import fragment, walk
from narrate.readers._parts import Part
from narrate.readers._selecting import select

if TYPE_CHECKING:
    from lxml.etree import _Element

GUARDED = True
CARRIED_SHARE = 0.5
"""Share of the words of the article in a page's data below which the page itself does not show it."""
LEAST_WORDS = 4
"""Words of a page that has an article on it at all."""
PAID_WORDS = 150
"""Words below which a page that says it is paid for shows only its beginning."""
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|h1|meta|title)\b", re.I | re.S
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


def prepare() -> None:
    """Load the libraries once for many sources."""
    import lxml.html  # noqa: F401
    import trafilatura  # noqa: F401


def recognises(source: Source) -> float:
    """Tell a web page by what a server says, its first bytes or its ending."""
    if _HTML.match(source.data[:4000].removeprefix(b"\xef\xbb\xbf")):
        return 0.9
    if source.media_type.startswith(("text/html", "application/xhtml")):
        return 0.8
    return 0.7 if source.suffix in (".html", ".htm", ".xhtml", ".shtml") else 0.0


def read(source: Source) -> Article:
    """Make an article of a web page. Raises SourceError."""
    declared = re.search(r"charset=([\w-]+)", source.media_type)
    meta = _CHARSET.search(source.data[:4000])
    encoding = declared[1] if declared else meta[1].decode() if meta else ""
    root = _trees.parse(source.name, decode(source.name, source.data, encoding))
    facts = _facts.find(root)
    parts, known = select(list(walk(root)), main_text(root), facts)
    words = _words(parts)
    if words < CARRIED_SHARE * len(facts.body.split()):
        shown, parts, known = parts, _carried(facts.body), facts.known
        parts += [part if part.reason else part.omitted("page furniture") for part in shown]
        words = _words(parts)
    if facts.paid and words < PAID_WORDS:
        raise SourceError(f"{source.name}: behind a paywall; open it in your browser, save the page and give the file")
    if words < LEAST_WORDS:
        raise SourceError(
            f"{source.name}: no article on this page; if a browser shows one, save it there and give the file"
        )
    return compose(source.name, parts, known)


def _words(parts: Sequence[Part]) -> int:
    return sum(len(part.text.split()) for part in parts if not part.reason and part.kind != "title")


def _carried(body: str) -> list[Part]:
    """Take the article from the page's data: paragraphs in lines, or markup."""
    if re.search(r"</?(?:p|br|div)\b", body):
        return list(fragment(body))
    return [Part(clean(line).strip()) for line in re.split(r"\s*\n\s*", body) if line.strip()]


def main_text(root: _Element) -> list[str]:
    """Ask trafilatura for the text of the article, paragraph by paragraph."""
    from copy import deepcopy

    import trafilatura

    try:
        found: Any = trafilatura.bare_extraction(deepcopy(root), include_comments=False, favor_recall=False)
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        # A page that it stumbles over is read by structure alone.
        found = None
    if found is None or found.body is None:
        return []
    return ["".join(element.itertext()) for element in found.body]
