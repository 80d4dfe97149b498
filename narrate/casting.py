"""Script and voices to cast: who is played by which voice.

What somebody asked for comes first: on the command line, then in an edited script, then in the
cast file of a series. Everybody else is cast in the order of how much they say, each with the
fitting voice that is hardest to mistake for one already given.
"""

from __future__ import annotations

import difflib
import json
import math
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from narrate.errors import CastError
from narrate.model import NARRATOR, Cast, Gender, Script, Speaker, Voice
from narrate.store import atomic

OCTAVE = 12.0
"""Semitones. Voices without a measured timbre are as far apart as their pitches, an octave counting 1."""

UNMEASURED = 0.25
"""Distance between two voices of which nothing is known: less than a measured clear difference."""

QUALITY_WORTH = 0.3
"""How much distance a point of predicted opinion score is worth: a clear difference (0.3) buys no worse sound."""

CHARACTER_COST = 2.0
"""Distance by which a whisper or a Santa would have to be clearer than any other voice: more than there is."""

HEARD_LEAST = 0.5
"""Weight of the likeness to somebody who says next to nothing, against 1 for who says most."""

SLOWEST, QUICKEST = 0.5, 2.0
"""Bounds of the pace of one voice, relative to the others'."""

SUGGESTIONS = 5
"""How many names an error offers."""


def cast(
    script: Script,
    voices: Sequence[Voice],
    *,
    chosen: Mapping[str, str] | None = None,
    kept: Mapping[str, str] | Cast | None = None,
) -> Cast:
    """Give every speaker a voice, always the same for the same script and voices.

    `chosen` maps a speaker's name or id to a voice's name or id (`engine:name`, with a pace of its
    own `engine:name@1.1`) and goes before what the script asks for, that before `kept`, the cast of
    earlier editions. The narrator's voice is nobody else's unless it was asked for, or there is
    only one. Raises CastError for a speaker or voice that does not exist.
    """
    if not voices:
        raise CastError("the engine has no voice; `narrate voices` lists what is installed")
    speakers = _speakers(script)
    words = _words(script)
    roles = _pinned(speakers, voices, chosen or {}, kept or {})
    away = {_id(one) for name, one in _asked(kept or {}).items() if not any(_is(name, who) for who in speakers)}
    order = sorted(speakers, key=lambda speaker: (speaker.id != NARRATOR, speaker.gender is None, -words[speaker.id]))
    native = [voice for voice in voices if _speaks(voice, script.article.language)] or voices
    for speaker in order:
        if speaker.id not in roles:
            roles[speaker.id] = _choice(speaker, script, native, roles, words, away)
    return {speaker.id: roles[speaker.id] for speaker in speakers}


def distance(one: Voice, other: Voice) -> float:
    """Return how different two voices sound: 0 is the same, 0.3 a clear difference.

    It is 1 − cosine of their timbres, or goes by pitch where those were not measured alike.
    """
    if one.id == other.id:
        return 0.0
    if one.timbre and len(one.timbre) == len(other.timbre) and one.engine == other.engine:
        return 1 - math.fsum(a * b for a, b in zip(one.timbre, other.timbre, strict=True))
    if one.pitch and other.pitch:
        return min(1.0, abs(12 * math.log2(one.pitch / other.pitch)) / OCTAVE)
    return UNMEASURED


# --- what was asked for -------------------------------------------------------------------


def _speakers(script: Script) -> list[Speaker]:
    """List the speakers, with the narrator though the script may not name one."""
    named = list(script.speakers)
    return named if any(speaker.id == NARRATOR for speaker in named) else [Speaker(NARRATOR, "Narrator"), *named]


def _pinned(
    speakers: Sequence[Speaker], voices: Sequence[Voice], chosen: Mapping[str, str], kept: Mapping[str, str] | Cast
) -> dict[str, Voice]:
    """Return the roles that somebody asked for, the stronger wish first."""
    roles = {find_speaker(name, speakers).id: find_voice(wanted, voices) for name, wanted in chosen.items()}
    engines = {voice.engine for voice in voices}
    for speaker in speakers:
        # A script made for another engine keeps its speakers; their voices are cast anew.
        if speaker.voice and speaker.voice.partition(":")[0] in engines | {speaker.voice}:
            roles.setdefault(speaker.id, find_voice(speaker.voice, voices))
    there = {voice.id for voice in voices}
    narrator_first = sorted(speakers, key=lambda speaker: speaker.id != NARRATOR)
    for speaker in narrator_first:
        wanted = next((one for name, one in _asked(kept).items() if _is(name, speaker)), "")
        if _id(wanted) in there - {voice.id for voice in roles.values()}:
            roles.setdefault(speaker.id, find_voice(wanted, voices))
    return roles


def find_speaker(name: str, speakers: Sequence[Speaker]) -> Speaker:
    """Return the speaker of that id or name, or the only one whose name has these words. Raises CastError."""
    found = [speaker for speaker in speakers if _is(name, speaker)]
    wanted = set(name.casefold().split())
    found = found or [speaker for speaker in speakers if wanted and wanted <= set(speaker.name.casefold().split())]
    if len(found) == 1:
        return found[0]
    names = ", ".join(speaker.name for speaker in speakers)
    raise CastError(f"{'several people are' if found else 'nobody here is'} called {name!r}; who speaks: {names}")


def find_voice(name: str, voices: Sequence[Voice]) -> Voice:
    """Return the voice of that name or `engine:name`, in capitals or not, at the pace behind an @.

    Raises CastError with the nearest names.
    """
    wanted, at, pace = name.strip().casefold().partition("@")
    for voice in voices:
        if wanted in (voice.id.casefold(), voice.name.casefold()):
            return replace(voice, speed=_pace(pace, name)) if at else voice
    names = {voice.name.casefold(): voice.name for voice in voices}
    near = difflib.get_close_matches(wanted.rpartition(":")[2], names, SUGGESTIONS, cutoff=0.4) or list(names)
    offered = ", ".join(names[one] for one in near[:SUGGESTIONS])
    raise CastError(f"no voice {name!r}; there is {offered}; `narrate voices` lists all")


def _pace(written: str, name: str) -> float:
    try:
        pace = float(written)
    except ValueError:
        pace = 0.0
    if not SLOWEST <= pace <= QUICKEST:
        raise CastError(f"{name!r}: a voice's pace is a number from {SLOWEST} to {QUICKEST}, as in am_onyx@1.1")
    return pace


def _is(name: str, speaker: Speaker) -> bool:
    return name.strip().casefold() in (speaker.id.casefold(), speaker.name.casefold())


def _asked(kept: Mapping[str, str] | Cast) -> dict[str, str]:
    return {name: voice.asked if isinstance(voice, Voice) else voice for name, voice in kept.items()}


def _id(asked: str) -> str:
    return asked.partition("@")[0]


# --- what is left to choose ---------------------------------------------------------------


def _speaks(voice: Voice, language: str) -> bool:
    return voice.language.partition("-")[0].lower() == (language.partition("-")[0].lower() or "en")


def _words(script: Script) -> Counter[str]:
    """Count the words that each speaker says."""
    words: Counter[str] = Counter()
    for line in script.lines:
        words[line.speaker] += len(line.text.split())
    return words


def _choice(
    speaker: Speaker,
    script: Script,
    voices: Sequence[Voice],
    roles: Mapping[str, Voice],
    words: Counter[str],
    away: set[str],
) -> Voice:
    """Choose the voice for one speaker: best among the first group of candidates that is not empty."""
    if speaker.id == NARRATOR:
        return _narrator(script, voices, roles)
    narrator = roles[NARRATOR]
    used = {voice.id for voice in roles.values()}
    most = max(words[one] for one in roles) or 1

    def apart(voice: Voice) -> float:
        likeness = (
            (1 - distance(voice, other)) * (HEARD_LEAST + (1 - HEARD_LEAST) * words[one] / most)
            for one, other in roles.items()
        )
        return QUALITY_WORTH * voice.quality - max(likeness) - CHARACTER_COST * voice.character

    for group in _groups(speaker, voices, narrator, used, away):
        if group:
            return max(group, key=apart)  # the first of equals: catalogues list the best first
    return narrator


def _groups(
    speaker: Speaker, voices: Sequence[Voice], narrator: Voice, used: set[str], away: set[str]
) -> list[list[Voice]]:
    """List groups of candidates, the best group first: a fitting voice of its own before one that is shared."""
    others = [voice for voice in voices if voice.id != narrator.id]
    free = [voice for voice in others if voice.id not in used]
    fresh = [voice for voice in free if voice.id not in away]

    def fitting(pool: Sequence[Voice], gender: Gender) -> list[Voice]:
        return [voice for voice in pool if voice.gender == gender]

    groups = [fitting(pool, gender) for pool in (fresh, free) for gender in (speaker.gender, None)]
    if speaker.gender is None:
        groups += [fresh, free]
    return [*groups, fitting(others, speaker.gender), free, others]


def _narrator(script: Script, voices: Sequence[Voice], roles: Mapping[str, Voice]) -> Voice:
    """Choose the narrator's voice: nobody else's, then of the article's region if it names one, then by quality."""
    used = {voice.id for voice in roles.values()}
    language = script.article.language

    def worth(voice: Voice) -> tuple[bool, bool, bool, float]:
        region = "-" in language and voice.language == language
        return voice.id not in used, not voice.character, region, voice.quality

    return max(voices, key=worth)


# --- the cast of a series -----------------------------------------------------------------


def load_cast(path: Path) -> dict[str, str]:
    """Read a cast file, JSON or TOML by its ending: speaker's name → voice asked for; a missing file is an empty cast.

    Raises CastError when it cannot be read or holds something else.
    """
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise CastError(f"cannot read the cast file {path}: {error}") from error
    if not isinstance(data, dict) or not all(isinstance(voice, str) for voice in data.values()):
        raise CastError(f'the cast file {path} is to hold names and voices only: {{"Jane Doe": "engine:voice"}}')
    return data


def save_cast(path: Path, script: Script, roles: Cast, kept: Mapping[str, str] | None = None) -> None:
    """Write the cast file, JSON or TOML by its ending: this cast over what was kept. Raises OutputError."""
    speakers = _speakers(script)
    away = {name: voice for name, voice in (kept or {}).items() if not any(_is(name, speaker) for speaker in speakers)}
    names = {speaker.name: roles[speaker.id].asked for speaker in speakers if speaker.id in roles} | away
    pairs = sorted(names.items(), key=lambda pair: (pair[0] != "Narrator", pair[0].casefold()))
    with atomic(path) as temporary:
        if path.suffix == ".toml":
            quoted = (f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(voice)}\n" for name, voice in pairs)
            temporary.write_text("".join(quoted), encoding="utf-8")
        else:
            temporary.write_text(json.dumps(dict(pairs), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
