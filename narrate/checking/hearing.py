"""An edition, heard: what a recogniser makes of it, and what is in doubt heard again by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from narrate.checking import listening, windows, words
from narrate.checking.complaints import doubtful
from narrate.checking.windows import Part
from narrate.checking.words import Alignment, Expected, Heard
from narrate.languages import Language

AGAIN = (12.0, 6.0)
"""Seconds of the longest window when what is in doubt is heard once more, and once more again."""


def hear(path: Path, meant: Sequence[Expected], language: Language, accent: str) -> Alignment:
    """Lay what is heard beside what is meant. Raises PluginError when no recogniser is installed.

    A recogniser loses and doubles words too: what seems lost, doubled or wrong is heard again
    alone, in shorter windows, and the hearing that is nearer to the script counts.
    """
    ears = words.heard(listening.listen(path), language, accent)
    alignment = words.align(meant, ears)
    for longest in AGAIN:
        parts = windows.parts(path, doubtful(alignment))
        if not parts:
            break
        anew = [words.heard(listening.listen_to(part, longest), language, accent) for part in parts]
        other = words.align(meant, _with(ears, parts, anew))
        better = [errors_in(other, part) < errors_in(alignment, part) for part in parts]
        ears = _with(ears, *_only(better, parts, anew))
        alignment = words.align(meant, ears)
    return alignment


def _only(
    wanted: Sequence[bool], parts: Sequence[Part], anew: Sequence[list[Heard]]
) -> tuple[list[Part], list[list[Heard]]]:
    kept = [at for at, one in enumerate(wanted) if one]
    return [parts[at] for at in kept], [anew[at] for at in kept]


def _with(ears: Sequence[Heard], parts: Sequence[Part], anew: Sequence[Sequence[Heard]]) -> list[Heard]:
    """Put what was heard anew in the place of what was heard there before."""
    kept = [word for word in ears if not any(part.at <= (word.start + word.end) / 2 < part.until for part in parts)]
    return sorted([*kept, *(word for heard in anew for word in heard)], key=lambda word: word.start)


def errors_in(alignment: Alignment, part: Part) -> int:
    """Count the words that were heard otherwise in a part of the file."""
    return sum(stitch.errors for stitch in alignment.stitches if part.at <= stitch.at <= part.until)
