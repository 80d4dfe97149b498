"""Measure what a listener hears: seed articles from file to script, against their gold.

    python benchmarks/heard.py [tune|held|all|NNN] [--list]

The reader, the lines and the attribution run as they do for an edition. For each quotation that
has a voice of its own in the gold, the script gives it the right speaker, a wrong one, an unknown
one, or leaves it to the narrator; fragments and marks that are no speech should stay with the
narrator. `--list` names every stretch that is heard otherwise.
"""

from __future__ import annotations

import sys
from collections import Counter
from difflib import SequenceMatcher
from typing import Any

from seeds_gold import SEEDS, gold

from narrate import readers
from narrate.attribution import attribute
from narrate.languages.en import LANGUAGE
from narrate.model import NARRATOR, Script, Speaker
from narrate.segment import segment

UNKNOWN = "unknown-speaker"
TITLES = frozenset(
    "mr mrs ms miss dr sir dame sgt lt capt captain gov rep sen judge mayor professor councilman senator "
    "councillor cllr lady lord father aunt the a an of".split()
)

Gold = dict[str, Any]


def script_of(document: Gold) -> Script:
    """Make the script of a seed article from its file."""
    path = next(path for path in SEEDS.glob(document["doc_id"] + ".*") if path.suffix in (".md", ".txt"))
    article = readers.read(readers.fetch(str(path)))
    return attribute(article, segment(article, LANGUAGE), LANGUAGE)


def voices(document: Gold, script: Script) -> dict[int, str]:
    """Return who is heard at each offset of the gold text that the script reads aloud, blanks left out."""
    heard = [(char, line.speaker) for line in script.lines for char in line.text if not char.isspace()]
    wanted = [(offset, char) for offset, char in enumerate(document["text"]) if not char.isspace()]
    spoken, printed = "".join(char for char, _ in heard), "".join(char for _, char in wanted)
    if spoken == printed:
        return {offset: speaker for (offset, _), (_, speaker) in zip(wanted, heard, strict=True)}
    matching = SequenceMatcher(None, printed, spoken, autojunk=False).get_matching_blocks()
    return {
        wanted[block.a + step][0]: heard[block.b + step][1] for block in matching for step in range(block.size)
    }


def speaker_at(stretch: Gold, who: dict[int, str]) -> str:
    """Return the speaker of most of a stretch, the narrator if nobody reads it."""
    said = Counter(who[offset] for offset in range(stretch["start"], stretch["end"]) if offset in who)
    return said.most_common(1)[0][0] if said else NARRATOR


def words(name: str) -> list[str]:
    """Return the words of a name, lower case, without titles and articles."""
    plain = [word.strip(".,’'\"“”").lower().removesuffix("’s").removesuffix("'s") for word in name.split()]
    return [word for word in plain if word and word not in TITLES]


def same(wanted: Gold, speaker: Speaker) -> bool:
    """Tell whether a speaker's name is the gold's: all the words of one in the other, or the words of the mention."""
    found, name = set(words(speaker.name)), set(words(wanted["speaker_name"]))
    return bool(found) and (found <= name or name <= found or found == set(words(wanted["speaker_text"])))


def judge(document: Gold, told: bool) -> Counter[str]:
    """Count what becomes of each stretch of one article."""
    script = script_of(document)
    who = voices(document, script)
    cast = {speaker.id: speaker for speaker in script.speakers}
    genders = {speaker["name"]: speaker["gender"] for speaker in document["speakers"]}
    counts: Counter[str] = Counter()
    for stretch in document["quotes"] + document["negatives"]:
        speaker = cast[speaker_at(stretch, who)]
        verdict = verdict_of(stretch, speaker)
        counts[verdict] += 1
        gender = genders.get(stretch.get("speaker_name", ""))
        if verdict == "right" and gender:
            counts["gender unknown" if speaker.gender is None else f"gender {speaker.gender == gender}"] += 1
        if told and verdict not in ("right", "fragment kept", "no speech kept"):
            print(f"{verdict:16} {document['doc_id']}: {stretch['text'][:60]} -> {speaker.name}")
    return counts


def verdict_of(stretch: Gold, speaker: Speaker) -> str:
    """Name what becomes of a stretch that a speaker reads."""
    if not stretch.get("voiced"):
        kind = "fragment" if "voiced" in stretch else "no speech"
        return f"{kind} {'kept' if speaker.id == NARRATOR else 'voiced'}"
    if speaker.id in (NARRATOR, UNKNOWN):
        return "unheard" if speaker.id == NARRATOR else "unknown"
    return "right" if same(stretch, speaker) else "wrong"


def main(split: str, told: bool) -> None:
    """Print a line of the table for one half of the seeds, both, or one article."""
    chosen = [document for document in gold() if split in ("all", document["split"], document["doc_id"][:3])]
    counts = sum((judge(document, told) for document in chosen), Counter[str]())
    voiced = sum(counts[verdict] for verdict in ("right", "wrong", "unknown", "unheard"))
    shares = [f"{counts[verdict] / voiced:.3f}" for verdict in ("right", "wrong", "unknown", "unheard")]
    pairs = [(counts[kind + " voiced"], counts[kind + " kept"]) for kind in ("fragment", "no speech")]
    kept = [f"{aloud} of {aloud + silent}" for aloud, silent in pairs]
    genders = " / ".join(str(counts[f"gender {verdict}"]) for verdict in ("True", "False", "unknown"))
    print("| seeds | quotations | right | wrong | unknown | narrator | fragments voiced | no speech voiced | gender |")
    print("| --- " * 9 + "|")
    print("| " + " | ".join([split, str(voiced), *shares, *kept, genders]) + " |")


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--list"]
    main(*(arguments or ["all"])[:1], told="--list" in sys.argv)
