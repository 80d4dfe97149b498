"""Piper: any voice file that the user has, run by ONNX Runtime; piper-tts itself is not needed.

A voice is an .onnx with its .onnx.json in a folder that NARRATE_PIPER_VOICES names. The words'
phonemes come from espeak-ng in its own process, their times from the network's durations, or,
where a model does not tell them, from each word's share of the phonemes.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from narrate.audio import faded, resample
from narrate.engines._piper import files
from narrate.engines._piper.files import VoiceFile
from narrate.engines._piper.network import Network, Spoken
from narrate.engines._piper.phonemes import NONE, Symbol, symbols
from narrate.errors import EngineError
from narrate.model import Clip, Samples, Utterance, Voice

VERSION = "1"
"""Counted up whenever the same utterance would sound different."""

RATE = 22_050
"""Hz; of nearly all Piper voices. Those of 16,000 Hz are brought to it."""

LONGEST = 400
"""Symbols the network is given at once: about half a minute of speech, some 200 MB of memory."""

SHORTEST_PART = 0.5
"""A stretch that is too long is cut in its second half, that no part becomes a fragment."""

JOINS = {",": 0.15, ";": 0.2, ":": 0.2, ".": 0.35, "!": 0.35, "?": 0.35}
"""Seconds of pause where it was cut behind this mark, at speed 1."""

MARGIN = 0.02
"""Seconds left before the first phoneme and behind the last: durations are whole frames of 12 ms."""

FADE = 0.005
"""Seconds of fade at the ends of a part, against clicks."""

LOADED = 3
"""Models kept in memory, about 150 MB each."""

Timed = tuple[Samples, list[tuple[int, int, int]]]
"""Samples, and (token, begin, end) of each symbol that belongs to a token."""


class Engine:
    """Speak by Piper's voices."""

    rate = RATE

    def __init__(self, folder: Path | None = None) -> None:
        """Look for voices in a folder, besides those of the environment; nothing is loaded yet."""
        self._folder = folder
        self._networks: dict[Path, Network] = {}

    def voices(self) -> Sequence[Voice]:
        """List the voices of all files found; a model of many speakers gives one for each."""
        return tuple(voice for file in self._files for voice in file.voices())

    def fingerprint(self) -> str:
        """Name the voice files by their checksum."""
        return self._fingerprint

    def workers(self) -> int:
        """One process a core, up to four: each holds its own models."""
        return min(4, os.cpu_count() or 1)

    def speak(self, utterance: Utterance, voice: Voice, speed: float = 1.0) -> Clip:
        """Say an utterance; what is too long for the network is cut at its best pause. Raises EngineError."""
        file, speaker = self._found(voice)
        said = symbols(utterance.tokens, file.config["espeak"]["voice"], bool(utterance.after))
        sounds: list[Samples] = []
        times: dict[int, tuple[int, int]] = {}
        at = 0
        for part in parts(said):
            samples, heard = self._part(file, speaker, part, speed)
            for token, begin, end in heard:
                times[token] = times.get(token, (at + begin, 0))[0], at + end
            pause = np.zeros(round(JOINS.get(part[-1].text, 0.0) / speed * RATE), np.float32)
            sounds += [samples, pause]
            at += len(samples) + len(pause)
        samples = np.concatenate(sounds[:-1]) if sounds else np.zeros(0, np.float32)
        return Clip(samples, RATE, _in_order(times, len(utterance.tokens)))

    @cached_property
    def _files(self) -> list[VoiceFile]:
        return files.find(files.folders(self._folder))

    @cached_property
    def _fingerprint(self) -> str:
        if not self._files:
            raise EngineError(f"no Piper voice: put an .onnx and its .json in a folder named in {files.FOLDERS}")
        return f"piper {VERSION} {files.checksum(self._files)}"

    def _found(self, voice: Voice) -> tuple[VoiceFile, int]:
        name, _, speaker = voice.name.partition("#")
        for file in self._files:
            if voice.engine == "piper" and file.name == name and speaker in (file.speakers or [""]):
                return file, file.speakers.get(speaker, 0)
        raise EngineError(f"the piper engine has no voice {voice.id!r}; `narrate voices --engine piper` lists them")

    def _network(self, file: VoiceFile) -> Network:
        network = self._networks.pop(file.path, None) or Network(file.path)
        self._networks[file.path] = network  # the last used is the last to be forgotten
        while len(self._networks) > LOADED:
            del self._networks[next(iter(self._networks))]
        return network

    def _part(self, file: VoiceFile, speaker: int, part: Sequence[Symbol], speed: float) -> Timed:
        ids, places = _numbers(part, file.config["phoneme_id_map"])
        options = file.config.get("inference", {})
        length = options.get("length_scale", 1.0) / speed
        scales = (options.get("noise_scale", 0.667), length, options.get("noise_w", 0.8))
        spoken = self._network(file).say(ids, scales, speaker)
        samples, heard = _timed(part, places, len(ids), spoken)
        ratio = RATE / file.rate
        heard = [(token, round(begin * ratio), round(end * ratio)) for token, begin, end in heard]
        return resample(samples, file.rate, RATE), heard


def parts(said: Sequence[Symbol]) -> list[Sequence[Symbol]]:
    """Cut a sequence of symbols into parts that the network takes, behind the strongest mark that is not too early."""
    found: list[Sequence[Symbol]] = []
    while len(said) > LONGEST:
        late = range(int(LONGEST * SHORTEST_PART), LONGEST)
        cuts = (max((at + 1 for at in late if said[at].text in marks), default=0) for marks in (".!?", ";:,", " "))
        cut = next(filter(None, cuts), LONGEST)
        found.append(said[:cut])
        said = said[cut:]
    return [*found, said] if said else found


def _numbers(part: Sequence[Symbol], table: dict[str, list[int]]) -> tuple[list[int], list[int]]:
    """Return the numbers of symbols with padding between, as Piper's voices were trained, and each symbol's place.

    A symbol that the voice does not know has the place of the one before it.
    """
    ids = [*table["^"], *table["_"]]
    places = []
    for symbol in part:
        if symbol.text in table:
            places.append(len(ids))
            ids += [*table[symbol.text], *table["_"]]
        else:
            places.append(len(ids) - 1)
    return [*ids, *table["$"]], places


def _timed(part: Sequence[Symbol], places: Sequence[int], count: int, spoken: Spoken) -> Timed:
    """Trim what the network made to its speech, and say when each token's symbols are heard."""
    samples = spoken.samples
    known = len(spoken.lengths) == count
    lengths = spoken.lengths if known else np.full(count, len(samples) // count)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    ends = [*places[1:], count - 1]
    heard = [
        (symbol.token, int(starts[place]), int(starts[max(end, place + 1)]))
        for symbol, place, end in zip(part, places, ends, strict=True)
        if symbol.token != NONE
    ]
    margin = round(MARGIN * RATE)
    first = max(0, heard[0][1] - margin) if heard else 0
    last = min(len(samples), heard[-1][2] + margin) if heard else 0
    trimmed = faded(samples[first:last], RATE, FADE)
    return trimmed, [(token, max(0, begin - first), min(end, last) - first) for token, begin, end in heard]


def _in_order(times: dict[int, tuple[int, int]], count: int) -> tuple[tuple[int, int], ...]:
    """Return a time for each token; one that is not said has none of its own."""
    found: list[tuple[int, int]] = []
    for token in range(count):
        at = found[-1][1] if found else 0
        begin, end = times.get(token, (at, at))
        found.append((max(at, begin), max(at, begin, end)))
    return tuple(found)
