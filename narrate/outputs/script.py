"""The script of an edition, to be read by programs, edited and made again: `script.json`."""

from __future__ import annotations

from pathlib import Path

from narrate.model import Edition
from narrate.scripts import to_json
from narrate.store import atomic


def write(edition: Edition, folder: Path) -> Path:
    """Write `script.json` in the public form, with the voices that were cast. Raises OutputError."""
    path = folder / "script.json"
    with atomic(path) as temporary:
        temporary.write_text(to_json(edition.script, edition.cast), encoding="utf-8")
    return path
