"""Which names are people's: a second look at what a small parser labels in haste.

A name is weighed over the whole article: by the parser's labels, by given names, and by how
it is used. Who is followed by "who", has an age or a title, or is taken up by "she" is a person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from narrate.attribution.mentions import Mention
from narrate.attribution.passages import Passage
from narrate.languages import Quoting

LABELS = {"PERSON": 1.0, "ORG": -0.4, "": -0.3, "GPE": -1.0, "NORP": -1.0, "LOC": -1.0, "FAC": -1.0}
"""What the parser's label says for a person; any other is a thing's."""
THING = -0.7
TITLED, AGED, FOLLOWED, DESCRIBED, TAKEN_UP, REPORTS, GIVEN = 3.0, 2.0, 1.5, 1.5, 1.5, 0.7, 1.0
BODY, JOINED, ARTICLE, ACRONYM = -3.0, -2.0, -1.5, -1.0
PERSON = 0.5
"""Weight above which a name is a person's: one label says so, or two hints against none."""
AGES = range(4, 111)
APPOSITION = 7
"""Tokens behind a comma in which a noun for a person describes the name before it."""

LETTERS = str.maketrans({"ð": "d", "þ": "th", "ø": "o", "ł": "l", "æ": "ae", "ß": "ss", "ı": "i", "đ": "d", "œ": "oe"})
"""Letters that are no plain letter with an accent."""


def persons(names: Sequence[Mention], passages: Sequence[Passage], quoting: Quoting) -> frozenset[int]:
    """Find the mentions, by number, whose names are people's."""
    weights: dict[str, float] = {}
    for mention in names:
        key = " ".join(mention.name).lower()
        weights[key] = weights.get(key, _wording(mention, quoting)) + _usage(mention, passages[mention.block], quoting)
    found = set()
    for mention in names:
        whole = weights[" ".join(mention.name).lower()]
        surname = weights.get(mention.name[-1].lower(), 0.0) if len(mention.name) > 1 else 0.0
        if whole + max(surname, 0.0) > PERSON:
            found.add(mention.number)
    return frozenset(found)


def _wording(mention: Mention, quoting: Quoting) -> float:
    """Weigh the words of a name themselves."""
    given = plain(mention.name[0]).split("-")[0] in quoting.given_names()
    weight = (GIVEN if len(mention.name) > 1 else GIVEN / 2) * given
    if plain(mention.name[-1]) in quoting.bodies or (
        len(mention.name) > 1 and plain(mention.name[0]) in quoting.bodies
    ):
        weight += BODY
    if {"of", "and", "&", "the", "for"} & {word.lower() for word in mention.name} or mention.name[0][-2:] in (
        "'s",
        "’s",
    ):
        weight += JOINED
    if mention.text.isupper() and len(mention.name) == 1 and len(mention.text) < 6:
        weight += ACRONYM
    return weight


def _usage(mention: Mention, passage: Passage, quoting: Quoting) -> float:
    """Weigh how one mention of a name is labelled and used."""
    lower, first, last = passage.lower, mention.first, mention.last
    weight = LABELS.get(mention.label, THING)
    before = lower[first - 1] if first else ""
    if mention.title:
        weight += TITLED
    elif before in quoting.roles:
        weight += DESCRIBED
    elif before == "the":
        weight += ARTICLE
    behind = last + (last < len(lower) and lower[last] == ",")
    following = lower[behind] if behind < len(lower) else ""
    if following in ("who", "whose"):
        weight += FOLLOWED
    elif (
        behind > last
        and following.isdigit()
        and int(following) in AGES
        and lower[behind + 1 : behind + 2] in ([","], [])
    ):
        weight += AGED
    elif behind > last and _described(lower[behind : behind + APPOSITION], quoting):
        weight += DESCRIBED
    head = passage.heads[mention.head]
    if passage.deps[mention.head] == "nsubj":
        weight += REPORTS * (lower[head] in quoting.forms) + TAKEN_UP * _taken_up(passage, mention.head)
    return weight


def _described(words: Sequence[str], quoting: Quoting) -> bool:
    for word in words:
        if word in quoting.roles:
            return True
        if word in (",", ".", "and", ";"):
            return False
    return False


def _taken_up(passage: Passage, head: int) -> bool:
    """Tell whether the next sentence outside quotations begins with "he" or "she"."""
    sentence = passage.sentences[head]
    for token in range(head + 1, len(passage)):
        if passage.sentences[token] > sentence and passage.quoted[token] < 0 and passage.words[token][:1].isalnum():
            return passage.lower[token] in ("he", "she")
    return False


def plain(word: str) -> str:
    """Fold a name to lower-case letters of the alphabet: "Guðrún" → "gudrun"."""
    folded = unicodedata.normalize("NFKD", word.lower().translate(LETTERS))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two names with one surname can be one person's: "J. Hart", "Jane Hart", "Jane A. Hart"."""
    if len(one) == 1 or len(other) == 1:
        return True
    shorter, longer = sorted((tuple(map(str.lower, one)), tuple(map(str.lower, other))), key=len)
    if longer[-len(shorter) :] == shorter:
        return True
    first, second = sorted((shorter[0].rstrip("."), longer[0].rstrip(".")), key=len)
    return second.startswith(first[:3]) if len(first) != 2 else second[0] == first[0]
