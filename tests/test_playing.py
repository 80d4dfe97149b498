"""Listening while it is made. The sound device is a stand-in: machines that test have none."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import numpy as np
import pytest

from narrate import batch, pipeline, playing, showing
from narrate.errors import PluginError
from narrate.options import Options

TEXT = "# The ferry\n\n" + "The ferry sailed on Friday whatever the wind did, and nobody asked why. " * 40


class Stream:
    """A sound device that remembers what it played."""

    played: ClassVar[list[np.ndarray]] = []

    def __init__(self, samplerate: int, channels: int, dtype: str) -> None:
        assert (samplerate, channels, dtype) == (24_000, 1, "float32")

    def start(self) -> None:
        """Begin anew."""
        Stream.played = []

    def write(self, sound: np.ndarray) -> None:
        """Play."""
        Stream.played.append(sound)

    def stop(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An article of several minutes, a cache of its own, and a device that is a stand-in."""
    device = ModuleType("sounddevice")
    device.OutputStream = Stream  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sounddevice", device)
    monkeypatch.setenv("NARRATE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "ferry.md").write_text(TEXT)
    return str(tmp_path / "ferry.md")


OPTIONS = Options(engine="tone", executor="inline", formats=("mp3", "edition"), early=True)


def test_all_is_played_in_order(article: str, tmp_path: Path) -> None:
    """What the device plays is as long as the speech of the edition with its pauses."""
    assert showing.make_all([article], str(tmp_path / "out"), OPTIONS, True, play=True) == 0
    seconds = sum(sound.size for sound in Stream.played) / 24_000
    duration = json.loads(next((tmp_path / "out").glob("*/edition.json")).read_text())["duration"]
    assert seconds == pytest.approx(duration, rel=0.05)


def test_no_device_is_said_plainly(article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a device or the library: what to do about it."""

    def none(**options: object) -> None:
        raise OSError("PortAudio library not found")

    monkeypatch.setattr(sys.modules["sounddevice"], "OutputStream", none)
    with pytest.raises(PluginError, match="no sound device"):
        playing.Player("cache")
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(PluginError, match=r"narrate\[play\]"):
        playing.Player("cache")


def test_the_first_minute_is_there_while_the_rest_is_made(article: str, tmp_path: Path) -> None:
    """A valid MP3 of about a minute stands in the folder before the last line is spoken, and is gone at the end."""
    from narrate.outputs.mp3 import measure

    seen: list[float] = []
    beginning = tmp_path / "out" / "the-ferry" / "beginning" / "beginning.mp3"

    def heard(step: pipeline.Progress) -> None:
        if beginning.is_file() and not seen:
            seen.append(measure(beginning).loudness)
            seen.append(step.line / len(step.script.lines))

    batch.make_all([article], str(tmp_path / "out"), OPTIONS, heard)
    assert seen and seen[0] == pytest.approx(-19, abs=0.6) and seen[1] < 0.8
    assert not beginning.parent.exists()
