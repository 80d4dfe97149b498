"""Utterance to phonemes: lexicon first, then the dictionary with parts of speech, espeak-ng for the rest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from narrate.engines._kokoro.dictionary import Dictionary, Following, weakened
from narrate.engines._kokoro.espeak import Espeak
from narrate.engines._kokoro.vocabulary import MARKS, STRESSES, SYMBOLS, VOWELS
from narrate.model import Token

PIECES = re.compile(r"(?:[^\W\d_]\.){2,}(?:['’]s)?|[^\W\d_]+(?:['’.][^\W\d_]+)*['’]?|\d+|--+|\S")
"""Abbreviations with full stops, words with their inner apostrophes, numbers nobody spelled out, and marks."""

ONSET = re.compile(rf"([{STRESSES}])([^{STRESSES}{''.join(sorted(VOWELS))} ]+)")
"""A stress mark before its syllable; the network has it before the vowel."""

SWITCH = re.compile(r"\([a-z-]+\)")
"""What espeak-ng writes where it changes the language."""

ENDING = re.compile(r"[^\w'’]+$")
"""The marks behind a word."""

MARK_FOR = {
    **dict.fromkeys(("--", "---", "–", "―", "‒"), "—"),
    "«": "“",
    "»": "”",
    "„": "“",
    "[": "(",
    "]": ")",
    "‚": ",",
}
"""Marks that the network never saw, and what stands for them."""

SHARED = (
    ("t^ʃ", "ʧ"), ("d^ʒ", "ʤ"), ("tʃ", "ʧ"), ("dʒ", "ʤ"), ("t͡ʃ", "ʧ"), ("d͡ʒ", "ʤ"),
    ("a^ɪ", "I"), ("aɪ", "I"), ("a^ʊ", "W"), ("aʊ", "W"), ("e^ɪ", "A"), ("eɪ", "A"), ("ɔ^ɪ", "Y"), ("ɔɪ", "Y"),
    ("ə^l", "ᵊl"), ("n̩", "ᵊn"), ("l̩", "ᵊl"), ("m̩", "ᵊm"), ("ɹ̩", "əɹ"), ("ʲ", ""), ("x", "k"), ("ç", "k"), ("r", "ɹ"),
    ("g", "ɡ"), ("ɬ", "l"), ("'", "ˈ"),
)  # fmt: skip
"""IPA → the network's alphabet, in English of both sides; ties and syllabic marks of espeak-ng included."""

AMERICAN = (
    ("o^ʊ", "O"), ("oʊ", "O"), ("əʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɝ", "ɜɹ"), ("ɚ", "əɹ"), ("ɪ^ɹ", "ɪɹ"),
    ("ɪə", "iə"), ("e", "A"), ("ɐ", "ə"), ("ː", ""), ("^", ""), ("o", "ɔ"),
)  # fmt: skip
"""What is American in it, applied after `SHARED`."""

BRITISH = (
    ("ə^ʊ", "Q"), ("əʊ", "Q"), ("oʊ", "Q"), ("e^ə", "ɛː"), ("eə", "ɛː"), ("ɛə", "ɛː"), ("i^ə", "ɪə"), ("iə", "ɪə"),
    ("æ", "a"), ("ɚ", "ə"), ("ɐ", "ə"), ("^", ""), ("e", "ɛ"), ("o", "ɔ"),
)  # fmt: skip
"""What is British in it, applied after `SHARED`."""

LANGUAGES = {True: "en", False: "en-us"}
"""British or not → espeak-ng's voice."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """Phonemes of an utterance, and which of them each token is."""

    text: str
    spans: tuple[tuple[int, int], ...]
    """Start and end in `text` of each token, marks behind it included; equal for an unsaid token."""


@dataclass(slots=True)
class _Piece:
    """A word or a mark of a token while it is looked up."""

    token: int
    text: str
    tag: str
    sounds: str | None = None
    glued: bool = False
    """Said in one word with the piece before it: a part of a compound."""

    @property
    def mark(self) -> bool:
        return not self.text[0].isalnum() and self.sounds is not None


def phonemes(tokens: Sequence[Token], british: bool, after: str = "") -> Sounds:
    """Turn tokens into phonemes; `after` is the spoken text behind them, which decides *the* and *to* at the end.

    Raises EngineError when espeak-ng is needed and cannot be started.
    """
    pieces = [piece for index, token in enumerate(tokens) for piece in _pieces(index, token, british)]
    tail = [piece for piece in _pieces(0, Token(0, "", after), british)][:1]
    _look_up([*pieces, *tail], british)
    return _joined(pieces, len(tokens))


def adapted(ipa: str, british: bool) -> str:
    """Write IPA of a lexicon or of espeak-ng in the network's alphabet."""
    text = SWITCH.sub("", unicodedata.normalize("NFC", ipa))
    for old, new in (*SHARED, *(BRITISH if british else AMERICAN)):
        text = text.replace(old, new)
    return ONSET.sub(r"\2\1", "".join(symbol for symbol in text if symbol in SYMBOLS and symbol not in MARKS))


def _pieces(index: int, token: Token, british: bool) -> list[_Piece]:
    """Cut what is said for a token into words and marks."""
    if token.phonemes:
        ending = ENDING.search(token.spoken)
        marks = (_Piece(index, mark, "", _mark(mark)) for mark in (ending[0] if ending else ""))
        return [
            _Piece(index, "x", token.tag, adapted(token.phonemes, british)),
            *(mark for mark in marks if mark.sounds),
        ]
    found = list(PIECES.finditer(token.spoken.replace("...", "…")))
    alone = sum(match[0][0].isalnum() for match in found) == 1
    pieces = [_Piece(index, match[0], token.tag if alone else "", _mark(match[0])) for match in found]
    for before, dash, behind in zip(found, found[1:], found[2:], strict=False):
        if dash[0] in "-‐‑" and before.end() == dash.start() and dash.end() == behind.start():
            pieces[found.index(behind)].glued = True
    return [piece for piece in pieces if piece.sounds != ""]


def _mark(text: str) -> str | None:
    """Return the symbol of a mark, "" for one that is not heard, None for a word."""
    if text[0].isalnum():
        return None
    mark = MARK_FOR.get(text, text)
    return mark if mark in MARKS else ""


def _look_up(pieces: Sequence[_Piece], british: bool) -> None:
    """Fill in the sounds of all words, from the last to the first, since what follows decides."""
    unknown = [piece for piece in _from_dictionary(pieces, british) if piece.sounds is None]
    if unknown:
        answers = _espeak().pronounce([piece.text for piece in unknown], LANGUAGES[british])
        for piece, ipa in zip(unknown, answers, strict=True):
            piece.sounds = adapted(ipa, british)
        # Again, because *the* and *to* depend on the sound that was not known.
        for piece in pieces:
            if piece.text.lower() in ("the", "to"):
                piece.sounds = None
        _from_dictionary(pieces, british)


def _from_dictionary(pieces: Sequence[_Piece], british: bool) -> Sequence[_Piece]:
    following, words = Following(), _dictionary(british)
    for piece in reversed(pieces):
        if piece.sounds is None:
            piece.sounds = words.pronounce(piece.text, piece.tag, following)
        following = Following(_vowel_first(piece.sounds, following.vowel), piece.text.lower())
    return pieces


def _vowel_first(sounds: str | None, otherwise: bool | None) -> bool | None:
    """Tell whether sounds begin with a vowel; None for a pause."""
    for sound in sounds or "":
        if sound in MARKS and sound not in '“”"()':
            return None
        if sound not in MARKS and sound not in STRESSES:
            return sound in VOWELS
    return False if sounds is None else otherwise


def _joined(pieces: Sequence[_Piece], tokens: int) -> Sounds:
    """Write pieces in a row: blanks between words, none before a closing mark or inside a compound."""
    text, spans, opened = "", [(0, 0)] * tokens, False
    for piece in pieces:
        sounds = weakened(piece.sounds or "") if piece.glued and len(piece.text) > 1 else piece.sounds or ""
        closing = piece.mark and sounds not in "“("
        if text and not closing and not piece.glued and not opened:
            text += " "
        start, end = spans[piece.token]
        begin = start if end > start else len(text)
        text += sounds
        spans[piece.token] = (begin, len(text))
        opened = piece.mark and sounds in "“("
    return Sounds(text, tuple(spans))


@cache
def _dictionary(british: bool) -> Dictionary:
    return Dictionary(british)


@cache
def _espeak() -> Espeak:
    return Espeak()
