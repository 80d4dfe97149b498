"""Places to keep bytes in by name: a folder of this machine, or an object store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from narrate.errors import NarrateError, OutputError, PluginError
from narrate.store import atomic

FOLDERS = ("file:", "local:", "sftp:", "ssh:", "hdfs:", "smb:")
"""Addresses of what has folders that must be made first; elsewhere the first of them would be a bucket of its own."""


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
        self._address = address
        try:
            import fsspec

            self._files, self._root = fsspec.core.url_to_fs(address)
        except (ImportError, ValueError) as error:
            raise PluginError(f"{address} cannot be reached: {error}; pip install 'narrate[remote]'") from error

    def read(self, name: str) -> bytes:
        with self._reaching("read", name):
            return bytes(self._files.cat_file(f"{self._root}/{name}"))

    def write(self, name: str, data: bytes) -> None:
        path = f"{self._root}/{name}"
        with self._reaching("write", name):
            try:
                if self._address.startswith(FOLDERS):
                    self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
                self._files.pipe_file(path, data)
            except FileNotFoundError as error:
                raise OutputError(f"cannot write {self._address}: there is no such bucket") from error

    def exists(self, name: str) -> bool:
        with self._reaching("see", name):
            return bool(self._files.exists(f"{self._root}/{name}"))

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError), self._reaching("remove", name):
            self._files.rm_file(f"{self._root}/{name}")

    def sizes(self, suffix: str) -> Iterator[tuple[str, int, float]]:
        with self._reaching("list", "its files"):
            listed = self._files.find(self._root, detail=True)
        for path, found in listed.items():
            if path.endswith(suffix):
                used = found.get("mtime") or found.get("LastModified") or found.get("created") or 0.0
                stamp = used.timestamp() if isinstance(used, datetime) else float(used)
                yield path.removeprefix(self._root).lstrip("/"), int(found.get("size") or 0), stamp

    @contextmanager
    def _reaching(self, what: str, name: str) -> Iterator[None]:
        """Turn whatever a library says of a store into an error of ours, but that something is not there."""
        try:
            yield
        except (FileNotFoundError, NarrateError):
            raise
        except Exception as error:  # each store has errors of its own kind
            said = " ".join(str(error).split()) or type(error).__name__
            raise OutputError(f"cannot {what} {name} at {self._address}: {said}") from error


def upload(folder: Path, address: str, last: str) -> None:
    """Copy the files of a folder to an object store, the one named `last` last, since it says that all are there."""
    place = disk(address)
    for path in sorted(folder.iterdir(), key=lambda path: (path.name == last, path.name)):
        if path.is_file():
            place.write(path.name, path.read_bytes())
