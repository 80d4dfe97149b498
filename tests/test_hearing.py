"""The ear of the first listener: windows that end in pauses, and a second hearing of what is in doubt."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from narrate import batch, plugins, showing
from narrate.checking import check, hearing, listening, windows
from narrate.checking.complaints import doubtful, faults
from narrate.checking.listening import Stretch
from narrate.checking.windows import RATE, Part, blocks, edges, parts
from narrate.checking.words import Alignment, Expected, Heard, align
from narrate.clips import ClipCache
from narrate.engines.system import Engine
from narrate.model import Utterance
from narrate.options import Options
from narrate.pipeline import clips

ENGLISH = plugins.load("languages", "en").LANGUAGE

WORDS = 3.0
"""Words a second of a made-up hearing."""

ears = pytest.mark.skipif(
    importlib.util.find_spec("faster_whisper") is None or importlib.util.find_spec(listening.BASE[0]) is None,
    reason="nobody can listen: pip install 'narrate[check]'",
)


def speech(seconds: float, *pauses: float) -> np.ndarray:
    """Noise as loud as speech, with half a second of silence at each pause."""
    sound = np.random.default_rng(3).normal(0, 0.1, round(seconds * RATE)).astype(np.float32)
    for at in pauses:
        sound[round((at - 0.25) * RATE) : round((at + 0.25) * RATE)] = 0
    return sound


def test_windows_end_in_pauses() -> None:
    """No window is longer than asked for, they tile the sound, and a pause in reach ends them, else the clock."""
    sound = speech(60, 20, 41)
    found = [at / RATE for at in edges(sound)]
    assert found == pytest.approx([0, 20, 41, 60], abs=0.3)
    endless = edges(speech(100))
    assert endless[0] == 0
    assert endless[-1] == 100 * RATE
    assert all(0 < b - a <= windows.LONGEST * RATE for a, b in pairwise(endless))
    assert edges(np.zeros(0, np.float32)) == [0, 0]


def test_a_long_file_is_heard_whole(tmp_path: Path) -> None:
    """Blocks follow one another without gap or overlap, also where a file is decoded in stretches."""
    path = tmp_path / "long.wav"
    soundfile.write(path, speech(2.3 * windows.BLOCK, 90, 170), RATE, "FLOAT")
    found = list(blocks(path))
    assert len(found) > 1
    assert np.concatenate([part.sound for part in found]) == pytest.approx(soundfile.read(path)[0], abs=1e-6)
    assert [part.at for part in found[1:]] == pytest.approx([part.until for part in found[:-1]])


def test_parts_are_widened_to_pauses(tmp_path: Path) -> None:
    """What is heard again begins and ends in the pauses next to it; one that reaches past the end stops there."""
    path = tmp_path / "a.wav"
    soundfile.write(path, speech(30, 4.5, 8.4), RATE, "FLOAT")
    first, last = parts(path, [(5.0, 8.0), (25.0, float("inf"))])
    assert first.at == pytest.approx(4.5, abs=0.2)
    assert first.until == pytest.approx(8.4, abs=0.2)
    assert 24 <= last.at <= 25
    assert last.until == pytest.approx(30, abs=0.01)


MEANT = [Expected(word, 0) for word in "the harbour office wrote to the primary school that nobody came".split()]


def stretch(text: str, at: float, step: float = 1 / WORDS) -> Stretch:
    spans, place = [], 0
    for number, word in enumerate(text.split()):
        spans.append((place, place + len(word), at + number * step, at + (number + 0.9) * step))
        place += len(word) + 1
    return Stretch(text, tuple(spans))


def hear(monkeypatch: pytest.MonkeyPatch, first: str, again: str) -> tuple[Alignment, list[tuple[float, float]]]:
    """Hear a file whose recogniser says one thing of the whole and another when it hears a part again."""
    asked: list[tuple[float, float]] = []

    def cut(path: Path, spans: list[tuple[float, float]]) -> list[Part]:
        asked.extend(spans)
        return [Part(begin, np.zeros(round((min(end, 9.0) - begin) * RATE), np.float32)) for begin, end in spans]

    def spread(part: Part, longest: float) -> list[Stretch]:
        return [stretch(again, part.at, (part.until - part.at) / len(again.split()))]

    monkeypatch.setattr(listening, "listen", lambda path: [stretch(first, 0)])
    monkeypatch.setattr(listening, "listen_to", spread)
    monkeypatch.setattr(windows, "parts", cut)
    return hearing.hear(Path("none"), MEANT, ENGLISH, "en-US"), asked


def test_what_seems_lost_is_heard_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that the recogniser skipped and hears when asked again are no fault; only that part is heard again."""
    whole = "the harbour office wrote nobody came"
    assert [fault.kind for fault in faults(align(MEANT, [Heard(w, i, i + 1.0) for i, w in enumerate(whole.split())]))]
    found, asked = hear(monkeypatch, whole, "wrote to the primary school that nobody")
    assert found.error_rate == 0
    assert list(faults(found)) == []
    assert asked == [pytest.approx((3 / WORDS, 4.9 / WORDS), abs=0.01)]


def test_what_is_lost_stays_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that are not heard the second time either are reported, and a worse hearing does not replace a better."""
    found, asked = hear(monkeypatch, "the harbour office wrote nobody came", "wrote zinc foxes buggy mild nobody")
    assert [fault.kind for fault in faults(found)] == ["lost"]
    assert len(asked) == len(hearing.AGAIN)
    assert "zinc" not in [word.text for stitch in found.stitches for word in stitch.heard]


def test_what_is_heard_well_is_heard_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is heard again when nothing is at fault, a misheard name included."""
    found, asked = hear(monkeypatch, "the harbor office wrote to the primary school that nobody came", "nonsense")
    assert not asked
    assert found.error_rate == pytest.approx(1 / 11)


def test_doubts_that_nearly_touch_are_one() -> None:
    """Stretches a pause apart are heard again together, so that no word is put in twice; distant ones are not."""

    def doubts(gap: float) -> int:
        said = ("the", "harbour", "wrote", "to", "school", "came")
        meant = "the harbour office in may wrote to the primary first school came".split()
        times = [0.0, 1, 2, 3 + gap, 4 + gap, 5 + gap]
        heard = [Heard(word, at, at + 0.9) for word, at in zip(said, times, strict=True)]
        return len(doubtful(align([Expected(word, 0) for word in meant], heard)))

    assert doubts(0.5) == 1
    assert doubts(30.0) == 2


# --- by ear -------------------------------------------------------------------------------

TEXTS = (
    "The council met on Tuesday evening to discuss the new bridge across the river.",
    "Several members said that the money for it had been spent on the old road.",
    "Nobody could explain where the engineers had been during the winter.",
)


@ears
def test_lost_and_repeated_lines_are_heard(tmp_path: Path) -> None:
    """A real recogniser misses the line that was cut out of the sound, and no other; spoken twice, it says so."""
    engine = Engine()
    said = [Utterance(ENGLISH.spoken(text, "en-US", ())) for text in TEXTS]
    clips = [engine.speak(one, engine.voices()[0]).samples for one in said]
    pause = np.zeros(engine.rate // 2, np.float32)
    meant = [Expected(word.lower().strip("."), number) for number, text in enumerate(TEXTS) for word in text.split()]

    def heard(*order: int) -> Alignment:
        path = tmp_path / "said.wav"
        pieces = [piece for number in order for piece in (pause, clips[number])]
        soundfile.write(path, np.concatenate(pieces), engine.rate)
        return hearing.hear(path, meant, ENGLISH, "en-US")

    whole = heard(0, 1, 2)
    assert list(faults(whole)) == []
    assert whole.error_rate < 0.1
    (lost,) = faults(heard(0, 2))
    assert (lost.kind, lost.line) == ("lost", 1)
    assert lost.at == pytest.approx(len(clips[0]) / engine.rate + 0.5, abs=1)
    assert "repeated" in [fault.kind for fault in faults(heard(0, 1, 1, 2))]


ARTICLE = "Bridge opens\n\nBy Ann Lee\n\n" + "\n\n".join(TEXTS) + "\n"


@ears
def test_a_damaged_edition_is_found_and_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a line that was lost in speaking is reported; `--fix` speaks it anew and leaves all else as it was made."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "a.txt").write_text(ARTICLE)
    options = Options(engine="system", formats=("mp3", "script", "vtt", "edition"), speed=1.15, disclose=False)
    batch.make_all([str(tmp_path / "a.txt")], str(tmp_path / "out"), options)
    folder = tmp_path / "out" / "bridge-opens"
    whole = json.loads((folder / "edition.json").read_text())["duration"]
    cache = ClipCache(clips())
    longest = Path(max(cache.sizes(), key=lambda one: one[1])[0]).stem
    clip = cache.get(longest)
    cache.put(longest, replace(clip, samples=np.where(np.arange(len(clip.samples)) < RATE, clip.samples, 0)))
    batch.make_all([str(tmp_path / "a.txt")], str(tmp_path / "out"), replace(options, loudness=-20))
    report = check(folder)
    assert "lost" in [fault.kind for fault in report.faults]
    assert showing.check(folder, True, True, True)
    fixed = json.loads((folder / "edition.json").read_text())
    assert fixed["duration"] == pytest.approx(whole, abs=0.5)
    assert fixed["loudness"]["lufs"] == pytest.approx(-20, abs=0.1)
    assert sorted(path.name for path in folder.iterdir() if path.name[0] != ".") == [
        "bridge-opens.mp3", "edition.json", "script.json", "transcript.vtt",
    ]  # fmt: skip
    (again,) = batch.make_all([str(tmp_path / "a.txt")], str(tmp_path / "out"), replace(options, loudness=-20))
    assert again.status == "unchanged"
