"""Why somebody is thought to speak, in words for a reader."""

from __future__ import annotations

from narrate.attribution.candidates import Candidate
from narrate.attribution.reading import Reading

WHERE = {
    "lead": "leads in",
    "tail": "follows",
    "ptail": "stands before",
    "pre": "in the sentence before",
    "post": "in the sentence after",
    "nlead": "leads into the next",
    "far-before": "before, in the same paragraph",
    "far-after": "after, in the same paragraph",
    "back1": "one paragraph before",
    "back2": "two paragraphs before",
    "back3": "some paragraphs before",
    "next": "in the next paragraph",
}
"""Region of a candidate → words for a reader."""


def reason(candidate: Candidate, reading: Reading) -> str:
    """Say for a person how a speaker was found: the words that show it and where they stand."""
    mention = candidate.mention
    if candidate.previous:
        return "goes on after the quotation before"
    if mention is None:
        return "nobody is named"
    told, passage = reading.traits[mention.number], reading.passages[mention.block]
    verb = f" {passage.words[told.verb_at]}" if told.verb_at >= 0 and told.role in ("subject", "passive") else ""
    words = "according to " * (told.role == "according") + mention.text + verb
    return f"“{words}” {WHERE.get(candidate.features[0], 'nearby')}"
