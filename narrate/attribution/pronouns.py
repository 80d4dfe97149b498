"""Whom "he" and "she" stand for: each pronoun in turn is weighed between those mentioned before it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from narrate.attribution.mentions import SUBJECTS, Mention
from narrate.attribution.people import PRONOUN, Entity
from narrate.attribution.reading import Reading
from narrate.attribution.weights import Weights, score, softmax
from narrate.model import Gender

ROLES = {"subject": "subject", "passive": "subject", "according": "subject", "by": "subject", "poss": "possessor"}
"""What a mention does in its sentence → how likely a pronoun takes it up."""
BLOCKS_BACK = 5
"""Blocks before a pronoun in which its person is looked for; farther back a name is used again."""
NEAR = 2
"""Blocks before "it" or "they" in which their body is looked for."""
WRITERS = {
    "report",
    "letter",
    "company",
    "union",
    "ministry",
    "group",
    "council",
    "charity",
    "firm",
    "team",
    "statement",
    "study",
    "paper",
    "board",
    "club",
    "bank",
    "agency",
    "commission",
    "committee",
    "website",
    "newspaper",
}
"""Nouns for what may speak without having a name."""
SURE = 0.7
"""Probability from which a pronoun tells the gender of somebody whose gender nothing else shows."""


@dataclass(slots=True)
class _Trace:
    """What the article has shown of an entity so far."""

    first: int
    """Block of its first mention."""
    block: int = -1
    sentence: int = -1
    role: str = ""
    kind: str = ""
    count: int = 0
    number: int = -1
    leads: int = -1
    """Last block in which it was the first subject."""


class Pronouns:
    """Resolves the pronouns of one article, from the first to the last."""

    def __init__(self, reading: Reading, weights: Weights) -> None:
        self._reading = reading
        self._weights = weights
        self._traces: dict[int, _Trace] = {}
        self._people = 0
        self._at = 0
        self._speakers: list[tuple[int, int]] = []
        """Entity and block of whoever has spoken, in order."""
        self._led = -1
        """Last block in which a subject was met."""
        self._chain: dict[Gender, tuple[int, int]] = {}
        """Gender → entity and block of the last pronoun of that gender."""
        self._inside: dict[int, set[int]] = {}
        for mention in reading.mentions:
            if mention.quoted >= 0 and mention.number in reading.register.of:
                self._inside.setdefault(mention.quoted, set()).add(reading.register.of[mention.number])
        self._frames = [(frame.quotation.block, frame.first) for frame in reading.frames]

    def spoke(self, entity: int, block: int) -> None:
        """Take note of who spoke a quotation."""
        self._speakers.append((entity, block))

    def resolve(self, mention: Mention) -> Mapping[int, float]:
        """Give the entities that a pronoun may stand for, with their probabilities; {} if nobody fits."""
        self._advance(mention.number)
        return self._weigh(mention)

    def _advance(self, number: int) -> None:
        """Take note of all mentions before one."""
        for mention in self._reading.mentions[self._at : number]:
            self.pass_by(mention)
        self._at = max(self._at, number)

    def pass_by(self, mention: Mention) -> None:
        """Take note of a mention outside quotations: who it is, or most likely stands for."""
        if mention.quoted >= 0:
            return
        entity = self._reading.register.entity(mention)
        if entity is None:
            chances = self._weigh(mention)
            if not chances:
                return
            best = max(chances, key=chances.__getitem__)
            entity = self._reading.register.entities[best]
            gender = self.gender(mention)
            if gender:
                self._chain[gender] = (best, mention.block)
                if chances[best] >= SURE and entity.gender is None:
                    entity.evidence.append((gender, PRONOUN, f"“{mention.text.lower()}”"))
        self._note(entity, mention)

    def take(self, mention: Mention, entity: Entity) -> None:
        """Take note that a pronoun stands for an entity, as somebody who knows says."""
        gender = self.gender(mention)
        if gender:
            self._chain[gender] = (entity.number, mention.block)
        self._note(entity, mention)

    def _note(self, entity: Entity, mention: Mention) -> None:
        passage = self._reading.passages[mention.block]
        trace = self._traces.setdefault(entity.number, _Trace(mention.block))
        trace.block, trace.sentence = mention.block, passage.sentences[mention.head]
        told = self._reading.traits[mention.number].role
        trace.role = ROLES.get(told, "other")
        if trace.role == "subject" and mention.block > self._led and entity.kind == "person":
            self._led = trace.leads = mention.block
        trace.kind = mention.kind
        trace.count += 1
        trace.number = mention.number
        self._people += entity.kind == "person"

    def gender(self, mention: Mention) -> Gender:
        """Tell the gender that a pronoun shows."""
        return self._reading.quoting.pronouns.get(mention.text.lower())

    def _weigh(self, mention: Mention) -> dict[int, float]:
        word = mention.text.lower()
        if word == "who":
            return self._antecedent(mention)
        gender = self.gender(mention)
        if not gender:
            return self._body(mention) if word in ("it", "they") else {}
        found = self.describe(mention, gender)
        chances = softmax([score(features, self._weights) for features in found.values()])
        return dict(zip(found, chances, strict=True))

    def _antecedent(self, mention: Mention) -> dict[int, float]:
        """Give whoever stands right before "who"."""
        passage = self._reading.passages[mention.block]
        for other in self._reading.mentions[max(0, mention.number - 3) : mention.number][::-1]:
            entity = self._reading.register.entity(other)
            if entity is None or other.block != mention.block:
                continue
            verb = passage.heads[mention.head]
            direct = passage.deps[verb] == "relcl" and other.first <= passage.heads[verb] < other.last
            if direct or mention.first - other.last <= 1:
                return {entity.number: 0.9}
        return {}

    def _body(self, mention: Mention) -> dict[int, float]:
        """Give the body, paper or group, or with "they" the person, that was a subject or spoke last."""
        passage, several = self._reading.passages[mention.block], mention.text.lower() == "they"
        best: dict[int, float] = {}
        for number, trace in self._traces.items():
            entity = self._reading.register.entities[number]
            gap = mention.block - trace.block
            one = entity.kind == "person" and not entity.plural
            if gap > NEAR or (one and (not several or entity.gender)) or (entity.plural and not several):
                continue
            here = gap == 0 and trace.sentence < passage.sentences[mention.head]
            spoke = any(speaker == number for speaker, _ in self._speakers[-2:])
            worthy = bool(entity.name) or bool(entity.roles & WRITERS)
            value = 2.0 * (trace.role == "subject") + 1.5 * (here and trace.role == "subject") + 2.0 * spoke
            best[number] = value + 1.5 * worthy - 1.5 * gap - 0.05 * (mention.number - trace.number)
        chances = softmax(list(best.values()))
        return dict(zip(best, chances, strict=True))

    def describe(self, mention: Mention, gender: Gender) -> dict[int, list[str]]:
        """Name what speaks for and against each person whom a pronoun of this gender may stand for."""
        register, passage = self._reading.register, self._reading.passages[mention.block]
        sentence = passage.sentences[mention.head]
        fitting = [
            (number, trace)
            for number, trace in self._traces.items()
            if mention.block - trace.block <= BLOCKS_BACK
            and register.entities[number].kind == "person"
            and not register.entities[number].plural
            and not register.entities[number].clashes(gender)
        ]
        fitting.sort(key=lambda pair: -pair[1].number)
        frame = self._frame(mention)
        inside = self._inside.get(frame, set()) | self._inside.get(frame + 1, set()) if frame >= 0 else set()
        dep = passage.deps[mention.head]
        verb = passage.lower[passage.heads[mention.head]]
        role = (
            "cue" if dep in SUBJECTS and verb in self._reading.quoting.forms else "subject" if dep in SUBJECTS else "x"
        )
        crowd = min(len(fitting), 3)
        most = max((trace.count for _, trace in fitting), default=0)
        found: dict[int, list[str]] = {}
        for rank, (number, trace) in enumerate(fitting, 1):
            distance = self._distance(trace, mention.block, sentence)
            entity = register.entities[number]
            near = f"{distance}|{min(rank, 3)}"
            features = [
                distance,
                near,
                f"{role}|{distance}",
                f"{distance}|{trace.role}",
                f"{near}|{trace.role}",
                f"{distance}|{trace.kind}",
                f"{trace.role}|{role}",
                f"rank{min(rank, 3)}|{crowd}",
                f"named{bool(entity.name)}",
                f"named{bool(entity.name)}|{distance}",
                f"gender{entity.gender == gender}",
                f"count{min(trace.count, 5)}",
            ]
            if trace.count == most:
                features += ["most", f"most|{distance}", f"most|{crowd}"]
            if trace.leads >= 0 and mention.block - trace.leads < 2:
                features += [f"leads|{mention.block - trace.leads}", f"leads|{distance}"]
            if trace.first == trace.block:
                features.append(f"new|{distance}")
            if number in inside:
                features += ["inside", f"inside|{distance}"]
            features += self._spoken(number, mention.block, distance)
            found[number] = features
        return found

    def _spoken(self, number: int, block: int, distance: str) -> list[str]:
        """Name what the speakers so far and the last pronoun say for an entity."""
        features = []
        if self._speakers:
            speaker, spoke = self._speakers[-1]
            gap = min(block - spoke, 3)
            features.append(f"speaker{speaker == number}|{gap}")
            features.append(f"speaker{speaker == number}|{distance}")
            if len(self._speakers) > 1 and self._speakers[-2][0] == number:
                features.append(f"before-last|{min(block - self._speakers[-2][1], 3)}")
        for gender, (other, at) in self._chain.items():
            if other == number and gender:
                features.append(f"chain|{min(block - at, 3)}")
        return features

    def _frame(self, mention: Mention) -> int:
        """Find the quotation before a mention in its block, -1 if none."""
        at = bisect_right(self._frames, (mention.block, mention.first)) - 1
        return at if at >= 0 and self._frames[at][0] == mention.block else -1

    @staticmethod
    def _distance(trace: _Trace, block: int, sentence: int) -> str:
        if trace.block < block:
            return f"b{min(block - trace.block, 4)}"
        return f"s{min(max(sentence - trace.sentence, 0), 2)}"
