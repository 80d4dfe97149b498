"""Sentences: where they end, and that nothing is lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.languages.en import LANGUAGE
from narrate.model import NARRATOR, Article, Block
from narrate.segment import LINE_LIMIT, segment


def _sentences(text: str) -> list[str]:
    article = Article("", "", "", "en", "", (Block("paragraph", text, 7),))
    return [line.text for line in segment(article, LANGUAGE)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He left. She stayed.", 2),
        ("He met George W. Bush in the U.S. The visit was short.", 2),
        ("It rose to $3.5m. 20 people came.", 2),
        ("Gen. J. D. Smith and Dr. Who met Mrs. Hart at No. 10 Downing St. on Friday.", 1),
        ("“We left at 5 p.m. The car broke down,” said Ann.", 2),
        ('"Really?" she asked. "Yes!" He nodded.', 3),
        ("‘It’s fine.’ She laughed. ‘Is it?’", 3),
        ("He waited… and waited… Then he went.", 2),
        ("Acme Inc. said on Monday that it would close.", 1),
        ("Who? Me! Really?! Yes.", 4),
        ("See e.g. Smith et al. for more.", 1),
        ("Wait (he said.) Then go.", 2),
    ],
)
def test_sentences_end_where_a_reader_pauses(text: str, count: int) -> None:
    """Abbreviations and initials end no sentence; stops, also inside marks, do."""
    assert len(_sentences(text)) == count


@given(st.text(alphabet=st.sampled_from("aB .!?…\"'“”‘’«»()\n—,;:1$é漢"), max_size=400))
def test_lines_tile_their_block(text: str) -> None:
    """The lines of a block join to its exact text, at the offsets that they name, and are the narrator's."""
    article = Article("", "", "", "en", "", (Block("paragraph", text, 7),))
    lines = segment(article, LANGUAGE)
    assert "".join(line.text for line in lines) == text
    at = 7
    for line in lines:
        assert (line.start, line.speaker, line.block) == (at, NARRATOR, 0)
        at = line.end


@pytest.mark.parametrize("text", ["x" * 5000, "word " * 2000, "a, " * 3000, "clause; " * 800])
def test_no_line_is_endless(text: str) -> None:
    """A text without an end is cut at pauses: no line is longer than the limit, no word is cut that has blanks."""
    lines = _sentences(text)
    assert max(map(len, lines)) <= LINE_LIMIT
    assert "".join(lines) == text
    if " " in text:
        assert all(line.endswith(" ") for line in lines)


def test_ten_megabytes_take_time_in_proportion() -> None:
    """A hostile line of stops and marks ends, with nothing lost."""
    text = ".\"' A" * 100_000
    assert "".join(_sentences(text)) == text
