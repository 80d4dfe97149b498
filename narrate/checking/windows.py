"""Sound in stretches that a recogniser hears whole: cut where it is quietest, never in a word.

A recogniser that slides over a long file by itself skips whole sentences; given windows that end
in pauses it does not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from narrate import audio
from narrate.checking.sound import decoded

RATE = 16_000
"""Hz; what Whisper hears."""

LONGEST = 28.0
"""Seconds of a window: Whisper hears thirty at once."""

SHORTEST_SHARE = 0.4
"""Share of the longest window from which on a pause to end it is looked for."""

BLOCK = 100.0
"""Seconds decoded at once: some four windows, which are heard side by side."""

PAUSE = 0.3
"""Seconds over which it is to be quiet: longer than the closure of a consonant."""

FRAME = 160
"""Samples in which loudness is counted: 10 ms."""

MARGIN = 1.0
"""Seconds on either side of a stretch within which a pause is looked for, before it is heard again."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a file, at `RATE`."""

    at: float
    """Seconds into the file at which it begins."""
    sound: audio.Sound

    @property
    def until(self) -> float:
        """Seconds into the file at which it ends."""
        return self.at + len(self.sound) / RATE


def blocks(path: Path) -> Iterator[Part]:
    """Yield a file in parts of a few windows each; they follow one another and end in pauses."""
    rest, at = np.zeros(0, np.float32), 0
    for stretch, rate in decoded(path, BLOCK):
        rest = np.concatenate([rest, audio.resample(stretch, rate, RATE)])
        whole = edges(rest)[-2]
        if whole:
            yield Part(at / RATE, rest[:whole])
        rest, at = rest[whole:], at + whole
    if len(rest):
        yield Part(at / RATE, rest)


def parts(path: Path, spans: Sequence[tuple[float, float]]) -> list[Part]:
    """Return stretches of a file, begin and end in seconds, each widened to the pauses next to it."""
    wide = [(max(0.0, begin - MARGIN), end + MARGIN) for begin, end in spans]
    pieces: list[list[audio.Sound]] = [[] for _ in spans]
    at, rate = 0.0, RATE
    for stretch, rate in decoded(path):
        until = at + len(stretch) / rate
        for mine, (begin, end) in zip(pieces, wide, strict=True):
            if begin < until and end > at:
                last = len(stretch) if end >= until else round((end - at) * rate)
                mine.append(stretch[max(0, round((begin - at) * rate)) : last])
        at = until
    return [
        _trimmed(Part(begin, audio.resample(np.concatenate(mine), rate, RATE)), span)
        for mine, (begin, _), span in zip(pieces, wide, spans, strict=True)
        if mine
    ]


def _trimmed(part: Part, span: tuple[float, float]) -> Part:
    """Cut a part in the quietest moment before and behind its span."""
    begin = round((span[0] - part.at) * RATE)
    first = quietest(part.sound, 0, begin) if part.at and begin else 0
    end = round((min(span[1], part.until) - part.at) * RATE)
    last = quietest(part.sound, end, len(part.sound)) if end < len(part.sound) else end
    return Part(part.at + first / RATE, part.sound[first:last])


def edges(sound: audio.Sound, longest: float = LONGEST) -> list[int]:
    """Return the samples at which windows of at most `longest` seconds begin, and the end of the last."""
    found, most = [0], round(longest * RATE)
    while len(sound) - found[-1] > most:
        at = found[-1]
        found.append(quietest(sound, at + math.ceil(SHORTEST_SHARE * most), at + most))
    return [*found, len(sound)]


def quietest(sound: audio.Sound, first: int, last: int) -> int:
    """Return the sample between two in the middle of the quietest moment there."""
    stretch = np.abs(sound[first:last])
    frames = stretch[: len(stretch) // FRAME * FRAME].reshape(-1, FRAME).mean(1)
    width = min(len(frames), round(PAUSE * RATE / FRAME))
    if not width:
        return first
    return first + (int(np.argmin(np.convolve(frames, np.ones(width), "valid"))) + width // 2) * FRAME
