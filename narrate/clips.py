"""The cache of spoken clips: by all that decides their sound, checked when read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

from narrate.disks import disk
from narrate.model import Clip

CLIP_SCALE = 16384.0
"""Full scale ±1 becomes ±16384 of 16 bits: 6 dB of headroom, since raw voices peak at 1.17."""

CLIP_SUFFIX = ".clip"

DIGEST = 32
"""Length of a SHA-256 digest, bytes: each clip file begins with that of the rest of it."""


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

    def has(self, key: str) -> bool:
        """Tell whether a clip is there, be it damaged or not."""
        return self._disk.exists(_name(key))

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
