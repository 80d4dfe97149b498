"""Names to bytes: files, standard input, web addresses; never more than a bounded size."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import BinaryIO

from narrate.errors import SourceError
from narrate.readers import Source

MOST_BYTES = 64_000_000
"""Largest source that is taken in: a book with its pictures; leaves room for what is made of it in 512 MB."""


_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def fetch(name: str, private: bool = False) -> Source:
    """Get the bytes of a file, an address or "-". Raises SourceError."""
    if name in ("-", "/dev/stdin"):
        return Source("-", _bounded("-", sys.stdin.buffer))
    if _ADDRESS.match(name):
        return fetch_address(name, private)
    return Source(name, _file(name, _printable(name)))


def fetch_address(address: str, private: bool = False) -> Source:
    """Get the bytes of an address, and never those of a file. Raises SourceError."""
    from narrate.readers import _guard, _web

    # What comes will be read there, and both take their time.
    _guard.open_room()
    return _web.fetch(address, private)


def _file(name: str, shown: str) -> bytes:
    if not name:
        raise SourceError("no source is named; name a file, an address, or - for standard input")
    try:
        path = Path(name)
        if path.is_dir():
            raise SourceError(f"{shown}: a folder; name the files in it")
        if path.exists() and not path.is_file():
            raise SourceError(f"{shown}: not a regular file; to read what a program prints, pipe it in and name it -")
        with open(path, "rb", opener=_unwaiting) as file:
            return _bounded(shown, file)
    except FileNotFoundError as error:
        raise SourceError(f"{shown}: there is no such file") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"{shown}: cannot be read: {reason}") from error


def _unwaiting(name: str, flags: int) -> int:
    """Open a file so that no reading waits: kernel logs call themselves files and have no end."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _bounded(name: str, file: BinaryIO) -> bytes:
    # None where nothing is there yet, of what must not be waited for.
    data = file.read(MOST_BYTES + 1) or b""
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
