"""Where names stand: the parser's names looked at twice.

What it cut badly is trimmed or joined, what it overlooked is found by capitals, titles and
repetition, so that a small model misses little.
"""

from __future__ import annotations

from narrate.attribution.passages import Passage
from narrate.languages import Quoting

Span = tuple[int, int, str]
"""First token, the one behind the last, and the parser's label, "?" for none."""

NAMES = {"PERSON", "ORG", "NORP", "GPE", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LOC"}
PROPER = {"NNP", "NNPS"}
LIKELY = {"NN", "JJ", "NNS"}
"""Tags that a parser gives to parts of names when it is mistaken."""
JOINTS = {".", "-", "‑"}
BRACKETS = {"(", "["}
MARKS = set("‘’“”\"'")
NICKNAME = 5
"""Tokens of a nickname between marks inside a name, at most."""
APOSTROPHES = {"’", "'"}
PARTICLES = set("de da di del della van von der den al el bin ibn la le du of ap".split())
BELONGS = {"for", "of", "at", "from"}
"""What may stand between a person and a body, which a parser takes for one name: "Jane Doe of Doe Ltd"."""
RANKS = set("chief executive vice deputy senior assistant general acting managing former and".split())
"""Words in the names of offices, beside nouns for people: "Chief Executive Officer"."""
DETERMINERS = {"the", "a", "an", "his", "her", "their", "its", "new", "former"}


def names(passage: Passage, quoting: Quoting) -> list[Span]:
    """Find the names of a passage, in order."""
    spans: list[Span] = []
    token, size = 0, len(passage)
    while token < size:
        kind = passage.entities[token]
        last = token + 1
        if kind in NAMES:
            while last < size and passage.entities[last] and not passage.begins[last]:
                last += 1
            last = _dotted(passage, last)
            spans += _trimmed(passage, quoting, token, last, kind)
        elif not kind and _proper(passage, token, quoting):
            while last < size and not passage.entities[last] and _goes_on(passage, token, last):
                last += 1
            last = _dotted(passage, last)
            spans += _trimmed(passage, quoting, token, last, "?")
        token = last
    spans = [span for span in spans if not _is_office(passage, quoting, span)]
    return _joined(passage, quoting, _nicknamed(passage, _whole(passage, spans)))


def _proper(passage: Passage, token: int, quoting: Quoting) -> bool:
    """Tell whether a token begins a name that the parser overlooked, be it tagged as one or only a given name."""
    word = passage.words[token]
    if not word[:1].isupper() or passage.tags[token] in PROPER:
        return word[:1].isupper()
    opens = token == 0 or passage.stops(token - 1) or passage.quoted[token] != passage.quoted[token - 1]
    known = word.lower() in quoting.given_names() and len(word) > 2
    return known and (word.isupper() if opens else True) and passage.words[token + 1 : token + 2] != ["-"]


def _goes_on(passage: Passage, first: int, token: int) -> bool:
    """Tell whether a name that began at a token goes on at another."""
    tagged = passage.tags[token] in PROPER
    return tagged or (
        passage.tags[first] not in PROPER and passage.words[token][:1].isupper() and passage.tags[token] in LIKELY
    )


def _is_office(passage: Passage, quoting: Quoting, span: Span) -> bool:
    """Tell whether capitals only honour an office: "the Prime Minister", "Deputy" before a name."""
    first, last, kind = span
    words = [word.rstrip(".") for word in passage.lower[first:last]]
    if kind == "PERSON" or words[-1] not in quoting.roles:
        return False
    honoured = first > 0 and passage.lower[first - 1] in DETERMINERS
    named = last < len(passage) and passage.tags[last] in PROPER
    office = all(word in quoting.roles or word in quoting.titles or word in RANKS for word in words)
    return honoured or (office and (named or len(words) > 1))


def _whole(passage: Passage, spans: list[Span]) -> list[Span]:
    """Join names that an apostrophe at the end of a word cuts in two: "Grace Achieng’ Odipo"."""
    whole: list[Span] = []
    for first, last, kind in spans:
        before = whole[-1] if whole else (0, 0, "")
        cut = before[1] == first - 1 and passage.words[first - 1] in APOSTROPHES and before[2] in ("PERSON", "?")
        within = passage.quoted[first - 1] == passage.quoted[first] == passage.quoted[before[1] - 1] if cut else False
        if (
            within
            and passage.ends[before[1] - 1] == passage.starts[first - 1]
            and not passage.lower[before[1] - 1].endswith("s")
        ):
            whole[-1] = (before[0], last, "PERSON")
        else:
            whole.append((first, last, kind))
    return whole


def _nicknamed(passage: Passage, spans: list[Span]) -> list[Span]:
    """Join names with a nickname between marks inside: "Brian ‘Grandad’ Fettle"."""
    whole: list[Span] = []
    for span in spans:
        first, last, kind = span
        given = next((one for one in reversed(whole[-2:]) if one[2] in ("PERSON", "?")), None)
        between = range(given[1], first) if given is not None else range(0)
        marked = len(between) > 2 and {passage.words[between[0]], passage.words[between[-1]]} <= MARKS
        if given is not None and marked and kind in ("PERSON", "?", "ORG", "GPE") and len(between) - 2 <= NICKNAME:
            del whole[whole.index(given) :]
            whole.append((given[0], last, "PERSON"))
        else:
            whole.append(span)
    return whole


def _joined(passage: Passage, quoting: Quoting, spans: list[Span]) -> list[Span]:
    """Join a given name that the parser took for something else to the surname behind it: "Anneliese" "Storr"."""
    joined: list[Span] = []
    for first, last, kind in spans:
        before = joined[-1] if joined else (0, 0, "")
        alone = before[1] == first and before[1] - before[0] == 1 and before[2] != "PERSON"
        if alone and kind in ("PERSON", "?") and passage.lower[before[0]] in quoting.given_names():
            joined[-1] = (before[0], last, "PERSON")
        else:
            joined.append((first, last, kind))
    return joined


def again(passage: Passage, spans: list[Span], surnames: set[str]) -> list[Span]:
    """Find the surnames of people named elsewhere that the parser took for other words here."""
    taken = {token for first, last, _ in spans for token in range(first, last)}
    return [
        (token, token + 1, "PERSON")
        for token, word in enumerate(passage.words)
        if word in surnames and word[:1].isupper() and len(word) > 2 and token not in taken
    ]


def _dotted(passage: Passage, last: int) -> int:
    """Lengthen a name by what a dot or hyphen without blanks joins to it: "Site.com", "Moreau-Tremblay"."""
    while last + 1 < len(passage) and passage.words[last] in JOINTS and not passage.stops(last):
        apart = passage.ends[last - 1] != passage.starts[last] or passage.ends[last] != passage.starts[last + 1]
        if apart or (passage.words[last] != "." and not passage.words[last + 1][:1].isupper()):
            break
        last += 2
    return last


def _trimmed(passage: Passage, quoting: Quoting, first: int, last: int, kind: str) -> list[Span]:
    """Cut articles, titles and possessives off a name; nothing remains of a title alone."""
    lower, words = passage.lower, passage.words
    last = next((token for token in range(first + 1, last) if words[token] in BRACKETS), last)
    marks = [token for token in range(first, last) if words[token] in MARKS]
    last = marks[0] if len(marks) == 1 and marks[0] > first else last
    while last > first and (lower[last - 1] in ("'s", "'", "’") or not any(map(str.isalnum, words[last - 1]))):
        last -= 1
    while first < last and (
        _is_title(passage, first, last, kind, quoting)
        or lower[first] in ("the", "a", "an", "@")
        or not any(map(str.isalnum, words[first]))
        or (kind == "PERSON" and last - first > 2 and lower[first] in quoting.roles.keys() - quoting.given_names())
        or (kind == "PERSON" and not words[first][:1].isupper() and lower[first] not in PARTICLES)
    ):
        first += 1
    if last - first > 3 and kind != "PERSON" and lower[first + 2] in BELONGS and lower[first] in quoting.given_names():
        return [(first, first + 2, "PERSON"), *_trimmed(passage, quoting, first + 3, last, kind)]
    return [(first, last, kind)] if first < last else []


def _is_title(passage: Passage, first: int, last: int, kind: str, quoting: Quoting) -> bool:
    """Tell whether the first word of a name is a title; "Mr. King" and "Attorney General's Office" begin with none."""
    word = passage.lower[first].rstrip(".")
    if word not in quoting.titles:
        return False
    if last - first == 1:
        return not (first and passage.lower[first - 1].rstrip(".") in quoting.titles)
    return kind in ("PERSON", "?") or quoting.titles[word] is not None or word in ("dr", "prof")
