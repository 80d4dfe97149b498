"""Interviews, transcripts and posts: whose label it is, and what is none."""

from __future__ import annotations

import pytest

from narrate.attribution import attribute
from narrate.attribution.quotations import find
from narrate.languages.en import LANGUAGE
from narrate.model import NARRATOR, Article, Block, BlockKind, Script
from narrate.segment import segment


def blocks(*texts: str) -> list[Block]:
    """Make paragraphs of texts."""
    return [Block("paragraph", text, 0) for text in texts]


def turns(*texts: str) -> list[tuple[str, str]]:
    """List the labels that are found in paragraphs, and what is said behind them."""
    made = blocks(*texts)
    return [(q.label, made[q.block].text[q.start + q.skip : q.end]) for q in find(made)]


def script(*parts: tuple[BlockKind, str, str]) -> Script:
    """Attribute blocks, each of a kind, a label and a text."""
    made, at = [], 0
    for kind, label, text in parts:
        made.append(Block(kind, text, at, label=label))
        at += len(text) + 1
    article = Article("Title", "", "", "en", "", tuple(made))
    return attribute(article, segment(article, LANGUAGE), LANGUAGE)


def said(made: Script) -> list[tuple[str, str]]:
    """List who is heard with what."""
    names = {speaker.id: speaker.name for speaker in made.speakers}
    return [(names[line.speaker], line.text.strip()) for line in made.lines if line.speaker != NARRATOR]


def test_turns_come_from_labels_that_come_back() -> None:
    """Labels of an interview make turns; a single colon does not."""
    made = blocks("Q: Why?", "A: Because.", "It was late.", "Q: And now?", "A: Tea.")
    found = [(q.kind, q.label, made[q.block].text[q.start :]) for q in find(made)]
    assert found == [
        ("turn", "Q", "Why?"),
        ("turn", "A", "Because."),
        ("turn", "A", "It was late."),
        ("turn", "Q", "And now?"),
        ("turn", "A", "Tea."),
    ]
    assert turns("Warning: it rains.", "Weather: wet.") == []


@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        (("Élodie: Why?", "Bø: So.", "Élodie: And?", "Bø: Tea."), ["Élodie", "Bø", "Élodie", "Bø"]),
        (("Q. Why?", "A. So.", "Q. And?", "A. Tea."), ["Q", "A", "Q", "A"]),
        (("JANE DOE (CNN): Why?", "SEN. O’HARA-NGUYỄN: So.", "JANE DOE: And?", "O’HARA-NGUYỄN: Tea."),
         ["JANE DOE", "SEN. O’HARA-NGUYỄN", "JANE DOE", "O’HARA-NGUYỄN"]),
        (("Dalia Haddad: Hello.", "Ines Moreau‑Roy: Hello.", "Dalia: Well?", "Ines: Good.", "Clem Whitlock: Bye."),
         ["Dalia Haddad", "Ines Moreau‑Roy", "Dalia", "Ines", "Clem Whitlock"]),
        (("Jane Doe: Why?", "Max Roe: So.", "JD: And?", "MR: Tea."), ["Jane Doe", "Max Roe", "JD", "MR"]),
        (("Note: edited.", "Q: Why?", "A: So.", "Q: And?", "A: Tea.", "Photo: Jane Doe."), ["Q", "A", "Q", "A"]),
        (("Price: 5 pounds", "Where: Leeds", "Price: 6 pounds", "Where: York"), []),
        (("@jdoe: We are ready.", "It rained."), ["@jdoe"]),
        (("Jane Doe (@jdoe): We are ready.", "It rained."), ["Jane Doe (@jdoe)"]),
    ],
)  # fmt: skip
def test_labels(texts: tuple[str, ...], labels: list[str]) -> None:
    """Any alphabet, offices, short forms, one-off labels and handles count; notes and lists do not."""
    assert [label for label, _ in turns(*texts)] == labels


def test_a_label_inside_the_mark_is_not_spoken() -> None:
    """A transcript that is quoted as a whole has its labels read by the narrator."""
    assert turns("“DOE: Why?", "ROE: So.", "DOE: And?", "ROE: Tea.”")[0] == ("DOE", "Why?")


def test_the_interviewee_is_whom_the_opening_introduces() -> None:
    """The answers are not the author's, whose name alone stands above them, nor of somebody who is talked about."""
    made = script(
        ("title", "", "A bell is never finished"),
        ("byline", "", "By Carlos Iwata"),
        ("paragraph", "", "Agnes Brandt has cast church bells for thirty-one years."),
        ("turn", "Q", "How did it begin?"),
        ("turn", "A", "Karl Storr taught me. Karl Storr was my uncle."),
        ("turn", "Q", "Was Karl Storr patient?"),
        ("turn", "A", "Never."),
    )
    assert {name for name, _ in said(made)} == {"Interviewer", "Agnes Brandt"}


def test_one_person_has_one_voice_under_all_labels() -> None:
    """A full name, a first name and initials label the same person, whatever the hyphens."""
    made = script(
        ("paragraph", "", "Dalia Haddad: Welcome, Ines Moreau-Roy."),
        ("paragraph", "", "Ines Moreau‑Roy: Thank you."),
        ("paragraph", "", "Dalia: How are you?"),
        ("paragraph", "", "Ines: Well."),
    )
    assert len(made.speakers) == 3
