"""Blocks with their long quotations folded to a word and parsed again.

A parser stumbles where a quotation of several sentences stands inside the sentence that reports
it. With the quotation folded, who said it is the subject of a plain short sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.attribution.passages import Passage, passages
from narrate.attribution.quotations import Quotation
from narrate.model import Block

if TYPE_CHECKING:
    from spacy.tokens import Doc

FOLD = 4
"""Words from which a quotation is folded; shorter ones are often a part of the sentence that needs them."""
WORD = "Yes"
"""What a quotation is folded to: it can stand wherever a quoted sentence does."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A block's text with quotations folded, and what was cut out where."""

    block: int
    text: str
    cuts: tuple[tuple[int, int, int], ...]
    """Start in the folded text, and start and end in the block's, of each stretch that became `WORD`."""


def fold(index: int, text: str, quotations: Sequence[Quotation]) -> Folded | None:
    """Fold the long quotations of a block; None if it has none, or nothing else."""
    pieces: list[str] = []
    cuts: list[tuple[int, int, int]] = []
    at, length = 0, 0
    for quotation in quotations:
        start, end = _core(text, quotation)
        if text.count(" ", start, end) + 1 < FOLD:
            continue
        pieces += [text[at:start], WORD]
        length += start - at
        cuts.append((length, start, end))
        length += len(WORD)
        at = end
    pieces.append(text[at:])
    told = sum(piece.count(" ") for piece in pieces)
    return Folded(index, "".join(pieces), tuple(cuts)) if cuts and told > 1 else None


def _core(text: str, quotation: Quotation) -> tuple[int, int]:
    """Find what lies between the marks and the last punctuation of a quotation."""
    start, end = quotation.start, quotation.end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def unfold(passage: Passage, folded: Folded, doc: Doc) -> Passage:
    """Take the syntax of all that is outside folded quotations from the folded block's parse."""
    short = passages([Block("paragraph", folded.text, 0)], [doc], [])[0]
    place = {start: token for token, start in enumerate(passage.starts)}
    inside = {start: _inside(passage, start, end) for _, start, end in folded.cuts}
    roots = {start: _root(passage, tokens) for start, tokens in inside.items()}
    backs = _backs(short.starts, folded)
    where = [roots[back] if back in roots else place.get(back, -1) for back in backs]
    tags, deps, heads, sentences = passage.tags[:], passage.deps[:], passage.heads[:], passage.sentences[:]
    for token, at in enumerate(where):
        head = where[short.heads[token]]
        if at < 0 or head < 0:
            continue
        heads[at], deps[at], sentences[at] = head, short.deps[token], short.sentences[token]
        if backs[token] not in inside:
            tags[at] = short.tags[token]
            continue
        for inner in inside[backs[token]]:
            sentences[inner] = short.sentences[token]
            if inner != at and heads[inner] not in inside[backs[token]]:
                heads[inner], deps[inner] = at, "dep"
    return replace(passage, tags=tags, deps=deps, heads=heads, sentences=sentences)


def _inside(passage: Passage, start: int, end: int) -> range:
    """Give the tokens between two offsets."""
    return range(passage.token_at(start), passage.token_at(end - 1) + 1)


def _root(passage: Passage, tokens: range) -> int:
    """Find the token that the others of a stretch hang from."""
    return next((t for t in tokens if passage.heads[t] == t or passage.heads[t] not in tokens), tokens.start)


def _backs(offsets: Sequence[int], folded: Folded) -> list[int]:
    """Turn rising offsets in the folded text into ones in the block's: one walk over both."""
    backs, shift = [], 0
    rest = iter(folded.cuts)
    cut = next(rest, None)
    for offset in offsets:
        while cut is not None and offset > cut[0]:
            shift = cut[2] - cut[0] - len(WORD)
            cut = next(rest, None)
        backs.append(cut[1] if cut is not None and offset == cut[0] else offset + shift)
    return backs
