"""Names to bytes: files, standard input, web addresses; never more than a bounded size."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from narrate.errors import SourceError
from narrate.readers import Source

MOST_BYTES = 64_000_000
"""Largest source that is taken in: a book with its pictures; leaves room for what is made of it in 512 MB."""


def fetch(name: str, private: bool = False) -> Source:
    """Get the bytes of a file, an address or "-". Raises SourceError."""
    if name == "-":
        return Source("-", _bounded("-", sys.stdin.buffer))
    if name.partition("://")[0].lower() in ("http", "https") and "://" in name:
        from narrate.readers import _guard
        from narrate.readers._web import fetch as fetched

        # What comes will be read there, and both take their time.
        _guard.open_room()
        return fetched(name, private)
    return Source(name, _file(name))


def _file(name: str) -> bytes:
    try:
        path = Path(name)
        if path.is_dir():
            raise SourceError(f"{name}: a folder; name the files in it")
        if path.exists() and not path.is_file():
            raise SourceError(f"{name}: not a regular file")
        with path.open("rb") as file:
            return _bounded(name, file)
    except FileNotFoundError as error:
        raise SourceError(f"{name}: there is no such file") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"{_printable(name)}: cannot be read: {reason}") from error


def _bounded(name: str, file: BinaryIO) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise SourceError(too_large(name))
    if not data:
        raise SourceError(f"{name}: empty; there is nothing to read")
    return data


def too_large(name: str) -> str:
    """Word the message for a source over the limit."""
    return f"{name}: over {MOST_BYTES // 1_000_000} MB; cut it into parts"


def _printable(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name)[:200]
