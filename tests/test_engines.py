"""What every engine promises: a new file in `engines/` is tested the day it appears."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from narrate import plugins
from narrate.errors import NarrateError
from narrate.model import Clip, Token, Utterance, Voice

SENTENCE = "Nobody had expected the bridge to hold for so many years without repair"


def said(text: str) -> Utterance:
    at, tokens = 0, []
    for word in text.split():
        tokens.append(Token(at, word, word))
        at += len(word) + 1
    return Utterance(tuple(tokens))


@cache
def engine_of(name: str) -> Any:
    return plugins.load("engines", name).Engine()


@pytest.fixture(params=plugins.names("engines"))
def engine(request: pytest.FixtureRequest) -> Any:
    """Every engine that there is; one whose parts are not installed is skipped, visibly."""
    try:
        made = engine_of(request.param)
        if not made.voices():
            pytest.skip(f"{request.param} has no voice installed")
        made.speak(said("Yes."), made.voices()[0])
    except NarrateError as error:
        pytest.skip(f"{request.param}: {error}")
    return made


@pytest.fixture
def voice(engine: Any) -> Voice:
    one: Voice = engine.voices()[0]
    return one


def seconds(clip: Clip) -> float:
    return len(clip.samples) / clip.rate


def test_voices_carry_their_papers(engine: Any) -> None:
    """Each voice has a name of its own, a language with region, a licence, and the engine's name."""
    voices = engine.voices()
    assert len({voice.id for voice in voices}) == len(voices)
    for voice in voices:
        assert type(engine).__module__.endswith(voice.engine)
        assert voice.name
        assert voice.language.count("-") >= 1
        assert voice.licence
        assert voice.gender in ("male", "female", None)


def test_fingerprint_is_stable(engine: Any) -> None:
    """Clips are cached under it: it must not change from one call, or one instance, to the next."""
    assert engine.fingerprint() == engine.fingerprint() == type(engine)().fingerprint()
    assert "\n" not in engine.fingerprint()
    assert engine.workers() >= 1


def test_a_clip_is_sound(engine: Any, voice: Voice) -> None:
    """Mono float32 at the engine's rate, within full scale or near it, finite, neither silent nor hollow."""
    clip = engine.speak(said(SENTENCE + "."), voice)
    assert clip.rate == engine.rate
    assert clip.samples.dtype == np.float32
    assert clip.samples.ndim == 1
    assert np.isfinite(clip.samples).all()
    assert 0.02 < np.abs(clip.samples).max() < 1.5
    assert 2 < seconds(clip) < 10


def test_a_clip_is_trimmed(engine: Any, voice: Voice) -> None:
    """Speech begins with the first sample and ends with the last: pauses are the mixer's."""
    samples = engine.speak(said(SENTENCE + "."), voice).samples
    loud = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max())
    assert loud[0] < 0.15 * engine.rate
    assert len(samples) - loud[-1] < 0.2 * engine.rate


def test_nothing_is_cut(engine: Any, voice: Voice) -> None:
    """Four times the text gives more than three times the sound, without a mark to split at (invariant 4)."""
    once = seconds(engine.speak(said(SENTENCE), voice))
    assert seconds(engine.speak(said(" ".join([SENTENCE] * 4)), voice)) > 3 * once


def test_a_word_without_end_is_not_cut(engine: Any, voice: Voice) -> None:
    """A word of hundreds of letters is said to its end."""
    word = "counterrevolution"
    once = seconds(engine.speak(said(word * 5), voice))
    assert seconds(engine.speak(said(word * 20), voice)) > 3 * once


def test_times_are_one_a_token_and_in_order(engine: Any, voice: Voice) -> None:
    """Tokens follow one another inside the clip; what is not said takes no time, what is said takes some."""
    utterance = Utterance(
        (
            Token(0, "On", "On"),
            Token(3, "24", "twenty-four"),
            Token(6, "*", ""),
            Token(8, "August", "August,"),
            Token(15, "Kharchenko", "Kharchenko", "kɑːɹtʃˈɛŋkoʊ"),
            Token(26, "left.", "left."),
        )
    )
    clip = engine.speak(utterance, voice)
    assert len(clip.times) == len(utterance.tokens)
    for (_, end), (begin, _) in pairwise(clip.times):
        assert end <= begin
    for token, (begin, end) in zip(utterance.tokens, clip.times, strict=True):
        assert 0 <= begin <= end <= len(clip.samples)
        assert (end > begin) == bool(token.spoken)


def test_speed(engine: Any, voice: Voice) -> None:
    """Twice the speed takes about half the time, and the times of the words follow."""
    normal, fast = (engine.speak(said(SENTENCE + "."), voice, speed) for speed in (1.0, 1.6))
    assert seconds(normal) / seconds(fast) == pytest.approx(1.6, rel=0.2)
    assert fast.times[-1][1] <= len(fast.samples)


def test_same_line_same_bytes(engine: Any, voice: Voice) -> None:
    """What was said before does not change what is said now (invariant 5)."""
    first = engine.speak(said("The same line again."), voice)
    engine.speak(said("Another one, in between."), engine.voices()[-1])
    again = engine.speak(said("The same line again."), voice)
    assert again.samples.tobytes() == first.samples.tobytes()
    assert again.times == first.times
