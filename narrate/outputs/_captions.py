"""Captions: who says what, when, in stretches that fit under a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from narrate.model import Cue, Edition, Line, Word
from narrate.outputs._plain import plain

LONGEST = 84
"""Characters of a caption: two lines of 42, as broadcasters set them; podcast apps allow 65 a line."""

LINE = 65
"""Characters of a line in a caption."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A stretch of one speaker's words, start and end in samples."""

    speaker: str
    text: str
    start: int
    end: int


def by_line(edition: Edition) -> Iterator[Caption]:
    """Yield captions of at most `LONGEST` characters; they tile the programme."""
    for cue, line, name in _said(edition):
        yield from _split(cue, line, name)


def by_word(edition: Edition) -> Iterator[Caption]:
    """Yield a caption for each word; a line whose words have no times is yielded whole."""
    for cue, line, name in _said(edition):
        for word in cue.words:
            if text := plain(line.text[word.start : word.end]):
                yield Caption(name, text, word.begins, max(word.ends, word.begins + 1))
        if not cue.words and (text := plain(line.text)):
            yield Caption(name, text, cue.start, cue.end)


def _said(edition: Edition) -> Iterator[tuple[Cue, Line, str]]:
    """Yield each cue with its line and the speaker's name."""
    names = {speaker.id: plain(speaker.name) for speaker in edition.script.speakers}
    lines = edition.script.lines
    for cue in edition.cues:
        yield cue, lines[cue.line], names.get(lines[cue.line].speaker, lines[cue.line].speaker)


def _split(cue: Cue, line: Line, name: str) -> Iterator[Caption]:
    """Cut a line where its words let it; each caption begins when its first word does."""
    begins, at = cue.start, 0
    for word in _breaks(line.text, cue.words):
        if text := plain(line.text[at : word.start]):
            yield Caption(name, text, begins, word.begins)
            begins, at = word.begins, word.start
    if text := plain(line.text[at:]):
        yield Caption(name, text, begins, cue.end)


def _breaks(text: str, words: tuple[Word, ...]) -> Iterator[Word]:
    """Yield the words before which a caption is cut so that the parts are about equal and short enough."""
    parts = -(-len(text) // LONGEST)
    wanted = len(text) / parts if parts else 0
    cut = 1
    for word in words[1:]:
        if cut < parts and word.start >= cut * wanted and text[word.start - 1].isspace():
            yield word
            cut += 1


def folded(text: str) -> str:
    """Break a caption into lines of at most `LINE` characters, about equally long."""
    if len(text) <= LINE:
        return text
    rows = -(-len(text) // LINE)
    wanted = len(text) / rows
    lines = [""]
    for word in text.split():
        full = len(lines[-1]) + 1 + len(word) > LINE or len(lines[-1]) >= wanted
        if lines[-1] and full:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
