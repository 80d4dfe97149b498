"""Cut sound by the lengths of its symbols: trimmed at both ends, timed token by token."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from narrate.engines._kokoro.network import Speech
from narrate.engines._kokoro.vocabulary import PAUSING
from narrate.engines._kokoro.waves import FRAME, RATE
from narrate.model import Samples

Places = npt.NDArray[np.int64]
"""Samples."""

GUARD_BEFORE = RATE * 40 // 1000
"""Samples kept before the first phoneme: soft beginnings (h, f) start early."""

GUARD_BEHIND = RATE * 60 // 1000
"""Samples kept behind the last phoneme: releases and soft ends (s, f) ring into the pause."""

SILENT = 0.001
"""Amplitude, −60 dB: below the softest phoneme, and above what the network makes of silence."""

FADE = RATE * 5 // 1000
"""Samples of fade at both ends, so that a cut never clicks."""


def edges(frames: npt.NDArray[np.int64]) -> Places:
    """Return the sample at which each symbol begins, and the end of the last: [n + 3] for n symbols."""
    return np.concatenate(([0], np.cumsum(frames))) * FRAME


def trimmed(speech: Speech, symbols: str, start: int = 0, end: int | None = None) -> tuple[Samples, Places]:
    """Cut out the symbols from `start` to `end`, without the silence before and behind their phonemes.

    Returns the sound and, [n + 1], where in it each of the n symbols begins, and the end of the last.
    Sound of symbols outside is never cut into: between it and ours the cut is in the middle of the pause.
    """
    said = [at for at, symbol in enumerate(symbols[:end]) if at >= start and symbol not in PAUSING]
    begins = edges(speech.frames)[1:-1]
    places = begins[start : len(symbols[:end]) + 1]
    if not said:
        return np.zeros(0, np.float32), np.zeros(len(places), np.int64)
    first, last = int(begins[said[0]]), int(begins[said[-1] + 1])
    silent = [int(begins[at + 1]) for at in range(said[0]) if symbols[at] not in PAUSING]
    before = (silent[-1] + first) // 2 if silent else 0
    voiced = [int(begins[at]) for at in range(said[-1] + 1, len(symbols)) if symbols[at] not in PAUSING]
    behind = (voiced[0] + last) // 2 if voiced else len(speech.samples)
    # The network gives the pause behind a sentence to its last phoneme, up to 0.6 s of it.
    last = first + _audible(speech.samples[first:last])
    opening, closing = max(first - GUARD_BEFORE, before), min(last + GUARD_BEHIND, behind)
    return faded(speech.samples[opening:closing]), np.clip(places - opening, 0, closing - opening)


def _audible(samples: Samples) -> int:
    """Return the length of speech without the silence at its end."""
    loud = np.flatnonzero(np.abs(samples) > SILENT)
    return int(loud[-1]) + 1 if len(loud) else len(samples)


def faded(samples: Samples) -> Samples:
    """Fade both ends."""
    fade = min(FADE, len(samples) // 2)
    ramp = np.ones(len(samples), np.float32)
    ramp[:fade] = np.linspace(0, 1, fade, dtype=np.float32)
    ramp[len(ramp) - fade :] = ramp[:fade][::-1]
    return samples * ramp
