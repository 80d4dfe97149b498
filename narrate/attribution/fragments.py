"""Whole utterances and fragments: which quotations can stand in a voice of their own."""

from __future__ import annotations

from narrate.attribution.frames import Frame
from narrate.attribution.mentions import SUBJECTS
from narrate.attribution.passages import Passage

CLAUSE = 4
"""Words from which a clause in the narrator's sentence is heard in the speaker's voice."""
LONG = 10
"""Words from which even a predicate without its subject is."""
FINITE = {"VBZ", "VBP", "VBD", "MD"}
SUBORDINATE = {"relcl", "acl", "advcl", "pcomp", "csubj"}
"""What hangs a clause from a word that it only describes."""
RELATIVE = {"who", "whose", "whom", "which", "that", "than"}
ENDS = ",.!?…—–-"
"""Punctuation with which a sentence, or a part of one that a frame cuts, ends."""
NOMINAL = {"DT", "NN", "NNS", "JJ", "JJR", "JJS", "PRP$", "CD"}
"""What a noun phrase begins with."""


def whole(frame: Frame) -> bool:
    """Tell whether a quotation is a clause that somebody said, not a fragment in the narrator's sentence."""
    if frame.quotation.kind != "marks" or frame.quotation.chained or not frame.quotation.closed:
        return True
    tokens = [token for token in range(frame.first, frame.last) if frame.passage.words[token][:1].isalnum()]
    if not tokens:
        return False
    if frame.passage.words[tokens[0]][:1].isupper() and frame.outer in ("", *",:.!?…") and frame.inner in tuple(ENDS):
        return True  # a sentence of its own, however short: “It will again.”
    if frame.passage.lower[tokens[0]] in RELATIVE and frame.passage.tags[tokens[0]] != "DT":
        return False
    if frame.words >= CLAUSE and _has_main_clause(frame):
        return True
    return frame.words >= LONG and not _is_described(frame, tokens[0])


def _has_main_clause(frame: Frame) -> bool:
    """Tell whether a verb with a subject of its own stands inside that hangs from no noun: not "a zone I saw"."""
    passage = frame.passage
    inside = range(frame.first, frame.last)
    subjects = [token for token in inside if passage.deps[token] in SUBJECTS and passage.heads[token] in inside]
    return any(_is_finite(passage, verb) and _leads(frame, verb) for verb in {passage.heads[t] for t in subjects})


def _is_finite(passage: Passage, verb: int) -> bool:
    return passage.tags[verb] in FINITE or any(passage.tags[child] in FINITE for child in passage.children(verb))


def _leads(frame: Frame, verb: int) -> bool:
    """Tell whether a verb is subordinate to nothing else that is quoted."""
    passage = frame.passage
    for _ in range(frame.first, frame.last):
        head = passage.heads[verb]
        if head == verb or not frame.first <= head < frame.last:
            return True
        if passage.deps[verb] in SUBORDINATE:
            return False
        verb = head
    return True


def _is_described(frame: Frame, first: int) -> bool:
    """Tell whether a quotation is a noun phrase with a clause about it: "the sort I had hoped to avoid"."""
    passage = frame.passage
    clausal = any(passage.deps[token] == "relcl" for token in range(frame.first, frame.last))
    return passage.tags[first] in NOMINAL and clausal and not _has_main_clause(frame)
