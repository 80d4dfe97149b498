"""What a reader of an article remembers at one point: who was mentioned, how, and who spoke last."""

from __future__ import annotations

from dataclasses import dataclass, field

from narrate.attribution.entities import Entity
from narrate.attribution.mentions import Mention

Place = tuple[int, int]
"""Block, and sentence within what the block narrates."""
NOWHERE: Place = (-1, -1)


@dataclass(frozen=True, slots=True)
class Trace:
    """What the article has shown of an entity so far."""

    first: int
    """Block of its first mention."""
    at: Place = NOWHERE
    role: str = ""
    """What it did in its last sentence."""
    kind: str = ""
    """What kind of words its last mention was."""
    count: int = 0
    number: int = -1
    """Its last mention."""
    led: Place = NOWHERE
    """Where it last was the subject of a main clause."""
    opened: int = -1
    """Last block of which it was the first subject."""


@dataclass(slots=True)
class Memory:
    """Traces of all entities, the last speakers, and whom each pronoun last stood for."""

    traces: dict[int, Trace] = field(default_factory=dict)
    speakers: tuple[tuple[int, int], ...] = ()
    """Entity and block of the last two who spoke."""
    taken: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Pronoun → entity that it last stood for, and the block."""
    opened: int = -1
    """Last block in which a subject was met."""
    led: tuple[int, Place] = (-1, NOWHERE)
    """The person who last was the subject of a main clause, and where."""
    turned: bool = False
    """Whether that was after the last quotation, and not its speaker."""

    def spoke(self, entity: int, block: int) -> None:
        """Take note of who spoke a quotation."""
        self.speakers, self.turned = (*self.speakers[-1:], (entity, block)), False

    def note(self, entity: Entity, mention: Mention, at: Place, role: str) -> None:
        """Take note of a mention of an entity."""
        trace = self.traces.get(entity.number, Trace(mention.block))
        subject, person = role in ("main", "subject"), entity.kind == "person"
        opens = subject and person and mention.block > self.opened
        if opens:
            self.opened = mention.block
        if role == "main" and person:
            self.led = entity.number, at
            self.turned = bool(self.speakers) and self.speakers[-1][0] != entity.number
        self.traces[entity.number] = Trace(
            first=trace.first,
            at=at,
            role=role,
            kind=mention.kind,
            count=trace.count + 1,
            number=mention.number,
            led=at if role == "main" else trace.led,
            opened=mention.block if opens else trace.opened,
        )

    def take(self, word: str, entity: int, block: int) -> None:
        """Take note of whom a pronoun stood for."""
        self.taken[word] = entity, block
