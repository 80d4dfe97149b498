"""The words around a quotation: where its own sentence begins and ends, and which verbs report it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from narrate.attribution.mentions import SUBJECTS
from narrate.attribution.passages import Passage
from narrate.attribution.quotations import Quotation

SENTENCE = 120
"""Tokens that are looked at on each side of a quotation; what is longer is a list, or broken."""
OUTSIDE = {",", ".", ";"}
MARKS = set("“”„«»\"″‘’'`") | {"''", "``"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A quotation and what is told around it in its block; all but the quotation are token indexes."""

    quotation: Quotation
    number: int
    passage: Passage
    first: int
    last: int
    """Token behind the quotation."""
    before: int
    """First token behind the quotation before it in the block, or of the block."""
    after: int
    """First token of the next quotation in the block, or the end of the block."""
    lead: int
    """First token of the sentence that leads into the quotation; `first` if none does."""
    tail: int
    """Token behind the sentence that goes on after the quotation; `last` if none does."""
    inner: str
    """Last punctuation of the quotation, on either side of its closing mark, "" if it ends in a word."""
    outer: str
    """What stands just before the quotation: punctuation, "w" for a word, "" for a new sentence or block."""
    words: int


def frame(number: int, quotation: Quotation, passage: Passage) -> Frame:
    """Lay out what stands around a quotation."""
    first, last = bisect_left(passage.starts, quotation.start), bisect_left(passage.starts, quotation.end)
    before, after = first, last
    while before and passage.quoted[before - 1] < 0:
        before -= 1
    while after < len(passage) and passage.quoted[after] < 0:
        after += 1
    inner = _inner(passage, first, last)
    if last < after and passage.words[last] in OUTSIDE and inner in ("", "’", "'"):
        inner = passage.words[last]  # British printers set it behind the mark, Americans before
        last += inner != "."
    lead = _lead(passage, before, first)
    tail = last if last < after and _starts_sentence(passage, last, inner) else _tail(passage, last, after)
    previous = passage.words[lead:first][-1:] or [""]
    outer = "w" if previous[0][:1].isalnum() else previous[0]
    words = sum(word[:1].isalnum() for word in passage.words[first:last])
    return Frame(quotation, number, passage, first, last, before, after, lead, tail, inner, outer, words)


def clauses(frame: Frame) -> int:
    """Count the verbs with a subject of their own inside a quotation."""
    passage = frame.passage
    inside = range(frame.first, frame.last)
    return sum(
        passage.deps[token] in SUBJECTS and passage.heads[token] in inside and passage.tags[token] != "WDT"
        for token in inside
    )


def _inner(passage: Passage, first: int, last: int) -> str:
    token = last - 1
    while token > first and passage.words[token] in MARKS:
        token -= 1
    word = passage.words[token] if token >= first else ""
    return "" if word[-1:].isalnum() else word[-1:]


def _lead(passage: Passage, before: int, first: int) -> int:
    token = first
    before = max(before, first - SENTENCE)
    while token > before and not passage.stops(token - 1):
        token -= 1
    return token


def _tail(passage: Passage, last: int, after: int) -> int:
    token = last
    after = min(after, last + SENTENCE)
    while token < after and not passage.stops(token):
        token += 1
    return token


def _starts_sentence(passage: Passage, last: int, inner: str) -> bool:
    """Tell whether a new sentence begins behind the quotation rather than its own going on."""
    word = passage.words[last]
    return inner == "." and word[:1].isupper() and passage.tags[last] not in ("NNP", "NNPS")
