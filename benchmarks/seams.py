"""Measure and draw the seams of a sentence that two voices share: “We will go,” she said, “if we must.”

    python benchmarks/seams.py [--picture benchmarks/seam.png]

"Before" is what the network makes of each part by itself, with the silence it makes around it and a
full stop where the part ends in mid-sentence; "after" is what an edition has.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import typer
from PIL import Image

from narrate import audio, plugins
from narrate.engines._kokoro import styles
from narrate.engines._kokoro.network import Network, Speech
from narrate.engines._kokoro.phonemes import phonemes
from narrate.engines._kokoro.waves import RATE
from narrate.engines.kokoro import Engine
from narrate.mixing import FADE, PAUSES
from narrate.model import Samples, Token, Utterance

NARRATOR, QUOTED = "af_heart", "am_michael"

SENTENCES = (
    ("We will carry them there by hand,", "she said,", "and nobody will stop us."),
    ("It was a long winter,", "the mayor told reporters,", "and the roof did not hold."),
    ("Nobody asked me,", "he wrote in the letter,", "so I did not answer."),
    ("The bridge is safe,", "the engineer insisted,", "but the road is not."),
)

END = 0.2
"""Seconds of the end of a part that are looked at."""

QUIET = 0.003
"""Amplitude under which it is silent."""

WINDOW, HOP, TOP = 512, 120, 8000
"""Samples of a spectrum, from one to the next, and Hz up to which is drawn."""

PICTURE = Path(__file__).with_name("seam.png")

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Seam:
    """What one seam measures."""

    pause: float
    """Seconds of silence."""
    step: float
    """Largest step between two samples where sound is joined, share of full scale."""


def tokens(text: str) -> tuple[Token, ...]:
    """Return a text as tokens."""
    return plugins.load("languages", "en").LANGUAGE.spoken(text, "en-US", ())


def stopped(text: str) -> str:
    """Return a part with a full stop for its comma: how it sounds to who does not know that it goes on."""
    return text.rstrip(",.") + "."


def raw(network: Network, text: str, voice: str) -> Speech:
    """Say a part as the network gives it."""
    line = phonemes(tokens(text), False)
    return network.say(line.text, styles.styles(voice)[len(line.text) - 1], 1.0)


def before(network: Network, sentence: Sequence[str]) -> list[Samples]:
    """Say the parts by themselves."""
    return [raw(network, stopped(part), voice).samples for part, voice in zip(sentence, voices(), strict=True)]


def after(engine: Engine, sentence: Sequence[str]) -> list[Samples]:
    """Say the parts as an edition does."""
    catalogue = {voice.name: voice for voice in engine.voices()}
    told = [" ".join(sentence[:at]) for at in range(len(sentence))]
    following = [" ".join(sentence[at + 1 :]) for at in range(len(sentence))]
    parts = zip(sentence, voices(), told, following, strict=True)
    return [
        audio.faded(engine.speak(Utterance(tokens(part), left, right), catalogue[name]).samples, RATE, FADE)
        for part, name, left, right in parts
    ]


def voices() -> tuple[str, str, str]:
    """Return who says the parts."""
    return QUOTED, NARRATOR, QUOTED


def joined(parts: Sequence[Samples]) -> Samples:
    """Join parts with the pause of a comma."""
    pause = np.zeros(round(PAUSES["comma"] * RATE), np.float32)
    return np.concatenate([piece for part in parts for piece in (part, pause)][:-1])


def seams(parts: Sequence[Samples]) -> Iterator[Seam]:
    """Measure the seams between parts."""
    for left, right in pairwise(parts):
        end = len(left) - 1 - int(np.argmax(np.abs(left[::-1]) > QUIET))
        begin = int(np.argmax(np.abs(right) > QUIET))
        silent = (len(left) - end + begin) / RATE + PAUSES["comma"]
        yield Seam(silent, float(max(abs(left[-1]), abs(right[0]))))


def falls(network: Network, mark: str) -> list[float]:
    """Return by how many semitones the voice ends below its median, for parts that end with a mark."""
    found = []
    for sentence in SENTENCES:
        for part, voice in zip(sentence[:2], voices()[:2], strict=True):
            pitch = raw(network, part.rstrip(",.") + mark, voice).pitch
            voiced = pitch[pitch > 50]
            last = voiced[-round(END * 80) :]  # two points a frame of 25 ms
            found.append(float(12 * np.log2(np.median(voiced) / np.median(last))))
    return found


def levels(parts: Sequence[Samples]) -> list[float]:
    """Return by how many dB the end of each part lies below the whole of it."""
    found = []
    for part in parts[:2]:
        heard = part[: len(part) - int(np.argmax(np.abs(part[::-1]) > QUIET))]
        last = heard[-round(END * RATE) :]
        found.append(float(10 * np.log10(np.mean(heard**2) / np.mean(last**2))))
    return found


def drawn(sound: Samples) -> Pixels:
    """Draw a spectrogram, dark where it is loud."""
    windows = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[::HOP] * np.hanning(WINDOW)
    level = 20 * np.log10(np.abs(np.fft.rfft(windows)) + 1e-5)[:, : WINDOW * TOP // RATE]
    shade = np.clip((level.max() - level) / 70, 0, 1)
    return np.asarray(255 * shade.T[::-1], np.uint8)


def main(picture: Annotated[Path, typer.Option()] = PICTURE) -> None:
    """Print the figures and draw the first sentence."""
    engine, network = Engine(), Network()
    ways = {
        "before": [before(network, sentence) for sentence in SENTENCES],
        "after": [after(engine, sentence) for sentence in SENTENCES],
    }
    print("| | silence at a seam (ms) | largest step (% of full scale) | end below the part (dB) |")
    print("| --- | --- | --- | --- |")
    for name, said in ways.items():
        found = [seam for parts in said for seam in seams(parts)]
        pauses = [1000 * seam.pause for seam in found]
        ends = np.mean([level for parts in said for level in levels(parts)])
        step = 100 * max(seam.step for seam in found)
        print(f"| {name} | {np.mean(pauses):.0f} ({min(pauses):.0f} to {max(pauses):.0f}) | {step:.2f} | {ends:.1f} |")
    stop, comma = (falls(network, mark) for mark in (".", ","))
    print(f"\nAt a full stop the voice ends {np.median(stop):.1f} semitones below its median, ", end="")
    print(f"at a comma {np.median(comma):.1f}.")
    images = [drawn(joined(said[0])) for said in ways.values()]
    width = max(image.shape[1] for image in images)
    padded = [np.pad(image, ((0, 6), (0, width - image.shape[1])), constant_values=255) for image in images]
    Image.fromarray(np.concatenate(padded)).quantize(32).save(picture, optimize=True)


if __name__ == "__main__":
    sys.exit(typer.run(main))
