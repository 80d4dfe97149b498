"""What a quotation hangs from in the parser's tree: the verbs above it, and who is their subject."""

from __future__ import annotations

from narrate.attribution.frames import Frame
from narrate.attribution.mentions import SUBJECTS
from narrate.attribution.passages import Passage
from narrate.attribution.spans import PROPER
from narrate.attribution.surroundings import STRONG
from narrate.attribution.trees import ancestors
from narrate.languages import Quoting

CLIMB = 6
"""Steps up the tree from a quotation in which verbs are looked at."""
VERBS = 2
"""Verbs that are looked at: the one above, and the one above that."""
ATTRIBUTE = 3
"""Tokens behind a quotation within which a noun that it hangs from has it for an adjective: a "quick" repair."""


def governing(frame: Frame, quoting: Quoting) -> list[str]:
    """Name what is above a quotation in the tree."""
    passage = frame.passage
    inside = range(frame.first, frame.last)
    tops = [token for token in inside if passage.words[token][:1].isalnum() and passage.heads[token] not in inside]
    if not tops:
        return ["hangs=none"]
    above = list(ancestors(frame, quoting).values())
    found = [f"dep={passage.deps[tops[0]]}"]
    if above:
        cued = next((min(depth, 3) for depth, kind in above if kind.startswith("cue")), 0)
        found += [f"hangs={above[0][1]}", f"cued={cued}"]
    head = passage.heads[tops[0]]
    if frame.last <= head < frame.last + ATTRIBUTE and passage.tags[head].startswith("N"):
        found.append("attribute")
    verbs = _verbs(passage, head)
    for place, verb in enumerate(verbs):
        found += _verb(frame, quoting, verb, place)
    return [*found, f"verbs={len(verbs)}"]


def _verbs(passage: Passage, token: int) -> list[int]:
    """Find the first verbs on the way up the tree from a token."""
    found: list[int] = []
    for _ in range(CLIMB):
        if passage.tags[token].startswith("V") or passage.tags[token] == "MD":
            found.append(token)
        if len(found) == VERBS or passage.heads[token] == token:
            break
        token = passage.heads[token]
    return found


def _verb(frame: Frame, quoting: Quoting, verb: int, place: int) -> list[str]:
    """Name a verb above a quotation: how surely it reports, its tense, and what kind of subject it has."""
    passage = frame.passage
    subjects = [child for child in passage.children(verb) if passage.deps[child] in SUBJECTS]
    subjects = [child for child in subjects if not frame.first <= child < frame.last]
    kind = _kind(passage, subjects[0], quoting) if subjects else "none"
    passive = " passive" if subjects and passage.deps[subjects[0]] == "nsubjpass" else ""
    cue = quoting.forms.get(passage.lower[verb], "")
    strength = "strong" if quoting.reporting.get(cue, 0.0) >= STRONG else "cue" if cue else "plain"
    found = [f"subject{place}={kind}{passive}", f"tense{place}={passage.tags[verb]}", f"verb{place}={strength}"]
    if not place and cue:
        found.append(f"verb={cue}")
    if not place and passage.lower[verb] in quoting.marked["called"]:
        found.append("verb called")
    return found


def _kind(passage: Passage, token: int, quoting: Quoting) -> str:
    """Name what a subject is: a person, people in general, a sign, a paper, a body, a thing."""
    word = passage.lower[token]
    if passage.entities[token] == "PERSON":
        return "person"
    for kind, words in SUBJECT_WORDS.items():
        if word in words:
            return kind
    if word in quoting.roles:
        return "role"
    if word.endswith("s") and word[:-1] in quoting.roles:
        return "roles"
    if word in quoting.marked["inscribed"]:
        return "inscribed"
    if word in quoting.publications:
        return "published"
    if passage.entities[token] in ("ORG", "NORP", "GPE"):
        return "body"
    return "proper" if passage.tags[token] in PROPER else "things" if passage.tags[token] == "NNS" else "thing"


SUBJECT_WORDS = {
    "person": {"he", "she", "who"},
    "i": {"i", "we"},
    "they": {"they", "you", "people", "one"},
    "it": {"it", "that", "which", "this", "what", "there"},
}
"""What pronouns say of a subject."""
