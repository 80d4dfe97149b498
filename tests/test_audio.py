"""Arrays of sound: what is measured and written is what it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from narrate import audio

RATE = 24_000


def _tone(hertz: float, level: float, seconds: float = 2.0, rate: int = RATE) -> audio.Sound:
    return np.asarray(level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate), np.float32)


@pytest.mark.parametrize("level", [-23.0, -33.0, -40.0])
def test_loudness_is_that_of_the_ebu(level: float) -> None:
    """EBU Tech 3341: a stereo 1 kHz sine of -23 dBFS measures -23 LUFS, hence a mono one 3 LU less."""
    sound = _tone(1000, audio.amplitude(level), 20)
    assert audio.measure([sound], RATE) == pytest.approx(level - 3.01, abs=0.1)


def test_silence_is_measured_as_the_gate() -> None:
    """Silence has a finite loudness, so that sums of it stay finite."""
    assert audio.measure([audio.silence(2, RATE)], RATE) == audio.SILENCE


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("size", [1, 2, 777, 54_321])
def test_resampled_sizes_are_foretold(rate: int, size: int) -> None:
    """Cues count samples before they exist: the foretold size is the real one."""
    assert audio.resample(np.zeros(size, np.float32), rate, RATE).size == audio.resampled_size(size, rate, RATE)


def test_a_resampled_tone_is_the_tone() -> None:
    """Resampling keeps frequency and level."""
    made = audio.resample(_tone(3000, 0.5, rate=22_050), 22_050, RATE)
    assert np.sqrt(np.mean(made**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.01)
    assert np.argmax(np.abs(np.fft.rfft(made))) / 2 == pytest.approx(3000, abs=1)


def test_fades_touch_only_the_edges() -> None:
    """A fade begins and ends at nothing and leaves the middle as it is."""
    sound = np.full(RATE, 0.5, np.float32)
    faded = audio.faded(sound, RATE, 0.004)
    edge = round(0.004 * RATE)
    assert abs(faded[0]) < 0.01 and abs(faded[-1]) < 0.02
    assert np.array_equal(faded[edge:-edge], sound[edge:-edge])
    assert np.array_equal(sound, np.full(RATE, 0.5, np.float32))


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """A WAV holds the samples that were given, clipped at full scale."""
    sound = np.concatenate([_tone(440, 0.8, 0.5), np.array([2.0, -2.0], np.float32)])
    with audio.writing(tmp_path / "a.wav", RATE) as file:
        file.add(sound[:100])
        file.add(sound[100:])
    stretches = list(audio.read(tmp_path / "a.wav", 0.1))
    assert {rate for _, rate in stretches} == {RATE}
    back = np.concatenate([stretch for stretch, _ in stretches])
    assert np.abs(back - np.clip(sound, -1, 1)).max() < 1e-4
