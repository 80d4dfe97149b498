"""M4B and Opus, as other programs read them."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import editions
import numpy as np
import pytest
import soundfile
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from narrate import audio
from narrate.errors import OutputError
from narrate.model import Edition
from narrate.outputs import _ogg, m4b, opus

sys.path.append(str(Path(__file__).parent.parent / "scripts"))

import check_mp3

TRICKY = "Semi;colon = # back\\slash “quoted” — Łódź 🎉"
"""What FFmpeg's metadata file would take for its own syntax."""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    made = editions.edition(tmp_path_factory.mktemp("master"), editions.script(editions.article(TRICKY)))
    return replace(made, chapters=(replace(made.chapters[0], title=TRICKY), made.chapters[1]))


def test_m4b(edition: Edition, tmp_path: Path) -> None:
    """ffprobe and mutagen both find every chapter at its sample with its title, cover and tags."""
    path = m4b.write(edition, tmp_path)
    found = check_mp3.probed(path)
    assert [chapter["tags"]["title"] for chapter in found["chapters"]] == [TRICKY, "The ferry"]
    starts = [chapter.start / edition.rate for chapter in edition.chapters]
    assert [float(chapter["start_time"]) for chapter in found["chapters"]] == pytest.approx(starts, abs=0.001)
    assert found["format"]["tags"]["title"] == TRICKY and found["format"]["tags"]["artist"] == "Mary Stone"
    assert {stream["codec_name"] for stream in found["streams"]} >= {"aac", "mjpeg"}
    read = MP4(path)
    assert [chapter.title for chapter in read.chapters] == [TRICKY, "The ferry"]
    assert [chapter.start for chapter in read.chapters] == pytest.approx(starts, abs=0.001)
    assert read.info.length == pytest.approx(edition.samples / edition.rate, abs=0.05)
    assert read.tags is not None and read.tags["covr"] and read.tags["stik"] == [2]


def test_m4b_of_a_broken_master(edition: Edition, tmp_path: Path) -> None:
    """What FFmpeg cannot encode is an error in a line, and no file."""
    (tmp_path / "broken.wav").write_bytes(b"RIFF")
    with pytest.raises(OutputError, match="cannot encode the M4B"):
        m4b.write(replace(edition, sound=tmp_path / "broken.wav"), tmp_path)
    assert not list(tmp_path.glob("*.m4b"))


def test_m4b_encoder_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """An encoder that hangs is ended."""
    monkeypatch.setattr(m4b, "TIMEOUT", 0.2)
    with pytest.raises(OutputError, match="hung"):
        m4b._run([sys.executable, "-c", "import time; time.sleep(30)"])


def test_opus(edition: Edition, tmp_path: Path) -> None:
    """The Opus file has the master's length and loudness and its tags, at half the MP3's bit rate."""
    path = opus.write(edition, tmp_path)
    sound, rate = soundfile.read(path, dtype="float32")
    assert (len(sound), rate) == (edition.samples, edition.rate)
    assert audio.measure([sound], rate) == pytest.approx(edition.loudness, abs=0.5)
    assert path.stat().st_size * 8 / (edition.samples / edition.rate) == pytest.approx(opus.BIT_RATE * 1000, rel=0.2)
    tags = OggOpus(path)
    assert (tags["title"], tags["artist"], tags["date"]) == ([TRICKY], ["Mary Stone"], ["2024-08-18"])
    assert "synthetic voices" in tags["comment"][0]


def test_opus_rate(edition: Edition, tmp_path: Path) -> None:
    """A rate that Opus lacks is refused in words."""
    with pytest.raises(OutputError, match="no sample rate of 22050"):
        opus.write(replace(edition, rate=22050), tmp_path)


def test_ogg_checksum(tmp_path: Path) -> None:
    """Renumbering a stream that has our number already changes nothing: our checksum is libogg's."""
    path = tmp_path / "a.ogg"
    soundfile.write(path, np.zeros(48000), 48000, format="OGG", subtype="OPUS")
    data = bytearray(path.read_bytes())
    size = 27 + data[26] + sum(data[27 : 27 + data[26]])
    page, check = data[:size], int.from_bytes(data[22:26], "little")
    page[22:26] = bytes(4)
    assert _ogg.checksum(page) == check
    _ogg.renumber(path)
    once = path.read_bytes()
    assert once[14:18] == (1).to_bytes(4, "little") and len(once) == len(data)
    _ogg.renumber(path)
    assert path.read_bytes() == once
    assert np.abs(soundfile.read(path)[0]).max() < 1e-6
