"""Where a quotation hangs in the parser's tree, and how a mention hangs beside it."""

from __future__ import annotations

from collections.abc import Mapping

from narrate.attribution.frames import Frame
from narrate.attribution.mentions import SUBJECTS, Mention
from narrate.attribution.passages import Passage
from narrate.attribution.traits import phrase_head
from narrate.languages import Quoting

TOPS = 3
"""Tokens of a quotation that hang from outside it, at most: the parser may have cut it into pieces."""
CLIMB = 7
"""Steps up the parser's tree from a quotation, at most."""
PATH = 4
"""Steps up the parser's tree from a mention, at most."""

Above = Mapping[int, tuple[int, str]]
"""Token → verbs between a quotation and it, and what it is."""


def ancestors(frame: Frame, quoting: Quoting) -> Above:
    """Find what a quotation hangs from in the parser's tree: token → verbs up to there, and what it is."""
    passage = frame.passage
    found: dict[int, tuple[int, str]] = {}
    tops = [t for t in range(frame.first, frame.last) if not frame.first <= passage.heads[t] < frame.last]
    for top in ([t for t in tops if passage.words[t][:1].isalnum()] or tops)[:TOPS]:
        token, depth, bare = passage.heads[top], 0, ""
        for _ in range(CLIMB):
            if token in found or frame.first <= token < frame.last:
                break
            verb = passage.tags[token].startswith("VB")
            cue = passage.lower[token] in quoting.forms
            depth += verb
            found[token] = depth, f"{'cue' if cue else 'verb' if verb else passage.tags[token][:2]}{bare}"
            if verb:
                lone = cue and not _has_subject(passage, token)
                bare = "+as" if passage.deps[token] == "pcomp" else "+cue" if lone else ""
            if passage.heads[token] == token:
                break
            token = passage.heads[token]
    return found


def path(mention: Mention, passage: Passage, above: Above) -> list[str]:
    """Name the way through the parser's tree from a mention up to what the quotation hangs from."""
    token = phrase_head(mention, passage)
    steps: list[str] = []
    for _ in range(PATH):
        if token in above:
            depth, kind = above[token]
            way = ">".join(steps)
            return [f"path={way}|{kind}", f"path={way}|{kind}|{min(depth, 3)}"]
        head = passage.heads[token]
        if head == token or mention.quoted >= 0:
            break
        steps.append(passage.deps[token])
        token = head
    return ["path=none"]


def governs(frame: Frame, verb: int) -> bool:
    """Tell whether a quotation hangs from a verb in the parser's tree."""
    heads = frame.passage.heads
    for token in range(frame.first, frame.last):
        head = heads[token]
        if head == verb or (head != token and not frame.first <= head < frame.last and heads[head] == verb):
            return True
    return frame.first <= heads[verb] < frame.last


def _has_subject(passage: Passage, verb: int) -> bool:
    return any(passage.deps[child] in SUBJECTS for child in passage.children(verb))
