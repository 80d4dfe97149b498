"""HTML trees to parts: one walk in reading order, without recursion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from narrate.readers import _traits, _trees
from narrate.readers._encoding import clean
from narrate.readers._parts import BREAK, Part

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"[ ]*\n[ ]*(?:\n[ ]*)+")
LONGEST_CELL = 300
"""Characters in a cell from which on a table is there for layout, not for data; and of a long caption."""
LONGEST_CREDIT = 500
"""Characters in an element named after a byline, a date or a standfirst; more is an article with one in it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part and what is known of the element that it came from."""

    part: Part
    linked: float = 0.0
    """Share of its characters that are links."""
    credit: str = ""
    """"byline", "date" or "standfirst" where the element is named so."""
    time: str = ""
    """The `datetime` of a <time> within."""


@dataclass(slots=True)
class _Frame:
    """What holds within an open element; children inherit it."""

    tag: str
    reason: str = ""
    kind: str = ""
    level: int = 0
    lists: int = 0
    credit: str = ""
    strong: bool = False
    link: bool = False
    quoted: bool = False


@dataclass(slots=True)
class _Buffer:
    """The inline text of the block that is being walked."""

    pieces: list[tuple[str, str]] = field(default_factory=list)
    strong: str = ""
    started: bool = False
    """Words that may be read have been seen."""
    worded: bool = False
    """Words of any kind have been seen."""
    linked: int = 0
    time: str = ""
    credit: str = ""


def fragment(markup: str) -> Iterator[Part]:
    """Yield the parts of a piece of HTML, as it stands in Markdown or a feed."""
    for piece in walk(_trees.fragment(markup)):
        yield piece.part


def walk(root: _Element, trusted: bool = False) -> Iterator[Piece]:
    """Yield the pieces of a tree in reading order; `trusted` leaves names of classes out of account."""
    from lxml import etree

    _trees.quiet(root)
    frames = [_Frame("")]
    buffer = _Buffer()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = _tag(element)
        if event == "start":
            frame = _opened(element, tag, frames[-1], trusted)
            if tag not in _traits.INLINE:
                yield from _flushed(buffer, frames[-1])
                buffer = _Buffer()
            frames.append(frame)
            yield from _empty(element, tag, frame, buffer)
            _add(buffer, element.text, frame)
            continue
        frame = frames.pop()
        if tag not in _traits.INLINE:
            yield from _flushed(buffer, frame)
            buffer = _Buffer()
        if element is not root:
            _add(buffer, element.tail, frames[-1])


@lru_cache(maxsize=512)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _tag(element: _Element) -> str:
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


def _opened(element: _Element, tag: str, outer: _Frame, trusted: bool) -> _Frame:
    if tag in _traits.PLAIN and not element.attrib:
        return outer
    reason = outer.reason
    if not reason or reason in _traits.LOOSE:
        reason = _traits.reason(element, tag, trusted) or reason
    frame = _Frame(
        tag, reason, outer.kind, outer.level, outer.lists, outer.credit, outer.strong, outer.link, outer.quoted
    )
    if tag in _traits.HEADINGS:
        frame.kind, frame.level = "heading", _traits.HEADINGS[tag]
    elif tag in ("ul", "ol"):
        frame.lists += 1
    elif tag == "li":
        frame.kind, frame.level = "item", frame.lists
    elif tag == "blockquote":
        frame.quoted = True
    elif tag == "table" and not reason and not _is_layout(element):
        frame.reason = "table"
    elif tag == "pre":
        frame.reason = reason or "code"
    elif tag == "figure" and not reason and _is_picture(element):
        frame.reason = "caption"
    frame.credit = outer.credit or _credit(element, tag)
    frame.strong |= tag in _traits.STRONG
    frame.link |= tag == "a"
    return frame


def _is_picture(figure: _Element) -> bool:
    """Tell a figure that has a picture and few words from one that frames text, a table or a letter box."""
    if next(figure.iterdescendants("blockquote", "table", "pre", "aside", "h1", "h2", "h3"), None) is not None:
        return False
    return _is_short(figure, LONGEST_CELL)


def _credit(element: _Element, tag: str) -> str:
    """Name the credit that an element holds; what holds more than a few lines is named after its date or author."""
    found = _traits.credit(element, tag)
    return found if found and _is_short(element, LONGEST_CREDIT) else ""


def _is_short(element: _Element, most: int) -> bool:
    """Tell whether an element has no more characters than that, without counting them all."""
    count = 0
    for text in element.itertext():
        count += len(text.strip())
        if count > most:
            return False
    return True


def _is_layout(table: _Element) -> bool:
    """Tell a table that only places text on the page: it holds others, headings or prose, or has one column."""
    if table.get("role") == "presentation":
        return True
    if next(table.iterdescendants("table", "h1", "h2", "h3", "blockquote"), None) is not None:
        return True
    if any(sum(map(len, cell.itertext())) > LONGEST_CELL for cell in table.iter("td")):
        return True
    return all(sum(1 for _ in row.iterchildren("td", "th")) < 2 for row in table.iter("tr"))


def _empty(element: _Element, tag: str, frame: _Frame, buffer: _Buffer) -> Iterator[Piece]:
    """Take in elements that have no text: breaks, times, pictures' alternative texts."""
    if tag == "br":
        buffer.pieces.append((BREAK, frame.reason))
    elif tag == "time":
        buffer.time = buffer.time or (element.get("datetime") or "")[:40]
        buffer.credit = buffer.credit or "date"
    elif tag == "img" and (element.get("alt") or "").strip():
        yield Piece(Part(clean(element.get("alt") or ""), reason=_of_picture(frame.reason)))


def _of_picture(reason: str) -> str:
    return "alternative text" if reason in ("", "caption") else reason


def _add(buffer: _Buffer, text: str | None, frame: _Frame) -> None:
    if not text:
        return
    text = _SPACE.sub(" ", text)
    buffer.pieces.append((text, frame.reason))
    if not text.strip():
        return
    buffer.worded = True
    buffer.credit = buffer.credit or frame.credit
    buffer.linked += len(text) if frame.link else 0
    if frame.reason:
        return
    if frame.strong and (not buffer.started or buffer.strong):
        buffer.strong += text
    buffer.started = True


def _flushed(buffer: _Buffer, frame: _Frame) -> Iterator[Piece]:
    """Turn the text of a finished block into pieces: its own, then what within it is not read."""
    if not buffer.worded:
        return
    own = clean("".join(text for text, reason in buffer.pieces if reason == frame.reason))
    total = sum(len(text) for text, _ in buffer.pieces) or 1
    kind = "quotation" if frame.quoted and frame.kind != "heading" else frame.kind or "paragraph"
    for text in _PARAGRAPH.split(own):
        if text.strip():
            part = Part(text.strip(), kind, frame.level, reason=frame.reason, strong=clean(buffer.strong).strip())  # type: ignore[arg-type]
            yield Piece(part, buffer.linked / total, buffer.credit, buffer.time)
    for reason in dict.fromkeys(reason for _, reason in buffer.pieces if reason != frame.reason):
        text = clean(" ".join(text for text, why in buffer.pieces if why == reason)).strip()
        if text:
            yield Piece(Part(text, reason=reason))


def plain(texts: Iterable[str]) -> str:
    """Reduce texts to their words, lower case, for comparing."""
    return " ".join(map(_plain, texts))


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
