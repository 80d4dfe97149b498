"""Who says what: each quotation in turn is judged speech or not, and given its most likely speaker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

from narrate.attribution.antecedents import NOBODY
from narrate.attribution.candidates import Candidate, Candidates, Previous
from narrate.attribution.dialogue import answers, exchanges
from narrate.attribution.frames import Frame
from narrate.attribution.mentions import Mention
from narrate.attribution.pronouns import Pronouns
from narrate.attribution.reading import Reading
from narrate.attribution.reasons import reason
from narrate.attribution.speech import said
from narrate.attribution.turns import Labels
from narrate.attribution.weights import load, logistic, score, softmax

TEMPER, TEMPER_PRONOUN = 0.8, 0.6
"""Factors on the log-odds of a choice, so that what is called 95 % sure is right so often: benchmarks/attribution.md.
Pronouns are less sure than they look: whom they stand for was learnt from few articles."""

SPEECH = 0.6
"""Probability from which a quotation counts as speech, set on PolNeAR dev: one scare quote in ten is then taken for it,
and in articles of other kinds, whose scare quotes are more and stranger, one in seven."""

LABELLED = 0.97
"""Confidence in the label of a turn; what is left is labels that name nobody in the article."""
BLOCK = 0.9
"""Probability that a block quotation, or a paragraph of a dialogue, is somebody's words."""
ALTERNATES = 0.8
"""Confidence that two people alternate in a dialogue without tags."""
LEAST = 1e-6
"""Probability that is left for whoever is not the speaker, at least."""
FAINT = 0.02
"""Probability below which it is not worth knowing whom a pronoun stands for."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was found out about one quotation."""

    frame: Frame
    speech: float
    """Probability that somebody said it."""
    mention: Mention | None
    """The words that name the speaker; None for nobody."""
    entity: int
    """Number of the speaker in the register, -1 for nobody known."""
    confidence: float
    """Probability that the entity is the right one, given that it is speech."""
    why: str
    given: bool = False
    """Whether somebody told so by hand."""

    @property
    def is_speech(self) -> bool:
        """Whether it is more likely said than not."""
        return self.speech >= SPEECH


def decide(reading: Reading) -> tuple[Decision, ...]:
    """Judge every quotation of an article, from the first to the last."""
    return tuple(_Decider(reading).decisions())


class _Decider:
    """Goes through one article and remembers who has spoken."""

    def __init__(self, reading: Reading) -> None:
        self._reading, self._weights = reading, load()
        self._candidates = Candidates(reading)
        self._pronouns = Pronouns(reading, self._weights["pronoun"])
        self._labels = Labels(reading)
        self._exchanges = exchanges(reading)
        self._previous: Previous | None = None
        self._spoken: list[tuple[int, Mention | None]] = []

    def decisions(self) -> Iterator[Decision]:
        """Decide one quotation after the other."""
        for frame in self._reading.frames:
            decision = self._decide(frame)
            if decision.mention is not None or frame.quotation.kind == "turn":
                self._previous = (frame, decision.entity, decision.mention)
                self._spoken.append((decision.entity, decision.mention))
                self._pronouns.spoke(decision.entity, frame.quotation.block)
            yield decision

    def _decide(self, frame: Frame) -> Decision:
        quotation = frame.quotation
        if quotation.kind == "turn":
            speaker = self._labels.of(quotation.label).number
            return Decision(frame, 1.0, None, speaker, LABELLED, f"label “{quotation.label}”")
        speech = BLOCK if quotation.kind == "block" else said(frame, self._reading.quoting)
        if frame.number in self._exchanges:
            answer = answers(frame, self._spoken, self._reading)
            if answer is not None:
                return Decision(
                    frame, max(speech, BLOCK), answer[1], answer[0], ALTERNATES, "answers what was said before"
                )
        if speech < SPEECH:
            return Decision(frame, speech, None, -1, 1.0, "")
        found = self._candidates.of(frame, self._previous)
        chances = softmax([score(candidate.features, self._weights["speaker"]) for candidate in found])
        return self._choose(frame, speech, found, chances)

    def _choose(self, frame: Frame, speech: float, found: list[Candidate], chances: list[float]) -> Decision:
        """Take the most likely speaker: candidates that stand for the same one count together."""
        mass: dict[int, float] = {}
        shares = [self._shares(number, candidate, chances[number]) for number, candidate in enumerate(found)]
        for share, chance in zip(shares, chances, strict=True):
            for entity, part in share.items():
                mass[entity] = mass.get(entity, 0.0) + chance * part
        entity = max(mass, key=mass.__getitem__)
        best = max(range(len(found)), key=lambda number: chances[number] * shares[number].get(entity, 0.0))
        mention = found[best].mention
        temper = TEMPER_PRONOUN if mention is not None and mention.kind == "pronoun" else TEMPER
        sure = logistic(temper * log(mass[entity] / max(1 - mass[entity], LEAST)))
        return Decision(frame, speech, mention, max(entity, -1), sure, reason(found[best], self._reading))

    def _shares(self, number: int, candidate: Candidate, chance: float) -> dict[int, float]:
        """Say whom a candidate stands for, with what probability: entities, or below -1 somebody unknown of its own."""
        stranger = -2 - number
        if candidate.entity >= 0:
            return {candidate.entity: 1.0}
        if candidate.mention is None or chance < FAINT:
            return {stranger: 1.0}
        shares = dict(self._pronouns.resolve(candidate.mention))
        shares[stranger] = shares.pop(NOBODY, 0.0) if shares else 1.0
        return shares
