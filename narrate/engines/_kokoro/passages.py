"""What is too long for the network, cut at its best pauses; what is said never gets lost."""

from __future__ import annotations

from narrate.engines._kokoro.vocabulary import STRESSES

AT_ONCE = 220
"""Symbols said at once, some 15 s: more take more memory than a worker has, and sound hurried."""

PAUSES = (".!?…", ";:—", ",)”", " ")
"""Symbols to cut behind, the best first."""

LEAST_SHARE = 0.5
"""A cut is no farther from an even division than this share of a part: stumps sound hurried."""


def passages(text: str, most: int = AT_ONCE) -> list[tuple[int, int]]:
    """Cut phonemes into stretches of at most `most` symbols: starts and ends that tile the text."""
    cuts, start = [], 0
    while len(text) - start > most:
        parts = -(-(len(text) - start) // most)
        end = start + _cut(text[start : start + most], (len(text) - start) // parts)
        cuts.append((start, end))
        start = end
    return [*cuts, (start, len(text))]


def _cut(window: str, even: int) -> int:
    """Return where to cut a window that is full: behind the good pause next to `even`, else before a syllable."""
    for marks in PAUSES:
        places = [at + 1 for at, symbol in enumerate(window) if symbol in marks]
        near = [at for at in places if abs(at - even) <= LEAST_SHARE * even]
        if near:
            return min(near, key=lambda at: abs(at - even))
    at = max(window.rfind(mark) for mark in STRESSES)
    return at if at > even * LEAST_SHARE else len(window)
