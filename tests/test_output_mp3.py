"""The MP3: exact to the sample, as loud as the master, its chapters where other programs find them."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import editions
import numpy as np
import pytest
import soundfile
from mutagen.id3 import ID3
from programs import node

from narrate import audio
from narrate.errors import OutputError
from narrate.model import Edition
from narrate.outputs import _lame, mp3

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "scripts"))

import check_mp3  # noqa: E402


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made") / "bridge"
    made.mkdir()
    return made


@pytest.fixture(scope="module")
def edition(folder: Path) -> Edition:
    return editions.edition(folder)


@pytest.fixture(scope="module")
def made(edition: Edition, folder: Path) -> Path:
    return mp3.write(edition, folder)


def decoded(path: Path) -> np.ndarray:  # type: ignore[type-arg]
    with mp3.Decoder(path) as sound:
        return np.asarray(sound.read(sound.frames + 9999, dtype="float32"))


def lag(heard: np.ndarray, master: np.ndarray) -> int:  # type: ignore[type-arg]
    """Return by how many samples one sound is behind another, where they correlate most."""
    size = 2 * len(master)
    against = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(master, size)))
    best = int(np.argmax(against))
    return best if best < size // 2 else best - size


@pytest.mark.parametrize("rate", _lame.RATES)
def test_exact_to_the_sample(rate: int, tmp_path: Path) -> None:
    """At every rate the decoded file has the master's length and lies on it without a sample's lag."""
    time = np.arange(rate * 3 + 517) / rate
    master = (0.3 * np.sin(2 * np.pi * (180 + 40 * time) * time) * np.sin(3 * time) ** 2).astype(np.float32)
    soundfile.write(tmp_path / "m.wav", master, rate, subtype="PCM_16")
    _lame.encode(tmp_path / "m.wav", tmp_path / "m.mp3", 64)
    heard = decoded(tmp_path / "m.mp3")
    assert len(heard) == len(master)
    assert lag(heard, master) == 0
    assert abs(audio.decibels(float(heard.std() / master.std()))) < 0.1


def test_unknown_rate(tmp_path: Path) -> None:
    """A rate that MP3 lacks is refused in words."""
    soundfile.write(tmp_path / "m.wav", np.zeros(1000, np.float32), 17000, subtype="PCM_16")
    with pytest.raises(OutputError, match="no sample rate of 17000"):
        _lame.encode(tmp_path / "m.wav", tmp_path / "m.mp3", 64)


def test_info_frame(made: Path) -> None:
    """The file is of constant bit rate, and its Info frame says so with delay and table of contents."""
    data = made.read_bytes()
    size = (
        10
        + int.from_bytes(bytes(0))
        + sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    )
    info = data[size : size + 192]
    assert data[size:][:2] == b"\xff\xf3" and info[13:17] == b"Info"
    assert int.from_bytes(info[25:29], "big") == len(data) - size
    table = info[29:129]
    assert list(table) == sorted(table) and table[50] in range(125, 132)
    assert b"LAME3.100" in info


def test_loudness(edition: Edition, made: Path) -> None:
    """The decoded file is as loud as the master within half a unit and peaks below -1 dBTP."""
    heard = mp3.measure(made)
    assert abs(heard.loudness - edition.loudness) < 0.1
    assert heard.true_peak <= mp3.PEAK_LIMIT


def test_a_hot_master_is_turned_down(tmp_path: Path) -> None:
    """A master whose peaks would pass the limit is encoded again with less gain."""
    edition = editions.edition(tmp_path)
    sound, rate = soundfile.read(edition.sound)
    sound *= 0.99 / np.abs(sound).max()
    soundfile.write(edition.sound, sound, rate, subtype="PCM_16")
    hot = replace(edition, loudness=audio.measure([sound.astype(np.float32)], rate), true_peak=-0.1)
    heard = mp3.measure(mp3.write(hot, tmp_path))
    assert heard.true_peak <= mp3.PEAK_LIMIT
    assert heard.true_peak > mp3.PEAK_LIMIT - 0.5


def test_silence(tmp_path: Path) -> None:
    """A silent master, which has no loudness, becomes a silent file and no endless search."""
    edition = editions.edition(tmp_path)
    soundfile.write(edition.sound, np.zeros(edition.samples, np.float32), edition.rate, subtype="PCM_16")
    path = mp3.write(replace(edition, loudness=audio.SILENCE), tmp_path)
    assert not decoded(path).any()


def test_decoder_is_silent_on_stderr(made: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Measuring a file prints nothing: libsndfile's decoder would complain at each seek of soundfile's."""
    mp3.measure(made)
    assert capfd.readouterr() == ("", "")


def test_chapters_as_ffprobe_reads_them(edition: Edition, made: Path) -> None:
    """ffprobe finds every chapter at its sample, within a millisecond, with its title, and the file's tags."""
    found = check_mp3.probed(made)
    assert [chapter["tags"]["title"] for chapter in found["chapters"]] == ["The bridge", "The ferry"]
    for chapter, wanted in zip(found["chapters"], edition.chapters, strict=True):
        assert abs(float(chapter["start_time"]) - wanted.start / edition.rate) <= 0.001
        assert abs(float(chapter["end_time"]) - wanted.end / edition.rate) <= 0.001
    tags = found["format"]["tags"]
    assert (tags["title"], tags["artist"], tags["album"]) == (
        "A bridge for Port Ellen", "Mary Stone", "Narrated articles",
    )  # fmt: skip
    assert (tags["date"], tags["language"]) == ("2024-08-18", "eng")
    assert "synthetic voices (engine: tone)" in tags["comment"]
    assert tags["SYNTHETIC_SPEECH"] == "tone"
    assert float(found["format"]["duration"]) == pytest.approx(edition.samples / edition.rate, abs=0.001)
    assert [stream["codec_name"] for stream in found["streams"]] == ["mp3", "mjpeg"]


def test_chapters_as_music_metadata_reads_them(edition: Edition, made: Path) -> None:
    """music-metadata, which orders chapters by the table of contents, finds the same and warns of nothing."""
    found = node(
        "import {parseFile} from 'music-metadata';"
        "const found = await parseFile(process.argv[1], {includeChapters: true});"
        "console.log(JSON.stringify({c: found.format.chapters, w: found.quality.warnings, t: found.common.title}))",
        str(made),
    )
    assert found["w"] == [] and found["t"] == "A bridge for Port Ellen"
    assert [chapter["title"] for chapter in found["c"]] == ["The bridge", "The ferry"]
    for chapter, wanted in zip(found["c"], edition.chapters, strict=True):
        assert abs(chapter["start"] - wanted.start / edition.rate) <= 0.001


def test_the_checker_finds_faults(
    edition: Edition, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The checker of CI passes our file and fails one whose chapters stop early."""
    assert check_mp3.main([str(made)]) == 0
    assert "The ferry" in capsys.readouterr().out
    short = mp3.write(replace(edition, chapters=edition.chapters[:1]), tmp_path)
    assert check_mp3.main([str(short)]) == 1
    assert "the chapters run from" in capsys.readouterr().err
    untold = mp3.write(replace(edition, chapters=()), tmp_path)
    assert check_mp3.main([str(untold)]) == 1


def test_three_hundred_chapters(tmp_path: Path) -> None:
    """Of more chapters than a table of contents holds, as many as it holds are found by every reader, in order."""
    path = mp3.write(editions.edition(tmp_path, chapters=300), tmp_path)
    titles = [chapter["tags"]["title"] for chapter in check_mp3.probed(path)["chapters"]]
    assert len(titles) == 255 and titles == sorted(titles, key=lambda title: int(title.removeprefix("Part ")))
    assert check_mp3.main([str(path)]) == 0
    found = node(
        "import {parseFile} from 'music-metadata';"
        "const found = await parseFile(process.argv[1], {includeChapters: true});"
        "console.log(JSON.stringify(found.format.chapters.map(chapter => chapter.title)))",
        str(path),
    )
    assert found == titles


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    """A title that would break out of anything is one printable line in the tag; a NUL makes no second value."""
    written = editions.script(editions.article(title=editions.HOSTILE, byline="By \x00Eve\nMallory", source="\x01"))
    edition = editions.edition(tmp_path, written)
    chapters = tuple(replace(chapter, title=editions.HOSTILE) for chapter in edition.chapters)
    tag = ID3(mp3.write(replace(edition, chapters=chapters), tmp_path))
    for text in (*tag["TIT2"].text, *tag["CHAP:ch0"].sub_frames["TIT2"].text):
        assert text == "</script><img src=x onerror=alert(1)> --> <v Eve> ]]> & \"quoted\" 'end'"
    assert tag["TPE1"].text == ["Eve Mallory"]


def test_nothing_known(tmp_path: Path) -> None:
    """An article without title, author and date has a tag that says so and invents nothing."""
    made = replace(editions.article(title=" ", byline=""), published="last spring", language="xx")
    tag = ID3(mp3.write(editions.edition(tmp_path, editions.script(made)), tmp_path), translate=False)
    assert tag["TIT2"].text == ["Untitled"] and tag["TLAN"].text == ["und"]
    assert not {"TPE1", "TYER", "TDAT"} & set(tag)


def test_date(made: Path) -> None:
    """The day of publication stands in the two frames that version 2.3 has for it."""
    tag = ID3(made, translate=False)
    assert (tag["TYER"].text, tag["TDAT"].text) == (["2024"], ["1808"])
    assert tag.version == (2, 3, 0)


def test_the_words_are_inside(edition: Edition, made: Path) -> None:
    """The whole text lies in the tag, paragraph by paragraph, for players that show it."""
    (found,) = ID3(made).getall("USLT")
    assert found.lang == "eng"
    assert found.text.split("\n\n") == [block.text for block in edition.script.article.blocks]


def test_the_article_is_linked(tmp_path: Path) -> None:
    """An article from the web is linked, its address in ASCII; a path of the disk is not."""
    made = editions.article(source="https://example.org/ä b?c=%20&d")
    tag = ID3(mp3.write(editions.edition(tmp_path, editions.script(made)), tmp_path))
    assert tag["WOAS"].url == "https://example.org/%C3%A4%20b?c=%20&d"
    local = ID3(mp3.write(editions.edition(tmp_path, editions.script(editions.article(source="/a/b.txt"))), tmp_path))
    assert "WOAS" not in local
