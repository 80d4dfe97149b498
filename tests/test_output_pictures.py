"""The picture and the cover: sizes, colours, contrast, and that no title breaks them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import editions
import numpy as np
import pytest
from PIL import Image

from narrate.model import NARRATOR, Edition, Speaker, Voice
from narrate.outputs import _art, cover, picture
from narrate.outputs._font import drawable, face, shortened, wrapped
from narrate.outputs._shape import envelope, shares, speaking

LONG = "The extraordinarily long and winding story of how everybody came to agree on everything that mattered " * 3


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return editions.edition(tmp_path_factory.mktemp("master"))


def luminance(colour: tuple[int, ...]) -> float:
    """Return the relative luminance of WCAG."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in (c / 255 for c in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def test_envelope(edition: Edition) -> None:
    """The wave is high where there is speech and low in the pauses, 1 at its loudest."""
    levels = envelope(edition, 400)
    assert levels.shape == (400,) and levels.max() == 1
    lowest = min(levels[round((cue.end - edition.rate * 0.2) * 400 / edition.samples)] for cue in edition.cues)
    assert lowest < 0.05 < np.median(levels)


def test_speaking(edition: Edition) -> None:
    """Each stretch belongs to who is heard there; a stretch of no sound to nobody."""
    columns = speaking(edition, edition.samples // edition.rate)
    lines = edition.script.lines
    for cue in edition.cues:
        middle = (cue.start + cue.end) // 2 * len(columns) // edition.samples
        if cue.end - cue.start > 2 * edition.rate:
            assert columns[middle] == lines[cue.line].speaker
    assert sum(shares(edition).values()) == pytest.approx(1)


def test_picture_shows_each_speaker(edition: Edition) -> None:
    """Every speaker's colour is in the wave, in about the share of time that is theirs."""
    drawn = np.asarray(picture.draw_edition(edition))
    wave = drawn[picture.WAVE_TOP : picture.WAVE_TOP + picture.WAVE_HEIGHT]
    row = wave[picture.WAVE_HEIGHT // 2]
    count = {who: int((row == rgb(colour)).all(1).sum()) for who, colour in picture.colours(edition).items()}
    share = count["ann-lee"] / sum(count.values())
    assert share == pytest.approx(shares(edition)["ann-lee"], abs=0.05)


def test_speakers_are_told_apart(edition: Edition) -> None:
    """Every colour stands out from the paper (WCAG 1.4.11), no two alike, the narrator's is nobody else's."""
    colours = [picture.NARRATOR_COLOUR, *picture.COLOURS]
    assert len(set(colours)) == len(colours)
    assert all(contrast(rgb(colour), (255, 255, 255)) >= 3 for colour in picture.COLOURS)
    assert all(contrast(rgb(ink), rgb(picture.BAND)) >= 4.5 for ink in (picture.INK, picture.FAINT))


@pytest.mark.parametrize("count", [1, 60])
def test_any_number_of_chapters_and_speakers(edition: Edition, count: int, tmp_path: Path) -> None:
    """The picture grows with its lists, and counts what is too much to list."""
    cut = replace(edition, chapters=editions._equal(edition.samples, count))
    path = picture.write(cut, tmp_path)
    with Image.open(path) as image:
        assert image.width == picture.WIDTH
        assert image.height < 2000
    many = tuple(Speaker(f"s{number}", LONG) for number in range(40))
    lines = [replace(line, speaker=many[index].id) for index, line in enumerate(edition.script.lines)]
    section = replace(edition.script.chapters[0], title=LONG, lines=tuple(lines))
    crowd = replace(edition, script=replace(edition.script, speakers=many, chapters=(section,)), cast={})
    assert picture.draw_edition(crowd).width == picture.WIDTH


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (65.4, "1:05"), (3725, "1:02:05")])
def test_duration(seconds: float, text: str) -> None:
    """Durations read as a player shows them."""
    assert picture.duration(seconds) == text


def test_cover_file(edition: Edition, tmp_path: Path) -> None:
    """The cover is 3000 by 3000 in RGB, as Apple Podcasts takes it; the embedded one smaller."""
    with Image.open(cover.write(edition, tmp_path)) as image:
        assert (image.size, image.mode, image.format) == ((3000, 3000), "RGB", "PNG")
    with Image.open(BytesIO(_art.cover_jpeg("A", "B", "C"))) as image:
        assert (image.size, image.format) == ((1400, 1400), "JPEG")


@pytest.mark.parametrize("title", [f"Title {number}" for number in range(40)])
def test_cover_contrast(title: str) -> None:
    """Whatever colours follow from the words, show and title stand out from the ground as WCAG asks of text."""
    drawn = _art.cover(title, "", "Show", 200)
    ground = drawn.getpixel((1, 1))
    bar = drawn.getpixel((round(200 * _art.MARGIN) + 4, round(200 * 0.169)))
    assert isinstance(ground, tuple) and isinstance(bar, tuple)
    assert contrast(ground, bar) >= 4.5
    assert contrast(ground, (250, 248, 242)) >= 7


def test_long_titles_stay_inside() -> None:
    """A title of any length, or of one endless word, leaves the margins free and the author legible."""
    for title in (LONG, "x" * 400, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"):
        drawn = np.asarray(_art.cover(title, "Somebody", "Show", 600))
        edge = round(600 * _art.MARGIN) - 2
        words = drawn[: round(600 * (_art.TITLE_TOP + _art.TITLE_ROOM))]
        assert (words[:, :edge] == drawn[0, 0]).all() and (words[:, -edge:] == drawn[0, 0]).all()


def test_letters() -> None:
    """The font has Latin with its accents, Greek and Cyrillic; what it lacks is left out, not boxed."""
    for text in ("Łukasz Żółć", "Ελλάδα", "Володимир", "“What—now?” €5"):
        assert drawable(text) == text
    assert drawable("Rain 🎉 中文 today") == "Rain today"


def test_wrapping() -> None:
    """Wrapped lines fit and lose no letter; a shortened line fits and says that it was."""
    letters = face("Bold", 40)
    lines = wrapped(LONG + "y" * 90, letters, 300)
    assert all(letters.getlength(line) <= 300 for line in lines)
    assert "".join(lines).replace(" ", "") == (LONG + "y" * 90).replace(" ", "")
    short = shortened(LONG, letters, 300)
    assert letters.getlength(short) <= 300 and short.endswith("…")


def test_voices_in_the_legend(edition: Edition) -> None:
    """The legend names the voice of each speaker, and copes with a speaker who has none."""
    voice = Voice("tone", "low", "en-US")
    assert picture._voice(replace(edition, cast={NARRATOR: voice}), NARRATOR).startswith("low")
    assert picture._voice(replace(edition, cast={}), NARRATOR) == ""
