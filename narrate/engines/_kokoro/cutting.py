"""Cut sound by the lengths of its symbols: trimmed at both ends, timed token by token."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from narrate.engines._kokoro.network import Speech
from narrate.engines._kokoro.vocabulary import MARKS
from narrate.engines._kokoro.waves import FRAME, RATE
from narrate.model import Samples

GUARD_BEFORE = RATE * 40 // 1000
"""Samples kept before the first phoneme: soft beginnings (h, f) start early."""

GUARD_BEHIND = RATE * 60 // 1000
"""Samples kept behind the last phoneme: releases and soft ends (s, f) ring into the pause."""

FADE = RATE * 5 // 1000
"""Samples of fade at both ends, so that a cut never clicks."""


def edges(frames: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the sample at which each symbol begins, and the end of the last: [n + 3] for n symbols."""
    return np.concatenate(([0], np.cumsum(frames))) * FRAME


def trimmed(speech: Speech, symbols: str) -> tuple[Samples, npt.NDArray[np.int64]]:
    """Cut the silence before the first and behind the last phoneme.

    Returns the sound and, [n + 1], where in it each of the n symbols begins, and its end.
    """
    marks = [symbol in MARKS or symbol == " " for symbol in symbols]
    if all(marks):
        return np.zeros(0, np.float32), np.zeros(len(symbols) + 1, np.int64)
    first, last = marks.index(False), len(marks) - 1 - marks[::-1].index(False)
    begins = edges(speech.frames)[1:-1]
    start = max(0, int(begins[first]) - GUARD_BEFORE)
    end = min(len(speech.samples), int(begins[last + 1]) + GUARD_BEHIND)
    return faded(speech.samples[start:end]), np.clip(begins - start, 0, end - start)


def faded(samples: Samples) -> Samples:
    """Fade both ends."""
    fade = min(FADE, len(samples) // 2)
    ramp = np.ones(len(samples), np.float32)
    ramp[:fade] = np.linspace(0, 1, fade, dtype=np.float32)
    ramp[len(ramp) - fade :] = ramp[:fade][::-1]
    return samples * ramp
