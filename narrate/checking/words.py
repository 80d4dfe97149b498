"""What was to be said against what was heard, word by word."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from narrate.checking.listening import Stretch
from narrate.languages import Language
from narrate.model import Script

HEADS = ("title", "byline", "date")
"""Kinds of block after the last of which an edition says that its voices are synthetic."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A word that is to be said."""

    text: str
    line: int
    """Index into `Script.lines`."""
    optional: bool = False
    """Whether an edition may leave it out, as the word that announces a byline."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A word that was heard, and when, seconds."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Stitch:
    """Words that stand against one another; the same unless `kind` says otherwise."""

    kind: str
    """equal, replace, delete or insert."""
    expected: tuple[Expected, ...]
    heard: tuple[Heard, ...]
    at: float
    """Seconds at which the stretch is, or would be."""
    around: tuple[float, float]
    """Seconds from the start of the word heard before it to the end of the one heard behind it."""
    errors: int
    """Words that must be changed, dropped or added to make one side the other."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The whole of both, side by side."""

    stitches: tuple[Stitch, ...]
    error_rate: float
    """Words lost, wrong and added, by words to be said."""


def expected(script: Script, language: Language) -> list[Expected]:
    """List the words of a script as they are said, with what announces it as optional words."""
    accent = accent_of(script)
    lines, blocks = script.lines, script.article.blocks
    heads = [number for number, line in enumerate(lines) if _kind(blocks, line.block) in HEADS]
    found: list[Expected] = []
    for number, line in enumerate(lines):
        if _kind(blocks, line.block) == "byline":
            found += [Expected(word, number, True) for word in normal(language.byline.replace("{}", " "))]
        tokens = language.spoken(line.text, accent, ())
        found += [Expected(word, number) for word in normal(" ".join(token.spoken for token in tokens))]
        if heads and number == heads[-1]:
            found += [Expected(word, number, True) for word in normal(language.disclosure)]
    return found


def accent_of(script: Script) -> str:
    """Return the language and region whose spoken forms count."""
    language = script.article.language or "en"
    return language if "-" in language else f"{language}-US"


def _kind(blocks: Sequence[object], index: int) -> str:
    return str(getattr(blocks[index], "kind", "")) if index < len(blocks) else ""


def heard(stretches: Sequence[Stretch], language: Language, accent: str) -> list[Heard]:
    """List what was heard as words, figures spoken out as the script's are."""
    found = []
    for stretch in stretches:
        for token in language.spoken(stretch.text, accent, ()):
            end = token.start + len(token.printed)
            inside = [span for span in stretch.spans if span[0] < end and span[1] > token.start]
            if inside:
                found += [Heard(word, inside[0][2], inside[-1][3]) for word in normal(token.spoken)]
    return found


def normal(text: str) -> list[str]:
    """Return the words of a text in their plainest form: small letters without accents, hyphens or apostrophes."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = re.sub(r"['’ʼ]", "", plain)
    return re.findall(r"[^\W_]+", plain)


def align(meant: Sequence[Expected], ears: Sequence[Heard]) -> Alignment:
    """Lay the words side by side; optional words that were not heard count for nothing."""
    matcher = SequenceMatcher(None, [word.text for word in meant], [word.text for word in ears], autojunk=False)
    stitches = []
    for kind, first, last, begin, end in matcher.get_opcodes():
        wanted = tuple(word for word in meant[first:last] if kind == "equal" or not word.optional)
        got = tuple(ears[begin:end])
        at = got[0].start if got else ears[begin - 1].end if begin else 0.0
        around = ears[begin - 1].start if begin else 0.0, ears[end].end if end < len(ears) else math.inf
        if "".join(word.text for word in wanted) == "".join(word.text for word in got):
            kind = "equal"  # "some one" is "someone"
        errors = 0 if kind == "equal" else _errors(wanted, got)
        if wanted or got:
            stitches.append(Stitch(kind, wanted, got, at, around, errors))
    wrong = sum(stitch.errors for stitch in stitches)
    return Alignment(tuple(stitches), wrong / max(1, sum(not word.optional for word in meant)))


def _errors(wanted: Sequence[Expected], got: Sequence[Heard]) -> int:
    row = list(range(len(got) + 1))
    for number, word in enumerate(wanted, 1):
        changed = [number]
        for column, other in enumerate(got, 1):
            changed.append(min(row[column] + 1, changed[-1] + 1, row[column - 1] + (word.text != other.text)))
        row = changed
    return row[-1]


def first_heard(alignment: Alignment, lines: Sequence[int]) -> dict[int, float]:
    """Return by when the first word of each line was heard, seconds, if it was.

    Recognisers let a word begin with the pause before it, but end where it ends.
    """
    wanted = set(lines)
    found: dict[int, float] = {}
    opened: set[int] = set()
    for stitch in alignment.stitches:
        pairs = zip(stitch.expected, stitch.heard, strict=False) if stitch.kind == "equal" else ()
        times = {id(word): ear.end for word, ear in pairs}
        for word in stitch.expected:
            if word.line in wanted and word.line not in opened and not word.optional:
                opened.add(word.line)
                if id(word) in times:
                    found[word.line] = times[id(word)]
    return found


def line_starts(counts: Sequence[int]) -> list[int]:
    """Return the index of the first line of each chapter, by the number of lines in each."""
    return [0, *accumulate(counts)][: len(counts)]
