"""The picture of an edition: its waveform with chapters, and speakers in colour: `edition.png`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from narrate.model import NARRATOR, Edition
from narrate.outputs._credits import Credits, credits_of
from narrate.outputs._font import Weight, drawable, face, shortened
from narrate.outputs._plain import plain
from narrate.outputs._shape import envelope, shares, speaking
from narrate.outputs._sound import sounding
from narrate.store import atomic

WIDTH = 2000
"""Pixels; shown at half of that it is sharp on any screen."""

EDGE = 72
"""Pixels free on all sides."""

STEP, BAR = 6, 4
"""Pixels from bar to bar, and a bar's width: 309 bars, two seconds each in ten minutes."""

WAVE_TOP, WAVE_HEIGHT = 264, 300

LEAST = 0.02
"""Height of a bar in silence, as a share of the wave's: the line goes on."""

AXIS = 46
"""Pixels from the wave to the list of chapters, where the times stand."""

ROW = 46
"""Pixels from line to line in the lists."""

MOST_LISTED = 24
"""Chapters or speakers that are listed; the rest is counted."""

INK, FAINT, RULE, PAPER, BAND = "#1b1f27", "#5b6472", "#d5dae2", "#ffffff", "#f3f5f8"

NARRATOR_COLOUR = "#8a94a6"

COLOURS = (
    "#0072b2", "#d55e00", "#009e73", "#cc3d86", "#b8860b", "#6a3fb5", "#00899b", "#a83232", "#4f7a1f", "#3b4cc0",
)  # fmt: skip
"""For the others, in order of appearance: told apart by the colour-blind too (after Okabe and Ito); then again."""

TICKS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000)
"""Seconds between times on the axis: the first that gives no more than ten."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: what stands before it, the text, and what is said in grey behind."""

    mark: str
    text: str
    note: str


def write(edition: Edition, folder: Path) -> Path:
    """Write `edition.png`. Raises OutputError."""
    path = folder / "edition.png"
    with atomic(path) as temporary, sounding(edition.sound):
        draw_edition(edition).save(temporary, "PNG")
    return path


def draw_edition(edition: Edition) -> Image.Image:
    """Draw title, wave with chapters, times, the chapters' titles and the speakers."""
    chapters, speakers = _chapters(edition), _speakers(edition)
    rows = max(len(chapters), len(speakers))
    lists_top = WAVE_TOP + WAVE_HEIGHT + AXIS + 24
    image = Image.new("RGB", (WIDTH, lists_top + (rows + 1) * ROW + EDGE), PAPER)
    draw = ImageDraw.Draw(image)
    _head(draw, edition, credits_of(edition))
    _bands(draw, edition)
    _wave(draw, edition)
    _axis(draw, edition)
    half = WIDTH // 2
    _list(draw, "Chapters", chapters, (EDGE, half - 40), lists_top)
    _list(draw, "Voices", speakers, (half + 40, WIDTH - EDGE), lists_top)
    return image


def colours(edition: Edition) -> dict[str, str]:
    """Give each speaker a colour, grey to the narrator, in order of appearance."""
    others = [speaker for speaker in shares(edition) if speaker != NARRATOR]
    return {NARRATOR: NARRATOR_COLOUR} | {who: COLOURS[at % len(COLOURS)] for at, who in enumerate(others)}


def duration(seconds: float) -> str:
    """Write a duration as 4:05 or 1:04:05."""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def _write(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, ink: str = INK, weight: Weight = "Regular"
) -> float:
    """Write at a baseline and return where the text ends."""
    letters = face(weight, size)
    draw.text(at, text, fill=ink, font=letters, anchor="ls")
    return at[0] + letters.getlength(text)


def _head(draw: ImageDraw.ImageDraw, edition: Edition, said: Credits) -> None:
    title = shortened(drawable(said.title), face("Bold", 64), WIDTH - 2 * EDGE)
    _write(draw, (EDGE, EDGE + 52), title, 64, weight="Bold")
    length = duration(edition.samples / edition.rate)
    loudness = f"{edition.loudness:.1f} LUFS".replace("-", "−")
    facts = [said.artist, said.published, length, f"voices: {said.engines}", loudness]
    _write(draw, (EDGE, EDGE + 112), drawable("   ·   ".join(fact for fact in facts if fact)), 34, FAINT)


def _place(edition: Edition, sample: int) -> float:
    """Return where on the picture a moment lies, in pixels from its left edge."""
    return EDGE + (WIDTH - 2 * EDGE) * sample / max(edition.samples, 1)


def _bands(draw: ImageDraw.ImageDraw, edition: Edition) -> None:
    """Shade every other chapter and number those that are wide enough."""
    for number, chapter in enumerate(edition.chapters, 1):
        left, right = _place(edition, chapter.start), _place(edition, chapter.end)
        if number % 2:
            draw.rectangle((left, WAVE_TOP - 40, right, WAVE_TOP + WAVE_HEIGHT), fill=BAND)
        if right - left > face("Semibold", 28).getlength(str(number)) + 16:
            _write(draw, (left + 10, WAVE_TOP - 10), str(number), 28, FAINT, "Semibold")


def _wave(draw: ImageDraw.ImageDraw, edition: Edition) -> None:
    """Draw a bar for each stretch, as high as it is loud, in the colour of who speaks."""
    columns = (WIDTH - 2 * EDGE) // STEP
    paint = colours(edition)
    middle = WAVE_TOP + WAVE_HEIGHT / 2
    for column, (level, speaker) in enumerate(zip(envelope(edition, columns), speaking(edition, columns), strict=True)):
        half = max(LEAST, float(level)) * WAVE_HEIGHT * 0.46
        left = EDGE + column * STEP
        box = (left, middle - half, left + BAR - 1, middle + half)
        draw.rounded_rectangle(box, BAR / 2, fill=paint.get(speaker, RULE))


def _axis(draw: ImageDraw.ImageDraw, edition: Edition) -> None:
    """Write the times below the wave."""
    bottom = WAVE_TOP + WAVE_HEIGHT
    draw.line((EDGE, bottom, WIDTH - EDGE, bottom), fill=RULE, width=2)
    length = edition.samples / edition.rate
    apart = next((tick for tick in TICKS if length / tick <= 10), TICKS[-1])
    for second in range(0, int(length) + 1, apart):
        left = _place(edition, round(second * edition.rate))
        draw.line((left, bottom, left, bottom + 8), fill=FAINT, width=2)
        text = duration(second)
        if left + face("Regular", 26).getlength(text) <= WIDTH - EDGE:
            _write(draw, (left, bottom + 38), text, 26, FAINT)


def _chapters(edition: Edition) -> list[Row]:
    rows = [
        Row(str(number), plain(chapter.title), duration(chapter.start / edition.rate))
        for number, chapter in enumerate(edition.chapters, 1)
    ]
    return _listed(rows)


def _speakers(edition: Edition) -> list[Row]:
    names = {speaker.id: plain(speaker.name) for speaker in edition.script.speakers}
    paint = colours(edition)
    return _listed(
        [
            Row(paint[who], names.get(who, who), f"{_voice(edition, who)}{100 * share:.0f} %")
            for who, share in shares(edition).items()
        ]
    )


def _voice(edition: Edition, who: str) -> str:
    return f"{edition.cast[who].name}   ·   " if who in edition.cast else ""


def _listed(rows: list[Row]) -> list[Row]:
    if len(rows) <= MOST_LISTED:
        return rows
    return [*rows[: MOST_LISTED - 1], Row("", f"… and {len(rows) - MOST_LISTED + 1} more", "")]


def _list(draw: ImageDraw.ImageDraw, title: str, rows: Sequence[Row], sides: tuple[int, int], top: int) -> None:
    """Write a list between two sides, its notes at the right; a mark that is a colour becomes a dot."""
    left, right = sides
    _write(draw, (left, top + 30), title, 30, FAINT, "Semibold")
    for number, row in enumerate(rows, 1):
        base = top + 30 + number * ROW
        if row.mark.startswith("#"):
            draw.ellipse((left + 2, base - 22, left + 24, base), fill=row.mark)
        else:
            _write(draw, (left, base), row.mark, 28, FAINT, "Semibold")
        note = face("Regular", 28).getlength(row.note)
        _write(draw, (right - note, base), row.note, 28, FAINT)
        room = right - note - 24 - (left + 56)
        _write(draw, (left + 56, base), shortened(drawable(row.text), face("Regular", 32), room), 32)
