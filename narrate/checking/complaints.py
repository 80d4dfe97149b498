"""What of the differences between script and ear is too much to be the recogniser's error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from narrate.checking.fault import Fault
from narrate.checking.words import Alignment, Expected, Stitch

APART = 2.5
"""Seconds between two stretches that are heard again each by itself: they are widened to the next pauses."""

RUN = 3
"""Words on end that must be lost, said twice or wrong to be a fault: fewer are the recogniser's own errors."""

ADDED = 5
"""Words on end that nobody wrote: recognisers make up two or three in a pause."""

ALIKE = 0.5
"""Share of letters in common from which words are the same, heard or spelled differently (names above all)."""

NEAR = 8
"""Stitches on either side in which words that were said twice are looked for."""


def faults(alignment: Alignment) -> Iterator[Fault]:
    """Yield what is too much to be the recogniser's error."""
    yield from (fault for _, fault in _complaints(alignment.stitches))


def doubtful(alignment: Alignment) -> list[tuple[float, float]]:
    """Return where something is at fault, seconds, with a word on either side; what nearly touches is one stretch."""
    found: list[tuple[float, float]] = []
    for begin, end in sorted(stitch.around for stitch, _ in _complaints(alignment.stitches)):
        if found and begin < found[-1][1] + APART:
            begin, end = found[-1][0], max(end, found.pop()[1])
        found.append((begin, end))
    return found


def _complaints(stitches: Sequence[Stitch]) -> Iterator[tuple[Stitch, Fault]]:
    for number, stitch in enumerate(stitches):
        wanted = " ".join(word.text for word in stitch.expected)
        got = " ".join(word.text for word in stitch.heard)
        lost = len(stitch.expected) - len(stitch.heard)
        if stitch.kind == "equal" or _alike(wanted, got):
            continue
        source = _source(stitches, number)
        line = _line(stitch.expected or source or _before(stitches, number, 1))
        if lost >= RUN:
            yield stitch, Fault("lost", stitch.at, f"“{wanted}” was not heard", line)
        elif -lost >= RUN and source:
            yield stitch, Fault("repeated", stitch.at, f"“{got}” was said twice", _line(source))
        elif -lost >= ADDED:
            yield stitch, Fault("added", stitch.at, f"“{got}” is not in the script", line)
        elif len(stitch.expected) >= RUN:
            yield stitch, Fault("wrong", stitch.at, f"“{wanted}” was heard as “{got}”", line)


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
