"""HTML to trees: of bounded size, made flat where they are too deep, and rid of what holds no words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from narrate.errors import SourceError
from narrate.readers import _traits

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ELEMENTS = 300_000
"""Elements of one page; the largest encyclopedia articles have 50,000."""
DEEPEST = 200
"""Levels of elements that are kept; what lies deeper is drawn up. Programs that nest pages badly reach 100."""
_CUT_OFF = "XML_PARSE_HUGE"
"""How the parser names what it stopped at: levels or lengths beyond its limits."""


def parse(name: str, text: str) -> _Element:
    """Parse a page. Raises SourceError when it is empty, too large or nested beyond reason."""
    from lxml import etree, html

    # A declaration of an encoding is void once the text is decoded, and lxml refuses it.
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    for huge in (False, True):
        parser = html.HTMLParser(no_network=True, remove_comments=True, huge_tree=huge)
        try:
            root = html.document_fromstring(text, parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
            raise SourceError(f"{name}: no article on this page; it is empty") from error
        if not any(_CUT_OFF in entry.message for entry in parser.error_log):
            break
    else:
        raise SourceError(f"{name}: nested over 2,000 levels deep; this is not an article")
    count: Any = root.xpath("count(//*)")
    if count > MOST_ELEMENTS:
        raise SourceError(f"{name}: over {MOST_ELEMENTS} elements; this is not an article")
    if huge:
        _flatten(root)
    return root


def fragment(markup: str) -> _Element:
    """Parse a piece of HTML, as it stands in Markdown or a feed. Raises SourceError."""
    root = parse("markup", f"<html><body><div>{markup}</div></body></html>")
    return next(root.iter("body"), root)


def quiet(root: _Element) -> None:
    """Take out what has no words, and reduce to its words what a page shows in other ways or only at times."""
    from lxml import etree

    etree.strip_elements(root, *_traits.SILENT, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    for element in list(root.iter(*_traits.MUTE)):
        words, tail = " ".join(" ".join(map(str, element.itertext())).split()), element.tail
        element.clear()
        element.text, element.tail = f" {words} " if any(map(str.isalnum, words)) else None, tail


def _flatten(root: _Element) -> None:
    """Draw up what is nested too deeply, so that no library runs out of room on it."""
    from lxml import etree

    deep: list[_Element] = []
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        # A paragraph or an item is what it is at any depth.
        if event == "start" and depth > DEEPEST and element.tag in ("div", "span", "section", "font", "b", "i", "em"):
            deep.append(element)
    for element in reversed(deep):
        element.drop_tag()  # type: ignore[attr-defined]
