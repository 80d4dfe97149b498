"""Arrays of sound: silence, level, resampling, files. Knows no noun of ours.

Sound is mono float32, shape [n], full scale ±1; rates are in Hz.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from narrate import peaks

if TYPE_CHECKING:
    from pydub import AudioSegment

Sound = peaks.Sound

HEADROOM = np.float64(2**28)
"""Full scale of a 32-bit sample at 18 dB of headroom: raw voices go beyond ±1."""

WAV_LIMIT = 2**32 - 4096
"""Bytes of sound that a WAV holds, its sizes being 32 bits; beyond, RF64 is written, which fewer programs read."""

SILENCE = -70.0
"""LUFS: the absolute gate of BS.1770; what is measured as -inf is reported as this."""


def silence(seconds: float, rate: int) -> Sound:
    """Make digital silence."""
    return np.zeros(round(seconds * rate), np.float32)


def decibels(ratio: float) -> float:
    """Turn an amplitude ratio into dB."""
    return 20 * math.log10(ratio) if ratio > 0 else -math.inf


def amplitude(decibel: float) -> float:
    """Turn dB into an amplitude ratio."""
    return float(10 ** (decibel / 20))


def resample(sound: Sound, rate: int, wanted: int) -> Sound:
    """Change the rate with soxr at high quality (images below −140 dB)."""
    if rate == wanted or not sound.size:
        return sound
    import soxr

    return np.asarray(soxr.resample(sound, rate, wanted, quality="HQ"), np.float32)


def resampled_size(size: int, rate: int, wanted: int) -> int:
    """Return how many samples `resample` makes of `size`."""
    return size if rate == wanted else (2 * size * wanted + rate) // (2 * rate)  # halves up, as soxr has it


def faded(sound: Sound, rate: int, seconds: float) -> Sound:
    """Fade in and out, so that a cut does not click."""
    edge = round(seconds * rate)
    if sound.size <= 2 * edge:
        return sound
    smooth = sound.copy()
    smooth[:edge] = _samples(_segment(sound[:edge], rate).fade_in(round(seconds * 1000)))
    smooth[-edge:] = _samples(_segment(sound[-edge:], rate).fade_out(round(seconds * 1000)))
    return smooth


def _samples(segment: AudioSegment) -> Sound:
    return np.asarray(np.frombuffer(segment.raw_data, "<i4") / HEADROOM, np.float32)


def _segment(sound: Sound, rate: int) -> AudioSegment:
    with warnings.catch_warnings():  # it warns that it has no ffmpeg, which nothing here needs, and of Python 3.13
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    return AudioSegment((sound * HEADROOM).astype("<i4").tobytes(), sample_width=4, frame_rate=rate, channels=1)


class Meter:
    """Loudness of a stream by EBU R 128 (libebur128), and its true peak if that was asked for."""

    def __init__(self, rate: int, *, peak: bool = False) -> None:
        import pyebur128

        self._state = pyebur128.R128State(1, rate, pyebur128.MeasurementMode.MODE_I)
        self._peak = peaks.Peak() if peak else None

    def add(self, sound: Sound) -> None:
        """Hear the next stretch of the stream."""
        if sound.size:
            self._state.add_frames(np.ascontiguousarray(sound, np.float32), sound.size)
        if self._peak:
            self._peak.add(sound)

    @property
    def loudness(self) -> float:
        """Integrated loudness so far, LUFS; -70 for silence."""
        import pyebur128

        heard = float(pyebur128.get_loudness_global(self._state))
        return max(heard, SILENCE) if math.isfinite(heard) else SILENCE

    @property
    def true_peak(self) -> float:
        """Highest true peak so far, dBTP; -inf for silence."""
        return decibels(self._peak.amplitude if self._peak else 0.0)


def measure(stretches: Iterable[Sound], rate: int) -> float:
    """Return the integrated loudness of a stream, LUFS."""
    meter = Meter(rate)
    for sound in stretches:
        meter.add(sound)
    return meter.loudness


def read(path: Path, block: float = 10.0) -> Iterator[tuple[Sound, int]]:
    """Yield a sound file in stretches of `block` seconds, with its rate; channels are averaged."""
    import soundfile

    with soundfile.SoundFile(path) as file:
        for stretch in file.blocks(round(block * file.samplerate), dtype="float32", always_2d=True):
            yield stretch.mean(1), file.samplerate


class Writer:
    """A mono 16-bit WAV written stretch by stretch."""

    def __init__(self, path: Path, rate: int, samples: int = 0) -> None:
        import soundfile

        form = "RF64" if samples * 2 > WAV_LIMIT else "WAV"
        self._file = soundfile.SoundFile(path, "w", rate, 1, "PCM_16", format=form)

    def add(self, sound: Sound) -> None:
        """Append a stretch; what is beyond full scale is clipped."""
        self._file.write(np.clip(np.rint(sound * 32767), -32768, 32767).astype(np.int16))

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


@contextmanager
def writing(path: Path, rate: int, samples: int = 0) -> Iterator[Writer]:
    """Open a `Writer` and close it; `samples` is the length if it is known, since 4 GB need another form."""
    writer = Writer(path, rate, samples)
    try:
        yield writer
    finally:
        writer.close()
