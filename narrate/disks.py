"""Places to keep bytes in by name: a folder of this machine, or an object store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from narrate.errors import OutputError, PluginError
from narrate.store import atomic


def disk(place: str) -> Disk:
    """Return the folder, or what an address such as `s3://bucket/editions` names."""
    return _Remote(place) if "://" in place else _Local(Path(place))


class Disk(Protocol):
    """Where bytes lie by name."""

    def read(self, name: str) -> bytes:
        """Return what was written. Raises FileNotFoundError."""

    def write(self, name: str, data: bytes) -> None:
        """Write all or nothing. Raises OutputError."""

    def exists(self, name: str) -> bool:
        """Tell whether something of that name is there."""

    def remove(self, name: str) -> None:
        """Remove it if it is there."""

    def sizes(self, suffix: str) -> Iterator[tuple[str, int, float]]:
        """Yield name, bytes and time of last use of what ends in `suffix`."""


class _Local:
    """A folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes:
        path = self._folder / name
        data = path.read_bytes()
        with suppress(OSError):  # a cache that others own can be read all the same
            os.utime(path)
        return data

    def write(self, name: str, data: bytes) -> None:
        with atomic(self._folder / name, durable=False) as temporary:  # whoever reads it checks it
            temporary.write_bytes(data)

    def exists(self, name: str) -> bool:
        return (self._folder / name).is_file()

    def remove(self, name: str) -> None:
        with suppress(OSError):
            (self._folder / name).unlink()

    def sizes(self, suffix: str) -> Iterator[tuple[str, int, float]]:
        for path in self._folder.glob(f"*/*{suffix}"):
            with suppress(FileNotFoundError):  # another run may prune at the same time
                found = path.stat()
                yield str(path.relative_to(self._folder)), found.st_size, found.st_mtime


class _Remote:
    """An object store; a write there is whole or does not happen."""

    def __init__(self, address: str) -> None:
        try:
            import fsspec

            self._files, self._root = fsspec.core.url_to_fs(address)
        except (ImportError, ValueError) as error:
            raise PluginError(f"{address} cannot be reached: {error}; pip install 'narrate[remote]'") from error

    def read(self, name: str) -> bytes:
        return bytes(self._files.cat_file(f"{self._root}/{name}"))

    def write(self, name: str, data: bytes) -> None:
        path = f"{self._root}/{name}"
        try:
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(path, data)
        except OSError as error:
            raise OutputError(f"cannot write {path}: {error}") from error

    def exists(self, name: str) -> bool:
        return bool(self._files.exists(f"{self._root}/{name}"))

    def remove(self, name: str) -> None:
        with suppress(OSError):
            self._files.rm_file(f"{self._root}/{name}")

    def sizes(self, suffix: str) -> Iterator[tuple[str, int, float]]:
        for path, found in self._files.find(self._root, detail=True).items():
            if path.endswith(suffix):
                used = found.get("mtime") or found.get("LastModified") or found.get("created") or 0.0
                stamp = used.timestamp() if isinstance(used, datetime) else float(used)
                yield path.removeprefix(self._root).lstrip("/"), int(found.get("size") or 0), stamp


def upload(folder: Path, address: str, last: str) -> None:
    """Copy the files of a folder to an object store, the one named `last` last, since it says that all are there."""
    place = disk(address)
    for path in sorted(folder.iterdir(), key=lambda path: (path.name == last, path.name)):
        if path.is_file():
            place.write(path.name, path.read_bytes())
