"""Article to lines: sentences that tile their blocks to the character."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.languages import Language
from narrate.model import Article, Line

LINE_LIMIT = 600
"""Characters. A longer sentence is cut at its best pause: a clip of one line is what is held in
memory and spoken again after a fault, and no sentence of good prose is longer."""

PAUSES = (r"[;:]\s+", r"[,—–]\s*", r"\s+", r"")
"""Where a sentence that is too long is cut, best first."""

CLOSERS = "\"'”’»›)]}*_"
OPENERS = "\"'“‘„‚«‹([{¿¡*_—–-"

END = re.compile(
    rf"(?P<stop>[.!?…。！？]+)(?P<closers>[{re.escape(CLOSERS)}]*)(?P<gap>\s+)(?=[{re.escape(OPENERS)}]*(?P<next>\S))"
)
"""What may end a sentence: stops, what closes with them, a blank, and what comes next."""

INITIAL = re.compile(r"(?:^|[\s.(\[“\"‘'])[^\W\d_]$")
"""A single letter before a full stop: "J. Doe", "U.S."."""

FIRST_WORD = re.compile(r"\W{0,8}(\w+)")


def segment(article: Article, language: Language) -> tuple[Line, ...]:
    """Cut every block into sentences, all said by the narrator.

    The lines of a block, joined, are the block's text; blanks go with the sentence before them.
    """
    return tuple(
        Line(index, block.start + start, block.text[start:end])
        for index, block in enumerate(article.blocks)
        for start, end in _spans(block.text, language)
    )


def _spans(text: str, language: Language) -> Iterator[tuple[int, int]]:
    start = 0
    for end in (*_ends(text, language), len(text)):
        yield from _bounded(text, start, end)
        start = end


def _ends(text: str, language: Language) -> Iterator[int]:
    for found in END.finditer(text):
        if _ends_sentence(text, found, language):
            yield found.end("gap")


def _ends_sentence(text: str, found: re.Match[str], language: Language) -> bool:
    following = found["next"]
    if following.islower():
        return False
    if found["stop"] != ".":
        # An ellipsis before a closing mark and a capital is an end as well; "Wait… what" was refused above.
        return True
    before = text[max(0, found.start() - 20) : found.start()]
    word = before.rsplit(maxsplit=1)[-1].lstrip(OPENERS) if before.split() else ""
    if found["closers"]:
        return True
    if INITIAL.search(before):
        # "the U.S. The" ends, "George W. Bush" does not: only a dotted abbreviation before a common opener ends.
        return "." in word and _opens_sentence(text, found.end("gap"), language)
    if word.lower() in language.abbreviations:
        return word.lower() in language.final_abbreviations and _opens_sentence(text, found.end("gap"), language)
    return True


def _opens_sentence(text: str, at: int, language: Language) -> bool:
    word = FIRST_WORD.match(text, at)
    return word is not None and word[1].lower() in language.openers


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LINE_LIMIT:
        cut = _best_cut(text, start)
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def _best_cut(text: str, start: int) -> int:
    window = text[start : start + LINE_LIMIT]
    for pause in PAUSES:
        cuts = [found.end() for found in re.finditer(pause, window) if found.end() > LINE_LIMIT // 3]
        if cuts:
            return start + cuts[-1]
    return start + LINE_LIMIT
