"""Words that are spelt alike and sound differently, told apart by part of speech and neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from narrate.languages import Tag
from narrate.model import Token


def sounded(tokens: tuple[Token, ...], tags: Sequence[Tag], accent: str) -> tuple[Token, ...]:
    """Give each heteronym its phonemes."""
    return tokens
