"""What a mention does in its own sentence: subject of a reporting verb, somebody told, an agent …"""

from __future__ import annotations

from dataclasses import dataclass

from narrate.attribution.mentions import SUBJECTS, Mention
from narrate.attribution.passages import Passage
from narrate.attribution.people import Register
from narrate.languages import Quoting

FINITE = {"VBD", "VBZ", "VBP", "MD"}
APPOSITION = 30
"""Tokens between a name and its verb, at most."""
AS_REACH = 12
"""Tokens between a name and "as saying": room for "a nurse at the hospital, aged 40, "."""
TOLD = {"tell", "ask", "inform", "answer", "remind", "advise", "warn", "urge", "thank", "order", "instruct"}
"""Reporting verbs whose object listens."""


@dataclass(frozen=True, slots=True)
class Trait:
    """What a mention is in its own sentence."""

    kind: str
    role: str
    verb: str
    """Lemma of the reporting verb it belongs to, "?" for another verb, "" for none."""
    verb_at: int


def trait(mention: Mention, passage: Passage, register: Register, quoting: Quoting) -> Trait:
    """Describe a mention: what kind of word it is, and what it does in its sentence."""
    head = phrase_head(mention, passage)
    parent, dep = passage.heads[head], passage.deps[head]
    role, verb_at = "other", -1
    if dep in SUBJECTS:
        role, verb_at = ("passive" if dep == "nsubjpass" else "subject"), parent
    elif dep == "pobj":
        role = _prepositional(passage, parent)
    elif dep in ("dobj", "iobj", "dative", "attr", "oprd"):
        role, verb_at = ("told" if quoting.forms.get(passage.lower[parent]) in TOLD else "object"), parent
    elif dep in ("poss", "appos", "conj", "ROOT"):
        role = dep
    if mention.kind == "name" and dep != "pobj" and role not in ("subject", "passive"):
        verb_behind = _behind_apposition(mention, passage)
        if verb_behind >= 0:
            role, verb_at = "subject", verb_behind
    if role in ("object", "told") and _as_saying(mention, passage, quoting):
        role = "cited"
    if verb_at >= 0:
        chain = verb_at
        if passage.deps[chain] in ("xcomp", "conj") and passage.lower[chain] not in quoting.forms:
            chain = passage.heads[chain]
        verb = quoting.forms.get(passage.lower[chain], "") or quoting.forms.get(passage.lower[verb_at], "?")
    else:
        verb = ""
    return Trait(_kind(mention, passage, register, quoting), role, verb, verb_at)


def _behind_apposition(mention: Mention, passage: Passage) -> int:
    """Find the verb of a name with something long between commas behind it: "Jane Doe, head of …, said"; -1 if none."""
    if passage.lower[mention.last : mention.last + 1] != [","]:
        return -1
    depth = 0
    for token in range(mention.last + 1, min(mention.last + APPOSITION, len(passage))):
        word, tag = passage.lower[token], passage.tags[token]
        if passage.stops(token) or passage.quoted[token] >= 0:
            return -1
        if tag in FINITE:
            if passage.lower[token - 1] == ",":
                return token
            if not depth:
                return -1
            depth -= 1
        depth += word in ("who", "which", "that", "whose")
    return -1


def _as_saying(mention: Mention, passage: Passage, quoting: Quoting) -> bool:
    """Tell whether somebody is quoted "as saying" something."""
    for token in range(mention.last, min(mention.last + AS_REACH, len(passage) - 1)):
        if passage.lower[token] == "as" and passage.tags[token + 1] == "VBG":
            return passage.lower[token + 1] in quoting.forms
    return False


def phrase_head(mention: Mention, passage: Passage) -> int:
    """Follow a head that is only part of a larger name or an apposition up to what stands in the sentence."""
    head = mention.head
    for _ in range(3):
        parent = passage.heads[head]
        if parent == head:
            break
        within = mention.first <= parent < mention.last
        if within or (passage.deps[head] in ("appos", "conj") and parent < head and passage.quoted[parent] < 0):
            head = parent
        else:
            break
    return head


def _prepositional(passage: Passage, preposition: int) -> str:
    word = passage.lower[preposition]
    if word == "to" and passage.lower[max(0, preposition - 1)] == "according":
        return "according"
    if word == "by" and passage.deps[preposition] == "agent":
        return "by"
    return {"from": "from", "by": "by", "to": "to", "with": "with", "of": "of", "in": "in"}.get(word, "prep")


def _kind(mention: Mention, passage: Passage, register: Register, quoting: Quoting) -> str:
    word = passage.lower[mention.head]
    if mention.kind == "pronoun":
        if word in ("he", "she"):
            return "he"
        return word if word in ("i", "we", "you", "it", "they", "who") else "lone"
    entity = register.entity(mention)
    if mention.kind == "name":
        if entity is not None and entity.kind == "person":
            return "person"
        return {"ORG": "body", "GPE": "place", "NORP": "people", "": "capital"}.get(mention.label, "thing")
    if word in quoting.roles or word.removesuffix("s") in quoting.roles:
        return "role"
    return "publication" if word in quoting.publications else "noun"
