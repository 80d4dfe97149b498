"""A text said without an article around it: to try a voice, a word, a lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from narrate import audio, pipeline, plugins, pronunciation, speaking
from narrate.errors import CastError, SourceError
from narrate.languages import Language, Tag
from narrate.mixing import CEILING, LEVEL, PAUSES
from narrate.model import Article, Block, Token, Utterance, Voice
from narrate.peaks import limit
from narrate.segment import segment
from narrate.store import atomic
from narrate.syntax import parse

LANGUAGE = "en"


def spoken(text: str, accent: str, lexicon: Path | None = None) -> str:
    """Return how a text will be said, in words. Raises CastError when there is no such accent."""
    return Utterance(_tokens(text, _known(accent), "", lexicon)).text


def phonemes(text: str, accent: str, lexicon: Path | None = None) -> str:
    """Return how a text will be said, in IPA: what a lexicon gives, else what espeak-ng makes of it."""
    from narrate.engines import _espeak

    accent = _known(accent)
    said = [token for token in _tokens(text, accent, "", lexicon, _tags(text)) if token.spoken]
    heard = _espeak.phonemes([token.spoken for token in said], accent)
    return " ".join(token.phonemes or ipa for token, ipa in zip(said, heard, strict=True))


def find(engine: str, name: str) -> Voice:
    """Find a voice of an engine by its name, the first if none is given. Raises CastError."""
    known = pipeline.voices(engine)
    for voice in known:
        if name in ("", voice.name, voice.id):
            return voice
    raise CastError(f"no voice {name!r}; there are: {', '.join(voice.name for voice in known)}")


def say(text: str, out: Path, voice: Voice, speed: float = 1.0, lexicon: Path | None = None) -> Path:
    """Say a text to a mono 16-bit WAV. Raises SourceError when there is nothing to say."""
    pace = speaking.evened(voice, speed)
    said = [Utterance(_tokens(line, voice.language, voice.engine, lexicon, _tags(line))) for line in _lines(text)]
    clips = [speaking.say(utterance, voice, pace) for utterance in said]
    if not any(clip.samples.size for clip in clips):
        raise SourceError("there is nothing to say; give a text with words")
    rate = clips[0].rate
    pause = audio.silence(PAUSES["sentence"], rate)
    sound = np.concatenate([part for clip in clips for part in (clip.samples, pause)])
    level = audio.amplitude(LEVEL - audio.measure([sound], rate))
    with atomic(out) as temporary, audio.writing(temporary, rate) as file:
        file.add(limit(np.asarray(sound * level, np.float32), audio.amplitude(CEILING), rate))
    return out


def _known(accent: str) -> str:
    language, _, region = accent.replace("_", "-").partition("-")
    if language.lower() != LANGUAGE or not re.fullmatch("([A-Za-z]{2})?", region):
        raise CastError(f"no accent {accent!r}; give en-US or en-GB")
    return f"{LANGUAGE}-{region.upper()}" if region else LANGUAGE


def _lines(text: str) -> list[str]:
    return [line.text for line in segment(_article(text), _language())]


def _tokens(text: str, accent: str, engine: str, lexicon: Path | None, tags: Sequence[Tag] = ()) -> tuple[Token, ...]:
    return pronunciation.pronounce(_language().spoken(text, accent, tags), _lexicon(lexicon), engine, accent)


def _tags(text: str) -> list[Tag]:
    """Parse a text, so that *read* and *lead* are said right."""
    return [(word.idx, word.idx + len(word), word.tag_) for word in parse(_article(text), _language())[0]]


def _article(text: str) -> Article:
    return Article("", "", "", LANGUAGE, "", (Block("paragraph", text, 0),))


@cache
def _lexicon(show: Path | None) -> pronunciation.Lexicon:
    return pronunciation.layered(show, {})


def _language() -> Language:
    language: Language = plugins.load("languages", LANGUAGE).LANGUAGE
    return language
