"""Whom "he" and "she" stand for."""

from __future__ import annotations

from narrate.attribution.frames import Frame
from narrate.attribution.mentions import SUBJECTS, Mention
from narrate.attribution.people import Entity
from narrate.attribution.reading import Reading

BLOCKS_BACK = 6


class Pronouns:
    """Finds the entity behind a pronoun, given who has spoken so far."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._speaker = -1
        self._spoke = -1
        self._cache: dict[int, tuple[int, float]] = {}

    def spoke(self, entity: int, frame: Frame) -> None:
        """Take note of who spoke a quotation."""
        self._speaker, self._spoke = entity, frame.quotation.block

    def resolve(self, mention: Mention, frame: Frame) -> tuple[int, float]:
        """Give the number of the entity that a pronoun stands for (-1 if none fits) and how sure that is."""
        known = self._cache.get(mention.number)
        if known is None:
            known = self._cache[mention.number] = self._resolve(mention, frame)
        return known

    def _resolve(self, mention: Mention, frame: Frame) -> tuple[int, float]:
        register = self._reading.register
        gender = self._reading.quoting.pronouns.get(mention.text.lower())
        inside = {
            register.of[other.number]
            for other in self._reading.mentions
            if other.quoted == frame.number and other.number in register.of
        }
        scores: dict[int, float] = {}
        for other in reversed(self._reading.mentions[: mention.number]):
            if other.block < mention.block - BLOCKS_BACK:
                break
            entity = register.entity(other)
            if entity is None or other.quoted >= 0 or not _fits(entity, mention, gender):
                continue
            passage = self._reading.passages[other.block]
            value = 2.0 - 0.7 * (mention.block - other.block) - 0.1 * (len(scores))
            value += 0.8 * (passage.deps[other.head] in SUBJECTS) + 0.3 * (entity.gender == gender)
            value += 1.0 * (entity.number == self._speaker) - 1.5 * (entity.number in inside)
            scores[entity.number] = max(scores.get(entity.number, -9.0), value)
        if not scores:
            return -1, 0.5
        best = max(scores, key=scores.__getitem__)
        return best, 0.8


def _fits(entity: Entity, mention: Mention, gender: str | None) -> bool:
    if gender:
        return entity.kind == "person" and entity.gender in (gender, None)
    if mention.text.lower() == "it":
        return entity.kind == "organisation"
    return mention.text.lower() == "who" and entity.kind == "person"
