"""English words: whether a string of letters is one, for deciding on hyphens at line ends."""

from __future__ import annotations

from functools import cache
from typing import Any


def is_word(word: str) -> bool:
    """Tell whether a word, of any case, is in the dictionary of 160,000 English forms."""
    return word.lower() in _dictionary()


@cache
def _dictionary() -> Any:
    from spellchecker import SpellChecker

    return SpellChecker(language="en").word_frequency
