"""The first listener."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from editions import edition

from narrate import plugins
from narrate.checking import check, listening, sound, voices, words
from narrate.checking.complaints import faults
from narrate.checking.fault import Fault
from narrate.checking.listening import Stretch
from narrate.checking.words import Expected, Heard, align, expected, heard, normal
from narrate.engines.system import Engine
from narrate.errors import PluginError, SourceError
from narrate.model import Article, Block, Line, Script, Section, Speaker, Token, Utterance

ENGLISH = plugins.load("languages", "en").LANGUAGE

RATE = 24_000

TEXTS = (
    "The council met on Tuesday evening to discuss the new bridge across the river.",
    "Several members said that the money for it had been spent on the old road.",
    "Nobody could explain where the engineers had been during the winter.",
)


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """A finished edition in a folder: MP3, transcript, script and facts."""
    made = edition(tmp_path)
    for output in ("mp3", "vtt", "script", "edition"):
        plugins.load("outputs", output).write(made, tmp_path)
    made.sound.unlink()
    return tmp_path


def kinds(folder: Path) -> list[str]:
    return [fault.kind for fault in check(folder, listen=False).faults]


def changed(folder: Path, change: Callable[[np.ndarray], np.ndarray]) -> None:
    """Decode the sound of an edition, change it, and leave it as a WAV in the MP3's place."""
    path = next(folder.glob("*.mp3"))
    samples, rate = soundfile.read(path, dtype="float32")
    path.unlink()
    soundfile.write(path.with_suffix(".wav"), change(samples), rate, "FLOAT")


def test_a_good_edition_has_no_fault(finished: Path) -> None:
    """What the outputs write stands up to what the check measures; without ears it says so."""
    report = check(finished, listen=False)
    assert report.faults == ()
    assert report.word_error_rate is None
    assert report.loudness == pytest.approx(-19, abs=0.5)
    assert report.true_peak <= -1
    assert report.seconds == pytest.approx(json.loads((finished / "edition.json").read_text())["duration"], abs=0.01)


def test_silence_is_found(finished: Path) -> None:
    """Four seconds of nothing in the middle are reported where they are; they make it too long, too."""
    changed(finished, lambda samples: np.insert(samples, RATE * 5, np.zeros(RATE * 4, np.float32)))
    found = {fault.kind: fault for fault in check(finished, listen=False).faults}
    assert set(found) == {"silence", "length"}
    assert found["silence"].at == pytest.approx(5, abs=0.6)


def test_clipping_and_peaks_are_found(finished: Path) -> None:
    """A burst at full scale is clipping, and too high a peak."""

    def burst(samples: np.ndarray) -> np.ndarray:
        samples[3 * RATE : 3 * RATE + 40] = 1.0
        return samples

    changed(finished, burst)
    report = check(finished, listen=False)
    assert {fault.kind for fault in report.faults} == {"clipping", "peak"}
    assert next(fault.at for fault in report.faults if fault.kind == "clipping") == pytest.approx(3, abs=0.01)


def test_wrong_loudness_is_found(finished: Path) -> None:
    """An edition that does not sound as loud as it says is at fault, half a LU is not."""
    changed(finished, lambda samples: samples * np.float32(10 ** (-1.5 / 20)))
    assert kinds(finished) == ["loudness"]


def test_chapters_that_disagree_are_found(finished: Path) -> None:
    """A chapter moved, renamed or dropped in edition.json does not pass: the MP3 and the transcript know better."""
    path = finished / "edition.json"
    whole = json.loads(path.read_text())

    def edited(**change: object) -> list[str]:
        facts = json.loads(json.dumps(whole))
        facts["chapters"][1] |= change
        path.write_text(json.dumps(facts))
        return kinds(finished)

    assert edited() == []
    assert edited(start=whole["chapters"][1]["start"] + 0.5) == ["chapter", "chapter"]
    assert edited(title="Another") == ["chapter"]
    path.write_text(json.dumps(whole | {"chapters": whole["chapters"][:1]}))
    assert kinds(finished) == ["chapter", "chapter"]


def test_no_edition_is_an_error(finished: Path) -> None:
    """A folder without one, or with half of one, is refused in a line that says what is missing."""
    next(finished.glob("*.mp3")).write_bytes(b"no sound at all")
    with pytest.raises(SourceError, match="cannot be decoded"):
        check(finished, listen=False)
    next(finished.glob("*.mp3")).unlink()
    with pytest.raises(SourceError, match="no sound"):
        check(finished, listen=False)
    (finished / "script.json").unlink()
    with pytest.raises(SourceError, match=r"script\.json"):
        check(finished, listen=False)
    (finished / "edition.json").write_text("[]")
    with pytest.raises(SourceError, match=r"edition\.json"):
        check(finished, listen=False)


def test_without_a_recogniser_the_rest_is_checked(finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report says how to install ears, and no fault is made of their absence."""

    def deaf() -> None:
        raise PluginError("nobody can listen: pip install 'narrate[check]'")

    monkeypatch.setattr(listening, "_weights", deaf)
    listening._ear.cache_clear()
    report = check(finished)
    assert report.faults == ()
    assert "pip install" in report.recogniser


def test_silence_and_clipping_at_the_edges(tmp_path: Path) -> None:
    """A file that is silent throughout is one silence; the quietest speech is none."""
    path = tmp_path / "a.wav"
    soundfile.write(path, np.zeros(RATE * 2), RATE)
    assert sound.measure(path).silences == ((0.0, 2.0),)
    soundfile.write(path, np.tile([0.01, -0.01], RATE), RATE)
    assert sound.measure(path).silences == ()


def transcript_of(path: Path, *turns: tuple[str, np.ndarray]) -> tuple[Path, Path]:
    """Write what speakers say after one another as sound and transcript."""
    at, captions = 0, ["WEBVTT\n"]
    for name, samples in turns:
        times = (sample / 22_050 for sample in (at, at + len(samples)))
        begin, end = (f"00:{int(time // 60):02}:{time % 60:06.3f}" for time in times)
        captions.append(f"{begin} --> {end}\n<v {name}>…</v>\n")
        at += len(samples)
    (path / "transcript.vtt").write_text("\n".join(captions))
    soundfile.write(path / "a.wav", np.concatenate([samples for _, samples in turns]), 22_050)
    return path / "a.wav", path / "transcript.vtt"


def test_voices_that_are_alike_or_drift_are_found(tmp_path: Path) -> None:
    """Two names with one voice are hard to tell apart, two voices are not; a voice that becomes another has drifted."""
    engine = Engine()
    low, high = (next(one for one in engine.voices() if one.name == name) for name in ("m3", "steph"))
    long = Utterance(tuple(Token(0, word, word) for word in " ".join(TEXTS * 2).split()))
    first, second = (engine.speak(long, one).samples for one in (low, high))
    half = len(first) // 2
    same = transcript_of(tmp_path, ("Ann", first[:half]), ("Bob", first[half:]), ("Cleo", second))
    assert [fault.kind for fault in voices.faults(*same)] == ["alike"]
    drifting = transcript_of(tmp_path, ("Ann", first), ("Ann", second))
    assert [fault.kind for fault in voices.faults(*drifting)] == ["drift"]
    steady = transcript_of(tmp_path, ("Ann", first[:half]), ("Bob", second), ("Ann", first[half:]))
    assert list(voices.faults(*steady)) == []


# --- words --------------------------------------------------------------------------------


def script_of(*texts: str, kinds: tuple[str, ...] = ()) -> Script:
    blocks, at = [], 0
    for number, text in enumerate(texts):
        blocks.append(Block(kinds[number] if kinds else "paragraph", text, at))  # type: ignore[arg-type]
        at += len(text) + 1
    lines = tuple(Line(number, block.start, block.text) for number, block in enumerate(blocks))
    article = Article("T", "", "", "en", "test", tuple(blocks))
    return Script(article, (Speaker("narrator", "Narrator"),), (Section("T", lines),))


def aligned(meant: str, got: str) -> words.Alignment:
    wanted = [Expected(word, number) for number, word in enumerate(meant.split())]
    return align(wanted, [Heard(word, float(at), at + 0.5) for at, word in enumerate(got.split())])


SENTENCE = "the harbour office wrote to the primary school that nobody would be late in may"


@pytest.mark.parametrize(
    ("got", "kind", "at", "line"),
    [
        (SENTENCE.replace("to the primary school ", ""), "lost", 3.5, 4),
        (SENTENCE.replace("that nobody would", "that nobody would that nobody would"), "repeated", 11.0, 10),
        (SENTENCE.replace("to the primary school", "zinc buggy mild foxes"), "wrong", 4.0, 4),
        (SENTENCE + " thank you for watching and subscribing", "added", 15.0, 14),
    ],
)
def test_faults_of_words(got: str, kind: str, at: float, line: int) -> None:
    """What is lost, said twice, said wrong or made up is named, with its time and its line."""
    (fault,) = faults(aligned(SENTENCE, got))
    assert fault.kind == kind
    assert fault.at == pytest.approx(at, abs=3)
    assert abs(fault.line - line) <= 3


@pytest.mark.parametrize(
    "got",
    [
        SENTENCE,
        SENTENCE.replace("harbour", "harbor"),
        SENTENCE.replace("in may", "in made"),
        SENTENCE.replace("to the primary school", "to the primaries cool"),
        SENTENCE.replace("nobody", "no body"),
        SENTENCE + " thank you",
    ],
)
def test_errors_of_the_recogniser_are_no_faults(got: str) -> None:
    """Spellings, single words and what sounds alike are not held against the voice."""
    assert list(faults(aligned(SENTENCE, got))) == []


def test_word_error_rate() -> None:
    """Lost, wrong and added words by words to be said; words cut in two or joined are none."""
    assert aligned("a b c d", "a b c d").error_rate == 0
    assert aligned("a b c d", "a x c").error_rate == pytest.approx(0.5)
    assert aligned("a b c d", "a b c d e").error_rate == pytest.approx(0.25)
    assert aligned("some one came", "someone came").error_rate == 0


def test_optional_words_may_be_left_out() -> None:
    """An edition without the announcement that its voices are synthetic is complete; one with it has nothing added."""
    meant = [Expected("title", 0), Expected("synthetic", 0, True), Expected("voices", 0, True), Expected("then", 1)]
    for got in ("title then", "title synthetic voices then"):
        found = align(meant, [Heard(word, at, at + 1.0) for at, word in enumerate(got.split())])
        assert found.error_rate == 0
        assert list(faults(found)) == []


def test_figures_are_compared_as_they_are_said() -> None:
    """The script's figures and the recogniser's are the same words, whichever of the two wrote them out."""
    script = script_of("On 24 August the fund lost $5 million.")
    meant = [word.text for word in expected(script, ENGLISH)]
    assert "million" in meant
    assert not any(character.isdigit() for word in meant for character in word)
    for text in (" On 24 August the fund lost $5 million.", " on 24 August, the fund lost five million dollars"):
        spans, at = [], 0
        for number, word in enumerate(text.split(" ")[1:]):
            spans.append((at, at + 1 + len(word), float(number), number + 0.5))
            at += 1 + len(word)
        got = heard([Stretch(text, tuple(spans))], ENGLISH, "en-US")
        assert [word.text for word in got] == meant
        assert [word.start for word in got] == sorted(word.start for word in got)


def test_announcements_are_expected_but_optional() -> None:
    """ "By" before the author's name and the disclosure behind the head of an article may be heard."""
    script = script_of("The bridge", "Ann Lee", "It opens.", kinds=("title", "byline", "paragraph"))
    found = expected(script, ENGLISH)
    assert [word.text for word in found if not word.optional] == ["the", "bridge", "ann", "lee", "it", "opens"]
    optional = [word for word in found if word.optional]
    assert optional[0].text == "by"
    assert len(optional) > 3
    assert {word.line for word in optional} == {1}


def test_normal_words() -> None:
    """Case, accents, hyphens and apostrophes do not matter."""
    assert normal("“Café-goers DON’T”, naïve!") == ["cafe", "goers", "dont", "naive"]
    assert normal("—…") == []


def test_a_fault_reads_well() -> None:
    """The time is where a player shows it."""
    assert str(Fault("lost", 83.4, "“a b c” was not heard")) == "1:23 lost: “a b c” was not heard"
