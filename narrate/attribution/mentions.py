"""Mentions: every stretch outside a quotation that may name somebody who speaks.

Names come from `spans`; nouns count where they are subjects, agents, people or papers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from narrate.attribution.passages import Passage
from narrate.attribution.spans import again, names
from narrate.languages import Quoting

COMMON = {"NN", "NNS"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
PRONOUNS = {"he", "she", "they", "it", "i", "we", "you", "who"}
LONE = {"one", "another", "others", "many", "some", "both", "two", "several", "most", "this", "that", "which", "all"}
"""Words that stand for somebody when they are a subject: "another said"."""
NICKNAME = re.compile(r"\s[‘“\"'][^’”\"']+[’”\"']\s")
"""What stands between marks inside a name and is no part of it."""
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


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
    named = [names(passage, quoting) for passage in passages]
    surnames = {
        passage.words[last - 1]
        for passage, spans in zip(passages, named, strict=True)
        for first, last, kind in spans
        if kind == "PERSON" and last - first > 1
    }
    for passage, spans in zip(passages, named, strict=True):
        spans = spans + again(passage, spans, surnames)
        taken = {token for first, last, _ in spans for token in range(first, last)}
        spans += [(token, token + 1, "pronoun") for token in _pronouns(passage, taken)]
        spans += [(*span, "noun") for span in _nouns(passage, quoting, taken)]
        for first, last, kind in sorted(spans):
            found.append(_mention(len(found), passage, quoting, first, last, kind))
    return tuple(found)


def _mention(number: int, passage: Passage, quoting: Quoting, first: int, last: int, kind: str) -> Mention:
    named = kind not in ("pronoun", "noun")
    printed = passage.text[passage.starts[first] : passage.ends[last - 1]]
    plain = NICKNAME.sub(" ", printed)
    name = tuple(word.strip(",") for word in plain.split() if word.lower().strip(".,") not in SUFFIXES)
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
        aged = passage.lower[max(0, token - 2) : token + 1] == ["year", "-", "old"]
        if (tag not in COMMON and not titled and not aged) or token in taken or passage.quoted[token] >= 0:
            continue
        word, head = passage.lower[token], passage.heads[token]
        if passage.deps[token] in ("compound", "nmod", "amod") and head > token:
            continue
        person = aged or word in quoting.roles or (word.endswith("s") and word[:-1] in quoting.roles)
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
