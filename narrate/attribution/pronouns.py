"""Whom "he", "she", "it" and "they" stand for: each pronoun is weighed between those mentioned before it."""

from __future__ import annotations

from collections.abc import Mapping

from narrate.attribution.anaphora import Anaphora
from narrate.attribution.antecedents import NOBODY, antecedents
from narrate.attribution.entities import PRONOUN, Entity
from narrate.attribution.memory import Memory
from narrate.attribution.mentions import Mention
from narrate.attribution.reading import Reading
from narrate.attribution.weights import Weights, score, softmax

SURE = 0.7
"""Probability from which a pronoun tells the gender of somebody whose gender nothing else shows."""
WHO = 0.9
"""Probability that "who" stands for what is right before it."""
RESOLVED = {"he", "she", "it", "they"}


class Pronouns:
    """Resolves the pronouns of one article, from the first to the last."""

    def __init__(self, reading: Reading, weights: Weights) -> None:
        self._reading, self._weights = reading, weights
        self.anaphora, self.memory, self._at = Anaphora(reading), Memory(), 0

    def spoke(self, entity: int, block: int) -> None:
        """Take note of who spoke a quotation."""
        self.memory.spoke(entity, block)

    def resolve(self, mention: Mention) -> Mapping[int, float]:
        """Give the entities that a pronoun may stand for, with their probabilities; {} if nobody fits."""
        for before in self._reading.mentions[self._at : mention.number]:
            self.pass_by(before)
        self._at = max(self._at, mention.number)
        return self._weigh(mention)

    def pass_by(self, mention: Mention) -> None:
        """Take note of a mention outside quotations: who it is, or most likely stands for."""
        if mention.quoted >= 0:
            return
        entity = self._reading.register.entity(mention)
        if entity is not None:
            self._note(mention, entity)
            return
        chances = self._weigh(mention)
        best = max(chances, key=chances.__getitem__, default=NOBODY)
        if best == NOBODY:
            return
        entity = self._reading.register.entities[best]
        self.take(mention, entity)
        gender = self.anaphora.gender(mention)
        if gender and chances[best] >= SURE and entity.gender in (None, gender):
            entity.evidence.append((gender, PRONOUN, f"“{mention.text.lower()}”"))

    def take(self, mention: Mention, entity: Entity) -> None:
        """Take note that a pronoun stands for an entity."""
        self.memory.take(mention.text.lower(), entity.number, mention.block)
        self._note(mention, entity)

    def _note(self, mention: Mention, entity: Entity) -> None:
        self.memory.note(entity, mention, self.anaphora.place(mention), self.anaphora.role(mention))

    def describe(self, mention: Mention, blind: bool = False) -> Mapping[int, list[str]]:
        """Name what speaks for each entity that a pronoun may stand for; `blind` to genders."""
        return antecedents(self.anaphora.lay(mention), self.memory, self._reading.register, blind)

    def _weigh(self, mention: Mention) -> dict[int, float]:
        word = mention.text.lower()
        if word == "who":
            return self._before_who(mention)
        found = self.describe(mention) if word in RESOLVED else {}
        chances = softmax([score(features, self._weights) for features in found.values()])
        return dict(zip(found, chances, strict=True))

    def _before_who(self, mention: Mention) -> dict[int, float]:
        """Give whoever stands right before "who"."""
        passage = self._reading.passages[mention.block]
        for other in self._reading.mentions[max(0, mention.number - 3) : mention.number][::-1]:
            entity = self._reading.register.entity(other)
            if entity is None or other.block != mention.block:
                continue
            verb = passage.heads[mention.head]
            direct = passage.deps[verb] == "relcl" and other.first <= passage.heads[verb] < other.last
            if direct or mention.first - other.last <= 1:
                return {entity.number: WHO}
        return {}
