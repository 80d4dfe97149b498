"""How a line is delivered: by itself, or among other words that shape it and are cut away.

The network learnt from whole sentences. A line of a few words by itself comes out hurried or
hoarse (predicted quality 3.1 against 3.5, benchmarks/sound.md); said among its neighbours,
or after a neutral sentence where it has none, it sounds like part of a talk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narrate.engines._kokoro.phonemes import Sounds, phonemes
from narrate.engines._kokoro.vocabulary import MARKS
from narrate.model import Token, Utterance

SHORT = 40
"""Symbols: some six words. Longer lines are said by themselves."""

NEIGHBOURS = 8
"""Words that are taken of the text before and behind a short line."""

CARRIER = ("This is what was said.", "And so it went on.")
"""What is said before and behind a short line that stands alone."""

SEAM = ","
"""Put where a line meets its context without a mark, so that there is a pause to cut in."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Symbols to be said, and which of them are the line."""

    symbols: str
    spans: tuple[tuple[int, int], ...]
    """Start and end in `symbols` of each token of the line."""
    start: int
    end: int
    """The stretch that is kept."""


def delivery(utterance: Utterance, british: bool) -> Delivery:
    """Choose how to deliver an utterance. Raises EngineError."""
    sounds = phonemes(utterance.tokens, british, utterance.after)
    if len(sounds.text) >= SHORT or not sounds.text.strip("".join(MARKS) + " "):
        return Delivery(sounds.text, sounds.spans, 0, len(sounds.text))
    before, after = _around(utterance)
    tokens = (*before, *_closed(utterance.tokens, bool(after)), *after)
    among = phonemes(tokens, british)
    return _kept(among, len(before), len(before) + len(utterance.tokens))


def _around(utterance: Utterance) -> tuple[list[Token], list[Token]]:
    """Return the words to say before and behind: the neighbours of the sentence, else the carrier."""
    before = utterance.before.split()[-NEIGHBOURS:]
    after = utterance.after.split()[:NEIGHBOURS]
    if not before:
        before = CARRIER[0].split()
    elif before[-1][-1] not in MARKS:
        before[-1] += SEAM
    if not after and utterance.text.rstrip("”\"')").endswith((".", "!", "?", "…")):
        after = CARRIER[1].split()
    return [Token(0, word, word) for word in before], [Token(0, word, word) for word in after]


def _closed(tokens: Sequence[Token], followed: bool) -> list[Token]:
    """Put a mark behind the last spoken token when something follows and there is none."""
    closed = list(tokens)
    last = max(index for index, token in enumerate(tokens) if token.spoken)
    token = tokens[last]
    if followed and token.spoken[-1] not in MARKS:
        closed[last] = Token(token.start, token.printed, token.spoken + SEAM, token.phonemes, token.tag)
    return closed


def _kept(sounds: Sounds, first: int, last: int) -> Delivery:
    """Keep the tokens from `first` to before `last`; a token that is not said lies where the one before it ends."""
    spans, at = [], sounds.spans[first - 1][1]
    for start, end in sounds.spans[first:last]:
        spans.append((start, end) if end > start else (at, at))
        at = max(at, end)
    said = [span for span in spans if span[1] > span[0]]
    return Delivery(sounds.text, tuple(spans), said[0][0], said[-1][1])
