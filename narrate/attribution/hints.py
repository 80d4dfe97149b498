"""Corrections by hand: who somebody is, told in a small file that lives beside the article.

    # who says what in this article
    "the coach" = "Jane Doe"
    "he (para 12)" = "Jane Doe"
    "“We were never asked" = "Jane Doe"
    "a buffer zone" = "narrator"

The left side is what the article says: the words that name the speaker, with the paragraph if
they mean somebody else elsewhere, or the first words of a quotation behind a quotation mark. The
right side is who it is. Words are compared without case and punctuation, and a paragraph may have
moved a little, so that a hint survives changes of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from narrate.attribution.deciding import Decision
from narrate.attribution.reading import Reading
from narrate.errors import ScriptError
from narrate.model import NARRATOR

LINE = re.compile(r'^\s*"(?P<says>[^"]+)"\s*=\s*"(?P<who>[^"]+)"\s*(?:#.*)?$')
PARAGRAPH = re.compile(r"\s*\(para(?:graph)?\.? (?P<number>\d+)\)\s*$")
NEARBY = 3
"""Paragraphs by which the one that a hint names may have moved."""
NO_PARAGRAPHS = {"title", "byline", "date", "heading", "caption"}


@dataclass(frozen=True, slots=True)
class Hint:
    """Who is meant by some words of an article."""

    says: str
    """The words, lower case without punctuation."""
    who: str
    paragraph: int = 0
    """Counted from 1; 0 for anywhere."""
    quoted: bool = False
    """Whether the words are those of a quotation, not its speaker's name."""


def parse(text: str) -> tuple[Hint, ...]:
    """Read a file of hints. Raises ScriptError for a line that is none, and says which."""
    hints = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = LINE.match(line)
        if found is None:
            raise ScriptError(f'hint in line {number} is not of the form "words" = "name": {line.strip()[:60]}')
        hints.append(hint(found["says"], found["who"]))
    return tuple(hints)


def hint(says: str, who: str) -> Hint:
    """Make a hint of its two sides."""
    where = PARAGRAPH.search(says)
    words = says[: where.start()] if where else says
    return Hint(folded(words), who.strip(), int(where["number"]) if where else 0, words.strip()[:1] in "“‘«„'")


def heed(hints: Sequence[Hint], reading: Reading, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Put what hints say over what was decided."""
    paragraphs = _paragraphs(reading)
    return tuple(_corrected(hints, reading, decision, paragraphs) for decision in decisions)


def folded(text: str) -> str:
    """Fold words for comparison: lower case, no punctuation, single blanks."""
    return " ".join(re.findall(r"\w+", text.lower().replace("’", "'").replace("'", "")))


def _corrected(hints: Sequence[Hint], reading: Reading, decision: Decision, paragraphs: Sequence[int]) -> Decision:
    fitting = [(hint, gap) for hint in hints if (gap := _distance(hint, reading, decision, paragraphs)) is not None]
    if not fitting:
        return decision
    best, _ = min(fitting, key=lambda pair: (pair[1], not pair[0].quoted, not pair[0].paragraph))
    why = f"hint “{best.says}” = “{best.who}”"
    if best.who.lower() == NARRATOR:
        return replace(decision, speech=0.0, why=why)
    entity = reading.register.known(best.who) or reading.register.add_person(tuple(best.who.split()), best.who)
    return replace(decision, speech=1.0, entity=entity.number, confidence=1.0, why=why, given=True)


def _distance(hint: Hint, reading: Reading, decision: Decision, paragraphs: Sequence[int]) -> int | None:
    """Tell how many paragraphs a hint is away from a quotation that it fits; None if it does not fit."""
    frame, mention = decision.frame, decision.mention
    quotation = frame.quotation
    gap = abs(paragraphs[quotation.block] - hint.paragraph) if hint.paragraph else 0
    if gap > NEARBY:
        return None
    words = folded(frame.passage.text[quotation.start : quotation.end])
    if hint.quoted or hint.who.lower() == NARRATOR:
        return gap if words.startswith(hint.says) else None
    named = {folded(mention.text)} if mention else {folded(quotation.label)}
    if decision.entity >= 0 and not hint.paragraph:
        named.add(folded(reading.register.name(decision.entity)))
    return gap if hint.says in named else None


def _paragraphs(reading: Reading) -> list[int]:
    """Number the paragraphs of an article from 1; what is none has the number of the one before."""
    numbers, count = [], 0
    for passage in reading.passages:
        count += passage.kind not in NO_PARAGRAPHS
        numbers.append(count)
    return numbers
