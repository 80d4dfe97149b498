"""Interviews: paragraphs that begin with the name of who speaks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from narrate.readers._parts import Part

LABEL = re.compile(
    r"(?P<label>(?:Q|A)\d{0,2}|[A-ZÀ-Þ][A-ZÀ-Þ.,’'\- ]{0,38}[A-ZÀ-Þ.]|[A-ZÀ-Þ][\w.’'-]*(?:\s+[A-ZÀ-Þ][\w.’'-]*){0,3})"
    r"(?P<stop>\s*[:.]\s+|\s+[—–]\s+)(?=\S)"
)
"""A speaker's label at the start of a paragraph: "Q:", "JANE DOE:", "Jane Doe:", "JD." """
LEAST_TURNS = 3
"""Labelled paragraphs from which on a text is an interview; two may be a definition and a note."""
LEAST_SHARE = 0.15
"""Share of the paragraphs that carry a label in an interview; answers run over several paragraphs."""
LEAST_OWN = 0.5
"""Share of the answers in which somebody says "I" or "we", from which on questions in bold are an interview."""
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|me|my|we|our|us)\b")
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w.’'-]*(?:\s+[A-ZÀ-Þ][\w.’'-]*){1,3}|Q|A")
_SAYING = re.compile(r"[^\W\d_]{2}")
_CODA = re.compile(
    r"\b(?:interview|conversation|exchange|transcript)\b.*\b(?:edited|took place|condensed|translated|conducted)\b"
)
_NOTES = frozenset("note update warning correction disclosure source sources photo image credit editor related".split())


def find(parts: list[Part]) -> list[Part]:
    """Turn labelled paragraphs into turns, their labels into omissions; other texts stay as they are."""
    labels = [_label(part) for part in parts]
    counts = Counter(_key(label) for label, _ in labels if label)
    spoken = _speakers(counts)
    turns = sum(counts[label] for label in spoken)
    prose = sum(part.kind in ("paragraph", "turn") and not part.reason for part in parts)
    if turns < LEAST_TURNS or turns < LEAST_SHARE * prose or len(spoken) < 2:
        return _bold_questions(parts)
    last = max(index for index, (label, _) in enumerate(labels) if _key(label) in spoken)
    return _cut(parts, labels, spoken, last)


def _bold_questions(parts: list[Part]) -> list[Part]:
    """Turn questions in bold and their answers into turns, where the answers are somebody's own."""
    asked = [_is_question(part) for part in parts]
    if sum(asked) < LEAST_TURNS:
        return parts
    first = asked.index(True)
    answers = [
        part for part, question in zip(parts[first:], asked[first:], strict=True) if _is_prose(part) and not question
    ]
    own = sum(bool(_FIRST_PERSON.search(part.text)) for part in answers)
    if own < LEAST_OWN * len(answers) or not answers:
        # Questions and answers of an office or a handbook are nobody's speech.
        return parts
    result = parts[:first]
    speaking = ""
    for index, part in enumerate(parts[first:], start=first):
        if part.kind == "heading" or (not any(asked[index:]) and _CODA.search(part.text)):
            speaking = ""
        elif asked[index]:
            speaking = "Q"
        elif speaking:
            speaking = "A"
        result.append(replace(part, kind="turn", label=speaking) if speaking and _is_prose(part) else part)
    return result


def _is_question(part: Part) -> bool:
    return _is_prose(part) and part.text.endswith("?") and part.strong.strip() == part.text.strip()


def _is_prose(part: Part) -> bool:
    return part.kind == "paragraph" and not part.reason


def _key(label: str) -> str:
    return re.sub(r"\d+$", "", label)


def _initials(label: str) -> str:
    return "".join(word[0] for word in label.split()).upper()


def _speakers(counts: Counter[str]) -> set[str]:
    """Name the labels that are people: those that come back, if only in short, and those in the same dress."""
    short = {label.replace(".", "").replace(" ", "") for label in counts}
    full = {label for label in counts if " " in label and _initials(label) in short}
    initials = {label for label in counts if label.replace(".", "").replace(" ", "") in set(map(_initials, full))}
    surnames = {label: label.partition(",")[0].split()[-1] for label in counts if " " in label}
    named = {name for pair in surnames.items() if pair[1] in counts for name in pair}
    often = {label for label, count in counts.items() if count > 1} | full | initials | named
    dressed = {label for label in counts if any(label.isupper() and other.isupper() for other in often)}
    pairs = {"Q", "A"} if {"Q", "A"} <= set(counts) else set()
    return often | dressed | pairs


def _label(part: Part) -> tuple[str, int]:
    """Return a paragraph's label and where its words begin; ("", 0) if it has none."""
    if part.kind != "paragraph" or part.reason:
        return "", 0
    match = LABEL.match(part.text)
    if not match:
        return _bold_name(part)
    if match["label"].lower() in _NOTES:
        return "", 0
    if not _SAYING.search(part.text, match.end()):
        # "Clinton: 2,316" is a score, not a speech.
        return "", 0
    label, stop = match["label"], match["stop"].strip()
    strong = part.strong.strip(" :.—–") == label
    if stop == "." and not (strong or (label.isupper() and len(label) <= 3)):
        return "", 0
    if stop in "—–" and not strong:
        # "WASHINGTON — The president" is where, not who.
        return "", 0
    return label, match.end()


def _bold_name(part: Part) -> tuple[str, int]:
    """Return a name in bold that words follow without a colon, as some magazines set it."""
    name = part.strong.strip()
    end = len(part.text) - len(part.text.lstrip()) + len(name)
    if not _FULL_NAME.fullmatch(name) or not _SAYING.search(part.text, end) or not part.text[end : end + 1].isspace():
        return "", 0
    return name, end + 1


def _cut(parts: list[Part], labels: list[tuple[str, int]], spoken: set[str], last: int) -> list[Part]:
    result: list[Part] = []
    speaking = ""
    for index, (part, (label, start)) in enumerate(zip(parts, labels, strict=True)):
        if _key(label) in spoken and label:
            speaking = label
            result.append(Part(part.text[:start].strip(), reason="speaker label"))
            result.append(replace(part, text=part.text[start:], kind="turn", label=label))
            continue
        if part.kind == "heading" or index > last + 1 or (index > last and _CODA.search(part.text)):
            speaking = ""
        # An answer of several paragraphs has its label on the first alone.
        goes_on = speaking and part.kind == "paragraph" and not part.reason
        result.append(replace(part, kind="turn", label=speaking) if goes_on else part)
    return result
