"""How loud a programme is from moment to moment, and who is speaking: what a picture of it shows."""

from __future__ import annotations

from collections import Counter

import numpy as np

from narrate import audio
from narrate.model import Edition, Samples


def envelope(edition: Edition, columns: int) -> Samples:
    """Return the level of `columns` equal stretches of the programme: mean amplitude, 1 for the loudest."""
    sums = np.zeros(columns)
    counts = np.zeros(columns)
    at = 0
    for sound, _ in audio.read(edition.sound):
        places = np.minimum((np.arange(at, at + sound.size) * columns) // max(edition.samples, 1), columns - 1)
        sums += np.bincount(places, np.abs(sound), columns)
        counts += np.bincount(places, minlength=columns)
        at += sound.size
    levels = sums / np.maximum(counts, 1)
    return np.asarray(levels / max(float(levels.max()), 1e-9), np.float32)


def speaking(edition: Edition, columns: int) -> list[str]:
    """Return who speaks longest in each of `columns` equal stretches."""
    heard: list[Counter[str]] = [Counter() for _ in range(columns)]
    lines = edition.script.lines
    length = max(edition.samples, 1)
    for cue in edition.cues:
        speaker = lines[cue.line].speaker
        first, last = cue.start * columns // length, min(columns - 1, (cue.end - 1) * columns // length)
        for column in range(first, last + 1):
            begins, ends = column * length // columns, (column + 1) * length // columns
            heard[column][speaker] += max(0, min(ends, cue.end) - max(begins, cue.start))
    return [spoken.most_common(1)[0][0] if spoken else "" for spoken in heard]


def shares(edition: Edition) -> dict[str, float]:
    """Return the share of the programme that each speaker has, 0 to 1, in order of appearance."""
    lines = edition.script.lines
    heard: Counter[str] = Counter()
    for cue in edition.cues:
        heard[lines[cue.line].speaker] += cue.end - cue.start
    return {speaker: samples / max(edition.samples, 1) for speaker, samples in heard.items()}
