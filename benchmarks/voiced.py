"""Measure in whose voice the speech of the seed articles is heard, the whole way: reader, lines, script.

    python benchmarks/voiced.py [tune|held|all]

The scorer sees the text alone; a page also has bold questions, lists and block quotations, and an edition leaves
fragments with the narrator. For each kind of article: whole utterances heard in the right voice, in a wrong one, in
that of the unknown speaker, and not heard (left with the narrator); then fragments and marks that are no speech which
change the voice although they must not.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from seeds_gold import SEEDS, gold

from narrate.model import NARRATOR, Script
from narrate.pipeline import read_script

UNKNOWN = "unknown-speaker"
TITLES = {"mr", "mrs", "ms", "dr", "sir", "the", "a", "an", "her", "his", "their", "my"}
OUTCOMES = ("right", "wrong", "unknown", "unheard")

Gold = dict[str, Any]


def words(name: str) -> list[str]:
    """List the words of a name, less its titles, in lower case."""
    bare = [word.strip(".,“”‘’\"'") for word in name.lower().split()]
    return [word for word in bare if word and word not in TITLES]


def same(heard: str, wanted: str) -> bool:
    """Tell whether two names may be one person's: the words of one are all in the other."""
    one, other = set(words(heard)), set(words(wanted))
    return bool(one and other) and (one <= other or other <= one)


def letters(script: Script) -> Iterator[tuple[str, str]]:
    """Yield each character that is no blank, with the name of the speaker who says it."""
    names = {speaker.id: speaker.name for speaker in script.speakers} | {NARRATOR: "", UNKNOWN: UNKNOWN}
    for line in script.lines:
        yield from ((letter, names[line.speaker]) for letter in line.text if not letter.isspace())


def voices(document: Gold) -> dict[int, str]:
    """Map the characters of a gold text to the names of those who are heard saying them."""
    source = next(path for path in SEEDS.glob(document["doc_id"] + ".*") if path.suffix in (".md", ".txt"))
    said = list(letters(read_script(str(source))))
    places = [place for place, letter in enumerate(document["text"]) if not letter.isspace()]
    matcher = SequenceMatcher(
        None, [document["text"][place] for place in places], [letter for letter, _ in said], autojunk=False
    )
    return {
        places[block.a + step]: said[block.b + step][1]
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def heard(span: Mapping[str, Any], spoken: Mapping[int, str]) -> str:
    """Name the speaker of most of a span; "" is the narrator."""
    names = Counter(spoken[place] for place in range(span["start"], span["end"]) if place in spoken)
    return names.most_common(1)[0][0] if names else ""


def outcome(name: str, quote: Gold) -> str:
    """Judge one whole utterance. A description will do as a name only for those whose name nobody is told."""
    if name in ("", UNKNOWN):
        return "unknown" if name else "unheard"
    wanted = quote["speaker_name"]
    described = wanted[:1].islower() and same(name, quote["speaker_text"])
    return "right" if described or same(name, wanted) else "wrong"


def count(document: Gold) -> Counter[str]:
    """Count what is heard of one article."""
    spoken, counts = voices(document), Counter[str]()
    for quote in document["quotes"]:
        name = heard(quote, spoken)
        counts[outcome(name, quote) if quote["voiced"] else f"fragment {bool(name)}"] += 1
    counts.update(f"mark {bool(heard(mark, spoken))}" for mark in document["negatives"])
    return counts


def main() -> None:
    """Print a table of the kinds, and their sum."""
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for document in gold(*sys.argv[1:2]):
        kinds[document["kind"]] += count(document)
    kinds["all"] = sum(kinds.values(), Counter())
    print("| kind | utterances | right | wrong | unknown | unheard | fragments voiced | marks voiced |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for kind, found in kinds.items():
        cells = [sum(found[one] for one in OUTCOMES), *(found[one] for one in OUTCOMES)]
        cells += [found["fragment True"], found["mark True"]]
        print("|", " | ".join(map(str, [kind, *cells])), "|")


if __name__ == "__main__":
    main()
