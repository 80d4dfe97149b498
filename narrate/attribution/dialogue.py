"""Dialogue without tags: whole paragraphs of speech, one after the other, in which two people alternate."""

from __future__ import annotations

from collections.abc import Sequence

from narrate.attribution.frames import Frame
from narrate.attribution.mentions import Mention
from narrate.attribution.people import Register
from narrate.attribution.reading import Reading

RUN = 3
"""Neighbouring paragraphs of nothing but closed speech from which it is dialogue: in the news they hardly exist."""
BACK = 2
"""Blocks before a dialogue in which who answers is looked for, if only one has spoken."""

Spoken = Sequence[tuple[int, Mention | None]]
"""Entity and mention of each speaker so far, in order."""


def exchanges(reading: Reading) -> frozenset[int]:
    """Find the quotations, by number, of dialogues that nobody tags.

    Once an article has a long one with a question in it, a single untagged paragraph answers as well.
    """
    runs = _runs(reading)
    if any(len(run) >= RUN and any("?" in frame.passage.text for frame in run) for run in runs):
        return frozenset(frame.number for run in runs for frame in run)
    return frozenset()


def _runs(reading: Reading) -> list[list[Frame]]:
    """List the runs of neighbouring paragraphs that are one closed quotation each, and nothing else."""
    by_block: dict[int, list[Frame]] = {}
    for frame in reading.frames:
        by_block.setdefault(frame.quotation.block, []).append(frame)
    runs: list[list[Frame]] = [[]]
    for block in range(len(reading.passages)):
        frames = by_block.get(block, [])
        if len(frames) == 1 and _stands_alone(frames[0]):
            runs[-1].append(frames[0])
        elif runs[-1]:
            runs.append([])
    return runs


def _stands_alone(frame: Frame) -> bool:
    quotation = frame.quotation
    return frame.passage.alone and quotation.kind == "marks" and quotation.closed and not quotation.chained


def answers(frame: Frame, spoken: Spoken, reading: Reading) -> tuple[int, Mention | None] | None:
    """Say who speaks in a dialogue: the one who spoke before the last speaker, or was addressed; None if unknown."""
    if not spoken:
        return None
    last = spoken[-1][0]
    for entity, mention in reversed(spoken):
        if entity >= 0 and not _may_be_one(reading.register, last, entity):
            return entity, mention
    return _addressed(frame, last, reading)


def _may_be_one(register: Register, one: int, other: int) -> bool:
    """Tell whether two may be one person: "his wife" and "his lady"."""
    if one == other or one < 0:
        return one == other
    pair = register.entities[one], register.entities[other]
    return not any(entity.name for entity in pair) and pair[0].gender == pair[1].gender


def _addressed(frame: Frame, last: int, reading: Reading) -> tuple[int, Mention | None] | None:
    """Find who was called by name in the speech before, or else was named last beside the speaker."""
    beside: dict[int, Mention] = {}
    called: dict[int, Mention] = {}
    for mention in reading.mentions:
        entity = reading.register.entity(mention)
        near = frame.quotation.block - BACK <= mention.block < frame.quotation.block
        if not near or entity is None or entity.kind != "person":
            continue
        if _may_be_one(reading.register, last, entity.number):
            continue
        passage = reading.passages[mention.block]
        comma = passage.words[mention.first - 1 : mention.first] == [","]
        if mention.quoted >= 0 and (comma or passage.words[mention.last : mention.last + 1] == [","]):
            called = {entity.number: mention}
        elif mention.quoted < 0:
            beside[entity.number] = mention
    found = called or beside
    return next(reversed(found.items())) if found else None
