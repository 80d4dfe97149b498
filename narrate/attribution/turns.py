"""Whose turn it is: the labels of interviews and transcripts, and the people behind them."""

from __future__ import annotations

from collections import Counter

from narrate.attribution.entities import Entity
from narrate.attribution.people import Register

QUESTION = {"q", "question", "interviewer"}
ANSWER = {"a", "answer"}
INTERVIEWER = "Interviewer"


class Labels:
    """Finds the entity behind each label of one article; a label always stands for the same one."""

    def __init__(self, register: Register, labels: list[str]) -> None:
        self._register = register
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
        words = [word.strip(".").lower() for word in label.split()]
        people = [entity for entity in self._register.entities if entity.kind == "person" and entity.name]
        for fits in (_same, _part, _initials):
            found = [person for person in people if fits(words, [word.lower() for word in person.name])]
            if found:
                return max(found, key=lambda person: len(person.mentions))
        shown = label.title() if label.isupper() and len(label) > 3 else label
        return self._register.add_person(tuple(shown.split()), shown)

    def _principal(self, label: str) -> Entity:
        """Take the person most spoken of by the narrator whom no other label stands for."""
        taken = {entity.number for entity in self._found.values()}
        counts = Counter(
            {
                entity.number: self._register.told(entity)
                for entity in self._register.entities
                if entity.kind == "person" and entity.name and entity.number not in taken
            }
        )
        if not counts:
            return self._register.add_person((label,), label)
        return self._register.entities[counts.most_common(1)[0][0]]


def _same(label: list[str], name: list[str]) -> bool:
    return label == name


def _part(label: list[str], name: list[str]) -> bool:
    return label == name[-len(label) :] or label == name[: len(label)] or (label[-1] == name[-1] and len(name) > 1)


def _initials(label: list[str], name: list[str]) -> bool:
    return len(label) == 1 and len(name) > 1 and label[0] == "".join(word[0] for word in name)
