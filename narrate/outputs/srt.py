"""SubRip captions, the speaker's name before each change of speaker: `transcript.srt`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from narrate.model import Edition
from narrate.outputs._captions import Caption, by_line, folded
from narrate.outputs._plain import clock
from narrate.store import atomic


def write(edition: Edition, folder: Path) -> Path:
    """Write `transcript.srt`, a caption for each line or part of a long one. Raises OutputError."""
    return save(edition, by_line(edition), folder / "transcript.srt")


def save(edition: Edition, captions: Iterable[Caption], path: Path) -> Path:
    """Write captions as SubRip, which knows no speakers: a name stands before what is said."""
    speaking = ""
    with atomic(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        for number, caption in enumerate(captions, 1):
            start, end = (clock(at, edition.rate, ",") for at in (caption.start, caption.end))
            name = f"{caption.speaker}: " if caption.speaker != speaking else ""
            speaking = caption.speaker
            file.write(f"{number}\n{start} --> {end}\n{_harmless(folded(name + caption.text))}\n\n")
    return path


def _harmless(text: str) -> str:
    """Keep players that read SubRip as HTML from doing so; the format has no escapes."""
    return text.replace("<", "‹").replace(">", "›")
