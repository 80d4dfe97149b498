"""Hear an edition while it is made, where there is a sound device."""

from __future__ import annotations

import queue
import threading
from typing import Any

from narrate import audio
from narrate.clips import ClipCache
from narrate.errors import PluginError
from narrate.mixing import CEILING, LEVEL, PAUSES, RATE
from narrate.model import Voice
from narrate.peaks import limit
from narrate.pipeline import Progress


class Player:
    """Plays lines in the order in which they are finished, in a thread of its own.

    Raises PluginError when there is no sound device, or nothing to drive one with.
    """

    def __init__(self, cache: str) -> None:
        self._cache = ClipCache(cache)
        self._stream = _opened()
        self._lines: queue.SimpleQueue[tuple[str, Voice] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._play, daemon=True)
        self._thread.start()

    def __call__(self, step: Progress) -> None:
        """Put a finished line behind those that wait."""
        line = step.script.lines[step.line]
        self._lines.put((step.spoken.key, step.roles[line.speaker]))

    def finish(self) -> None:
        """Wait until all has been played."""
        self._lines.put(None)
        self._thread.join()
        self._stream.stop()
        self._stream.close()

    def _play(self) -> None:
        while (waiting := self._lines.get()) is not None:
            key, voice = waiting
            clip = self._cache.get(key)
            sound = audio.resample(clip.samples, clip.rate, RATE)
            if voice.loudness:
                sound = sound * audio.amplitude(LEVEL - voice.loudness)
            self._stream.write(limit(sound, audio.amplitude(CEILING), RATE))
            self._stream.write(audio.silence(PAUSES["sentence"], RATE))


def _opened() -> Any:
    """Open the default sound device: mono float32 at the programme's rate."""
    try:
        import sounddevice

        stream = sounddevice.OutputStream(samplerate=RATE, channels=1, dtype="float32")
        stream.start()
    except ModuleNotFoundError as error:
        raise PluginError("--play needs a library: pip install 'narrate[play]'") from error
    except Exception as error:  # PortAudio's own class, or OSError where its library is missing
        raise PluginError(f"--play finds no sound device ({error}); make the edition without it") from error
    return stream
