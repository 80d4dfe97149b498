"""What a quotation looks like from inside: its length, its capitals, its grammar."""

from __future__ import annotations

from collections.abc import Sequence

from narrate.attribution.frames import Frame, clauses
from narrate.attribution.mentions import COMMON
from narrate.attribution.passages import Passage
from narrate.attribution.spans import PROPER
from narrate.languages import Quoting

FINITE = {"VBZ", "VBP", "VBD", "MD"}
VERBAL = FINITE | {"VB", "VBG", "VBN"}
NOMINAL = PROPER | COMMON | {"JJ", "DT", "CD"}
SIZES = (1, 2, 3, 4, 6, 9, 14)
"""Words beyond which a quotation is longer, as the judge sees it."""


def wording(frame: Frame, quoting: Quoting) -> list[str]:
    """Name what shows in the quoted words themselves."""
    passage = frame.passage
    tokens = [token for token in range(frame.first, frame.last) if passage.words[token][:1].isalnum()]
    if not tokens:
        return ["wordless"]
    words = [passage.words[token] for token in tokens]
    sizes = [f"size>{size}" for size in SIZES if len(words) > size]
    return sizes + _capitals(words, quoting) + _small(words, quoting) + _grammar(frame, passage, tokens)


def _capitals(words: Sequence[str], quoting: Quoting) -> list[str]:
    """Name how the words are capitalised: as a sentence, a title, a name, or not at all."""
    small = quoting.marked["small"]
    capitals = sum(word[:1].isupper() for word in words)
    several = len(words) > 1
    shown = {
        "capital": words[0][:1].isupper(),
        "title": several and all(w[:1].isupper() or w.lower() in small or w[:1].isdigit() for w in words),
        "capitals": len(words) > 2 and capitals * 2 > len(words),
        "sentence case": several and capitals == 1 and words[0][:1].isupper(),
        "upper": all(word.isupper() for word in words),
        "digit": any(char.isdigit() for word in words for char in word),
    }
    return [name for name, true in shown.items() if true]


def _small(words: Sequence[str], quoting: Quoting) -> list[str]:
    """Name how many small words there are, as sentences have and headlines have not, and whether "I" and "you" are."""
    lower = [word.lower().replace("’", "'") for word in words]
    personal = [word for word in lower if word in quoting.marked["personal"]]
    small = len(personal) + sum(word in quoting.marked["small"] for word in lower)
    share = "none" if not small else "some" if small * 3 < len(lower) else "many"
    return [f"small={share}"] + ["personal"] * bool(personal)


def _grammar(frame: Frame, passage: Passage, tokens: Sequence[int]) -> list[str]:
    """Name the parts of speech, and whether there is a clause."""
    tags = [passage.tags[token] for token in tokens]
    names = {passage.entities[token] for token in tokens}
    shown = {
        "nominal": NOMINAL.issuperset(tags),
        "proper": PROPER.issuperset(tags),
        "work inside": "WORK_OF_ART" in names,
        "person inside": "PERSON" in names,
    }
    verb = "finite" if FINITE & set(tags) else "verb" if VERBAL & set(tags) else "verbless"
    first, last = f"first={tags[0]}", f"last={tags[-1]}"
    clause, ends = f"clause={min(clauses(frame), 2)}", f"ends={frame.inner}"
    return [verb, clause, first, last, ends] + [name for name, true in shown.items() if true]
