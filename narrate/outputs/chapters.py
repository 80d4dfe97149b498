"""Chapters of the podcast namespace, JSON 1.2: `chapters.json`."""

from __future__ import annotations

from pathlib import Path

from narrate.model import Edition
from narrate.outputs import _json
from narrate.outputs._credits import credits_of
from narrate.outputs._plain import TITLE_LIMIT, plain, seconds


def write(edition: Edition, folder: Path) -> Path:
    """Write `chapters.json`, times in seconds. Raises OutputError."""
    said = credits_of(edition)
    chapters = [
        {
            "startTime": seconds(chapter.start, edition.rate),
            "endTime": seconds(chapter.end, edition.rate),
            "title": plain(chapter.title, TITLE_LIMIT) or f"Chapter {number}",
        }
        for number, chapter in enumerate(edition.chapters, 1)
    ]
    content = {"version": "1.2.0", "title": said.title, "author": said.artist, "chapters": chapters}
    return _json.save(content, folder / "chapters.json")
