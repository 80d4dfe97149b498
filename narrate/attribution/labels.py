"""The turns of interviews, transcripts and posts: paragraphs that begin with the name of who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from narrate.model import Block

_WORD = r"[^\W\d_a-zà-ÿ][\w.’'‐‑-]*"
_NAME = rf"{_WORD}(?: (?:{_WORD}|de|van|von|der|al|bin|la|el)){{0,3}}"
LABEL = re.compile(rf"[“\"]?(?:(?P<name>{_NAME})(?: \([^()\n]{{1,30}}\))?\s?:|(?P<letter>[QA])\.)\s+(?=\S)")
"""What may be the label of a turn: one to four capitalised words and a colon, with an office or party in brackets."""
POST = re.compile(rf"(?P<name>@\w{{2,30}}|{_NAME} \(@\w{{2,30}}\))\s?:\s+(?=[^\s“\"‘'])")
"""The label of a post without marks, which needs no other to be one: a handle."""
MARKS_BEFORE_LABEL = ("“", '"')
NOTES = frozenset(
    "note photo photograph picture image source sources update warning correction topics tags related credit".split()
)
"""Labels, lower case, of what nobody says."""
ENDS = ".!?…”\"’'—–-)"
"""What ends a spoken turn, though seldom an entry of a list."""

Label = tuple[str, int]
"""A label, and where the turn behind it begins in the block's text."""


def labelled(blocks: Sequence[Block]) -> dict[int, Label]:
    """Find the turns of interviews and transcripts by block.

    A label in the text counts when labels come back, whole or in part: "Jane Doe", then "Doe". An
    unlabelled paragraph between two turns goes on with the first.
    """
    seen = {index: label for index, block in enumerate(blocks) if (label := _label(block)) is not None}
    turns = {index: (block.label, 0) for index, block in enumerate(blocks) if block.kind == "turn"}
    posts = {index: (found["name"], found.end()) for index, block in enumerate(blocks) if (found := _post(block))}
    family = _families(label for label, _ in [*turns.values(), *seen.values()])
    counts = Counter(family[label] for label, _ in [*turns.values(), *seen.values()])
    back = {label for label, count in counts.items() if count > 1}
    speaking = {index: label for index, label in seen.items() if family[label[0]] in back}
    if turns or (len(back) > 1 and _spoken(blocks, speaking)):
        turns |= speaking
        _lengthen(blocks, seen, turns)
    return posts | turns


def _label(block: Block) -> Label | None:
    found = LABEL.match(block.text)
    label = found and (found["name"] or found["letter"])
    return (label, found.end()) if found and label and label.split()[-1].lower() not in NOTES else None


def _post(block: Block) -> re.Match[str] | None:
    return POST.match(block.text) if block.kind in ("paragraph", "quotation", "item") else None


def _families(labels: Iterable[str]) -> dict[str, str]:
    """Map each label to the longer one that it is a part of: its first or last word, or its initials."""
    known = list(dict.fromkeys(labels))
    longer: dict[str, str] = {}
    for label in known:
        words = label.lower().split()
        if len(words) > 1:
            for part in (words[0], words[-1], "".join(word[0] for word in words)):
                longer.setdefault(part, label)
    return {label: longer.get(label.lower(), label) for label in known}


def _spoken(blocks: Sequence[Block], turns: Mapping[int, Label]) -> bool:
    """Tell whether most turns end as sentences do, unlike the entries of a list: "Price: 5 pounds"."""
    return sum(blocks[index].text.rstrip()[-1:] in ENDS for index in turns) * 2 > len(turns)


def _lengthen(blocks: Sequence[Block], seen: Mapping[int, Label], turns: dict[int, Label]) -> None:
    """Add what stands with a label of its own before the first turn or after the last, and all in between."""
    first, last = min(turns), max(turns)
    while first - 1 in seen:  # a speaker's full name may label only the first turn
        first -= 1
        turns[first] = seen[first]
    while " " in seen.get(last + 1, ("", 0))[0]:  # and somebody's only turn may be the last
        last += 1
        turns[last] = seen[last]
    for index in range(first + 1, last):
        if index not in turns and index in seen:
            turns[index] = seen[index]
        elif index not in turns and index - 1 in turns and _goes_on(blocks[index]):
            turns[index] = (turns[index - 1][0], 0)


def _goes_on(block: Block) -> bool:
    """Tell whether an unlabelled block between two turns belongs to the first: not if it is "(Laughter.)"."""
    return block.kind == "paragraph" and block.text[:1] not in "(["
