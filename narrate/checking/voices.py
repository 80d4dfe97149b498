"""How the voices of an edition sound: whether two are too alike, and whether one drifts."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt

from narrate import audio
from narrate.checking.fault import Fault
from narrate.checking.sound import decoded

SHORTEST = 8.0
"""Seconds of speech from which a voice is judged; less says too little about it."""

ALIKE_PITCH, ALIKE_SPECTRUM = 1.5, 2.0
"""Semitones and dB (over all bands) below which two voices are hard to tell apart, when both hold.

Halves of what one voice says differ by up to 1.2 dB from eleven seconds on, voices by 3.4 and more."""

LONGEST = 60.0
"""Seconds of each half that are heard: more changes no median, and a book is not to fill the memory."""

DRIFT = 3.0
"""Semitones between the two halves of what one voice says that are no intonation any more."""

FRAME = 1024
"""Samples of a frame: 43 ms at 24 kHz, two periods of the lowest voice."""

LOWEST, HIGHEST = 55, 420
"""Hz between which voices are pitched."""

VOICED = 0.4
"""Likeness of a frame to itself a period later from which it is voiced; 1 is a pure tone."""

BANDS = np.linspace(150, 2600, 17)
"""Edges of the bands of a long-term spectrum, mel: 100 Hz to 6.3 kHz."""

CUE = re.compile(r"^([\d:.]+) --> ([\d:.]+).*\n<v ([^>]+)>", re.M)
"""A caption of a speaker in WebVTT."""

Spectrum = npt.NDArray[np.float64]

Frames = list[tuple[npt.NDArray[np.float32], int]]
"""Stretches of sound with their rate."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """How a voice sounds over a stretch."""

    seconds: float
    pitch: float
    """Median fundamental, Hz; 0 when nothing was voiced."""
    spectrum: Spectrum
    """Level in each band, dB about their mean."""


def faults(sound: Path, transcript: Path) -> Iterator[Fault]:
    """Yield voices that are hard to tell apart, and voices that do not stay as they were; none without a transcript."""
    if not transcript.exists():
        return
    halves = _halves(sound, transcript)
    whole = {name: _sounding([*first, *second]) for name, (first, second) in halves.items()}
    judged = {name: one for name, one in whole.items() if one.seconds >= SHORTEST and one.pitch}
    for (one, first), (other, second) in combinations(judged.items(), 2):
        if apart(first, second) < ALIKE_PITCH and _unlike(first, second) < ALIKE_SPECTRUM:
            yield Fault("alike", 0.0, f"{one} and {other} are hard to tell apart: cast one of them anew")
    for name, (start, end) in halves.items():
        early, late = _sounding(start), _sounding(end)
        if min(early.seconds, late.seconds) >= SHORTEST and early.pitch and late.pitch and apart(early, late) > DRIFT:
            yield Fault("drift", 0.0, f"{name} drifts from {early.pitch:.0f} to {late.pitch:.0f} Hz")


def apart(one: Sounding, other: Sounding) -> float:
    """Return the distance of two pitches in semitones."""
    return abs(12 * math.log2(one.pitch / other.pitch))


def _unlike(one: Sounding, other: Sounding) -> float:
    return float(np.sqrt(np.mean((one.spectrum - other.spectrum) ** 2)))


def _halves(sound: Path, transcript: Path) -> dict[str, tuple[Frames, Frames]]:
    """Collect what each speaker says, in an earlier and a later half, a minute of each at most."""
    spoken: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for begin, end, name in CUE.findall(transcript.read_text("utf-8")):
        spoken[name].append((_seconds(begin), _seconds(end)))
    found: dict[str, tuple[Frames, Frames]] = {name: ([], []) for name in spoken}
    at = 0.0
    for stretch, rate in decoded(sound):
        until = at + len(stretch) / rate
        for name, times in spoken.items():
            middle = times[len(times) // 2][0]
            for begin, end in times:
                half = found[name][begin >= middle]
                if end > at and begin < until and _length(half) < LONGEST:
                    half.append((stretch[max(0, round((begin - at) * rate)) : round((end - at) * rate)], rate))
        at = until
    return found


def _length(parts: Frames) -> float:
    return sum(len(part) / rate for part, rate in parts)


def _seconds(time: str) -> float:
    seconds = 0.0
    for part in time.split(":"):
        seconds = 60 * seconds + float(part)
    return seconds


def _sounding(parts: Frames) -> Sounding:
    """Measure pitch and long-term spectrum, voiced frames only."""
    pitches: list[float] = []
    power: list[Spectrum] = []
    length = _length(parts)
    for part, rate in parts:
        if len(part) < FRAME:
            continue
        frames = np.lib.stride_tricks.sliding_window_view(part, FRAME)[::FRAME] * np.hanning(FRAME)
        frames = frames[np.mean(frames**2, axis=1) > audio.amplitude(-45) ** 2]
        for hertz, spectrum in _voiced(frames, rate):
            pitches.append(hertz)
            power.append(spectrum)
    if not pitches:
        return Sounding(length, 0.0, np.zeros(len(BANDS) - 1))
    level = 10 * np.log10(np.mean(power, axis=0) + 1e-12)
    return Sounding(length, float(np.median(pitches)), level - level.mean())


def _voiced(frames: npt.NDArray[np.float64], rate: int) -> Iterator[tuple[float, Spectrum]]:
    """Yield the fundamental and the power in each band of every voiced frame."""
    if not len(frames):
        return
    spectra = np.abs(np.fft.rfft(frames, 4 * FRAME)) ** 2
    likeness = np.fft.irfft(spectra)
    shortest, longest = rate // HIGHEST, rate // LOWEST
    lags = shortest + np.argmax(likeness[:, shortest:longest], axis=1)
    mel = 2595 * np.log10(1 + np.fft.rfftfreq(4 * FRAME, 1 / rate) / 700)
    bands = np.digitize(mel, BANDS)
    for spectrum, alike, lag in zip(spectra, likeness, lags, strict=True):
        if alike[lag] > VOICED * alike[0]:
            sums = np.bincount(bands, spectrum, len(BANDS) + 1)[1:-1]
            yield rate / float(lag), np.asarray(sums, np.float64)
