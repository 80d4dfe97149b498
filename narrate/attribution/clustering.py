"""Mentions gathered into people and bodies.

Names are joined by their words: full names first, then a surname or given name alone, with
"Mrs" vetoing a man. Headlines come last: there every word has a capital. Descriptions are joined
when all names are known.
"""

from __future__ import annotations

from collections.abc import Sequence

from narrate.attribution.descriptions import Descriptions
from narrate.attribution.entities import GIVEN, Entity
from narrate.attribution.mentions import Mention
from narrate.attribution.naming import persons, plain, same_person
from narrate.attribution.passages import Passage
from narrate.attribution.people import Register
from narrate.languages import Quoting

BEFORE_NAME = {"NN", "NNS", "NNP", "JJ", "VBN", "HYPH"}
"""Tags of what may describe a person right before the name."""
HEADLINE_NAME = 2
"""Words of a name from a headline: there every word has a capital, and longer ones are whole sentences."""
CAPITALS = 0.7
"""Share of words with a capital from which a block is a headline."""
ACRONYM = 3
"""Letters of the shortest acronym that stands for a longer name."""
BODIES = ("ORG", "GPE", "NORP", "FAC")
"""Labels of names that may speak as one."""


def gather(mentions: Sequence[Mention], passages: Sequence[Passage], quoting: Quoting) -> Register:
    """Find out who is who in an article: names first, then what describes them."""
    register = Register(mentions, passages, quoting)
    names = _Names(register)
    names.join()
    descriptions = Descriptions(register)
    for mention in mentions:
        if mention.kind == "noun":
            descriptions.join(mention)
    return register


class _Names:
    """Joins the names of one article."""

    def __init__(self, register: Register) -> None:
        self._register, self._quoting = register, register.quoting
        self._passages = register.passages
        self._surnames: dict[str, list[Entity]] = {}
        self._given: dict[str, list[Entity]] = {}
        self._bodies: dict[str, Entity] = {}
        self._headlines = {passage.block for passage in register.passages if _is_headline(passage)}
        self._names = [mention for mention in register.mentions if mention.kind == "name" and mention.name]
        self._persons = persons(self._names, register.passages, register.quoting)
        self._shared = self._couples()

    def join(self) -> None:
        """Join full names of people, then all other names."""
        for mention in self._names:
            in_headline = mention.block in self._headlines and len(mention.name) > HEADLINE_NAME
            full = len(mention.name) > 1 or mention.number in self._shared
            if mention.number in self._persons and full and not in_headline:
                self._person(mention)
        for mention in self._names:
            if mention.number not in self._register.of:
                self._short(mention)

    def _couples(self) -> dict[int, str]:
        """Find given names that share the surname behind "and": "Isabel and Joel Hallam"."""
        shared = {}
        for one, other in zip(self._names, self._names[1:], strict=False):
            together = one.block == other.block and self._passages[one.block].lower[one.last : other.first]
            given = len(one.name) == 1 and plain(one.name[0]) in self._quoting.given_names() and not one.title
            if together == ["and"] and given and len(other.name) == 2 and {one.number, other.number} <= self._persons:
                shared[one.number] = other.name[-1]
        return shared

    def _person(self, mention: Mention) -> None:
        """Join a full name to somebody with this surname and a fitting given name, or to nobody known."""
        lent = self._shared.get(mention.number)
        name = (*mention.name, lent) if lent else mention.name
        surname = name[-1].lower()
        gender = self._quoting.titles.get(mention.title)
        for known in self._surnames.get(surname, []):
            if same_person(known.name, name) and not known.clashes(gender, mention.title):
                self._join(known, mention)
                return
        person = self._register.add(mention, "person", name)
        person.printed = " ".join(name) if lent else mention.text
        self._describe(person, mention)
        self._surnames.setdefault(surname, []).append(person)
        self._given.setdefault(name[0].lower(), []).append(person)
        self._register.show_given_name(person, GIVEN)

    def _short(self, mention: Mention) -> None:
        """Join a short name to the person or body whose name it is part of."""
        last = mention.name[-1].lower()
        if len(mention.name) == 1 or mention.title or mention.block in self._headlines:
            known = self._named(mention, last)
            if known is not None:
                self._join(known, mention)
                return
        if not mention.title and mention.number not in self._persons:
            self._body(mention)
            return
        entity = self._register.add(mention, "person", mention.name)
        self._describe(entity, mention)
        self._surnames.setdefault(last, []).append(entity)
        if not mention.title:
            self._register.show_given_name(entity, GIVEN / 2)

    def _named(self, mention: Mention, last: str) -> Entity | None:
        """Find whom a surname or given name alone stands for: one of this gender, the one most spoken of lately."""
        gender = self._quoting.titles.get(mention.title)
        tables = [self._surnames]
        if not mention.title and mention.number in self._persons:
            tables.append(self._given)
        for names in tables:
            fitting = [known for known in names.get(last, []) if not known.clashes(gender, mention.title)]
            if fitting:
                known = [one for one in fitting if gender and one.gender == gender] or fitting
                return max(known, key=lambda one: self._register.salience(one, mention))
        return None

    def _body(self, mention: Mention) -> None:
        """Join the name of an organisation or thing to the same name, or to what it abbreviates."""
        key = " ".join(mention.name).lower()
        known = self._bodies.get(key)
        if known is not None:
            self._join(known, mention)
            return
        body = mention.label in BODIES or mention.name[-1].lower() in self._quoting.bodies
        self._bodies[key] = entity = self._register.add(mention, "organisation" if body else "other", mention.name)
        entity.printed = mention.text
        initials = "".join(word[0] for word in mention.name if word[0].isupper()).lower()
        if len(initials) >= ACRONYM:
            self._bodies.setdefault(initials, entity)

    def _join(self, entity: Entity, mention: Mention) -> None:
        """Let a name belong to an entity, which takes it over if it is fuller."""
        fuller = len(mention.text) > len(entity.printed) and entity.name[-1:] == mention.name[-1:]
        if fuller and not (mention.block in self._headlines and entity.printed):
            entity.name, entity.printed = mention.name, mention.text
        self._register.join(entity, mention)
        if entity.kind == "person":
            self._describe(entity, mention)

    def _describe(self, entity: Entity, mention: Mention) -> None:
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


def _is_headline(passage: Passage) -> bool:
    words = [word for word in passage.words if word[:1].isalpha()]
    return passage.kind in ("title", "heading") or (
        len(words) > 3 and sum(word[0].isupper() for word in words) > CAPITALS * len(words)
    )
