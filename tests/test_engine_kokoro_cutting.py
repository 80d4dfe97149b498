"""Where clips of the kokoro engine begin and end, and when their words do."""

from __future__ import annotations

import importlib.util
from itertools import pairwise

import numpy as np
import pytest

from narrate import audio, plugins
from narrate.checking import listening, words
from narrate.checking.windows import RATE as HEARD
from narrate.checking.windows import Part
from narrate.engines._kokoro.cutting import EARLY, FADE, trimmed
from narrate.engines._kokoro.network import Speech
from narrate.engines._kokoro.waves import FRAME, RATE
from narrate.engines.kokoro import Engine
from narrate.errors import EngineError
from narrate.model import Utterance

ENGLISH = plugins.load("languages", "en").LANGUAGE

SYMBOLS = "ab cd."
FRAMES = (10, 32, 32, 4, 32, 32, 6, 10)
"""Of the silence before, the symbols, and the silence behind."""


def speech(begin: float, end: float, level: float = 0.5) -> Speech:
    """Noise between two times, seconds, in what the network would have made of SYMBOLS."""
    at = np.arange(sum(FRAMES) * FRAME) / RATE
    sound = np.random.default_rng(2).uniform(-level, level, len(at)).astype(np.float32)
    return Speech(np.where((at >= begin) & (at < end), sound, 0), np.array(FRAMES), np.zeros(0, np.float32))


NOMINAL, LAST = 10 * FRAME / RATE, 142 * FRAME / RATE
"""Seconds at which the first symbol begins and the last that is said ends, by the durations."""


def test_sound_before_its_time_is_kept() -> None:
    """What is heard up to 150 ms before the first symbol's time is not cut off, and silence before it is."""
    for early in (0.15, 0.08, -0.1):
        clip, _ = trimmed(speech(NOMINAL - early, LAST), SYMBOLS)
        loud = int(np.argmax(np.abs(clip) > 0.01))
        assert 0 < loud <= RATE * 30 // 1000


def test_soft_sounds_at_both_ends_are_kept() -> None:
    """An h or an f forty-five decibels below the vowels is part of the word."""
    made, soft = speech(NOMINAL, LAST - 0.1), speech(NOMINAL - 0.08, LAST + 0.02, 0.5 * 10 ** (-44 / 20))
    clip, _ = trimmed(Speech(np.maximum(made.samples, soft.samples), made.frames, made.pitch), SYMBOLS)
    assert len(clip) / RATE >= LAST - NOMINAL + 0.1


def test_clips_do_not_click() -> None:
    """Both ends rise and fall over 5 ms, even of sound that is loud where it is cut."""
    clip, _ = trimmed(speech(0, 4), SYMBOLS)
    assert clip[0] == clip[-1] == 0
    assert np.abs(clip[: FADE // 10]).max() < 0.06
    assert np.abs(clip[-FADE // 10 :]).max() < 0.06


@pytest.mark.parametrize("speed", [0.8, 1.0, 1.4])
def test_words_are_timed_when_they_are_heard(speed: float) -> None:
    """A word inside a line starts before its time by the network's durations, by less when spoken quicker."""
    clip, places = trimmed(speech(0.05, 4), SYMBOLS, speed)
    late = trimmed(speech(0.05, 4), SYMBOLS, 1e9)[1]
    assert (late - places)[4] == pytest.approx(EARLY / speed, abs=RATE * 5 // 1000)
    assert places[0] >= 0
    assert places[-1] <= len(clip)
    assert all(a <= b for a, b in pairwise(places))


def test_nothing_said_is_nothing() -> None:
    """A line of marks alone has no sound."""
    clip, places = trimmed(speech(0, 4), "......")
    assert not len(clip)
    assert list(places) == [0] * 7


LINES = (
    "She sells the old house.",
    "Half of the roof fell off.",
    "His aunt hit a rock.",
    "Thousands think it is the path.",
    "Few of them finish.",
)


@pytest.mark.skipif(
    importlib.util.find_spec("faster_whisper") is None or importlib.util.find_spec(listening.BASE[0]) is None,
    reason="nobody can listen: pip install 'narrate[check]'",
)
def test_the_first_and_last_words_of_lines_are_heard() -> None:
    """A recogniser hears the first and the last word of every line, soft sounds at either end included."""
    try:
        engine = Engine()
        clips = [engine.speak(Utterance(ENGLISH.spoken(line, "en-US", ())), engine.voices()[0]) for line in LINES]
    except EngineError as error:
        pytest.skip(str(error))
    pause = np.zeros(RATE // 2, np.float32)
    sound = np.concatenate([piece for clip in clips for piece in (pause, clip.samples)])
    heard = words.heard(listening.listen_to(Part(0.0, audio.resample(sound, RATE, HEARD))), ENGLISH, "en-US")
    told = " ".join(word.text for word in heard)
    ends = [" ".join(words.normal(line)) for line in LINES]
    assert told == " ".join(ends)
