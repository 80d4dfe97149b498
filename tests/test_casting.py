"""Who is played by which voice."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.casting import cast, distance, find_speaker, find_voice, load_cast, save_cast
from narrate.engines.system import Engine as System
from narrate.engines.tone import Engine as Tone
from narrate.errors import CastError, OutputError
from narrate.model import NARRATOR, Article, Block, Gender, Line, Script, Section, Speaker, Voice
from narrate.scripts import from_json, to_json
from narrate.speaking import evened

VOICES = tuple(Tone().voices())

PEOPLE: tuple[tuple[str, Gender, int], ...] = (
    ("David Petraeus", "male", 40),
    ("Clara Weiss", "female", 25),
    ("Alexander Lukashenko", "male", 30),
    ("Vzglyad.Ru", None, 10),
)


def script_of(*people: tuple[str, Gender, int], language: str = "en", **voices: str) -> Script:
    """A script in which each person says so many words, and the narrator fifty."""
    speakers = [Speaker(NARRATOR, "Narrator", voice=voices.get(NARRATOR, ""))]
    lines, blocks, at = [], [], 0
    for name, gender, words in (("Narrator", None, 50), *people):
        text = " ".join(["word"] * words)
        identity = name.lower().replace(" ", "-")
        if identity != NARRATOR:
            speakers.append(Speaker(identity, name, gender, voice=voices.get(identity.replace("-", "_"), "")))
        blocks.append(Block("paragraph", text, at))
        lines.append(Line(len(blocks) - 1, at, text, identity))
        at += len(text) + 1
    article = Article("Title", "", "", language, "test", tuple(blocks))
    return Script(article, tuple(speakers), (Section("Title", tuple(lines)),))


SCRIPT = script_of(*PEOPLE)


def voice(
    name: str, gender: Gender = "male", quality: float = 4.0, timbre: tuple[float, ...] = (), pitch: float = 0.0
) -> Voice:
    return Voice("test", name, "en-US", gender, quality=quality, timbre=timbre, pitch=pitch)


genders = st.sampled_from(["male", "female", None])
crowds = st.lists(st.tuples(genders, st.integers(0, 200)), max_size=16)
catalogues = st.lists(st.tuples(genders, st.floats(60, 300), st.floats(0, 5)), min_size=1, max_size=20)


@settings(max_examples=150, deadline=None)
@given(crowds, catalogues)
def test_the_rules_of_casting(crowd: list[tuple[Gender, int]], catalogue: list[tuple[Gender, float, float]]) -> None:
    """Everybody has a role; the narrator's voice is nobody else's; nobody shares while a fitting voice is left."""
    script = script_of(*((f"Person {number}", gender, words) for number, (gender, words) in enumerate(crowd)))
    voices = [voice(f"v{at}", gender, quality, pitch=pitch) for at, (gender, pitch, quality) in enumerate(catalogue)]
    roles = cast(script, voices)
    assert set(roles) == {speaker.id for speaker in script.speakers}
    others = {identity: one for identity, one in roles.items() if identity != NARRATOR}
    if len(voices) > 1:
        assert roles[NARRATOR] not in others.values()
    unused = [one for one in voices if one not in roles.values()]
    used = [one.id for one in roles.values()]
    for speaker in script.speakers:
        shared = used.count(roles[speaker.id].id) > 1
        fitting = [one for one in unused if speaker.gender is None or one.gender in (speaker.gender, None)]
        if shared:
            assert not fitting
        if speaker.id != NARRATOR and speaker.gender and not shared and roles[speaker.id].gender is not None:
            wrong = roles[speaker.id].gender != speaker.gender
            assert not (wrong and fitting), "a voice of the other gender while a fitting one is left"


def test_the_same_script_has_the_same_cast() -> None:
    """Casting draws no lots."""
    assert cast(SCRIPT, VOICES) == cast(SCRIPT, VOICES)
    assert list(cast(SCRIPT, VOICES)) == [speaker.id for speaker in SCRIPT.speakers]


def test_gender_fits_and_institutions_are_neutral() -> None:
    """A man has a man's voice, a woman a woman's; a website has one that is neither."""
    roles = cast(SCRIPT, VOICES)
    assert roles["david-petraeus"].gender == "male"
    assert roles["clara-weiss"].gender == "female"
    assert roles["vzglyad.ru"].gender is None


@pytest.mark.parametrize("count", [2, 3])
def test_voices_are_nearly_as_far_apart_as_can_be(count: int) -> None:
    """Against every possible cast of men among the measured voices: at least three quarters of the best."""
    voices = [one for one in System().voices() if one.gender == "male"]
    roles = cast(script_of(*((f"Man {number}", "male", 50) for number in range(count))), voices)

    def nearest(chosen: list[Voice]) -> float:
        return min(distance(one, other) for one, other in itertools.combinations(chosen, 2))

    narrator = roles[NARRATOR]
    rest = [one for one in voices if one != narrator]
    best = max(nearest([narrator, *chosen]) for chosen in itertools.combinations(rest, count))
    assert nearest(list(roles.values())) >= 0.75 * best


def test_who_says_more_is_kept_further_from_the_narrator() -> None:
    """Two men, two voices: who says most has the one that is hardest to mistake."""
    near, far = voice("near", pitch=105), voice("far", pitch=160)
    narrator = voice("narrator", quality=5, pitch=100)
    for words in (5, 60):
        roles = cast(script_of(("Anton", "male", words), ("Bert", "male", 30)), [narrator, near, far])
        assert roles["anton" if words > 30 else "bert"] == far


def test_better_voices_are_preferred() -> None:
    """Where two are about as different, the one that sounds better is cast; a whisper is not, however different."""
    narrator = voice("narrator", quality=5, pitch=100)
    good, poor = voice("good", quality=4.3, pitch=150), voice("poor", quality=2.0, pitch=152)
    assert cast(script_of(("Anton", "male", 9)), [narrator, poor, good])["anton"] == good


def test_the_narrator_speaks_as_the_article_does() -> None:
    """A British article has a British narrator; one that does not say has the best."""
    assert cast(script_of(language="en-GB"), System().voices())[NARRATOR].language == "en-GB"
    american, british = voice("a", quality=5), Voice("test", "b", "en-GB", quality=4)
    assert cast(script_of(language="en"), [british, american])[NARRATOR] == american


def test_foreign_voices_stay_out_unless_asked_for() -> None:
    """An English article is not read by a German voice while there is an English one."""
    german, english, other = Voice("test", "d", "de-DE", "male", quality=5), voice("e"), voice("f")
    script = script_of(("Anton", "male", 9))
    assert german not in cast(script, [german, english, other]).values()
    assert cast(script, [german, english], chosen={"Anton": "d"})["anton"] == german


def test_asked_for_on_the_command_line() -> None:
    """By name or id or part of the name, capitals or not, the voice with or without its engine."""
    for name, wanted in (("David Petraeus", "hugo"), ("david-petraeus", "tone:hugo"), ("PETRAEUS", "HUGO")):
        assert cast(SCRIPT, VOICES, chosen={name: wanted})["david-petraeus"].name == "hugo"


def test_the_narrator_gives_way_to_a_wish() -> None:
    """Whoever is given the narrator's usual voice keeps it to himself."""
    usual = cast(SCRIPT, VOICES)[NARRATOR]
    roles = cast(SCRIPT, VOICES, chosen={"Clara Weiss": usual.id})
    assert roles["clara-weiss"] == usual
    assert [identity for identity, one in roles.items() if one == usual] == ["clara-weiss"]


def test_wishes_in_order() -> None:
    """The command line goes before the script, the script before the cast of the series."""
    script = script_of(*PEOPLE, david_petraeus="tone:jack", alexander_lukashenko="tone:hugo")
    kept = {"David Petraeus": "tone:fred", "Alexander Lukashenko": "tone:dan", "Clara Weiss": "tone:iris"}
    roles = cast(script, VOICES, chosen={"Petraeus": "ben"}, kept=kept)
    named = [roles[one].name for one in ("david-petraeus", "alexander-lukashenko", "clara-weiss")]
    assert named == ["ben", "hugo", "iris"]


def test_a_script_made_for_another_engine_is_cast_anew() -> None:
    """`narrate script` names voices; with another engine that is no error. A misspelt voice of this one is."""
    roles = cast(script_of(*PEOPLE, david_petraeus="kokoro:am_onyx"), VOICES)
    assert roles["david-petraeus"].engine == "tone"
    with pytest.raises(CastError, match="hugo"):
        cast(script_of(*PEOPLE, david_petraeus="tone:hugp"), VOICES)


def test_unknown_names_are_errors_that_help() -> None:
    """Who speaks, and which voice may have been meant."""
    with pytest.raises(CastError, match="who speaks: Narrator, David Petraeus"):
        cast(SCRIPT, VOICES, chosen={"Nobody": "hugo"})
    with pytest.raises(CastError, match=r"there is .*cleo"):
        cast(SCRIPT, VOICES, chosen={"Clara Weiss": "cloe"})
    with pytest.raises(CastError, match="several"):
        find_speaker("Smith", [Speaker("a", "Ann Smith"), Speaker("b", "Bob Smith")])
    with pytest.raises(CastError, match="no voice"):
        find_voice("", VOICES)
    with pytest.raises(CastError, match="narrate voices"):
        cast(SCRIPT, [])


@pytest.mark.parametrize("ending", ["json", "toml"])
def test_a_series_keeps_its_cast(tmp_path: Path, ending: str) -> None:
    """Written, read back and honoured in the next article; nobody new takes the voice of who is absent."""
    path = tmp_path / f"cast.{ending}"
    assert load_cast(path) == {}
    first = cast(SCRIPT, VOICES)
    save_cast(path, SCRIPT, first)
    later = script_of(("Zoë “Z” Fox", "male", 90), ("Alexander Lukashenko", "male", 5), ("Vzglyad.Ru", None, 5))
    second = cast(later, VOICES, kept=load_cast(path))
    assert second["alexander-lukashenko"] == first["alexander-lukashenko"]
    assert second[NARRATOR] == first[NARRATOR]
    assert second["zoë-“z”-fox"] not in first.values()
    save_cast(path, later, second, load_cast(path))
    assert set(load_cast(path)) == {speaker.name for speaker in (*SCRIPT.speakers, *later.speakers)}


def test_a_voice_has_a_pace_of_its_own(tmp_path: Path) -> None:
    """`voice@1.2` on the command line, in a script and in a cast file is that voice at another pace, and stays so."""
    name = VOICES[2].name
    roles = cast(SCRIPT, VOICES, chosen={"Petraeus": f"{name}@1.2"})
    quick = roles["david-petraeus"]
    assert (quick.id, quick.speed) == (VOICES[2].id, 1.2)
    assert evened(quick, 1.5) == pytest.approx(1.2 * evened(VOICES[2], 1.5))
    assert quick.id not in [one.id for identity, one in roles.items() if identity != "david-petraeus"]
    save_cast(tmp_path / "cast.json", SCRIPT, roles)
    assert cast(SCRIPT, VOICES, kept=load_cast(tmp_path / "cast.json")) == roles
    assert cast(from_json(to_json(SCRIPT, roles)), VOICES) == roles
    for wrong in ("", "quick", "9", "0", "nan"):
        with pytest.raises(CastError, match="pace"):
            find_voice(f"{name}@{wrong}", VOICES)


def test_a_broken_cast_file_is_an_error(tmp_path: Path) -> None:
    """One line that says which file and what it should hold."""
    for name, text in (("a.json", "{"), ("b.json", "[1]"), ("c.toml", 'x = ["y"]'), ("d.json", '{"a": 1}')):
        (tmp_path / name).write_text(text)
        with pytest.raises(CastError, match=name):
            load_cast(tmp_path / name)
    with pytest.raises(CastError):
        load_cast(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        save_cast(tmp_path / "file" / "cast.json", SCRIPT, {})


def test_distance_is_a_distance() -> None:
    """Zero to itself, the same both ways, by timbre where it is measured and by pitch where not."""
    voices = [*System().voices(), *VOICES, voice("unmeasured")]
    for one, other in itertools.combinations(voices, 2):
        assert distance(one, one) == 0
        assert distance(one, other) == pytest.approx(distance(other, one))
        assert distance(one, other) > 0
    assert distance(voice("a", timbre=(1.0, 0.0)), voice("b", timbre=tuple(np.array([0.6, 0.8])))) == pytest.approx(0.4)
    assert distance(voice("a", pitch=100), voice("b", pitch=200)) == pytest.approx(1)


def test_a_character_is_cast_last() -> None:
    """A whisper or a Santa, however easy to tell apart, comes after every other fitting voice, and when asked for."""
    from narrate.model import Article, Block, Line, Script, Section, Speaker, Voice

    voices = [
        Voice("x", "plain", "en-US", "male", pitch=110, quality=4.0),
        Voice("x", "near", "en-US", "male", pitch=112, quality=4.0),
        Voice("x", "santa", "en-US", "male", pitch=220, quality=4.0, character=True),
    ]
    article = Article("T", "", "", "en", "", (Block("paragraph", "ab", 0),))
    people = (Speaker("narrator", "Narrator"), Speaker("hart", "Tom Hart", "male"))
    lines = (Line(0, 0, "a"), Line(0, 1, "b", "hart"))
    script = Script(article, people, (Section("T", lines),))
    assert cast(script, voices)["hart"].name in ("plain", "near")
    assert cast(script, voices)["narrator"].name != "santa"
    assert cast(script, voices, chosen={"Tom Hart": "santa"})["hart"].name == "santa"
