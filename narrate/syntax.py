"""The syntax of an article: parsed once, shared by all stages that ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from narrate.errors import PluginError
from narrate.languages import Language
from narrate.model import Article

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

REMEMBERED = 4
"""Articles whose syntax is kept: enough for the stages of one edition, little memory."""

UNUSED = ("lemmatizer", "attribute_ruler", "senter")
"""Parts of the pipeline that nobody here asks for: coarse tags and lemmas are a fifth of its time."""

LONGEST = 250_000_000
"""Characters of a block: spaCy refuses a million, readers refuse a file of more than 200 MB before."""

_ENDLESS = re.compile(r"\S{300,}")
"""No word, and no address that is read: a rule of stars, or a file that went wrong."""

BATCH = 32
"""Blocks parsed together: more only takes memory."""


def parse(article: Article, language: Language) -> tuple[Doc, ...]:
    """Parse each block of an article: one Doc a block, with Penn tags, dependencies and names.

    Raises PluginError when the language's parser is not installed.
    """
    return _parsed(tuple(block.text for block in article.blocks), language.syntax)


def parse_texts(texts: Sequence[str], language: Language) -> tuple[Doc, ...]:
    """Parse texts that are no blocks of an article: tags and dependencies only. Raises PluginError."""
    return tuple(_pipeline(language.syntax).pipe(texts, batch_size=BATCH, disable=["ner"]))


@lru_cache(maxsize=REMEMBERED)
def _parsed(texts: tuple[str, ...], name: str) -> tuple[Doc, ...]:
    return tuple(_pipeline(name).pipe(map(_bounded, texts), batch_size=BATCH))


def _bounded(text: str) -> str:
    """Put letters for endless strings of marks: the tokenizer's time grows with the square of their length."""
    return _ENDLESS.sub(lambda match: "x" * len(match[0]), text)


@lru_cache(maxsize=1)
def _pipeline(name: str) -> Pipeline:
    import spacy

    try:
        loaded = spacy.load(name, exclude=list(UNUSED))
    except OSError as error:
        raise PluginError(f"the parser {name!r} is not installed: pip install {name.replace('_', '-')}") from error
    loaded.max_length = LONGEST
    return loaded
