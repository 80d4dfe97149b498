"""Whom a pronoun may stand for, and what speaks for each, as named features.

The features of "it" and "they" carry their word: bodies and papers are taken up in other ways
than people are.
"""

from __future__ import annotations

from collections.abc import Mapping

from narrate.attribution.anaphora import Pronoun
from narrate.attribution.entities import CERTAIN, GIVEN, Entity
from narrate.attribution.memory import Memory, Place, Trace
from narrate.attribution.people import Register

BLOCKS_BACK = 5
"""Blocks before "he" or "she" in which the person is looked for; farther back a name is used again."""
NEAR = 2
"""Blocks before "it" or "they" in which their body is looked for."""
PLACES = {"GPE", "LOC", "FAC"}
"""Labels of names of places."""
NOBODY = -1
"""In place of an entity: whoever is meant was not found in the article."""


def antecedents(pronoun: Pronoun, memory: Memory, register: Register, blind: bool = False) -> Mapping[int, list[str]]:
    """Name what speaks for each entity that a pronoun may stand for, and for nobody; {} if there is none.

    `blind` to genders, the others that were mentioned are there as well: what is learnt from.
    """
    reach = BLOCKS_BACK if pronoun.gender else NEAR
    fitting = [
        (number, trace)
        for number, trace in memory.traces.items()
        if pronoun.at[0] - trace.at[0] <= reach and _fits(pronoun, register.entities[number], blind)
    ]
    if not fitting:
        return {}
    fitting.sort(key=lambda pair: -pair[1].number)
    crowd, most = min(len(fitting), 3), max(trace.count for _, trace in fitting)
    genders = {number: _gender(pronoun, register.entities[number]) for number, _ in fitting}
    here = [number for number, trace in fitting if trace.at[0] == pronoun.at[0] and genders[number] != "Against"]
    found = {NOBODY: [f"{pronoun.sort}nobody", f"{pronoun.sort}nobody|{crowd}"]}
    for rank, (number, trace) in enumerate(fitting, 1):
        distance = _distance(trace.at, pronoun.at)
        named = [f"rank{min(rank, 3)}|{crowd}", *_told(pronoun, trace, distance, min(rank, 3))]
        if trace.count == most:
            named += ["most", f"most|{distance}", f"most|{crowd}"]
        if here == [number]:
            named += ["sole", f"sole|{distance}"]
        named += [f"gender{genders[number]}"] if pronoun.gender else []
        named += _standing(pronoun, register.entities[number], distance, register)
        named += _spoken(pronoun, number, distance, memory)
        found[number] = [pronoun.sort + name for name in named]
    return found


def _fits(pronoun: Pronoun, entity: Entity, blind: bool) -> bool:
    """Tell whether a pronoun may stand for an entity at all."""
    one = entity.kind == "person" and not entity.plural
    if pronoun.gender:
        return one and (blind or entity.against(pronoun.gender) < CERTAIN)
    return not (one and entity.gender) if pronoun.word == "they" else not one and not entity.plural


def _gender(pronoun: Pronoun, entity: Entity) -> str:
    """Tell whether the gender of an entity fits a pronoun: "True", "Against", or "False" where nothing shows it."""
    against = entity.against(pronoun.gender)
    return "True" if against <= -GIVEN / 2 else "Against" if against > 0 else "False"


def _told(pronoun: Pronoun, trace: Trace, distance: str, rank: int) -> list[str]:
    """Name where and how an entity was mentioned before."""
    named = [
        distance,
        f"{distance}|{rank}",
        f"{pronoun.role}|{distance}",
        f"{distance}|{trace.role}",
        f"{distance}|{rank}|{trace.role}",
        f"{distance}|{trace.kind}",
        f"{trace.role}|{pronoun.role}",
        f"count{min(trace.count, 5)}",
        f"led|{_distance(trace.led, pronoun.at)}",
    ]
    if trace.opened >= 0 and pronoun.at[0] - trace.opened < 2:
        named += [f"leads|{pronoun.at[0] - trace.opened}", f"leads|{distance}"]
    if trace.first == trace.at[0]:
        named.append(f"new|{distance}")
    return named


def _standing(pronoun: Pronoun, entity: Entity, distance: str, register: Register) -> list[str]:
    """Name what an entity is, and what part it has in the pronoun's sentence and the quotation beside it."""
    named = [f"named{bool(entity.name)}", f"named{bool(entity.name)}|{distance}"]
    if not pronoun.gender:
        kind = _kind(entity, register)
        named += [f"kind={kind}", f"{pronoun.role}|kind={kind}"]
    if entity.number in pronoun.inside:
        named += ["inside", f"inside|{distance}"]
    if entity.number in pronoun.listens:
        named.append("listens")
    if entity.number == pronoun.reports:
        named.append("reports")
    return named


def _kind(entity: Entity, register: Register) -> str:
    """Tell what kind of thing "it" or "they" would stand for."""
    if entity.plural or entity.kind == "person":
        return "several" if entity.plural else "one"
    if entity.roles & register.quoting.publications:
        return "paper"
    if register.mentions[entity.mentions[0]].label in PLACES:
        return "place"
    body = entity.roles & register.quoting.bodies or entity.kind == "organisation"
    return "body" if body else "name" if entity.name else "thing"


def _spoken(pronoun: Pronoun, number: int, distance: str, memory: Memory) -> list[str]:
    """Name what the speakers so far, the last subject and the last pronouns say for an entity."""
    block, turned = pronoun.at[0], "turned" if memory.turned else "same"
    named = []
    if memory.led[0] == number:
        named += ["last", f"last|{_distance(memory.led[1], pronoun.at)}", f"last|{turned}"]
    if memory.speakers:
        speaker, spoke = memory.speakers[-1]
        by, gap = f"speaker{speaker == number}", min(block - spoke, 3)
        named += [f"{by}|{gap}", f"{by}|{distance}", f"{by}|{gap}|{turned}"]
    if len(memory.speakers) > 1 and memory.speakers[-2][0] == number:
        named.append(f"before-last|{min(block - memory.speakers[-2][1], 3)}")
    return named + [f"chain|{min(block - at, 3)}" for other, at in memory.taken.values() if other == number]


def _distance(trace: Place, at: Place) -> str:
    """Name how far apart two places are: "s1" for one sentence, "b2" for two blocks, "never" if there is none."""
    if trace[0] < 0:
        return "never"
    return f"b{min(at[0] - trace[0], 4)}" if trace[0] < at[0] else f"s{min(max(at[1] - trace[1], 0), 2)}"
