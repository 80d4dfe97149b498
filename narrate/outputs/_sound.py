"""What goes wrong with sound files, said as our own error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import soundfile

from narrate.errors import OutputError


@contextmanager
def sounding(path: Path) -> Iterator[None]:
    """Turn libsndfile's errors, and its short writes on a full disk, into OutputError."""
    try:
        yield
    except (soundfile.SoundFileError, AssertionError) as error:
        said = " ".join(str(error).split()).rstrip(".") or "a short write"
        raise OutputError(f"cannot encode {path.name}: {said}; make room on the disk and try again") from error
