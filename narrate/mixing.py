"""Clips to an edition: levelled, joined with pauses, at one loudness.

The clips are read three times from the cache (to level each voice, to measure the programme,
to write it) and never all at once, so that memory does not grow with the length. Time is
counted in samples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from narrate import audio
from narrate.model import Block, Cast, Chapter, Clip, Cue, Edition, Line, Script, Utterance, Word
from narrate.options import LOUDNESS
from narrate.peaks import limit

RATE = 24_000
"""Hz of the programme: what the neural engine gives; speech above 12 kHz is breath."""

CEILING = -2.0
"""dBTP of the master: a 64 kbit/s MP3 adds up to 0.8 dB, and −1 dBTP is what players ask for."""

LEVEL = -23.0
"""LUFS to which each voice is brought before the programme is: any value below clipping would do."""

LEAST_HEARD = 0.4
"""Seconds of sound without which BS.1770 measures nothing: the length of its block."""

FADE = 0.004
"""Seconds of fade at both ends of a clip: no click, and shorter than any consonant."""

PREROLL = 0.02
"""Seconds of silence of a cue before its first sound, so that players that start late lose nothing of it."""

LEAD, TAIL = 0.6, 1.5
"""Seconds of silence around the programme (ACX asks for 0.5–1 and 1–5)."""

PAUSES = {
    "breath": 0.09,  # a voice changes in mid-sentence, without a comma: "a man who said ‘…’"
    "comma": 0.22,  # … after a comma or colon: he said, "…"
    "sentence": 0.38,
    "speaker": 0.45,  # a sentence ends and somebody else begins
    "paragraph": 0.70,
    "head": 0.55,  # title, byline and date follow one another as one announcement
    "heading": 0.75,  # behind a heading
    "chapter": 1.30,  # before a heading, or a new subject
}
"""Seconds of silence by what ends there; no published figures exist, these are those of radio news readers."""


def mix(
    script: Script,
    roles: Cast,
    utterances: Sequence[Utterance],
    clips: Sequence[Clip],
    sound: Path,
    *,
    loudness: float = LOUDNESS,
    models: Mapping[str, str] | None = None,
) -> Edition:
    """Join one clip a line into a programme and write it to `sound`, a mono 16-bit WAV.

    `utterances` say which printed stretch each time of a clip belongs to; `loudness` is in LUFS
    of the mono file. Raises ValueError unless there is one utterance and one clip a line.
    """
    lines = script.lines
    if not len(clips) == len(utterances) == len(lines):
        raise ValueError(f"{len(clips)} clips and {len(utterances)} utterances for {len(lines)} lines")
    gains = _levels(lines, roles, clips)
    pauses = [*_pauses(script), TAIL]
    level = loudness - audio.measure(_programme(_levelled(lines, clips, roles, gains), pauses), RATE)
    louder = {voice: gain * audio.amplitude(level) for voice, gain in gains.items()}
    meter = audio.Meter(RATE, peak=True)
    cues = tuple(_cues(utterances, clips, pauses))
    with audio.writing(sound, RATE, cues[-1].end if cues else 0) as file:
        for stretch in _programme(map(_rounded, _levelled(lines, clips, roles, louder)), pauses):
            file.add(stretch)
            meter.add(stretch)
    chapters = tuple(_chapters(script, cues))
    return Edition(script, roles, cues, chapters, sound, RATE, meter.loudness, meter.true_peak, models or {})


def _levels(lines: Sequence[Line], roles: Cast, clips: Iterable[Clip]) -> dict[str, float]:
    """Measure each voice on all that it says here, and return the gain that brings it to `LEVEL`."""
    meters: dict[str, audio.Meter] = {}
    heard: dict[str, float] = {}
    for line, clip in zip(lines, clips, strict=True):
        voice = roles[line.speaker].id
        meters.setdefault(voice, audio.Meter(RATE)).add(audio.resample(clip.samples, clip.rate, RATE))
        heard[voice] = heard.get(voice, 0.0) + clip.samples.size / clip.rate
    catalogued = {voice.id: voice.loudness for voice in roles.values() if voice.loudness}
    levels = {voice: meters[voice].loudness if heard[voice] > LEAST_HEARD else LEVEL for voice in meters}
    for voice, seconds in heard.items():
        if seconds <= LEAST_HEARD and voice in catalogued:
            levels[voice] = catalogued[voice]
    return {voice: audio.amplitude(LEVEL - level) if level > audio.SILENCE else 1.0 for voice, level in levels.items()}


def _levelled(
    lines: Sequence[Line], clips: Iterable[Clip], roles: Cast, gains: Mapping[str, float]
) -> Iterator[audio.Sound]:
    for line, clip in zip(lines, clips, strict=True):
        yield audio.resample(clip.samples, clip.rate, RATE) * np.float32(gains[roles[line.speaker].id])


def _rounded(speech: audio.Sound) -> audio.Sound:
    """Take what clicks and what clips off a line."""
    return limit(audio.faded(speech, RATE, FADE), audio.amplitude(CEILING), RATE)


def _programme(speech: Iterable[audio.Sound], pauses: Sequence[float]) -> Iterator[audio.Sound]:
    yield audio.silence(LEAD, RATE)
    for line, pause in zip(speech, pauses, strict=True):
        yield line
        yield audio.silence(pause, RATE)


def _cues(utterances: Sequence[Utterance], clips: Iterable[Clip], pauses: Sequence[float]) -> Iterator[Cue]:
    at = audio.silence(LEAD, RATE).size
    preroll = round(PREROLL * RATE)
    start = 0
    for index, (utterance, clip, pause) in enumerate(zip(utterances, clips, pauses, strict=True)):
        words = tuple(_words(utterance, clip, at))
        at += audio.resampled_size(clip.samples.size, clip.rate, RATE) + audio.silence(pause, RATE).size
        end = at if index + 1 == len(utterances) else at - preroll
        yield Cue(index, start, end, words)
        start = end


def _words(utterance: Utterance, clip: Clip, at: int) -> Iterator[Word]:
    scale = RATE / clip.rate
    for token, (begins, ends) in zip(utterance.tokens, clip.times, strict=True):
        yield Word(token.start, token.start + len(token.printed), at + round(begins * scale), at + round(ends * scale))


def _chapters(script: Script, cues: Sequence[Cue]) -> Iterator[Chapter]:
    first = 0
    for section in script.chapters:
        last = first + len(section.lines) - 1
        yield Chapter(section.title, cues[first].start, cues[last].end)
        first = last + 1


def _pauses(script: Script) -> Iterator[float]:
    """Yield the silence behind every line but the last, seconds."""
    blocks = script.article.blocks
    for chapter, following in zip(script.chapters, [*script.chapters[1:], None], strict=True):
        for line, after in pairwise(chapter.lines):
            yield PAUSES[_what_ends(line, after, blocks)]
        if following:
            yield PAUSES["chapter"]


def _what_ends(line: Line, after: Line, blocks: Sequence[Block]) -> str:
    block, following = blocks[line.block], blocks[after.block]
    if line.block == after.block:
        return _inside_block(line, after)
    if block.kind in ("title", "byline") and following.kind in ("byline", "date"):
        return "head"
    if following.kind == "heading":
        return "chapter"
    if block.kind in ("title", "byline", "date", "heading"):
        return "heading"
    return "paragraph"


def _inside_block(line: Line, after: Line) -> str:
    last = line.text.rstrip().rstrip("\"'”’»)]")[-1:]
    if last and last in ".!?…" and not after.text.lstrip("\"'“‘«([ ")[:1].islower():
        return "sentence" if line.speaker == after.speaker else "speaker"
    return "comma" if last and last in ",;:—–-?!.…" else "breath"
