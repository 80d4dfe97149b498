"""Who says what: the right person, one voice each, and never a changed word."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.attribution import attribute
from narrate.attribution.hints import parse
from narrate.errors import ScriptError
from narrate.languages.en import LANGUAGE
from narrate.model import NARRATOR, Article, Block, BlockKind, Script, Speaker
from narrate.segment import segment

SEEDS = Path(__file__).parents[1] / "seeds"


def article(*texts: str, kinds: tuple[BlockKind, ...] = ()) -> Article:
    """Make an article of blocks, paragraphs unless told otherwise."""
    blocks, at = [], 0
    for number, text in enumerate(texts):
        blocks.append(Block(kinds[number] if kinds else "paragraph", text, at))
        at += len(text) + 1
    return Article("Title", "", "", "en", "", tuple(blocks))


def script(*texts: str, hints: str = "", fragments: str = "narrator") -> Script:
    """Attribute paragraphs."""
    made = article(*texts)
    return attribute(
        made,
        segment(made, LANGUAGE),
        LANGUAGE,
        hints=parse(hints),
        fragments="speaker" if fragments == "speaker" else "narrator",
    )


def said(made: Script) -> dict[str, str]:
    """Map each voiced line to the name of its speaker."""
    names = {speaker.id: speaker.name for speaker in made.speakers}
    return {line.text.strip(): names[line.speaker] for line in made.lines if line.speaker != NARRATOR}


def speaker(made: Script, name: str) -> Speaker:
    """Find a speaker by name."""
    return next(one for one in made.speakers if one.name == name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We are ready for the winter,” said Jane Doe.", {"“We are ready for the winter,”": "Jane Doe"}),
        ("Jane Doe said: “We are ready for the winter.”", {"“We are ready for the winter.”": "Jane Doe"}),
        ("‘We are ready for the winter’, Jane Doe said.", {"‘We are ready for the winter’": "Jane Doe"}),
        ("According to Jane Doe, “we are ready for it”.", {"“we are ready for it”": "Jane Doe"}),
        (
            "The Evening Post quoted Jane Doe as saying, “We are ready for the winter.”",
            {"“We are ready for the winter.”": "Jane Doe"},
        ),
        (
            "Jane Doe told John Roe that she was leaving. “I have had enough of this,” she said.",
            {"“I have had enough of this,”": "Jane Doe"},
        ),
        ("“Nobody asked us,” the coach said.", {"“Nobody asked us,”": "the coach"}),
    ],
)
def test_frames(text: str, expected: dict[str, str]) -> None:
    """Subject, inversion, colon, British comma, according to, as saying, pronoun and description name the speaker."""
    found = said(script(text))
    assert {words.removesuffix(",").removesuffix("."): who for words, who in found.items()} == {
        words.removesuffix(",").removesuffix("."): who for words, who in expected.items()
    }


def test_a_speaker_goes_on_in_the_next_paragraph() -> None:
    """A paragraph of nothing but speech belongs to whoever spoke before."""
    made = script("“We are ready for the winter,” said Jane Doe.", "“It will be a long one. We have wood.”")
    assert set(said(made).values()) == {"Jane Doe"}


def test_one_person_is_one_speaker_by_the_fullest_name() -> None:
    """Full name, surname with a title and pronoun are one speaker."""
    made = script(
        "“We are ready for the winter,” said Jane Doe, a farmer.",
        "Ms Doe owns forty sheep. “They know what is coming,” she said.",
        "“I do not,” Doe added.",
    )
    assert [one.name for one in made.speakers] == ["Narrator", "Jane Doe"]
    doe = speaker(made, "Jane Doe")
    assert (doe.id, doe.gender) == ("jane-doe", "female")
    assert "title Ms" in doe.why and "farmer" in doe.description


def test_a_title_tells_two_of_one_surname_apart() -> None:
    """Mrs Hart is not Daniel Hart."""
    made = script(
        "Daniel Hart ran the mill. “I never saw a better one,” Daniel Hart said.",
        "His mother, Ruth Hart, disagreed. “It was always damp in there,” Mrs Hart said.",
    )
    assert said(made) == {"“I never saw a better one,”": "Daniel Hart", "“It was always damp in there,”": "Ruth Hart"}


def test_a_block_turn_is_its_speakers() -> None:
    """What the reader took for an interview turn is heard as its label's speaker, quotations within and all."""
    blocks = (
        Block("paragraph", "Anna Berg is a potter in Lund.", 0),
        Block("turn", "How did it begin?", 31, label="Q"),
        Block("turn", "My teacher said, “Sit down.” I sat.", 49, label="A"),
    )
    made = Article("T", "", "", "en", "", blocks)
    result = attribute(made, segment(made, LANGUAGE), LANGUAGE)
    names = {one.id: one.name for one in result.speakers}
    assert [names[line.speaker] for line in result.lines if line.block == 1] == ["Interviewer"]
    assert {names[line.speaker] for line in result.lines if line.block == 2} == {"Anna Berg"}


def test_fragments_stay_with_the_narrator_unless_asked_for() -> None:
    """A few quoted words in the narrator's sentence change no voice by default."""
    text = "Jane Doe called the plan “a disgrace” and left."
    assert said(script(text)) == {}
    assert said(script(text, fragments="speaker")) == {"“a disgrace”": "Jane Doe"}


def test_a_full_clause_in_mid_sentence_is_voiced() -> None:
    """Length and grammar decide, not the capital letter."""
    text = "Jane Doe warned on Friday that “we are not prepared for this, and we do not want it”."
    assert list(said(script(text)).values()) == ["Jane Doe"]


def test_a_stop_behind_the_closing_mark_goes_with_the_speech() -> None:
    """The voice that quotes falls where the sentence ends, and the narrator never begins with a full stop."""
    made = script("Jane Doe said “we are ready for the winter”. She left.")
    assert [line.text for line in made.lines] == ["Jane Doe said ", "“we are ready for the winter”. ", "She left."]


def test_why_names_the_cue() -> None:
    """A line says by which words its speaker was found, and how sure that is."""
    made = script("“We are ready for the winter,” said Jane Doe.")
    line = next(line for line in made.lines if line.speaker != NARRATOR)
    assert "Jane Doe said" in line.why
    assert 0.5 < line.confidence <= 1


def test_hints_beat_the_model() -> None:
    """A pronoun, a description, a quotation and a fragment are put right by hand."""
    texts = (
        "“We are ready for the winter,” said Jane Doe.",
        "“It will be a long one, I fear,” she said.",
        "“Nobody asked us about it,” the coach said.",
    )
    hints = '# mine\n"she (para 2)" = "Ruth Roe"\n"the coach" = "Max Muster"\n\n"“We are ready" = "narrator"\n'
    assert said(script(*texts, hints=hints)) == {
        "“It will be a long one, I fear,”": "Ruth Roe",
        "“Nobody asked us about it,”": "Max Muster",
    }


def test_hints_survive_a_change_of_the_article() -> None:
    """A paragraph more before the one that a hint names does no harm; one far away is another one."""
    texts = (
        "It rained.",
        "“We are ready for the winter,” said Jane Doe.",
        "“It will be a long one, I fear,” she said.",
    )
    assert "Ruth Roe" in said(script(*texts, hints='"she (para 2)" = "Ruth Roe"')).values()
    assert "Ruth Roe" not in said(script(*texts, hints='"she (para 20)" = "Ruth Roe"')).values()


def test_a_line_that_is_no_hint_is_named() -> None:
    """The message says which line and what is wanted."""
    with pytest.raises(ScriptError, match="line 2"):
        parse('"he" = "Jane Doe"\nshe is Jane')


def test_the_sample_article() -> None:
    """The article that came with the project is heard as its gold script says."""
    gold = json.loads((SEEDS / "000_61ddf51e003d1719.gold.json").read_text("utf8"))
    made = script(*gold["text"].split("\n\n"))
    names = {one.id: one.name for one in made.speakers}
    heard = [(names[line.speaker], line.text) for line in made.lines if line.speaker != NARRATOR]
    for quote in gold["quotes"]:
        voices = {name for name, text in heard if text.strip() and text.strip() in quote["text"]}
        assert voices == ({quote["speaker_name"]} if quote["voiced"] else set()), quote["text"]


WORDS = st.sampled_from(
    [
        "“",
        "”",
        "‘",
        "’",
        '"',
        " ",
        ", ",
        ". ",
        "\u2028",
        "said",
        "Jane Doe",
        "he",
        "she",
        "we are ready",
        "A:",
        "– ",
        "x",
    ]
)
TEXTS = st.lists(st.lists(WORDS, max_size=25).map("".join).filter(str.strip), min_size=1, max_size=4)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_no_character_is_lost_or_moved(texts: list[str]) -> None:
    """The lines of a block join to its text, whatever the marks; each has one known speaker."""
    made = script(*texts)
    ids = [one.id for one in made.speakers]
    assert ids[0] == NARRATOR and len(set(ids)) == len(ids)
    for index, block in enumerate(made.article.blocks):
        lines = [line for line in made.lines if line.block == index]
        assert "".join(line.text for line in lines) == block.text
        assert all(
            line.start == block.start + sum(len(other.text) for other in lines[:at]) for at, line in enumerate(lines)
        )
    assert all(line.speaker in ids and 0 <= line.confidence <= 1 for line in made.lines)


@given(TEXTS)
@settings(max_examples=15, deadline=None)
def test_the_same_article_gives_the_same_script(texts: list[str]) -> None:
    """Nothing depends on what was attributed before."""
    assert script(*texts) == script(*texts)


def test_ten_thousand_unbalanced_marks_end_in_bounded_time() -> None:
    """A broken file costs seconds, not hours."""
    began = time.process_time()
    script("he said “so ‘and " * 3_000)
    assert time.process_time() - began < 60
