"""The sound of an edition, measured as a player decodes it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from narrate import audio
from narrate.errors import SourceError

FRAME = 0.01
"""Seconds; the grain in which silence is looked for."""

SILENT = audio.amplitude(-60)
"""Amplitude below which a frame is silent: what an encoder leaves of silence lies far below."""

FULL = 0.9995
"""Amplitude that counts as full scale."""

CLIPPED_SAMPLES = 3
"""Samples on end at full scale that are clipping; one is a peak."""

SHORTEST_SILENCE = 1.0
"""Seconds; shorter ones are pauses and are not listed."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a file measures."""

    seconds: float
    loudness: float
    true_peak: float
    silences: tuple[tuple[float, float], ...]
    """Begin and length of each, seconds."""
    clipped: tuple[float, ...]
    """Seconds at which clipping begins, one a second at most."""


def measure(path: Path) -> Measured:
    """Measure a file, a stretch in memory at a time. Raises SourceError when it cannot be decoded."""
    meter: audio.Meter | None = None
    samples, rate = 0, 1
    quiet: list[bool] = []
    clipped: dict[int, float] = {}
    try:
        for stretch, rate in decoded(path):
            meter = meter or audio.Meter(rate, peak=True)
            meter.add(stretch)
            quiet += _quiet(stretch, rate)
            for at in _clipped(stretch):
                clipped.setdefault((samples + at) // rate, (samples + at) / rate)
            samples += len(stretch)
    except RuntimeError as error:  # what soundfile raises
        raise SourceError(f"{path} cannot be decoded: {error}") from error
    if meter is None:
        raise SourceError(f"{path} holds no sound")
    silences = tuple(one for one in _runs(quiet) if one[1] >= SHORTEST_SILENCE)
    return Measured(samples / rate, meter.loudness, meter.true_peak, silences, tuple(clipped.values()))


def decoded(path: Path, block: float = 10.0) -> Iterator[tuple[audio.Sound, int]]:
    """Decode a file in stretches of `block` seconds, with its rate, and keep the decoder's murmur off the terminal.

    libmpg123 complains of frames whose bits lie in a frame before, and decodes them all the same.
    """
    with _hushed():
        yield from audio.read(path, block)


@contextmanager
def _hushed() -> Iterator[None]:
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _quiet(stretch: audio.Sound, rate: int) -> list[bool]:
    """Say of each frame whether it is silent."""
    size = round(FRAME * rate)
    whole = len(stretch) // size * size
    peaks = np.abs(stretch[:whole]).reshape(-1, size).max(axis=1) if whole else np.zeros(0)
    found: list[bool] = (peaks < SILENT).tolist()
    return found


def _runs(quiet: list[bool]) -> list[tuple[float, float]]:
    """Return begin and length of each run of silent frames, seconds."""
    found, at = [], 0
    for silent, run in groupby(quiet):
        length = len(list(run))
        if silent:
            found.append((at * FRAME, length * FRAME))
        at += length
    return found


def _clipped(stretch: audio.Sound) -> list[int]:
    """Return where so many samples on end lie at full scale."""
    full = (np.abs(stretch) >= FULL).astype(np.int8)
    runs = np.convolve(full, np.ones(CLIPPED_SAMPLES, np.int8), "valid") == CLIPPED_SAMPLES
    begins = np.flatnonzero(np.diff(runs.astype(np.int8), prepend=0) == 1)
    return [int(at) for at in begins]
