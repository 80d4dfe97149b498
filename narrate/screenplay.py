"""A script as a screenplay, for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from narrate.model import Cast, Line, Script

UNSURE = 0.7
"""Confidence below which a person should look at a line."""

WIDTH = 88
"""Columns of a screenplay."""

INDENT = "    "


def to_text(script: Script, cast: Cast | None = None) -> str:
    """Write a script as a screenplay, with what it is unsure of and what it omits at the end."""
    names = {speaker.id: speaker.name for speaker in script.speakers}
    parts = [*_heading(script), *_people(script, cast or {})]
    for chapter in script.chapters:
        parts += [f"== {chapter.title} ==", *_dialogue(chapter.lines, names)]
    return "\n\n".join([*parts, *_doubts(script.lines, names), *_left_out(script)]) + "\n"


def _heading(script: Script) -> Iterator[str]:
    article = script.article
    yield "\n".join(part for part in (article.title, article.byline, article.published) if part)


def _people(script: Script, cast: Cast) -> Iterator[str]:
    """List the speakers with what is known of them."""
    rows = []
    for speaker in script.speakers:
        voice = cast[speaker.id].id if speaker.id in cast else speaker.voice
        known = ", ".join(part for part in (speaker.description, speaker.gender or "", voice) if part)
        rows.append(INDENT + speaker.name + (f" ({known})" if known else ""))
    yield "\n".join(["Speakers", *rows])


def _dialogue(lines: Sequence[Line], names: Mapping[str, str]) -> Iterator[str]:
    """Yield what each speaker says in a row, a paragraph for each block."""
    for speaker, said in groupby(lines, key=lambda line: line.speaker):
        paragraphs = ["".join(line.text for line in part) for _, part in groupby(said, key=lambda line: line.block)]
        yield "\n".join([names.get(speaker, speaker).upper(), *(_wrapped(paragraph) for paragraph in paragraphs)])


def _doubts(lines: Sequence[Line], names: Mapping[str, str]) -> Iterator[str]:
    """List the lines whose speaker is not certain."""
    rows = [
        _wrapped(f"line {number}, {names.get(line.speaker, line.speaker)} ({line.confidence:.0%}): "
                 f"{textwrap.shorten(line.text, WIDTH, placeholder='…')} — {line.why or 'no cue'}")
        for number, line in enumerate(lines, 1)
        if line.confidence < UNSURE
    ]  # fmt: skip
    if rows:
        yield "\n".join(["Unsure who speaks", *rows])


def _left_out(script: Script) -> Iterator[str]:
    """List what is not read aloud, and what is not said in full, with the reasons."""
    for title, parts in (("Not read aloud", script.article.omissions), ("Not said in full", script.shortened)):
        rows = [_wrapped(f"{part.reason}: {textwrap.shorten(part.text, 2 * WIDTH, placeholder='…')}") for part in parts]
        if rows:
            yield "\n".join([title, *rows])


def _wrapped(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
