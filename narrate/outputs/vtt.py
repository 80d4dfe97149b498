"""WebVTT captions with the speakers' names: `transcript.vtt`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from narrate.model import Edition
from narrate.outputs._captions import Caption, by_line, folded
from narrate.outputs._credits import credits_of
from narrate.outputs._plain import clock, markup
from narrate.store import atomic


def write(edition: Edition, folder: Path) -> Path:
    """Write `transcript.vtt`, a caption for each line or part of a long one. Raises OutputError."""
    return save(edition, by_line(edition), folder / "transcript.vtt")


def save(edition: Edition, captions: Iterable[Caption], path: Path) -> Path:
    """Write captions as WebVTT."""
    with atomic(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"WEBVTT\n\nNOTE {markup(credits_of(edition).disclosure)}\n")
        for caption in captions:
            start, end = (clock(at, edition.rate) for at in (caption.start, caption.end))
            file.write(f"\n{start} --> {end}\n<v {markup(caption.speaker)}>{markup(folded(caption.text))}</v>\n")
    return path
