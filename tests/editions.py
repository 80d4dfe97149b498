"""Editions for the tests of outputs: real nouns, real sound, no engine."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np

from narrate import audio
from narrate.model import (
    NARRATOR,
    Article,
    Block,
    Chapter,
    Cue,
    Edition,
    Line,
    Omission,
    Script,
    Section,
    Speaker,
    Voice,
    Word,
)

RATE = 24_000

HOSTILE = "</script><img src=x onerror=alert(1)> --> <v Eve> ]]> & \"quoted\" \x00\x07\u202e\ud800 'end'"
"""What breaks out of HTML, captions, CDATA and comments, and what XML and UTF-8 cannot hold."""

PARAGRAPHS = (
    ("heading", "The bridge"),
    ("paragraph", "“The bridge will open in May,” said Ann Lee. “Nobody will be late.”"),
    ("paragraph", "The council disagrees, and has said so for a long while in letters to everybody who would "
                  "read them, from the harbour office to the primary school."),
    ("heading", "The ferry"),
    ("paragraph", "The ferry stays."),
)  # fmt: skip


def article(
    title: str = "A bridge for Port Ellen", byline: str = "By Mary Stone", source: str = "bridge.txt"
) -> Article:
    """Make an article of two chapters with a quotation cut in two, and an omission at its end."""
    blocks, at = [], 0
    for kind, text in (("title", title), *PARAGRAPHS):
        blocks.append(Block(kind, text, at, 1 if kind == "heading" else 0))  # type: ignore[arg-type]
        at += len(text) + 2
    return Article(title, byline, "2024-08-18", "en", source, tuple(blocks), (Omission(at, "Share this", "buttons"),))


def script(
    made: Article | None = None, name: str = "Ann Lee", sections: tuple[str, str] = ("The bridge", "The ferry")
) -> Script:
    """Make the script of an article in two chapters: Ann Lee says both halves of her quotation."""
    made = made or article()
    lines = []
    for index, block in enumerate(made.blocks):
        pieces = block.text.split("|")
        if block.text.startswith("“"):
            first, middle = block.text.index(" said"), block.text.index("“", 1)
            pieces = [block.text[:first], block.text[first:middle], block.text[middle:]]
        at = block.start
        for number, piece in enumerate(pieces):
            quoted = len(pieces) > 1 and number != 1
            who = ("ann-lee", "said Ann Lee: subject of a reporting verb", 0.6) if quoted else (NARRATOR, "", 1.0)
            lines.append(Line(index, at, piece, *who))
            at += len(piece)
    cut = next((number for number, line in enumerate(lines) if line.text == "The ferry"), len(lines) // 2)
    speakers = (Speaker(NARRATOR, "Narrator"), Speaker("ann-lee", name, "female", "engineer"))
    return Script(made, speakers, (Section(sections[0], tuple(lines[:cut])), Section(sections[1], tuple(lines[cut:]))))


CAST = {
    NARRATOR: Voice("tone", "low", "en-US", None, "American", licence="CC0-1.0", attribution="nobody"),
    "ann-lee": Voice("tone", "high", "en-GB", "female", "British", licence="CC0-1.0", attribution="nobody"),
}

SECONDS_A_LETTER = 0.06


def edition(folder: Path, written: Script | None = None, rate: int = RATE, chapters: int = 0) -> Edition:
    """Speak a script as tones into `folder`, master.wav, with word times.

    `chapters` cuts the programme into that many equal ones instead of the script's own.
    """
    written = written or script()
    rng = np.random.default_rng(7)
    cues, sounds, at = [], [], 0
    for index, line in enumerate(written.lines):
        words, start = [], at
        for word in _words(line.text):
            length = round(len(line.text[slice(*word)]) * SECONDS_A_LETTER * rate)
            sounds.append(_tone(length, 180 if line.speaker == NARRATOR else 290, rate, rng))
            words.append(Word(*word, at, at + length))
            at += length
        pause = round(0.4 * rate)
        sounds.append(np.zeros(pause, np.float32))
        at += pause
        cues.append(Cue(index, start, at, tuple(words)))
    sound = np.concatenate(sounds)
    path = folder / "master.wav"
    gain = audio.amplitude(-19.0 - audio.measure([sound], rate))
    with audio.writing(path, rate) as writer:
        writer.add(sound * np.float32(gain))
    meter = audio.Meter(rate, peak=True)
    for stretch, _ in audio.read(path):
        meter.add(stretch)
    cut = _equal(at, chapters) if chapters else _chapters(written, tuple(cues))
    return Edition(
        written, CAST, tuple(cues), cut, path, rate, meter.loudness, meter.true_peak, {"tone": "sha256:0123"}
    )


def _words(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append((start, at))
    return found


def _tone(length: int, pitch: float, rate: int, rng: np.random.Generator) -> np.ndarray:  # type: ignore[type-arg]
    time = np.arange(length) / rate
    voiced = sum(np.sin(2 * np.pi * pitch * harmonic * time) / harmonic for harmonic in range(1, 12))
    swell = np.sin(np.pi * np.arange(length) / max(length, 1)) ** 0.5
    return np.asarray(swell * (0.1 * voiced + 0.004 * rng.standard_normal(length)), np.float32)


def _chapters(written: Script, cues: tuple[Cue, ...]) -> tuple[Chapter, ...]:
    made, first = [], 0
    for section in written.chapters:
        last = first + len(section.lines)
        made.append(Chapter(section.title, cues[first].start, cues[last - 1].end))
        first = last
    return tuple(made)


def _equal(samples: int, chapters: int) -> tuple[Chapter, ...]:
    edges = [samples * number // chapters for number in range(chapters + 1)]
    return tuple(Chapter(f"Part {number}", *pair) for number, pair in enumerate(pairwise(edges), 1))
