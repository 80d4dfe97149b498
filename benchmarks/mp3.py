"""Time two MP3 encoders on a WAV of speech and compare what they make of it: `python benchmarks/mp3.py SPEECH.wav`.

Runs alternate, so that a busy machine slows both alike. The quality is PESQ (wide band), for
which `pip install pesq`; figures of one machine are good as ratios only.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory

import numpy as np
import soundfile
import soxr
from pesq import pesq

from narrate.outputs import _lame, mp3

RUNS = 5
SCORED = 10
"""Seconds that PESQ hears at a time, as its standard asks."""

PESQ_RATE = 16_000


def by_libsndfile(master: Path, path: Path) -> None:
    with (
        soundfile.SoundFile(master) as sound,
        soundfile.SoundFile(
            path, "w", sound.samplerate, 1, "MPEG_LAYER_III", format="MP3", compression_level=96 / 152,
            bitrate_mode="CONSTANT",
        ) as encoder,
    ):  # fmt: skip
        for block in sound.blocks(_lame.BLOCK, dtype="float32"):
            encoder.write(block * _lame.GAIN)


def by_lameenc(quality: int) -> Callable[[Path, Path], None]:
    def encode(master: Path, path: Path) -> None:
        _lame.QUALITY = quality
        _lame.encode(master, path, mp3.BIT_RATE)

    return encode


def score(master: Path, path: Path) -> float:
    """Return the mean PESQ of stretches of the file against the master."""
    sound, rate = soundfile.read(master, dtype="float32")
    with mp3.Decoder(path) as decoder:
        heard = np.asarray(decoder.read(len(sound) + 9999, dtype="float32"))
    assert len(heard) == len(sound), "the encoder shifts or cuts"
    wanted, given = (soxr.resample(each, rate, PESQ_RATE) for each in (sound, heard))
    step = SCORED * PESQ_RATE
    starts = range(0, len(wanted) - step, max(step, len(wanted) // 8))
    return mean(pesq(PESQ_RATE, wanted[at : at + step], given[at : at + step], "wb") for at in starts)


def main(master: Path) -> None:
    length = soundfile.info(master).duration
    encoders = {"libsndfile": by_libsndfile} | {f"lameenc, quality {q}": by_lameenc(q) for q in (2, 3, 5, 7)}
    seconds: dict[str, list[float]] = {name: [] for name in encoders}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.mp3"
        for _ in range(RUNS):
            for name, encode in encoders.items():
                start = time.process_time()
                encode(master, path)
                seconds[name].append(time.process_time() - start)
        print(f"{length:.0f} s of speech, {mp3.BIT_RATE} kbit/s\n")
        print("| encoder | times real time | PESQ |\n| --- | --- | --- |")
        for name, encode in encoders.items():
            encode(master, path)
            print(f"| {name} | {length / median(seconds[name]):.0f} | {score(master, path):.2f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
