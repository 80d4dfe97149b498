"""Who says what: each quotation in turn is judged speech or not, and given its most likely speaker."""

from __future__ import annotations

from dataclasses import dataclass

from narrate.attribution.candidates import Candidate, Candidates
from narrate.attribution.frames import Frame
from narrate.attribution.mentions import Mention
from narrate.attribution.pronouns import Pronouns
from narrate.attribution.reading import Reading
from narrate.attribution.speech import features as speech_features
from narrate.attribution.weights import load, logistic, score, softmax

SPEECH = 0.6
"""Probability from which a quotation counts as speech, set on PolNeAR dev: as many scare quotes
refused as speech missed."""


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

    @property
    def is_speech(self) -> bool:
        """Whether it is more likely said than not."""
        return self.speech >= SPEECH


def decide(reading: Reading) -> tuple[Decision, ...]:
    """Judge every quotation of an article, from the first to the last."""
    weights = load()
    candidates = Candidates(reading.passages, reading.mentions, reading.register, reading.frames, reading.quoting)
    pronouns = Pronouns(reading)
    decisions: list[Decision] = []
    previous: tuple[Frame, int, Mention | None] | None = None
    for frame in reading.frames:
        if frame.quotation.kind == "turn":
            speech = 1.0
        else:
            speech = logistic(score(speech_features(frame, reading.quoting), weights["speech"]))
        if speech < SPEECH:
            decisions.append(Decision(frame, speech, None, -1, 1.0, ""))
            continue
        found = candidates.of(frame, previous)
        chances = softmax([score(candidate.features, weights["speaker"]) for candidate in found])
        decision = _choose(frame, speech, found, chances, pronouns)
        decisions.append(decision)
        if decision.mention is not None:
            previous = (frame, decision.entity, decision.mention)
            pronouns.spoke(decision.entity, frame)
    return tuple(decisions)


def _choose(
    frame: Frame, speech: float, found: list[Candidate], chances: list[float], pronouns: Pronouns
) -> Decision:
    """Take the most likely candidate, and whom it stands for."""
    best = max(range(len(found)), key=chances.__getitem__)
    candidate, chance = found[best], chances[best]
    mention, entity = candidate.mention, candidate.entity
    if mention is not None and entity < 0:
        entity, sure = pronouns.resolve(mention, frame)
        chance *= sure
    why = "continues" if candidate.previous else (candidate.features[0] if mention is not None else "nobody named")
    return Decision(frame, speech, mention, entity, chance, why)
