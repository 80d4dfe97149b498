"""Files appear whole or not at all; a clip read back is the clip that was kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from narrate.errors import OutputError
from narrate.model import Clip
from narrate.store import ClipCache, atomic, cache_folder, pack, unpack

CLIP = Clip(np.asarray([0.0, 0.5, -1.2, 1.17], np.float32), 24_000, ((0, 2), (2, 4)))


def test_a_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    """Until the block ends the old file stands."""
    path = tmp_path / "deep" / "a.txt"
    with atomic(path) as temporary:
        temporary.write_text("one")
        assert not path.exists()
    assert path.read_text() == "one"


def test_nothing_is_left_of_a_failure(tmp_path: Path) -> None:
    """A fault in the middle leaves the old file and no other."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), atomic(path) as temporary:
        temporary.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_unwritable_place_is_an_error_of_ours(tmp_path: Path) -> None:
    """A folder that is a file: one line that says what to do."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="choose another folder"), atomic(tmp_path / "file" / "a.txt"):
        pass


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


def test_the_user_chooses_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`$NARRATE_CACHE` is read when it is asked for."""
    monkeypatch.setenv("NARRATE_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
