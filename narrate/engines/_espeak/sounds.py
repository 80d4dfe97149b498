"""The worker's answer as sound: decoded, trimmed, joined, and when each token is heard."""

from __future__ import annotations

import io
import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np

from narrate.audio import resample
from narrate.engines._espeak.phrasing import Phrase, Piece
from narrate.model import Samples

Phone = tuple[int, int]
"""The character of the text that it belongs to, or PAUSE, and its first sample."""

PAUSE = -1

RATE = 22_050
"""Hz; what espeak-ng makes."""

SILENCE = 1e-3
"""Amplitude below which a system that reports no times is silent at the ends: −60 dB."""

HOP = 0.01
"""Seconds between the frames in which speech is shortened: two periods of a low voice make a frame."""

SEEK = 0.006
"""Seconds about its place in which a frame may fit best: half a period of the lowest voice."""

CLOSING = " ”\"'’)"
"""What may stand between a mark and the end of a piece."""

JOINS = {".": 0.35, "!": 0.35, "?": 0.35, "…": 0.35, ";": 0.2, ":": 0.2, "—": 0.2, ",": 0.15}
"""Seconds of pause where a text too long for one call is cut behind this mark, at speed 1."""

JOIN = 0.03
"""The same where there was no mark."""


def joined(parts: Sequence[Piece], header: dict[str, Any], body: bytes, speed: float) -> tuple[Samples, list[Phone]]:
    """Put the pieces together with a pause between them, and their phones .

    The sound is trimmed to what is spoken, and the last phone is the pause behind it.
    """
    sounds: list[Samples] = []
    phones: list[Phone] = []
    at = done = 0
    for (offset, part), size, heard in zip(parts, header["sounds"], header["phones"], strict=True):
        samples = _samples(body[done : done + size])
        done += size
        begin, end = _speech(samples, heard)
        if end <= begin:
            continue
        inside = [phone for phone in heard if begin <= phone[1] < end]
        phones += [(PAUSE if silent else offset + where, at + sample - begin) for where, sample, silent in inside]
        phones.append((PAUSE, at + end - begin))
        pause = np.zeros(round(JOINS.get(part.rstrip(CLOSING)[-1:], JOIN) / speed * RATE), np.float32)
        sounds += [samples[begin:end], pause]
        at += end - begin + len(pause)
    return (np.concatenate(sounds[:-1]) if sounds else np.zeros(0, np.float32)), phones


def quicker(sound: Samples, factor: float) -> Samples:
    """Shorten speech without changing its pitch: frames laid over one another where they fit best (WSOLA)."""
    hop, seek = round(HOP * RATE), round(SEEK * RATE)
    window = np.hanning(2 * hop + 1)[:-1].astype(np.float32)
    steps = math.ceil((len(sound) + hop) / (hop * factor))
    whole = np.pad(sound, (hop, round(hop * factor) + 3 * hop + 2 * seek))
    out = np.zeros((steps + 1) * hop, np.float32)
    following = whole[: 2 * hop]
    for step in range(steps):
        at = max(0, round(step * hop * factor) - seek)
        at += int(np.argmax(np.correlate(whole[at : at + 2 * hop + 2 * seek], following, "valid"))) if step else 0
        out[step * hop : (step + 2) * hop] += whole[at : at + 2 * hop] * window
        following = whole[at + hop : at + 3 * hop]
    begin = round(hop / factor)
    return out[begin : begin + round(len(sound) / factor)]


def _samples(file: bytes) -> Samples:
    """Decode a WAV or AIFF file, brought to RATE."""
    import soundfile

    samples, rate = soundfile.read(io.BytesIO(file), dtype="float32")
    mono = samples if samples.ndim == 1 else samples.mean(axis=1)
    return resample(np.asarray(mono, np.float32), rate, RATE)


def _speech(samples: Samples, heard: Sequence[tuple[int, int, bool]]) -> tuple[int, int]:
    """Return where speech begins and ends: by its phones, or by the first and last sample that is not silence."""
    if not heard:
        loud = np.flatnonzero(np.abs(samples) > SILENCE)
        return (int(loud[0]), int(loud[-1]) + 1) if len(loud) else (0, 0)
    said = [number for number, (_, _, silent) in enumerate(heard) if not silent]
    if not said:
        return 0, 0
    behind = said[-1] + 1
    return heard[said[0]][1], heard[behind][1] if behind < len(heard) else len(samples)


def token_times(text: Phrase, phones: Sequence[Phone], length: int) -> tuple[tuple[int, int], ...]:
    """Return start and end sample of each token, from its phones; without phones, by its share of the letters."""
    if all(where == PAUSE for where, _ in phones):
        return _shared(text, length)
    starts = [start for start, _ in text.spans]
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    following = [begin for _, begin in phones[1:]] + [length]
    for (where, begin), end in zip(phones, following, strict=True):
        if where != PAUSE:
            token = bisect_right(starts, where) - 1
            begins.setdefault(token, begin)
            ends[token] = end
    return _filled(text, begins, ends)


def _filled(text: Phrase, begins: dict[int, int], ends: dict[int, int]) -> tuple[tuple[int, int], ...]:
    """Give tokens without phones of their own their share of the one before: espeak-ng says "of the" as one word."""
    times: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(text.spans):
        at = times[-1][1] if times else 0
        if number in begins:
            times.append((begins[number], ends[number]))
        elif not times or not any(map(str.isalnum, text.text[start:end])):
            times.append((at, at))
        else:
            begin, middle = times[-1][0], _share(text.spans[number - 1], (start, end), *times[-1])
            times[-1] = (begin, middle)
            times.append((middle, at))
    return tuple(times)


def _share(first: tuple[int, int], second: tuple[int, int], begin: int, end: int) -> int:
    """Return where a stretch of sound is divided between two tokens, by their letters."""
    letters = first[1] - first[0], second[1] - second[0]
    return begin + (end - begin) * letters[0] // max(1, sum(letters))


def _shared(text: Phrase, length: int) -> tuple[tuple[int, int], ...]:
    """Divide a sound among all tokens by their letters, where the system reports no times."""
    total = max(1, len(text.text))
    return tuple((length * start // total, length * end // total) for start, end in text.spans)
