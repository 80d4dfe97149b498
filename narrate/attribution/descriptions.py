"""Who is meant by "the coach", "his daughter", "the company": descriptions joined to those they describe.

A description joins the name that stands beside it; or, if it is definite, somebody who was
described or titled so before; "the company" means the body of that sort that was named last.
"""

from __future__ import annotations

from collections.abc import Sequence

from narrate.attribution.entities import ROLE, Entity
from narrate.attribution.mentions import SUBJECTS, Mention
from narrate.attribution.passages import Passage
from narrate.attribution.people import NEARBY, SEVERAL, Register

DESCRIBED_TO = {",", ";", ":", "(", "–", "—", "who", "whose", "which", "that"}
LONG_DESCRIPTION = 12
"""Tokens of a description behind its noun, at most."""
OFFICE = 3
"""Tokens of "of …" between an office and its holder, at most."""
APART = 6
"""Tokens between a description and the name that it stands before, at most."""
FIRMS = {"ORG", ""}
"""Labels of names that a company may have; a place is none."""
FIRM = {"company", "firm", "group", "corporation", "business", "organisation", "organization", "maker", "retailer"}
"""Nouns for a body whose name need not tell what it is."""
OLD = "old"
"""Head of "the 34-year-old"."""
UNNAMED = 2
"""Blocks before "the 34-year-old" or "the mother of three" in which the person was named."""
DEFINITE = {"the", "that", "this"}
OWNERS = {"his", "her", "their"}


class Descriptions:
    """Joins the descriptions of one article to the entities of its register."""

    def __init__(self, register: Register) -> None:
        self._register, self._quoting = register, register.quoting

    def join(self, mention: Mention) -> None:
        """Join a description to the name beside it, to somebody described so before, or to nobody known."""
        passage = self._register.passages[mention.block]
        word = passage.lower[mention.head]
        entity = self._author(mention, passage, word)
        if entity is not None:
            self._register.join(entity, mention)
            return
        entity = self._beside(mention, passage)
        if entity is not None:
            entity.descriptions.append(_described_as(mention, passage))
            entity.roles.add(word)
        else:
            entity = self._described(mention, passage, word) or self._otherwise(mention, passage, word)
        if entity is not None:
            self._register.join(entity, mention)
        else:
            entity = self._register.add(mention, "person" if self._is_person(word) else "other")
            entity.plural = passage.tags[mention.head] in SEVERAL
            entity.roles.add(word)
        gender = self._quoting.roles.get(word)
        if gender:
            entity.evidence.append((gender, ROLE, f"“{passage.words[mention.head]}”"))

    def _is_person(self, word: str) -> bool:
        return word == OLD or word in self._quoting.roles or word.removesuffix("s") in self._quoting.roles

    def _author(self, mention: Mention, passage: Passage, word: str) -> Entity | None:
        """Find whose statement, letter or report something is: "Doe's statement added"; None if nobody's is named."""
        if word not in self._quoting.publications:
            return None
        for number in range(mention.number - 1, max(-1, mention.number - 3), -1):
            name = self._register.mentions[number]
            owned = name.kind == "name" and name.block == mention.block and passage.deps[name.head] == "poss"
            entity = self._register.entity(name) if owned and passage.heads[name.head] == mention.head else None
            if entity is not None and (entity.kind == "person" or name.label in FIRMS):
                return entity
        return None

    def _beside(self, mention: Mention, passage: Passage) -> Entity | None:
        """Find the name in apposition to a description: a person's to "coach", another's to "website"."""
        word = passage.lower[mention.head]
        person = word in self._quoting.roles
        if not person and word not in self._quoting.publications | self._quoting.bodies:
            return None
        for step in (1, -1, 2):
            number = mention.number + step
            if not 0 <= number < len(self._register.mentions):
                continue
            name = self._register.mentions[number]
            entity = self._register.entity(name)
            if name.kind != "name" or name.block != mention.block or entity is None:
                continue
            if person == (entity.kind == "person") and self._names(name, mention, passage, person, step):
                return entity
        return None

    def _names(self, name: Mention, mention: Mention, passage: Passage, person: bool, step: int) -> bool:
        """Tell whether a name beside a description is the name of what is described."""
        if passage.deps[mention.head] == "appos" and name.first <= passage.heads[mention.head] < name.last:
            return True
        if passage.deps[name.head] == "appos" and passage.heads[name.head] == mention.head:
            return True
        between = passage.lower[name.last : mention.first] if step < 0 else passage.lower[mention.last : name.first]
        if between == ([","] if person else []):
            return step > 0 or passage.deps[mention.head] not in SUBJECTS
        if step < 0 or not person:
            return False
        closed = passage.lower[name.last : name.last + 1] == [","]  # "his partner at Lenox, Jane Doe, said"
        return self._lengthens(between) or (between[-1:] == [","] and len(between) <= APART and closed)

    def _lengthens(self, between: Sequence[str]) -> bool:
        """Tell whether words only lengthen a description before a name: "governor of Ohio Jane Doe"."""
        if between[:1] == ["of"] and len(between) <= OFFICE:
            return "," not in between
        return bool(between) and all(word == "and" or word in self._quoting.roles for word in between)

    def _described(self, mention: Mention, passage: Passage, word: str) -> Entity | None:
        """Find the last one who was described or titled with the same noun, if this one is definite."""
        first = passage.lower[mention.first]
        if first not in DEFINITE | OWNERS:
            return None
        for number in range(mention.number - 1, -1, -1):
            other = self._register.mentions[number]
            if other.block < mention.block - 2 * NEARBY:
                return None
            entity = self._register.entity(other)
            if entity is None or word not in entity.roles or other.kind == "pronoun":
                continue
            again = first == self._register.passages[other.block].lower[other.first]
            if entity.name or again or first in DEFINITE:
                return entity
        return None

    def _otherwise(self, mention: Mention, passage: Passage, word: str) -> Entity | None:
        """Find whom "the company" or "the mother of three" means: known by a name that does not say so."""
        if passage.lower[mention.first] != "the" or passage.tags[mention.head] in SEVERAL:
            return None
        if word == OLD or _counts(passage, mention.last):
            return self._lately(mention)
        if word not in self._quoting.bodies:
            return None
        bodies: list[Entity] = []
        for number in range(mention.number - 1, -1, -1):
            other = self._register.mentions[number]
            entity = self._register.entity(other)
            if entity is None or entity.kind != "organisation" or not entity.name:
                continue
            if word in entity.roles or word in (part.lower() for part in entity.name):
                return entity
            if word in FIRM and other.label in FIRMS and entity not in bodies:
                bodies.append(entity)
        return max(bodies, key=lambda body: self._register.salience(body, mention), default=None)

    def _lately(self, mention: Mention) -> Entity | None:
        """Find who was named last outside quotations, of a fitting gender."""
        gender = self._quoting.roles.get(self._register.passages[mention.block].lower[mention.head])
        for number in range(mention.number - 1, -1, -1):
            other = self._register.mentions[number]
            if other.block < mention.block - UNNAMED:
                return None
            entity = self._register.entity(other)
            named = entity is not None and entity.kind == "person" and entity.name and other.quoted < 0
            if entity is not None and named and not entity.clashes(gender):
                return entity
        return None


def _counts(passage: Passage, token: int) -> bool:
    """Tell whether "of three", or "-of-three", stands at a token."""
    return passage.lower[token : token + 1] in (["of"], ["-"]) and "CD" in passage.tags[token + 1 : token + 4]


def _described_as(mention: Mention, passage: Passage) -> str:
    """Give a description with what hangs on it: "head of the CIA"."""
    last = mention.last
    while last < min(len(passage), mention.last + LONG_DESCRIPTION):
        if passage.lower[last] in DESCRIBED_TO or passage.tags[last].startswith("VB") or passage.stops(last):
            break
        last += 1
    return passage.text[mention.start : passage.ends[last - 1]]
