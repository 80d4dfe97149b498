"""How the words around a quotation are laid out: what leads in, what follows, and where a mention stands in it."""

from __future__ import annotations

from collections.abc import Sequence

from narrate.attribution.frames import Frame
from narrate.attribution.mentions import Mention
from narrate.attribution.passages import Passage
from narrate.attribution.traits import Trait
from narrate.languages import Quoting

CUE_REACH = 9
"""Tokens between a subject and the verb that reports, at most."""
DASHES = {"-", "–", "—", "―", "--"}
SIGNED = 3
"""Tokens between a quotation and a name that signs it, at most."""


def state(frame: Frame, passages: Sequence[Passage], quoting: Quoting) -> str:
    """Name what kind of words surround a quotation: a reporting verb before, after, or only a full stop."""
    passage, forms = frame.passage, quoting.forms
    lead = any(word in forms for word in passage.lower[frame.lead : frame.first])
    tail = any(word in forms for word in passage.lower[frame.last : frame.tail])
    if lead or tail:
        return ("cue-lead" if lead else "") + ("cue-tail" if tail else "")
    block = frame.quotation.block
    if not passage.text[: frame.quotation.start].strip() and block and passages[block - 1].text.endswith(":"):
        return "colon"
    return ("lead" if frame.lead < frame.first else "") + ("tail" if frame.tail > frame.last + 1 else "") or "bare"


def region(frame: Frame, mention: Mention, frames: Sequence[Frame]) -> str:
    """Name where in a quotation's block a mention stands, from "lead", its own sentence, to "far-before"."""
    head = mention.head
    if head < frame.first:
        if head >= frame.lead:
            return "lead"
        if head >= frame.before:
            other = _neighbour(frame, -1, frames)
            return "ptail" if other is not None and head < other.tail else "pre"
        return "far-before"
    if head < frame.tail:
        return "tail"
    if head < frame.after:
        other = _neighbour(frame, 1, frames)
        return "nlead" if other is not None and head >= other.lead else "post"
    return "far-after"


def _neighbour(frame: Frame, step: int, frames: Sequence[Frame]) -> Frame | None:
    number = frame.number + step
    if 0 <= number < len(frames) and frames[number].quotation.block == frame.quotation.block:
        return frames[number]
    return None


def order(frame: Frame, mention: Mention, where: str, quoting: Quoting) -> str:
    """Name how mention (S), reporting verb (V) and quotation follow one another, read off the surface."""
    passage, forms = frame.passage, quoting.forms
    if where == "tail":
        ahead = [t for t in range(frame.last, mention.first) if passage.lower[t] in forms]
        if ahead and mention.first - ahead[-1] <= CUE_REACH:
            return f"VS{min(mention.first - ahead[-1], 4)}{len(ahead[:2])}"
        behind = _verbs(passage, mention.last, min(frame.tail, mention.last + CUE_REACH), quoting)
        return f"SV{min(behind[0] - mention.last, 3)}" if behind else "S"
    if where in ("lead", "pre", "ptail"):
        stop = frame.first if where == "lead" else min(frame.first, mention.last + CUE_REACH)
        behind = _verbs(passage, mention.last, stop, quoting)
        if behind:
            return f"SV{min(behind[0] - mention.last, 3)}{len(behind[:2])}{min(frame.first - behind[-1], 3)}"
        before = mention.first and passage.lower[mention.first - 1] in forms
        return "VS" if before else f"S{min(frame.first - mention.last, 2)}"
    return "-"


def _verbs(passage: Passage, first: int, last: int, quoting: Quoting) -> list[int]:
    return [token for token in range(first, last) if passage.lower[token] in quoting.forms]


def marked(frame: Frame, mention: Mention, told: Trait, where: str, quoting: Quoting) -> list[str]:
    """Name the plain signs that a mention speaks: cited, signing, a label, right behind "said", "by" in front."""
    passage = frame.passage
    found = ["cited"] if told.role == "cited" else []
    if mention.block == frame.quotation.block:
        if frame.last < frame.tail and where == "tail":
            verb = frame.last + (passage.lower[frame.last] == ",")
            inverted = passage.lower[verb] in quoting.forms
            found += ["inverted" if mention.first - verb in (1, 2, 3) else "behind-inverted"] * inverted
        if passage.lower[mention.last : frame.first] == [":"] and mention.first == frame.before:
            found.append("labels")
    return found
