"""What a user may choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

LOUDNESS = -19.0
"""LUFS of the mono file: heard as −16, what podcasts aim at, when two loudspeakers play it."""

FORMATS = ("mp3", "script", "vtt", "srt", "chapters", "cover", "picture", "page", "edition")
"""What an edition consists of unless told otherwise; `edition` last: where it stands, all the others stand."""

SIDECAR = ".speakers"
"""Ending of the file of corrections that lies beside an article."""


@dataclass(frozen=True, slots=True)
class Options:
    """Everything a user may choose; the defaults make the sample."""

    engine: str = "auto"
    formats: Sequence[str] = FORMATS
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Speaker's name or id → voice: `--cast`."""
    cast_file: Path | None = None
    """Voices kept from article to article: read first, written afterwards."""
    lexicon: Path | None = None
    """Pronunciations of a show."""
    speakers: Mapping[str, str] = field(default_factory=dict)
    """Corrections of who says what: words of the article → name."""
    speakers_file: Path | None = None
    """More of them, in a file; that beside the article, `article.md.speakers`, is read unless another is named."""
    speed: float = 1.0
    loudness: float = LOUDNESS
    """LUFS of the mono file."""
    fragments: Literal["narrator", "speaker"] = "narrator"
    """Who says a quotation of a few words inside a sentence: "narrator" or "speaker"."""
    keep: frozenset[str] = frozenset()
    """Reasons of omissions that are to be read after all."""
    disclose: bool = True
    """Say at the start that the voices are synthetic."""
    executor: str = "inline"
    """The command line takes "processes", which a program must be made for (`if __name__ == "__main__"`)."""
    workers: int = 0
    """0: as many as the engine does best with on this machine."""
    cache: str = ""
    """Folder, or address of an object store, that clips are kept in; "" is the user's own."""
    fresh: bool = False
    """Ignore the cache."""
    accept_changes: bool = False
    """Speak an edited script although its words differ from the article's."""
    early: bool = False
    """Write the first minute as an MP3 of its own as soon as it is spoken."""
    private: bool = False
    """Fetch addresses of this machine and its network as well."""


SHAPING = ("engine", "formats", "speed", "loudness", "disclose", "lexicon")
"""What an edition must be made with again when some of its lines are spoken anew."""


def kept(options: Options) -> dict[str, object]:
    """Return what shapes an edition, as JSON has it."""
    values = {name: getattr(options, name) for name in SHAPING}
    return {name: str(value.absolute()) if isinstance(value, Path) else value for name, value in values.items()}


def remembered(values: Mapping[str, Any]) -> Options:
    """Return the options of which `kept` made this; what it does not have is as by default."""
    known = {name: value for name, value in values.items() if name in SHAPING}
    if known.get("lexicon"):
        known["lexicon"] = Path(known["lexicon"])
    return Options(**known)
