"""The first listener: hears a finished edition against its script and says what is wrong with it.

    report = check(Path("out/my-article"))
    for fault in report.faults: print(fault)

What the file holds is measured as a player would decode it. What is said is heard by a speech
recogniser where one is installed (`pip install 'narrate[check]'`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from narrate import plugins, scripts
from narrate.checking import chapters, complaints, hearing, listening, sound, voices, words
from narrate.checking.fault import Fault
from narrate.errors import PluginError, SourceError
from narrate.languages import Language
from narrate.model import Script

__all__ = ["Fault", "Report", "check"]

SOUNDS = ("*.mp3", "*.opus", "*.wav")
"""Files that may be the sound of an edition, the first that is there."""

LOUDNESS_TOLERANCE = 0.5
"""LU between what the edition says of itself and what is decoded."""

HIGHEST_PEAK = -1.0
"""dBTP of the decoded file; above, cheap players distort."""

PEAK_TOLERANCE = 0.05
"""dB by which two meters of true peaks differ."""

LONGEST_SILENCE = 3.0
"""Seconds; longer, and a listener believes that it has ended."""

LENGTH_TOLERANCE = 0.1
"""Seconds by which a decoder without the gapless tag lengthens a file."""

SPOKEN = frozenset({"lost", "repeated", "wrong", "added"})
"""Kinds of fault that lie in how a line was spoken."""

WORST_WER = 0.15
"""Word error rate above which something is wrong: the formant voice with many foreign names reaches 0.10."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found; no fault means that an edition may go out."""

    sound: str
    """The file that was heard."""
    seconds: float
    loudness: float
    """LUFS as decoded."""
    true_peak: float
    """dBTP as decoded."""
    words: int
    """How many words the script has said aloud."""
    word_error_rate: float | None
    """Share of them lost, wrong or added in the ear of the recogniser, 0 to 1; None when nobody listened."""
    recogniser: str
    """Who listened, or why nobody did."""
    faults: tuple[Fault, ...]

    @property
    def lines(self) -> tuple[int, ...]:
        """Indexes into `Script.lines` of the lines that are to be spoken again."""
        return tuple(sorted({fault.line for fault in self.faults if fault.kind in SPOKEN and fault.line >= 0}))


def check(folder: Path, *, listen: bool = True) -> Report:
    """Check the edition in a folder; `listen` asks for the recogniser, which takes a third of the playing time.

    Raises SourceError when the folder holds no edition, ScriptError when its script is broken.
    """
    facts, script = _facts(folder), _script(folder)
    path = _sound(folder)
    measured = sound.measure(path)
    language = _language(script)
    expected = words.expected(script, language)
    faults = [*_sound_faults(measured, facts), *chapters.faults(folder, path, facts, script)]
    faults += voices.faults(path, folder / "transcript.vtt")
    rate, recogniser = None, "not asked to listen"
    if listen:
        try:
            alignment = hearing.hear(path, expected, language, words.accent_of(script))
            faults += [*complaints.faults(alignment), *chapters.late(facts, script, alignment)]
            rate, recogniser = alignment.error_rate, listening.name()
            if rate > WORST_WER:
                faults.append(Fault("words", 0.0, f"word error rate {rate:.1%}, above {WORST_WER:.0%}"))
        except PluginError as error:
            recogniser = str(error)
    return Report(
        sound=path.name,
        seconds=round(measured.seconds, 3),
        loudness=round(measured.loudness, 2),
        true_peak=round(measured.true_peak, 2),
        words=sum(not word.optional for word in expected),
        word_error_rate=None if rate is None else round(rate, 4),
        recogniser=recogniser,
        faults=tuple(sorted(faults, key=lambda fault: (fault.at, fault.kind))),
    )


def _facts(folder: Path) -> dict[str, Any]:
    try:
        facts = json.loads((folder / "edition.json").read_text("utf-8"))
        if not isinstance(facts, dict):
            raise ValueError("not an object")
    except (OSError, ValueError) as error:
        raise SourceError(f"{folder} holds no edition: its edition.json cannot be read ({error})") from error
    return facts


def _script(folder: Path) -> Script:
    try:
        text = (folder / "script.json").read_text("utf-8")
    except (OSError, ValueError) as error:
        raise SourceError(f"{folder} holds no edition: its script.json cannot be read ({error})") from error
    return scripts.from_json(text, accept_changes=True)


def _sound(folder: Path) -> Path:
    found = [path for pattern in SOUNDS for path in sorted(folder.glob(pattern))]
    if not found:
        raise SourceError(f"{folder} has no sound that can be decoded here: make it with --format mp3")
    return found[0]


def _language(script: Script) -> Language:
    code = script.article.language.partition("-")[0].lower() or "en"
    language: Language = plugins.load("languages", code).LANGUAGE
    return language


def _sound_faults(measured: sound.Measured, facts: dict[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong with the sound as such."""
    meant = facts.get("loudness", {}).get("lufs")
    if meant is not None and abs(measured.loudness - meant) > LOUDNESS_TOLERANCE:
        yield Fault("loudness", 0.0, f"{measured.loudness:.1f} LUFS as decoded, {meant:.1f} meant")
    if measured.true_peak > HIGHEST_PEAK + PEAK_TOLERANCE:
        yield Fault("peak", 0.0, f"true peak {measured.true_peak:.1f} dBTP as decoded, above {HIGHEST_PEAK}")
    told = facts.get("duration")
    if told is not None and abs(measured.seconds - told) > LENGTH_TOLERANCE:
        yield Fault("length", 0.0, f"{measured.seconds:.2f} s as decoded, {told:.2f} s meant")
    for at, seconds in measured.silences:
        if seconds > LONGEST_SILENCE:
            yield Fault("silence", at, f"{seconds:.1f} s of silence")
    for at in measured.clipped:
        yield Fault("clipping", at, "full scale for several samples on end")
