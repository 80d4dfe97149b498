"""The system's own voices."""

from __future__ import annotations

import sys
from itertools import pairwise

import numpy as np
import pytest

from narrate.engines._espeak.mnemonics import mnemonics
from narrate.engines._espeak.phrasing import LONGEST_PIECE, phrase, pieces
from narrate.engines._espeak.sounds import RATE, quicker
from narrate.engines.system import Engine, _installed
from narrate.errors import EngineError
from narrate.model import Clip, Token, Utterance, Voice

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="espeak-ng is what pyttsx3 drives on Linux only")

SENTENCE = (
    "The government said on Tuesday that it would not change its position on the proposed border treaty until the "
    "two parliaments had voted and that the talks would resume in the autumn after a short break for consultation"
)


def said(text: str, after: str = "") -> Utterance:
    at, tokens = 0, []
    for word in text.split():
        tokens.append(Token(at, word, word))
        at += len(word) + 1
    return Utterance(tuple(tokens), after=after)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.fixture(scope="module")
def voice(engine: Engine) -> Voice:
    return engine.voices()[0]


def spoken(engine: Engine, voice: Voice, text: str, speed: float = 1.0) -> Clip:
    return engine.speak(said(text), voice, speed)


def test_nine_voices_and_more_with_papers(engine: Engine) -> None:
    """The catalogue holds clearly distinct voices of both genders and a neutral one, measured and licensed."""
    voices = engine.voices()
    assert len(voices) >= 9
    assert {voice.gender for voice in voices} == {"male", "female", None}
    assert {voice.language for voice in voices} == {"en-US", "en-GB"}
    for one in voices:
        assert one.pitch > 50
        assert one.pace > 1
        assert -40 < one.loudness < -10
        assert np.linalg.norm(one.timbre) == pytest.approx(1, abs=0.01)


def test_every_voice_speaks_unclipped_and_like_no_other(engine: Engine) -> None:
    """Each variant exists (a misspelt one would sound like the plain voice) and none reaches full scale."""
    sounds = set()
    for one in engine.voices():
        clip = spoken(engine, one, SENTENCE)
        assert np.abs(clip.samples).max() < 0.999, one.name
        sounds.add(clip.samples.tobytes())
    assert len(sounds) == len(engine.voices())


def test_bytes_do_not_depend_on_what_was_said_before(voice: Voice) -> None:
    """Same line, same bytes: at once, after other lines, in another process (invariant 5)."""
    first, second = Engine(), Engine()
    alone = spoken(first, voice, "What is said now is all that counts.")
    for text in ("Something else.", "And more of it, at length.", "What is said now is all that counts."):
        later = spoken(second, voice, text)
    assert later.samples.tobytes() == alone.samples.tobytes()
    assert later.times == alone.times


@pytest.mark.parametrize("rate", [350, 400, 450, 500, 600])
def test_fast_editions_reach_their_words_a_minute(engine: Engine, voice: Voice, rate: int) -> None:
    """For who listens with a screen reader: 350 to 500 words a minute are what is heard, within a twentieth."""
    normal = spoken(engine, voice, SENTENCE)
    words = len(SENTENCE.split())
    pace = words / (len(normal.samples) / normal.rate) * 60
    fast = spoken(engine, voice, SENTENCE, rate / pace)
    assert words / (len(fast.samples) / fast.rate) * 60 == pytest.approx(rate, rel=0.05)


def test_times_follow_the_words(engine: Engine, voice: Voice) -> None:
    """The second half of a doubled sentence is heard where its words say; a pause belongs to no word."""
    clip = spoken(engine, voice, "Never again, said nobody.")
    (_, never), (again, comma), (begin, _), _ = clip.times
    assert never <= again
    assert np.abs(clip.samples[comma + 200 : begin - 200]).max() < 0.01, "the comma is silent"
    assert np.abs(clip.samples[begin : begin + 2000]).max() > 0.02, "and then the word sounds"


@pytest.mark.parametrize("speed", [1.0, 2.4, 3.2])
def test_times_are_where_the_sound_begins_and_ends(engine: Engine, speed: float) -> None:
    """Between silences, where sound can be measured, each word begins and ends within 40 ms of its time."""
    words = "bridge, mountain, engineer, table, garden, window, yesterday, people, river, gold"
    off = []
    for one in (engine.voices()[0], engine.voices()[1], engine.voices()[-1]):
        clip = spoken(engine, one, words, speed)
        loud = np.abs(clip.samples) > 0.01 * np.abs(clip.samples).max()
        edges = [0, *((end + begin) // 2 for (_, end), (begin, _) in pairwise(clip.times)), len(clip.samples)]
        for (begin, end), (low, high) in zip(clip.times, pairwise(edges), strict=True):
            sounding = np.flatnonzero(loud[low:high]) + low
            off += [abs(int(sounding[0]) - begin) / RATE, abs(int(sounding[-1]) - end) / RATE]
    assert np.mean(off) < 0.02
    assert np.quantile(off, 0.95) < 0.04


def test_what_is_shortened_keeps_its_pitch() -> None:
    """A tone of 150 Hz shortened by a third is one of 150 Hz, two thirds as long and as loud."""
    tone = 0.5 * np.sin(2 * np.pi * 150 * np.arange(RATE) / RATE).astype(np.float32)
    short = quicker(tone, 1.5)
    assert len(short) == round(RATE / 1.5)
    spectrum = np.abs(np.fft.rfft(short * np.hanning(len(short))))
    assert np.argmax(spectrum) * RATE / len(short) == pytest.approx(150, abs=3)
    assert np.std(short) == pytest.approx(np.std(tone), rel=0.05)


def test_times_survive_quotation_marks_and_accents(engine: Engine, voice: Voice) -> None:
    """Letters of two bytes and marks at the front do not shift the times: each word is about as long as it was."""
    plain = spoken(engine, voice, "the cafe is naive, he said")
    fancy = spoken(engine, voice, "“the café is naïve,” he said")
    for number in (0, 2, 4, 5):
        lengths = [clip.times[number][1] - clip.times[number][0] for clip in (plain, fancy)]
        assert lengths[0] == pytest.approx(lengths[1], rel=0.35)


def test_words_said_as_one_share_their_time(engine: Engine, voice: Voice) -> None:
    """No word that is said is without a time."""
    clip = spoken(engine, voice, "One of the many who have been in the house at the end of a day")
    assert all(end > start for start, end in clip.times)


def test_phonemes_are_spoken(engine: Engine, voice: Voice) -> None:
    """A lexicon's IPA decides the sound: the same phonemes sound as the word that has them."""

    def word(spelling: str, ipa: str = "") -> bytes:
        return engine.speak(Utterance((Token(0, spelling, spelling, ipa),)), voice).samples.tobytes()

    assert word("xyz", "tʃˈɛɹ") == word("chair")
    assert word("xyz", "mˈɛʒɚ") == word("measure")
    assert word("lead", "lˈɛd") == word("led") != word("lead")


def test_phonemes_that_espeak_lacks_fall_back_to_the_spelling() -> None:
    """A symbol that nobody mapped is not dropped in silence."""
    assert mnemonics("tʃˈɛɹ") == "[[tS'e@]]"
    assert mnemonics("ǃkuŋ") == ""
    token = Token(0, "!Kung", "Kung,", "ǃkuŋ")
    assert phrase(Utterance((token,))).text == "Kung,"


def test_an_open_end_does_not_fall(engine: Engine, voice: Voice) -> None:
    """Where the sentence goes on after the line, the voice keeps its pitch up."""
    closed = engine.speak(said("We will return"), voice)
    opened = engine.speak(said("We will return", after="he said."), voice)
    assert opened.samples.tobytes() != closed.samples.tobytes()
    assert phrase(said("We will return", after="he said.")).text == "We will return,"


def test_pieces_lose_nothing_and_are_short() -> None:
    """Cut where it pauses best, and joined again it is the text."""
    text = "A clause, and another; a sentence. " * 100 + "endless" * 500 + " end"
    cut = pieces(text)
    assert "".join(piece for _, piece in cut) == text
    assert all(len(piece) <= LONGEST_PIECE for _, piece in cut)
    assert all(text[at : at + len(piece)] == piece for at, piece in cut)
    assert cut[0][1].rstrip()[-1] in ".;"


HOSTILE = ("\x00\x01Yes\x1b.", "[[ [[[ Yes.", "<speak>Yes</speak>", "\ud800 Yes", "Yes " + "\u0308" * 500)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_said_all_the_same(engine: Engine, voice: Voice, hostile: str) -> None:
    """Commands, half characters and heaps of accents neither crash nor hang nor silence the rest."""
    assert len(engine.speak(Utterance((Token(0, "x", hostile),)), voice).samples) > 0.1 * engine.rate


def test_nothing_to_say_is_an_empty_clip(engine: Engine, voice: Voice) -> None:
    """A line of unsaid marks is silence without length, not an error."""
    clip = engine.speak(Utterance((Token(0, "*", ""), Token(2, "—", " "))), voice)
    assert clip.samples.size == 0
    assert clip.times == ((0, 0), (0, 0))


def test_unknown_voice_is_an_error(engine: Engine) -> None:
    """pyttsx3 would keep the voice before it and say nothing."""
    with pytest.raises(EngineError, match="no voice"):
        engine.speak(said("Hello."), Voice("system", "nobody", "en-US"))


def test_a_killed_worker_costs_nothing(engine: Engine, voice: Voice) -> None:
    """A worker that dies between two lines, or in one, is replaced and the line said."""
    before = spoken(engine, voice, "Here we go again.")
    process = engine._talker._process
    assert process is not None
    process.kill()
    process.wait()
    assert spoken(engine, voice, "Here we go again.").samples.tobytes() == before.samples.tobytes()


def test_a_hang_ends_in_an_error(engine: Engine) -> None:
    """What pyttsx3 never comes back from is killed after its seconds, and the worker lives on."""
    request = {"pieces": [SENTENCE + "."] * 2_000, "voice": "en-us+m3", "rate": 150, "seconds": 1}
    with pytest.raises(EngineError, match="1 seconds"):
        engine._talker.ask(request, 30)
    assert engine._talker.ask(request | {"pieces": ["Yes."], "seconds": 10}, 30)[0]["sounds"]


def test_other_systems_list_what_pyttsx3_reports() -> None:
    """On Windows and on a Mac the voices are the installed ones; pyttsx3's dummy driver stands for them here."""
    voices = _installed("dummy")
    assert [(voice.name, voice.language, voice.gender) for voice in voices] == [
        ("dummy.voice1", "en-US", "male"),
        ("dummy.voice2", "en-US", "female"),
        ("dummy.voice3", "en-US", "male"),
    ]
