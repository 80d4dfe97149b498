"""What is put before espeak-ng: an utterance as one text, in pieces that it can take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from narrate.engines._espeak import clean
from narrate.engines._espeak.mnemonics import mnemonics
from narrate.model import Utterance

LONGEST_PIECE = 800
"""Characters; pyttsx3 crashed at 20,000 and never at a sentence's length."""

BEST_CUTS = (r"[.!?…][\"'”’)\]]*\s", r"[;:—–]\s", r",\s", r"\s")
"""Where a text that is too long is cut, best first: sentence, clause, comma, blank."""

Piece = tuple[int, str]
"""Where in the text it begins, and itself."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text to be said, and where in it each token of the utterance lies."""

    text: str
    spans: tuple[tuple[int, int], ...]
    """Characters of each token, end exclusive; empty for a token that is not said."""


def phrase(utterance: Utterance) -> Phrase:
    """Write an utterance as espeak-ng reads it: cleaned, phonemes in its own letters, an open end kept open."""
    text, spans = "", []
    for token in utterance.tokens:
        spoken = _spoken(token.spoken, token.phonemes)
        text += " " if text and spoken else ""
        spans.append((len(text), len(text) + len(spoken)))
        text += spoken
    if utterance.after and text and text[-1].isalnum():
        text += ","  # the sentence goes on after this line: the voice must not fall
    return Phrase(text, tuple(spans))


def _spoken(words: str, ipa: str) -> str:
    """Return words cleaned of what would be a command, or their phonemes with the words' punctuation behind."""
    words = re.sub(r"\[{2,}", "[", clean(words)).strip()
    sound = mnemonics(ipa) if words else ""
    if not sound:
        return words
    last = re.search(r"\W*$", words)
    return sound + (last.group() if last else "")


def pieces(text: str) -> Sequence[Piece]:
    """Cut a text into pieces of at most LONGEST_PIECE characters at its best pauses: offset and piece.

    A word longer than that is cut where it must be: nothing is dropped.
    """
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    start = 0
    while len(text) - start > LONGEST_PIECE:
        end = start + _cut(text[start : start + LONGEST_PIECE])
        yield start, text[start:end]
        start = end
    if text[start:].strip():
        yield start, text[start:]


def _cut(window: str) -> int:
    """Return behind which character a full window is best cut: in its second half if there is a pause."""
    for pause in BEST_CUTS:
        ends = [found.end() for found in re.finditer(pause, window)]
        if ends and ends[-1] > len(window) // 2:
            return ends[-1]
    return len(window)
