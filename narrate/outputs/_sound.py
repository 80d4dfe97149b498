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
        said = " ".join(str(error).split()) or "no room on the disk"
        raise OutputError(f"cannot read or encode {path.name}: {said}; make the edition again") from error
