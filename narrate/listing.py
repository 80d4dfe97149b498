"""What the command line names as sources: files, folders, patterns, addresses, and lists of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from glob import glob, has_magic
from pathlib import Path

from narrate.errors import SourceError
from narrate.options import SIDECAR

LIST = "@-"
"""Stands for the sources that standard input lists."""


def sources(names: Iterable[str]) -> Iterator[str]:
    """Expand folders and patterns; all else is one source. Raises SourceError for what holds nothing."""
    for name in names:
        if "://" in name or name == "-":
            yield name
        elif Path(name).is_dir():
            yield from _found(name, (str(path) for path in Path(name).iterdir() if path.is_file()))
        elif has_magic(name) and not Path(name).exists():
            yield from _found(name, glob(name, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
        else:
            yield name


def _found(name: str, paths: Iterable[str]) -> list[str]:
    visible = sorted(path for path in paths if not Path(path).name.startswith(".") and not path.endswith(SIDECAR))
    if not visible:
        raise SourceError(f"{name}: no file there")
    return visible


def listed() -> Iterator[str]:
    """Yield the sources that standard input lists, one a line."""
    yield from (line.strip() for line in sys.stdin if line.strip())
