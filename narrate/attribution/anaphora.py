"""Pronouns laid open: where one stands, what it does there, and who else is in its sentence."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from narrate.attribution.memory import Place
from narrate.attribution.mentions import SUBJECTS, Mention
from narrate.attribution.reading import Reading
from narrate.model import Gender

ROLES = {"according": "main", "by": "subject", "poss": "possessor"}
"""What a mention that is no subject does in its sentence → how likely a pronoun takes it up."""
LISTENS = {"told", "object", "to", "of", "with"}
"""What somebody does in a sentence whose subject is somebody else."""
BEHIND = 3
"""Mentions behind a pronoun that may listen to it."""
AROUND = 8
"""Mentions before a pronoun among which the subject of its main clause is looked for."""
CLIMB = 4
"""Steps up from a verb to the main clause, at most."""
DEEP = 8
"""Steps up from a pronoun to the verb that reports what it stands in, at most."""


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun and what is known of the person before anybody is weighed."""

    word: str
    gender: Gender
    at: Place
    role: str
    """"cue" for the subject of a reporting verb, "subject" of another, "x"."""
    inside: frozenset[int]
    """Entities named in the quotations on both sides."""
    listens: frozenset[int]
    """Entities that are told something, or talked about, behind the pronoun in its sentence."""
    reports: int
    """Entity that says, in the same sentence, what the pronoun stands in: Doe in "Doe said that she …"; -1 if none."""

    @property
    def sort(self) -> str:
        """What the features of this pronoun begin with: its word, unless it shows a gender."""
        return "" if self.gender else f"{self.word}:"


class Anaphora:
    """Lays open the pronouns, and the places of all mentions, of one article."""

    def __init__(self, reading: Reading) -> None:
        self._reading, self._of = reading, reading.register.of
        self._frames = [(frame.quotation.block, frame.first) for frame in reading.frames]
        self._inside: dict[int, set[int]] = {}
        for mention in reading.mentions:
            if mention.quoted >= 0 and mention.number in self._of:
                self._inside.setdefault(mention.quoted, set()).add(self._of[mention.number])
        self._narrated: dict[int, list[int]] = {}

    def gender(self, mention: Mention) -> Gender:
        """Tell the gender that a pronoun shows."""
        return self._reading.quoting.pronouns.get(mention.text.lower())

    def place(self, mention: Mention) -> Place:
        """Give the block of a mention, and its sentence among those that the block narrates."""
        if mention.block not in self._narrated:
            passage, count, last = self._reading.passages[mention.block], 0, -1
            numbers = self._narrated[mention.block] = []
            for sentence, quoted in zip(passage.sentences, passage.quoted, strict=True):
                if quoted < 0 and sentence != last:
                    count, last = count + 1, sentence
                numbers.append(count)
        return mention.block, self._narrated[mention.block][mention.head]

    def role(self, mention: Mention) -> str:
        """Tell what a mention does in its sentence: "main" for the subject of the main clause."""
        told, passage = self._reading.traits[mention.number], self._reading.passages[mention.block]
        if told.role not in ("subject", "passive"):
            return ROLES.get(told.role, "other")
        verb = told.verb_at
        for _ in range(CLIMB):
            if passage.heads[verb] == verb:
                return "main"
            if passage.deps[verb] not in ("conj", "dep"):
                break
            verb = passage.heads[verb]
        return "subject"

    def lay(self, mention: Mention) -> Pronoun:
        """Lay open what stands around a pronoun."""
        passage = self._reading.passages[mention.block]
        subject = passage.deps[mention.head] in SUBJECTS
        cue = passage.lower[passage.heads[mention.head]] in self._reading.quoting.forms
        return Pronoun(
            word=mention.text.lower(),
            gender=self.gender(mention),
            at=self.place(mention),
            role="x" if not subject else "cue" if cue else "subject",
            inside=self._quoted_beside(mention),
            listens=self._listeners(mention),
            reports=self._reporter(mention),
        )

    def _quoted_beside(self, mention: Mention) -> frozenset[int]:
        at = bisect_right(self._frames, (mention.block, mention.first)) - 1
        if at < 0 or self._frames[at][0] != mention.block:
            return frozenset()
        return frozenset(self._inside.get(at, set()) | self._inside.get(at + 1, set()))

    def _listeners(self, mention: Mention) -> frozenset[int]:
        behind = self._reading.mentions[mention.number + 1 : mention.number + 1 + BEHIND]
        return frozenset(
            self._of[other.number]
            for other in behind
            if other.quoted < 0
            and other.number in self._of
            and self._reading.traits[other.number].role in LISTENS
            and self.place(other) == self.place(mention)
        )

    def _reporter(self, mention: Mention) -> int:
        """Find who says, in the same sentence, what a mention stands in; -1 if nobody does."""
        passage, token = self._reading.passages[mention.block], mention.head
        for _ in range(DEEP):
            head = passage.heads[token]
            if passage.deps[token] == "ccomp" and passage.lower[head] in self._reading.quoting.forms:
                return self._subject(mention, head)
            if head == token:
                break
            token = head
        return -1

    def _subject(self, mention: Mention, verb: int) -> int:
        """Find who, named before a mention, is the subject of a verb; -1 if nobody is."""
        for other in self._reading.mentions[max(0, mention.number - AROUND) : mention.number]:
            if other.block == mention.block and other.quoted < 0:
                told = self._reading.traits[other.number]
                if told.verb_at == verb and told.role in ("subject", "passive"):
                    return self._of.get(other.number, -1)
        return -1
