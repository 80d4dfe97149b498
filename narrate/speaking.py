"""Script and cast to clips: each line as sound, cached."""

from __future__ import annotations

import platform
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import overload

import numpy as np

from narrate import plugins, pronunciation
from narrate.clips import ClipCache
from narrate.engines import Engine
from narrate.errors import EngineError, NarrateError
from narrate.executors import Executor
from narrate.languages import Language, Tag
from narrate.model import Block, Cast, Clip, Line, Script, Token, Utterance, Voice

PACE = 2.95
"""Words a second to which voices are evened: the median of the English voices."""

EVENED = 0.6
"""Share of a voice's difference from `PACE` that is evened out: all of it would take its character away."""

QUICKEST, SLOWEST = 1.12, 0.90
"""Bounds of the evening: beyond them the neural voices sound pressed or drawn."""

AGAIN = 0.95
"""Relative speed of a line that is spoken again because it was not understood."""

STOPS = ".!?…"

_ONE_AT_A_TIME = threading.Lock()
"""An engine is one a process, whatever threads a cluster's worker has."""


@dataclass(frozen=True, slots=True)
class Job:
    """One line to be spoken: text, voice and options, never the model."""

    utterance: Utterance
    voice: Voice
    speed: float
    key: str
    """Its name in the cache: all that decides its sound."""
    cache: str
    """The folder or address that clips are kept in."""
    made_by: str
    """Fingerprint of the engine that the asker has: a worker with another one must not answer."""
    fresh: bool = False
    """Speak it again even if it is cached."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line that is in the cache now."""

    key: str
    seconds: float
    """Length of its sound."""
    cached: bool
    """It was there before."""
    worker: str
    """Name of the machine that spoke it or found it."""


class Clips(Sequence[Clip]):
    """The clips of a script, read one at a time from the cache; one that was damaged is spoken again."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs

    def __len__(self) -> int:
        return len(self._jobs)

    @overload
    def __getitem__(self, index: int) -> Clip: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Clip]: ...
    def __getitem__(self, index: int | slice) -> Clip | Sequence[Clip]:
        if isinstance(index, slice):
            return Clips(self._jobs[index])
        job = self._jobs[index]
        try:
            return ClipCache(job.cache).get(job.key)
        except KeyError:
            return _make(job)


@lru_cache(maxsize=4)
def engine(name: str) -> Engine:
    """Return the engine of that name, one a process, so that its model is loaded once."""
    loaded: Engine = plugins.load("engines", name).Engine()
    return loaded


def utterances(
    script: Script,
    roles: Cast,
    language: Language,
    tags: Sequence[Sequence[Tag]],
    lexicon: pronunciation.Lexicon,
    *,
    disclose: bool = True,
) -> list[Utterance]:
    """Say what is said for each line.

    `tags` are the part-of-speech tags of each block, offsets within the block; `disclose` adds
    that the voices are synthetic behind title, byline and date.
    """
    blocks = script.article.blocks
    said = []
    for line in script.lines:
        voice, block = roles[line.speaker], blocks[line.block]
        tokens = language.spoken(line.text, voice.language, _within(tags[line.block], line, block))
        tokens = pronunciation.pronounce(tokens, lexicon, voice.engine, voice.language)
        said.append(Utterance(_announced(tokens, block, language)))
    last = max((i for i, line in enumerate(script.lines) if blocks[line.block].kind in ANNOUNCED), default=None)
    if disclose and last is not None and language.disclosure:
        said[last] = Utterance(_with_tail(said[last].tokens, language.disclosure))
    return _in_context(script.lines, said)


ANNOUNCED = ("title", "byline", "date")
"""Blocks that are read as an announcement, each with a full stop."""


def jobs(
    said: Sequence[Utterance], script: Script, roles: Cast, cache: str, *, speed: float = 1.0, fresh: bool = False
) -> list[Job]:
    """Make the job of each line; `speed` is relative to the voices' evened pace."""
    return [
        _job(utterance, roles[line.speaker], speed, cache, fresh)
        for utterance, line in zip(said, script.lines, strict=True)
    ]


def speak(work: Sequence[Job], executor: Executor, workers: int, heard: Callable[[int, Spoken], None]) -> Clips:
    """Speak all lines, telling `heard` of each as it is done, in order.

    Raises EngineError when an engine fails, OutputError when the cache cannot be written. What was
    spoken before stays in the cache.
    """
    for index, spoken in enumerate(executor.run(fulfil, work, workers)):
        look(work[index], spoken)
        heard(index, spoken)
    return Clips([replace(job, fresh=False) for job in work])


def fulfil(job: Job) -> Spoken:
    """Speak a line unless it is cached: what a worker does."""
    if not job.fresh:
        try:
            clip = ClipCache(job.cache).get(job.key)
            return Spoken(job.key, clip.samples.size / clip.rate, True, platform.node())
        except KeyError:
            pass
    clip = _make(job)
    return Spoken(job.key, clip.samples.size / clip.rate, False, platform.node())


def attempt(job: Job) -> Spoken | NarrateError:
    """Speak a line, and return what kept it from being spoken: one article's fault is no other's."""
    try:
        return fulfil(job)
    except NarrateError as error:
        return error


def look(job: Job, spoken: Spoken) -> None:
    """Make sure that what another machine spoke can be seen from here. Raises EngineError, which names that machine."""
    if spoken.worker != platform.node() and not ClipCache(job.cache).has(job.key):
        raise EngineError(
            f"worker {spoken.worker} keeps its clips where this machine does not see them; "
            "name a --cache that both see: a shared folder, or s3://bucket/clips"
        )


def _make(job: Job) -> Clip:
    with _ONE_AT_A_TIME:
        here = engine(job.voice.engine).fingerprint()
        if here != job.made_by:
            raise EngineError(f"worker {platform.node()} has {here!r}, not {job.made_by!r}; install the same there")
        clip = say(job.utterance, job.voice, job.speed)
    return ClipCache(job.cache).put(job.key, clip)


def say(utterance: Utterance, voice: Voice, speed: float) -> Clip:
    """Speak one utterance, or give silence of no length when it has nothing to say.

    Raises EngineError when the engine gives less than the text asks for.
    """
    speaker = engine(voice.engine)
    if not any(character.isalnum() for character in utterance.text):
        return Clip(np.zeros(0, np.float32), speaker.rate, ((0, 0),) * len(utterance.tokens))
    clip = speaker.speak(utterance, voice, speed)
    if len(clip.times) != len(utterance.tokens) or not clip.samples.any():
        raise EngineError(f"{voice.id} gave no sound for {utterance.text[:40]!r}; try another voice or --engine")
    return clip


def evened(voice: Voice, speed: float) -> float:
    """Return the speed at which a voice keeps the pace of the others, or that of its own that the cast asks for."""
    speed *= voice.speed
    if not voice.pace:
        return speed
    return speed * float(min(QUICKEST, max(SLOWEST, (PACE / voice.pace) ** EVENED)))


def slower(job: Job) -> Job:
    """Return the job of saying the same a little slower."""
    return replace(job, speed=round(job.speed * AGAIN, 3), key=ClipCache.key(job.key, "again"))


def _job(utterance: Utterance, voice: Voice, speed: float, cache: str, fresh: bool) -> Job:
    pace = round(evened(voice, speed), 3)
    told = repr(asdict(utterance)["tokens"])
    made_by = engine(voice.engine).fingerprint()
    key = ClipCache.key(voice.id, made_by, f"{pace:.3f}", told, utterance.before, utterance.after)
    return Job(utterance, voice, pace, key, cache, made_by, fresh)


def _within(tags: Sequence[Tag], line: Line, block: Block) -> list[Tag]:
    offset = line.start - block.start
    return [(a - offset, b - offset, tag) for a, b, tag in tags if a >= offset and b <= offset + len(line.text)]


def _announced(tokens: tuple[Token, ...], block: Block, language: Language) -> tuple[Token, ...]:
    """Give a title or byline the words and the full stop with which it is announced."""
    if not tokens or block.kind not in (*ANNOUNCED, "heading"):
        return tokens
    if block.kind == "byline":
        before, _, after = language.byline.partition("{}")
        if not block.text.lower().startswith(before.strip().lower()):
            tokens = (replace(tokens[0], spoken=before + tokens[0].spoken), *tokens[1:])
        return _with_tail(tokens, after, "")
    return tokens if tokens[-1].spoken[-1:] in STOPS else _with_tail(tokens, ".", "")


def _with_tail(tokens: tuple[Token, ...], tail: str, gap: str = " ") -> tuple[Token, ...]:
    last = tokens[-1]
    return (*tokens[:-1], replace(last, spoken=f"{last.spoken}{gap}{tail}")) if last.spoken else tokens


def _in_context(lines: Sequence[Line], said: list[Utterance]) -> list[Utterance]:
    """Tell each utterance the words of its sentence that other lines say."""

    def joined(left: int, right: int) -> bool:
        end = said[left].text.rstrip("\"'”’»)] ")[-1:]
        return lines[left].block == lines[right].block and bool(end) and end not in STOPS

    return [
        Utterance(
            utterance.tokens,
            said[i - 1].text if i and joined(i - 1, i) else "",
            said[i + 1].text if i + 1 < len(said) and joined(i, i + 1) else "",
        )
        for i, utterance in enumerate(said)
    ]
