"""SubRip captions word by word: `words.srt`."""

from __future__ import annotations

from pathlib import Path

from narrate.model import Edition
from narrate.outputs._captions import by_word
from narrate.outputs.srt import save


def write(edition: Edition, folder: Path) -> Path:
    """Write `words.srt`, a caption for each word. Raises OutputError."""
    return save(edition, by_word(edition), folder / "words.srt")
