"""espeak-ng in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from narrate.engines._espeak import clean, phonemes
from narrate.engines._espeak.client import Worker
from narrate.errors import EngineError


def test_phonemes_of_a_batch() -> None:
    """One transcription a text, stress marked; where there is no word, none."""
    assert phonemes(["Hello, world.", "", "…", "The chair"], "en-US") == ["həlˈoʊ wˈɜːld", "", "", "ðə tʃˈɛɹ"]


def test_phonemes_follow_the_accent() -> None:
    """American speech sounds its r, British does not."""
    assert phonemes(["far"], "en-US") != phonemes(["far"], "en-GB")
    assert "ɹ" in phonemes(["far"], "en-US")[0]
    assert "ɹ" not in phonemes(["far"], "en-GB")[0]


def test_phonemes_lose_nothing() -> None:
    """A long text without punctuation is transcribed to its last word."""
    once = phonemes(["number"], "en-US")[0]
    assert phonemes(["number " * 2_000], "en-US")[0].count(once.strip("ˈ")) >= 2_000
    assert len(phonemes(["counter" * 400], "en-US")[0]) > 390 * len("kaʊntɚ")


def test_phonemes_of_hostile_text() -> None:
    """Controls, half characters and line ends neither crash the worker nor swallow the words after them."""
    hostile = "One\x00 two\x01\ud800 three\n\nfour\u202e [[five"
    assert clean(hostile) == "One two three  four\u202e [[five"
    said = phonemes([hostile], "en-US")[0]
    for word in ("wˈʌn", "tˈuː", "θɹˈiː", "fˈɔːɹ", "fˈaɪv"):
        assert word in said


def test_unknown_accent_is_an_error() -> None:
    """An accent that espeak-ng lacks is refused, not replaced."""
    with pytest.raises(EngineError, match="no voice"):
        phonemes(["Hello."], "en-xx-nowhere")


def test_worker_that_died_is_started_again() -> None:
    """A killed worker costs an error at most once."""
    worker = Worker("phonemes")
    request = {"texts": ["yes"], "voice": "en-us"}
    assert worker.ask(request, 10)[0]["phonemes"]
    assert worker._process is not None
    worker._process.kill()
    worker._process.wait()
    assert worker.ask(request, 10)[0]["phonemes"]
    worker.close()


def test_espeak_never_enters_our_process() -> None:
    """Its licence and its crashes stay in the worker: nothing here maps the library or imports pyttsx3."""
    program = (
        "import sys; from pathlib import Path; from narrate.engines._espeak import phonemes; phonemes(['x'], 'en-US');"
        "assert 'espeak' not in Path('/proc/self/maps').read_text();"
        "assert not {'pyttsx3', 'espeakng_loader'} & {*sys.modules}"
    )
    if not sys.platform.startswith("linux"):
        pytest.skip("looks into /proc")
    subprocess.run([sys.executable, "-c", program], check=True)
