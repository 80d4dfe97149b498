"""Chapters: at headings, or at turns of subject, with titles from what is said there."""

from __future__ import annotations

import pytest

from narrate.chaptering import LONGEST, SHORTEST, TITLE_LENGTH, divide
from narrate.languages.en import LANGUAGE
from narrate.model import Article, Block, BlockKind, Script, Section
from narrate.segment import segment

SUBJECTS = {
    "ferry": "The harbour ferry carried islanders and their cars across the grey sound to Port Ellen every morning. ",
    "school": "Teachers at the village school worried that pupils and parents would lose the music lessons. ",
    "football": "The football club trained its young strikers for the cup final against Larkhill Rovers. ",
}


def _divided(*blocks: tuple[BlockKind, str]) -> Script:
    made, at = [], 0
    for kind, text in blocks:
        made.append(Block(kind, text, at, 1 if kind == "heading" else 0))
        at += len(text) + 2
    article = Article("A week in the islands", "", "", "en", "", tuple(made))
    return divide(Script(article, (), (Section("x", segment(article, LANGUAGE)),)), LANGUAGE)


def _about(subject: str, paragraphs: int) -> list[tuple[BlockKind, str]]:
    return [("paragraph", SUBJECTS[subject] * 4) for _ in range(paragraphs)]


def test_headings_are_chapters() -> None:
    """Each heading begins a chapter of its name; what comes before the first is titled by the article."""
    script = _divided(
        ("title", "A week in the islands"),
        *_about("ferry", 1),
        ("heading", "The school"),
        *_about("school", 1),
        ("heading", "The cup"),
        *_about("football", 1),
    )
    assert [chapter.title for chapter in script.chapters] == ["A week in the islands", "The school", "The cup"]
    assert script.chapters[1].lines[0].text == "The school"


def test_cuts_fall_where_the_subject_turns() -> None:
    """Without headings the chapters are those of the three subjects, and each is titled with its own."""
    script = _divided(*_about("ferry", 6), *_about("school", 6), *_about("football", 6))
    blocks = [chapter.lines[0].block for chapter in script.chapters]
    assert blocks == [0, 6, 12]
    assert script.chapters[1].title.lower() in SUBJECTS["school"].lower()
    assert script.chapters[2].title.lower() in SUBJECTS["football"].lower()


@pytest.mark.parametrize("paragraphs", [1, 2, 5, 20, 60])
def test_chapters_have_a_good_length(paragraphs: int) -> None:
    """Between one and four minutes each, unless the whole is shorter; no line is lost or moved."""
    blocks = [block for n in range(paragraphs) for block in _about(list(SUBJECTS)[n // 7 % 3], 1)]
    script = _divided(*blocks)
    words = [sum(len(line.text.split()) for line in chapter.lines) for chapter in script.chapters]
    assert all(SHORTEST <= count <= LONGEST for count in words) or len(words) == 1
    assert "".join(line.text for line in script.lines) == "".join(text for _, text in blocks)


def test_a_head_is_no_chapter() -> None:
    """Title, byline and date belong to the chapter that they announce, also before a first heading."""
    head: list[tuple[BlockKind, str]] = [("title", "A week"), ("byline", "Ann Lee"), ("date", "3 May 2024")]
    assert len(_divided(*head, ("heading", "Monday"), *_about("ferry", 1)).chapters) == 1
    assert _divided(*head, *_about("ferry", 6), *_about("school", 6)).chapters[0].lines[0].text == "A week"


def test_titles_are_whole_and_differ() -> None:
    """No title is cut in mid-word, longer than an app shows, or given twice."""
    script = _divided(*_about("ferry", 6), *_about("school", 6), *_about("ferry", 6), *_about("football", 6))
    titles = [chapter.title for chapter in script.chapters]
    assert len(set(titles)) == len(titles)
    assert all(0 < len(title) <= TITLE_LENGTH and title[0].isupper() for title in titles)


def test_a_long_block_takes_time_in_proportion() -> None:
    """A paragraph of two thousand sentences is a chapter, not a quarrel."""
    script = _divided(("paragraph", SUBJECTS["ferry"] * 500), *_about("school", 3))
    assert len(script.lines) > 500
