"""True peaks: how high a sound goes between its samples, and how it is turned down where that is too high."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

Sound = npt.NDArray[np.float32]

BEFORE, AFTER = 15, 16
"""Samples on both sides of a place that decide how the sound goes from it to the next: right to 0.1 % up to 10 of
12 kHz, where BS.1770's own filter, of 12 samples, errs by several."""

PLACES = (0.25, 0.5, 0.75)
"""Where between two samples it is looked: BS.1770-4 annex 2 asks for four times the rate."""

ROUNDNESS = 6.0
"""Of the Kaiser window that cuts the sinc off: less errs below 10 kHz, more above."""

ABOVE = 2.0
"""How far a peak of speech may rise above the samples beside it, as a ratio: elsewhere nobody has to look."""

ROWS = 1 << 14
"""Places that are looked at together: 2 MB."""

LOOKAHEAD = 0.004
"""Seconds over which the limiter turns down before a peak and up after it: too slow to be heard as distortion,
too quick to be heard as a dip."""


def _sinc(place: float) -> list[float]:
    """Return the weights of the samples around a place for the sound at `place` of the way to the next."""
    distance = np.arange(-BEFORE, AFTER + 1) - place
    width = (BEFORE + AFTER + 1) / 2
    weights = np.sinc(distance) * np.i0(ROUNDNESS * np.sqrt(np.maximum(0, 1 - (distance / width) ** 2)))
    return list(weights / weights.sum())


WEIGHTS = np.array([_sinc(place) for place in PLACES], np.float32)


def heights(sound: Sound, least: float) -> Sound:
    """Return how high a sound goes at each sample and from it to the next; less than `least` may be told too low.

    The first `BEFORE` and the last `AFTER` samples only say how it goes on there: none is returned for them.
    """
    windows = sliding_window_view(sound, BEFORE + 1 + AFTER)
    heights = np.abs(sound[BEFORE : BEFORE + len(windows)])
    loud = heights > least / ABOVE
    loud[:-1] |= loud[1:]
    found = np.flatnonzero(loud)
    for first in range(0, found.size, ROWS):
        at = found[first : first + ROWS]
        between = np.einsum("aw,pw->ap", windows[at], WEIGHTS)  # no BLAS: the same sums whatever the threads
        heights[at] = np.maximum(heights[at], np.abs(between).max(1))
    return heights


class Peak:
    """The highest true peak of a stream."""

    def __init__(self) -> None:
        self._last = np.zeros(BEFORE, np.float32)
        self._highest = 0.0

    def add(self, sound: Sound) -> None:
        """See the next stretch of the stream."""
        if not sound.size:
            return
        joined = np.concatenate([self._last, sound])
        self._highest = max(self._highest, float(np.abs(sound).max()))
        if joined.size > BEFORE + AFTER:
            self._highest = max(self._highest, float(heights(joined, self._highest).max()))
        self._last = joined[-BEFORE - AFTER :]

    @property
    def amplitude(self) -> float:
        """How high it went so far, full scale 1."""
        rest = heights(np.concatenate([self._last, np.zeros(AFTER + 1, np.float32)]), self._highest)
        return max(self._highest, float(rest.max()))


def limit(sound: Sound, ceiling: float, rate: int) -> Sound:
    """Turn peaks down to `ceiling` (amplitude) and leave all else as it is.

    A look-ahead limiter: the gain that each sample needs, held over the window before and
    after it, smoothed by a window of the same length, so that it never exceeds what is needed.
    Peaks between samples count as well.
    """
    if not sound.size or float(np.abs(sound).max()) < ceiling / ABOVE:
        return sound
    peaks = heights(np.pad(sound, (BEFORE, AFTER)), ceiling)
    if float(peaks.max()) <= ceiling:
        return sound
    window = 2 * round(LOOKAHEAD * rate) + 1
    needed = np.minimum(1, ceiling / np.maximum(peaks, ceiling / 2**16))
    held = _least_within(np.pad(needed, window - 1, constant_values=1.0), window)
    weights = np.hanning(window + 2)[1:-1]
    gain = np.convolve(held, np.asarray(weights / weights.sum(), np.float32), mode="valid")
    return np.asarray(sound * gain, np.float32)


def _least_within(values: Sound, window: int) -> Sound:
    """Return the least of each `window` neighbours, by windows that double."""
    width = 1
    while width < window:
        step = min(width, window - width)
        values = np.minimum(values[:-step], values[step:])
        width += step
    return values
