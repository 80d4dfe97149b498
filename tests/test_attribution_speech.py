"""What is said is told from what is only put between marks, and what is heard from what is read."""

from __future__ import annotations

import json
import sys
from importlib import resources
from pathlib import Path

import pytest

from narrate.attribution.forest import Forest
from narrate.attribution.fragments import whole
from narrate.attribution.reading import Reading, read
from narrate.attribution.speech import features, said
from narrate.languages.en import LANGUAGE
from narrate.model import Article, Block
from narrate.syntax import parse

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def reading(text: str) -> Reading:
    """Lay a paragraph open."""
    article = Article("Title", "", "", "en", "", (Block("paragraph", text, 0),))
    return read(article.blocks, parse(article, LANGUAGE), LANGUAGE.quoting)


def chances(text: str) -> list[float]:
    """List the probabilities that the quotations of a paragraph are speech."""
    laid = reading(text)
    return [said(frame, laid.quoting) for frame in laid.frames]


@pytest.mark.parametrize(
    "text",
    [
        "The novel, “A Field of Thistles”, won no prize.",
        "Leo “Tiny” Marsh weighs twenty stone.",
        "The so-called “biscuit tax” ends in June.",
        "A sign at the gate reads “Beware of the Geese”.",
        "The word “maybe” appears nine times.",
        "The hotel’s “pool” is a bath on the roof.",
        "“Bridge reopens after flood” – The Daily Tern, 3 May 2014.",
    ],
)
def test_what_nobody_says(text: str) -> None:
    """Titles, nicknames, terms, signs, words as words, scare quotes and cited headlines are no speech."""
    assert max(chances(text)) < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "“We are ready for the winter,” said Jane Doe.",
        "Jane Doe called the plan “a disgrace”.",
        "The minister said that the talks had been “frank and useful”.",
        "“Nonsense,” said the mayor.",
        "Ruth Roe warned of “a catastrophe in slow motion”.",
    ],
)
def test_what_somebody_says(text: str) -> None:
    """Sentences and fragments that a reporting verb gives to somebody are speech."""
    assert min(chances(text)) > 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It will again.” Jane Doe smiled.", True),
        ("Jane Doe says “we are not prepared for it”.", True),
        ("Jane Doe said she had found “the woman who lent me socks”.", False),
        ("She thanked Max Roe, “whose note I found in the desk”.", False),
        ("She called it “the sort of thing that I had hoped never to be asked about again”.", False),
        ("The mayor spoke of “a dark day”.", False),
    ],
)
def test_only_whole_utterances_change_the_voice(text: str, expected: bool) -> None:
    """A clause counts at any length; a noun phrase does not, even if a clause describes it."""
    assert [whole(frame) for frame in reading(text).frames] == [expected]


def test_a_forest_asks_and_adds() -> None:
    """Each tree gives the log-odds of the leaf that its questions lead to."""
    stored = {"base": 0.0, "names": ["a", "b"], "trees": [[0, -2.0, [1, 0.5, 3.0]], 0.0]}
    forest = Forest.load(stored)
    assert forest.chance([]) < forest.chance(["a"]) < forest.chance(["a", "b"])
    assert forest.chance(["b"]) == forest.chance([])


def test_the_judge_asks_for_features_that_exist() -> None:
    """No feature that the shipped trees ask for was renamed since they were grown."""
    stored = json.loads(resources.files("narrate.attribution").joinpath("speech.json").read_text("utf8"))
    sys.path.insert(0, str(BENCHMARKS))
    try:
        from train_speech import marks
    except ImportError:
        pytest.skip("needs scipy, with which the trees are grown")
    finally:
        sys.path.remove(str(BENCHMARKS))
    text = "\n".join(document["text"] for document in marks(BENCHMARKS / "marks.txt"))
    blocks = tuple(Block("paragraph", line, 0) for line in text.splitlines())
    article = Article("Title", "", "", "en", "", blocks)
    laid = read(article.blocks, parse(article, LANGUAGE), LANGUAGE.quoting)
    seen = {name for frame in laid.frames for name in features(frame, laid.quoting)}
    assert len(seen & set(stored["names"])) > 0.7 * len(stored["names"])
