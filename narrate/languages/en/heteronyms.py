"""Words that are spelt alike and sound differently, told apart by part of speech and neighbours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from narrate.languages import Tag
from narrate.languages.en.context import is_british
from narrate.model import Token

REACH = 6
"""Words to either side in which a telling neighbour counts; a clause has about that many."""

FAMILIES = {"VBD": "P", "VBN": "R", "VB": "V", "NN": "N", "JJ": "J", "RB": "A", "MD": "V"}
TO_VERB = frozenset(
    "to will would could should may might must can cannot shall 'll not don't didn't they we you i who let".split()
)
TO_NOUN = frozenset(
    "the a an this that these his her its their our my your no of in on for with from by every each any".split()
)
TO_PARTICIPLE = frozenset("had has have having was were been being be is are".split())

NEVER_VERB = frozenset("the a an of his its their our my your".split())
NEVER_NOUN = frozenset("who they we he she i can could would should may might must will cannot".split())
ASKED = frozenset("have has had haven't hasn't hadn't".split())
PRONOUNS = frozenset("i you he she it we they anyone everyone".split())
"""Between one of `ASKED` and a participle when something is asked: "have you read"."""

BENT = frozenset(
    "set ready likely unlikely expected vowed going able unable about seek seeking trying urged want wants wanted plan "
    "plans planned threaten threatens threatened refuse refuses refused "
    "continue continues continued prepared willing forced "
    "allowed asked began begun chose determined failed free hope hopes hoped quick reluctant tempted used".split()
)
"""Words after which "to" is followed by a verb: "set to rebel"."""

PLURALS = frozenset("police people men women children critics".split())
OBJECTS = frozenset("the a an every each his her its their our my your him them it us me this these those".split())
"""What follows a verb as its object; after a plural it makes a doubtful word a verb."""

Sounds = tuple[str, str]
"""American and British IPA."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A rule by what stands near."""

    tags: str
    sounds: Sounds
    near: frozenset[str]
    """Words that decide it; "*" for any."""
    reach: int
    after_only: bool
    accent: str
    unless: str = ""
    """Penn tag of the word after the next that forbids the rule."""


def stressed(ipa: str) -> str:
    """Move stress marks right before their vowel, where engines expect them."""
    return re.sub(r"([ˈˌ])([^aeiouyæɐɑɒɔəɚɛɜɝɪʊʌᵻøœˈˌ\s]+)", r"\2\1", ipa)


def british(ipa: str) -> str:
    """Turn American IPA into British by the regular differences."""
    ipa = ipa.replace("oʊ", "əʊ").replace("ɚ", "əɹ").replace("ɝ", "ɜːɹ").replace("ɾ", "t")
    return re.sub(r"ɹ(?![ˈˌ]?[aeiouæɐɑɒɔəɛɜɪʊʌj])", "", ipa)


def _sounds(written: str) -> Sounds:
    american, _, other = written.partition("|")
    return stressed(american), stressed(other) or british(stressed(american))


def _plural(ipa: str) -> str:
    if ipa[-1] in "szʃʒ":
        return ipa + "ɪz"
    return ipa + ("s" if ipa[-1] in "ptkfθ" else "z")


@cache
def _by_tag() -> Mapping[str, Sequence[tuple[str, Sounds]]]:
    data = _data()["by_tag"]
    found: dict[str, Sequence[tuple[str, Sounds]]] = {}
    for word, written in data.items():
        pairs = [pair.split(None, 1) for pair in written.split(";")]
        found[word] = [(tags, _sounds(ipa.strip())) for tags, ipa in pairs]
    for word in data:
        if word[-1] not in "sd" or word in ("use", "close"):
            ending = "es" if word.endswith(("ss", "x", "ch", "sh")) else "s"
            several = [(tags, (_plural(us), _plural(gb))) for tags, (us, gb) in found[word] if set(tags) & set("NV")]
            found.setdefault(word + ending, several)
    for word in ("record", "rebel", "read", "lead", "wind"):
        found.setdefault(
            word + "s", [(tags, (_plural(us), _plural(gb))) for tags, (us, gb) in found[word] if tags != "PR"]
        )
    return found


@cache
def _by_neighbour() -> Mapping[str, Sequence[Neighbour]]:
    found: dict[str, list[Neighbour]] = {}
    for entry in _data()["by_neighbour"]:
        made = Neighbour(
            entry["tags"], _sounds(entry["ipa"]), frozenset(entry["near"].split()), entry.get("reach", REACH),
            entry.get("side") == "after", entry.get("accent", ""), entry.get("unless", ""),
        )  # fmt: skip
        for word in entry["words"].split():
            plural = word.endswith("s") and word != "bass"
            sounds = (_plural(made.sounds[0]), _plural(made.sounds[1])) if plural else made.sounds
            found.setdefault(word, []).append(replace(made, sounds=sounds))
    return found


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "heteronyms.toml").read_text(encoding="utf-8"))


@cache
def _known() -> frozenset[str]:
    return frozenset({*_by_tag(), *_by_neighbour(), *(word.lower() for word in _data()["by_case"])})


def sounded(tokens: tuple[Token, ...], tags: Sequence[Tag], accent: str) -> tuple[Token, ...]:
    """Give each token its part of speech, and each heteronym that can be told its phonemes."""
    penn = _penn(tokens, tags)
    words = [_core(token.spoken).lower() for token in tokens]
    said = []
    for place, token in enumerate(tokens):
        ipa = _phonemes(place, token, words, penn, accent) if words[place] in _known() else ""
        said.append(replace(token, tag=penn[place], phonemes=ipa) if ipa or penn[place] else token)
    return tuple(said)


def _core(spoken: str) -> str:
    return spoken.strip(" .,;:?!…'\"")


def _penn(tokens: Sequence[Token], tags: Sequence[Tag]) -> list[str]:
    """Find the tag of each token's last word."""
    found = [""] * len(tokens)
    ordered = iter(sorted(tags))
    tag = next(ordered, None)
    for place, token in enumerate(tokens):
        end = token.start + len(token.printed)
        while tag is not None and tag[0] < end:
            if tag[2][:1].isalpha() and tag[2] not in ("POS", "HYPH"):
                found[place] = tag[2]
            tag = next(ordered, None)
    return found


def _phonemes(place: int, token: Token, words: Sequence[str], tags: Sequence[str], accent: str) -> str:
    word, penn = words[place], tags[place]
    side = is_british(accent)
    proper: str = _data()["by_case"].get(_core(token.spoken))
    if proper and (penn in ("", "NNP", "NNPS", "JJ")) and (place or penn == "NNP"):
        return _sounds(proper)[side]
    earlier, before, _, after, _ = _window(words, place)
    family = FAMILIES.get(penn) or FAMILIES.get(penn[:2]) or _guess(before)
    family = _corrected(family, earlier, before, after)
    _, tag_before, _, tag_after, beyond = _window(tags, place)
    if penn == "VBZ" and tag_before == "VBZ":
        family = "N"  # two verbs in the third person never stand side by side
    elif penn == "NNS" and tag_before == "NNP" and tag_after in ("NN", "NNS"):
        family = "V"  # nor is a plural, as a rule, followed by its noun: "Ukraine exports grain"
    for rule in _by_neighbour().get(word, ()):
        fits = family and family in rule.tags and rule.accent in ("", accent) and not (beyond and rule.unless == beyond)
        if fits and _near(rule, place, words):
            return rule.sounds[side]
    for families, sounds in _by_tag().get(word, ()):
        if family and family in families:
            return sounds[side]
    return ""


def _near(rule: Neighbour, place: int, words: Sequence[str]) -> bool:
    if "*" in rule.near:
        return True
    before = () if rule.after_only else words[max(0, place - rule.reach) : place]
    around = {
        part for word in (*before, *words[place + 1 : place + 1 + rule.reach]) for part in (word, *word.split("-"))
    }
    return bool(around & rule.near)


def _window(row: Sequence[str], place: int) -> tuple[str, ...]:
    """Return what stands at a place with two to either side, "" beyond the ends."""
    return tuple(row[at] if 0 <= at < len(row) else "" for at in range(place - 2, place + 3))


def _corrected(family: str, earlier: str, before: str, after: str) -> str:
    """Overrule a part of speech that the neighbours exclude: no verb follows "of", no noun follows "who"."""
    if family == "V" and earlier in ASKED and before in PRONOUNS:
        return "R"
    if family == "N" and before == "to" and earlier in BENT:
        return "V"
    if family == "V" and before in NEVER_VERB:
        return "N"
    subject = before in NEVER_NOUN or (after in OBJECTS and (before in PLURALS or before.endswith("s")))
    return "V" if family == "N" and subject and before not in TO_NOUN else family


def _guess(before: str) -> str:
    """Guess the part of speech by the word before when no syntax is at hand."""
    if before in TO_VERB:
        return "V"
    if before in TO_NOUN or before.endswith("'s"):
        return "N"
    return "R" if before in TO_PARTICIPLE else ""
