"""Opus in Ogg for the web: half the bytes of the MP3 at the same quality, without chapters: `<slug>.opus`."""

from __future__ import annotations

from pathlib import Path

import soundfile

from narrate.errors import OutputError
from narrate.model import Edition
from narrate.outputs._credits import credits_of
from narrate.outputs._ogg import renumber
from narrate.outputs._sound import sounding
from narrate.store import atomic

BIT_RATE = 32
"""kbit/s: where Opus is transparent for one voice."""

LOWEST, RANGE = 6, 250
"""kbit/s that libsndfile gives at compression level 1, and how many more at level 0."""

RATES = (8000, 12000, 16000, 24000, 48000)
"""Sample rates that Opus takes, Hz."""

BLOCK = 1 << 16
"""Samples that are read and encoded at a time."""


def write(edition: Edition, folder: Path) -> Path:
    """Write `<slug>.opus`. Raises OutputError."""
    if edition.rate not in RATES:
        raise OutputError(f"Opus has no sample rate of {edition.rate} Hz; mix the edition at 24000")
    path = folder / f"{folder.resolve().name}.opus"
    said = credits_of(edition)
    tags = {"title": said.title, "artist": said.artist, "album": said.album, "date": said.published}
    tags["comment"] = said.disclosure
    level = 1 - (BIT_RATE - LOWEST) / RANGE
    with atomic(path) as temporary, sounding(edition.sound):
        with (
            soundfile.SoundFile(edition.sound) as sound,
            soundfile.SoundFile(
                temporary, "w", edition.rate, 1, "OPUS", format="OGG", compression_level=level
            ) as encoder,
        ):
            for name, text in tags.items():
                if text:
                    setattr(encoder, name, text)
            for block in sound.blocks(BLOCK, dtype="float32"):
                encoder.write(block)
        renumber(temporary)
    return path
