"""The programme: one loudness, pauses by what ends, cues that tile it, chapters that start at cues."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from narrate import audio
from narrate.mixing import CEILING, LEAD, PAUSES, RATE, mix
from narrate.model import Article, Block, Clip, Edition, Line, Script, Section, Speaker, Token, Utterance, Voice

TEXTS = (
    ("title", ("A bridge opens",)),
    ("byline", ("Ann Lee",)),
    ("paragraph", ("“It is open,” ", "said Mr Hart. ", "“At last.” ")),
    ("heading", ("The ferry",)),
    ("paragraph", ("It stays. ", "For now.")),
)
SPEAKERS = {"“It is open,” ": "hart", "“At last.” ": "hart"}
VOICES = {
    "narrator": Voice("tone", "a", "en-US"),
    "hart": Voice("tone", "b", "en-US"),
}


def _script() -> Script:
    blocks, lines, at = [], [], 0
    for index, (kind, texts) in enumerate(TEXTS):
        blocks.append(Block(kind, "".join(texts), at))  # type: ignore[arg-type]
        for text in texts:
            lines.append(Line(index, at, text, SPEAKERS.get(text, "narrator")))
            at += len(text)
        at += 2
    article = Article("A bridge opens", "Ann Lee", "", "en", "", tuple(blocks))
    people = (Speaker("narrator", "Narrator"), Speaker("hart", "Mr Hart"))
    return Script(
        article, people, (Section("A bridge opens", tuple(lines[:5])), Section("The ferry", tuple(lines[5:])))
    )


def _utterances(script: Script) -> list[Utterance]:
    return [Utterance((Token(0, line.text.strip(), line.text.strip()),)) for line in script.lines]


def _clips(
    script: Script, rates: Sequence[int] = (24_000, 22_050), levels: Sequence[float] = (0.05, 0.6)
) -> list[Clip]:
    """Give the narrator a quiet voice at one rate and Mr Hart a loud one at another."""
    clips = []
    for line in script.lines:
        which = int(line.speaker == "hart")
        size = round((0.8 + 0.05 * len(line.text)) * rates[which])
        noise = np.random.default_rng(len(line.text)).standard_normal(size)
        speech = np.convolve(noise, np.hanning(24) / 12, "same") * levels[which]
        clips.append(Clip(np.asarray(speech, np.float32), rates[which], ((size // 10, size),)))
    return clips


def _mixed(folder: Path, loudness: float = -19.0) -> tuple[Script, Edition, audio.Sound]:
    script = _script()
    edition = mix(script, VOICES, _utterances(script), _clips(script), folder / "m.wav", loudness=loudness)
    return script, edition, np.concatenate([sound for sound, _ in audio.read(folder / "m.wav")])


@pytest.mark.parametrize("loudness", [-19.0, -16.0, -23.0])
def test_the_programme_is_as_loud_as_asked(tmp_path: Path, loudness: float) -> None:
    """Half a loudness unit at most beside the wish, no true peak above the ceiling."""
    _, edition, sound = _mixed(tmp_path, loudness)
    assert audio.measure([sound], RATE) == pytest.approx(loudness, abs=0.5)
    assert edition.loudness == pytest.approx(audio.measure([sound], RATE), abs=0.05)
    assert edition.true_peak <= CEILING + 0.2


def test_voices_are_brought_to_one_loudness(tmp_path: Path) -> None:
    """A voice of a twelfth of the level is heard as loud as the other."""
    script, edition, sound = _mixed(tmp_path)
    heard = {
        who: audio.measure(
            [sound[cue.start : cue.end] for cue in edition.cues if script.lines[cue.line].speaker == who], RATE
        )
        for who in VOICES
    }
    assert abs(heard["narrator"] - heard["hart"]) < 1.0


def test_cues_tile_the_programme(tmp_path: Path) -> None:
    """One cue a line, in order, without a gap, from the first sample to the last; words lie inside their cue."""
    script, edition, sound = _mixed(tmp_path)
    assert [cue.line for cue in edition.cues] == list(range(len(script.lines)))
    assert edition.cues[0].start == 0
    assert edition.cues[-1].end == edition.samples == sound.size
    for cue, after in zip(edition.cues, edition.cues[1:], strict=False):
        assert cue.start < cue.end == after.start
    assert all(cue.start <= word.begins <= word.ends <= cue.end for cue in edition.cues for word in cue.words)


def test_a_cue_starts_just_before_its_sound(tmp_path: Path) -> None:
    """Speech begins within 30 ms of its cue, so that a chapter mark plays from its first sound."""
    _, edition, sound = _mixed(tmp_path)
    for cue in edition.cues[1:]:
        first = int(np.argmax(np.abs(sound[cue.start : cue.end]) > 1e-4))
        assert 0 < first / RATE <= 0.03


def test_chapters_start_at_cues(tmp_path: Path) -> None:
    """Chapters tile the programme as cues do, and begin where their first line does."""
    _, edition, _ = _mixed(tmp_path)
    assert [chapter.title for chapter in edition.chapters] == ["A bridge opens", "The ferry"]
    assert edition.chapters[1].start == edition.cues[5].start == edition.chapters[0].end
    assert edition.chapters[-1].end == edition.samples


def test_pauses_depend_on_what_ends(tmp_path: Path) -> None:
    """A chapter is longer than a paragraph, a sentence longer than a comma; the silence is digital and exact."""
    _, edition, sound = _mixed(tmp_path)
    ends = [round(word.ends) for cue in edition.cues for word in cue.words]
    begins = [cue.start for cue in edition.cues[1:]]
    preroll = round(0.02 * RATE)
    silences = [(begin + preroll - end) / RATE for end, begin in zip(ends, begins, strict=False)]
    wanted = ["head", "heading", "comma", "speaker", "chapter", "heading", "sentence"]
    assert silences == pytest.approx([PAUSES[what] for what in wanted], abs=2 / RATE)
    assert not sound[: round(LEAD * RATE)].any()


def test_there_is_one_clip_a_line(tmp_path: Path) -> None:
    """A clip too few is a fault of the program, not a shorter programme."""
    script = _script()
    with pytest.raises(ValueError, match="clips"):
        mix(script, VOICES, _utterances(script), _clips(script)[:-1], tmp_path / "m.wav")


def test_the_same_clips_give_the_same_bytes(tmp_path: Path) -> None:
    """Nothing of the time or the machine is in the sound."""
    _mixed(tmp_path)
    first = (tmp_path / "m.wav").read_bytes()
    _mixed(tmp_path)
    assert (tmp_path / "m.wav").read_bytes() == first
