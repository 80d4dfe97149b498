"""Compare how the kokoro engine sounds in bfloat16 and in float32, on short lines and long; check its word times.

    pip install -e '.[bench]'
    python benchmarks/sound.py [--sentences 50] [--voices 6]

Quality is predicted by DNSMOS and by a distilled opinion score; words and their times are
Whisper's. Short lines are judged four in a row: predictors mark any clip of a second down,
excerpts of good long sentences too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, product
from pathlib import Path
from typing import Annotated

import judges
import numpy as np
import numpy.typing as npt
import typer

from narrate.engines._kokoro import runtime
from narrate.engines.kokoro import Engine
from narrate.model import Clip, Token, Utterance, Voice

VOICES = ("af_heart", "am_michael", "bf_emma", "bm_fable", "af_sarah", "am_echo")

SHORT = (
    "No.", "Not yet.", "He said no.", "Nobody knew why.", "Yes, absolutely.", "Really?",
    "Too late.", "Never again.", "It was over.", "Thank you.", "Why not?", "We tried.",
)  # fmt: skip
"""Lines of one to four words."""

ROW = 4
"""Short lines that are judged together, with pauses between them."""

PAUSE = 0.4
"""Seconds between them."""

ARTICLES = Path(__file__).parent.parent / "seeds"


@dataclass(frozen=True, slots=True)
class Score:
    """What the judges say of a clip."""

    dnsmos: float
    distilled: float

    @classmethod
    def of(cls, samples: npt.NDArray[np.float32], rate: int) -> Score:
        """Ask both predictors."""
        return cls(judges.dnsmos(samples, rate)["ovrl_mos"], judges.distilled(samples, rate))


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
    return made.speak(Utterance(tuple(Token(0, word, word) for word in text.split())), voice)


def spectral_distance(one: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> float:
    """Return the log-spectral distance of two clips of one length, dB."""
    length, hop = 1024, 256
    logs = []
    for sound in (one, other):
        windows = np.lib.stride_tricks.sliding_window_view(sound, length)[::hop] * np.hanning(length)
        logs.append(10 * np.log10(np.abs(np.fft.rfft(windows)) ** 2 + 1e-6))
    return float(np.sqrt(((logs[0] - logs[1]) ** 2).mean(1)).mean())


def plain(words: Sequence[str]) -> list[str]:
    """Return words as letters only."""
    return [re.sub(r"[^a-z]", "", word.lower()) for word in words]


def timing(clip: Clip, text: str, heard: Sequence[judges.Heard]) -> tuple[list[float], int]:
    """Return how far, in seconds, each word's start is from where it was heard, and how many words were not."""
    said = text.split()
    match = SequenceMatcher(a=plain(said), b=plain([word.text for word in heard]), autojunk=False)
    pairs = [(block.a + at, block.b + at) for block in match.get_matching_blocks() for at in range(block.size)]
    errors = [abs(clip.times[a][0] / clip.rate - heard[b].start) for a, b in pairs]
    return errors, len(said) - len(pairs)


def report(name: str, scores: Sequence[Score], more: str = "") -> None:
    """Print a row."""
    values = (np.mean([score.dnsmos for score in scores]), np.mean([score.distilled for score in scores]))
    print(f"| {name} | {values[0]:.3f} | {values[1]:.3f} | {more} |", flush=True)


def main(
    sentences_: Annotated[int, typer.Option("--sentences")] = 50, voices: Annotated[int, typer.Option()] = 6
) -> None:
    """Print the tables."""
    texts, engines = sentences(sentences_), {name: engine(name) for name in ("f32", "bf16")}
    speakers = [one for name in VOICES[:voices] for one in engines["f32"].voices() if one.name == name]
    clips = {
        name: [say(made, text, voice) for voice, text in product(speakers, texts)] for name, made in engines.items()
    }
    print("| | DNSMOS | distilled | word errors, LSD to f32 |\n| --- | --- | --- | --- |")
    errors: list[float] = []
    for name, made in clips.items():
        lost = 0
        for clip, (_, text) in zip(made, product(speakers, texts), strict=True):
            far, missed = timing(clip, text, judges.words(clip.samples, clip.rate))
            errors += far if name == "bf16" else []
            lost += missed
        pairs = zip(made, clips["f32"], strict=True)
        same = [spectral_distance(a.samples, b.samples) for a, b in pairs if len(a.samples) == len(b.samples)]
        rate = lost / (sum(len(text.split()) for text in texts) * len(speakers))
        more = f"{100 * rate:.1f} %, {np.mean(same):.2f} dB over {len(same)}"
        report(name, [Score.of(clip.samples, clip.rate) for clip in made], more)
    rows = []
    for voice in speakers:
        short = [say(engines["bf16"], text, voice).samples for text in SHORT]
        spaced = [np.pad(one, (0, round(PAUSE * Engine.rate))) for one in short]
        rows += [np.concatenate(spaced[at : at + ROW]) for at in range(0, len(spaced), ROW)]
    report("short lines, four in a row", [Score.of(row, Engine.rate) for row in rows])
    within = np.percentile(errors, 95)
    print(f"\nWord starts against Whisper's, {len(errors)} words: mean {1000 * np.mean(errors):.0f} ms, ", end="")
    print(f"median {1000 * np.median(errors):.0f} ms, 95 % within {1000 * within:.0f} ms.")


if __name__ == "__main__":
    typer.run(main)
