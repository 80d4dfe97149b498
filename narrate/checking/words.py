"""What was to be said against what was heard, word by word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from narrate.checking.fault import Fault
from narrate.checking.listening import Stretch
from narrate.languages import Language
from narrate.model import Script

RUN = 3
"""Words on end that must be lost, said twice or wrong to be a fault: fewer are the recogniser's own errors."""

ADDED = 5
"""Words on end that nobody wrote: recognisers make up two or three in a pause."""

ALIKE = 0.5
"""Share of letters in common from which words are the same, heard or spelled differently (names above all)."""

NEAR = 8
"""Stitches on either side in which words that were said twice are looked for."""

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
        if "".join(word.text for word in wanted) == "".join(word.text for word in got):
            kind = "equal"  # "some one" is "someone"
        if wanted or got:
            stitches.append(Stitch(kind, wanted, got, at))
    wrong = sum(_errors(stitch) for stitch in stitches if stitch.kind != "equal")
    return Alignment(tuple(stitches), wrong / max(1, sum(not word.optional for word in meant)))


def _errors(stitch: Stitch) -> int:
    """Count the words that must be changed, dropped or added to make one side of a stitch the other."""
    row = list(range(len(stitch.heard) + 1))
    for number, word in enumerate(stitch.expected, 1):
        changed = [number]
        for column, other in enumerate(stitch.heard, 1):
            changed.append(min(row[column] + 1, changed[-1] + 1, row[column - 1] + (word.text != other.text)))
        row = changed
    return row[-1]


def faults(alignment: Alignment) -> Iterator[Fault]:
    """Yield what is too much to be the recogniser's error."""
    stitches = alignment.stitches
    for number, stitch in enumerate(stitches):
        wanted = " ".join(word.text for word in stitch.expected)
        got = " ".join(word.text for word in stitch.heard)
        lost = len(stitch.expected) - len(stitch.heard)
        if stitch.kind == "equal" or _alike(wanted, got):
            continue
        source = _source(stitches, number)
        line = _line(stitch.expected or source or _before(stitches, number, 1))
        if lost >= RUN:
            yield Fault("lost", stitch.at, f"“{wanted}” was not heard", line)
        elif -lost >= RUN and source:
            yield Fault("repeated", stitch.at, f"“{got}” was said twice", _line(source))
        elif -lost >= ADDED:
            yield Fault("added", stitch.at, f"“{got}” is not in the script", line)
        elif len(stitch.expected) >= RUN:
            yield Fault("wrong", stitch.at, f"“{wanted}” was heard as “{got}”", line)


def _alike(wanted: str, got: str) -> bool:
    shorter, longer = sorted((len(wanted), len(got)))
    if shorter < ALIKE * longer:
        return False
    return SequenceMatcher(None, wanted.replace(" ", ""), got.replace(" ", ""), autojunk=False).ratio() >= ALIKE


def _source(stitches: Sequence[Stitch], number: int) -> Sequence[Expected]:
    """Return the words around a stitch that were heard in it once more, if most of it is such words.

    A line said twice may be laid against either of the two, or against the end of one and the
    begin of the other: so the words count, not their order.
    """
    added = Counter(word.text for word in stitches[number].heard)
    count = sum(added.values())
    around = [*_before(stitches, number, count), *_behind(stitches, number, count)]
    again = added & Counter(word.text for word in around)
    return [word for word in around if word.text in again] if sum(again.values()) > ALIKE * count else ()


def _before(stitches: Sequence[Stitch], number: int, count: int) -> Sequence[Expected]:
    return [word for stitch in stitches[max(0, number - NEAR) : number] for word in stitch.expected][-count:]


def _behind(stitches: Sequence[Stitch], number: int, count: int) -> Sequence[Expected]:
    return [word for stitch in stitches[number + 1 : number + 1 + NEAR] for word in stitch.expected][:count]


def _line(words: Sequence[Expected]) -> int:
    """Return the line that most of some words are of; 0 at the very beginning."""
    lines = [word.line for word in words]
    return max(lines, key=lines.count, default=0)


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
