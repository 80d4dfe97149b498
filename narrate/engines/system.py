"""The system's own voices through pyttsx3: espeak-ng's on Linux, SAPI's on Windows, Apple's on a Mac.

pyttsx3 and what it drives live in a worker process; what it is told and how its sound is read is here.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import numpy as np

from narrate.engines._espeak import Worker
from narrate.engines._espeak.phrasing import Phrase, Piece, phrase, pieces
from narrate.engines._espeak.sounds import RATE, joined, quicker, token_times
from narrate.errors import EngineError
from narrate.model import Clip, Gender, Utterance, Voice

VERSION = "2"
"""Counted up whenever the same utterance would sound different."""

NORMAL = 150
"""What espeak-ng is told to speak at speed 1, in its words a minute."""

HEARD = (
    (80, 108), (120, 149), (150, 183), (200, 237), (250, 285), (300, 327), (350, 374), (400, 417), (449, 468),
)  # fmt: skip
"""Words a minute asked of espeak-ng and heard, measured on a sentence of forty words without a comma.

From 450 it shortens its own sound and no longer knows when a word is heard: that is done here."""

SHORTEST_LETTER = 0.02
"""Seconds a letter lasts at least at speed 1; less means that something was lost."""

PATIENCE = 10.0
"""Seconds a piece may take; espeak-ng needs a twentieth of one."""

ATTEMPTS = 2
"""What failed once, because the worker was killed or the machine was busy, is tried again once."""


class Engine:
    """Speak through pyttsx3."""

    rate = RATE

    def __init__(self) -> None:
        """Start nothing yet."""
        self._talker = Worker("talk")

    def voices(self) -> Sequence[Voice]:
        """List espeak-ng's clearly different variants, or what pyttsx3 finds on another system."""
        return _variants() if sys.platform == "linux" else _installed()

    def fingerprint(self) -> str:
        """Name the versions of pyttsx3 and of espeak-ng."""
        return _fingerprint()

    def workers(self) -> int:
        """As many as there are cores: each worker drives a process of its own."""
        return os.cpu_count() or 1

    def speak(self, utterance: Utterance, voice: Voice, speed: float = 1.0) -> Clip:
        """Say an utterance. Raises EngineError when it comes back empty or too short, or not at all."""
        text = phrase(utterance)
        parts = pieces(text.text)
        if not parts:
            return Clip(np.zeros(0, np.float32), RATE, ((0, 0),) * len(text.spans))
        rate, factor = _asked(speed)
        request = {
            "pieces": [part for _, part in parts],
            "voice": _espeak_name(voice),
            "rate": rate,
            "seconds": int(PATIENCE * len(parts)),
        }
        for _ in range(ATTEMPTS - 1):
            with suppress(EngineError):
                return self._said(text, parts, request, speed, factor)
        return self._said(text, parts, request, speed, factor)

    def _said(self, text: Phrase, parts: Sequence[Piece], request: dict[str, Any], speed: float, factor: float) -> Clip:
        header, body = self._talker.ask(request, request["seconds"] + PATIENCE)
        samples, phones = joined(parts, header, body, speed / factor)
        if factor > 1:
            samples = quicker(samples, factor)
            phones = [(where, round(at / factor)) for where, at in phones]
        if len(samples) / RATE < SHORTEST_LETTER * sum(map(str.isalpha, text.text)) / speed:
            raise EngineError(f"{request['voice']} said too little of {text.text[:40]!r}; another voice may say it")
        return Clip(samples, RATE, token_times(text, phones, len(samples)))


# --- voices -------------------------------------------------------------------------------


@cache
def _fingerprint() -> str:
    return f"system {VERSION} pyttsx3 {version('pyttsx3')} espeakng-loader {version('espeakng-loader')}"


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("narrate").joinpath("voices", "system", "voices.toml").read_text("utf-8"))


@cache
def _variants() -> tuple[Voice, ...]:
    return tuple(
        Voice(
            engine="system",
            name=name,
            language=facts["language"],
            gender=facts.get("gender"),
            accent=facts["accent"],
            pitch=facts["pitch"],
            loudness=facts["loudness"],
            pace=facts["pace"],
            timbre=tuple(facts["timbre"]),
            licence="GPL-3.0-or-later (the synthesiser; its sound is free)",
            attribution="espeak-ng",
        )
        for name, facts in _table().items()
    )


@cache
def _installed(driver: str | None = None) -> tuple[Voice, ...]:
    """List the English voices that pyttsx3 reports, all if none says that it is English."""
    lister = Worker("voices")
    found, _ = lister.ask({"driver": driver}, PATIENCE)
    lister.close()
    voices = [_reported(one) for one in found["voices"]]
    return tuple([voice for voice in voices if voice.language.startswith("en")] or voices)


def _reported(one: dict[str, Any]) -> Voice:
    """Make a voice of what pyttsx3 says about it: languages as "en_US" or ["en-US"], genders in many spellings."""
    language = re.sub(r"[^A-Za-z]+", "-", str((one["languages"] or ["en-US"])[0])).strip("-")
    gender = str(one["gender"] or "").lower()
    known: Gender = "female" if "female" in gender else "male" if "male" in gender else None
    return Voice("system", one["id"], language, known, licence="that of the system", attribution=one["name"])


def _espeak_name(voice: Voice) -> str:
    if sys.platform != "linux":
        return voice.name
    if voice.engine != "system" or voice.name not in _table():
        raise EngineError(f"the system engine has no voice {voice.id!r}; `narrate voices --engine system` lists them")
    return str(_table()[voice.name]["espeak"])


def _asked(speed: float) -> tuple[int, float]:
    """Return what to ask of espeak-ng to be heard at this multiple of the normal pace, and how much to shorten it."""
    asked, heard = zip(*HEARD, strict=True)
    wanted = speed * float(np.interp(NORMAL, asked, heard))
    return round(float(np.interp(wanted, heard, asked))), max(1.0, wanted / heard[-1])
