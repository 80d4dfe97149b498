"""Notes in plain text: "[1]" in the running words, and the notes themselves below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from narrate.readers._parts import Part

_NOTE = re.compile(r"\[(\d{1,3})\]\s+\S")
_MARK = re.compile(r"(?<=\S)\[(\d{1,3})\]")


def omitted(parts: Sequence[Part]) -> list[Part]:
    """Omit notes and take their marks out of the text, where each note has a mark and stands below it."""
    notes = {match[1]: at for at, part in enumerate(parts) if not part.reason and (match := _NOTE.match(part.text))}
    marks = {number: at for at, part in enumerate(parts) for number in _MARK.findall(part.text)}
    numbers = {number for number in notes if marks.get(number, len(parts)) < notes[number]}
    if not numbers:
        return list(parts)
    result: list[Part] = []
    for at, part in enumerate(parts):
        if at in {notes[number] for number in numbers}:
            result.append(part.omitted("footnote"))
            continue
        found = [mark for mark in _MARK.findall(part.text) if mark in numbers]
        text = _MARK.sub(lambda match: "" if match[1] in numbers else match[0], part.text)
        result.append(replace(part, text=text))
        result += [Part(" ".join(f"[{mark}]" for mark in found), reason="reference mark")] if found else []
    return result
