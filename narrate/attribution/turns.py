"""Whose turn it is: the labels of interviews and transcripts, and the people behind them."""

from __future__ import annotations

from collections.abc import Sequence

from narrate.attribution.entities import Entity
from narrate.attribution.mentions import Mention
from narrate.attribution.reading import Reading

QUESTION = {"q", "question", "interviewer"}
ANSWER = {"a", "answer"}
INTERVIEWER = "Interviewer"
PLAIN = str.maketrans("’‐‑", "'--")


class Labels:
    """Finds the entity behind each label of one article; a label always stands for the same one."""

    def __init__(self, reading: Reading) -> None:
        self._reading, self._register = reading, reading.register
        labels = [quotation.label for quotation in reading.quotations if quotation.label]
        self._first = min((q.block for q in reading.quotations if q.label), default=0)
        self._found: dict[str, Entity] = {}
        for label in dict.fromkeys(labels):
            if label.lower() not in ANSWER:
                self._found[label] = self._named(label)
        for label in dict.fromkeys(labels):
            if label.lower() in ANSWER:
                self._found[label] = self._principal(label)

    def of(self, label: str) -> Entity:
        """Give the entity behind a label."""
        return self._found[label]

    def _named(self, label: str) -> Entity:
        if label.lower() in QUESTION:
            return self._register.add_person((INTERVIEWER,), INTERVIEWER)
        words = _plain(label.split())
        people = [entity for entity in self._register.entities if entity.kind == "person" and entity.name]
        for fits in (_same, _part, _initials):
            found = [person for person in people if fits(words, _plain(person.name))]
            if found:
                return max(found, key=lambda person: len(person.mentions))
        shown = label.title() if label.isupper() and len(label) > 3 else label
        return self._register.add_person(tuple(shown.split()), shown)

    def _principal(self, label: str) -> Entity:
        """Take the person whom the words before the first turn introduce, or else whom the narrator speaks of most."""
        taken = {entity.number for entity in self._found.values()}
        free = [entity for entity in self._register.entities if entity.number not in taken]
        people = [entity for entity in free if self._is_person(entity) and self._told(entity)]
        if not people:
            return self._register.add_person((label,), label)
        introduced = [person for person in people if len(person.name) > 1 and self._told(person)[0].block < self._first]
        found = max(introduced or people, key=lambda person: len(self._told(person)))
        found.kind = "person"
        return found

    def _is_person(self, entity: Entity) -> bool:
        """Tell whether an entity is a person's name, though it may have been taken for something else's."""
        given = self._reading.quoting.given_names()
        return bool(entity.name) and (
            entity.kind == "person" or (len(entity.name) > 1 and entity.name[0].lower() in given)
        )

    def _told(self, person: Entity) -> list[Mention]:
        """List the mentions of somebody outside quotations and turns, but not as the author."""
        mentions = [self._reading.mentions[number] for number in person.mentions]
        return [mention for mention in mentions if mention.quoted < 0 and not self._signs(mention)]

    def _signs(self, mention: Mention) -> bool:
        """Tell whether a mention names the author: it is in the byline, or behind a "by" that begins its block."""
        passage = self._reading.passages[mention.block]
        return passage.kind in ("byline", "date") or passage.lower[: mention.first][-3:][:1] == ["by"]


def _plain(words: Sequence[str]) -> list[str]:
    """Bring the words of a name to one form: lower case, plain hyphens and apostrophes."""
    return [word.strip(".@").lower().translate(PLAIN) for word in words]


def _same(label: list[str], name: list[str]) -> bool:
    return label == name


def _part(label: list[str], name: list[str]) -> bool:
    return label == name[-len(label) :] or label == name[: len(label)] or (label[-1] == name[-1] and len(name) > 1)


def _initials(label: list[str], name: list[str]) -> bool:
    return len(label) == 1 and len(name) > 1 and label[0] == "".join(word[0] for word in name)
