"""The text of an edition as it is laid out on a page: chapters of blocks of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from narrate.model import NARRATOR, Edition, Script, Speaker
from narrate.screenplay import UNSURE

HUES = 10
"""Colours that the style sheet has for speakers; with more speakers they come round again."""

DEEPEST_HEADING = 6
"""HTML has no heading below `h6`."""

TAGS = {"quotation": "blockquote", "item": "li"}
"""Block kind → element, for those that are neither headings nor plain paragraphs."""

_UNKEEPABLE = re.compile("[\x00\r\ud800-\udfff]")
"""What an HTML parser drops or changes, which would shift every offset behind it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A line as it is drawn."""

    number: int
    text: str
    colour: str
    name: str
    """Who speaks, where it has to be said: at somebody's first words in a block; "probably …" if so."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block as it is drawn: its element, and whether it begins or ends a list."""

    tag: str
    kind: str
    text: str
    lines: tuple[Span, ...]
    opens_list: bool
    closes_list: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of the text."""

    title: str
    announced: bool
    """Whether the title has to be shown, because the text itself does not open with a heading."""
    blocks: tuple[Passage, ...]


def parts(edition: Edition) -> list[Part]:
    """Lay the blocks out under the chapters in which they begin."""
    article, chapters = edition.script.article, edition.script.chapters
    drawn = list(zip(article.blocks, _passages(edition.script), strict=True))
    numbers = _chapter_of_each_block(edition.script)
    laid = []
    for number, indices in groupby(range(len(drawn)), key=numbers.__getitem__):
        inside = [drawn[index] for index in indices]
        title = chapters[number].title if chapters else article.title
        announced = number > 0 and inside[0][0].kind not in ("title", "heading")
        laid.append(Part(title, announced, tuple(passage for _, passage in inside)))
    return laid


def colours(speakers: tuple[Speaker, ...]) -> dict[str, str]:
    """Give each speaker but the narrator the class of a colour."""
    cast = [speaker.id for speaker in speakers if speaker.id != NARRATOR]
    return {id: f"voice-{number % HUES}" for number, id in enumerate(cast)}


def keepable(text: str) -> str:
    """Put U+FFFD for each character that an HTML parser would not keep, so that offsets hold."""
    return _UNKEEPABLE.sub("\ufffd", text)


def _chapter_of_each_block(script: Script) -> list[int]:
    opened: dict[int, int] = {}
    for number, section in enumerate(script.chapters):
        for line in section.lines:
            opened.setdefault(line.block, number)
    numbers, at = [], 0
    for index in range(len(script.article.blocks)):
        at = max(at, opened.get(index, at))
        numbers.append(at)
    return numbers


def _passages(script: Script) -> Iterator[Passage]:
    spans, level = _spans(script), 1
    blocks = script.article.blocks
    kinds = ["", *(block.kind for block in blocks), ""]
    title = kinds.index("title") - 1 if "title" in kinds else None
    for index, block in enumerate(blocks):
        tag = TAGS.get(block.kind, "p")
        if block.kind in ("title", "heading"):
            # No level is skipped on the way down, whatever the source did; the first title is the only h1.
            level = 1 if index == title else min(max(block.level, 1), level, DEEPEST_HEADING - 1) + 1
            tag = f"h{level}"
        opens = block.kind == "item" and kinds[index] != "item"
        closes = block.kind == "item" and kinds[index + 2] != "item"
        yield Passage(tag, block.kind, keepable(block.text), spans.get(index, ()), opens, closes)


def _spans(script: Script) -> dict[int, tuple[Span, ...]]:
    names = {speaker.id: speaker.name for speaker in script.speakers}
    colour = colours(script.speakers)
    spans: dict[int, tuple[Span, ...]] = {}
    for block, lines in groupby(enumerate(script.lines), key=lambda each: each[1].block):
        told, drawn = NARRATOR, []
        for number, line in lines:
            shown = "" if line.speaker in (NARRATOR, told) else names.get(line.speaker, line.speaker)
            told = line.speaker if line.speaker != NARRATOR else told
            name = f"probably {shown}" if shown and line.confidence < UNSURE else shown
            drawn.append(Span(number, keepable(line.text), colour.get(line.speaker, ""), name))
        spans[block] = (*spans.get(block, ()), *drawn)
    return spans
