"""What is kept: files that appear whole or not at all, and the cache of spoken clips."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np
from platformdirs import user_cache_path

from narrate.errors import OutputError
from narrate.model import Clip

CLIP_SCALE = 16384.0
"""Full scale ±1 becomes ±16384 of 16 bits: 6 dB of headroom, since raw voices peak at 1.17."""

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
    """Clips by the SHA-256 of all that decides their sound; checked when read, safe for many writers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @staticmethod
    def key(*parts: str) -> str:
        """Name a clip by what decides its sound."""
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def path(self, key: str) -> Path:
        """Return where a clip of that key lies or would lie."""
        return self.folder / key[:2] / f"{key}.clip"

    def __contains__(self, key: str) -> bool:
        return self.path(key).is_file()

    def get(self, key: str) -> Clip:
        """Read a clip; KeyError when it is not there or was damaged (it is then thrown away)."""
        path = self.path(key)
        try:
            stored = path.read_bytes()
        except OSError as error:
            raise KeyError(key) from error
        if hashlib.sha256(stored[DIGEST:]).digest() != stored[:DIGEST]:
            path.unlink(missing_ok=True)
            raise KeyError(key)
        return unpack(stored[DIGEST:])

    def put(self, key: str, clip: Clip) -> Clip:
        """Keep a clip and return it as it will be read back, so that a cached run gives the same bytes."""
        packed = pack(clip)
        with atomic(self.path(key)) as temporary:
            temporary.write_bytes(hashlib.sha256(packed).digest() + packed)
        return unpack(packed)


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
