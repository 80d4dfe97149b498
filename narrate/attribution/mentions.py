"""Mentions: every stretch outside a quotation that may name somebody who speaks.

The parser's names are looked at twice: what it cut badly is trimmed, what it overlooked is
found by capitals and titles, so that a small model misses little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narrate.attribution.passages import Passage
from narrate.languages import Quoting

NAMES = {"PERSON", "ORG", "NORP", "GPE", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LOC"}
PROPER = {"NNP", "NNPS"}
COMMON = {"NN", "NNS"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
PRONOUNS = {"he", "she", "they", "it", "i", "we", "you", "who"}
LONE = {"one", "another", "others", "many", "some", "both", "two", "several", "most", "this", "that", "which", "all"}
"""Words that stand for somebody when they are a subject: "another said"."""
JOINTS = {".", "-", "‑"}
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
PARTICLES = set("de da di del della van von der den al el bin ibn la le du of ap".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of one passage that names, describes or stands for somebody."""

    number: int
    """Place among all mentions of the article, in order."""
    block: int
    first: int
    last: int
    """Token behind the last one."""
    head: int
    start: int
    end: int
    kind: str
    """"name", "noun" or "pronoun"."""
    label: str
    """Type of a name as the parser has it ("PERSON", "ORG" …), "" if only capitals show it."""
    text: str
    name: tuple[str, ...] = ()
    """Words of a name without titles and suffixes."""
    title: str = ""
    """The last title before a name, lower case."""
    quoted: int = -1
    """Index of the quotation that it lies in, -1 outside."""


def mentions(passages: Sequence[Passage], quoting: Quoting) -> tuple[Mention, ...]:
    """Find the mentions of an article, in order."""
    found: list[Mention] = []
    named = [_names(passage, quoting) for passage in passages]
    surnames = {
        passage.words[last - 1]
        for passage, spans in zip(passages, named, strict=True)
        for first, last, kind in spans
        if kind == "PERSON" and last - first > 1
    }
    for passage, spans in zip(passages, named, strict=True):
        spans = spans + _again(passage, spans, surnames)
        taken = {token for first, last, _ in spans for token in range(first, last)}
        spans += [(token, token + 1, "pronoun") for token in _pronouns(passage, taken)]
        spans += [(*span, "noun") for span in _nouns(passage, quoting, taken)]
        for first, last, kind in sorted(spans):
            found.append(_mention(len(found), passage, quoting, first, last, kind))
    return tuple(found)


def _mention(number: int, passage: Passage, quoting: Quoting, first: int, last: int, kind: str) -> Mention:
    named = kind not in ("pronoun", "noun")
    printed = passage.text[passage.starts[first] : passage.ends[last - 1]]
    name = tuple(word.strip(",") for word in printed.split() if word.lower().strip(".,") not in SUFFIXES)
    before = passage.lower[first - 1].rstrip(".") if named and first else ""
    head = last - 1
    while named and head > first and passage.lower[head].strip(".") in SUFFIXES | {"'s", "", ",", ")"}:
        head -= 1
    return Mention(
        number=number,
        block=passage.block,
        first=first,
        last=last,
        head=head,
        start=passage.starts[first],
        end=passage.ends[last - 1],
        kind="name" if named else kind,
        label=kind if named and kind != "?" else "",
        text=printed,
        name=name if named else (),
        title=before if before in quoting.titles and passage.words[first - 1][:1].isupper() else "",
        quoted=passage.quoted[head],
    )


def _names(passage: Passage, quoting: Quoting) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    token, size = 0, len(passage)
    while token < size:
        kind = passage.entities[token]
        last = token + 1
        if kind in NAMES:
            while last < size and passage.entities[last] and not passage.begins[last]:
                last += 1
            last = _dotted(passage, last)
            spans += _trimmed(passage, quoting, token, last, kind)
        elif passage.tags[token] in PROPER and not kind and passage.words[token][:1].isupper():
            while last < size and not passage.entities[last] and passage.tags[last] in PROPER:
                last += 1
            last = _dotted(passage, last)
            spans += _trimmed(passage, quoting, token, last, "?")
        token = last
    return _joined(passage, quoting, spans)


def _joined(passage: Passage, quoting: Quoting, spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Join a given name that the parser took for something else to the surname behind it: "Anneliese" "Storr"."""
    joined: list[tuple[int, int, str]] = []
    for first, last, kind in spans:
        before = joined[-1] if joined else (0, 0, "")
        alone = before[1] == first and before[1] - before[0] == 1 and before[2] != "PERSON"
        if alone and kind in ("PERSON", "?") and passage.lower[before[0]] in quoting.given_names():
            joined[-1] = (before[0], last, "PERSON")
        else:
            joined.append((first, last, kind))
    return joined


def _again(passage: Passage, spans: list[tuple[int, int, str]], surnames: set[str]) -> list[tuple[int, int, str]]:
    """Find the surnames of people named elsewhere that the parser took for other words here."""
    taken = {token for first, last, _ in spans for token in range(first, last)}
    return [
        (token, token + 1, "PERSON")
        for token, word in enumerate(passage.words)
        if word in surnames and word[:1].isupper() and len(word) > 2 and token not in taken
    ]


def _dotted(passage: Passage, last: int) -> int:
    """Lengthen a name by what a dot or hyphen without blanks joins to it: "Site.com", "Moreau-Tremblay"."""
    while last + 1 < len(passage) and passage.words[last] in (".", "-") and not passage.stops(last):
        apart = passage.ends[last - 1] != passage.starts[last] or passage.ends[last] != passage.starts[last + 1]
        if apart or (passage.words[last] == "-" and not passage.words[last + 1][:1].isupper()):
            break
        last += 2
    return last


def _trimmed(passage: Passage, quoting: Quoting, first: int, last: int, kind: str) -> list[tuple[int, int, str]]:
    """Cut articles, titles and possessives off a name; nothing remains of a title alone."""
    lower, words = passage.lower, passage.words
    while last > first and (lower[last - 1] in ("'s", "'", "’") or not any(map(str.isalnum, words[last - 1]))):
        last -= 1
    while first < last and (
        _is_title(passage, first, last, kind, quoting)
        or lower[first] in ("the", "a", "an", "@")
        or not any(map(str.isalnum, words[first]))
        or (kind == "PERSON" and not words[first][:1].isupper() and lower[first] not in PARTICLES)
    ):
        first += 1
    return [(first, last, kind)] if first < last else []


def _is_title(passage: Passage, first: int, last: int, kind: str, quoting: Quoting) -> bool:
    """Tell whether the first word of a name is a title; "Mr. King" and "Attorney General's Office" begin with none."""
    word = passage.lower[first].rstrip(".")
    if word not in quoting.titles:
        return False
    if last - first == 1:
        return not (first and passage.lower[first - 1].rstrip(".") in quoting.titles)
    return kind in ("PERSON", "?") or quoting.titles[word] is not None or word in ("dr", "prof")


def _pronouns(passage: Passage, taken: set[int]) -> list[int]:
    return [
        token
        for token, word in enumerate(passage.lower)
        if token not in taken
        and (
            (word in PRONOUNS and passage.tags[token] in ("PRP", "WP", "NNP", "NN"))
            or (word in LONE and passage.deps[token] in SUBJECTS)
        )
    ]


def _nouns(passage: Passage, quoting: Quoting, taken: set[int]) -> list[tuple[int, int]]:
    spans = []
    for token, tag in enumerate(passage.tags):
        titled = tag == "NNP" and passage.lower[token] in quoting.roles
        if (tag not in COMMON and not titled) or token in taken or passage.quoted[token] >= 0:
            continue
        word, head = passage.lower[token], passage.heads[token]
        if passage.deps[token] in ("compound", "nmod", "amod") and head > token:
            continue
        person = word in quoting.roles or (word.endswith("s") and word[:-1] in quoting.roles)
        agent = passage.deps[token] == "pobj" and passage.lower[head] in ("by", "to", "from")
        if person or agent or passage.deps[token] in SUBJECTS or word in quoting.publications:
            first = token
            while first and passage.words[first - 1] != ",":
                owner = passage.heads[first - 1] if passage.tags[first - 1] == "POS" else first
                if passage.heads[first - 1] in range(first, token + 1):
                    first -= 1
                elif owner < first and passage.heads[owner] == token and passage.tags[owner] in COMMON:
                    first = owner  # the ferret's owner
                else:
                    break
            spans.append((first, token + 1))
    return spans
