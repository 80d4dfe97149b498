"""The whole story: an article in, an edition out. Read this file first.

    article = readers.read(source)                       # what was written
    script  = divide(attribute(segment(article)))        # who says which line, in chapters
    roles   = cast(script, voices)                       # who is played by which voice
    clips   = speak(script, roles, executor)             # each line as sound, cached
    edition = mix(script, roles, clips)                  # one programme with cues and chapters
    for output in outputs: output.write(edition)         # mp3, captions, page …
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Iterator

from narrate import casting, plugins, pronunciation, readers, scripts, speaking
from narrate.attribution import attribute
from narrate.chaptering import divide
from narrate.errors import EngineError, NarrateError, OutputError, PluginError, ScriptError
from narrate.languages import Language, Tag
from narrate.mixing import LOUDNESS, mix
from narrate.model import Article, Cast, Edition, Script, Utterance, Voice
from narrate.segment import segment
from narrate.store import cache_folder
from narrate.syntax import parse

ENGINES_BY_QUALITY = ("kokoro", "system")
"""What `auto` tries, best first."""

FORMATS = ("mp3", "script", "vtt", "chapters", "cover", "picture", "page", "edition")
"""What an edition consists of unless told otherwise; `edition` last: where it stands, all the others stand."""

SLUG_LENGTH = 80
"""Characters of a folder's name: every file system takes 255 bytes with the endings."""


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
    hints: Path | None = None
    """Corrections of who says what."""
    speed: float = 1.0
    loudness: float = LOUDNESS
    """LUFS of the mono file."""
    fragments: str = "narrator"
    """Who says a quotation of a few words inside a sentence: "narrator" or "speaker"."""
    keep: frozenset[str] = frozenset()
    """Reasons of omissions that are to be read after all."""
    disclose: bool = True
    """Say at the start that the voices are synthetic."""
    executor: str = "processes"
    workers: int = 0
    """0: as many as the engine does best with on this machine."""
    fresh: bool = False
    """Ignore the cache."""
    accept_changes: bool = False
    """Speak an edited script although its words differ from the article's."""
    private: bool = False
    """Fetch addresses of this machine and its network as well."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is told while an edition is made."""

    script: Script
    roles: Cast
    line: int
    """Index of the line just finished."""
    spoken: speaking.Spoken


def make(
    source: str, out: Path, options: Options = Options(), heard: Callable[[Progress], None] = lambda progress: None
) -> tuple[Edition, Path]:
    """Make the edition of one source and return it with its folder, `out/<slug>`.

    Raises NarrateError; what was spoken by then stays in the cache, and no half file is left.
    """
    script = read_script(source, options)
    return produce(script, out / slug(script.article), options, heard)


def read_script(source: str, options: Options = Options()) -> Script:
    """Read a source (a file, "-", an address, or a script as JSON) and find out who says what."""
    fetched = readers.fetch(source, options.private)
    if fetched.data.lstrip()[:1] == b"{":
        return scripts.from_json(_decoded(fetched), accept_changes=options.accept_changes)
    article = readers.read(fetched)
    return script_of(readers.keep(article, set(options.keep)) if options.keep else article, options)


def script_of(article: Article, options: Options = Options()) -> Script:
    """Find out who says what in an article."""
    language = language_of(article)
    script = attribute(article, segment(article, language), language, fragments=options.fragments)
    return divide(script, language)


def produce(
    script: Script, folder: Path, options: Options = Options(), heard: Callable[[Progress], None] = lambda progress: None
) -> tuple[Edition, Path]:
    """Cast, speak, mix and write a script."""
    roles = roles_of(script, options)
    language = language_of(script.article)
    lexicon = pronunciation.layered(options.lexicon, script.lexicon)
    tags = _tags(script.article, language)
    said = speaking.utterances(script, roles, language, tags, lexicon, disclose=options.disclose)
    work = speaking.jobs(said, script, roles, cache_folder() / "clips", speed=options.speed, fresh=options.fresh)
    executor = plugins.load("executors", options.executor)
    clips = speaking.speak(
        work,
        executor,
        options.workers or workers_of(roles),
        lambda index, spoken: heard(Progress(script, roles, index, spoken)),
    )
    with _workspace(folder) as scratch:
        models = {name: speaking.engine(name).fingerprint() for name in sorted({v.engine for v in roles.values()})}
        edition = mix(script, roles, said, clips, scratch / "master.wav", loudness=options.loudness, models=models)
        for name in options.formats:
            plugins.load("outputs", name).write(edition, folder)
    return edition, folder


def roles_of(script: Script, options: Options = Options()) -> Cast:
    """Give every speaker a voice, and remember it in the cast file."""
    kept = casting.load_cast(options.cast_file) if options.cast_file else {}
    roles = casting.cast(script, voices(options.engine), chosen=options.chosen, kept=kept)
    if options.cast_file:
        casting.save_cast(options.cast_file, script, roles, kept)
    return roles


def voices(engine: str = "auto") -> list[Voice]:
    """List the voices of an engine. Raises PluginError when it is unknown or its parts are missing."""
    return list(speaking.engine(engine_name(engine)).voices())


def engine_name(wanted: str) -> str:
    """Return the engine that is meant; "auto" is the best whose parts are installed."""
    if wanted != "auto":
        return wanted
    missing = []
    for name in ENGINES_BY_QUALITY:
        try:
            speaking.engine(name).fingerprint()
            return name
        except (PluginError, EngineError) as error:
            missing.append(str(error))
    raise PluginError(f"no engine is installed: {'; '.join(missing)}")


def workers_of(roles: Cast) -> int:
    """Return how many processes the engines of a cast do best with on this machine."""
    return max((speaking.engine(name).workers() for name in {voice.engine for voice in roles.values()}), default=1)


def language_of(article: Article) -> Language:
    """Load the language that an article is written in."""
    loaded: Language = plugins.load("languages", article.language.partition("-")[0].lower() or "en").LANGUAGE
    return loaded


def slug(article: Article) -> str:
    """Name an article's folder and files: small letters, digits and hyphens, never empty."""
    name = article.title or article.source.rpartition("/")[2].partition(".")[0]
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")
    return words[:SLUG_LENGTH].rstrip("-") or "article"


def _tags(article: Article, language: Language) -> list[list[Tag]]:
    return [
        [(token.idx, token.idx + len(token), token.tag_) for token in doc] for doc in parse(article, language)
    ]


def _decoded(source: readers.Source) -> str:
    try:
        return source.data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ScriptError(f"{source.name}: a script is UTF-8; save it so") from error


@contextmanager
def _workspace(folder: Path) -> Iterator[Path]:
    """Give a folder for what is thrown away, beside what is kept, so that there is room for both or neither."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".work-") as scratch:
            yield Path(scratch)
    except NarrateError:
        raise
    except (OSError, RuntimeError) as error:  # libsndfile says RuntimeError when the disk is full
        raise OutputError(f"cannot write to {folder}: {error}; choose another folder with -o") from error
