"""What the rules of spoken English share: the tables, and a look at the words around a match."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SIGHT = 48
"""Characters that a rule may look back or ahead for the word beside a match: two long words."""

AMERICAN = frozenset(("", "US", "CA", "PH"))
"""Regions of accents that say numbers and dates as in America; of plain "en" too."""

WORD_BEFORE = re.compile(r"([^\s\W]+(?:[’'.][^\s\W]+)*[’']?)[^\w]{0,4}$")
WORD_AFTER = re.compile(r"[\s-]?[“‘\"]?([^\W\d_]+(?:[’'][^\W\d_]+)?)")
WORDS = re.compile(r"[^\W_]+")


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return one table of tables.toml."""
    found: Mapping[str, Any] = _tables()[name]
    return found


@cache
def listed(name: str, key: str = "words") -> frozenset[str]:
    """Return one list of words of tables.toml as a set."""
    return frozenset(str(table(name)[key]).split())


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "tables.toml").read_text(encoding="utf-8"))


def is_british(accent: str) -> bool:
    """Tell whether numbers and dates are said as in Britain, as nearly everywhere outside America."""
    return accent.partition("-")[2] not in AMERICAN


def one_of(keys: Iterable[str]) -> str:
    """Write a pattern for any of some strings, the longest first."""
    return "(?:" + "|".join(re.escape(key) for key in sorted(keys, key=lambda key: (-len(key), key))) + ")"


@dataclass(frozen=True, slots=True)
class Context:
    """A text to be said, and in which accent."""

    text: str
    british: bool

    def before(self, at: int) -> str:
        """Return the word before an offset, in lower case; "" at a sentence's start."""
        found = WORD_BEFORE.search(self.text[max(0, at - SIGHT) : at])
        return found[1].lower() if found else ""

    def near(self, at: int) -> str:
        """Return the word before an offset as printed when only blanks or a hyphen part them."""
        found = re.search(r"([\w’'.]+)[\s-]{1,2}$", self.text[max(0, at - SIGHT) : at])
        return found[1] if found else ""

    def mark(self, at: int) -> str:
        """Return the last character before an offset that is no blank; "" at the start."""
        return self.text[max(0, at - SIGHT) : at].rstrip()[-1:]

    def after(self, at: int) -> str:
        """Return the word right after an offset, as printed; "" when something else follows."""
        found = WORD_AFTER.match(self.text, at, at + SIGHT)
        return found[1] if found else ""

    def around(self, start: int, end: int) -> list[str]:
        """List the words around a stretch, the nearest first, in lower case."""
        left = WORDS.findall(self.text[max(0, start - 2 * SIGHT) : start])[::-1]
        right = WORDS.findall(self.text[end : end + SIGHT])
        nearest = [word for pair in zip(right, left, strict=False) for word in pair]
        rest = right[len(left) :] + left[len(right) :]
        return [word.lower() for word in nearest + rest]


@dataclass(frozen=True, slots=True)
class Said:
    """How a stretch is said, and which part of it is left out and why."""

    words: str
    omitted: str = ""
    """The reason, when the words say less than is printed."""
    end: int = -1
    """Where the stretch ends, when that is not the end of the match."""


Reader = Callable[["re.Match[str]", Context], Said | str | None]
"""Says a match, or declines it with None so that the next rule is tried."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A written form and how it is said."""

    pattern: re.Pattern[str]
    reader: Reader


def rule(pattern: str, reader: Reader) -> Rule:
    """Compile a rule."""
    return Rule(re.compile(pattern), reader)
