"""The model-free stand-in: a burst of tone for each syllable, at the pitch of the voice.

It needs nothing but NumPy, makes an hour of sound in about a second, and sounds the same
everywhere, so that whatever stands on an engine can be tested without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from narrate.errors import EngineError
from narrate.model import Clip, Gender, Samples, Token, Utterance, Voice

VERSION = "1"
"""Counted up whenever the same utterance would sound different."""

RATE = 24_000
"""Hz; that of the neural engine, so that a test of the whole way meets its lengths."""

SYLLABLE = 0.17
"""Seconds a syllable at speed 1: English read aloud has about six a second."""

LETTERS_A_SYLLABLE = 3
"""Letters to a burst; English words have two to four to a syllable."""

GAP = 0.06
"""Seconds between words at speed 1."""

PAUSES = {",": 0.15, ";": 0.2, ":": 0.2, "—": 0.2, "–": 0.2, ".": 0.35, "!": 0.35, "?": 0.35}
"""Seconds added to the gap behind a word that ends in this mark."""

LEVEL = 0.2
"""Peak of a burst, full scale 1: about −20 LUFS, as the other engines speak."""

HARMONICS = (1.0, 0.5, 0.25)
"""Strength of the fundamental and its overtones before the voice's own colour."""

PITCHES: tuple[tuple[str, Gender, float], ...] = (
    ("ada", "female", 220.0),
    ("ben", "male", 110.0),
    ("cleo", "female", 196.0),
    ("dan", "male", 98.0),
    ("eve", "female", 247.0),
    ("fred", "male", 123.5),
    ("gwen", "female", 175.0),
    ("hugo", "male", 87.0),
    ("iris", "female", 277.0),
    ("jack", "male", 139.0),
    ("kit", None, 156.0),
    ("lou", None, 165.0),
)
"""Name, gender and fundamental in Hz of each voice: a tone apart, women above men."""


class Engine:
    """Speak in bursts of tone."""

    rate = RATE

    def voices(self) -> Sequence[Voice]:
        """List the twelve voices."""
        return tuple(
            Voice("tone", name, "en-US", gender, accent="none", pitch=pitch, quality=1.0, licence="Apache-2.0")
            for name, gender, pitch in PITCHES
        )

    def fingerprint(self) -> str:
        """Name the version of the tones."""
        return f"tone {VERSION}"

    def workers(self) -> int:
        """One: starting a second process takes longer than an hour of tones."""
        return 1

    def speak(self, utterance: Utterance, voice: Voice, speed: float = 1.0) -> Clip:
        """Sound as many bursts as the words have syllables. Raises EngineError for a voice that is not its own."""
        if voice.engine != "tone" or not voice.pitch:
            raise EngineError(f"the tone engine has no voice {voice.id!r}; `narrate voices --engine tone` lists them")
        pieces: list[Samples] = []
        times: list[tuple[int, int]] = []
        at, owed = 0, 0.0
        for token in utterance.tokens:
            bursts = list(_bursts(token, voice.pitch, speed))
            if bursts and pieces:
                pause = np.zeros(round(owed / speed * RATE), np.float32)
                pieces.append(pause)
                at += len(pause)
            length = sum(map(len, bursts))
            times.append((at, at + length))
            pieces += bursts
            at += length
            owed = _pause(token) if bursts else owed
        return Clip(np.concatenate(pieces) if pieces else np.zeros(0, np.float32), RATE, tuple(times))


def _bursts(token: Token, pitch: float, speed: float) -> Iterable[Samples]:
    """Make the bursts of one token: the first of a word a little higher, as stress is."""
    for word in re.findall(r"\w+", token.spoken):
        for syllable in range(-(-len(word) // LETTERS_A_SYLLABLE)):
            yield _burst(pitch * (1.06 if syllable == 0 else 1.0), SYLLABLE / speed)


def _burst(pitch: float, seconds: float) -> Samples:
    """Make one tone with its overtones, swelling and fading so that it does not click."""
    phase = np.arange(max(1, round(seconds * RATE)), dtype=np.float32) / RATE * (2 * np.pi * pitch)
    tone = sum(strength * np.sin((number + 1) * phase) for number, strength in enumerate(HARMONICS))
    shape = np.sqrt(np.hanning(len(phase) + 2)[1:-1])
    return np.asarray(LEVEL / sum(HARMONICS) * tone * shape, np.float32)


def _pause(token: Token) -> float:
    """Seconds of rest behind a token, at speed 1."""
    return GAP + PAUSES.get(token.spoken.rstrip("”’\"')")[-1:], 0.0)
