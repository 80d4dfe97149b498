"""What a browser needs of an edition."""

from __future__ import annotations

from pathlib import Path

import soundfile

from narrate.model import Edition
from narrate.outputs import edition as record
from narrate.outputs import page


def published(made: Edition, folder: Path) -> Path:
    """Write the page of an edition and the MP3 that it plays."""
    sound, rate = soundfile.read(made.sound)
    soundfile.write(folder / f"{folder.name}.mp3", sound, rate, format="MP3")
    record.write(made, folder)
    return page.write(made, folder)
