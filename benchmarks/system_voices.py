"""Measure espeak-ng's variants and write narrate/voices/system/voices.toml.

    python benchmarks/system_voices.py

Each variant says the same sentences; pitch, loudness, pace and long-term spectrum are measured.
One that reaches full scale is banned; of the rest the most different are taken, farthest first.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import espeakng_loader
import numpy as np
import pyebur128
import soundfile

from narrate import plugins
from narrate.checking import listening, words
from narrate.engines._espeak import Worker
from narrate.engines._espeak.sounds import RATE, joined
from narrate.engines.system import NORMAL

TEXT = (
    "The government said on Tuesday that it would not change its position on the proposed treaty.",
    "She walked along the river for an hour, watching boats, birds and the late afternoon light.",
    "Why should anybody believe a promise that was made before and broken twice?",
)
FEMALE = ("Alicia", "Andrea", "Annie", "anika", "aunty", "belinda", "f1", "f2", "f3", "f4", "f5", "grandma", "linda",
          "shelby", "steph")
NEUTRAL = ("Nguyen",)
"""By ear and by pitch between the two."""
GIMMICKS = ("Demonic", "Mr serious", "Tweaky", "UniRobot", "anikaRobot", "caleb", "croak", "fast", "klatt",
            "robosoft", "whisper", "zac", "AnxiousAndy", "kaukovalta", "Storm")
NEWS = (
    "The city council voted on Thursday evening to close two of its nine public libraries before the end of the year.",
    "Members of the opposition called the decision a mistake and said that the money could have been found elsewhere.",
    "A spokeswoman for the mayor answered that nobody had wanted this, but that the roof of the older building leaks.",
    "More than four thousand people have signed a letter asking for another vote, which may happen in early March.",
)
UNINTELLIGIBLE = 0.15
"""Word error rate (Whisper base) from which a variant is left out."""
AMERICAN = 15
BRITISH = ("f2", "Annie", "m1", "m7")
"""Variants left over from the American choice, two of each gender, for who wants a British voice."""
SEMITONES, DECIBELS = 4.0, 8.0
"""A difference of this much in pitch, or in the spectrum of every band, is heard at once."""
RADIUS = 1.5
"""How far, in such differences, the origin lies from the voices: makes a cosine fall with distance."""


def heard(worker: Worker, name: str, texts: Sequence[str] = TEXT) -> np.ndarray:
    """Return sentences as a voice says them."""
    header, body = worker.ask({"pieces": texts, "voice": name, "rate": NORMAL, "seconds": 20}, 30)
    samples, _ = joined([(0, text) for text in texts], header, body, 1.0)
    return samples


def pitch(samples: np.ndarray, rate: int) -> float:
    """Return the median fundamental frequency, Hz, by autocorrelation."""
    found = []
    for start in range(0, len(samples) - 1024, 512):
        frame = samples[start : start + 1024] * np.hanning(1024)
        if np.mean(frame**2) < 1e-4:
            continue
        likeness = np.fft.irfft(np.abs(np.fft.rfft(frame, 4096)) ** 2)
        shortest = rate // 420
        lag = shortest + int(np.argmax(likeness[shortest : rate // 55]))
        if likeness[lag] > 0.4 * likeness[0]:
            found.append(rate / lag)
    return float(np.median(found))


def spectrum(samples: np.ndarray, rate: int) -> np.ndarray:
    """Return the long-term level in 16 mel bands, dB about their mean."""
    frames = np.lib.stride_tricks.sliding_window_view(samples, 1024)[::512] * np.hanning(1024)
    power = (np.abs(np.fft.rfft(frames)) ** 2).mean(0)
    mel = 2595 * np.log10(1 + np.fft.rfftfreq(1024, 1 / rate) / 700)
    edges = np.linspace(150, 2840, 17)
    bands = [power[(mel >= low) & (mel < high)].mean() for low, high in pairwise(edges)]
    level = 10 * np.log10(np.array(bands) + 1e-12)
    return np.asarray(level - level.mean())


def measure(worker: Worker, name: str) -> dict[str, object]:
    """Return what there is to know of a voice."""
    samples, rate = heard(worker, name), RATE
    meter = pyebur128.R128State(1, rate, pyebur128.MeasurementMode.MODE_I)
    meter.add_frames(samples, len(samples))
    hertz = pitch(samples, rate)
    place = np.append(12 * np.log2(hertz / 150) / SEMITONES, spectrum(samples, rate) / DECIBELS / 4)
    return {
        "pitch": hertz,
        "loudness": pyebur128.get_loudness_global(meter),
        "pace": sum(len(text.split()) for text in TEXT) / (len(samples) / rate),
        "clips": bool(np.abs(samples).max() >= 0.99),
        "place": place,
    }


def error_rate(worker: Worker, name: str, folder: Path) -> float:
    """Return the word error rate of the news in the ear of the recogniser."""
    pause = np.zeros(RATE // 2, np.float32)
    parts = [part for text in NEWS for part in (heard(worker, name, (text,)), pause)]
    path = folder / "news.wav"
    soundfile.write(path, np.concatenate(parts), RATE)
    language = plugins.load("languages", "en").LANGUAGE
    meant = [words.Expected(word, 0) for word in words.normal(" ".join(NEWS))]
    return words.align(meant, words.heard(listening.listen(path), language, "en-US")).error_rate


def farthest_first(places: dict[str, np.ndarray], count: int, first: str, rates: dict[str, float]) -> list[str]:
    """Choose so many names, each as far as can be from those before it and intelligible."""
    chosen = [first]
    rest = dict(places)
    worker = Worker("talk")
    with tempfile.TemporaryDirectory() as folder:
        rates[first] = error_rate(worker, first, Path(folder))
        while len(chosen) < count and (rest := {name: place for name, place in rest.items() if name not in chosen}):
            name = max(rest, key=lambda one: min(np.linalg.norm(places[one] - places[other]) for other in chosen))
            rates[name] = error_rate(worker, name, Path(folder))
            if rates[name] < UNINTELLIGIBLE:
                chosen.append(name)
            else:
                print(f"{name:20} left out: word error rate {rates[name]:.1%}")
                del rest[name]
    return chosen


def main() -> None:
    """Measure, choose, write."""
    worker = Worker("talk")
    variants = sorted(path.name for path in Path(espeakng_loader.get_data_path(), "voices", "!v").iterdir())
    names = [f"en-us+{name}" for name in variants if not name.startswith(GIMMICKS)]
    facts = {name: measure(worker, name) for name in [*names, *(f"en-gb-x-rp+{name}" for name in BRITISH)]}
    facts = {name: fact for name, fact in facts.items() if not fact["clips"]}
    places = {name: fact["place"] for name, fact in facts.items()}
    american = {name: place for name, place in places.items() if name.startswith("en-us") and name[6:] not in BRITISH}
    rates: dict[str, float] = {}
    chosen = farthest_first(american, AMERICAN, "en-us+m3", rates)
    british = [name for name in facts if name.startswith("en-gb")]
    with tempfile.TemporaryDirectory() as folder:
        rates |= {name: error_rate(worker, name, Path(folder)) for name in british}
    chosen += [name for name in british if rates[name] < UNINTELLIGIBLE]
    middle = np.mean([places[name] for name in chosen], axis=0)
    lines = ["# espeak-ng's clearly different variants, farthest first. Made by benchmarks/system_voices.py."]
    for number, name in enumerate(chosen):
        accent, _, variant = name.partition("+")
        fact = facts[name]
        vector = np.append(places[name] - middle, RADIUS)
        vector /= np.linalg.norm(vector)
        gender = "" if variant in NEUTRAL else 'gender = "female"' if variant in FEMALE else 'gender = "male"'
        in_britain = accent.startswith("en-gb")
        lines += [
            "",
            f"[{variant}]",
            f'espeak = "{name}"',
            f'language = "{"en-GB" if in_britain else "en-US"}"',
            f'accent = "{"British" if in_britain else "American"}"',
            *([gender] if gender else []),
            f"pitch = {fact['pitch']:.1f}",
            f"loudness = {fact['loudness']:.1f}",
            f"pace = {fact['pace']:.2f}",
            f"timbre = [{', '.join(f'{value:.3f}' for value in vector)}]",
        ]
        near = min((float(np.linalg.norm(places[name] - places[other])) for other in chosen[:number]), default=0)
        print(f"{name:20} {fact['pitch']:4.0f} Hz {fact['loudness']:6.1f} LUFS {fact['pace']:.2f}/s, next {near:.2f}, "
              f"WER {rates[name]:.1%}")
    Path(__file__).parents[1].joinpath("narrate/voices/system/voices.toml").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
