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

GUARD_BEFORE = RATE * 160 // 1000
"""Samples before the first phoneme in which sound is looked for: an sh begins up to 120 ms early (60 sentences)."""

GUARD_BEHIND = RATE * 60 // 1000
"""Samples kept behind the last phoneme: releases and soft ends (s, f) ring into the pause."""

EARLY = RATE * 65 // 1000
"""Samples by which a symbol is heard before the network's durations have it, at speed 1: the energy of words behind a
pause rises 46 ms early (95 words, three voices), a forced aligner hears words 87 ms early; quicker speech, fewer."""

ONSET = 0.003
"""Share of a passage's peak (-50 dB) that counts as sound: the softest h and f of the voices are at -45 dB."""

ONSET_GUARD = RATE * 25 // 1000
"""Samples kept before it."""

PRESSED = RATE * 600 // 1000
"""Samples over which what begins late or ends early is made up for: several times the longest delay, 250 ms."""

RINGING = RATE * 120 // 1000
"""Samples behind the guard in which a long release may still be heard out."""

FADED_AWAY = 0.01
"""Share of a passage's peak (-40 dB) under which the last sound has died away."""

FADE = RATE * 5 // 1000
"""Samples of fade at both ends, so that a cut never clicks."""


def edges(frames: npt.NDArray[np.int64]) -> Places:
    """Return the sample at which each symbol begins, and the end of the last: [n + 3] for n symbols."""
    return np.concatenate(([0], np.cumsum(frames))) * FRAME


def trimmed(speech: Speech, symbols: str, speed: float = 1.0) -> tuple[Samples, Places]:
    """Cut the silence before the first and behind the last phoneme of what was said at a speed.

    Returns the sound and, [n + 1], where in it each of the n symbols begins, and the end of the last.
    """
    said = [at for at, symbol in enumerate(symbols) if symbol not in PAUSING]
    if not said:
        return np.zeros(0, np.float32), np.zeros(len(symbols) + 1, np.int64)
    begins = edges(speech.frames)[1:-1]
    opening = _onset(speech.samples, max(0, int(begins[said[0]]) - GUARD_BEFORE))
    closing = _quiet(speech.samples, int(begins[said[-1] + 1]) + GUARD_BEHIND)
    closing = max(opening + FADE, min(closing, _end(speech.samples[:closing])))
    begins = begins - round(EARLY / speed)
    places = _within(begins, int(begins[said[0]]), int(begins[said[-1] + 1]), opening, closing)
    return faded(speech.samples[opening:closing]), np.clip(places - opening, 0, closing - opening)


def _within(begins: Places, first: int, last: int, opening: int, closing: int) -> Places:
    """Press the symbols at both ends into the sound that is heard, evenly so that none lasts no time."""
    start, end = opening, min(last, closing)
    if last - first > 2 * PRESSED:
        places = np.interp(begins, [first, first + PRESSED, last - PRESSED, last],
                           [start, first + PRESSED, last - PRESSED, end])  # fmt: skip
    else:
        places = np.interp(begins, [first, last], [start, end])
    return places.astype(np.int64)


def _onset(samples: Samples, at: int) -> int:
    """Return the place from `at` on shortly before the first sound: some voices begin 100 ms late."""
    heard = np.flatnonzero(np.abs(samples[at:]) > ONSET * float(np.abs(samples).max(initial=0.0)))
    return max(at, at + int(heard[0]) - ONSET_GUARD) if len(heard) else at


def _end(samples: Samples) -> int:
    """Return the place shortly behind the last sound: the network counts part of a pause to the phoneme before it."""
    heard = np.flatnonzero(np.abs(samples) > ONSET * float(np.abs(samples).max(initial=0.0)))
    return min(len(samples), int(heard[-1]) + GUARD_BEHIND) if len(heard) else len(samples)


def _quiet(samples: Samples, at: int) -> int:
    """Return the first place from `at` on where the last sound has died away, at most `RINGING` later."""
    loud = FADED_AWAY * float(np.abs(samples).max(initial=0.0))
    window = samples[at : at + RINGING]
    blocks = window[: len(window) // FADE * FADE].reshape(-1, FADE)
    quiet = np.flatnonzero(np.abs(blocks).max(1, initial=0.0) < loud)
    return min(len(samples), at + (int(quiet[0]) * FADE if len(quiet) else len(window)))


def faded(samples: Samples) -> Samples:
    """Fade both ends."""
    fade = min(FADE, len(samples) // 2)
    ramp = np.ones(len(samples), np.float32)
    ramp[:fade] = np.linspace(0, 1, fade, dtype=np.float32)
    ramp[len(ramp) - fade :] = ramp[:fade][::-1]
    return samples * ramp
