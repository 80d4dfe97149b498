"""Who is who: mentions gathered into entities, each a person, an organisation or something described.

Names are joined by their words: a full name first, then its surname or given name alone, with
"Mrs" vetoing a man. Descriptions join a name that stands beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from narrate.attribution.mentions import Mention
from narrate.attribution.passages import Passage
from narrate.languages import Quoting
from narrate.model import Gender

Kind = Literal["person", "organisation", "other"]


@dataclass(slots=True)
class Entity:
    """Somebody or something that is mentioned, by all its mentions."""

    number: int
    kind: Kind
    name: tuple[str, ...]
    """The fullest name, () for what is only described."""
    mentions: list[int] = field(default_factory=list)
    evidence: list[tuple[Gender, float, str]] = field(default_factory=list)
    """Gender, weight and what shows it."""
    descriptions: list[str] = field(default_factory=list)

    @property
    def gender(self) -> Gender:
        """The gender that the evidence is for, None when there is none or it is divided."""
        weights = {"male": 0.0, "female": 0.0}
        for gender, weight, _ in self.evidence:
            if gender:
                weights[gender] += weight
        male, female = weights["male"], weights["female"]
        return "male" if male > 2 * female else "female" if female > 2 * male else None

    def clashes(self, gender: Gender) -> bool:
        """Tell whether somebody of this gender cannot be this entity."""
        return bool(gender and self.gender and gender != self.gender)


class Register:
    """The entities of an article, and to which of them each mention belongs."""

    def __init__(self, mentions: Sequence[Mention], passages: Sequence[Passage], quoting: Quoting) -> None:
        self.entities: list[Entity] = []
        self.of: dict[int, int] = {}
        """Number of a mention → number of its entity; pronouns are not in it."""
        self._surnames: dict[str, list[Entity]] = {}
        self._given: dict[str, list[Entity]] = {}
        self._bodies: dict[str, Entity] = {}
        self._mentions = mentions
        self._passages = passages
        self._quoting = quoting
        names = [mention for mention in mentions if mention.kind == "name"]
        people = {mention.name[-1].lower() for mention in names if _full(mention)}
        for mention in names:
            if _full(mention):
                self._add_person(mention)
        for mention in names:
            if mention.number not in self.of:
                self._add_name(mention, people)
        for mention in mentions:
            if mention.kind == "noun":
                self._add_noun(mention)

    def entity(self, mention: Mention) -> Entity | None:
        """Give the entity of a mention, None for a pronoun."""
        number = self.of.get(mention.number)
        return None if number is None else self.entities[number]

    def _new(self, mention: Mention, kind: Kind, name: tuple[str, ...]) -> Entity:
        entity = Entity(len(self.entities), kind, name)
        self.entities.append(entity)
        return self._join(entity, mention)

    def _join(self, entity: Entity, mention: Mention) -> Entity:
        self.of[mention.number] = entity.number
        entity.mentions.append(mention.number)
        gender = self._quoting.titles.get(mention.title)
        if gender:
            entity.evidence.append((gender, 4.0, f"title {mention.title.capitalize()}"))
        return entity

    def _add_person(self, mention: Mention) -> None:
        """Join a full name to somebody with this surname and a fitting given name, or to nobody known."""
        name = mention.name
        surname = name[-1].lower()
        for known in self._surnames.get(surname, []):
            if same_given(known.name, name) and not known.clashes(self._quoting.titles.get(mention.title)):
                known.name = max(known.name, name, key=len)
                self._join(known, mention)
                return
        person = self._new(mention, "person", name)
        self._surnames.setdefault(surname, []).append(person)
        self._given.setdefault(name[0].lower(), []).append(person)
        shown = self._quoting.given_names().get(name[0].lower().split("-")[0])
        if shown:
            person.evidence.append((shown, 1.0, f"given name {name[0]}"))

    def _add_name(self, mention: Mention, people: set[str]) -> None:
        """Join a short name to the person or body whose name it is part of."""
        last = mention.name[-1].lower() if mention.name else ""
        if len(mention.name) == 1 or (len(mention.name) == 2 and mention.title):
            known = self._named(mention, last)
            if known is not None:
                self._join(known, mention)
                return
        if mention.label == "PERSON" or mention.title:
            person = self._new(mention, "person", mention.name)
            self._surnames.setdefault(last, []).append(person)
            shown = self._quoting.given_names().get(last)
            if shown and not mention.title:
                person.evidence.append((shown, 0.5, f"given name {mention.name[0]}"))
            return
        key = " ".join(mention.name).lower()
        body = self._bodies.get(key)
        if body is None:
            kind: Kind = "organisation" if mention.label in ("ORG", "GPE", "NORP", "FAC") else "other"
            body = self._bodies[key] = self._new(mention, kind, mention.name)
            initials = "".join(word[0] for word in mention.name if word[0].isupper()).lower()
            if len(initials) > 2:
                self._bodies.setdefault(initials, body)
        else:
            self._join(body, mention)

    def _named(self, mention: Mention, last: str) -> Entity | None:
        """Find the person a surname or given name alone stands for: the one named last, with no clash of gender."""
        gender = self._quoting.titles.get(mention.title)
        for names in (self._surnames, self._given) if not mention.title else (self._surnames,):
            fitting = [known for known in names.get(last, []) if not known.clashes(gender)]
            if fitting:
                return max(fitting, key=lambda known: self._recency(known, mention.number))
        return None

    @staticmethod
    def _recency(entity: Entity, number: int) -> tuple[bool, int]:
        before = [other for other in entity.mentions if other < number]
        return (bool(before), max(before)) if before else (False, -min(entity.mentions))

    def _add_noun(self, mention: Mention) -> None:
        """Join a description to the name beside it, to the same description before, or to nobody known."""
        passage = self._passages[mention.block]
        beside = self._beside(mention, passage)
        word = passage.lower[mention.head]
        gender = self._quoting.roles.get(word)
        if beside is not None:
            entity = self._join(beside, mention)
            entity.descriptions.append(mention.text)
        else:
            entity = self._described(mention, passage, word) or self._new(
                mention, "person" if word in self._quoting.roles else "other", ()
            )
            if entity.number not in (self.of.get(mention.number),):
                self._join(entity, mention)
        if gender:
            entity.evidence.append((gender, 2.0, f"“{passage.words[mention.head]}”"))

    def _beside(self, mention: Mention, passage: Passage) -> Entity | None:
        """Find the person's name in apposition to a description."""
        if passage.lower[mention.head] not in self._quoting.roles:
            return None
        for step in (1, -1):
            other = mention.number + step
            if not 0 <= other < len(self._mentions) or self._mentions[other].block != mention.block:
                continue
            name = self._mentions[other]
            entity = self.entity(name)
            if name.kind != "name" or entity is None or entity.kind != "person":
                continue
            linked = (
                passage.deps[mention.head] == "appos" and passage.heads[mention.head] in range(name.first, name.last)
            ) or (passage.deps[name.head] == "appos" and passage.heads[name.head] == mention.head)
            between = passage.lower[name.last : mention.first] if step < 0 else passage.lower[mention.last : name.first]
            if linked or (step < 0 and between in ([","], [",", "the"], [",", "a"])):
                return entity
        return None

    def _described(self, mention: Mention, passage: Passage, word: str) -> Entity | None:
        """Find the last one who was described with the same noun, if this one is definite."""
        if passage.lower[mention.first] not in ("the", "that", "this", "his", "her", "their"):
            return None
        for other in reversed(self._mentions[: mention.number]):
            if other.block < mention.block - 8:
                return None
            if other.kind == "noun" and self._passages[other.block].lower[other.head] == word:
                return self.entity(other)
        return None


def _full(mention: Mention) -> bool:
    return mention.label == "PERSON" and len(mention.name) > 1


def same_given(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two full names with one surname can be one person's: "J. Hart", "Jane Hart"."""
    first, second = one[0].lower().rstrip("."), other[0].lower().rstrip(".")
    if len(one) == 1 or len(other) == 1 or first == second:
        return True
    short, long = sorted((first, second), key=len)
    return long.startswith(short[:3]) if len(short) != 2 else long[0] == short[0]
