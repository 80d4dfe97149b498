"""The public form of scripts: what goes out comes back, what was edited is honoured, what was broken is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import editions
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import ScriptError
from narrate.model import NARRATOR, Article, Block, Line, Omission, Script, Section, Speaker
from narrate.scripts import from_json, to_json, to_text


def data() -> dict[str, Any]:
    """Give the public form of the test script, to be edited."""
    found: dict[str, Any] = json.loads(to_json(editions.script(), editions.CAST))
    return found


def read(edited: dict[str, Any], *, accept_changes: bool = False) -> Script:
    return from_json(json.dumps(edited), accept_changes=accept_changes)


def lines(edited: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for chapter in edited["chapters"] for line in chapter["lines"]]


WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """Draw articles of any text at any gaps, their blocks cut anywhere, under any chapters."""
    blocks, said, at = [], [], 0
    for index, pieces in enumerate(draw(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=4))):
        if not "".join(pieces).strip():
            continue
        start = at
        for piece in pieces:
            who = draw(st.sampled_from([NARRATOR, "a"]))
            said.append(Line(len(blocks), at, piece, who, "cue", draw(st.floats(0, 1))))
            at += len(piece)
        blocks.append(Block("paragraph", "".join(pieces), start, 0, f"label {index}"))
        at += draw(st.integers(0, 3))
    cut = draw(st.integers(0, len(said)))
    sections = (Section("one", tuple(said[:cut])), Section("two", tuple(said[cut:])))
    article = Article("t", "b", "2024-01-01", "en-GB", "s", tuple(blocks), (Omission(at, "furniture", "menu"),))
    people = (Speaker(NARRATOR, "Narrator", voice="tone:low"), Speaker("a", "A", "female", "cook", "by name", "x:y"))
    return Script(article, people, tuple(section for section in sections if section.lines), {"Kyiv": "KEE-iv"})


@given(scripts())
def test_round_trip(script: Script) -> None:
    """A script comes back from its public form as it went out, to the character."""
    if script.lines:
        assert from_json(to_json(script)) == script


def test_public_form() -> None:
    """The form has the keys that the documentation promises, and the voices that were cast."""
    found = data()
    assert found["narrate"] == 1
    assert found["speakers"][0] == {
        "id": "narrator", "name": "Narrator", "gender": None, "description": "", "why": "", "voice": "tone:low",
    }  # fmt: skip
    line = lines(found)[2]
    assert (line["speaker"], line["text"]) == ("ann-lee", "“The bridge will open in May,”")
    assert "subject" in line["why"] and line["end"] - line["start"] == len(line["text"])
    assert found["omissions"][0]["reason"] == "buttons"


def test_lone_surrogate_is_written() -> None:
    """What has no UTF-8 is written with JSON's escape, so that the file can be written at all."""
    made = editions.script(editions.article(title=editions.HOSTILE))
    text = to_json(made)
    text.encode("utf-8")
    assert from_json(text) == made


def test_edits_are_honoured() -> None:
    """A line moved to another speaker, a voice changed, a chapter renamed and a pronunciation reach the script."""
    edited = data()
    edited["speakers"].append({"id": "clerk", "name": "The clerk", "gender": "male", "voice": "kokoro:am_onyx"})
    lines(edited)[3]["speaker"] = "clerk"
    edited["chapters"][0]["title"] = "Spring"
    edited["lexicon"] = {"Ellen": "/ˈɛlən/"}
    script = read(edited)
    assert script.lines[3].speaker == "clerk"
    assert script.speakers[-1].voice == "kokoro:am_onyx"
    assert [chapter.title for chapter in script.chapters] == ["Spring", "The ferry"]
    assert script.lexicon == {"Ellen": "/ˈɛlən/"}


def test_a_line_may_be_cut_in_two() -> None:
    """Two lines may stand for one, with or without the blank between them and without their offsets."""
    for second in (" ferry stays.", "ferry stays."):
        edited = data()
        edited["chapters"][1]["lines"][1:] = [
            {"speaker": "narrator", "text": "The"},
            {"speaker": "ann-lee", "text": second},
        ]
        script = read(edited)
        assert [line.text for line in script.lines[-2:]] == ["The", " ferry stays."]
        assert script.lines[-1].speaker == "ann-lee"
        assert script.article == editions.article()


def test_lines_may_move_to_another_chapter() -> None:
    """A chapter may begin elsewhere; one left without lines is gone."""
    edited = data()
    edited["chapters"][0]["lines"] += edited["chapters"][1]["lines"]
    edited["chapters"][1]["lines"] = []
    script = read(edited)
    assert [chapter.title for chapter in script.chapters] == ["The bridge"]
    assert len(script.lines) == len(editions.script().lines)


@pytest.mark.parametrize("word", ["April", "Mai", "May and June"])
def test_altered_words_are_named(word: str) -> None:
    """An altered line is refused with its number and both texts, be the change as short as it may."""
    edited = data()
    lines(edited)[2]["text"] = f"“The bridge will open in {word},”"
    with pytest.raises(ScriptError, match=rf"line 3 reads “.*{word}.* but the article has “.*May.*--accept-changes"):
        read(edited)


def test_a_dropped_line_is_named() -> None:
    """A line that is gone is missed, in the middle as at the end."""
    edited = data()
    del edited["chapters"][0]["lines"][3]
    with pytest.raises(ScriptError, match="line 4 reads"):
        read(edited)
    edited = data()
    del edited["chapters"][1]["lines"][-1]
    with pytest.raises(ScriptError, match="ends before “The ferry stays"):
        read(edited)


def test_changes_accepted() -> None:
    """With accept_changes the altered lines become the article, and what follows moves along."""
    edited = data()
    lines(edited)[2]["text"] = "“The bridge will open in September,”"
    del edited["chapters"][0]["lines"][5]
    script = read(edited, accept_changes=True)
    article = script.article
    assert article.blocks[2].text == "“The bridge will open in September,” said Ann Lee. “Nobody will be late.”"
    assert not any("council" in block.text for block in article.blocks)
    for line in script.lines:
        assert article.text[line.start : line.end] == line.text
    assert article.text[article.omissions[0].start :] == "Share this"


def test_changes_accepted_in_order_only() -> None:
    """Lines in another order are not the article any more, whatever is accepted."""
    edited = data()
    edited["chapters"].reverse()
    with pytest.raises(ScriptError, match="line 3 has been moved"):
        read(edited, accept_changes=True)


def test_by_hand() -> None:
    """A script written by hand, without blocks and offsets, is taken at its word."""
    script = read(
        {
            "narrate": 1,
            "title": "Play",
            "speakers": [{"id": "eve"}],
            "chapters": [{"title": "I", "lines": [{"text": "A door."}, {"speaker": "eve", "text": "Who is there?"}]}],
        }
    )
    assert [(line.speaker, line.text) for line in script.lines] == [(NARRATOR, "A door."), ("eve", "Who is there?")]
    assert script.article.text == "A door.\n\nWho is there?"
    assert {speaker.id for speaker in script.speakers} == {NARRATOR, "eve"}


def broken(path: str, value: object) -> dict[str, Any]:
    """Put a value somewhere into the public form: "chapters.0.lines.1.speaker"."""
    edited: Any = data()
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = edited
    for step in way:
        place = place[step]
    place[last] = value
    return edited  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("narrate", 2, "not a script"),
        ("chapters.0.lines.1.speaker", "nobody", "line 2: no speaker 'nobody'; there are: ann-lee, narrator"),
        ("chapters.0.lines.1.text", None, "line 2: 'text' should be a str"),
        ("chapters.0.lines.1.confidence", 7, "line 2: confidence lies between"),
        ("chapters.0.lines", "x", "'lines' should be a list"),
        ("chapters.0", 3, "chapters 1 is not an object"),
        ("chapters", [], "no line to speak"),
        ("speakers.1.gender", "robot", "speakers 2: gender is"),
        ("speakers.1.id", "narrator", "two speakers with the id"),
        ("blocks.0.kind", "poem", "blocks 1: no kind 'poem'"),
        ("blocks.1.start", 0, "overlap at 0"),
        ("blocks.1.start", True, "'start' should be a int"),
        ("lexicon", {"Kyiv": 5}, "lexicon: 'Kyiv' needs a respelling"),
        ("blocks", [], "omissions need the"),
    ],
)
def test_faults_are_named(path: str, value: object, message: str) -> None:
    """What is not in the public form is refused in one line that says where and what."""
    with pytest.raises(ScriptError, match=message) as caught:
        read(broken(path, value))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "[" * 100_000])
def test_not_a_script(text: str) -> None:
    """Other JSON, and what is none, is refused without a traceback."""
    with pytest.raises(ScriptError):
        from_json(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["chapters", "lines", "text", "speakers", "blocks", "id"]), inner)
        ),
    )
)
def test_any_json(value: object) -> None:
    """Whatever JSON stands there, it is a script or a ScriptError."""
    try:
        from_json(json.dumps({"narrate": 1, "chapters": value, "speakers": value, "blocks": value}))
    except ScriptError as error:
        assert str(error)


def test_screenplay() -> None:
    """The text form has every word under its speaker's name, then the doubts with their cue, the omissions with why."""
    text = to_text(editions.script(), editions.CAST)
    said = " ".join(text.split())
    for line in editions.script().lines:
        assert " ".join(line.text.split()) in said
    assert "ANN LEE\n    “The bridge will open in May,”\n\nNARRATOR\n    said Ann Lee." in text
    assert "Ann Lee (engineer, female, tone:high)" in text
    assert "line 3, Ann Lee (60%)" in text and "subject of a" in text
    assert "Not read aloud\n    buttons: Share this" in text
    assert text.index("Unsure who speaks") < text.index("Not read aloud")


def test_screenplay_of_a_sure_script() -> None:
    """Nothing is said of doubts and omissions where there are none."""
    article = Article("T", "", "", "en", "s", (Block("paragraph", "Rain.", 0),))
    text = to_text(Script(article, (Speaker(NARRATOR, "Narrator"),), (Section("One", (Line(0, 0, "Rain."),)),)))
    assert "Unsure" not in text and "Not read" not in text


def test_the_documented_script() -> None:
    """The script of the documentation is one."""
    text = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
    script = from_json(text.split("```json\n")[1].split("```")[0])
    assert [line.speaker for line in script.lines] == ["ann-lee", NARRATOR]
    assert script.lexicon == {"Ellen": "/ˈɛlən/"}
