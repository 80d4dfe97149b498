"""Measure the voices of Kokoro and blends of them; write `narrate/voices/kokoro/voices.toml`.

    pip install -e '.[bench]'
    python benchmarks/voices_kokoro.py

Each voice reads the same three passages. Pitch is the median of the network's own curve, pace
counts words, loudness is BS.1770, quality the mean of two predictors (a whisper, which one of
them likes, counts by the other), timbre a speaker embedding: centred on the mean voice,
turned to its principal axes and cut to sixteen of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import judges
import numpy as np
import numpy.typing as npt
import pyebur128

from narrate.engines._kokoro import styles
from narrate.engines._kokoro.cutting import trimmed
from narrate.engines._kokoro.network import Network
from narrate.engines._kokoro.phonemes import phonemes
from narrate.engines._kokoro.waves import RATE
from narrate.model import Token

PASSAGES = (
    "The ferry leaves at seven, whatever the weather, and nobody on the island can remember a winter when it did not.",
    "Why would a town of four thousand people need two theatres? "
    "Because, the mayor says, one of them is always closed.",
    "Three years later the report was quietly published; its authors had asked for their names to be taken off it.",
)
"""What every voice reads: statement, question, and a pause in mid-sentence."""

REST = 0.5
"""Seconds of rest behind each passage, which count in the pace as they do in a programme."""

LEADING = "af_heart"
"""Listed first among equals: the one voice that Kokoro's maker grades A."""

AXES = 16
"""Numbers of a timbre that are kept."""

WHISPER = 3.0
"""DNSMOS below which a voice is no plain speech."""

VOICED = 55.0
"""Hz; lower values of the pitch curve are not voice."""

BLENDS = 10
"""Blends that are kept: as many as add a voice that is far enough from all others."""

APART = 0.30
"""Least distance (1 - cosine of timbres) of a blend to every other voice; the median pair of voices has 1.0."""

HEADING = """# The English voices of Kokoro-82M and blends of them, best first.
# Measured by benchmarks/voices_kokoro.py, which writes this file.
"""

CHARACTERS = ("af_nicole", "am_santa")
"""A whisper and a Santa: nobody's voice unless asked for."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One voice and what was measured of it."""

    name: str
    shares: dict[str, float]
    """Of other voices, where it is a blend."""
    pitch: float
    pace: float
    loudness: float
    dnsmos: float
    distilled: float
    identity: npt.NDArray[np.float32]

    @property
    def quality(self) -> float:
        """Return the predicted opinion score."""
        return self.dnsmos if self.dnsmos < WHISPER else (self.dnsmos + self.distilled) / 2


def measure(network: Network, name: str, shares: dict[str, float]) -> Measured:
    """Let a voice read the passages and measure it."""
    mixed = sum(share * styles.published(part) for part, share in (shares or {name: 1.0}).items())
    table = np.asarray(mixed, np.float32)
    clips, pitches, seconds = [], [], 0.0
    for passage in PASSAGES:
        symbols = phonemes([Token(0, word, word) for word in passage.split()], name.startswith("b")).text
        speech = network.say(symbols, table[len(symbols) - 1], 1.0)
        clip, _ = trimmed(speech, symbols)
        clips.append(clip)
        pitches.append(speech.pitch[speech.pitch > VOICED])
        seconds += len(clip) / RATE
    sound = np.concatenate(clips)
    return Measured(
        name,
        shares,
        float(np.median(np.concatenate(pitches))),
        sum(len(passage.split()) for passage in PASSAGES) / (seconds + REST * len(PASSAGES)),
        loudness(sound),
        float(np.mean([judges.dnsmos(clip, RATE)["ovrl_mos"] for clip in clips])),
        float(np.mean([judges.distilled(clip, RATE) for clip in clips])),
        judges.speaker(sound, RATE),
    )


def loudness(sound: npt.NDArray[np.float32]) -> float:
    """Return LUFS."""
    meter = pyebur128.R128State(1, RATE, pyebur128.MeasurementMode.MODE_I)
    meter.add_frames(np.ascontiguousarray(sound), len(sound))
    return float(pyebur128.get_loudness_global(meter))


def axes(voices: list[Measured]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the mean voice and the principal axes [256, 16]."""
    identities = np.stack([voice.identity for voice in voices]).astype(np.float64)
    mean = identities.mean(0)
    _, _, turned = np.linalg.svd(identities - mean, full_matrices=False)
    return mean, turned[:AXES].T


def timbre(voice: Measured, mean: npt.NDArray[np.float64], turn: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return a voice's unit vector."""
    vector = (voice.identity - mean) @ turn
    return np.asarray(vector / np.linalg.norm(vector), np.float64)


def blends(network: Network, voices: list[Measured]) -> list[Measured]:
    """Mix pairs of voices that are alike in accent and gender but far apart, and keep what is new and good."""
    mean, turn = axes(voices)
    known = {voice.name: timbre(voice, mean, turn) for voice in voices}
    good = [voice for voice in voices if voice.dnsmos >= WHISPER]
    worst = sorted(voice.quality for voice in good)[2]
    pairs = [(a, b) for a, b in combinations(good, 2) if a.name[:2] == b.name[:2]]
    pairs.sort(key=lambda pair: float(known[pair[0].name] @ known[pair[1].name]))
    kept: list[Measured] = []
    for a, b in pairs[: 3 * BLENDS]:
        name = f"{a.name}+{b.name.split('_')[1]}"
        mixed = measure(network, name, {a.name: 0.5, b.name: 0.5})
        place = timbre(mixed, mean, turn)
        distance = min(1 - float(place @ other) for other in known.values())
        print(name, f"{distance:.2f} {mixed.quality:.2f}", flush=True)
        if distance >= APART and mixed.quality >= worst:
            known[name] = place
            kept.append(mixed)
        if len(kept) == BLENDS:
            break
    return kept


def entry(voice: Measured, place: npt.NDArray[np.float64]) -> str:
    """Write one table of `voices.toml`."""
    british = voice.name.startswith("b")
    rows = {
        "language": '"en-GB"' if british else '"en-US"',
        "accent": '"British"' if british else '"American"',
        "gender": '"female"' if voice.name[1] == "f" else '"male"',
        "pitch": f"{voice.pitch:.1f}",
        "loudness": f"{voice.loudness:.1f}",
        "pace": f"{voice.pace:.2f}",
        # One decimal: between good voices the predictors differ by less than from one text to the next.
        "quality": f"{voice.quality:.1f}",
        "dnsmos": f"{voice.dnsmos:.2f}",
        "distilled": f"{voice.distilled:.2f}",
        "timbre": "[" + ", ".join(f"{number:.3f}" for number in place) + "]",
        "licence": '"Apache-2.0"',
        "attribution": '"Kokoro-82M by hexgrad"',
    }
    if voice.name in CHARACTERS:
        rows["character"] = "true"
    if voice.shares:
        rows["blend"] = "{ " + ", ".join(f"{part} = {share}" for part, share in voice.shares.items()) + " }"
    return f'["{voice.name}"]\n' + "".join(f"{key} = {value}\n" for key, value in rows.items())


def rank(voice: Measured) -> tuple[float, bool, bool, float]:
    """Order by quality; among equals blends come last."""
    return -round(voice.quality, 1), bool(voice.shares), voice.name != LEADING, -voice.quality


def main() -> None:
    """Measure all and write the table."""
    network = Network(1)
    voices = []
    for path in sorted(Path(str(styles.folder())).glob("*.npy")):
        voices.append(measure(network, path.stem, {}))
        print(path.stem, f"{voices[-1].quality:.2f}", flush=True)
    mean, turn = axes(voices)
    everyone = sorted([*voices, *blends(network, voices)], key=rank)
    tables = [entry(voice, timbre(voice, mean, turn)) for voice in everyone]
    Path(str(styles.folder().joinpath("voices.toml"))).write_text("\n".join([HEADING, *tables]), encoding="utf-8")


if __name__ == "__main__":
    main()
