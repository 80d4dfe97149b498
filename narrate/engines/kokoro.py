"""Kokoro-82M: the neural engine, at home on a laptop's processor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from narrate.engines._kokoro import machine, networks, runtime, styles, weights
from narrate.engines._kokoro.cutting import trimmed
from narrate.engines._kokoro.network import Network
from narrate.engines._kokoro.passages import passages
from narrate.engines._kokoro.phonemes import Sounds, phonemes
from narrate.engines._kokoro.vocabulary import MARKS, PAUSING
from narrate.engines._kokoro.waves import RATE
from narrate.errors import EngineError
from narrate.model import Clip, Samples, Token, Utterance, Voice

VERSION = "6"
"""Counted up whenever the same utterance would sound different."""

BREATH = RATE * 180 // 1000
"""Samples of silence where a passage was cut because it was too long for the network."""


SEAM = ","
"""Said behind a line that ends in mid-sentence without a mark."""

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
        made = f"{networks.VERSION} {runtime.ground()} {runtime.precision()}"
        return f"kokoro {VERSION} {weights.SHA256[:16]} {made}"

    def workers(self) -> int:
        """Say how many processes of one thread each this machine does best with."""
        return machine.workers()

    def speak(self, utterance: Utterance, voice: Voice, speed: float = 1.0) -> Clip:
        """Say an utterance; what is too long for the network is cut at its best pause. Raises EngineError."""
        table = styles.styles(voice.name)
        line = phonemes(seamed(utterance), voice.language == "en-GB", utterance.after)
        network = self._loaded()
        pieces: list[Samples] = []
        places: list[int] = []
        at = 0
        for start, end in passages(line.text):
            symbols = line.text[start:end]
            speech = network.say(symbols, table[max(0, len(symbols) - 1)], speed)
            samples, within = trimmed(speech, symbols, speed)
            if pieces and len(samples):
                pieces.append(np.zeros(BREATH, np.float32))
                at += BREATH
            places += [at + int(place) for place in within[:-1]]
            pieces.append(samples)
            at += len(samples)
        return Clip(np.concatenate(pieces), RATE, _times(line, [*places, at]))

    def _loaded(self) -> Network:
        """Return the network, loaded at the first call."""
        try:
            self._network = self._network or Network()
        except (RuntimeError, ImportError, MemoryError) as error:
            reason = " ".join(str(error).split())[:120]
            raise EngineError(f"the voice network cannot be run here ({reason}); try --engine system") from error
        return self._network


def seamed(utterance: Utterance) -> tuple[Token, ...]:
    """Return the tokens, with a comma where another line goes on with the sentence: the voice stays up for it."""
    tokens = utterance.tokens
    last = max((index for index, token in enumerate(tokens) if token.spoken), default=-1)
    if not utterance.after or last < 0 or tokens[last].spoken[-1] in MARKS:
        return tokens
    closed = replace(tokens[last], spoken=tokens[last].spoken + SEAM)
    return (*tokens[:last], closed, *tokens[last + 1 :])


def _times(line: Sounds, places: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return each token's start and end sample; the pause of a mark behind a word is not the word's.

    A token that is not said lies where the one before it ends.
    """
    times: list[tuple[int, int]] = []
    for start, end in line.spans:
        words = line.text[start:end].rstrip(SILENT)
        silent = times[-1][1] if times else 0
        times.append((places[start], places[start + len(words)]) if words else (silent, silent))
    return tuple(times)
