"""Words to the symbols of a Piper voice, each with the token that it is said for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from narrate.engines._espeak import phonemes
from narrate.model import Token

MARKS = {".": ".", "!": "!", "?": "?", "…": ".", ",": ",", ";": ";", ":": ":", "—": ",", "–": ",", ")": ","}
"""Mark behind a word → the mark that Piper's voices know as a pause."""

PAUSING = frozenset(MARKS.values())

NONE = -1
"""The token of what belongs to none: marks and the blanks between words."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One phoneme or mark, and the index of its token or NONE."""

    text: str
    token: int


def symbols(tokens: Sequence[Token], voice: str, open_end: bool) -> list[Symbol]:
    """Transcribe tokens by espeak-ng in one of its accents, in stretches from mark to mark.

    `open_end` says that the sentence goes on behind them: it then ends as at a comma.
    """
    stretches = _stretches(tokens)
    texts = [text for stretch in stretches for text in (stretch.text, *stretch.words)]
    heard = iter(phonemes(texts, voice))
    found: list[Symbol] = []
    for stretch in stretches:
        whole = next(heard)
        alone = [next(heard) for _ in stretch.words]
        found += [Symbol(" ", NONE)] if found else []
        found += _spread(stretch, whole, alone)
        if stretch.mark:
            found.append(Symbol(stretch.mark, NONE))
    if found and found[-1].text not in PAUSING:
        found.append(Symbol("," if open_end else ".", NONE))
    return found


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Tokens that are said in one go, and the mark behind them."""

    tokens: tuple[int, ...]
    words: tuple[str, ...]
    mark: str
    given: str = ""
    """Phonemes that a lexicon gave for its only token."""

    @property
    def text(self) -> str:
        return "" if self.given else " ".join(self.words)


def _stretches(tokens: Sequence[Token]) -> list[_Stretch]:
    """Cut tokens behind those that end with a mark, and around those whose phonemes are given."""
    found: list[_Stretch] = []
    open_tokens: list[int] = []

    def close(mark: str) -> None:
        if open_tokens:
            words = tuple(tokens[one].spoken for one in open_tokens)
            found.append(_Stretch(tuple(open_tokens), words, mark))
            open_tokens.clear()

    for number, token in enumerate(tokens):
        if not any(map(str.isalnum, token.spoken)):
            continue
        mark = _mark(token.spoken)
        if token.phonemes:
            close("")
            found.append(_Stretch((number,), (token.spoken,), mark, token.phonemes))
            continue
        open_tokens.append(number)
        if mark:
            close(mark)
    close("")
    return found


def _mark(words: str) -> str:
    """Return the first mark behind the last letter: of “now?!” the question mark."""
    tail = re.search(r"[^\w]*$", words)
    return next((MARKS[character] for character in (tail.group() if tail else "") if character in MARKS), "")


def _spread(stretch: _Stretch, whole: str, alone: Sequence[str]) -> list[Symbol]:
    """Give each phoneme of a stretch to its token.

    espeak-ng runs words together ("of the") and takes numbers apart: where its words are not the
    tokens, the two are aligned by what the tokens sound like alone.
    """
    text = unicodedata.normalize("NFD", stretch.given or whole)
    starts = _starts(text, [unicodedata.normalize("NFD", word) for word in alone])
    owners: list[int] = []
    for token, begin, end in zip(stretch.tokens, starts, [*starts[1:], len(text)], strict=True):
        owners += [token] * (end - begin)
    owners = [stretch.tokens[0]] * (len(text) - len(owners)) + owners
    return [Symbol(one, NONE if one == " " else owner) for one, owner in zip(text, owners, strict=True)]


def _starts(text: str, alone: Sequence[str]) -> list[int]:
    """Return where in a transcription each word begins, by the words' own transcriptions."""
    if len(alone) == 1:
        return [0]
    begins = [found.start() for found in re.finditer(r"\S+", text)]
    counts = [len(word.split()) for word in alone]
    if sum(counts) == len(begins):
        firsts = [sum(counts[:number]) for number in range(len(counts))]
        return [begins[first] if first < len(begins) else len(text) for first in firsts]
    joined = " ".join(alone)
    at = [0] * (len(joined) + 1)
    for block in SequenceMatcher(None, joined, text, autojunk=False).get_matching_blocks():
        at[block.a : block.a + block.size] = range(block.b, block.b + block.size)
        at[block.a + block.size :] = [block.b + block.size] * (len(at) - block.a - block.size)
    wanted = [sum(len(word) + 1 for word in alone[:number]) for number in range(len(alone))]
    return [0, *(at[min(one, len(joined))] for one in wanted[1:])]
