"""The chapters of an edition, as its MP3, its transcript and the ear have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from narrate.checking.fault import Fault
from narrate.checking.words import Alignment, first_heard, line_starts
from narrate.model import Script

TOLERANCE = 0.03
"""Seconds by which a chapter may miss the line that it starts with."""

EARLY, LATE = 0.0, 2.5
"""Seconds behind a chapter's start between which its first word ends."""

CUE = re.compile(r"^(?:(\d+):)?(\d\d):(\d\d\.\d+) -->", re.M)
"""When a caption begins, in WebVTT."""

Mark = tuple[float, str]
"""Start in seconds, and title."""


def faults(folder: Path, sound: Path, facts: dict[str, Any], script: Script) -> Iterator[Fault]:
    """Yield where the chapters that are told do not agree with one another."""
    told = [(float(one["start"]), str(one["title"])) for one in facts.get("chapters", [])]
    for (before, _), (after, title) in pairwise(told):
        if after <= before:
            yield Fault("chapter", after, f"{title!r} does not start behind the one before it")
    if len(told) != len(script.chapters):
        yield Fault("chapter", 0.0, f"{len(told)} chapters, {len(script.chapters)} in the script")
    if sound.suffix == ".mp3":
        yield from _unlike(told, _tagged(sound), "the MP3's tag")
    yield from _against_transcript(told, folder / "transcript.vtt")


def _unlike(told: Sequence[Mark], other: Sequence[Mark], where: str) -> Iterator[Fault]:
    if len(told) != len(other):
        yield Fault("chapter", 0.0, f"{len(told)} chapters in edition.json, {len(other)} in {where}")
        return
    for (start, title), (at, name) in zip(told, other, strict=True):
        if abs(start - at) > TOLERANCE:
            yield Fault("chapter", start, f"{title!r} starts at {start:.2f} s, in {where} at {at:.2f} s")
        if not title.startswith(name.rstrip("…")):
            yield Fault("chapter", start, f"{title!r} is called {name!r} in {where}")


def _against_transcript(told: Sequence[Mark], path: Path) -> Iterator[Fault]:
    if not path.exists():
        return
    starts = [_seconds(*found) for found in CUE.findall(path.read_text("utf-8"))]
    for start, title in told:
        if starts and min(abs(start - one) for one in starts) > TOLERANCE:
            yield Fault("chapter", start, f"{title!r} starts in the middle of a caption")


def _seconds(hours: str, minutes: str, seconds: str) -> float:
    return 3600 * int(hours or 0) + 60 * int(minutes) + float(seconds)


def late(facts: dict[str, Any], script: Script, alignment: Alignment) -> Iterator[Fault]:
    """Yield the chapters whose first word is not heard where they start."""
    firsts = line_starts([len(chapter.lines) for chapter in script.chapters])
    heard = first_heard(alignment, firsts)
    for first, chapter in zip(firsts, facts.get("chapters", []), strict=False):
        off = heard.get(first, chapter["start"]) - chapter["start"]
        if not EARLY <= off <= LATE and first:  # the first chapter starts with silence and a title
            yield Fault("chapter", chapter["start"], f"{chapter['title']!r} is heard {off:+.1f} s from its mark", first)


def _tagged(path: Path) -> list[Mark]:
    """Read the chapters of an MP3's ID3v2.3 tag."""
    data = path.read_bytes()[: 1 << 24]
    if data[:3] != b"ID3":
        return []
    size = sum((byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    return [mark for name, body in _frames(data[10 : 10 + size]) if name == b"CHAP" for mark in _mark(body)]


def _frames(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 10 <= len(data) and data[at] != 0:
        size = int.from_bytes(data[at + 4 : at + 8], "big")
        yield data[at : at + 4], data[at + 10 : at + 10 + size]
        at += 10 + size


def _mark(body: bytes) -> Iterator[Mark]:
    """Read a CHAP frame: element id, four times of four bytes, frames within."""
    _, _, rest = body.partition(b"\0")
    start = int.from_bytes(rest[:4], "big") / 1000
    titles = [text for name, text in _frames(rest[16:]) if name == b"TIT2"]
    for text in titles:
        encoding = "utf-16" if text[:1] == b"\1" else "latin-1"
        yield start, text[1:].decode(encoding).rstrip("\0")
