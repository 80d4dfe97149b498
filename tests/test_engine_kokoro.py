"""The kokoro engine: phonemes, passages, the rewriting of the network, and the real thing."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from narrate.engines._kokoro import machine, networks, runtime, styles, waves, weights
from narrate.engines._kokoro.dictionary import stressed
from narrate.engines._kokoro.drawing import Drawing
from narrate.engines._kokoro.espeak import Espeak
from narrate.engines._kokoro.floating import Floating
from narrate.engines._kokoro.passages import passages
from narrate.engines._kokoro.phonemes import adapted, phonemes
from narrate.engines._kokoro.vocabulary import MOST, SYMBOLS
from narrate.engines.kokoro import Engine, seamed
from narrate.errors import EngineError
from narrate.model import Clip, Token, Utterance, Voice

RANDOM = np.random.default_rng(7)


def tokens(text: str, **tags: str) -> tuple[Token, ...]:
    """Make a token of each word; `tags` gives parts of speech by word."""
    return tuple(Token(0, word, word, tag=tags.get(word.strip(".,?!").lower(), "")) for word in text.split())


def sounds(text: str, british: bool = False, **tags: str) -> str:
    return phonemes(tokens(text, **tags), british).text


# Phonemes


@pytest.mark.parametrize(
    ("word", "tag", "expected"),
    [
        ("read", "VBD", "ɹˈɛd"),
        ("read", "VB", "ɹˈid"),
        ("live", "VB", "lˈɪv"),
        ("live", "JJ", "lˈIv"),
        ("record", "VB", "ɹəkˈɔɹd"),
        ("record", "NN", "ɹˈɛkəɹd"),
        ("minute", "JJ", "mInˈut"),
        ("refuse", "NN", "ɹˈɛfjˌus"),
        ("tear", "VB", "tˈɛɹ"),
    ],
)
def test_part_of_speech_decides_between_readings(word: str, tag: str, expected: str) -> None:
    """Words written alike are told apart by what they are in the sentence."""
    assert sounds(word, **{word: tag}) == expected


def test_small_words_lean_on_the_next_sound() -> None:
    """*The* and *to* change before a vowel, also when only espeak-ng knows the next word."""
    assert sounds("the apple").startswith("ði ")
    assert sounds("the pear").startswith("ðə ")
    assert sounds("the Orbanovic").startswith("ði ")
    assert phonemes(tokens("to"), False, after="apples").text == "tʊ"
    assert phonemes(tokens("to"), False, after="pears").text == "tə"


def test_the_lexicon_wins() -> None:
    """Phonemes that a token brings are said, in the network's alphabet, with the marks of what is printed."""
    given_ = Token(0, "Xi,", "Xi,", phonemes="ʃˈiː")
    assert phonemes([given_], False).text == "ʃˈi,"
    assert phonemes([given_], True).text == "ʃˈiː,"
    quoted = Token(0, "Xi,”", "Xi,”", phonemes="ʃˈiː")
    assert phonemes([quoted], False).text == "ʃˈi,”"


def test_endings_are_said_by_rule() -> None:
    """Plurals, possessives, past tenses and -ing forms that no dictionary lists come from their stems."""
    assert sounds("glampings").endswith("z")
    assert sounds("president's") == "pɹˈɛzədˌɛnts"
    assert sounds("hitting") == "hˈɪɾɪŋ"
    assert sounds("hitting", british=True) == "hˈɪtɪŋ"


def test_abbreviations_are_spelled_and_stressed_on_the_last_letter() -> None:
    """FBI is three letters; NATO is a word; a dot inside U.S. is no end of a sentence."""
    assert sounds("FBI", fbi="NNP") == "ˌɛfbˌiˈI"
    assert sounds("NATO", nato="NNP") == "nˈAɾO"
    assert sounds("U.S. troops") == "jˌuˈɛs tɹˈups"


def test_both_sides_of_the_atlantic() -> None:
    """A British voice says tomato, bath and hot in its own way."""
    assert sounds("tomato bath hot") != sounds("tomato bath hot", british=True)
    assert "ɑː" in sounds("bath", british=True)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40))
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_becomes_symbols(text: str) -> None:
    """Any text gives symbols that the network knows, and each token its own stretch, in order."""
    made = phonemes([Token(0, text, text), Token(0, "end", "end")], False)
    assert set(made.text) <= SYMBOLS.keys()
    for start, end in made.spans:
        assert 0 <= start <= end <= len(made.text)
    assert made.text[slice(*made.spans[1])] == "ˈɛnd"


def test_no_word_is_lost() -> None:
    """Each word has sounds of its own, names and invented words too."""
    said = "Zelenskyy met Nasrallah’s envoy — Krzysztof Wiśniewski — in Kyiv, to discuss blorptronics (again)."
    made = phonemes(tokens(said), False)
    for token, (start, end) in zip(tokens(said), made.spans, strict=True):
        if any(letter.isalpha() for letter in token.printed):
            assert any(symbol.isalpha() for symbol in made.text[start:end]), token


def test_ipa_of_any_hand_is_adapted() -> None:
    """Long vowels, ties and affricates become the network's letters."""
    assert adapted("t͡ʃeɪndʒ", False) == "ʧAnʤ"
    assert adapted("ɡəʊ", True) == "ɡQ"
    assert adapted("goʊ", False) == "ɡO"
    assert adapted("(ja)ko.ni(en)", True) == "kɔni"
    assert adapted("ˈɹɛkɚd", False) == "ɹˈɛkəɹd"
    assert adapted("ɪnˈkɹiːs", True) == "ɪnkɹˈiːs"


def test_stress_falls_on_the_first_vowel() -> None:
    """A word without stress gets it before its first vowel, not before its first letter."""
    assert stressed("kæt") == "kˈæt"


def test_espeak_comes_back_after_a_crash() -> None:
    """A worker that was killed is started again, and the answer is the same."""
    worker = Espeak()
    first = worker.pronounce(["Krzysztof"], "en-us")
    process = worker._process
    assert process is not None
    process.kill()
    process.wait()
    assert worker.pronounce(["Krzysztof"], "en-us") == first
    worker.close()


def test_espeak_answers_in_order_whatever_is_asked() -> None:
    """One answer a word, for odd words too."""
    odd = ["", " ", "\0", "日本", "a" * 300, "Zürich", "\ud83d"]
    worker = Espeak()
    assert len(worker.pronounce(odd, "en")) == len(odd)
    worker.close()


# Passages


@given(st.text(alphabet="aɪəst ˈˌ,.;—", max_size=3000), st.integers(20, MOST))
def test_passages_tile_and_fit(text: str, most: int) -> None:
    """Cut phonemes join back to what was cut, and no passage is longer than the network takes."""
    cuts = passages(text, most)
    assert "".join(text[a:b] for a, b in cuts) == text
    assert all(b - a <= most for a, b in cuts)
    assert all(a == b for (_, a), (b, _) in pairwise(cuts))


def test_the_best_pause_is_taken() -> None:
    """A full stop is a better place than a comma, a comma than a blank."""
    text = "a" * 60 + ". " + "b" * 20 + ", " + "c" * 30
    assert next(text[a:b] for a, b in passages(text, 100)).endswith(".")
    text = "a" * 60 + ", " + "b" * 20 + " " + "c" * 30
    assert next(text[a:b] for a, b in passages(text, 100)).endswith(",")


# The rewriting


def run(model: onnx.ModelProto, **inputs: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, inputs)[0])


def test_an_integer_product_becomes_the_same_in_floats() -> None:
    """A quantised MatMul with its scales equals, but for the rounding of activations, one float MatMul."""
    quantised = RANDOM.integers(0, 255, (8, 4)).astype(np.uint8)
    constants = [
        numpy_helper.from_array(quantised, "w"),
        numpy_helper.from_array(np.array(0.01, np.float32), "w_scale"),
        numpy_helper.from_array(np.array(128, np.uint8), "w_zero"),
    ]
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["x"], ["q", "scale", "zero"]),
        helper.make_node("MatMulInteger", ["q", "w", "zero", "w_zero"], ["product"], "m_quant"),
        helper.make_node("Mul", ["scale", "w_scale"], ["scales"]),
        helper.make_node("Cast", ["product"], ["cast"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["cast", "scales"], ["y"]),
    ]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("x", "y")]
    graph = helper.make_graph(nodes, "g", ends[:1], ends[1:], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    x = RANDOM.normal(size=(3, 8)).astype(np.float32)
    before = run(model, x=x)
    rewritten = Floating(model).rewritten()
    assert [node.op_type for node in rewritten.graph.node] == ["MatMul"]
    after = run(rewritten, x=x)
    np.testing.assert_allclose(after, x @ ((quantised.astype(np.float32) - 128) * 0.01), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(before, after, atol=0.1)


@pytest.mark.parametrize(("stride", "inputs", "outputs"), [(10, 6, 4), (6, 4, 3), (2, 3, 5)])
def test_upsampling_is_a_transposed_convolution(stride: int, inputs: int, outputs: int) -> None:
    """Convolution and shuffle give what ConvTranspose gives, to rounding."""
    weight = RANDOM.normal(size=(inputs, outputs, 2 * stride)).astype(np.float32)
    bias = RANDOM.normal(size=outputs).astype(np.float32)
    x = RANDOM.normal(size=(1, inputs, 1, 9)).astype(np.float32)
    shape = [1, outputs, 1, "time"]
    pen = Drawing()
    source = pen.input("x", [1, inputs, 1, "time"])
    ours = run(pen.model(pen.upsampled(source, weight, bias, stride), shape), x=x)
    pen = Drawing()
    source = pen.input("x", [1, inputs, 1, "time"])
    pads = [0, stride // 2, 0, stride // 2]
    parts = (source, pen.constant(weight[:, :, None]), pen.constant(bias))
    theirs = pen.add("ConvTranspose", *parts, strides=[1, stride], pads=pads, kernel_shape=[1, 2 * stride])
    np.testing.assert_allclose(ours, run(pen.model(theirs, shape), x=x), atol=1e-4)


def head(**changes: Any) -> waves.Head:
    """Make a head whose last convolution hands its middle tap through."""
    last = np.zeros((2 * waves.BINS, 2 * waves.BINS, 7), np.float32)
    last[:, :, 3] = np.eye(2 * waves.BINS)
    values = {
        "affine_weight": np.zeros((128, 4), np.float32),
        "affine_bias": np.zeros(4, np.float32),
        "harmonics": np.eye(9, dtype=np.float32)[0],
        "offset": 0.0,
        "last_weight": last,
        "last_bias": np.zeros(2 * waves.BINS, np.float32),
    }
    return waves.Head(**{**values, **changes})


def test_the_source_sings_the_pitch_it_is_given() -> None:
    """A curve of 200 Hz gives an excitation whose spectrum peaks there; no pitch gives none."""
    spectra = waves.source(head(), np.full(160, 200.0, np.float32))
    assert spectra.shape == (22, 160 * 60 + 1)
    turns = np.unwrap(spectra[waves.BINS + 1])
    cycles = (turns[-100] - turns[100]) / (2 * np.pi)
    seconds = (len(turns) - 200) * waves.HOP / waves.RATE
    assert cycles / seconds == pytest.approx(200, rel=0.01)
    silent = waves.source(head(), np.zeros(40, np.float32))[: waves.BINS]
    assert np.abs(silent).max() < 1e-6


def test_spectra_come_back_as_the_sound_they_were_of() -> None:
    """The inverse transform undoes the transform: what the head is given as spectra, it gives as samples."""
    sound = RANDOM.normal(size=2000).astype(np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(sound, waves.WINDOW // 2), waves.WINDOW)[:: waves.HOP]
    real, imaginary = np.split(waves.ANALYSIS @ windows.T, 2)
    # The head takes the logarithm of a magnitude and an angle below one: its sine is taken once more.
    magnitude, angle = np.hypot(real, imaginary), np.arctan2(imaginary, real)
    spectra = np.concatenate([magnitude * np.cos(angle), magnitude * np.sin(angle)])
    back = waves.overlapped(waves.SYNTHESIS.T @ spectra)[waves.WINDOW // 2 :][: len(sound)]
    np.testing.assert_allclose(back[20:-20], sound[20:-20], atol=1e-5)


def test_frames_and_samples_agree() -> None:
    """The head gives 600 samples a frame: 120 moments a frame, and one more."""
    x = np.zeros((2 * waves.BINS, 120 * 3 + 1), np.float32)
    assert len(waves.sound(head(), x)) == 3 * waves.FRAME


# The model


def test_a_wrong_model_is_refused_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is not the pinned one is never run; the message says what to do."""
    wrong = tmp_path / "model.onnx"
    wrong.write_bytes(b"not a model")
    monkeypatch.setenv(weights.VARIABLE, str(wrong))
    with pytest.raises(EngineError, match="pip install") as caught:
        weights.read()
    assert "\n" not in str(caught.value)


def test_a_missing_model_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that leads nowhere is an error of the engine, with the path in it."""
    monkeypatch.setenv(weights.VARIABLE, str(tmp_path / "nowhere.onnx"))
    with pytest.raises(EngineError, match=r"nowhere\.onnx"):
        weights.read()


def test_a_damaged_network_is_noticed(tmp_path: Path) -> None:
    """A file in the cache that is not as it was written makes the folder count as not installed."""
    content = b"network"
    weights.keep(tmp_path / "a.onnx", content)
    weights.keep(tmp_path / networks.MANIFEST, b'{"a.onnx": "' + _sha(content).encode() + b'"}')
    assert networks._whole(tmp_path)
    (tmp_path / "a.onnx").write_bytes(b"netw0rk")
    assert not networks._whole(tmp_path)


def _sha(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def test_workers_fit_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """One worker a processor, fewer where memory is short, never none."""
    monkeypatch.setattr(machine, "_processors", lambda: 4)
    monkeypatch.setattr(machine, "_free", lambda: 64 * 2**30)
    assert machine.workers() == 4
    monkeypatch.setattr(machine, "_free", lambda: 2 * 2**30)
    assert machine.workers() == 1
    monkeypatch.setattr(machine, "_free", lambda: 0)
    assert machine.workers() == 1


# The voices


def test_every_voice_has_a_style_for_every_length() -> None:
    """Each voice of the table, blends too, has 510 finite style vectors of 256."""
    assert len(styles.voices()) >= 28
    for voice in styles.voices():
        table = styles.styles(voice.name)
        assert table.shape == (MOST, 256)
        assert np.isfinite(table).all()


def test_an_unknown_voice_is_an_error() -> None:
    """The error says how to list the voices."""
    with pytest.raises(EngineError, match="narrate voices"):
        styles.styles("zz_nobody")


# The engine itself


@cache
def engine() -> Engine:
    """Load the real engine once; skip, visibly, where its weights are not installed."""
    made = Engine()
    try:
        made.speak(Utterance(tokens("Yes.")), voice("af_heart"))
    except EngineError as error:
        pytest.skip(f"kokoro: {error}")
    return made


def voice(name: str) -> Voice:
    return next(one for one in styles.voices() if one.name == name)


def say(text: str, name: str = "af_heart", **context: str) -> Clip:
    return engine().speak(Utterance(tokens(text), **context), voice(name))


def test_the_same_words_give_the_same_bytes() -> None:
    """Nothing in the engine is random: twice the same line is twice the same sound."""
    first, second = (say("The harbour was quiet.") for _ in range(2))
    assert first.samples.tobytes() == second.samples.tobytes()
    assert first.times == second.times


def test_words_follow_each_other_within_the_clip() -> None:
    """Times are in order, inside the clip, and cover it but for a guard at both ends."""
    clip = say("Prices fell again, but few shoppers noticed.")
    assert all(start < end for start, end in clip.times)
    assert all(a[1] <= b[0] for a, b in pairwise(clip.times))
    assert 0 <= clip.times[0][0] <= waves.RATE * 0.08
    assert 0 <= len(clip.samples) - clip.times[-1][1] <= waves.RATE * 0.2


def test_nothing_is_cut_off_a_long_line() -> None:
    """Four times the words, without a mark, give more than three times the sound, though the network cannot
    take them at once."""
    text = "the old man walked along the shore and counted the boats that had come home since the morning tide "
    once, four = say(text), say(text * 4)
    assert len(four.samples) > 3 * len(once.samples)
    assert all(start < end for start, end in four.times)


def test_no_clip_clicks_or_leaves_full_scale() -> None:
    """A clip begins and ends at zero and stays within full scale."""
    clip = say("Half of them had left.", "am_fenrir")
    assert abs(clip.samples[0]) < 0.01 and abs(clip.samples[-1]) < 0.01
    assert np.abs(clip.samples).max() <= 1.0


def test_speed_shortens() -> None:
    """Speed 1.5 takes about two thirds of the time."""
    plain = engine().speak(Utterance(tokens("We waited for an hour in the rain.")), voice("am_echo"))
    quick = engine().speak(Utterance(tokens("We waited for an hour in the rain.")), voice("am_echo"), 1.5)
    assert len(quick.samples) / len(plain.samples) == pytest.approx(1 / 1.5, abs=0.12)


def test_a_network_that_cannot_run_is_an_error_of_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the runtime raises reaches the user as one line."""

    def broken(*_: object) -> None:
        raise RuntimeError("no such\ninstruction")

    monkeypatch.setattr("narrate.engines.kokoro.Network", broken)
    with pytest.raises(EngineError, match="voice network") as caught:
        Engine().speak(Utterance(tokens("Yes.")), voice("af_heart"))
    assert "\n" not in str(caught.value)


def test_a_line_in_mid_sentence_is_kept_up() -> None:
    """Where another line goes on with the sentence, a comma keeps the voice up; elsewhere nothing is added."""
    assert seamed(Utterance(tokens("he called it"), after="a disaster."))[-1].spoken == "it,"
    assert seamed(Utterance(tokens("he called it"), after=""))[-1].spoken == "it"
    assert seamed(Utterance(tokens("It is over,"), after="she said."))[-1].spoken == "over,"


def test_context_is_not_heard() -> None:
    """Words before and after a line shape it but are not in its clip."""
    alone = say("she said quietly,")
    within = say("she said quietly,", before="It is over,", after="and nobody will come back to this place again.")
    assert len(within.samples) < 1.5 * len(alone.samples)
    assert len(within.times) == len(alone.times)


def test_the_fingerprint_names_what_decides_the_sound() -> None:
    """Model, version of the networks, runtime and precision are in it."""
    mark = Engine().fingerprint()
    for part in (weights.SHA256[:16], networks.VERSION, runtime.runtime(), runtime.precision()):
        assert part in mark
