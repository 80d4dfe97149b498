"""Engines: utterances to sound. An engine is one module here with a class `Engine`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from narrate.model import Clip, Utterance, Voice


class Engine(Protocol):
    """What every engine offers. Making one is cheap; what is heavy loads at the first `speak`."""

    rate: int
    """Samples a second of its clips, Hz."""

    def voices(self) -> Sequence[Voice]:
        """List what can be cast, without loading a model."""

    def fingerprint(self) -> str:
        """Name what decides the sound besides the utterance: model checksum, software version."""

    def workers(self) -> int:
        """Say how many processes of this engine do best on this machine, by its cores and memory."""

    def speak(self, utterance: Utterance, voice: Voice, speed: float = 1.0) -> Clip:
        """Say all of an utterance.

        `speed` 1 is the voice's own pace. Never cuts text: what is too long for the model is
        split at the best pause. Raises EngineError.
        """
