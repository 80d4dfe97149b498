"""The cover as podcast directories want it: `cover.png`, 3000 by 3000 pixels."""

from __future__ import annotations

from pathlib import Path

from narrate.model import Edition
from narrate.outputs._art import cover_png
from narrate.outputs._credits import credits_of
from narrate.store import atomic


def write(edition: Edition, folder: Path) -> Path:
    """Write `cover.png`. Raises OutputError."""
    said = credits_of(edition)
    path = folder / "cover.png"
    with atomic(path) as temporary:
        temporary.write_bytes(cover_png(said.title, said.artist, said.album))
    return path
