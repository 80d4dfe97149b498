"""The register of an article: its people, bodies and things, and which of them each mention names."""

from __future__ import annotations

from collections.abc import Sequence

from narrate.attribution.entities import GIVEN, TITLE, Entity, Kind
from narrate.attribution.mentions import Mention
from narrate.attribution.naming import plain
from narrate.attribution.passages import Passage
from narrate.languages import Quoting

NEARBY = 6
"""Blocks within which a name that was just used is likelier meant than one used long before."""
LONG_AGO = 0.3
"""What a use of a name farther back counts, beside one nearby."""
SEVERAL = {"NNS", "NNPS"}


class Register:
    """The entities of an article, and to which of them each mention belongs."""

    def __init__(self, mentions: Sequence[Mention], passages: Sequence[Passage], quoting: Quoting) -> None:
        self.entities: list[Entity] = []
        self.of: dict[int, int] = {}
        """Number of a mention → number of its entity; pronouns are not in it."""
        self.mentions, self.passages, self.quoting = mentions, passages, quoting

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
        return sum(self.mentions[number].quoted < 0 for number in entity.mentions)

    def salience(self, entity: Entity, mention: Mention) -> tuple[float, int]:
        """Weigh how likely a mention means an entity by how often it was named before, lately and at all."""
        before = [self.mentions[number] for number in entity.mentions if number < mention.number]
        near = sum(1.0 if mention.block - other.block <= NEARBY else LONG_AGO for other in before)
        return near, -min(entity.mentions, default=0)

    def name(self, number: int) -> str:
        """Name an entity as a programme would: its fullest name, or its fullest description; "" for none."""
        if number < 0:
            return ""
        entity = self.entities[number]
        texts = [self.mentions[mention].text for mention in entity.mentions]
        return entity.printed or " ".join(entity.name) or max(texts, key=len, default="")

    def add(self, mention: Mention, kind: Kind, name: tuple[str, ...] = ()) -> Entity:
        """Add an entity that was not mentioned before."""
        entity = Entity(len(self.entities), kind, name)
        self.entities.append(entity)
        return self.join(entity, mention)

    def add_person(self, name: tuple[str, ...], printed: str) -> Entity:
        """Add a person whom only a label names."""
        person = Entity(len(self.entities), "person", name, printed)
        self.show_given_name(person, GIVEN)
        self.entities.append(person)
        return person

    def join(self, entity: Entity, mention: Mention) -> Entity:
        """Let a mention belong to an entity, with the gender that its title shows."""
        self.of[mention.number] = entity.number
        entity.mentions.append(mention.number)
        gender = self.quoting.titles.get(mention.title)
        if mention.title:
            entity.titles.add(mention.title)
        if gender:
            entity.evidence.append((gender, TITLE, f"title {mention.title.capitalize()}"))
        return entity

    def show_given_name(self, person: Entity, weight: float) -> None:
        """Let a person's given name show the gender, if most who bear it are of one."""
        shown = self.quoting.given_names().get(plain(person.name[0]).split("-")[0])
        if shown:
            person.evidence.append((shown, weight, f"given name {person.name[0]}"))
