"""Decisions to a script: which quotations are heard in a voice of their own, and how lines are cut for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from narrate.attribution.deciding import Decision
from narrate.attribution.fragments import whole
from narrate.attribution.reading import Reading
from narrate.model import NARRATOR, Article, Line, Script, Section, Speaker

Fragments = Literal["narrator", "speaker"]

UNKNOWN = Speaker("unknown-speaker", "Unknown speaker", why="who speaks is not certain")
"""Who says what certainly is speech, but of whom is not sure enough."""

SURE = 0.5
"""Probability below which a wrong voice is likelier than the right one: the line goes to `UNKNOWN`."""

STOPS = re.compile(r"[.,;:!?…]*\s*")

FRAME = 2
"""Words of the shortest frame that cuts a speech in two: "he said"."""


def hear(decisions: Sequence[Decision], fragments: Fragments) -> list[Decision]:
    """Pick what is heard in a voice of its own: whole quotations, and the rest of a speech that a frame cuts in two."""
    speech = [decision for decision in decisions if decision.is_speech]
    heard = [fragments == "speaker" or decision.given or whole(decision.frame) for decision in speech]
    for index, (before, after) in enumerate(pairwise(speech)):
        if heard[index] != heard[index + 1] and one_speech(before, after):
            heard[index] = heard[index + 1] = True
    return [decision for decision, aloud in zip(speech, heard, strict=True) if aloud]


def one_speech(before: Decision, after: Decision) -> bool:
    """Tell whether two quotations are one sentence of one speaker, cut by its frame: “Yes,” he said, “but why?”"""
    passage = before.frame.passage
    if passage is not after.frame.passage or (before.entity, before.entity < 0) != (after.entity, False):
        return False
    between = range(before.frame.last, after.frame.first)
    framed = sum(passage.words[token][:1].isalnum() for token in between) >= FRAME
    return framed and after.frame.outer == "," and before.frame.inner in tuple(",!?…—–-")


def voice(
    article: Article, lines: Sequence[Line], reading: Reading, decisions: Sequence[Decision], fragments: Fragments
) -> Script:
    """Cut the lines at the quotations that get a voice, and name the speakers."""
    speakers = Speakers(reading)
    heard: dict[int, list[tuple[int, int, Decision, str]]] = {}
    for decision in hear(decisions, fragments):
        quotation = decision.frame.quotation
        at = article.blocks[quotation.block].start
        piece = (at + quotation.start + quotation.skip, at + quotation.end, decision, speakers.of(decision))
        heard.setdefault(quotation.block, []).append(piece)
    cut = tuple(piece for line in lines for piece in _cut(line, heard.get(line.block, ())))
    return Script(article, speakers.used(), (Section(article.title, cut),))


def _cut(line: Line, heard: Sequence[tuple[int, int, Decision, str]]) -> list[Line]:
    """Cut one line at the quotations that begin or end within it; stops and blanks go with the piece before."""
    pieces: list[Line] = []
    at = line.start
    for start, end, decision, speaker in heard:
        end += _stops(line, end)
        begin, stop = max(start, line.start), min(end, line.end)
        if begin >= stop:
            continue
        if begin > at:
            pieces.append(_piece(line, at, begin))
        pieces.append(replace(_piece(line, begin, stop), speaker=speaker, why=decision.why, confidence=_sure(decision)))
        at = stop
    if at < line.end:
        pieces.append(_piece(line, at, line.end))
    return pieces


def _sure(decision: Decision) -> float:
    """Give the probability that a line's speaker is right: that it is speech, and that it is theirs."""
    return round(decision.speech * decision.confidence, 3)


def _stops(line: Line, end: int) -> int:
    """Count the stops and blanks behind a closing mark: a voice falls before a full stop, wherever it is printed."""
    found = STOPS.match(line.text, end - line.start) if line.start <= end <= line.end else None
    return len(found[0]) if found else 0


def _piece(line: Line, start: int, end: int) -> Line:
    return replace(line, start=start, text=line.text[start - line.start : end - line.start])


class Speakers:
    """The speakers of a script, one for each entity that says something, with readable ids."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._speakers: dict[int, Speaker] = {}
        self._unknown = False

    def of(self, decision: Decision) -> str:
        """Give the id of a decision's speaker, or of the unknown one if it is not sure enough."""
        if (decision.mention is None and decision.entity < 0) or decision.confidence < SURE:
            self._unknown = True
            return UNKNOWN.id
        key = decision.entity if decision.entity >= 0 or decision.mention is None else -2 - decision.mention.number
        if key not in self._speakers:
            self._speakers[key] = self._speaker(decision)
        return self._speakers[key].id

    def used(self) -> tuple[Speaker, ...]:
        """List the narrator and everybody who speaks, in order of appearance."""
        narrator = Speaker(NARRATOR, "Narrator")
        return (narrator, *self._speakers.values(), *((UNKNOWN,) if self._unknown else ()))

    def _speaker(self, decision: Decision) -> Speaker:
        entity = self._reading.register.entities[decision.entity] if decision.entity >= 0 else None
        name = (
            self._reading.register.name(entity.number)
            if entity
            else decision.mention.text
            if decision.mention
            else UNKNOWN.name
        )
        taken = {speaker.id for speaker in self._speakers.values()} | {NARRATOR, UNKNOWN.id}
        base = slug(name) or "speaker"
        ids = (base if count == 1 else f"{base}-{count}" for count in range(1, len(taken) + 2))
        shown = "; ".join(dict.fromkeys(note for _, _, note in entity.evidence)) if entity else ""
        return Speaker(
            id=next(candidate for candidate in ids if candidate not in taken),
            name=name,
            gender=entity.gender if entity else None,
            description=entity.descriptions[0] if entity and entity.descriptions and entity.name else "",
            why=shown,
        )


def slug(name: str) -> str:
    """Make an id of a name: lower case, ASCII, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
