"""The network: symbols and a style to sound, with the length of every symbol."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from narrate.engines._kokoro import machine, networks, runtime, waves
from narrate.engines._kokoro.vocabulary import SYMBOLS
from narrate.model import Samples

if TYPE_CHECKING:
    from narrate.engines._kokoro.blocks import Blocks

SILENCE = 20
"""Frames (500 ms) at most made of the silence before and behind the words; the network gives some 13 and 7. Fewer
cost the first sound: with 5 a recogniser lost it in 10 of 12 sentences, with what the network gives in none."""


Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Speech:
    """Sound of a row of symbols."""

    samples: Samples
    frames: npt.NDArray[np.int64]
    """Frames of each symbol, with the silence before the first and behind the last: [n + 2]."""
    pitch: npt.NDArray[np.float32]
    """Hz, two points a frame; near 0 where there is no voice."""


class Network:
    """The three networks and their head, loaded."""

    def __init__(self, threads: int = 1) -> None:
        machine.thrifty()
        folder = networks.installed()
        parts = {
            "encoder": tuple(networks.ENCODER.outputs),
            "prosody": tuple(networks.PROSODY.outputs),
            "generator": ("made",),
        }
        with ThreadPoolExecutor() as pool:
            runs = [pool.submit(runtime.load, folder, name, outputs, threads) for name, outputs in parts.items()]
            self._head = networks.head(folder)
            self._blocks = _blocks(folder) if runtime.kernel() else None
            self._encoder, self._prosody, self._generator = (run.result() for run in runs)

    def say(self, symbols: str, style: npt.NDArray[np.float32], speed: float) -> Speech:
        """Say symbols (at most 510) in a style [256]; speed 1 is the voice's own."""
        tokens = np.array([[0, *(SYMBOLS[symbol] for symbol in symbols), 0]], np.int64)
        speeds = np.array([speed], np.float32)
        encoded = self._encoder({"tokens": tokens, "style": style[None], "speed": speeds})
        frames = encoded["frames"].reshape(-1).copy()
        frames[[0, -1]] = np.minimum(frames[[0, -1]], SILENCE)
        stretched = np.repeat(encoded["prosodic"].transpose(0, 2, 1), frames, axis=2)
        phonetic = np.repeat(encoded["phonetic"], frames, axis=2)
        curves = self._prosody({"stretched": stretched, "style": style[None]})
        x = self._generated(phonetic, curves, style)
        return Speech(waves.sound(self._head, x), frames, curves["pitch"].reshape(-1))

    def _generated(self, phonetic: Array, curves: dict[str, Array], style: Array) -> Array:
        """Return what the head turns into sound, [128, time]."""
        inputs = {
            "features": phonetic[:, :, None],
            "pitch": curves["pitch"][:, None, None],
            "energy": curves["energy"][:, None, None],
            "affine": waves.affine(self._head, style),
        }
        source = waves.source(self._head, curves["pitch"].reshape(-1))
        if self._blocks is None:
            return self._generator({**inputs, "source": source[None, :, None]})["made"][0, :, 0]
        return self._blocks(self._generator(inputs)["made"][0, 0], source, inputs["affine"].ravel()).T


def _blocks(folder: Path) -> Blocks:
    """Load what needs Numba, which is not installed everywhere."""
    from narrate.engines._kokoro.blocks import Blocks

    return Blocks(folder)
