"""Work for a cluster that costs next to nothing, in a module that its workers can import."""

from __future__ import annotations

from collections.abc import Iterator

from narrate import speaking
from narrate.engines.tone import Engine
from narrate.model import Token, Utterance


def nothing(number: int) -> int:
    """Give back what was given."""
    return number


def jobs(count: int, cache: str) -> Iterator[speaking.Job]:
    """Make lines of eight words, each another one."""
    voice = Engine().voices()[0]
    for number in range(count):
        text = f"The ferry to the pier sailed again {number}"
        tokens = tuple(Token(0, word, word) for word in text.split())
        yield speaking._job(Utterance(tokens), voice, 1.0, cache, False)
