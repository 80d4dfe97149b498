"""The shared parse: one Doc a block, parsed once."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from narrate.errors import PluginError
from narrate.languages.en import LANGUAGE
from narrate.model import Article, Block
from narrate.syntax import parse, parse_texts

TEXTS = ("Jane Doe spoke on Monday.", "Nobody listened.")


def article() -> Article:
    """Make an article of two paragraphs."""
    blocks = (Block("paragraph", TEXTS[0], 0), Block("paragraph", TEXTS[1], len(TEXTS[0]) + 1))
    return Article("T", "", "", "en", "", blocks)


def test_each_block_has_a_doc_of_its_text() -> None:
    """Offsets of tokens are offsets in the block."""
    assert tuple(doc.text for doc in parse(article(), LANGUAGE)) == TEXTS


def test_tags_dependencies_and_names_are_there() -> None:
    """What the stages read is there: Penn tags, a subject, a person."""
    doc = parse(article(), LANGUAGE)[0]
    assert [token.tag_ for token in doc][:3] == ["NNP", "NNP", "VBD"]
    assert doc[1].dep_ == "nsubj"
    assert ("Jane Doe", "PERSON") in [(name.text, name.label_) for name in doc.ents]


def test_an_article_is_parsed_once() -> None:
    """Two stages that ask get the same docs, even for an equal article."""
    assert parse(article(), LANGUAGE) is parse(article(), LANGUAGE)


def test_texts_are_parsed_without_names() -> None:
    """The second look at frames costs no search for names."""
    (doc,) = parse_texts([TEXTS[0]], LANGUAGE)
    assert doc[1].dep_ == "nsubj" and not doc.ents


def test_a_missing_parser_says_what_to_install() -> None:
    """The message is one line that names the package."""
    with pytest.raises(PluginError, match="pip install xx-none-sm"):
        parse(article(), replace(LANGUAGE, syntax="xx_none_sm"))


def test_an_endless_string_of_marks_takes_no_time() -> None:
    """A rule of twenty thousand stars hung the tokenizer; lengths, and so offsets, stay as they are."""
    text = f"He swam. {'*' * 20_000}a{'_' * 20_000}"
    endless = Article("T", "", "", "en", "", (Block("paragraph", text, 0),))
    start = time.monotonic()
    doc = parse(endless, LANGUAGE)[0]
    assert time.monotonic() - start < 20
    assert len(doc.text) == len(text) and doc[1].text == "swam"


def test_a_block_may_be_longer_than_the_parser_likes() -> None:
    """spaCy refuses a million characters unless told otherwise; a file of one paragraph is read all the same."""
    from narrate.syntax import LONGEST, _pipeline

    assert _pipeline(LANGUAGE.syntax).max_length == LONGEST
