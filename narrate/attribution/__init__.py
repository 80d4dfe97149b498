"""Attribution: who says what.

Quotations are found by their marks, judged speech or not, and each is given the most likely of
the people, bodies and papers that are mentioned around it.
"""

from __future__ import annotations

from collections.abc import Sequence

from narrate.attribution.deciding import decide
from narrate.attribution.hints import Hint, heed
from narrate.attribution.reading import read
from narrate.attribution.voicing import Fragments, voice
from narrate.languages import Language
from narrate.model import Article, Line, Script
from narrate.syntax import parse, parse_texts


def attribute(
    article: Article,
    lines: Sequence[Line],
    language: Language,
    *,
    hints: Sequence[Hint] = (),
    fragments: Fragments = "narrator",
) -> Script:
    """Give every quotation of an article its speaker, and cut the lines where the speaker changes.

    The lines of a block still join to its exact text. `hints` are corrections by hand, from
    `hints.parse`; they beat what was learnt. `fragments` says who reads a few quoted words
    within the narrator's sentence.
    """
    reading = read(
        article.blocks, parse(article, language), language.quoting, lambda texts: parse_texts(texts, language)
    )
    return voice(article, lines, reading, heed(hints, reading, decide(reading)), fragments)
