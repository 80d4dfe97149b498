"""Who may be speaking: the candidates of a quotation, and what speaks for each, as named features.

A feature is a short string; the ranker holds a weight for each. None names a person or a
subject matter, so that what is learnt on one country's news holds for another's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from narrate.attribution.frames import Frame
from narrate.attribution.layout import DASHES, SIGNED, marked, order, region, state
from narrate.attribution.mentions import Mention
from narrate.attribution.reading import Reading
from narrate.attribution.trees import Above, ancestors, governs, path

BLOCKS_BACK = 4
"""Blocks before a quotation in which its speaker is looked for."""
AROUND = 40
"""Mentions on each side of a quotation, in its block, that may be its speaker."""
NEXT = 3
"""Mentions of the next block that may be the speaker of a quotation at the end of its own."""

Previous = tuple[Frame, int, Mention | None]
"""The quotation before, and its speaker's entity and mention."""


@dataclass(slots=True)
class Candidate:
    """One who may speak a quotation: a mention, or `previous` for whoever spoke before, or nobody."""

    mention: Mention | None
    entity: int
    """Number of the entity, -1 if unknown."""
    features: list[str]
    previous: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """A quotation whose speaker is asked for."""

    frame: Frame
    state: str
    above: Above
    previous: Previous | None


class Candidates:
    """Finds and describes the candidates of one article's quotations."""

    def __init__(self, reading: Reading) -> None:
        self._reading, self._register, self._quoting = reading, reading.register, reading.quoting
        self._by_block: dict[int, list[Mention]] = {}
        self._inside: dict[int, set[int]] = {}
        for mention in reading.mentions:
            if mention.quoted < 0:
                self._by_block.setdefault(mention.block, []).append(mention)
            elif mention.number in self._register.of:
                self._inside.setdefault(mention.quoted, set()).add(self._register.of[mention.number])

    def of(self, frame: Frame, previous: Previous | None) -> list[Candidate]:
        """List the candidates of a quotation; `previous` is the one before it, with its speaker's entity, mention."""
        around = state(frame, self._reading.passages, self._quoting)
        asked = _Asked(frame, around, ancestors(frame, self._quoting), previous)
        found = [self._candidate(asked, *place) for place in self._places(asked)]
        if previous is not None:
            found.append(_previous(frame, previous, around))
        nobody = ["nobody", f"nobody|{around}", f"nobody|{frame.outer}", f"nobody|{_size(frame)}"]
        return [*found, Candidate(None, -1, nobody)]

    def _places(self, asked: _Asked) -> Iterator[tuple[Mention, str, int]]:
        """Go through the mentions around a quotation: each with its region and its rank there, the nearest first."""
        frame, block = asked.frame, asked.frame.quotation.block
        near = self._by_block.get(block, [])
        begin = bisect_left(near, frame.first, key=lambda mention: mention.head)
        end = bisect_left(near, frame.last, key=lambda mention: mention.head)
        ranks: dict[str, int] = {}
        for mention in (*near[max(0, begin - AROUND) : begin][::-1], *near[end : end + AROUND]):
            where = region(frame, mention, self._reading.frames)
            ranks[where] = ranks.get(where, 0) + 1
            yield mention, where, ranks[where]
        for step in range(1, BLOCKS_BACK + 1):
            rank = 0
            for mention in reversed(self._by_block.get(block - step, [])):
                told = self._reading.traits[mention.number]
                if told.kind == "person" or (told.role == "subject" and told.verb not in ("", "?")):
                    rank += 1
                    yield mention, f"back{min(step, 3)}", rank
        if frame.last == len(frame.passage) or not asked.state.endswith("tail"):
            for mention in self._by_block.get(block + 1, [])[:NEXT]:
                yield mention, "next", 1

    def _candidate(self, asked: _Asked, mention: Mention, where: str, rank: int) -> Candidate:
        frame, told = asked.frame, self._reading.traits[mention.number]
        entity = self._register.of.get(mention.number, -1)
        action = f"{told.role}{'+cue' if told.verb not in ('', '?') else ''}"
        place = order(frame, mention, where, self._quoting)
        features = [
            where,
            f"{where}|{told.kind}",
            f"{where}|{action}",
            f"{told.kind}|{action}",
            f"{where}|{told.kind}|{action}",
            f"{where}|{min(rank, 4)}",
            f"{where}|{told.kind}|{min(rank, 3)}",
            f"{where}|{asked.state}",
            f"{where}|{asked.state}|{action}",
            f"{where}|{frame.inner}|{frame.outer}",
            f"{where}|{place}",
            f"{where}|{place}|{told.kind}",
            *self._signing(frame, mention, where, told.kind),
            *marked(frame, mention, told, where, self._quoting),
        ]
        if told.verb:
            features += [f"v={told.verb}", f"v={told.verb}|{told.role}"]
        if mention.block == frame.quotation.block:
            features += path(mention, frame.passage, asked.above)
            if told.verb_at >= 0 and governs(frame, told.verb_at):
                features += [f"governs|{action}", f"governs|{where}"]
        return Candidate(mention, entity, features + self._known(asked, entity, where, told.kind))

    def _signing(self, frame: Frame, mention: Mention, where: str, kind: str) -> list[str]:
        """Name what looks like a signature behind a dash, or a "by"."""
        passage = self._reading.passages[mention.block]
        before = passage.lower[mention.first - 1] if mention.first else ""
        signs: list[str] = [f"by|{where}"] if before == "by" else []
        if where in ("tail", "next") and before in DASHES and mention.first - frame.last < SIGNED:
            signs += ["signs", f"signs|{where}|{kind}", *["signature"] * (mention.last >= len(passage) - 1)]
        return signs

    def _known(self, asked: _Asked, entity: int, where: str, kind: str) -> list[str]:
        """Name what is known of a candidate's entity: whether it spoke before, is spoken of inside, is often named."""
        if entity < 0:
            return []
        found = []
        if asked.previous is not None and entity == asked.previous[1]:
            found += ["again", f"again|{where}", f"again|{asked.state}"]
        if entity in self._inside.get(asked.frame.number, ()):
            found += ["inside", f"inside|{kind}", f"inside|{where}"]
        count = len(self._register.entities[entity].mentions)
        return [*found, f"often{min(count, 4) if count < 6 else 6}|{kind}"]


def _previous(frame: Frame, previous: Previous, around: str) -> Candidate:
    """Describe whoever spoke the quotation before."""
    last, entity, mention = previous
    gap = min(frame.quotation.block - last.quotation.block, 3)
    alone = "alone" if frame.passage.alone else "whole" if frame.quotation.start == 0 else "part"
    chain = "chained" if frame.quotation.chained else "open" if not last.quotation.closed else ""
    features = [
        f"previous|{gap}",
        f"previous|{gap}|{around}",
        f"previous|{gap}|{alone}|{chain}",
        f"previous|{gap}|{frame.inner}|{frame.outer}",
        f"previous|{around}|{alone}",
        f"previous|{gap}|{'known' if entity >= 0 else 'unknown'}",
    ]
    return Candidate(mention, entity, features, previous=True)


def _size(frame: Frame) -> str:
    return "short" if frame.words < 4 else "middle" if frame.words < 10 else "long"
