"""What is too long for the network, cut at its best pauses; what is said never gets lost."""

from __future__ import annotations

from narrate.engines._kokoro.vocabulary import MOST, STRESSES

PAUSES = (("",), (".", "!", "?", "…"), (";", ":", "—"), (",", ")", "”"), (" ",))
"""Places to cut behind, the best first; the first tier stands for "no cut needed"."""

LEAST_SHARE = 0.4
"""A cut earlier than this share of the room leaves a stump that sounds hurried; a weaker pause later is better."""


def passages(text: str, most: int = MOST) -> list[tuple[int, int]]:
    """Cut phonemes into stretches of at most `most` symbols: starts and ends that tile the text."""
    cuts, start = [], 0
    while len(text) - start > most:
        end = start + _cut(text[start : start + most])
        cuts.append((start, end))
        start = end
    return [*cuts, (start, len(text))]


def _cut(window: str) -> int:
    """Return where to cut a window that is full: behind the last good pause, else before a syllable."""
    least = int(len(window) * LEAST_SHARE)
    for tier in PAUSES[1:]:
        at = max(window.rfind(mark) for mark in tier)
        if at >= least:
            return at + 1
    at = max(window.rfind(mark) for mark in STRESSES)
    return at if at >= least else len(window)
