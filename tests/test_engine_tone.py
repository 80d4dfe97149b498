"""The stand-in engine."""

from __future__ import annotations

import time

import numpy as np
import pytest

from narrate.engines.tone import RATE, Engine
from narrate.errors import EngineError
from narrate.model import Token, Utterance, Voice


def said(text: str) -> Utterance:
    at, tokens = 0, []
    for word in text.split():
        tokens.append(Token(at, word, word))
        at += len(word) + 1
    return Utterance(tuple(tokens))


def pitch_of(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * RATE / len(samples))


def test_voices_sound_at_their_pitch() -> None:
    """What a voice's papers say of its pitch is what is heard."""
    engine = Engine()
    for voice in engine.voices():
        heard = pitch_of(engine.speak(said("extraordinarily " * 4), voice).samples)
        assert heard == pytest.approx(voice.pitch, rel=0.07)


def test_voices_of_both_genders_and_of_none() -> None:
    """Casting tests need women, men and voices for those of whom the text says nothing."""
    genders = [voice.gender for voice in Engine().voices()]
    assert genders.count("female") >= 4
    assert genders.count("male") >= 4
    assert None in genders


def test_long_words_last_longer_and_commas_pause() -> None:
    """Length follows the text, rests follow its punctuation."""
    engine = Engine()
    voice = engine.voices()[0]

    def length(text: str) -> int:
        return len(engine.speak(said(text), voice).samples)

    assert length("Constantinople") > 3 * length("Cat")
    assert length("yes, no") > length("yes no")
    assert length("yes no.") == length("yes no"), "a rest belongs between words, never behind the last"


def test_fast() -> None:
    """It never is what a test waits for: more than a hundred times as fast as it sounds."""
    engine = Engine()
    utterance = said("a sentence of some ordinary words, said again and again " * 20)
    began = time.perf_counter()
    clip = engine.speak(utterance, engine.voices()[1])
    assert len(clip.samples) / RATE > 100 * (time.perf_counter() - began)


def test_refuses_a_foreign_voice() -> None:
    """A voice of another engine is an error, not a tone."""
    with pytest.raises(EngineError, match="narrate voices"):
        Engine().speak(said("Hello."), Voice("kokoro", "af_heart", "en-US"))
