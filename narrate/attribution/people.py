"""Who is who: mentions gathered into entities, each a person, an organisation or something described.

Names are joined by their words: a full name first, then its surname or given name alone, with
"Mrs" vetoing a man. Descriptions join a name that stands beside them, or somebody who was
described so before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from narrate.attribution.mentions import SUBJECTS, Mention
from narrate.attribution.naming import persons, plain, same_person
from narrate.attribution.passages import Passage
from narrate.languages import Quoting
from narrate.model import Gender

Kind = Literal["person", "organisation", "other"]

TITLE, ROLE, PRONOUN, GIVEN = 4.0, 2.0, 1.5, 1.0
"""How much each kind of evidence for a gender weighs: a title is printed, a given name only likely."""

NEARBY = 6
"""Blocks within which a name that was just used is likelier meant than one used long before."""

BEFORE_NAME = {"NN", "NNS", "NNP", "JJ", "VBN", "HYPH"}
"""Tags of what may describe a person right before the name."""
DESCRIBED_TO = {",", ";", ":", "(", "–", "—", "who", "whose", "which", "that"}
LONG_DESCRIPTION = 12
"""Tokens of a description behind its noun, at most."""

OFFICE = 3
"""Tokens of "of …" between an office and its holder, at most."""
APART = 6
"""Tokens between a description and the name that it stands before, at most."""
HEADLINE_NAME = 2
"""Words of a name from a headline: there every word has a capital, and longer ones are whole sentences."""
CAPITALS = 0.7
"""Share of words with a capital from which a block is a headline."""

DEFINITE = {"the", "that", "this"}


@dataclass(slots=True)
class Entity:
    """Somebody or something that is mentioned, by all its mentions."""

    number: int
    kind: Kind
    name: tuple[str, ...]
    """The words of the fullest name, () for what is only described."""
    printed: str = ""
    """The fullest name as printed."""
    mentions: list[int] = field(default_factory=list)
    evidence: list[tuple[Gender, float, str]] = field(default_factory=list)
    """Gender, weight and what shows it."""
    descriptions: list[str] = field(default_factory=list)
    plural: bool = False
    """Whether it is several: "officials", "the couple's lawyers"."""
    roles: set[str] = field(default_factory=set)
    """Nouns for what the person is, lower case: "senator", "coach"."""

    @property
    def gender(self) -> Gender:
        """The gender that the evidence is for, None when there is none or it is divided."""
        male = sum(weight for gender, weight, _ in self.evidence if gender == "male")
        female = sum(weight for gender, weight, _ in self.evidence if gender == "female")
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
        names = [mention for mention in mentions if mention.kind == "name" and mention.name]
        self._persons = persons(names, passages, quoting)
        self._headlines = {passage.block for passage in passages if _is_headline(passage)}
        for mention in names:
            in_headline = mention.block in self._headlines and len(mention.name) > HEADLINE_NAME
            if mention.number in self._persons and len(mention.name) > 1 and not in_headline:
                self._add_person(mention)
        for mention in names:
            if mention.number not in self.of:
                self._add_name(mention)
        for mention in mentions:
            if mention.kind == "noun":
                self._add_noun(mention)

    def entity(self, mention: Mention) -> Entity | None:
        """Give the entity of a mention, None for a pronoun."""
        number = self.of.get(mention.number)
        return None if number is None else self.entities[number]

    def known(self, name: str) -> Entity | None:
        """Find the person or body of a name, by its full name or a part of it that nobody shares; None if unknown."""
        words = tuple(plain(word) for word in name.split())
        named = [(entity, tuple(plain(word) for word in entity.name)) for entity in self.entities if entity.name]
        same = [entity for entity, own in named if own == words]
        part = [entity for entity, own in named if words and own[-len(words) :] == words]
        return same[0] if same else part[0] if len(part) == 1 else None

    def told(self, entity: Entity) -> int:
        """Count the mentions of an entity outside quotations."""
        return sum(self._mentions[number].quoted < 0 for number in entity.mentions)

    def name(self, number: int) -> str:
        """Name an entity as a programme would: its fullest name, or its fullest description; "" for none."""
        if number < 0:
            return ""
        entity = self.entities[number]
        texts = [self._mentions[mention].text for mention in entity.mentions]
        return entity.printed or " ".join(entity.name) or max(texts, key=len, default="")

    def add_person(self, name: tuple[str, ...], printed: str) -> Entity:
        """Add a person whom only a label names."""
        person = Entity(len(self.entities), "person", name, printed)
        gender = self._quoting.given_names().get(plain(name[0]))
        if gender:
            person.evidence.append((gender, GIVEN, f"given name {name[0]}"))
        self.entities.append(person)
        return person

    def _new(self, mention: Mention, kind: Kind, name: tuple[str, ...]) -> Entity:
        entity = Entity(len(self.entities), kind, name)
        self.entities.append(entity)
        return self._join(entity, mention)

    def _join(self, entity: Entity, mention: Mention) -> Entity:
        self.of[mention.number] = entity.number
        entity.mentions.append(mention.number)
        fuller = len(mention.text) > len(entity.printed) and entity.name[-1:] == mention.name[-1:]
        if mention.kind == "name" and fuller and not (mention.block in self._headlines and entity.printed):
            entity.name, entity.printed = mention.name, mention.text
        gender = self._quoting.titles.get(mention.title)
        if gender:
            entity.evidence.append((gender, TITLE, f"title {mention.title.capitalize()}"))
        if mention.kind == "name" and entity.kind == "person":
            self._premodified(entity, mention)
        return entity

    def _premodified(self, entity: Entity, mention: Mention) -> None:
        """Take up the titles and nouns for people right before a name: "retired general Jane Doe"."""
        passage, first = self._passages[mention.block], mention.first
        named = False
        while first and passage.tags[first - 1] in BEFORE_NAME and passage.quoted[first - 1] < 0:
            first -= 1
            word = passage.lower[first].rstrip(".")
            if word in self._quoting.titles or word in self._quoting.roles:
                entity.roles.add(self._quoting.abbreviated.get(word, word))
                named = named or not self._quoting.titles.get(word)
        if named:
            entity.descriptions.append(passage.text[passage.starts[first] : mention.start].strip())

    def _described_as(self, mention: Mention) -> str:
        """Give a description with what hangs on it: "head of the CIA"."""
        passage, last = self._passages[mention.block], mention.last
        while last < min(len(passage), mention.last + LONG_DESCRIPTION):
            if passage.lower[last] in DESCRIBED_TO or passage.tags[last].startswith("VB") or passage.stops(last):
                break
            last += 1
        return passage.text[mention.start : passage.ends[last - 1]]

    def _add_person(self, mention: Mention) -> None:
        """Join a full name to somebody with this surname and a fitting given name, or to nobody known."""
        name, surname = mention.name, mention.name[-1].lower()
        for known in self._surnames.get(surname, []):
            if same_person(known.name, name) and not known.clashes(self._quoting.titles.get(mention.title)):
                self._join(known, mention)
                return
        person = self._new(mention, "person", name)
        self._surnames.setdefault(surname, []).append(person)
        self._given.setdefault(name[0].lower(), []).append(person)
        shown = self._quoting.given_names().get(plain(name[0]).split("-")[0])
        if shown:
            person.evidence.append((shown, GIVEN, f"given name {name[0]}"))

    def _add_name(self, mention: Mention) -> None:
        """Join a short name to the person or body whose name it is part of."""
        last = mention.name[-1].lower()
        if len(mention.name) == 1 or mention.title or mention.block in self._headlines:
            known = self._named(mention, last)
            if known is not None:
                self._join(known, mention)
                return
        if mention.title or mention.number in self._persons:
            entity = self._new(mention, "person", mention.name)
            self._surnames.setdefault(last, []).append(entity)
            shown = self._quoting.given_names().get(plain(mention.name[0]))
            if shown and not mention.title:
                entity.evidence.append((shown, GIVEN / 2, f"given name {mention.name[0]}"))
        else:
            self._add_body(mention)

    def _add_body(self, mention: Mention) -> None:
        """Join the name of an organisation or thing to the same name, or to what it abbreviates."""
        key = " ".join(mention.name).lower()
        known = self._bodies.get(key)
        if known is not None:
            self._join(known, mention)
            return
        body = mention.label in ("ORG", "GPE", "NORP", "FAC") or mention.name[-1].lower() in self._quoting.bodies
        self._bodies[key] = entity = self._new(mention, "organisation" if body else "other", mention.name)
        initials = "".join(word[0] for word in mention.name if word[0].isupper()).lower()
        if len(initials) > 2:
            self._bodies.setdefault(initials, entity)

    def _named(self, mention: Mention, last: str) -> Entity | None:
        """Find the person whom a surname or given name alone stands for: the one most spoken of lately."""
        gender = self._quoting.titles.get(mention.title)
        tables = [self._surnames]
        if not mention.title and mention.number in self._persons:
            tables.append(self._given)
        for names in tables:
            fitting = [known for known in names.get(last, []) if not known.clashes(gender)]
            if fitting:
                return max(fitting, key=lambda known: self._salience(known, mention))
        return None

    def _salience(self, entity: Entity, mention: Mention) -> tuple[float, int]:
        before = [self._mentions[number] for number in entity.mentions if number < mention.number]
        weight = sum(1.0 if mention.block - other.block <= NEARBY else 0.3 for other in before)
        return weight, -min(entity.mentions)

    def _add_noun(self, mention: Mention) -> None:
        """Join a description to the name beside it, to somebody described so before, or to nobody known."""
        passage = self._passages[mention.block]
        word = passage.lower[mention.head]
        author = self._author(mention, passage, word)
        if author is not None:
            self._join(author, mention)
            return
        entity = self._beside(mention, passage)
        if entity is not None:
            entity.descriptions.append(self._described_as(mention))
            entity.roles.add(word)
            self._join(entity, mention)
        else:
            entity = self._described(mention, passage, word)
            if entity is not None:
                self._join(entity, mention)
            else:
                person = word in self._quoting.roles or word.removesuffix("s") in self._quoting.roles
                entity = self._new(mention, "person" if person else "other", ())
                entity.plural = passage.tags[mention.head] == "NNS"
                entity.roles.add(word)
        gender = self._quoting.roles.get(word)
        if gender:
            entity.evidence.append((gender, ROLE, f"“{passage.words[mention.head]}”"))

    def _author(self, mention: Mention, passage: Passage, word: str) -> Entity | None:
        """Find the person whose statement, letter or book something is: "Doe's statement added"."""
        if word not in self._quoting.publications:
            return None
        for number in range(mention.number - 1, max(-1, mention.number - 3), -1):
            name = self._mentions[number]
            owned = name.kind == "name" and name.block == mention.block and passage.deps[name.head] == "poss"
            entity = self.entity(name) if owned and passage.heads[name.head] == mention.head else None
            if entity is not None and entity.kind == "person":
                return entity
        return None

    def _beside(self, mention: Mention, passage: Passage) -> Entity | None:
        """Find the name in apposition to a description: a person's to "coach", another's to "website"."""
        word = passage.lower[mention.head]
        person = word in self._quoting.roles
        if not person and word not in self._quoting.publications:
            return None
        for step in (1, -1, 2):
            number = mention.number + step
            if not 0 <= number < len(self._mentions):
                continue
            name = self._mentions[number]
            entity = self.entity(name)
            if name.kind != "name" or name.block != mention.block or entity is None:
                continue
            if person != (entity.kind == "person"):
                continue
            below = passage.deps[mention.head] == "appos" and name.first <= passage.heads[mention.head] < name.last
            above = passage.deps[name.head] == "appos" and passage.heads[name.head] == mention.head
            between = passage.lower[name.last : mention.first] if step < 0 else passage.lower[mention.last : name.first]
            far = step > 0 and between[-1:] == [","] and len(between) <= APART and self._apposed(name, passage)
            close = between == ([","] if person else []) and (step > 0 or passage.deps[mention.head] not in SUBJECTS)
            through = step > 0 and person and self._titles(between)
            if below or above or close or through or (person and far):
                return entity
        return None

    def _titles(self, between: Sequence[str]) -> bool:
        """Tell whether words only lengthen a description before a name: "governor of Ohio Jane Doe"."""
        if between[:1] == ["of"] and len(between) <= OFFICE:
            return "," not in between
        return bool(between) and all(word == "and" or word in self._quoting.roles for word in between)

    @staticmethod
    def _apposed(name: Mention, passage: Passage) -> bool:
        """Tell whether a comma closes an apposition behind a name: "his partner at Lenox, Jane Doe, said"."""
        return passage.lower[name.last : name.last + 1] == [","]

    def _described(self, mention: Mention, passage: Passage, word: str) -> Entity | None:
        """Find the last one who was described or titled with the same noun, if this one is definite."""
        first = passage.lower[mention.first]
        if first not in DEFINITE and first not in ("his", "her", "their"):
            return None
        for number in range(mention.number - 1, -1, -1):
            other = self._mentions[number]
            if other.block < mention.block - 2 * NEARBY:
                return None
            entity = self.entity(other)
            if (
                entity is not None
                and word in entity.roles
                and other.kind != "pronoun"
                and (entity.name or first == self._passages[other.block].lower[other.first] or first in DEFINITE)
            ):
                return entity
        return None


def _is_headline(passage: Passage) -> bool:
    words = [word for word in passage.words if word[:1].isalpha()]
    return passage.kind in ("title", "heading") or (
        len(words) > 3 and sum(word[0].isupper() for word in words) > CAPITALS * len(words)
    )
