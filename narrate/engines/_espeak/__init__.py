"""espeak-ng in a process of its own: phonemes for whoever wants them, speech for the system engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from narrate.engines._espeak.client import Worker

__all__ = ["Worker", "clean", "phonemes"]

ACCENTS = {"en": "en-us", "en-gb": "en"}
"""BCP 47, lower case → espeak-ng's name of the voice, where the two differ ("en-us" is called so)."""

SECONDS = 30.0
"""How long a batch of phonemes may take; a thousand sentences take one."""

_BLANK = re.compile(r"\s")
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

_ENDLESS = re.compile(r"\S{100}(?=\S)")
"""A hundred letters and more without a blank: espeak-ng drops what lies beyond some 170."""


def phonemes(texts: Sequence[str], accent: str) -> list[str]:
    """Transcribe texts to IPA with stress marks, as espeak-ng reads them in an accent ("en-US", "en-GB").

    Punctuation is gone and clauses are joined with a blank: who needs the marks splits at them
    first. One string a text, "" for a text without a word. Raises EngineError.
    """
    if not texts:
        return []
    voice = ACCENTS.get(accent.lower(), accent.lower())
    header, _ = _phonemizer().ask({"texts": [clean(text) for text in texts], "voice": voice}, SECONDS)
    found: list[str] = header["phonemes"]
    return found


def clean(text: str) -> str:
    """Drop what espeak-ng takes for commands or stumbles over: controls, lone surrogates, line ends, endless words."""
    return _ENDLESS.sub(r"\g<0> ", _NOT_TEXT.sub("", _BLANK.sub(" ", text)))


@cache
def _phonemizer() -> Worker:
    return Worker("phonemes")
