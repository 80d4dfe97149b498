"""A clip read back is the clip that was kept; the longest unused go first; many may write at once."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from narrate.clips import ClipCache, pack, unpack
from narrate.model import Clip

CLIP = Clip(np.asarray([0.0, 0.5, -1.2, 1.17], np.float32), 24_000, ((0, 2), (2, 4)))


def test_a_clip_comes_back(tmp_path: Path) -> None:
    """What `put` returns is what `get` will, beyond full scale too."""
    cache = ClipCache(tmp_path)
    key = ClipCache.key("voice", "text")
    kept = cache.put(key, CLIP)
    found = cache.get(key)
    assert np.array_equal(kept.samples, found.samples)
    assert (found.rate, found.times) == (CLIP.rate, CLIP.times)
    assert np.abs(found.samples - CLIP.samples).max() < 1e-4
    assert pack(unpack(pack(CLIP))) == pack(CLIP)


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_flipped_bit_is_found_and_thrown_away(tmp_path: Path, at: int) -> None:
    """A damaged clip is as if it had never been there."""
    cache = ClipCache(tmp_path)
    key = ClipCache.key("x")
    cache.put(key, CLIP)
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    data = bytearray(path.read_bytes())
    data[at] ^= 4
    path.write_bytes(data)
    with pytest.raises(KeyError):
        cache.get(key)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_keys_keep_their_parts_apart() -> None:
    """("ab", "c") is not ("a", "bc")."""
    assert ClipCache.key("ab", "c") != ClipCache.key("a", "bc")


@pytest.mark.parametrize("place", ["folder", "memory://narrate-clips-lru"])
def test_the_longest_unused_go_first(tmp_path: Path, place: str) -> None:
    """What was read lately stays; size is what is left, not what goes."""
    cache = ClipCache(str(tmp_path / place) if "://" not in place else place)
    keys = [ClipCache.key(str(number)) for number in range(4)]
    for number, key in enumerate(keys):
        cache.put(key, CLIP)
        if "://" not in place:
            os.utime(tmp_path / place / key[:2] / f"{key}.clip", (number, number))
    if "://" not in place:
        cache.get(keys[0])
    size = cache.sizes()[0][1]
    assert cache.prune(2 * size) == (2, 2 * size)
    left = {key for key in keys if cache.has(key)}
    assert left == ({keys[0], keys[3]} if "://" not in place else {keys[2], keys[3]})
    assert cache.prune(2 * size) == (0, 0)


def _write(place: str) -> int:
    """Write and read the same forty clips as everybody else, and count those that came back whole."""
    cache = ClipCache(place)
    found = 0
    for number in range(40):
        clip = Clip(np.full(2000, number / 100, np.float32), 24_000, ())
        cache.put(ClipCache.key(str(number)), clip)
        found += bool(np.allclose(cache.get(ClipCache.key(str(number))).samples, number / 100, atol=1e-4))
    return found


def test_many_write_the_same_clips_at_once(tmp_path: Path) -> None:
    """Four processes, one folder: each reads whole clips only, and nothing is left but them."""
    with ProcessPoolExecutor(4, get_context("spawn")) as pool:
        assert list(pool.map(_write, [str(tmp_path)] * 4)) == [40] * 4
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 40
