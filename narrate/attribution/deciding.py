"""Who says what: each quotation in turn is judged speech or not, and given its most likely speaker."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from narrate.attribution.candidates import Candidate, Candidates
from narrate.attribution.frames import Frame
from narrate.attribution.mentions import Mention
from narrate.attribution.pronouns import Pronouns
from narrate.attribution.reading import Reading
from narrate.attribution.speech import said
from narrate.attribution.turns import Labels
from narrate.attribution.weights import load, logistic, score, softmax

WHERE = {
    "lead": "leads in",
    "tail": "follows",
    "ptail": "stands before",
    "pre": "in the sentence before",
    "post": "in the sentence after",
    "nlead": "leads into the next",
    "far-before": "before, in the same paragraph",
    "far-after": "after, in the same paragraph",
    "back1": "one paragraph before",
    "back2": "two paragraphs before",
    "back3": "some paragraphs before",
    "next": "in the next paragraph",
}
"""Region of a candidate → words for a reader."""

TEMPER = 0.8
"""Factor on the log-odds of a choice: on PolNeAR dev, choices of 99 % were right in 96 of 100 cases."""

SPEECH = 0.5
"""Probability from which a quotation counts as speech: on PolNeAR dev, one scare quote in ten is then taken for it."""

LABELLED = 0.97
"""Confidence in the label of a turn; what is left is labels that name nobody in the article."""
BLOCK = 0.9
"""Probability that a block quotation is somebody's words."""
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
    weights = load()
    candidates = Candidates(reading)
    pronouns = Pronouns(reading, weights.get("pronoun", {}))
    labels = Labels(reading)
    decisions: list[Decision] = []
    previous: tuple[Frame, int, Mention | None] | None = None
    for frame in reading.frames:
        if frame.quotation.kind == "turn":
            speaker = labels.of(frame.quotation.label).number
            decisions.append(Decision(frame, 1.0, None, speaker, LABELLED, f"label “{frame.quotation.label}”"))
            previous = (frame, speaker, None)
            pronouns.spoke(speaker, frame.quotation.block)
            continue
        speech = BLOCK if frame.quotation.kind == "block" else said(frame, reading.quoting)
        if speech < SPEECH:
            decisions.append(Decision(frame, speech, None, -1, 1.0, ""))
            continue
        found = candidates.of(frame, previous)
        chances = softmax([score(candidate.features, weights["speaker"]) for candidate in found])
        decision = _choose(frame, speech, found, chances, pronouns, reading)
        decisions.append(decision)
        if decision.mention is not None:
            previous = (frame, decision.entity, decision.mention)
            pronouns.spoke(decision.entity, frame.quotation.block)
    return tuple(decisions)


def _choose(
    frame: Frame,
    speech: float,
    found: list[Candidate],
    chances: list[float],
    pronouns: Pronouns,
    reading: Reading,
) -> Decision:
    """Take the most likely speaker: candidates that stand for the same one count together."""
    mass: dict[int, float] = {}
    stand: dict[int, dict[int, float]] = {}
    for number, (candidate, chance) in enumerate(zip(found, chances, strict=True)):
        stands = {candidate.entity: 1.0} if candidate.entity >= 0 else {}
        if not stands and candidate.mention is not None and chance >= FAINT:
            stands = dict(pronouns.resolve(candidate.mention))
        stands = stands or {-2 - number: 1.0}
        stand[number] = stands
        for entity, share in stands.items():
            mass[entity] = mass.get(entity, 0.0) + chance * share
    entity = max(mass, key=mass.__getitem__)
    best = max(stand, key=lambda number: chances[number] * stand[number].get(entity, 0.0))
    candidate = found[best]
    sure = logistic(TEMPER * log(mass[entity] / max(1 - mass[entity], 1e-6)))
    return Decision(frame, speech, candidate.mention, max(entity, -1), sure, reason(candidate, frame, reading))


def reason(candidate: Candidate, frame: Frame, reading: Reading) -> str:
    """Say for a person how a speaker was found: the words that show it and where they stand."""
    mention = candidate.mention
    if candidate.previous:
        return "goes on after the quotation before"
    if mention is None:
        return "nobody is named"
    told, passage = reading.traits[mention.number], reading.passages[mention.block]
    verb = f" {passage.words[told.verb_at]}" if told.verb_at >= 0 and told.role in ("subject", "passive") else ""
    words = "according to " * (told.role == "according") + mention.text + verb
    return f"“{words}” {WHERE.get(candidate.features[0], 'nearby')}"
