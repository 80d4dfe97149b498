"""What is kept: files that appear whole or not at all, and the cache of spoken clips."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

import numpy as np
from platformdirs import user_cache_path

from narrate.errors import OutputError, PluginError
from narrate.model import Clip

CLIP_SCALE = 16384.0
"""Full scale ±1 becomes ±16384 of 16 bits: 6 dB of headroom, since raw voices peak at 1.17."""

CLIP_SUFFIX = ".clip"

DIGEST = 32
"""Length of a SHA-256 digest, bytes: each clip file begins with that of the rest of it."""


def cache_folder() -> Path:
    """Return the folder for models and clips: `$NARRATE_CACHE`, else the user's cache folder."""
    chosen = os.environ.get("NARRATE_CACHE")
    return Path(chosen) if chosen else user_cache_path("narrate")


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` to write to; it becomes `path` on success, else it is removed.

    Raises OutputError when the disk is full or the folder cannot be written.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The ending stays, because encoders choose their format by it.
        with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=f".part{path.suffix}", delete=False) as file:
            temporary = Path(file.name)
        temporary.chmod(0o644)
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}; choose another folder with -o") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


class ClipCache:
    """Clips by the SHA-256 of all that decides their sound; checked when read, safe for many writers.

    They lie in a folder of this machine or, named by an address like `s3://bucket/clips`, in an
    object store through fsspec. What was not read for longest goes first when it grows too large.
    """

    def __init__(self, place: Path | str) -> None:
        self._disk = disk(str(place))

    @staticmethod
    def key(*parts: str) -> str:
        """Name a clip by what decides its sound."""
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def get(self, key: str) -> Clip:
        """Read a clip; KeyError when it is not there or was damaged (it is then thrown away)."""
        name = _name(key)
        try:
            stored = self._disk.read(name)
        except FileNotFoundError as error:
            raise KeyError(key) from error
        if hashlib.sha256(stored[DIGEST:]).digest() != stored[:DIGEST]:
            self._disk.remove(name)
            raise KeyError(key)
        return unpack(stored[DIGEST:])

    def put(self, key: str, clip: Clip) -> Clip:
        """Keep a clip and return it as it will be read back, so that a cached run gives the same bytes."""
        packed = pack(clip)
        self._disk.write(_name(key), hashlib.sha256(packed).digest() + packed)
        return unpack(packed)

    def sizes(self) -> list[tuple[str, int, float]]:
        """List name, bytes and time of last use of every clip, longest unused first."""
        return sorted(self._disk.sizes(CLIP_SUFFIX), key=lambda clip: (clip[2], clip[0]))

    def prune(self, most: int) -> tuple[int, int]:
        """Throw the longest unused clips away until `most` bytes are left; return clips and bytes gone."""
        clips = self.sizes()
        excess = sum(size for _, size, _ in clips) - most
        gone = freed = 0
        for name, size, _ in clips:
            if freed >= excess:
                break
            self._disk.remove(name)
            gone, freed = gone + 1, freed + size
        return gone, freed


def _name(key: str) -> str:
    return f"{key[:2]}/{key}{CLIP_SUFFIX}"


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
        with atomic(self._folder / name) as temporary:
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


def upload(folder: Path, address: str) -> None:
    """Copy the files of a folder to an object store, `edition.json` last, since it says that all are there."""
    place = disk(address)
    for path in sorted(folder.iterdir(), key=lambda path: (path.name == "edition.json", path.name)):
        if path.is_file():
            place.write(path.name, path.read_bytes())


def pack(clip: Clip) -> bytes:
    """Turn a clip into bytes: a line of JSON, then 16-bit samples."""
    head = json.dumps({"rate": clip.rate, "times": clip.times}).encode()
    scaled = np.clip(np.rint(clip.samples * CLIP_SCALE), -32768, 32767)
    return b"\n".join([head, scaled.astype("<i2").tobytes()])


def unpack(packed: bytes) -> Clip:
    """Turn bytes of `pack` back into a clip."""
    head, _, sound = packed.partition(b"\n")
    said = json.loads(head)
    samples = np.frombuffer(sound, dtype="<i2").astype(np.float32) / np.float32(CLIP_SCALE)
    return Clip(samples, said["rate"], tuple((start, end) for start, end in said["times"]))
