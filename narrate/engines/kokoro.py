"""Kokoro-82M: the neural engine, at home on a laptop's processor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from narrate.engines._kokoro import machine, networks, runtime, styles, weights
from narrate.engines._kokoro.cutting import trimmed
from narrate.engines._kokoro.delivery import Delivery, delivery
from narrate.engines._kokoro.network import Network
from narrate.engines._kokoro.passages import passages
from narrate.engines._kokoro.vocabulary import PAUSING
from narrate.engines._kokoro.waves import RATE
from narrate.model import Clip, Samples, Utterance, Voice

VERSION = "2"
"""Counted up whenever the same utterance would sound different."""

BREATH = RATE * 180 // 1000
"""Samples of silence where a passage was cut because it was too long for the network."""


SILENT = "".join(sorted(PAUSING))
"""Symbols at the end of a token that are heard as a pause."""


class Engine:
    """Speak by Kokoro-82M."""

    rate = RATE

    def __init__(self) -> None:
        self._network: Network | None = None

    def voices(self) -> Sequence[Voice]:
        """List the English voices and the measured blends of them."""
        return styles.voices()

    def fingerprint(self) -> str:
        """Name the model, the version of the networks made from it and their precision."""
        made = f"{networks.VERSION} {runtime.runtime()} {runtime.precision()}"
        return f"kokoro {VERSION} {weights.SHA256[:16]} {made}"

    def workers(self) -> int:
        """Say how many processes of one thread each this machine does best with."""
        return machine.workers()

    def speak(self, utterance: Utterance, voice: Voice, speed: float = 1.0) -> Clip:
        """Say an utterance; what is too long for the network is cut at its best pause. Raises EngineError."""
        table = styles.styles(voice.name)
        line = delivery(utterance, voice.language == "en-GB")
        network = self._network = self._network or Network()
        pieces: list[Samples] = []
        places: list[int] = []
        at = 0
        for start, end in passages(line.symbols):
            symbols = line.symbols[start:end]
            speech = network.say(symbols, table[max(0, len(symbols) - 1)], speed)
            kept = max(line.start, start) - start, min(line.end, end) - start
            samples, within = trimmed(speech, symbols, *kept)
            if pieces and len(samples):
                pieces.append(np.zeros(BREATH, np.float32))
                at += BREATH
            places += [at + int(place) for place in within[:-1]]
            pieces.append(samples)
            at += len(samples)
        return Clip(np.concatenate(pieces), RATE, _times(line, [*places, at]))


def _times(line: Delivery, places: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return each token's start and end sample; the pause of a mark behind a word is not the word's."""
    times: list[tuple[int, int]] = []
    for start, end in line.spans:
        words = line.symbols[start:end].rstrip(SILENT)
        at = times[-1][1] if times else 0
        said = (places[start - line.start], places[start + len(words) - line.start])
        times.append(said if words else (at, at))
    return tuple(times)
