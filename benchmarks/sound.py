"""Compare how the kokoro engine sounds in bfloat16 and in float32, on short lines and long.

    pip install -e '.[bench]'
    python benchmarks/sound.py [--sentences 50] [--voices 6] [--rows FILE]

Quality is predicted by DNSMOS and by a distilled opinion score; words are Whisper base's. Short
lines are judged four in a row: predictors mark any clip of a second down, excerpts of good long
sentences too. Rows are written as they come, so that a run that ends early still counts.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from itertools import islice, product
from pathlib import Path
from typing import Annotated, Any

import judges
import numpy as np
import numpy.typing as npt
import typer

from narrate import plugins
from narrate.checking import words
from narrate.engines._kokoro import runtime
from narrate.engines.kokoro import Engine
from narrate.model import Clip, Utterance, Voice

VOICES = ("af_heart", "am_michael", "bf_emma", "bm_fable", "af_sarah", "am_echo")

PRECISIONS = ("f32", "bf16")

SHORT = (
    "No.", "Not yet.", "He said no.", "Nobody knew why.", "Yes, absolutely.", "Really?",
    "Too late.", "Never again.", "It was over.", "Thank you.", "Why not?", "We tried.",
)  # fmt: skip
"""Lines of one to four words."""

ROW = 4
"""Short lines that are judged together, with pauses between them."""

PAUSE = 0.4
"""Seconds between them."""

WINDOW, HOP = 1024, 256
"""Samples of a spectrum, and from one to the next."""

WARP = 60
"""Spectra (0.64 s) by which one take may lag behind the other."""

ARTICLES = Path(__file__).parent.parent / "seeds"

ENGLISH = plugins.load("languages", "en").LANGUAGE

Row = dict[str, Any]
"""What is known of one clip."""


def sentences(count: int) -> list[str]:
    """Return sentences of the sample articles."""
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.txt")))
    found = re.findall(r"[A-Z][^.!?“”]+[.!?]", " ".join(text.split()))
    return list(islice((one for one in found if 50 < len(one) < 170 and not re.search(r"\d", one)), count))


def engine(precision: str) -> Engine:
    """Load an engine of a precision."""
    runtime.precision.cache_clear()
    os.environ[runtime.PRECISION] = precision
    made = Engine()
    say(made, "Yes.", made.voices()[0])
    return made


def say(made: Engine, text: str, voice: Voice) -> Clip:
    """Speak a text."""
    return made.speak(Utterance(ENGLISH.spoken(text, voice.language, ())), voice)


def spectral_distance(one: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> float:
    """Return the log-spectral distance of two takes along the path that lays them best side by side, dB."""
    first, second = spectra(one), spectra(other)
    squares = (first**2).mean(1)[:, None] + (second**2).mean(1) - 2 * first @ second.T / first.shape[1]
    apart = np.sqrt(np.maximum(squares, 0))
    total, steps = np.full((len(first) + 1, len(second) + 1), np.inf), np.zeros((len(first) + 1, len(second) + 1))
    total[0, 0] = 0
    for row in range(1, len(first) + 1):
        reach = range(max(1, row - WARP), min(len(second), row + WARP) + 1)
        for column in reach:
            came = min((row - 1, column - 1), (row - 1, column), (row, column - 1), key=lambda at: total[at])
            total[row, column] = total[came] + apart[row - 1, column - 1]
            steps[row, column] = steps[came] + 1
    return float(total[-1, -1] / steps[-1, -1])


def spectra(sound: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Return power in dB, [moments, bins]."""
    windows = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[::HOP] * np.hanning(WINDOW)
    return 10 * np.log10(np.abs(np.fft.rfft(windows)) ** 2 + 1e-6)


def errors(text: str, clip: Clip) -> tuple[int, int]:
    """Return how many words of a text Whisper hears wrong, and how many there are."""
    said = words.normal(" ".join(token.spoken for token in ENGLISH.spoken(text, "en-US", ())))
    told = " ".join(word.text for word in judges.words(clip.samples, clip.rate))
    heard = words.normal(" ".join(token.spoken for token in ENGLISH.spoken(told, "en-US", ())))
    pair = words.align([words.Expected(word, 0) for word in said], [words.Heard(word, 0, 0) for word in heard])
    return round(pair.error_rate * len(said)), len(said)


def judged(clip: Clip) -> Row:
    """Ask both predictors."""
    return {
        "dnsmos": judges.dnsmos(clip.samples, clip.rate)["ovrl_mos"],
        "distilled": judges.distilled(clip.samples, clip.rate),
    }


def long_rows(texts: Sequence[str], speakers: Sequence[Voice]) -> Iterator[Row]:
    """Judge every sentence by every voice in both precisions."""
    engines = {name: engine(name) for name in PRECISIONS}
    for text, voice in product(texts, speakers):
        clips = {name: say(made, text, voice) for name, made in engines.items()}
        distance = spectral_distance(*(clips[name].samples for name in PRECISIONS))
        for name, clip in clips.items():
            wrong, count = errors(text, clip)
            yield {"kind": name, "voice": voice.name, "wrong": wrong, "words": count, "lsd": distance, **judged(clip)}
    for voice in speakers:
        spaced = [np.pad(say(engines["bf16"], one, voice).samples, (0, round(PAUSE * Engine.rate))) for one in SHORT]
        for at in range(0, len(spaced), ROW):
            row = Clip(np.concatenate(spaced[at : at + ROW]), Engine.rate, ())
            yield {"kind": "short lines", "voice": voice.name, **judged(row)}


def report(rows: Sequence[Row]) -> None:
    """Print the tables."""
    print("| | clips | DNSMOS | distilled | word errors |\n| --- | --- | --- | --- | --- |")
    for kind in dict.fromkeys(row["kind"] for row in rows):
        mine = [row for row in rows if row["kind"] == kind]
        scores = " | ".join(f"{np.mean([row[judge] for row in mine]):.3f}" for judge in ("dnsmos", "distilled"))
        wrong = (
            f"{sum(row['wrong'] for row in mine) / sum(row['words'] for row in mine):.2%}" if "wrong" in mine[0] else ""
        )
        print(f"| {kind} | {len(mine)} | {scores} | {wrong} |")
    plain, rounded = ([row for row in rows if row["kind"] == name] for name in PRECISIONS)
    for judge in ("dnsmos", "distilled"):
        off = np.array([b[judge] - a[judge] for a, b in zip(plain, rounded, strict=False)])
        print(f"bf16 - f32, {judge}: {off.mean():+.3f} ± {1.96 * off.std() / np.sqrt(len(off)):.3f} (95 %)")
    print(f"log-spectral distance {np.mean([row['lsd'] for row in rounded]):.2f} dB")


def main(
    count: Annotated[int, typer.Option("--sentences")] = 50,
    voices: Annotated[int, typer.Option()] = 6,
    rows: Annotated[Path, typer.Option(help="Rows of a run that ended early; it goes on.")] = Path("sound.jsonl"),
) -> None:
    """Judge what is not judged yet, then print the tables."""
    catalogue = {voice.name: voice for voice in Engine().voices()}
    with rows.open("a", encoding="utf-8") as file:
        for row in long_rows(sentences(count), [catalogue[name] for name in VOICES[:voices]]):
            print(json.dumps(row), file=file, flush=True)
    report([json.loads(line) for line in rows.read_text("utf-8").splitlines()])


if __name__ == "__main__":
    typer.run(main)
