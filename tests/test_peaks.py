"""True peaks: found where they are, and turned down to the ceiling."""

from __future__ import annotations

import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.peaks import LOOKAHEAD, Peak, Sound, heights, limit

RATE = 24_000


def _noise(seed: int, seconds: float = 1.0) -> Sound:
    """Make noise with the slope of speech, which has peaks between its samples."""
    noise = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    return np.asarray(np.convolve(noise, np.hanning(16) / 8, "same"), np.float32)


def _reference(sound: Sound) -> float:
    """Find the true peak by another library, at sixteen times the rate."""
    return float(np.abs(soxr.resample(np.pad(sound, 200), 1, 16, quality="VHQ")).max())


def _peak(sound: Sound, block: int) -> float:
    peak = Peak()
    for at in range(0, sound.size, block):
        peak.add(sound[at : at + block])
    return peak.amplitude


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([97, 1000, 30_000]))
def test_the_peak_is_that_of_a_finer_resampling(seed: int, block: int) -> None:
    """Four times the rate finds the peak of sixteen times to 0.2 dB, however the stream is cut."""
    sound = _noise(seed, 0.2)
    assert _peak(sound, block) == pytest.approx(_reference(sound), rel=0.023)


@pytest.mark.parametrize("hertz", [60, 997, 6000, 9990])
def test_a_tone_is_as_high_as_it_was_made(hertz: int) -> None:
    """A tone whose samples miss its peaks, as those of 6 kHz at 45° do, is found to 0.2 dB."""
    phase = np.pi / 4 + 2 * np.pi * hertz * np.arange(RATE) / RATE
    tone = np.asarray(0.5 * np.sin(phase) * np.hanning(RATE) ** 0.1, np.float32)
    assert _peak(tone, 5000) == pytest.approx(0.5, rel=0.023)


def test_the_order_of_the_cuts_is_not_heard() -> None:
    """A stream in one piece and in pieces has one and the same peak."""
    sound = _noise(7)
    assert _peak(sound, 100) == pytest.approx(_peak(sound, sound.size), rel=1e-6)


def test_silence_and_nothing_have_no_peak() -> None:
    """Nothing was ever heard of them."""
    assert Peak().amplitude == 0
    assert _peak(np.zeros(100, np.float32), 7) == 0


def test_heights_stand_where_the_samples_do() -> None:
    """A single sample is highest at its own place, and the margins are not told."""
    sound = np.zeros(100, np.float32)
    sound[50] = 1
    told = heights(sound, 0.5)
    assert told.size == 100 - 31
    assert int(told.argmax()) == 50 - 15


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.05, 0.9))
def test_the_limiter_keeps_true_peaks_below_the_ceiling(seed: int, ceiling: float) -> None:
    """No true peak exceeds the ceiling by more than 0.2 dB, whatever the sound, and the length stays."""
    noise = _noise(seed)
    limited = limit(noise, ceiling, RATE)
    assert limited.size == noise.size and limited.dtype == np.float32
    assert _reference(limited) < ceiling * 1.023


def test_the_limiter_leaves_quiet_sound_alone() -> None:
    """What is below the ceiling passes bit for bit."""
    sound = np.asarray(0.4 * np.sin(np.arange(RATE) / 10), np.float32)
    assert np.array_equal(limit(sound, 0.5, RATE), sound)
    assert limit(np.zeros(0, np.float32), 0.5, RATE).size == 0


def test_the_limiter_touches_only_the_neighbours_of_a_peak() -> None:
    """Beyond the look-ahead on both sides of a peak the sound is as it was."""
    sound = np.asarray(0.1 * np.sin(np.arange(RATE) / 10), np.float32)
    sound[12_000] = 0.9
    limited = limit(sound, 0.5, RATE)
    reach = 2 * round(LOOKAHEAD * RATE) + 2
    assert abs(limited[12_000]) <= 0.5
    assert np.array_equal(limited[: 12_000 - reach], sound[: 12_000 - reach])
    assert np.array_equal(limited[12_000 + reach :], sound[12_000 + reach :])
