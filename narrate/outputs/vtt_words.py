"""WebVTT captions word by word: `words.vtt`."""

from __future__ import annotations

from pathlib import Path

from narrate.model import Edition
from narrate.outputs._captions import by_word
from narrate.outputs.vtt import save


def write(edition: Edition, folder: Path) -> Path:
    """Write `words.vtt`, a caption for each word. Raises OutputError."""
    return save(edition, by_word(edition), folder / "words.vtt")
