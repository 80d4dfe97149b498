"""Parts to an article: the passes that every reader's parts go through, and their offsets."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise

from narrate.errors import SourceError
from narrate.model import Article, Block, Omission
from narrate.readers import _furniture, _head, _language, _turns
from narrate.readers._parts import Metadata, Part

MOST_PARTS = 200_000
"""Blocks and omissions in one article; a dictionary has fewer entries."""
LONGEST_METADATA = 300
"""Characters of a title or byline that are kept beside the text; a block is as long as it is."""
MOST_HEADING_WORDS = 12
"""Words of a heading that is only a line in bold."""
BOLD_LEVEL = 9
"""Its level: below all headings that say that they are."""
GAP = 2
"""Line feeds between two parts of the extracted text: an empty line, as people write paragraphs."""


def compose(name: str, parts: list[Part], known: Metadata | None = None) -> Article:
    """Recognise head, turns and furniture in a reader's parts and lay them out as an article.

    `name` is the source as the user named it. Raises SourceError when no word is left to read.
    """
    parts = [part for part in parts if part.text.strip()]
    if len(parts) > MOST_PARTS:
        raise SourceError(f"{name}: over {MOST_PARTS} paragraphs; cut it into parts")
    parts, known = _head.find(_furniture.find(parts), known or Metadata())
    parts = _levelled(_bold_headings(_turns.find([part for part in parts if part.text.strip()])))
    blocks, omissions = _laid_out(parts)
    if not any(_has_word(block.text) for block in blocks if block.kind not in ("title", "byline", "date")):
        raise SourceError(f"{name}: no article in it; there is no sentence to read")
    return Article(
        title=_short(known.title),
        byline=_short(known.byline),
        published=known.published,
        language=_language.found(blocks, known.language),
        source=name,
        blocks=blocks,
        omissions=omissions,
    )


def keep(article: Article, reasons: set[str]) -> Article:
    """Turn the omissions with one of these reasons back into blocks."""
    there = {omission.reason for omission in article.omissions}
    for reason in sorted(reasons - there):
        known = ", ".join(sorted(there)) or "nothing"
        raise SourceError(f"nothing was left out as {reason!r}; left out: {known}")
    back = [omission for omission in article.omissions if omission.reason in reasons]
    kept = [Block("caption" if _is_caption(o.reason) else "paragraph", o.text, o.start) for o in back]
    blocks = sorted((*article.blocks, *kept), key=lambda block: block.start)
    rest = tuple(omission for omission in article.omissions if omission.reason not in reasons)
    return replace(article, blocks=tuple(blocks), omissions=rest)


def _is_caption(reason: str) -> bool:
    return reason in ("caption", "alternative text")


def _bold_headings(parts: list[Part]) -> list[Part]:
    """Make headings of short paragraphs in bold above plain ones: editors without a button for headings do so."""
    result = list(parts)
    for at, (part, below) in enumerate(pairwise(parts)):
        plain_below = below.kind == "paragraph" and not below.reason and below.strong != below.flat
        if plain_below and _is_bold_line(part) and len(below.text) > len(part.text):
            result[at] = replace(part, kind="heading", level=BOLD_LEVEL)
    return result


def _is_bold_line(part: Part) -> bool:
    text = part.flat
    bold = part.kind == "paragraph" and not part.reason and " ".join(part.strong.split()) == text
    return bold and len(text.split()) <= MOST_HEADING_WORDS and text[-1] not in ".,;:!”\"'’)" and _has_word(text)


def _levelled(parts: list[Part]) -> list[Part]:
    """Number headings from 1 without gaps: what is left under the title are chapters."""
    levels = sorted({part.level for part in parts if part.kind == "heading" and not part.reason})
    rank = {level: place for place, level in enumerate(levels, start=1)}
    return [replace(part, level=rank.get(part.level, 1)) if part.kind == "heading" else part for part in parts]


def _laid_out(parts: list[Part]) -> tuple[tuple[Block, ...], tuple[Omission, ...]]:
    blocks: list[Block] = []
    omissions: list[Omission] = []
    at = 0
    for part in parts:
        text = part.flat
        if part.reason:
            omissions.append(Omission(at, text, part.reason))
        else:
            level = part.level if part.kind in ("heading", "item") else 0
            blocks.append(Block(part.kind, text, at, level, part.label))
        at += len(text) + (1 if part.reason == "speaker label" else GAP)
    return tuple(blocks), tuple(omissions)


def _short(text: str) -> str:
    line = "".join(c for c in " ".join(text.split()) if unicodedata.category(c)[0] != "C")
    return line if len(line) <= LONGEST_METADATA else line[:LONGEST_METADATA].rpartition(" ")[0] + "…"


def _has_word(text: str) -> bool:
    return any(character.isalpha() for character in text)
